//! The exact answer for one world, as a page.

use super::super::table::{Table, pairs};
use super::super::words::{bullet, capital, change, count, list, margin, number, paragraph, visible, wrapped};
use super::super::{CAVEAT, WIDTH, terms};
use crate::model::{Beholder, Negotiation};
use crate::space::{Agreements, Listed, Margin, NearestMiss, Pivot, Repair, Shortfall, Solved};

/// Packages of each solution, items and repairs that are shown; the JSON has all.
const SHOWN: usize = 6;

/// How many packages are what, the margin, the solution points, what it hangs on, and the nearest miss. `world` says
/// in words which world it is: "the world in which every number is at its likeliest".
#[must_use]
pub fn page(n: &Negotiation, solved: &Solved, world: &str) -> String {
    let head = paragraph(&visible(&n.title)) + &paragraph(&visible(&n.question));
    let writer = Writer { n, solved };
    let misses = [("THE NEAREST MISS", &solved.nearest_miss), ("NEARER, IF IT WERE GRANTED", &solved.if_granted)];
    let misses = misses.into_iter().filter_map(|(title, miss)| Some(writer.miss(title, miss.as_ref()?)));
    let mut parts = vec![head, writer.answer(world), writer.census(), writer.agreements(), writer.hangs()];
    parts.extend(misses);
    parts.extend(solved.missing.as_ref().map(|why| paragraph(&format!("Not all can be said: {why}."))));
    parts.push(paragraph(&format!("{}, and in this one world.", capital(CAVEAT))));
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_end_matches('\n')).filter(|p| !p.is_empty()).collect();
    (parts.join("\n\n") + "\n").replace('\u{a0}', " ")
}

struct Writer<'a> {
    n: &'a Negotiation,
    solved: &'a Solved,
}

impl Writer<'_> {
    fn points(&self, units: i64) -> String {
        number(self.solved.scale.points(units))
    }

    fn answer(&self, world: &str) -> String {
        let census = &self.solved.packages;
        let found = match (self.solved.exists(), census.would_do) {
            (Some(true), Some(1)) => "1 package would do".to_owned(),
            (Some(true), Some(some)) => format!("{} packages would do", count(some)),
            (Some(true), None) => "some package would do".into(),
            (Some(false), _) => "no package would do".into(),
            (None, _) => "whether a package would do cannot be said exactly".into(),
        };
        let text = paragraph(&format!("In this model, in {world}, {found}."));
        let Some(best) = &self.solved.best else { return text };
        let binding: Vec<String> = self.solved.binding.iter().map(|b| terms::beholder(self.n, *b)).collect();
        let whom = if binding.is_empty() {
            String::new()
        } else {
            format!(" The one hardest to please is {}.", list(&binding))
        };
        let what = format!("The package that leaves most room is {}.{whom}", terms::in_words(self.n, best));
        text + "\n" + &paragraph(&what)
    }

    fn census(&self) -> String {
        let c = &self.solved.packages;
        let known = |number: Option<u128>| number.map_or("not known exactly".to_owned(), count);
        let mut rows = vec![("Packages".to_owned(), count(c.all)), ("allowed by the rules".into(), known(c.allowed))];
        if c.available != c.allowed {
            rows.push(("granted by their holders".into(), known(c.available)));
        }
        rows.push(("preferred by all to no deal".into(), known(c.rational)));
        for (party, number) in &c.winset {
            rows.push((format!("no defeat for {}", visible(&self.n.actor(*party).name)), known(*number)));
        }
        rows.push(("a defeat for nobody".into(), known(c.no_defeat)));
        rows.push(("that would do".into(), known(c.would_do)));
        rows.push(("Margin".into(), room(self.solved.margin)));
        if self.solved.margin_if_free != self.solved.margin {
            rows.push(("if only audiences were asked".into(), room(self.solved.margin_if_free)));
        }
        pairs(&rows)
    }

    fn agreements(&self) -> String {
        let frontier = match &self.solved.frontier {
            Ok(list) => format!(
                "{} packages are on the Pareto frontier of the leaderships, at {} different outcomes.",
                count(list.packages),
                count(list.size as u128)
            ),
            Err(why) => format!("The Pareto frontier of the leaderships is not known: {why}."),
        };
        let mut text = format!("WHAT THE LEADERSHIPS COULD AGREE ON\n\n{}", paragraph(&frontier));
        match &self.solved.solutions {
            Err(why) => text += &paragraph(&format!("No solution point is known: {why}.")),
            Ok(a) => text += &self.solutions(a),
        }
        text
    }

    fn solutions(&self, a: &Agreements) -> String {
        let all = [
            ("Nash", &a.nash),
            ("Kalai–Smorodinsky", &a.kalai_smorodinsky),
            ("egalitarian *", &a.egalitarian),
            ("utilitarian *", &a.utilitarian),
        ];
        let mut text = "\n".to_owned();
        for (name, points) in all {
            text += &self.solution(name, points);
        }
        let no_deal: Vec<String> = self
            .n
            .parties()
            .zip(&a.no_deal)
            .map(|(i, u)| format!("{} {}", self.n.actor(i).id, self.points(*u)))
            .collect();
        let mut notes =
            format!("Without a deal: {}. * These two compare points of different leaderships.", list(&no_deal));
        if !a.left_out.is_empty() {
            let ids: Vec<String> = a.left_out.iter().map(|i| self.n.actor(*i).id.clone()).collect();
            notes += &format!(" Kalai–Smorodinsky leaves out {}: nothing to gain.", list(&ids));
        }
        text + "\n" + &paragraph(&notes)
    }

    fn solution(&self, name: &str, points: &Listed) -> String {
        const LEFT: usize = 21;
        let start = |name: &str| format!("  {name:<width$}", width = LEFT - 2);
        if points.points.is_empty() {
            return format!("{}none\n", start(name));
        }
        let line = |(i, point): (usize, &crate::space::Point)| {
            let parties = self.n.parties().zip(&point.utility);
            let utilities: Vec<String> =
                parties.map(|(p, u)| format!("{} {}", self.n.actor(p).id, self.points(*u))).collect();
            let ties = if point.ties > 1 { format!(" (and {} like it)", count(point.ties - 1)) } else { String::new() };
            let text = format!("{}{ties}: {}", terms::as_list(self.n, &point.package), utilities.join(", "));
            wrapped(&text, &start(if i == 0 { name } else { "" }), &" ".repeat(LEFT), WIDTH)
        };
        let shown: String = points.points.iter().take(SHOWN).enumerate().map(line).collect();
        let more = points.size.saturating_sub(SHOWN);
        if more > 0 { format!("{shown}{}and {} more\n", " ".repeat(LEFT), count(more as u128)) } else { shown }
    }

    fn hangs(&self) -> String {
        let mut telling: Vec<&Pivot> = self.solved.telling().collect();
        if telling.is_empty() {
            return String::new();
        }
        let now = self.solved.margin.unwrap_or(Margin::None);
        let far = |p: &Pivot| (p.margin.slack() - now.slack()).abs();
        telling.sort_by(|x, y| far(y).total_cmp(&far(x)));
        let mut table = Table::new(&["margin", "change", "without"]);
        for pivot in telling.iter().take(SHOWN) {
            let moved =
                now.share().zip(pivot.margin.share()).map_or(String::new(), |(with, without)| change(without - with));
            table.row(vec![short(pivot.margin), moved, terms::item(self.n, pivot.item)]);
        }
        let rest = self.solved.pivotal.len() - telling.len();
        let note = format!(
            "{} other options, claims, red lines and audiences make no difference by themselves.",
            count(rest as u128)
        );
        format!("WHAT IT HANGS ON\n\n{}\n{}", table.text(), paragraph(&note))
    }

    fn miss(&self, title: &str, miss: &NearestMiss) -> String {
        let package = capital(&terms::in_words(self.n, &miss.package));
        let mut text =
            format!("{title}\n\n{}", paragraph(&format!("{package} ({}).", terms::as_list(self.n, &miss.package))));
        let refusing = miss.judged.iter().filter(|j| j.refuses);
        text += &refusing.map(|j| bullet(&self.shortfall(j))).collect::<String>();
        for (k, o) in &miss.ungranted {
            let issue = &self.n.space.issues[k.0];
            let option = &issue.options[o.0];
            let holders: Vec<String> =
                option.holders.iter().map(|(who, _)| visible(&self.n.actor(*who).name)).collect();
            text += &bullet(&format!(
                "{}: {} is not granted by {}.",
                visible(&issue.name),
                visible(&option.name),
                list(&holders)
            ));
        }
        let mut repairs: Vec<&Repair> = miss.repairs.iter().filter(|r| r.to.is_some()).collect();
        repairs.sort_by_key(|r| !r.settles);
        if repairs.is_empty() {
            return text + &paragraph("No single number, moved within its range, would mend it.");
        }
        text += "\nWhat would mend it, one number at a time:\n";
        text + &repairs.into_iter().take(SHOWN).map(|r| bullet(&self.repair(r))).collect::<String>()
    }

    fn shortfall(&self, j: &Shortfall) -> String {
        let who = capital(&terms::beholder(self.n, j.beholder));
        let does = if matches!(j.beholder, Beholder::Leadership(_)) { "prefers no deal" } else { "calls it a defeat" };
        let lines = self.n.red_lines(j.beholder);
        let crossed: Vec<String> =
            j.crossed.iter().map(|at| format!("the red line `{}` is crossed", visible(&lines[*at].name))).collect();
        if !crossed.is_empty() {
            return format!("{who} {does}: {}.", list(&crossed));
        }
        let short = j.slack.map_or(String::new(), |s| format!(" by {} points", self.points(s.saturating_neg())));
        let share = j.share.map_or(String::new(), |s| format!(", {} of the span", margin(-s)));
        format!("{who} {does}{short}{share}.")
    }

    fn repair(&self, r: &Repair) -> String {
        let whom = r.judge.map_or(String::new(), |b| format!(" for {}", terms::beholder(self.n, b)));
        let to = r.to.map_or(String::new(), number);
        let range = r.share_of_range.map_or(String::new(), |s| format!(", {} of its range", margin(s)));
        let end = if r.settles { "; then it would do" } else { "" };
        format!("`{}` from {} to {to}{whom}{range}{end}", self.n.inputs.get(r.input).path, number(r.from))
    }
}

fn room(of: Option<Margin>) -> String {
    match of {
        None => "not known exactly".into(),
        Some(Margin::None) => "none: every package is refused or crosses a red line".into(),
        Some(Margin::Unbounded) => "unbounded: no veto is in force".into(),
        Some(Margin::Share(share)) => margin(share),
    }
}

fn short(of: Margin) -> String {
    match of {
        Margin::None => "none".into(),
        Margin::Unbounded => "unbounded".into(),
        Margin::Share(share) => margin(share),
    }
}
