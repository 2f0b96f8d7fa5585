//! The checked negotiation: everything that a scenario says, and nothing that it may not say.

use std::collections::BTreeMap;

use itertools::Itertools;
use serde::Serialize;

use super::reckoning::Token;
use super::{
    Actor, ActorId, Anchor, Audience, AudienceId, Beliefs, Circumstance, Claim, Conduct, DealSpace, Direction,
    Durability, Event, Game, GoingOn, Input, InputId, Inputs, Intent, Law, Mediator, Modifier, NamedPackage, Owing,
    Pace, Package, Played, Reading, Sighting, Stage, State, StateId, Talks, Variant, Want, World,
};

/// A negotiation as mathematics. Built by [`scenario`](crate::scenario); past that door nothing is checked twice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Negotiation {
    /// Title of the scenario.
    pub title: String,
    /// The question that it asks.
    pub question: String,
    /// What one round is.
    pub round: Period,
    /// The unit of time in which rates and spans are given; a round is at most that long.
    pub per: Period,
    /// The length of a round where it is made to be another than [`round`](Self::round); `None`: it is that.
    pub step: Option<Pace>,
    /// First day, as `2025-05-20`.
    pub start: Option<String>,
    /// Number of rounds after which the observer looks away, ≥ 0. It is nobody's clock.
    pub horizon: u32,
    /// How many years those who decide look ahead; `None`: [`LOOKS_AHEAD`].
    pub looks_ahead: Option<InputId>,
    /// How long it goes on without a deal.
    pub going_on: GoingOn,
    /// All who take part.
    pub actors: Vec<Actor>,
    /// All who judge.
    pub audiences: Vec<Audience>,
    /// What can be agreed.
    pub space: DealSpace,
    /// The aims that claims may meet.
    pub aims: Vec<String>,
    /// What can be said at home.
    pub claims: Vec<Claim>,
    /// What changes the worth of terms.
    pub modifiers: Vec<Modifier>,
    /// States of the world around the talks.
    pub states: Vec<State>,
    /// In what stages it is settled; none: everything at once.
    pub stages: Vec<Stage>,
    /// What may happen around the talks.
    pub events: Vec<Event>,
    /// What the parties may be after.
    pub intents: Vec<Intent>,
    /// What sides may want; none of a party: what file and reading say.
    pub wants: Vec<Want>,
    /// Who chooses among what, where the file says so.
    pub game: Option<Game>,
    /// With what chances intents are drawn, where the game has said so; `None`: by their priors. No file sets it.
    pub played: Option<Played>,
    /// One gesture before the talks by which a side may show what it wants.
    pub token: Option<Token>,
    /// Who goes between the parties, if anybody does.
    pub mediator: Option<Mediator>,
    /// What actors owe each other.
    pub ledger: Vec<Owing>,
    /// How talks are held; `None`: no talks are run.
    pub talks: Option<Talks>,
    /// How long deals hold; `None`: nothing is said of it.
    pub durability: Option<Durability>,
    /// What observers start from; there if and only if talks are.
    pub beliefs: Option<Beliefs>,
    /// What has been observed so far, in the order of the file.
    pub record: Vec<Sighting>,
    /// Packages with names.
    pub packages: Vec<NamedPackage>,
    /// Rival accounts.
    pub readings: Vec<Reading>,
    /// Switches.
    pub variants: Vec<Variant>,
    /// Verdicts that any sane world must give.
    pub anchors: Vec<Anchor>,
    /// What any sane course of the talks must keep.
    pub conduct: Vec<Conduct>,
    /// Which way answers ought to move when something is changed.
    pub directions: Vec<Direction>,
    /// Every number.
    pub inputs: Inputs,
    /// Who says so, by the path of each entry that has a source, as `claims.inflation`.
    pub sources: BTreeMap<String, String>,
    /// Shared unknowns: identifier and place among the inputs.
    pub unknowns: Vec<(String, InputId)>,
}

/// How many years those who decide look ahead, unless a file says otherwise. Source: assumption.
pub const LOOKS_AHEAD: f64 = 5.0;

/// The length of a round, or a unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// One day.
    Day,
    /// Three days and a half.
    HalfWeek,
    /// Seven days.
    #[default]
    Week,
    /// One month.
    Month,
    /// One year.
    Year,
}

impl Period {
    /// Every period, with its word.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("day", Self::Day),
        ("half-week", Self::HalfWeek),
        ("week", Self::Week),
        ("month", Self::Month),
        ("year", Self::Year),
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// Its mean length in days of the Gregorian calendar.
    pub fn days(self) -> f64 {
        [1.0, 3.5, 7.0, 365.2425 / 12.0, 365.2425][self as usize]
    }

    /// How many of them make a year.
    pub fn in_a_year(self) -> f64 {
        365.2425 / self.days()
    }
}

/// Which defeats count (the readings of defeat).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Defeat {
    /// A party is defeated iff an audience with a veto says so.
    #[default]
    Audience,
    /// A party is defeated iff its leadership prefers no deal, or a red line of its own is crossed.
    Leader,
    /// Either.
    Both,
    /// Nobody has a veto: no package is a defeat.
    NoVeto,
}

impl Defeat {
    /// Every way to count defeats, with its word.
    pub const WORDS: [(&'static str, Self); 4] =
        [("audience", Self::Audience), ("leader", Self::Leader), ("both", Self::Both), ("no-veto", Self::NoVeto)];

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// Whether the verdicts of audiences count.
    pub fn counts_audiences(self) -> bool {
        matches!(self, Self::Audience | Self::Both)
    }

    /// Whether the judgement of leaderships counts.
    pub fn counts_leaders(self) -> bool {
        matches!(self, Self::Leader | Self::Both)
    }
}

impl Negotiation {
    /// The actors whose consent makes or breaks a deal, in file order.
    pub fn parties(&self) -> impl Iterator<Item = ActorId> + '_ {
        self.actors.iter().enumerate().filter(|(_, a)| a.is_party()).map(|(i, _)| ActorId(i))
    }

    /// The audiences of an actor, in file order.
    pub fn audiences_of(&self, actor: ActorId) -> impl Iterator<Item = AudienceId> + '_ {
        self.audiences.iter().enumerate().filter(move |(_, a)| a.of == actor).map(|(i, _)| AudienceId(i))
    }

    /// Whether the verdict of an audience can stop anything: only that of a party's audience can. Assumption.
    pub fn may_bind(&self, audience: AudienceId) -> bool {
        self.actor(self.audience(audience).of).is_party()
    }

    /// Whether the verdict of an audience binds its actor in a world: the actor is a party, and the veto happens.
    pub fn binds(&self, world: &World, audience: AudienceId) -> bool {
        self.may_bind(audience) && world.happens(self.audience(audience).veto)
    }

    /// Whether an audience can ever say defeat: it has a line of its own, or a red line.
    pub fn can_say_defeat(&self, audience: AudienceId) -> bool {
        let audience = self.audience(audience);
        audience.defeat_below.is_some() || !audience.red_lines.is_empty()
    }

    /// The views of all leaderships and of all audiences, `views[issue]` each.
    pub fn views(&self) -> impl Iterator<Item = &Vec<Option<super::IssueView>>> {
        self.actors.iter().map(|a| &a.views).chain(self.audiences.iter().map(|a| &a.views))
    }

    /// The clauses of the scenario, each with its section and the identifier of its entry; those of rules aside.
    pub fn clauses(&self) -> impl Iterator<Item = (&'static str, &str, &super::Clause)> {
        let claims = self.claims.iter().map(|c| ("claims", c.id.as_str(), &c.clause));
        let lines = self.actors.iter().map(|a| &a.red_lines).chain(self.audiences.iter().map(|a| &a.red_lines));
        let lines = lines.flatten().map(|l| ("red_lines", l.id.as_str(), &l.clause));
        let links = self.actors.iter().flat_map(|a| &a.links).map(|l| ("links", l.id.as_str(), &l.clause));
        let modifiers = self.modifiers.iter().filter_map(|m| match &m.scope {
            super::Scope::When(clause) => Some(("modifiers", m.id.as_str(), clause)),
            super::Scope::Form(_) => None,
        });
        let factors = self.durability.iter().flat_map(|d| &d.factors).filter_map(|f| match &f.counts {
            super::Counted::When(clause) => Some(("durability.factors", f.id.as_str(), clause)),
            _ => None,
        });
        claims.chain(lines).chain(links).chain(modifiers).chain(factors)
    }

    /// The intents that a party may have, in file order.
    pub fn intents_of(&self, actor: ActorId) -> impl Iterator<Item = usize> + '_ {
        self.intents.iter().enumerate().filter(move |(_, it)| it.of == actor).map(|(i, _)| i)
    }

    /// Every circumstance that something in the talks waits for.
    pub fn circumstances(&self) -> impl Iterator<Item = &Circumstance> {
        let states = self.states.iter().map(|s| &s.during).chain(self.events.iter().map(|e| &e.during));
        let responses = self.intents.iter().flat_map(|it| &it.responses).map(|r| &r.during);
        let escalations = self.intents.iter().flat_map(|it| &it.escalates).map(|e| &e.during);
        let yields = self.intents.iter().flat_map(|it| &it.yields).map(|y| &y.during);
        let beside = self.stages.iter().flat_map(|stage| &stage.beside).map(|b| &b.during);
        states.chain(responses).chain(escalations).chain(yields).chain(beside)
    }

    /// Whether the course of the talks depends on a state: a circumstance names it, or it may decide.
    pub fn steers(&self, state: StateId) -> bool {
        let names = |c: &Circumstance| c.over.iter().chain(&c.under).any(|(s, _)| *s == state);
        !self.states[state.0].decisive.is_empty() || self.circumstances().any(names)
    }

    /// The actor at a place.
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.actors[id.0]
    }

    /// The audience at a place.
    pub fn audience(&self, id: AudienceId) -> &Audience {
        &self.audiences[id.0]
    }

    /// The named package with this identifier.
    pub fn named(&self, id: &str) -> Option<&NamedPackage> {
        self.packages.iter().find(|p| p.id == id)
    }

    /// The package that the scenario marks as the bare minimum.
    pub fn bare_minimum(&self) -> Option<&NamedPackage> {
        self.packages.iter().find(|p| p.bare_minimum)
    }

    /// The law of every input under one reading (`None`: none) and the variants as switched: `laws[input]`.
    ///
    /// Later entries win: the file, then the variants that are on (no two of which may [`clash`](Self::clash)), then the
    /// reading.
    pub fn laws(&self, reading: Option<usize>, variants_on: &[bool]) -> Vec<Law> {
        let mut laws: Vec<Law> = self.inputs.iter().map(|(_, input)| input.law.clone()).collect();
        let on = self.variants.iter().zip(variants_on).filter(|(_, on)| **on).map(|(v, _)| &v.set);
        let read = reading.map(|r| &self.readings[r].set);
        for (id, law) in on.chain(read).flatten() {
            laws[id.0] = law.clone();
        }
        laws
    }

    /// Whether there is only one world: no input is uncertain, no two readings are drawn, and no talks are run.
    pub fn has_one_world(&self, reading: Option<usize>, variants_on: &[bool]) -> bool {
        let laws = self.laws(reading, variants_on);
        let uncertain = |(id, input): (InputId, &Input)| laws[id.0].is_uncertain(input.kind);
        self.talks.is_none() && (reading.is_some() || self.readings.is_empty()) && !self.inputs.iter().any(uncertain)
    }

    /// The ids of two variants that are both on and set the same number, and that number: which of them holds would depend on the
    /// order of the file, so such a pair is refused wherever variants are switched.
    pub fn clash(&self, variants_on: &[bool]) -> Option<(&str, &str, InputId)> {
        let on = self.variants.iter().zip(variants_on).filter(|(_, on)| **on).map(|(v, _)| v);
        on.array_combinations().find_map(|[first, second]| {
            let both = second.set.iter().find(|(id, _)| first.set.iter().any(|(other, _)| other == id));
            both.map(|(id, _)| (first.id.as_str(), second.id.as_str(), *id))
        })
    }

    /// The variants as the file switches them: `on[variant]`.
    pub fn default_variants(&self) -> Vec<bool> {
        self.variants.iter().map(|v| v.on).collect()
    }

    /// The identifier of an intent, with that of its actor before it: `russia.stall`.
    pub fn intent_id(&self, at: usize) -> String {
        let intent = &self.intents[at];
        format!("{}.{}", self.actor(intent.of).id, intent.id)
    }

    /// The name of a package if it has one, else its terms.
    pub fn describe(&self, package: &Package) -> String {
        match self.packages.iter().find(|p| p.package == *package) {
            Some(named) => named.id.clone(),
            None => self.space.changes(package),
        }
    }
}
