//! Dates of rounds.

use crate::model::{Negotiation, calendar::first_day};

const MONTHS: &str = "January February March April May June July August September October November December";

/// The day on which a round begins, as `27 May 2025`; `None` if the scenario gives no first day. Round 1 begins on it.
pub fn date(n: &Negotiation, round: u32) -> Option<String> {
    let (year, month, day) = first_day(n, i64::from(round.max(1)))?;
    let month = MONTHS.split(' ').nth((month - 1).rem_euclid(12) as usize)?;
    Some(format!("{day} {month} {year}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Period;

    fn on(round: Period, start: &str, of: u32) -> String {
        let n = Negotiation { start: Some(start.to_owned()), round, ..Negotiation::default() };
        date(&n, of).expect("there is a first day")
    }

    #[test]
    fn rounds_begin_a_period_apart() {
        assert_eq!(on(Period::Week, "2025-05-20", 1), "20 May 2025");
        assert_eq!(on(Period::Week, "2025-05-20", 3), "3 June 2025");
        assert_eq!(on(Period::Day, "2024-02-28", 2), "29 February 2024");
        assert_eq!(on(Period::Day, "2023-02-28", 2), "1 March 2023");
        assert_eq!(on(Period::Day, "2025-12-31", 2), "1 January 2026");
        assert_eq!(on(Period::Month, "2025-01-31", 2), "28 February 2025");
        assert_eq!(on(Period::Month, "2025-01-31", 13), "31 January 2026");
        assert_eq!(on(Period::Year, "2024-02-29", 2), "28 February 2025");
        assert_eq!(date(&Negotiation::default(), 1), None);
    }
}
