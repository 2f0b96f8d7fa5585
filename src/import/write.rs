//! A domain as a scenario file with comments, for a person to read and to go on with.
//!
//! Every number is written as the float nearest to the exact one, so that a utility is off by a few times 10⁻¹⁶. What
//! GENIUS cuts off above 1 is written as a link with a negative bonus on each package that it touches.

use std::collections::BTreeSet;

use itertools::Itertools as _;

use super::domain::{Domain, Format, Issue, Party, whole};
use super::ids::Ids;
use crate::games::{Exact, nearest};
use crate::visible::visible;

/// Packages that are looked at for utilities above 1, as many as a link may tell apart.
const MOST_LOOKED_AT: u128 = 65_536;

/// Links that are written.
const MOST_LINKS: usize = 200;

/// Where the numbers come from, in the file itself.
const QUOTED: &str = "numbers = \"the files named above\"\n";

/// Characters of a line of options in braces.
const WIDE: usize = 110;

/// A scenario, and what could not be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text of the scenario file.
    pub text: String,
    /// What the file says otherwise than what was read, in a sentence each.
    pub lost: Vec<String>,
}

/// Writes a domain; `from` are the names of its files, `repairs` what was repaired in them.
pub fn write(domain: &Domain, from: &[String], repairs: &[String]) -> Written {
    let writer = Writer::of(domain);
    let (links, lost) = writer.links();
    let head = writer.head(from, &[repairs, &lost].concat());
    let parts = [head, writer.people(), writer.issues(), links, writer.talks()];
    Written { text: parts.iter().filter(|part| !part.is_empty()).join("\n"), lost }
}

struct Writer<'d> {
    domain: &'d Domain,
    parties: Vec<String>,
    issues: Vec<String>,
    /// `options[issue][option]`.
    options: Vec<Vec<String>>,
    party_names: Vec<String>,
    issue_names: Vec<String>,
    /// `option_names[issue][option]`.
    option_names: Vec<Vec<String>>,
}

/// Names as readers see them: none empty, no two alike.
fn told_apart<'a>(names: impl Iterator<Item = &'a String>, ids: &[String]) -> Vec<String> {
    let mut known = BTreeSet::new();
    let one = |(name, id): (&String, &String)| {
        let plain = line(name);
        let plain = if plain.is_empty() { id.clone() } else { plain };
        if known.insert(plain.clone()) { plain } else { format!("{plain} ({id})") }
    };
    names.zip(ids).map(one).collect()
}

impl<'d> Writer<'d> {
    fn of(domain: &'d Domain) -> Self {
        let (mut people, mut issues) = (Ids::default(), Ids::default());
        let option_ids = |issue: &Issue| {
            let mut ids = Ids::default();
            issue.options.iter().map(|option| ids.of(option, "option")).collect()
        };
        let parties: Vec<String> = domain.parties.iter().map(|p| people.of(&p.name, "party")).collect();
        let ids: Vec<String> = domain.issues.iter().map(|i| issues.of(&i.name, "issue")).collect();
        let options: Vec<Vec<String>> = domain.issues.iter().map(option_ids).collect();
        Self {
            party_names: told_apart(domain.parties.iter().map(|p| &p.name), &parties),
            issue_names: told_apart(domain.issues.iter().map(|i| &i.name), &ids),
            option_names: domain
                .issues
                .iter()
                .zip(&options)
                .map(|(i, ids)| told_apart(i.options.iter(), ids))
                .collect(),
            issues: ids,
            parties,
            options,
            domain,
        }
    }

    fn head(&self, from: &[String], repairs: &[String]) -> String {
        let scale = match self.domain.format {
            Format::Genius | Format::GeniusWeb | Format::Negmas => "Points are the utilities of those files.",
            Format::Scorable | Format::Pool => "Points are those of the game.",
        };
        let mut out = format!("# {}\n#\n", line(&self.domain.title));
        out += &format!("# Read from {} by `winset import`:\n", self.domain.format.name());
        from.iter().for_each(|name| out += &format!("#   {}\n", line(name)));
        out += "#\n";
        out += &format!("# {scale} `weight` times value, added up over the issues; no deal is worth `base`.\n");
        out += "# To ask winset's own question, add who judges at home (`[audiences]`),\n";
        out += "# what they can be told (`[claims]`), and ranges where a number is uncertain: see docs/scenario-format.md.\n";
        if !repairs.is_empty() {
            out += "#\n# Read otherwise than it was written:\n";
            repairs.iter().for_each(|repair| out += &format!("#   {}\n", line(repair)));
        }
        out + &format!(
            "\ntitle = {}\n",
            quoted(if self.domain.title.trim().is_empty() { "An imported domain" } else { &self.domain.title })
        )
    }

    fn people(&self) -> String {
        let mut out = "[actors]\n".to_owned();
        for (id, name) in self.parties.iter().zip(&self.party_names) {
            out += &format!("{id} = {{ role = \"party\", name = {} }}\n", quoted(name));
        }
        for (id, party) in self.parties.iter().zip(&self.domain.parties) {
            if party.reservation != whole(0) {
                let what = if self.domain.format == Format::Scorable { "its minimum" } else { "its reservation value" };
                out += &format!("\n[no_deal.{id}]\nbase = {}  # {what}\n{QUOTED}", float(&party.reservation));
            }
        }
        out
    }

    fn issues(&self) -> String {
        (0..self.issues.len()).map(|k| self.issue(k)).join("\n")
    }

    fn issue(&self, k: usize) -> String {
        let issue = &self.domain.issues[k];
        let mut out = format!("[issues.{}]\nname = {}\n{QUOTED}", self.issues[k], quoted(&self.issue_names[k]));
        if issue.ordered {
            out += "ordered = true\n";
        }
        let options: Vec<String> = self.options[k]
            .iter()
            .zip(&self.option_names[k])
            .map(|(id, name)| format!("{id} = {}", quoted(name)))
            .collect();
        let braces = format!("options = {{ {} }}\n", options.iter().join(", "));
        if braces.len() <= WIDE {
            out += &braces;
        } else {
            options.iter().for_each(|option| out += &format!("options.{option}\n"));
        }
        let mut nobody = self.domain.parties.iter().all(|p| p.weights[k] == whole(0)).then_some(());
        for (id, party) in self.parties.iter().zip(&self.domain.parties) {
            let (weight, values) = view(party, k);
            let weight = match (weight == whole(0), nobody.take()) {
                (false, _) => weight,
                // An issue that is worth nothing to anybody is still on the table: the first party's values say so.
                (true, Some(())) => whole(1),
                (true, None) => continue,
            };
            let unmoved = party.weights[k] == whole(0);
            let values = values.iter().map(|v| if unmoved { "0".to_owned() } else { float(v) }).join(", ");
            out += &format!("views.{id} = {{ weight = {}, values = [{values}] }}\n", float(&weight));
        }
        out
    }

    /// Links that take away what is above 1, and what is lost where there would be too many.
    fn links(&self) -> (String, Vec<String>) {
        // A sum of weights is 1 but for the last digits of its floats.
        let over = |sum: &Exact| sum - whole(1) > Exact::new(1.into(), 1_000_000_000_000_i64.into());
        let (mut out, mut lost) = (String::new(), Vec::new());
        for (id, party) in self.parties.iter().zip(&self.domain.parties).filter(|(_, p)| p.capped && over(&p.most())) {
            let most = party.most();
            let beyond = || {
                format!(
                    "utilities of {} above 1 count as 1 in GENIUS; here they stand as they add up, to {} at most",
                    party.name,
                    float(&most)
                )
            };
            if self.domain.packages() > MOST_LOOKED_AT {
                lost.push(beyond());
                continue;
            }
            let worth: Vec<Vec<f64>> = (0..party.weights.len())
                .map(|k| party.values[k].iter().map(|v| nearest(&(v * &party.weights[k]))).collect())
                .collect();
            let above = self.domain.all_packages().filter_map(|package| {
                // Floats tell which are well below; only the rest is added up exactly.
                let near = package.iter().enumerate().map(|(k, o)| worth[k][*o]).sum::<f64>();
                let sum = (near > 1.0 + 5e-13).then(|| party.sum(&package)).filter(over)?;
                Some((package, sum - whole(1)))
            });
            let above: Vec<(Vec<usize>, Exact)> = above.take(MOST_LINKS + 1).collect();
            if above.len() > MOST_LINKS {
                lost.push(beyond());
                continue;
            }
            if out.is_empty() {
                out += "# The weights add up to more than 1, and a utility above 1 counts as 1: what is above is taken away.\n";
            }
            for (n, (package, excess)) in above.iter().enumerate() {
                let terms = package
                    .iter()
                    .enumerate()
                    .map(|(k, o)| format!("{} = \"{}\"", self.issues[k], self.options[k][*o]));
                out += &format!("[links.{id}-above-1-{}]\nfor = \"{id}\"\n", n + 1);
                out += &format!(
                    "when = {{ {} }}\nbonus = -{}\n{QUOTED}",
                    terms.collect::<Vec<_>>().join(", "),
                    float(excess)
                );
            }
        }
        (out, lost)
    }

    /// Talks, where fewer than all suffice or something is lost as time passes.
    fn talks(&self) -> String {
        let parties = self.parties.iter().zip(&self.domain.parties);
        let discounts: Vec<String> =
            parties.clone().filter_map(|(id, p)| p.discount.as_ref().map(|d| format!("{id} = {}", float(d)))).collect();
        if discounts.is_empty() && self.domain.at_least.is_none() {
            return String::new();
        }
        let mut out = "# The plainest talks: every party only makes offers. Give them other moves, a tactic, intents of their own.\n".to_owned();
        out += "[talks]\n";
        if discounts.is_empty() {
            out += "deadline = 12  # by which a party has come down to what no deal is worth; no file says it\n";
        }
        if let Some(number) = self.domain.at_least {
            let vetoes = parties.clone().filter(|(_, p)| p.veto).map(|(id, _)| format!("\"{id}\"")).join(", ");
            let with = if vetoes.is_empty() { String::new() } else { format!(", with = [{vetoes}]") };
            out += &format!("agree = {{ at_least = {number}{with} }}\n");
        }
        if !discounts.is_empty() {
            out += "# The whole session is one unit of time, called a year here, in rounds of a week: u becomes u · d^t, t from 0 to 1.\n";
            out += &format!("per = \"year\"\ndeadline = 1\ndiscount = {{ {} }}\n", discounts.join(", "));
        }
        for (id, _) in parties {
            out += &format!("\n[intents.{id}.deals]\nmoves = {{ offer = 1 }}\n");
        }
        out
    }
}

/// The weight and the values of an issue, with no value beyond ±1.
fn view(party: &Party, k: usize) -> (Exact, Vec<Exact>) {
    let (weight, values) = (&party.weights[k], &party.values[k]);
    let size = |v: &Exact| if *v < whole(0) { -v } else { v.clone() };
    let most = values.iter().map(size).max().unwrap_or_else(|| whole(0));
    if *weight >= whole(0) && most <= whole(1) {
        return (weight.clone(), values.clone());
    }
    let scaled = size(weight) * &most;
    let sign = if *weight < whole(0) { whole(-1) } else { whole(1) };
    (scaled, values.iter().map(|v| &sign * v / &most).collect())
}

fn float(x: &Exact) -> String {
    nearest(x).to_string()
}

/// A name as TOML; nothing in it acts.
fn quoted(name: &str) -> String {
    let plain = line(name);
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text as part of one line.
fn line(text: &str) -> String {
    visible(&text.split_whitespace().join(" "))
}
