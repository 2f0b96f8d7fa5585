//! What first differs between two runs: what somebody does, not what it is worth.

use super::super::who::Who;
use crate::analysis::compare::First;
use crate::engine::talks::{Step, What};
use crate::model::{Negotiation, Package, Scale};
use crate::report::{story, terms::in_words};
use crate::text::words::visible;

/// What happens in a step: what tells it from another, and how it is told among many runs.
#[derive(Debug)]
struct Act {
    round: u32,
    key: String,
    said: String,
}

/// The first step of two runs in which somebody does something else, or something else happens, in words.
///
/// States that move, favours that are owed and what observers believe are the background: two runs may differ in them
/// for many rounds before anybody acts otherwise. Scores are left out too: the same package is the same offer.
///
/// An act that only one of them has before both go on alike stands alone; else each has its own.
pub fn first_difference(negotiations: [&Negotiation; 2], steps: [&[Step]; 2]) -> Option<First> {
    let [n, m] = negotiations;
    let (mut base, mut other) = (acts(n, steps[0]), acts(m, steps[1]));
    let (one, two) = loop {
        match (base.next(), other.next()) {
            (Some(one), Some(two)) if (one.round, &one.key) == (two.round, &two.key) => {}
            parted => break parted,
        }
    };
    let round = one.iter().chain(&two).map(|act| act.round).min()?;
    let only_base = two.as_ref().is_some_and(|two| comes(&mut base, two));
    let only_other = one.as_ref().is_some_and(|one| comes(&mut other, one));
    let said = |act: Option<Act>, left_out: bool| act.filter(|_| !left_out).map(|act| act.said).unwrap_or_default();
    let (base, other) = (said(one, only_other && !only_base), said(two, only_base && !only_other));
    let other = if base == other { otherwise(&other) } else { other };
    Some(First { round, base, other })
}

/// Whether an act comes among others up to the end of its round.
fn comes(acts: &mut impl Iterator<Item = Act>, act: &Act) -> bool {
    acts.take_while(|other| other.round <= act.round).any(|other| other.key == act.key)
}

/// The same act with other terms, or at another time.
fn otherwise(said: &str) -> String {
    let changed = said.replacen(" a package", " another package", 1).replacen(" a paper", " another paper", 1);
    if changed == said { format!("{said}, at another time or on other terms") } else { changed }
}

fn acts<'a>(n: &'a Negotiation, steps: &'a [Step]) -> impl Iterator<Item = Act> + 'a {
    let scale = Scale::of(n);
    let told = move |step: &'a Step| act(n, scale, &step.what).map(|(key, said)| Act { round: step.round, key, said });
    steps.iter().filter_map(told)
}

/// What tells an act from another, and how it is told; `None` for the background.
fn act(n: &Negotiation, scale: Scale, what: &What) -> Option<(String, String)> {
    let terms = |package: &Package| in_words(n, package);
    let same = |said: String| Some((said.clone(), said));
    match what {
        What::Moves { .. } | What::Learns { .. } | What::Lasts(_) | What::Owes { .. } => None,
        What::Intends(of, at) => same(Who::actor(n, *of).intends(n, *at)),
        What::Ends(run) => same(format!("the end: {}", story::short(run.ending))),
        What::Offers { by, stage, package, .. } => {
            let who = Who::actor(n, *by);
            let paper =
                stage.map(|s| format!("{}, for {}", who.does("puts a paper on the table"), visible(&n.stage(s).name)));
            let said = paper.unwrap_or_else(|| who.does("names a package"));
            Some((format!("{said}: {}", terms(package)), said))
        }
        What::Proposes { by, package, .. } => {
            let said = Who::actor(n, *by).does("puts a text of its own before them");
            Some((format!("{said}: {}", terms(package)), said))
        }
        What::Votes { audience, ratifies, .. } => {
            let verb = if *ratifies { "ratifies" } else { "does not ratify" };
            same(Who::audience(n, *audience).does(verb))
        }
        drafts @ What::Drafts { stage, .. } => {
            let what = stage.map_or("the deal".into(), |s| visible(&n.stage(s).name));
            Some((story::sentence(n, scale, drafts), format!("drafting of {what} begins")))
        }
        What::Spends { owing, .. } => {
            let it = &n.ledger[owing.0];
            same(format!("{} for the sake of {}", Who::actor(n, it.by).does("consents"), visible(&n.actor(it.to).name)))
        }
        What::SettledBeside { stage, .. } => {
            let said = format!("beside the talks, {} is settled", visible(&n.stage(*stage).name));
            Some((story::sentence(n, scale, what), said))
        }
        _ => same(story::sentence(n, scale, what).trim_end_matches('.').to_owned()),
    }
}
