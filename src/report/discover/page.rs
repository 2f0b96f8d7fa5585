//! The page, for a terminal of 80 columns.

use itertools::Itertools as _;

use super::super::CAVEAT;
use super::{Discovered, words};
use crate::analysis::Share;
use crate::analysis::discovery::{Agreement, Found, Leaf, Scored};
use crate::text::table::Table;
use crate::text::words::{bullet, count, in_column, interval, paragraph, percent, quoted, stacked, visible};

/// Boxes of the trade-off that are shown at most, beside the first, the last and the one taken.
const SHOWN: usize = 14;

/// The boxes in words, what each limit is worth, the trade-off, and what the second reader sees.
pub fn page(a: &Discovered) -> String {
    let (boxes, overall) = (&a.found.found, a.overall());
    let mut parts = vec![question(a, overall)];
    if boxes.is_empty() {
        parts.push(no_box(a, overall));
    }
    parts.extend(boxes.iter().enumerate().map(|(place, found)| told(a, place, found)));
    parts.extend(a.found.union.filter(|_| boxes.len() > 1).map(|union| together(a, union)));
    for (place, found) in boxes.iter().enumerate() {
        parts.extend([limits(a, place, found), trade_off(a, place, found)]);
    }
    if overall.count > 0 && overall.count < overall.of {
        parts.push(second(a));
    }
    parts.push(notes(a));
    stacked(&parts)
}

fn together(a: &Discovered, [coverage, density, mass]: [Share; 3]) -> String {
    let (boxes, noun) = (a.found.found.len(), a.noun);
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

fn question(a: &Discovered, overall: Share) -> String {
    paragraph(&format!(
        "Where does `{}` live? Of {} {}s in `{}` it holds in {}, {}.",
        visible(&a.target()),
        count(overall.of),
        a.noun,
        visible(&a.source),
        count(overall.count),
        percent(overall.share)
    ))
}

fn no_box(a: &Discovered, overall: Share) -> String {
    let noun = a.noun;
    paragraph(&match overall.count {
        0 => format!("No {noun} meets the target, so there is nothing to look for."),
        n if n == overall.of => format!("Every {noun} meets the target: it lives everywhere."),
        n if 2 * n > overall.of => format!(
            "The target is met by most {noun}s, and no box holds most of them and is richer than the rest by more than \
             luck. Where a frequent outcome lives is told better by where it fails: ask for the opposite."
        ),
        _ => "No box tells more than luck would, as far as this many rows can tell.".into(),
    })
}

/// What is looked for, as it begins a sentence.
fn subject(a: &Discovered) -> String {
    let target = visible(&a.target());
    if target == "one_exists=1" { "No-defeat (`one_exists=1`)".into() } else { format!("`{target}`") }
}

fn told(a: &Discovered, place: usize, Found { scored, .. }: &Found) -> String {
    let text = format!(
        "lives where {}: {} of such {}s, holding {} of all of them",
        words::hyperbox(a.columns(), &scored.hyperbox),
        with_interval(scored.density),
        a.noun,
        with_interval(scored.coverage)
    );
    paragraph(&if place == 0 {
        format!("{} {text}.", subject(a))
    } else {
        format!("Of what is left, it {text} that are left.")
    })
}

fn heading(a: &Discovered, place: usize, text: &str) -> String {
    if a.found.found.len() > 1 { format!("BOX {}: {text}", place + 1) } else { text.to_owned() }
}

fn limits(a: &Discovered, place: usize, found: &Found) -> String {
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
        noun = a.noun
    );
    format!("{}\n\n{}\n{}", heading(a, place, "WHAT EACH LIMIT IS WORTH"), table.text(), paragraph(&note))
}

fn trade_off(a: &Discovered, place: usize, found: &Found) -> String {
    let mut table = Table::new(&["box", "holds, %", "share, %", "of all, %", "where"]);
    for at in shown(found.trajectory.len(), found.choice) {
        let scored = &found.trajectory[at];
        let mark = if at == found.choice { format!("→ {at}") } else { at.to_string() };
        table.row(row(a, mark, scored));
    }
    table.row(row(a, "taken".into(), &found.chosen));
    let (asked, sharpened) = if a.settings.choice.is_some() && place == 0 {
        ("The box marked was asked for with --box.", "")
    } else {
        let simplest = "The box marked is the simplest whose harmonic mean of the two is within 0.02 of the best; \
                        --box takes another.";
        (simplest, ", with limits where they tell most")
    };
    let note = format!(
        "On the {}s on which boxes are chosen: of all that meet the target, what the box holds; of those in the box, the \
         share that meets it; the part of all that the box is. {asked} “Taken” is that box without limits that luck \
         explains{sharpened}, and grown where that costs nothing.",
        a.noun
    );
    format!("{}\n\n{}\n{}", heading(a, place, "THE TRADE-OFF"), table.text(), paragraph(&note))
}

fn row(a: &Discovered, mark: String, scored: &Scored) -> Vec<String> {
    let percent = |share: Share| format!("{:.1}", 100.0 * share.share);
    let columns = quoted(names(a, scored.hyperbox.columns()));
    let columns = if columns.is_empty() { "no limit".into() } else { columns };
    vec![mark, percent(scored.coverage), percent(scored.density), percent(scored.mass), columns]
}

/// The names of columns.
fn names(a: &Discovered, columns: impl IntoIterator<Item = usize>) -> impl Iterator<Item = &str> {
    columns.into_iter().map(|column| a.columns()[column].name.as_str())
}

/// Places of a trade-off of this length that are shown: evenly many, with the first, the last and the one taken.
fn shown(length: usize, choice: usize) -> Vec<usize> {
    let step = length.div_ceil(SHOWN).max(1);
    (0..length).filter(|at| at % step == 0 || *at == choice || *at + 1 == length).collect()
}

fn second(a: &Discovered) -> String {
    let rich = a.found.tree.leaves.iter().filter(|leaf| leaf.rich).collect_vec();
    let leaf = |leaf: &&Leaf| {
        bullet(&format!(
            "where {}: {} of such {}s, holding {}",
            words::hyperbox(a.columns(), &leaf.grown.hyperbox),
            with_interval(leaf.scored.density),
            a.noun,
            percent(leaf.scored.coverage.share)
        ))
    };
    let opening = match (a.found.tree.leaves.len(), rich.len()) {
        (1, _) => "A classification tree finds no split worth a leaf.".to_owned(),
        (all, 0) => format!("A classification tree of {all} leaves has none that is rich in the target."),
        (all, 1) => format!("A classification tree of {all} leaves has one that is rich in the target:"),
        (all, few) => format!("A classification tree of {all} leaves has {few} that are rich in the target:"),
    };
    let agreement = a.found.tree.agreement.as_ref().filter(|_| !rich.is_empty());
    let agreement = agreement.map_or_else(String::new, |it| paragraph(&agreement_of(a, it)));
    let parts = [paragraph(&opening), rich.iter().map(leaf).collect(), agreement];
    format!("THE SECOND READER\n\n{}", parts.iter().filter(|p| !p.is_empty()).join("\n"))
}

fn agreement_of(a: &Discovered, it: &Agreement) -> String {
    let verdict = if it.agrees() { "Both readers agree" } else { "The readers do not agree" };
    let box_ = if a.found.found.len() > 1 { "the first box" } else { "the box" };
    let [_, only_box, only_tree] = it.columns.each_ref().map(|columns| quoted(names(a, columns.iter().copied())));
    let columns = match (only_box.is_empty(), only_tree.is_empty()) {
        (true, true) => "They limit the same columns.".to_owned(),
        (true, false) => format!("The tree limits {only_tree} as well."),
        (false, true) => format!("The box limits {only_box} as well."),
        (false, false) => format!("The box alone limits {only_box}, the tree alone {only_tree}."),
    };
    format!(
        "{verdict}: of the {}s in {box_} or such a leaf {} are in both, and such leaves hold {} of {box_}. {columns}",
        a.noun,
        percent(it.both.share),
        percent(it.of_box.share)
    )
}

fn notes(a: &Discovered) -> String {
    let noun = a.noun;
    let (on, off) = (a.found.chosen_on.of, a.found.scored_on.of);
    let mut text = format!(
        "Boxes and tree were chosen on {} {noun}s and are scored on the {} others, drawn so that no alternating design is \
         split by its factors; intervals are 95 %.",
        count(on),
        count(off)
    );
    if a.cases.luck.is_some() {
        text += " Runs of one number share their luck in all experiments: they stay in one half, and the intervals reckon \
                 with as many independent runs as there are numbers.";
    }
    if a.unjudged > 0 {
        text += &format!(" Left out: {} {noun}s without the outcome.", count(a.unjudged as u64));
    }
    match &a.inputs.constant[..] {
        [] => {}
        few if few.len() <= 6 => text += &format!(" Nothing differs in {}.", quoted(few)),
        many => text += &format!(" Nothing differs in {} of the columns.", many.len()),
    }
    if !a.inputs.manifold.is_empty() {
        text += &format!(" Passed over, for too many different words: {}.", quoted(&a.inputs.manifold));
    }
    if a.columns().iter().any(|c| c.values.has_empty()) {
        text += " An empty cell of a column of numbers is outside of every box that limits the column.";
    }
    text += &format!(" What is found holds {CAVEAT}; a box says where, not why.");
    paragraph(&text)
}
