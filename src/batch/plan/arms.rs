//! From what a plan says to its models and arms, with everything that is wrong about it.

use itertools::{Itertools as _, iproduct};

use super::{BatchPlan, Design, MOST_EXPERIMENTS, MOST_RUNS, Model, PlanArm, PointTable, design, stem};
use crate::analysis::Part;
use crate::model::Law;
use crate::scenario::{Finding, PlanFile, Policy, Readings, Said, Scenario, Switches, advice};

/// What a setting or a policy is called where the plan has none.
const AS_IT_IS: &str = "as it is";

/// Models that a plan may have: each is compiled and kept.
const MOST_MODELS: usize = 256;

impl BatchPlan {
    /// Checks a plan against its scenarios, which are in the order in which it names them. `table` is what the CSV file of
    /// its design holds, if it names one.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the file: unknown readings, variants, parts and paths, values that are
    /// not accepted, an empty design, more experiments than [`MOST_EXPERIMENTS`], two arms that are the same.
    pub fn of(file: &PlanFile, scenarios: Vec<Scenario>, table: Option<PointTable>) -> Result<Self, Vec<Finding>> {
        let mut found = Vec::new();
        for (place, said) in file.scenarios.iter().enumerate() {
            if file.scenarios[..place].iter().any(|s| stem(&s.value) == stem(&said.value)) {
                let message = format!("two scenarios are called `{}`", stem(&said.value));
                found.push(Finding::error(message).at(said.span.clone()).hint("results name a scenario by its file"));
            }
        }
        let design = design::of(file, &scenarios, table, &mut found);
        let models = models(file, &scenarios, &design, &mut found);
        let readings: Vec<Vec<Option<usize>>> = scenarios.iter().map(|s| readings(file, s, &mut found)).collect();
        let of_model = |(model, m): (usize, &Model)| {
            readings[m.scenario].iter().map(move |reading| PlanArm { model, reading: *reading })
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
            design,
        };
        if found.is_empty() {
            found.extend(plan.too_large(file));
        }
        if found.is_empty() {
            found = plan.twins(file);
        }
        found.sort_by_key(|f| f.span.as_ref().map_or(0, |s| s.start + 1));
        found.dedup();
        if found.is_empty() { Ok(plan) } else { Err(found) }
    }

    /// Whether there is more than anybody would mean.
    fn too_large(&self, file: &PlanFile) -> Option<Finding> {
        let experiments = self.arms.len() as u128 * self.design.points.len() as u128;
        if experiments > u128::from(MOST_EXPERIMENTS) {
            let span = file.design.as_ref().map(|design| design.kind.span.clone());
            return Some(Finding { span, ..design::too_many(experiments) });
        }
        let runs = self.size();
        (runs > u128::from(MOST_RUNS)).then(|| {
            Finding::error(format!("the plan has {runs} runs, more than {MOST_RUNS}"))
                .hint("fewer runs of each experiment, or fewer experiments")
        })
    }

    /// Arms that come down to the same.
    fn twins(&self, file: &PlanFile) -> Vec<Finding> {
        let essences: Vec<_> = self.arms.iter().map(|arm| self.essence(arm)).collect();
        let earlier = |i: usize| essences[..i].iter().position(|essence| *essence == essences[i]);
        let twins = (0..essences.len()).filter_map(|i| Some(self.twin(file, &self.arms[earlier(i)?], &self.arms[i])));
        // One pair tells it; a whole policy that changes nothing would be named once for each reading.
        twins.sorted_by(|a, b| a.message.cmp(&b.message)).dedup_by(|a, b| a.message == b.message).collect()
    }

    /// What an arm comes down to, with one set of laws for each reading that is drawn: two arms that come down to the same
    /// are one too many.
    fn essence(&self, arm: &PlanArm) -> (&str, &[Part], Vec<Vec<Law>>) {
        let model = self.model(arm);
        let readings: Vec<Option<usize>> = match arm.reading {
            None if !model.n.readings.is_empty() => (0..model.n.readings.len()).map(Some).collect(),
            one => vec![one],
        };
        let laws = readings.into_iter().map(|r| model.n.laws(r, &model.variants)).collect();
        (&self.scenarios[model.scenario].text, &model.without, laws)
    }

    fn twin(&self, file: &PlanFile, first: &PlanArm, second: &PlanArm) -> Finding {
        let (a, b) = (self.model(first), self.model(second));
        let (what, [x, y], said) = if a.scenario != b.scenario {
            let names = [a, b].map(|model| self.scenarios[model.scenario].name.as_str());
            ("scenarios", names, file.scenarios.get(b.scenario))
        } else if a.variant != b.variant {
            let said = file.variants.iter().map(|v| &v.id).find(|id| id.value == b.variant);
            ("variants", [a.variant.as_str(), &b.variant], said)
        } else if a.policy != b.policy {
            let said = file.policies.iter().map(|p| &p.id).find(|id| id.value == b.policy);
            ("policies", [a.policy.as_str(), &b.policy], said)
        } else {
            ("readings", [first, second].map(|arm| self.reading(arm)), None)
        };
        let found = Finding::error(format!("{what} `{x}` and `{y}` come down to the same experiments"));
        let hint = "leave one of them out, or change what it sets";
        Finding { span: said.map(|said| said.span.clone()), ..found.hint(hint) }
    }
}

fn models(file: &PlanFile, scenarios: &[Scenario], design: &Design, found: &mut Vec<Finding>) -> Vec<Model> {
    let (settings, policies) = (or_none(&file.variants), or_none(&file.policies));
    let count = scenarios.len() * settings.len() * policies.len();
    if count > MOST_MODELS {
        let message = format!("scenarios, variants and policies make {count} models, more than {MOST_MODELS}");
        found.push(Finding::error(message).hint("vary numbers by the design instead: it compiles nothing anew"));
        return Vec::new();
    }
    let all = iproduct!(scenarios.iter().enumerate(), settings, policies);
    all.filter_map(|(scenario, setting, policy)| model(scenario, setting, policy, design, found)).collect()
}

fn or_none<T>(list: &[T]) -> Vec<Option<&T>> {
    if list.is_empty() { vec![None] } else { list.iter().map(Some).collect() }
}

fn model(
    (place, scenario): (usize, &Scenario),
    setting: Option<&Switches>,
    policy: Option<&Policy>,
    design: &Design,
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
        if design.paths.contains(&path.value) {
            let message = format!("`{}` is set by a policy and varied by the design", path.value);
            found.push(Finding::error(message).at(path.span.clone()).hint("leave one of the two out"));
        }
    }
    let without = policy.map_or_else(Vec::new, |policy| left_out(&mut changed, policy, found));
    let mut wide = changed.clone();
    let mut inputs = Vec::with_capacity(design.paths.len());
    for (path, place) in design.paths.iter().zip(0..) {
        inputs.push(wide.inputs_at(path).unwrap_or_default());
        let accepted = |x: &f64| inputs[place].iter().all(|id| scenario.accepts(*id, *x).is_ok());
        let values = design.points.iter().filter_map(|point| point[place]).filter(accepted);
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

/// A word that names nothing, with what could have been meant.
fn unknown(message: String, word: &Said<String>, plural: &str, known: &[&str]) -> Finding {
    Finding::error(message).at(word.span.clone()).hint(advice(&word.value, plural, known))
}

/// The variants of a scenario as a plan switches them.
fn switched(scenario: &Scenario, setting: &Switches, found: &mut Vec<Finding>) -> Vec<bool> {
    let n = &scenario.negotiation;
    let mut variants = n.default_variants();
    let known: Vec<&str> = n.variants.iter().map(|v| v.id.as_str()).collect();
    for (id, on) in &setting.on {
        if let Some(place) = known.iter().position(|known| *known == id.value) {
            variants[place] = *on;
        } else {
            let message = format!("`{}` has no variant `{}`", scenario.name, id.value);
            found.push(unknown(message, id, "variants", &known));
        }
    }
    if let Some((first, second, number)) = n.clash(&variants) {
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
            None => found.push(unknown(format!("unknown part `{}`", word.value), word, "parts", &known)),
        }
    }
    parts.sort_unstable();
    parts.dedup();
    parts.iter().for_each(|part| part.leave_out(&mut scenario.negotiation));
    parts
}

/// The readings that a plan asks of a scenario.
fn readings(file: &PlanFile, scenario: &Scenario, found: &mut Vec<Finding>) -> Vec<Option<usize>> {
    let known: Vec<&str> = scenario.negotiation.readings.iter().map(|r| r.id.as_str()).collect();
    match &file.readings {
        Readings::Each if !known.is_empty() => (0..known.len()).map(Some).collect(),
        Readings::ByPrior | Readings::Each => vec![None],
        Readings::Named(named) => {
            let mut readings = Vec::new();
            for word in named {
                match known.iter().position(|known| *known == word.value) {
                    _ if word.value == "by prior" => readings.push(None),
                    Some(place) => readings.push(Some(place)),
                    None => found.push(unknown(format!("unknown reading `{}`", word.value), word, "readings", &known)),
                }
            }
            readings
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_scenario_is_called_by_the_last_part_of_its_file() {
        assert_eq!(super::stem("a/b/istanbul-2025.toml"), "istanbul-2025");
        assert_eq!(super::stem("istanbul-2025"), "istanbul-2025");
    }
}
