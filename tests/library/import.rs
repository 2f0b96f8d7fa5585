//! Other people's domains: small files of our own with the quirks that real ones have.

use std::time::{Duration, Instant};

use winset::import::export::{Tool, export};
use winset::import::{Domain, Imported, Sheet, Source, import, write};
use winset::model::Defeat;
use winset::scenario::{Scenario, Severity};
use winset::space::{Limits, Listed, Solved, UtilityPoint, solve};

/// Weights stand before the issues, indices begin at 2, and the numbers of issues are wrong, as in real files.
const DOMAIN: &str = r#"<negotiation_template>
<utility_space number_of_issues="0">
<objective index="1" name="Boat" type="objective">
<issue index="2" name="Sail" type="discrete"><item index="1" value="red"/><item index="2" value="blue &amp; white"/></issue>
<issue index="3" name="Length" type="integer" lowerbound="3" upperbound="6"/>
<issue index="4" name="Deposit" type="real"><range lowerbound="0" upperbound="1"/></issue>
</objective>
</utility_space>
</negotiation_template>
"#;

const SELLER: &str = r#"<utility_space>
<reservation value="0.25"/>
<objective index="1" name="Boat" type="objective">
<weight index="3" value="0.3"/><weight index="2" value="0.5"/><weight index="4" value="0.2"/><weight index="1" value="9"/>
<issue index="2" name="Sail" type="discrete">
<item index="1" value="red" evaluation="30" cost="7"/><item index="2" value="blue &amp; white" evaluation="10"/></issue>
<issue index="3" name="Length" type="integer" lowerbound="3" upperbound="6"><evaluator ftype="linear" slope="0.4" offset="0.1"/></issue>
<issue index="4" name="Deposit" type="real"><range lowerbound="0" upperbound="1"/>
<evaluator ftype="linear" parameter1="1" parameter0="0"/></issue>
</objective>
<discount_factor value="0.5"/>
</utility_space>
"#;

const BUYER: &str = r#"<utility_space>
<objective index="1" name="Boat" type="objective">
<issue index="2" name="Sail" type="discrete">
<item index="1" value="red" evaluation="1"/><item index="2" value="blue &amp; white" evaluation="3"/></issue>
<issue index="3" name="Length" type="integer" lowerbound="3" upperbound="6"><evaluator ftype="linear" slope="-0.5" offset="1"/></issue>
<issue index="4" name="Deposit" type="real"><range lowerbound="0" upperbound="1"/>
<evaluator ftype="triangular" parameter0="0" parameter1="1" parameter2="0.25"/></issue>
<weight index="2" value="0.2"/><weight index="3" value="0.2"/><weight index="4" value="0.6"/>
</objective>
</utility_space>
"#;

fn sources(files: &[(&str, &str)]) -> Vec<Source> {
    files.iter().map(|(name, text)| Source { name: (*name).into(), bytes: text.as_bytes().to_vec() }).collect()
}

fn said(sheets: &[Sheet]) -> String {
    sheets.iter().map(Sheet::told).collect()
}

fn read(files: &[(&str, &str)]) -> Imported {
    import(&sources(files), Some(4)).unwrap_or_else(|sheets| panic!("{}", said(&sheets)))
}

/// Why files are refused.
fn refused(files: &[(&str, &str)]) -> String {
    match import(&sources(files), None) {
        Ok(read) => panic!("it is read: {read:?}"),
        Err(sheets) => said(&sheets),
    }
}

/// The scenario of a domain, which is read without findings.
fn scenario(read: &Imported) -> Scenario {
    scenario_of(&read.domains[0], read)
}

fn scenario_of(domain: &Domain, read: &Imported) -> Scenario {
    let written = write(domain, &read.names(), &read.repairs());
    let found = |findings: &[winset::Finding]| {
        format!("{}\n{}", winset::render(findings, "a.toml", &written.text), written.text)
    };
    let scenario = Scenario::parse("a.toml", written.text.as_bytes()).unwrap_or_else(|f| panic!("{}", found(&f)));
    assert!(scenario.warnings.is_empty(), "{}", found(&scenario.warnings));
    scenario
}

fn solved(scenario: &Scenario) -> Solved {
    let n = &scenario.negotiation;
    let variants = n.default_variants();
    solve(n, &variants, &n.modal_world(&n.laws(None, &variants)), Defeat::Audience, Limits::default())
        .expect("it is small")
}

/// The utilities of a list of points.
fn points(solved: &Solved, listed: &Listed) -> Vec<Vec<f64>> {
    let of = |p: &UtilityPoint| p.utility.iter().map(|u| solved.utilities.points(*u)).collect();
    listed.points.iter().map(of).collect()
}

fn boat() -> Imported {
    read(&[("boat.xml", DOMAIN), ("seller.xml", SELLER), ("buyer.xml", BUYER)])
}

#[test]
fn a_genius_profile_means_what_genius_makes_of_it() {
    let read = boat();
    let domain = &read.domains[0];
    // Blue and white, five metres, a deposit of a half.
    let package = [1, 2, 2];
    // 0.5 · 10/30 + 0.3 · min(1, 0.4 · 2 + 0.1) + 0.2 · 0.5
    assert_eq!(domain.utility(0, &package), third(1, 6) + third(27, 100) + third(1, 10));
    // 0.2 · 1 + 0.2 · max(0, 1 − 0.5 · 2) + 0.6 · (1 − 0.5) / 0.75
    assert_eq!(domain.utility(1, &package), third(1, 5) + third(6, 10) * third(2, 3));
    // Six metres: 0.4 · 3 + 0.1 is cut off at 1, 1 − 1.5 at 0.
    assert_eq!(domain.utility(0, &[0, 3, 4]), third(1, 1));
    assert_eq!(domain.utility(1, &[0, 3, 4]), third(1, 15));
    assert_eq!((domain.parties[0].discount.clone(), domain.parties[1].discount.clone()), (Some(third(1, 2)), None));
    assert_eq!(domain.parties[0].reservation, third(1, 4));
    assert_eq!(read.repairs(), ["boat.xml:6: the real issue `Deposit` is cut into 4 steps"]);
}

fn third(over: i64, under: i64) -> winset::games::Exact {
    winset::games::number(&format!("{over}/{under}")).expect("it is a fraction")
}

#[test]
fn the_scenario_that_is_written_has_the_same_utilities_to_ten_decimals() {
    let (read, scenario) = (boat(), scenario(&boat()));
    let exact = solved(&scenario);
    assert_eq!(exact.utilities.digits(), 10, "sixths are not exact at six digits");
    let frontier = exact.frontier.as_ref().expect("it is small");
    let domain = &read.domains[0];
    let mut looked = 0;
    for point in &frontier.points {
        let options: Vec<usize> = point.package.0.iter().map(|o| o.0).collect();
        for (party, units) in point.utility.iter().enumerate() {
            let off = exact.utilities.points(*units) - winset::games::nearest(&domain.utility(party, &options));
            assert!(off.abs() <= 6e-11, "{off}");
            looked += 1;
        }
    }
    assert!(looked >= 4);
    // No package is on the frontier that another beats in fractions.
    let all: Vec<Vec<_>> = domain.all_packages().map(|p| (0..2).map(|i| domain.utility(i, &p)).collect()).collect();
    let beaten = |u: &Vec<_>| all.iter().any(|v: &Vec<_>| v != u && v[0] >= u[0] && v[1] >= u[1]);
    let mut best: Vec<&Vec<_>> = all.iter().filter(|u| !beaten(u)).collect();
    best.sort();
    best.dedup();
    assert_eq!(frontier.size, best.len());
    let no_deal = &exact.solutions.as_ref().expect("it is small").no_deal;
    assert_eq!(no_deal.iter().map(|u| exact.utilities.points(*u)).collect::<Vec<_>>(), [0.25, 0.0]);
    let rational = all.iter().filter(|u| u[0] >= third(1, 4)).count() as u128;
    assert_eq!((exact.packages.all, exact.packages.rational), (40, Some(rational)));
}

#[test]
fn a_sum_of_weights_above_one_is_cut_off_at_one() {
    let seller = SELLER.replace("value=\"0.5\"/><weight index=\"4\"", "value=\"0.5001\"/><weight index=\"4\"");
    let read = read(&[("boat.xml", DOMAIN), ("seller.xml", &seller), ("buyer.xml", BUYER)]);
    let exact = solved(&scenario(&read));
    let most =
        points(&exact, exact.frontier.as_ref().expect("it is small")).into_iter().map(|u| u[0]).fold(0.0, f64::max);
    assert_eq!(most, 1.0, "not 1.0001");
}

#[test]
fn quirks_of_real_files_are_repaired_with_a_warning_at_their_place() {
    let cases: [(&str, &str, &str, &str); 14] = [
        ("blue &amp; white", "blue & white", "a bare `&`", "6"),
        ("evaluation=\"30\" cost", "evaluation=\"30\"cost", "no blank between two attributes", "6"),
        ("<utility_space>\n", "\n\n<?xml version=\"1.0\"?><utility_space>\n", "something before the declaration", "3"),
        ("evaluation=\"10\"", "evaluation=\"null\"", "the item `blue & white` has no evaluation", "6"),
        (" evaluation=\"10\"", "", "the item `blue & white` has no evaluation", "6"),
        ("value=\"0.5\"/>\n</utility", "value=\"s\"/>\n</utility", "a discount factor that is no number", "11"),
        ("value=\"0.5\"/>\n</utility", "value=\"0\"/>\n</utility", "a discount factor outside 0 to 1", "11"),
        ("<weight index=\"1\"", "<weight index=\"8\"", "a weight for index 8, which no issue has", "4"),
        ("<discount", "<errors>0</errors><discount", "the profile also holds errors", "11"),
        ("<item index=\"1\"", "<Item index=\"1\"", "`<Item>` within `<issue>` is not read", "6"),
        (
            "<item index=\"1\" value=\"red\" evaluation=\"30\" cost=\"7\"/>",
            "<item value=\"red\" evaluation=\"30\"><item value=\"pink\" evaluation=\"90\"/></item>",
            "`<item>` within `<item>` is not read",
            "6",
        ),
        (
            "<objective index=\"1\"",
            "<?xml-stylesheet href=\"a\"?><constraint/><objective index=\"1\"",
            "the profile also holds constraint",
            "3",
        ),
        (
            "/><item index=\"2\"",
            "/><item index=\"3\" value=\"red\" evaluation=\"12\"/><item index=\"2\"",
            "a second evaluation of `red`",
            "6",
        ),
        (
            "value=\"red\" evaluation=\"30\"",
            "value=\"green\" evaluation=\"30\"",
            "the profile does not have the value `red`",
            "5",
        ),
    ];
    for (from, to, warning, line) in cases {
        assert!(SELLER.contains(from), "{from}");
        let seller = SELLER.replacen(from, to, 1);
        let read = read(&[("boat.xml", DOMAIN), ("seller.xml", &seller), ("buyer.xml", BUYER)]);
        let repairs = read.repairs();
        let expected = format!("seller.xml:{line}: {warning}");
        assert!(repairs.iter().any(|repair| repair.starts_with(&expected)), "{expected}: {repairs:?}");
        let text = write(&read.domains[0], &read.names(), &repairs).text;
        assert!(text.contains(&format!("#   {expected}")), "{text}");
        scenario(&read);
    }
    let mut bytes = DOMAIN.as_bytes().to_vec();
    let at = DOMAIN.find("red").expect("it is there");
    bytes[at] = 0x80;
    let files =
        [Source { name: "boat.xml".into(), bytes }, Source { name: "s.xml".into(), bytes: SELLER.as_bytes().to_vec() }];
    let read = import(&files, Some(4)).unwrap_or_else(|sheets| panic!("{}", said(&sheets)));
    assert!(read.repairs()[0].starts_with("boat.xml:4: the byte 0x80 is no UTF-8"), "{:?}", read.repairs());
    assert_eq!(read.domains[0].issues[0].options[0], "€ed");
    let twice = DOMAIN.replace("<item index=\"2\"", "<item index=\"5\" value=\"red\"/><item index=\"2\"");
    let read = self::read(&[("boat.xml", &twice), ("seller.xml", SELLER)]);
    assert_eq!(read.repairs()[0], "boat.xml:4: the value `red` stands in this issue twice");
    assert_eq!(read.domains[0].issues[0].options.len(), 2);
}

#[test]
fn what_cannot_be_read_is_refused_with_file_line_and_reason() {
    let seller = |from: &str, to: &str| {
        assert!(SELLER.contains(from), "{from}");
        refused(&[("boat.xml", DOMAIN), ("seller.xml", &SELLER.replacen(from, to, 1))])
    };
    let domain = |from: &str, to: &str| {
        assert!(DOMAIN.contains(from), "{from}");
        refused(&[("boat.xml", &DOMAIN.replacen(from, to, 1)), ("seller.xml", SELLER)])
    };
    let cases = [
        (seller("<utility_space>", "<utility_space type=\"nonlinear\">"), "seller.xml:1", "nonlinear"),
        (seller("<weight index=\"3\"", "<x><ufun/></x><weight index=\"3\""), "seller.xml", "nonlinear"),
        (seller("value=\"0.25\"", "value=\"2e6\""), "seller.xml", "numbers within ±1 000 000"),
        (
            domain("index=\"3\" name=\"Length\"", "index=\"2\" name=\"Length\""),
            "boat.xml:5",
            "two issues have the index 2",
        ),
        (domain("lowerbound=\"3\"", "lowerbound=\"-9223372036854775808\""), "boat.xml:5", "a whole number within"),
        (seller("index=\"2\" name=\"Sail\"", "name=\"Sail\""), "seller.xml:5", "issue `Sail` has no index"),
        (seller("evaluation=\"30\"", "evaluation=\"3o\""), "seller.xml:6", "`evaluation` is `3o`, no number"),
        (seller("value=\"0.25\"", "value=\"high\""), "seller.xml:2", "`value` is `high`, no number"),
        (seller("value=\"0.3\"", "value=\"-0.3\""), "seller.xml:4", "a weight below 0"),
        (seller("</objective>", ""), "seller.xml:12", "`</utility_space>` stands where `</objective>` should"),
        (
            seller("index=\"2\" name=\"Sail\"", "index=\"3\" name=\"Sail\""),
            "seller.xml:5",
            "has the index of issue `Length`",
        ),
        (seller("upperbound=\"6\"", "upperbound=\"7\""), "seller.xml:7", "another than in the domain"),
        (seller("&amp;", "&bomb;"), "seller.xml:6", "the entity `&bomb;` is not known"),
        (domain("type=\"integer\"", "type=\"price\""), "boat.xml:5", "an issue of the type `price`"),
        (
            domain("<negotiation_template>", "<!DOCTYPE a [<!ENTITY b \"c\">]><negotiation_template>"),
            "boat.xml:1",
            "DOCTYPE",
        ),
        (refused(&[("boat.xml", SELLER), ("s.xml", SELLER)]), "boat.xml:1", "a profile, where the domain should be"),
        (refused(&[("boat.xml", DOMAIN)]), "boat.xml", "a domain without a profile"),
        (refused(&[("pareto.xml", "0.1;0.2\n0.3;0.4\n"), ("s.xml", SELLER)]), "pareto.xml:1", "this is no XML"),
    ];
    for (told, place, why) in cases {
        assert!(told.contains("error: ") && told.contains(place) && told.contains(why), "{place}, {why}: {told}");
    }
    let blank = SELLER.replace("evaluation=\"30\"", "evaluation=\"null\"").replace("evaluation=\"10\"", "");
    let one = DOMAIN.lines().filter(|l| !l.contains("Length") && !l.contains("Deposit")).collect::<Vec<_>>().join("\n");
    let form = blank
        .lines()
        .filter(|l| !["Length", "Deposit", "parameter"].iter().any(|w| l.contains(w)))
        .collect::<Vec<_>>()
        .join("\n");
    let told = refused(&[("boat.xml", &one), ("blank.xml", &form)]);
    assert!(told.contains("no item of the profile has an evaluation"), "{told}");
}

#[test]
fn hostile_xml_is_refused_at_once() {
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=\"1\"")).collect();
    let cases = [
        (format!("<negotiation_template{attributes}/>"), "more than 64 attributes"),
        ("<a>".repeat(1_000_000), "nested more than 32 deep"),
        (format!("<a>{}</a>", "<b/>".repeat(200_000)), "more than 100000 elements"),
        (format!("<a b=\"{}\"/>", "&".repeat(4_000_000)), "a value of more than 4000 bytes"),
        (format!("<{}", "x".repeat(4_000_000)), "a name of more than 4000 bytes"),
        (
            "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]><a>&lol2;</a>".into(),
            "no entity is ever expanded",
        ),
        (" ".repeat(30_000_000), "more than 8000000 bytes"),
        (
            format!("<a>{}", format!("<b c=\"{}\"/>", "&".repeat(3_900)).repeat(1_500)),
            "more bare `&` than a damaged file has",
        ),
    ];
    for (text, why) in cases {
        let begun = Instant::now();
        let told = refused(&[("a.xml", &text)]);
        assert!(told.contains(why), "{why}: {}", told.chars().take(500).collect::<String>());
        // Milliseconds where the program is built to run; here it is built to be tested, beside other tests.
        assert!(begun.elapsed() < Duration::from_secs(5), "{why}: {:?}", begun.elapsed());
    }
}

const WEB: &str = r#"{"name": "tea", "issuesValues": {"Leaf": {"values": ["green", "black"]}, "Milk": {"values": ["none", "a drop", "much"]}}}"#;
const WEB_PROFILE: &str = r#"{"LinearAdditiveUtilitySpace": {"name": "p",
 "issueUtilities": {"Leaf": {"discreteutils": {"valueUtilities": {"green": 1, "black": 0.125}}},
  "Milk": {"discreteutils": {"valueUtilities": {"none": 0, "a drop": 0.5, "much": 1.0}}}},
 "issueWeights": {"Leaf": 0.4, "Milk": 0.6},
 "reservationBid": {"issuevalues": {"Leaf": "black", "Milk": "a drop"}}}}"#;

#[test]
fn a_geniusweb_profile_is_read_and_its_reservation_bid_is_worth_what_it_is() {
    let read = read(&[("tea.json", WEB), ("p.json", WEB_PROFILE)]);
    let domain = &read.domains[0];
    assert_eq!((domain.utility(0, &[0, 1]), domain.parties[0].reservation.clone()), (third(7, 10), third(35, 100)));
    assert_eq!((domain.title.as_str(), read.repairs().len()), ("tea", 0));
    scenario(&read);
    for (from, to, why) in [
        ("\"a drop\": 0.5", "\"a lot\": 0.5", "does not have the value `a drop`"),
        ("LinearAdditiveUtilitySpace", "ShAOPUtils", "a profile of the kind `ShAOPUtils`"),
        ("\"Milk\": 0.6", "\"Milk\": \"x\"", "this is `x`"),
        ("\"Milk\": 0.6", "\"Mild\": 0.6", "has no `Milk`"),
        ("\"Milk\": 0.6", "\"Milk\": 0.6, \"Mint\": 0", "the domain has no issue `Mint`"),
        ("\"Milk\": 0.6", "\"Milk\": 0.7", "the weights add up to 1.1"),
        ("\"a drop\": 0.5", "\"a drop\": 5", "a utility is `5`"),
        (
            "{\"issuevalues\": {\"Leaf\": \"black\", \"Milk\": \"a drop\"}}",
            "0.5",
            "the reservation bid has no `issuevalues`",
        ),
        ("\"reservationBid\"", "\"reservationValue\"", "`reservationValue` is no key of a profile"),
        ("\"Milk\": 0.6", "\"Milk\": 0.6,", "where a key in quotes should be"),
        ("\"issueWeights\": {", "\"issueWeights\": {\"Leaf\": 1, ", "stands here twice"),
    ] {
        let told = match import(&sources(&[("tea.json", WEB), ("p.json", &WEB_PROFILE.replacen(from, to, 1))]), None) {
            Ok(read) => said(&read.sheets),
            Err(sheets) => said(&sheets),
        };
        assert!(told.contains(why) && told.contains("p.json:"), "{why}: {told}");
    }
}

#[test]
fn a_range_of_geniusweb_is_that_of_its_domain() {
    let domain = r#"{"name": "n", "issuesValues": {"N": {"range": ["0", "10", "2.5"]}}}"#;
    let profile = |low: &str, high: &str| {
        format!(
            r#"{{"LinearAdditiveUtilitySpace": {{"issueUtilities": {{"N": {{"numberutils": {{"lowValue": {low}, "lowUtility": 0.2,
            "highValue": {high}, "highUtility": 1}}}}}}, "issueWeights": {{"N": 1}}}}}}"#
        )
    };
    let read = read(&[("n.json", domain), ("p.json", &profile("0", "10.0"))]);
    assert_eq!(read.domains[0].utility(0, &[1]), third(4, 10));
    for (low, high) in [("2.5", "5"), ("-10", "20")] {
        let told = refused(&[("n.json", domain), ("p.json", &profile(low, high))]);
        assert!(
            told.contains("the range of issue `N` is another than in the domain") && told.contains("p.json:"),
            "{told}"
        );
    }
}

const SPACE: &str = "issues:\n- name: Leaf\n  type: CategoricalIssue\n  values:\n  - green\n  - a very long name that goes on\n    on the next line\n- name: Cups\n  type: ContiguousIssue\n  values:\n  - 1\n  - 3\nname: tea\ntype: DiscreteCartesianOutcomeSpace\n";
const FUNCTION: &str = "discount: 0.9\nname: ann\nreserved_value: -.inf\ntype: ExpDiscountedUFun\nufun:\n  name: ann\n  reserved_value: 0.3\n  type: LinearAdditiveUtilityFunction\n  values:\n  - mapping:\n      'green': 30.0\n      a very long name that goes on on the next line: 1e1\n    type: TableFun\n  - bias: 0.5\n    slope: -.25\n    type: AffineFun\n  weights:\n  - 0.01\n  - 0.5\n";

#[test]
fn a_folder_of_negmas_is_read_whatever_the_order_of_its_files() {
    for files in [[("ann.yml", FUNCTION), ("tea.yml", SPACE)], [("tea.yml", SPACE), ("ann.yml", FUNCTION)]] {
        let read = read(&files);
        let domain = &read.domains[0];
        // 0.01 · 10 + 0.5 · (0.5 − 0.25 · 3); nothing is normalised, nothing cut off.
        assert_eq!(domain.utility(0, &[1, 2]), third(1, 10) - third(1, 8));
        assert_eq!(
            (domain.parties[0].reservation.clone(), domain.parties[0].discount.clone()),
            (third(3, 10), Some(third(9, 10)))
        );
        scenario(&read);
    }
    for (from, to, why) in [
        ("type: AffineFun", "type: LambdaFun", "LambdaFun"),
        ("type: LinearAdditiveUtilityFunction", "type: HyperRectangleUtilityFunction", "HyperRectangleUtilityFunction"),
        ("type: ExpDiscountedUFun", "type: UncertainUFun", "UncertainUFun"),
        ("  reserved_value: 0.3", "  reserved_value: .inf", "no package is worth as much as no deal"),
        ("      'green': 30.0\n", "", "lacks the value `green`"),
        ("values:\n", "values: &a\n", "an anchor"),
    ] {
        let told = refused(&[("tea.yml", SPACE), ("ann.yml", &FUNCTION.replacen(from, to, 1))]);
        assert!(told.contains(why) && told.contains("ann.yml:"), "{why}: {told}");
    }
}

#[test]
fn discounts_of_negmas_multiply_and_what_is_read_otherwise_is_said() {
    let twice = |outer: &str, inner: &str| {
        let indented: String = FUNCTION.replace("0.9", inner).lines().map(|line| format!("  {line}\n")).collect();
        let text = format!("discount: {outer}\ntype: ExpDiscountedUFun\nufun:\n{indented}");
        read(&[("tea.yml", SPACE), ("ann.yml", &text)]).domains[0].parties[0].discount.clone()
    };
    assert_eq!(
        [twice("0.5", "0.8"), twice("0.5", "1.0"), twice("1.0", "0.8"), twice("1", "1")],
        [Some(third(2, 5)), Some(third(1, 2)), Some(third(4, 5)), None]
    );
    let told =
        |more: &str| read(&[("tea.yml", SPACE), ("ann.yml", &format!("{more}\n{FUNCTION}"))]).repairs().join("\n");
    assert!(told("factor: step").contains("a discount by `step`"), "{}", told("factor: step"));
    assert!(told("dynamic_reservation: false").contains("a reservation that keeps its worth"));
    assert_eq!(told("factor: relative_time"), "");
    let fewer = format!("{SPACE}invalid:\n- - green\n  - 1\n");
    let told = refused(&[("tea.yml", &fewer), ("ann.yml", FUNCTION)]);
    assert!(told.contains("an outcome space with `invalid`") && told.contains("tea.yml:"), "{told}");
}

#[test]
fn a_reservation_finer_than_all_utilities_is_no_package_more() {
    let domain = "<negotiation_template><objective index=\"0\" name=\"d\"><issue index=\"1\" name=\"A\"><item value=\"a1\"/>\
         <item value=\"a2\"/></issue><issue index=\"2\" name=\"B\"><item value=\"b1\"/><item value=\"b2\"/></issue></objective>\
         </negotiation_template>";
    // Worth 0.8, 1, 0.44 and 0.64.
    let profile = |reservation: &str| {
        format!(
            "<utility_space><objective index=\"0\"><issue index=\"1\" name=\"A\"><item value=\"a1\" evaluation=\"10\"/>\
             <item value=\"a2\" evaluation=\"4\"/></issue><issue index=\"2\" name=\"B\"><item value=\"b1\" evaluation=\"3\"/>\
             <item value=\"b2\" evaluation=\"6\"/></issue><weight index=\"1\" value=\"0.6\"/><weight index=\"2\" value=\"0.4\"/>\
             </objective><reservation value=\"{reservation}\"/></utility_space>"
        )
    };
    for (reservation, rational) in [("0.64", 3), ("0.64000001", 2), ("0.63999999", 3)] {
        let read = read(&[("d.xml", domain), ("p.xml", &profile(reservation)), ("q.xml", &profile("0"))]);
        let solved = solved(&scenario(&read));
        assert_eq!(
            (solved.packages.rational, solved.packages.would_do),
            (Some(rational), Some(rational)),
            "{reservation}"
        );
    }
}

const GAME: &str = r#"{"parties": {
 "port": {"minimum": 5, "veto": true, "scores": {"site": {"a": 6, "b": 2}, "fund": {"x": 0, "y": 3.5}}},
 "town": {"minimum": 4, "veto": false, "scores": {"site": {"a": 0, "b": 5}, "fund": {"x": 4, "y": 1}}},
 "club": {"minimum": 3, "scores": {"site": {"a": 3, "b": 3}, "fund": {"x": 0, "y": 3}}}}}"#;

#[test]
fn a_scorable_game_counts_as_by_hand_as_json_and_as_tables() {
    // a, x: port 6, town 4, club 3: all. a, y: 9.5, 1, 6: all but the town. b, x: port 2: no. b, y: 5.5, 6, 6: all.
    let tables = [
        ("port.csv", "issue,option,points\nsite,a,6\nsite,b,2\nfund,x,0\nfund,y,3.5\nminimum,,5\nveto,,yes\n"),
        ("town.csv", "site,a,0\nsite,b,5\nfund,x,4\nfund,y,1\nminimum,,4\nveto,,no\n"),
        ("club.csv", "site,a,3\nsite,b,3\nfund,x,0\nfund,y,3\n\nminimum,,3\n"),
    ];
    for read in [read(&[("game.json", GAME)]), read(&tables)] {
        let packages = solved(&scenario(&read)).packages;
        assert_eq!((packages.all, packages.would_do, packages.for_everybody), (4, Some(3), Some(2)));
    }
    for (from, to, why) in [
        ("\"y\": 1}", "\"z\": 1}", "lacks the option `y`"),
        ("\"minimum\": 4", "\"minimum\": \"4\"", "the minimum is `4`"),
    ] {
        let told = refused(&[("game.json", &GAME.replacen(from, to, 1))]);
        assert!(told.contains(why) && told.contains("game.json:"), "{told}");
    }
    for (at_least, why) in [("2.5", "`at_least` is `2.5`"), ("0", "`at_least` is `0`"), ("9", "from 1 to 3")] {
        let told = refused(&[("game.json", &GAME.replacen('{', &format!("{{\"at_least\": {at_least}, "), 1))]);
        assert!(told.contains(why) && told.contains("game.json:"), "{told}");
    }
    let veto = read(&[("game.json", &GAME.replace("\"minimum\": 3", "\"Minimum\": 3"))]).repairs().join("\n");
    assert!(veto.contains("`Minimum` is no key of a party") && veto.contains("2 of the 3 parties suffice"), "{veto}");
    let told = refused(&[("game.json", &GAME.replace("\"a\": 6", "\"a\": 6, \" a\": 7"))]);
    assert!(told.contains("a second `a`"), "{told}");
    let told = refused(&[("port.csv", "site,a,6\nsite,b,7\nminimum,,1\nminimum,,2\n")]);
    assert!(told.contains("port.csv:4") && told.contains("a second line for `minimum`"), "{told}");
    let told = refused(&[("pools.txt", "1,2,3 8,1.5,0 4,0,2\n")]);
    assert!(told.contains("pools.txt:1") && told.contains("`1.5` is no whole number"), "{told}");
    let told = refused(&[("port.csv", "site,a,6\nsite,a,7\n")]);
    assert!(told.contains("port.csv:2") && told.contains("a second line for `a`"), "{told}");
}

#[test]
fn a_bargaining_pool_is_divided_item_by_item() {
    let read = read(&[("pools.txt", "# three\n1,2,3 8,1,0 4,0,2\n\n2,0,1 1,1,1 0,3,4\n")]);
    assert_eq!(read.domains.len(), 2);
    let first = solved(&scenario(&read));
    assert_eq!(first.packages.all, 2 * 3 * 4);
    // The book and the hats to the first side, the balls to the second: 8 + 2 and 6; or the book to the second: 2 and 10.
    let domain = &read.domains[0];
    assert_eq!((domain.utility(0, &[1, 2, 0]), domain.utility(1, &[1, 2, 0])), (third(10, 1), third(6, 1)));
    assert_eq!(first.frontier.as_ref().expect("it is small").size, 2);
    scenario_of(&read.domains[1], &read);
    let told = refused(&[("pools.txt", "1,2,3 8,1,0 4,0,2\n1,2 1,1,1 1,1\n")]);
    assert!(told.contains("pools.txt:2"), "{told}");
}

#[test]
fn a_thousand_pools_are_read_and_written_in_a_moment() {
    let text: String = (0..1_000).map(|n| format!("{},2,{} {},1,3 2,{},0\n", n % 4 + 1, n % 3, n % 9, n % 7)).collect();
    let begun = Instant::now();
    let read = read(&[("pools.txt", &text)]);
    let texts: usize = read.domains.iter().map(|d| write(d, &[], &[]).text.len()).sum();
    assert!(
        read.domains.len() == 1_000 && texts > 100_000 && begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn what_is_exported_is_read_back_to_the_same_utilities() {
    let capped = SELLER.replace("value=\"0.5\"/><weight index=\"4\"", "value=\"0.5001\"/><weight index=\"4\"");
    for seller in [SELLER, &capped] {
        let read = read(&[("boat.xml", DOMAIN), ("seller.xml", seller), ("buyer.xml", BUYER)]);
        let (domain, first) = (&read.domains[0], scenario(&read));
        for tool in [Tool::Genius, Tool::Negmas] {
            let out = export(&first.negotiation, tool).unwrap_or_else(|e| panic!("{}", e.message));
            let files: Vec<(&str, &str)> =
                out.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            let back = self::read(&files);
            assert_eq!(back.repairs(), Vec::<String>::new(), "{tool:?}");
            let again = &back.domains[0];
            for package in domain.all_packages() {
                for i in 0..2 {
                    let cut = tool == Tool::Genius || domain.utility(i, &package) < third(1, 1) || seller == SELLER;
                    let off = winset::games::nearest(&(domain.utility(i, &package) - again.utility(i, &package)));
                    assert!(!cut || off.abs() < 1e-14, "{tool:?} {package:?}: {off}");
                }
            }
            let kept =
                |d: &Domain| d.parties.iter().map(|p| (p.reservation.clone(), p.discount.clone())).collect::<Vec<_>>();
            assert_eq!(kept(again), kept(domain), "{tool:?}");
            assert_eq!(
                out.notes.iter().any(|n| n.contains("above 1")),
                tool == Tool::Negmas && seller != SELLER,
                "{:?}",
                out.notes
            );
        }
    }
}

#[test]
fn what_these_formats_cannot_say_is_named_or_refused() {
    let text = std::fs::read_to_string("scenarios/textbook/camp-david-1978.toml").expect("it is shipped");
    let camp = Scenario::parse("c.toml", text.as_bytes()).expect("it is right");
    match export(&camp.negotiation, Tool::Negmas) {
        Ok(out) => assert!(out.notes.iter().any(|note| note.contains("audiences")), "{:?}", out.notes),
        Err(why) => assert!(why.message.contains("links") || why.message.contains("modifier"), "{}", why.message),
    }
    let loss = "title = \"t\"\n[actors]\na = { role = \"party\" }\nb = { role = \"party\" }\n[issues.k]\nnow = \"x\"\noptions = [\"x\", \"y\"]\nviews.a = { weight = 1, y = -1 }\nviews.b = { weight = 30, y = 1 }\n";
    let loss = Scenario::parse("l.toml", loss.as_bytes()).expect("it is right");
    assert!(export(&loss.negotiation, Tool::Genius).is_err_and(|e| e.message.contains("some are losses")));
    let out = export(&loss.negotiation, Tool::Negmas).expect("a table holds any number");
    assert!(out.files[1].1.contains("'y': -1.0"), "{}", out.files[1].1);
}

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// A text with a few of its parts cut, doubled, exchanged, or replaced by what is likely to hurt.
fn mutated(text: &str, dice: &mut Dice) -> Vec<u8> {
    const ODD: [&str; 24] = [
        "\"", "'", "<", ">", "&", "/>", "</a>", "{", "}", "[", "]", ":", "- ", "\n", "1e999", "-1", "0", "null",
        "\u{feff}", "é", "\t", ",", "1e60", "<!--",
    ];
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(4) {
        let (at, end) = (dice.below(bytes.len()), dice.below(bytes.len() + 1));
        let length = dice.below(40).min(bytes.len() - at);
        match dice.below(6) {
            0 => drop(bytes.drain(at..at + length)),
            1 => {
                let part = bytes[at..at + length].to_vec();
                bytes.splice(end.min(bytes.len())..end.min(bytes.len()), part);
            }
            2 => bytes[at] = dice.below(256) as u8,
            3 => bytes.truncate(at.max(1)),
            _ => drop(bytes.splice(at..at, ODD[dice.below(ODD.len())].bytes())),
        }
        if bytes.is_empty() {
            bytes.push(b' ');
        }
    }
    bytes
}

/// Mutated files of every format: none makes the reader panic or wait, and what is still read is a scenario without findings.
/// `WINSET_FUZZ=200000` asks for so many of each, and holds each to a second.
#[test]
fn no_mutated_file_makes_a_reader_panic_or_wait() {
    let asked = std::env::var("WINSET_FUZZ").ok().and_then(|n| n.parse::<usize>().ok());
    let many = asked.unwrap_or(400);
    let formats: [&[(&str, &str)]; 6] = [
        &[("boat.xml", DOMAIN), ("seller.xml", SELLER), ("buyer.xml", BUYER)],
        &[("tea.json", WEB), ("p.json", WEB_PROFILE)],
        &[("tea.yml", SPACE), ("ann.yml", FUNCTION)],
        &[("game.json", GAME)],
        &[
            ("port.csv", "site,a,6\nsite,b,2\nfund,x,0\nfund,y,3.5\nminimum,,5\nveto,,yes\n"),
            ("town.csv", "site,a,0\nsite,b,5\nfund,x,4\nfund,y,1\n"),
        ],
        &[("pools.txt", "1,2,3 8,1,0 4,0,2\n2,0,1 1,1,1 0,3,4\n")],
    ];
    let mut dice = Dice(7);
    for files in formats {
        let (mut still_read, mut longest) = (0, Duration::ZERO);
        for _ in 0..many {
            let mut sources = sources(files);
            let which = dice.below(files.len());
            sources[which].bytes = mutated(files[which].1, &mut dice);
            let begun = Instant::now();
            if let Ok(read) = import(&sources, Some(3)) {
                still_read += 1;
                let written = write(&read.domains[0], &read.names(), &read.repairs());
                let found = Scenario::parse("a.toml", written.text.as_bytes());
                // A party that has lost all of its weights is the one thing of which `check` may say a word.
                let odd = |f: &winset::Finding| !f.message.starts_with("every package is the same to");
                let clean = found.as_ref().is_ok_and(|s| !s.warnings.iter().any(odd));
                let shown = || String::from_utf8_lossy(&sources[which].bytes).into_owned();
                assert!(clean, "{}\n{:?}\n{}", shown(), found.map(|s| s.warnings), written.text);
            }
            longest = longest.max(begun.elapsed());
        }
        println!("{}: {many} mutated, {still_read} still read, the longest took {longest:?}", files[0].0);
        assert!(still_read > 0 && still_read < many, "{}: {still_read}", files[0].0);
        assert!(longest < Duration::from_secs(if asked.is_some() { 1 } else { 10 }), "{longest:?}");
        // An error is told even of a text that holds nothing.
        assert!(
            import(&[Source { name: files[0].0.into(), bytes: vec![] }], None)
                .is_err_and(|s| s.iter().flat_map(|s| &s.findings).any(|f| f.severity == Severity::Error))
        );
    }
}
