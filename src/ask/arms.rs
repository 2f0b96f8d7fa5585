//! Arms of a comparison: a scenario, then changes behind `@`.

use super::{Judge, Wanted, Wrong, unknown};
use crate::scenario::Finding;
use crate::text::words::shown;

/// Changes that an arm may make.
const CHANGES: [&str; 5] = ["reading", "variant", "without", "set", "defeat"];

const HOW: &str = "write @reading=R, @variant:V=off, @without=PART,PART, @set:PATH=VALUE or @defeat=WHOSE";

/// One arm, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArmWords {
    /// The scenario.
    pub file: String,
    /// What is asked of it otherwise than its file says.
    pub wanted: Wanted,
}

/// Arms as they were written, `FILE@CHANGE@CHANGE`: one that begins with `@` is the first with further changes, and a
/// text that `is_file` is a scenario as it stands, since a file may have an `@` in its name. What is `common` to all is asked
/// of each, apart from what it changes itself.
///
/// # Errors
/// Everything wrong with any of them; two arms that are the same.
pub fn arms(texts: &[String], common: &Wanted, is_file: impl Fn(&str) -> bool) -> Result<Vec<ArmWords>, Wrong> {
    let (mut judge, mut arms) = (Judge::default(), Vec::<ArmWords>::new());
    for text in texts {
        let arm = if is_file(text) { Ok(plain(text)) } else { parse(text, arms.first()) };
        arms.extend(judge.all(arm));
    }
    let arms = judge.verdict(Some(arms))?.into_iter();
    let arms: Vec<ArmWords> = arms.map(|arm| ArmWords { wanted: arm.wanted.over(common), ..arm }).collect();
    twice(&arms, texts).map_or(Ok(arms), |same| Err(vec![same]))
}

/// What is wrong, with the arm in which it was met.
pub fn within(wrong: Wrong, arm: &str) -> Wrong {
    wrong.into_iter().map(|one| one.hint(format!("in the arm `{}`", shown(arm)))).collect()
}

fn plain(file: &str) -> ArmWords {
    ArmWords { file: file.to_owned(), wanted: Wanted::default() }
}

fn parse(text: &str, first: Option<&ArmWords>) -> Result<ArmWords, Wrong> {
    let (file, changes) = text.split_once('@').map_or((text, None), |(file, changes)| (file, Some(changes)));
    let file = if file.is_empty() { first.map(|first| first.file.as_str()) } else { Some(file) };
    let Some(file) = file else {
        let found = format!("the first arm `{}` names no scenario", shown(text));
        return Err(vec![Finding::error(found).hint("write SCENARIO@CHANGE; the arms behind it may begin with `@`")]);
    };
    let (mut judge, mut arm) = (Judge::default(), plain(file));
    for change in changes.iter().flat_map(|changes| changes.split('@')) {
        judge.one(add(&mut arm.wanted, change));
    }
    let arm = judge.verdict(Some(arm)).map_err(|wrong| within(wrong, text))?;
    let over = first.filter(|_| text.starts_with('@'));
    Ok(match over {
        Some(first) => ArmWords { wanted: arm.wanted.over(&first.wanted), ..arm },
        None => arm,
    })
}

impl Wanted {
    /// These changes on top of others: what both change is as this one has it.
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
            ..first.clone()
        }
    }
}

fn add(wanted: &mut Wanted, change: &str) -> Result<(), Finding> {
    let (word, value) = change.split_once([':', '=']).unwrap_or((change, ""));
    let value = || value.to_owned();
    match word.trim() {
        known if CHANGES.contains(&known) && value().trim().is_empty() => {
            let found = format!("the change `{}` says nothing of what to change", shown(change));
            return Err(Finding::error(found).hint(HOW));
        }
        "reading" => once(&mut wanted.reading, value(), "readings")?,
        "defeat" => once(&mut wanted.defeat, value(), "defeats")?,
        "variant" => wanted.variant.push(value()),
        "without" => wanted.without.extend(value().split(',').map(str::to_owned)),
        "set" => wanted.set.push(value()),
        other => return Err(unknown("change", "changes", other, &CHANGES).hint(HOW)),
    }
    Ok(())
}

fn once(place: &mut Option<String>, value: String, plural: &str) -> Result<(), Finding> {
    if place.replace(value).is_some() {
        return Err(Finding::error(format!("two {plural} are chosen")).hint("leave one of the two out"));
    }
    Ok(())
}

/// Arms that ask for the same.
fn twice(arms: &[ArmWords], texts: &[String]) -> Option<Finding> {
    let mut pairs = (0..arms.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    let (a, b) = pairs.find(|(a, b)| arms[*a] == arms[*b])?;
    let found = format!("the arms `{}` and `{}` are the same", shown(&texts[a]), shown(&texts[b]));
    Some(Finding::error(found).hint(format!("change something in one of them: {HOW}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arm_is_a_scenario_and_its_changes() {
        let arm =
            "istanbul-2025@reading=pastukhov@variant:second-track=off@without=mediator,ledger@set:mediator.tilt=0.2";
        let ArmWords { file, wanted } = parse(arm, None).expect("it is an arm");
        assert_eq!((file.as_str(), wanted.reading.as_deref()), ("istanbul-2025", Some("pastukhov")));
        assert_eq!((wanted.variant, wanted.set), (vec!["second-track=off".into()], vec!["mediator.tilt=0.2".into()]));
        assert_eq!(wanted.without, ["mediator", "ledger"]);
    }

    #[test]
    fn what_is_common_to_all_arms_is_asked_of_each_apart_from_its_own_changes() {
        let (set, defeat) = (vec!["p=1".into(), "q=1".into()], Some("both".into()));
        let common = Wanted { set, defeat, without: vec!["events".into()], seed: "7".into(), ..Wanted::default() };
        let texts = ["a.toml@set:p=2", "@defeat=leader"].map(String::from);
        let asked = arms(&texts, &common, |_| false).expect("they are arms");
        let wanted = |arm: usize| &asked[arm].wanted;
        assert_eq!([&wanted(0).set, &wanted(1).set], [&["q=1", "p=2"]; 2]);
        assert_eq!([0, 1].map(|arm| wanted(arm).defeat.as_deref()), [Some("both"), Some("leader")]);
        assert!([0, 1].iter().all(|arm| wanted(*arm).without == ["events"] && wanted(*arm).seed == "7"));
    }

    #[test]
    fn an_arm_without_a_scenario_is_the_first_with_further_changes() {
        let first = parse("a.toml@reading=x@set:p=1@set:q=1@without=events", None).expect("it is an arm");
        let ArmWords { file, wanted } =
            parse("@defeat=leader@set:p=2@without=mediator", Some(&first)).expect("it is an arm");
        let head = (file.as_str(), wanted.reading.as_deref(), wanted.defeat.as_deref());
        assert_eq!(head, ("a.toml", Some("x"), Some("leader")));
        assert_eq!(wanted.set, ["q=1", "p=2"]);
        assert_eq!(wanted.without, ["events", "mediator"]);
        let third = parse("@reading=y", Some(&first)).expect("it is an arm");
        assert_eq!(third.wanted.reading.as_deref(), Some("y"));
        assert!(parse("@defeat=leader", None).is_err());
    }
}
