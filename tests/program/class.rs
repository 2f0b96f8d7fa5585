//! A class, from its sheets to its debrief.

use std::fs;

use serde_json::Value;
use winset::Scenario;
use winset::session::{Code, Fingerprint, Listed};

use super::cli_support::{Folder, answer, winset, winset_with_input};

/// The packages of eleven pairs; the twelfth has none.
const AGREED: [&str; 11] = [
    "frozen-line",
    "ultimatum-2022",
    "moscow-opening",
    "kyiv-opening",
    "moscow-memorandum",
    "four-frames",
    "conditional-ceasefire",
    "church-alone",
    "institutions-rebuilt",
    "written-recognition",
    "nash",
];

/// What the eleventh pair agreed: the Nash solution.
const NASH: &str = "territory=contact,arms=word,guarantees=given,track=summit,sequence=ceasefire-first,timeframe=dated,instrument=treaty";

/// Where the class that ships lies: codes of Istanbul.
const SHIPPED: &str = "docs/class-of-twelve.csv";

fn code(words: &[&str]) -> String {
    let words: Vec<&str> = ["class", "--json", "--enter", "istanbul-2025"].iter().chain(words).copied().collect();
    answer(&winset(&words).out)["code"].as_str().expect("it has a code").to_owned()
}

/// The codes of twelve pairs, as they ship in no particular order.
fn twelve() -> Vec<String> {
    let deal = |(k, named): (usize, &&str)| {
        let agreed = if *named == "nash" { ["--package", NASH] } else { ["--named", named] };
        let bets = format!("{},{},{}", 90 - 5 * k, 10 + 5 * k, 5 * (k % 4));
        code(&[&agreed[..], &["--nonce", &k.to_string(), "--bets", &bets]].concat())
    };
    AGREED.iter().enumerate().map(deal).chain([code(&["--no-deal", "--nonce", "11", "--bets", "20,-,5"])]).collect()
}

#[test]
fn the_class_that_ships_is_of_the_scenario_that_ships() {
    let codes = twelve();
    let rows: String = codes.iter().enumerate().map(|(k, code)| format!("{},{code}\n", k + 1)).collect();
    let list = format!("pair,code\n{rows}");
    if std::env::var_os("WINSET_BLESS").is_some() {
        fs::write(SHIPPED, &list).expect("it can be written");
    }
    assert_eq!(fs::read_to_string(SHIPPED).expect("it ships"), list, "WINSET_BLESS=1 writes it");
}

fn debrief(codes: &str) -> Value {
    let asked = winset_with_input(&["class", "-", "--runs", "200", "--json"], codes.as_bytes());
    assert_eq!((asked.status, asked.err.as_str()), (0, ""));
    answer(&asked.out)
}

#[test]
fn twelve_pairs_are_twelve_dots_with_what_they_left_and_who_has_no_deal() {
    let told = debrief(&twelve().join("\n"));
    let counts = &told["counts"];
    assert_eq!((&counts["pairs"], &counts["deals"], &counts["without_deal"]), (&12.into(), &11.into(), &1.into()));
    let pairs = told["pairs"].as_array().expect("it is a list");
    // Each verdict is that of `winset verdict`, and each better package is one, worked out anew.
    let of = |word: &str| winset(&["verdict", "istanbul-2025", "--json", "--runs", "20", "--package", word]);
    let mut good = 0;
    for pair in pairs.iter().filter(|pair| !pair["deal"].is_null()) {
        let deal = &pair["deal"];
        let verdict = of(&flag(&deal["package"]));
        good += u64::from(verdict.status == 0);
        assert_eq!(deal["no_defeat"], verdict.status == 0, "{pair}");
        let better = &deal["better"];
        if deal["left_value"] == true {
            let (have, could) = (answer(&verdict.out), answer(&of(&flag(&better["package"])).out));
            let mut more = 0.0;
            for party in ["russia", "ukraine"] {
                let points = |of: &Value| of["leaderships"][party]["utility"].as_f64().expect("it is a number");
                let gain = points(&could) - points(&have);
                assert!(gain >= 0.0 && (gain - better["gains"][party].as_f64().expect("a number")).abs() < 1e-6);
                more += gain;
            }
            assert!(more > 0.0);
            let lost = |of: &Value| of["defeated"].as_array().expect("it is a list").clone();
            assert!(lost(&could).iter().all(|party| lost(&have).contains(party)), "{pair}");
        }
    }
    assert_eq!(counts["no_defeat"], good);
    assert_eq!((&counts["no_defeat"], &counts["left_value"]), (&3.into(), &10.into()));
    assert_eq!(told["bets"][0]["bets"].as_array().map(Vec::len), Some(12));
    assert_eq!(told["bets"][1]["bets"].as_array().map(Vec::len), Some(11));
}

/// A package of a document as `--package` takes it.
fn flag(package: &Value) -> String {
    let terms = package.as_object().expect("it has terms").iter();
    terms.map(|(issue, option)| format!("{issue}={}", option.as_str().expect("a word"))).collect::<Vec<_>>().join(",")
}

#[test]
fn the_order_of_the_codes_changes_no_byte_of_the_page_the_picture_or_the_data() {
    let folder = Folder::new("class-order");
    let codes = twelve();
    let mut turned: Vec<String> = codes.iter().rev().map(|code| code.to_lowercase().replace('-', " ")).collect();
    turned.rotate_left(5);
    for (name, codes) in [("a", codes), ("b", turned)] {
        fs::write(folder.path("codes.txt"), codes.join("\n")).expect("it can be written");
        let asked = folder.winset(&["class", "codes.txt", "--runs", "200", "--out", name]);
        assert_eq!(asked.status, 0, "{}", asked.err);
    }
    let names = ["page.html", "page.txt", "summary.json", "class.svg", "class.data.csv", "pictures.json"];
    for name in names {
        let read = |side: &str| fs::read(folder.path(&format!("{side}/{name}"))).expect("it is there");
        assert_eq!(read("a"), read("b"), "{name}");
    }
    let page = fs::read_to_string(folder.path("a/page.html")).expect("it is there");
    assert!(
        page.contains("<svg")
            && !page.contains("<script")
            && !page.contains(" style=")
            && !page.contains("http-equiv=\"refresh")
    );
}

#[test]
fn broken_codes_and_those_of_another_scenario_are_named_and_the_rest_counts() {
    let other = answer(&winset(&["class", "--json", "--enter", "labour-dispute", "--no-deal", "--nonce", "1"]).out);
    let codes = twelve();
    let wrong = codes[3].replace(&codes[3][22..], if codes[3].ends_with('Z') { "Y" } else { "Z" });
    let list = format!("code\n{}\n{wrong}\n{}\n{}\n", codes[0], other["code"].as_str().expect("a code"), codes[0]);
    let told = debrief(&format!("{list}{}", codes[1]));
    let misread = told["misread"].as_array().expect("a list");
    let why: Vec<(&str, &str)> =
        misread.iter().map(|m| (m["place"].as_str().expect("text"), m["why"].as_str().expect("text"))).collect();
    assert_eq!(why.len(), 2);
    assert!(
        why[0].0 == "line 3" && why[0].1.contains("misread") && why[1].0 == "line 4" && why[1].1.contains("another")
    );
    assert_eq!((&told["counts"]["pairs"], &told["repeated"]), (&2.into(), &1.into()));
}

#[test]
fn nothing_to_count_is_said_in_one_message_and_never_a_panic() {
    for text in ["", "hello", "\u{202e}\u{0}\u{ffff}", "00000-00000-00000-0000Z", "a,b;c\t\r\n\r\n"] {
        let asked = winset_with_input(&["class", "-"], text.as_bytes());
        assert_eq!(asked.status, 2, "{text:?}");
        assert!(asked.err.starts_with("error: ") && !asked.err.contains("panicked"), "{}", asked.err);
    }
    let asked = winset_with_input(&["class", "-"], &vec![0xff; 3_000_000]);
    assert!(asked.status == 2 && asked.err.lines().count() < 6, "{}", asked.err);
    for bad in [
        &["--package", "nothing=1"][..],
        &["--no-deal", "--bets", "7,1,1"],
        &["--no-deal", "--bets", "5,5"],
        &["--no-deal", "--nonce", "1024"],
        &["--no-deal", "--side", "nobody"],
        &[],
    ] {
        let words: Vec<&str> = ["class", "--enter", "labour-dispute"].iter().chain(bad).copied().collect();
        let asked = winset(&words);
        assert!(asked.status == 2 && asked.err.starts_with("error: "), "{bad:?}: {}", asked.err);
    }
}

/// A scenario whose every name is hostile, and whose sides have words of their own.
const HOSTILE: &str = r#"
title = "<script>alert(1)</script> & \u202Eturned"
question = "\"><img src=x onerror=alert(2)>"
actors.north = { name = "North <b>", role = "party" }
actors.south = { name = "South 'x'", role = "party" }
[audiences.elders]
of = "north"
name = "ELDERS-OF-NORTH"
veto = true
defeat_below = -1
claims_weight = 3
[audiences.poor]
of = "south"
name = "POOR-OF-SOUTH"
veto = true
defeat_below = -2
claims_weight = 2
[claims.pride]
says = "NORTH-SAYS <script>"
aim = "honour"
heard_by = ["elders"]
when = { field = "given" }
worth = 1
[claims.bread]
says = "SOUTH-SAYS"
aim = "bread"
heard_by = ["poor"]
when = { field = "given" }
worth = 1
[no_deal.north]
base = 7.25
[no_deal.south]
base = -9.75
[issues.field]
name = "Field </table>"
now = "kept"
options = { kept = "kept", given = "given <i>" }
views = { north = { weight = 31.5, given = -1 }, south = { weight = 46.5, given = 1 }, elders = { weight = 13.125, given = -1 }, poor = { weight = 17.375, given = 1 } }
"#;

#[test]
fn a_sheet_holds_its_own_side_and_nothing_of_the_other() {
    let folder = Folder::new("handout");
    fs::write(folder.path("field.toml"), HOSTILE).expect("it can be written");
    let asked = folder.winset(&["handout", "field.toml", "--out", "sheets", "--runs", "50"]);
    assert_eq!(asked.status, 0, "{}", asked.err);
    let read = |name: &str| fs::read_to_string(folder.path(&format!("sheets/{name}"))).expect("it is there");
    let (north, south) = (read("role-1-north.html"), read("role-2-south.html"));
    let [own, other] = [
        ["Elders-of-north", "ELDERS-OF-NORTH", "NORTH-SAYS", "7.25", "31.5", "13.1"],
        ["Poor-of-south", "POOR-OF-SOUTH", "SOUTH-SAYS", "9.75", "46.5", "17.4"],
    ];
    let [north, south] = [north, south].map(|page| page.split("</style>").nth(1).expect("it has a body").to_owned());
    for word in &own[1..] {
        assert!(north.contains(word) && !south.contains(word), "{word}");
    }
    for word in &other[1..] {
        assert!(south.contains(word) && !north.contains(word), "{word}");
    }
    for name in ["role-1-north.html", "role-2-south.html", "outcome-form.html", "key.html"] {
        let page = read(name);
        let body = page.split("</style>").nth(1).expect("it has a body");
        for bad in
            ["<script", "<img", "<b>\u{fffd}", "onerror=alert(2)>\"", " style=", "\u{202e}", "</table> ", "<i>\u{fffd}"]
        {
            assert!(!body.contains(bad), "{name}: {bad}");
        }
        assert!(page.contains("default-src 'none'") && page.matches("<style>").count() == 1, "{name}");
    }
    assert_eq!(read("scenario.toml"), HOSTILE);
    // What a class puts there is never overwritten.
    fs::write(folder.path("sheets/codes.csv"), "code\n").expect("it can be written");
    let again = folder.winset(&["handout", "field.toml", "--out", "sheets", "--force"]);
    assert!(again.status == 2 && again.err.contains("codes.csv"), "{}", again.err);
}

#[test]
fn a_folder_of_sheets_with_codes_in_it_is_debriefed() {
    let folder = Folder::new("handout-class");
    assert_eq!(folder.winset(&["handout", "labour-dispute", "--out", "sheets", "--runs", "50"]).status, 0);
    let enter = |words: &[&str]| {
        let words: Vec<&str> =
            ["class", "--json", "--enter", "sheets/scenario.toml"].iter().chain(words).copied().collect();
        answer(&folder.winset(&words).out)["code"].as_str().expect("a code").to_owned()
    };
    let first = enter(&["--named", "last-offer", "--nonce", "1", "--side", "firm", "--round", "70"]);
    let second = enter(&["--no-deal", "--nonce", "2"]);
    fs::write(folder.path("sheets/codes.csv"), format!("pair;code\n1;{first}\n")).expect("it can be written");
    fs::write(folder.path("sheets/late.txt"), second.to_lowercase()).expect("it can be written");
    let told = answer(&folder.winset(&["class", "sheets", "--json", "--runs", "50"]).out);
    assert_eq!(told["counts"]["pairs"], 2);
    let firm =
        told["pairs"].as_array().expect("a list").iter().find(|pair| pair["seat"] == 2).expect("it sat somewhere");
    assert_eq!(firm["round"], 63, "63 is that round or later");
}

#[test]
fn every_shipped_scenario_has_a_fingerprint_of_its_own_and_codes_find_it() {
    let (mut seen, mut files) = (Vec::new(), Vec::new());
    for folder in ["talks", "textbook"] {
        let place = format!("{}/scenarios/{folder}", env!("CARGO_MANIFEST_DIR"));
        files.extend(fs::read_dir(place).expect("it is there").map(|entry| entry.expect("it can be read").path()));
    }
    for name in files {
        let text = fs::read_to_string(&name).expect("it is there");
        let n = Scenario::parse("a", text.as_bytes()).expect("it is sound").negotiation;
        let short = Fingerprint::of(&n).short();
        assert!(!seen.contains(&short), "{} shares its fingerprint", name.display());
        seen.push(short);
        let code =
            Code { outcome: None, scenario: short, seat: 0, ending: None, round: None, bets: [None; 3], nonce: 0 };
        let text = code.text().expect("it fits");
        assert_eq!(Listed::read(&text).codes, [(1, code)]);
        assert!(code.belongs(&n, Fingerprint::of(&n)).is_ok());
    }
}
