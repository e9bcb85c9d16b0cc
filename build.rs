//! Tells cargo to rebuild the program when an embedded file changes or a new one is added to these folders.

fn main() {
    for folder in ["templates", "styles", "scripts", "static", "locales", "src/cli/skeleton"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
