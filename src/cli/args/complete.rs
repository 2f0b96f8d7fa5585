//! Scripts by which shells complete a command: verbs and flags, values where only some words will do, shipped names.

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell;
use winset::analysis::Part;
use winset::model::Defeat;
use winset::offers::Tactic;

use super::super::shipped::{ALL, LESSONS, PLANS};
use super::super::trouble::Trouble;
use super::Cli;

/// The shells, by name.
const SHELLS: [(&str, Shell); 5] = [
    ("bash", Shell::Bash),
    ("elvish", Shell::Elvish),
    ("fish", Shell::Fish),
    ("powershell", Shell::PowerShell),
    ("zsh", Shell::Zsh),
];

/// The completion script of a shell.
pub fn completions(shell: &str) -> Result<String, Trouble> {
    let known = SHELLS.map(|(name, _)| name);
    let found = SHELLS.iter().find(|(name, _)| *name == shell);
    let (name, shell) = found.ok_or_else(|| Trouble::unknown("shell", "shells", shell, &known))?;
    let mut bytes = Vec::new();
    clap_complete::generate(*shell, &mut with_words(), "winset", &mut bytes);
    let script = String::from_utf8(bytes).expect("scripts are made of text");
    Ok(match *name {
        "zsh" => with_files(&script),
        "fish" => script.clone() + &named(),
        _ => script,
    })
}

/// The words that may stand for a value, by the name of the value; empty where anything may.
fn words(value: &str) -> Vec<String> {
    let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match value {
        "FILE" | "ARM" => ALL.iter().map(|s| s.name.to_owned()).collect(),
        "LESSON" => LESSONS.iter().map(|s| s.name.to_owned()).collect(),
        "PLAN" => PLANS.iter().map(|s| s.name.to_owned()).collect(),
        "SHELL" => own(&SHELLS.map(|(name, _)| name)),
        "WHOSE" => own(&Defeat::WORDS.map(|(word, _)| word)),
        "PART,…" => Part::all().into_iter().map(Part::word).collect(),
        "TACTIC,…" => own(&Tactic::WORDS.map(|(word, _)| word)),
        "HOW" => own(&["auto", "plain", "sobol", "lines", "lines+sobol", "importance"]),
        "FORMAT" => own(&["svg", "png"]),
        "THEME" => own(&["light", "dark"]),
        "BY" => own(&["section", "source", "assumed"]),
        // A name such as `all|endings` lists the words themselves.
        listed if listed.contains('|') && !listed.contains('=') => listed
            .split('|')
            .filter(|word| word.chars().all(|c| c.is_lowercase() || c == '-'))
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

/// The verbs with the words that their values may be. They stand in no verb itself, which says in its own words what is
/// wrong with a value.
fn with_words() -> Command {
    let taught = |arg: Arg| match arg.get_value_names().map(|names| words(&names[0])) {
        // clap keeps words for as long as the program runs, which ends with the script.
        Some(words) if !words.is_empty() => arg.value_parser(PossibleValuesParser::new(
            words.into_iter().map(|word| &*word.leak()).collect::<Vec<&str>>(),
        )),
        _ => arg,
    };
    let verbs: Vec<String> = Cli::command().get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    verbs.iter().fold(Cli::command(), |all, verb| all.mut_subcommand(verb, |verb| verb.mut_args(taught)))
}

/// Where zsh would offer shipped names alone, it offers files as well.
fn with_files(script: &str) -> String {
    let mut script = script.to_owned();
    for (value, function) in [("FILE", "_winset_scenarios"), ("PLAN", "_winset_plans")] {
        let names = words(value).join(" ");
        script = script.replace(&format!(":({names})"), &format!(":{function}"));
        let body = format!("{function}() {{\n    _alternative 'names:shipped:({names})' 'files:file:_files'\n}}\n");
        script = script.replacen('\n', &format!("\n\n{body}"), 1);
    }
    script
}

/// The shipped names for fish, which offers files by itself.
fn named() -> String {
    let command = Cli::command();
    let lines = command.get_subcommands().filter_map(|verb| {
        let places: Vec<&Arg> = verb.get_positionals().collect();
        let names = places.first()?.get_value_names().map(|names| words(&names[0]))?;
        let seen = format!("__fish_winset_using_subcommand {}", verb.get_name());
        (!names.is_empty()).then(|| format!("complete -c winset -n \"{seen}\" -a \"{}\"\n", names.join(" ")))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_know_the_shipped_names_and_the_words_of_closed_flags() {
        for (shell, _) in SHELLS {
            let script = completions(shell).expect("it is a shell");
            for word in ["no-veto", "importance", "tied-hands"] {
                assert!(script.contains(word), "{shell}: {word}");
            }
            let places = !["elvish", "powershell"].contains(&shell);
            assert!(!places || (script.contains("camp-david-1978") && script.contains("istanbul-analysts")), "{shell}");
        }
        let zsh = completions("zsh").expect("it is a shell");
        assert!(zsh.contains("or a shipped name:_winset_scenarios'") && zsh.starts_with("#compdef winset"));
    }

    #[test]
    fn every_word_that_is_offered_is_one_that_the_verb_takes() {
        with_words().debug_assert();
        let line = |words: &[&str]| with_words().try_get_matches_from(words).is_ok();
        assert!(line(&["winset", "run", "log-rolling", "--defeat", "both"]));
        assert!(!line(&["winset", "run", "log-rolling", "--defeat", "bothh"]));
    }
}
