//! A number by account: from the account under which it is least to the one under which it is most.

use super::super::head;
use super::Answer;
use crate::analysis::Share;
use crate::text::words::{percent, percent_of};

/// The least and the greatest of some shares, one an account; `None` where fewer than two accounts are drawn.
pub fn range(a: &Answer, by_reading: &[Share]) -> Option<[Share; 2]> {
    let alone = a.choices.settings.drawing.accounts.reading.is_some();
    let drawn = || by_reading.iter().copied().filter(|share| share.of > 0 && !alone);
    let least = drawn().min_by(|x, y| x.share.total_cmp(&y.share))?;
    let most = drawn().max_by(|x, y| x.share.total_cmp(&y.share))?;
    (drawn().count() > 1).then_some([least, most])
}

/// One exists, by account.
pub fn exists(a: &Answer) -> Option<[Share; 2]> {
    range(a, &a.survey.exists_by_reading)
}

/// The same package would do, by account.
pub fn same_package(a: &Answer) -> Option<[Share; 2]> {
    range(a, &a.survey.same_package.as_ref()?.by_reading)
}

/// It is reached, by account.
pub fn reached(a: &Answer) -> Option<[Share; 2]> {
    let r = a.reached.as_ref()?;
    range(a, &(0..r.by_reading.len()).map(|at| r.gap_in(at).reached).collect::<Vec<_>>())
}

/// It is reached where one exists, by account.
pub fn reached_where_one_exists(a: &Answer) -> Option<[Share; 2]> {
    let r = a.reached.as_ref()?;
    range(a, &(0..r.by_reading.len()).map(|at| r.gap_in(at).reached_where_one_exists).collect::<Vec<_>>())
}

/// What a number over all accounts takes for granted.
pub fn pooled(a: &Answer) -> &'static str {
    head::pooled(a.n(), a.choices.settings.agreeing)
}

/// `4.2 to 21.8 %`; of ends that read alike one.
pub fn words([low, high]: [Share; 2]) -> String {
    let (from, to) = (percent_of(low.share), percent(high.share));
    if from == percent_of(high.share) { to } else { format!("{from} to {to}") }
}
