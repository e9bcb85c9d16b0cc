//! Rebuilds the program when one of the embedded files changes.

fn main() {
    for folder in ["templates", "static", "locales", "src/cli/skeleton"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
