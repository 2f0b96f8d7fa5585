//! One compiled space for every state of the secrets.

use std::sync::OnceLock;

use super::plan::Plan;
use super::{Error, Space, Spans};
use crate::model::{Beholder, InputId, Negotiation, Scale, World};

/// Most secret options: each may have leaked or not, and every combination is compiled when it first occurs.
pub const MOST_SECRETS: usize = 8;

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
    states: Vec<OnceLock<State>>,
}

/// The space in one state of the secrets, and the plans that lack one red line each.
#[derive(Debug)]
pub struct State {
    /// All packages.
    pub space: Space,
    /// Red lines: whose score, which of its lines, and the plan without it.
    pub without: Vec<(usize, usize, Plan)>,
}

impl<'a> Compiled<'a> {
    /// Compiles a negotiation; the modal world is that of `variants` and no reading.
    ///
    /// # Errors
    /// [`Error::TooManyPackages`], [`Error::TooManyRows`], [`Error::TooManySecrets`].
    pub fn of(n: &'a Negotiation, variants: &[bool]) -> Result<Self, Error> {
        let scale = Scale::of(n);
        let modal = n.modal_world(&n.laws(None, variants));
        let options = n.space.issues.iter().flat_map(|k| &k.options);
        let secrets: Vec<InputId> = options.filter_map(|o| o.secret).collect();
        if secrets.len() > MOST_SECRETS {
            return Err(Error::TooManySecrets { secrets: secrets.len(), most: MOST_SECRETS });
        }
        let first = State::of(n, Space::of(n, scale, &|secret| modal.happens(secret))?, &modal);
        let spans = Spans::of(&first.space, &modal);
        let states: Vec<OnceLock<State>> = (0..1 << secrets.len()).map(|_| OnceLock::new()).collect();
        let compiled = Self { n, scale, spans, secrets, states };
        let at = compiled.state_of(&modal);
        compiled.states[at].set(first).expect("no other state is set before this one");
        Ok(compiled)
    }

    /// The space as the secrets stand in a world.
    #[must_use]
    pub fn at(&self, world: &World) -> &State {
        self.states[self.state_of(world)].get_or_init(|| {
            let space = Space::of(self.n, self.scale, &|secret| world.happens(secret));
            State::of(self.n, space.expect("tables have the same rows in every state of the secrets"), world)
        })
    }

    fn state_of(&self, world: &World) -> usize {
        self.secrets.iter().enumerate().map(|(i, s)| usize::from(world.happens(*s)) << i).sum()
    }
}

impl State {
    fn of(n: &Negotiation, space: Space, world: &World) -> Self {
        let lines = |b: &Beholder| match b {
            Beholder::Leadership(i) => n.actor(*i).red_lines.len(),
            Beholder::Audience(a) => n.audience(*a).red_lines.len(),
        };
        let each = space.beholders.iter().enumerate().flat_map(|(s, b)| (0..lines(b)).map(move |line| (s, line)));
        let without = each.map(|(s, line)| (s, line, space.plan_without(n, s, line, &|k| world.happens(k)))).collect();
        Self { space, without }
    }
}
