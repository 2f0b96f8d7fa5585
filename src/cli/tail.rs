//! How every verb ends: one page or one JSON document, and a folder with both and all that stands beside them.

use serde_json::Value;
use winset::figure::Theme;

use super::args::{TailArgs, ThemeArgs};
use super::folder::{self, File};
use super::output::{Output, Shown};
use super::trouble::Trouble;
use super::{Answered, Outcome};

impl ThemeArgs {
    /// The theme that is named.
    pub fn theme(&self) -> Result<Theme, Trouble> {
        Ok(winset::ask::word("value of `--theme`", "values", &self.theme, &Theme::WORDS)?)
    }
}

/// The parts of a page that `--show` names.
pub fn parts<T: Copy>(words: &[String], known: &[(&str, T)]) -> Result<Vec<T>, Trouble> {
    let part = |word: &String| winset::ask::word("value of `--show`", "values", word, known).map_err(Trouble::from);
    words.iter().map(part).collect()
}

/// A text file of a folder.
pub fn file(name: &str, text: String) -> File {
    (name.to_owned(), text.into_bytes())
}

impl TailArgs {
    /// Whether the folder can be written: asked before anything is computed.
    pub fn ready(&self) -> Result<(), Trouble> {
        let Some(place) = &self.out else { return Ok(()) };
        folder::ready(place, self.force).and_then(|()| folder::writable(place))
    }

    /// Prints a page, and writes the folder, with what `more` adds to it: the question is answered.
    pub fn tell(&self, out: &mut Output, page: &str, document: &Value, more: impl FnOnce() -> Vec<File>) -> Outcome {
        self.show(out, &Shown::text(page.to_owned()), page, document, more)
    }

    /// The same where what is printed is not the whole page, which stands in the folder.
    pub fn show(
        &self,
        out: &mut Output,
        shown: &Shown,
        page: &str,
        document: &Value,
        more: impl FnOnce() -> Vec<File>,
    ) -> Outcome {
        if self.json {
            out.print(&format!("{document}\n"))?;
        } else {
            out.show(shown)?;
        }
        let Some(place) = &self.out else { return Ok(Answered::Yes) };
        let mut files = vec![file("summary.json", format!("{document:#}\n")), file("page.txt", page.to_owned())];
        files.extend(more());
        folder::write(place, self.force, &files)?;
        if !self.json {
            out.print(&format!("\nwrote {place}\n"))?;
        }
        Ok(Answered::Yes)
    }
}
