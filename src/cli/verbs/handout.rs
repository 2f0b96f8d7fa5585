//! `winset handout`: sheets for a class.

use serde_json::json;
use winset::ask::Answer;
use winset::report::frame::Frame;
use winset::report::handout::Handout;

use super::super::args::HandoutArgs;
use super::super::folder;
use super::super::load::{self, none_kept};
use super::super::tail::file;
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, output::Output};

pub fn handout(args: HandoutArgs, out: &mut Output) -> Outcome {
    folder::ready(&args.out, args.force).and_then(|()| folder::writable(&args.out))?;
    let (scenario, choices) = load::judged(&args.file, &args.answer.wanted())?;
    let n = &scenario.negotiation;
    let cannot = |why: String| Trouble::new(format!("no sheets can be made of `{}`: {why}", shown(&args.file)));
    let space = choices.settings.drawing.compile(n).map_err(|e| cannot(e.to_string()))?;
    let answer = Answer::of(&space, &scenario, &choices, false, None, &|_| true).map_err(|e| cannot(e.to_string()))?;
    let answer = answer.ok_or_else(|| none_kept(choices.settings.runs, &args.file))?;
    let sheets = Handout { answer: &answer, space: &space }.sheets();
    let names: Vec<String> = sheets.iter().map(|(name, _)| name.clone()).collect();
    let files: Vec<folder::File> = sheets.into_iter().map(|(name, text)| file(&name, text)).collect();
    folder::write(&args.out, args.force, &files)?;
    if args.json {
        let frame = Frame::of("handout", &scenario.name, n, &choices);
        let document = frame.around(json!({ "title": n.title, "folder": args.out, "files": names }));
        out.print(&format!("{document}\n"))?;
        return Ok(Answered::Yes);
    }
    let list: String = names.iter().map(|name| format!("  {name}\n")).collect();
    let place = winset::report::run::shell(&args.out);
    let next = format!("print the roles and the form; the codes go into {place}/codes.csv; then: winset class {place}");
    out.print(&format!("wrote {}:\n{list}next: {next}\n", shown(&args.out)))?;
    Ok(Answered::Yes)
}
