//! Rebuilds the program when one of the embedded files changes.

fn main() {
    for folder in ["templates", "styles", "scripts", "static", "locales", "src/cli/skeleton"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
