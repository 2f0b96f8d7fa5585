//! Numbers changed from outside the file, as by `--set PATH=VALUE`, and those that follow a shared unknown which is changed.

use std::collections::BTreeMap;

use super::law::names_packages;
use super::names::path_advice;
use super::{Finding, Node, Reader, Ref, Scenario, Spec, Value, error, format, numerals, shown};
use crate::model::{Input, InputId, Law, Negotiation};

impl Scenario {
    /// Sets the number at a path to a value written as in a file; a bare word is text. The path of a `grants` written
    /// once sets it for every holder. Lines placed between two packages stay where the file as written puts them. It holds in every reading and with
    /// every variant, whatever they set.
    ///
    /// # Errors
    /// A finding without a place, if there is no such path or the value is not allowed there.
    pub fn set(&mut self, path: &str, value: &str) -> Result<(), Finding> {
        if let Some(members) = self.maps.get(path) {
            return self.set_map(path, value, members.clone());
        }
        let ids = self.reach(path)?;
        let node = format::read_value(value)?;
        // In a file this is remarked; here nobody would see the remark.
        if let Value::List(list) = &node.value
            && let Some(advice) = numerals::points_advice(list, list.len() > 3)
        {
            return Err(Finding::error(format!("a comma of `{value}` looks like a decimal comma")).hint(advice));
        }
        if matches!(&node.value, Value::Table(entries) if names_packages(entries)) {
            let found = format!("`{path}` is set to a line between two packages");
            return Err(Finding::error(found).hint("give the line in points"));
        }
        let laws: Vec<Law> = ids.iter().map(|id| self.law(&node, *id, path)).collect::<Result<_, _>>()?;
        let before: Vec<Law> = ids.iter().map(|id| self.negotiation.inputs.get(*id).law.clone()).collect();
        ids.iter().zip(laws).for_each(|(id, law)| self.negotiation.inputs.set_law(*id, law));
        if let Some(stray) = strays(&self.negotiation, &self.specs).first() {
            ids.iter().zip(before).for_each(|(id, law)| self.negotiation.inputs.set_law(*id, law));
            let found = format!("`{path}` would let `{}` be {}", stray.place, shown(stray.value));
            return Err(Finding::error(found).hint(format!("expected {}", stray.spec.accepted())));
        }
        for id in ids {
            self.mark(id);
        }
        Ok(())
    }

    /// Replaces all numbers of a map; those that the table does not name are 0.
    fn set_map(&mut self, path: &str, value: &str, members: Vec<(String, InputId)>) -> Result<(), Finding> {
        let node = format::read_value(value)?;
        let mut reader = self.reader();
        reader.specs.clone_from(&self.specs);
        reader.maps.insert(path.to_owned(), members);
        let laws = reader.whole_map(path, &node);
        if let Some(finding) = reader.take_findings().into_iter().next() {
            return Err(without_place(finding));
        }
        for (id, law) in laws {
            self.negotiation.inputs.set_law(id, law);
            self.mark(id);
        }
        Ok(())
    }

    /// A reader that knows the numbers and the unknowns.
    fn reader(&self) -> Reader {
        let mut reader = Reader::default();
        for (id, _) in &self.negotiation.unknowns {
            reader.names.index(Ref::Unknown).add(id);
        }
        reader.unknowns = self.negotiation.unknowns.iter().map(|(_, input)| *input).collect();
        reader.inputs = self.negotiation.inputs.clone();
        reader
    }

    /// The inputs behind a path that names one number, or one for each holder.
    ///
    /// # Errors
    /// A finding without a place, if there is no such path or it names a table of numbers.
    pub fn inputs_at(&self, path: &str) -> Result<Vec<InputId>, Finding> {
        match self.maps.get(path) {
            Some(members) => {
                let first = members.first().map_or("NAME", |(id, _)| id.as_str());
                Err(Finding::error(format!("`{path}` is a table of numbers"))
                    .hint(format!("name one of them, such as `{path}.{first}`")))
            }
            None => self.reach(path),
        }
    }

    /// Whether an input may have a value.
    ///
    /// # Errors
    /// What would be accepted.
    pub fn accepts(&self, id: InputId, value: f64) -> Result<(), &'static str> {
        let spec = self.specs[id.0];
        if (spec.lo..=spec.hi).contains(&value) { Ok(()) } else { Err(spec.accepted()) }
    }

    fn reach(&self, path: &str) -> Result<Vec<InputId>, Finding> {
        let inputs = &self.negotiation.inputs;
        if let Some(ids) = self.groups.get(path) {
            return Ok(ids.clone());
        }
        inputs.find(path).map(|id| vec![id]).ok_or_else(|| {
            let paths = inputs.iter().map(|(_, input)| input.path.as_str());
            let known: Vec<&str> = paths.chain(self.maps.keys().map(String::as_str)).collect();
            Finding::error(format!("unknown path `{path}`")).hint(path_advice(path, &known))
        })
    }

    /// The law that a value gives an input, checked as in a file.
    fn law(&self, node: &Node, id: InputId, path: &str) -> Result<Law, Finding> {
        let mut reader = self.reader();
        // An unknown may not follow another one, so it is given none to follow.
        if self.negotiation.unknowns.iter().any(|(_, input)| *input == id) {
            reader.unknowns.clear();
        }
        let law = reader.law(node, self.specs[id.0], path);
        law.ok_or_else(|| {
            let finding = reader.take_findings().into_iter().next();
            finding.map_or_else(|| Finding::error(format!("`{path}` cannot be set")), without_place)
        })
    }

    /// Notes that an input is no longer a default, and that its line is no longer placed by packages.
    fn mark(&mut self, id: InputId) {
        let n = &mut self.negotiation;
        let written = Input { written: true, ..n.inputs.get(id).clone() };
        n.inputs.add(written);
        // What is said from outside the file holds in every reading and with every variant.
        n.readings.iter_mut().for_each(|reading| reading.set.retain(|(set, _)| *set != id));
        n.variants.iter_mut().for_each(|variant| variant.set.retain(|(set, _)| *set != id));
        for audience in &mut n.audiences {
            for line in [&mut audience.defeat_below, &mut audience.victory_from].into_iter().flatten() {
                if line.points == id {
                    line.between = None;
                }
            }
        }
    }
}

/// The label would stand under carets; without a place it is the first advice.
fn without_place(mut finding: Finding) -> Finding {
    finding.span = None;
    if let Some(label) = finding.label.take() {
        finding.hints.insert(0, label.into());
    }
    finding
}

/// A number that could leave what is allowed for it.
struct Stray {
    /// The path of the number, or of the place that sets it.
    place: String,
    /// The value that it could take.
    value: f64,
    /// What is allowed.
    spec: Spec,
}

/// Adds an error for every number that an unknown could carry out of its bounds.
pub fn check_followers(reader: &mut Reader, n: &Negotiation) {
    for stray in strays(n, &reader.specs.clone()) {
        let span = reader.spans.get(&stray.place).cloned().unwrap_or(0..0);
        let found = format!("`{}` may be {} when its unknown is changed", stray.place, shown(stray.value));
        error(found, &span).label(format!("expected {}", stray.spec.accepted())).push(reader);
    }
}

/// All numbers that could leave their bounds, in any reading and with any variants.
fn strays(n: &Negotiation, specs: &[Spec]) -> Vec<Stray> {
    let ranges: BTreeMap<InputId, (f64, f64)> = n.unknowns.iter().map(|(_, id)| (*id, n.range(*id))).collect();
    let own = n.inputs.iter().map(|(id, input)| (input.path.clone(), id, &input.law));
    let place = |section: &str, id: &str, input: InputId| format!("{section}.{id}.set.{}", n.inputs.get(input).path);
    let set = n
        .sets()
        .flat_map(|(section, id, set)| set.iter().map(move |(input, law)| (place(section, id, *input), *input, law)));
    let outside = |(place, id, law): (String, InputId, &Law)| {
        let Law::Shared { unknown, times, plus } = law else { return None };
        let (lo, hi) = ranges[unknown];
        let spec = specs[id.0];
        let value = [times * lo + plus, times * hi + plus].into_iter().find(|x| *x < spec.lo || *x > spec.hi)?;
        Some(Stray { place, value, spec })
    };
    own.chain(set).filter_map(outside).collect()
}
