//! One screen of a terminal: lines with a part to play, none wider than 80 columns, 24 of them at most.

use std::fmt;

use super::WIDTH;
use super::columns::{columns, padded, shortened};
use super::words::wrapped;

/// Lines of a screen.
pub const HEIGHT: usize = 24;

/// Columns of the labels at the left of a screen.
pub const LABEL: usize = 23;

/// Columns up to which an item stands whole on one line.
const WHOLE: usize = 24;

/// What a line is for: whoever shows it may give each part a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// What is looked at.
    Title,
    /// The answer in a sentence.
    Finding,
    /// A number with a bar of `#`.
    Bar,
    /// Anything else.
    Plain,
    /// What must be known before the answer is used.
    Warning,
    /// What to ask next.
    Hint,
    /// An empty line between parts: the first to go where room is short.
    Gap,
}

/// How much room parts may take: more first, less where the screen would not hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// As much as reads well.
    Wide,
    /// A line less for what is long.
    Close,
    /// As little as says it.
    Tight,
}

impl Room {
    /// All of them, the widest first.
    const ALL: [Self; 3] = [Self::Wide, Self::Close, Self::Tight];

    /// The number of lines in each.
    pub fn lines(self, each: [usize; 3]) -> usize {
        each[self as usize]
    }
}

/// Lines, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screen {
    lines: Vec<(Role, String)>,
}

impl Screen {
    /// The screen that something fills, with less room for each part where it would not fit with more; gaps go where
    /// that is not enough, and last the lines before the last.
    pub fn filled(fill: impl Fn(&mut Self, Room)) -> Self {
        let [wide, close, tight] = Room::ALL.map(|room| {
            let mut screen = Self::default();
            fill(&mut screen, room);
            screen
        });
        let mut screen = match (wide.lines.len() <= HEIGHT, close.without_gaps() <= HEIGHT) {
            (true, _) => wide,
            (false, true) => close,
            (false, false) => tight,
        };
        while screen.lines.len() > HEIGHT {
            let gap = screen.lines.iter().rposition(|(role, _)| *role == Role::Gap);
            screen.lines.remove(gap.unwrap_or(screen.lines.len() - 2));
        }
        screen
    }

    fn without_gaps(&self) -> usize {
        self.lines.iter().filter(|(role, _)| *role != Role::Gap).count()
    }

    /// Its lines.
    pub fn lines(&self) -> &[(Role, String)] {
        &self.lines
    }

    /// One line, shortened where it is too wide.
    pub fn line(&mut self, role: Role, text: &str) {
        self.lines.push((role, shortened(&text.replace('\u{a0}', " "), WIDTH)));
    }

    /// An empty line, unless there is one already or nothing above.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|(role, _)| *role != Role::Gap) {
            self.lines.push((Role::Gap, String::new()));
        }
    }

    /// A text at the left and one at the right end of a line; the left one is shortened.
    pub fn ends(&mut self, role: Role, left: &str, right: &str) {
        let right = shortened(right, WIDTH / 2);
        let left = padded(left, WIDTH - 2 - columns(&right));
        self.line(role, &format!("{left}  {right}"));
    }

    /// A paragraph of at most so many lines, the rest replaced by `…`; nothing for an empty text.
    pub fn paragraph(&mut self, role: Role, text: &str, most: usize) {
        self.within(role, text, ["", ""], most);
    }

    /// The same, its lines after the first under its second word, as after a `!`.
    pub fn marked(&mut self, role: Role, text: &str, most: usize) {
        self.within(role, text, ["! ", "  "], most);
    }

    /// A text beside a label.
    pub fn entry(&mut self, label: &str, text: &str, most: usize) {
        let start = padded(label, LABEL - 1) + " ";
        self.within(Role::Plain, text, [&start, &" ".repeat(LABEL)], most);
    }

    /// As many of some things, parted by dots, as so many lines hold, beside a label; at least the first, shortened.
    /// Nothing where there are none.
    pub fn items(&mut self, label: &str, items: &[String], most: usize) {
        let whole = |item: &String| if columns(item) <= WHOLE { item.replace(' ', "\u{a0}") } else { item.clone() };
        let items: Vec<String> = items.iter().map(whole).collect();
        let joined = |k: usize| items[..k].join(" · ");
        let holds = |k: &usize| broken(&joined(*k), ["", ""], WIDTH - LABEL).len() <= most;
        if let Some(k) = (1..=items.len()).rev().find(holds).or((!items.is_empty()).then_some(1)) {
            self.entry(label, &joined(k), most);
        }
    }

    fn within(&mut self, role: Role, text: &str, starts: [&str; 2], most: usize) {
        if text.is_empty() {
            return;
        }
        let mut lines = broken(text, starts, WIDTH);
        if lines.len() > most {
            let rest = lines[most..].iter().map(|line| line.trim_start());
            let last = std::iter::once(lines[most - 1].as_str()).chain(rest).collect::<Vec<_>>().join(" ");
            lines.truncate(most - 1);
            lines.push(shortened(&last, WIDTH));
        }
        // No line begins with the dot between two things.
        let dotted = format!("{}· ", starts[1]);
        let line = |line: &String| line.strip_prefix(&dotted).map_or(line.clone(), |rest| starts[1].to_owned() + rest);
        lines.iter().map(line).for_each(|line| self.line(role, &line));
    }
}

/// A text in lines, the first and the others with their starts.
fn broken(text: &str, starts: [&str; 2], width: usize) -> Vec<String> {
    wrapped(text, starts[0], starts[1], width).lines().map(String::from).collect()
}

/// Whether a text fits in so many lines of the page, beside a start of so many columns.
pub fn fits(text: &str, start: usize, most: usize) -> bool {
    broken(text, ["", ""], WIDTH - start).len() <= most
}

/// A share as a bar of `#`: so many for all; at least one for more than nothing, all only for all.
pub fn bar(share: f64, all: usize) -> String {
    let full = all as f64;
    let long = match share {
        ..=0.0 => 0.0,
        1.0.. => full,
        _ => (share * full).round().clamp(1.0, full - 1.0),
    };
    "#".repeat(long as usize)
}

impl fmt::Display for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|(_, line)| writeln!(f, "{}", line.trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_go_before_anything_is_lost() {
        let fill = |screen: &mut Screen, _| {
            (0..20).for_each(|i| {
                screen.line(Role::Plain, &format!("line {i}"));
                screen.gap();
            });
        };
        let screen = Screen::filled(fill);
        assert_eq!(screen.lines().len(), HEIGHT);
        assert_eq!(screen.without_gaps(), 20);
    }

    #[test]
    fn a_bar_is_full_or_empty_only_for_all_or_nothing() {
        assert_eq!([0.0, 0.001, 0.5, 0.999, 1.0].map(|share| bar(share, 40).len()), [0, 1, 20, 39, 40]);
    }

    #[test]
    fn of_many_things_as_many_are_told_as_the_lines_hold_and_none_is_cut_in_two() {
        let mut screen = Screen::default();
        let items: Vec<String> = (0..20).map(|i| format!("thing number {i}")).collect();
        screen.items("Some", &items, 2);
        let text = screen.to_string();
        assert_eq!(screen.lines().len(), 2);
        assert!(text.contains("thing number 5") && !text.contains('…'), "{text}");
        screen.items("One", &["word ".repeat(60)], 1);
        let last = screen.lines().last().map(|(_, line)| line.as_str()).unwrap_or_default();
        assert!(last.ends_with('…') && last.matches("One").count() == 1, "{last}");
    }
}
