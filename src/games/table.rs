//! Payoff tables: who plays, what each may do, and what each combination is worth to each.

use super::Exact;

/// Combinations of strategies that a table may have.
pub const MOST_PROFILES: usize = 100_000;

/// A finite game in strategic form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Game {
    /// What it is called; may be empty.
    pub title: String,
    /// Who plays, two or more.
    pub players: Vec<Player>,
    /// `payoffs[profile][player]`; of the profiles the first player's strategy runs fastest.
    pub payoffs: Vec<Vec<Exact>>,
}

/// A player, and what it may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Player {
    /// Name.
    pub name: String,
    /// Its strategies by name, one or more.
    pub strategies: Vec<String>,
}

/// What each player does: `profile[player]` is a strategy.
pub type Profile = Vec<usize>;

impl Game {
    /// How many combinations of strategies there are.
    pub fn profiles(&self) -> usize {
        self.players.iter().map(|player| player.strategies.len()).product()
    }

    /// The place of a profile in the table.
    pub fn place(&self, profile: &[usize]) -> usize {
        let sizes = self.players.iter().map(|player| player.strategies.len());
        let (place, _) = profile.iter().zip(sizes).fold((0, 1), |(at, step), (s, size)| (at + s * step, step * size));
        place
    }

    /// The profile at a place.
    pub fn profile(&self, mut place: usize) -> Profile {
        let strategy = |player: &Player| {
            let size = player.strategies.len();
            let strategy = place % size;
            place /= size;
            strategy
        };
        self.players.iter().map(strategy).collect()
    }

    /// What a profile pays, `[player]`.
    pub fn paid(&self, profile: &[usize]) -> &[Exact] {
        &self.payoffs[self.place(profile)]
    }

    /// Equilibria in pure strategies (Nash (1951)): nobody has a strategy that pays it more against those of the others. In the
    /// order of the table.
    pub fn pure(&self) -> Vec<Profile> {
        (0..self.profiles()).map(|place| self.profile(place)).filter(|profile| self.is_stable(profile)).collect()
    }

    fn is_stable(&self, profile: &[usize]) -> bool {
        (0..self.players.len()).all(|player| {
            let now = &self.paid(profile)[player];
            self.deviations(profile, player).all(|other| self.paid(&other)[player] <= *now)
        })
    }

    fn deviations<'a>(&'a self, profile: &'a [usize], player: usize) -> impl Iterator<Item = Profile> + 'a {
        (0..self.players[player].strategies.len()).map(move |strategy| {
            let mut other = profile.to_vec();
            other[player] = strategy;
            other
        })
    }

    /// Strategies that another pure strategy of the same player beats whatever the others do: `(player, worse, better)`, with the
    /// first that does.
    pub fn dominated(&self) -> Vec<(usize, usize, usize)> {
        let beaten = |player: usize, worse: usize| {
            let size = self.players[player].strategies.len();
            (0..size).find(|better| {
                *better != worse
                    && (0..self.profiles()).map(|place| self.profile(place)).filter(|p| p[player] == worse).all(|p| {
                        let mut other = p.clone();
                        other[player] = *better;
                        self.paid(&other)[player] > self.paid(&p)[player]
                    })
            })
        };
        let all = self.players.iter().enumerate();
        let strategies = all.flat_map(|(i, player)| (0..player.strategies.len()).map(move |s| (i, s)));
        strategies.filter_map(|(i, s)| beaten(i, s).map(|better| (i, s, better))).collect()
    }
}
