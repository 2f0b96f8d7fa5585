//! Domains of other tools, in and out, as a user asks for them.

use std::fs;
use std::time::{Duration, Instant};

use crate::cli_support::{Folder, winset};

const DOMAIN: &str = "<negotiation_template><utility_space number_of_issues=\"1\"><objective index=\"0\" name=\"Hut\">
<issue index=\"1\" name=\"Roof & walls\" type=\"discrete\"><item index=\"1\" value=\"reed\"/><item index=\"2\" value=\"tin\"/></issue>
<issue index=\"2\" name=\"Rooms\" type=\"discrete\"><item index=\"1\" value=\"one\"/><item index=\"2\" value=\"two\"/></issue>
</objective></utility_space></negotiation_template>\n";

/// A profile whose first issue is worth `first` and 1, the second `second` and 1.
fn profile(first: f64, second: f64) -> String {
    format!(
        "<utility_space><objective index=\"0\" name=\"Hut\"><issue index=\"1\" name=\"Roof &amp; walls\" type=\"discrete\">\
         <item index=\"1\" value=\"reed\" evaluation=\"{first}\"/><item index=\"2\" value=\"tin\" evaluation=\"1\"/></issue>\
         <issue index=\"2\" name=\"Rooms\" type=\"discrete\"><item index=\"1\" value=\"one\" evaluation=\"{second}\"/>\
         <item index=\"2\" value=\"two\" evaluation=\"1\"/></issue><weight index=\"1\" value=\"0.25\"/>\
         <weight index=\"2\" value=\"0.75\"/></objective><reservation value=\"0.5\"/></utility_space>\n"
    )
}

fn hut(folder: &Folder) -> [String; 3] {
    let files = [("hut.xml", DOMAIN.to_owned()), ("ann.xml", profile(3.0, 0.5)), ("bob.xml", profile(0.5, 3.0))];
    files.map(|(name, text)| {
        let path = folder.path(name);
        fs::write(&path, text).expect("the folder is there");
        path
    })
}

#[test]
fn a_domain_becomes_a_scenario_that_check_accepts_and_goes_back_and_forth() {
    let folder = Folder::new("exchange");
    let [hut, ann, bob] = hut(&folder);
    let place = folder.path("hut.toml");
    let made = winset(&["import", &hut, &ann, &bob, "-o", &place]);
    assert_eq!(made.status, 0, "{}", made.err);
    assert!(made.err.contains("warning: a bare `&`") && made.err.contains("hut.xml:2:"), "{}", made.err);
    assert!(made.out.contains("next: winset check"), "{}", made.out);
    let checked = winset(&["check", &place]);
    assert!(
        checked.status == 0 && !(checked.out + &checked.err).contains("warning"),
        "{}",
        fs::read_to_string(&place).expect("it is written")
    );
    // Reed is worth 1 to Ann, tin a third; one room a half, two 1: reed and two rooms 1, tin and two rooms 5/6.
    let solved = crate::cli_support::answer(&winset(&["solve", &place, "--json"]).out);
    assert_eq!(solved["scale_of_utilities"], 10);
    let screen = winset(&["solve", &place]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains("Utilities of leaders are rounded once, to 10 decimals."), "{screen}");
    let point = |v: &serde_json::Value| (v["utility"]["ann"].as_f64(), v["utility"]["bob"].as_f64());
    let frontier: Vec<_> = solved["frontier"]["points"].as_array().expect("a list").iter().map(point).collect();
    // Bob has 1 and a half of the roofs, a third and 1 the other way round of the rooms.
    assert_eq!(
        frontier,
        [
            (Some(1.0), Some(0.375)),
            (Some(0.833_333_333_3), Some(0.5)),
            (Some(0.625), Some(0.875)),
            (Some(0.458_333_333_3), Some(1.0))
        ]
    );
    assert_eq!(solved["packages"]["rational"], 2);
    let again = winset(&["import", &hut, &ann, &bob, "-o", &place]);
    assert!(again.status == 2 && again.err.contains("exists") && again.err.contains("--force"), "{}", again.err);
    for (tool, files) in [("genius", "domain.xml ann.xml bob.xml"), ("negmas", "domain.yml ann.yml bob.yml")] {
        let out = folder.path(tool);
        let sent = winset(&["export", &place, "--to", tool, "-o", &out]);
        assert_eq!((sent.status, sent.err.as_str()), (0, ""), "{}", sent.out);
        let files: Vec<String> = files.split(' ').map(|name| format!("{out}/{name}")).collect();
        let words: Vec<&str> = ["import"].into_iter().chain(files.iter().map(String::as_str)).collect();
        let back = winset(&words);
        assert_eq!((back.status, back.err.as_str()), (0, ""));
        let path = folder.path(&format!("{tool}.toml"));
        fs::write(&path, &back.out).expect("the folder is there");
        let other = crate::cli_support::answer(&winset(&["solve", &path, "--json"]).out);
        let utilities = |v: &serde_json::Value| {
            v["frontier"]["points"].as_array().expect("a list").iter().map(point).collect::<Vec<_>>()
        };
        assert_eq!(utilities(&other), utilities(&solved), "{tool}");
    }
    let folder_of_yaml = winset(&["import", &folder.path("negmas")]);
    assert!(folder_of_yaml.status == 0 && folder_of_yaml.out.contains("title = \"Hut\""), "{}", folder_of_yaml.err);
}

#[test]
fn what_is_no_domain_is_refused_in_one_message_with_its_place() {
    let folder = Folder::new("no-domain");
    let [hut, ann, _] = hut(&folder);
    let refused = |words: &[&str], parts: &[&str]| {
        let asked = winset(words);
        assert_eq!(asked.status, 2, "{words:?}: {}", asked.out);
        assert!(
            asked.err.contains("error: ") && parts.iter().all(|part| asked.err.contains(part)),
            "{words:?}: {}",
            asked.err
        );
    };
    refused(&["import", &ann, &hut], &["ann.xml:1:1", "a profile, where the domain should be"]);
    refused(&["import", &hut, &hut], &["this is a domain, where a profile should be"]);
    refused(&["import", &hut, "no-such.xml"], &["no-such.xml", "could not be read"]);
    refused(&["import", &hut, &ann, "--steps", "0"], &["--steps"]);
    refused(&["import", "tests"], &["holds no YAML and no CSV"]);
    refused(&["import", "Cargo.toml"], &["not recognised"]);
    refused(
        &["export", "split-the-pie", "--to", "gambit", "-o", &folder.path("x")],
        &["unknown tool `gambit`", "genius"],
    );
    let large = folder.path("large.xml");
    fs::write(&large, "<a>".repeat(10_000_000)).expect("the folder is there");
    let begun = Instant::now();
    refused(&["import", &large, &ann], &["more than 8000000 bytes"]);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[test]
fn every_line_of_pools_becomes_a_scenario() {
    let folder = Folder::new("pools");
    let pools = folder.path("pools.txt");
    fs::write(&pools, "1,2,3 8,1,0 4,0,2\n2,0,1 1,1,1 0,3,4\n").expect("the folder is there");
    let without = winset(&["import", &pools]);
    assert!(
        without.status == 2 && without.err.contains("2 domains") && without.err.contains("-o DIR"),
        "{}",
        without.err
    );
    let made = winset(&["import", &pools, "-o", &folder.path("all")]);
    assert_eq!(made.status, 0, "{}", made.err);
    for name in ["pool-1.toml", "pool-2.toml"] {
        let checked = winset(&["check", &format!("{}/{name}", folder.path("all"))]);
        assert!(checked.status == 0 && !(checked.out + &checked.err).contains("warning"));
    }
    let [first, second] = [1, 2].map(|k| format!("{}/pool-{k}.toml", folder.path("all")));
    let both = winset(&["solve", &first, &second, "--json"]);
    let alone = winset(&["solve", &first, "--json"]).out + &winset(&["solve", &second, "--json"]).out;
    assert_eq!((both.status, both.out.lines().count(), both.out), (0, 2, alone));
    // With all that it values the first side has 1 · 8 + 2 · 1; the balls are worth 3 · 2 to the second, who bears it.
    let solved = crate::cli_support::answer(&winset(&["solve", &first, "--json"]).out);
    assert_eq!(
        solved["best_for"]["first-side"]["utility"],
        serde_json::json!({ "first-side": 10.0, "second-side": 6.0 })
    );
    let screens = winset(&["solve", &first, &second]).out;
    assert_eq!(screens.matches("one world, exactly").count(), 2, "{screens}");
    let wrong = winset(&["solve", &first, "nowhere.toml", "--json"]);
    assert!(wrong.status == 2 && wrong.out.is_empty() && wrong.err.contains("nowhere.toml"), "{}", wrong.err);
    let coarse = winset(&["solve", &first, "--coarsen", "5"]);
    assert!(coarse.status == 2 && coarse.err.contains("--coarsen"), "{}", coarse.err);
}
