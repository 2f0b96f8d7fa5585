//! The one way to standard output, and the one way to standard error; the door to `anstream`.

use std::io::{ErrorKind, Write};

use super::trouble::Trouble;

/// Standard output; colours are dropped where nobody would see them.
pub struct Output(anstream::AutoStream<std::io::Stdout>);

impl Default for Output {
    fn default() -> Self {
        Self(anstream::stdout())
    }
}

impl Output {
    /// Prints a text as it is.
    ///
    /// # Errors
    /// [`Trouble::Closed`] if nobody reads any more.
    pub fn print(&mut self, text: &str) -> Result<(), Trouble> {
        self.0.write_all(text.as_bytes()).map_err(|e| trouble(&e))
    }

    /// Hands everything printed over.
    ///
    /// # Errors
    /// As [`print`](Self::print).
    pub fn flush(&mut self) -> Result<(), Trouble> {
        self.0.flush().map_err(|e| trouble(&e))
    }
}

fn trouble(error: &std::io::Error) -> Trouble {
    match error.kind() {
        ErrorKind::BrokenPipe => Trouble::Closed,
        _ => Trouble::new(format!("the output could not be written: {error}")),
    }
}

/// Prints a text to standard error; if that is closed, nobody wants to know.
pub fn complain(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
