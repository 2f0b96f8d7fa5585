//! One share with its interval: how it was found, what it cost, and whether plain counting agrees.

use crate::analysis::estimator::{Agreement, Estimate, EstimateSettings, Method, ShareFound, Target, Treatment, Until};
use crate::model::{Negotiation, Package};
use crate::report::frame::{AnswerTo, under};
use crate::report::head::{Otherwise, head};
use crate::report::{CAVEAT, terms};
use crate::text::words::{capital, count, counted_share, paragraph, percent, quoted, stacked};
use serde_json::{Value, json};

/// An estimate with all that was asked.
pub type Estimation<'a> = AnswerTo<'a, EstimateSettings, ShareFound>;

impl Estimation<'_> {
    /// Half the width of the interval asked for, if a precision was.
    fn half(&self) -> Option<f64> {
        match self.settings.until {
            Until::Precision { half, .. } => Some(half),
            Until::Worlds(_) => None,
        }
    }
}

/// The answer as one JSON object; keys are described in the help of `winset estimate`. Numbers that are not finite are
/// null.
pub fn summary(a: &Estimation) -> Value {
    let mut answer = match a.answer {
        ShareFound::Estimate(found, beside) => {
            let mut answer = json!(found);
            answer["precision"] = json!(a.half());
            answer["plain"] = json!(beside.map(|beside| beside.plain));
            answer["z"] = json!(beside.map(|beside| beside.z));
            answer["agrees"] = json!(beside.map(|beside| beside.holds()));
            answer
        }
        ShareFound::NeverMet { worlds, bound } => json!({
            "method": "importance", "share": Value::Null, "low": 0.0, "high": bound, "hits": 0, "worlds": 0, "pilot": worlds,
        }),
    };
    answer["of"] = target_id(a.n, &a.settings.target).into();
    under(a.n, &a.settings.drawing.accounts.variants, answer)
}

/// What is estimated, as `--of` takes it.
pub fn target_id(n: &Negotiation, target: &Target) -> String {
    match target {
        Target::Exists => "exists".into(),
        Target::WouldDo(package) => format!("would-do:{}", package_id(n, package)),
        Target::NoDefeat(package) => format!("no-defeat:{}", package_id(n, package)),
        Target::Reached => "reached".into(),
        Target::Ends(ending) => ending.word().into(),
    }
}

fn package_id(n: &Negotiation, package: &Package) -> String {
    terms::named(n, package).map_or_else(|| terms::as_flag(n, package), str::to_owned)
}

/// The target as the beginning of a sentence: `one exists`.
pub fn sentence(n: &Negotiation, target: &Target) -> String {
    let package = |p: &Package| terms::named(n, p).map_or_else(|| terms::as_list(n, p), |id| format!("`{id}`"));
    match target {
        Target::Exists => "one exists".into(),
        Target::WouldDo(p) => format!("{} would do", package(p)),
        Target::NoDefeat(p) => format!("{} is a defeat for nobody{}", package(p), terms::asked(n)),
        Target::Reached => "it is reached".into(),
        Target::Ends(ending) => format!("the talks end as `{}`", ending.word()),
    }
}

/// Worlds, or runs where talks are played.
fn noun(target: &Target) -> &'static str {
    if target.needs_talks() { "runs" } else { "worlds" }
}

/// The page.
pub fn page(a: &Estimation) -> String {
    let (n, target, drawing) = (a.n, &a.settings.target, &a.settings.drawing);
    let otherwise: String = Otherwise::of(a.choices).told(n).iter().map(|said| paragraph(said)).collect();
    let mut parts = vec![head(n, &drawing.accounts.variants) + &otherwise];
    match a.answer {
        ShareFound::Estimate(found, beside) => {
            parts.push(paragraph(&answer(a, found)));
            if !found.exact {
                parts.extend([paragraph(&how(found)) + "\n" + &paragraph(&cost(noun(target), found))]);
            }
            parts.extend(beside.map(|beside| paragraph(&agrees(target, beside))));
            parts.extend([missed(a, found), lines(found)]);
        }
        ShareFound::NeverMet { worlds, bound } => parts.push(paragraph(&never_met(a, *worlds, *bound))),
    }
    parts.push(paragraph(&format!("Seed {}; {CAVEAT}.", drawing.seed)));
    stacked(&parts)
}

/// What is said where the pilot never met the target.
fn never_met(a: &Estimation, worlds: u64, bound: f64) -> String {
    let (target, noun) = (&a.settings.target, noun(&a.settings.target));
    format!(
        "{}? Not once in {} {noun} of the pilot, so that no share is told. It is at most {} of {noun} (95 %, the rule of three).",
        capital(&sentence(a.n, target)),
        count(worlds),
        percent(bound)
    )
}

/// Decimals of a percentage that is known to so much: two digits of the half-width are shown.
fn decimals(half: f64) -> usize {
    let mut decimals = 1;
    let mut percent = 100.0 * half;
    while percent < 9.5 && decimals < 6 {
        percent *= 10.0;
        decimals += 1;
    }
    decimals - 1
}

fn answer(a: &Estimation, found: &Estimate) -> String {
    let target = &a.settings.target;
    let who = capital(&sentence(a.n, target));
    let interval = &found.interval;
    if found.exact {
        return format!("{who} with probability {:.6}, exactly: nothing else is uncertain.", interval.share);
    }
    let digits = decimals(interval.half());
    let percent = |x: f64| format!("{:.digits$}", 100.0 * x);
    format!(
        "{who} in {}\u{a0}±\u{a0}{}\u{a0}% of {} ({}–{}\u{a0}%, an interval of 95 %).",
        percent(interval.share),
        percent(interval.half()),
        noun(target),
        percent(interval.low),
        percent(interval.high)
    )
}

fn how(found: &Estimate) -> String {
    let integrated = match &found.one_line {
        Some(path) => format!("the line `{path}` and its veto are integrated out"),
        None if found.lines.is_empty() => "no line is open, so that none is integrated out".to_owned(),
        None => "lines and vetoes are integrated out".to_owned(),
    };
    let drawn = match found.method {
        Method::Plain => "Counted plainly.".to_owned(),
        Method::Sobol => "Worlds are drawn by scrambled Sobol' points.".to_owned(),
        Method::Lines => format!("Worlds are drawn by chance; {integrated}."),
        Method::LinesSobol => format!("Worlds are drawn by scrambled Sobol' points; {integrated}."),
        Method::Importance if found.tilted.is_empty() => {
            "The pilot met it too seldom to tell what leads there: worlds are drawn as the scenario says.".to_owned()
        }
        Method::Importance => format!("More is drawn of what leads there, and weighed: {}.", quoted(&found.tilted)),
    };
    let batches = match found.randomisations {
        0 => String::new(),
        r => format!(" The interval is that of {r} independent randomisations."),
    };
    drawn + &batches
}

fn cost(noun: &str, found: &Estimate) -> String {
    let pilot = match found.pilot {
        0 => String::new(),
        pilot => format!(", and {} of a pilot", count(pilot)),
    };
    let used = format!("It took {} {noun}{pilot}.", count(found.worlds));
    let weighed = found.effective.map_or_else(String::new, |effective| {
        format!(
            " Their weights are as even as those of {} would be; {} met it.",
            count(effective as u64),
            count(found.hits)
        )
    });
    if found.method == Method::Plain || !found.plain_worlds.is_finite() || found.saving == 0.0 {
        return used + &weighed;
    }
    let rounded = count(two_digits(found.plain_worlds));
    let saved =
        format!(" Plain counting needs some {rounded} {noun} for this interval: {:.1} times as many.", found.saving);
    used + &weighed + &saved
}

/// A count of which only two digits mean anything.
fn two_digits(x: f64) -> u128 {
    let mut unit = 1.0;
    while x / unit >= 100.0 {
        unit *= 10.0;
    }
    ((x / unit).round() * unit) as u128
}

fn agrees(target: &Target, a: Agreement) -> String {
    let noun = noun(target).trim_end_matches('s');
    let verdict = if a.holds() { "they agree within error" } else { "they do not agree" };
    let z = format!("{:.1}", a.z.abs());
    let sign = if a.z < 0.0 && z != "0.0" { "−" } else { "" };
    format!("Counted plainly in other {noun}s it is {}: z = {sign}{z}, {verdict}.", counted_share(a.plain, noun))
}

fn missed(a: &Estimation, found: &Estimate) -> String {
    let (Some(half), Some(wanted)) = (a.half(), found.wanted) else { return String::new() };
    paragraph(&format!(
        "The ±{} asked for is not reached: it would take some {} {}, more than are drawn. Ask for a wider interval, or for \
         another method.",
        asked_precision(half),
        count(two_digits(wanted)),
        noun(&a.settings.target)
    ))
}

/// A precision as it was asked for.
pub fn asked_precision(half: f64) -> String {
    format!("{half}")
}

fn lines(found: &Estimate) -> String {
    let treated = |how: Treatment| quoted(found.lines.iter().filter(|(_, t)| *t == how).map(|(path, _)| path));
    let integrated = treated(Treatment::Integrated);
    let all = if found.one_line.is_some() || integrated.is_empty() {
        String::new()
    } else {
        paragraph(&format!("Integrated out: {integrated}."))
    };
    let reasons = [
        (Treatment::Shared, "because something else shares its draw"),
        (Treatment::Foreseen, "because a leadership that looks ahead weighs its deals against it"),
        (Treatment::Cut, "because its law is cut off"),
    ];
    let drawn = reasons.map(|(why, reason)| (treated(why), reason)).into_iter().filter(|(these, _)| !these.is_empty());
    let drawn = drawn.map(|(these, reason)| format!("Drawn, in some readings at least, {reason}: {these}."));
    all + &drawn.map(|text| paragraph(&text)).collect::<String>()
}
