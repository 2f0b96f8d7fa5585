//! `winset play` and `winset replay`: a seat at the table, and a game told again.

use std::io::{BufRead, Read as _, Write as _};
use std::path::Path;

use winset::ask::{MOST_RUNS, MOST_SEED, Wanted, whole};
use winset::batch::write_with;
use winset::engine::CannotRun;
use winset::engine::talks::{Decision, Illegal, Seats, Talks};
use winset::model::Negotiation;
use winset::report::frame::Frame;
use winset::report::play::{self, Parlour};
use winset::session::{self, MOST_BYTES, Saved, Session, Start};

use super::super::args::{PlayArgs, ReplayArgs};
use super::super::folder::File;
use super::super::load;
use super::super::output::Output;
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome};

/// Bytes of a line that are read at most.
const LINE: u64 = 10_000;

pub fn play(args: PlayArgs, out: &mut Output) -> Outcome {
    let (run, seed) = (whole("--run", &args.run, 0, MOST_RUNS)?, seed(args.seed.as_deref())?);
    let wanted = Wanted {
        reading: args.reading.clone(),
        variant: args.variant.clone(),
        set: args.set.clone(),
        seed: seed.unwrap_or(Start::SEED).to_string(),
        ..Wanted::default()
    };
    let (scenario, choices) = load::judged(&args.file, &wanted)?;
    let n = &scenario.negotiation;
    if n.talks.is_none() {
        return Err(Trouble::new(format!("`{}` has no talks to play", shown(&args.file)))
            .hint("`winset verdict` judges a package of it"));
    }
    let start = Start { seats: seats(n, &args)?, seed, run };
    let drawing = &choices.settings.drawing;
    let cannot = |e: CannotRun| Trouble::new(format!("`{}` cannot be played: {e}", shown(&args.file)));
    let compiled = drawing.compile(n).map_err(cannot)?;
    let talks = Talks::of(&compiled, start.drawing(drawing)).map_err(|e| cannot(e.into()))?;
    let mut opened = Session::open(&talks, start, drawing);
    if let Some(kept) = args.save.as_deref().filter(|file| Path::new(file).exists()) {
        opened = resumed(n, opened, kept)?;
    }
    let mut parlour = Parlour::of(opened, &choices.settings);
    let keep = |parlour: &Parlour| match &args.save {
        Some(file) => save(file, &Saved::of(parlour.session(), &args.file, &wanted)),
        None => Ok(()),
    };
    let mut said = parlour.opening();
    keep(&parlour)?;
    let mut input = std::io::stdin().lock();
    loop {
        out.print(&said.text)?;
        if said.over {
            return Ok(Answered::Yes);
        }
        out.print("> ")?;
        out.flush()?;
        let Some(line) = line(&mut input)? else {
            out.print(&format!("\n{}", parlour.closed()))?;
            return Ok(Answered::Yes);
        };
        let before = parlour.session().said().len();
        said = parlour.hear(&line);
        if parlour.session().said().len() > before {
            keep(&parlour)?;
        }
    }
}

/// A line of standard input; `None` at its end. Of a longer line than anybody types, the rest is dropped.
fn line(input: &mut impl BufRead) -> Result<Option<String>, Trouble> {
    let failed = |e: std::io::Error| Trouble::new(format!("standard input could not be read: {e}"));
    let mut bytes = Vec::new();
    if input.by_ref().take(LINE).read_until(b'\n', &mut bytes).map_err(failed)? == 0 {
        return Ok(None);
    }
    if !bytes.ends_with(b"\n") && bytes.len() as u64 == LINE {
        input.skip_until(b'\n').map_err(failed)?;
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn seed(given: Option<&str>) -> Result<Option<u64>, Trouble> {
    Ok(given.map(|seed| whole("--seed", seed, 0, MOST_SEED)).transpose()?)
}

/// Who sits where.
fn seats(n: &Negotiation, args: &PlayArgs) -> Result<Seats, Trouble> {
    let mut seats = Seats::default();
    for side in &args.side {
        let seat = session::seat(n, side)?;
        if seats.who.contains(&seat) {
            return Err(Trouble::new(format!("`--side {side}` is given twice")));
        }
        seats.who.push(seat);
    }
    for opponent in &args.opponent {
        let others: Vec<_> = n.parties().filter(|i| !seats.who.contains(i)).collect();
        let (party, intent) = match (opponent.split_once('='), others.as_slice()) {
            (Some((party, intent)), _) => (session::seat(n, party)?, intent),
            (None, [only]) => (*only, opponent.as_str()),
            (None, _) => {
                let names: Vec<&str> = others.iter().map(|i| n.actor(*i).id.as_str()).collect();
                return Err(Trouble::new(format!("`--opponent {opponent}` does not say whose intent it is"))
                    .hint(format!("write PARTY=INTENT; the others are {}", names.join(", "))));
            }
        };
        let id = &n.actor(party).id;
        if seats.who.contains(&party) {
            return Err(Trouble::new(format!("`{id}` is not an opponent: you sit there")));
        }
        if intent == "person" {
            seats.who.push(party);
        } else {
            seats.intents.push(session::intent(n, &format!("{id}={intent}"))?);
        }
    }
    Ok(seats)
}

/// A kept game, gone on with.
fn resumed<'a>(n: &Negotiation, opened: Session<'a>, file: &str) -> Result<Session<'a>, Trouble> {
    let saved = kept(file)?;
    let start = saved.start(n)?;
    if start != *opened.start() {
        return Err(Trouble::new(format!("`{}` keeps a game that began otherwise", shown(file)))
            .hint("the same --side, --opponent, --seed and --run go on with it; another name keeps a new game"));
    }
    replayed(n, &opened, &saved.decisions(n)?, file)
}

fn kept(file: &str) -> Result<Saved, Trouble> {
    let bytes = load::kept(Path::new(file), MOST_BYTES as u64)?;
    Ok(Saved::parse(&String::from_utf8_lossy(&bytes))?)
}

fn replayed<'a>(n: &Negotiation, opened: &Session<'a>, said: &[Decision], file: &str) -> Result<Session<'a>, Trouble> {
    opened.replayed(said).map_err(|(at, why)| untaken(n, at, why, file))
}

fn untaken(n: &Negotiation, at: usize, why: Illegal, file: &str) -> Trouble {
    Trouble::new(format!("decision {} of `{}` cannot be taken: {}", at + 1, shown(file), play::illegal(n, why)))
}

/// Writes a game; whatever was there before is replaced whole.
fn save(file: &str, saved: &Saved) -> Result<(), Trouble> {
    let written = write_with(Path::new(file), |it| it.write_all(saved.text().as_bytes()));
    written.map_err(|e| Trouble::new(format!("`{}` could not be written: {e}", shown(file))))
}

pub fn replay(args: ReplayArgs, out: &mut Output) -> Outcome {
    args.tail.ready()?;
    let theme = args.looks.theme()?;
    let saved = kept(&args.talk)?;
    let file = args.scenario.as_deref().unwrap_or(&saved.scenario);
    let (scenario, choices) = load::judged(file, &saved.wanted())?;
    let n = &scenario.negotiation;
    let start = saved.start(n)?;
    let drawing = &choices.settings.drawing;
    let cannot = |e: CannotRun| Trouble::new(format!("`{}` cannot be played: {e}", shown(file)));
    let compiled = drawing.compile(n).map_err(cannot)?;
    let talks = Talks::of(&compiled, start.drawing(drawing)).map_err(|e| cannot(e.into()))?;
    let opened = Session::open(&talks, start, drawing);
    let said = replayed(n, &opened, &saved.decisions(n)?, &args.talk)?;
    let other = args.what_if.as_deref().map(|what| what_if(n, &said, what, &args.talk)).transpose()?;
    let frame = Frame::of("replay", &scenario.name, n, &choices).asking("talk", args.talk.clone());
    let frame = frame.asking("what_if", args.what_if.clone());
    let page = play::replay(&said, other.as_ref(), compiled.scale);
    let document = frame.around(play::data(&said, other.as_ref(), compiled.scale));
    args.tail.tell(out, &page, &document, || {
        let mut files: Vec<File> = Vec::new();
        super::super::pictures::add(&mut files, play::dances(&said, other.as_ref(), theme).as_slice(), None);
        files
    })
}

/// The game with another decision: `6=accept`.
fn what_if<'a>(n: &Negotiation, said: &Session<'a>, what: &str, file: &str) -> Result<Session<'a>, Trouble> {
    let wrong = || {
        Trouble::new(format!("`--what-if {}` is no decision in the place of another", shown(what)))
            .hint("write its number and what is decided instead, as 6=accept; `winset replay TALK` numbers them")
    };
    let (number, words) = what.split_once('=').ok_or_else(wrong)?;
    let most = said.said().len() as u64;
    if most == 0 {
        return Err(Trouble::new(format!("`{}` holds no decision yet", shown(file))));
    }
    let number = whole("the number in --what-if", number, 1, most)?;
    let before = said.replayed(&said.said()[..number as usize - 1]).map_err(|(at, why)| untaken(n, at, why, file))?;
    let asked = before.asked().ok_or_else(wrong)?;
    let decision = session::understood(n, asked, words)?;
    said.what_if(number as usize - 1, decision).map_err(|(_, why)| {
        Trouble::new(format!("`--what-if {}` cannot be taken there: {}", shown(what), play::illegal(n, why)))
    })
}
