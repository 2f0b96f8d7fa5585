//! `winset run FILE --vary PATH=LO:HI:N`: a small batch made of flags.

use std::sync::Mutex;

use winset::ask::{Wanted, Wrong, plan_of};
use winset::batch::{BatchPlan, Bench, Kept, Shard, Span, Workshop, copy_of, stem, units};
use winset::engine::hand_out;
use winset::report::batch::{self as told, Results};
use winset::report::frame::Frame;
use winset::scenario::Finding;

use super::super::{
    Answered, Outcome, args::RunArgs, load, output::Output, plans::Planned, progress::Progress, trouble::Trouble,
};
use super::batch::into_folder;
use super::complete::Telling;

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
    let wanted = args.worlds.wanted(&args.parts.without);
    let (scenario, choices) = load::judged(file, &wanted)?;
    let theme = args.looks.theme()?;
    let threads = choices.settings.drawing.threads;
    let frame = Frame::of("run", file, &scenario.negotiation, &choices).asking("vary", args.vary.clone());
    let planned = planned(file, &wanted, args)?;
    if let Some(folder) = &args.tail.out {
        let telling = Telling { frame, json: args.tail.json, theme, parquet: false };
        return into_folder(&planned, folder, (Shard::WHOLE, threads), &telling, out);
    }
    let plan = planned.plan;
    let kept = all_at_once(&plan, threads)?;
    let results = Results { plan: &plan, kept: &kept };
    if args.tail.json {
        out.print(&format!("{}\n", frame.around(told::data(&results))))?;
    } else {
        out.print(&told::page(&results))?;
    }
    Ok(Answered::Yes)
}

fn planned(file: &str, wanted: &Wanted, args: &RunArgs) -> Result<Planned, Trouble> {
    let plan = plan_of(file, format!("{} varied", stem(file)), wanted, &args.vary)?;
    let mut scenario = load::quietly(file)?;
    file.clone_into(&mut scenario.name);
    let copies = vec![("plan.toml".to_owned(), plan.text.clone()), (copy_of(file), scenario.text.clone())];
    // What is wrong stands in flags, not in a file: messages without their places.
    let placeless =
        |findings: Vec<Finding>| findings.into_iter().map(|f| Finding { span: None, ..f }).collect::<Wrong>();
    Ok(Planned { plan: BatchPlan::of(&plan, vec![scenario], None).map_err(placeless)?, copies })
}

/// Every run of every experiment, kept in memory.
fn all_at_once(plan: &BatchPlan, threads: Option<usize>) -> Result<Vec<Kept>, Trouble> {
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
    hand_out(work.len() as u64, threads, Bench::default, one)?;
    Ok(kept.into_inner().expect("no thread panicked"))
}
