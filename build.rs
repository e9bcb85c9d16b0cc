//! Says which files are embedded in the program, so that a change in one of them builds it anew.

fn main() {
    for folder in ["templates", "styles", "static", "locales", "src/cli/skeleton"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
