//! Time: the round is only a step, the horizon nobody's clock, and what goes on without a deal is waited for as it is
//! expected to go on.

use std::collections::BTreeMap;

use crate::play::{negotiation, runs, traces};
use winset::analysis::{PARTS, Settings, looking, reached, steps, waiting};
use winset::engine::talks::{Cause, Ending, Mechanism, Run, Step, Talks, What};
use winset::engine::{Accounts, Drawing, Draws};
use winset::model::{ActorId, Negotiation, Scores};
use winset::space::Compiled;

/// Whether a run is one of those that are counted.
type Counts = fn(&Run) -> bool;

fn share(runs: &[Run], counts: impl Fn(&Run) -> bool) -> f64 {
    runs.iter().filter(|run| counts(run)).count() as f64 / runs.len() as f64
}

/// A pie of 100 between two who must agree, `a` from 100 down and `b` from 0 up.
fn pie(head: &str, no_deal: &str, talks: &str, intents: [&str; 2]) -> String {
    format!(
        r#"
title = "A pie"
{head}
[actors]
a = {{ role = "party" }}
b = {{ role = "party" }}
[issues.share]
options = {{ from = 0, to = 100, step = 1 }}
views.a = {{ weight = 100, 0 = 0, 100 = 1 }}
views.b = {{ weight = 100, 0 = 1, 100 = 0 }}
{no_deal}
[talks]
{talks}
[intents.a.own]
{}
[intents.b.own]
{}
"#,
        intents[0], intents[1]
    )
}

/// How much of the pie goes to `a`, of the runs with a deal.
fn shares_of_a(n: &Negotiation, runs: &[Run]) -> Vec<f64> {
    let share = |run: &Run| {
        let package = run.package.as_ref().filter(|_| !run.gains.is_empty())?;
        Some(n.space.picks(package).next()?.1.id.parse().expect("a number"))
    };
    runs.iter().filter_map(share).collect()
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// Talks in which everything that has a rate happens: states that drift and shake, events, escalation, mishaps, standing
/// ultimatums, a mediator with a clock who presses and proposes, patience, drafting.
const BUSY: &str = r#"
title = "A busy room"
round = "ROUND"
horizon = 52
[actors]
north = { role = "party", misreads = 0.2 }
south = { role = "party", misreads = 0.2 }
power = { role = "mediator" }
[audiences]
homes = { of = "south", veto = true, defeat_below = [-14, -8], per_round = 0.05, tied_hands = 2 }
[state.front]
start   = [-0.1, 0.1]
change  = [0, 0.02]
spread  = 0.04
min     = -1
max     = 1
favours = { north = 1, south = -1 }
while   = "conflict"
decisive = { north = { over = 0.9 } }
"#;

fn busy(round: &str) -> Negotiation {
    let head = BUSY.replace("ROUND", round);
    negotiation(&format!(
        r#"{head}
[issues.line]
options = {{ from = 0, to = 20, step = 1 }}
views.north = {{ weight = 40, 0 = 0, 20 = 1 }}
views.south = {{ weight = 40, 0 = 0, 20 = -1 }}
views.homes = {{ weight = 30, 0 = 0, 20 = -1 }}
[issues.trade]
now = "shut"
options = {{ shut = "shut", open = {{ name = "open", stops = "at once" }} }}
views.north = {{ weight = 6, open = 1 }}
views.south = {{ weight = 8, open = 1 }}
[conflict]
lasts = [30, 60]
[no_deal]
north = {{ base = 2, cost = 0.1, stake.front = 20 }}
south = {{ base = -8, cost = 0.2, stake.front = 20 }}
[mediator]
patience = [10, 30]
relief   = {{ token = 1, concession = 4 }}
presses  = 0.2
pressure = 3
presses_for = 2
proposes = 0.1
[events.raid]
chance = 0.1
actor  = "north"
while  = "conflict"
moves  = {{ front = 0.05 }}
[talks]
per      = "week"
conflict = true
mishap   = 0.005
per_ultimatum  = 0.02
per_escalation = 0.02
[intents.north.ready]
moves    = {{ offer = 3, talk = 2, token = 1, ultimatum = 0.2 }}
tactic   = {{ kind = "polynomial", beta = 1, over = 40 }}
responses.luck = {{ while = {{ after_success = "north" }}, times = {{ offer = 0.5, ultimatum = 3 }} }}
escalates = {{ chance = 0.05, moves = {{ front = 0.05 }}, while = "conflict" }}
[intents.north.slow]
moves    = {{ offer = 1, talk = 3, hold = 2 }}
tactic   = {{ kind = "polynomial", beta = 0.2, over = 40 }}
patience = [20, 60]
[intents.south.ready]
moves    = {{ offer = 3, talk = 1, hold = 1, walk-out = 0.02 }}
tactic   = {{ kind = "polynomial", beta = 1.5, over = 40 }}
yields   = {{ while = {{ pressed = "south" }}, accepts_if_borne = 0.1 }}
[intents.south.echo]
moves    = {{ offer = 3, hold = 1 }}
tactic   = {{ kind = "relative", kappa = 0.3 }}
"#
    ))
}

#[test]
fn days_half_weeks_and_weeks_say_the_same() {
    let count = 3_000;
    let by = |round: &str| {
        let n = busy(round);
        (n.pace(), runs(&n, count))
    };
    let all = ["week", "half-week", "day"].map(by);
    let measures: [(&str, Counts); 6] = [
        ("reached", |run| run.ending.is_reached()),
        ("defeat", |run| run.ending == Ending::Defeat),
        ("imposed", |run| run.ending == Ending::Imposed),
        ("ran out", |run| run.cause == Some(Cause::RanOut)),
        ("left", |run| matches!(run.cause, Some(Cause::WalkedOut(_)))),
        ("broken", |run| matches!(run.cause, Some(Cause::Mishap | Cause::Ultimatum | Cause::Escalation))),
    ];
    for (name, counts) in measures {
        let shares = all.each_ref().map(|(_, runs)| share(runs, counts));
        // Three standard errors of a difference of two shares near a half, and three points.
        let room = 0.03 + 3.0 * (0.5 / count as f64).sqrt();
        for other in &shares[1..] {
            assert!((other - shares[0]).abs() <= room, "{name}: {shares:?}");
        }
    }
    let times = all.each_ref().map(|(pace, runs)| mean(&runs.iter().map(|r| pace.time(r.rounds)).collect::<Vec<_>>()));
    assert!(times.iter().all(|t| (t - times[0]).abs() < 1.5), "weeks until it ends: {times:?}");
}

#[test]
fn a_file_played_in_shorter_rounds_is_the_file_written_in_them() {
    let n = busy("week");
    let settings = Settings { runs: 600, drawing: Drawing::of(&n, 1), agreeing: false };
    let found = steps(&n, &settings).expect("it has talks");
    assert!(found.agree(), "{found:?}");
    for ((parts, stepped), round) in PARTS.iter().zip(&found.all).zip(["week", "half-week", "day"]) {
        let runs = runs(&busy(round), 600);
        let counted = |ending| runs.iter().filter(|run| run.ending == ending).count() as u64;
        assert_eq!(stepped.parts, *parts);
        assert!(stepped.endings.iter().all(|(ending, share)| share.count == counted(*ending)), "{round}");
        let mut times: Vec<u32> = runs.iter().filter(|run| !run.gains.is_empty()).map(|run| run.rounds).collect();
        times.sort_unstable();
        let median = f64::from(times[(times.len() - 1) / 2]) / f64::from(*parts);
        assert_eq!(stepped.deals.map(|it| it.at), Some(median), "{round}");
    }
    // Of a file whose rounds are days already, rounds of a week are played as well.
    assert_eq!(steps(&busy("day"), &settings).expect("it has talks"), found);
}

#[test]
fn in_the_shipped_files_the_length_of_a_round_decides_nothing() {
    // It did in the labour dispute, by five points, while what is asked for was read at the end of a round and what ends talks
    // counted from its beginning.
    let textbook = ["labour-dispute", "camp-david-1978", "dayton-1995"].map(|name| format!("textbook/{name}.toml"));
    for file in textbook.into_iter().chain(["talks/istanbul-2025.toml".into()]) {
        let text = std::fs::read_to_string(format!("{}/scenarios/{file}", env!("CARGO_MANIFEST_DIR")));
        let n = negotiation(&text.expect("the scenario is shipped"));
        let settings = Settings { runs: 10_000, drawing: Drawing::of(&n, 1), agreeing: false };
        let found = steps(&n, &settings).expect("it has talks");
        assert!(found.agree(), "{file}: {:?}", found.apart());
    }
}

#[test]
fn what_hangs_on_the_length_of_a_round_is_told() {
    // One unit of time, in which both take anything: in one round both move for certain, in seven they may not.
    let meek = "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 1, kappa = 1, over = 20 }";
    let n = negotiation(&pie("horizon = 1", "[no_deal]\na = { base = 40 }\nb = { base = 40 }", "", [meek, meek]));
    let settings = Settings { runs: 2_000, drawing: Drawing::of(&n, 1), agreeing: false };
    let found = steps(&n, &settings).expect("it has talks");
    let worst = found.apart().into_iter().find(|it| !it.agrees()).expect("some share is apart");
    assert!(worst.parts == 7 && worst.by > 0.04 && !found.agree(), "{worst:?}");
}

#[test]
fn what_happens_before_a_date_is_the_same_for_every_horizon_beyond_it() {
    let text = |horizon: u32| {
        pie(
            &format!("horizon = {horizon}"),
            "[conflict]\nlasts = [20, 60]\n[no_deal]\na = { base = 10, cost = 0.2 }\nb = { base = 20, cost = [0, 0.4] }",
            "mishap = 0.01",
            [
                "moves = { offer = 1, hold = 2, ultimatum = 0.2 }\ntactic = { kind = \"polynomial\", beta = 0.5, over = 60 }",
                "moves = { offer = 1, talk = 1 }\ntactic = { kind = \"averaged\", kappa = 0.2 }",
            ],
        )
    };
    let before = |steps: &[Step], round: u32| -> Vec<Step> {
        steps.iter().filter(|s| s.round <= round && !matches!(s.what, What::Ends(_))).cloned().collect()
    };
    let [short, long] = [13, 104].map(|horizon| traces(&negotiation(&text(horizon)), 200));
    let mut longer = 0;
    for ((run, steps), (other, more)) in short.iter().zip(&long) {
        assert_eq!(before(steps, 13), before(more, 13));
        assert!(run.cause == Some(Cause::StillTalking) || run == other);
        longer += u32::from(other.rounds > 13);
    }
    assert!(longer > 50, "{longer}");
    // Of Istanbul too, where nothing but the horizon ends the observer's watch.
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/talks/istanbul-2025.toml");
    let istanbul = std::fs::read_to_string(file).expect("the scenario is shipped");
    let [short, long] = ["13", "39"]
        .map(|to| traces(&negotiation(&istanbul.replace("horizon  = 52", &format!("horizon  = {to}"))), 25));
    for ((_, steps), (_, more)) in short.iter().zip(&long) {
        assert_eq!(before(steps, 13), before(more, 13));
    }
}

#[test]
fn whoever_goes_first_gains_less_the_shorter_a_step_is() {
    let advantage = |round: &str| {
        let offers = "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 20 }";
        let text = pie(
            &format!("round = \"{round}\"\nhorizon = 40"),
            "[no_deal]\na.base = 20\nb.base = 20",
            "per = \"month\"\norder = [\"a\", \"b\"]",
            [offers, offers],
        );
        let n = negotiation(&text);
        let shares = shares_of_a(&n, &runs(&n, 600));
        assert!(shares.len() > 500);
        mean(&shares) - 50.0
    };
    let all = ["month", "week", "day"].map(advantage);
    // By days a month's step is a thirtieth; four standard errors of 600 shares that differ by three points.
    assert!(all[0].abs() > all[2].abs() && all[2].abs() < 0.5, "{all:?}");
    // Drawn anew for each step, nobody has it.
    let offers = "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 20 }";
    let drawn = pie("horizon = 40", "[no_deal]\na.base = 20\nb.base = 20", "", [offers, offers]);
    let n = negotiation(&drawn);
    let all = traces(&n, 400);
    let firsts = all.iter().map(|(_, steps)| {
        let mut firsts = BTreeMap::new();
        for step in steps {
            if let What::Makes(of, _) = step.what {
                firsts.entry(step.round).or_insert(of);
            }
        }
        firsts
    });
    let (mut of_a, mut all_rounds, mut changes) = (0, 0, 0);
    for firsts in firsts {
        of_a += firsts.values().filter(|of| **of == ActorId(0)).count();
        all_rounds += firsts.len();
        changes += u32::from(firsts.values().any(|of| *of != firsts[&1]));
    }
    let half = of_a as f64 / all_rounds as f64;
    assert!((half - 0.5).abs() < 0.05 && changes > 300, "{half} {changes}");
}

#[test]
fn a_zone_that_stands_still_is_reached() {
    let offers = "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 20 }";
    let reached = |conflict: &str| {
        let no_deal =
            format!("[conflict]\n{conflict}\n[no_deal]\na = {{ base = 60, cost = 2 }}\nb = {{ base = 60, cost = 2 }}");
        let n = negotiation(&pie("horizon = 60", &no_deal, "", [offers, offers]));
        let scores = Scores::new(&n, Compiled::of(&n, &[]).expect("it is small").scale);
        let world = n.modal_world(&n.laws(None, &n.default_variants()));
        let w = scores.scale().points(scores.no_deal(&world, ActorId(0)));
        assert_eq!(w, 20.0, "60 less 2 for each of 20 weeks that are expected");
        let runs = runs(&n, 400);
        (share(&runs, |run| run.ending == Ending::Settlement), share(&runs, |run| run.cause == Some(Cause::RanOut)))
    };
    let (reached_while_it_lasts, ran_out) = reached("lasts = 20");
    // They meet in the twelfth week: a asks for 100 − 4 · 13, b offers 4 · 12. It goes on for eleven with the chance e^(−11/20).
    let left = winset::num::exp(-11.0 / 20.0);
    assert!((reached_while_it_lasts + ran_out - 1.0).abs() < 1e-12);
    assert!((reached_while_it_lasts - left).abs() < 4.0 * (0.25_f64 / 400.0).sqrt(), "{reached_while_it_lasts} {left}");
    // Where all knows the day, it pays to wait for it: no deal is worth 60 to both in the end.
    let (reached_until, ran_out) = reached("until = 20");
    assert!(reached_until < 0.05 && ran_out > 0.95, "{reached_until} {ran_out}");
}

#[test]
fn whoever_pays_more_for_waiting_gets_less() {
    let offers = "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 40 }";
    let share_of_a = |cost: u32| {
        let no_deal = format!("[no_deal]\na.base = 0\nb = {{ base = 40, cost = {cost}, lasts = 20 }}");
        let n = negotiation(&pie("horizon = 40", &no_deal, "", [offers, offers]));
        let shares = shares_of_a(&n, &runs(&n, 100));
        assert_eq!(shares.len(), 100);
        mean(&shares)
    };
    let shares = [0, 1, 2].map(share_of_a);
    assert!(shares[0] + 5.0 < shares[1] && shares[1] + 5.0 < shares[2], "{shares:?}");
    // A floor above no deal makes the dial dead.
    let floored = format!("{offers}\nfloor = 50");
    let with_floor = |cost: u32| {
        let no_deal = format!("[no_deal]\na.base = 0\nb = {{ base = 40, cost = {cost}, lasts = 20 }}");
        let n = negotiation(&pie("horizon = 40", &no_deal, "", [offers, &floored]));
        mean(&shares_of_a(&n, &runs(&n, 100)))
    };
    assert_eq!(with_floor(0), with_floor(2));
}

#[test]
fn causes_of_one_step_share_it_by_their_rates() {
    // Both hold, one ultimatum stands from the first round on, and escalations come in a tenth of the rounds.
    let intents = [
        "moves = { ultimatum = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 1000 }\nescalates.chance = 0.1",
        "moves = { hold = 1 }\ntactic = { kind = \"relative\" }\nfloor = 1000",
    ];
    let text = pie("horizon = 200", "", "mishap = 0.02\nper_ultimatum = 0.04\nper_escalation = 0.3", intents);
    let runs = runs(&negotiation(&text), 4_000);
    let of = |cause: Cause| share(&runs, |run| run.cause == Some(cause));
    let found = [of(Cause::Mishap), of(Cause::Ultimatum), of(Cause::Escalation)];
    let rate = |p: f64| -winset::num::ln(1.0 - p);
    // By hand: without an escalation a round ends with m + u; with one with m + u + e, of which each has its part.
    let (m, u, e) = (rate(0.02), rate(0.04), rate(0.3));
    let ends = |rates: f64| 1.0 - winset::num::exp(-rates);
    let calm = 0.9 * ends(m + u) / (m + u);
    let tense = 0.1 * ends(m + u + e) / (m + u + e);
    let parts = [m * (calm + tense), u * (calm + tense), e * tense];
    let total: f64 = parts.iter().sum();
    for (found, part) in found.iter().zip(parts) {
        // Four standard errors of a share of 4 000 runs.
        assert!((found - part / total).abs() < 0.032, "{found} {}", part / total);
    }
}

#[test]
fn a_deadline_ends_the_talks_and_an_own_one_a_party_s_part() {
    let hold = "moves = { hold = 1 }\ntactic = { kind = \"relative\" }";
    let ends = |talks: &str, own: &str| {
        let n = negotiation(&pie("horizon = 30\nstart = 2025-01-06", "", talks, [&format!("{hold}\n{own}"), hold]));
        let run = runs(&n, 1).remove(0);
        (run.rounds, run.cause.expect("there is no deal"))
    };
    assert_eq!(ends("", ""), (30, Cause::StillTalking));
    assert_eq!(ends("deadline = 12", ""), (12, Cause::Deadline));
    assert_eq!(ends("deadline = 0", ""), (0, Cause::Deadline));
    // Why it ends does not hang on whoever looks: the horizon is 30.
    assert_eq!(ends("deadline = 30", ""), (30, Cause::Deadline));
    assert_eq!(ends("deadline = 31", ""), (30, Cause::StillTalking));
    // The eighth week ends on the second of March.
    assert_eq!(ends("deadline = 2025-03-02", ""), (8, Cause::Deadline));
    assert_eq!(ends("deadline = 2025-03-03", ""), (8, Cause::Deadline));
    assert_eq!(ends("deadline = 12", "patience = 5"), (6, Cause::WalkedOut(ActorId(0))));
    assert_eq!(ends("", "deadline = 2025-03-02\npatience = 20"), (9, Cause::WalkedOut(ActorId(0))));
    // Where two of three are enough, the others go on.
    let three = pie("horizon = 30", "", "agree = 2", [&format!("{hold}\npatience = 5"), hold])
        .replace("[issues.share]", "c = { role = \"party\" }\n[issues.share]")
        + &format!("[intents.c.own]\n{hold}\n");
    let (run, steps) = traces(&negotiation(&three), 1).remove(0);
    assert_eq!((run.rounds, run.cause), (30, Some(Cause::StillTalking)));
    let leaves = steps.iter().find(|s| matches!(s.what, What::Leaves(of) if of == ActorId(0)));
    assert_eq!(leaves.map(|s| s.round), Some(6));
    assert!(!steps.iter().any(|s| s.round > 6 && matches!(s.what, What::Makes(of, _) if of == ActorId(0))));
}

#[test]
fn patience_that_ends_with_the_horizon_is_only_a_label() {
    let offers = "moves = { offer = 1, hold = 8 }\ntactic = { kind = \"polynomial\", beta = 1, over = 36 }";
    let text = |patience: u32| {
        pie(
            "horizon = 52",
            "[no_deal]\na.base = 40\nb.base = 45",
            "mishap = 0.01",
            [&format!("{offers}\npatience = {patience}"), offers],
        )
    };
    let [sooner, later] = [51, 52].map(|patience| runs(&negotiation(&text(patience)), 500));
    let reached = [&sooner, &later].map(|runs| share(runs, |run| run.ending.is_reached()));
    // Only a deal of the very last week can make a difference.
    assert!(reached[0] > 0.1 && reached[0] < 0.9 && (reached[1] - reached[0]).abs() < 0.02, "{reached:?}");
    for (one, other) in sooner.iter().zip(&later).filter(|(_, other)| other.rounds < 52) {
        assert_eq!((one.ending, one.rounds), (other.ending, other.rounds));
    }
}

#[test]
fn half_of_what_is_misjudged_is_unlearned_in_the_span_that_is_given() {
    let text = |learns: &str| {
        pie(
            "horizon = 30",
            "[no_deal]\na = { base = 40, stake.front = 10 }\nb = { base = 55, stake.front = 10 }\n[state.front]\nstart = 0\nfavours = { a = 1, b = -1 }",
            "",
            [
                "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 10 }",
                "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 10 }",
            ],
        )
        .replace("a = { role = \"party\" }", &format!("a = {{ role = \"party\", misjudges.front = 2{learns} }}"))
    };
    let n = negotiation(&text(", learns_in = 5"));
    let world = n.modal_world(&n.laws(None, &n.default_variants()));
    let scores = Scores::new(&n, Compiled::of(&n, &[]).expect("it is small").scale);
    let w = |fought: f64| {
        let now = winset::model::Standing { fought, ..winset::model::Standing::at_start(&[0.0]) };
        scores.scale().points(scores.no_deal_at(&world, ActorId(0), &now))
    };
    assert_eq!([w(0.0), w(5.0), w(15.0)], [60.0, 50.0, 45.0]);
    // Whoever never learns never finds the deal.
    assert!(runs(&negotiation(&text("")), 20).iter().all(|run| run.ending == Ending::NoDeal));
    let learned = runs(&n, 20);
    // 40 + 20/(1 + t/5) + 55 ≤ 100 from t = 15 on.
    assert!(learned.iter().all(|run| run.ending == Ending::Settlement && run.rounds >= 15), "whoever learns finds it");
}

#[test]
fn what_goes_on_ends_by_itself_as_often_as_is_said() {
    let hold = "moves = { hold = 1 }\ntactic = { kind = \"relative\" }";
    for (round, per) in [("week", "week"), ("day", "week")] {
        let n = negotiation(&pie(
            &format!("round = \"{round}\"\nhorizon = 400"),
            "[conflict]\nlasts = 20",
            &format!("per = \"{per}\""),
            [hold, hold],
        ));
        let runs = runs(&n, 2_000);
        assert!(runs.iter().all(|run| run.cause == Some(Cause::RanOut)));
        let times: Vec<f64> = runs.iter().map(|run| n.pace().time(run.rounds)).collect();
        // Half a step more than 20, for a span is told in whole steps; four standard errors of a mean of 2 000.
        let expected = 20.0 + n.pace().step() / 2.0;
        assert!((mean(&times) - expected).abs() < 4.0 * 20.0 / 2_000_f64.sqrt(), "{} {expected}", mean(&times));
    }
    let accounts = |without: &[Mechanism]| Drawing { seed: 1, without: without.to_vec(), ..Drawing::default() };
    let n = negotiation(&pie("horizon = 60", "[conflict]\nuntil = 20", "", [hold, hold]));
    let compiled = Compiled::of(&n, &[]).expect("it is small");
    let draws = Draws::new(&n, Accounts::of(&n), 1);
    let run =
        |without: &[Mechanism]| Talks::of(&compiled, accounts(without)).expect("it has talks").trace(&draws.run(0)).0;
    assert_eq!((run(&[]).rounds, run(&[]).cause), (20, Some(Cause::RanOut)));
    assert_eq!(run(&[Mechanism::RunningOut]).cause, Some(Cause::StillTalking));
}

#[test]
fn no_deal_over_a_year_is_told_as_it_goes_on() {
    let offers = "moves = { offer = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 20 }";
    let n = |until: &str| {
        negotiation(&pie(
            "horizon = 30\nround = \"month\"",
            &format!(
                "[state.men]\nstart = 10\nchange = -0.5\nmin = 5\nfavours = {{ b = 1 }}\n[conflict]\n{until}\n\
                 [no_deal]\na = {{ base = 10, cost = 1 }}\nb = {{ base = 20, stake.men = 2 }}"
            ),
            "",
            [offers, offers],
        ))
    };
    let worth = |n: &Negotiation| -> Vec<Vec<f64>> {
        let settings = Settings { runs: 3, drawing: Drawing::of(n, 1), agreeing: false };
        waiting(n, &settings).iter().map(|it| it.worth.map(|w| (w * 1e6).round() / 1e6).to_vec()).collect()
    };
    // 10 − (18 − t), with what is left of the eighteen months; 20 + 2 · 5: in 18 months the men are at their least.
    assert_eq!(worth(&n("until = 18")), [[-8.0, -5.0, -2.0, 1.0, 4.0].to_vec(), vec![30.0; 5]]);
    // 10 − 4 whenever asked; 20 + 2 · (10 − (t + 4)/2), never below 5.
    assert_eq!(worth(&n("lasts = 4")), [vec![6.0; 5], [36.0, 33.0, 30.0, 30.0, 30.0].to_vec()]);
    let still = pie("horizon = 30", "[no_deal]\na = { base = 10 }\nb = { base = 20 }", "", [offers, offers]);
    assert!(worth(&negotiation(&still)).is_empty(), "nothing moves it");
}

#[test]
fn what_looking_ahead_does_is_what_talks_with_that_number_say() {
    let offers = "moves = { offer = 1, hold = 1 }\ntactic = { kind = \"polynomial\", beta = 1, over = 20 }";
    let text = |years: &str| {
        let no_deal = "[no_deal]\na = { base = [10, 60], cost = 0.1 }\nb = { base = [10, 60] }\n[conflict]\nlasts = 30\n[durability]\nhazard = [0.1, 1]";
        pie(&format!("horizon = 30\n{years}"), no_deal, "", [offers, offers])
    };
    let settings = |n: &Negotiation| Settings { runs: 200, drawing: Drawing::of(n, 1), agreeing: false };
    let n = negotiation(&text(""));
    let found = looking(&n, &settings(&n)).expect("it runs");
    assert_eq!(found.iter().map(|it| it.years).collect::<Vec<_>>(), [1.0, 5.0, 10.0]);
    for it in &found {
        let n = negotiation(&text(&format!("looks_ahead = {}", it.years)));
        let same = reached(&n, &settings(&n), |_| ()).expect("it runs");
        assert_eq!((it.reached, it.holding, it.exists), (same.reached, same.holding, same.gap().exists));
    }
}
