//! Boxes in words.

use itertools::Itertools as _;

use crate::analysis::discovery::{Column, Hyperbox, Inside, Limit, LimitSide, Restriction, Values};
use crate::text::words::{list, visible};

/// A limit as it is: limits have the fewest digits that tell apart what they part.
pub fn value(x: f64) -> String {
    let size = x.abs();
    let text = if x != 0.0 && !(1e-5..1e15).contains(&size) { format!("{x:e}") } else { format!("{x}") };
    text.replacen('-', "−", 1)
}

/// A box: "`a` is at most 0.3 and `reading` is `hope`", "anywhere" if nothing is restricted.
pub fn hyperbox(columns: &[Column], of: &Hyperbox) -> String {
    let all = of.restrictions.iter().map(|r| restriction(&columns[r.column], r)).collect_vec();
    if all.is_empty() { "anywhere".into() } else { list(&all) }
}

/// One restriction.
pub fn restriction(column: &Column, of: &Restriction) -> String {
    let name = format!("`{}`", visible(&column.name));
    let told = match (&of.inside, &column.values) {
        (Inside::Numbers { above, most }, _) => between(*above, *most),
        (Inside::Levels(kept), Values::Words { levels, .. }) => among(kept, levels),
        (Inside::Levels(_), Values::Numbers(_)) => "is given".into(),
    };
    let empty = if of.empty && column.values.has_empty() { " or empty" } else { "" };
    format!("{name} {told}{empty}")
}

fn between(above: Option<f64>, most: Option<f64>) -> String {
    match (above.filter(|a| *a > f64::NEG_INFINITY), most) {
        (Some(above), Some(most)) => format!("is above {} and at most {}", value(above), value(most)),
        (Some(above), None) => format!("is above {}", value(above)),
        (None, Some(most)) => format!("is at most {}", value(most)),
        (None, None) => "is given".into(),
    }
}

fn among(kept: &[u32], levels: &[String]) -> String {
    let (kept, dropped): (Vec<_>, Vec<_>) = levels.iter().zip(0..).partition(|(_, place)| kept.contains(place));
    let any = |levels: &[(&String, u32)]| match &levels.iter().map(|(word, _)| level(word)).collect_vec()[..] {
        [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        items => items.concat(),
    };
    if kept.len() <= dropped.len() || dropped.is_empty() {
        format!("is {}", any(&kept))
    } else {
        format!("is not {}", any(&dropped))
    }
}

/// A level; an empty cell has a name too.
pub fn level(word: &str) -> String {
    if word.is_empty() { "(empty)".into() } else { format!("`{}`", visible(word)) }
}

/// One side of a restriction, as words of the box that has it.
pub fn limit(columns: &[Column], of: &Hyperbox, limit: &Limit) -> String {
    let Some(whole) = of.restrictions.iter().find(|r| r.column == limit.column) else { return String::new() };
    let inside = match (&whole.inside, limit.side) {
        (Inside::Numbers { above, .. }, LimitSide::Low) => Inside::Numbers { above: *above, most: None },
        (Inside::Numbers { most, .. }, LimitSide::High) => Inside::Numbers { above: None, most: *most },
        (inside, _) => inside.clone(),
    };
    restriction(&columns[limit.column], &Restriction { inside, ..whole.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_read_as_one_would_say_them() {
        let columns = [
            Column { name: "tilt".into(), values: Values::Numbers(vec![0.0]) },
            Column { name: "reading".into(), values: Values::words(&["a", "b", "c", ""]) },
        ];
        let numbers = |above, most| Inside::Numbers { above, most };
        let said = |column, inside| restriction(&columns[column], &Restriction { column, inside, empty: false });
        assert_eq!(said(0, numbers(None, Some(-0.3))), "`tilt` is at most −0.3");
        assert_eq!(said(0, numbers(Some(1e-7), Some(2.0))), "`tilt` is above 1e−7 and at most 2");
        assert_eq!(said(0, numbers(Some(f64::NEG_INFINITY), None)), "`tilt` is given");
        assert_eq!(said(1, Inside::Levels(vec![2])), "`reading` is `b`");
        assert_eq!(said(1, Inside::Levels(vec![0, 1])), "`reading` is (empty) or `a`");
        assert_eq!(said(1, Inside::Levels(vec![0, 1, 3])), "`reading` is not `b`");
        assert_eq!(hyperbox(&columns, &Hyperbox::default()), "anywhere");
    }
}
