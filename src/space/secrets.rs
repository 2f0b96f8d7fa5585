//! One compiled space for every state of the secrets.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use super::kept::{Form, Kept};
use super::{ContextPairs, Exclusion, Gate, Space, Spans, TooLarge, plan::ScorePlan};
use crate::model::{Beholder, Defeat, InputId, IssueId, Negotiation, OptionId, Scale, Scores, World};

/// Most secret options: each may have leaked or not, and every combination is compiled when it first occurs.
pub const MOST_SECRETS: usize = 8;

/// Fewest decimal places of a point at which scores are still told apart: millions of points.
const COARSEST: i32 = -6;

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
    states: Vec<OnceLock<Arc<State>>>,
    /// Place of the state of the secrets in the modal world, which is always there.
    modal_at: usize,
    /// Which leaderships may look ahead.
    ahead: Vec<bool>,
    kept: Arc<Kept>,
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
    /// The pairs of contexts of two scores, for those that were asked for.
    pairs: Mutex<BTreeMap<(usize, usize), Arc<ContextPairs>>>,
    /// What the rules and each intent exclude, for those that were asked for.
    ruled_out: Mutex<BTreeMap<usize, Arc<Exclusion>>>,
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
        Self::of_parts(n, variants, scale, Arc::default())
    }

    /// The same as [`of`](Self::of) with what is kept of others of this negotiation, whatever their numbers were: only what
    /// hangs on numbers is compiled again.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn keeping(n: &'a Negotiation, variants: &[bool], kept: &Arc<Kept>) -> Result<Self, TooLarge> {
        Self::of_parts(n, variants, Scale::of(n), Arc::clone(kept))
    }

    fn of_parts(n: &'a Negotiation, variants: &[bool], scale: Scale, kept: Arc<Kept>) -> Result<Self, TooLarge> {
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
        let ahead = n.parties().map(|i| n.looks_ahead(i, Some(variants))).collect();
        let (states, modal_at) =
            ((0..1 << secrets.len()).map(|_| OnceLock::new()).collect(), state_of(&secrets, &modal));
        let spans = Spans(Vec::new());
        let mut it = Self { n, scale, spans, secrets, variants: variants.to_vec(), states, modal_at, ahead, kept };
        let state = it.state_at(&modal)?;
        it.spans = Spans::of(&state.space, &modal);
        it.states[modal_at] = OnceLock::from(state);
        Ok(it)
    }

    /// The state of the secrets in a world: as it is kept, or made.
    fn state_at(&self, world: &World) -> Result<Arc<State>, TooLarge> {
        let (digits, secrets) = (self.scale.digits(), state_of(&self.secrets, world));
        self.kept.state(Form { digits, ahead: self.ahead.clone(), secrets }, || {
            let space = Space::of(self.n, self.scale, Some(&self.variants), &|secret| world.happens(secret))?;
            Ok(State::of(self.n, space, world))
        })
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
        self.states[state_of(&self.secrets, world)]
            .get_or_init(|| self.state_at(world).expect("tables have the same rows in every state of the secrets"))
    }
}

impl Compiled<'_> {
    /// The gate of the packages allowed and available in a world: worlds that grant the same options share it.
    pub fn available(&self, world: &World) -> Arc<Gate> {
        let scores = Scores::new(self.n, self.scale);
        let options = |k: usize| (0..self.n.space.issues[k].options.len()).map(move |o| (IssueId(k), OptionId(o)));
        let all = (0..self.n.space.issues.len()).flat_map(options);
        let granted: Vec<bool> = all.map(|(k, o)| scores.granted(world, k, o)).collect();
        // Rules and layout are the same in every state of the secrets.
        self.kept.gate(&self.ahead, granted, || self.modal().space.available(self.n, world))
    }

    /// What is kept for other numbers of the same negotiation.
    pub fn kept(&self) -> &Arc<Kept> {
        &self.kept
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
        Self { space, without, claims, pairs: Mutex::default(), ruled_out: Mutex::default() }
    }

    /// The pairs of contexts of two scores, by their places among the plans.
    ///
    /// # Panics
    /// Never: nothing panics while it holds the pairs.
    pub fn pairs(&self, own: usize, other: usize) -> Arc<ContextPairs> {
        let mut pairs = self.pairs.lock().expect("nothing panics while it holds the pairs");
        let made = || Arc::new(ContextPairs::of(&self.space.plans[own], &self.space.plans[other]));
        Arc::clone(pairs.entry((own, other)).or_insert_with(made))
    }

    /// What the rules exclude, and what an intent refuses besides.
    ///
    /// # Panics
    /// Never: nothing panics while it holds what is excluded.
    pub fn ruled_out(&self, n: &Negotiation, intent: usize) -> Arc<Exclusion> {
        let mut ruled_out = self.ruled_out.lock().expect("nothing panics while it holds what is excluded");
        let made = || Arc::new(self.space.ruled_out(n, &n.intents[intent].refuses));
        Arc::clone(ruled_out.entry(intent).or_insert_with(made))
    }
}
