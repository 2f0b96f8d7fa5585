//! What there is to say of each kind of thing.

mod people;

use itertools::Itertools as _;

use super::super::{clauses, handout::Worth, terms};
use super::find::Of;
use super::{Explained, Facts};
use crate::model::{
    Account, AudienceId, Beholder, Claim, ClaimId, Defeat, Input, InputId, InputKind, IssueId, Law, Negotiation,
    OptionId, World, likeliest,
};
use crate::text::words::{change_of_points, list, number, percent, visible};

/// What there is to say of a thing.
pub fn of(e: &Explained) -> Facts {
    let world = e.world();
    let on = &e.choices.settings.drawing.accounts;
    let laws = e.n().laws(on.reading, &on.variants);
    let teller = Teller { n: e.n(), worth: Worth::of(e.n(), e.space.scale, &world), world: &world, laws };
    let mut facts = teller.of(e.thing.of);
    let says = teller.says(&e.thing.entry(e.n()), &e.thing.inputs(e.n()));
    facts.rows.insert(0, ("Who says so", says));
    facts.rows.retain(|(_, text)| !text.is_empty());
    facts.lists.retain(|(_, items)| !items.is_empty());
    facts
}

struct Teller<'a> {
    n: &'a Negotiation,
    worth: Worth<'a>,
    world: &'a World,
    laws: Vec<Law>,
}

impl Teller<'_> {
    fn of(&self, of: Of) -> Facts {
        let n = self.n;
        match of {
            Of::Issue(k) => self.issue(k),
            Of::Term(k, o) => self.term(k, o),
            Of::Claim(c) => self.claim(c),
            Of::Audience(a) => self.audience(a),
            Of::Actor(i) => self.actor(i),
            Of::Intent(i) => self.intent(i),
            Of::State(s) => self.state(s),
            Of::Event(e) => self.event(e),
            Of::RedLine(of, i) => {
                let line = &n.red_lines(of)[i];
                let rows = vec![
                    ("Whose", terms::beholder(n, of)),
                    ("Crossed if", clauses::when(n, &line.clause)),
                    ("It means", "whoever has it bears no package that crosses it, whatever else is in it".into()),
                ];
                Facts { what: visible(&line.name), rows, ..Facts::default() }
            }
            Of::Rule(r) => {
                let rule = &n.space.rules[r];
                let (what, condition) = match &rule.demand {
                    crate::model::Demand::Forbid(c) => ("No settlement has", c),
                    crate::model::Demand::Require(c) => ("Every settlement has", c),
                };
                let rows = vec![(what, clauses::condition(n, condition)), ("If", clauses::when(n, &rule.clause))];
                Facts { what: "what counts as a settlement at all".into(), rows, ..Facts::default() }
            }
            Of::Modifier(m) => self.modifier(m),
            Of::Package(p) => self.package(p),
            Of::Unknown(u) => self.input(n.unknowns[u].1),
            Of::Input(i) => self.input(i),
            Of::Variant(v) => {
                let variant = &n.variants[v];
                let on = if variant.on { "on, as the file has it" } else { "off, as the file has it" };
                let rows =
                    vec![("It is", on.into()), ("It says", visible(variant.notice.as_deref().unwrap_or_default()))];
                Facts { what: visible(&variant.name), rows, lists: vec![("It sets", self.sets(&variant.set))] }
            }
            Of::Reading(r) => {
                let reading = &n.readings[r];
                let all: f64 = n.readings.iter().map(|reading| reading.prior).sum();
                let rows = vec![("It is drawn", format!("in {} of worlds", percent(reading.prior / all)))];
                Facts { what: visible(&reading.name), rows, lists: vec![("It sets", self.sets(&reading.set))] }
            }
        }
    }

    /// What an account sets, by path.
    fn sets(&self, set: &[(InputId, Law)]) -> Vec<String> {
        let told = |(id, law): &(InputId, Law)| {
            let (low, high) = self.n.support(law);
            let range = if low < high { format!("{} to {}", number(low), number(high)) } else { number(low) };
            format!("{} {range}", self.n.inputs.get(*id).path)
        };
        set.iter().map(told).collect()
    }

    /// The source of the entry, and where its numbers come from.
    fn says(&self, entry: &str, inputs: &[InputId]) -> String {
        let source = self.n.sources.get(entry).map(|source| visible(source));
        let written: Vec<&Input> = inputs.iter().map(|i| self.n.inputs.get(*i)).filter(|input| input.written).collect();
        let all = written.len();
        let whence = written.iter().map(|input| input.numbers.as_str()).counts().into_iter();
        let whence = whence.sorted_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let mut whence = whence.map(|(what, many)| match what {
            "assumption" if all == 1 => "its number is an assumption".to_owned(),
            "assumption" if many == all => format!("all its {all} numbers are assumptions"),
            "assumption" => format!("{many} of its {all} numbers are assumptions"),
            key if all == 1 => format!("its number is from `{}`", visible(key)),
            key => format!("{many} of its {all} numbers are from `{}`", visible(key)),
        });
        let numbers = whence.join("; ");
        match source {
            Some(source) if numbers.is_empty() => source,
            Some(source) => format!("{source}; {numbers}"),
            None if numbers.is_empty() => "assumption".into(),
            None => format!("no source is named; {numbers}"),
        }
    }

    /// What a term is worth to everybody who cares, those it helps and those it hurts.
    fn worth_to_all(&self, k: IssueId, o: OptionId) -> [Vec<String>; 2] {
        let each = self.n.beholders().map(|of| (of, self.worth.term(of, k, o)));
        let each = each.filter(|(_, points)| *points != 0.0).sorted_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        let (helped, hurt): (Vec<_>, Vec<_>) = each.partition(|(_, points)| *points > 0.0);
        [helped, hurt].map(|some| {
            let told =
                |(of, points): (Beholder, f64)| format!("{} {}", terms::beholder(self.n, of), change_of_points(points));
            some.into_iter().map(told).collect()
        })
    }

    fn term(&self, k: IssueId, o: OptionId) -> Facts {
        let (n, issue) = (self.n, &self.n.space.issues[k.0]);
        let option = &issue.options[o.0];
        let [helped, hurt] = self.worth_to_all(k, o);
        let holders = option.holders.iter().map(|(who, grants)| {
            format!("{} (with a chance of {})", visible(&n.actor(*who).name), percent(likeliest(&self.laws, *grants)))
        });
        let opens = |claim: &&Claim| claim.clause.when.terms.iter().any(|(issue, set)| *issue == k && set.contains(o));
        let lifts = |claim: &&Claim| {
            claim.clause.unless.iter().any(|c| c.terms.iter().any(|(issue, set)| *issue == k && set.contains(o)))
        };
        let claims = |wanted: &dyn Fn(&&Claim) -> bool| n.claims.iter().filter(wanted).map(|c| self.told(c)).collect();
        let now = if issue.now == Some(o) { "how it is now, worth 0 to all" } else { "" };
        Facts {
            what: terms::term(n, k, o),
            rows: vec![("It is", now.into()), ("Must be granted by", list(holders.collect::<Vec<_>>()))],
            lists: vec![
                ("It helps, in points", helped),
                ("It hurts", hurt),
                ("It lets one say", claims(&opens)),
                ("It forbids to say", claims(&lifts)),
            ],
        }
    }

    /// A claim with who hears it and who overhears it.
    fn told(&self, claim: &Claim) -> String {
        let name = |a: &AudienceId| visible(&self.n.audience(*a).name);
        let heard = list(claim.heard_by.iter().map(name).collect::<Vec<_>>());
        let over = list(claim.overheard.iter().map(|(a, _)| name(a)).collect::<Vec<_>>());
        let over = if over.is_empty() { over } else { format!("; overheard by {over}") };
        format!("“{}” (to {heard}{over})", visible(&claim.says))
    }

    fn issue(&self, k: IssueId) -> Facts {
        let (n, issue) = (self.n, &self.n.space.issues[k.0]);
        let span = |of: Beholder| -> Option<(f64, String)> {
            let points = (0..issue.options.len()).map(|o| self.worth.term(of, k, OptionId(o)));
            let (low, high) = points.fold((0.0_f64, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
            let told = format!("{} {} to {}", terms::beholder(n, of), change_of_points(low), change_of_points(high));
            (high > low).then_some((high - low, told))
        };
        let spans = n.beholders().filter_map(span).sorted_by(|a, b| b.0.total_cmp(&a.0)).map(|(_, told)| told);
        let claims = n.claims.iter().filter(|claim| claim.clause.issues().contains(&k)).map(|claim| self.told(claim));
        let options = issue.options.iter().enumerate().map(|(o, option)| {
            let now = if issue.now == Some(OptionId(o)) { " (now)" } else { "" };
            format!("{}{now}", visible(&option.name))
        });
        Facts {
            what: visible(&issue.name),
            rows: vec![],
            lists: vec![
                ("Options", options.collect()),
                ("Worth, in points", spans.collect()),
                ("What is said of it", claims.collect()),
            ],
        }
    }

    fn claim(&self, c: ClaimId) -> Facts {
        let (n, claim) = (self.n, &self.n.claims[c.0]);
        let to = |a: &AudienceId| {
            format!("{} {}", visible(&n.audience(*a).name), change_of_points(self.worth.claim(claim, *a)))
        };
        let over = |(a, share): &(AudienceId, InputId)| {
            let share = self.world.value(*share);
            let points = -share * self.worth.claim(claim, *a);
            format!(
                "{} {} (it hears {} of it)",
                visible(&n.audience(*a).name),
                change_of_points(points),
                percent(share)
            )
        };
        let when = clauses::when(n, &claim.clause);
        let rivals = n.claims.iter().enumerate().filter(|(o, other)| *o != c.0 && other.aim == claim.aim);
        let symbolic = if claim.symbolic { "symbolic: it counts as far as it is believed" } else { "" };
        Facts {
            what: format!("“{}”", visible(&claim.says)),
            rows: vec![
                ("It can be said if", if when.is_empty() { "always".into() } else { when }),
                (
                    "It meets the aim",
                    format!("{}, {} of it", visible(&n.aims[claim.aim.0]), percent(self.world.value(claim.worth))),
                ),
                ("It is", symbolic.into()),
            ],
            lists: vec![
                ("It helps at home", claim.heard_by.iter().map(to).collect()),
                ("It hurts, overheard", claim.overheard.iter().map(over).collect()),
                ("Of one aim the best", rivals.map(|(_, other)| format!("“{}”", visible(&other.says))).collect()),
            ],
        }
    }

    fn modifier(&self, at: usize) -> Facts {
        let (n, modifier) = (self.n, &self.n.modifiers[at]);
        let factor =
            |what: &str, input: Option<InputId>| Some(format!("{what} × {}", number(self.world.value(input?))));
        let factors =
            [factor("gains", modifier.gains), factor("losses", modifier.losses), factor("claims", modifier.claims)];
        let when = match &modifier.scope {
            crate::model::Scope::When(clause) => clauses::when(n, clause),
            crate::model::Scope::Form(form) => {
                let word = crate::model::Form::WORDS.iter().find(|(_, of)| of == form).map_or("", |(word, _)| word);
                format!("the term is {word}")
            }
        };
        let whose = modifier.beholders.iter().map(|of| terms::beholder(n, *of)).collect::<Vec<_>>();
        Facts {
            what: visible(&modifier.name),
            rows: vec![
                ("If", when),
                ("It changes", factors.into_iter().flatten().join(", ")),
                ("In the eyes of", list(whose)),
            ],
            lists: vec![],
        }
    }

    fn package(&self, at: usize) -> Facts {
        let (n, named) = (self.n, &self.n.packages[at]);
        let account = Account::of(n, self.worth.scale, self.world, &named.package);
        let lost =
            account.defeated(n, Defeat::Audience).into_iter().map(|i| visible(&n.actor(i).name)).collect::<Vec<_>>();
        let worth = account.leaderships.iter().map(|l| {
            format!(
                "{} {}",
                visible(&n.actor(l.actor).name),
                change_of_points(self.worth.scale.points(l.utility - l.no_deal))
            )
        });
        let by = named.by.map(|i| visible(&n.actor(i).name)).unwrap_or_default();
        Facts {
            what: visible(&named.name),
            rows: vec![
                ("Terms", terms::in_brief(n, &named.package)),
                ("Put forward by", by),
                ("A defeat for", if lost.is_empty() { "nobody".into() } else { list(lost) }),
            ],
            lists: vec![("More than no deal", worth.collect())],
        }
    }

    fn input(&self, id: InputId) -> Facts {
        let (n, input) = (self.n, self.n.inputs.get(id));
        let range = match &self.laws[id.0] {
            Law::Own(quantity) if quantity.is_fixed() => format!("{}, in every world", number(quantity.modal())),
            Law::Own(quantity) => {
                let (low, high) = quantity.support();
                format!("{} to {}, likeliest {}", number(low), number(high), number(quantity.modal()))
            }
            Law::Shared { unknown, times, plus } => {
                format!(
                    "follows `{}`: {} times it, plus {}",
                    n.inputs.get(*unknown).path,
                    number(*times),
                    number(*plus)
                )
            }
        };
        let kind = match input.kind {
            InputKind::Value => "a number",
            InputKind::Chance => "a chance: it happens in a world, or does not",
        };
        let written = if input.written { "" } else { "; not written in the file: what holds unless it is" };
        let moved = n.readings.iter().filter(|r| r.set.iter().any(|(of, _)| *of == id)).map(|r| visible(&r.name));
        let followers = self
            .laws
            .iter()
            .enumerate()
            .filter(|(_, law)| matches!(law, Law::Shared { unknown, .. } if *unknown == id));
        Facts {
            what: crate::text::paths::name(&input.path),
            rows: vec![("It is", format!("{kind}{written}")), ("Range", range)],
            lists: vec![
                ("Otherwise under", moved.collect()),
                ("Followed by", followers.map(|(at, _)| format!("`{}`", n.inputs.get(InputId(at)).path)).collect()),
            ],
        }
    }
}
