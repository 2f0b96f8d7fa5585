//! Manual pages, from the same texts as `--help`.

use clap::CommandFactory;
use clap_mangen::Man;

use super::Cli;

/// A manual page.
pub struct Page {
    /// The verb; empty for that of the program.
    pub verb: String,
    /// The name of its file: `winset.1`, `winset-run.1`.
    pub file: String,
    /// The page, in the language of `man`.
    pub text: String,
}

/// The page of the program, then those of its verbs.
pub fn pages() -> Vec<Page> {
    let program = Cli::command().disable_help_subcommand(true);
    let verbs: Vec<_> = program.get_subcommands().cloned().collect();
    let page = |command: clap::Command, verb: String| {
        let name = if verb.is_empty() { "winset".to_owned() } else { format!("winset-{verb}") };
        let command = command.bin_name(name.replace('-', " ")).display_name(&name).version(env!("CARGO_PKG_VERSION"));
        let mut bytes = Vec::new();
        // No date: the same version has the same page.
        Man::new(command).date("").manual("winset").render(&mut bytes).expect("writing to memory cannot fail");
        Page { verb, file: format!("{name}.1"), text: String::from_utf8(bytes).expect("pages are made of text") }
    };
    let own = page(program, String::new());
    let each = verbs.into_iter().map(|command| {
        let verb = command.get_name().to_owned();
        page(command, verb)
    });
    std::iter::once(own).chain(each).collect()
}
