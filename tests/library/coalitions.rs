//! Where not all must agree: what some winning coalition finds good, over all packages of scorable games, and over worlds.

use std::fmt::Write as _;

use crate::play::{negotiation, traces};
use winset::analysis::estimator::{EstimateSettings, Method, Target, Until, estimate};
use winset::analysis::{Settings, survey};
use winset::engine::talks::{Desk, Ending};
use winset::engine::{Arm, Drawing, OfWorld, Wants};
use winset::model::{ActorId, Beholder, Defeat, Negotiation, OptionId, Package, Scale, Scores};
use winset::space::{Coalitions, Compiled, Item, Limits, Margin, Solved, Within, solve, solve_additive};

/// Whole numbers without end, the same for the same seed (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    /// One of 0 .. below.
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

/// Who must agree, by the words of the rule.
#[derive(Debug, Clone)]
enum Rule {
    All,
    AtLeast(usize, Vec<usize>),
    Quota(u64, Vec<u64>),
    These(Vec<usize>),
}

impl Rule {
    fn any(numbers: &mut Numbers, parties: usize) -> Self {
        let some = |numbers: &mut Numbers| (0..parties).filter(|_| numbers.below(3) == 0).collect::<Vec<_>>();
        match numbers.below(8) {
            0 => Self::All,
            1 => Self::These(vec![0, parties - 1]),
            2..=4 => {
                let with = some(numbers);
                let count = 1.max(with.len()) + numbers.below((parties - 1.max(with.len())) as u64 + 1) as usize;
                Self::AtLeast(count, with)
            }
            _ => Self::Quota(50 + 5 * numbers.below(10), (0..parties).map(|_| 1 + numbers.below(9)).collect()),
        }
    }

    fn wins(&self, set: u32, parties: usize) -> bool {
        let has = |i: &usize| set >> i & 1 == 1;
        match self {
            Self::All => (0..parties).all(|i| has(&i)),
            Self::AtLeast(count, with) => with.iter().all(has) && set.count_ones() as usize >= *count,
            Self::Quota(percent, weights) => {
                let have: u64 = (0..parties).filter(has).map(|i| weights[i]).sum();
                100 * have >= percent * weights.iter().sum::<u64>()
            }
            Self::These(these) => these.iter().all(has),
        }
    }

    fn text(&self) -> String {
        let ids = |set: &[usize]| set.iter().map(|i| format!("\"p{i}\"")).collect::<Vec<_>>().join(", ");
        match self {
            Self::All => "\"all\"".into(),
            Self::AtLeast(count, with) if with.is_empty() => count.to_string(),
            Self::AtLeast(count, with) => format!("{{ at_least = {count}, with = [{}] }}", ids(with)),
            Self::Quota(percent, weights) => {
                let weights = weights.iter().enumerate().map(|(i, w)| format!("p{i} = {w}"));
                let weights = weights.collect::<Vec<_>>().join(", ");
                format!("{{ quota = {}, weights = {{ {weights} }} }}", *percent as f64 / 100.0)
            }
            Self::These(these) => format!("[{}]", ids(these)),
        }
    }
}

/// Somebody with points for every option and a line; in points, lines half a point off so that nothing is a tie.
#[derive(Debug, Clone)]
struct Judge {
    party: usize,
    /// `points[issue][option]`.
    points: Vec<Vec<i64>>,
    line: i64,
    /// An option that it never bears.
    red_line: Option<(usize, usize)>,
    /// Four points more with an option, for what can be said of it.
    claim: Option<(usize, usize)>,
}

impl Judge {
    fn any(numbers: &mut Numbers, party: usize, radix: &[usize], claims: bool) -> Self {
        let points: Vec<Vec<i64>> =
            radix.iter().map(|options| (0..*options).map(|_| 4 * numbers.below(11) as i64).collect()).collect();
        let mut option = |of: u64| {
            (numbers.below(of) == 0).then(|| {
                let k = numbers.below(radix.len() as u64) as usize;
                (k, numbers.below(radix[k] as u64) as usize)
            })
        };
        let (red_line, claim) = (option(5), option(2).filter(|_| claims));
        let most: i64 = points.iter().map(|options| *options.iter().max().expect("options")).sum();
        let line = most * (20 + numbers.below(60) as i64) / 100;
        Self { party, points, line, red_line, claim }
    }

    fn score(&self, package: &[usize]) -> i64 {
        let claimed = self.claim.is_some_and(|(k, o)| package[k] == o);
        package.iter().enumerate().map(|(k, o)| self.points[k][*o]).sum::<i64>() + 4 * i64::from(claimed)
    }

    fn crosses(&self, package: &[usize]) -> bool {
        self.red_line.is_some_and(|(k, o)| package[k] == o)
    }

    /// Twice score − line: lines lie half a point below what is written here.
    fn above(&self, package: &[usize]) -> i64 {
        2 * (self.score(package) - self.line) + 1
    }

    fn bears(&self, package: &[usize]) -> bool {
        !self.crosses(package) && self.above(package) > 0
    }

    fn line(&self) -> f64 {
        self.line as f64 - 0.5
    }
}

/// A scorable game: parties with a score for every option and a least score, some with somebody at home; and who must agree.
#[derive(Debug, Clone)]
struct Game {
    radix: Vec<usize>,
    leaders: Vec<Judge>,
    homes: Vec<Judge>,
    agree: Rule,
    forbidden: bool,
}

impl Game {
    fn any(seed: u64) -> Self {
        let numbers = &mut Numbers(seed);
        let parties = 2 + numbers.below(5) as usize;
        let radix: Vec<usize> = (0..2 + numbers.below(3)).map(|_| 2 + numbers.below(3) as usize).collect();
        let leaders = (0..parties).map(|i| Judge::any(numbers, i, &radix, false)).collect();
        let mut homes = Vec::new();
        for i in 0..parties {
            while numbers.below(3) == 0 {
                homes.push(Judge::any(numbers, i, &radix, true));
            }
        }
        Self { leaders, homes, agree: Rule::any(numbers, parties), forbidden: numbers.below(3) == 0, radix }
    }

    fn text(&self, spread: f64) -> String {
        self.text_moving(spread, false)
    }

    /// Lines lie within ranges; where the world moves on after a deal, one party gains by that, and keeps less.
    fn text_moving(&self, spread: f64, moves: bool) -> String {
        let mut text = String::from("title = \"A scorable game\"\nhorizon = 12\n");
        if moves {
            text += "[state.s]\nstart = 0\nafter = 0.05\nmin = 0\nmax = 4\nfavours = { p0 = 1 }\n";
        }
        let range = |line: f64| match spread {
            0.0 => line.to_string(),
            spread => format!("[{}, {}]", line - spread, line + spread),
        };
        for (i, it) in self.leaders.iter().enumerate() {
            let stake = if moves && i == 0 { "\nstake.s = 4" } else { "" };
            writeln!(text, "[actors.p{i}]\nrole = \"party\"").unwrap();
            writeln!(text, "[no_deal.p{i}]\nbase = {}{stake}", range(it.line())).unwrap();
        }
        for (a, it) in self.homes.iter().enumerate() {
            let claims = if it.claim.is_some() { "\nclaims_weight = 16" } else { "" };
            let (of, line) = (it.party, range(it.line()));
            writeln!(text, "[audiences.h{a}]\nof = \"p{of}\"\nveto = true\ndefeat_below = {line}{claims}").unwrap();
        }
        let judges = || {
            let leaders = self.leaders.iter().enumerate().map(|(i, it)| (format!("p{i}"), it));
            leaders.chain(self.homes.iter().enumerate().map(|(a, it)| (format!("h{a}"), it)))
        };
        for (k, options) in self.radix.iter().enumerate() {
            let ids: Vec<String> = (0..*options).map(|o| format!("\"o{o}\"")).collect();
            writeln!(text, "[issues.k{k}]\noptions = [{}]", ids.join(", ")).unwrap();
            for (id, it) in judges() {
                let values =
                    it.points[k].iter().enumerate().map(|(o, points)| format!("o{o} = {}", *points as f64 / 64.0));
                let values: Vec<String> = values.collect();
                writeln!(text, "views.{id} = {{ weight = 64, {} }}", values.join(", ")).unwrap();
            }
        }
        for (id, it) in judges() {
            if let Some((k, o)) = it.red_line {
                writeln!(text, "[red_lines.r-{id}]\nby = \"{id}\"\nwhen = {{ k{k} = \"o{o}\" }}").unwrap();
            }
            if let Some((k, o)) = it.claim {
                let (heard, when) = (format!("heard_by = [\"{id}\"]"), format!("when = {{ k{k} = \"o{o}\" }}"));
                write!(text, "[claims.c-{id}]\n{heard}\naim = \"a-{id}\"\n{when}\n").unwrap();
                text += "says = \"It is good for us.\"\nworth = 0.25\n";
            }
        }
        if self.forbidden {
            text += "[rules.not-both]\nforbid = { k0 = \"o0\", k1 = \"o1\" }\n";
        }
        writeln!(text, "[talks]\nagree = {}", self.agree.text()).unwrap();
        for i in 0..self.leaders.len() {
            write!(text, "[intents.p{i}.bargains]\nmoves = {{ offer = 1 }}\n").unwrap();
            text += "tactic = { kind = \"polynomial\", beta = 1, over = 8 }\n";
        }
        text
    }

    /// All packages that the rules allow.
    fn packages(&self) -> Vec<Vec<usize>> {
        let all = self.radix.iter().fold(vec![vec![]], |all: Vec<Vec<usize>>, options| {
            all.iter().flat_map(|start| (0..*options).map(move |o| [&start[..], &[o]].concat())).collect()
        });
        all.into_iter().filter(|x| !(self.forbidden && x[0] == 0 && x[1] == 1)).collect()
    }

    /// Whether some set of parties that wins has none of whom something does not hold.
    fn some_win(&self, holds: impl Fn(usize) -> bool) -> bool {
        let parties = self.leaders.len();
        let mut sets = (0..1_u32 << parties).filter(|set| self.agree.wins(*set, parties));
        sets.any(|set| (0..parties).filter(|i| set >> i & 1 == 1).all(&holds))
    }

    fn signs(&self, party: usize, package: &[usize]) -> bool {
        self.leaders[party].bears(package)
    }

    fn borne(&self, party: usize, package: &[usize]) -> bool {
        self.homes.iter().filter(|home| home.party == party).all(|home| home.bears(package))
    }

    fn suits(&self, party: usize, package: &[usize]) -> bool {
        self.signs(party, package) && self.borne(party, package)
    }

    fn would_do(&self, package: &[usize]) -> bool {
        self.some_win(|i| self.suits(i, package))
    }

    /// The greatest least slack of those at home, over sets of parties that win and packages that `keep`; spans are those of
    /// `whole`. `rational`: whether leaders are asked.
    fn margin(&self, whole: &Self, rational: bool, keep: impl Fn(&[usize]) -> bool) -> f64 {
        let parties = self.leaders.len();
        let span = |home: &Judge| {
            let same =
                whole.homes.iter().find(|h| h.points == home.points && h.party == home.party).expect("it is its own");
            let scores: Vec<i64> = whole.packages().iter().map(|x| same.score(x)).collect();
            scores.iter().max().expect("packages") - scores.iter().min().expect("packages")
        };
        let spans: Vec<i64> = self.homes.iter().map(span).collect();
        let mut best = f64::NEG_INFINITY;
        for x in self.packages().iter().filter(|x| keep(x)) {
            let slack = |i: usize| {
                let own = self.homes.iter().zip(&spans).filter(|(home, _)| home.party == i);
                let slack = |(home, span): (&Judge, &i64)| match *span {
                    _ if home.crosses(x) => f64::NEG_INFINITY,
                    0 if home.above(x) > 0 => f64::INFINITY,
                    0 => f64::NEG_INFINITY,
                    span => home.above(x) as f64 / (2 * span) as f64,
                };
                let least = own.map(slack).fold(f64::INFINITY, f64::min);
                if rational && !self.signs(i, x) { f64::NEG_INFINITY } else { least }
            };
            for set in (0..1_u32 << parties).filter(|set| self.agree.wins(*set, parties)) {
                let least = (0..parties).filter(|i| set >> i & 1 == 1).map(slack).fold(f64::INFINITY, f64::min);
                best = best.max(least);
            }
        }
        best
    }

    /// The same without an item.
    fn margin_without(&self, n: &Negotiation, item: Item) -> f64 {
        let mut other = self.clone();
        let place = |of: Beholder| match of {
            Beholder::Leadership(ActorId(i)) => (true, i),
            Beholder::Audience(a) => (false, a.0),
        };
        match item {
            Item::Option(k, OptionId(o)) => return self.margin(self, true, |x| x[k.0] != o),
            Item::Claim(c) => {
                let heard = n.claims[c.0].heard_by[0].0;
                other.homes[heard].claim = None;
            }
            Item::RedLine(of, _) => match place(of) {
                (true, i) => other.leaders[i].red_line = None,
                (false, a) => other.homes[a].red_line = None,
            },
            Item::Audience(a) => {
                other.homes.remove(a.0);
            }
        }
        other.margin(self, true, |_| true)
    }
}

fn number_of(package: &Package) -> Vec<usize> {
    package.0.iter().map(|option| option.0).collect()
}

fn solved(n: &Negotiation) -> Solved {
    let world = n.modal_world(&n.laws(None, &[]));
    solve(n, &[], &world, Defeat::Audience, Limits::default()).expect("it is small")
}

#[test]
fn whoever_suffices_is_counted_over_all_packages_of_generated_games() {
    let (mut fewer, mut outside, mut measured) = (0, 0, 0);
    for seed in 0..160 {
        let game = Game::any(seed);
        let n = negotiation(&game.text(0.0));
        let (found, all) = (solved(&n), game.packages());
        let parties = game.leaders.len();
        let count = |holds: &dyn Fn(&[usize]) -> bool| Some(all.iter().filter(|x| holds(x)).count() as u128);
        let expected = [
            count(&|x| game.some_win(|i| game.signs(i, x))),
            count(&|x| game.some_win(|i| game.borne(i, x))),
            count(&|x| game.would_do(x)),
            count(&|x| (0..parties).all(|i| game.suits(i, x))),
        ];
        let c = &found.packages;
        assert_eq!([c.rational, c.no_defeat, c.would_do, c.for_everybody], expected, "{seed}: {}", game.text(0.0));
        assert_eq!(c.rational_no_defeat, c.would_do, "{seed}: nothing needs a grant");
        for (i, (_, own)) in c.winset.iter().enumerate() {
            assert_eq!(*own, count(&|x| game.borne(i, x)), "{seed}: the win-set of {i}");
        }
        let share = expected[2].filter(|n| *n > 0).map(|n| (n - expected[3].expect("a count")) as f64 / n as f64);
        assert_eq!(c.share_failing_outside(), share, "{seed}");
        let margins = [found.margin, found.margin_if_free].map(|margin| margin.expect("it is known").slack());
        let plain = [true, false].map(|rational| game.margin(&game, rational, |_| true));
        assert_eq!(margins, plain, "{seed}: {}", game.text(0.0));
        assert_eq!(found.exists(), Some(c.would_do != Some(0)), "{seed}");
        if let (Some(best), Some(Margin::Share(_))) = (&found.best, found.margin) {
            let best = number_of(best);
            assert_eq!(game.margin(&game, true, |x| x == best), plain[0], "{seed}: the best package has the margin");
            let ties = all.iter().filter(|y| game.margin(&game, true, |x| x == **y) == plain[0]).count();
            assert_eq!(found.ties, ties as u128, "{seed}");
            assert!(!found.binding.is_empty(), "{seed}");
            measured += 1;
        }
        for pivot in &found.pivotal {
            let what = format!("{seed}: without {}: {}", pivot.item.path(&n), game.text(0.0));
            assert_eq!(pivot.margin.slack(), game.margin_without(&n, pivot.item), "{what}");
        }
        fewer += u32::from(expected[2] > expected[3]);
        outside += u32::from(share.is_some_and(|share| share > 0.0));
    }
    assert!(fewer > 40 && outside > 40 && measured > 20, "else this says little: {fewer} {outside} {measured}");
}

#[test]
fn sums_of_frontiers_say_of_coalitions_what_tables_say() {
    let (mut counted, mut margins) = (0, 0);
    for seed in 0..240 {
        let mut game = Game { forbidden: false, ..Game::any(seed) };
        if seed % 2 == 0 {
            game.homes.clear();
        }
        let n = negotiation(&game.text(0.0));
        let (tables, world) = (solved(&n), n.modal_world(&n.laws(None, &[])));
        let sums = solve_additive(&n, &[], &world, Defeat::Audience, Limits::default()).expect("it is additive");
        // A frontier has so many scores at most; where a coalition has more, the margin is not known.
        for (a, b) in [(tables.margin, sums.margin), (tables.margin_if_free, sums.margin_if_free)] {
            assert!(b.is_none() || a == b, "{seed}: {a:?}, {b:?}");
            margins += u32::from(b.is_some() && Coalitions::of(&n).is_some());
        }
        assert_eq!(tables.solutions, sums.solutions, "{seed}");
        let counts = |s: &Solved| {
            let c = &s.packages;
            [c.rational, c.no_defeat, c.rational_no_defeat, c.would_do, c.for_everybody]
        };
        for (a, b) in counts(&tables).into_iter().zip(counts(&sums)).filter(|(_, b)| b.is_some()) {
            assert_eq!(a, b, "{seed}");
            counted += u32::from(Coalitions::of(&n).is_some());
        }
    }
    assert!(counted > 500 && margins > 200, "else this says little: {counted} {margins}");
}

#[test]
fn in_every_world_what_exists_and_what_a_package_does_is_what_its_scores_say() {
    let mut not_kept = 0;
    for seed in 0..40 {
        let n = negotiation(&Game::any(seed).text_moving(12.0, seed % 2 == 0));
        let drawing = Drawing { threads: Some(1), ..Drawing::of(&n, seed) };
        let compiled = Compiled::of(&n, &[]).expect("it is small");
        let (arm, mut desk) = (Arm::of_worlds(&compiled, drawing.defeat), Desk::default());
        let scores = Scores::new(&n, Scale::of(&n));
        let (mut exists, mut would_do, mut fine, mut with) = (0, 0, 0, 0);
        for drawn in drawing.draws(&n).block(0, 24) {
            let world = &drawn.world;
            let suits =
                |i, x: &Package| scores.rational(world, i, x) && !scores.is_defeat_for(world, i, x, drawing.defeat);
            let all: Vec<Package> = (0..n.space.size()).map(|at| n.space.package(at)).collect();
            let does = |x: &&Package| n.space.allows(x) && scores.available(world, x) && n.suffice(|i| suits(i, x));
            let doing: Vec<&Package> = all.iter().filter(does).collect();
            let everybody = doing.iter().filter(|x| n.parties().all(|i| suits(i, x))).count() as u64;
            let breaks =
                |x: &Package| scores.would_sign(world, ActorId(0), x) && !scores.rational(world, ActorId(0), x);
            not_kept += all.iter().filter(|x| breaks(x)).count();
            let posed = arm.pose(&drawn, &mut desk);
            for x in &all {
                assert_eq!(posed.fares(x).would_do(), doing.contains(&x), "{seed}, run {}", drawn.run);
            }
            assert_eq!(posed.exists(), !doing.is_empty(), "{seed}, run {}", drawn.run);
            assert_eq!(posed.margin().exists(), !doing.is_empty(), "{seed}, run {}", drawn.run);
            exists += u64::from(!doing.is_empty());
            would_do += doing.len() as u64;
            fine += everybody;
            with += u64::from(everybody > 0);
            let one = solve(&n, &[], world, drawing.defeat, Limits::default()).expect("it is small").packages;
            assert_eq!((one.would_do, one.for_everybody), (Some(doing.len() as u128), Some(u128::from(everybody))));
            let seen = arm.look(&drawn, Wants { world: OfWorld::Margin, run: false }, &mut desk);
            assert_eq!(seen.exists, !doing.is_empty());
        }
        let found = survey(&n, &Settings { runs: 24, drawing, agreeing: false }, |_| ()).expect("it can be surveyed");
        assert_eq!(found.exists.count, exists, "{seed}");
        assert_eq!(
            found.outside.is_some(),
            Coalitions::of(&n).is_some(),
            "{seed}: said only where some can be left out"
        );
        if let Some(outside) = found.outside {
            let told = (outside.would_do, outside.failing, outside.exists_for_everybody.count);
            assert_eq!(told, (would_do, would_do - fine, with), "{seed}");
        }
    }
    assert!(not_kept > 0, "else nothing is said of what would be signed and not kept");
}

#[test]
fn what_the_talks_sign_would_do_for_those_who_sign() {
    let mut signed = 0;
    for seed in 0..60 {
        let n = negotiation(&Game::any(seed).text(0.0));
        let compiled = Compiled::of(&n, &[]).expect("it is small");
        let (arm, drawing) = (Arm::of_worlds(&compiled, Defeat::Audience), Drawing::of(&n, seed));
        for (run, _) in traces(&n, 6) {
            let Some(package) = &run.package else { continue };
            let drawn = drawing.draws(&n).run(run.run);
            assert!(arm.pose(&drawn, &mut Desk::default()).fares(package).would_do(), "{seed}: {run:?}");
            assert_eq!(run.ending, Ending::Settlement, "{seed}: whoever is outside may call it a defeat");
            signed += 1;
        }
    }
    assert!(signed > 60, "{signed}");
}

/// Three of whom two suffice: money for a and b, none for c; the public of c, which has a veto, calls that a defeat.
fn outvoted(agree: &str, more: &str) -> Negotiation {
    negotiation(&format!(
        "title = \"Two against one\"\nhorizon = 6\nactors.a = {{ role = \"party\" }}\nactors.b = {{ role = \"party\" }}\n\
         actors.c = {{ role = \"party\" }}\nactors.m = {{ role = \"mediator\" }}\n\
         audiences.public = {{ of = \"c\", veto = true, defeat_below = 0.5 }}\n\
         no_deal = {{ a = {{ base = 1 }}, b = {{ base = 1 }}, c = {{ base = 1 }} }}\n\
         [issues.money]\noptions = [\"none\", \"ours\", \"theirs\"]\n\
         views = {{ a = {{ weight = 4, none = 0, ours = 1, theirs = 0 }}, b = {{ weight = 4, none = 0, ours = 0.5, theirs = 0.25 }},\n\
         c = {{ weight = 4, none = 0, ours = 0, theirs = 1 }}, public = {{ weight = 4, none = 0, ours = 0, theirs = 1 }} }}\n\
         [talks]\nagree = {agree}\n{more}"
    ))
}

/// Intents of the three: what each does every round.
fn who_move(a: &str, others: &str) -> String {
    let it = |of: &str, moves: &str| {
        format!("[intents.{of}.x]\nmoves = {{ {moves} = 1 }}\ntactic = {{ kind = \"polynomial\", over = 3 }}\n")
    };
    it("a", a) + &it("b", others) + &it("c", others)
}

#[test]
fn a_deal_that_defeats_only_somebody_outside_is_reached() {
    let ends = |agree: &str| traces(&outvoted(agree, &who_move("offer", "hold")), 1).remove(0).0;
    let two = ends("{ at_least = 2, with = [\"a\"] }");
    assert_eq!((two.ending, two.defeated.len()), (Ending::Settlement, 1), "it is said all the same whom it defeats");
    assert_eq!(ends("\"all\"").ending, Ending::NoDeal);
}

#[test]
fn a_mediator_proposes_what_enough_of_the_parties_would_sign() {
    let mediator = format!("[mediator]\nactor = \"m\"\nproposes = 0.9\n{}", who_move("hold", "hold"));
    let ends = |agree: &str| {
        let runs = traces(&outvoted(agree, &mediator), 20);
        runs.iter().filter(|(run, _)| run.ending == Ending::Settlement).count()
    };
    // Nothing suits all three: with one text for all of them there is nothing to propose.
    assert_eq!((ends("\"all\""), ends("{ at_least = 2, with = [\"a\"] }")), (0, 20));
}

#[test]
fn the_nearest_miss_is_that_of_a_coalition_and_a_repair_settles_once_enough_bear_it() {
    let (mut settling, mut alone) = (0, 0);
    for seed in 0..240 {
        let mut game = Game::any(seed);
        // What was good for somebody mostly is so no more.
        for leader in &mut game.leaders {
            leader.line += 24;
        }
        let n = negotiation(&game.text(40.0));
        let world = n.modal_world(&n.laws(None, &[]));
        let found = solved(&n);
        let (Some(miss), scores) = (&found.nearest_miss, Scores::new(&n, Scale::of(&n))) else { continue };
        let does = |world: &winset::model::World| {
            let suits = |i| {
                scores.rational(world, i, &miss.package)
                    && !scores.is_defeat_for(world, i, &miss.package, Defeat::Audience)
            };
            n.space.allows(&miss.package) && n.suffice(suits)
        };
        assert!(!does(&world), "{seed}");
        for repair in miss.repairs.iter().filter(|r| r.to.is_some()) {
            let mut other = world.clone();
            other.values[repair.input.0] = repair.to.expect("it has one");
            assert_eq!(repair.settles, does(&other), "{seed}: {}", n.inputs.get(repair.input).path);
            settling += u32::from(repair.settles);
        }
        if miss.within != Within::NoRedLine || !game.homes.is_empty() {
            continue;
        }
        // Leaders alone: the greatest least share of a set that wins.
        let span = |it: &Judge| {
            let scores: Vec<i64> = game.packages().iter().map(|x| it.score(x)).collect();
            scores.iter().max().expect("packages") - scores.iter().min().expect("packages")
        };
        let share = |x: &[usize]| {
            let parties = game.leaders.len();
            let slack = |i: usize| match &game.leaders[i] {
                it if it.crosses(x) => f64::NEG_INFINITY,
                it => it.above(x) as f64 / (2 * span(it)) as f64,
            };
            let least = |set: u32| (0..parties).filter(|i| set >> i & 1 == 1).map(slack).fold(f64::INFINITY, f64::min);
            let sets = (0..1_u32 << parties).filter(|set| game.agree.wins(*set, parties));
            sets.map(least).fold(f64::NEG_INFINITY, f64::max)
        };
        let best = game.packages().iter().map(|x| share(x)).fold(f64::NEG_INFINITY, f64::max);
        assert_eq!(share(&number_of(&miss.package)), best, "{seed}: {}", game.text(40.0));
        alone += 1;
    }
    assert!(settling > 20 && alone > 5, "else this says little: {settling} {alone}");
}

#[test]
fn lines_may_be_integrated_out_where_some_can_be_left_out() {
    let mut told = 0;
    for seed in 0..12 {
        let n = negotiation(&Game::any(seed).text(16.0));
        let package = n.space.package(u128::from(seed) % n.space.size());
        for target in [Target::Exists, Target::WouldDo(package.clone()), Target::NoDefeat(package)] {
            let by = |method, worlds| {
                let drawing = Drawing { threads: Some(1), ..Drawing::of(&n, 3) };
                let (target, until) = (target.clone(), Until::Worlds(worlds));
                let asked = EstimateSettings { target, method: Some(method), until, drawing };
                estimate(&n, &asked, |_| ()).expect("it can be estimated").interval
            };
            let (plain, lines) = (by(Method::Plain, 4_096), by(Method::Lines, 4_096));
            let apart = (plain.share - lines.share).abs();
            // Four standard errors of the plain count of other luck, at least that of one world in a thousand.
            let error = (plain.share * (1.0 - plain.share) / 4_096.0).sqrt().max(2.5e-4);
            assert!(apart <= 5.0 * error, "{seed} {target:?}: {} and {}", plain.share, lines.share);
            told += u32::from(plain.share > 0.02 && plain.share < 0.98);
        }
    }
    assert!(told > 10, "{told}");
}
