//! The first screen of `run`, `solve` and `trace`: one screen for everything, true to the page, and what lies behind it.

use std::fs;

use serde_json::Value;
use winset::text::columns::columns;
use winset::text::words::percent;

use crate::cli_support::{Asked, Folder, answer, command, winset, winset_with_input};

/// Every shipped scenario, by name, and every sample, by path.
fn everything() -> Vec<String> {
    let folders = ["scenarios/talks", "scenarios/textbook", "tests/samples", "tests/pictures"];
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("the folder is part of the repository"));
    let paths = files.map(|file| file.expect("it can be read").path().to_str().expect("UTF-8").to_owned());
    let mut paths: Vec<String> =
        paths.filter(|path| std::path::Path::new(path).extension().is_some_and(|e| e == "toml")).collect();
    paths.sort();
    paths
}

fn fits(asked: &Asked, words: &[&str]) {
    let lines: Vec<&str> = asked.out.lines().collect();
    let wide: Vec<&&str> = lines.iter().filter(|line| columns(line) > 80).collect();
    assert!(lines.len() <= 24, "{words:?} prints {} lines:\n{}", lines.len(), asked.out);
    assert!(wide.is_empty(), "{words:?} prints wide lines:\n{wide:?}");
    assert!(!asked.out.contains('\u{1b}'), "{words:?} paints what is no terminal");
}

fn json(words: &[&str]) -> Value {
    answer(&winset(words).out)
}

fn talks(file: &str) -> bool {
    fs::read_to_string(file).expect("it can be read").contains("\n[talks]")
}

#[test]
fn every_scenario_is_answered_on_one_screen_of_24_lines_and_80_columns() {
    for file in everything() {
        for words in [&["run", &file, "--runs", "200"][..], &["solve", &file], &["solve", &file, "--world", "3"]] {
            let asked = winset(words);
            assert_eq!(asked.status, 0, "{words:?}: {}", asked.err);
            fits(&asked, words);
        }
    }
}

#[test]
fn a_run_of_talks_is_told_on_one_screen_and_where_there_are_none_one_line_says_what_to_do() {
    for file in everything() {
        let asked = winset(&["trace", &file]);
        if talks(&file) {
            assert_eq!(asked.status, 0, "{}", asked.err);
            fits(&asked, &["trace", &file]);
            continue;
        }
        let told: Vec<&str> = asked.err.lines().filter(|line| !line.starts_with("note:")).collect();
        assert_eq!((asked.status, asked.out.as_str(), told.len()), (2, "", 1), "{told:?}");
        assert!(told[0].contains("has no talks to trace: `winset solve "), "{told:?}");
    }
}

#[test]
fn names_that_are_long_or_wide_are_shortened_and_the_screen_holds() {
    let text = fs::read_to_string("tests/pictures/three-parties.toml").expect("it can be read");
    let long = "a name that goes on and on as names of committees do, with no end in sight, and then some more of it";
    let wide = "停火协议联合监督委员会与边境安全保障联合工作组";
    for name in [long, wide] {
        let names = text.replace("The upper village", name).replace("a third", name).replace("Who digs", name);
        let names = names.replace("Three villages and a well", name);
        for verb in ["run", "solve"] {
            let asked = winset_with_input(&[verb, "-", "--runs", "60"], names.as_bytes());
            assert_eq!(asked.status, 0, "{}", asked.err);
            fits(&asked, &[verb, name]);
        }
    }
}

#[test]
fn the_numbers_of_the_screen_are_those_of_the_data_and_of_the_page() {
    let words = ["run", "labour-dispute", "--runs", "600"];
    let screen = winset(&words).out;
    let page = winset(&[&words[..], &["--show", "all"]].concat()).out;
    let data = json(&[&words[..], &["--json"]].concat());
    let shares = [&data["exists"], &data["same_package"], &data["reached"], &data["missed"]];
    for share in shares.map(|share| percent(share["share"].as_f64().expect("a share"))) {
        let share = share.replace('\u{a0}', " ");
        assert!(screen.contains(&share), "{share} is missing:\n{screen}");
        assert!(page.contains(&share), "{share} is missing:\n{page}");
    }
}

#[test]
fn where_there_are_accounts_the_headline_is_the_range_over_them() {
    let words = ["run", "istanbul-2025", "--runs", "400"];
    let plain = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{a0}', " ");
    let screen = plain(winset(&words).out);
    let page = plain(winset(&[&words[..], &["--show", "all"]].concat()).out);
    let data = json(&[&words[..], &["--json"]].concat());
    let share = |of: &serde_json::Value| of["share"].as_f64().expect("a share");
    let exists = data["readings"].as_array().expect("a list").iter().map(|r| share(&r["exists"]));
    let of = |key: &serde_json::Value, at: &str| {
        key.as_object()
            .expect("by reading")
            .values()
            .map(|r| share(if at.is_empty() { r } else { &r[at] }))
            .collect::<Vec<_>>()
    };
    let ranges =
        [exists.collect(), of(&data["same_package"]["by_reading"], ""), of(&data["talks_by_reading"], "reached")];
    for shares in ranges {
        let (low, high) = (shares.iter().copied().fold(1.0, f64::min), shares.iter().copied().fold(0.0, f64::max));
        let (low, high) = (percent(low).replace([' ', '\u{a0}', '%'], ""), percent(high).replace('\u{a0}', " "));
        assert!(screen.contains(&format!("{low}–{high}")), "{low} {high}: {screen}");
        assert!(
            page.contains(&format!("{low} to {high} by account; if each account is as likely")),
            "{low} {high}: {page}"
        );
    }
    assert!(screen.contains("by account if each is as likely"), "{screen}");
    let alone = plain(winset(&[&words[..], &["--reading", "pastukhov"]].concat()).out);
    assert!(!alone.contains("by account"), "{alone}");
}

#[test]
fn each_textbook_scenario_answers_the_question_that_it_asks() {
    let answers: [(&str, &[&str]); 6] = [
        ("log-rolling", &["`halfway` 0.5 : 0.5: all could have more", "0.8 : 0.8", "201 packages on the Pareto"]),
        ("linkage", &["Yes: one of 4 packages would do", "3 : 1", "fishing=open, transit=open"]),
        ("concave-frontier", &["0.65 : 0.5916", "0.6 : 0.6325", "0.75 : 0.5", "21 packages on the Pareto"]),
        ("packages-27", &["Yes: 5 of 27 packages would do", "5 : −1", "19 packages on the Pareto"]),
        ("buyer-seller", &["Yes: 21 of 101 packages would do", "60 : 40  price=260"]),
        ("split-the-pie", &["A deal that is a defeat for nobody mostly exists.", "one same package"]),
    ];
    for (scenario, told) in answers {
        let asked = winset(&["run", scenario]);
        let text = asked.out.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in told {
            let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(&part), "{scenario} does not say {part}:\n{}", asked.out);
        }
        let sampled = asked.out.contains(" worlds, seed") || asked.out.contains('±');
        assert_eq!(sampled, scenario == "split-the-pie", "{}", asked.out);
    }
}

#[test]
fn where_no_number_is_uncertain_run_answers_as_solve_does() {
    for show in [&[][..], &["--show", "all"]] {
        let [run, solve] = ["run", "solve"].map(|verb| winset(&[&[verb, "packages-27"], show].concat()).out);
        assert_eq!(run, solve);
    }
    // With talks there is more than one run, though there be one world; and one fixed number does not fix the others.
    assert!(winset(&["run", "split-the-pie", "--runs", "60"]).out.contains("60 worlds"));
}

#[test]
fn the_parts_of_the_page_stand_behind_flags_and_the_folder_holds_it_whole() {
    let folder = Folder::new("parts-of-the-page");
    let out = folder.path("results");
    let words = ["run", "labour-dispute", "--runs", "300"];
    let shown = |parts: &str| winset(&[&words[..], &["--show", parts]].concat()).out;
    let screen = winset(&[&words[..], &["--out", &out]].concat()).out;
    let page = fs::read_to_string(format!("{out}/page.txt")).expect("it is there");
    assert_eq!(shown("all"), page);
    for (part, head) in [
        ("endings", "DO THE TALKS GET THERE"),
        ("packages", "THE PACKAGES THAT WOULD DO"),
        ("why", "WHAT IT HANGS ON"),
        ("rests", "WHAT IT RESTS ON"),
    ] {
        let told = shown(part);
        assert!(told.contains(head) && told.lines().all(|line| page.lines().any(|of| of == line)), "{part}");
        assert!(screen.contains(part), "the screen names {part}");
    }
    assert_eq!(shown("why,endings"), format!("{}\n{}", shown("why"), shown("endings")));
    let wrong = winset(&["run", "labour-dispute", "--show", "ending"]);
    assert_eq!(wrong.status, 2);
    assert!(
        wrong.err.contains("unknown value of `--show` `ending`") && wrong.err.contains("`endings`"),
        "{}",
        wrong.err
    );
    let solved = winset(&["solve", "packages-27", "--show", "all"]).out;
    for part in ["frontier", "solutions", "pivotal"] {
        let flag = winset(&["solve", "packages-27", &format!("--{part}")]).out;
        assert!(!flag.is_empty() && solved.contains(flag.trim_end()), "{part}: {flag}");
        assert_eq!(flag, winset(&["solve", "packages-27", "--show", part]).out);
    }
}

#[test]
fn what_was_asked_otherwise_than_in_the_file_stands_on_the_screen() {
    let asked = winset(&["run", "istanbul-2025", "--runs", "60", "--reading", "stanovaya", "--defeat", "leader"]);
    let text = asked.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["Only the reading `stanovaya` is drawn.", "Only leaderships are asked."] {
        assert!(text.contains(part), "{part}:\n{}", asked.out);
    }
    fits(&asked, &["run"]);
    let set = winset(&["run", "labour-dispute", "--runs", "60", "--set", "audiences.drivers.loss_aversion=1"]);
    assert!(set.out.contains("`audiences.drivers.loss_aversion` is set to 1, not as in the file."), "{}", set.out);
}

#[test]
fn a_run_that_ends_so_is_found_and_how_many_were_tried_is_said_where_there_is_none() {
    let words = ["trace", "labour-dispute", "--ending", "settlement"];
    let found = winset(&words);
    fits(&found, &words);
    let data = json(&[&words[..], &["--json"]].concat());
    assert_eq!(data["ending"], "settlement", "{data}");
    let run = data["run"].as_u64().expect("a number");
    assert!(
        found.out.contains(&format!("Run {run} is the first from run 0 on that ends as `settlement`.")),
        "{}",
        found.out
    );
    let ends = |run: u64| json(&["trace", "labour-dispute", "--json", "--run", &run.to_string()])["ending"].clone();
    assert!((0..run).all(|earlier| ends(earlier) != "settlement"));
    let none = winset(&["trace", "labour-dispute", "--ending", "imposed", "--run", "7"]);
    assert_eq!(none.status, 2);
    assert!(none.err.contains("none of the 10000 runs from 7 to 10006 ends as `imposed`"), "{}", none.err);
    let wrong = winset(&["trace", "labour-dispute", "--ending", "setlement"]);
    assert!(wrong.status == 2 && wrong.err.contains("did you mean `settlement`?"), "{}", wrong.err);
}

#[test]
fn one_round_of_a_run_is_told_as_in_its_full_story() {
    let full = winset(&["trace", "labour-dispute", "--full"]).out;
    let round = winset(&["trace", "labour-dispute", "--round", "2"]).out;
    assert!(round.starts_with("Round 2\n") && full.contains(round.trim_end()) && !round.contains("Round 3"), "{round}");
    let wrong = winset(&["trace", "labour-dispute", "--round", "99"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("run 0 has no round 99: it ends in round"), "{}", wrong.err);
}

#[test]
fn a_verdict_for_one_side_shows_no_points_of_the_other() {
    let words = ["verdict", "labour-dispute", "--named", "demand", "--runs", "300"];
    let both = winset(&words).out;
    let union = winset(&[&words[..], &["--side", "union"]].concat()).out;
    let firm = winset(&[&words[..], &["--side", "firm"]].concat()).out;
    assert!(both.contains("\nUNION\n") && both.contains("\nFIRM\n"));
    assert!(union.contains("\nUNION\n") && !union.contains("\nFIRM\n") && !union.contains("Board:"), "{union}");
    assert!(firm.contains("\nFIRM\n") && !firm.contains("\nUNION\n") && !firm.contains("Drivers:"), "{firm}");
    let data = json(&[&words[..], &["--side", "union", "--json"]].concat());
    assert_eq!(
        data["leaderships"].as_object().map(|all| all.keys().collect::<Vec<_>>()),
        Some(vec![&"union".to_owned()])
    );
    let wrong = winset(&[&words[..], &["--side", "unoin"]].concat());
    assert!(wrong.status == 2 && wrong.err.contains("did you mean `union`?"), "{}", wrong.err);
}

#[test]
fn a_screen_is_painted_where_colour_is_wanted_and_nowhere_else() {
    let asked = |force: bool, no: bool| {
        let mut command = command(&["solve", "packages-27"]);
        command.env_remove("NO_COLOR").env_remove("CLICOLOR").env_remove("CLICOLOR_FORCE");
        if force {
            command.env("CLICOLOR_FORCE", "1");
        }
        if no {
            command.env("NO_COLOR", "1");
        }
        String::from_utf8(command.output().expect("the program ends").stdout).expect("UTF-8")
    };
    assert!(asked(true, false).contains("\u{1b}[1m"));
    assert!(!asked(false, false).contains('\u{1b}') && !asked(false, true).contains('\u{1b}'));
}

#[test]
fn a_recorded_run_has_one_row_a_run_in_order_whatever_the_threads_and_adds_up_to_the_summary() {
    let folder = Folder::new("recorded");
    let rows = |threads: &str, scenario: &str| {
        let out = folder.path(&format!("{scenario}-{threads}"));
        let words = ["run", scenario, "--runs", "700", "--record", "--out", &out, "--threads", threads];
        let asked = winset(&words);
        assert_eq!(asked.status, 0, "{}", asked.err);
        (fs::read_to_string(format!("{out}/runs.csv")).expect("it is there"), out)
    };
    let (one, out) = rows("1", "labour-dispute");
    assert_eq!(one, rows("3", "labour-dispute").0);
    let lines: Vec<&str> = one.lines().collect();
    assert_eq!(
        lines[0],
        "run,drawn_reading,one_exists,margin,reached,ending,rounds,date,intents,package,blocked,cause,gain_union,gain_firm,\
         payoff_union,payoff_firm"
    );
    assert_eq!(lines.len(), 701);
    let numbers: Vec<u64> =
        lines[1..].iter().map(|l| l.split(',').next().expect("a cell").parse().expect("a number")).collect();
    assert!(numbers.iter().copied().eq(0..700));
    let summary = fs::read_to_string(format!("{out}/summary.json")).expect("it is there");
    let summary = answer(&summary);
    let counted = |column: usize, cell: &str| {
        lines.iter().filter(|line| line.split(',').nth(column) == Some(cell)).count() as u64
    };
    assert_eq!(summary["exists"]["count"], counted(2, "1"));
    assert_eq!(summary["reached"]["count"], counted(4, "1"));
    assert_eq!(summary["endings"]["settlement"]["count"], counted(5, "settlement"));
    assert_eq!(rows("2", "split-the-pie").0.lines().next(), Some("run,drawn_reading,one_exists,margin"));
    let alone = winset(&["run", "labour-dispute", "--record"]);
    assert!(alone.status == 2 && alone.err.contains("--out"), "{}", alone.err);
}
