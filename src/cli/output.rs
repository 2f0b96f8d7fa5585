//! The one way to standard output, and the one way to standard error; the door to `anstream`.

use std::io::{ErrorKind, Write};

use winset::visible::{escaped, visible_lines};

use super::trouble::Trouble;

/// Standard output; colours are dropped where nobody would see them.
pub struct Output(anstream::AutoStream<std::io::Stdout>);

impl Default for Output {
    fn default() -> Self {
        Self(anstream::stdout())
    }
}

impl Output {
    /// Prints a page, or JSON. Whatever names a file brought into it, nothing moves the cursor or turns the writing: in a
    /// page such a character is replaced, in JSON it is escaped, so that the data stay the same.
    ///
    /// # Errors
    /// [`Trouble::Closed`] if nobody reads any more.
    pub fn print(&mut self, text: &str) -> Result<(), Trouble> {
        let safe = if text.starts_with(['{', '[']) { escaped(text) } else { visible_lines(text) };
        self.as_it_is(&safe)
    }

    /// Prints a text of this program, with its colours.
    ///
    /// # Errors
    /// As [`print`](Self::print).
    pub fn as_it_is(&mut self, text: &str) -> Result<(), Trouble> {
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
    let _ = anstream::stderr().write_all(visible_lines(text).as_bytes());
}
