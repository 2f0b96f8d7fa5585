use super::*;

/// A generator of plain uniforms: xorshift64*.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / 9_007_199_254_740_992.0
    }
}

fn numbers(name: &str, values: Vec<f64>) -> Column {
    Column { name: name.into(), values: Values::Numbers(values) }
}

/// Uniform columns, of which the first three decide: inside x₀ < 0.4, x₁ > 0.5, 0.2 < x₂ < 0.8 nineteen of twenty rows
/// are hits, outside one in fifty.
fn planted(rows: usize, columns: usize, seed: u64) -> Cases {
    let mut dice = Dice(seed);
    let values: Vec<Vec<f64>> = (0..columns).map(|_| (0..rows).map(|_| dice.next()).collect()).collect();
    let inside = |r: usize| values[0][r] < 0.4 && values[1][r] > 0.5 && (0.2..0.8).contains(&values[2][r]);
    let hits = (0..rows).map(|r| dice.next() < if inside(r) { 0.95 } else { 0.02 }).collect();
    let columns = values.into_iter().enumerate().map(|(c, values)| numbers(&format!("x{c}"), values)).collect();
    Cases { columns, hits, luck: None }
}

fn columns(of: &Hyperbox) -> Vec<usize> {
    of.restrictions.iter().map(|r| r.column).collect()
}

#[test]
fn a_planted_box_is_found_among_irrelevant_columns() {
    for (rows, width) in [(4_000, 10), (20_000, 10)] {
        for seed in 1..=20 {
            let found = discover(&planted(rows, width, seed), &DiscoverySettings::default());
            let [first] = &found.found[..] else { panic!("one box is asked for") };
            let scored = &first.scored;
            assert!(scored.coverage.share > 0.7, "{rows} {width} {seed}: {scored:?}");
            assert!(scored.density.share > 0.85, "{rows} {width} {seed}: {scored:?}");
            assert_eq!(columns(&scored.hyperbox), [0, 1, 2], "{rows} {width} {seed}: {:?}", scored.hyperbox);
        }
    }
}

#[test]
fn without_hits_or_with_nothing_else_there_is_no_box() {
    for hit in [false, true] {
        let mut table = planted(500, 4, 1);
        table.hits.fill(hit);
        let found = discover(&table, &DiscoverySettings::default());
        assert!(found.found.is_empty() && found.union.is_none() && found.tree.agreement.is_none());
        assert_eq!(found.tree.leaves.len(), 1);
        assert_eq!(found.scored_on.share, if hit { 1.0 } else { 0.0 });
    }
    let nothing = Cases { columns: Vec::new(), hits: Vec::new(), luck: None };
    assert!(discover(&nothing, &DiscoverySettings::default()).found.is_empty());
}

#[test]
fn luck_alone_makes_no_box() {
    let mut table = planted(4_000, 6, 3);
    let mut dice = Dice(99);
    table.hits.iter_mut().for_each(|hit| *hit = dice.next() < 0.3);
    let found = discover(&table, &DiscoverySettings::default());
    assert!(found.found.is_empty(), "{:?}", found.found);
}

#[test]
fn constant_columns_are_never_restricted_and_tied_values_are_never_parted() {
    let mut table = planted(4_000, 4, 5);
    for column in &mut table.columns {
        let Values::Numbers(values) = &mut column.values else { panic!("all are numbers") };
        values.iter_mut().for_each(|x| *x = (*x * 10.0).floor() / 10.0);
    }
    table.columns[3].values = Values::Numbers(vec![7.0; 4_000]);
    let found = discover(&table, &DiscoverySettings::default());
    let scored = &found.found[0].scored;
    assert_eq!(columns(&scored.hyperbox), [0, 1, 2]);
    // Tenths: the planted limits lie on the borders between values.
    assert!(scored.coverage.share > 0.8 && scored.density.share > 0.9, "{scored:?}");
    let limits: Vec<f64> = scored
        .hyperbox
        .restrictions
        .iter()
        .flat_map(|r| match r.inside {
            Inside::Numbers { above, most } => [above, most].into_iter().flatten().collect::<Vec<_>>(),
            Inside::Levels(_) => Vec::new(),
        })
        .collect();
    assert!(limits.iter().all(|l| (l * 10.0).fract() != 0.0 || !numbers_of(&table).contains(l)), "{limits:?}");
}

fn numbers_of(table: &Cases) -> Vec<f64> {
    table
        .columns
        .iter()
        .flat_map(|c| match &c.values {
            Values::Numbers(values) => values.clone(),
            Values::Words { .. } => Vec::new(),
        })
        .collect()
}

#[test]
fn levels_of_words_are_dropped_one_by_one() {
    let mut dice = Dice(4);
    let names = ["ebb", "flow", "neap", "spring"];
    let words: Vec<&str> = (0..4_000).map(|_| names[(dice.next() * 4.0) as usize]).collect();
    let x: Vec<f64> = (0..4_000).map(|_| dice.next()).collect();
    let hits = (0..4_000).map(|r| ["ebb", "spring"].contains(&words[r]) && x[r] <= 0.5).collect();
    let tide = Column { name: "tide".into(), values: Values::words(&words) };
    let table = Cases { columns: vec![tide, numbers("x", x)], hits, luck: None };
    let found = discover(&table, &DiscoverySettings::default());
    let first = &found.found[0];
    assert_eq!(first.scored.hyperbox.restrictions[0].inside, Inside::Levels(vec![0, 3]));
    // A slice is a twentieth of the box: so near can its border be.
    assert!(first.scored.density.share > 0.95 && first.scored.coverage.share > 0.95, "{:?}", first.scored);
    let agreement = found.tree.agreement.expect("there is a box");
    assert!(agreement.agrees() && agreement.columns[0] == [0, 1], "{agreement:?}");
}

#[test]
fn a_row_with_an_empty_cell_is_outside_of_a_box_that_restricts_the_column() {
    let mut table = planted(4_000, 3, 6);
    let Values::Numbers(values) = &mut table.columns[0].values else { panic!("all are numbers") };
    (0..4_000).step_by(7).for_each(|r| values[r] = f64::NAN);
    let found = discover(&table, &DiscoverySettings::default());
    let first = &found.found[0];
    assert_eq!(columns(&first.scored.hyperbox), [0, 1, 2]);
    assert!((0..4_000).step_by(7).all(|r| !first.scored.hyperbox.holds(&table, r)));
    assert!(first.scored.density.share > 0.85, "{:?}", first.scored);
}

#[test]
fn that_a_number_is_given_at_all_can_be_a_box() {
    let values: Vec<f64> = (0..400).map(|r| if r % 3 == 0 { f64::NAN } else { f64::from(r % 5) }).collect();
    let hits = values.iter().map(|x| !x.is_nan()).collect();
    let found =
        discover(&Cases { columns: vec![numbers("x", values)], hits, luck: None }, &DiscoverySettings::default());
    let first = &found.found[0];
    let inside = Inside::Numbers { above: Some(f64::NEG_INFINITY), most: None };
    assert_eq!(first.scored.hyperbox.restrictions, [Restriction { column: 0, inside, empty: false }]);
    assert_eq!((first.scored.density.share, first.scored.coverage.share), (1.0, 1.0));
}

#[test]
fn the_order_of_rows_changes_nothing_as_long_as_each_stays_in_its_half() {
    let table = planted(2_000, 5, 7);
    let mut order: Vec<u32> = Vec::new();
    let [mut even, mut odd] = table.halves();
    even.reverse();
    odd.rotate_left(500);
    let (mut even, mut odd) = (even.into_iter(), odd.into_iter());
    for row in 0..2_000_u32 {
        order.extend(if row.count_ones() % 2 == 0 { even.next() } else { odd.next() });
    }
    let moved = |values: &Values| match values {
        Values::Numbers(values) => Values::Numbers(order.iter().map(|r| values[*r as usize]).collect()),
        other @ Values::Words { .. } => other.clone(),
    };
    let columns = table.columns.iter().map(|c| Column { name: c.name.clone(), values: moved(&c.values) }).collect();
    let hits = order.iter().map(|r| table.hits[*r as usize]).collect();
    let settings = DiscoverySettings { boxes: 2, ..DiscoverySettings::default() };
    assert_eq!(discover(&Cases { columns, hits, luck: None }, &settings), discover(&table, &settings));
}

#[test]
fn a_second_box_is_found_in_what_the_first_leaves() {
    let mut dice = Dice(8);
    let [x, y]: [Vec<f64>; 2] = [(); 2].map(|()| (0..8_000).map(|_| dice.next()).collect());
    let corner = |r: usize| (x[r] < 0.3 && y[r] < 0.3) || (x[r] > 0.8 && y[r] > 0.8);
    let hits = (0..8_000).map(corner).collect();
    let table = Cases { columns: vec![numbers("x", x), numbers("y", y)], hits, luck: None };
    let settings = DiscoverySettings { boxes: 3, ..DiscoverySettings::default() };
    let found = discover(&table, &settings);
    assert_eq!(found.found.len(), 2, "behind two boxes nothing is left: {:?}", found.found.get(2));
    let [coverage, density, _] = found.union.expect("there are boxes");
    assert!(coverage.share > 0.9 && density.share > 0.9, "{coverage:?} {density:?}");
}

#[test]
fn a_box_that_is_asked_for_is_taken_and_one_behind_the_last_is_the_last() {
    let table = planted(2_000, 3, 9);
    let take = |choice| {
        let settings = DiscoverySettings { choice: Some(choice), ..DiscoverySettings::default() };
        discover(&table, &settings).found.pop().map(|f| (f.choice, f.trajectory.len()))
    };
    assert_eq!(take(20).map(|(c, _)| c), Some(20));
    let (last, length) = take(1_000).expect("the last box restricts something");
    assert_eq!(last, length - 1);
}

#[test]
fn leaves_part_all_rows_without_overlap() {
    let mut table = planted(3_000, 4, 10);
    let Values::Numbers(values) = &mut table.columns[1].values else { panic!("all are numbers") };
    (0..3_000).step_by(5).for_each(|r| values[r] = f64::NAN);
    let tree = discover(&table, &DiscoverySettings::default()).tree;
    assert!(tree.leaves.len() > 2);
    for row in 0..3_000 {
        let of = tree.leaves.iter().filter(|leaf| leaf.grown.hyperbox.holds(&table, row)).count();
        assert_eq!(of, 1, "row {row}");
    }
}

#[test]
fn both_halves_see_every_level_of_a_design_that_repeats() {
    let table = Cases { columns: Vec::new(), hits: vec![true; 96], luck: None };
    for (half, period) in table.halves().iter().flat_map(|half| [2, 3, 4, 6, 8, 12].map(|period| (half, period))) {
        let seen = |level: u32| half.iter().any(|row| row % period == level);
        assert!((0..period).all(seen), "{period}");
    }
}

#[test]
fn rows_that_share_their_luck_stay_in_one_half_and_count_once() {
    // Ten experiments of 100 runs on the same luck: 1 000 rows, 100 numbers of luck.
    let x = (0..1_000).map(|row| f64::from(row / 100)).collect();
    let hits = (0..1_000).map(|row| row % 100 < 30).collect();
    let luck = Some((0..1_000).map(|row| row % 100).collect());
    let table = Cases { columns: vec![numbers("x", x)], hits, luck };
    let [even, odd] = table.halves();
    let number = |row: &u32| row % 100;
    assert!(even.iter().all(|a| odd.iter().all(|b| number(a) != number(b))));
    let all: Vec<u32> = (0..1_000).collect();
    let (share, alone) = (table.share(&all), crate::analysis::Share::of(30, 100));
    assert_eq!((share.count, share.of), (300, 1_000));
    assert_eq!((share.low, share.high), (alone.low, alone.high));
}

/// Six columns of plain chance; 0.8 where the first is below 0.3 and the second above 0.6, else 0.1.
fn corner(rows: usize, seed: u64) -> Cases {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    (0..20).for_each(|_| _ = dice.next());
    let values: Vec<Vec<f64>> = (0..6).map(|_| (0..rows).map(|_| dice.next()).collect()).collect();
    let inside = |r: usize| values[0][r] < 0.3 && values[1][r] > 0.6;
    let hits = (0..rows).map(|r| dice.next() < if inside(r) { 0.8 } else { 0.1 }).collect();
    let columns = values.into_iter().enumerate().map(|(c, values)| numbers(&format!("x{c}"), values)).collect();
    Cases { columns, hits, luck: None }
}

/// Sheets that are looked at: `WINSET_SHEETS=1000` for the figures of `docs/numbers.md`.
fn sheets(usual: u64) -> u64 {
    std::env::var("WINSET_SHEETS").ok().and_then(|many| many.parse().ok()).unwrap_or(usual)
}

#[test]
fn both_limits_of_a_corner_are_found_in_nearly_every_sheet() {
    let (mut both, mut alone, mut none) = (0, 0, 0);
    for seed in 1..=sheets(100) {
        let found = discover(&corner(1_000, seed), &DiscoverySettings::default());
        let Some(first) = found.found.first() else {
            none += 1;
            continue;
        };
        let has = |column, end| first.limits.iter().any(|l| l.column == column && l.side == end);
        both += u64::from(has(0, LimitSide::High) && has(1, LimitSide::Low));
        alone += u64::from(has(0, LimitSide::High) && has(1, LimitSide::Low) && first.limits.len() == 2);
    }
    println!("both limits in {both} of {} sheets, nothing else in {alone}, no box in {none}", sheets(100));
    assert!(100 * both >= 97 * sheets(100), "{both}");
}

#[test]
fn noise_makes_no_box() {
    let mut boxes = 0;
    for (seed, share) in (1..=sheets(60)).flat_map(|seed| [0.1, 0.184, 0.3, 0.5].map(|share| (seed, share))) {
        let mut table = corner(1_000, seed + 1_000);
        let mut dice = Dice(seed.wrapping_mul(0xD134_2543_DE82_EF95) | 1);
        (0..20).for_each(|_| _ = dice.next());
        table.hits.iter_mut().for_each(|hit| *hit = dice.next() < share);
        boxes += discover(&table, &DiscoverySettings::default()).found.len();
    }
    println!("{boxes} boxes in {} sheets of noise", 4 * sheets(60));
    assert_eq!(boxes, 0);
}
