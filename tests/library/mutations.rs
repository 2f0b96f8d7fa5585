//! Whatever is done to the text of a scenario, reading it ends soon, in findings or in a scenario, and never in a panic.

use std::time::{Duration, Instant};

use winset::scenario::{Scenario, render};

/// When one reading counts as hanging: readings take milliseconds, and a busy machine may stretch them a hundredfold.
const SLOWEST: Duration = Duration::from_secs(60);

/// Splitmix64: enough to pick places in a text.
struct Luck(u64);

impl Luck {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

const EXTREMES: [&str; 16] = [
    "0",
    "-0.0",
    "1e308",
    "-1e308",
    "1e-308",
    "inf",
    "-inf",
    "nan",
    "9223372036854775807",
    "0x7fffffffffffffff",
    "1e6",
    "-1",
    "[0, 1]",
    "[1, 0]",
    "{ discrete = { nan = 1 } }",
    "true",
];

fn sources() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("it is there").map(|e| e.expect("readable").path()).collect();
    paths.sort();
    let mut texts: Vec<String> = paths.iter().map(|p| std::fs::read_to_string(p).expect("text")).collect();
    // The sample counts as much as all the short files together.
    texts.extend(vec![include_str!("../samples/every-section.toml").to_owned(); paths.len()]);
    texts
}

fn tokens(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_ascii_alphanumeric() || "_-.".contains(c), start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                found.push((from, i));
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn replaced(text: &str, (from, to): (usize, usize), by: &str) -> String {
    format!("{}{by}{}", &text[..from], &text[to..])
}

fn on_lines(text: &str, change: impl FnOnce(&mut Vec<&str>)) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    change(&mut lines);
    lines.join("\n")
}

fn mutate(bytes: &[u8], luck: &mut Luck) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
    let places = tokens(text);
    if places.is_empty() {
        return bytes.to_vec();
    }
    let (one, other) = (*luck.pick(&places), *luck.pick(&places));
    let count = text.lines().count();
    let (here, there) = (luck.below(count), luck.below(count));
    let long = 1 + luck.below(300);
    let mutated = match luck.below(10) {
        0 => {
            let mut bytes = bytes.to_vec();
            let place = luck.below(bytes.len());
            bytes[place] ^= 1 << luck.below(8);
            return bytes;
        }
        1 => on_lines(text, |lines| {
            lines.remove(here);
        }),
        2 => on_lines(text, |lines| lines.insert(there, lines[here])),
        3 => on_lines(text, |lines| lines.swap(here, there)),
        4 => replaced(text, one, &text[other.0..other.1]),
        5 => replaced(text, one, luck.pick::<&str>(&EXTREMES)),
        6 => replaced(text, one, &format!("{}1{}", "[".repeat(long), "]".repeat(long))),
        7 => replaced(text, one, &format!("{}1{}", "{ a = ".repeat(long), " }".repeat(long))),
        8 => replaced(text, one, &"i".repeat(long * 100)),
        _ => {
            let numbers: Vec<_> = places.iter().filter(|(from, to)| text[*from..*to].parse::<f64>().is_ok()).collect();
            if numbers.is_empty() {
                text.to_owned()
            } else {
                replaced(text, **luck.pick(&numbers), luck.pick::<&str>(&EXTREMES))
            }
        }
    };
    mutated.into_bytes()
}

#[test]
fn no_mutation_of_a_scenario_panics_or_takes_long() {
    let count = std::env::var("WINSET_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000_u64);
    let sources = sources();
    let (mut read, mut refused) = (0, 0);
    for seed in 0..count {
        let mut luck = Luck(seed);
        let mut bytes = luck.pick(&sources).clone().into_bytes();
        for _ in 0..=luck.below(3) {
            bytes = mutate(&bytes, &mut luck);
        }
        let start = Instant::now();
        match Scenario::parse("mutated.toml", &bytes) {
            Ok(scenario) => {
                read += 1;
                let shown = render(&scenario.warnings, &scenario.name, &scenario.text);
                assert_eq!(shown.is_empty(), scenario.warnings.is_empty());
            }
            Err(findings) => {
                refused += 1;
                assert!(findings.iter().any(|f| f.severity == winset::scenario::Severity::Error), "seed {seed}");
                let text = String::from_utf8_lossy(&bytes);
                assert!(findings.iter().all(|f| f.line(&text) <= text.lines().count() + 1), "seed {seed}");
                assert!(!render(&findings, "mutated.toml", &text).contains('\u{1b}'), "seed {seed}");
            }
        }
        assert!(start.elapsed() < SLOWEST, "seed {seed} took {:?}", start.elapsed());
    }
    assert!(read > 0 && refused > 0, "{read} read, {refused} refused: the mutations are too weak or too strong");
}

/// Many rows of the same kind in one file: what could grow faster than the file does.
#[test]
fn large_files_are_read_in_time() {
    let head = "title = \"t\"\n[actors]\na = { role = \"party\" }\n[audiences]\nh = { of = \"a\", victory_from = 1, claims_weight = 1 }\n";
    let issue =
        "[issues.k]\nnow = 0\noptions = { from = 0, to = 1999, step = 1 }\nviews.a = { weight = 1, 1999 = 1 }\n";
    let rows: [(usize, &dyn Fn(usize) -> String); 10] = [
        (1_000, &|i| {
            format!(
                "[claims.c{i}]\nheard_by = [\"h\"]\naim = \"g{i}\"\nwhen = {{ k = \"not {i}\" }}\nsays = \"s\"\nworth = 1\n"
            )
        }),
        (1_000, &|i| format!("[packages.p{i}]\nfrom = \"p{}\"\npicks = {{ k = {i} }}\n", (i + 1) % 1_000)),
        (1_000, &|i| {
            format!("[readings.r{i}]\nset.\"issues.k.views.a.weight\" = {i}\nset.\"issues.k.views.a.1999\" = 0.5\n")
        }),
        (1_000, &|i| format!("[modifiers.m{i}]\nfor = \"all\"\nwhen = {{ k = {i} }}\ngains = 1000000\n")),
        (20_000, &|i| format!("unknown-section-number-{i} = 1\n")),
        (1_000, &|i| format!("[red_lines.r{i}]\nby = \"hh\"\nwhen = {{ kk = \"x\", k = \"y{i}\" }}\n")),
        (1, &|_| {
            format!(
                "[readings.r]\n{}",
                (0..20_000).map(|i| format!("set.\"issues.k.views.a.x{i}\" = 1\n")).collect::<String>()
            )
        }),
        (1, &|_| {
            format!(
                "[issues.l]\noptions = {{ from = 0, to = 1999, step = 1 }}\nviews.h = {{ weight = 1, values = [{}] }}\n[readings.r]\n{}",
                "1, ".repeat(2_000),
                (0..2_000).map(|i| format!("set.\"issues.l.views.h.{i}\" = 0\n")).collect::<String>()
            )
        }),
        (1_000, &|i| {
            format!(
                "[audiences.h{i}]\nof = \"a\"\ntakes_as_normal = {{ k = \"{i}x\" }}\nper_state = {{ a{i} = 1, b = 2, c = 3 }}\n"
            )
        }),
        (1_000, &|i| {
            format!(
                "[claims.c{i}]\nheard_by = [\"h\"]\naim = \"g{i}\"\nwhen = {{ k = \"not {}\" }}\nsays = \"s\"\nworth = 1\n[rules.r{i}]\nforbid = {{ k = \"not {}\" }}\n",
                1_999 - i,
                i + 900
            )
        }),
    ];
    for (kind, (count, row)) in rows.iter().enumerate() {
        let body: String = (0..*count).map(row).collect();
        let text = format!("{head}{issue}{body}");
        let start = Instant::now();
        let findings = match Scenario::parse("large.toml", text.as_bytes()) {
            Ok(scenario) => scenario.warnings,
            Err(findings) => findings,
        };
        drop(render(&findings, "large.toml", &text));
        assert!(start.elapsed() < SLOWEST, "kind {kind} took {:?}", start.elapsed());
    }
}
