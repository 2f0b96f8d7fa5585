//! Wrong plans and what is said of them; right ones and what they come to.
//!
//! In `tests/bad-plans/*.toml` the expected findings stand over the line that causes them, as in `tests/bad`.

use winset::batch::{BatchPlan, PointTable, Status};
use winset::scenario::{Finding, PlanFile, Scenario};

fn scenario(name: &str) -> Scenario {
    let folder = if name == "istanbul-2025" { "talks" } else { "textbook" };
    let path = format!("{}/scenarios/{folder}/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Scenario::parse(name, &std::fs::read(path).expect("it is shipped")).expect("it is right")
}

fn plan(text: &str, table: Option<PointTable>) -> Result<BatchPlan, Vec<Finding>> {
    let file = PlanFile::parse("plan.toml", text.as_bytes())?;
    let scenarios = file.scenarios.iter().map(|said| scenario(&said.value)).collect();
    BatchPlan::of(&file, scenarios, table)
}

/// Line, part of the message and part of the advice of every expected finding.
fn expected(text: &str) -> Vec<(usize, String, String)> {
    let mut waiting = Vec::new();
    let mut all = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if let Some(rest) = line.strip_prefix("#! error: ") {
            let (message, advice) = rest.split_once(" => ").unwrap_or((rest, ""));
            waiting.push((message.to_owned(), advice.to_owned()));
        } else {
            all.extend(waiting.drain(..).map(|(message, advice)| (number + 1, message, advice)));
        }
    }
    all
}

#[test]
fn every_wrong_plan_has_exactly_the_findings_that_its_comments_say() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad-plans");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let text = std::fs::read_to_string(&path).expect("it is text");
        let expected = expected(&text);
        let Err(found) = plan(&text, None) else { panic!("{} is wrong, and was taken", path.display()) };
        let told: Vec<String> =
            found.iter().map(|f| format!("{}: {} {:?}", f.line(&text), f.message, f.hints)).collect();
        assert_eq!(found.len(), expected.len(), "{}: {told:#?}", path.display());
        for (finding, (line, message, advice)) in found.iter().zip(&expected) {
            assert_eq!(finding.line(&text), *line, "{}: {told:#?}", path.display());
            assert!(finding.message.contains(message), "{}: {told:#?}", path.display());
            assert!(advice.is_empty() || finding.hints.iter().any(|h| h.contains(advice)), "{told:#?}");
        }
        count += 1;
    }
    assert!(count >= 8, "only {count} files");
}

const HEAD: &str = "title = \"x\"\nscenarios = \"labour-dispute\"\n";
const DESIGN: &str =
    "inputs.\"audiences.drivers.loss_aversion\" = [1, 2]\ninputs.\"audiences.drivers.credence\" = [0, 1]\n";

#[test]
fn designs_have_their_points() {
    let points = |kind: &str| {
        let points = if kind == "one-at-a-time" { "" } else { "points = 16\n" };
        let text = format!("{HEAD}[design]\nkind = \"{kind}\"\n{points}{DESIGN}");
        plan(&text, None).expect("it is right").design.points
    };
    for kind in ["latin-hypercube", "sobol"] {
        let values = points(kind);
        assert_eq!(values.len(), 16);
        // Both designs have one point in each sixteenth of each range.
        for input in 0..2 {
            let low = if input == 0 { 1.0 } else { 0.0 };
            let mut cells: Vec<usize> =
                values.iter().map(|p| ((p[input].expect("it is held") - low) * 16.0) as usize).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..16).collect::<Vec<_>>(), "{kind}");
        }
    }
    let values = points("one-at-a-time");
    assert_eq!(values, [[None, None], [Some(1.0), None], [Some(2.0), None], [None, Some(0.0)], [None, Some(1.0)]]);
}

#[test]
fn rows_of_a_table_that_cannot_be_run_are_experiments_with_a_status() {
    let text = format!("{HEAD}[design]\nkind = \"table\"\ntable = \"t.csv\"\n");
    let rows = vec![vec![Some(1.5)], vec![Some(f64::NAN)], vec![Some(-1.0)], vec![None]];
    let table = PointTable { heads: vec!["audiences.drivers.loss_aversion".to_owned()], rows };
    let plan = plan(&text, Some(table)).expect("it is right");
    let words: Vec<&str> = (0..4).map(|e| plan.status(e).word()).collect();
    assert_eq!(words, ["ok", "non-finite", "failed", "ok"]);
    let Status::Failed(why) = plan.status(2) else { panic!("it fails") };
    assert_eq!(why, "audiences.drivers.loss_aversion is -1: expected a number of 0 or more");
}

#[test]
fn the_hash_tells_everything_that_makes_numbers_and_not_how_many_runs_there_are() {
    let of = |text: &str| plan(text, None).expect("it is right").hash();
    let base = format!(
        "{HEAD}runs = 10\n[design]\nkind = \"factorial\"\ninputs.\"audiences.drivers.loss_aversion\" = {{ values = [1, 2] }}\n"
    );
    assert_eq!(of(&base), of(&base.replace("runs = 10", "runs = 20")));
    let others = [
        base.replace("values = [1, 2]", "values = [1, 3]"),
        base.replace("runs = 10", "seed = 2"),
        base.replace("runs = 10", "defeat = \"both\""),
        base.replace("runs = 10", "record = \"runs\""),
        base.replace("labour-dispute", "istanbul-2025").replace("audiences.drivers", "audiences.rus_public"),
        format!("{base}[policies.a]\nwithout = \"events\"\n"),
    ];
    for other in others {
        assert_ne!(of(&base), of(&other), "{other}");
    }
}

#[test]
fn ids_that_programs_for_tables_take_for_missing_values_are_warned_of() {
    let text = format!(
        "{HEAD}[policies.NA]\nset.\"audiences.drivers.claims_weight\" = 10\n[policies.EU]\nset.\"audiences.drivers.claims_weight\" = 20\n"
    );
    let file = PlanFile::parse("plan.toml", text.as_bytes()).expect("it is a plan all the same");
    let found: Vec<&str> = file.warnings.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(found, ["pandas and R may read the id `NA` as a missing value"]);
    assert_eq!(file.warnings[0].line(&text), 3);
    let calm = text.replace("policies.NA", "policies.na-vote");
    assert!(PlanFile::parse("plan.toml", calm.as_bytes()).expect("it is a plan").warnings.is_empty());
}

#[test]
fn a_scenario_in_place_of_a_plan_is_one_mistake() {
    let text = include_str!("../samples/every-section.toml");
    let found = PlanFile::parse("a.toml", text.as_bytes()).expect_err("it is no plan");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].message.contains("this is a scenario") && found[0].hints[0].contains("winset run"), "{found:#?}");
}
