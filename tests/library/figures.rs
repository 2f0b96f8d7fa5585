//! Every picture over sample data: sound SVG, told in words, nothing outside, nothing on top of another text.
//!
//! With `WINSET_GALLERY=1` the pictures are also written to `target/figures/`, as SVG and, where the feature is on, PNG.
#![cfg(feature = "figures")]

use crate::layout::{Written, covered, outside, written};
use winset::figure::{Picture, Theme};

fn every_picture() -> Vec<(String, Picture)> {
    let mut all = Vec::new();
    for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for (case, picture) in crate::samples::all(theme) {
            all.push((format!("{}-{case}-{word}", picture.name), picture));
        }
    }
    all
}

fn each(check: impl Fn(&str, &Picture, &roxmltree::Document)) {
    for (case, picture) in every_picture() {
        let document = roxmltree::Document::parse(&picture.svg).unwrap_or_else(|e| panic!("{case}: {e}"));
        check(&case, &picture, &document);
    }
}

#[test]
fn every_picture_is_told_in_words_as_well() {
    each(|case, picture, document| {
        let root = document.root_element();
        let said = |tag: &str| root.children().find(|n| n.has_tag_name(tag)).and_then(|n| n.text()).unwrap_or_default();
        assert_eq!(root.attribute("role"), Some("img"), "{case}");
        assert_eq!((said("title"), said("desc")), (&*picture.title, &*picture.description), "{case}");
        assert!(!picture.title.is_empty() && !picture.description.is_empty(), "{case}");
        let labels = root.attribute("aria-labelledby").unwrap_or_default();
        let named = |id: &str| root.children().any(|n| n.attribute("id") == Some(id));
        assert!(!labels.is_empty() && labels.split(' ').all(named), "{case}");
    });
}

#[test]
fn eight_of_the_pictures_of_a_run_fit_a_slide() {
    let slide = |picture: &Picture| picture.svg.contains("width=\"832\" height=\"468\"");
    let all = every_picture();
    let fit: std::collections::BTreeSet<&str> =
        all.iter().filter(|(_, picture)| slide(picture)).map(|(_, picture)| picture.name.as_str()).collect();
    let run = ["gap", "endings", "dance", "concessions", "survival", "outcomes", "tornado", "margin"];
    assert!(run.iter().all(|name| fit.contains(name)), "{fit:?}");
}

#[test]
fn every_picture_has_its_data_and_a_table() {
    for (case, picture) in every_picture() {
        assert!(picture.data.is_object() && picture.table().lines().count() > 1, "{case}");
        assert_eq!(picture.json()["data"]["caption"]["title"], picture.title, "{case}");
    }
}

#[test]
fn no_text_leaves_its_picture() {
    each(|case, _, document| assert_eq!(outside(document), [""; 0], "{case}"));
}

#[test]
fn no_text_covers_another() {
    each(|case, _, document| assert_eq!(covered(document), [""; 0], "{case}"));
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    assert!(every_picture() == every_picture());
}

#[test]
fn no_picture_prints_a_negative_zero_or_a_number_that_is_none() {
    each(|case, _, document| {
        for Written { words, .. } in written(document) {
            for word in words.split([' ', '(', ')', ',', ';']) {
                let zero = word.strip_prefix(['−', '-']).and_then(|w| w.parse::<f64>().ok()).is_some_and(|v| v == 0.0);
                assert!(!zero && !["NaN", "inf", "−inf", "-inf"].contains(&word), "{case}: {words}");
            }
        }
    });
}

#[test]
fn hostile_words_stay_words() {
    let picture = crate::samples::hostile();
    let document = roxmltree::Document::parse(&picture.svg).expect("markup in words is escaped");
    assert!(!document.descendants().any(|n| n.has_tag_name("script")));
    assert!(written(&document).iter().any(|w| w.words.contains("<script>")));
}

#[test]
fn pictures_of_nothing_are_still_pictures() {
    for picture in crate::samples::empty() {
        assert!(roxmltree::Document::parse(&picture.svg).is_ok(), "{}", picture.name);
    }
}

#[cfg(feature = "png")]
#[test]
fn a_png_is_the_same_every_time() {
    let [(_, picture), ..] = &every_picture()[..] else { panic!("there are pictures") };
    assert_eq!(picture.png(1.0).expect("a sound picture"), picture.png(1.0).expect("a sound picture"));
}

#[test]
fn the_gallery_is_written_when_asked_for() {
    if std::env::var_os("WINSET_GALLERY").is_none() {
        return;
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/figures");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    for (case, picture) in every_picture() {
        std::fs::write(folder.join(format!("{case}.svg")), &picture.svg).expect("written");
        #[cfg(feature = "png")]
        std::fs::write(folder.join(format!("{case}.png")), picture.png(1.5).expect("sound")).expect("written");
    }
}
