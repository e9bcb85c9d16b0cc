//! Reads open data with other programs: Python packages in virtual environments, and GDAL.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, root, sh};

/// Runs `tests/data/read_exports.py` on built sites, each given by the path of its output.
pub fn run(sites: &[PathBuf]) -> Outcome {
    let python = environment("python", "requirements.txt")?;
    // cffconvert needs older versions of packages that the others depend on too.
    let cffconvert = environment("cffconvert", "citation-requirements.txt")?;
    let sites = std::env::join_paths(sites).map_err(|error| error.to_string())?;
    let mut command = Command::new(python.join("bin/python"));
    command.arg("-X").arg("utf8").arg(root().join("tests/data/read_exports.py"));
    sh(command.env("SITES", sites).env("ANNALS_CFFCONVERT", cffconvert.join("bin/cffconvert")))
}

/// Returns the path of a virtual environment in `target/tools/` with the packages of a list in `tests/data/`. It is made again
/// only when the list has changed.
fn environment(name: &str, list: &str) -> Result<PathBuf, String> {
    let folder = root().join("target/tools").join(name);
    let list = root().join("tests/data").join(list);
    let wanted = std::fs::read(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let stamp = folder.join("installed.txt");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    sh(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    let pip = folder.join("bin/pip");
    sh(Command::new(pip).args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(&list))?;
    write(&stamp, &wanted)?;
    Ok(folder)
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}
