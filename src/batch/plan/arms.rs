//! From what a plan says to its models and arms, with everything that is wrong about it.

use super::{Arm, Essence, MOST_EXPERIMENTS, Model, Plan, Points, Table, short};
use crate::analysis::Part;
use crate::scenario::{Finding, PlanFile, Policy, Readings, Said, Scenario, Switches, advice};

/// What a setting or a policy is called where the plan has none.
const AS_IT_IS: &str = "as it is";

/// Models that a plan may have: each is compiled and kept.
const MOST_MODELS: usize = 256;

/// Runs that a batch may have.
const MOST_RUNS: u128 = 1_000_000_000_000;

impl Plan {
    /// Checks a plan against its scenarios, which are in the order in which it names them. `table` is what the CSV file of
    /// its design holds, if it names one.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the file: unknown readings, variants, parts and paths, values that are
    /// not accepted, an empty design, more experiments than [`MOST_EXPERIMENTS`], two arms that are the same.
    pub fn of(file: &PlanFile, scenarios: Vec<Scenario>, table: Option<Table>) -> Result<Self, Vec<Finding>> {
        let mut found = Vec::new();
        for (place, said) in file.scenarios.iter().enumerate() {
            if file.scenarios[..place].iter().any(|s| short(&s.value) == short(&said.value)) {
                let message = format!("two scenarios are called `{}`", short(&said.value));
                found.push(Finding::error(message).at(said.span.clone()).hint("results name a scenario by its file"));
            }
        }
        let points = super::points::of(file, &scenarios, table, &mut found);
        let models = models(file, &scenarios, &points, &mut found);
        let readings: Vec<Vec<Option<usize>>> = scenarios.iter().map(|s| readings(file, s, &mut found)).collect();
        let of_model = |(model, m): (usize, &Model)| {
            readings[m.scenario].iter().map(move |reading| Arm { model, reading: *reading }).collect::<Vec<_>>()
        };
        let arms = models.iter().enumerate().flat_map(of_model).collect();
        let plan = Self {
            title: file.title.clone(),
            question: file.question.clone(),
            runs: file.runs,
            seed: file.seed,
            defeat: file.defeat,
            record: file.record,
            scenarios,
            models,
            arms,
            points,
        };
        if found.is_empty() {
            found.extend(plan.too_large(file));
        }
        if found.is_empty() {
            plan.twins(file, &mut found);
        }
        found.sort_by_key(|f| f.span.as_ref().map_or(0, |s| s.start + 1));
        found.dedup();
        if found.is_empty() { Ok(plan) } else { Err(found) }
    }

    /// Whether there is more than anybody would mean.
    fn too_large(&self, file: &PlanFile) -> Option<Finding> {
        let (arms, points) = (self.arms.len() as u128, self.points.values.len() as u128);
        let place = |f: Finding| file.design.as_ref().map_or(f.clone(), |d| f.at(d.kind.span.clone()));
        if arms * points > u128::from(MOST_EXPERIMENTS) {
            return Some(place(super::points::too_many(arms * points)));
        }
        let runs = self.size();
        (runs > MOST_RUNS).then(|| {
            Finding::error(format!("the plan has {runs} runs, more than {MOST_RUNS}"))
                .hint("fewer runs of each experiment, or fewer experiments")
        })
    }

    /// Arms that come down to the same.
    fn twins(&self, file: &PlanFile, found: &mut Vec<Finding>) {
        let essences: Vec<Essence> = self.arms.iter().map(|arm| self.essence(arm)).collect();
        for (i, essence) in essences.iter().enumerate() {
            if let Some(earlier) = essences[..i].iter().position(|e| e == essence) {
                found.push(self.twin(file, &self.arms[earlier], &self.arms[i]));
            }
        }
        // One pair tells it; a whole policy that changes nothing would be named once for each reading.
        found.sort_by(|a, b| a.message.cmp(&b.message));
        found.dedup_by(|a, b| a.message == b.message);
    }

    fn essence(&self, arm: &Arm) -> Essence<'_> {
        let model = self.model(arm);
        let readings: Vec<Option<usize>> = match arm.reading {
            Some(r) => vec![Some(r)],
            None if model.n.readings.is_empty() => vec![None],
            None => (0..model.n.readings.len()).map(Some).collect(),
        };
        let laws = readings.into_iter().map(|r| model.n.laws(r, &model.variants)).collect();
        Essence { text: &self.scenarios[model.scenario].text, without: &model.without, laws }
    }

    fn twin(&self, file: &PlanFile, first: &Arm, second: &Arm) -> Finding {
        let (a, b) = (self.model(first), self.model(second));
        let hint = "leave one of them out, or change what it sets";
        let same = |what: &str, x: &str, y: &str| {
            let found = format!("{what} `{x}` and `{y}` come down to the same experiments");
            Finding::error(found).hint(hint)
        };
        let at = |f: Finding, said: Option<&Said<String>>| said.map_or(f.clone(), |s| f.at(s.span.clone()));
        if a.scenario != b.scenario {
            let names = [a, b].map(|m| self.scenarios[m.scenario].name.as_str());
            at(same("scenarios", names[0], names[1]), file.scenarios.get(b.scenario))
        } else if a.variant != b.variant {
            let written = file.variants.iter().find(|v| v.id.value == b.variant);
            at(same("variants", &a.variant, &b.variant), written.map(|v| &v.id))
        } else if a.policy != b.policy {
            let written = file.policies.iter().find(|p| p.id.value == b.policy);
            at(same("policies", &a.policy, &b.policy), written.map(|p| &p.id))
        } else {
            same("readings", self.reading(first), self.reading(second))
        }
    }
}

fn models(file: &PlanFile, scenarios: &[Scenario], points: &Points, found: &mut Vec<Finding>) -> Vec<Model> {
    let settings: Vec<Option<&Switches>> = or_none(&file.variants);
    let policies: Vec<Option<&Policy>> = or_none(&file.policies);
    let count = scenarios.len() * settings.len() * policies.len();
    if count > MOST_MODELS {
        let message = format!("scenarios, variants and policies make {count} models, more than {MOST_MODELS}");
        found.push(Finding::error(message).hint("vary numbers by the design instead: it compiles nothing anew"));
        return Vec::new();
    }
    let mut models = Vec::with_capacity(count);
    for (s, scenario) in scenarios.iter().enumerate() {
        for setting in &settings {
            for policy in &policies {
                models.extend(model(s, scenario, *setting, *policy, points, found));
            }
        }
    }
    models
}

fn or_none<T>(list: &[T]) -> Vec<Option<&T>> {
    if list.is_empty() { vec![None] } else { list.iter().map(Some).collect() }
}

fn model(
    place: usize,
    scenario: &Scenario,
    setting: Option<&Switches>,
    policy: Option<&Policy>,
    points: &Points,
    found: &mut Vec<Finding>,
) -> Option<Model> {
    let before = found.len();
    let mut changed = scenario.clone();
    let variants =
        setting.map_or_else(|| scenario.negotiation.default_variants(), |setting| switched(scenario, setting, found));
    let mut set = Vec::new();
    for (path, value) in policy.iter().flat_map(|p| &p.set) {
        match changed.set(&path.value, value) {
            Ok(()) => set.push((path.value.clone(), value.clone())),
            Err(finding) => found.push(finding.at(path.span.clone())),
        }
        if points.paths.contains(&path.value) {
            let message = format!("`{}` is set by a policy and varied by the design", path.value);
            found.push(Finding::error(message).at(path.span.clone()).hint("leave one of the two out"));
        }
    }
    let without = policy.map_or_else(Vec::new, |policy| left_out(&mut changed, policy, found));
    let mut wide = changed.clone();
    let mut inputs = Vec::with_capacity(points.paths.len());
    for (path, place) in points.paths.iter().zip(0..) {
        inputs.push(wide.inputs_at(path).unwrap_or_default());
        let accepted = |x: &f64| inputs[place].iter().all(|id| scenario.accepts(*id, *x).is_ok());
        let values = points.values.iter().filter_map(|point| point[place]).filter(accepted);
        let (lo, hi) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), x| (lo.min(x), hi.max(x)));
        if lo <= hi {
            // Refused only where a value drags a follower out of its bounds; then the finding says so.
            let value = if lo < hi { format!("[{lo:?}, {hi:?}]") } else { format!("{lo:?}") };
            found.extend(wide.set(path, &value).err());
        }
    }
    if found.len() > before {
        return None;
    }
    Some(Model {
        scenario: place,
        variant: setting.map_or(AS_IT_IS, |s| &s.id.value).to_owned(),
        policy: policy.map_or(AS_IT_IS, |p| &p.id.value).to_owned(),
        policy_name: policy.map_or(AS_IT_IS, |p| &p.name).to_owned(),
        n: changed.negotiation,
        wide: wide.negotiation,
        variants,
        without,
        inputs,
        set,
    })
}

/// The variants of a scenario as a plan switches them.
fn switched(scenario: &Scenario, setting: &Switches, found: &mut Vec<Finding>) -> Vec<bool> {
    let n = &scenario.negotiation;
    let mut variants = n.default_variants();
    let known: Vec<&str> = n.variants.iter().map(|v| v.id.as_str()).collect();
    for (id, on) in &setting.on {
        let Some(place) = n.variants.iter().position(|v| v.id == id.value) else {
            let message = format!("`{}` has no variant `{}`", scenario.name, id.value);
            let hint = advice(&id.value, "variants", &known);
            found.push(Finding::error(message).at(id.span.clone()).hint(hint));
            continue;
        };
        variants[place] = *on;
    }
    if let Some((first, second, number)) = n.clash(&variants) {
        let [first, second] = [first, second].map(|v| &n.variants[v].id);
        let message = format!("variants `{first}` and `{second}` both set `{}`", n.inputs.get(number).path);
        found.push(Finding::error(message).at(setting.id.span.clone()).hint("switch one of them off"));
    }
    variants
}

fn left_out(scenario: &mut Scenario, policy: &Policy, found: &mut Vec<Finding>) -> Vec<Part> {
    let known: Vec<String> = Part::all().into_iter().map(Part::word).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let mut parts = Vec::new();
    for word in &policy.without {
        match Part::named(&word.value) {
            Some(part) if part.mechanism().is_some() && scenario.negotiation.talks.is_none() => {
                let message = format!("`{}` is a part of the talks, and `{}` has none", word.value, scenario.name);
                found.push(Finding::error(message).at(word.span.clone()));
            }
            Some(part) => parts.push(part),
            None => {
                let message = format!("unknown part `{}`", word.value);
                found.push(Finding::error(message).at(word.span.clone()).hint(advice(&word.value, "parts", &known)));
            }
        }
    }
    parts.sort_unstable();
    parts.dedup();
    parts.iter().for_each(|part| part.leave_out(&mut scenario.negotiation));
    parts
}

/// The readings that a plan asks of a scenario.
fn readings(file: &PlanFile, scenario: &Scenario, found: &mut Vec<Finding>) -> Vec<Option<usize>> {
    let all = scenario.negotiation.readings.len();
    match &file.readings {
        Readings::ByPrior => vec![None],
        Readings::Each if all == 0 => vec![None],
        Readings::Each => (0..all).map(Some).collect(),
        Readings::Named(named) => named.iter().flat_map(|word| reading(scenario, word, found)).collect(),
    }
}

/// A reading by its name, `by prior` being none of them; nothing if it is unknown.
fn reading(scenario: &Scenario, word: &Said<String>, found: &mut Vec<Finding>) -> Vec<Option<usize>> {
    if word.value == "by prior" {
        return vec![None];
    }
    let readings = &scenario.negotiation.readings;
    let place = readings.iter().position(|r| r.id == word.value);
    if place.is_none() {
        let known: Vec<&str> = readings.iter().map(|r| r.id.as_str()).collect();
        let message = format!("unknown reading `{}`", word.value);
        found.push(Finding::error(message).at(word.span.clone()).hint(advice(&word.value, "readings", &known)));
    }
    place.map(Some).into_iter().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_scenario_is_called_by_the_last_part_of_its_file() {
        assert_eq!(super::short("a/b/istanbul-2025.toml"), "istanbul-2025");
        assert_eq!(super::short("istanbul-2025"), "istanbul-2025");
    }
}
