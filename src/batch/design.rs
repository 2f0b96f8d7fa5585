//! The points of a design.

use crate::scenario::{DesignKind, Levels};

/// How many points a design has, before any of them is made; `None` where nothing says how many.
pub(super) fn size(kind: DesignKind, points: Option<u64>, levels: &[Levels]) -> Option<u128> {
    let counts = || levels.iter().map(|l| l.count().map(u128::from)).collect::<Option<Vec<u128>>>();
    match kind {
        DesignKind::Factorial => counts()?.into_iter().try_fold(1_u128, u128::checked_mul).or(Some(u128::MAX)),
        DesignKind::OneAtATime => {
            let ends = |l: &Levels| l.count().map_or(2, u128::from);
            Some(1 + levels.iter().map(ends).sum::<u128>())
        }
        DesignKind::LatinHypercube | DesignKind::Sobol => points.map(u128::from),
        DesignKind::Table => None,
    }
}

/// Every value of each input with every value of the others, the last input fastest.
pub(super) fn factorial(levels: &[Vec<f64>]) -> Vec<Vec<f64>> {
    levels.iter().fold(vec![Vec::new()], |points, values| {
        let longer = |point: &Vec<f64>| {
            let point = point.clone();
            values.iter().map(move |x| point.iter().copied().chain([*x]).collect()).collect::<Vec<Vec<f64>>>()
        };
        points.iter().flat_map(longer).collect()
    })
}

/// The scenario as it is, all inputs left alone, then each value of each input with the others left alone.
pub(super) fn one_at_a_time(levels: &[Levels]) -> Vec<Vec<Option<f64>>> {
    let mut points = vec![vec![None; levels.len()]];
    for (place, level) in levels.iter().enumerate() {
        let ends = level.values().unwrap_or_else(|| vec![level.range().0, level.range().1]);
        for x in ends {
            let mut point = vec![None; levels.len()];
            point[place] = Some(x);
            points.push(point);
        }
    }
    points
}

/// Points of the unit cube spread over the ranges of the inputs; an input with a list of values takes the value of the
/// equal stretch in which its coordinate lies.
pub(super) fn spread(cube: &[Vec<f64>], levels: &[Levels]) -> Vec<Vec<f64>> {
    let value = |u: f64, level: &Levels| {
        let (lo, hi) = level.range();
        let listed = level.values().map(|values| values[((u * values.len() as f64) as usize).min(values.len() - 1)]);
        listed.unwrap_or(lo + u * (hi - lo))
    };
    cube.iter().map(|point| point.iter().zip(levels).map(|(u, level)| value(*u, level)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factorial_design_has_every_combination_once_and_its_size_is_foretold() {
        let levels = [Levels::Values(vec![1.0, 2.0]), Levels::Steps(0.0, 1.0, 3)];
        let values: Vec<Vec<f64>> = levels.iter().map(|l| l.values().expect("finitely many")).collect();
        let points = factorial(&values);
        let expected = [[1.0, 0.0], [1.0, 0.5], [1.0, 1.0], [2.0, 0.0], [2.0, 0.5], [2.0, 1.0]];
        assert_eq!(points, expected);
        assert_eq!(size(DesignKind::Factorial, None, &levels), Some(6));
        let huge = vec![Levels::Steps(0.0, 1.0, 1_000_000); 8];
        assert!(size(DesignKind::Factorial, None, &huge).is_some_and(|n| n > 1_000_000_000));
    }

    #[test]
    fn one_at_a_time_begins_with_the_scenario_as_it_is_and_moves_one_input_each() {
        let levels = [Levels::Range(0.0, 1.0), Levels::Values(vec![5.0])];
        let points = one_at_a_time(&levels);
        let expected = [[None, None], [Some(0.0), None], [Some(1.0), None], [None, Some(5.0)]];
        assert_eq!(points, expected);
        assert_eq!(size(DesignKind::OneAtATime, None, &levels), Some(4));
    }

    #[test]
    fn points_are_spread_over_ranges_and_lists() {
        let levels = [Levels::Range(-1.0, 3.0), Levels::Values(vec![7.0, 8.0, 9.0])];
        let points = spread(&[vec![0.25, 0.0], vec![0.999, 0.67]], &levels);
        assert_eq!(points[0], [0.0, 7.0]);
        assert_eq!(points[1][1], 9.0);
    }
}
