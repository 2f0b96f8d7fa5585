//! `winset run FILE --vary PATH=LO:HI:N`: a small batch made of flags.

use winset::batch::{Bench, Kept, Plan, Span, Workshop, units};
use winset::engine::hand_out;
use winset::report::batch::{self as told, Results};
use winset::scenario::PlanFile;

use std::fmt::Write as _;
use std::sync::Mutex;

use super::super::args::{FromArgs, RunArgs, WorldArgs};
use super::super::choices::{self, whole};
use super::super::plans::{self, Planned};
use super::super::progress::Progress;
use super::super::trouble::{Trouble, all, shown};
use super::super::{Answered, Outcome, load, output::Output};
use super::batch;

/// Values of one input at most.
const MOST_STEPS: u64 = 10_000;

pub fn vary(args: &RunArgs, out: &mut Output) -> Outcome {
    let [file] = &args.files[..] else {
        return Err(Trouble::new("`--vary` takes one scenario").hint("several need a plan: `winset batch --help`"));
    };
    if file == "-" {
        return Err(Trouble::new("`--vary` reads its scenario more than once").hint("give a file in place of `-`"));
    }
    if args.worlds.agreeing {
        return Err(Trouble::new("`--vary` and `--agreeing` exclude each other"));
    }
    // The flags are judged as every other verb judges them, before they become a plan.
    let choices = choices::choose(&mut load::load(file)?, &args.worlds)?;
    let text = as_plan(file, args)?;
    if let Some(folder) = &args.out {
        return batch::into_folder(planned(&text, file)?, folder, choices.settings.threads, args.json, out);
    }
    let plan = planned(&text, file)?.plan;
    let kept = all_at_once(&plan, choices.settings.threads)?;
    let results = Results { plan: &plan, kept: &kept };
    if args.json {
        out.print(&format!("{}\n", told::data(&results)))?;
    } else {
        out.print(&told::page(&results))?;
    }
    Ok(Answered::Yes)
}

fn planned(text: &str, file: &str) -> Result<Planned, Trouble> {
    // What is wrong stands in flags, not in a file: messages without their places.
    let plain = |findings: Vec<winset::scenario::Finding>| {
        let troubles = findings.into_iter().map(|f| Trouble::from(winset::scenario::Finding { span: None, ..f }));
        all(troubles.collect()).expect_err("there is at least one finding")
    };
    let plan = PlanFile::parse("--vary", text.as_bytes()).map_err(plain)?;
    let mut scenario = load::quietly(file)?;
    file.clone_into(&mut scenario.name);
    let copies = vec![("plan.toml".to_owned(), text.to_owned()), (winset::batch::copy_of(file), scenario.text.clone())];
    Ok(Planned { plan: Plan::of(&plan, vec![scenario], None).map_err(plain)?, copies })
}

/// The flags as the text of a plan.
fn as_plan(file: &str, args: &RunArgs) -> Result<String, Trouble> {
    let WorldArgs { runs, from, .. } = &args.worlds;
    let FromArgs { seed, reading, variant, set, defeat, .. } = from;
    let digits = |text: &str| text.replace(['_', ' '], "");
    let mut plan = format!("title = {}\nscenarios = {}\n", text(&format!("{} varied", plans::short(file))), text(file));
    let mut line = |key: &str, value: &str| writeln!(plan, "{key} = {value}").expect("writing to a string cannot fail");
    line("runs", &digits(runs));
    line("seed", &digits(seed));
    line("defeat", &text(defeat));
    if let Some(reading) = reading {
        line("readings", &format!("[{}]", text(reading)));
    }
    if !variant.is_empty() {
        plan += "[variants.asked]\n";
        for switch in variant {
            let (id, word) = switch.split_once('=').unwrap_or((switch, "on"));
            writeln!(plan, "{} = {}", text(id), word == "on").expect("writing to a string cannot fail");
        }
    }
    if !set.is_empty() || !args.parts.without.is_empty() {
        plan += "[policies.asked]\n";
        for change in set {
            let (path, value) = change.split_once('=').unwrap_or((change, ""));
            let bare = value.parse::<f64>().is_err()
                && !value.starts_with(['[', '{', '"', '\''])
                && !["true", "false"].contains(&value);
            let value = if bare { text(value) } else { value.to_owned() };
            writeln!(plan, "set.{} = {value}", text(path.trim())).expect("writing to a string cannot fail");
        }
        let gone: Vec<String> = args.parts.without.iter().map(|word| text(word.trim())).collect();
        if !gone.is_empty() {
            writeln!(plan, "without = [{}]", gone.join(", ")).expect("writing to a string cannot fail");
        }
    }
    plan += "[design]\nkind = \"factorial\"\n";
    for said in &args.vary {
        let (path, from, to, steps) = stretch(said)?;
        writeln!(plan, "inputs.{} = {{ from = {from:?}, to = {to:?}, steps = {steps} }}", text(path))
            .expect("writing to a string cannot fail");
    }
    Ok(plan)
}

/// A text as TOML writes it.
fn text(word: &str) -> String {
    serde_json::Value::from(word).to_string()
}

/// `PATH=LO:HI:N` taken apart.
fn stretch(said: &str) -> Result<(&str, f64, f64, u64), Trouble> {
    let wrong = || {
        Trouble::new(format!("`--vary {}` says no stretch of values", shown(said)))
            .hint("write --vary PATH=LOW:HIGH:STEPS, as --vary mediator.patience=4:26:12")
    };
    let (path, rest) = said.split_once('=').ok_or_else(wrong)?;
    let parts: Vec<&str> = rest.split(':').map(str::trim).collect();
    let [low, high, steps] = parts[..] else { return Err(wrong()) };
    let number = |text: &str| text.parse().ok().filter(|x: &f64| x.is_finite()).ok_or_else(wrong);
    let (low, high) = (number(low)?, number(high)?);
    let steps = whole("--vary: steps", steps, 1, MOST_STEPS)?;
    if low > high || (low == high && steps > 1) {
        return Err(
            Trouble::new(format!("`--vary {}` goes from {low} to {high}", shown(said))).hint("the lower end first")
        );
    }
    Ok((path.trim(), low, high, steps))
}

/// Every run of every experiment, kept in memory.
fn all_at_once(plan: &Plan, threads: Option<usize>) -> Result<Vec<Kept>, Trouble> {
    let spaces = plan.compile().map_err(|e| Trouble::new(e.to_string()))?;
    let workshop = Workshop::open(plan, &spaces);
    let work: Vec<_> = units(plan.experiments(), Span { from: 0, to: plan.runs }).collect();
    let progress = Progress::of_runs(work.iter().map(|u| u.size()).sum(), 0);
    let kept = Mutex::new(vec![Kept::default(); plan.experiments() as usize]);
    let one = |bench: &mut Bench, place: u64| {
        let done = workshop.run(work[place as usize], bench, &|| false).expect("nothing stops it");
        progress.more(done.unit.size());
        let mut kept = kept.lock().expect("no thread panics while it holds the results");
        for (e, tally) in done.unit.experiments.iter().zip(done.tallies) {
            kept[e as usize].add(done.unit.runs, tally);
        }
        Ok::<(), Trouble>(())
    };
    hand_out(work.len() as u64, threads, Bench::default, one, |_| Ok(()))?;
    Ok(kept.into_inner().expect("no thread panicked"))
}
