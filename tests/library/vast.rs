//! Spaces solved by sums over blocks say what a plain loop over all packages says, in scenarios made up from seeds.

use crate::generate::{Size, cases, scenario};
use crate::plain::{DEFEATS, Plain, Row, spans};
use winset::engine::{Accounts, Draws};
use winset::model::{Beholder, Defeat, Negotiation, Scale, World};
use winset::scenario::Scenario;
use winset::space::frontier::NoFrontier;
use winset::space::{Agreements, Limits, Margin, NearestMiss, Shortfall, Solved, Within, solve, solve_additive};

fn read(text: &str) -> Negotiation {
    Scenario::parse("test", text.as_bytes()).unwrap_or_else(|findings| panic!("{findings:#?}\n{text}")).negotiation
}

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
        let n = scenario(seed, Size { packages: [12, 60, 200][(seed % 3) as usize], ..Size::of_case(seed) }).1.negotiation;
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
