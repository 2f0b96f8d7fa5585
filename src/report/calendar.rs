//! Dates of rounds.

use crate::model::{Negotiation, Period};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The day on which a round begins, as `27 May 2025`; `None` if the scenario gives no first day. Round 1 begins on it.
#[must_use]
pub fn date(n: &Negotiation, round: u32) -> Option<String> {
    let mut parts = n.start.as_deref()?.split('-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let gone = i64::from(round.saturating_sub(1));
    let (year, month, day) = match n.round {
        Period::Day => civil(days(year, month, day) + gone),
        Period::Week => civil(days(year, month, day) + 7 * gone),
        Period::Month => in_month(year, month + gone, day),
        Period::Year => in_month(year + gone, month, day),
    };
    Some(format!("{day} {} {year}", MONTHS[(month - 1).rem_euclid(12) as usize]))
}

/// The day of a month that may be numbered beyond 12; the last day of the month, if it has no such day.
fn in_month(year: i64, month: i64, day: i64) -> (i64, i64, i64) {
    let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
    let next = if month == 12 { days(year + 1, 1, 1) } else { days(year, month + 1, 1) };
    (year, month, day.min(next - days(year, month, 1)))
}

/// Days since the first of March of the year 0, in the Gregorian calendar: years that begin in March put the leap day
/// last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day - 1
}

/// The inverse of [`days`]: year, month, day.
fn civil(days: i64) -> (i64, i64, i64) {
    let mut year = days.div_euclid(366);
    while self::days(year + 1, 3, 1) <= days {
        year += 1;
    }
    let of_year = days - self::days(year, 3, 1);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn every_day_of_four_centuries_follows_the_one_before() {
        let first = days(2000, 3, 1);
        for day in first..first + 146_097 {
            let (y, m, d) = civil(day);
            assert_eq!(days(y, m, d), day);
        }
    }
}
