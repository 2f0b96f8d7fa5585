//! Dead dials: a number that `check` calls dead changes nothing when it is turned, and the same number is alive where the
//! switches are.

use crate::play::{negotiation, runs};
use winset::analysis::{Likelihoods, Settings, infer};
use winset::engine::Drawing;
use winset::scenario::{Scenario, render};

/// Talks in which every dial does something.
const ROOM: &str = r#"
title = "A room in which every dial turns"
round = "week"
horizon = 40
looks_ahead = 3
[actors]
north = { role = "party", misreads = 0.3 }
south = { role = "party", misreads = 0.4 }
power = { role = "mediator" }
[audiences.homes]
of = "south"
veto = 0.8
defeat_below = [-16, -8]
victory_from = 10
per_state = { front = 1 }
tied_hands = 6
turns = 5
unsure = 0.1
hopes = 0.03
ballot_noise = 3
noise_believed = 0.7
[audiences.crowd]
of = "north"
veto = 0.8
defeat_below = [5, 12]
victory_from = 25
[state.front]
start = [-0.1, 0.1]
change = 0.01
spread = 0.05
after = 0.002
min = -1
max = 1
favours = { north = 1, south = -1 }
while = "conflict"
[issues.line]
now = 0
options = { from = 0, to = 20, step = 1 }
views.north = { weight = 40, 20 = 1 }
views.south = { weight = 40, 20 = -1 }
views.homes = { weight = 30, 20 = -1 }
views.crowd = { weight = 30, 20 = 1 }
[issues.trade]
now = "shut"
options.shut = "shut"
options.open = { name = "open", ratified_by = ["homes"] }
options.half = { name = "half", ratified_by = ["homes"], finality = "temporary", stops = "at once" }
views.north = { weight = 12, open = -0.4, half = 0.5 }
views.south = { weight = 20, open = 1, half = 0.7 }
views.homes = { weight = 20, open = 0.5, half = 0.5 }
[conflict]
lasts = 30
[no_deal]
north = { base = 2, cost = 0.1, stake.front = 20, break_cost = 1 }
south = { base = -8, cost = 0.2, stake.front = 20, break_cost = 1 }
[mediator]
patience = 5
relief = { token = 0.6, talk = 0.4, concession = 3, paper = 3 }
presses = 0.3
pressure = 4
presses_for = 3
tilt = { south = 0.2 }
proposes = 0.15
accepts = { trade = "not shut" }
[ledger.debt]
by = "south"
to = "power"
start = 1
worth = 2
per_press = 0.5
[ledger.old]
by = "south"
to = "north"
start = 0.1
worth = 1
moves = { token = 0.3 }
[events.raid]
chance = 0.1
actor = "north"
moves = { front = 0.05 }
raises = { homes = 0.5 }
[talks]
conflict = true
needs_mediator = true
retries = 2
accepts_if_borne = 0.4
mishap = 0.01
per_ultimatum = 0.05
per_escalation = 0.2
resumes = 0.1
[stages.words]
settles = "trade"
[stages.deal]
after = "words"
[intents.north.ready]
prior = 2
moves = { offer = 3, talk = 2, token = 1, ultimatum = 0.5 }
tactic = { kind = "polynomial", beta = 1, over = 18 }
on_paper = 0.4
ventures = 0.3
escalates = { chance = 0.1, moves = { front = 0.05 } }
responses.luck = { while = { after_success = "north" }, times = { ultimatum = 4 } }
[intents.north.slow]
obstructs = true
moves = { offer = 1, talk = 3, hold = 2 }
tactic = { kind = "polynomial", beta = 0.3, over = 18 }
[intents.south.ready]
prior = 3
moves = { offer = 3, hold = 1, ultimatum = 0.5 }
tactic = { kind = "polynomial", beta = 1.5, over = 18 }
yields = { while = { pressed = "south" }, accepts_if_borne = 0.1 }
[intents.south.slow]
moves = { offer = 2, hold = 2 }
tactic = { kind = "polynomial", beta = 0.4, over = 18 }
[beliefs]
noise = 0.2
names = 0.6
slip = 0.05
power = { south = { ready = 2, slow = 1 } }
[[record]]
by = "north"
round = 1
move = "offer"
picks = { trade = "open" }
[[record]]
by = "north"
round = 2
never = "ultimatum"
[durability]
hazard = 0.4
[durability.factors.term]
when = { trade = "half" }
log_hazard = 0.5
[durability.factors.sore]
counts = "defeat"
log_hazard = 0.6
[durability.factors.turned]
counts = "turn"
log_hazard = 0.7
[durability.factors.pressed]
counts = "pressed"
log_hazard = 0.8
"#;

/// One thing in place of another.
type Edit<'a> = (&'a str, &'a str);

/// A number and what kills it.
struct Case {
    /// The warning, or a part of it.
    warns: &'static str,
    /// What kills the number.
    by: &'static [Edit<'static>],
    /// How it is turned.
    turn: Edit<'static>,
}

fn edited(text: &str, edits: &[Edit]) -> String {
    edits.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "there is no {from:?} to replace");
        text.replace(from, to)
    })
}

/// The text without the sections, or the lines, that begin so.
fn without(text: &str, heads: &[&str]) -> String {
    let mut dropped = false;
    let keeps = |line: &&str| {
        if line.starts_with('[') {
            dropped = heads.iter().any(|head| line.starts_with(head));
        }
        !dropped && !heads.iter().any(|head| line.starts_with(head))
    };
    text.lines().filter(keeps).map(|line| format!("{line}\n")).collect()
}

fn warnings(text: &str) -> String {
    let scenario = Scenario::parse("test.toml", text.as_bytes());
    let scenario = scenario.unwrap_or_else(|found| panic!("{}", render(&found, "test.toml", text)));
    render(&scenario.warnings, "test.toml", text)
}

/// All that comes of a file: every run, and what its record says.
fn results(text: &str) -> String {
    let n = negotiation(text);
    let inferred = (!n.record.is_empty()).then(|| {
        let settings = Settings { runs: 100, drawing: Drawing::of(&n, 1), agreeing: false };
        infer(&n, &settings, Likelihoods::ByHand, |_| ()).expect("it has talks and a record")
    });
    format!("{:?} {inferred:?}", runs(&n, 400))
}

const NO_SECOND_SOUTH: Edit = (
    "[intents.south.slow]\nmoves = { offer = 2, hold = 2 }\ntactic = { kind = \"polynomial\", beta = 0.4, over = 18 }\n",
    "",
);
const NO_SECOND_NORTH: Edit = (
    "[intents.north.slow]\nobstructs = true\nmoves = { offer = 1, talk = 3, hold = 2 }\ntactic = { kind = \"polynomial\", beta = 0.3, over = 18 }\n",
    "",
);
const ONE_BELIEF: Edit = ("power = { south = { ready = 2, slow = 1 } }", "power = { south = { ready = 2 } }");
const NOBODY_PRESSED: [Edit; 2] = [("obstructs = true\n", ""), ("tilt = { south = 0.2 }\n", "")];
const NO_BALLOT: Edit = (", ratified_by = [\"homes\"]", "");
const NO_VETO: Edit = ("veto = 0.8\n", "");
const NO_LINE: Edit = ("defeat_below = [-16, -8]\n", "");
const NO_TOKEN: Edit = (", token = 1,", ",");
const NO_THREATS: Edit = (", ultimatum = 0.5", "");
const UNMISSED: [Edit; 4] = [
    ("needs_mediator = true\n", ""),
    ("presses = 0.3\n", ""),
    ("proposes = 0.15\n", ""),
    ("to = \"power\"", "to = \"north\""),
];

const CASES: &[Case] = &[
    Case { warns: "nothing hangs on whether `power` leaves", by: &UNMISSED, turn: ("patience = 5", "patience = 2") },
    Case { warns: "nothing hangs on whether `power` leaves", by: &UNMISSED, turn: ("token = 0.6", "token = 6") },
    Case {
        warns: "`power` has no clock to wind: it never leaves",
        by: &[("patience = 5\n", "")],
        turn: ("token = 0.6", "token = 6"),
    },
    Case {
        warns: "`power` has no clock to wind: it never leaves",
        by: &[("patience = 5\n", "")],
        turn: ("talk = 0.4", "talk = 6"),
    },
    Case { warns: "no party ever makes a token", by: &[NO_TOKEN], turn: ("token = 0.6", "token = 6") },
    Case {
        warns: "no party ever talks",
        by: &[("talk = 2, ", ""), ("talk = 3, ", "")],
        turn: ("talk = 0.4", "talk = 4"),
    },
    Case {
        warns: "no paper is signed before the deal that is more than procedure",
        by: &[("settles = \"trade\"", "settles = \"trade\"\nprocedural = true")],
        turn: ("paper = 3", "paper = 0"),
    },
    Case { warns: "`power` finds nobody to press", by: &NOBODY_PRESSED, turn: ("presses = 0.3", "presses = 0.9") },
    Case { warns: "`power` finds nobody to press", by: &NOBODY_PRESSED, turn: ("pressure = 4", "pressure = 20") },
    Case { warns: "`power` finds nobody to press", by: &NOBODY_PRESSED, turn: ("presses_for = 3", "presses_for = 9") },
    Case {
        warns: "`power` never proposes a package",
        by: &[("proposes = 0.15\n", "")],
        turn: ("accepts = { trade = \"not shut\" }", "accepts = { trade = \"shut\" }"),
    },
    Case {
        warns: "no party ever gives an ultimatum",
        by: &[NO_THREATS],
        turn: ("per_ultimatum = 0.05", "per_ultimatum = 0.5"),
    },
    Case {
        warns: "no party ever escalates",
        by: &[("escalates = { chance = 0.1, moves = { front = 0.05 } }\n", "")],
        turn: ("per_escalation = 0.2", "per_escalation = 0.9"),
    },
    Case { warns: "`north` never makes that move", by: &[NO_TOKEN], turn: ("token = 0.3", "token = 3") },
    Case {
        warns: "`power` never presses another party",
        by: &NOBODY_PRESSED,
        turn: ("per_press = 0.5", "per_press = 5"),
    },
    Case {
        warns: "`south` has a single intent, which is always drawn",
        by: &[NO_SECOND_SOUTH, ONE_BELIEF],
        turn: ("prior = 3", "prior = 0.2"),
    },
    Case {
        warns: "there is nothing to believe of it",
        by: &[NO_SECOND_SOUTH, ONE_BELIEF],
        turn: ("south = { ready = 2", "south = { ready = 0.1"),
    },
    Case {
        warns: "no party has two intents: there is nothing to learn",
        by: &[NO_SECOND_SOUTH, NO_SECOND_NORTH, ONE_BELIEF],
        turn: ("noise = 0.2", "noise = 0.9"),
    },
    Case {
        warns: "nothing is put to the vote, so that nothing can be put again",
        by: &[NO_BALLOT],
        turn: ("retries = 2", "retries = 0"),
    },
    Case {
        warns: "no audience binds a party, and none votes",
        by: &[NO_BALLOT, NO_VETO],
        turn: ("accepts_if_borne = 0.4", "accepts_if_borne = 0.9"),
    },
    Case {
        warns: "no audience of `south` binds it, and none votes",
        by: &[NO_BALLOT, NO_VETO],
        turn: ("accepts_if_borne = 0.1", "accepts_if_borne = 0.9"),
    },
    Case {
        warns: "`homes` ratifies nothing and binds nobody",
        by: &[NO_BALLOT, NO_VETO],
        turn: ("ballot_noise = 3", "ballot_noise = 12"),
    },
    Case {
        warns: "`homes` ratifies nothing and binds nobody",
        by: &[NO_BALLOT, NO_VETO],
        turn: ("hopes = 0.03", "hopes = 0.6"),
    },
    Case {
        warns: "`homes` ratifies nothing and binds nobody",
        by: &[NO_BALLOT, NO_VETO],
        turn: ("noise_believed = 0.7", "noise_believed = 0"),
    },
    Case {
        warns: "`homes` has no line of which one could be unsure",
        by: &[NO_LINE, ("victory_from = 10\n", "")],
        turn: ("unsure = 0.1", "unsure = 0.6"),
    },
    Case {
        warns: "`homes` has no line of which one could be unsure",
        by: &[NO_LINE],
        turn: ("hopes = 0.03", "hopes = 0.6"),
    },
    Case {
        warns: "`homes` has no line of which one could be unsure",
        by: &[NO_LINE],
        turn: ("ballot_noise = 3", "ballot_noise = 12"),
    },
    Case {
        warns: "there never is a conflict that could end",
        by: &[("conflict = true", "conflict = false")],
        turn: ("turns = 5", "turns = 50"),
    },
    Case {
        warns: "`homes` has no line that could move",
        by: &[("defeat_below = [-16, -8]\n", "")],
        turn: ("raises = { homes = 0.5 }", "raises = { homes = 9 }"),
    },
    Case {
        warns: "factor `term` is never in force: rule `no-half` excludes its packages",
        by: &[("[durability]", "[rules.no-half]\nforbid = { trade = \"half\" }\n[durability]")],
        turn: ("log_hazard = 0.5", "log_hazard = -2"),
    },
    Case {
        warns: "factor `sore` is never in force: no audience of a party can say defeat",
        by: &[("defeat_below = [-16, -8]\n", ""), ("defeat_below = [5, 12]\n", "")],
        turn: ("log_hazard = 0.6", "log_hazard = -2"),
    },
    Case {
        warns: "factor `turned` is never in force: no audience of a party `turns`",
        by: &[("turns = 5\n", "")],
        turn: ("log_hazard = 0.7", "log_hazard = -2"),
    },
    Case {
        warns: "factor `pressed` is never in force: nobody is ever pressed",
        by: &NOBODY_PRESSED,
        turn: ("log_hazard = 0.8", "log_hazard = -2"),
    },
    Case {
        warns: "`north` never goes back on a deal",
        by: &[("after = 0.002\n", "")],
        turn: ("break_cost = 1", "break_cost = 9"),
    },
    Case {
        warns: "no party has a stake in state `front`, which is all that counts once a deal is signed",
        by: &[(", stake.front = 20", "")],
        turn: ("after = 0.002", "after = 0.01"),
    },
    Case {
        warns: "`south` never makes an offer",
        by: &[("offer = 3, hold = 1, ultimatum = 0.5", "hold = 1"), ("offer = 2, hold = 2", "hold = 2")],
        turn: ("misreads = 0.4", "misreads = 2"),
    },
];

#[test]
fn where_every_dial_turns_none_is_called_dead() {
    assert_eq!(warnings(ROOM), "");
}

#[test]
fn a_dead_dial_is_told_and_changes_nothing_and_elsewhere_it_is_alive() {
    let alive = results(ROOM);
    let mut wrong = Vec::new();
    for case in CASES {
        let dead = edited(ROOM, case.by);
        let told = warnings(&dead);
        if !told.contains(case.warns) {
            wrong.push(format!("nobody says {:?}:\n{told}", case.warns));
        }
        if results(&dead) != results(&edited(&dead, &[case.turn])) {
            wrong.push(format!("{:?} is not dead, though {:?}", case.turn, case.warns));
        }
        if alive == results(&edited(ROOM, &[case.turn])) {
            wrong.push(format!("{:?} does nothing where it is alive", case.turn));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What takes whole sections away.
#[test]
fn a_dial_without_its_section_is_dead_too() {
    let cases: [(&str, Vec<&str>, Vec<Edit>, Edit); 5] = [
        (
            "a deal is kept and holds for good",
            vec!["[durability", "after = 0.002", "resumes"],
            vec![],
            ("looks_ahead = 3", "looks_ahead = 30"),
        ),
        ("all is settled at once", vec!["[stages", "resumes"], vec![], ("on_paper = 0.4", "on_paper = 0.9")),
        ("all is settled at once", vec!["[stages", "resumes"], vec![], ("ventures = 0.3", "ventures = 1")),
        (
            "`power` neither makes offers nor mediates",
            vec!["[mediator]", "yields", "needs_mediator", "[durability.factors.pressed]"],
            vec![],
            ("worth = 2", "worth = 20"),
        ),
        ("nothing is recorded", vec!["[[record]]"], vec![], ("slip = 0.05", "slip = 0.5")),
    ];
    let alive = results(ROOM);
    for (warns, heads, by, turn) in cases {
        let dead = edited(&without(ROOM, &heads), &by);
        assert!(warnings(&dead).contains(warns), "{}", warnings(&dead));
        assert_eq!(results(&dead), results(&edited(&dead, &[turn])), "{turn:?}");
        assert_ne!(alive, results(&edited(ROOM, &[turn])), "{turn:?}");
    }
}

#[test]
fn a_dial_that_a_direction_or_a_reading_turns_on_is_alive() {
    let silent = edited(ROOM, &[("proposes = 0.15", "proposes = 0")]);
    assert!(warnings(&silent).contains("`power` never proposes a package"), "{}", warnings(&silent));
    let read = format!("{silent}[readings.busy]\nset.\"mediator.proposes\" = 0.2\n");
    assert_eq!(warnings(&read), "");
    let direction = "[directions.drafts]\nraise = \"mediator.proposes\"\nto = 0.2\nexpect = { signed = \"up\" }\nkind = \"emergent\"\n";
    assert_eq!(warnings(&(silent.clone() + direction)), "");
    let other = direction.replace("mediator.proposes", "mediator.presses").replace("to = 0.2", "to = 0.5");
    assert!(warnings(&(silent + &other)).contains("`power` never proposes a package"));
}

/// A pie of 100 between two.
fn pie(more: &str, b: &str) -> String {
    format!(
        "title = \"A pie\"\nhorizon = 40\n{more}\n[actors]\na.role = \"party\"\nb.role = \"party\"\n[issues.share]\n\
         options = {{ from = 0, to = 100, step = 1 }}\nviews.a = {{ weight = 100, 0 = 0, 100 = 1 }}\n\
         views.b = {{ weight = 100, 0 = 1, 100 = 0 }}\n[talks]\n\
         [intents.a.own]\nmoves = {{ offer = 1, hold = 1 }}\ntactic = {{ kind = \"polynomial\", over = 40 }}\n\
         [intents.b.own]\n{b}\ntactic = {{ kind = \"polynomial\", over = 40 }}\n"
    )
}

/// How runs end, when and with what: all but what they pay.
fn courses(text: &str) -> Vec<String> {
    let runs = runs(&negotiation(text), 200);
    runs.iter().map(|run| format!("{:?} {:?} {} {:?}", run.ending, run.cause, run.rounds, run.package)).collect()
}

#[test]
fn an_ultimatum_that_nothing_hangs_on_is_an_offer() {
    let threatens = pie("", "moves = { ultimatum = 1 }");
    assert!(
        warnings(&threatens).contains("an ultimatum of `b` is an offer like any other"),
        "{}",
        warnings(&threatens)
    );
    assert_eq!(courses(&threatens), courses(&threatens.replace("ultimatum = 1", "offer = 1")));
    let breaks = threatens.replace("[talks]\n", "[talks]\nper_ultimatum = 0.2\n");
    assert_eq!(warnings(&breaks), "");
    assert_ne!(courses(&breaks), courses(&breaks.replace("ultimatum = 1", "offer = 1")));
}

#[test]
fn a_cost_below_a_floor_moves_no_choice() {
    let waits = "[no_deal]\nb = { base = 30, cost = 1, lasts = 20 }";
    let floored = pie("", "moves = { offer = 1 }\nfloor = 35") + waits;
    assert!(
        warnings(&floored).contains("the `floor` of every intent of `b` lies above no deal"),
        "{}",
        warnings(&floored)
    );
    let turned = |text: &str| text.replace("cost = 1", "cost = 0.1");
    assert_eq!(courses(&floored), courses(&turned(&floored)));
    // Below what no deal is worth at its best a floor is not there.
    let lower = floored.replace("floor = 35", "floor = 20");
    assert_eq!(warnings(&lower), "");
    assert_ne!(courses(&lower), courses(&turned(&lower)));
}

#[test]
fn a_drift_that_meets_its_bound_before_it_ends_is_told() {
    let state = |max: f64| {
        format!(
            "[state.front]\nstart = 0\nchange = 0.1\nmax = {max}\nfavours.a = 1\n[conflict]\nlasts = 20\n[no_deal]\na.stake.front = 10"
        )
    };
    let text = |max: f64| pie("", "moves = { offer = 1 }") + &state(max);
    let told = warnings(&text(1.0));
    assert!(told.contains("state `front` drifts to its bound 1 in 10 weeks, and 20 are still to come"), "{told}");
    assert_eq!(warnings(&text(2.5)), "");
    // Half of the drift that is still to come is cut off.
    let worth = |max: f64| {
        let n = negotiation(&text(max));
        let settings = Settings { runs: 1, drawing: Drawing::of(&n, 1), agreeing: false };
        let all = winset::analysis::waiting(&n, &settings);
        all.first().map_or(0.0, |it| it.worth[0])
    };
    assert!(worth(1.0) < worth(2.5), "{} {}", worth(1.0), worth(2.5));
}
