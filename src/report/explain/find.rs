//! Which thing of a scenario a word names.

use crate::ask::{Wrong, unknown};
use crate::model::{ActorId, AudienceId, Beholder, ClaimId, InputId, IssueId, Negotiation, OptionId, StateId};

/// A thing of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    word: String,
    pub(super) of: Of,
}

/// What it is, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Issue(IssueId),
    Term(IssueId, OptionId),
    Claim(ClaimId),
    Audience(AudienceId),
    Actor(ActorId),
    Intent(usize),
    State(StateId),
    Event(usize),
    RedLine(Beholder, usize),
    Rule(usize),
    Modifier(usize),
    Package(usize),
    Unknown(usize),
    Variant(usize),
    Reading(usize),
    Input(InputId),
}

impl Thing {
    /// How it is called.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// What it is.
    pub fn kind(&self) -> &'static str {
        match self.of {
            Of::Issue(_) => "issue",
            Of::Term(..) => "term",
            Of::Claim(_) => "claim",
            Of::Audience(_) => "audience",
            Of::Actor(_) => "actor",
            Of::Intent(_) => "intent",
            Of::State(_) => "state",
            Of::Event(_) => "event",
            Of::RedLine(..) => "red line",
            Of::Rule(_) => "rule",
            Of::Modifier(_) => "modifier",
            Of::Package(_) => "package",
            Of::Unknown(_) => "unknown",
            Of::Variant(_) => "variant",
            Of::Reading(_) => "account",
            Of::Input(_) => "number",
        }
    }

    /// The numbers that belong to it.
    pub fn inputs(&self, n: &Negotiation) -> Vec<InputId> {
        let (starts, parts) = self.paths(n);
        let set = match self.of {
            Of::Variant(v) => &n.variants[v].set[..],
            Of::Reading(r) => &n.readings[r].set[..],
            _ => &[],
        };
        let belongs = |path: &str| {
            let under =
                |start: &String| path == start || path.strip_prefix(start).is_some_and(|rest| rest.starts_with('.'));
            starts.iter().any(under)
                || parts.iter().any(|[first, last]| {
                    path.strip_prefix(first.as_str())
                        .is_some_and(|rest| rest.ends_with(last.as_str()) || rest.contains(&format!("{last}.")))
                })
        };
        let own = |id: InputId| set.iter().any(|(of, _)| *of == id);
        n.inputs.iter().filter(|(id, input)| own(*id) || belongs(&input.path)).map(|(id, _)| id).collect()
    }

    /// How the paths of its numbers begin; or begin and go on.
    fn paths(&self, n: &Negotiation) -> (Vec<String>, Vec<[String; 2]>) {
        let own = |section: &str, id: &str| vec![format!("{section}.{id}")];
        let views = |id: &str| vec![["issues.".to_owned(), format!(".views.{id}")]];
        match self.of {
            Of::Issue(k) => (own("issues", &n.space.issues[k.0].id), vec![]),
            Of::Term(k, o) => {
                let issue = &n.space.issues[k.0];
                let begins = format!("issues.{}.", issue.id);
                (
                    vec![format!("{begins}options.{}", issue.options[o.0].id)],
                    vec![[begins, format!(".{}", issue.options[o.0].id)]],
                )
            }
            Of::Claim(c) => (own("claims", &n.claims[c.0].id), vec![]),
            Of::Audience(a) => (own("audiences", &n.audience(a).id), views(&n.audience(a).id)),
            Of::Actor(i) => {
                let id = &n.actor(i).id;
                (vec![format!("actors.{id}"), format!("no_deal.{id}")], views(id))
            }
            Of::Intent(i) => (own("intents", &format!("{}.{}", n.actor(n.intents[i].of).id, n.intents[i].id)), vec![]),
            Of::State(s) => {
                let id = &n.states[s.0].id;
                (own("state", id), vec![["no_deal.".to_owned(), format!(".stake.{id}")]])
            }
            Of::Event(e) => (own("events", &n.events[e].id), vec![]),
            Of::RedLine(of, i) => (own("red_lines", &n.red_lines(of)[i].id), vec![]),
            Of::Rule(r) => (own("rules", &n.space.rules[r].id), vec![]),
            Of::Modifier(m) => (own("modifiers", &n.modifiers[m].id), vec![]),
            Of::Package(p) => (own("packages", &n.packages[p].id), vec![]),
            Of::Variant(v) => (own("variants", &n.variants[v].id), vec![]),
            Of::Reading(r) => (own("readings", &n.readings[r].id), vec![]),
            Of::Unknown(u) => (vec![n.inputs.get(n.unknowns[u].1).path.clone()], vec![]),
            Of::Input(i) => (vec![n.inputs.get(i).path.clone()], vec![]),
        }
    }

    /// Where it stands in the file, which is what a source is named by.
    pub(super) fn entry(&self, n: &Negotiation) -> String {
        match self.of {
            Of::Term(k, _) => format!("issues.{}", n.space.issues[k.0].id),
            Of::Input(i) => n.inputs.get(i).path.clone(),
            _ => self.paths(n).0.swap_remove(0),
        }
    }
}

/// The thing that a word names: an identifier, `issue=option`, `party.intent`, an entry as files write it (`claims.prices`), or
/// the path of a number.
///
/// # Errors
/// The nearest of all names.
pub fn find(n: &Negotiation, word: &str) -> Result<Thing, Wrong> {
    let all = all(n);
    let thing = |of: &Of| Thing { word: word.to_owned(), of: *of };
    if let Some((_, of)) = all.iter().find(|(known, _)| known == word) {
        return Ok(thing(of));
    }
    if let Some(input) = n.inputs.find(word) {
        return Ok(thing(&Of::Input(input)));
    }
    if let Some((_, of)) = all.iter().find(|(_, of)| thing(of).entry(n) == word && !matches!(of, Of::Term(..))) {
        return Ok(thing(of));
    }
    let paths = n.inputs.iter().map(|(_, input)| input.path.as_str());
    let nearest: Vec<&str> = all.iter().map(|(known, _)| known.as_str()).chain(paths).collect();
    Err(vec![found(word, &nearest)])
}

/// Names that are told at most.
const TOLD: usize = 6;

fn found(word: &str, known: &[&str]) -> crate::scenario::Finding {
    let shown = crate::text::words::shown(word);
    let Some(meant) = crate::scenario::nearest(word, known.iter().copied()) else {
        // Those that hold a part of the word, where none is near.
        let last = word.rsplit(['.', '=']).next().unwrap_or(word);
        let alike: Vec<&str> =
            known.iter().copied().filter(|k| !last.is_empty() && k.contains(last)).take(TOLD).collect();
        let alike = if alike.is_empty() { known.iter().copied().take(TOLD).collect() } else { alike };
        return crate::scenario::Finding::error(format!("nothing in the scenario is called `{shown}`"))
            .hint(format!("there are {}, …", alike.join(", ")))
            .hint("`winset check FILE` names what it holds");
    };
    let mut finding = unknown("name", "names", word, &[meant]);
    finding.message = format!("nothing in the scenario is called `{shown}`");
    finding.hints = vec![format!("did you mean `{meant}`?")];
    finding
}

/// Every thing but numbers, under the name by which it is found first.
fn all(n: &Negotiation) -> Vec<(String, Of)> {
    let mut all: Vec<(String, Of)> = Vec::new();
    for (k, issue) in n.space.issues.iter().enumerate() {
        all.push((issue.id.clone(), Of::Issue(IssueId(k))));
        let term = |(o, option): (usize, &crate::model::IssueOption)| {
            (format!("{}={}", issue.id, option.id), Of::Term(IssueId(k), OptionId(o)))
        };
        all.extend(issue.options.iter().enumerate().map(term));
    }
    all.extend(n.claims.iter().enumerate().map(|(c, claim)| (claim.id.clone(), Of::Claim(ClaimId(c)))));
    all.extend(n.audiences.iter().enumerate().map(|(a, audience)| (audience.id.clone(), Of::Audience(AudienceId(a)))));
    all.extend(n.actors.iter().enumerate().map(|(i, actor)| (actor.id.clone(), Of::Actor(ActorId(i)))));
    all.extend(n.intents.iter().enumerate().map(|(i, it)| (format!("{}.{}", n.actor(it.of).id, it.id), Of::Intent(i))));
    all.extend(n.states.iter().enumerate().map(|(s, state)| (state.id.clone(), Of::State(StateId(s)))));
    all.extend(n.events.iter().enumerate().map(|(e, event)| (event.id.clone(), Of::Event(e))));
    for of in n.beholders() {
        all.extend(n.red_lines(of).iter().enumerate().map(|(i, line)| (line.id.clone(), Of::RedLine(of, i))));
    }
    all.extend(n.space.rules.iter().enumerate().map(|(r, rule)| (rule.id.clone(), Of::Rule(r))));
    all.extend(n.modifiers.iter().enumerate().map(|(m, modifier)| (modifier.id.clone(), Of::Modifier(m))));
    all.extend(n.packages.iter().enumerate().map(|(p, package)| (package.id.clone(), Of::Package(p))));
    all.extend(n.unknowns.iter().enumerate().map(|(u, (id, _))| (id.clone(), Of::Unknown(u))));
    all.extend(n.variants.iter().enumerate().map(|(v, variant)| (variant.id.clone(), Of::Variant(v))));
    all.extend(n.readings.iter().enumerate().map(|(r, reading)| (reading.id.clone(), Of::Reading(r))));
    all.extend(n.intents.iter().enumerate().map(|(i, it)| (it.id.clone(), Of::Intent(i))));
    all
}
