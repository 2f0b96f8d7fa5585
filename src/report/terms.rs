//! Packages, audiences, inputs and items by name, for prose and for the command line.

use crate::analysis::Item;
use crate::model::{
    ActorId, Agree, AudienceId, Beholder, IssueId, Law, Negotiation, OptionId, Package, World, likeliest,
};
use crate::text::paths::name;
use crate::text::screen::fits;
use crate::text::words::{bullet, list, number, paragraph, percent, visible};

/// A package in words: `Pay rise: 3; No dismissals: for two years; the rest as now`.
pub fn in_words(n: &Negotiation, package: &Package) -> String {
    joined(n, changed(n, package))
}

fn joined(n: &Negotiation, mut terms: Vec<String>) -> String {
    if terms.is_empty() {
        return "everything stays as it is now".into();
    }
    terms.extend(rest(n, &terms));
    terms.join("; ")
}

/// A package between two texts: in words if that fits in so many lines beside a start of so many columns, else with the
/// names of its options only, where they speak for themselves, else by identifiers: nothing of it is cut.
pub fn fitting(n: &Negotiation, package: &Package, around: [&str; 2], start: usize, lines: usize) -> String {
    let within = |terms: &str| format!("{}{terms}{}", around[0], around[1]);
    let brief = within(&in_brief(n, package));
    let bare = brief.replace(&format!("; {REST}"), "");
    let all = [within(&in_words(n, package)), brief, bare];
    let by_id = || within(&n.space.changes(package).replace(',', ", "));
    all.into_iter().find(|text| fits(text, start, lines)).unwrap_or_else(by_id)
}

/// A package by the names of its options: `the present line of contact; Pay rise: 3; the rest as now`.
pub fn in_brief(n: &Negotiation, package: &Package) -> String {
    joined(n, changes(n, package).map(|(k, option)| brief(n, k, option)).collect())
}

/// A term by the name of its option, where that speaks for itself: `the present line of contact`, `Pay rise: 3`.
pub fn brief(n: &Negotiation, k: IssueId, option: OptionId) -> String {
    let name = &n.space.issues[k.0].options[option.0].name;
    if speaks(name) { visible(name) } else { term(n, k, option) }
}

/// Whether the name of an option says what it is without its issue: two words or more that begin with neither a number
/// nor a verb. Source: assumption.
fn speaks(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    let begun = first.starts_with(|c: char| c.is_ascii_digit()) || ["is", "are", "for", "as"].contains(&first);
    !begun && name.split_whitespace().count() > 1
}

/// A package after some words: in one sentence, or one issue a line where it would be long.
pub fn sentence(n: &Negotiation, before: &str, package: &Package) -> String {
    const SHORT: usize = 3;
    let terms = changed(n, package);
    if terms.len() <= SHORT {
        return paragraph(&format!("{before}: {}.", in_words(n, package)));
    }
    let lines: String = terms.iter().chain(&rest(n, &terms)).map(|term| bullet(term)).collect();
    paragraph(&format!("{before}:")) + &lines
}

fn changed(n: &Negotiation, package: &Package) -> Vec<String> {
    changes(n, package).map(|(k, option)| term(n, k, option)).collect()
}

/// The terms that are not as now.
fn changes<'a>(n: &'a Negotiation, package: &'a Package) -> impl Iterator<Item = (IssueId, OptionId)> + 'a {
    let picks = package.0.iter().enumerate().map(|(k, option)| (IssueId(k), *option));
    picks.filter(|(k, option)| n.space.issues[k.0].now != Some(*option))
}

fn rest(n: &Negotiation, terms: &[String]) -> Option<String> {
    (terms.len() < n.space.issues.len()).then(|| REST.to_owned())
}

/// Said of the terms that are not named.
const REST: &str = "the rest as now";

/// A term in words: `Pay rise: 3`.
pub fn term(n: &Negotiation, issue: IssueId, option: OptionId) -> String {
    let issue = &n.space.issues[issue.0];
    visible(&format!("{}: {}", issue.name, issue.options[option.0].name))
}

/// Whether an audience binds in a world: `with a veto`, or what becomes of the chance that it has one.
pub fn veto(n: &Negotiation, laws: &[Law], world: &World, of: AudienceId) -> String {
    let audience = n.audience(of);
    let (chance, happens) = (likeliest(laws, audience.veto), world.happens(audience.veto));
    match happens {
        _ if !n.may_bind(of) && chance > 0.0 => {
            format!("its veto stops nothing: {} is no party", visible(&n.actor(audience.of).name))
        }
        true if chance >= 1.0 => "with a veto".to_owned(),
        false if chance <= 0.0 => "without a veto".to_owned(),
        true => format!("its veto, a chance of {}, happens in this world", number(chance)),
        false => format!("its veto, a chance of {}, does not happen in this world", number(chance)),
    }
}

/// A package as `--package` takes it: `pay=3,jobs=two`, or `now` if nothing changes.
pub fn as_flag(n: &Negotiation, package: &Package) -> String {
    n.space.flag(package)
}

/// The same with blanks after the commas, so that lines can be broken.
pub fn as_list(n: &Negotiation, package: &Package) -> String {
    as_flag(n, package).replace(',', ", ")
}

/// The identifier under which the scenario names a package.
pub fn named<'a>(n: &'a Negotiation, package: &Package) -> Option<&'a str> {
    n.packages.iter().find(|p| p.package == *package).map(|p| p.id.as_str())
}

/// An audience or a leadership by name.
pub fn beholder(n: &Negotiation, of: Beholder) -> String {
    match of {
        Beholder::Leadership(i) => format!("the leadership of {}", visible(&n.actor(i).name)),
        Beholder::Audience(a) => visible(&n.audience(a).name),
    }
}

/// What must be said of those whose score is the same in all packages; nothing where there are none.
pub fn without_span(n: &Negotiation, who: &[Beholder]) -> String {
    if who.is_empty() {
        return String::new();
    }
    let who = who.iter().map(|b| beholder(n, *b));
    format!(
        " To {} all packages are worth the same: that leaves no span, and no margin is measured from it.",
        list(who)
    )
}

/// Whose consent makes a deal, where not all parties must agree: `5 of 6 parties, A and B among them`.
pub fn consent(n: &Negotiation) -> Option<String> {
    let names = |who: &[ActorId]| list(who.iter().map(|i| visible(&n.actor(*i).name)));
    n.has_coalitions().then(|| match n.agree() {
        Agree::All => "all".into(),
        Agree::These(these) => names(these),
        Agree::AtLeast { count, with } => {
            let among = if with.is_empty() { String::new() } else { format!(", {} among them", names(with)) };
            format!("{count} of {} parties{among}", n.parties().count())
        }
        Agree::Weighted { quota, .. } => format!("parties with {} of all weights", percent(*quota)),
    })
}

/// Behind `nobody`, `no party`, `every leadership`: of whom that is said, where not all must agree.
pub fn asked(n: &Negotiation) -> &'static str {
    if n.has_coalitions() { " whose consent it takes" } else { "" }
}

/// In the place of `all`, where not all must agree.
pub fn all_or_enough(n: &Negotiation) -> &'static str {
    if n.has_coalitions() { "enough" } else { "all" }
}

/// Whose consent makes a deal, and how many of the packages that would do fail for somebody outside; nothing where all must
/// agree. `outside` is their share, if any would do.
pub fn outside(n: &Negotiation, outside: Option<f64>) -> String {
    let Some(consent) = consent(n) else { return String::new() };
    let share = outside.map_or(String::new(), |share| {
        let share = percent(share);
        format!(" Of the packages that would do, {share} are a defeat or worse than no deal for somebody outside.")
    });
    format!("It takes the consent of {consent}.{share}")
}

/// The identifier of an audience or a leadership.
pub fn beholder_id(n: &Negotiation, of: Beholder) -> &str {
    match of {
        Beholder::Leadership(i) => &n.actor(i).id,
        Beholder::Audience(a) => &n.audience(a).id,
    }
}

/// The kind of an item in one word.
pub fn kind(item: Item) -> &'static str {
    match item {
        Item::Option(..) => "option",
        Item::Claim(_) => "claim",
        Item::RedLine(..) => "red line",
        Item::Audience(_) => "audience",
    }
}

/// An item in words.
pub fn item(n: &Negotiation, item: Item) -> String {
    let text = match item {
        Item::Option(k, o) => format!("the option {}", term(n, k, o)),
        Item::Claim(c) => format!("the claim “{}”", n.claims[c.0].says.trim_end_matches('.')),
        Item::RedLine(of, line) => {
            format!("the red line `{}` of {}", n.red_lines(of)[line].name, beholder(n, of))
        }
        Item::Audience(a) => format!("the verdict of {}", n.audience(a).name),
    };
    visible(&text)
}

/// An input as readers would call it: whose it is, by name, and what of it: `Ukraine's public: defeat below`.
pub fn input(n: &Negotiation, path: &str) -> String {
    let called = |id: &str| {
        let actor = n.actors.iter().find(|it| it.id == id).map(|it| &it.name);
        let audience = || n.audiences.iter().find(|it| it.id == id).map(|it| &it.name);
        let issue = || n.space.issues.iter().find(|it| it.id == id).map(|it| &it.name);
        actor.or_else(audience).or_else(issue).map(|name| visible(name))
    };
    let mut parts = path.split('.').skip(1);
    let Some(owner) = parts.next().and_then(called) else { return name(path) };
    let plain = |part: &str| called(part).unwrap_or_else(|| part.replace(['_', '-'], " "));
    let rest: Vec<String> = parts.filter(|part| *part != "views").map(plain).collect();
    if rest.is_empty() { owner } else { format!("{owner}: {}", rest.into_iter().rev().collect::<Vec<_>>().join(", ")) }
}
