//! A progress bar for builds that take a while.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How long a build must take before the bar is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// Counts files, and shows the count once the build has taken more than half a second, if standard error is a terminal.
pub(super) struct Progress {
    start: Instant,
    files: u64,
    done: std::sync::atomic::AtomicU64,
    bar: OnceLock<ProgressBar>,
    watched: bool,
}

impl Progress {
    /// Starts a count up to `files`, for a build that began at `start`.
    pub(super) fn new(start: Instant, files: usize) -> Self {
        Self {
            start,
            files: files as u64,
            done: std::sync::atomic::AtomicU64::new(0),
            bar: OnceLock::new(),
            watched: super::print::is_watched(),
        }
    }

    /// Counts one more file.
    pub(super) fn tick(&self) {
        if !self.watched {
            return;
        }
        let done = self.done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        if self.start.elapsed() >= PATIENCE {
            self.bar.get_or_init(|| bar(self.files)).set_position(done);
        }
    }

    /// Removes the bar from the screen.
    pub(super) fn clear(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn bar(files: u64) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{bar:40} {pos}/{len} files").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(files).with_style(style)
}
