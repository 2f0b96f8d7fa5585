//! `winset plot`: results of batches, read back, pooled and drawn.
//!
//! With `WINSET_GALLERY=1` every picture is also written to `target/plot/`, as SVG and, where the feature is on, PNG.
#![cfg(feature = "cli")]

use std::path::Path;

use crate::cli_support::{Folder, winset};
use crate::fixture::{AVERSION, Batch, DRIFT, ENDINGS, Files};
use crate::layout::{covered, outside, written};
use winset::analysis::Share;
use winset::figure::Theme;
use winset::report::results::{Asked, Drawn, Factor, Kind, Outcome, Results, Texts, pictures, read};

fn texts(files: &Files) -> Texts<'_> {
    Texts {
        manifest: Some(&files.manifest),
        experiments: Some(&files.experiments),
        distributions: Some(&files.distributions),
        survival: Some(&files.survival).filter(|text| text.lines().count() > 1).map(String::as_str),
    }
}

fn results(batch: &Batch) -> Results {
    let files = batch.write();
    read(&texts(&files)).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn asked(kind: Kind) -> Asked {
    Asked { kind: Some(kind), ..Asked::default() }
}

fn one(results: &Results, asked: &Asked) -> Drawn {
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
        ("open", Batch { complete: false, planned: Some(400), ..Batch::curve(5) }),
    ]
}

/// All that is drawn of all of them, in both themes: the sensible pictures, and every kind alone.
fn gallery() -> Vec<(String, Drawn)> {
    let mut all = Vec::new();
    for (name, batch) in batches() {
        let r = results(&batch);
        for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let asked = Asked { theme, ..Asked::default() };
            let mut drawn = pictures(&r, &asked).unwrap_or_else(|cannot| panic!("{name}: {cannot:?}"));
            let kinds = [Kind::Multiples, Kind::Margin].into_iter().filter(|k| k.lacks(&r).is_none());
            let inputs = (0..r.inputs.len()).map(Factor::Input).take(1);
            let by: Vec<Factor> = inputs.chain([Factor::Policy]).collect();
            for kind in kinds {
                let asked = Asked { kind: Some(kind), by: Some(by.clone()), outcome: None, theme };
                drawn.extend(pictures(&r, &asked).unwrap_or_else(|cannot| panic!("{name}: {cannot:?}")));
            }
            for outcome in [Outcome::Margin, Outcome::Gain(1)].into_iter().filter(|o| Outcome::all(&r).contains(o)) {
                for kind in [Kind::Curve, Kind::Heat, Kind::Tornado] {
                    drawn.extend(
                        pictures(&r, &Asked { kind: Some(kind), outcome: Some(outcome), theme, by: None })
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
fn the_same_folder_gives_the_same_bytes() {
    let files = Batch::grid(3, 3).write();
    let drawn = || {
        let r = read(&texts(&files)).expect("a sound folder");
        pictures(&r, &Asked::default()).expect("it can be drawn")
    };
    assert!(drawn() == drawn());
}

#[test]
fn the_kinds_that_are_drawn_suit_the_design() {
    let stems = |batch: &Batch| -> Vec<String> {
        let drawn = pictures(&results(batch), &Asked::default()).expect("it can be drawn");
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
    let r = results(&batch);
    let table = one(&r, &Asked { by: Some(vec![Factor::Policy]), ..asked(Kind::Reached) }).table;
    let pooled = rows(&table);
    assert_eq!(pooled.len(), batch.policies.len());
    for row in &pooled {
        let of_policy = || r.experiments.iter().filter(|e| e.policy == row["policy"]);
        let count: u64 = of_policy().map(|e| e.reached.expect("talks")).sum();
        let of: u64 = of_policy().map(|e| e.runs).sum();
        // They share their luck: no more runs are independent than one experiment has.
        let one = of_policy().map(|e| e.runs).max().expect("there are some");
        let share = Share::on_shared_luck(count, of, one);
        assert_eq!((whole(row, "count"), whole(row, "of")), (count, of));
        assert_eq!(
            [&row["value"], &row["low"], &row["high"]],
            [share.share, share.low, share.high].map(|x| x.to_string()).each_ref()
        );
    }
    // Experiments of unequal size: 1 of 1 000 and 200 of 200 make 201 of 1 200, not a half.
    let mut files =
        Batch { readings: vec!["one", "two"], policies: vec!["p".into()], talks: false, ..Batch::plain() }.write();
    let mut lines: Vec<String> = files.experiments.lines().map(String::from).collect();
    lines[1] = lines[1].replacen(&lines[1].split(',').nth(10).expect("a share").to_owned(), "0.001", 1);
    lines[2] = lines[2].replacen(",ok,,1,1000,", ",ok,,1,200,", 1);
    let second = lines[2].split(',').nth(10).expect("a share").to_owned();
    lines[2] = lines[2].replacen(&second, "1", 1);
    files.experiments = lines.join("\n");
    let r = read(&Texts { distributions: None, ..texts(&files) }).expect("a sound folder");
    let row = &rows(&one(&r, &Asked { by: Some(vec![]), ..asked(Kind::Exists) }).table)[0];
    assert_eq!((whole(row, "count"), whole(row, "of"), row["value"].as_str()), (201, 1_200, "0.1675"));
}

#[test]
fn tables_add_up_to_the_runs() {
    let batch = Batch::grid(3, 3);
    let r = results(&batch);
    let runs: u64 = r.experiments.iter().map(|e| e.runs).sum();
    let sum = |table: &str, head: &str| rows(table).iter().map(|row| whole(row, head)).sum::<u64>();
    let endings = one(&r, &asked(Kind::Endings)).table;
    assert_eq!(sum(&endings, "count"), runs);
    assert_eq!(rows(&endings).len(), ENDINGS.len() * 12);
    assert_eq!(sum(&one(&r, &asked(Kind::Margin)).table, "here"), runs);
    assert_eq!(sum(&one(&r, &asked(Kind::Rounds)).table, "here"), runs);
    let heat = one(&r, &asked(Kind::Heat)).table;
    assert_eq!(sum(&heat, "of"), runs);
    assert_eq!(rows(&heat).len(), 12 * 9);
    let reached: u64 = r.experiments.iter().filter_map(|e| e.reached).sum();
    assert_eq!(sum(&heat, "count"), reached);
    let last =
        |table: &str| rows(table).iter().filter(|row| row["at"] == "25").map(|row| whole(row, "count")).sum::<u64>();
    assert_eq!(last(&one(&r, &asked(Kind::Rounds)).table), reached);
}

#[test]
fn distribution_functions_rise_from_none_and_their_table_says_where_one_exists() {
    let r = results(&Batch { readings: vec!["only"], policies: vec!["p".into()], ..Batch::plain() });
    let e = &r.experiments[0];
    let table = rows(&one(&r, &asked(Kind::Margin)).table);
    let at_least_0: u64 =
        table.iter().filter(|row| row["at"].parse::<f64>().is_ok_and(|m| m >= 0.0)).map(|row| whole(row, "here")).sum();
    assert_eq!(Some(at_least_0), e.exists);
    let up: Vec<u64> = table
        .iter()
        .filter(|row| row["at"] != "none" && row["at"] != "unbounded")
        .map(|row| whole(row, "count"))
        .collect();
    assert!(up.windows(2).all(|pair| pair[0] <= pair[1]) && up[0] > e.spread.none && up.last() == Some(&e.runs));
}

#[test]
fn a_tornado_tells_the_change_from_the_base_case() {
    let r = results(&Batch::one_at_a_time(4));
    let table = rows(&one(&r, &asked(Kind::Tornado)).table);
    assert_eq!(table.len(), 1 + 2 * 4);
    let base: f64 = table[0]["value"].parse().expect("a number");
    for row in &table {
        let [value, change] = ["value", "change"].map(|head| row[head].parse::<f64>().expect("a number"));
        assert_eq!(change, value - base);
    }
    let cannot =
        pictures(&r, &Asked { by: Some(vec![Factor::Policy]), ..asked(Kind::Tornado) }).expect_err("no groups");
    assert!(cannot.found.contains("--by"));
}

#[test]
fn the_base_case_and_what_is_pooled_are_told() {
    let svg = |batch: &Batch, kind| one(&results(batch), &asked(kind)).picture.svg;
    assert!(svg(&Batch::curve(5), Kind::Curve).contains("base case"));
    assert!(!svg(&Batch { base: vec![], ..Batch::curve(5) }, Kind::Curve).contains("base case"));
    let heat = results(&Batch { readings: vec!["a"], policies: vec!["p".into()], ..Batch::grid(5, 5) });
    let heat = one(&heat, &Asked { outcome: Some(Outcome::Exists), ..asked(Kind::Heat) }).picture.svg;
    assert!(heat.contains("base case") && heat.contains("line of 50 %"));
    assert!(heat.contains("1\u{a0}000 runs a cell") && heat.contains("largest standard error 1.6 percentage points"));
    let curve = svg(&Batch::curve(5), Kind::Curve);
    assert!(curve.contains("Counts are added over 4 values of reading") && curve.contains("same luck"));
    assert!(!svg(&Batch { readings: vec!["a"], ..Batch::curve(5) }, Kind::Curve).contains("same luck"));
    let open = Batch { complete: false, planned: Some(90), ..Batch::curve(5) };
    assert!(svg(&open, Kind::Reached).contains("The batch is not complete: 60 of 90 experiments are done."));
}

#[test]
fn light_and_dark_differ_in_colours_only() {
    let r = results(&Batch::grid(3, 3));
    let draw = |theme| pictures(&r, &Asked { theme, ..Asked::default() }).expect("it can be drawn");
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
fn what_is_wrong_with_a_folder_is_said_with_file_and_line() {
    let sound = Batch { readings: vec!["a"], policies: vec!["p".into()], ..Batch::curve(3) }.write();
    let cases: &[(&str, &str, &str, &str)] = &[
        ("manifest", "{\"version\"", "[{\"version\"", "manifest.json, line 1: the file is no JSON"),
        ("manifest", "\"complete\":true", "\"kept\":3", "manifest.json: this is not the manifest of a batch"),
        ("experiments", "one_exists,", "exists,", "experiments.csv: there is no column `one_exists`"),
        ("experiments", ",imposed,", ",forced,", "experiments.csv: there is no column `imposed`"),
        ("experiments", "status,message", "message,status", "experiments.csv: column `status` is number 8, not 7"),
        (
            "experiments",
            ",p1,ok,,1,1000,",
            ",p1,ok,,1,many,",
            "experiments.csv, line 3: `runs` is `many`, not a whole number",
        ),
        ("experiments", ",p2,ok,,1,1000,0.2000,", ",p2,ok,,1,1000,0.2000,1.7,", "experiments.csv, line 4: the row has"),
        ("experiments", ",p1,ok,,", ",p1,fine,,", "experiments.csv, line 3: `status` is `fine`, not one of ok, failed"),
        (
            "distributions",
            "e0001,margin,0.001953125",
            "e0009,margin,0.001953125",
            "distributions.csv, line 2: experiment `e0009` is not in experiments.csv",
        ),
        (
            "distributions",
            "e0001,margin,0.001953125",
            "e0001,margin,noon",
            "line 2: `at` is `noon`, not a number, `none`",
        ),
        ("survival", "e0001,0.5,100,", "e0001,0.5,100,7", "survival.csv, line 3: `70.9"),
        ("distributions", "e0001,ending,truce", "e0001,ending,peace", "`at` is `peace`, not an ending"),
        ("distributions", "e0001,ending,truce", "e0001,ended,truce", "the endings of experiment `e0001` add up to"),
    ];
    for (file, from, to, wanted) in cases {
        let broken = |name: &str, text: &str| if name == *file { text.replacen(from, to, 1) } else { text.to_owned() };
        let files = Files {
            manifest: broken("manifest", &sound.manifest),
            experiments: broken("experiments", &sound.experiments),
            distributions: broken("distributions", &sound.distributions),
            survival: broken("survival", &sound.survival),
        };
        let faults = read(&texts(&files)).expect_err(wanted);
        assert!(faults[0].to_string().contains(wanted), "{wanted}: {faults:?}");
    }
    for (texts, file) in [
        (Texts { manifest: None, ..texts(&sound) }, "manifest.json"),
        (Texts { experiments: None, ..texts(&sound) }, "experiments.csv"),
    ] {
        assert_eq!(read(&texts).expect_err(file)[0].to_string(), format!("{file}: the file is not there"));
    }
    let all_failed = sound.experiments.replace(",ok,,", ",failed,it broke,");
    let faults = read(&Texts { experiments: Some(&all_failed), ..texts(&sound) }).expect_err("nothing to draw");
    assert!(faults[0].message.contains("no experiment was answered"));
}

#[test]
fn experiments_without_an_answer_are_left_out_and_told() {
    let batch = Batch { readings: vec!["a"], policies: vec!["p".into()], ..Batch::curve(3) };
    let mut files = batch.write();
    let failed = "e0002,istanbul-2025,a,,p,p1,failed,it broke,1,1000,0.1000";
    let lines = files.experiments.lines().map(|line| {
        let cells = line.split(',').count() - 11;
        if line.starts_with("e0002") { format!("{failed}{}", ",".repeat(cells)) } else { line.to_owned() }
    });
    files.experiments = lines.collect::<Vec<_>>().join("\n");
    files.distributions =
        files.distributions.lines().filter(|l| !l.starts_with("e0002")).collect::<Vec<_>>().join("\n");
    let r = read(&texts(&files)).unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!((r.experiments.len(), r.failed), (2, 1));
    let drawn = one(&r, &asked(Kind::Curve));
    assert_eq!(rows(&drawn.table).len(), 2);
    assert!(drawn.picture.svg.contains("Left out, as they gave no answer: 1\u{a0}experiment."));
}

#[test]
fn a_folder_without_distributions_still_shows_shares() {
    let files = Batch::curve(3).write();
    let r = read(&Texts { distributions: None, ..texts(&files) }).expect("a sound folder");
    assert_eq!(
        Kind::shown(&r),
        [Kind::Exists, Kind::Reached, Kind::Endings, Kind::Survival, Kind::Curve, Kind::Multiples]
    );
    let cannot = pictures(&r, &asked(Kind::Margin)).expect_err("no margins");
    assert_eq!(cannot.hint, "it can show exists, reached, endings, survival, curve, multiples");
}

fn folder(name: &str, files: &Files) -> Folder {
    let folder = Folder::new(name);
    for (file, text) in [
        ("manifest.json", &files.manifest),
        ("experiments.csv", &files.experiments),
        ("distributions.csv", &files.distributions),
        ("survival.csv", &files.survival),
    ] {
        std::fs::write(folder.path(file), text).expect("written");
    }
    folder
}

#[test]
fn the_verb_writes_pictures_beside_the_results_and_touches_nothing_else() {
    let results = folder("plot-all", &Batch::curve(4).write());
    let before = std::fs::read(results.path("experiments.csv")).expect("there");
    let asked = winset(&["plot", &results.path("")]);
    assert_eq!((asked.status, asked.err.as_str()), (0, ""));
    let stems = ["curve", "curve-of-exists", "endings", "exists", "margin", "reached", "rounds", "survival-curves"];
    let mut wanted: Vec<String> = stems.iter().flat_map(|s| [format!("{s}.csv"), format!("{s}.svg")]).collect();
    wanted.extend(["distributions.csv", "experiments.csv", "manifest.json", "survival.csv"].map(String::from));
    wanted.sort();
    assert_eq!(results.entries(), wanted);
    assert_eq!(asked.out.lines().count(), 2 * stems.len());
    assert!(asked.out.lines().all(|line| line.starts_with("wrote ")), "{}", asked.out);
    let svg = std::fs::read(results.path("curve.svg")).expect("written");
    assert_eq!(winset(&["plot", &results.path("")]).out, asked.out);
    assert_eq!(std::fs::read(results.path("curve.svg")).expect("written"), svg);
    assert_eq!(std::fs::read(results.path("experiments.csv")).expect("there"), before);
}

#[cfg(feature = "png")]
#[test]
fn one_picture_can_be_asked_for_by_kind_group_format_theme_and_place() {
    let results = folder("plot-one", &Batch::grid(3, 3).write());
    let out = results.path("pictures");
    let by = format!("{DRIFT},policy");
    let words = [
        "plot",
        &results.path(""),
        "--kind",
        "curve",
        "--by",
        &by,
        "--format",
        "png",
        "--theme",
        "dark",
        "--out",
        &out,
    ];
    let asked = winset(&words);
    assert_eq!((asked.status, asked.err.as_str()), (0, ""));
    let stem = format!("curve-by-{DRIFT}-by-policy");
    assert_eq!(results.files("pictures"), [format!("{stem}.csv"), format!("{stem}.png")]);
    let bytes = std::fs::read(results.path(&format!("pictures/{stem}.png"))).expect("written");
    assert!(bytes.starts_with(b"\x89PNG"));
    let rows = rows(&std::fs::read_to_string(results.path(&format!("pictures/{stem}.csv"))).expect("written"));
    assert_eq!(rows.len(), 9);
    assert!(rows[0].contains_key("policy") && rows[0].contains_key(DRIFT));
}

#[test]
fn wrong_words_get_one_message_each_and_status_2() {
    let sound = folder("plot-wrong", &Batch::grid(3, 3).write());
    let place = sound.path("");
    let asked = |words: &[&str]| {
        let all: Vec<&str> = ["plot", &place].into_iter().chain(words.iter().copied()).collect();
        winset(&all)
    };
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
    assert_eq!(sound.entries().len(), 4, "nothing was written");
    let none = winset(&["plot", &sound.path("nowhere")]);
    assert!(none.status == 2 && none.err.contains("there is no folder"), "{}", none.err);
    let file = winset(&["plot", &sound.path("manifest.json")]);
    assert!(file.status == 2 && file.err.contains("is no folder"), "{}", file.err);
    std::fs::write(sound.path("manifest.json"), "{\"scenario\":{},\"kept\":7}").expect("written");
    let of_a_run = asked(&[]);
    assert!(of_a_run.status == 2 && of_a_run.err.contains("winset run"), "{}", of_a_run.err);
}

#[test]
fn an_input_as_the_group_and_two_as_the_axes() {
    let r = results(&Batch::grid(4, 3));
    let by = |words: &[&str]| Some(words.iter().map(|w| Factor::named(&r, w).expect("known")).collect::<Vec<_>>());
    let dots = one(&r, &Asked { by: by(&[AVERSION]), ..asked(Kind::Exists) });
    assert_eq!((dots.stem.as_str(), rows(&dots.table).len()), ("exists-by-audiences.home-front.loss_aversion", 3));
    let turned = one(&r, &Asked { by: by(&[AVERSION, DRIFT]), ..asked(Kind::Heat) });
    assert!(turned.table.starts_with("audiences.home-front.loss_aversion,states.balance.drift,outcome,count"));
    assert_eq!(rows(&turned.table).len(), 12);
    let margin = one(&r, &Asked { outcome: Some(Outcome::Margin), by: by(&[DRIFT]), ..asked(Kind::Curve) });
    assert_eq!(margin.stem, "curve-of-margin-by-states.balance.drift");
    assert!(rows(&margin.table).iter().all(|row| row["count"].is_empty()), "a mean has no count");
}

#[test]
fn years_that_deals_last_are_means_weighted_by_deals() {
    let batch = Batch { readings: vec!["a"], policies: vec!["p".into(), "q".into()], ..Batch::plain() };
    let table = rows(&one(&results(&batch), &Asked { by: Some(vec![]), ..asked(Kind::Survival) }).table);
    // 100 deals at 1/1.05 and 150 at 1/1.08 after half a year; 1e-12 is a few roundings.
    let mean = (100.0 / 1.05 + 150.0 / 1.08) / 250.0;
    let [value, low] = ["value", "low"].map(|head| table[1][head].parse::<f64>().expect("a number"));
    assert!((value - mean).abs() < 1e-12 && whole(&table[1], "of") == 250, "{:?}", table[1]);
    // √(ln 40 / 300) for the 150 deals of the larger, worked by hand: 0.110891; 1e-5 is its last digit but one.
    assert!((value - low - 0.110_891).abs() < 1e-5, "{:?}", table[1]);
}
