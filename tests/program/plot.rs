//! `winset plot`: results of batches, pooled and drawn.
//!
//! With `WINSET_GALLERY=1` every picture is also written to `target/plot/`, as SVG and, where the feature is on, PNG.
#![cfg(feature = "cli")]

use std::path::Path;

use crate::cli_support::Folder;
use crate::fixture::{AVERSION, Batch, DRIFT};
use crate::layout::{covered, outside, written};
use winset::analysis::Share;
use winset::batch::Tally;
use winset::engine::talks::Ending;
use winset::figure::Theme;
use winset::report::results::{Drawn, Experiment, Facet, PictureKind, PlotChoices, PlotMeasure, Results, pictures};

fn asked(kind: PictureKind) -> PlotChoices {
    PlotChoices { kind: Some(kind), ..PlotChoices::default() }
}

fn one(results: &Results, asked: &PlotChoices) -> Drawn {
    let mut all = pictures(results, asked).unwrap_or_else(|cannot| panic!("{cannot:?}"));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// The rows of a table, each cell under its head.
fn rows(table: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut lines = table.lines();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let head = cells(lines.next().expect("heads"));
    lines.map(|line| head.iter().cloned().zip(cells(line)).collect()).collect()
}

fn whole(row: &std::collections::BTreeMap<String, String>, head: &str) -> u64 {
    row[head].parse().unwrap_or_else(|_| panic!("{head} of {row:?}"))
}

/// Batches of every design, with names.
fn batches() -> Vec<(&'static str, Batch)> {
    let long = |i: usize| format!("a policy with a rather long name that says all it does, number {i}");
    let many = Batch { policies: (0..31).map(long).collect(), ..Batch::plain() };
    let few = Batch { readings: vec!["pastukhov"], policies: (0..2).map(long).collect(), ..Batch::curve(2) };
    let hostile = Batch { policies: vec![format!("<b>&{}", "Ы".repeat(300)), "=cmd()".into()], ..Batch::curve(3) };
    let alone = |batch: Batch| Batch { readings: vec![""], policies: vec![String::new()], ..batch };
    vec![
        ("plain", Batch::plain()),
        ("many", many),
        ("few", few),
        ("hostile", hostile),
        ("curve", Batch { readings: vec!["pastukhov"], ..Batch::curve(9) }),
        ("curves", Batch::curve(9)),
        ("alone", alone(Batch::curve(6))),
        ("dense", alone(Batch::curve(300))),
        ("grid", Batch::grid(5, 5)),
        ("field", alone(Batch::grid(12, 9))),
        ("fine", alone(Batch::grid(30, 30))),
        ("tornado", Batch::one_at_a_time(7)),
        ("tall", Batch::one_at_a_time(24)),
        ("silent", Batch { talks: false, ..Batch::grid(4, 3) }),
    ]
}

/// All that is drawn of all of them, in both themes: the sensible pictures, and every kind alone.
fn gallery() -> Vec<(String, Drawn)> {
    let mut all = Vec::new();
    for (name, batch) in batches() {
        let r = batch.results();
        for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let asked = PlotChoices { theme, ..PlotChoices::default() };
            let mut drawn = pictures(&r, &asked).unwrap_or_else(|cannot| panic!("{name}: {cannot:?}"));
            let kinds = [PictureKind::Multiples, PictureKind::Margin].into_iter().filter(|k| k.lacks(&r).is_none());
            let inputs = (0..r.inputs.len()).map(Facet::Input).take(1);
            let by: Vec<Facet> = inputs.chain([Facet::Policy]).collect();
            for kind in kinds {
                let asked = PlotChoices { kind: Some(kind), by: Some(by.clone()), outcome: None, theme };
                drawn.extend(pictures(&r, &asked).unwrap_or_else(|cannot| panic!("{name}: {cannot:?}")));
            }
            for outcome in
                [PlotMeasure::Margin, PlotMeasure::Gain(1)].into_iter().filter(|o| PlotMeasure::all(&r).contains(o))
            {
                for kind in [PictureKind::Curve, PictureKind::Heat, PictureKind::Tornado] {
                    drawn.extend(
                        pictures(&r, &PlotChoices { kind: Some(kind), outcome: Some(outcome), theme, by: None })
                            .unwrap_or_default(),
                    );
                }
            }
            all.extend(drawn.into_iter().map(|d| (format!("{name}-{}-{word}", d.stem), d)));
        }
    }
    all
}

#[test]
fn every_picture_is_sound_told_in_words_and_keeps_its_texts_apart_and_inside() {
    for (case, Drawn { picture, .. }) in gallery() {
        let document = roxmltree::Document::parse(&picture.svg).unwrap_or_else(|e| panic!("{case}: {e}"));
        let root = document.root_element();
        let said = |tag: &str| root.children().find(|n| n.has_tag_name(tag)).and_then(|n| n.text()).unwrap_or_default();
        assert!(!said("title").is_empty() && said("desc").len() > said("title").len(), "{case}");
        assert_eq!(outside(&document), [""; 0], "{case}");
        assert_eq!(covered(&document), [""; 0], "{case}");
        for word in written(&document).iter().flat_map(|w| w.words.split([' ', '(', ')', ',', ';', ':'])) {
            assert!(!["NaN", "inf", "−inf", "-inf", "-0", "−0"].contains(&word), "{case}: {word}");
        }
    }
}

#[test]
fn the_gallery_is_written_when_asked_for() {
    if std::env::var_os("WINSET_GALLERY").is_none() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/plot");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    for (case, Drawn { picture, table, .. }) in gallery() {
        std::fs::write(folder.join(format!("{case}.svg")), &picture.svg).expect("written");
        std::fs::write(folder.join(format!("{case}.csv")), &table).expect("written");
        #[cfg(feature = "png")]
        std::fs::write(folder.join(format!("{case}.png")), picture.png(1.0).expect("sound")).expect("written");
    }
}

#[test]
fn the_same_results_give_the_same_bytes() {
    let drawn = || pictures(&Batch::grid(3, 3).results(), &PlotChoices::default()).expect("it can be drawn");
    assert!(drawn() == drawn());
}

#[test]
fn the_kinds_that_are_drawn_suit_the_design() {
    let stems = |batch: &Batch| -> Vec<String> {
        let drawn = pictures(&batch.results(), &PlotChoices::default()).expect("it can be drawn");
        drawn.into_iter().map(|d| d.stem).collect()
    };
    let rest = ["exists", "reached", "endings", "margin", "rounds", "survival-curves"];
    for (batch, over) in [
        (Batch::plain(), None),
        (Batch::curve(4), Some("curve")),
        (Batch::grid(3, 2), Some("heat")),
        (Batch::one_at_a_time(3), Some("tornado")),
    ] {
        let first = over.map(|kind| [kind.to_owned(), format!("{kind}-of-exists")]);
        let wanted: Vec<String> = first.into_iter().flatten().chain(rest.map(String::from)).collect();
        assert_eq!(stems(&batch), wanted);
    }
    assert_eq!(stems(&Batch { talks: false, ..Batch::curve(4) }), ["curve", "exists", "margin"]);
}

#[test]
fn pooled_shares_are_those_of_added_counts() {
    let batch = Batch::grid(4, 3);
    let r = batch.results();
    let table = one(&r, &PlotChoices { by: Some(vec![Facet::Policy]), ..asked(PictureKind::Reached) }).table;
    let pooled = rows(&table);
    assert_eq!(pooled.len(), batch.policies.len());
    for row in &pooled {
        let of_policy = || r.experiments.iter().filter(|e| e.policy == row["policy"]);
        let count: u64 = of_policy().map(|e| e.tally.reached().expect("talks")).sum();
        let of: u64 = of_policy().map(|e| e.tally.runs).sum();
        // They share their luck: no more runs are independent than one experiment has.
        let one = of_policy().map(|e| e.tally.runs).max().expect("there are some");
        let share = Share::on_shared_luck(count, of, one);
        assert_eq!((whole(row, "count"), whole(row, "of")), (count, of));
        assert_eq!(
            [&row["value"], &row["low"], &row["high"]],
            [share.share, share.low, share.high].map(|x| x.to_string()).each_ref()
        );
    }
    // Experiments of unequal size: 1 of 1 000 and 200 of 200 make 201 of 1 200, not a half.
    let batch = Batch { readings: vec!["one", "two"], policies: vec!["p".into()], talks: false, ..Batch::plain() };
    let mut r = batch.results();
    r.experiments[0].tally.exists = 1;
    (r.experiments[1].tally.exists, r.experiments[1].tally.runs) = (200, 200);
    let row = &rows(&one(&r, &PlotChoices { by: Some(vec![]), ..asked(PictureKind::Exists) }).table)[0];
    assert_eq!((whole(row, "count"), whole(row, "of"), row["value"].as_str()), (201, 1_200, "0.1675"));
}

#[test]
fn tables_add_up_to_the_runs() {
    let batch = Batch::grid(3, 3);
    let r = batch.results();
    let runs: u64 = r.experiments.iter().map(|e| e.tally.runs).sum();
    let sum = |table: &str, head: &str| rows(table).iter().map(|row| whole(row, head)).sum::<u64>();
    let endings = one(&r, &asked(PictureKind::Endings)).table;
    assert_eq!(sum(&endings, "count"), runs);
    assert_eq!(rows(&endings).len(), Ending::ALL.len() * 12);
    assert_eq!(sum(&one(&r, &asked(PictureKind::Margin)).table, "here"), runs);
    assert_eq!(sum(&one(&r, &asked(PictureKind::Rounds)).table, "here"), runs);
    let heat = one(&r, &asked(PictureKind::Heat)).table;
    assert_eq!(sum(&heat, "of"), runs);
    assert_eq!(rows(&heat).len(), 12 * 9);
    let reached: u64 = r.experiments.iter().filter_map(|e| e.tally.reached()).sum();
    assert_eq!(sum(&heat, "count"), reached);
    let last =
        |table: &str| rows(table).iter().filter(|row| row["at"] == "25").map(|row| whole(row, "count")).sum::<u64>();
    assert_eq!(last(&one(&r, &asked(PictureKind::Rounds)).table), reached);
}

#[test]
fn distribution_functions_rise_from_none_and_their_table_says_where_one_exists() {
    let r = Batch { readings: vec!["only"], policies: vec!["p".into()], ..Batch::plain() }.results();
    let e = &r.experiments[0];
    let table = rows(&one(&r, &asked(PictureKind::Margin)).table);
    let at_least_0: u64 =
        table.iter().filter(|row| row["at"].parse::<f64>().is_ok_and(|m| m >= 0.0)).map(|row| whole(row, "here")).sum();
    assert_eq!(at_least_0, e.tally.exists);
    let up: Vec<u64> =
        table.iter().filter(|row| row["at"] != "-inf" && row["at"] != "inf").map(|row| whole(row, "count")).collect();
    assert!(up.windows(2).all(|pair| pair[0] <= pair[1]) && up[0] > e.tally.none && up.last() == Some(&e.tally.runs));
}

#[test]
fn a_tornado_tells_the_change_from_the_base_case() {
    let r = Batch::one_at_a_time(4).results();
    let table = rows(&one(&r, &asked(PictureKind::Tornado)).table);
    assert_eq!(table.len(), 1 + 2 * 4);
    let base: f64 = table[0]["value"].parse().expect("a number");
    for row in &table {
        let [value, change] = ["value", "change"].map(|head| row[head].parse::<f64>().expect("a number"));
        assert_eq!(change, value - base);
    }
    let cannot = pictures(&r, &PlotChoices { by: Some(vec![Facet::Policy]), ..asked(PictureKind::Tornado) })
        .expect_err("no groups");
    assert!(cannot.message.contains("--by"));
}

#[test]
fn inputs_of_a_tornado_are_chosen_on_even_runs_and_shown_on_odd_ones() {
    let mut r = Batch::one_at_a_time(4).results();
    let (alike, last) = (r.experiments[0].tally.exists, r.inputs.len() - 1);
    let centre = r.experiments[0].inputs[last].clone();
    for e in &mut r.experiments {
        // Only the last input moves anything on even runs, and nothing at all moves on odd ones.
        let moved = if e.inputs[last] == centre { alike } else { 0 };
        let half = |exists| Experiment { tally: Tally { exists, ..e.tally.clone() }, ..e.clone() };
        e.halves = Some(Box::new([moved, alike].map(half)));
    }
    let drawn = one(&r, &PlotChoices { outcome: Some(PlotMeasure::Exists), ..asked(PictureKind::Tornado) });
    let first = "chance of mediator, picked of 4, moves it most";
    assert!(drawn.picture.description.contains(first), "{}", drawn.picture.description);
    assert!(rows(&drawn.table).iter().all(|row| row["change"] == "0"), "{}", drawn.table);
}

#[test]
fn the_base_case_and_what_is_pooled_are_told() {
    let svg = |batch: &Batch, kind| one(&batch.results(), &asked(kind)).picture.svg;
    assert!(svg(&Batch::curve(5), PictureKind::Curve).contains("base case"));
    assert!(!svg(&Batch { base: vec![], ..Batch::curve(5) }, PictureKind::Curve).contains("base case"));
    let heat = Batch { readings: vec!["a"], policies: vec!["p".into()], ..Batch::grid(5, 5) }.results();
    let heat = one(&heat, &PlotChoices { outcome: Some(PlotMeasure::Exists), ..asked(PictureKind::Heat) }).picture.svg;
    assert!(heat.contains("base case") && heat.contains("line of 50 %"));
    assert!(heat.contains("1\u{a0}000 runs a cell") && heat.contains("largest standard error 1.6 percentage points"));
    let curve = svg(&Batch::curve(5), PictureKind::Curve);
    assert!(curve.contains("Counts are added over 4 values of reading") && curve.contains("same luck"));
    assert!(!svg(&Batch { readings: vec!["a"], ..Batch::curve(5) }, PictureKind::Curve).contains("same luck"));
}

#[test]
fn on_the_day_of_the_signature_every_deal_holds_without_an_interval() {
    let drawn = one(&Batch::curve(3).results(), &PlotChoices { by: Some(vec![]), ..asked(PictureKind::Survival) });
    let ends = |point: &serde_json::Value| ["y", "low", "high"].map(|end| point[end].as_f64().expect("a number"));
    let points = drawn.picture.data["groups"][0]["points"].as_array().expect("points").clone();
    for point in &points {
        let [y, low, high] = ends(point);
        let first = point["x"].as_f64() == Some(0.0);
        assert!(if first { [y, low, high] == [1.0; 3] } else { low < y && y < high }, "{point}");
    }
    assert!(points.len() > 1);
}

#[test]
fn panels_stand_in_the_rows_and_columns_of_the_plan() {
    let batch = Batch { readings: vec!["a", "b", "c", "d"], policies: vec!["p".into(), "q".into()], ..Batch::curve(3) };
    let across = |by| {
        one(&batch.results(), &PlotChoices { by: Some(by), ..asked(PictureKind::Endings) }).picture.data["across"]
            .clone()
    };
    assert_eq!(across(vec![Facet::Policy, Facet::Reading]), 4);
    assert_eq!(across(vec![Facet::Reading, Facet::Policy]), 2);
    assert_eq!(across(vec![Facet::Reading]), 0);
}

#[test]
fn light_and_dark_differ_in_colours_only() {
    let r = Batch::grid(3, 3).results();
    let draw = |theme| pictures(&r, &PlotChoices { theme, ..PlotChoices::default() }).expect("it can be drawn");
    for (light, dark) in draw(Theme::Light).iter().zip(draw(Theme::Dark)) {
        assert_ne!(light.picture.svg, dark.picture.svg);
        assert_eq!((&light.table, &light.picture.description), (&dark.table, &dark.picture.description));
        let words = |svg: &str| {
            let document = roxmltree::Document::parse(svg).expect("sound");
            written(&document).into_iter().map(|w| w.words).collect::<Vec<_>>()
        };
        assert_eq!(words(&light.picture.svg), words(&dark.picture.svg));
    }
}

#[test]
fn experiments_without_an_answer_are_left_out_and_told() {
    let batch = Batch { readings: vec!["a"], policies: vec!["p".into()], ..Batch::curve(3) };
    let mut r = batch.results();
    r.experiments.remove(1);
    r.failed = 1;
    let drawn = one(&r, &asked(PictureKind::Curve));
    assert_eq!(rows(&drawn.table).len(), 2);
    assert!(drawn.picture.svg.contains("Left out, as they gave no answer: 1\u{a0}experiment."));
}

/// A folder of a small batch.
fn folder(name: &str, design: &str) -> Folder {
    let folder = Folder::new(name);
    let plan = "title = \"Strike\"\nscenarios = [\"labour-dispute\"]\nruns = 60\n[policies.as-is]\n[policies.calm]\n\
                without = \"events\"\n[design]\nkind = \"factorial\"\n";
    std::fs::write(folder.path("plan.toml"), format!("{plan}{design}")).expect("written");
    let done = folder.winset(&["batch", "plan.toml", "--out", "results"]);
    assert_eq!(done.status, 0, "{}", done.err);
    folder
}

/// One input at four values, and two at three and two.
const ONE: &str = "inputs.\"audiences.drivers.loss_aversion\" = { values = [1, 1.5, 2, 3] }\n";
const TWO: &str = "inputs.\"audiences.drivers.loss_aversion\" = { values = [1, 2, 3] }\n\
                   inputs.\"audiences.drivers.veto\" = { values = [0.25, 0.75] }\n";

#[test]
fn the_verb_draws_the_pictures_of_the_batch_from_its_totals_alone() {
    let results = folder("plot-all", ONE);
    let pictures = |names: &[String]| -> Vec<(String, Vec<u8>)> {
        let drawn = names.iter().filter(|n| n.contains(".svg"));
        drawn.map(|n| (n.clone(), std::fs::read(results.path(&format!("results/{n}"))).expect("there"))).collect()
    };
    let names = results.files("results");
    let before = pictures(&names);
    assert!(before.len() > 5, "{names:?}");
    for name in names.iter().filter(|n| n.contains(".svg") || n.contains(".csv")) {
        std::fs::remove_file(results.path(&format!("results/{name}"))).expect("there");
    }
    let asked = results.winset(&["plot", "results"]);
    assert_eq!((asked.status, asked.err.as_str()), (0, ""));
    assert!(asked.out.lines().all(|line| line.starts_with("wrote ")), "{}", asked.out);
    assert!(pictures(&results.files("results")) == before);
    assert!(!results.files("results").contains(&"experiments.csv".to_owned()));
    assert_eq!(results.winset(&["plot", "results"]).out, asked.out);
}

fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Whether the folder of results is what its manifest says.
fn is_complete(folder: &Folder) -> bool {
    let asked = folder.winset(&["batch", "plan.toml", "--out", "results"]);
    asked.status == 0 && !asked.err.contains("written again") && asked.out.contains("was complete already")
}

#[test]
fn dark_pictures_stand_beside_those_that_the_folder_is_complete_with() {
    let folder = folder("plot-dark", ONE);
    let light = read(&folder, "results/exists.svg");
    let dark = folder.winset(&["plot", "results", "--theme", "dark"]);
    assert_eq!((dark.status, dark.err.as_str()), (0, ""));
    assert!(dark.out.lines().all(|line| line.starts_with("wrote results/dark/")), "{}", dark.out);
    assert!(read(&folder, "results/exists.svg") == light && read(&folder, "results/dark/exists.svg") != light);
    assert!(is_complete(&folder));
    let over = folder.winset(&["plot", "results", "--theme", "dark", "--out", "results"]);
    assert_eq!(over.status, 2);
    assert!(over.err.contains("results/tornado.svg") || over.err.contains("results/curve.svg"), "{}", over.err);
    assert!(over.err.contains("--out") && read(&folder, "results/exists.svg") == light, "{}", over.err);
}

#[test]
fn pictures_of_batches_carry_their_data() {
    let folder = folder("plot-data", ONE);
    let named = |name: &str| -> Vec<String> {
        let data: serde_json::Value = serde_json::from_str(&read(&folder, name)).expect("it is JSON");
        let all = data.as_array().expect("a list of pictures").iter();
        all.map(|one| one["name"].as_str().filter(|_| one["data"].is_object()).expect("data").to_owned()).collect()
    };
    let all = named("results/pictures.json");
    for name in &all {
        assert!(read(&folder, &format!("results/{name}.svg")).starts_with("<svg"));
        assert!(read(&folder, &format!("results/{name}.pooled.csv")).lines().count() > 1);
    }
    assert_eq!(folder.files("results").iter().filter(|name| name.contains(".svg")).count(), all.len());
    // What else is drawn into the folder has its data beside those with which it is complete.
    for kind in ["margin", "exists"] {
        assert_eq!(folder.winset(&["plot", "results", "--kind", kind, "--by", "policy"]).status, 0);
    }
    assert_eq!(named("results/plot.json"), ["margin-by-policy", "exists-by-policy"]);
    assert!(named("results/pictures.json") == all && is_complete(&folder));
    for kind in ["reached", "exists", "reached"] {
        assert_eq!(folder.winset(&["plot", "results", "--kind", kind, "--out", "other"]).status, 0);
    }
    assert_eq!(named("other/pictures.json"), ["exists", "reached"]);
}

#[test]
fn batches_are_drawn_in_the_theme_that_is_asked_for() {
    let folder = folder("plot-theme", ONE);
    let dark = folder.winset(&["batch", "plan.toml", "--out", "dark", "--theme", "dark"]);
    assert_eq!(dark.status, 0, "{}", dark.err);
    assert!(read(&folder, "dark/exists.svg") != read(&folder, "results/exists.svg"));
    assert!(read(&folder, "dark/exists.pooled.csv") == read(&folder, "results/exists.pooled.csv"));
    // What is lost of it is made again in the theme with which it was completed.
    let was = read(&folder, "dark/exists.svg");
    std::fs::remove_file(folder.path("dark/exists.svg")).expect("it is there");
    let again = folder.winset(&["batch", "plan.toml", "--out", "dark"]);
    assert!(again.status == 0 && again.err.contains("written again"), "{}", again.err);
    assert!(read(&folder, "dark/exists.svg") == was);
    for (place, theme) in [("one", "light"), ("other", "dark")] {
        let vary = "audiences.drivers.loss_aversion=1:3:2";
        let words = ["run", "labour-dispute", "--runs", "30", "--vary", vary, "--out", place, "--theme", theme];
        assert_eq!(folder.winset(&words).status, 0);
    }
    assert!(read(&folder, "one/exists.svg") != read(&folder, "other/exists.svg"));
    let wrong = folder.winset(&["batch", "plan.toml", "--out", "wrong", "--theme", "darc"]);
    assert!(wrong.status == 2 && wrong.err.contains("did you mean `dark`?"), "{}", wrong.err);
}

#[cfg(feature = "png")]
#[test]
fn one_picture_can_be_asked_for_by_kind_group_format_theme_and_place() {
    let results = folder("plot-one", TWO);
    let by = "audiences.drivers.loss_aversion,policy";
    let words = ["plot", "results", "--kind", "curve", "--by", by];
    let more = ["--format", "png", "--theme", "dark", "--out", "pictures"];
    let asked = results.winset(&[&words[..], &more[..]].concat());
    assert_eq!((asked.status, asked.err.as_str()), (0, ""));
    let stem = "curve-by-audiences.drivers.loss_aversion-by-policy";
    assert_eq!(
        results.files("pictures"),
        [format!("{stem}.png"), format!("{stem}.pooled.csv"), "pictures.json".into()]
    );
    let bytes = std::fs::read(results.path(&format!("pictures/{stem}.png"))).expect("written");
    assert!(bytes.starts_with(b"\x89PNG"));
    let rows = rows(&std::fs::read_to_string(results.path(&format!("pictures/{stem}.pooled.csv"))).expect("written"));
    assert_eq!(rows.len(), 6);
    assert!(rows[0].contains_key("policy") && rows[0].contains_key("audiences.drivers.loss_aversion"));
}

#[test]
fn wrong_words_get_one_message_each_and_status_2() {
    let sound = folder("plot-wrong", TWO);
    let before = sound.files("results");
    let asked = |words: &[&str]| sound.winset(&[&["plot", "results"], words].concat());
    for (words, wanted) in [
        (&["--kind", "heet"][..], "error: unknown kind `heet`\n = hint: did you mean `heat`?"),
        (&["--kind", "tornado"], "this folder cannot show `tornado`: its design does not vary inputs one at a time"),
        (&["--by", "polici"], "error: unknown value of `--by` `polici`\n = hint: did you mean `policy`?"),
        (&["--kind", "curve"], "2 inputs vary, and a curve has one along its axis"),
        (&["--kind", "heat", "--outcome", "peace"], "error: unknown outcome `peace`"),
        (&["--format", "gif"], "error: unknown value of `--format` `gif`"),
        (&["--theme", "darc"], "did you mean `dark`?"),
    ] {
        let answer = asked(words);
        assert_eq!((answer.status, answer.out.as_str()), (2, ""), "{words:?}");
        assert!(answer.err.contains(wanted), "{words:?}: {}", answer.err);
    }
    let two = asked(&["--kind", "heet", "--theme", "darc"]);
    assert_eq!(two.err.matches("error: ").count(), 2, "{}", two.err);
    assert_eq!(sound.files("results"), before, "nothing was written");
    let none = sound.winset(&["plot", "nowhere"]);
    assert!(none.status == 2 && none.err.contains("there is no folder"), "{}", none.err);
    let file = sound.winset(&["plot", "plan.toml"]);
    assert!(file.status == 2 && file.err.contains("is no folder"), "{}", file.err);
}

#[test]
fn a_folder_of_one_run_a_part_of_a_batch_and_one_that_was_damaged_are_told_apart() {
    let folder = folder("plot-other", ONE);
    let part = folder.winset(&["batch", "plan.toml", "--out", "part", "--shard", "2/2"]);
    assert_eq!(part.status, 0, "{}", part.err);
    let run = folder.winset(&["run", "split-the-pie", "--runs", "20", "--out", "run"]);
    assert_eq!(run.status, 0, "{}", run.err);
    std::fs::create_dir(folder.path("empty")).expect("made");
    let said = |place: &str, wanted: &str| {
        let asked = folder.winset(&["plot", place]);
        assert_eq!((asked.status, asked.err.contains(wanted)), (2, true), "{place}: {}", asked.err);
    };
    said("part", "holds a part of a batch, or one that was interrupted");
    said("run", "a folder of `winset run` holds its pictures already");
    said("empty", "holds no results of a batch");
    let totals = folder.path("results/totals.jsonl");
    let bytes = std::fs::read(&totals).expect("there");
    std::fs::write(&totals, &bytes[..bytes.len() / 2]).expect("written");
    said("results", "holds a part of a batch, or one that was interrupted");
}

#[test]
fn an_input_as_the_group_and_two_as_the_axes() {
    let r = Batch::grid(4, 3).results();
    let by = |words: &[&str]| {
        Some(words.iter().map(|w| Facet::all(&r).find(|f| f.word(&r) == **w).expect("known")).collect::<Vec<_>>())
    };
    let dots = one(&r, &PlotChoices { by: by(&[AVERSION]), ..asked(PictureKind::Exists) });
    assert_eq!((dots.stem.as_str(), rows(&dots.table).len()), ("exists-by-audiences.home-front.loss_aversion", 3));
    let turned = one(&r, &PlotChoices { by: by(&[AVERSION, DRIFT]), ..asked(PictureKind::Heat) });
    assert!(turned.table.starts_with("audiences.home-front.loss_aversion,states.balance.drift,outcome,count"));
    assert_eq!(rows(&turned.table).len(), 12);
    let margin =
        one(&r, &PlotChoices { outcome: Some(PlotMeasure::Margin), by: by(&[DRIFT]), ..asked(PictureKind::Curve) });
    assert_eq!(margin.stem, "curve-of-margin-by-states.balance.drift");
    assert!(rows(&margin.table).iter().all(|row| row["count"].is_empty()), "a mean has no count");
}

#[test]
fn years_that_deals_last_are_means_weighted_by_deals() {
    let batch = Batch { readings: vec!["a"], policies: vec!["p".into(), "q".into()], ..Batch::plain() };
    let table = rows(&one(&batch.results(), &PlotChoices { by: Some(vec![]), ..asked(PictureKind::Survival) }).table);
    // 100 deals at 1/1.05 and 150 at 1/1.08 after half a year; 1e-12 is a few roundings.
    let mean = (100.0 / 1.05 + 150.0 / 1.08) / 250.0;
    let [value, low] = ["value", "low"].map(|head| table[1][head].parse::<f64>().expect("a number"));
    assert!((value - mean).abs() < 1e-12 && whole(&table[1], "of") == 250, "{:?}", table[1]);
    // √(ln 40 / 300) for the 150 deals of the larger, worked by hand: 0.110891; 1e-5 is its last digit but one.
    assert!((value - low - 0.110_891).abs() < 1e-5, "{:?}", table[1]);
}
