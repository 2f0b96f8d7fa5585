//! `winset offers`: alternating offers by rule, and tournaments of tactics.

use serde_json::json;
use winset::ask::{Choices, MOST_RUNS, OneWorld, every_tactic, tactics, whole};
use winset::offers::{Field, Ground, Rules, Table, Tactic, Tournament, repeat, sessions_of};
use winset::report::frame::Frame;
use winset::report::offers::{self, Bargained, Held};
use winset::scenario::Scenario;
use winset::text::words::count;

use super::super::args::OffersArgs;
use super::super::output::{Output, Shown};
use super::super::tail::file;
use super::super::trouble::{Trouble, shown};
use super::super::{Outcome, load};

/// Most rounds.
const MOST_ROUNDS: u64 = 1_000_000;

/// Most sessions of one file of a tournament.
const MOST_SESSIONS: u128 = 100_000_000;

pub fn offers(args: OffersArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let asked = Asked::of(&args)?;
    if args.tournament {
        return tournament(&args, asked, out);
    }
    let [name] = &args.files[..] else {
        return Err(Trouble::new(format!("{} files for one session", args.files.len()))
            .hint("--tournament lets all tactics play against all over several"));
    };
    if args.tactics.is_empty() {
        let words: Vec<&str> = Tactic::WORDS.iter().map(|(word, _)| *word).collect();
        return Err(Trouble::new("`--tactics` is missing").hint(format!("the tactics are {}", words.join(", "))));
    }
    session(&args, asked, name, out)
}

/// What is asked of every file.
#[derive(Clone, Copy)]
struct Asked {
    rules: Rules,
    repeats: Option<u64>,
    run: Option<u64>,
}

impl Asked {
    fn of(args: &OffersArgs) -> Result<Self, Trouble> {
        let rounds = whole("--rounds", &args.rounds, 1, MOST_ROUNDS)? as u32;
        let unit = args.unit.parse().ok().filter(|unit: &f64| *unit > 0.0 && *unit <= 1e9);
        let wrong = || Trouble::new(format!("`--unit {}` is not a number above 0, up to 10^9", shown(&args.unit)));
        let rules = Rules { rounds, unit: unit.ok_or_else(wrong)? };
        let repeats = args.repeat.as_deref().map(|n| whole("--repeat", n, 1, MOST_RUNS)).transpose()?;
        let run = (args.world != "mode").then(|| super::solve::run(&args.world)).transpose()?;
        Ok(Self { rules, repeats, run })
    }

    /// The frame, with all that was asked.
    fn frame(&self, frame: Frame) -> Frame {
        let frame = frame.asking("world", self.run.map_or(json!("mode"), |k| json!(k)));
        let frame = frame.asking("rounds", self.rules.rounds).asking("unit", self.rules.unit);
        frame.asking("repeat", self.repeats)
    }
}

/// What the packages of a file are worth, in the world that is asked about.
fn ground(scenario: &Scenario, choices: &Choices, asked: Asked) -> Result<(Ground, String), Trouble> {
    let (n, drawing) = (&scenario.negotiation, &choices.settings.drawing);
    let cannot = |e: String| Trouble::new(format!("`{}` cannot be played by offers: {e}", scenario.name));
    let compiled = drawing.compile(n).map_err(|e| cannot(e.to_string()))?;
    let OneWorld { world, called, .. } = OneWorld::of(n, drawing, asked.run);
    let ground = Ground::of(&compiled, &world);
    if ground.seats() < 2 {
        return Err(cannot("it takes two parties to make offers to each other".into()));
    }
    Ok((ground, called))
}

fn session(args: &OffersArgs, asked: Asked, name: &str, out: &mut Output) -> Outcome {
    let (scenario, choices) = load::judged(name, &args.wanted())?;
    let (n, drawing) = (&scenario.negotiation, &choices.settings.drawing);
    let (ground, called) = ground(&scenario, &choices, asked)?;
    let parties: Vec<&str> = ground.sides.iter().map(|side| n.actor(side.party).id.as_str()).collect();
    let tactics = tactics(&args.tactics, &parties)?;
    let session = Table::of(&ground, &tactics, asked.rules, 0).session();
    let many = |sessions| repeat(&ground, &tactics, asked.rules, (drawing.seed, sessions), drawing.threads);
    let repeated = asked.repeats.map(many).transpose()?;
    let told = Bargained {
        n,
        variants: &drawing.accounts.variants,
        called: &called,
        ground: &ground,
        tactics: &tactics,
        rules: asked.rules,
        session: &session,
        repeated: repeated.as_ref(),
    };
    let words: Vec<String> = tactics.iter().map(ToString::to_string).collect();
    let frame = asked.frame(Frame::of("offers", &scenario.name, n, &choices)).asking("tactics", words);
    let page = offers::page(&told);
    let first = if args.full { Shown::text(page.clone()) } else { Shown::screen(offers::screen(&told)) };
    args.tail
        .show(out, &first, &page, &frame.around(offers::data(&told)), || vec![file("offers.csv", offers::sheet(&told))])
}

fn tournament(args: &OffersArgs, asked: Asked, out: &mut Output) -> Outcome {
    let tactics = match &args.tactics[..] {
        [] => Tactic::WORDS.iter().map(|(_, tactic)| *tactic).collect(),
        words => every_tactic(words)?,
    };
    let mut drawing = None;
    let mut grounds = Vec::new();
    for name in &args.files {
        let (scenario, choices) = load::judged(name, &args.wanted())?;
        let (ground, _) = ground(&scenario, &choices, asked)?;
        let sessions = sessions_of(ground.seats(), tactics.len(), asked.repeats.unwrap_or(1));
        if sessions > MOST_SESSIONS {
            let (sessions, most) = (count(sessions), count(MOST_SESSIONS));
            let found = format!("`{}` would take {sessions} sessions, more than {most}", shown(name));
            return Err(Trouble::new(found).hint("name fewer tactics, or repeat less"));
        }
        drawing.get_or_insert(choices.settings.drawing);
        grounds.push((scenario.name, ground));
    }
    let fields: Vec<Field> = grounds.iter().map(|(name, ground)| Field { name: name.clone(), ground }).collect();
    let (seed, threads) = drawing.map_or((1, None), |drawing| (drawing.seed, drawing.threads));
    let rules = vec![asked.rules; fields.len()];
    let repeats = asked.repeats.map(|sessions| (seed, sessions));
    let played = Tournament::of(&fields, &tactics, &rules, repeats, threads)?;
    let names: Vec<String> = fields.into_iter().map(|field| field.name).collect();
    let held = Held { names: &names, rounds: asked.rules.rounds, repeats: asked.repeats, tournament: &played };
    let words: Vec<String> = tactics.iter().map(ToString::to_string).collect();
    let frame = Frame { scenario: json!(names), seed: Some(seed), ..Frame::bare("offers") };
    let frame = asked.frame(frame).asking("tactics", words).asking("tournament", true);
    args.tail.tell(out, &offers::tournament_page(&held), &frame.around(offers::tournament(&held)), || {
        vec![file("files.csv", offers::files_sheet(&held))]
    })
}
