//! Chance: one stream of uniforms for every input, read at the position of the run.
//!
//! ```text
//! ChaCha8,  key = SHA-256("winset" ‖ purpose ‖ seed),  stream = SHA-256(path)[0..8],  word position = 2 · run
//! ```
//!
//! Neither the scenario nor the order of its file enters a key, so adding an input moves no other draw, and any run can
//! be drawn alone. Source: Bernstein (2008) for `ChaCha`, Salmon et al. (2011) for counters as random numbers.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// The streams of one purpose under one seed.
#[derive(Debug, Clone)]
pub struct Streams {
    key: [u8; 32],
}

impl Streams {
    /// The streams of a purpose, such as `inputs`.
    pub fn new(seed: u64, purpose: &str) -> Self {
        let named = [b"winset\0", purpose.as_bytes(), b"\0", &seed.to_le_bytes()].concat();
        Self { key: Sha256::digest(named).into() }
    }

    /// The uniforms in [0, 1) of the stream at `path`, for the runs from `first` on, one draw a run.
    pub fn uniforms(&self, path: &str, first: u64, out: &mut [f64]) {
        let mut rng = self.from(Self::stream(path), first);
        out.fill_with(|| uniform(&mut rng));
    }

    /// The number of the stream at `path`, for [`uniform_of`](Self::uniform_of).
    pub fn stream(path: &str) -> u64 {
        Sha256::digest(path.as_bytes()).first_chunk().map_or(0, |first| u64::from_le_bytes(*first))
    }

    /// The uniform of one run in a stream: that of [`uniforms`](Self::uniforms), its path looked up before.
    pub fn uniform_of(&self, stream: u64, run: u64) -> f64 {
        uniform(&mut self.from(stream, run))
    }

    /// The 64 bits of which [`uniform_of`](Self::uniform_of) is the first 53: a key for hashing.
    pub fn word_of(&self, stream: u64, run: u64) -> u64 {
        self.from(stream, run).next_u64()
    }

    fn from(&self, stream: u64, run: u64) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::from_seed(self.key);
        rng.set_stream(stream);
        rng.set_word_pos(2 * u128::from(run));
        rng
    }

    /// The stream of one run, read by position: how the rounds of a run are drawn.
    ///
    /// ```text
    /// ChaCha8,  key as above,  stream = run,  word position = 2 · position
    /// ```
    pub fn of_run(&self, run: u64) -> Luck {
        let mut rng = ChaCha8Rng::from_seed(self.key);
        rng.set_stream(run);
        Luck { rng, next: 0 }
    }
}

/// The luck of one run for one purpose.
#[derive(Debug, Clone)]
pub struct Luck {
    rng: ChaCha8Rng,
    next: u64,
}

impl Luck {
    /// The uniform in [0, 1) at a position, such as a round: the same whatever else was drawn.
    pub fn at(&mut self, position: u64) -> f64 {
        if position != self.next {
            self.rng.set_word_pos(2 * u128::from(position));
        }
        self.next = position + 1;
        uniform(&mut self.rng)
    }
}

/// 53 bits: every value is a multiple of 2⁻⁵³ and below 1.
fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_alone_draws_what_it_draws_in_a_batch() {
        let streams = Streams::new(7, "inputs");
        let mut batch = [0.0; 300];
        streams.uniforms("claims.church.worth", 1_000, &mut batch);
        for run in [0, 1, 7, 8, 255, 299] {
            let mut alone = [0.0];
            streams.uniforms("claims.church.worth", 1_000 + run as u64, &mut alone);
            assert_eq!(alone[0], batch[run]);
        }
    }

    #[test]
    fn the_luck_of_a_run_does_not_depend_on_what_was_drawn_before() {
        let streams = Streams::new(7, "moves/russia");
        let (mut all, mut some) = (streams.of_run(12), streams.of_run(12));
        let rounds: Vec<f64> = (0..100).map(|round| all.at(round)).collect();
        for round in [3, 4, 50, 7, 99, 0] {
            assert_eq!(some.at(round).to_bits(), rounds[round as usize].to_bits());
        }
        assert_ne!(streams.of_run(13).at(0).to_bits(), rounds[0].to_bits());
    }

    #[test]
    fn paths_seeds_and_purposes_have_streams_of_their_own() {
        let draw = |seed, purpose, path| {
            let mut u = [0.0; 4];
            Streams::new(seed, purpose).uniforms(path, 0, &mut u);
            u
        };
        let base = draw(1, "inputs", "a");
        assert_ne!(base, draw(0, "inputs", "a"));
        assert_ne!(base, draw(1, "moves", "a"));
        assert_ne!(base, draw(1, "inputs", "b"));
    }

    #[test]
    fn uniforms_are_uniform() {
        let mut u = vec![0.0; 100_000];
        Streams::new(1, "inputs").uniforms("x", 0, &mut u);
        let mean = u.iter().sum::<f64>() / 1e5;
        // Four standard errors of a mean of 100 000 uniforms: 4 · 0.2887 / 316.
        assert!((mean - 0.5).abs() < 0.0037, "{mean}");
        assert!(u.iter().all(|x| (0.0..1.0).contains(x)));
    }
}
