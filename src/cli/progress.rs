//! A bar with rate and time left, on a terminal only; the door to `indicatif`.

use std::fmt::Write;
use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use winset::text::words::{count, number};

/// Worlds done so far.
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for runs of a batch, some of which are there already.
    pub fn of_runs(runs: u64, there: u64) -> Self {
        let bar = Self::with("{bar:30} {human_pos} of {human_len} runs, {rate} a second, {eta} left", runs);
        bar.0.set_position(there);
        bar.0.reset_eta();
        bar
    }

    /// A bar for a number of runs; nothing is drawn where standard error is no terminal.
    pub fn of(runs: u64) -> Self {
        Self::with("{bar:30} {human_pos} of {human_len} worlds, {rate} a second, {eta} left", runs)
    }

    /// A line that says how far something is whose end is not known.
    pub fn of_steps() -> Self {
        Self::with("{spinner} {msg}", 0)
    }

    /// Shows how far it is.
    pub fn step(&self, message: String) {
        self.0.set_message(message);
        self.0.tick();
    }

    fn with(template: &str, runs: u64) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(runs), ProgressDrawTarget::stderr_with_hz(10));
        let style = ProgressStyle::with_template(template);
        let style = style.expect("the template is fixed and valid");
        bar.set_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
            let _ = out.write_str(&rate(state.per_sec()));
        }));
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

/// Runs a second in whole numbers, slow ones with four digits.
fn rate(x: f64) -> String {
    if x >= 10.0 { count(x.round() as u64).replace('\u{a0}', " ") } else { number(x) }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_told_in_words_and_without_digits_that_say_nothing() {
        assert_eq!([109.3812, 12_345.6, 0.25].map(rate), ["109", "12 346", "0.25"]);
    }
}
