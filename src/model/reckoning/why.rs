//! For what reasons there is no answer: everything that a reckoning does not know.

use super::super::{ActorId, Agree, AudienceId, InputId, Negotiation, World};
use super::NotReckoned;

impl Negotiation {
    /// The first reason for which a negotiation is not reckoned, whatever is divided; `None` if there is none.
    pub(super) fn why_not_reckoned(&self, world: &World) -> Option<String> {
        self.who_takes_part().or_else(|| self.what_they_are_after(world)).or_else(|| self.what_is_around(world))
    }

    fn who_takes_part(&self) -> Option<String> {
        let parties: Vec<ActorId> = self.parties().collect();
        let Some(talks) = &self.talks else { return Some("there are no [talks]".into()) };
        if parties.len() != 2 {
            return Some(format!("it is for two sides, and {} negotiate", parties.len()));
        }
        if talks.agree != Agree::All && self.has_coalitions() {
            return Some("one side can do without the other's consent".into());
        }
        None
    }

    fn what_they_are_after(&self, world: &World) -> Option<String> {
        for party in self.parties() {
            let id = &self.actor(party).id;
            let all: Vec<usize> = self.intents_of(party).collect();
            let [only] = all[..] else {
                return Some(format!(
                    "`{id}` may be after {} things, and the other side does not know which",
                    all.len()
                ));
            };
            let intent = &self.intents[only];
            if !intent.reckons() {
                return Some(format!("`{id}` does not reckon: its moves are those of `{}`", intent.id));
            }
            let has = |what: &str| Some(format!("intent `{}` of `{id}` has `{what}`", intent.id));
            if !intent.responses.is_empty() {
                return has("responses");
            }
            if intent.escalates.is_some() {
                return has("escalates");
            }
            if intent.yields.is_some() {
                return has("yields");
            }
            if intent.holds_out.is_some() {
                return has("holds_out");
            }
            if intent.patience.is_some() {
                return has("patience");
            }
            if intent.deadline.is_some() {
                return has("deadline");
            }
            if world.value(self.actor(party).misreads) > 0.0 {
                return Some(format!("`{id}` misreads what the other side wants"));
            }
            if world.value(self.actor(party).no_deal.contact) != 0.0 {
                return Some(format!("to `{id}` the talks themselves are worth something (`contact`)"));
            }
            if self.actor(party).no_deal.lasts.is_some() {
                return Some(format!("`{id}` has a belief of its own on how long it goes on (`lasts`)"));
            }
        }
        None
    }

    fn what_is_around(&self, world: &World) -> Option<String> {
        let first = |what: &str, id: Option<&String>| id.map(|id| format!("{what} `{id}` may change things meanwhile"));
        let around = first("the state", self.states.first().map(|it| &it.id))
            .or_else(|| first("the event", self.events.first().map(|it| &it.id)))
            .or_else(|| self.stages.first().map(|it| format!("it goes in stages, as `{}`", it.id)))
            .or_else(|| self.mediator.as_ref().map(|it| format!("`{}` goes between", self.actor(it.actor).id)))
            .or_else(|| self.ledger.first().map(|it| format!("favours are owed, as in `{}`", it.id)))
            .or_else(|| self.durability.as_ref().map(|_| "how long a deal holds is open, [durability]".to_owned()));
        if around.is_some() {
            return around;
        }
        if self.going_on.lasts.is_some() {
            return Some("it may end by itself at any time; say when it ends, [conflict] until".into());
        }
        if self.space.options().any(|option| !option.ratified_by.is_empty()) {
            return Some("a package may have to be ratified, and a vote can be lost".into());
        }
        self.binding(world).err().map(|why| why.0)
    }

    /// The audiences that bind a party, all of them for certain and with lines that stay.
    pub(super) fn binding(&self, world: &World) -> Result<Vec<AudienceId>, NotReckoned> {
        let fail = |id: &str, why: &str| Err(NotReckoned(format!("{why} `{id}`")));
        let mut binding = Vec::new();
        for a in (0..self.audiences.len()).map(AudienceId) {
            let it = self.audience(a);
            let (lo, hi) = self.range(it.veto);
            if !self.may_bind(a) || hi <= 0.0 {
                continue;
            }
            if lo < 1.0 {
                return fail(&it.id, "nobody knows whether a veto will be used by");
            }
            let asked = it.accepts_if_borne.or(self.talks.as_ref().map(|talks| talks.accepts_if_borne));
            if asked.is_some_and(|asked| world.value(asked) <= 0.0) || !self.can_say_defeat(a) {
                continue;
            }
            let is_moved = |id: InputId| world.value(id) != 0.0;
            if world.value(it.ballot_noise) > 0.0 || it.unsure.is_some() || is_moved(it.hopes) {
                return fail(&it.id, "nobody knows what is borne by");
            }
            if is_moved(it.per_round) {
                return fail(&it.id, "the line moves with time of");
            }
            binding.push(a);
        }
        Ok(binding)
    }
}
