//! Folders as `winset batch` writes them, from made-up numbers.

use std::fmt::Write as _;

/// The nine endings, as files name them.
pub const ENDINGS: [&str; 9] = [
    "settlement",
    "truce",
    "defeat",
    "unratified",
    "interim-only",
    "no-result",
    "collapse",
    "mediator-left",
    "imposed",
];
/// How many of a thousand runs end in each, before it is reached or not is decided.
const REST: [u64; 7] = [120, 210, 30, 400, 160, 0, 80];

/// A batch to be written.
#[derive(Clone)]
pub struct Batch {
    pub scenarios: Vec<&'static str>,
    pub readings: Vec<&'static str>,
    pub policies: Vec<String>,
    pub inputs: Vec<&'static str>,
    /// The values of all inputs at each point; empty cells for what is left as in the file.
    pub points: Vec<(String, Vec<String>)>,
    pub runs: u64,
    pub talks: bool,
    pub complete: bool,
    pub planned: Option<usize>,
    /// The base case, as the manifest tells it.
    pub base: Vec<(&'static str, f64)>,
}

/// The texts of its files.
pub struct Files {
    pub manifest: String,
    pub experiments: String,
    pub distributions: String,
    pub survival: String,
}

pub const DRIFT: &str = "states.balance.drift";
pub const AVERSION: &str = "audiences.home-front.loss_aversion";

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

impl Batch {
    /// No input is varied.
    pub fn plain() -> Self {
        Self {
            scenarios: vec!["istanbul-2025"],
            readings: vec!["pastukhov", "preobrazhensky", "stanovaya", "realist"],
            policies: strings(&["none", "us-mediates", "china-mediates"]),
            inputs: vec![],
            points: vec![("base".into(), vec![])],
            runs: 1_000,
            talks: true,
            complete: true,
            planned: None,
            base: vec![],
        }
    }

    /// One input at several values.
    pub fn curve(values: u32) -> Self {
        let value = |i| 0.2 * f64::from(i) / f64::from(values - 1);
        let points = (0..values).map(|i| (format!("p{i}"), vec![format!("{:.4}", value(i))]));
        Self { inputs: vec![DRIFT], points: points.collect(), base: vec![(DRIFT, 0.06)], ..Self::plain() }
    }

    /// Two inputs in a grid.
    pub fn grid(columns: u32, rows: u32) -> Self {
        let at = |i: u32, n: u32| f64::from(i) / f64::from(n.max(2) - 1);
        let point = |i: u32, j: u32| {
            let values = vec![format!("{:.3}", 0.2 * at(i, columns)), format!("{:.3}", 1.0 + 2.0 * at(j, rows))];
            (format!("p{i}-{j}"), values)
        };
        let points = (0..columns).flat_map(|i| (0..rows).map(move |j| point(i, j))).collect();
        let base = vec![(DRIFT, 0.1), (AVERSION, 2.0)];
        Self { inputs: vec![DRIFT, AVERSION], points, base, ..Self::plain() }
    }

    /// Some inputs, one at a time, around a base case in which nothing is set.
    pub fn one_at_a_time(inputs: usize) -> Self {
        const PATHS: [&str; 24] = [
            DRIFT,
            AVERSION,
            "mediator.patience",
            "mediator.chance",
            "talks.hazard",
            "audiences.hardliners.line",
            "audiences.soldiers.line",
            "intents.firm.prior",
            "claims.church.worth",
            "events.offensive.chance",
            "states.economy.drift",
            "states.economy.noise",
            "parties.firm.patience",
            "parties.union.patience",
            "issues.pay.views.firm.weight",
            "issues.jobs.views.union.weight",
            "durability.half_life",
            "a",
            "b",
            "c",
            "d",
            "e",
            "f",
            "g",
        ];
        let mut points = vec![("base".to_owned(), vec![String::new(); inputs])];
        for input in 0..inputs {
            for (end, value) in [("low", "0.01"), ("high", "0.2")] {
                let mut values = vec![String::new(); inputs];
                values[input] = value.into();
                points.push((format!("{end}-{input}"), values));
            }
        }
        Self {
            inputs: PATHS[..inputs].to_vec(),
            points,
            readings: vec!["pastukhov"],
            policies: vec![String::new()],
            base: vec![],
            ..Self::plain()
        }
    }

    pub fn write(&self) -> Files {
        let mut head = "experiment,scenario,reading,variant,policy,point,status,message,seed,runs".to_owned();
        self.inputs.iter().for_each(|path| head += &format!(",{path}"));
        head += ",one_exists,one_exists_low,one_exists_high";
        if self.talks {
            head += ",reached,reached_low,reached_high";
            ENDINGS.iter().for_each(|ending| head += &format!(",{ending}"));
        }
        head += ",margin_mean,margin_p05,margin_p25,margin_p50,margin_p75,margin_p95";
        if self.talks {
            head += ",rounds_mean,rounds_p10,rounds_p50,rounds_p90";
            head += ",gain_russia,gain_russia_error,gain_ukraine,gain_ukraine_error,survival_1,survival_2,survival_5";
        }
        let (mut experiments, mut distributions) = (head + "\n", "experiment,outcome,at,count\n".to_owned());
        let mut survival = "experiment,years,deals,holds\n".to_owned();
        let mut number = 0;
        for scenario in &self.scenarios {
            for (r, reading) in self.readings.iter().enumerate() {
                for (p, policy) in self.policies.iter().enumerate() {
                    for (point, values) in &self.points {
                        number += 1;
                        let name = format!("e{number:04}");
                        let labels = format!("{name},{scenario},{reading},,\"{policy}\",{point},ok,,1,{}", self.runs);
                        let x = values.iter().enumerate().map(|(i, v)| effect(i, v)).sum::<f64>();
                        let level = 0.75 - 0.12 * r as f64 + x;
                        self.one(&name, &labels, values, (level, p), &mut experiments, &mut distributions);
                        for half in (0..=20_u32).filter(|_| self.talks) {
                            let holds = 1.0 / (1.0 + f64::from(half) * (0.05 + 0.03 * p as f64));
                            writeln!(survival, "{name},{},{},{holds}", f64::from(half) / 2.0, 100 + 50 * p)
                                .expect("text");
                        }
                    }
                }
            }
        }
        let planned = self.planned.unwrap_or(number);
        let inputs: Vec<String> = self
            .inputs
            .iter()
            .map(|path| match self.base.iter().find(|(p, _)| p == path) {
                Some((_, base)) => format!("{{\"path\":\"{path}\",\"base\":{base}}}"),
                None => format!("\"{path}\""),
            })
            .collect();
        let manifest = format!(
            "{{\"version\":\"0.1.0\",\"plan\":\"abc\",\"title\":\"Istanbul, by its analysts\",\"seed\":1,\"runs\":{},\
             \"experiments\":{planned},\"inputs\":[{}],\"status\":{{\"ok\":{number},\"failed\":0,\"non-finite\":0}},\
             \"complete\":{}}}",
            self.runs,
            inputs.join(","),
            self.complete
        );
        Files { manifest, experiments, distributions, survival }
    }

    fn one(
        &self,
        name: &str,
        labels: &str,
        values: &[String],
        of: (f64, usize),
        sheet: &mut String,
        tidy: &mut String,
    ) {
        let (level, policy) = of;
        let n = self.runs;
        let count = |share: f64| (share.clamp(0.0, 1.0) * n as f64).round() as u64;
        let exists = count(level);
        let reached = count(level * (0.3 + 0.15 * policy as f64)).min(exists);
        let endings = endings(n, reached);
        let share = |count: u64| count as f64 / n as f64;
        let interval = |count: u64| {
            let s = winset::analysis::Share::of(count, n);
            format!("{},{},{}", s.share, s.low, s.high)
        };
        let mut row = labels.to_owned();
        values.iter().for_each(|value| row += &format!(",{value}"));
        write!(row, ",{}", interval(exists)).expect("text");
        if self.talks {
            write!(row, ",{}", interval(reached)).expect("text");
            endings.iter().for_each(|count| row += &format!(",{}", share(*count)));
        }
        row += ",0.02,-0.1,0.0,0.02,0.05,0.1";
        if self.talks {
            row += &format!(",9.5,4,9,18,{},0.21,{},0.18,0.9,0.8,0.6", 3.0 + 4.0 * level, 7.0 - 2.0 * level);
        }
        *sheet += &(row + "\n");
        for (at, count) in margins(n, exists) {
            writeln!(tidy, "{name},margin,{at},{count}").expect("text");
        }
        if self.talks {
            ENDINGS.iter().zip(endings).for_each(|(at, count)| *tidy += &format!("{name},ending,{at},{count}\n"));
            spread(reached, 24, |round| (round + 2).to_string()).iter().for_each(|(at, count)| {
                *tidy += &format!("{name},rounds,{at},{count}\n");
            });
            writeln!(tidy, "{name},blocked,defeat-of-russia,{}", n - reached).expect("text");
        }
    }
}

/// What an input at a value does to the level.
fn effect(place: usize, value: &str) -> f64 {
    let Ok(x) = value.parse::<f64>() else { return 0.0 };
    match place {
        0 => -3.0 * (x - 0.1),
        1 => -0.25 * (x - 2.0).min(0.9),
        other => (x - 0.1) * [1.4, -0.9, 0.6, 0.05, -0.3][other % 5],
    }
}

fn endings(n: u64, reached: u64) -> [u64; 9] {
    let mut counts = [0; 9];
    counts[0] = reached / 3;
    counts[1] = reached - counts[0];
    for (count, rest) in counts[2..].iter_mut().zip(REST) {
        *count = (n - reached) * rest / 1_000;
    }
    counts[5] += n - counts.iter().sum::<u64>();
    counts
}

/// A bell of margins in bins of 1/256: as many at 0 or more as exist, some none.
fn margins(n: u64, exists: u64) -> Vec<(String, u64)> {
    let none = (n - exists) / 5;
    let mut counts: Vec<(String, u64)> = vec![("none".into(), none)];
    let middle = |bin: i32| format!("{}", (f64::from(bin) + 0.5) / 256.0);
    for (count, bins) in [(n - exists - none, -40..0), (exists, 0..50)] {
        let width = bins.len() as u64;
        let whole = (1..=width).sum::<u64>();
        let rising = bins.start < 0;
        let weight = |i: u64| if rising { i + 1 } else { width - i };
        let mut left = count;
        for (i, bin) in bins.enumerate() {
            let here = if i as u64 + 1 == width { left } else { (count * weight(i as u64) / whole).min(left) };
            left -= here;
            counts.push((middle(bin), here));
        }
    }
    counts.retain(|(_, count)| *count > 0);
    counts
}

/// A count spread over places, the middle ones most.
fn spread(count: u64, places: u64, name: impl Fn(u64) -> String) -> Vec<(String, u64)> {
    let weight = |i: u64| (i + 1) * (places - i);
    let whole: u64 = (0..places).map(weight).sum();
    let mut left = count;
    let mut counts = Vec::new();
    for i in 0..places {
        let here = if i + 1 == places { left } else { count * weight(i) / whole };
        left -= here;
        counts.push((name(i), here));
    }
    counts.retain(|(_, count)| *count > 0);
    counts
}
