//! Direct labels beside the points they name, spread so that none covers another.

use super::marks::Point;

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
    pub fn around((x, y): Point, radius: f64) -> Self {
        Self { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }

    /// How many square pixels two areas share.
    pub fn shared(&self, other: &Self) -> f64 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width.max(0.0) * height.max(0.0)
    }

    fn beyond(&self, frame: &Self) -> f64 {
        let area = (self.right - self.left) * (self.bottom - self.top);
        area - self.shared(frame)
    }

    /// The area with a rim of this width around it.
    pub fn wider(&self, rim: f64) -> Self {
        Self { left: self.left - rim, top: self.top - rim, right: self.right + rim, bottom: self.bottom + rim }
    }

    /// Whether a point lies in the area or on its edge.
    pub fn holds(&self, (x, y): Point) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }

    /// Whether a straight line touches the area.
    pub fn meets(&self, (from, to): Segment) -> bool {
        let corners =
            [(self.left, self.top), (self.right, self.bottom), (self.left, self.bottom), (self.right, self.top)];
        let diagonals = [(corners[0], corners[1]), (corners[2], corners[3])];
        self.holds(from) || self.holds(to) || diagonals.into_iter().any(|diagonal| cross((from, to), diagonal))
    }

    /// The point of the area that is nearest to another point.
    pub fn nearest(&self, (x, y): Point) -> Point {
        (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
    }
}

/// A straight line by its ends; or a label, by the point that it names and its width and height.
pub type Segment = (Point, Point);

/// Places for labels of these sizes at these points, within `frame`.
///
/// Each label takes the best of the places around its point on ten rings: one that covers no other label and no
/// `obstacle`, whose leader crosses neither, then one that covers little `ink`, then a near one. After a first round,
/// in which each sees only those before it, each may move again in the sight of all others, as long as any does.
pub fn placed(labels: &[Segment], obstacles: &[Area], ink: &dyn Fn(&Area) -> f64, frame: &Area) -> Vec<Area> {
    /// Rounds after the first; most pictures come to rest in three.
    const ROUNDS: usize = 6;
    let mut places: Vec<Option<Area>> = vec![None; labels.len()];
    for _ in 0..=ROUNDS {
        let before = places.clone();
        for label in 0..labels.len() {
            let others = places.iter().enumerate().filter(|(i, _)| *i != label);
            let others: Vec<(Point, Area)> = others.filter_map(|(i, place)| Some((labels[i].0, (*place)?))).collect();
            let sight = Sight {
                taken: obstacles.iter().copied().chain(others.iter().map(|(_, place)| *place)).collect(),
                leaders: others.iter().map(|(point, place)| (*point, place.nearest(*point))).collect(),
                ink,
                frame,
            };
            places[label] = Some(sight.best(labels[label]));
        }
        if places == before {
            break;
        }
    }
    places.into_iter().flatten().collect()
}

/// What one label sees while the others stay where they are.
struct Sight<'a> {
    /// Obstacles and the other labels.
    taken: Vec<Area>,
    leaders: Vec<Segment>,
    ink: &'a dyn Fn(&Area) -> f64,
    frame: &'a Area,
}

impl Sight<'_> {
    /// The best place for a label.
    fn best(&self, (point, size): Segment) -> Area {
        candidates(point, size)
            .map(|(place, distance)| (self.cost(point, &place) + distance, place))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map_or(Area::around(point, 1.0), |(_, place)| place)
    }

    /// What a place costs beyond its distance.
    fn cost(&self, point: Point, place: &Area) -> f64 {
        let leader = (point, place.nearest(point));
        let covered: f64 = self.taken.iter().map(|other| place.shared(other)).sum();
        // The first half pixel of the leader lies on the mark of the point itself.
        let crossed = self.taken.iter().filter(|other| !other.holds(point) && other.meets(leader)).count()
            + self.leaders.iter().filter(|other| cross(leader, **other) || place.meets(**other)).count();
        let beyond = 100.0 * place.beyond(self.frame);
        beyond + 10.0 * covered + 120.0 * crossed as f64 + 130.0 * (self.ink)(place)
    }
}

/// Whether two straight lines meet between their ends.
fn cross((a, b): Segment, (c, d): Segment) -> bool {
    let turn = |p: Point, q: Point, r: Point| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    turn(a, b, c) * turn(a, b, d) < 0.0 && turn(c, d, a) * turn(c, d, b) < 0.0
}

/// The places around a point: twelve directions on ten rings, with their distance.
fn candidates((x, y): Point, (width, height): (f64, f64)) -> impl Iterator<Item = (Area, f64)> {
    /// Unit vectors every thirty degrees, to three places, by their parts along x and along y.
    const ALONG: [f64; 12] = [1.0, 0.866, 0.866, 0.5, 0.5, -1.0, -0.866, -0.866, -0.5, -0.5, 0.0, 0.0];
    const DOWN: [f64; 12] = [0.0, -0.5, 0.5, -0.866, 0.866, 0.0, -0.5, 0.5, -0.866, 0.866, -1.0, 1.0];
    const RINGS: [f64; 10] = [10.0, 18.0, 32.0, 52.0, 76.0, 104.0, 134.0, 166.0, 200.0, 240.0];
    RINGS.into_iter().flat_map(move |ring| {
        ALONG.into_iter().zip(DOWN).map(move |(dx, dy)| {
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
    fn lines_cross_only_between_their_ends() {
        let flat = ((0.0, 0.0), (10.0, 0.0));
        assert!(cross(flat, ((5.0, -1.0), (5.0, 1.0))));
        assert!(!cross(flat, ((15.0, -1.0), (15.0, 1.0))));
        let area = Area::around((5.0, 5.0), 2.0);
        assert!(area.meets(((0.0, 0.0), (10.0, 10.0))) && !area.meets(flat));
    }

    #[test]
    fn a_label_at_the_edge_stays_inside() {
        let [place] = placed(&[((598.0, 2.0), (150.0, 13.0))], &[], &|_| 0.0, &FRAME)[..] else { panic!() };
        assert!(place.beyond(&FRAME) <= 0.0);
    }
}
