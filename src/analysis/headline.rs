//! How the answer reads: five words for a share of worlds.

use serde::Serialize;

/// How "one exists" reads at the top of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Headline {
    /// In fewer than 5 % of worlds.
    No,
    /// From 5 % to under 25 %.
    MostlyNo,
    /// From 25 % to 75 %.
    Depends,
    /// Above 75 %, to 95 %.
    MostlyYes,
    /// In more than 95 %.
    Yes,
}

impl Headline {
    /// All of them, from no to yes.
    pub const ALL: [Self; 5] = [Self::No, Self::MostlyNo, Self::Depends, Self::MostlyYes, Self::Yes];

    /// The headline of a share of worlds. The bounds are assumptions.
    #[must_use]
    pub fn of(share: f64) -> Self {
        match share {
            share if share > 0.95 => Self::Yes,
            share if share > 0.75 => Self::MostlyYes,
            share if share >= 0.25 => Self::Depends,
            share if share >= 0.05 => Self::MostlyNo,
            _ => Self::No,
        }
    }

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Yes => "Yes, in nearly every world",
            Self::MostlyYes => "Mostly yes",
            Self::Depends => "It depends",
            Self::MostlyNo => "Mostly no",
            Self::No => "No, in nearly every world",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Headline::{self, Depends, MostlyNo, MostlyYes, No, Yes};

    #[test]
    fn a_share_at_a_bound_reads_as_the_page_has_always_read() {
        let read = [0.0, 0.049, 0.05, 0.25, 0.75, 0.751, 0.95, 0.951, 1.0].map(Headline::of);
        assert_eq!(read, [No, No, MostlyNo, Depends, Depends, MostlyYes, MostlyYes, Yes, Yes]);
    }
}
