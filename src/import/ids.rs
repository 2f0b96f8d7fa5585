//! Identifiers for names from elsewhere.

use std::collections::BTreeSet;

/// Characters of an identifier that is made of a name.
const LONGEST: usize = 40;

/// Words that scenarios, or those who read tables of results, take for something else.
const TAKEN: [&str; 17] = [
    "all", "source", "numbers", "weight", "values", "name", "na", "nan", "null", "none", "n-a", "true", "false", "now",
    "from", "to", "step",
];

/// Gives each name an identifier of its own: its letters and digits in lower case, and dashes.
#[derive(Debug, Default)]
pub struct Ids(BTreeSet<String>);

impl Ids {
    /// The identifier of a name; `noun` stands in where the name has nothing that an identifier may hold.
    pub fn of(&mut self, name: &str, noun: &str) -> String {
        let plain = slug(name);
        let plain = match plain.as_str() {
            "" => format!("{noun}-{}", self.0.len() + 1),
            word if TAKEN.contains(&word) => format!("{noun}-{word}"),
            _ => plain,
        };
        let numbered = (2_usize..).map(|n| format!("{plain}-{n}"));
        let free = std::iter::once(plain.clone()).chain(numbered).find(|id| !self.0.contains(id));
        let id = free.unwrap_or(plain);
        self.0.insert(id.clone());
        id
    }
}

fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            '_' => out.push('_'),
            // A minus in front of a number is kept apart from a dash between words.
            '-' if out.is_empty() => out.push_str("minus-"),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
        if out.len() >= LONGEST {
            break;
        }
    }
    out.truncate(LONGEST);
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn every_name_gets_an_identifier_that_no_other_has() {
        let mut ids = Ids::default();
        let names = ["60 Gb", "60-gb", "", "€10,000", "Name", "all", "-5", "5", "日本"];
        let found: Vec<String> = names.iter().map(|name| ids.of(name, "option")).collect();
        let expected =
            ["60-gb", "60-gb-2", "option-3", "10-000", "option-name", "option-all", "minus-5", "5", "option-9"];
        assert_eq!(found, expected);
    }
}
