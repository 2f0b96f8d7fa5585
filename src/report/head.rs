//! What stands at the top of every page: title, question, and the notices of the variants that are on.

use crate::analysis::Part;
use crate::ask::Choices;
use crate::model::Negotiation;
use crate::text::words::{list, paragraph, percent, visible};

/// What a number over all readings takes for granted, in words after it: `if each account is as likely`. Where worlds that contradict
/// an anchor are dropped, those that are kept say how much each counts.
pub fn pooled(n: &Negotiation, agreeing: bool) -> &'static str {
    if agreeing {
        return "over the worlds kept";
    }
    let mut shares = n.readings.iter().map(|reading| reading.prior).filter(|prior| *prior > 0.0);
    let first = shares.next();
    if shares.all(|share| Some(share) == first) {
        "if each account is as likely"
    } else {
        "if each account is as likely as the file has it"
    }
}

/// What a reader of any result must be told while the variants `on[variant]` are on.
pub fn notices(n: &Negotiation, on: &[bool]) -> Vec<String> {
    let on = n.variants.iter().zip(on).filter(|(_, on)| **on);
    let on = on.filter_map(|(v, _)| Some(format!("Variant `{}` is on: {}", v.id, visible(v.notice.as_ref()?))));
    let played = n.played.as_ref().map(|played| {
        format!(
            "Intents are played as the game of each account has it, and believed as the file writes them. If observers began \
             with what is played, no chance would change by more than {}.",
            percent(played.residual)
        )
    });
    on.chain(played).collect()
}

/// Title, question and notices.
pub fn head(n: &Negotiation, on: &[bool]) -> String {
    paragraph(&visible(&n.title)) + &paragraph(&visible(&n.question)) + &told(n, on)
}

/// What was asked in other ways than the file's own: each a sentence.
#[derive(Debug, Clone, Copy, Default)]
pub struct Otherwise<'a> {
    /// The one reading that is drawn.
    pub reading: Option<usize>,
    /// Numbers that are set: path and value.
    pub set: &'a [(String, String)],
    /// Parts that are left out.
    pub without: &'a [Part],
    /// Whether worlds that contradict an anchor are dropped.
    pub agreeing: bool,
}

impl<'a> Otherwise<'a> {
    /// What was chosen otherwise.
    pub fn of(choices: &'a Choices) -> Self {
        let Choices { settings, changed, without } = choices;
        Self { reading: settings.drawing.accounts.reading, set: changed, without, agreeing: settings.agreeing }
    }

    /// The sentences.
    pub fn told(&self, n: &Negotiation) -> Vec<String> {
        let reading = self.reading.map(|r| format!("Only the reading `{}` is drawn.", n.readings[r].id));
        let set = self.set.iter().map(|(path, value)| format!("`{path}` is set to {value}, not as in the file."));
        let without: Vec<String> = self.without.iter().map(|part| format!("`{}`", part.word())).collect();
        let without = (!without.is_empty()).then(|| format!("Left out, draws unchanged: {}.", list(&without)));
        let agreeing = self.agreeing.then(|| "Worlds that contradict an anchor are dropped.".to_owned());
        reading.into_iter().chain(set).chain(without).chain(agreeing).collect()
    }
}

/// The notices, each a paragraph.
pub fn told(n: &Negotiation, on: &[bool]) -> String {
    notices(n, on).iter().map(|notice| paragraph(notice)).collect()
}
