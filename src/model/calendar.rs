//! Days and rounds in the Gregorian calendar.

use super::{Negotiation, Period};

/// A day: year, month from 1, day of the month from 1.
pub type Day = (i64, i64, i64);

/// A day written as `2025-05-20`.
pub fn day(text: &str) -> Option<Day> {
    let mut parts = text.split('-').map(str::parse::<i64>);
    Some((parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?))
}

/// Whether a text is a day of the calendar, written `2025-05-20`.
pub fn is_day(text: &str) -> bool {
    let figures = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, of_month] = parts[..] else { return false };
    let shaped = figures(year, 4) && figures(month, 2) && figures(of_month, 2);
    shaped
        && day(text)
            .is_some_and(|(year, month, of_month)| civil(days(year, month, of_month)) == (year, month, of_month))
}

/// The day on which a round begins; round 1 begins with the talks, round 0 and those below it lie before them. `None` if
/// the scenario gives no first day.
pub fn first_day(n: &Negotiation, round: i64) -> Option<Day> {
    begins(n, n.round, round)
}

/// The day on which a round begins, as `2025-05-27`; `None` if the scenario gives no first day. Rounds below 1 count as 1.
pub fn iso(n: &Negotiation, round: u32) -> Option<String> {
    let (year, month, day) = first_day(n, i64::from(round.max(1)))?;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// The day on which a period begins, of those that are counted from the first day of the talks, from 1.
fn begins(n: &Negotiation, period: Period, count: i64) -> Option<Day> {
    let (year, month, of_month) = day(n.start.as_deref()?)?;
    let gone = count - 1;
    let later = |span: i64| civil(days(year, month, of_month) + span);
    Some(match period {
        Period::Day => later(gone),
        Period::HalfWeek => later((7 * gone).div_euclid(2)),
        Period::Week => later(7 * gone),
        Period::Month => in_month(year, month + gone, of_month),
        Period::Year => in_month(year + gone, month, of_month),
    })
}

/// The unit of time in which a day lies. `None` if the scenario gives no first day.
pub fn unit_of(n: &Negotiation, at: Day) -> Option<i64> {
    unit_in(n, n.per, at)
}

/// The stretch of one length, counted from 1, in which a day lies.
fn unit_in(n: &Negotiation, length: Period, (year, month, of_month): Day) -> Option<i64> {
    let (first, _, _) = day(n.start.as_deref()?)?;
    let at = days(year, month, of_month);
    let begins = |unit: i64| begins(n, length, unit).map(|(y, m, d)| days(y, m, d));
    let in_a_year = match length {
        Period::Day => return Some(at - begins(1)? + 1),
        // The last day of a half that ends within a day lies in the next.
        Period::HalfWeek => return Some((2 * (at - begins(1)?) + 1).div_euclid(7) + 1),
        Period::Week => return Some((at - begins(1)?).div_euclid(7) + 1),
        Period::Month => 12,
        Period::Year => 1,
    };
    // Within two of a count by years; the last that has begun by then.
    let near = (year - first) * in_a_year + if in_a_year == 12 { month } else { 0 };
    (near - 13..=near + 13).rev().find(|unit| begins(*unit).is_some_and(|day| day <= at))
}

/// The time at which a day is over, in units from the first day of the talks, by the rounds that are then over: months are
/// those of the calendar where a round is one, and of mean length where a round is shorter. `None` if the scenario gives no
/// first day.
pub fn time_after(n: &Negotiation, at: Day) -> Option<f64> {
    let count = |(y, m, d): Day| days(y, m, d);
    let from = |unit| begins(n, n.round, unit).map(count);
    let over = (count(at) + 1) as f64;
    if matches!(n.round, Period::Day | Period::HalfWeek | Period::Week) {
        return Some((over - from(1)? as f64) / n.per.days());
    }
    let unit = unit_in(n, n.round, at)?;
    let (begin, end) = (from(unit)? as f64, from(unit + 1)? as f64);
    Some(((unit - 1) as f64 + (over - begin) / (end - begin)) * n.pace().step())
}

/// The day of a month that may be numbered beyond 12; the last day of the month, if it has no such day.
fn in_month(year: i64, month: i64, day: i64) -> Day {
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
fn civil(days: i64) -> Day {
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

    #[test]
    fn every_day_of_four_centuries_follows_the_one_before() {
        let first = days(2000, 3, 1);
        for day in first..first + 146_097 {
            let (y, m, d) = civil(day);
            assert_eq!(days(y, m, d), day);
        }
    }

    #[test]
    fn a_text_is_a_day_if_the_calendar_has_it() {
        assert!(["2025-05-20", "2024-02-29", "1978-12-31"].into_iter().all(is_day));
        let others =
            ["2025-02-30", "2025-02-29", "2025-5-20", "20-05-2025", "2025-05-20T10", "+025-05-20", "", "2025-05"];
        assert!(!others.into_iter().any(is_day));
    }

    #[test]
    fn a_day_lies_in_the_unit_that_has_begun() {
        for (_, round) in Period::WORDS {
            let n = Negotiation { start: Some("2025-05-31".to_owned()), round, per: round, ..Negotiation::default() };
            for of in -40..40 {
                let (y, m, d) = first_day(&n, of).expect("there is a first day");
                assert_eq!(unit_of(&n, (y, m, d)), Some(of), "{round:?} {y}-{m}-{d}");
                let before = civil(days(y, m, d) - 1);
                assert_eq!(unit_of(&n, before), Some(of - 1), "{round:?}, the day before {y}-{m}-{d}");
                let over = time_after(&n, before).expect("there is a first day");
                assert!(round == Period::HalfWeek || over == (of - 1) as f64, "{round:?} {over}");
            }
        }
    }
}
