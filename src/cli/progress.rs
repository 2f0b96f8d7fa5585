//! A bar with rate and time left, on a terminal only; the door to `indicatif`.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Worlds done so far.
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for a number of runs; nothing is drawn where standard error is no terminal.
    pub fn of(runs: u64) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(runs), ProgressDrawTarget::stderr_with_hz(10));
        let style = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} worlds, {per_sec}, {eta} left");
        bar.set_style(style.expect("the template is fixed and valid"));
        Self(bar)
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
