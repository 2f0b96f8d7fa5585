//! Payoff tables: who plays, what each may do, and what each combination is worth to each.

use super::Exact;

/// Combinations of strategies that a table may have.
pub const MOST_PROFILES: usize = 20_000;

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
    /// order of the table. Complexity: linear in the cells, but for sorting them.
    pub fn pure(&self) -> Vec<Profile> {
        let mut stable = vec![true; self.profiles()];
        for player in 0..self.players.len() {
            let (ranks, step) = (self.ranks(player), self.step(player));
            for first in self.firsts(player) {
                let mine = || (0..self.players[player].strategies.len()).map(|s| first + s * step);
                let best = mine().map(|place| ranks[place]).max();
                mine().filter(|place| Some(ranks[*place]) < best).for_each(|place| stable[place] = false);
            }
        }
        (0..self.profiles()).filter(|place| stable[*place]).map(|place| self.profile(place)).collect()
    }

    /// Strategies that another pure strategy of the same player beats whatever the others do: `(player, worse, better)`, with the
    /// first that does. Complexity: at worst cells times strategies.
    pub fn dominated(&self) -> Vec<(usize, usize, usize)> {
        let of = |player: usize| {
            let (ranks, step, firsts) = (self.ranks(player), self.step(player), self.firsts(player));
            let all = 0..self.players[player].strategies.len();
            let beats = |better: usize, worse: usize| {
                firsts.iter().all(|first| ranks[first + better * step] > ranks[first + worse * step])
            };
            all.clone()
                .filter_map(|worse| all.clone().find(|b| beats(*b, worse)).map(|better| (player, worse, better)))
                .collect::<Vec<_>>()
        };
        (0..self.players.len()).flat_map(of).collect()
    }

    /// A player's payoffs by their order, `[place]`: equal ones are equal.
    fn ranks(&self, player: usize) -> Vec<usize> {
        let mut sorted: Vec<usize> = (0..self.payoffs.len()).collect();
        let paid = |place: usize| &self.payoffs[place][player];
        sorted.sort_by(|a, b| paid(*a).cmp(paid(*b)));
        let mut ranks = vec![0; sorted.len()];
        for pair in sorted.windows(2) {
            ranks[pair[1]] = ranks[pair[0]] + usize::from(paid(pair[0]) != paid(pair[1]));
        }
        ranks
    }

    /// How far apart two profiles stand that differ in a player's strategy by one.
    fn step(&self, player: usize) -> usize {
        self.players[..player].iter().map(|player| player.strategies.len()).product()
    }

    /// The places at which a player plays its first strategy: one for each thing that the others may do.
    fn firsts(&self, player: usize) -> Vec<usize> {
        let (step, size) = (self.step(player), self.players[player].strategies.len());
        (0..self.profiles()).filter(|place| place / step % size == 0).collect()
    }
}
