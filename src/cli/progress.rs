//! A bar with rate and time left, on a terminal only; the door to `indicatif`.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Worlds done so far.
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for runs of a batch, some of which are there already.
    pub fn of_runs(runs: u64, there: u64) -> Self {
        let bar = Self::with("{bar:30} {human_pos} of {human_len} runs, {per_sec}, {eta} left", runs);
        bar.0.set_position(there);
        bar.0.reset_eta();
        bar
    }

    /// A bar for a number of runs; nothing is drawn where standard error is no terminal.
    pub fn of(runs: u64) -> Self {
        Self::with("{bar:30} {human_pos} of {human_len} worlds, {per_sec}, {eta} left", runs)
    }

    fn with(template: &str, runs: u64) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(runs), ProgressDrawTarget::stderr_with_hz(10));
        let style = ProgressStyle::with_template(template);
        bar.set_style(style.expect("the template is fixed and valid"));
        Self(bar)
    }

    /// Shows that so many more runs are done.
    pub fn more(&self, runs: u64) {
        self.0.inc(runs);
    }

    /// Shows how many runs are done.
    pub fn done(&self, runs: u64) {
        self.0.set_position(runs);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
