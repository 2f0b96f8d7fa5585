//! A scenario as files of GENIUS or `NegMAS`: what leaderships make of each package in its likeliest world.
//!
//! Both formats hold sums over issues. Links are kept only where they are what GENIUS does by itself (a utility above 1
//! counts as 1). What these formats have no word for, audiences above all, is named and left out.

use itertools::Itertools as _;

use super::domain::{Domain, Format, Issue, Party, whole};
use super::ids::Ids;
use crate::games::{Exact, nearest};
use crate::model::{ActorId, Beholder, IssueId, Negotiation, OptionId, Scale, Scores, World};
use crate::scenario::Finding;
use crate::visible::visible;

/// For whom a scenario is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// XML for GENIUS.
    Genius,
    /// YAML for `NegMAS`.
    Negmas,
}

impl Tool {
    /// Both, with their words.
    pub const WORDS: [(&'static str, Self); 2] = [("genius", Self::Genius), ("negmas", Self::Negmas)];
}

/// Files, and what they do not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Name and text of each file, the domain first.
    pub files: Vec<(String, String)>,
    /// What is left out or written otherwise, in a sentence each.
    pub notes: Vec<String>,
}

/// Packages on which links are compared with the cap of GENIUS.
const MOST_LOOKED_AT: u128 = 100_000;

/// Writes a negotiation for another tool.
///
/// # Errors
/// Its leaderships are no sums over issues, or an issue is worth nothing but losses to somebody and GENIUS is asked for.
pub fn export(n: &Negotiation, to: Tool) -> Result<Exported, Finding> {
    let world = n.modal_world(&n.laws(None, &n.default_variants()));
    let mut notes = left_out(n);
    let mut domain = domain(n, &world, &mut notes)?;
    for (at, i) in n.parties().enumerate() {
        links(n, &world, (i, at), &mut domain, (to, &mut notes))?;
    }
    let (mut ids, mut files) = (Ids::default(), Vec::new());
    let name = ids.of("domain", "domain");
    match to {
        Tool::Genius => {
            files.push((format!("{name}.xml"), genius_domain(&domain)));
            for party in &domain.parties {
                files.push((
                    format!("{}.xml", ids.of(&party.name, "party")),
                    genius_profile(&domain, party, &mut notes)?,
                ));
            }
        }
        Tool::Negmas => {
            files.push((format!("{name}.yml"), negmas_space(&domain)));
            for party in &domain.parties {
                files.push((format!("{}.yml", ids.of(&party.name, "party")), negmas_function(&domain, party)));
            }
        }
    }
    Ok(Exported { files, notes })
}

/// What neither format has a word for.
fn left_out(n: &Negotiation) -> Vec<String> {
    let parts = [
        (!n.audiences.is_empty(), "audiences"),
        (!n.claims.is_empty(), "claims"),
        (n.clauses().any(|(section, ..)| section == "red_lines"), "red lines"),
        (!n.space.rules.is_empty(), "rules, so that packages which they exclude can be offered"),
        (n.has_coalitions(), "who must agree, so that all must"),
        (!n.states.is_empty(), "states"),
    ];
    let missing: Vec<&str> = parts.into_iter().filter(|(there, _)| *there).map(|(_, what)| what).collect();
    let uncertain = n.inputs.iter().any(|(_, i)| i.law.is_uncertain(i.kind));
    let told = (!missing.is_empty()).then(|| format!("left out: {}", missing.join(", ")));
    told.into_iter().chain(uncertain.then(|| "uncertain numbers are written at their likeliest".to_owned())).collect()
}

fn exact(x: f64) -> Exact {
    Exact::from_float(x).unwrap_or_else(|| whole(0))
}

fn domain(n: &Negotiation, world: &World, notes: &mut Vec<String>) -> Result<Domain, Finding> {
    if let Some(m) = n.modifiers.iter().find(|m| m.beholders.iter().any(|b| matches!(b, Beholder::Leadership(_)))) {
        let found = format!("modifier `{}` changes what terms are worth to a leadership", m.id);
        return Err(Finding::error(found).hint("GENIUS and NegMAS hold sums over issues; leave the modifier out"));
    }
    let issues: Vec<Issue> = n
        .space
        .issues
        .iter()
        .map(|issue| {
            let named = issue.options.iter().map(|o| o.name.trim()).all_unique()
                && issue.options.iter().all(|o| !o.name.trim().is_empty());
            let options =
                issue.options.iter().map(|o| if named { o.name.trim().to_owned() } else { o.id.clone() }).collect();
            Issue { name: issue.name.clone(), options, ordered: false }
        })
        .collect();
    let issues = if issues.iter().map(|i| &i.name).all_unique() {
        issues
    } else {
        issues.into_iter().zip(&n.space.issues).map(|(i, its)| Issue { name: its.id.clone(), ..i }).collect()
    };
    let (fine, _) = Scale::wide(n);
    let scores = Scores::new(n, fine);
    let party = |i: ActorId| {
        let actor = n.actor(i);
        let view = |k: usize| actor.views.get(k).and_then(Option::as_ref);
        let weights = (0..issues.len()).map(|k| exact(view(k).map_or(0.0, |v| world.value(v.weight)))).collect();
        let value = |k: usize, o: usize| exact(view(k).map_or(0.0, |v| v.values[o].value(|id| world.value(id))));
        let values = (0..issues.len()).map(|k| (0..issues[k].options.len()).map(|o| value(k, o)).collect()).collect();
        let reservation = exact(fine.points(scores.no_deal(world, i)));
        Party { name: actor.id.clone(), weights, values, capped: false, reservation, discount: None, veto: false }
    };
    let mut domain = Domain {
        format: Format::Genius,
        title: n.title.clone(),
        issues: issues.clone(),
        parties: n.parties().map(party).collect(),
        at_least: None,
    };
    if let Some(talks) = &n.talks {
        for (of, _) in talks.discount.iter().filter(|(_, discount)| world.value(*discount) < 1.0) {
            let at = n.parties().position(|i| i == *of);
            match (talks.left_at_deadline(world, *of), at) {
                (Some(left), Some(at)) => domain.parties[at].discount = Some(exact(left)),
                (None, _) => notes
                    .push(format!("the discount of {}: without a deadline a session has no length", n.actor(*of).id)),
                _ => {}
            }
        }
    }
    Ok(domain)
}

/// What becomes of the links of a party: GENIUS caps by itself, and neither format has other links.
fn links(
    n: &Negotiation,
    world: &World,
    (i, at): (ActorId, usize),
    domain: &mut Domain,
    (to, notes): (Tool, &mut Vec<String>),
) -> Result<(), Finding> {
    let links = &n.actor(i).links;
    if links.is_empty() {
        return Ok(());
    }
    let party = &domain.parties[at];
    let refused = |why: &str| {
        Finding::error(format!("the links of `{}` {why}", n.actor(i).id))
            .hint("GENIUS and NegMAS hold sums over issues; leave the links out")
    };
    if domain.packages() > MOST_LOOKED_AT {
        return Err(refused("tie issues of a space that is too large to look at one by one"));
    }
    let worth: Vec<Vec<f64>> = (0..party.weights.len())
        .map(|k| party.values[k].iter().map(|v| nearest(&(v * &party.weights[k]))).collect())
        .collect();
    let is_cap = domain.all_packages().all(|package| {
        let in_force = links.iter().filter(|l| l.clause.holds(|k: IssueId| OptionId(package[k.0])));
        let bonus: f64 = in_force.map(|l| world.value(l.bonus)).sum();
        let sum: f64 = package.iter().enumerate().map(|(k, o)| worth[k][*o]).sum();
        (sum + bonus - sum.min(1.0)).abs() < 1e-9
    });
    match (is_cap, to) {
        (false, _) => Err(refused("tie issues together")),
        (true, Tool::Genius) => {
            domain.parties[at].capped = true;
            Ok(())
        }
        (true, Tool::Negmas) => {
            notes.push(format!(
                "NegMAS cuts nothing off above 1: utilities of {} go up to {}",
                n.actor(i).id,
                nearest(&party.most())
            ));
            Ok(())
        }
    }
}

fn genius_domain(domain: &Domain) -> String {
    let mut out = format!("<negotiation_template>\n<utility_space number_of_issues=\"{}\">\n", domain.issues.len());
    out += &format!(
        "<objective index=\"0\" name=\"{}\" description=\"\" type=\"objective\" etype=\"objective\">\n",
        xml(&domain.title)
    );
    for (k, issue) in domain.issues.iter().enumerate() {
        let items = issue
            .options
            .iter()
            .enumerate()
            .map(|(o, option)| format!("<item index=\"{}\" value=\"{}\"/>\n", o + 1, xml(option)));
        out += &issue_tag(k, issue, &items.collect::<String>());
    }
    out + "</objective>\n</utility_space>\n</negotiation_template>\n"
}

fn issue_tag(k: usize, issue: &Issue, items: &str) -> String {
    let name = xml(&issue.name);
    format!(
        "<issue index=\"{}\" name=\"{name}\" type=\"discrete\" etype=\"discrete\" vtype=\"discrete\">\n{items}</issue>\n",
        k + 1
    )
}

/// A profile: each issue's best option has the evaluation 1, its weight is what that option adds.
fn genius_profile(domain: &Domain, party: &Party, notes: &mut Vec<String>) -> Result<String, Finding> {
    let most = party.most();
    // Points beyond 1 would be cut off: then the best package is written as 1.
    let by = if party.capped || most <= whole(1) + Exact::new(1.into(), 1_000_000_000_000_i64.into()) {
        whole(1)
    } else {
        most
    };
    if by != whole(1) {
        notes.push(format!("GENIUS knows utilities up to 1: those of {} are divided by {}", party.name, nearest(&by)));
    }
    let mut out = "<utility_space>\n<objective index=\"0\" name=\"root\" description=\"\" type=\"objective\" etype=\"objective\">\n".to_owned();
    let mut weights = String::new();
    for (k, issue) in domain.issues.iter().enumerate() {
        let worth: Vec<Exact> = party.values[k].iter().map(|v| v * &party.weights[k] / &by).collect();
        let best = worth.iter().max().cloned().unwrap_or_else(|| whole(0));
        if best <= whole(0) && worth.iter().any(|w| *w < whole(0)) {
            let found = format!(
                "no option of issue `{}` is worth anything to `{}`, and some are losses",
                visible(&issue.name),
                party.name
            );
            return Err(Finding::error(found)
                .hint("GENIUS measures options by the best of an issue; NegMAS can hold this: --to negmas"));
        }
        let one = if best > whole(0) { best.clone() } else { whole(1) };
        let item = |(o, (option, w)): (usize, (&String, &Exact))| {
            format!("<item index=\"{}\" value=\"{}\" evaluation=\"{}\"/>\n", o + 1, xml(option), nearest(&(w / &one)))
        };
        out += &issue_tag(k, issue, &issue.options.iter().zip(&worth).enumerate().map(item).collect::<String>());
        weights += &format!("<weight index=\"{}\" value=\"{}\"/>\n", k + 1, nearest(&best));
    }
    out += &weights;
    let discount = party.discount.as_ref().map_or(1.0, nearest);
    out += &format!(
        "</objective>\n<discount_factor value=\"{discount}\"/>\n<reservation value=\"{}\"/>\n</utility_space>\n",
        nearest(&(&party.reservation / &by))
    );
    Ok(out)
}

fn xml(text: &str) -> String {
    let clean = visible(&text.split_whitespace().join(" "));
    clean.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn negmas_space(domain: &Domain) -> String {
    let mut out = "issues:\n".to_owned();
    for issue in &domain.issues {
        out += &format!("- name: {}\n  type: CategoricalIssue\n  values:\n", yaml(&issue.name));
        issue.options.iter().for_each(|option| out += &format!("  - {}\n", yaml(option)));
    }
    out + &format!("name: {}\ntype: DiscreteCartesianOutcomeSpace\n", yaml(&domain.title))
}

fn negmas_function(domain: &Domain, party: &Party) -> String {
    let name = yaml(&party.name);
    let mut out = format!(
        "name: {name}\nreserved_outcome: null\nreserved_value: {}\ntype: LinearAdditiveUtilityFunction\nvalues:\n",
        real(&party.reservation)
    );
    for (issue, values) in domain.issues.iter().zip(&party.values) {
        out += "- mapping:\n";
        issue
            .options
            .iter()
            .zip(values)
            .for_each(|(option, value)| out += &format!("    {}: {}\n", yaml(option), real(value)));
        out += "  type: TableFun\n";
    }
    out += "weights:\n";
    party.weights.iter().for_each(|weight| out += &format!("- {}\n", real(weight)));
    let Some(discount) = &party.discount else { return out };
    let inner: String = out.lines().map(|line| format!("  {line}\n")).collect();
    format!(
        "discount: {}\nfactor: relative_time\nname: {name}\ndynamic_reservation: true\nreserved_outcome: null\nreserved_value: -.inf\ntype: ExpDiscountedUFun\nufun:\n{inner}",
        real(discount)
    )
}

/// A number that is a float to YAML, whatever it is.
fn real(x: &Exact) -> String {
    let shown = nearest(x).to_string();
    if shown.contains('.') { shown } else { shown + ".0" }
}

/// A name in single quotes, in which nothing has a meaning but the quote.
fn yaml(text: &str) -> String {
    format!("'{}'", visible(&text.split_whitespace().join(" ")).replace('\'', "''"))
}
