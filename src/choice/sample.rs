//! Payoffs of all profiles in many runs on common luck: means, differences and their errors.

/// What every profile of plans pays every player in runs on common luck.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Plans of each player, ≥ 1.
    pub plans: Vec<usize>,
    /// Runs, ≥ 1.
    pub runs: usize,
    /// `values[(run · profiles + profile) · players + player]`, in the player's points; of the profiles the first player's plan
    /// runs fastest.
    pub values: Vec<f64>,
}

/// A mean difference of pairs, with its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Difference {
    /// The mean, in points.
    pub mean: f64,
    /// Its standard error, ≥ 0; infinite of a single pair.
    pub error: f64,
}

impl Difference {
    /// Of values, one a run.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let (mut n, mut mean, mut squares) = (0.0, 0.0, 0.0);
        for x in values {
            n += 1.0;
            let off = x - mean;
            mean += off / n;
            squares += off * (x - mean);
        }
        let error = if n > 1.0 { (squares / (n - 1.0) / n).sqrt() } else { f64::INFINITY };
        Self { mean, error }
    }

    /// What it is at least, and not below 0, with 97.5 %.
    pub fn at_least(&self) -> f64 {
        if self.error.is_finite() { (self.mean - 1.96 * self.error).max(0.0) } else { 0.0 }
    }

    /// −1, 0 or 1: its sign where it is more than `errors` standard errors from 0.
    pub fn sign(&self, errors: f64) -> i8 {
        match self.mean {
            mean if mean > errors * self.error => 1,
            mean if mean < -errors * self.error => -1,
            _ => 0,
        }
    }
}

impl Sample {
    /// Players.
    pub fn players(&self) -> usize {
        self.plans.len()
    }

    /// Profiles of plans.
    pub fn profiles(&self) -> usize {
        self.plans.iter().product()
    }

    /// The place of a profile.
    pub fn place(&self, profile: &[usize]) -> usize {
        profile.iter().zip(&self.plans).rev().fold(0, |at, (plan, plans)| at * plans + plan)
    }

    /// The profile at a place.
    pub fn profile(&self, mut place: usize) -> Vec<usize> {
        let plan = |plans: &usize| {
            let plan = place % plans;
            place /= plans;
            plan
        };
        self.plans.iter().map(plan).collect()
    }

    /// A place with another plan of one player.
    pub fn with(&self, place: usize, player: usize, plan: usize) -> usize {
        let step: usize = self.plans[..player].iter().product();
        let now = place / step % self.plans[player];
        place + plan * step - now * step
    }

    /// What a profile pays a player in a run.
    pub fn paid(&self, run: usize, place: usize, player: usize) -> f64 {
        self.values[(run * self.profiles() + place) * self.players() + player]
    }

    /// The mean payoffs, `[profile · players + player]`.
    pub fn means(&self) -> Vec<f64> {
        self.means_of(0..self.runs)
    }

    /// The mean payoffs over some runs, each as often as it is named.
    pub fn means_of(&self, runs: impl Iterator<Item = usize>) -> Vec<f64> {
        let width = self.profiles() * self.players();
        let (mut sums, mut count) = (vec![0.0; width], 0.0_f64);
        for run in runs {
            count += 1.0;
            sums.iter_mut().zip(&self.values[run * width..]).for_each(|(sum, x)| *sum += x);
        }
        sums.iter_mut().for_each(|sum| *sum /= count.max(1.0));
        sums
    }

    /// How much more one profile pays a player than another, run by run.
    pub fn difference(&self, player: usize, one: usize, other: usize) -> Difference {
        Difference::of((0..self.runs).map(|run| self.paid(run, one, player) - self.paid(run, other, player)))
    }

    /// The profiles of the others that have a chance, at the first plan of a player.
    pub fn others<'a>(&'a self, player: usize, mixed: &'a [Vec<f64>]) -> impl Iterator<Item = (usize, f64)> + 'a {
        let places = (0..self.profiles()).filter(move |place| self.with(*place, player, 0) == *place);
        let chance = move |place: usize| -> f64 {
            let profile = self.profile(place);
            let of = profile.iter().enumerate().filter(|(i, _)| *i != player);
            of.map(|(i, plan)| mixed[i][*plan]).product()
        };
        places.map(move |place| (place, chance(place))).filter(|(_, chance)| *chance > 0.0)
    }
}
