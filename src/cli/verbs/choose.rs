//! `winset game SCENARIO`: who chooses what, on the payoffs of the talks.

use winset::ask::{GameWanted, Hears};
use winset::figure::Theme;
use winset::report::choice::{Chosen, document, page, sheet};
use winset::report::pictures::choice as drawn;
use winset::scenario::Scenario;

use super::super::args::GameArgs;
use super::super::output::Output;
use super::super::progress::Progress;
use super::super::tail::file;
use super::super::trouble::{Trouble, shown};
use super::super::{Outcome, pictures};

pub fn choose(args: &GameArgs, mut scenario: Scenario, theme: Theme, out: &mut Output) -> Outcome {
    if scenario.negotiation.is_reckoned() {
        return super::game::reckoned(&scenario, args, out);
    }
    if args.to.is_some() {
        let hint = "leave out --to; `--out DIR` writes all cells";
        return Err(Trouble::new("what a scenario pays has errors, which a payoff table cannot hold").hint(hint));
    }
    let wanted = wanted(args);
    let asked = wanted.judge(&mut scenario)?;
    let n = &scenario.negotiation;
    let (counted, told) = (Progress::of(asked.size(n)), Progress::of_steps());
    let played = asked.played(n, Hears { runs: &|runs| counted.done(runs), step: &|step| told.step(step) });
    drop((counted, told));
    let cannot = |e| Trouble::new(format!("the game of `{}` cannot be played: {e}", shown(&scenario.name)));
    let played = played.map_err(cannot)?;
    let chosen = Chosen::of(n, &asked, &played);
    args.tail.tell(out, &page(&chosen), &document(&chosen, &scenario.name, &wanted), || {
        let mut files = vec![file("cells.csv", sheet(&chosen))];
        pictures::add(&mut files, &drawn(&chosen, theme), asked.asked.drawing.threads);
        files
    })
}

fn wanted(args: &GameArgs) -> GameWanted {
    GameWanted {
        from: args.from.wanted("1", &[]),
        runs: args.runs.clone(),
        about: args.about.clone(),
        break_even: args.break_even.clone(),
        map: args.map.clone(),
        explore: args.explore,
        held_runs: args.held_runs.clone(),
        resamples: args.resamples.clone(),
    }
}
