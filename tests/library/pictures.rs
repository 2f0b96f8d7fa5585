//! The six pictures of every shipped scenario, and of one with three parties.
//!
//! With `WINSET_GALLERY=1` they are also written to `target/pictures/`, as SVG and, where the feature is on, PNG.
#![cfg(feature = "figures")]

#[allow(dead_code, reason = "each test file uses its own part")]
use std::path::{Path, PathBuf};

use winset::analysis::{Settings, Survey, courses, reached, survey};
use winset::engine::Drawing;
use winset::figure::{Look, Picture, Theme};
use winset::model::Negotiation;
use winset::report::pictures::{NAMES, TALKS_NAMES, pictures, talks_pictures};
use winset::scenario::{Scenario, render};
use winset::space::Compiled;

/// Three villages share a well: every pair of leaderships has a panel, and one party has no audience.
const THREE: &str = include_str!("../pictures/three-parties.toml");

fn parsed(name: &str, bytes: &[u8]) -> Negotiation {
    match Scenario::parse(name, bytes) {
        Ok(scenario) => scenario.negotiation,
        Err(findings) => panic!("{}", render(&findings, name, &String::from_utf8_lossy(bytes))),
    }
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(folder);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the folder is shipped").map(|f| f.expect("it can be read").path()).collect();
    files.sort();
    files
}

/// Every shipped scenario by its name, and the one of three parties.
fn scenarios() -> Vec<(String, Negotiation)> {
    let shipped = files("textbook").into_iter().chain(files("talks"));
    let read = |path: PathBuf| {
        let name = path.file_stem().and_then(|s| s.to_str()).expect("a readable name").to_owned();
        let bytes = std::fs::read(&path).expect("it can be read");
        (name.clone(), parsed(&name, &bytes))
    };
    let three = ("three-parties".to_owned(), parsed("three-parties", THREE.as_bytes()));
    shipped.map(read).chain([three]).collect()
}

fn settings(n: &Negotiation, threads: usize) -> Settings {
    Settings {
        runs: std::env::var("WINSET_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(200),
        drawing: Drawing { threads: Some(threads), ..Drawing::of(n, 1) },
        agreeing: false,
    }
}

fn compiled<'a>(n: &'a Negotiation, settings: &Settings) -> Compiled<'a> {
    settings.drawing.compile(n).expect("the scenario can be compiled")
}

fn looked(n: &Negotiation, settings: &Settings) -> Survey {
    survey(n, settings, |_| ()).expect("the scenario can be surveyed")
}

fn drawn(n: &Negotiation, threads: usize, theme: Theme) -> Vec<Picture> {
    let settings = settings(n, threads);
    pictures(&compiled(n, &settings), &settings, &looked(n, &settings), theme)
}

/// The pictures of the talks; none where there are none.
fn of_talks(n: &Negotiation, threads: usize, theme: Theme) -> Vec<Picture> {
    let settings = settings(n, threads);
    let Ok(reached) = reached(n, &settings, |_| ()) else { return Vec::new() };
    let courses = courses(n, &settings).expect("runs can be made");
    let survey = looked(n, &settings);
    talks_pictures(&compiled(n, &settings), &settings, &survey, (&reached, &courses), theme)
}

fn is_told_in_words(name: &str, picture: &Picture) {
    let document = roxmltree::Document::parse(&picture.svg).unwrap_or_else(|e| panic!("{name}, {}: {e}", picture.name));
    let said = |tag: &str| {
        document.descendants().find(|d| d.has_tag_name(tag)).and_then(|d| d.text()).unwrap_or_default().len()
    };
    assert!(said("title") > 10 && said("desc") > 60, "{name}, {}", picture.name);
    assert_eq!(crate::layout::outside(&document), [""; 0], "{name}, {}", picture.name);
    assert_eq!(crate::layout::covered(&document), [""; 0], "{name}, {}", picture.name);
    let written = |words: &str| document.descendants().any(|d| d.text().is_some_and(|t| t.contains(words)));
    assert!(written("In this model"), "{name}, {}", picture.name);
    for word in ["NaN", "inf ", "-inf", "−inf"] {
        assert!(!picture.description.contains(word), "{name}, {}: {}", picture.name, picture.description);
    }
}

#[test]
fn a_scenario_with_talks_has_their_pictures_told_in_words() {
    let mut talking = 0;
    for (name, n) in scenarios().into_iter().filter(|(_, n)| n.talks.is_some()) {
        talking += 1;
        for theme in [Theme::Light, Theme::Dark] {
            let all = of_talks(&n, 2, theme);
            let names: Vec<&str> = all.iter().map(|p| p.name.as_str()).collect();
            assert!(names.starts_with(&TALKS_NAMES[..2]), "{name}: {names:?}");
            assert!(names.iter().all(|name| TALKS_NAMES.contains(name)), "{name}: {names:?}");
            all.iter().for_each(|picture| is_told_in_words(&name, picture));
            assert!(all == of_talks(&n, 1, theme), "{name}: another number of threads, other bytes");
        }
    }
    assert!(talking > 0);
}

#[test]
fn every_scenario_has_all_six_pictures_told_in_words() {
    for (name, n) in scenarios() {
        let all = drawn(&n, 2, Theme::Light);
        assert_eq!(all.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), NAMES, "{name}");
        all.iter().for_each(|picture| is_told_in_words(&name, picture));
    }
}

/// So many parties that share one pie, nobody judging them.
fn pie(parties: usize) -> Negotiation {
    let list = |line: &dyn Fn(usize) -> String| (0..parties).map(line).collect::<String>();
    let actors = list(&|i| format!("actors.p{i} = {{ role = \"party\" }}\n"));
    let no_deal = list(&|i| format!("no_deal.p{i} = {{ base = 0 }}\n"));
    let views = list(&|i| format!("views.p{i} = {{ weight = {}, less = 0, more = 1 }}\n", i + 1));
    let issue = "[issues.pie]\noptions = { less = \"less\", more = \"more\" }\n";
    let head = "title = \"A pie\"\nquestion = \"Who gets more?\"\n";
    parsed("pie", format!("{head}{actors}{no_deal}{issue}{views}").as_bytes())
}

#[test]
fn one_party_is_drawn_and_so_are_more_than_a_picture_has_room_for() {
    for parties in [1, 5, 9] {
        let all = drawn(&pie(parties), 1, Theme::Light);
        assert_eq!(all.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), NAMES);
        assert!(all.iter().all(|p| roxmltree::Document::parse(&p.svg).is_ok()), "{parties}");
        assert_eq!(all[0].description.contains("the first 4 are drawn"), parties > 4);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    for (name, n) in scenarios() {
        assert!(drawn(&n, 1, Theme::Dark) == drawn(&n, 2, Theme::Dark), "{name}");
    }
}

#[test]
fn the_gallery_is_written_when_asked_for() {
    let Some(only) = std::env::var_os("WINSET_GALLERY") else { return };
    let only = only.to_string_lossy().into_owned();
    for (name, n) in scenarios().into_iter().filter(|(name, _)| only == "1" || name.contains(&only)) {
        for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let settings = settings(&n, 2);
            let survey = looked(&n, &settings);
            let start = std::time::Instant::now();
            let all = pictures(&compiled(&n, &settings), &settings, &survey, theme);
            eprintln!("{name}: {:?}", start.elapsed());
            for picture in of_talks(&n, 2, theme).into_iter().chain(all) {
                keep(&format!("{name}-{}-{word}", picture.name), &picture);
            }
        }
    }
}

/// Writes a picture into the gallery, where that is asked for.
fn keep(name: &str, picture: &Picture) {
    if std::env::var_os("WINSET_GALLERY").is_none() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    std::fs::write(folder.join(format!("{name}.svg")), &picture.svg).expect("written");
    #[cfg(feature = "png")]
    std::fs::write(folder.join(format!("{name}.png")), picture.png(1.25).expect("sound")).expect("written");
}

#[test]
fn pictures_are_laid_out_for_a_telephone_and_for_a_page() {
    let shown = |n: &Negotiation, look: Look| {
        let settings = settings(n, 2);
        let (compiled, survey) = (compiled(n, &settings), looked(n, &settings));
        let mut all = pictures(&compiled, &settings, &survey, look);
        if let Ok(reached) = reached(n, &settings, |_| ()) {
            let courses = courses(n, &settings).expect("runs can be made");
            all.extend(talks_pictures(&compiled, &settings, &survey, (&reached, &courses), look));
        }
        all
    };
    for (name, n) in scenarios() {
        for (width, titles) in [(390.0, false), (390.0, true), (760.0, false)] {
            let theme = if titles { Theme::Light } else { Theme::Dark };
            for picture in shown(&n, Look { theme, width: Some(width), titles }) {
                let case = format!("{name}, {}, {width}, titles {titles}", picture.name);
                keep(&format!("{name}-{}-{width}-{}", picture.name, if titles { "light" } else { "dark" }), &picture);
                let document = roxmltree::Document::parse(&picture.svg).unwrap_or_else(|e| panic!("{case}: {e}"));
                assert_eq!(document.root_element().attribute("width"), Some(&*width.to_string()), "{case}");
                assert_eq!(crate::layout::outside(&document), [""; 0], "{case}");
                assert_eq!(crate::layout::covered(&document), [""; 0], "{case}");
                let told = document.descendants().filter(|d| d.has_tag_name("text")).filter_map(|d| d.text());
                assert_eq!(told.into_iter().any(|words| picture.title.starts_with(words)), titles, "{case}");
            }
        }
    }
}
