//! The line along which a quantity over a grid has one value.

use super::super::prelude::*;

/// The pieces of the line in columns and rows; between the middles of cells the quantity is taken as linear, beyond the
/// outermost middles as constant. Where a cell is empty, the line breaks off.
pub fn contour(cells: &[Vec<Option<f64>>], level: f64) -> Vec<(Point, Point)> {
    let (across, up) = (places(cells.first().map_or(0, Vec::len)), places(cells.len()));
    let value = |(_, column): (f64, usize), (_, row): (f64, usize)| cells.get(row)?.get(column).copied().flatten();
    let mut pieces = Vec::new();
    for lower in up.windows(2) {
        for left in across.windows(2) {
            // The corners of a square, around it from the lower left.
            let corners = [(left[0], lower[0]), (left[1], lower[0]), (left[1], lower[1]), (left[0], lower[1])];
            let values: Vec<f64> = corners.iter().filter_map(|(x, y)| value(*x, *y)).collect();
            if let [a, b, c, d] = values[..] {
                let at = corners.map(|((x, _), (y, _))| (x, y));
                square(at, [a, b, c, d], level, &mut pieces);
            }
        }
    }
    pieces
}

/// Where values stand: the middles of cells with their numbers, and both ends.
fn places(cells: usize) -> Vec<(f64, usize)> {
    let last = cells.saturating_sub(1);
    let middles = (0..cells).map(|i| (i as f64, i));
    std::iter::once((-0.5, 0)).chain(middles).chain([(last as f64 + 0.5, last)]).collect()
}

/// The pieces within one square: one where two sides are crossed, two where all four are.
fn square(at: [Point; 4], values: [f64; 4], level: f64, pieces: &mut Vec<(Point, Point)>) {
    let above = values.map(|v| v >= level);
    let crossing = |i: usize| {
        let j = (i + 1) % 4;
        let t = (level - values[i]) / (values[j] - values[i]);
        (above[i] != above[j]).then(|| (at[i].0 + (at[j].0 - at[i].0) * t, at[i].1 + (at[j].1 - at[i].1) * t))
    };
    let crossings: Vec<Point> = (0..4).filter_map(crossing).collect();
    match crossings[..] {
        [a, b] => pieces.push((a, b)),
        [a, b, c, d] => {
            // A saddle: the middle says which corners hang together.
            let joined = (values.iter().sum::<f64>() / 4.0 >= level) == above[0];
            pieces.extend(if joined { [(a, b), (c, d)] } else { [(a, d), (b, c)] });
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_plane_is_where_the_plane_has_the_level() {
        // f = column + row: the line of 2 is column + row = 2, between the middles of the cells.
        let cells: Vec<Vec<Option<f64>>> =
            (0..4).map(|r| (0..4).map(|c| Some(f64::from(r) + f64::from(c))).collect()).collect();
        let inner = |p: &Point| p.0 >= 0.0 && p.1 >= 0.0;
        let pieces = contour(&cells, 2.0);
        assert!(!pieces.is_empty());
        // 1e-12 is a few roundings.
        assert!(pieces.iter().flat_map(|(a, b)| [a, b]).filter(|p| inner(p)).all(|p| (p.0 + p.1 - 2.0).abs() < 1e-12));
    }

    #[test]
    fn no_line_runs_through_a_cell_that_is_empty_or_where_all_is_on_one_side() {
        assert!(contour(&[vec![Some(0.1), Some(0.2)], vec![Some(0.1), Some(0.3)]], 0.5).is_empty());
        assert!(contour(&[vec![Some(0.1), None], vec![None, Some(0.9)]], 0.5).is_empty());
        assert!(contour(&[], 0.5).is_empty());
    }

    #[test]
    fn a_saddle_has_two_pieces_that_do_not_cross() {
        let cells = [vec![Some(1.0), Some(0.0)], vec![Some(0.0), Some(1.0)]];
        let inside: Vec<_> = contour(&cells, 0.4)
            .into_iter()
            .filter(|(a, b)| [a, b].iter().all(|p| (0.0..=1.0).contains(&p.0) && (0.0..=1.0).contains(&p.1)))
            .collect();
        // The middle (0.5) is above, so the two corners of 1 hang together and each piece cuts off a corner of 0.
        assert_eq!(inside.len(), 2);
        assert!(inside.iter().all(|(a, b)| ((a.0 - a.1) * (b.0 - b.1)) > 0.0), "{inside:?}");
    }
}
