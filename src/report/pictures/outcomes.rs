//! The data of the picture "outcomes".

use itertools::Itertools as _;

use super::scene::Scene;
use crate::figure::axis::signed;
use crate::figure::outcomes::{Outcomes, Package, Party, PartyPair, Solution};
use crate::figure::{Caption, Density};
use crate::space::{Agreements, Gate, Listed, ScorePlan, Tables, Test, UtilityPoint};
use crate::text::words::{capital, count};

/// Parties that a picture has room for.
const MOST_PARTIES: usize = 4;
/// Tied solution points that are still drawn one by one.
const MOST_TIES: usize = 3;

/// Every allowed package by its worth to the leaderships, in the modal world.
pub fn data(scene: &Scene) -> Outcomes {
    let (utilities, gate) = (Utilities::of(scene), scene.space().allowed());
    let found = scene.leaderships();
    let frontier = found.frontier.map_or_else(|_| Vec::new(), |listed| listed.points);
    let (mut solutions, ties) = match found.solutions {
        Ok(found) => solved(scene, &found),
        Err(why) => (Vec::new(), vec![format!("The solution points are not known: {why}.")]),
    };
    let mut packages = packages(scene);
    fill(scene, &utilities, &gate, &mut packages, &mut solutions);
    let all = scene.n.parties().count();
    let many = (all > MOST_PARTIES).then(|| format!("Of {all} parties the first {MOST_PARTIES} are drawn."));
    Outcomes {
        caption: scene.in_the_modal_world(Caption {
            title: "What each leadership gets from every allowed package".into(),
            subtitle: finding(scene, &gate),
            description: table(scene, &packages, &solutions, frontier.len()),
            notes: many.into_iter().chain(ties).collect(),
            ..Caption::default()
        }),
        parties: parties(scene),
        pairs: pairs(scene, &utilities, &gate),
        frontier: frontier.iter().map(|p| points(scene, &p.utility)).collect(),
        packages,
        solutions,
    }
}

fn finding(scene: &Scene, gate: &Gate) -> String {
    let question = scene.question();
    let borne = scene.count(&question.no_defeat_tests(), gate);
    let agreeable = scene.count(&question.all_tests(), &scene.available());
    let allowed = count(gate.count());
    let found = if question.borne.is_empty() {
        format!("In the modal world nobody has a veto, so none of {allowed} allowed packages is a defeat")
    } else {
        format!("In the modal world {} of {allowed} allowed packages are a defeat for nobody", count(borne))
    };
    let also = match agreeable {
        _ if borne == 0 => String::new(),
        0 => "; none of them is rational for every leadership and available".into(),
        1 => "; one of them is rational for every leadership and available".into(),
        all if all == borne => "; all of them are rational for every leadership and available".into(),
        some => format!("; {} of them are rational for every leadership and available", count(some)),
    };
    format!("{found}{also}. {}", capital(&scene.exists()))
}

fn parties(scene: &Scene) -> Vec<Party> {
    let no_deal = |party| scene.points(scene.scores().no_deal(&scene.world, party));
    let party = |id| Party { name: scene.actor(id).to_owned(), no_deal: Some(no_deal(id)) };
    scene.n.parties().take(MOST_PARTIES).map(party).collect()
}

/// All pairs of parties, in the order of a triangle.
fn pairs(scene: &Scene, utilities: &Utilities, gate: &Gate) -> Vec<PartyPair> {
    let parties = scene.n.parties().count().min(MOST_PARTIES);
    let cells = if parties > 2 { 32 } else { 50 };
    let ends = ends(scene, utilities, gate, parties);
    let empty = |x: usize, y: usize| Density::new(around(ends[x], cells), around(ends[y], cells), cells, cells);
    let of = |(x, y): (usize, usize)| PartyPair { x, y, allowed: empty(x, y), no_defeat: empty(x, y) };
    let mut pairs: Vec<PartyPair> = (1..parties).flat_map(|y| (0..y).map(move |x| (x, y))).map(of).collect();
    let add = |tests: &[Test], pick: fn(&mut PartyPair) -> &mut Density, pairs: &mut [PartyPair]| {
        scene.each(tests, gate, |head, tail| {
            let at = utilities.at(head, tail);
            for pair in pairs.iter_mut() {
                let (x, y) = (at[pair.x], at[pair.y]);
                pick(pair).add(x, y);
            }
        });
    };
    add(&[], |pair| &mut pair.allowed, &mut pairs);
    add(&scene.question().no_defeat_tests(), |pair| &mut pair.no_defeat, &mut pairs);
    pairs
}

/// The least and the greatest utility of each party.
fn ends(scene: &Scene, utilities: &Utilities, gate: &Gate, parties: usize) -> Vec<(f64, f64)> {
    let mut ends = vec![(f64::INFINITY, f64::NEG_INFINITY); parties];
    scene.each(&[], gate, |head, tail| {
        let at = utilities.at(head, tail);
        ends.iter_mut().zip(at).for_each(|(end, u)| *end = (end.0.min(u), end.1.max(u)));
    });
    ends
}

/// A grid in which the least and the greatest value lie in the middle of the outermost cells.
fn around((low, high): (f64, f64), cells: usize) -> (f64, f64) {
    if low > high {
        return (0.0, 1.0);
    }
    let step = if high > low { (high - low) / (cells - 1) as f64 } else { 1.0 };
    (low - step / 2.0, high + step / 2.0)
}

fn packages(scene: &Scene) -> Vec<Package> {
    let worth = |package| {
        let units = scene.n.parties().map(|i| scene.scores().leadership(&scene.world, i, package));
        units.map(|units| scene.points(units)).collect()
    };
    let drawn = scene.n.packages.iter().map(|named| Package {
        label: match scene.n.space.allows(&named.package) {
            true => named.name.clone(),
            false => format!("{} (excluded by a rule)", named.name),
        },
        utilities: worth(&named.package),
        bare_minimum: named.bare_minimum,
        no_defeat: false,
    });
    drawn.collect()
}

/// Says which of the points are a defeat for nobody: named packages themselves, solutions if a package that is worth
/// the same is.
fn fill(scene: &Scene, of: &Utilities, gate: &Gate, packages: &mut [Package], solutions: &mut [Solution]) {
    let named = &scene.n.packages;
    scene.each(&scene.question().no_defeat_tests(), gate, |head, tail| {
        let at = of.at(head, tail);
        solutions.iter_mut().filter(|s| s.utilities == at).for_each(|s| s.no_defeat = true);
        for (shown, named) in packages.iter_mut().zip(named).filter(|(shown, _)| shown.utilities == at) {
            shown.no_defeat |= scene.space().package(scene.n, head, tail) == named.package;
        }
    });
}

/// The solution points, and what must be said of those that tie in too many places to be drawn.
fn solved(scene: &Scene, found: &Agreements) -> (Vec<Solution>, Vec<String>) {
    if found.ideal.is_empty() {
        let none = "No package that is granted is rational for every leadership, so there are no solution points.";
        return (Vec::new(), vec![none.into()]);
    }
    let all = [
        ("Nash", &found.nash),
        ("Kalai–Smorodinsky", &found.kalai_smorodinsky),
        ("egalitarian", &found.egalitarian),
        ("utilitarian", &found.utilitarian),
    ];
    let (drawn, tied): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, listed)| listed.size <= MOST_TIES);
    let point = |label: &str, at: &UtilityPoint| Solution {
        label: label.to_owned(),
        utilities: points(scene, &at.utility),
        no_defeat: false,
    };
    let solutions = drawn.iter().flat_map(|(label, listed)| listed.points.iter().map(|at| point(label, at)));
    let note = |(label, listed): &(&str, &Listed)| {
        format!("{}: {} outcomes tie; none of them is drawn.", capital(label), listed.size)
    };
    (solutions.collect(), tied.iter().map(note).collect())
}

fn table(scene: &Scene, packages: &[Package], solutions: &[Solution], frontier: usize) -> String {
    let parties: Vec<&str> = scene.n.parties().map(|i| scene.actor(i)).collect();
    let worth = |(label, utilities): (&String, &Vec<f64>)| {
        let each = parties.iter().zip(utilities).map(|(name, u)| format!("{} to {name}", signed(*u, 1)));
        format!("{label}: {}", each.format(", "))
    };
    let solved = solutions.iter().map(|s| (&s.label, &s.utilities));
    let rows = solved.chain(packages.iter().map(|p| (&p.label, &p.utilities))).map(worth).join("; ");
    let rows = if rows.is_empty() { rows } else { format!(" In points: {rows}.") };
    format!("The Pareto frontier has {frontier} outcomes.{rows}")
}

fn points(scene: &Scene, units: &[i64]) -> Vec<f64> {
    units.iter().map(|u| scene.points(*u)).collect()
}

/// The utilities of every package, red lines playing no part.
struct Utilities<'a> {
    scene: &'a Scene<'a>,
    scores: Vec<(ScorePlan, Tables)>,
}

impl<'a> Utilities<'a> {
    /// The tables of the leaderships in the modal world.
    fn of(scene: &'a Scene<'a>) -> Self {
        let space = scene.space();
        Self { scene, scores: space.leaders().map(|(_, s)| space.plans[s].opened(&scene.world, space)).collect() }
    }

    /// The utilities of one package, `utilities[party]` in points.
    fn at(&self, head: usize, tail: usize) -> Vec<f64> {
        let unit = |(plan, tables): &(ScorePlan, Tables)| {
            i64::from(tables.head[head]) + i64::from(tables.row(plan.context_of[head])[tail])
        };
        self.scores.iter().map(|score| self.scene.points(unit(score))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::sample;
    use super::*;

    #[test]
    fn the_frontier_and_the_solutions_are_those_worked_by_hand() {
        sample::look(|scene| {
            let data = data(scene);
            assert_eq!(data.frontier, [[4.0, -1.0], [2.0, 1.0], [0.0, 1.5], [-2.0, 2.0]]);
            // Rational are (0, 0), (0, 1.5) and (2, 1): only the last gives both a gain, and the greatest sum.
            let all = ["Nash", "Kalai–Smorodinsky", "egalitarian", "utilitarian"];
            assert_eq!(data.solutions.iter().map(|s| s.label.as_str()).collect::<Vec<_>>(), all);
            assert!(data.solutions.iter().all(|s| s.utilities == [2.0, 1.0]));
            assert_eq!(data.parties.iter().map(|p| p.no_deal).collect::<Vec<_>>(), [Some(0.0), Some(0.0)]);
        });
    }

    #[test]
    fn a_grid_holds_its_outermost_values_in_the_middle_of_its_cells() {
        assert_eq!(around((0.0, 4.0), 5), (-0.5, 4.5));
        assert_eq!(around((2.0, 2.0), 5), (1.5, 2.5));
        assert_eq!(around((f64::INFINITY, f64::NEG_INFINITY), 5), (0.0, 1.0));
    }
}
