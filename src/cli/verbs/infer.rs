//! `winset infer`: what the record of a scenario says of the intents of the parties.

use winset::analysis::{InferSettings, infer as ask};
use winset::ask::Choices;
use winset::report::infer::{Answer, json, page};

use super::super::args::InferArgs;
use super::super::folder;
use super::super::progress::Progress;
use super::super::trouble::Trouble;
use super::super::{Answered, Outcome, load, output::Output};

pub fn infer(args: InferArgs, out: &mut Output) -> Outcome {
    if let Some(place) = &args.out {
        folder::ready(place, args.force).and_then(|()| folder::writable(place))?;
    }
    let mut scenario = load::load(&args.file)?;
    let Choices { settings, changed, .. } = args.worlds.wanted(&[]).judge(&mut scenario)?;
    let n = &scenario.negotiation;
    let progress = Progress::of(settings.runs);
    let asked = InferSettings { worlds: settings.runs, drawing: settings.drawing.clone() };
    let inferred = ask(n, &asked, |worlds| progress.done(worlds));
    let inferred = inferred.map_err(|e| Trouble::new(format!("nothing can be inferred from `{}`: {e}", args.file)))?;
    let (variants, reading) = (&settings.drawing.accounts.variants[..], settings.drawing.accounts.reading);
    let answer = Answer { n, variants, reading, seed: settings.drawing.seed, changed: &changed, inferred: &inferred };
    if args.json {
        out.print(&format!("{}\n", json(&answer)))?;
    } else {
        out.print(&page(&answer))?;
    }
    if let Some(place) = &args.out {
        let file = |name: &str, text: String| (name.to_owned(), text.into_bytes());
        let files = [file("summary.json", format!("{:#}\n", json(&answer))), file("page.txt", page(&answer))];
        folder::write(place, args.force, &files)?;
        if !args.json {
            out.print(&format!("\nwrote {place}\n"))?;
        }
    }
    Ok(Answered::Yes)
}
