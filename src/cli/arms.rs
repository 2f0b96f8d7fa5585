//! Arms of a comparison: a scenario with changes behind `@`, judged by the parsers of the flags.

use std::path::Path;

use winset::analysis::Part;
use winset::analysis::compare::CompareArm;
use winset::report::head::Otherwise;
use winset::report::run::shell;

use super::args::{CompareArgs, FromArgs};
use super::choices::{Choices, choose, leave_out};
use super::load;
use super::trouble::{Trouble, all, shown};

/// Changes that an arm may make.
const CHANGES: [&str; 5] = ["reading", "variant", "without", "set", "defeat"];

/// An arm, checked.
pub struct Arm {
    /// As it was written.
    pub text: String,
    /// What is run.
    pub played: CompareArm,
    /// What it asks for otherwise than its file: each a sentence.
    pub told: Vec<String>,
    /// File and flags that give the same runs to another verb.
    pub command: String,
}

/// One arm as words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Asked {
    file: String,
    reading: Option<String>,
    variant: Vec<String>,
    without: Vec<String>,
    set: Vec<String>,
    defeat: Option<String>,
}

/// All arms, with everything wrong in any of them named.
///
/// # Errors
/// What any flag would say; arms that are the same.
pub fn arms(args: &CompareArgs) -> Result<Vec<Arm>, Trouble> {
    let (mut asked, mut wrong): (Vec<Asked>, Vec<Trouble>) = (Vec::new(), Vec::new());
    for text in &args.arms {
        match parse(text, asked.first()) {
            Ok(arm) => asked.push(arm),
            Err(trouble) => wrong.push(trouble),
        }
    }
    all(wrong)?;
    twice(&asked, &args.arms)?;
    let (mut arms, mut wrong): (Vec<Arm>, Vec<Trouble>) = (Vec::new(), Vec::new());
    for (text, asked) in args.arms.iter().zip(&asked) {
        match check(text, asked, args) {
            Ok(arm) => arms.push(arm),
            Err(trouble) => wrong.push(within(trouble, text)),
        }
    }
    wrong.dedup();
    all(wrong)?;
    Ok(arms)
}

/// `FILE@CHANGE@CHANGE`; the first arm with further changes if nothing stands before the first `@`.
fn parse(text: &str, first: Option<&Asked>) -> Result<Asked, Trouble> {
    // A file may have an `@` in its name.
    if Path::new(text).is_file() {
        return Ok(Asked { file: text.to_owned(), ..Asked::default() });
    }
    let (file, changes) = text.split_once('@').map_or((text, None), |(file, changes)| (file, Some(changes)));
    let file = match (file, first) {
        ("", Some(first)) => first.file.clone(),
        ("", None) => {
            return Err(Trouble::new(format!("the first arm `{}` names no scenario", shown(text)))
                .hint("write SCENARIO@CHANGE; the arms behind it may begin with `@`"));
        }
        (file, _) => file.to_owned(),
    };
    let mut asked = Asked { file, ..Asked::default() };
    let mut wrong = Vec::new();
    for change in changes.iter().flat_map(|changes| changes.split('@')) {
        if let Err(trouble) = add(&mut asked, change) {
            wrong.push(within(trouble, text));
        }
    }
    all(wrong)?;
    Ok(if text.starts_with('@') { asked.over(first.unwrap_or(&Asked::default())) } else { asked })
}

impl Asked {
    /// These changes on top of those of another arm: what both change is as this one has it.
    fn over(self, first: &Self) -> Self {
        let name = |change: &String| change.split_once('=').map_or(change.clone(), |(name, _)| name.trim().to_owned());
        let both = |own: Vec<String>, first: &[String]| {
            let kept = first.iter().filter(|f| own.iter().all(|o| name(o) != name(f))).cloned();
            kept.chain(own.clone()).collect()
        };
        Self {
            reading: self.reading.or(first.reading.clone()),
            defeat: self.defeat.or(first.defeat.clone()),
            variant: both(self.variant, &first.variant),
            without: both(self.without, &first.without),
            set: both(self.set, &first.set),
            file: self.file,
        }
    }
}

fn add(asked: &mut Asked, change: &str) -> Result<(), Trouble> {
    let (word, value) = change.split_once([':', '=']).unwrap_or((change, ""));
    let empty = || Trouble::new(format!("the change `{}` says nothing of what to change", shown(change))).hint(how());
    match word.trim() {
        known if CHANGES.contains(&known) && value.trim().is_empty() => Err(empty()),
        "reading" if asked.reading.is_some() => {
            Err(Trouble::new("two readings are chosen").hint("leave one of the two out"))
        }
        "defeat" if asked.defeat.is_some() => {
            Err(Trouble::new("two defeats are chosen").hint("leave one of the two out"))
        }
        "reading" => {
            asked.reading = Some(value.to_owned());
            Ok(())
        }
        "defeat" => {
            asked.defeat = Some(value.to_owned());
            Ok(())
        }
        "variant" => {
            asked.variant.push(value.to_owned());
            Ok(())
        }
        "without" => {
            asked.without.extend(value.split(',').map(str::to_owned));
            Ok(())
        }
        "set" => {
            asked.set.push(value.to_owned());
            Ok(())
        }
        other => Err(Trouble::unknown("change", "changes", other, &CHANGES).hint(how())),
    }
}

fn how() -> &'static str {
    "write @reading=R, @variant:V=off, @without=PART,PART, @set:PATH=VALUE or @defeat=WHOSE"
}

/// Arms that ask for the same.
fn twice(asked: &[Asked], texts: &[String]) -> Result<(), Trouble> {
    let same = (0..asked.len()).flat_map(|b| (0..b).map(move |a| (a, b))).find(|(a, b)| asked[*a] == asked[*b]);
    let Some((a, b)) = same else { return Ok(()) };
    Err(Trouble::new(format!("the arms `{}` and `{}` are the same", shown(&texts[a]), shown(&texts[b])))
        .hint(format!("change something in one of them: {}", how())))
}

fn check(text: &str, asked: &Asked, args: &CompareArgs) -> Result<Arm, Trouble> {
    let mut scenario = load::quietly(&asked.file)?;
    let from = FromArgs {
        seed: args.seed.clone(),
        reading: asked.reading.clone(),
        variant: asked.variant.clone(),
        set: asked.set.clone(),
        defeat: asked.defeat.clone().unwrap_or_else(|| "audience".into()),
        threads: args.threads.clone(),
    };
    let worlds = from.worlds(&args.runs);
    let Choices { settings, changed } = choose(&mut scenario, &worlds)?;
    let gone = leave_out(&mut scenario, &asked.without)?;
    let n = scenario.negotiation;
    let otherwise = Otherwise { reading: settings.accounts.reading, set: &changed, without: &gone, agreeing: false };
    let mut told = otherwise.told(&n);
    let switched = n.variants.iter().zip(n.default_variants()).zip(&settings.accounts.variants);
    told.extend(
        switched
            .filter(|((_, before), now)| before != *now)
            .map(|((v, _), now)| format!("Variant `{}` is switched {}.", v.id, if *now { "on" } else { "off" })),
    );
    told.extend(asked.defeat.iter().map(|whose| format!("A defeat is that of `{whose}`.")));
    Ok(Arm {
        text: text.to_owned(),
        told,
        command: command(asked, &gone),
        played: CompareArm {
            n,
            accounts: settings.accounts,
            without: gone.iter().filter_map(|part| part.mechanism()).collect(),
            defeat: settings.defeat,
        },
    })
}

fn command(asked: &Asked, gone: &[Part]) -> String {
    let flag = |name: &str, value: &String| format!(" --{name} {}", shell(value));
    let mut command = shell(&asked.file);
    command.extend(asked.reading.iter().map(|value| flag("reading", value)));
    command.extend(asked.variant.iter().map(|value| flag("variant", value)));
    command.extend(asked.set.iter().map(|value| flag("set", value)));
    command.extend(asked.defeat.iter().map(|value| flag("defeat", value)));
    if !gone.is_empty() {
        let parts: Vec<String> = gone.iter().map(|part| part.word()).collect();
        command += &flag("without", &parts.join(","));
    }
    command
}

/// The same trouble, with the arm in which it was met.
fn within(trouble: Trouble, text: &str) -> Trouble {
    match trouble {
        Trouble::Several(all) => Trouble::Several(all.into_iter().map(|one| within(one, text)).collect()),
        other => other.hint(format!("in the arm `{}`", shown(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arm_is_a_scenario_and_its_changes() {
        let arm =
            "istanbul-2025@reading=pastukhov@variant:second-track=off@without=mediator,ledger@set:mediator.tilt=0.2";
        let asked = parse(arm, None).expect("it is an arm");
        assert_eq!((asked.file.as_str(), asked.reading.as_deref()), ("istanbul-2025", Some("pastukhov")));
        assert_eq!((asked.variant, asked.set), (vec!["second-track=off".into()], vec!["mediator.tilt=0.2".into()]));
        assert_eq!(asked.without, ["mediator", "ledger"]);
    }

    #[test]
    fn an_arm_without_a_scenario_is_the_first_with_further_changes() {
        let first = parse("a.toml@reading=x@set:p=1@set:q=1@without=events", None).expect("it is an arm");
        let second = parse("@defeat=leader@set:p=2@without=mediator", Some(&first)).expect("it is an arm");
        let head = (second.file.as_str(), second.reading.as_deref(), second.defeat.as_deref());
        assert_eq!(head, ("a.toml", Some("x"), Some("leader")));
        assert_eq!(
            (second.set, second.without),
            (vec!["q=1".into(), "p=2".into()], vec!["events".into(), "mediator".into()])
        );
        let third = parse("@reading=y", Some(&first)).expect("it is an arm");
        assert_eq!(third.reading.as_deref(), Some("y"));
        assert!(parse("@defeat=leader", None).is_err());
    }
}
