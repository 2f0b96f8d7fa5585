//! Lines that need no draw: how likely a verdict is, given everything but the judge's own line and veto.
//!
//! A line may be integrated out if it has a law of its own and a world feels it nowhere else: it follows no shared
//! unknown, nothing follows it, and no leadership weighs its deals against it (foresight). Every other number of the
//! same name, such as a victory line, is an input of its own.

use serde::Serialize;

use crate::engine::{Accounts, Drawing};
use crate::model::{ActorId, AudienceId, Beholder, InputId, Law, Negotiation, Quantity, Scores, StateId, World};

/// What becomes of a number that decides whether a judge bears a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// Integrated out: its distribution function stands in the place of draws.
    Integrated,
    /// Nothing to draw: it is certain.
    Certain,
    /// Drawn: it follows a shared unknown, or something follows it.
    Shared,
    /// Drawn: a leadership that looks ahead weighs its deals against it too.
    Foreseen,
    /// Drawn: its law is cut off at bounds, or may leave [0, 1], so that its mean has no closed form.
    Cut,
}

/// A number in one reading.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Known {
    /// Its value comes from the world.
    Drawn(Treatment),
    /// Its law.
    Law(Quantity),
    /// The mean of a chance.
    Mean(f64),
}

/// A number with what is known of it, `known[reading]`.
#[derive(Debug, Clone)]
struct Hinge {
    id: InputId,
    known: Vec<Known>,
}

/// One whose verdict may stand in the way of a package.
#[derive(Debug, Clone)]
pub(super) struct Judge {
    /// Who.
    pub beholder: Beholder,
    /// The number on which its line hangs; `None` where only red lines count.
    line: Option<Hinge>,
    /// Whether its verdict counts; `None` for a leadership, which always does.
    veto: Option<Hinge>,
}

/// How a world looks to one reader of lines.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub scores: Scores<'a>,
    pub world: &'a World,
    /// Its reading, or 0.
    pub reading: usize,
}

/// All judges whose lines a target asks about, sorted by the path of their line: leaderships only if it is asked whether
/// they gain, or their verdict makes a defeat.
pub(super) fn judges(n: &Negotiation, drawing: &Drawing, rational: bool) -> Vec<Judge> {
    let laws = all_laws(n, &drawing.accounts);
    let mut all: Vec<Judge> = Vec::new();
    if drawing.defeat.counts_audiences() {
        all.extend((0..n.audiences.len()).filter_map(|a| audience(n, &laws, AudienceId(a))));
    }
    if rational || drawing.defeat.counts_leaders() {
        all.extend(n.parties().map(|i| leadership(n, &drawing.accounts, &laws, i)));
    }
    all.sort_by_key(|judge| judge.path(n).to_owned());
    all
}

/// Every uncertain number that some judge's verdict hangs on, by path, and the least happy treatment of it in any reading.
pub(super) fn treatments(judges: &[Judge], n: &Negotiation) -> Vec<(String, Treatment)> {
    let hinges = judges.iter().flat_map(Judge::hinges).map(|hinge| (hinge.path(n).to_owned(), hinge.treatment()));
    hinges.filter(|(_, treatment)| *treatment != Treatment::Certain).collect()
}

impl Hinge {
    fn path<'a>(&self, n: &'a Negotiation) -> &'a str {
        &n.inputs.get(self.id).path
    }

    fn is_open(&self) -> bool {
        self.known.iter().any(|k| k.treatment() == Treatment::Integrated)
    }

    /// The least happy treatment; certain in one reading and integrated in another is integrated.
    fn treatment(&self) -> Treatment {
        let worst = self.known.iter().map(Known::treatment).max().unwrap_or(Treatment::Certain);
        if worst == Treatment::Certain && self.is_open() { Treatment::Integrated } else { worst }
    }

    fn at(&self, here: Here) -> (InputId, &Known) {
        (self.id, &self.known[here.reading])
    }
}

impl Known {
    fn treatment(&self) -> Treatment {
        match self {
            Self::Drawn(why) => *why,
            Self::Law(quantity) if quantity.is_fixed() => Treatment::Certain,
            Self::Mean(mean) if *mean <= 0.0 || *mean >= 1.0 => Treatment::Certain,
            _ => Treatment::Integrated,
        }
    }
}

impl Judge {
    /// Its line and its veto, where it has them.
    fn hinges(&self) -> impl Iterator<Item = &Hinge> {
        self.line.iter().chain(&self.veto)
    }

    fn path<'a>(&self, n: &'a Negotiation) -> &'a str {
        self.hinges().next().map_or("", |hinge| hinge.path(n))
    }

    /// The path of the number on which its line hangs.
    pub fn line_path<'a>(&self, n: &'a Negotiation) -> Option<&'a str> {
        self.line.as_ref().map(|line| line.path(n))
    }

    /// Whether its line or its veto can be integrated out in some reading.
    pub fn is_open(&self) -> bool {
        self.hinges().any(Hinge::is_open)
    }

    /// The chance that its verdict counts, given everything else.
    pub fn counts(&self, here: Here) -> f64 {
        match self.veto.as_ref().map(|veto| veto.at(here)) {
            None => 1.0,
            Some((_, Known::Mean(mean))) => *mean,
            Some((id, _)) => f64::from(u8::from(here.world.happens(id))),
        }
    }

    /// The chance that its line is no higher than a score in units, given everything else; the line of a judge without
    /// one is below every score.
    pub fn bears(&self, here: Here, score: i64) -> f64 {
        match self.line.as_ref().map(|line| line.at(here)) {
            Some((id, Known::Law(law))) => self.below(here, id, law, score),
            _ => f64::from(u8::from(self.line(here, here.world) <= score)),
        }
    }

    /// The lowest and the highest that its line can be, in units.
    pub fn reach(&self, here: Here) -> (i64, i64) {
        let mut world = here.world.clone();
        let mut at = |held: Option<(InputId, f64)>| {
            held.into_iter().for_each(|(id, x)| world.values[id.0] = x);
            self.line(here, &world)
        };
        let ends = match self.line.as_ref().map(|line| line.at(here)) {
            Some((id, Known::Law(law))) => [law.support().0, law.support().1].map(|x| Some((id, x))),
            _ => [None; 2],
        };
        ends.map(&mut at).into()
    }

    /// Its line in a world, in units, rounded as the kernel compares it; without one it is below every score.
    fn line(&self, here: Here, world: &World) -> i64 {
        match self.beholder {
            Beholder::Audience(a) => here.scores.defeat_line(world, a).unwrap_or(i64::from(i32::MIN)),
            Beholder::Leadership(i) => here.scores.no_deal(world, i),
        }
    }

    /// P(line ≤ score): the distribution function at the greatest number whose line, rounded to units, is no higher.
    fn below(&self, here: Here, id: InputId, law: &Quantity, score: i64) -> f64 {
        let mut world = here.world.clone();
        let mut fits = |x: f64| {
            world.values[id.0] = x;
            self.line(here, &world) <= score
        };
        let (mut lo, mut hi) = law.support();
        if fits(hi) {
            return 1.0;
        }
        if !fits(lo) {
            return 0.0;
        }
        // A line never falls as its number rises. Halving ends when no number lies between: at most some sixty steps.
        loop {
            let middle = lo + 0.5 * (hi - lo);
            if middle <= lo || middle >= hi {
                return law.cdf(lo);
            }
            if fits(middle) { lo = middle } else { hi = middle }
        }
    }
}

/// `laws[reading][input]`, one where there are no readings; those that are never drawn are left as they are.
fn all_laws(n: &Negotiation, accounts: &Accounts) -> Vec<Vec<Law>> {
    let laws = |r: usize| n.laws((!n.readings.is_empty()).then_some(r), &accounts.variants);
    (0..n.readings.len().max(1)).map(laws).collect()
}

fn audience(n: &Negotiation, laws: &[Vec<Law>], a: AudienceId) -> Option<Judge> {
    let it = n.audience(a);
    let never = laws.iter().all(|laws| n.support(&laws[it.veto.0]).1 <= 0.0);
    if never || !n.may_bind(a) || !n.can_say_defeat(a) {
        return None;
    }
    let hinge = |id: InputId, of: fn(&[Law], InputId) -> Known| {
        let known = laws.iter().map(|laws| of(laws, id)).collect();
        Hinge { id, known }
    };
    Some(Judge {
        beholder: Beholder::Audience(a),
        line: it.defeat_below.as_ref().map(|line| hinge(line.points, number)),
        veto: Some(hinge(it.veto, chance)),
    })
}

fn leadership(n: &Negotiation, accounts: &Accounts, laws: &[Vec<Law>], i: ActorId) -> Judge {
    let base = n.actor(i).no_deal.base;
    let drifts = |s: StateId| n.range(n.states[s.0].after) != (0.0, 0.0);
    let kept = n.actor(i).no_deal.stake.iter().any(|(s, _)| drifts(*s));
    let foreseen = kept || n.looks_ahead(i, Some(&accounts.variants));
    let known = |laws: &Vec<Law>| match number(laws, base) {
        Known::Law(law) if foreseen && !law.is_fixed() => Known::Drawn(Treatment::Foreseen),
        known => known,
    };
    let line = Hinge { id: base, known: laws.iter().map(known).collect() };
    Judge { beholder: Beholder::Leadership(i), line: Some(line), veto: None }
}

fn is_followed(laws: &[Law], id: InputId) -> bool {
    laws.iter().any(|law| matches!(law, Law::Shared { unknown, .. } if *unknown == id))
}

fn number(laws: &[Law], id: InputId) -> Known {
    match &laws[id.0] {
        Law::Own(quantity) if !is_followed(laws, id) => Known::Law(quantity.clone()),
        _ => Known::Drawn(Treatment::Shared),
    }
}

fn chance(laws: &[Law], id: InputId) -> Known {
    match number(laws, id) {
        Known::Law(law) => {
            let (lo, hi) = law.support();
            let mean = law.mean().filter(|_| lo >= 0.0 && hi <= 1.0);
            mean.map_or(Known::Drawn(Treatment::Cut), Known::Mean)
        }
        other => other,
    }
}
