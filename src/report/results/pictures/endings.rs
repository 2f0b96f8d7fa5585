//! How the talks end, a panel a group.

use super::super::outcome::{Estimate, Outcome};
use super::super::{Experiment, Group};
use super::Drawn;
use super::view::{ESTIMATE, View, Words, cells, others, told};
use crate::engine::talks::Ending;
use crate::figure::Measured;
use crate::figure::endings::{self, DrawnEnding, EndingPanel, Endings};
use crate::report::pictures::tone;
use crate::report::story::short;
use crate::text::words::{capital, count, list, percent};

pub fn draw(view: &View) -> Drawn {
    let told_of = |g: &Group| g.members.iter().any(|e| !e.endings.is_empty());
    let groups: Vec<Group> = view.groups().into_iter().filter(told_of).collect();
    let shown = &groups[..groups.len().min(endings::MOST)];
    let met = |ending: &Ending| groups.iter().any(|g| of(*ending, &g.members).is_some_and(|e| e.count > Some(0)));
    let (rows, never): (Vec<Ending>, Vec<Ending>) = Ending::ALL.into_iter().partition(met);
    let never: Vec<String> = never.into_iter().map(|ending| short(ending).to_owned()).collect();
    let never = (!never.is_empty()).then(|| format!("In no run: {}.", list(&never)));
    let rest = others(&groups, endings::MOST, |members| {
        Outcome::Reached.estimate(members).map(|e| told(&e, 1.0) + " reached")
    });
    let data = Endings {
        caption: view.caption(Words {
            title: format!("How the talks end{}", view.grouped()),
            finding: finding(view),
            notes: rest.into_iter().chain(never).collect(),
            table: groups.iter().map(|g| words(view, g, &rows)).collect(),
            along: Vec::new(),
        }),
        across: Some(view.across(&groups)),
        rows: rows
            .iter()
            .map(|e| DrawnEnding { name: capital(short(*e)), tone: tone(*e), reached: e.is_reached() })
            .collect(),
        panels: shown.iter().map(|g| panel(view, g, &rows)).collect(),
    };
    let table = groups.iter().flat_map(|g| {
        let row = |ending: Ending| -> Option<Vec<String>> {
            let own = [Outcome::Ending(ending).word(view.results), g.members.len().to_string()];
            Some(g.key.iter().cloned().chain(own).chain(cells(&of(ending, &g.members)?)).collect())
        };
        Ending::ALL.into_iter().filter_map(row).collect::<Vec<_>>()
    });
    let head: Vec<&str> = ["ending", "experiments"].into_iter().chain(ESTIMATE).collect();
    view.drawn(endings::draw(&data, view.theme), &head, &table.collect::<Vec<_>>())
}

fn of(ending: Ending, members: &[&Experiment]) -> Option<Estimate> {
    Outcome::Ending(ending).estimate(members)
}

fn finding(view: &View) -> String {
    let all: Vec<&Experiment> = view.results.experiments.iter().collect();
    let reached = Outcome::Reached.estimate(&all).map(|e| told(&e, 1.0)).unwrap_or_default();
    let commonest = Ending::ALL
        .into_iter()
        .filter_map(|ending| Some((ending, of(ending, &all)?)))
        .max_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let commonest = commonest.map_or(String::new(), |(ending, e)| {
        format!("; the commonest ending is: {} ({})", short(ending), percent(e.value))
    });
    format!("Over all experiments the talks get there in {reached}{commonest}")
}

fn panel(view: &View, group: &Group, rows: &[Ending]) -> EndingPanel {
    let share = |ending: &Ending| {
        let e = of(*ending, &group.members);
        e.map_or((Measured::default(), 0), |e| {
            (Measured { estimate: e.value, low: e.low, high: e.high }, e.count.unwrap_or(0))
        })
    };
    let (shares, runs) = rows.iter().map(share).unzip();
    EndingPanel { name: view.name(group), told: vec![format!("{} runs", count(group.runs()))], shares, runs }
}

fn words(view: &View, group: &Group, rows: &[Ending]) -> String {
    let each = rows
        .iter()
        .filter_map(|ending| Some(format!("{} {}", short(*ending), told(&of(*ending, &group.members)?, 1.0))));
    format!("{}: {}", view.name(group), each.collect::<Vec<_>>().join(", "))
}
