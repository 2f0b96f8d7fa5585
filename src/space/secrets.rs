//! One compiled space for every state of the secrets.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use super::{Gate, Space, Spans, TooLarge, plan::ScorePlan};
use crate::model::{Beholder, Defeat, InputId, IssueId, Negotiation, OptionId, Scale, Scores, World};

/// Most secret options: each may have leaked or not, and every combination is compiled when it first occurs.
pub const MOST_SECRETS: usize = 8;

/// Fewest decimal places of a point at which scores are still told apart: millions of points.
const COARSEST: i32 = -6;

/// Gates that are kept at most, one for each way in which options are granted.
const MOST_GATES: usize = 256;

/// A compiled negotiation: the space for every state of its secrets, and the spans of its scores.
#[derive(Debug)]
pub struct Compiled<'a> {
    /// The negotiation.
    pub n: &'a Negotiation,
    /// The scale of all scores.
    pub scale: Scale,
    /// Spans of the scores in the modal world.
    pub spans: Spans,
    secrets: Vec<InputId>,
    variants: Vec<bool>,
    states: Vec<OnceLock<State>>,
    /// Place of the state of the secrets in the modal world, which is always there.
    modal_at: usize,
    gates: Mutex<BTreeMap<Vec<bool>, Arc<Gate>>>,
}

/// The space in one state of the secrets, and the plans that lack one red line each.
#[derive(Debug)]
pub struct State {
    /// All packages.
    pub space: Space,
    /// Red lines: whose score, which of its lines, and the plan without it.
    pub without: Vec<(usize, usize, ScorePlan)>,
    /// Where each claim enters scores.
    pub(super) claims: Vec<Vec<HeardIn>>,
}

/// A term of a score into which a claim enters, with the row of the term that goes with a package:
/// `heads[head] + tails[tail]`.
#[derive(Debug)]
pub(super) struct HeardIn {
    pub score: usize,
    pub term: usize,
    pub heads: Vec<u32>,
    pub tails: Vec<u32>,
}

impl HeardIn {
    /// All terms into which a claim's worth enters.
    fn all(space: &Space, worth: InputId) -> Vec<Self> {
        let of_plan = |(score, plan): (usize, &ScorePlan)| {
            let heard = plan.terms.iter().enumerate().filter(|(_, term)| term.hears(worth));
            let heard = heard.map(|(place, term)| Self {
                score,
                term: place,
                heads: term.rows_over(&space.layout.head, &space.radix),
                tails: term.rows_over(&space.layout.tail, &space.radix),
            });
            heard.collect::<Vec<_>>()
        };
        space.plans.iter().enumerate().flat_map(of_plan).collect()
    }
}

impl<'a> Compiled<'a> {
    /// Compiles a negotiation; the modal world is that of `variants` and no reading.
    ///
    /// # Errors
    /// [`TooLarge::Packages`], [`TooLarge::Rows`], [`TooLarge::Secrets`], [`TooLarge::Scores`].
    pub fn of(n: &'a Negotiation, variants: &[bool]) -> Result<Self, TooLarge> {
        Self::at_scale(n, variants, Scale::of(n))
    }

    /// The same at a scale that is coarser than its own, so that the scores of several negotiations are rounded alike.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn at_scale(n: &'a Negotiation, variants: &[bool], scale: Scale) -> Result<Self, TooLarge> {
        let scale = scale.coarser(Scale::of(n));
        if scale.digits() < COARSEST {
            return Err(TooLarge::Scores);
        }
        super::effort::compiled();
        let modal = n.modal_world(&n.laws(None, variants));
        let options = n.space.issues.iter().flat_map(|k| &k.options);
        let secrets: Vec<InputId> = options.filter_map(|o| o.secret).collect();
        if secrets.len() > MOST_SECRETS {
            return Err(TooLarge::Secrets { secrets: secrets.len(), most: MOST_SECRETS });
        }
        let space = Space::of(n, scale, Some(variants), &|secret| modal.happens(secret))?;
        let states: Vec<OnceLock<State>> = (0..1 << secrets.len()).map(|_| OnceLock::new()).collect();
        let (spans, modal_at) = (Spans::of(&space, &modal), state_of(&secrets, &modal));
        states[modal_at].get_or_init(|| State::of(n, space, &modal));
        Ok(Self { n, scale, spans, secrets, variants: variants.to_vec(), states, modal_at, gates: Mutex::default() })
    }

    /// Those whose verdict may count by a reading of defeat, and who have a line, though their score is the same in all
    /// packages: they have no span and can only exclude.
    pub fn without_span(&self, defeat: Defeat) -> Vec<Beholder> {
        let n = self.n;
        let judges = |b: Beholder| match b {
            Beholder::Leadership(_) => defeat.counts_leaders(),
            Beholder::Audience(a) => {
                let audience = n.audience(a);
                let may = n.may_bind(a) && n.range(audience.veto).1 > 0.0;
                may && defeat.counts_audiences() && audience.defeat_below.is_some()
            }
        };
        let all = self.modal().space.beholders.iter().enumerate();
        all.filter(|(s, b)| judges(**b) && self.spans.measure(*s).is_none()).map(|(_, b)| *b).collect()
    }

    /// The state of the secrets in the modal world. The layout is the same in every state.
    pub fn modal(&self) -> &State {
        self.states[self.modal_at].get().expect("it is made with the whole")
    }

    /// The space as the secrets stand in a world.
    pub fn at(&self, world: &World) -> &State {
        self.states[state_of(&self.secrets, world)].get_or_init(|| {
            let space = Space::of(self.n, self.scale, Some(&self.variants), &|secret| world.happens(secret));
            State::of(self.n, space.expect("tables have the same rows in every state of the secrets"), world)
        })
    }
}

impl Compiled<'_> {
    /// The gate of the packages allowed and available in a world: worlds that grant the same options share it.
    ///
    /// # Panics
    /// Never: nothing panics while it holds the gates.
    pub fn available(&self, world: &World) -> Arc<Gate> {
        const WHY: &str = "nothing panics while it holds the gates";
        let scores = Scores::new(self.n, self.scale);
        let options = |k: usize| (0..self.n.space.issues[k].options.len()).map(move |o| (IssueId(k), OptionId(o)));
        let all = (0..self.n.space.issues.len()).flat_map(options);
        let granted: Vec<bool> = all.map(|(k, o)| scores.granted(world, k, o)).collect();
        if let Some(gate) = self.gates.lock().expect(WHY).get(&granted) {
            return Arc::clone(gate);
        }
        // Rules and layout are the same in every state of the secrets.
        let gate = Arc::new(self.modal().space.available(self.n, world));
        let mut gates = self.gates.lock().expect(WHY);
        if gates.len() < MOST_GATES {
            gates.insert(granted, Arc::clone(&gate));
        }
        gate
    }
}

/// The place of a world's state of the secrets: one bit a secret.
fn state_of(secrets: &[InputId], world: &World) -> usize {
    secrets.iter().enumerate().map(|(i, s)| usize::from(world.happens(*s)) << i).sum()
}

impl State {
    fn of(n: &Negotiation, space: Space, world: &World) -> Self {
        let lines = |b: &Beholder| n.red_lines(*b).len();
        let each = space.beholders.iter().enumerate().flat_map(|(s, b)| (0..lines(b)).map(move |line| (s, line)));
        let without = each.map(|(s, line)| (s, line, space.plan_without(n, s, line, &|k| world.happens(k)))).collect();
        let claims = n.claims.iter().map(|claim| HeardIn::all(&space, claim.worth)).collect();
        Self { space, without, claims }
    }
}
