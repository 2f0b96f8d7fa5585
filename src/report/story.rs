//! One run told in plain words: every sentence is a step of the run, and nothing is told that did not happen.

mod screen;
mod turns;

pub use screen::screen;

use super::{
    calendar::date,
    terms::{self, in_words},
    who::Who,
};
use crate::analysis::{YEARS, word};
use crate::engine::talks::{Block, Cause, Ending, Outlook, Refusal, Run, Step, What};
use crate::model::{ActorId, AudienceId, IssueId, Move, Negotiation, OwingId, Package, Scale, StageId, Verdict};
use crate::text::words::{bullet, capital, list, number, paragraph, percent, visible};

/// The transcript of a run under a seed; `steps` are all of its steps, `notes` what a reader must be told first.
pub fn page(n: &Negotiation, scale: Scale, notes: &[String], seed: u64, run: &Run, steps: &[Step]) -> String {
    let teller = Teller { n, scale };
    let reading = run.reading.map_or(String::new(), |r| format!(", in the reading `{}`", n.readings[r].id));
    let mut out = paragraph(&format!("{}: run {} under seed {seed}{reading}.", visible(&n.title), run.run));
    notes.iter().for_each(|note| out += &paragraph(note));
    out.push('\n');
    out += &paragraph(&format!("What each is after, unknown to the others: {}.", list(after(&teller, steps))));
    out + &rounds(&teller, steps)
}

/// One round of a run in full; empty if it has no such round.
pub fn one_round(n: &Negotiation, scale: Scale, steps: &[Step], round: u32) -> String {
    let steps: Vec<Step> = steps.iter().filter(|step| step.round == round).cloned().collect();
    rounds(&Teller { n, scale }, &steps)
}

/// What each party is after.
fn after(teller: &Teller, steps: &[Step]) -> Vec<String> {
    let intent = |step: &Step| match step.what {
        What::Intends(of, at) => Some(teller.who(of).intends(teller.n, at)),
        _ => None,
    };
    steps.iter().filter_map(intent).collect()
}

/// Steps round by round.
fn rounds(teller: &Teller, steps: &[Step]) -> String {
    let (mut out, mut round) = (String::new(), 0);
    for step in steps.iter().filter(|s| !matches!(s.what, What::Intends(..))) {
        if step.round != round {
            round = step.round;
            let day = date(teller.n, round).map_or(String::new(), |day| format!(", {day}"));
            out += &format!("\nRound {round}{day}\n");
        }
        if let What::Ends(run) = &step.what {
            out += &format!("\n{}", paragraph(&teller.end(run)));
        } else {
            out += &bullet(&capital(&teller.sentence(&step.what)));
        }
    }
    out
}

/// How a run ended, in a paragraph.
pub fn end(n: &Negotiation, scale: Scale, run: &Run) -> String {
    paragraph(&Teller { n, scale }.end(run))
}

/// How runs of this kind end, without saying for whom.
pub fn ending(ending: Ending) -> &'static str {
    ending_words(ending)[0]
}

/// An ending in a word or two, for tables and pictures.
pub fn short(ending: Ending) -> &'static str {
    ending_words(ending)[1]
}

/// An ending in a clause, and in a word or two.
fn ending_words(ending: Ending) -> [&'static str; 2] {
    match ending {
        Ending::Settlement => ["a settlement, final and a defeat for nobody", "settlement"],
        Ending::Truce => ["a temporary deal, a defeat for nobody", "temporary deal"],
        Ending::Defeat => ["a deal that is a defeat for somebody", "defeat for somebody"],
        Ending::Unratified => ["a deal that those at home do not ratify", "not ratified"],
        Ending::Imposed => ["a side imposed its will", "imposed"],
        Ending::NoDeal => ["no deal", "no deal"],
    }
}

/// What stood in the way last, in words.
pub fn blocked(n: &Negotiation, block: Block) -> String {
    Teller::of(n).block(block)
}

/// Why a party refused, in as few words as say it.
pub fn because(n: &Negotiation, of: ActorId, why: Refusal) -> String {
    match why {
        Refusal::RuledOut => Who::actor(n, of).of_it("its aims forbid that"),
        Refusal::RedLine => "by a red line".into(),
        Refusal::WorseThanNoDeal => "better off without".into(),
        Refusal::WorseThanSoFar => "would lose what is settled".into(),
        Refusal::WouldNotKeep(i) => format!("{} would not keep it", visible(&n.actor(i).name)),
        Refusal::NotEnoughYet => "hoping for more".into(),
        Refusal::Home(a) => format!("for fear of {}", visible(&n.audience(a).name)),
    }
}

/// Why there is no deal, in a clause.
pub fn why(n: &Negotiation, cause: Cause) -> String {
    Teller::of(n).cause(cause)
}

/// Why there is no deal, in a word or two.
pub fn briefly(n: &Negotiation, cause: Cause) -> String {
    match cause {
        Cause::WalkedOut(of) => format!("{} left", visible(&n.actor(of).name)),
        Cause::Mishap => "mishap".into(),
        Cause::Ultimatum => "over an ultimatum".into(),
        Cause::Escalation => "over an escalation".into(),
        Cause::MediatorLeft => "the mediator left".into(),
        Cause::Deadline => "deadline".into(),
        Cause::RanOut if n.is_conflict() => "conflict ended by itself".into(),
        Cause::RanOut => "the matter ended by itself".into(),
        Cause::StillTalking => "still talking".into(),
    }
}

/// One step in a sentence; empty for what is told at the head and at the end of a page.
pub fn sentence(n: &Negotiation, scale: Scale, what: &What) -> String {
    Teller { n, scale }.sentence(what)
}

struct Teller<'a> {
    n: &'a Negotiation,
    scale: Scale,
}

impl<'a> Teller<'a> {
    fn of(n: &'a Negotiation) -> Self {
        Self { n, scale: Scale::of(n) }
    }

    fn actor(&self, i: ActorId) -> String {
        visible(&self.n.actor(i).name)
    }

    fn who(&self, i: ActorId) -> Who {
        Who::actor(self.n, i)
    }

    fn audience(&self, a: AudienceId) -> String {
        visible(&self.n.audience(a).name)
    }

    fn points(&self, units: i64) -> String {
        number(self.scale.points(units))
    }

    fn sentence(&self, what: &What) -> String {
        let n = self.n;
        match what {
            What::Intends(..) | What::Ends(_) => String::new(),
            What::Moves { state, from, to } => {
                format!("{} goes from {} to {}.", visible(&n.states[state.0].name), number(*from), number(*to))
            }
            What::Happens(event) => format!("Event: {}.", visible(&n.events[*event].name)),
            What::Escalates(of) => self.who(*of).does("escalates outside the room."),
            What::Makes(of, made) => self.who(*of).does(made_in_words(*made)) + ".",
            What::Offers { by, stage, package, utility, aspiration, .. } => {
                let (who, worth) = (self.who(*by), self.points(*utility));
                if let Some(stage) = stage {
                    let (puts, terms) = (who.does("puts a paper on the table"), self.settled_words(*stage, package));
                    let worth = who.of_it(&format!("worth {worth} to it"));
                    return format!("{puts}, for {}, {worth}: {terms}.", self.paper(Some(*stage)));
                }
                let asked = self.points(*aspiration);
                let names = format!("names a package worth {worth} to it (it asks for {asked})");
                format!("{}: {}.", who.does(&names), in_words(n, package))
            }
            What::HasNothing(of, None) => self.who(*of).does("has nothing to offer that it could sign itself") + ".",
            What::HasNothing(of, Some(who)) => {
                let (nothing, breaks) =
                    (self.who(*of).does("has nothing to offer"), self.who(*who).does("would not keep it"));
                format!("{nothing}: {breaks}.")
            }
            What::Accepts(of) => self.who(*of).does("accepts."),
            What::Refuses(of, why) => format!("{}: {}.", self.who(*of).does("refuses"), self.refusal(*of, *why)),
            What::Agreed => "It is agreed.".into(),
            What::Drafts { stage, due } => {
                let (what, day) = (self.paper(*stage), date(n, *due).map_or(String::new(), |day| format!(", {day}")));
                format!("Drafting of {what} begins; it is to be signed in round {due}{day}.")
            }
            What::Signs(stage) => format!("Signed: {}.", self.paper(*stage)),
            What::Leaves(of) => self.who(*of).does("leaves for good; the others go on."),
            What::RunsOut => format!("{}.", capital(self.ran_out())),
            What::Withdraws(of) => self.who(*of).does("withdraws: it would by now rather go on without a deal."),
            What::Reopens => "What was being drafted is open again.".into(),
            What::SettledBeside { stage, package } => {
                let terms = self.settled_words(*stage, package);
                format!("Beside the talks, {} is settled: {terms}.", self.paper(Some(*stage)))
            }
            What::ConflictResumes => "The conflict breaks out again.".into(),
            What::MediatorLeaves(of) => self.who(*of).does("has lost its patience and leaves."),
            What::Presses { by, of } => format!("{} {}.", self.who(*by).does("presses"), self.actor(*of)),
            What::TakesHeart { by, .. } => self.who(*by).does("takes heart: it will wait longer."),
            What::Proposes { by, package, .. } => {
                format!("{}: {}.", self.who(*by).does("puts a text of its own before them"), in_words(n, package))
            }
            What::Owes { owing, stock } => {
                let (by, to) = self.account(*owing);
                format!("{} {to} more than before: {} favours.", by.does("owes"), number(*stock))
            }
            What::Spends { owing, favours } => {
                let ((by, to), spent) = (self.account(*owing), number(*favours));
                format!("{} for the sake of {to}: {spent} favours are spent.", by.does("consents"))
            }
            What::ConflictEnds => "The conflict ends with that.".into(),
            What::Votes { audience, chance, ratifies } => self.votes(*audience, *chance, *ratifies),
            What::Learns { by, about, weights } => self.belief(by, *about, weights),
            What::PutAgain => "The same text is put to the vote again.".into(),
            What::GoesBack => "The deal goes back to the table.".into(),
            What::Lasts(outlook) => self.lasts(outlook),
        }
    }

    /// A stage by its name; without stages there is but the deal.
    fn paper(&self, stage: Option<StageId>) -> String {
        stage.map_or("the deal".into(), |stage| visible(&self.n.stage(stage).name))
    }

    /// Who owes, and whom.
    fn account(&self, owing: OwingId) -> (Who, String) {
        let it = &self.n.ledger[owing.0];
        (self.who(it.by), self.actor(it.to))
    }

    fn votes(&self, audience: AudienceId, chance: f64, ratifies: bool) -> String {
        let (who, verb) = (Who::audience(self.n, audience), if ratifies { "ratifies" } else { "does not ratify" });
        format!("{} (the chance that {} would was {}).", who.does(verb), who.it(), number(chance))
    }

    fn lasts(&self, outlook: &Outlook) -> String {
        let chances: Vec<String> = YEARS.iter().map(|years| number(outlook.hazard.survival(*years))).collect();
        let factors = self.n.durability.iter().flat_map(|d| &d.factors).zip(&outlook.hazard.factors);
        let in_force = factors
            .filter(|(_, z)| **z > 0.0)
            .map(|(f, z)| if *z == 1.0 { visible(&f.name) } else { format!("{} ({})", visible(&f.name), number(*z)) });
        let in_force: Vec<String> = in_force.collect();
        let because = if in_force.is_empty() { String::new() } else { format!("; in force: {}", list(&in_force)) };
        let turned: Vec<String> = outlook.turned.iter().map(|a| self.audience(*a)).collect();
        let turned = if turned.is_empty() {
            String::new()
        } else {
            format!(" Once sentiment has turned, {} would call it a defeat.", list(&turned))
        };
        let years: Vec<String> = YEARS.iter().map(|years| number(*years)).collect();
        let (chances, years) = (list(&chances), list(&years));
        format!("The chance that it still holds after {years} years is {chances}{because}.{turned}")
    }

    /// What a stage settles of a package.
    fn settled_words(&self, stage: StageId, package: &Package) -> String {
        let picks = self.n.space.picks(package).enumerate();
        let settles = &self.n.stage(stage).settles;
        let own = picks.filter(|(k, _)| settles.contains(&IssueId(*k)));
        list(own.map(|(_, (issue, o))| format!("{}: {}", visible(&issue.name), visible(&o.name))))
    }

    fn belief(&self, by: &[ActorId], about: ActorId, weights: &[(usize, f64)]) -> String {
        let who: Vec<String> = by.iter().map(|i| self.actor(*i)).collect();
        let them = self.who(about);
        let weight = |(k, share): &(usize, f64)| format!("{} ({})", them.it_intends(self.n, *k), percent(*share));
        let weights: Vec<String> = weights.iter().map(weight).collect();
        let verb = if by.len() == 1 {
            by.first().map_or("thinks", |i| if self.n.actor(*i).plural { "think" } else { "thinks" })
        } else {
            "think"
        };
        format!("{} now {verb} of {}: {}.", list(&who), self.actor(about), weights.join(", "))
    }

    fn refusal(&self, of: ActorId, why: Refusal) -> String {
        let who = self.who(of);
        match why {
            Refusal::RuledOut => who.of_it("what it is after rules that out"),
            Refusal::RedLine => who.of_it("a red line of its own is crossed"),
            Refusal::WorseThanNoDeal => who.of_it("it would rather go on without a deal"),
            Refusal::WorseThanSoFar => who.of_it("it would lose what is settled so far"),
            Refusal::WouldNotKeep(of) => self.who(of).does("would not keep it"),
            Refusal::NotEnoughYet => who.of_it("it still hopes for more"),
            Refusal::Home(a) => format!("{} would not bear it", self.audience(a)),
        }
    }

    fn end(&self, run: &Run) -> String {
        let verdict = |(a, verdict): (usize, &Verdict)| {
            // Who cannot bind its leadership here may call a defeat what is one for nobody.
            let idle =
                if *verdict == Verdict::Defeat && !run.binding[a] { ", without a veto in this world" } else { "" };
            format!("{} {}{idle}", Who::audience(self.n, AudienceId(a)).does("says"), word(verdict))
        };
        let said: Vec<String> = run.verdicts.iter().enumerate().map(verdict).collect();
        let said = if said.is_empty() { String::new() } else { format!(" {}.", capital(&list(&said))) };
        let losers = run.defeated.iter().map(|i| self.actor(*i));
        let how = match run.ending {
            Ending::Settlement => format!("a settlement, a defeat for nobody{}", terms::asked(self.n)),
            Ending::Truce => format!("a temporary deal, a defeat for nobody{}", terms::asked(self.n)),
            Ending::Defeat => format!("a deal that is a defeat for {}", list(losers)),
            Ending::Unratified => "a deal that those at home did not ratify".into(),
            Ending::NoDeal => {
                let why = run.cause.map_or(String::new(), |cause| format!(": {}", self.cause(cause)));
                let papers: Vec<String> = run.signed.iter().map(|s| visible(&self.n.stage(*s).name)).collect();
                let verb = if papers.len() == 1 { "stands" } else { "stand" };
                let stands = if papers.is_empty() { papers } else { vec![format!("; {} {verb}", list(&papers))] };
                format!("no deal{why}{}", stands.concat())
            }
            Ending::Imposed => run
                .imposed_by
                .map_or("one side can impose its will".into(), |by| self.who(by).does("can impose its will")),
        };
        let stood = run.blocked.map_or(String::new(), |b| format!(" What stood in the way last: {}.", self.block(b)));
        format!("The end in round {}: {how}.{said}{stood}", run.rounds)
    }

    fn cause(&self, cause: Cause) -> String {
        match cause {
            Cause::WalkedOut(of) => self.who(of).does("leaves for good"),
            Cause::Mishap => "the talks break down, though nobody means them to".into(),
            Cause::Ultimatum => "the talks break down over an ultimatum".into(),
            Cause::Escalation => "the talks break down over an escalation".into(),
            Cause::MediatorLeft => "the mediator leaves, and nobody goes on without one".into(),
            Cause::Deadline => "the deadline passes".into(),
            Cause::RanOut => self.ran_out().into(),
            Cause::StillTalking => "they are still talking at the horizon".into(),
        }
    }

    /// That what went on without a deal has ended by itself.
    fn ran_out(&self) -> &'static str {
        if self.n.is_conflict() {
            "the conflict ends by itself, without a deal"
        } else {
            "what the talks were about came to an end by itself"
        }
    }

    fn block(&self, block: Block) -> String {
        match block {
            Block::NoOffer => "nobody made an offer".into(),
            Block::Drafting => "what was agreed was still being drafted".into(),
            Block::NothingToOffer(of) => self.who(of).does("had nothing to offer that it could sign itself"),
            Block::Refused(of, why) => format!("{} refused, because {}", self.actor(of), self.refusal(of, why)),
            Block::Unratified(a) => format!("{} did not ratify", self.audience(a)),
        }
    }
}

fn made_in_words(made: Move) -> &'static str {
    match made {
        Move::Offer => "makes an offer",
        Move::Token => "makes a small gesture",
        Move::Talk => "talks, without an offer",
        Move::Hold => "does nothing",
        Move::Ultimatum => "gives an ultimatum",
        Move::WalkOut => "walks out",
    }
}
