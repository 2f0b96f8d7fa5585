//! Direct labels beside the points they name, spread so that none covers another.

use super::canvas::Point;

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Area {
    /// The square of half-width `radius` around a point.
    #[must_use]
    pub fn around((x, y): Point, radius: f64) -> Self {
        Self { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }

    /// How many square pixels two areas share.
    #[must_use]
    pub fn shared(&self, other: &Self) -> f64 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width.max(0.0) * height.max(0.0)
    }

    fn beyond(&self, frame: &Self) -> f64 {
        let area = (self.right - self.left) * (self.bottom - self.top);
        area - self.shared(frame)
    }

    /// The point of the area that is nearest to another point.
    #[must_use]
    pub fn nearest(&self, (x, y): Point) -> Point {
        (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
    }
}

/// Places for labels of these sizes at these points, within `frame`, one after the other.
///
/// Each label takes the best of the places around its point on four rings: one that covers no earlier label and no
/// `obstacle`, then one that covers little `ink`, then a near one.
#[must_use]
pub fn placed(
    labels: &[(Point, (f64, f64))],
    obstacles: &[Area],
    ink: &dyn Fn(&Area) -> f64,
    frame: &Area,
) -> Vec<Area> {
    let mut taken: Vec<Area> = obstacles.to_vec();
    let mut places = Vec::with_capacity(labels.len());
    for (point, size) in labels {
        let best = candidates(*point, *size)
            .map(|(place, distance)| (cost(&place, distance, &taken, ink, frame), place))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map_or(Area::around(*point, 1.0), |(_, place)| place);
        taken.push(best);
        places.push(best);
    }
    places
}

fn cost(place: &Area, distance: f64, taken: &[Area], ink: &dyn Fn(&Area) -> f64, frame: &Area) -> f64 {
    let covered: f64 = taken.iter().map(|other| place.shared(other)).sum();
    100.0 * place.beyond(frame) + 10.0 * covered + 60.0 * ink(place) + distance
}

/// The places around a point: twelve directions on six rings, with their distance.
fn candidates((x, y): Point, (width, height): (f64, f64)) -> impl Iterator<Item = (Area, f64)> {
    /// Unit vectors every thirty degrees, to three places.
    const DIRECTIONS: [Point; 12] = [
        (1.0, 0.0),
        (0.866, -0.5),
        (0.866, 0.5),
        (0.5, -0.866),
        (0.5, 0.866),
        (-1.0, 0.0),
        (-0.866, -0.5),
        (-0.866, 0.5),
        (-0.5, -0.866),
        (-0.5, 0.866),
        (0.0, -1.0),
        (0.0, 1.0),
    ];
    const RINGS: [f64; 6] = [10.0, 18.0, 32.0, 52.0, 80.0, 115.0];
    RINGS.into_iter().flat_map(move |ring| {
        DIRECTIONS.into_iter().map(move |(dx, dy)| {
            let left = x + dx * ring - width * (1.0 - dx) / 2.0;
            let top = y + dy * ring - height * (1.0 - dy) / 2.0;
            (Area { left, top, right: left + width, bottom: top + height }, ring)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Area = Area { left: 0.0, top: 0.0, right: 600.0, bottom: 400.0 };

    #[test]
    fn labels_of_crowded_points_do_not_cover_each_other() {
        let labels: Vec<_> = (0..8).map(|i| ((300.0 + f64::from(i), 200.0), (120.0, 26.0))).collect();
        let places = placed(&labels, &[], &|_| 0.0, &FRAME);
        for (i, a) in places.iter().enumerate() {
            assert!(a.beyond(&FRAME) <= 0.0);
            assert!(places[..i].iter().all(|b| a.shared(b) <= 0.0), "{places:?}");
        }
    }

    #[test]
    fn a_label_at_the_edge_stays_inside() {
        let [place] = placed(&[((598.0, 2.0), (150.0, 13.0))], &[], &|_| 0.0, &FRAME)[..] else { panic!() };
        assert!(place.beyond(&FRAME) <= 0.0);
    }
}
