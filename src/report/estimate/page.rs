//! An estimate on one page.

use super::Told;
use crate::analysis::estimator::{Agreement, Asked, Estimate, Method, Target, Treatment};
use crate::model::{Negotiation, Package};
use crate::report::head::{Otherwise, head};
use crate::report::{CAVEAT, run, terms};
use crate::text::words::{capital, count, counted_share, list, paragraph, percent, stacked};

/// What is estimated, as `--of` takes it.
#[must_use]
pub fn target_id(n: &Negotiation, target: &Target) -> String {
    match target {
        Target::Exists => "exists".into(),
        Target::WouldDo(package) => format!("would-do:{}", package_id(n, package)),
        Target::NoDefeat(package) => format!("no-defeat:{}", package_id(n, package)),
        Target::Reached => "reached".into(),
        Target::Ends(ending) => run::ending_id(*ending),
    }
}

fn package_id(n: &Negotiation, package: &Package) -> String {
    terms::named(n, package).map_or_else(|| terms::as_flag(n, package), str::to_owned)
}

/// The target as the beginning of a sentence: `one exists`.
#[must_use]
pub fn sentence(n: &Negotiation, target: &Target) -> String {
    let package = |p: &Package| terms::named(n, p).map_or_else(|| terms::as_list(n, p), |id| format!("`{id}`"));
    match target {
        Target::Exists => "one exists".into(),
        Target::WouldDo(p) => format!("{} would do", package(p)),
        Target::NoDefeat(p) => format!("{} is a defeat for nobody", package(p)),
        Target::Reached => "it is reached".into(),
        Target::Ends(ending) => format!("the talks end as `{}`", run::ending_id(*ending)),
    }
}

/// Worlds, or runs where talks are played.
fn noun(target: &Target) -> &'static str {
    if target.needs_talks() { "runs" } else { "worlds" }
}

/// The page.
#[must_use]
pub fn page(told: &Told) -> String {
    let (n, asked) = (told.n, told.asked);
    let said: String = told.otherwise.told(n).iter().map(|said| paragraph(said)).collect();
    let parts = [
        head(n, &asked.drawing.accounts.variants) + &said,
        paragraph(&answer(told)),
        if told.found.exact { String::new() } else { paragraph(&how(told)) + "\n" + &paragraph(&cost(told)) },
        told.agreement.map_or_else(String::new, |a| paragraph(&agrees(&asked.target, a))),
        missed(told),
        lines(told.found),
        footer(asked),
    ];
    stacked(&parts)
}

/// The page where the pilot never met the target.
#[must_use]
pub fn never_met_page(n: &Negotiation, asked: &Asked, otherwise: Otherwise, worlds: u64, bound: f64) -> String {
    let said: String = otherwise.told(n).iter().map(|said| paragraph(said)).collect();
    let noun = noun(&asked.target);
    let told = format!(
        "Not once in {} {noun} of the pilot, so that no share is told. It is at most {} of {noun} (95 %, the rule of three).",
        count(worlds),
        percent(bound)
    );
    head(n, &asked.drawing.accounts.variants)
        + &said
        + "\n"
        + &paragraph(&format!("{}? {told}", capital(&sentence(n, &asked.target))))
        + "\n"
        + &footer(asked)
}

fn footer(asked: &Asked) -> String {
    paragraph(&format!("Seed {}; {CAVEAT}.", asked.drawing.seed))
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

fn answer(told: &Told) -> String {
    let (n, found, target) = (told.n, told.found, &told.asked.target);
    let who = capital(&sentence(n, target));
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

fn how(told: &Told) -> String {
    let found = told.found;
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
        Method::Importance => {
            let paths: Vec<String> = found.tilted.iter().map(|path| format!("`{path}`")).collect();
            format!("More is drawn of what leads there, and weighed: {}.", list(&paths))
        }
    };
    let batches = match found.randomisations {
        0 => String::new(),
        r => format!(" The interval is that of {r} independent randomisations."),
    };
    drawn + &batches
}

fn cost(told: &Told) -> String {
    let (found, noun) = (told.found, noun(&told.asked.target));
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

fn agrees(target: &Target, a: &Agreement) -> String {
    let noun = noun(target).trim_end_matches('s');
    let verdict = if a.holds() { "they agree within error" } else { "they do not agree" };
    let z = format!("{:.1}", a.z.abs());
    let sign = if a.z < 0.0 && z != "0.0" { "−" } else { "" };
    format!("Counted plainly in other {noun}s it is {}: z = {sign}{z}, {verdict}.", counted_share(a.plain, noun))
}

fn missed(told: &Told) -> String {
    let (Some(half), Some(wanted)) = (told.half, told.found.wanted) else { return String::new() };
    paragraph(&format!(
        "The ±{} asked for is not reached: it would take some {} {}, more than are drawn. Ask for a wider interval, or for \
         another method.",
        asked_precision(half),
        count(two_digits(wanted)),
        noun(&told.asked.target)
    ))
}

/// A precision as it was asked for.
#[must_use]
pub fn asked_precision(half: f64) -> String {
    format!("{half}")
}

fn lines(found: &Estimate) -> String {
    let named = |how: &dyn Fn(Treatment) -> bool| -> Vec<String> {
        found.lines.iter().filter(|(_, t)| how(*t)).map(|(path, _)| format!("`{path}`")).collect()
    };
    let integrated = named(&|t| t == Treatment::Integrated);
    let all = if found.one_line.is_some() || integrated.is_empty() {
        String::new()
    } else {
        paragraph(&format!("Integrated out: {}.", list(&integrated)))
    };
    let reasons = [
        (Treatment::Shared, "because something else shares its draw"),
        (Treatment::Foreseen, "because a leadership that looks ahead weighs its deals against it"),
        (Treatment::Cut, "because its law is cut off"),
    ];
    let drawn = reasons.into_iter().filter_map(|(why, reason)| {
        let these = named(&|t| t == why);
        (!these.is_empty())
            .then(|| paragraph(&format!("Drawn, in some readings at least, {reason}: {}.", list(&these))))
    });
    all + &drawn.collect::<String>()
}
