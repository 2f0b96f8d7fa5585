//! Neighbouring options in words.

/// The first and the last place of every stretch of `true`.
pub fn stretches(flags: &[bool]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, _) in flags.iter().enumerate().filter(|(_, flag)| **flag) {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == place => *last = place,
            _ => found.push((place, place)),
        }
    }
    found
}

/// "from a to c, and e": the names of the options that are marked; "all of them" and "none of them" where that is so.
pub fn told(names: &[&str], flags: &[bool]) -> String {
    if !flags.contains(&true) {
        return "none of them".into();
    }
    if !flags.contains(&false) {
        return "all of them".into();
    }
    let one = |(first, last): (usize, usize)| match last - first {
        0 => names[first].to_owned(),
        1 => format!("{}, {}", names[first], names[last]),
        _ => format!("from {} to {}", names[first], names[last]),
    };
    stretches(flags).into_iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_told_by_their_ends() {
        let names = ["a", "b", "c", "d", "e"];
        assert_eq!(told(&names, &[true, true, true, false, true]), "from a to c, e");
        assert_eq!(told(&names, &[false, true, true, false, false]), "b, c");
        assert_eq!(told(&names, &[false; 5]), "none of them");
        assert_eq!(told(&names, &[true; 5]), "all of them");
    }
}
