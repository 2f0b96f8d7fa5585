//! Keeping a deal: whoever gains by going back on it cannot promise not to, and so it is not signed.

use crate::play::{negotiation, runs, traces};
use winset::engine::talks::{Block, Ending, Refusal, Run, What};
use winset::model::{Account, ActorId, Negotiation, Scale};
use winset::space::{Limits, Solved, solve};

/// A pie of 100 shares. The rising side could take p of it by force, which destroys the share d: p moves from p1 to p2
/// within a year of a deal.
fn pie(p1: f64, p2: f64, destroyed: f64, break_cost: f64) -> Negotiation {
    let left = 100.0 * (1.0 - destroyed);
    let (after, low, high) = ((p2 - p1) / 12.0, p1.min(p2), p1.max(p2));
    negotiation(&format!(
        r#"
title = "A pie, and a shift of power"
round = "month"
horizon = 30
[actors]
rising  = {{ role = "party" }}
falling = {{ role = "party" }}
[state.power]
start   = {p1}
after   = {after}
min     = {low}
max     = {high}
favours = {{ rising = 1, falling = -1 }}
[issues.share]
options = {{ from = 0, to = 100, step = 1 }}
views.rising  = {{ weight = 100, 0 = 0, 100 = 1 }}
views.falling = {{ weight = 100, 0 = 1, 100 = 0 }}
[no_deal]
rising  = {{ base = 0, stake.power = {left}, break_cost = {break_cost} }}
falling = {{ base = {left}, stake.power = {left} }}
[talks]
[intents.rising.own]
moves  = {{ offer = 1 }}
tactic = {{ kind = "polynomial", beta = 1, over = 20 }}
[intents.falling.own]
moves  = {{ offer = 1 }}
tactic = {{ kind = "polynomial", beta = 1, over = 20 }}
"#
    ))
}

fn solved(n: &Negotiation) -> Solved {
    let world = n.modal_world(&n.laws(None, &n.default_variants()));
    solve(n, &n.default_variants(), &world, winset::model::Defeat::NoVeto, Limits::default()).expect("it is small")
}

/// Packages that both would sign and keep.
fn kept(n: &Negotiation) -> u128 {
    solved(n).packages.rational.expect("they can be counted")
}

#[test]
fn a_settlement_is_kept_exactly_while_the_shift_is_no_more_than_what_fighting_destroys_of_what_is_left() {
    // Fixed terms: p2 − p1 ≤ d / (1 − d), up to one share of the grid.
    for destroyed in [0.05, 0.1, 0.2] {
        for p1 in [0.1, 0.3, 0.5] {
            for tenth in 0..=8 {
                let p2 = p1 + 0.05 * f64::from(tenth);
                let (shift, most) = (p2 - p1, destroyed / (1.0 - destroyed));
                let found = kept(&pie(p1, p2, destroyed, 0.0));
                // A share is a hundredth of the pie, and (1 − d) of it is what force could take.
                let share = 0.01 / (1.0 - destroyed);
                if shift <= most - share {
                    assert!(found > 0, "{destroyed} {p1} {p2}");
                } else if shift > most + 1e-9 {
                    assert_eq!(found, 0, "{destroyed} {p1} {p2}");
                }
            }
        }
    }
}

#[test]
fn it_is_restored_by_exactly_what_going_back_must_cost() {
    for (p1, p2, destroyed) in [(0.3, 0.9, 0.1), (0.2, 0.6, 0.05), (0.5, 0.95, 0.2)] {
        // ((1 − d)(p2 − p1) − d) of 100 points; whole here, so that one share stands right on the line.
        let needed = 100.0 * ((1.0 - destroyed) * (p2 - p1) - destroyed);
        assert_eq!(kept(&pie(p1, p2, destroyed, 0.0)), 0);
        assert!(kept(&pie(p1, p2, destroyed, needed + 1e-6)) > 0, "{p1} {p2} {destroyed} {needed}");
        assert_eq!(kept(&pie(p1, p2, destroyed, needed - 1.0)), 0, "one point less");
    }
}

/// What each share of the pie is worth to the rising and to the falling side, what no deal is, and whether both would do with it.
fn judged(n: &Negotiation) -> Vec<([f64; 2], [f64; 2], bool)> {
    let (world, scale) = (n.modal_world(&n.laws(None, &[])), Scale::of(n));
    let of = |number: u128| {
        let account = Account::of(n, scale, &world, &n.space.package(number));
        let [rising, falling] = [0, 1].map(|i| &account.leaderships[i]);
        let points = |units: i64| scale.points(units);
        let utility = [rising, falling].map(|of| points(of.utility));
        (utility, [rising, falling].map(|of| points(of.no_deal)), rising.rational && falling.rational)
    };
    (0..n.space.size()).map(of).collect()
}

#[test]
fn a_plan_of_two_papers_stands_while_what_is_left_after_the_shift_is_no_more_than_what_fighting_destroys() {
    // One share until the shift, another after it, ω of all that is to be had lies behind it: ω p2 − p1 ≤ d / (1 − d).
    for destroyed in [0.1, 0.2] {
        for (p1, p2) in [(0.1, 0.5), (0.3, 0.9), (0.2, 0.8)] {
            // Once power has shifted it shifts no more; what stands then would be kept.
            let (now, later) = (judged(&pie(p1, p1, destroyed, 0.0)), judged(&pie(p2, p2, destroyed, 0.0)));
            let (mut stood, mut fell) = (0, 0);
            for omega in (1..20).map(|twentieth| 0.05 * f64::from(twentieth)) {
                let both = |x: &[f64; 2], y: &[f64; 2], no_deal: &[f64; 2]| {
                    (0..2).all(|i| (1.0 - omega) * x[i] + omega * y[i] >= no_deal[i] - 1e-9)
                };
                let stands = later
                    .iter()
                    .filter(|(.., kept)| *kept)
                    .any(|(y, ..)| now.iter().any(|(x, no_deal, _)| both(x, y, no_deal)));
                let room = destroyed / (1.0 - destroyed) - (omega * p2 - p1);
                // One share of the grid, of the part of the pie that is left after fighting.
                if room > 0.01 / (1.0 - destroyed) {
                    assert!(stands, "{destroyed} {p1} {p2} {omega}");
                    stood += 1;
                } else if room < -1e-9 {
                    assert!(!stands, "{destroyed} {p1} {p2} {omega}");
                    fell += 1;
                }
            }
            assert!(stood > 0, "{destroyed} {p1} {p2}");
            assert!(fell > 0 || p2 - p1 <= destroyed / (1.0 - destroyed), "{destroyed} {p1} {p2}");
        }
    }
}

#[test]
fn what_would_not_be_kept_is_not_signed_and_it_is_said_why() {
    let (broken, restored) = (pie(0.3, 0.9, 0.1, 0.0), pie(0.3, 0.9, 0.1, 60.0));
    let (none, restored_runs) = (runs(&broken, 40), runs(&restored, 40));
    assert!(none.iter().all(|run| run.ending == Ending::NoDeal && run.package.is_none()));
    let why = |run: &Run| run.blocked == Some(Block::Refused(ActorId(1), Refusal::WouldNotKeep(ActorId(0))));
    assert!(none.iter().any(why) && restored_runs.iter().all(|run| !why(run)), "{:?}", none[0].blocked);
    assert!(restored_runs.iter().all(|run| run.ending == Ending::Settlement));
    // What one side does not see coming, the other refuses to sign.
    let told = broken.parties().find(|i| broken.actor(*i).id == "rising").expect("a party");
    assert_eq!(told, ActorId(0));
    let said = winset::report::story::because(&broken, ActorId(1), Refusal::WouldNotKeep(told));
    assert_eq!(said, "rising would not keep it");
}

#[test]
fn what_would_be_signed_and_not_kept_is_counted_apart_and_it_is_said_when_it_would_be_broken() {
    let (still, shifting) = (pie(0.3, 0.3, 0.1, 0.0), pie(0.3, 0.9, 0.1, 0.0));
    assert_eq!(solved(&still).packages.signed_not_kept, None, "everybody keeps what it signs");
    let signed = solved(&still).packages.rational.expect("it is counted");
    assert_eq!(solved(&shifting).packages.signed_not_kept, Some(signed), "and with the shift none of these is kept");
    assert_eq!(solved(&pie(0.3, 0.9, 0.1, 60.0)).packages.signed_not_kept, None, "going back costs too much");
    // A small shift: shares of 27 to 37 are signed, those from 90 · 0.36 = 32.4 on are kept.
    let some = solved(&pie(0.3, 0.36, 0.1, 0.0)).packages;
    assert_eq!((some.signed_not_kept, some.would_do), (Some(6), Some(5)));
    // Power grows by 0.05 a month: what it could take, 90 (0.3 + 0.05 t), passes a share of 33 after 1 1/3 months.
    let world = shifting.modal_world(&shifting.laws(None, &[]));
    let breaks = |share: u128| {
        let account = Account::of(&shifting, Scale::of(&shifting), &world, &shifting.space.package(share));
        account.leaderships.iter().map(|l| l.breaks_after).collect::<Vec<_>>()
    };
    let [Some(after), None] = breaks(33)[..] else { panic!("{:?}", breaks(33)) };
    // Points are whole numbers of units of 2⁻¹⁶ or finer.
    assert!((after - 4.0 / 3.0).abs() < 1e-3, "{after}");
    assert_eq!(breaks(90)[0], None, "what it could ever take");
    assert_eq!(breaks(10)[0], None, "what it would not sign");
}

#[test]
fn without_a_shift_whoever_signs_keeps() {
    for p1 in [0.1, 0.5, 0.8] {
        let found = solved(&pie(p1, p1, 0.1, 0.0));
        // Fighting leaves 90 of 100: eleven ways to share the rest, both ends among them.
        assert_eq!(found.packages.rational, Some(11), "{p1}");
    }
}

#[test]
fn of_packages_that_are_kept_the_solutions_are_chosen() {
    // Without a shift the ten points that fighting destroys are shared evenly; with one, the rising side gets what it will
    // be able to take, or the deal is none.
    let still = solved(&pie(0.3, 0.3, 0.2, 0.0)).solutions.expect("two parties");
    let shifting = solved(&pie(0.3, 0.5, 0.2, 0.0)).solutions.expect("two parties");
    let share = |of: &winset::space::Agreements| of.nash.points[0].utility[0];
    assert!(share(&shifting) > share(&still), "{:?} {:?}", share(&shifting), share(&still));
    assert!(shifting.nash.points.iter().all(|point| point.rational));
}

/// A pie whose fall-back falls while they talk, and deals of which half is doubted.
fn melting(a_over: u32, b_over: u32) -> Negotiation {
    negotiation(&format!(
        r#"
title = "What melts"
horizon = 40
[actors]
a = {{ role = "party" }}
b = {{ role = "party" }}
[state.ice]
start   = 1
change  = -0.05
min     = 0
favours = {{ a = 1 }}
[issues.share]
options = {{ from = 0, to = 100, step = 1 }}
views.a = {{ weight = 100, 0 = 0, 100 = 1 }}
views.b = {{ weight = 100, 0 = 1, 100 = 0 }}
[no_deal]
a = {{ base = 0, stake.ice = 40 }}
[talks]
[durability]
hazard = 0.32
[intents.a.own]
moves  = {{ offer = 1 }}
tactic = {{ kind = "polynomial", beta = 1, over = {a_over} }}
[intents.b.own]
moves  = {{ offer = 1 }}
tactic = {{ kind = "polynomial", beta = 1, over = {b_over} }}
"#
    ))
}

fn share(n: &Negotiation, run: &Run) -> f64 {
    let package = run.package.as_ref().expect("they agree");
    n.space.picks(package).next().expect("one issue").1.id.parse().expect("a number")
}

#[test]
fn nobody_signs_what_is_worth_less_than_no_deal_as_long_as_it_holds() {
    // In doubt a deal looks better than it is: half of it is the fall-back of the start, which has melted since.
    for (a_over, b_over) in [(5, 60), (3, 40), (8, 30)] {
        let n = melting(a_over, b_over);
        for (run, _) in traces(&n, 20) {
            assert_eq!(run.ending, Ending::Settlement);
            let without = 40.0 * (1.0 - 0.05 * f64::from(run.rounds)).max(0.0);
            // Scores are whole numbers of small units.
            assert!(share(&n, &run) >= without - 1e-6, "{} in round {}: {without}", share(&n, &run), run.rounds);
        }
    }
}

/// Three who divide 100 between two of them; a third has a state to gain by that nobody else cares for.
fn outsider(after: f64, agree: &str, patience: &str) -> Negotiation {
    let views =
        |id: &str, own: &str, other: &str| format!("views.{id} = {{ weight = 100, 0 = {own}, 100 = {other} }}\n");
    let tactic = "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 20 }\n";
    negotiation(&format!(
        "title = \"An outsider\"\nhorizon = 30\n[actors]\na = {{ role = \"party\" }}\nb = {{ role = \"party\" }}\nc = {{ role = \"party\" }}\n\
         [state.s]\nstart = 0\nafter = {after}\nmin = 0\nmax = 1\nfavours = {{ c = 1 }}\n\
         [issues.share]\noptions = {{ from = 0, to = 100, step = 1 }}\n{}{}views.c = {{ weight = 1, 0 = 0, 100 = 1 }}\n\
         [issues.detail]\noptions = {{ from = 0, to = 10, step = 1 }}\nviews.a = {{ weight = 1, 0 = 0, 10 = 1 }}\nviews.b = {{ weight = 1, 0 = 1, 10 = 0 }}\n\
         [no_deal]\na = {{ base = 10 }}\nb = {{ base = 20 }}\nc = {{ base = 30, stake.s = 10 }}\n\
         [talks]\nagree = {agree}\n[intents.a.x]\n{tactic}[intents.b.x]\n{tactic}[intents.c.x]\n{patience}moves = {{ hold = 1 }}\n\
         tactic = {{ kind = \"relative\", kappa = 0.1 }}\n",
        views("a", "0", "1"),
        views("b", "1", "0"),
    ))
}

#[test]
fn only_those_who_must_agree_have_a_say_in_whether_a_deal_is_kept() {
    for agree in ["[\"a\", \"b\"]", "2"] {
        let signed = |after: f64| -> Vec<(Ending, f64)> {
            let n = outsider(after, agree, "");
            traces(&n, 20).iter().map(|(run, _)| (run.ending, share(&n, run))).collect()
        };
        assert_eq!(signed(0.0), signed(0.001), "what only c cares for moves nothing: {agree}");
    }
}

#[test]
fn who_has_left_is_asked_for_nothing_and_offered_nothing() {
    for agree in ["[\"a\", \"b\"]", "2"] {
        for (run, steps) in traces(&outsider(0.01, agree, "patience = 3\n"), 40) {
            let left = steps.iter().find(|s| matches!(s.what, What::Leaves(_))).expect("c has no patience").round;
            assert_eq!(run.ending, Ending::Settlement);
            let answers = |s: &&winset::engine::talks::Step| matches!(s.what, What::Accepts(i) | What::Refuses(i, _) if i == ActorId(2));
            assert!(left == 4 && !steps.iter().filter(|s| s.round >= left).any(|s| answers(&s)));
        }
    }
}

#[test]
fn a_draft_that_nobody_would_keep_any_more_is_not_signed() {
    // Both signed at 50; in round 3 the worth of going back rises above that for one of them, or for both.
    let text = |moves: &str| {
        let own = "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 9, over = 3 }\n";
        format!(
            "title = \"Regret\"\nhorizon = 20\n[actors]\na = {{ role = \"party\" }}\nb = {{ role = \"party\" }}\n\
             [state.s]\nstart = 0\nafter = 0.002\nfavours = {{ a = 1 }}\n[state.t]\nstart = 0\nafter = 0.002\nfavours = {{ b = 1 }}\n\
             [issues.share]\noptions = {{ from = 0, to = 100, step = 50 }}\nviews.a = {{ weight = 100, 0 = 0, 100 = 1 }}\n\
             views.b = {{ weight = 100, 0 = 1, 100 = 0 }}\n[no_deal]\na = {{ base = 30, stake.s = 10 }}\nb = {{ base = 30, stake.t = 10 }}\n\
             [events.blow]\nround = 3\nmoves = {{ {moves} }}\n[talks]\norder = [\"a\", \"b\"]\n\
             [stages.all]\nname = \"all\"\nsettles = [\"share\"]\ndrafting = 10\n[intents.a.x]\n{own}[intents.b.x]\n{own}"
        )
    };
    for moves in ["s = 1.9", "t = 1.9", "s = 1.9, t = 1.9"] {
        for (run, steps) in traces(&negotiation(&text(moves)), 20) {
            assert!(steps.iter().any(|s| matches!(s.what, What::Drafts { .. })), "{moves}");
            assert_eq!(run.ending, Ending::NoDeal, "{moves}");
            let of = |step: &winset::engine::talks::Step| matches!(step.what, What::Withdraws(i) if i == ActorId(u32::from(moves == "t = 1.9") as usize));
            assert!(steps.iter().any(of), "{moves}");
        }
    }
}
