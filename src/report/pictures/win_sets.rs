//! The data of the picture "win-sets".

use itertools::Itertools as _;

use super::{scene::Scene, words::part};
use crate::figure::Caption;
use crate::figure::win_sets::{Issue, OptionCell, WinSets, stretches};
use crate::model::{self, ActorId, IssueId, OptionId};
use crate::space::{Gate, Test};
use crate::text::words::{capital, count, list};

/// Which options occur in a set of packages, `seen[issue][option]`.
type Occurring = Vec<Vec<bool>>;

/// Each option by who can bear some package with it, in the modal world.
pub fn data(scene: &Scene) -> WinSets {
    let gate = scene.space().allowed();
    let question = scene.question();
    let parties: Vec<ActorId> = scene.n.parties().collect();
    let borne: Vec<Occurring> = parties.iter().map(|i| options_of(scene, &question.win_set_tests(*i), &gate)).collect();
    let no_defeat = options_of(scene, &question.no_defeat_tests(), &gate);
    let issues = issues(scene, &borne, &no_defeat);
    WinSets {
        caption: scene.in_the_modal_world(Caption {
            title: "Which terms each side’s audiences can bear, issue by issue".into(),
            subtitle: finding(scene, &parties, &gate),
            notes: silent(scene, &parties).into_iter().collect(),
            description: table(&issues),
            ..Caption::default()
        }),
        parties: parties.iter().map(|i| scene.actor(*i).to_owned()).collect(),
        issues,
    }
}

/// The options that occur in the packages that pass.
fn options_of(scene: &Scene, tests: &[Test], gate: &Gate) -> Occurring {
    let (space, n) = (scene.space(), scene.n);
    let (mut heads, mut tails) = (vec![false; space.layout.heads()], vec![false; space.layout.width]);
    scene.each(tests, gate, |head, tail| {
        heads[head] = true;
        tails[tail] = true;
    });
    let mut seen: Occurring = n.space.issues.iter().map(|issue| vec![false; issue.options.len()]).collect();
    let mut mark = |issues: &[IssueId], (head, tail): (usize, usize)| {
        let package = space.package(n, head, tail);
        issues.iter().for_each(|k| seen[k.0][package.option(*k).0] = true);
    };
    let marked = |flags: Vec<bool>| flags.into_iter().enumerate().filter(|(_, on)| *on).map(|(place, _)| place);
    marked(heads).for_each(|head| mark(&space.layout.head, (head, 0)));
    marked(tails).for_each(|tail| mark(&space.layout.tail, (0, tail)));
    seen
}

fn issues(scene: &Scene, borne: &[Occurring], no_defeat: &Occurring) -> Vec<Issue> {
    let issue = |(k, issue): (usize, &model::Issue)| {
        let cell = |o: usize| OptionCell {
            name: issue.options[o].name.clone(),
            now: issue.now == Some(OptionId(o)),
            borne: borne.iter().map(|seen| seen[k][o]).collect(),
            no_defeat: no_defeat[k][o],
        };
        Issue { name: issue.name.clone(), options: (0..issue.options.len()).map(cell).collect() }
    };
    scene.n.space.issues.iter().enumerate().map(issue).collect()
}

fn finding(scene: &Scene, parties: &[ActorId], gate: &Gate) -> String {
    let (question, all) = (scene.question(), gate.count());
    let share = |tests: &[Test]| part(scene.count(tests, gate), all);
    let bears = |i: &ActorId| format!("{} bears {}", scene.actor(*i), share(&question.win_set_tests(*i)));
    let each: Vec<String> = parties.iter().map(bears).collect();
    let both = scene.count(&question.no_defeat_tests(), gate);
    let common = format!("{} ({}) are a defeat for nobody", part(both, all), count(both));
    format!(
        "Of {} allowed packages in the modal world, the side of {}; {common}. {}",
        count(all),
        list(&each),
        capital(&scene.exists())
    )
}

/// The parties on whose side nobody's verdict counts in the modal world.
fn silent(scene: &Scene, parties: &[ActorId]) -> Option<String> {
    let question = scene.question();
    let unjudged = parties.iter().filter(|i| question.win_set_tests(**i).is_empty());
    let names: Vec<String> = unjudged.map(|i| scene.actor(*i).to_owned()).collect();
    let told = "has a veto in the modal world: its win-set is everything allowed.";
    (!names.is_empty()).then(|| format!("No audience of {} {told}", list(&names)))
}

fn table(issues: &[Issue]) -> String {
    let told = |issue: &Issue| {
        let (names, flags): (Vec<&str>, Vec<bool>) =
            issue.options.iter().map(|o| (o.name.as_str(), o.no_defeat)).unzip();
        format!("{}: {}", issue.name, told(&names, &flags))
    };
    format!("Options that some no-defeat package has: {}.", issues.iter().map(told).format("; "))
}

/// "from a to c, and e": the names of the options that are marked; "all of them" and "none of them" where that is so.
fn told(names: &[&str], flags: &[bool]) -> String {
    match (flags.contains(&true), flags.contains(&false)) {
        (false, _) => return "none of them".into(),
        (true, false) => return "all of them".into(),
        (true, true) => {}
    }
    let one = |(first, last): (usize, usize)| match last - first {
        0 => names[first].to_owned(),
        1 => format!("{}, {}", names[first], names[last]),
        _ => format!("from {} to {}", names[first], names[last]),
    };
    stretches(flags).into_iter().map(one).join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::scene::sample;
    use super::*;

    #[test]
    fn an_option_is_borne_where_some_package_with_it_is() {
        sample::look(|scene| {
            let price = &data(scene).issues[1];
            let rows: Vec<(&str, bool, &[bool], bool)> =
                price.options.iter().map(|o| (o.name.as_str(), o.now, o.borne.as_slice(), o.no_defeat)).collect();
            // A fair price is borne by the south only for the field, and then the north can bear it too.
            let expected: [(&str, bool, &[bool], bool); 3] = [
                ("none", true, &[true, true], true),
                ("fair", false, &[true, true], true),
                ("high", false, &[true, false], false),
            ];
            assert_eq!(rows, expected);
        });
    }

    #[test]
    fn the_win_sets_are_counted_in_words() {
        sample::look(|scene| {
            let told = data(scene).caption.subtitle.replace('\u{a0}', " ");
            assert!(told.contains("north bears 83 % and south bears 50 %; 33 % (2) are a defeat for nobody"), "{told}");
        });
    }

    #[test]
    fn stretches_are_told_by_their_ends() {
        let names = ["a", "b", "c", "d", "e"];
        assert_eq!(told(&names, &[true, true, true, false, true]), "from a to c, e");
        assert_eq!(told(&names, &[false, true, true, false, false]), "b, c");
        assert_eq!(told(&names, &[false; 5]), "none of them");
        assert_eq!(told(&names, &[true; 5]), "all of them");
    }
}
