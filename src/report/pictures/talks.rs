//! The data of the pictures of talks: gap, endings, dance, concessions, beliefs, states, survival.

use itertools::Itertools as _;

use super::scene::Scene;
use super::words::{percent, percentage};
use crate::analysis::{self, Band, Courses, Reached, YEARS};
use crate::engine::talks::{Ending, What};
use crate::figure::axis::number;
use crate::figure::bands::{BandPanel, Bands};
use crate::figure::dance::{Dance, Dancer, Offer};
use crate::figure::endings::{DrawnEnding, EndingPanel, Endings};
use crate::figure::gap::{Gap, ThreeNumbers};
use crate::figure::palette::Tone;
use crate::figure::survival::Survival;
use crate::figure::{Caption, Measured};
use crate::model::ActorId;
use crate::report::{head::pooled, story};
use crate::text::words::{self, capital, count, list};

/// What exists beside what is reached: the leading picture.
pub fn gap(scene: &Scene, r: &Reached) -> Gap {
    let all = r.gap();
    let readings = scene.n.readings.iter().enumerate().map(|(at, reading)| (reading.name.as_str(), r.gap_in(at)));
    let readings: Vec<(&str, analysis::ExistsAndReached)> = readings.filter(|(_, gap)| gap.exists.of > 0).collect();
    let several = readings.len() > 1;
    let same = scene.survey.same_package.as_ref().map(|same| same.share);
    let row = |name: &str, gap: &analysis::ExistsAndReached, same: Option<Measured>| ThreeNumbers {
        name: name.to_owned(),
        exists: gap.exists.into(),
        same,
        reached: gap.reached.into(),
    };
    let first = row(if several { "all readings" } else { "all worlds" }, &all, same.map(Measured::from));
    let others = readings.iter().filter(|_| several).map(|(name, gap)| row(name, gap, None));
    let told = readings.iter().map(|(name, gap)| {
        format!("{name}: one exists in {}, it is reached in {}", percentage(&gap.exists), percentage(&gap.reached))
    });
    let same = same.map(|same| format!("One same package would do in {}. ", percentage(&same))).unwrap_or_default();
    // As the pages do: a number over accounts says what it takes for granted.
    let pooled = if several { format!("{}, i", capital(pooled(scene.n, scene.settings.agreeing))) } else { "I".into() };
    Gap {
        caption: scene.over_all_worlds(Caption {
            title: "One exists, and whether the talks get there".into(),
            subtitle: format!(
                "{pooled}n {} of worlds a settlement exists that is a defeat for nobody; the talks reach one in {} of runs. In \
                 {} one exists and they miss it",
                percent(all.exists.share),
                percent(all.reached.share),
                percent(all.missed.share)
            ),
            notes: vec!["Run k of the talks is played in world k.".into()],
            description: format!("{same}{}", told.format(". ")),
            ..Caption::default()
        }),
        rows: std::iter::once(first).chain(others).collect(),
    }
}

/// How the talks end, over all runs and by reading.
pub fn endings(scene: &Scene, r: &Reached) -> Endings {
    let places: Vec<usize> = (0..r.endings.len()).filter(|at| r.endings[*at].1.count > 0).collect();
    let met = || places.iter().map(|at| &r.endings[*at]);
    let name = |ending: Ending| capital(story::short(ending));
    let panel = |name: &str, from: &analysis::Endings| EndingPanel {
        name: name.to_owned(),
        shares: places.iter().map(|at| from[*at].1.into()).collect(),
        ..EndingPanel::default()
    };
    let readings = scene.n.readings.iter().zip(&r.by_reading).filter(|(_, e)| e.iter().any(|(_, s)| s.count > 0));
    let readings: Vec<EndingPanel> = readings.map(|(reading, e)| panel(&reading.name, e)).collect();
    let several = readings.len() > 1;
    let told: Vec<String> = met().map(|(ending, share)| format!("{}: {}", name(*ending), percentage(share))).collect();
    let most = r.endings.iter().rev().max_by_key(|(_, share)| share.count);
    let most = most.map_or(String::new(), |(ending, share)| {
        format!("; the commonest ending is: {} ({})", story::short(*ending), percent(share.share))
    });
    let many = (readings.len() > 3).then(|| format!("Of {} readings the first 3 are drawn.", readings.len()));
    let rows = met().map(|(e, _)| DrawnEnding { name: name(*e), tone: tone(*e), reached: e.is_reached() });
    let all = panel(if several { "All readings" } else { "All runs" }, &r.endings);
    Endings {
        caption: scene.over_all_worlds(Caption {
            title: "How the talks end".into(),
            subtitle: format!("The talks get there in {} of runs{most}", percentage(&r.reached)),
            notes: many.into_iter().collect(),
            description: told.join(". "),
            ..Caption::default()
        }),
        rows: rows.collect(),
        panels: std::iter::once(all).chain(readings.into_iter().filter(|_| several)).collect(),
        across: None,
    }
}

/// What the bars of an ending are painted in.
pub fn tone(ending: Ending) -> Tone {
    match ending {
        Ending::Settlement => Tone::Settled,
        Ending::Truce => Tone::Bearable,
        Ending::Defeat | Ending::Imposed => Tone::Defeat,
        Ending::Unratified => Tone::Partial,
        Ending::NoDeal => Tone::Nothing,
    }
}

/// The offers of one run; `None` where nobody offered anything, or there are not two parties.
pub fn dance(scene: &Scene, courses: &Courses) -> Option<Dance> {
    let (run, steps) = courses.example.as_ref()?;
    let parties: Vec<ActorId> = scene.n.parties().collect();
    let [first, second, others @ ..] = &parties[..] else { return None };
    let gain = |gains: &[(ActorId, f64)], of: &ActorId| gains.iter().find(|(i, _)| i == of).map_or(0.0, |(_, g)| *g);
    let offer = |round: u32, gains: &[(ActorId, f64)]| Offer { round, x: gain(gains, first), y: gain(gains, second) };
    let dancer = |of: &ActorId| {
        let offers = steps.iter().filter_map(|step| match &step.what {
            What::Offers { by, stage: None, gains, .. } if by == of => Some(offer(step.round, gains)),
            _ => None,
        });
        Dancer { name: scene.actor(*of).to_owned(), offers: offers.collect() }
    };
    let sides = [dancer(first), dancer(second)];
    let told = |of: &Dancer| {
        let offer = |o: &Offer| format!("round {}, {} and {}", o.round, percent_of(o.x), percent_of(o.y));
        let offers = of.offers.iter().map(offer).format("; ");
        let [first, second] = sides.each_ref().map(|side| &side.name);
        format!("Offers of {}, as gains of {first} and {second}: {offers}", of.name)
    };
    let intents = run.intents.iter().map(|at| of_intent(scene, *at)).collect::<Vec<_>>();
    let (number, seed) = (run.run, scene.settings.drawing.seed);
    let mut notes = vec![format!(
        "One run of many, chosen because it has many offers: it shows how talks go, not how they usually end. \
         `winset trace FILE --run {number} --seed {seed}` tells it."
    )];
    if !others.is_empty() {
        notes.push(format!("Of {} parties the first two are drawn.", parties.len()));
    }
    Some(Dance {
        caption: scene.over_all_worlds(Caption {
            title: format!("The negotiation dance of run {number}"),
            subtitle: format!("{}. It ends in round {}: {}", list(&intents), run.rounds, story::ending(run.ending)),
            notes,
            description: format!("{}. {}", told(&sides[0]), told(&sides[1])),
            ..Caption::default()
        }),
        agreed: (!run.gains.is_empty()).then(|| offer(run.rounds, &run.gains)),
        sides,
        instead: None,
    })
}

/// Who it is of, and what it is called: "Moscow wants a settlement".
fn of_intent(scene: &Scene, intent: usize) -> String {
    let intent = &scene.n.intents[intent];
    format!("{} {}", scene.actor(intent.of), intent.name)
}

fn percent_of(share: f64) -> String {
    format!("{}\u{a0}%", number(100.0 * share, 0))
}

/// What each side still asks for, round by round; `None` where nobody offered anything.
pub fn concessions(scene: &Scene, courses: &Courses) -> Option<Bands> {
    let drawn = Bands {
        name: "concessions",
        caption: titled(
            "What each side asks for, by what it is after",
            "As a share of the way from no deal to the most that it could hope for when the talks began",
        ),
        of: "of the offers made in a round".into(),
        panels: by_intent(scene, &courses.asked, |_| true),
        ..Bands::default()
    };
    bands(scene, courses, drawn, percent_of)
}

/// How far the others see what a side is after, round by round; `None` where nobody has two intents.
pub fn beliefs(scene: &Scene, courses: &Courses) -> Option<Bands> {
    let n = scene.n;
    let open = |intent: usize| n.intents_of(n.intents[intent].of).count() > 1;
    let drawn = Bands {
        name: "beliefs",
        caption: titled(
            "How far the others see what a side is after",
            "The weight that they put on what it is really after, as they learn from its moves",
        ),
        of: "of the runs still going on".into(),
        panels: by_intent(scene, &courses.believed, open),
        ..Bands::default()
    };
    bands(scene, courses, drawn, percent_of)
}

/// A panel for each intent that is to be shown.
fn by_intent(scene: &Scene, of: &[Vec<Band>], shown: impl Fn(usize) -> bool) -> Vec<BandPanel> {
    let panel = |(at, bands): (usize, &Vec<Band>)| BandPanel {
        name: of_intent(scene, at),
        side: scene.n.parties().position(|party| party == scene.n.intents[at].of).unwrap_or(0),
        range: (0.0, 1.0),
        percent: true,
        points: points(bands),
    };
    of.iter().enumerate().take(scene.n.intents.len()).filter(|(at, _)| shown(*at)).map(panel).collect()
}

/// How the states stand while the talks go on; `None` where none moves.
pub fn states(scene: &Scene, courses: &Courses) -> Option<Bands> {
    let panels = scene.n.states.iter().zip(&courses.states).map(|(state, bands)| {
        let all = || bands.iter().flat_map(|band| band.deciles);
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        let air = 0.06 * (high - low);
        let points = if low < high { points(bands) } else { Vec::new() };
        BandPanel { name: state.name.clone(), side: 1, range: (low - air, high + air), percent: false, points }
    });
    let drawn = Bands {
        name: "states",
        caption: titled(
            "How the world moves while they talk",
            "Each state round by round, in the runs whose talks still go on",
        ),
        of: "of the runs still going on".into(),
        panels: panels.collect(),
        ..Bands::default()
    };
    bands(scene, courses, drawn, words::number)
}

fn titled(title: &str, finding: &str) -> Caption {
    Caption { title: title.into(), subtitle: finding.into(), ..Caption::default() }
}

/// The panels that have points, in words as well; `None` if none has.
fn bands(scene: &Scene, courses: &Courses, mut drawn: Bands, number: fn(f64) -> String) -> Option<Bands> {
    drawn.panels.retain(|panel| !panel.points.is_empty());
    drawn.horizon = scene.n.horizon;
    drawn.caption = scene.over_all_worlds(Caption {
        notes: note(courses, drawn.panels.len()),
        description: drawn.panels.iter().map(|panel| span(panel, number)).join(". "),
        ..drawn.caption
    });
    (!drawn.panels.is_empty()).then_some(drawn)
}

/// How long deals last; `None` where nothing is reached, or the scenario says nothing of it.
pub fn survival(scene: &Scene, r: &Reached) -> Option<Survival> {
    let s = r.survival.as_ref().filter(|s| s.reached.deals > 0)?;
    let each = YEARS.iter().zip(&s.reached.after).map(|(years, chance)| {
        let (mean, error) = (percent_of(chance.mean), percent_of(1.96 * chance.error));
        let plural = if *years == 1.0 { "" } else { "s" };
        format!("after {years} year{plural} {mean} ± {error}")
    });
    let differs = s.signed.deals != s.reached.deals;
    Some(Survival {
        caption: scene.over_all_worlds(Caption {
            title: "How long what is reached lasts".into(),
            subtitle: format!("The mean chance that it still holds: {}", list(each)),
            notes: vec![format!("From {} deals that are a defeat for nobody.", count(s.reached.deals))],
            description: format!("{} deals were signed and hold, defeats included", count(s.signed.deals)),
            ..Caption::default()
        }),
        reached: s.reached.curve.clone(),
        signed: if differs { s.signed.curve.clone() } else { Vec::new() },
    })
}

/// Deciles of fewer values say nothing. Source: assumption.
const FEW: u64 = 10;

fn points(bands: &[Band]) -> Vec<(u32, [f64; 3])> {
    bands.iter().filter(|band| band.count >= FEW).map(|band| (band.round, band.deciles)).collect()
}

fn note(courses: &Courses, panels: usize) -> Vec<String> {
    let runs = format!(
        "From {} runs; runs that have ended drop out. Rounds with fewer than {FEW} values are left out.",
        count(courses.runs)
    );
    let many = (panels > 8).then(|| format!("Of {panels} the first 8 are drawn."));
    std::iter::once(runs).chain(many).collect()
}

/// The first and the last point in words.
fn span(panel: &BandPanel, number: fn(f64) -> String) -> String {
    let told = |(round, deciles): &(u32, [f64; 3])| {
        let [low, median, high] = deciles.map(number);
        format!("round {round}: median {median}, from {low} to {high}")
    };
    match &panel.points[..] {
        [] => panel.name.clone(),
        [only] => format!("{}: {}", panel.name, told(only)),
        [first, .., last] => format!("{}: {}; {}", panel.name, told(first), told(last)),
    }
}
