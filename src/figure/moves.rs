//! A conflict as a graph that can be read: its states as boxes in rows, the moves between them as lines with heads, each in the
//! colour and with the letter of who can make it.

mod layout;

use std::collections::BTreeMap;

use super::prelude::*;
use layout::{Layout, Line};

/// States that are drawn at most: with more, lines are a thicket.
pub const MOST: usize = 30;

/// What the picture "moves" shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Moves {
    /// The words around it.
    pub caption: Caption,
    /// Who moves, by name; four have a colour of their own.
    pub movers: Vec<String>,
    /// The states, at most [`MOST`].
    pub states: Vec<MoveState>,
    /// What each mover can do alone.
    pub moves: Vec<MoveArrow>,
    /// What is done only together: from which state to which.
    pub together: Vec<(usize, usize)>,
    /// Where it begins, as a place among the states.
    pub start: usize,
}

/// A state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MoveState {
    /// What it is called.
    pub name: String,
    /// Who would leave it, as places among the movers, rising; empty where it is stable.
    pub leaves: Vec<usize>,
}

/// A move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct MoveArrow {
    /// Who makes it, as a place among the movers.
    pub mover: usize,
    /// From which state.
    pub from: usize,
    /// To which other state.
    pub to: usize,
    /// Whether it is better for who makes it.
    pub better: bool,
}

const WIDTH: f64 = 800.0;

/// Radius of the disc with a letter.
const DISC: f64 = 7.0;

/// Draws the graph.
pub fn draw(data: &Moves, look: impl Into<Look>) -> Picture {
    let mut sheet = Sheet::new("moves", WIDTH, &data.caption, look);
    let letters = letters(&data.movers);
    let legend = legend(data, &letters, sheet.theme);
    sheet.legend(&legend);
    if data.moves.iter().any(|m| !m.better) {
        let heads = "A full head: the move is better for who makes it. An empty head: it is not.";
        sheet.paragraph(heads, 3, sheet.small());
    }
    sheet.top += 22.0;
    let lines = lines(data);
    let layout = Layout::of(data, &lines, (MARGIN, sheet.right()), sheet.top);
    let brush = Brush { data, letters: &letters, theme: sheet.theme };
    for (line, way) in lines.iter().zip(&layout.ways) {
        brush.line(line, way, &mut sheet.canvas);
    }
    (0..data.states.len()).for_each(|state| brush.state(state, &layout, &mut sheet));
    for (line, way) in lines.iter().zip(&layout.ways) {
        brush.letter(line, way, &mut sheet.canvas);
    }
    sheet.top = layout.bottom;
    sheet.finish(data)
}

/// Both directions of what one mover can do between two states are one line.
fn lines(data: &Moves) -> Vec<Line> {
    let mut lines: BTreeMap<(usize, usize, usize), Line> = BTreeMap::new();
    for m in &data.moves {
        let ends = [m.from.min(m.to), m.from.max(m.to)];
        let line =
            lines.entry((ends[0], ends[1], m.mover)).or_insert(Line { mover: Some(m.mover), ends, heads: [None; 2] });
        line.heads[usize::from(m.to == ends[1])] = Some(m.better);
    }
    let together = data.together.iter().map(|(from, to)| {
        let ends = [*from.min(to), *from.max(to)];
        let mut heads = [None; 2];
        heads[usize::from(*to == ends[1])] = Some(true);
        Line { mover: None, ends, heads }
    });
    lines.into_values().chain(together).collect()
}

/// One letter a mover: the first of its name, articles aside, or a number where two begin alike.
fn letters(movers: &[String]) -> Vec<String> {
    let first = |name: &String| {
        let name = name.strip_prefix("the ").unwrap_or(name);
        name.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string()).unwrap_or_default()
    };
    let firsts: Vec<String> = movers.iter().map(first).collect();
    let alike = |letter: &String| letter.is_empty() || firsts.iter().filter(|other| *other == letter).count() > 1;
    if firsts.iter().any(alike) { (1..=movers.len()).map(|k| k.to_string()).collect() } else { firsts }
}

fn stable(theme: Theme) -> Colour {
    theme.tone(Tone::Settled).over(0.28, theme.background())
}

fn legend(data: &Moves, letters: &[String], theme: Theme) -> Vec<(Swatch, String)> {
    let mover =
        |(place, name): (usize, &String)| (Swatch::Disc(theme.group(place)), format!("{}: {name}", letters[place]));
    let mut entries: Vec<(Swatch, String)> = data.movers.iter().enumerate().map(mover).collect();
    if !data.together.is_empty() {
        entries.push((Swatch::Dashes(theme.ink()), "signed together".into()));
    }
    entries.push((Swatch::Edged(stable(theme), theme.ink()), "nobody would leave".into()));
    entries.push((Swatch::Hollow(theme.edge()), "those whose letters it bears would leave".into()));
    entries
}

/// What is drawn with.
struct Brush<'a> {
    data: &'a Moves,
    letters: &'a [String],
    theme: Theme,
}

impl Brush<'_> {
    fn colour(&self, mover: Option<usize>) -> Colour {
        mover.map_or(self.theme.ink(), |place| self.theme.group(place))
    }

    fn line(&self, line: &Line, way: &[Point], canvas: &mut Canvas) {
        let colour = self.colour(line.mover);
        let stroke = Stroke { colour, width: 1.5 };
        if line.mover.is_some() {
            canvas.path(way.to_vec(), stroke);
        } else {
            way.chunks(2).filter(|pair| pair.len() == 2).for_each(|pair| canvas.path(pair.to_vec(), stroke));
        }
        let ends = [way.first().zip(way.get(1)), way.last().zip(way.iter().rev().nth(1))];
        for (end, head) in ends.into_iter().zip(line.heads) {
            if let (Some((tip, before)), Some(better)) = (end, head) {
                self.head(*tip, *before, (colour, better), canvas);
            }
        }
    }

    /// A triangle whose tip is the end of a line that comes from `before`.
    fn head(&self, tip: Point, before: Point, (colour, full): (Colour, bool), canvas: &mut Canvas) {
        const LONG: f64 = 9.0;
        const HALF: f64 = 4.2;
        let (dx, dy) = (tip.0 - before.0, tip.1 - before.1);
        let length = (dx * dx + dy * dy).sqrt().max(1e-9);
        let (dx, dy) = (dx / length, dy / length);
        let foot = (tip.0 - LONG * dx, tip.1 - LONG * dy);
        let corners = vec![tip, (foot.0 - HALF * dy, foot.1 + HALF * dx), (foot.0 + HALF * dy, foot.1 - HALF * dx)];
        canvas.fill(corners.clone(), if full { colour } else { self.theme.background() });
        let outline = corners.iter().chain(&corners[..2]).copied().collect();
        canvas.path(outline, Stroke { colour, width: 1.2 });
    }

    /// The letter of who moves, on the line near its first end.
    fn letter(&self, line: &Line, way: &[Point], canvas: &mut Canvas) {
        if let Some(mover) = line.mover {
            self.disc(layout::along(way, 21.0), mover, canvas);
        }
    }

    fn disc(&self, centre: Point, mover: usize, canvas: &mut Canvas) {
        let colour = self.theme.group(mover);
        canvas.disc(centre, DISC + 1.6, self.theme.background());
        canvas.disc(centre, DISC, colour);
        canvas.label(centre, &self.letters[mover], Lettering::new(9.0, colour.letters()).bold().middle());
    }

    fn state(&self, place: usize, layout: &Layout, sheet: &mut Sheet) {
        let state = &self.data.states[place];
        let (corner, other) = layout.boxes[place];
        let (fill, edge, width) = match state.leaves[..] {
            [] => (stable(self.theme), self.theme.ink(), 1.8),
            [first, ..] => (self.theme.background(), self.theme.group(first), 1.8),
        };
        sheet.canvas.rect(corner, other, fill);
        sheet.canvas.frame(corner, other, Stroke { colour: edge, width });
        let middle = (f64::midpoint(corner.0, other.0), f64::midpoint(corner.1, other.1));
        let lines = layout::words(&state.name, other.0 - corner.0);
        let mut y = middle.1 - lines.len().saturating_sub(1) as f64 * line_height(SMALL) / 2.0;
        for line in lines {
            sheet.canvas.label((middle.0, y), line, sheet.note().middle());
            y += line_height(SMALL);
        }
        if place == self.data.start {
            sheet.canvas.text((corner.0, corner.1 - 5.0), "it begins here", sheet.small());
        }
        for (k, mover) in state.leaves.iter().rev().enumerate() {
            self.disc((other.0 - 4.0 - 2.2 * DISC * k as f64, corner.1), *mover, &mut sheet.canvas);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three switches, each thrown back and forth by one of three movers.
    fn cube() -> Moves {
        let names = ["the ministry", "the company", "the town"].map(String::from).to_vec();
        let state = |s: usize| MoveState { name: format!("state {s}, rather at length"), leaves: (0..s % 3).collect() };
        let flips = (0..8_usize).flat_map(|from| {
            (0..3).map(move |mover| MoveArrow { mover, from, to: from ^ 1 << mover, better: from & 1 << mover == 0 })
        });
        Moves { movers: names, states: (0..8).map(state).collect(), moves: flips.collect(), ..Moves::default() }
    }

    #[test]
    fn movers_go_by_their_first_letter_or_by_numbers() {
        let named = |names: &[&str]| letters(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(named(&["the ministry", "Acme", "the town"]), ["M", "A", "T"]);
        assert_eq!(named(&["Russia", "Romania"]), ["1", "2"]);
        assert_eq!(named(&["Kyiv", "—"]), ["1", "2"]);
    }

    #[test]
    fn a_move_and_its_way_back_are_one_line_with_two_heads() {
        let lines = lines(&cube());
        assert_eq!(lines.len(), 12);
        assert!(lines.iter().all(|line| line.heads == [Some(false), Some(true)]));
    }

    #[test]
    fn no_box_covers_another_and_every_line_ends_at_its_boxes() {
        for width in [390.0, 600.0, 800.0] {
            let data = cube();
            let lines = lines(&data);
            let layout = Layout::of(&data, &lines, (MARGIN, width - MARGIN), 100.0);
            let apart =
                |a: (Point, Point), b: (Point, Point)| a.1.0 < b.0.0 || b.1.0 < a.0.0 || a.1.1 < b.0.1 || b.1.1 < a.0.1;
            for (i, one) in layout.boxes.iter().enumerate() {
                assert!(one.0.0 >= MARGIN && one.1.0 <= width - MARGIN && one.1.1 < layout.bottom, "{width}: {one:?}");
                assert!(layout.boxes[..i].iter().all(|other| apart(*one, *other)), "{width}: {i}");
            }
            for (line, way) in lines.iter().zip(&layout.ways) {
                for (end, (x, y)) in line.ends.into_iter().zip([way[0], way[way.len() - 1]]) {
                    let ((left, top), (right, bottom)) = layout.boxes[end];
                    let inside = |at: f64, low: f64, high: f64| (low - 0.01..=high + 0.01).contains(&at);
                    assert!(inside(x, left, right) && inside(y, top, bottom), "{width}: {line:?} {x} {y}");
                }
            }
        }
    }

    #[test]
    fn states_that_no_move_leads_to_are_drawn_as_well() {
        let mut data = cube();
        data.states.push(MoveState { name: "an island".into(), leaves: Vec::new() });
        data.start = 8;
        let layout = Layout::of(&data, &lines(&data), (MARGIN, 780.0), 0.0);
        assert!(layout.boxes.iter().all(|(corner, other)| other.0 > corner.0));
        assert!(draw(&Moves::default(), Theme::Dark).svg.ends_with("</svg>\n"), "nothing is a picture as well");
    }
}
