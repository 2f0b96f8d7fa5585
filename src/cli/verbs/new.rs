//! `winset new`: a commented scenario to start from.

use std::io::{ErrorKind, Write};

use super::super::args::NewArgs;
use super::super::trouble::{Trouble, shown};
use super::super::{Answered, Outcome, output::Output};

const STARTER: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/starter.toml"));

pub fn new(args: &NewArgs, out: &mut Output) -> Outcome {
    let stem = args.name.strip_suffix(".toml").unwrap_or(&args.name);
    if stem.is_empty() || stem.ends_with(['/', '.']) {
        return Err(Trouble::new(format!("`{}` is no name for a scenario", shown(&args.name)))
            .hint("give a word, as in `winset new strike`"));
    }
    let file = format!("{stem}.toml");
    let mut created = std::fs::File::create_new(&file).map_err(|e| refused(&file, &e))?;
    created.write_all(STARTER.as_bytes()).map_err(|e| refused(&file, &e))?;
    let shell = winset::report::run::shell(&file);
    out.print(&format!("wrote {}\nnext: winset check {shell}\n      winset run {shell}\n", shown(&file)))?;
    Ok(Answered::Yes)
}

fn refused(file: &str, error: &std::io::Error) -> Trouble {
    let file = shown(file);
    match error.kind() {
        ErrorKind::AlreadyExists => {
            Trouble::new(format!("the file `{file}` exists")).hint("give another name; nothing is overwritten")
        }
        ErrorKind::NotFound => {
            Trouble::new(format!("the folder of `{file}` does not exist")).hint("make the folder first")
        }
        _ => Trouble::new(format!("`{file}` could not be written: {error}")),
    }
}
