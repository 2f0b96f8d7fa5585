//! Scenarios made up from a seed: texts of files, small enough for a plain loop over all packages, and full of ties.
//!
//! The same seed gives the same text for ever; sizes grow with the seed, so that the first failure is a small one.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::fmt::Write as _;

use winset::model::{Negotiation, Scale, Scores};
use winset::scenario::{Finding, Scenario};

/// One table of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The section, as `claims`.
    pub section: &'static str,
    /// Its identifier.
    pub id: String,
    /// Keys and values as they are written.
    pub keys: Vec<(String, String)>,
}

/// A scenario file as its tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// The tables in file order.
    pub entries: Vec<Entry>,
}

/// How large a made-up scenario may be.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Most packages.
    pub packages: usize,
    /// Most audiences.
    pub audiences: usize,
}

impl Size {
    /// Sizes that grow with the number of a case.
    pub fn of_case(case: u64) -> Self {
        Self { packages: [12, 60, 200, 700][(case % 4) as usize], audiences: 2 + (case % 7) as usize }
    }
}

/// The number of cases to try: `PROPTEST_CASES` if it is set.
pub fn cases(usual: u64) -> u64 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// The scenario made up from a seed.
pub fn scenario(seed: u64, size: Size) -> (Spec, Scenario) {
    let spec = Maker::new(seed, size).spec();
    let scenario = spec.parse();
    (spec, scenario)
}

impl Spec {
    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = String::from("title = \"A made-up scenario\"\nhorizon = 12\nconflict.lasts = [4, 9]\n");
        for entry in &self.entries {
            let _ = writeln!(text, "\n[{}.{}]", entry.section, entry.id);
            entry.keys.iter().for_each(|(key, value)| writeln!(text, "{key} = {value}").expect("a text can grow"));
        }
        text
    }

    /// The scenario that the text gives.
    pub fn parse(&self) -> Scenario {
        self.try_parse().unwrap_or_else(|findings| panic!("{}\n{findings:#?}", self.text()))
    }

    /// The scenario that the text gives, or what is wrong with it.
    pub fn try_parse(&self) -> Result<Scenario, Vec<Finding>> {
        Scenario::parse("made-up.toml", self.text().as_bytes())
    }

    /// The entries of a section.
    pub fn section<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |e| e.section == section)
    }

    /// The same file without one entry.
    pub fn without(&self, section: &str, id: &str) -> Self {
        let kept = self.entries.iter().filter(|e| e.section != section || e.id != id);
        Self { entries: kept.cloned().collect() }
    }

    /// The same file without a key in all entries of a section.
    pub fn without_key(&self, section: &str, key: &str) -> Self {
        let mut spec = self.clone();
        for entry in spec.entries.iter_mut().filter(|e| e.section == section) {
            entry.keys.retain(|(k, _)| k != key);
        }
        spec
    }

    /// The same file with every line between two packages written out in points.
    pub fn in_points(&self) -> Self {
        let n = self.parse().negotiation;
        let mut spec = self.clone();
        for audience in &n.audiences {
            for (key, line) in [("defeat_below", &audience.defeat_below), ("victory_from", &audience.victory_from)] {
                let Some(line) = line.as_ref().filter(|line| line.between.is_some()) else { continue };
                let (low, high) = n.support(&n.inputs.get(line.points).law);
                let keys = &mut spec.entry("audiences", &audience.id).keys;
                let written = keys.iter_mut().find(|(k, _)| k == key).expect("the line is written");
                written.1 = format!("[{low}, {high}]");
            }
        }
        spec
    }

    /// The same file with one more entry at its end.
    pub fn with(&self, section: &'static str, id: &str, keys: &[(&str, &str)]) -> Self {
        let mut spec = self.clone();
        let keys = keys.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        spec.entries.push(Entry { section, id: id.to_owned(), keys });
        spec
    }

    /// The entry with an identifier.
    pub fn entry(&mut self, section: &str, id: &str) -> &mut Entry {
        self.entries.iter_mut().find(|e| e.section == section && e.id == id).expect("the entry is there")
    }

    /// The same file with sections, entries, keys and options in another order. Rungs of a scale keep theirs.
    pub fn reordered(&self, seed: u64) -> Self {
        let mut chance = Chance(seed);
        let mut spec = self.clone();
        chance.shuffle(&mut spec.entries);
        for entry in &mut spec.entries {
            let ordered = entry.keys.iter().any(|(k, v)| k == "ordered" && v == "true");
            let options: Vec<_> = entry.keys.iter().filter(|(k, _)| k.starts_with("options.")).cloned().collect();
            chance.shuffle(&mut entry.keys);
            if ordered {
                let mut options = options.into_iter();
                for key in entry.keys.iter_mut().filter(|(k, _)| k.starts_with("options.")) {
                    *key = options.next().expect("as many options as before");
                }
            }
        }
        spec
    }

    /// The same file with every identifier replaced; the new ones sort the other way round.
    pub fn renamed(&self) -> Self {
        let text = |t: &String| rename(t);
        let keys = |keys: &[(String, String)]| keys.iter().map(|(k, v)| (text(k), text(v))).collect();
        let entry = |e: &Entry| Entry { section: e.section, id: text(&e.id), keys: keys(&e.keys) };
        Self { entries: self.entries.iter().map(entry).collect() }
    }
}

/// Replaces every identifier (a letter and a number) in a text.
pub fn rename(text: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        out.push_str(&new_name(&word).unwrap_or_else(|| word.clone()));
        word.clear();
        out.push(c);
    }
    out.pop();
    out
}

fn new_name(word: &str) -> Option<String> {
    let letter = word.chars().next().filter(char::is_ascii_lowercase)?;
    let number: u32 = word[1..].parse().ok()?;
    Some(format!("n{}-{letter}", 99 - number))
}

/// A small generator of whole numbers (`SplitMix64`).
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.bits() % n as u64) as usize
    }

    /// A number from `lo` to `hi`.
    pub fn between(&mut self, lo: usize, hi: usize) -> usize {
        lo + self.below(hi - lo + 1)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Puts a list in another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

struct Issue {
    id: String,
    options: Vec<String>,
}

struct Maker {
    chance: Chance,
    size: Size,
    parties: Vec<String>,
    holders: Vec<String>,
    audiences: Vec<String>,
    issues: Vec<Issue>,
    states: Vec<String>,
    unknowns: Vec<String>,
    aims: Vec<String>,
    secrets: usize,
    /// Whether numbers may be uncertain at all.
    uncertain: bool,
    entries: Vec<Entry>,
}

fn ids(letter: char, count: usize) -> Vec<String> {
    (0..count).map(|i| format!("{letter}{i}")).collect()
}

fn quoted(id: &str) -> String {
    format!("\"{id}\"")
}

fn table(pairs: impl IntoIterator<Item = (String, String)>) -> String {
    let pairs: Vec<String> = pairs.into_iter().map(|(k, v)| format!("{k} = {v}")).collect();
    format!("{{ {} }}", pairs.join(", "))
}

fn list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

fn shown(x: f64) -> String {
    format!("{}", (x * 1e6).round() / 1e6 + 0.0)
}

impl Maker {
    fn new(seed: u64, size: Size) -> Self {
        let mut chance = Chance(seed.wrapping_mul(7919).wrapping_add(17));
        let parties = ids('p', chance.between(2, 4));
        let holders = ids('h', chance.below(3));
        let audiences = ids('a', chance.below(size.audiences + 1));
        let (states, unknowns) = (ids('s', chance.below(3)), ids('x', chance.below(3)));
        let aims = ids('t', chance.between(1, 3));
        let uncertain = chance.percent(80);
        let (issues, entries) = (Vec::new(), Vec::new());
        Self {
            chance,
            size,
            parties,
            holders,
            audiences,
            issues,
            states,
            unknowns,
            aims,
            secrets: 0,
            uncertain,
            entries,
        }
    }

    fn spec(mut self) -> Spec {
        self.actors();
        self.audiences();
        self.issues();
        self.clauses();
        self.others();
        self.lines();
        self.accounts();
        Spec { entries: self.entries }
    }

    fn add(&mut self, section: &'static str, id: &str, keys: Vec<(String, String)>) {
        self.entries.push(Entry { section, id: id.to_owned(), keys });
    }

    /// A number from `lo` to `hi` that a person would write.
    fn round(&mut self, lo: f64, hi: f64, step: f64) -> f64 {
        let steps = ((hi - lo) / step).round() as usize;
        lo + self.chance.between(0, steps) as f64 * step
    }

    /// A number, certain or not, within [lo, hi].
    fn number(&mut self, lo: f64, hi: f64, step: f64) -> String {
        let mode = self.round(lo, hi, step);
        if !self.uncertain || self.chance.percent(60) {
            return shown(mode);
        }
        let (a, b) = (self.round(lo, hi, step), self.round(lo, hi, step));
        let (low, high) = (a.min(b).min(mode), a.max(b).max(mode));
        match self.chance.below(6) {
            0 => list([low, high].map(shown)),
            2 => {
                let sd = (mode - lo).min(hi - mode) / 8.0;
                if sd <= 1e-6 { shown(mode) } else { format!("{{ normal = {{ mean = {}, sd = {sd} }} }}", shown(mode)) }
            }
            3 => format!("{{ beta = {{ a = 2, b = 3, from = {}, to = {} }} }}", shown(low), shown(high)),
            4 if low < high => format!("{{ discrete = {{ \"{}\" = 1, \"{}\" = 3 }} }}", shown(low), shown(high)),
            5 if !self.unknowns.is_empty() => {
                let unknown = self.chance.pick(&self.unknowns).clone();
                format!("{{ unknown = \"{unknown}\", times = {}, plus = {} }}", shown((hi - lo) / 2.0), shown(lo))
            }
            _ => list([low, mode, high].map(shown)),
        }
    }

    fn chance(&mut self) -> String {
        match self.chance.below(if self.uncertain { 7 } else { 3 }) {
            0 => "false".to_owned(),
            1 | 2 => "true".to_owned(),
            3 => "0.5".to_owned(),
            4 => "[0.3, 0.6, 0.9]".to_owned(),
            5 if !self.unknowns.is_empty() => quoted(&self.chance.pick(&self.unknowns).clone()),
            _ => "{ beta = { a = 3, b = 2 } }".to_owned(),
        }
    }

    /// Some of a list, at least `least`, in order.
    fn some(&mut self, of: &[String], least: usize) -> Vec<String> {
        let mut places: Vec<usize> = (0..of.len()).collect();
        self.chance.shuffle(&mut places);
        let count = self.chance.between(least.min(of.len()), of.len());
        let mut chosen = places[..count].to_vec();
        chosen.sort_unstable();
        chosen.iter().map(|i| of[*i].clone()).collect()
    }

    fn actors(&mut self) {
        for unknown in self.unknowns.clone() {
            let value = ["[0, 1]", "[0.2, 0.5, 0.8]", "{ discrete = { \"0\" = 1, \"1\" = 1 } }"];
            let value = (*self.chance.pick(&value)).to_owned();
            self.add("unknowns", &unknown, vec![("value".into(), value)]);
        }
        for state in self.states.clone() {
            let favoured = self.parties.clone();
            let favours: Vec<_> = favoured.into_iter().map(|p| (p, shown(self.round(-1.0, 1.0, 0.5)))).collect();
            let keys = vec![("start".into(), self.number(-2.0, 2.0, 0.5)), ("favours".into(), table(favours))];
            self.add("state", &state, keys);
        }
        for party in self.parties.clone() {
            let mut keys = vec![("role".to_owned(), quoted("party"))];
            if !self.states.is_empty() && self.chance.percent(30) {
                let state = self.chance.pick(&self.states).clone();
                keys.push(("misjudges".into(), table([(state, self.number(-1.0, 1.0, 0.5))])));
            }
            self.add("actors", &party, keys);
        }
        for holder in self.holders.clone() {
            let mut keys = vec![("role".to_owned(), quoted("holder"))];
            let bringers: Vec<String> =
                self.holders.iter().chain(&self.parties).filter(|h| **h != holder).cloned().collect();
            if self.chance.percent(50) {
                let by = self.chance.pick(&bringers).clone();
                keys.push(("brought_along_by".into(), table([(by, self.chance())])));
            }
            self.add("actors", &holder, keys);
        }
    }

    fn audiences(&mut self) {
        for audience in self.audiences.clone() {
            let mut keys = vec![("of".to_owned(), quoted(&self.chance.pick(&self.parties).clone()))];
            let veto = if self.chance.percent(60) { "true".to_owned() } else { self.chance() };
            keys.push(("veto".into(), veto));
            if self.chance.percent(60) {
                keys.push(("loss_aversion".into(), self.number(0.5, 3.0, 0.5)));
            }
            if self.chance.percent(70) {
                keys.push(("claims_weight".into(), self.number(0.0, 40.0, 5.0)));
            }
            if self.chance.percent(40) {
                keys.push(("credence".into(), self.number(0.0, 1.0, 0.1)));
            }
            if !self.states.is_empty() && self.chance.percent(40) {
                let state = self.chance.pick(&self.states).clone();
                keys.push(("per_state".into(), table([(state, self.number(-5.0, 5.0, 1.0))])));
            }
            self.add("audiences", &audience, keys);
        }
    }

    fn issues(&mut self) {
        let wanted = self.chance.between(1, 7);
        let (mut packages, mut left) = (1, wanted);
        while left > 0 && packages * 2 <= self.size.packages {
            let most = (self.size.packages / packages).min(6);
            let count = self.chance.between(2, most);
            packages *= count;
            left -= 1;
            self.issue(count);
        }
        for a in 0..self.audiences.len() {
            if self.chance.percent(30) {
                let issue = self.chance.below(self.issues.len());
                let option = self.chance.pick(&self.issues[issue].options).clone();
                let normal = table([(self.issues[issue].id.clone(), quoted(&option))]);
                let id = self.audiences[a].clone();
                self.key("audiences", &id, "takes_as_normal", normal);
            }
        }
    }

    fn issue(&mut self, count: usize) {
        let id = format!("k{}", self.issues.len());
        let is_grid = self.chance.percent(15);
        let ordered = is_grid || self.chance.percent(30);
        let options: Vec<String> =
            if is_grid { (0..count).map(|i| (i * 5).to_string()).collect() } else { ids('o', count) };
        let now = self.chance.percent(75).then(|| self.chance.below(count));
        let mut keys = Vec::new();
        if let Some(now) = now {
            keys.push(("now".to_owned(), quoted(&options[now])));
        }
        if is_grid {
            keys.push(("options".into(), format!("{{ from = 0, to = {}, step = 5 }}", (count - 1) * 5)));
        } else {
            if ordered {
                keys.push(("ordered".into(), "true".into()));
            }
            let spaced = ordered && self.chance.percent(30);
            for (o, option) in options.iter().enumerate() {
                let said = self.option(now == Some(o), spaced.then_some(o * o + o));
                keys.push((format!("options.{option}"), said));
            }
        }
        let fine = self.chance.percent(20);
        for beholder in self.parties.iter().chain(&self.audiences).cloned().collect::<Vec<_>>() {
            if self.chance.percent(75) {
                let weight = if fine { self.number(0.0, 1.0, 0.05) } else { self.number(0.0, 40.0, 5.0) };
                let mut view = vec![("weight".to_owned(), weight)];
                if is_grid && self.chance.percent(50) {
                    let rest = (0..count).filter(|o| now != Some(*o)).count();
                    view.push(("values".into(), list((0..rest).map(|_| self.number(-1.0, 1.0, 0.1)))));
                } else {
                    for (o, option) in options.iter().enumerate().filter(|(o, _)| now != Some(*o)) {
                        if !ordered || o == 0 || o == count - 1 || self.chance.percent(50) {
                            view.push((quoted(option), self.number(-1.0, 1.0, 0.1)));
                        }
                    }
                }
                keys.push((format!("views.{beholder}"), table(view)));
            }
        }
        self.add("issues", &id, keys);
        self.issues.push(Issue { id, options });
    }

    fn option(&mut self, is_now: bool, at: Option<usize>) -> String {
        let mut keys = vec![("name".to_owned(), quoted("some term"))];
        keys.extend(at.map(|at| ("at".to_owned(), at.to_string())));
        if is_now {
            return table(keys);
        }
        if self.chance.percent(30) {
            keys.push(("form".into(), quoted(if self.chance.below(2) == 0 { "informal" } else { "formal" })));
        }
        if self.secrets < 3 && self.chance.percent(10) {
            self.secrets += 1;
            keys.push(("secret".into(), self.chance()));
        }
        if self.chance.percent(20) {
            let actors: Vec<String> = self.holders.iter().chain(&self.parties).cloned().collect();
            let mut holders = self.some(&actors, 1);
            holders.truncate(2);
            let grants = if self.chance.percent(50) {
                self.chance()
            } else {
                table(holders.iter().map(|h| (h.clone(), self.chance())).collect::<Vec<_>>())
            };
            keys.push(("holder".into(), list(holders.iter().map(|h| quoted(h)))));
            keys.push(("grants".into(), grants));
        }
        table(keys)
    }

    /// A condition on one issue or two.
    fn condition(&mut self) -> String {
        let mut places: Vec<usize> = (0..self.issues.len()).collect();
        self.chance.shuffle(&mut places);
        places.truncate(self.chance.between(1, 2));
        let mut terms = Vec::new();
        for place in places {
            let options = self.issues[place].options.clone();
            let option = self.chance.pick(&options).clone();
            let set = match self.chance.below(3) {
                0 => quoted(&option),
                1 => format!("\"not {option}\""),
                _ => list(self.some(&options, 1).iter().map(|o| quoted(o))),
            };
            terms.push((self.issues[place].id.clone(), set));
        }
        table(terms)
    }

    fn clause(&mut self) -> Vec<(String, String)> {
        let mut keys = vec![("when".to_owned(), self.condition())];
        match self.chance.below(6) {
            0 => keys.push(("unless".into(), self.condition())),
            1 => keys.push(("unless".into(), list([self.condition(), self.condition()]))),
            _ => {}
        }
        keys
    }

    fn clauses(&mut self) {
        for line in ids('r', self.chance.below(4)) {
            let who: Vec<String> = self.parties.iter().chain(&self.audiences).cloned().collect();
            let mut keys = vec![("by".to_owned(), quoted(self.chance.pick(&who).as_str()))];
            keys.extend(self.clause());
            self.add("red_lines", &line, keys);
        }
        for link in ids('l', self.chance.below(3)) {
            let mut keys = vec![("for".to_owned(), quoted(&self.chance.pick(&self.parties).clone()))];
            keys.extend(self.clause());
            keys.push(("bonus".into(), self.number(-20.0, 20.0, 5.0)));
            self.add("links", &link, keys);
        }
        for modifier in ids('m', self.chance.below(5)) {
            self.modifier(&modifier);
        }
        for rule in ids('u', self.chance.below(3)) {
            let demand = if self.chance.percent(60) { "forbid" } else { "require" };
            let mut keys = vec![(demand.to_owned(), self.condition())];
            if self.chance.percent(50) {
                keys.extend(self.clause());
            }
            self.add("rules", &rule, keys);
        }
        if !self.audiences.is_empty() {
            for claim in ids('c', self.chance.below(7)) {
                self.claim(&claim);
            }
        }
        self.shares();
    }

    /// Shares of aims that some claim is for.
    fn shares(&mut self) {
        let claims = self.entries.iter().filter(|e| e.section == "claims").flat_map(|e| &e.keys);
        let aims: Vec<String> = claims.filter(|(key, _)| key == "aim").map(|(_, aim)| aim.replace('"', "")).collect();
        if aims.is_empty() {
            return;
        }
        for a in 0..self.audiences.len() {
            if self.chance.percent(40) {
                let aim = self.chance.pick(&aims).clone();
                let shares = table([(aim, self.number(0.0, 2.0, 0.5))]);
                let id = self.audiences[a].clone();
                self.key("audiences", &id, "aims", shares);
            }
        }
    }

    /// Adds a key to an entry made before.
    fn key(&mut self, section: &str, id: &str, key: &str, value: String) {
        let entry = self.entries.iter_mut().find(|e| e.section == section && e.id == id);
        entry.expect("it was added").keys.push((key.to_owned(), value));
    }

    fn modifier(&mut self, id: &str) {
        let everybody: Vec<String> = self.parties.iter().chain(&self.audiences).cloned().collect();
        let whom = if self.chance.percent(50) {
            quoted("all")
        } else {
            list(self.some(&everybody, 1).iter().map(|b| quoted(b)))
        };
        let mut keys = vec![("for".to_owned(), whom)];
        let by_form = self.chance.percent(30);
        if by_form {
            keys.push(("form".into(), quoted(if self.chance.below(2) == 0 { "informal" } else { "formal" })));
        } else {
            keys.extend(self.clause());
        }
        let first = self.chance.below(2);
        for (i, factor) in ["gains", "losses", "claims"].into_iter().enumerate() {
            if (i == first || self.chance.percent(40)) && !(by_form && factor == "claims") {
                keys.push((factor.into(), self.number(0.0, 2.0, 0.1)));
            }
        }
        self.add("modifiers", id, keys);
    }

    fn claim(&mut self, id: &str) {
        let heard = self.some(&self.audiences.clone(), 1);
        let others: Vec<String> = self.audiences.iter().filter(|a| !heard.contains(a)).cloned().collect();
        let mut keys = vec![
            ("heard_by".to_owned(), list(heard.iter().map(|a| quoted(a)))),
            ("aim".into(), quoted(&self.chance.pick(&self.aims).clone())),
            ("says".into(), quoted("It is done.")),
            ("worth".into(), self.number(0.0, 1.0, 0.1)),
        ];
        keys.extend(self.clause());
        if !others.is_empty() && self.chance.percent(50) {
            let shares: Vec<_> = self.some(&others, 1).into_iter().map(|a| (a, self.number(0.0, 1.0, 0.1))).collect();
            keys.push(("overheard".into(), table(shares)));
        }
        if self.chance.percent(40) {
            keys.push(("symbolic".into(), "true".into()));
        }
        self.add("claims", id, keys);
    }

    fn others(&mut self) {
        for package in ids('g', self.chance.between(2, 4)) {
            let picks: Vec<_> = (0..self.issues.len())
                .map(|k| (self.issues[k].id.clone(), quoted(&self.chance.pick(&self.issues[k].options).clone())))
                .collect();
            self.add("packages", &package, vec![("picks".into(), table(picks))]);
        }
        for party in self.parties.clone() {
            let mut keys = Vec::new();
            if self.chance.percent(40) {
                keys.push(("cost".to_owned(), self.number(0.0, 1.0, 0.5)));
            }
            if self.chance.percent(40) {
                keys.push(("lasts".to_owned(), self.number(1.0, 20.0, 4.0)));
            }
            if !self.states.is_empty() && self.chance.percent(50) {
                let state = self.chance.pick(&self.states).clone();
                keys.push(("stake".into(), table([(state, self.number(-10.0, 10.0, 5.0))])));
            }
            self.add("no_deal", &party, keys);
        }
    }

    fn draft(&self) -> Scenario {
        Spec { entries: self.entries.clone() }.parse()
    }

    /// Lines and no-deal values, many of them exactly on the score of some package.
    fn lines(&mut self) {
        let draft = self.draft();
        let n = &draft.negotiation;
        let world = n.modal_world(&n.laws(None, &n.default_variants()));
        let scores = Scores::new(n, Scale::of(n));
        let any = |maker: &mut Self| n.space.package(u128::from(maker.chance.bits()) % n.space.size());
        let points = |units: i64| scores.scale().points(units);
        for (a, audience) in n.audiences.iter().enumerate() {
            let score = |p| points(scores.audience(&world, winset::model::AudienceId(a), p));
            let named: Vec<(f64, &str)> = n
                .packages
                .iter()
                .filter(|p| n.space.allows(&p.package))
                .map(|p| (score(&p.package), p.id.as_str()))
                .collect();
            let (low, high) = (score(&any(self)), score(&any(self)));
            let ends = named
                .iter()
                .copied()
                .min_by(|a, b| a.0.total_cmp(&b.0))
                .zip(named.iter().copied().max_by(|a, b| a.0.total_cmp(&b.0)));
            let line = match self.chance.below(8) {
                0..=3 => Some(low.min(high).to_string()),
                4 => Some(list([low.min(high), low.max(high)].map(|x| x.to_string()))),
                5 => ends
                    .filter(|(l, h)| l.0 < h.0)
                    .map(|(l, h)| format!("{{ bears = \"{}\", rejects = \"{}\" }}", h.1, l.1)),
                6 => Some(self.number(-30.0, 10.0, 5.0)),
                _ => None,
            };
            let victory = self.chance.percent(50).then(|| low.max(high).to_string());
            for (key, line) in [("defeat_below", line), ("victory_from", victory)] {
                line.into_iter().for_each(|line| self.key("audiences", &audience.id, key, line));
            }
        }
        for party in n.parties() {
            let utility = |p| points(scores.leadership(&world, party, p));
            let (one, other) = (utility(&any(self)), utility(&any(self)));
            let base = match self.chance.below(4) {
                0 | 1 => one.min(other).to_string(),
                2 => list([one.min(other), one.max(other)].map(|x| x.to_string())),
                _ => continue,
            };
            self.key("no_deal", &n.actor(party).id, "base", base);
        }
    }

    /// Readings and variants that set some of the numbers there are.
    fn accounts(&mut self) {
        let draft = self.draft();
        let readings = ids('d', [0, 0, 2, 3][self.chance.below(4)]);
        for id in readings {
            let mut keys = vec![("prior".to_owned(), shown(self.round(1.0, 4.0, 1.0)))];
            keys.extend(self.sets(&draft.negotiation));
            self.add("readings", &id, keys);
        }
        for id in ids('v', self.chance.below(3)) {
            let mut keys = vec![("on".to_owned(), self.chance.percent(50).to_string())];
            keys.extend(self.sets(&draft.negotiation));
            self.add("variants", &id, keys);
        }
        // A variant that is on may turn the two packages of a line round, or clash with another.
        if (Spec { entries: self.entries.clone() }).try_parse().is_err() {
            for entry in self.entries.iter_mut().filter(|e| e.section == "variants") {
                "false".clone_into(&mut entry.keys[0].1);
            }
        }
    }

    fn sets(&mut self, n: &Negotiation) -> Vec<(String, String)> {
        let mut paths: Vec<&str> = n.inputs.iter().map(|(_, input)| input.path.as_str()).collect();
        self.chance.shuffle(&mut paths);
        let mut keys = Vec::new();
        for path in paths.into_iter().take(12) {
            let value = match path.rsplit('.').next().expect("a path has a last part") {
                "weight" | "claims_weight" | "bonus" | "base" => self.number(0.0, 40.0, 5.0),
                "worth" | "credence" => self.number(0.0, 1.0, 0.1),
                "loss_aversion" => self.number(0.5, 3.0, 0.5),
                "gains" | "losses" => self.number(0.0, 2.0, 0.1),
                "veto" => self.chance(),
                _ => continue,
            };
            keys.push((format!("set.\"{path}\""), value));
        }
        keys
    }
}
