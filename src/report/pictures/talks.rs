//! The data of the pictures of talks: gap, endings, dance, concessions, beliefs, states, survival.

use super::scene::{Scene, Words};
use super::words::{count, listed, percent, percentage};
use crate::analysis::{Band, Courses, Reached, Share, YEARS};
use crate::engine::talks::{Ending, What};
use crate::figure::bands::{self, Bands};
use crate::figure::dance::{Dance, Dancer, Offer};
use crate::figure::endings::{self, Endings};
use crate::figure::gap::{Gap, Row};
use crate::figure::leading_packages;
use crate::figure::palette::Tone;
use crate::figure::survival::Survival;
use crate::model::ActorId;
use crate::report::story;

/// What exists beside what is reached: the leading picture.
pub fn gap(scene: &Scene, r: &Reached) -> Gap {
    let all = r.gap();
    let readings = scene.n.readings.iter().enumerate().filter(|(at, _)| r.gap_in(*at).exists.of > 0);
    let readings: Vec<(String, crate::analysis::Gap)> =
        readings.map(|(at, reading)| (reading.name.clone(), r.gap_in(at))).collect();
    let several = readings.len() > 1;
    let same = scene.survey.same_package.as_ref().map(|same| same.share);
    let name = if several { "all readings" } else { "all worlds" };
    let first =
        Row { name: name.into(), exists: drawn(all.exists), same: same.map(drawn), reached: drawn(all.reached) };
    let others = readings.iter().filter(|_| several).map(|(name, gap)| Row {
        name: name.clone(),
        exists: drawn(gap.exists),
        same: None,
        reached: drawn(gap.reached),
    });
    let told = readings.iter().map(|(name, gap)| {
        format!("{name}: one exists in {}, it is reached in {}", percentage(&gap.exists), percentage(&gap.reached))
    });
    let same = same.map(|same| format!("One same package would do in {}. ", percentage(&same))).unwrap_or_default();
    Gap {
        caption: scene.caption(Words {
            title: "One exists, and whether the talks get there".into(),
            finding: format!(
                "In {} of worlds a settlement exists that is a defeat for nobody; the talks reach one in {} of runs. In \
                 {} one exists and they miss it",
                percent(all.exists.share),
                percent(all.reached.share),
                percent(all.missed.share)
            ),
            notes: vec!["Run k of the talks is played in world k.".into()],
            table: format!("{same}{}", told.collect::<Vec<_>>().join(". ")),
            modal: false,
        }),
        rows: std::iter::once(first).chain(others).collect(),
    }
}

fn drawn(share: Share) -> leading_packages::Share {
    leading_packages::Share { estimate: share.share, low: share.low, high: share.high }
}

/// How the talks end, over all runs and by reading.
pub fn endings(scene: &Scene, r: &Reached) -> Endings {
    let met = |at: &usize| r.endings[*at].1.count > 0;
    let places: Vec<usize> = (0..r.endings.len()).filter(met).collect();
    let row = |at: &usize| {
        let ending = r.endings[*at].0;
        endings::Row { name: capital(story::short(ending)), tone: tone_of(ending), reached: ending.is_reached() }
    };
    let panel = |name: &str, from: &crate::analysis::Endings| endings::Panel {
        name: name.to_owned(),
        shares: places.iter().map(|at| drawn(from[*at].1)).collect(),
    };
    let readings = scene.n.readings.iter().zip(&r.by_reading).filter(|(_, e)| e.iter().any(|(_, s)| s.count > 0));
    let readings: Vec<endings::Panel> = readings.map(|(reading, e)| panel(&reading.name, e)).collect();
    let several = readings.len() > 1;
    let told: Vec<String> = places
        .iter()
        .map(|at| format!("{}: {}", capital(story::short(r.endings[*at].0)), percentage(&r.endings[*at].1)))
        .collect();
    let most = r.endings.iter().rev().max_by_key(|(_, share)| share.count);
    let most = most.map_or(String::new(), |(ending, share)| {
        format!("; the commonest ending is: {} ({})", story::short(*ending), percent(share.share))
    });
    Endings {
        caption: scene.caption(Words {
            title: "How the talks end".into(),
            finding: format!("The talks get there in {} of runs{most}", percentage(&r.reached)),
            notes: too_many(&readings),
            table: told.join(". "),
            modal: false,
        }),
        rows: places.iter().map(row).collect(),
        panels: std::iter::once(panel(if several { "All readings" } else { "All runs" }, &r.endings))
            .chain(readings.into_iter().filter(|_| several))
            .collect(),
    }
}

fn too_many(readings: &[endings::Panel]) -> Vec<String> {
    if readings.len() > 3 { vec![format!("Of {} readings the first 3 are drawn.", readings.len())] } else { Vec::new() }
}

fn tone_of(ending: Ending) -> Tone {
    match ending {
        Ending::Settlement => Tone::Settled,
        Ending::Truce => Tone::Bearable,
        Ending::Defeat | Ending::Imposed => Tone::Defeat,
        Ending::Unratified | Ending::InterimOnly => Tone::Partial,
        _ => Tone::Nothing,
    }
}

fn capital(words: &str) -> String {
    super::words::capital(words)
}

/// The offers of one run; `None` where nobody offered anything, or there are not two parties.
pub fn dance(scene: &Scene, courses: &Courses) -> Option<Dance> {
    let (run, steps) = courses.example.as_ref()?;
    let parties: Vec<ActorId> = scene.n.parties().take(2).collect();
    let [first, second] = parties[..] else { return None };
    let gain = |gains: &[(ActorId, f64)], of: ActorId| gains.iter().find(|(i, _)| *i == of).map_or(0.0, |(_, g)| *g);
    let offers = |of: ActorId| -> Vec<Offer> {
        let of = steps.iter().filter_map(move |step| match &step.what {
            What::Offers { by, stage: None, gains, .. } if *by == of => {
                Some(Offer { round: step.round, x: gain(gains, first), y: gain(gains, second) })
            }
            _ => None,
        });
        of.collect()
    };
    let dancer = |of: ActorId| Dancer { name: scene.actor(of).to_owned(), offers: offers(of) };
    let holds = !run.gains.is_empty();
    let agreed = Offer { round: run.rounds, x: gain(&run.gains, first), y: gain(&run.gains, second) };
    let intents = run.intents.iter().map(|at| {
        let intent = &scene.n.intents[*at];
        format!("{} {}", scene.actor(intent.of), intent.name)
    });
    let (number, seed) = (run.run, scene.settings.drawing.seed);
    let told = |of: ActorId| {
        let list: Vec<String> = offers(of)
            .iter()
            .map(|o| format!("round {}, {} and {}", o.round, percent_of(o.x), percent_of(o.y)))
            .collect();
        format!(
            "Offers of {}, as gains of {} and {}: {}",
            scene.actor(of),
            scene.actor(first),
            scene.actor(second),
            list.join("; ")
        )
    };
    let others = scene.n.parties().count().saturating_sub(2);
    let mut notes = vec![format!(
        "One run of many, chosen because it has many offers: it shows how talks go, not how they usually end. \
         `winset trace FILE --run {number} --seed {seed}` tells it."
    )];
    if others > 0 {
        notes.push(format!("Of {} parties the first two are drawn.", others + 2));
    }
    Some(Dance {
        caption: scene.caption(Words {
            title: format!("The negotiation dance of run {number}"),
            finding: format!(
                "{}. It ends in round {}: {}",
                listed(&intents.collect::<Vec<_>>()),
                run.rounds,
                story::ending(run.ending)
            ),
            notes,
            table: format!("{}. {}", told(first), told(second)),
            modal: false,
        }),
        sides: [dancer(first), dancer(second)],
        agreed: holds.then_some(agreed),
    })
}

fn percent_of(share: f64) -> String {
    format!("{}\u{a0}%", crate::figure::axis::number(100.0 * share, 0))
}

/// What each side still asks for, round by round; `None` where nobody offered anything.
pub fn concessions(scene: &Scene, courses: &Courses) -> Option<Bands> {
    by_intent(
        scene,
        courses,
        &courses.asked,
        &OfIntents {
            name: "concessions",
            title: "What each side asks for, by what it is after",
            finding: "As a share of the way from no deal to the most that it could hope for when the talks began",
            of: "of the offers made in a round",
        },
    )
}

/// How far the others see what a side is after, round by round; `None` where nobody has two intents.
pub fn beliefs(scene: &Scene, courses: &Courses) -> Option<Bands> {
    let n = scene.n;
    let open = |k: usize| n.intents_of(n.intents[k].of).count() > 1;
    let believed: Vec<Vec<Band>> =
        (0..n.intents.len()).map(|k| if open(k) { courses.believed[k].clone() } else { Vec::new() }).collect();
    by_intent(
        scene,
        courses,
        &believed,
        &OfIntents {
            name: "beliefs",
            title: "How far the others see what a side is after",
            finding: "The weight that they put on what it is really after, as they learn from its moves",
            of: "of the runs still going on",
        },
    )
}

/// The words of a picture with a panel for each intent.
struct OfIntents {
    name: &'static str,
    title: &'static str,
    finding: &'static str,
    of: &'static str,
}

fn by_intent(scene: &Scene, courses: &Courses, of: &[Vec<Band>], words: &OfIntents) -> Option<Bands> {
    let parties: Vec<ActorId> = scene.n.parties().collect();
    let panels = scene.n.intents.iter().zip(of).map(|(intent, bands)| bands::Panel {
        name: format!("{} {}", scene.actor(intent.of), intent.name),
        side: parties.iter().position(|i| *i == intent.of).unwrap_or(0),
        range: (0.0, 1.0),
        percent: true,
        points: points(bands),
    });
    let panels: Vec<bands::Panel> = panels.filter(|panel| !panel.points.is_empty()).collect();
    if panels.is_empty() {
        return None;
    }
    let told = panels.iter().map(|panel| span(panel, percent_of)).collect::<Vec<_>>();
    Some(Bands {
        name: words.name,
        caption: scene.caption(Words {
            title: words.title.into(),
            finding: words.finding.into(),
            notes: note(courses, panels.len()),
            table: told.join(". "),
            modal: false,
        }),
        of: words.of.into(),
        horizon: scene.n.horizon,
        panels,
    })
}

/// How the states stand while the talks go on; `None` where none moves.
pub fn states(scene: &Scene, courses: &Courses) -> Option<Bands> {
    let moving = |bands: &Vec<Band>| {
        let all = || bands.iter().flat_map(|band| band.deciles);
        all().fold(f64::INFINITY, f64::min) < all().fold(f64::NEG_INFINITY, f64::max)
    };
    let panels = scene.n.states.iter().zip(&courses.states).filter(|(_, bands)| moving(bands));
    let panels: Vec<bands::Panel> = panels
        .map(|(state, bands)| {
            let all = || bands.iter().flat_map(|band| band.deciles);
            let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
            let air = 0.06 * (high - low);
            bands::Panel {
                name: state.name.clone(),
                side: 1,
                range: (low - air, high + air),
                percent: false,
                points: points(bands),
            }
        })
        .filter(|panel| !panel.points.is_empty())
        .collect();
    if panels.is_empty() {
        return None;
    }
    let told = panels.iter().map(|panel| span(panel, crate::text::words::number)).collect::<Vec<_>>();
    Some(Bands {
        name: "states",
        caption: scene.caption(Words {
            title: "How the world moves while they talk".into(),
            finding: "Each state round by round, in the runs whose talks still go on".into(),
            notes: note(courses, panels.len()),
            table: told.join(". "),
            modal: false,
        }),
        of: "of the runs still going on".into(),
        horizon: scene.n.horizon,
        panels,
    })
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
        caption: scene.caption(Words {
            title: "How long what is reached lasts".into(),
            finding: format!("The mean chance that it still holds: {}", listed(&each.collect::<Vec<_>>())),
            notes: vec![format!("From {} deals that are a defeat for nobody.", count(s.reached.deals))],
            table: format!("{} deals were signed and hold, defeats included", count(s.signed.deals)),
            modal: false,
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
    let mut notes = vec![format!(
        "From {} runs; runs that have ended drop out. Rounds with fewer than {FEW} values are left out.",
        count(courses.runs)
    )];
    if panels > 8 {
        notes.push(format!("Of {panels} the first 8 are drawn."));
    }
    notes
}

/// The first and the last point in words.
fn span(panel: &bands::Panel, number: impl Fn(f64) -> String) -> String {
    let told = |(round, [low, median, high]): &(u32, [f64; 3])| {
        format!("round {round}: median {}, from {} to {}", number(*median), number(*low), number(*high))
    };
    match (panel.points.first(), panel.points.last()) {
        (Some(first), Some(last)) if first.0 < last.0 => format!("{}: {}; {}", panel.name, told(first), told(last)),
        (Some(only), _) => format!("{}: {}", panel.name, told(only)),
        _ => panel.name.clone(),
    }
}
