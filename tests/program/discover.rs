//! Where an outcome lives, asked on the command line.

use std::fs;

use crate::cli_support::{Folder, winset};
use serde_json::Value;

/// Uniforms in [0, 1): xorshift64*.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / 9_007_199_254_740_992.0
    }
}

/// The runs of a batch, as one writes them: no-defeat lives where the tilt is at most 0.3 under the reading `hope`.
fn runs(rows: u32) -> String {
    let mut dice = Dice(11);
    let head = "experiment,scenario,reading,variant,policy,point,run,seed,block,status,message,mediator.tilt,\
                drift,drawn_reading,one_exists,margin,reached,ending\n";
    let row = |r: u32| {
        let (tilt, drift) = ((dice.next() * 10.0).floor() / 10.0, dice.next());
        let reading = ["hope", "fear", "habit"][(r % 3) as usize];
        let rich = tilt <= 0.3 && reading == "hope";
        let exists = u8::from(dice.next() < if rich { 0.9 } else { 0.05 });
        // Each run is played under all three readings.
        let start = format!("{r},s,{reading},,,0,{},1,0", r / 3);
        if r % 500 == 7 {
            return format!("{start},failed,too slow,{tilt},{drift},{reading},,,,\n");
        }
        let margin = f64::from(exists) - 0.5;
        format!("{start},ok,,{tilt},{drift},{reading},{exists},{margin},{exists},truce\n")
    };
    head.to_owned() + &(0..rows).map(row).collect::<String>()
}

fn written(name: &str) -> Folder {
    let folder = Folder::new(name);
    fs::create_dir(folder.path("b")).expect("the folder can be made");
    fs::write(folder.path("b/runs.csv"), runs(3_000)).expect("the file can be written");
    folder
}

fn json(text: &str) -> Value {
    crate::cli_support::answer(text)
}

#[test]
fn a_planted_box_of_a_batch_is_told_in_words() {
    let folder = written("discover-words");
    let asked = folder.winset(&["discover", "b", "--target", "one_exists=1"]);
    assert_eq!(asked.status, 0, "{}", asked.err);
    let page = asked.out.replace('\n', " ");
    assert!(page.contains("No-defeat (`one_exists=1`) lives where"), "{page}");
    assert!(page.contains("`reading` is `hope`") && page.contains("`mediator.tilt` is at most 0.35"), "{page}");
    assert!(page.contains("Both readers agree"), "{page}");
    assert!(page.contains("Left out: 6 runs without the outcome."), "{page}");
    let long: Vec<&str> = asked.out.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn the_json_has_the_box_its_shares_and_the_whole_trade_off() {
    let folder = written("discover-json");
    let answer = json(&folder.winset(&["discover", "b", "--target", "one_exists=1", "--json"]).out);
    assert_eq!(answer["unjudged"], 6);
    let found = &answer["boxes"][0];
    let share = |name: &str| found["scored"][name]["share"].as_f64().expect("a share");
    assert!(share("coverage") > 0.7 && share("density") > 0.85, "{found}");
    assert_eq!(
        answer["chosen_on"]["of"].as_u64().zip(answer["scored_on"]["of"].as_u64()).map(|(a, b)| a + b),
        Some(2_994)
    );
    let path = found["trade_off"].as_array().expect("a list");
    assert_eq!(path[0]["coverage"]["share"], 1.0);
    let sizes: Vec<u64> = path.iter().filter_map(|b| b["density"]["of"].as_u64()).collect();
    assert!(sizes.windows(2).all(|pair| pair[1] < pair[0]), "every box is smaller than the one before: {sizes:?}");
    assert_eq!(answer["agreement"]["agree"], true);
}

#[test]
fn inputs_that_are_named_are_the_only_ones_limited() {
    let folder = written("discover-inputs");
    let words = ["discover", "b", "--target", "margin>=0", "--inputs", "mediator.tilt,drift", "--json"];
    let answer = json(&folder.winset(&words).out);
    assert_eq!(answer["columns"], serde_json::json!(["mediator.tilt", "drift"]));
    let limits = answer["boxes"][0]["limits"].as_array().expect("a list");
    assert!(limits.iter().all(|limit| limit["column"] == "mediator.tilt"), "{limits:?}");
}

#[test]
fn a_folder_of_results_has_pictures_and_the_tables_behind_them() {
    let folder = written("discover-out");
    let words = ["discover", "b", "--target", "reached=1", "--boxes", "2", "--out", "o"];
    assert_eq!(folder.winset(&words).status, 0);
    let wanted = [
        "box.csv",
        "box.data.csv",
        "box.svg",
        "page.txt",
        "pictures.json",
        "summary.json",
        "trade-off.csv",
        "trade-off.svg",
        "tree.csv",
    ];
    let files = folder.files("o");
    assert!(wanted.iter().all(|name| files.contains(&(*name).to_owned())), "{files:?}");
    let again = folder.winset(&[&words[..], &["--force"]].concat());
    assert_eq!(again.status, 0, "{}", again.err);
    let sheet = fs::read_to_string(folder.path("o/trade-off.csv")).expect("the sheet is there");
    assert_eq!(sheet.matches(",,1,scored,").count(), 1, "behind one box there is only luck: {sheet}");
}

#[test]
fn experiments_are_read_where_there_are_no_runs_and_any_sheet_is_welcome() {
    let folder = Folder::new("discover-sheets");
    let rows: String = (0..200).map(|r| format!("{r},{},{}\n", r % 7, u8::from(r % 7 > 3))).collect();
    fs::write(folder.path("any.csv"), format!("id,x,y\n{rows}")).expect("the file can be written");
    let asked = folder.winset(&["discover", "any.csv", "--target", "y=1"]);
    assert!(asked.out.contains("where `x` is above 3.5"), "{}{}", asked.out, asked.err);
    fs::create_dir(folder.path("e")).expect("the folder can be made");
    let head = "experiment,scenario,reading,variant,policy,point,status,message,seed,runs,tilt,one_exists,reached";
    let row = |e: u32| format!("{e},s,,,,{e},ok,,1,100,{},0.9,{}\n", e % 10, if e % 10 < 4 { 0.7 } else { 0.1 });
    let text = format!("{head}\n{}", (0..100).map(row).collect::<String>());
    fs::write(folder.path("e/experiments.csv"), text).expect("the file can be written");
    let asked = folder.winset(&["discover", "e", "--target", "reached>0.5"]);
    assert!(asked.out.contains("`reached>0.5` lives where `tilt` is at most 3.5"), "{}{}", asked.out, asked.err);
    assert!(asked.out.contains("of such experiments"), "{}", asked.out);
}

#[test]
fn no_row_and_every_row_are_answers_too() {
    let folder = written("discover-none");
    let none = folder.winset(&["discover", "b", "--target", "margin>9"]);
    assert!(none.status == 0 && none.out.contains("No run meets the target"), "{}{}", none.out, none.err);
    let all = folder.winset(&["discover", "b", "--target", "margin<9"]);
    assert!(all.status == 0 && all.out.contains("Every run meets the target"), "{}{}", all.out, all.err);
}

#[test]
fn wrong_input_is_refused_with_what_would_be_right() {
    let folder = written("discover-wrong");
    fs::write(folder.path("ragged.csv"), "a,b\n1,2\n3\n").expect("the file can be written");
    fs::write(folder.path("few.csv"), "a,b\n1,2\n3,4\n").expect("the file can be written");
    fs::create_dir(folder.path("empty")).expect("the folder can be made");
    for (words, wanted) in [
        (&["b", "--target", "one_exist=1"][..], "did you mean `one_exists`?"),
        (&["b", "--target", "one_exists"], "write OUTCOME OP VALUE"),
        (&["b", "--target", "ending=trice"], "did you mean `truce`?"),
        (&["b", "--target", "one_exists=1", "--inputs", "mediator.tlt"], "did you mean `mediator.tilt`?"),
        (&["b", "--target", "one_exists=1", "--inputs", "one_exists"], "cannot be an input as well"),
        (&["b", "--target", "one_exists=1", "--boxes", "0"], "`--boxes 0` is not a whole number"),
        (&["b", "--target", "one_exists=1", "--box", "900"], "is behind the last box of the trade-off"),
        (&["nowhere", "--target", "a=1"], "no file or folder `nowhere`"),
        (&["empty", "--target", "a=1"], "holds neither runs.csv nor experiments.csv"),
        (&["ragged.csv", "--target", "a=1"], "line 3 has 1 cells, and there are 2 heads"),
        (&["few.csv", "--target", "a=1"], "are too few"),
    ] {
        let asked = folder.winset(&[&["discover"], words].concat());
        assert!(asked.status == 2 && asked.err.contains(wanted), "{words:?}: {} {}", asked.status, asked.err);
    }
    assert!(winset(&["discover", "--help"]).out.contains("Example"));
}
