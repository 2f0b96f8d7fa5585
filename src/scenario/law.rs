//! How an uncertain number is written.

use super::format::{Entry, Node, Value};
use super::inputs::certain;
use super::keys::{self, Form, LARGEST, Ref, Spec};
use super::numerals;
use super::reader::{Draft, Reader, Table};
use super::slips;
use super::values::shown;
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
            Value::Flag(flag) => certain(self.flag_value(*flag, node, spec, what)?),
            Value::List(list) => self.range(list, node, what)?,
            Value::Text(name) if self.is_slip(name, node, spec) => return None,
            Value::Text(name) => self.follow(name, node, 1.0, 0.0)?,
            Value::Table(entries) if spec.form == Form::Line && names_packages(entries) => return Some(certain(0.0)),
            Value::Table(entries) => self.shape(entries, node, spec, what)?,
            Value::Date(..) => {
                self.wrong_type(what, node, spec.accepted());
                return None;
            }
        };
        self.within(&law, node, spec, what).then_some(law)
    }

    fn flag_value(&mut self, flag: bool, node: &Node, spec: Spec, what: &str) -> Option<f64> {
        match spec.form {
            Form::Chance => Some(f64::from(u8::from(flag))),
            // A secret for good never leaks; a term that is no secret is known at once.
            Form::Secret => Some(f64::from(u8::from(!flag))),
            Form::Value | Form::Line => {
                self.wrong_type(what, node, spec.accepted());
                None
            }
        }
    }

    fn range(&mut self, list: &[Node], node: &Node, what: &str) -> Option<Law> {
        let points =
            numerals::with_points(list, list.len() > 3).map(|list| format!("with decimal points it is {list}"));
        if !(2..=3).contains(&list.len()) {
            let found = format!("`{what}` is a list of {}", list.len());
            let draft = self.error(found, &node.span).label("expected [lo, hi] or [lo, mode, hi]");
            points.into_iter().fold(draft, Draft::hint).push();
            return None;
        }
        let numbers: Vec<Option<f64>> = list.iter().map(|n| self.plain_node(n, what)).collect();
        let numbers: Vec<f64> = numbers.into_iter().collect::<Option<_>>()?;
        let quantity = match numbers[..] {
            [lo, hi] => Quantity::uniform(lo, hi),
            _ => Quantity::pert(numbers[0], numbers[1], numbers[2]),
        };
        let advice = points.clone().or_else(|| rising(&numbers));
        let law = self.own_with_advice(quantity, node, what, advice)?;
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
        self.warning(found, &node.span).hint(hint).push();
    }

    /// Whether a text stands where a number should, though it is no name: `"80%"`, `"yes"`, `"0.5"`.
    fn is_slip(&mut self, word: &str, node: &Node, spec: Spec) -> bool {
        let right = numerals::meant(word).map(shown);
        let flag = slips::flag(word).filter(|_| matches!(spec.form, Form::Chance | Form::Secret));
        let right = right.or_else(|| flag.map(|flag| flag.to_string()));
        let Some(right) = right.filter(|_| self.names.find(Ref::Unknown, word).is_none()) else { return false };
        let found = format!("`{word}` names no unknown");
        self.error(found, &node.span).hint(format!("write {right} without quotes")).push();
        true
    }

    fn own(&mut self, quantity: Result<Quantity, QuantityError>, node: &Node, what: &str) -> Option<Law> {
        self.own_with_advice(quantity, node, what, None)
    }

    /// The law of a quantity; `None` after a finding with the advice.
    fn own_with_advice(
        &mut self,
        quantity: Result<Quantity, QuantityError>,
        node: &Node,
        what: &str,
        advice: Option<String>,
    ) -> Option<Law> {
        let error = match quantity {
            Ok(quantity) => return Some(Law::Own(quantity)),
            Err(error) => error,
        };
        let draft = self.error(format!("`{what}`: {error}"), &node.span);
        advice.into_iter().fold(draft, Draft::hint).push();
        None
    }

    fn shape(&mut self, entries: &[Entry], node: &Node, spec: Spec, what: &str) -> Option<Law> {
        let named = entries.iter().find(|e| SHAPES.contains(&e.key.as_str()));
        let Some(entry) = named.filter(|e| e.key == "unknown" || entries.len() == 1) else {
            let accepted = format!("{}, a range, or one of {}", spec.accepted(), SHAPES.join(", "));
            self.wrong_type(what, node, &accepted);
            return None;
        };
        match entry.key.as_str() {
            "normal" => self.normal(entry, what),
            "beta" => self.beta(entry, what),
            "discrete" => self.discrete(entry, what),
            _ => self.shared(entries, node, what),
        }
    }

    fn normal(&mut self, entry: &Entry, what: &str) -> Option<Law> {
        let table = self.detail(&keys::NORMAL, entry)?;
        let (mean, sd) = (self.plain(&table, "mean")?, self.plain(&table, "sd")?);
        self.own(Quantity::normal(mean, sd), &entry.node, what)
    }

    fn beta(&mut self, entry: &Entry, what: &str) -> Option<Law> {
        let table = self.detail(&keys::BETA, entry)?;
        let (a, b) = (self.plain(&table, "a")?, self.plain(&table, "b")?);
        let from = if table.get("from").is_some() { self.plain(&table, "from")? } else { 0.0 };
        let to = if table.get("to").is_some() { self.plain(&table, "to")? } else { 1.0 };
        self.own(Quantity::beta(a, b, from, to), &entry.node, what)
    }

    fn discrete(&mut self, entry: &Entry, what: &str) -> Option<Law> {
        let Value::Table(entries) = &entry.node.value else {
            self.wrong_type(what, &entry.node, "a table from values to weights");
            return None;
        };
        let mut pairs = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some(value) = entry.key.parse::<f64>().ok().filter(|x| x.abs() <= LARGEST) else {
                let found = format!("`{}` is not a value", entry.key);
                self.error(found, &entry.span).hint("discrete = { \"0.2\" = 1, \"0.5\" = 3 }: value = weight").push();
                return None;
            };
            pairs.push((value, self.plain_node(&entry.node, what)?));
        }
        self.own(Quantity::discrete(pairs), &entry.node, what)
    }

    fn shared(&mut self, entries: &[Entry], node: &Node, what: &str) -> Option<Law> {
        let whole = Entry { key: what.to_owned(), span: node.span.clone(), node: node.clone() };
        debug_assert!(!entries.is_empty(), "the key `unknown` is there");
        let table = self.detail(&keys::SHARED, &whole)?;
        let times = if table.get("times").is_some() { self.plain(&table, "times")? } else { 1.0 };
        let plus = if table.get("plus").is_some() { self.plain(&table, "plus")? } else { 0.0 };
        let unknown = &table.get("unknown")?.node;
        let Value::Text(name) = &unknown.value else {
            self.wrong_type("unknown", unknown, "the id of an unknown");
            return None;
        };
        self.follow(name, unknown, times, plus)
    }

    /// The parameters of a shape; `None` after a finding.
    fn detail<'n>(&mut self, section: &'static keys::Section, entry: &'n Entry) -> Option<Table<'n>> {
        let before = self.count();
        let table = self.open(section, entry, String::from("quantity"), "");
        self.spans.remove("quantity");
        (self.count() == before).then_some(table)
    }

    fn follow(&mut self, name: &str, node: &Node, times: f64, plus: f64) -> Option<Law> {
        let place = self.find(Ref::Unknown, name, &node.span)?;
        self.followed.insert(place);
        let Some(&unknown) = self.unknowns.get(place) else {
            self.error(format!("an unknown follows the unknown `{name}`"), &node.span)
                .label("expected a quantity of its own")
                .push();
            return None;
        };
        Some(Law::Shared { unknown, times, plus })
    }

    /// Whether the whole range of a law is allowed.
    fn within(&mut self, law: &Law, node: &Node, spec: Spec, what: &str) -> bool {
        let (lo, hi) = self.support(law);
        if matches!(law, Law::Shared { unknown, .. } if self.names.lost.numbers.contains(unknown)) {
            return true;
        }
        let bad = if lo < spec.lo { lo } else { hi };
        if lo >= spec.lo && hi <= spec.hi {
            return true;
        }
        let found =
            if lo == hi { format!("`{what}` is {}", shown(bad)) } else { format!("`{what}` may be {}", shown(bad)) };
        let draft = self.error(found, &node.span).label(format!("expected {}", spec.accepted()));
        out_of_range(what, spec, bad).into_iter().fold(draft, Draft::hint).push();
        false
    }

    /// The least and the greatest value of a law.
    pub fn support(&self, law: &Law) -> (f64, f64) {
        match law {
            Law::Own(quantity) => quantity.support(),
            Law::Shared { unknown, times, plus } => {
                let Law::Own(quantity) = &self.inputs.get(*unknown).law else { return (f64::NAN, f64::NAN) };
                let (lo, hi) = quantity.support();
                let (a, b) = (times * lo + plus, times * hi + plus);
                (a.min(b), a.max(b))
            }
        }
    }
}

/// The advice to put the smaller number first, where it does not stand there.
fn rising(numbers: &[f64]) -> Option<String> {
    let mut rising = numbers.to_vec();
    rising.sort_by(f64::total_cmp);
    let shown: Vec<String> = rising.iter().map(|x| shown(*x)).collect();
    (rising != numbers).then(|| format!("write the smaller number first: [{}]", shown.join(", ")))
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
pub(super) fn names_packages(entries: &[Entry]) -> bool {
    entries.iter().any(|e| e.key == "bears" || e.key == "rejects")
}
