//! Reports: the same from the verb and from a run's folder, and one of whatever a folder holds.

use std::fs;

use crate::cli_support::{Folder, winset};

#[test]
fn a_run_with_a_folder_writes_the_report_that_the_verb_writes() {
    let folder = Folder::new("reports");
    let (place, html) = (folder.path("out"), folder.path("r.html"));
    let words = ["labour-dispute", "--runs", "400", "--seed", "3", "--set", "audiences.board.defeat_below=-20"];
    let run = winset(&[&["run"], &words[..], &["--theme", "dark", "--out", &place]].concat());
    assert_eq!(run.status, 0, "{}", run.err);
    let report = winset(&[&["report"], &words[..], &["-o", &html]].concat());
    assert_eq!(report.status, 0, "{}", report.err);
    let read = |path: &str| fs::read_to_string(path).expect("it was written");
    let one = read(&html);
    assert!(one == read(&format!("{place}/report.html")), "the same bytes");
    assert!(one.matches("<figure>").count() == 3 && one.contains("Run ") && !one.contains("<script"));
}

#[test]
fn a_folder_of_results_becomes_a_report_in_which_nothing_runs() {
    let folder = Folder::new("report-of-folder");
    let (place, html) = (folder.path("out"), folder.path("r.html"));
    let made = winset(&["sensitivity", "labour-dispute", "--runs", "300", "--out", &place]);
    assert_eq!(made.status, 0, "{}", made.err);
    fs::write(format!("{place}/zz.svg"), "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
        .expect("it can be written");
    let report = winset(&["report", &place, "-o", &html]);
    assert_eq!(report.status, 0, "{}", report.err);
    let page = fs::read_to_string(&html).expect("it was written");
    assert!(page.contains("<h1>") && page.contains("data:image/svg+xml;base64,") && !page.contains("<script"));
    let empty = folder.path("empty");
    fs::create_dir(&empty).expect("it can be made");
    let none = winset(&["report", &empty, "-o", &folder.path("none.html")]);
    assert_eq!((none.status, none.err.contains("holds no results")), (2, true), "{}", none.err);
}
