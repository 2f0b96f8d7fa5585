//! How an uncertain number is written.

use itertools::Itertools;

use super::keys::{self, LARGEST, Notation};
use super::values::certain;
use super::{Finding, Keyed, Node, Opened, Reader, Ref, Spec, Value, error, numerals, shown, slips, warning};
use crate::model::{Law, Quantity, QuantityError};

/// The shapes by which a table may give a number.
const SHAPES: [&str; 4] = ["normal", "beta", "discrete", "unknown"];

impl Reader {
    /// The law of a number, checked against what is allowed there over its whole range. `None` after a finding.
    ///
    /// A line placed between two packages gets a placeholder; see [`lines`](super::lines).
    pub fn law(&mut self, node: &Node, spec: Spec, what: &str) -> Option<Law> {
        let law = match &node.value {
            Value::Number(_) => certain(self.plain_node(node, what)?),
            Value::Flag(flag) if spec.form == Notation::Chance => certain(f64::from(*flag)),
            // A secret for good never leaks; a term that is no secret is known at once.
            Value::Flag(is_secret) if spec.form == Notation::Secret => certain(f64::from(!is_secret)),
            Value::List(list) => self.range(list, node, what)?,
            Value::Text(name) if self.is_slip(name, node, spec) => return None,
            Value::Text(name) => self.follow(name, node, 1.0, 0.0)?,
            Value::Table(entries) if spec.form == Notation::Line && names_packages(entries) => certain(0.0),
            Value::Table(entries) => self.shape(entries, node, spec, what)?,
            Value::Flag(_) | Value::Date(..) => return self.mistyped(what, node, spec.accepted()),
        };
        self.within(&law, node, spec, what).then_some(law)
    }

    fn range(&mut self, list: &[Node], node: &Node, what: &str) -> Option<Law> {
        let points = numerals::with_points(list, list.len() > 3);
        if !(2..=3).contains(&list.len()) {
            let found = format!("`{what}` is a list of {}", list.len());
            let draft = error(found, &node.span).label("expected [lo, hi] or [lo, mode, hi]");
            return points.into_iter().fold(draft, Finding::hint).give_up(self);
        }
        let numbers: Vec<Option<f64>> = list.iter().map(|n| self.plain_node(n, what)).collect();
        let numbers: Vec<f64> = numbers.into_iter().collect::<Option<_>>()?;
        let quantity = match numbers[..] {
            [lo, hi] => Quantity::uniform(lo, hi),
            _ => Quantity::pert(numbers[0], numbers[1], numbers[2]),
        };
        let advice = points.clone().or_else(|| rising(&numbers));
        let law = self.own(quantity, node, what, advice)?;
        self.remark(&numbers, points, node, what);
        Some(law)
    }

    /// A range whose likeliest value is an end of it, or whose commas look like decimal ones, is legal and seldom meant.
    fn remark(&mut self, numbers: &[f64], points: Option<String>, node: &Node, what: &str) {
        let end = match *numbers {
            [lo, mode, hi] if lo < hi && mode == lo => Some(("least", mode)),
            [lo, mode, hi] if lo < hi && mode == hi => Some(("greatest", mode)),
            _ => None,
        };
        let found = match (end, &points) {
            (Some((end, mode)), _) => format!("the likeliest value of `{what}` is its {end}, {}", shown(mode)),
            (None, Some(_)) => format!("a comma of `{what}` looks like a decimal comma"),
            (None, None) => return,
        };
        let hint =
            points.unwrap_or_else(|| "a range is [lo, mode, hi]; with [lo, hi] all of it is equally likely".into());
        warning(found, &node.span).hint(hint).push(self);
    }

    /// Whether a text stands where a number should, though it is no name: `"80%"`, `"yes"`, `"0.5"`.
    fn is_slip(&mut self, word: &str, node: &Node, spec: Spec) -> bool {
        let right = numerals::meant(word).map(shown);
        let flag = slips::flag(word).filter(|_| matches!(spec.form, Notation::Chance | Notation::Secret));
        let right = right.or_else(|| flag.map(|flag| flag.to_string()));
        let Some(right) = right.filter(|_| self.names.find(Ref::Unknown, word).is_none()) else { return false };
        let found = format!("`{word}` names no unknown");
        error(found, &node.span).hint(format!("write {right} without quotes")).push(self);
        true
    }

    /// The law of a quantity; `None` after a finding with the advice.
    fn own(
        &mut self,
        made: Result<Quantity, QuantityError>,
        node: &Node,
        what: &str,
        advice: Option<String>,
    ) -> Option<Law> {
        if let Err(broken) = &made {
            advice.into_iter().fold(error(format!("`{what}`: {broken}"), &node.span), Finding::hint).push(self);
        }
        made.ok().map(Law::Own)
    }

    fn shape(&mut self, entries: &[Keyed], node: &Node, spec: Spec, what: &str) -> Option<Law> {
        let named = entries.iter().find(|e| SHAPES.contains(&e.key.as_str()));
        let Some(entry) = named.filter(|e| e.key == "unknown" || entries.len() == 1) else {
            let accepted = format!("{}, a range, or one of {}", spec.accepted(), SHAPES.join(", "));
            return self.mistyped(what, node, &accepted);
        };
        match entry.key.as_str() {
            "normal" => self.normal(entry, what),
            "beta" => self.beta(entry, what),
            "discrete" => self.discrete(entry, what),
            _ => self.shared(node, what),
        }
    }

    fn normal(&mut self, entry: &Keyed, what: &str) -> Option<Law> {
        let table = self.detail(&keys::NORMAL, entry)?;
        let (mean, sd) = (self.plain(&table, "mean")?, self.plain(&table, "sd")?);
        self.own(Quantity::normal(mean, sd), &entry.node, what, None)
    }

    fn beta(&mut self, entry: &Keyed, what: &str) -> Option<Law> {
        let table = self.detail(&keys::BETA, entry)?;
        let (a, b) = (self.plain(&table, "a")?, self.plain(&table, "b")?);
        let (from, to) = (self.plain_or(&table, "from", 0.0)?, self.plain_or(&table, "to", 1.0)?);
        self.own(Quantity::beta(a, b, from, to), &entry.node, what, None)
    }

    fn discrete(&mut self, entry: &Keyed, what: &str) -> Option<Law> {
        let Value::Table(entries) = &entry.node.value else {
            return self.mistyped(what, &entry.node, "a table from values to weights");
        };
        let mut pairs = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some(value) = entry.key.parse::<f64>().ok().filter(|x| x.abs() <= LARGEST) else {
                let draft = error(format!("`{}` is not a value", entry.key), &entry.span);
                return draft.hint("discrete = { \"0.2\" = 1, \"0.5\" = 3 }: value = weight").give_up(self);
            };
            pairs.push((value, self.plain_node(&entry.node, what)?));
        }
        self.own(Quantity::discrete(pairs), &entry.node, what, None)
    }

    fn shared(&mut self, node: &Node, what: &str) -> Option<Law> {
        let whole = Keyed { key: what.to_owned(), span: node.span.clone(), node: node.clone() };
        let table = self.detail(&keys::SHARED, &whole)?;
        let (times, plus) = (self.plain_or(&table, "times", 1.0)?, self.plain_or(&table, "plus", 0.0)?);
        let unknown = &table.get("unknown")?.node;
        let Value::Text(name) = &unknown.value else {
            return self.mistyped("unknown", unknown, "the id of an unknown");
        };
        self.follow(name, unknown, times, plus)
    }

    /// The parameters of a shape; `None` after a finding.
    fn detail<'n>(&mut self, section: &'static keys::Keys, entry: &'n Keyed) -> Option<Opened<'n>> {
        let before = self.count();
        let table = self.open(section, entry, String::from("quantity"), "");
        self.spans.remove("quantity");
        (self.count() == before).then_some(table)
    }

    fn follow(&mut self, name: &str, node: &Node, times: f64, plus: f64) -> Option<Law> {
        let place = self.find(Ref::Unknown, name, &node.span)?;
        self.followed.insert(place);
        let Some(&unknown) = self.unknowns.get(place) else {
            let draft = error(format!("an unknown follows the unknown `{name}`"), &node.span);
            return draft.label("expected a quantity of its own").give_up(self);
        };
        Some(Law::Shared { unknown, times, plus })
    }

    /// Whether the whole range of a law is allowed.
    fn within(&mut self, law: &Law, node: &Node, spec: Spec, what: &str) -> bool {
        let (lo, hi) = self.support(law);
        let is_lost = matches!(law, Law::Shared { unknown, .. } if self.names.lost.numbers.contains(unknown));
        if is_lost || (lo >= spec.lo && hi <= spec.hi) {
            return true;
        }
        let bad = if lo < spec.lo { lo } else { hi };
        let found = format!("`{what}` {} {}", if lo == hi { "is" } else { "may be" }, shown(bad));
        let draft = error(found, &node.span).label(format!("expected {}", spec.accepted()));
        out_of_range(what, spec, bad).into_iter().fold(draft, Finding::hint).push(self);
        false
    }

    /// The least and the greatest value of a law.
    pub fn support(&self, law: &Law) -> (f64, f64) {
        law.support(|unknown| match &self.inputs.get(unknown).law {
            Law::Own(quantity) => quantity.support(),
            Law::Shared { .. } => (f64::NAN, f64::NAN),
        })
    }
}

/// The advice to put the smaller number first, where it does not stand there.
fn rising(numbers: &[f64]) -> Option<String> {
    let mut rising = numbers.to_vec();
    rising.sort_by(f64::total_cmp);
    let shown = rising.iter().map(|x| shown(*x)).join(", ");
    (rising != numbers).then(|| format!("write the smaller number first: [{shown}]"))
}

/// Advice for a number beyond its range, where a common misunderstanding is behind it.
fn out_of_range(what: &str, spec: Spec, bad: f64) -> Option<String> {
    let is_worth =
        what.strip_prefix("claims.").and_then(|rest| rest.rsplit_once('.')).is_some_and(|(_, key)| key == "worth");
    if is_worth && bad < 0.0 {
        let hint = "no sentence hurts those who hear it; use a low value in the view, `overheard`, or a red line";
        return Some(hint.to_owned());
    }
    (spec.hi == 1.0 && bad > 1.0 && bad <= 100.0)
        .then(|| format!("{0} per cent is written {1}", shown(bad), bad / 100.0))
}

/// Whether a table places a line between two packages.
pub fn names_packages(entries: &[Keyed]) -> bool {
    entries.iter().any(|e| e.key == "bears" || e.key == "rejects")
}
