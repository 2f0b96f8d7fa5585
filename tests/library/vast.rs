//! Spaces solved by sums over blocks say what a plain loop over all packages says, in scenarios made up from seeds.

use crate::generate::{Chance, Size, cases, scenario};
use crate::plain::{DEFEATS, Plain, Row, spans};
use winset::engine::{Accounts, Draws};
use winset::import::{Source, import, write};
use winset::model::{Beholder, Defeat, Negotiation, Scale, World};
use winset::scenario::Scenario;
use winset::space::frontier::NoFrontier;
use winset::space::{Agreements, Limits, Margin, NearestMiss, Shortfall, Solved, Within, solve, solve_additive};

/// How often each kind of answer was there to be held against the plain loop.
#[derive(Debug, Default)]
struct Met {
    counts: u32,
    margins: u32,
    shares: u32,
    solutions: u32,
    best: u32,
    misses: u32,
}

impl Met {
    fn hold(&mut self, n: &Negotiation, world: &World, plain: &Plain, limits: Limits, what: &str) {
        let variants = n.default_variants();
        for defeat in DEFEATS {
            let what = format!("{what} {defeat:?}");
            let sums = solve_additive(n, &variants, world, defeat, limits).expect("terms are small");
            let tables = solve(n, &variants, world, defeat, Limits::default()).expect("it is small");
            self.counts(n, plain, defeat, &sums, &what);
            if let Ok(frontier) = &sums.frontier {
                assert_eq!(Ok(frontier), tables.frontier.as_ref(), "{what}");
            }
            if let Ok(solutions) = sums.solutions.as_ref().filter_known() {
                assert_eq!(Ok(solutions), tables.solutions.as_ref(), "{what}");
                self.solutions += u32::from(!solutions.ideal.is_empty());
            }
            for (found, free) in [(sums.margin, false), (sums.margin_if_free, true)] {
                let keep = |row: &Row| free || (row.granted && plain.rational(row));
                let (expected, equals) = plain.margin(defeat, |row| row.allowed && keep(row));
                assert!(found.is_none_or(|found| found == expected), "{what} {free}: {found:?}, not {expected:?}");
                self.margins += u32::from(found.is_some());
                if let (Some(Margin::Share(_)), Some(best), false) = (found, &sums.best, free) {
                    let row = plain.rows.iter().position(|row| row.package == *best).expect("it is a package");
                    assert!(equals.contains(&row), "{what}: the best package has the margin");
                    let mut binding = plain.binding(defeat, &plain.rows[row]);
                    binding.sort_unstable();
                    let mut found = sums.binding.clone();
                    found.sort_unstable();
                    assert_eq!(found, binding, "{what}");
                    self.shares += 1;
                }
            }
            self.best(n, plain, defeat, [&sums, &tables], &what);
            for (found, expected) in
                [(&sums.nearest_miss, &tables.nearest_miss), (&sums.if_granted, &tables.if_granted)]
            {
                if sums.margin.is_some() {
                    let told = |miss: &Option<NearestMiss>| miss.as_ref().map(|miss| told(miss, defeat));
                    assert_eq!(told(found), told(expected), "{what}");
                    self.misses += u32::from(found.is_some());
                }
            }
        }
    }

    fn counts(&mut self, n: &Negotiation, plain: &Plain, defeat: Defeat, sums: &Solved, what: &str) {
        let number = |keep: &dyn Fn(&Row) -> bool| plain.rows.iter().filter(|row| row.allowed && keep(row)).count();
        let both = |row: &Row| plain.rational(row) && plain.no_defeat(defeat, row);
        let found = &sums.packages;
        let pairs = [
            (found.allowed, number(&|_| true)),
            (found.available, number(&|row| row.granted)),
            (found.rational, number(&|row| plain.rational(row))),
            (found.no_defeat, number(&|row| plain.no_defeat(defeat, row))),
            (found.rational_no_defeat, number(&|row| both(row))),
            (found.would_do, number(&|row| row.granted && both(row))),
            (found.for_everybody, number(&|row| row.granted && both(row))),
        ];
        let parties = n.parties().zip(&found.winset);
        let winsets = parties.map(|(i, (_, count))| (*count, number(&|row| plain.in_win_set(i, defeat, row))));
        for (at, (found, expected)) in pairs.into_iter().chain(winsets).enumerate() {
            let Some(found) = found else { continue };
            assert_eq!(found, expected as u128, "{what}: count {at}");
            self.counts += 1;
        }
    }

    fn best(&mut self, n: &Negotiation, plain: &Plain, defeat: Defeat, found: [&Solved; 2], what: &str) {
        for (at, i) in n.parties().enumerate() {
            let others = || n.parties().filter(move |other| *other != i);
            let borne = |row: &&Row| {
                let signed = others().all(|other| plain.bears(Beholder::Leadership(other), row));
                let fine = others().all(|other| plain.in_win_set(other, defeat, row));
                row.allowed && row.granted && signed && fine && !row.crossed[at]
            };
            let most = plain.rows.iter().filter(borne).map(|row| row.scores[at]).max();
            for (solved, how) in found.into_iter().zip(["sums", "tables"]) {
                if how == "sums" && solved.best_for.is_empty() && solved.missing.is_some() {
                    continue;
                }
                let best = solved.best_for.iter().find(|best| best.party == i);
                assert_eq!(best.map(|best| best.utility[at]), most, "{what}, {how}: the best for {i:?}");
                let row = best.and_then(|best| plain.rows.iter().find(|row| row.package == best.package));
                assert!(row.as_ref().is_none_or(borne), "{what}, {how}: the others bear it");
                self.best += u32::from(best.is_some());
            }
        }
    }
}

/// Solution points all of which are known.
trait Known<'a> {
    fn filter_known(self) -> Result<&'a Agreements, NoFrontier>;
}

impl<'a> Known<'a> for Result<&'a Agreements, &'a NoFrontier> {
    fn filter_known(self) -> Result<&'a Agreements, NoFrontier> {
        let found = self.map_err(|why| *why)?;
        found.unknown.first().map_or(Ok(found), |(_, why)| Err(*why))
    }
}

/// What any nearest miss has in common with every other that is as near.
fn told(miss: &NearestMiss, defeat: Defeat) -> (String, bool, Option<f64>) {
    let judges = |j: &&Shortfall| {
        miss.within != Within::Rational || defeat.counts_leaders() || matches!(j.beholder, Beholder::Audience(_))
    };
    let least = miss.judged.iter().filter(judges).filter_map(|j| j.share).min_by(f64::total_cmp);
    (format!("{:?}", miss.within), miss.ungranted.is_empty(), least)
}

#[test]
fn sums_over_blocks_say_what_a_plain_loop_says_of_scenarios_full_of_clauses() {
    let mut met = Met::default();
    for seed in 0..cases(60) {
        let n =
            scenario(seed, Size { packages: [12, 60, 200][(seed % 3) as usize], ..Size::of_case(seed) }).1.negotiation;
        let accounts = Accounts::of(&n);
        let modal = n.modal_world(&n.laws(None, &accounts.variants));
        let drawn = Draws::new(&n, accounts, 7).run(seed).world;
        let scale = Scale::of(&n);
        for (world, name) in [(modal, "the modal world"), (drawn, "a drawn world")] {
            let plain = Plain::of(&n, scale, spans(&n, scale, &n.default_variants()), &world);
            // A block of few packages makes that issues are held; one of many, that all are fused.
            for block in [4, 30, 1 << 20] {
                let limits = Limits { block, ..Limits::default() };
                met.hold(&n, &world, &plain, limits, &format!("seed {seed}, {name}, blocks of {block}"));
            }
        }
    }
    let Met { counts, margins, shares, solutions, best, misses } = met;
    let enough = [counts > 5_000, margins > 1_000, shares > 200, solutions > 200, best > 1_000, misses > 100];
    assert!(!enough.contains(&false), "else this says little: {met:?}");
}

fn read(text: &str) -> Negotiation {
    Scenario::parse("test", text.as_bytes()).unwrap_or_else(|findings| panic!("{findings:#?}\n{text}")).negotiation
}

fn modal(n: &Negotiation) -> World {
    n.modal_world(&n.laws(None, &n.default_variants()))
}

fn vast(text: &str) -> Solved {
    let n = read(text);
    solve(&n, &n.default_variants(), &modal(&n), Defeat::Audience, Limits::default()).expect("terms are small")
}

/// So many issues of ten options that two sides, and a home of each, value by numbers of two digits from a small generator.
fn issues(count: usize) -> String {
    let mut chance = Chance(5);
    let mut text = String::from(
        "title = \"Vast\"\n[actors]\na = { role = \"party\" }\nb = { role = \"party\" }\n[audiences]\n\
         home_a = { of = \"a\", veto = true, defeat_below = 3 }\nhome_b = { of = \"b\", veto = true, defeat_below = 3 }\n\
         [no_deal]\na = { base = 2 }\nb = { base = 2 }\n",
    );
    for k in 0..count {
        let ids: Vec<String> = (0..10).map(|o| format!("\"o{o}\"")).collect();
        text += &format!("[issues.k{k}]\noptions = [{}]\n", ids.join(", "));
        for who in ["a", "b", "home_a", "home_b"] {
            let values: Vec<String> =
                (0..10).map(|_| format!("{:.1}", chance.between(0, 20) as f64 / 10.0 - 1.0)).collect();
            text += &format!("views.{who} = {{ weight = 1, values = [{}] }}\n", values.join(", "));
        }
    }
    text
}

#[test]
fn clauses_that_tie_issues_leave_a_vast_space_what_it_is_without_them_where_they_say_nothing() {
    let plain = vast(&issues(20));
    let idle = "[links.pair]\nfor = \"a\"\nwhen = { k3 = \"o1\", k7 = \"o2\" }\nbonus = 0\n\
                [modifiers.early]\nfor = \"all\"\nwhen = { k0 = \"o1\" }\nlosses = 1\ngains = 1\n";
    let tied = vast(&(issues(20) + idle));
    assert_eq!((&tied.frontier, &tied.solutions, &tied.packages), (&plain.frontier, &plain.solutions, &plain.packages));
    assert_eq!((tied.margin, tied.margin_if_free), (plain.margin, plain.margin_if_free));
    assert!(tied.margin.is_some() && tied.best.is_some() && tied.best_for.len() == 2);
    let [winset_a, winset_b] = &plain.packages.winset[..] else { panic!("two parties") };
    assert!(winset_a.1 > Some(0) && winset_b.1 > Some(0));
}

#[test]
fn where_all_hangs_on_one_issue_the_space_is_the_best_of_its_options() {
    let hub = "[modifiers.early]\nfor = \"all\"\nwhen = { k0 = [\"o1\", \"o2\"] }\nlosses = 0.5\ngains = 1.5\n";
    let whole = vast(&(issues(15) + hub));
    let one = |o: usize| {
        let n = read(&(issues(15) + hub + &format!("[rules.only]\nrequire = {{ k0 = \"o{o}\" }}\n")));
        let found = solve(&n, &[], &modal(&n), Defeat::Audience, Limits::default()).expect("terms are small");
        (found.packages.winset[0].1.expect("coarse sums"), found.frontier.expect("two parties").points)
    };
    let each: Vec<_> = (0..10).map(one).collect();
    assert_eq!(whole.packages.winset[0].1, Some(each.iter().map(|(count, _)| count).sum()));
    let best = |party: usize| each.iter().flat_map(|(_, points)| points).map(|point| point.utility[party]).max();
    let found = whole.frontier.expect("two parties").points;
    for party in [0, 1] {
        assert_eq!(found.iter().map(|point| point.utility[party]).max(), best(party));
    }
}

#[test]
fn a_clause_that_ties_too_much_is_told_and_all_else_is_exact() {
    let pairs = (0..12).flat_map(|k| (0..k).map(move |l| (l, k)));
    let lines = pairs.map(|(l, k)| {
        format!("[red_lines.pair-{l}-{k}]\nby = \"home_a\"\nwhen = {{ k{l} = \"o1\", k{k} = \"o1\" }}\n")
    });
    let text = issues(12) + &lines.collect::<String>();
    let found = vast(&text);
    let why = found.missing.expect("some of it is not known");
    assert!(why.contains("clauses tie") && why.contains("issues into one block of"), "{why}");
    assert!(found.margin.is_none() && found.packages.winset[0].1.is_none());
    assert!(found.packages.winset[1].1.is_some() && found.frontier.is_ok() && found.solutions.is_ok());
}

#[test]
fn a_coarsened_frontier_is_no_farther_from_the_whole_than_it_says() {
    let mut thinned = 0;
    for seed in 0..cases(60) {
        let n = scenario(seed, Size { packages: 200, audiences: 1 }).1.negotiation;
        let found = |coarsen| {
            let limits = Limits { coarsen, listed: usize::MAX, ..Limits::default() };
            solve_additive(&n, &n.default_variants(), &modal(&n), Defeat::Audience, limits)
                .expect("terms are small")
                .frontier
        };
        let (Ok(whole), Ok(coarse)) = (found(None), found(Some(3))) else { continue };
        if coarse.within.is_empty() {
            assert_eq!(whole, coarse, "{seed}");
            continue;
        }
        let near = |u: &[i64], v: &[i64]| u.iter().zip(v).zip(&coarse.within).all(|((u, v), within)| v + within >= *u);
        for point in &whole.points {
            assert!(coarse.points.iter().any(|other| near(&point.utility, &other.utility)), "{seed}: {point:?}");
        }
        assert!(coarse.size <= 3, "{seed}");
        thinned += 1;
    }
    assert!(thinned > 10, "else this says little: {thinned}");
}

#[test]
fn six_parties_with_two_vetoes_are_counted_as_by_brute_force() {
    for seed in 0..12 {
        let game = Six::of(seed);
        let source = Source { name: "six.json".into(), bytes: game.json().into_bytes() };
        let read_in = import(&[source], None).expect("it is a scorable game");
        let n = read(&write(&read_in.domains[0], &read_in.names(), &read_in.repairs()).text);
        assert_eq!(n.space.size(), 720);
        let (all, enough) = game.counts();
        let world = modal(&n);
        for found in [
            solve(&n, &[], &world, Defeat::Audience, Limits::default()).expect("it is small"),
            solve_additive(&n, &[], &world, Defeat::Audience, Limits::default()).expect("it is additive"),
        ] {
            assert_eq!((found.packages.for_everybody, found.packages.would_do), (Some(all), Some(enough)), "{seed}");
        }
        assert!(enough >= all && enough > 0, "{seed}: {all}, {enough}");
    }
}

/// A game of six parties and 720 packages: points of each for each option, the least it signs for; the first two have a veto.
struct Six {
    points: Vec<Vec<Vec<usize>>>,
    minimum: Vec<usize>,
}

impl Six {
    const RADIX: [usize; 5] = [5, 4, 3, 4, 3];

    fn of(seed: u64) -> Self {
        let mut chance = Chance(seed);
        let mut side = || Self::RADIX.map(|options| (0..options).map(|_| chance.below(30)).collect()).to_vec();
        let points: Vec<Vec<Vec<usize>>> = (0..6).map(|_| side()).collect();
        let minimum = (0..6).map(|_| chance.between(40, 65)).collect();
        Self { points, minimum }
    }

    fn json(&self) -> String {
        let party = |i: usize| {
            let options = |k: usize| {
                let each = self.points[i][k].iter().enumerate().map(|(o, points)| format!("\"o{o}\": {points}"));
                format!("\"k{k}\": {{{}}}", each.collect::<Vec<_>>().join(", "))
            };
            let scores: Vec<String> = (0..5).map(options).collect();
            let (minimum, veto) = (self.minimum[i], i < 2);
            format!("\"p{i}\": {{\"minimum\": {minimum}, \"veto\": {veto}, \"scores\": {{{}}}}}", scores.join(", "))
        };
        format!("{{\"parties\": {{{}}}}}", (0..6).map(party).collect::<Vec<_>>().join(", "))
    }

    /// How many packages all accept, and how many all but one, with both vetoes.
    fn counts(&self) -> (u128, u128) {
        let (mut all, mut enough) = (0, 0);
        for number in 0..720 {
            let mut rest = number;
            let package: Vec<usize> = Self::RADIX.iter().map(|options| (rest % options, rest /= options).0).collect();
            let worth = |i: usize| (0..5).map(|k| self.points[i][k][package[k]]).sum::<usize>();
            let accepts: Vec<bool> = (0..6).map(|i| worth(i) >= self.minimum[i]).collect();
            let number = accepts.iter().filter(|accepts| **accepts).count();
            all += u128::from(number == 6);
            enough += u128::from(number >= 5 && accepts[0] && accepts[1]);
        }
        (all, enough)
    }
}
