//! A side of which the other does not know which of two things it wants, and a gesture by which it may show it.

use super::super::{ActorId, InputId, Negotiation, World};
use super::{NotReckoned, Problem, Turn};

/// What there is to reckon in a negotiation.
#[derive(Debug, Clone, PartialEq)]
pub enum Case {
    /// Both sides know all.
    Known(Box<Problem>),
    /// One side does not know which of two things the other wants.
    Kinds(Box<Kinds>),
}

/// One side, of two kinds.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinds {
    /// The side that knows its own kind: 0 or 1.
    pub informed: usize,
    /// The two.
    pub each: [Kind; 2],
    /// What it may do before the talks to show its kind.
    pub gesture: Option<Gesture>,
}

/// What a side may want.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// Name for readers.
    pub name: String,
    /// How likely the other side takes it to be, in (0, 1); both add up to 1.
    pub prior: f64,
    /// The talks if it wants this.
    pub problem: Problem,
}

impl Kinds {
    /// Why it is not answered what is offered to a side of one of two kinds, by how the talks go; `None` if nothing there stands
    /// against it.
    pub fn why_not_offered(&self) -> Option<NotReckoned> {
        let problem = &self.each[0].problem;
        let alone = Turn::Drawn(if self.informed == 1 { 1.0 } else { 0.0 });
        let why = match problem.steps {
            _ if problem.turn != alone => {
                "a side of which the kind is not known offers too, and might show it: let the other offer alone, \
                 order = \"one-sided\""
                    .into()
            }
            None | Some(1 | 2) => return None,
            Some(more) => {
                format!("to two kinds one offer is reckoned, or two, or offers without a last one, and not {more}")
            }
        };
        Some(NotReckoned(why))
    }
}

/// A token that is sent, or not, before the talks.
#[derive(Debug, Clone, PartialEq)]
pub struct Gesture {
    /// For which of the two kinds whoever sends it would be taken.
    pub shows: usize,
    /// What it costs each kind, in points.
    pub cost: [f64; 2],
    /// What being taken for the kind that it shows is worth to each, in points.
    pub gains: [f64; 2],
}

/// The token of a file: one gesture before the talks, and what being believed is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Who may send it.
    pub by: ActorId,
    /// The want for which whoever sends it would be taken, as written.
    pub shows: String,
    /// Points that it costs, ≥ 0.
    pub cost: InputId,
    /// Points that being taken for that want is worth, whatever comes of the talks.
    pub gains: InputId,
}

impl Negotiation {
    /// The world in which a reckoning is made: the file as written, with every uncertain number at its likeliest value.
    pub fn reckoning_world(&self) -> World {
        self.modal_world(&self.laws(None, &self.default_variants()))
    }

    /// What two sides that reckon would work out, with every number at its likeliest value.
    ///
    /// # Errors
    /// [`NotReckoned`], as of [`reckoning`](Self::reckoning); also if both sides may want two things, or one of them three.
    pub fn reckoned(&self) -> Result<Case, NotReckoned> {
        let fail = |why: String| Err(NotReckoned(why));
        let open: Vec<(usize, Vec<usize>)> = self
            .parties()
            .enumerate()
            .map(|(side, of)| (side, self.wants_of(of).collect::<Vec<_>>()))
            .filter(|(_, wants)| !wants.is_empty())
            .collect();
        let many: Vec<&(usize, Vec<usize>)> = open.iter().filter(|(_, wants)| wants.len() > 1).collect();
        let sure: Vec<usize> = open.iter().filter(|(_, wants)| wants.len() == 1).flat_map(|(_, w)| w.clone()).collect();
        match many[..] {
            [] if self.token.is_some() => {
                fail("a token shows which of two things a side wants, and no side has two".into())
            }
            [] => {
                let n = self.wanting(&sure);
                n.reckoning(&n.reckoning_world()).map(|problem| Case::Known(Box::new(problem)))
            }
            [(informed, wants)] if wants.len() == 2 => self.kinds(*informed, [wants[0], wants[1]], &sure),
            [(side, wants)] => {
                let id = self.parties().nth(*side).map(|i| self.actor(i).id.clone()).unwrap_or_default();
                fail(format!("`{id}` may want {} things, and two are as many as are told apart", wants.len()))
            }
            _ => fail("of both sides it is open what they want".into()),
        }
    }

    fn kinds(&self, informed: usize, wants: [usize; 2], sure: &[usize]) -> Result<Case, NotReckoned> {
        let total: f64 = wants.iter().map(|w| self.wants[*w].prior).sum();
        let kind = |w: usize| {
            let n = self.wanting(&[sure, &[w]].concat());
            let world = n.reckoning_world();
            let kind = Kind {
                name: self.wants[w].name.clone(),
                prior: self.wants[w].prior / total,
                problem: n.reckoning(&world)?,
            };
            Ok((kind, world))
        };
        let [(one, first), (other, second)] = [kind(wants[0])?, kind(wants[1])?];
        let gesture = self.token.as_ref().map(|token| {
            let of = |id: InputId| [&first, &second].map(|world| world.value(id));
            let place = wants.iter().position(|w| self.wants[*w].id == token.shows);
            let by = self.parties().position(|i| i == token.by);
            match place.filter(|_| by == Some(informed)) {
                Some(shows) => Ok(Gesture { shows, cost: of(token.cost), gains: of(token.gains) }),
                None => Err(NotReckoned(format!("the token shows `{}`, which its sender cannot want", token.shows))),
            }
        });
        let kinds = Kinds { informed, each: [one, other], gesture: gesture.transpose()? };
        // A token is answered whatever is offered after it.
        match kinds.why_not_offered().filter(|_| kinds.gesture.is_none()) {
            Some(why) => Err(why),
            None => Ok(Case::Kinds(Box::new(kinds))),
        }
    }
}
