//! Each input at its low and its high end, all others as in the base case.

use super::super::factor::{Factor, numbers, set};
use super::super::outcome::{Estimate, Outcome};
use super::super::{Experiment, design};
use super::curve::title;
use super::view::{ESTIMATE, View, Words, briefly, cells, told};
use super::{Cannot, Drawn};
use crate::figure::axis::Scale;
use crate::figure::lines::Axis;
use crate::figure::swings::{self, End, Swing, Swings};
use crate::text::paths;

/// One end of an input: which, the value, the answer.
type AtEnd = (&'static str, String, Estimate);

pub fn draw(view: &View, outcome: Outcome) -> Result<Drawn, Cannot> {
    if !view.by.is_empty() {
        return Err(Cannot {
            found: "a tornado compares inputs, and takes no `--by`".into(),
            hint: "leave --by out, or use --kind curve or reached".into(),
        });
    }
    let r = view.results;
    let nothing = || Cannot {
        found: "the base case tells nothing of this outcome".into(),
        hint: "choose another --outcome".into(),
    };
    let centre = design::centre(r).ok_or_else(nothing)?;
    let at = |place: usize, value: &str| -> Option<Estimate> {
        let there = |e: &&Experiment| {
            e.inputs.iter().enumerate().all(|(i, v)| v == if i == place { value } else { &centre[i] })
        };
        let members: Vec<&Experiment> = r.experiments.iter().filter(there).collect();
        outcome.estimate(&members)
    };
    let base = at(0, &centre[0]).ok_or_else(nothing)?;
    let inputs: Vec<(usize, Vec<AtEnd>)> = design::varied(r)
        .into_iter()
        .map(|place| (place, ends(&set(r, place), &centre[place], |v| at(place, v))))
        .collect();
    let printed = outcome.printed();
    let end = |ends: &[AtEnd], which: &str| {
        ends.iter().find(|(w, ..)| *w == which).map(|(_, value, e)| End {
            told: format!("{value}: {}", told(e, printed)),
            value: e.value * printed,
            interval: (e.low * printed, e.high * printed),
        })
    };
    let swings: Vec<Swing> = inputs
        .iter()
        .map(|(place, ends)| Swing { name: r.inputs[*place].clone(), low: end(ends, "low"), high: end(ends, "high") })
        .collect();
    let each = || inputs.iter().flat_map(|(_, ends)| ends.iter().map(|(.., e)| e)).chain([&base]);
    let range = if outcome.is_share() {
        (0.0, super::shares::top(each().map(|e| e.high)))
    } else {
        Scale::around(each().flat_map(|e| [e.low * printed, e.high * printed]), (0.0, 1.0)).values
    };
    let data = Swings {
        caption: view.caption(Words {
            title: format!("{}, one input at a time", title(view, outcome)),
            finding: finding(view, &inputs, &base, printed),
            notes: vec!["Every input is set to its lowest and its highest value while the others stay at the base case; what two do together does not show.".into()],
            table: inputs.iter().flat_map(|(place, ends)| ends.iter().map(|(which, value, e)| {
                format!("{} {which}, {value}: {}", r.inputs[*place], told(e, printed))
            })).chain([format!("base case: {}", told(&base, printed))]).collect(),
            along: (0..r.inputs.len()).map(Factor::Input).collect(),
        }),
        axis: Axis { title: outcome.words(r), range, share: outcome.is_share() },
        base: base.value * printed,
        told: format!("base case: {}", told(&base, printed)),
        inputs: swings,
    };
    let row = |input: &str, which: &str, value: &str, e: &Estimate| -> Vec<String> {
        let own = [input, which, value, &outcome.word(r)].map(str::to_owned);
        own.into_iter().chain(cells(e)).chain([(e.value - base.value).to_string()]).collect()
    };
    let mut rows = vec![row("", "base", "", &base)];
    for (place, ends) in &inputs {
        rows.extend(ends.iter().map(|(which, value, e)| row(&r.inputs[*place], which, value, e)));
    }
    let head: Vec<&str> = ["input", "end", "at", "outcome"].into_iter().chain(ESTIMATE).chain(["change"]).collect();
    Ok(view.drawn(swings::draw(&data, view.theme), &head, &rows))
}

/// The lowest and the highest value of an input, as far as they are not the base case.
fn ends(values: &[String], centre: &str, at: impl Fn(&str) -> Option<Estimate>) -> Vec<AtEnd> {
    let below = |value: &String| match (numbers(std::slice::from_ref(value)), centre.parse::<f64>()) {
        (Some(v), Ok(c)) => v[0] < c,
        _ => false,
    };
    let (first, last) = (values.first(), values.last());
    // A base case that is not told as a number has ends on either side of it.
    let told = centre.parse::<f64>().is_ok();
    let low = first.filter(|v| *v != centre && (!told || below(v)));
    let high = last.filter(|v| *v != centre && (!told || !below(v)));
    let end = |which: &'static str, value: Option<&String>| value.and_then(|v| Some((which, v.clone(), at(v)?)));
    [end("low", low), end("high", high)].into_iter().flatten().collect()
}

fn finding(view: &View, inputs: &[(usize, Vec<AtEnd>)], base: &Estimate, printed: f64) -> String {
    let far = |ends: &[AtEnd]| ends.iter().map(|(.., e)| (e.value - base.value).abs()).fold(0.0, f64::max);
    let most = inputs.iter().max_by(|a, b| far(&a.1).total_cmp(&far(&b.1)));
    let told = most.map_or(String::new(), |(place, ends)| {
        let each: Vec<String> =
            ends.iter().map(|(_, value, e)| format!("{} at {value}", briefly(e, printed))).collect();
        format!("; {} moves it most: {}", paths::name(&view.results.inputs[*place]), each.join(", "))
    });
    format!("Base case {}{told}", briefly(base, printed))
}
