//! The one way to standard output, and the one way to standard error; the door to `anstream`.

use std::io::{ErrorKind, Write};

use winset::text::screen::{Role, Screen};
use winset::visible::{escaped, visible_lines};

use super::trouble::Trouble;

/// Standard output; colours are dropped where nobody would see them.
pub struct Output(anstream::AutoStream<std::io::Stdout>);

/// What is printed for readers: a first screen, or a page and parts of it.
pub struct Shown {
    /// The first screen.
    pub screen: Option<Screen>,
    /// A page, or what stands under the screen.
    pub text: String,
}

impl Shown {
    /// A page.
    pub fn text(text: String) -> Self {
        Self { screen: None, text }
    }

    /// A first screen, with nothing under it.
    pub fn screen(screen: Screen) -> Self {
        Self { screen: Some(screen), text: String::new() }
    }
}

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

    /// Prints a page, or a screen in colour where that is seen.
    ///
    /// # Errors
    /// As [`print`](Self::print).
    pub fn show(&mut self, shown: &Shown) -> Result<(), Trouble> {
        let line = |(role, line): &(Role, String)| painted(*role, &visible_lines(line.trim_end())) + "\n";
        let screen = shown.screen.iter().flat_map(Screen::lines).map(line).collect::<String>();
        self.as_it_is(&screen)?;
        self.print(&shown.text)
    }

    /// Hands everything printed over.
    ///
    /// # Errors
    /// As [`print`](Self::print).
    pub fn flush(&mut self) -> Result<(), Trouble> {
        self.0.flush().map_err(|e| trouble(&e))
    }
}

/// A line in the colour of its part.
fn painted(role: Role, line: &str) -> String {
    let (bold, green, yellow, faint, plain) = ("\u{1b}[1m", "\u{1b}[32m", "\u{1b}[33m", "\u{1b}[2m", "\u{1b}[0m");
    let whole = |colour: &str| format!("{colour}{line}{plain}");
    match role {
        Role::Title | Role::Finding => whole(bold),
        Role::Warning => whole(yellow),
        Role::Hint => whole(faint),
        Role::Bar => match (line.find('#'), line.rfind('#')) {
            (Some(from), Some(to)) => format!("{}{green}{}{plain}{}", &line[..from], &line[from..=to], &line[to + 1..]),
            _ => line.to_owned(),
        },
        Role::Plain | Role::Gap => line.to_owned(),
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
