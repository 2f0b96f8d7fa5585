//! The page, for a terminal of 80 columns.

use super::super::CAVEAT;
use super::{Answer, words};
use crate::analysis::Share;
use crate::analysis::discovery::{Agreement, Found, Leaf, Scored};
use crate::text::table::Table;
use crate::text::words::{bullet, count, in_column, interval, list, paragraph, percent, stacked, visible};

/// Boxes of the trade-off that are shown at most, beside the first, the last and the one taken.
const SHOWN: usize = 14;

/// The boxes in words, what each limit is worth, the trade-off, and what the second reader sees.
#[must_use]
pub fn page(a: &Answer) -> String {
    let mut parts = vec![question(a)];
    if a.found.found.is_empty() {
        parts.push(no_box(a));
    }
    for place in 0..a.found.found.len() {
        parts.push(told(a, place));
    }
    if let (Some(union), many @ 2..) = (a.found.union, a.found.found.len()) {
        parts.push(together(a, many, union));
    }
    for (place, found) in a.found.found.iter().enumerate() {
        parts.extend([limits(a, place, found), trade_off(a, place, found)]);
    }
    let some = a.found.chosen_on.count + a.found.scored_on.count;
    if some > 0 && some < a.table.rows() as u64 {
        parts.push(second(a));
    }
    parts.push(notes(a));
    stacked(&parts)
}

fn together(a: &Answer, boxes: usize, [coverage, density, mass]: [Share; 3]) -> String {
    let noun = a.row.noun();
    paragraph(&format!(
        "All {boxes} boxes together: {} of such {noun}s, holding {} of all of them; they are {} of all {noun}s.",
        with_interval(density),
        with_interval(coverage),
        percent(mass.share)
    ))
}

/// `71.0 % (69.2–72.8 %)`.
fn with_interval(share: Share) -> String {
    format!("{} ({})", percent(share.share), interval(share))
}

fn question(a: &Answer) -> String {
    let (on, off) = (a.found.chosen_on, a.found.scored_on);
    let all = Share::of(on.count + off.count, on.of + off.of);
    paragraph(&format!(
        "Where does `{}` live? Of {} {}s in `{}` it holds in {}, {}.",
        visible(&a.target()),
        count(all.of),
        a.row.noun(),
        visible(&a.source),
        count(all.count),
        percent(all.share)
    ))
}

fn no_box(a: &Answer) -> String {
    let (on, off) = (a.found.chosen_on, a.found.scored_on);
    let noun = a.row.noun();
    paragraph(&match on.count + off.count {
        0 => format!("No {noun} meets the target, so there is nothing to look for."),
        n if n == on.of + off.of => format!("Every {noun} meets the target: it lives everywhere."),
        n if 2 * n > on.of + off.of => format!(
            "The target is met by most {noun}s, and no box holds most of them and is richer than the rest by more than \
             luck. Where a frequent outcome lives is told better by where it fails: ask for the opposite."
        ),
        _ => "No box tells more than luck would, as far as this many rows can tell.".into(),
    })
}

/// What is looked for, as it begins a sentence.
fn subject(a: &Answer) -> String {
    let target = visible(&a.target());
    if target == "one_exists=1" { "No-defeat (`one_exists=1`)".into() } else { format!("`{target}`") }
}

fn told(a: &Answer, place: usize) -> String {
    let Found { scored, .. } = &a.found.found[place];
    let noun = a.row.noun();
    let where_ = words::hyperbox(a.columns(), &scored.hyperbox);
    let text = format!(
        "lives where {where_}: {} of such {noun}s, holding {} of all of them",
        with_interval(scored.density),
        with_interval(scored.coverage)
    );
    paragraph(&if place == 0 {
        format!("{} {text}.", subject(a))
    } else {
        format!("Of what is left, it {text} that are left.")
    })
}

fn heading(a: &Answer, place: usize, text: &str) -> String {
    if a.found.found.len() > 1 { format!("BOX {}: {text}", place + 1) } else { text.to_owned() }
}

fn limits(a: &Answer, place: usize, found: &Found) -> String {
    let mut table = Table::new(&["without it, %", "luck", "limit"]);
    for limit in &found.limits {
        let luck = if limit.quasi_p < 0.001 { "<0.001".into() } else { format!("{:.3}", limit.quasi_p) };
        let told = words::limit(a.columns(), &found.chosen.hyperbox, limit);
        table.row(vec![in_column(limit.density_without), luck, told]);
    }
    let note = format!(
        "The share in the box is {} on the {noun}s on which it was chosen. “Without it”: the share if this limit alone is \
         lifted. “Luck”: a quasi-p-value, how often luck would make the limit look this useful or more.",
        percent(found.chosen.density.share),
        noun = a.row.noun()
    );
    format!("{}\n\n{}\n{}", heading(a, place, "WHAT EACH LIMIT IS WORTH"), table.text(), paragraph(&note))
}

fn trade_off(a: &Answer, place: usize, found: &Found) -> String {
    let mut table = Table::new(&["box", "holds, %", "share, %", "of all, %", "where"]);
    for at in shown(found.trajectory.len(), found.choice) {
        let scored = &found.trajectory[at];
        let mark = if at == found.choice { format!("→ {at}") } else { at.to_string() };
        table.row(row(a, mark, scored));
    }
    table.row(row(a, "taken".into(), &found.chosen));
    let asked = if a.settings.choice.is_some() && place == 0 {
        "The box marked was asked for with --box."
    } else {
        "The box marked is the simplest whose harmonic mean of the two is within 0.02 of the best; \
         --box takes another."
    };
    let sharpened = if a.settings.choice.is_some() && place == 0 { "" } else { ", with limits where they tell most" };
    let note = format!(
        "On the {}s on which boxes are chosen: of all that meet the target, what the box holds; of those in the box, the \
         share that meets it; the part of all that the box is. {asked} “Taken” is that box without limits that luck \
         explains{sharpened}, and grown where that costs nothing.",
        a.row.noun()
    );
    format!("{}\n\n{}\n{}", heading(a, place, "THE TRADE-OFF"), table.text(), paragraph(&note))
}

fn row(a: &Answer, mark: String, scored: &Scored) -> Vec<String> {
    let percent = |share: Share| format!("{:.1}", 100.0 * share.share);
    let columns = scored.hyperbox.restrictions.iter().map(|r| format!("`{}`", visible(&a.columns()[r.column].name)));
    let columns: Vec<String> = columns.collect();
    let columns = if columns.is_empty() { "no limit".into() } else { list(&columns) };
    vec![mark, percent(scored.coverage), percent(scored.density), percent(scored.mass), columns]
}

/// Places of a trade-off of this length that are shown: evenly many, with the first, the last and the one taken.
fn shown(length: usize, choice: usize) -> Vec<usize> {
    let step = length.div_ceil(SHOWN).max(1);
    (0..length).filter(|at| at % step == 0 || *at == choice || *at + 1 == length).collect()
}

fn second(a: &Answer) -> String {
    let rich: Vec<&Leaf> = a.found.tree.leaves.iter().filter(|leaf| leaf.rich).collect();
    let leaf = |leaf: &&Leaf| {
        bullet(&format!(
            "where {}: {} of such {}s, holding {}",
            words::hyperbox(a.columns(), &leaf.grown.hyperbox),
            with_interval(leaf.scored.density),
            a.row.noun(),
            percent(leaf.scored.coverage.share)
        ))
    };
    let leaves: String = rich.iter().map(leaf).collect();
    let (all, few) = (a.found.tree.leaves.len(), rich.len());
    let opening = match (all, few) {
        (1, _) => "A classification tree finds no split worth a leaf.".to_owned(),
        (_, 0) => format!("A classification tree of {all} leaves has none that is rich in the target."),
        (_, 1) => format!("A classification tree of {all} leaves has one that is rich in the target:"),
        _ => format!("A classification tree of {all} leaves has {few} that are rich in the target:"),
    };
    let opening = paragraph(&opening);
    let agreement = a.found.tree.agreement.as_ref().filter(|_| few > 0).map(|it| paragraph(&agreement(a, it)));
    let parts = [opening, leaves, agreement.unwrap_or_default()];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
    format!("THE SECOND READER\n\n{}", parts.join("\n"))
}

fn agreement(a: &Answer, it: &Agreement) -> String {
    let verdict = if it.agrees() { "Both readers agree" } else { "The readers do not agree" };
    let box_ = if a.found.found.len() > 1 { "the first box" } else { "the box" };
    let names = |columns: &[usize]| {
        list(&columns.iter().map(|c| format!("`{}`", visible(&a.columns()[*c].name))).collect::<Vec<_>>())
    };
    let [_, only_box, only_tree] = &it.columns;
    let columns = match (only_box.is_empty(), only_tree.is_empty()) {
        (true, true) => "They limit the same columns.".to_owned(),
        (true, false) => format!("The tree limits {} as well.", names(only_tree)),
        (false, true) => format!("The box limits {} as well.", names(only_box)),
        (false, false) => format!("The box alone limits {}, the tree alone {}.", names(only_box), names(only_tree)),
    };
    format!(
        "{verdict}: of the {}s in {box_} or such a leaf {} are in both, and such leaves hold {} of {box_}. {columns}",
        a.row.noun(),
        percent(it.both.share),
        percent(it.of_box.share)
    )
}

fn notes(a: &Answer) -> String {
    let noun = a.row.noun();
    let (on, off) = (a.found.chosen_on.of, a.found.scored_on.of);
    let mut text = format!(
        "Boxes and tree were chosen on {} {noun}s and are scored on the {} others, drawn so that no alternating design is \
         split by its factors; intervals are 95 %.",
        count(on),
        count(off)
    );
    if a.table.luck.is_some() {
        text += " Runs of one number share their luck in all experiments: they stay in one half, and the intervals reckon \
                 with as many independent runs as there are numbers.";
    }
    if a.unjudged > 0 {
        text += &format!(" Left out: {} {noun}s without the outcome.", count(a.unjudged as u64));
    }
    let named = |names: &[String]| list(&names.iter().map(|n| format!("`{}`", visible(n))).collect::<Vec<_>>());
    match &a.inputs.constant[..] {
        [] => {}
        few if few.len() <= 6 => text += &format!(" Nothing differs in {}.", named(few)),
        many => text += &format!(" Nothing differs in {} of the columns.", many.len()),
    }
    if !a.inputs.manifold.is_empty() {
        text += &format!(" Passed over, for too many different words: {}.", named(&a.inputs.manifold));
    }
    if a.columns().iter().any(|c| c.values.has_empty()) {
        text += " An empty cell of a column of numbers is outside of every box that limits the column.";
    }
    text += &format!(" What is found holds {CAVEAT}; a box says where, not why.");
    paragraph(&text)
}
