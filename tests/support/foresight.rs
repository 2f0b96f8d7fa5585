//! Made-up scenarios in which leaders look ahead.
#![allow(dead_code, reason = "each test file uses its own part")]

use winset::scenario::Scenario;

use super::generate::{Chance, Size, Spec, scenario};

/// A made-up scenario with factors of durability, in which every party may look ahead.
pub fn looking_ahead(case: u64, size: Size) -> (String, Scenario) {
    let (mut spec, plain) = scenario(case, size);
    let mut chance = Chance(case ^ 0x0F0E_51D3);
    let parties: Vec<String> = plain.negotiation.parties().map(|i| plain.negotiation.actor(i).id.clone()).collect();
    let shares = ["[0, 0.5, 1]", "1", "0.3", "{ discrete = { \"0\" = 1, \"1\" = 1 } }"];
    for party in &parties {
        let share = (*chance.pick(&shares)).to_owned();
        spec.entry("actors", party).keys.push(("foresight".to_owned(), share));
    }
    let text = spec.text().replacen("horizon = 12\n", "horizon = 12\nlooks_ahead = [1, 3]\n", 1);
    let text = text + &durability(&mut chance, &spec);
    let scenario = Scenario::parse("made-up.toml", text.as_bytes()).unwrap_or_else(|f| panic!("{text}\n{f:#?}"));
    (text, scenario)
}

/// Up to two factors of terms, and, where one issue at most has holders, their compliance.
fn durability(chance: &mut Chance, spec: &Spec) -> String {
    let mut text = String::from("\n[durability]\nhazard = [0, 0.3, 2]\n");
    let issues: Vec<_> = spec.section("issues").collect();
    for factor in 0..chance.below(3) {
        let issue = *chance.pick(&issues);
        let options = &spec.parse().negotiation.space;
        let options = &options.issues.iter().find(|k| k.id == issue.id).expect("the issue is there").options;
        let option = &chance.pick(options).id;
        text += &format!(
            "[durability.factors.y{factor}]\nwhen = {{ {} = \"{option}\" }}\nlog_hazard = [-2, 2]\n",
            issue.id
        );
    }
    let held = spec
        .parse()
        .negotiation
        .space
        .issues
        .iter()
        .filter(|k| k.options.iter().any(|o| !o.holders.is_empty()))
        .count();
    if held == 1 {
        text += "[durability.factors.z0]\ncounts = \"non-compliance\"\nlog_hazard = [0, 3]\n";
    }
    text
}
