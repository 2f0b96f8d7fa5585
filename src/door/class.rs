//! The code of a pair, and the codes of a class.

use serde_json::{Value, json};

use super::held::Held;
use super::say::{Asked, wrong};
use crate::ask::{self, Answer, Wrong, none_kept, whole};
use crate::report::class::{self, Debriefed};
use crate::report::frame::Frame;
use crate::scenario::Finding;
use crate::session::{Code, Fingerprint, Listed, Misread, bets, debrief::debrief};
use crate::text::words::shown;

/// The code of what a pair agreed; no deal where no package is named.
pub fn code(held: &Held, mut asked: Asked) -> Result<Value, Wrong> {
    let (package, bet) = (asked.text("package"), asked.text("bets"));
    let round =
        asked.word("round").map(|text| whole("round", &text, 1, u64::from(u32::MAX)).map_err(wrong)).transpose();
    let round = asked.judged(round);
    let nonce = asked.word("nonce").map_or(Ok(0), |text| whole("nonce", &text, 0, 1_023).map_err(wrong));
    let nonce = asked.judged(nonce);
    let (round, nonce) = asked.done(round.zip(nonce))?;
    let n = held.n()?;
    let package = package.map(|terms| ask::package(n, &terms)).transpose()?;
    let code = Code {
        outcome: package.map(|package| u64::try_from(n.space.number(&package)).unwrap_or(u64::MAX - 1)),
        scenario: Fingerprint::of(n).short(),
        seat: 0,
        ending: None,
        round: round.map(|round| round.min(63) as u8),
        bets: bet.as_deref().map_or(Ok([None; 3]), bets).map_err(wrong)?,
        nonce: nonce as u16,
    };
    let text = code.text().map_err(|e| wrong(Finding::error(e.to_string())))?;
    Ok(json!({ "code": text }))
}

/// What the pairs of a class agreed, beside the answer of the runs that are wanted.
pub fn class(held: &Held, mut asked: Asked) -> Result<Value, Wrong> {
    let codes = asked.text("codes");
    let codes = asked.needed(codes);
    let theme = asked.text("theme");
    let codes = asked.done(codes)?;
    let (n, scenario, choices, space) = (held.n()?, held.scenario()?, held.choices(), held.space()?);
    let listed = Listed::read(&codes);
    let (read, misread) = listed.belonging(n);
    let broken: Vec<(String, Misread)> = misread.into_iter().map(|it| (format!("line {}", it.line), it)).collect();
    let told: Vec<String> =
        broken.iter().map(|(place, it)| format!("{place} {}: {}", shown(&it.text), it.why)).collect();
    if read.is_empty() {
        return Ok(json!({ "pairs": 0, "broken": told }));
    }
    let cannot = |why: String| wrong(Finding::error(format!("`{}` cannot be debriefed: {why}", shown(&scenario.name))));
    let found = debrief(space, &read).map_err(|e| cannot(e.to_string()))?;
    let answer = Answer::of(space, scenario, choices, false, None, &|_| true).map_err(|e| cannot(e.to_string()))?;
    let answer = answer.ok_or_else(|| wrong(none_kept(choices.settings.runs)))?;
    let debriefed = Debriefed { answer: &answer, debrief: &found, misread: &broken, more: listed.more };
    let frame = Frame::of("class", &scenario.name, n, choices).asking("fingerprint", Fingerprint::of(n).to_string());
    Ok(json!({
        "pairs": read.len(),
        "broken": told,
        "document": frame.around(class::summary(&debriefed)),
        "page": class::page(&debriefed),
        "picture": super::look::of_class(held, &answer, &found, theme.as_deref())?,
    }))
}
