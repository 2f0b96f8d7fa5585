//! The scenarios that come with the program.

/// One shipped scenario.
pub struct Shipped {
    /// The name by which it is called.
    pub name: &'static str,
    /// The text of its file.
    pub text: &'static str,
}

macro_rules! shipped {
    ($($folder:literal / $name:literal),* $(,)?) => {
        &[$(Shipped {
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/", $folder, "/", $name, ".toml")),
        }),*]
    };
}

/// All of them: the talks, then the textbook, each by name.
pub const ALL: &[Shipped] = shipped![
    "talks" / "istanbul-2025",
    "textbook" / "alternating-offers",
    "textbook" / "breaking-down",
    "textbook" / "buyer-seller",
    "textbook" / "camp-david-1978",
    "textbook" / "chicken",
    "textbook" / "concave-frontier",
    "textbook" / "costly-token",
    "textbook" / "crisis-bargaining",
    "textbook" / "dayton-1995",
    "textbook" / "drawn-offers",
    "textbook" / "fixed-costs",
    "textbook" / "inspection",
    "textbook" / "labour-dispute",
    "textbook" / "last-offer",
    "textbook" / "linkage",
    "textbook" / "log-rolling",
    "textbook" / "no-last-price",
    "textbook" / "outside-option",
    "textbook" / "packages-27",
    "textbook" / "ratification-floor",
    "textbook" / "split-the-pie",
    "textbook" / "two-prices",
];

/// All plans of batches.
pub const PLANS: &[Shipped] = shipped!["batches" / "istanbul-analysts"];

macro_rules! lessons {
    ($($name:literal),* $(,)?) => {
        &[$(Shipped {
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/lessons/", $name, ".md")),
        }),*]
    };
}

/// The conflict that others drew, as `winset stability --gmcr` reads it.
pub const CONFLICTS: &[Shipped] = &[Shipped {
    name: "elmira",
    text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/conflicts/elmira.json")),
}];

/// All lessons, in the order in which they are taught.
pub const LESSONS: &[Shipped] =
    lessons!["1-defeat", "2-frontier", "3-trades", "4-stalling", "5-pressure", "6-batches", "7-holding"];

macro_rules! schemas {
    ($($name:literal),* $(,)?) => {
        &[$(Shipped {
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/schemas/", $name, ".json")),
        }),*]
    };
}

/// The JSON Schema of what each verb prints as JSON.
pub const SCHEMAS: &[Shipped] = schemas![
    "ablations",
    "audit",
    "batch",
    "class",
    "compare",
    "directions",
    "discover",
    "estimate",
    "explain",
    "game",
    "handout",
    "infer",
    "merge",
    "missing",
    "offers",
    "replay",
    "run",
    "sensitivity",
    "solve",
    "stability",
    "trace",
    "verdict",
];

/// The lesson of that name, with or without its number and `.md`; or of that number.
pub fn lesson(name: &str) -> Option<&'static Shipped> {
    let name = name.strip_suffix(".md").unwrap_or(name);
    let is =
        |s: &&Shipped| s.name == name || s.name.split_once('-').is_some_and(|(at, word)| at == name || word == name);
    LESSONS.iter().find(is)
}

/// The conflict of that name, with or without `.json`.
pub fn conflict(name: &str) -> Option<&'static Shipped> {
    let name = name.strip_suffix(".json").unwrap_or(name);
    CONFLICTS.iter().find(|s| s.name == name)
}

/// The plan of that name, with or without `.toml`.
pub fn plan(name: &str) -> Option<&'static Shipped> {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    PLANS.iter().find(|s| s.name == name)
}

/// The scenario of that name, with or without `.toml`.
pub fn find(name: &str) -> Option<&'static Shipped> {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    ALL.iter().find(|s| s.name == name)
}

/// What it teaches: the paragraph of its opening comment that says so, or else the first one after the title.
pub fn teaches(shipped: &Shipped) -> String {
    let comment = shipped.text.lines().take_while(|line| line.starts_with('#'));
    let lines: Vec<&str> = comment.map(|line| line.trim_start_matches('#').trim()).collect();
    let mut paragraphs = lines.split(|line| line.is_empty()).map(|lines| lines.join(" "));
    let labels = ["What it teaches:", "What it teaches.", "What it shows:", "What it shows."];
    let labelled = |text: &String| labels.iter().find_map(|l| text.strip_prefix(l)).map(|rest| rest.trim().to_owned());
    let found = paragraphs.find_map(|text| labelled(&text));
    found.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn files(folder: &str) -> Vec<String> {
        let path = format!("{}/scenarios/{folder}", env!("CARGO_MANIFEST_DIR"));
        let entries = std::fs::read_dir(path).expect("the folder is part of the repository");
        let names = entries.map(|e| e.expect("it can be read").file_name().into_string().expect("names are UTF-8"));
        names.filter_map(|name| name.strip_suffix(".toml").map(String::from)).collect()
    }

    #[test]
    fn every_scenario_of_the_repository_is_shipped() {
        let there: BTreeSet<String> = ["talks", "textbook"].iter().flat_map(|folder| files(folder)).collect();
        let shipped: BTreeSet<String> = ALL.iter().map(|s| s.name.to_owned()).collect();
        assert_eq!(there, shipped);
    }

    #[test]
    fn every_lesson_of_the_repository_is_shipped() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/lessons");
        let entries = std::fs::read_dir(folder).expect("the folder is part of the repository");
        let names = entries.map(|e| e.expect("it can be read").file_name().into_string().expect("names are UTF-8"));
        let numbered = names.filter(|name| name.starts_with(|c: char| c.is_ascii_digit()));
        let there: BTreeSet<String> = numbered.filter_map(|name| name.strip_suffix(".md").map(String::from)).collect();
        assert_eq!(there, LESSONS.iter().map(|s| s.name.to_owned()).collect());
        assert_eq!(lesson("1").map(|s| s.name), lesson("defeat").map(|s| s.name));
    }

    #[test]
    fn every_shipped_scenario_says_what_it_teaches() {
        let silent: Vec<&str> = ALL.iter().filter(|s| teaches(s).len() < 20).map(|s| s.name).collect();
        assert!(silent.is_empty(), "{silent:?}");
    }
}
