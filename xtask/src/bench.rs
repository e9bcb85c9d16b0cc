//! Times annals and the floor: the same corpus, alternately, into folders that do not exist yet.
//!
//! They write to a memory disk if there is one (`/dev/shm`), because a real disk writes back at arbitrary times, which would
//! count for whichever program is running.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::{Outcome, cargo, corpus, root, sh};

pub fn run(arguments: &[&str]) -> Outcome {
    let number = |at: usize, default: usize| match arguments.get(at) {
        Some(text) => text.parse().map_err(|_| format!("{text} is not a number")),
        None => Ok(default),
    };
    let (entries, rounds) = (number(0, 10_000)?, number(1, 5)?);
    let folder = root().join(format!("target/bench/{entries}"));
    let shm = Path::new("/dev/shm");
    let outputs = if shm.is_dir() { shm.join("annals-bench") } else { folder.join("out") };
    let _ = std::fs::remove_dir_all(&outputs);
    let site = folder.join("site");
    if !site.exists() {
        eprintln!("writing {entries} entries");
        corpus::write(entries, &site).map_err(|error| error.to_string())?;
    }
    sh(&mut cargo(&["build", "--release", "--quiet"]))?;
    let floor = floor()?;
    let annals = root().join("target/release/annals");
    let mut times: [Vec<f64>; 4] = Default::default();
    for round in 0..rounds {
        let out = |name: &str| outputs.join(format!("{name}-{round}"));
        times[0].push(time(Command::new(&floor).arg(&site).arg(out("floor")))?);
        times[1].push(time(build(&annals, &site).arg("--output").arg(out("annals")))?);
        times[2].push(time(build(&annals, &site).arg("--output").arg(out("annals")))?);
        times[3].push(time(Command::new(&annals).arg("check").arg("--root").arg(&site))?);
        let _ = std::fs::remove_dir_all(&outputs);
    }
    println!("{entries} entries, median of {rounds} rounds taken in turn");
    let floor = median(&mut times[0]);
    for (name, times) in ["floor", "build", "unchanged build", "check"].iter().zip(&mut times) {
        let time = median(times);
        println!("{name:>16}  {time:.3} s  {:.1} x the floor", time / floor);
    }
    let measured = memory(build(&annals, &site).arg("--output").arg(outputs.join("memory")));
    let _ = std::fs::remove_dir_all(&outputs);
    measured
}

fn build(annals: &Path, site: &Path) -> Command {
    let mut command = Command::new(annals);
    command.arg("build").arg("--root").arg(site);
    command
}

/// The program of `benches/floor.rs`, built.
fn floor() -> Result<PathBuf, String> {
    let output = cargo(&["bench", "--bench", "floor", "--no-run", "--message-format=json"]).output();
    let output = output.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let executables = text.split("\"executable\":\"").skip(1).filter_map(|rest| rest.split('"').next());
    executables
        .filter(|path| path.contains("/floor-"))
        .last()
        .map(PathBuf::from)
        .ok_or_else(|| "the floor could not be built".to_owned())
}

fn time(command: &mut Command) -> Result<f64, String> {
    let start = Instant::now();
    let output = command.output().map_err(|error| error.to_string())?;
    let time = start.elapsed().as_secs_f64();
    if output.status.success() { Ok(time) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// The peak memory of a build, if GNU time is installed.
fn memory(command: &Command) -> Outcome {
    let output =
        Command::new("/usr/bin/time").arg("-f").arg("%M").arg(command.get_program()).args(command.get_args()).output();
    if let Ok(output) = output {
        let text = String::from_utf8_lossy(&output.stderr);
        let kibibytes: f64 = text.lines().last().and_then(|line| line.trim().parse().ok()).unwrap_or(0.0);
        println!("{:>16}  {:.0} MiB", "memory", kibibytes / 1024.0);
    }
    Ok(())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(0.0)
}
