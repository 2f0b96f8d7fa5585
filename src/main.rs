//! The command line of winset.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
