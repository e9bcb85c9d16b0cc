//! Measures a program: wall time, processor time and memory. Needs `/proc`, so it works on Linux only.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Processor times in `/proc` are in hundredths of a second on every Linux (`USER_HZ`, proc(5)).
const TICKS: f64 = 100.0;

/// What one run of a program took, in seconds.
#[derive(Clone, Copy, Default)]
pub struct Sample {
    pub wall: f64,
    /// Processor time of all threads, in the program and in the system on its behalf.
    pub cpu: f64,
}

impl std::ops::Add for Sample {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { wall: self.wall + other.wall, cpu: self.cpu + other.cpu }
    }
}

impl Sample {
    /// Returns the median of each time, independently of the other.
    pub fn median(samples: &[Self]) -> Self {
        let of = |time: fn(&Self) -> f64| median(samples.iter().map(time).collect());
        Self { wall: of(|sample| sample.wall), cpu: of(|sample| sample.cpu) }
    }
}

/// Returns the median of some numbers: the middle one, or the mean of the two in the middle; 0 without any.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.as_slice() {
        [] => 0.0,
        numbers if numbers.len() % 2 == 0 => f64::midpoint(numbers[middle - 1], numbers[middle]),
        numbers => numbers[middle],
    }
}

/// Runs a program to its end and measures it.
///
/// # Errors
///
/// If it cannot be started, or exits with a failure. The message has everything that it printed.
pub fn time(command: &mut Command) -> Result<Sample, String> {
    let (before, start) = (children(), Instant::now());
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{command:?}: {error}"))?;
    let sample = Sample { wall: start.elapsed().as_secs_f64(), cpu: children() - before };
    if output.status.success() {
        return Ok(sample);
    }
    let printed = [output.stdout, output.stderr].concat();
    Err(format!("failed: {command:?}\n{}", String::from_utf8_lossy(&printed)))
}

/// Returns the processor time in seconds of all child processes that have ended.
fn children() -> f64 {
    times()[2..].iter().sum()
}

/// Returns processor times in seconds: of this process as user and in the kernel, then the same of its child processes that
/// have ended.
fn times() -> [f64; 4] {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is the program's name, in brackets; fields 14 to 17 are the times.
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    let mut times = [0.0; 4];
    for (time, field) in times.iter_mut().zip(fields.skip(11)) {
        *time = field.parse::<f64>().unwrap_or(0.0) / TICKS;
    }
    times
}

/// Runs a program to its end; returns its times and its peak resident memory in MiB.
///
/// # Errors
///
/// If it cannot be started, or exits with a failure.
pub fn memory(command: &mut Command) -> Result<(Sample, f64), String> {
    let (before, start) = (children(), Instant::now());
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = quiet.spawn().map_err(|error| format!("{command:?}: {error}"))?;
    let path = format!("/proc/{}/status", child.id());
    let mut most = 0.0;
    loop {
        // The kernel keeps the maximum, so only growth between the last look and the end is missed.
        most = kibibytes(&path, "VmHWM:").unwrap_or(most);
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            let sample = Sample { wall: start.elapsed().as_secs_f64(), cpu: children() - before };
            return if status.success() { Ok((sample, most / 1024.0)) } else { Err(format!("failed: {command:?}")) };
        }
        sleep(Duration::from_millis(2));
    }
}

/// Measures how busy other programs keep the processors from [`Others::watch`] on.
pub struct Others {
    start: Instant,
    busy: f64,
    ours: f64,
}

impl Others {
    pub fn watch() -> Self {
        Self { start: Instant::now(), busy: busy(), ours: times().iter().sum() }
    }

    /// Returns the share of all processors' time that other programs have used since then, from 0 to 1. Children that are still
    /// running count as other programs.
    pub fn share(&self) -> f64 {
        let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
        let others = busy() - self.busy - (times().iter().sum::<f64>() - self.ours);
        (others / cores / self.start.elapsed().as_secs_f64()).clamp(0.0, 1.0)
    }
}

/// Returns for how many seconds all processors together have been busy since the system started (`/proc/stat`, proc(5)).
fn busy() -> f64 {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let fields = stat.lines().next().unwrap_or_default().split_whitespace().skip(1);
    // The fields are user, nice, system, idle, iowait, irq, softirq and steal. Idle and iowait are not work.
    let times = fields.take(8).enumerate().filter(|(at, _)| ![3, 4].contains(at));
    times.filter_map(|(_, field)| field.parse::<f64>().ok()).sum::<f64>() / TICKS
}

/// Returns the value, in KiB, of the line that begins with `name` in a file such as `/proc/meminfo`.
pub fn kibibytes(path: &str, name: &str) -> Option<f64> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_in_the_middle() {
        for (numbers, middle) in [(vec![], 0.0), (vec![3.0, 1.0, 2.0], 2.0), (vec![4.0, 1.0, 3.0, 2.0], 2.5)] {
            assert!((median(numbers) - middle).abs() < 1e-9, "{middle}");
        }
    }
}
