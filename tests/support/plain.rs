//! The deal space once more, by a plain loop over all packages that knows nothing but `model::Scores`.
#![allow(dead_code, reason = "each test file uses its own part")]

use winset::model::{ActorId, AudienceId, Beholder, Defeat, Negotiation, Package, Scale, Scores, Verdict, World};
use winset::space::Margin;

/// All readings of defeat.
pub const DEFEATS: [Defeat; 4] = [Defeat::Audience, Defeat::Leader, Defeat::Both, Defeat::NoVeto];

/// Lines count only as far as scores can reach.
const FARTHEST: i64 = 1 << 29;

/// One package in one world.
#[derive(Debug, Clone)]
pub struct Row {
    /// The package.
    pub package: Package,
    /// No rule excludes it.
    pub allowed: bool,
    /// Every holder grants it.
    pub granted: bool,
    /// `scores[beholder]`, red lines aside.
    pub scores: Vec<i64>,
    /// `crossed[beholder]`: a red line is.
    pub crossed: Vec<bool>,
}

/// All packages of one world.
#[derive(Debug, Clone)]
pub struct Plain<'a> {
    /// The negotiation.
    pub n: &'a Negotiation,
    /// The world.
    pub world: World,
    /// The scale of all scores.
    pub scale: Scale,
    /// `spans[beholder]`, in units.
    pub spans: Vec<i64>,
    /// `rows[number of the package]`.
    pub rows: Vec<Row>,
    beholders: Vec<Beholder>,
}

/// max − min of each score over the allowed packages in the modal world of some variants, at least 1.
pub fn spans(n: &Negotiation, scale: Scale, variants: &[bool]) -> Vec<i64> {
    let rows = rows(n, scale, &n.modal_world(&n.laws(None, variants)));
    let ends = |b: usize| {
        let scores = rows.iter().filter(|r| r.allowed).map(|r| r.scores[b]);
        scores.fold(None, |ends: Option<(i64, i64)>, s| Some(ends.map_or((s, s), |(lo, hi)| (lo.min(s), hi.max(s)))))
    };
    (0..n.beholders().count()).map(|b| ends(b).map_or(1, |(lo, hi)| (hi - lo).max(1))).collect()
}

fn rows(n: &Negotiation, scale: Scale, world: &World) -> Vec<Row> {
    let scores = Scores::new(n, scale);
    let row = |number: u128| {
        let package = n.space.package(number);
        let score = |b: Beholder| match b {
            Beholder::Leadership(i) => scores.leadership(world, i, &package),
            Beholder::Audience(a) => scores.audience(world, a, &package),
        };
        Row {
            allowed: n.space.allows(&package),
            granted: scores.available(world, &package),
            scores: n.beholders().map(score).collect(),
            crossed: n.beholders().map(|b| !scores.crossed(world, b, &package).is_empty()).collect(),
            package,
        }
    };
    (0..n.space.size()).map(row).collect()
}

impl<'a> Plain<'a> {
    /// Looks at every package; spans are those of a modal world given beforehand.
    pub fn of(n: &'a Negotiation, scale: Scale, spans: Vec<i64>, world: &World) -> Self {
        let rows = rows(n, scale, world);
        Self { n, world: world.clone(), scale, spans, rows, beholders: n.beholders().collect() }
    }

    fn place(&self, of: Beholder) -> usize {
        self.beholders.iter().position(|b| *b == of).expect("everybody has a score")
    }

    fn line(&self, of: Beholder) -> Option<i64> {
        let scores = Scores::new(self.n, self.scale);
        match of {
            Beholder::Leadership(i) => Some(scores.no_deal(&self.world, i)),
            Beholder::Audience(a) => scores.defeat_line(&self.world, a),
        }
    }

    /// Whether a beholder finds a package good enough: no red line crossed, and the line reached.
    pub fn bears(&self, of: Beholder, row: &Row) -> bool {
        let b = self.place(of);
        !row.crossed[b] && self.line(of).is_none_or(|line| row.scores[b] >= line)
    }

    /// What an audience says of a package.
    pub fn verdict(&self, a: AudienceId, row: &Row) -> Verdict {
        let b = Beholder::Audience(a);
        let victory = Scores::new(self.n, self.scale).victory_line(&self.world, a);
        if !self.bears(b, row) {
            Verdict::Defeat
        } else if victory.is_some_and(|line| row.scores[self.place(b)] >= line) {
            Verdict::Victory
        } else {
            Verdict::Bearable
        }
    }

    /// Whether every leadership prefers a package to no deal.
    pub fn rational(&self, row: &Row) -> bool {
        self.n.parties().all(|i| self.bears(Beholder::Leadership(i), row))
    }

    /// Those whose word makes a defeat for a party.
    fn judges_of(&self, party: ActorId, defeat: Defeat) -> Vec<Beholder> {
        let vetoes = self.n.audiences_of(party).filter(|a| self.world.happens(self.n.audience(*a).veto));
        let audiences = vetoes.filter(|_| defeat.counts_audiences()).map(Beholder::Audience);
        audiences.chain(defeat.counts_leaders().then_some(Beholder::Leadership(party))).collect()
    }

    /// All whose word makes a defeat.
    pub fn judges(&self, defeat: Defeat) -> Vec<Beholder> {
        self.n.parties().flat_map(|party| self.judges_of(party, defeat)).collect()
    }

    /// Whether a package is in a party's win-set.
    pub fn in_win_set(&self, party: ActorId, defeat: Defeat, row: &Row) -> bool {
        self.judges_of(party, defeat).into_iter().all(|b| self.bears(b, row))
    }

    /// Whether a package is a defeat for nobody.
    pub fn no_defeat(&self, defeat: Defeat, row: &Row) -> bool {
        self.n.parties().all(|party| self.in_win_set(party, defeat, row))
    }

    /// Whether a package would do: allowed, available, rational, no defeat.
    pub fn would_do(&self, defeat: Defeat, row: &Row) -> bool {
        row.allowed && row.granted && self.rational(row) && self.no_defeat(defeat, row)
    }

    /// (score − line) / span of a judge, if it has a line, and not the same score everywhere.
    pub fn slack(&self, of: Beholder, row: &Row) -> Option<f64> {
        let b = self.place(of);
        if self.spans[b] <= 1 {
            return None;
        }
        let line = self.line(of)?.clamp(-FARTHEST, FARTHEST);
        Some((row.scores[b] - line) as f64 / self.spans[b] as f64)
    }

    /// The least slack of all judges; `None` where a red line of one of them is crossed, or one without a slack refuses.
    pub fn least_slack(&self, defeat: Defeat, row: &Row) -> Option<f64> {
        let judges = self.judges(defeat);
        let refuses = |b: &Beholder| self.slack(*b, row).is_none() && !self.bears(*b, row);
        if judges.iter().any(|b| row.crossed[self.place(*b)] || refuses(b)) {
            return None;
        }
        Some(judges.iter().filter_map(|b| self.slack(*b, row)).fold(f64::INFINITY, f64::min))
    }

    /// The greatest least slack over some packages, and the packages that have it.
    pub fn margin(&self, defeat: Defeat, keep: impl Fn(&Row) -> bool) -> (Margin, Vec<usize>) {
        let kept = self.rows.iter().enumerate().filter(|(_, row)| keep(row));
        let slacks: Vec<(usize, f64)> = kept.filter_map(|(i, row)| Some((i, self.least_slack(defeat, row)?))).collect();
        let greatest = slacks.iter().map(|(_, slack)| *slack).fold(f64::NEG_INFINITY, f64::max);
        let best = slacks.iter().filter(|(_, slack)| *slack == greatest).map(|(i, _)| *i).collect();
        (Margin::from_slack(greatest), best)
    }

    /// Those with the least slack for a package.
    pub fn binding(&self, defeat: Defeat, row: &Row) -> Vec<Beholder> {
        let least = self.least_slack(defeat, row);
        self.judges(defeat)
            .into_iter()
            .filter(|b| self.slack(*b, row).is_some() && self.slack(*b, row) == least)
            .collect()
    }
}
