//! How a party concedes.

use std::fmt;

/// A tactic, with its number.
///
/// ```text
/// a(t)       = 1 − t^e                    boulware e > 1, linear 1, conceder e < 1; hardliner a(t) = 1
/// threshold  = clamp((hi − lo) · a(t) + lo − 10⁻⁴, lo, hi),   lo = max(min u, no deal),  hi = max u
/// ```
///
/// Tit-for-tat asks for its most until it has heard enough, and from then on
///
/// ```text
/// threshold' = clamp(min u + (threshold − min u) · f(older) / f(newer), lo, hi),   f = u − min u
/// ```
///
/// of what two offers of whoever spoke last are worth to it: relative, the (δ+1)-th last and the one after it; averaged, the
/// (γ+1)-th last and the last. Nothing is known where either is its worst, and the threshold stays. All offer the rational
/// package of the lowest worth from the threshold on. Source: Faratin et al. (1998), who divide values of an issue; utilities
/// above the party's worst in their place are an assumption.
///
/// Trade-off offers, of all packages worth at least its threshold, the one that leaves the others most: the greatest least
/// share of what each could gain, of equals the one that is worth most to itself. Source: Faratin et al. (2002), where the
/// other's values are guessed by similarity; that they are known is an assumption.
///
/// Best response knows utilities and tactics of all. It asks for its most until the last turn at which the others still can
/// answer, and then makes the best offer that they accept at that moment; it accepts what is worth as much. A party that
/// plays tit-for-tat has not moved by then, since nobody conceded to it. Assumption: nothing is gained by speaking earlier; no
/// tactic looks at what time takes, as in the sources.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tactic {
    /// Concedes by the clock with this exponent.
    Timed(f64),
    /// Never concedes.
    Hardliner,
    /// Answers in kind, with this delay in offers of the other, at least 1.
    Relative(u32),
    /// Answers in kind over this many offers of the other, at least 1.
    Averaged(u32),
    /// Concedes by the clock with this exponent, and offers what is best for the others.
    TradeOff(f64),
    /// Waits, and makes the last offer.
    BestResponse,
}

/// A word for tactics, with the number that may stand behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Family {
    /// 1 − t^e, e between these, both left out.
    Clock(f64, f64),
    /// Offers of the other.
    Offers,
    /// None.
    Plain,
}

/// The greatest exponent: t^e of the last round but a thousandth is 0 far below it.
const STEEPEST: f64 = 1000.0;

impl Tactic {
    /// Every tactic under its word, as it is without a number.
    pub const WORDS: [(&str, Self); 8] = [
        ("boulware", Self::Timed(4.0)),
        ("linear", Self::Timed(1.0)),
        ("conceder", Self::Timed(0.25)),
        ("hardliner", Self::Hardliner),
        ("tit-for-tat", Self::Relative(1)),
        ("averaged-tit-for-tat", Self::Averaged(3)),
        ("trade-off", Self::TradeOff(1.0)),
        ("best-response", Self::BestResponse),
    ];

    /// What number may stand behind the word of a tactic.
    pub fn family(word: &str) -> Family {
        match word {
            "boulware" => Family::Clock(1.0, STEEPEST),
            "conceder" => Family::Clock(0.0, 1.0),
            "trade-off" => Family::Clock(0.0, STEEPEST),
            "tit-for-tat" | "averaged-tit-for-tat" => Family::Offers,
            _ => Family::Plain,
        }
    }

    /// The same with a number in place of the usual one; itself where it takes none.
    pub fn with(self, number: f64) -> Self {
        match self {
            Self::Timed(_) => Self::Timed(number),
            Self::TradeOff(_) => Self::TradeOff(number),
            Self::Relative(_) => Self::Relative(number as u32),
            Self::Averaged(_) => Self::Averaged(number as u32),
            Self::Hardliner | Self::BestResponse => self,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Timed(e) if e > 1.0 => "boulware",
            Self::Timed(e) if e < 1.0 => "conceder",
            Self::Timed(_) => "linear",
            Self::Hardliner => "hardliner",
            Self::Relative(_) => "tit-for-tat",
            Self::Averaged(_) => "averaged-tit-for-tat",
            Self::TradeOff(_) => "trade-off",
            Self::BestResponse => "best-response",
        }
    }
}

/// As it is written: its word, and its number unless that is the usual one.
impl fmt::Display for Tactic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.word();
        f.write_str(word)?;
        match self {
            usual if Self::WORDS.iter().any(|(_, known)| known == usual) => Ok(()),
            Self::Timed(e) | Self::TradeOff(e) => write!(f, "={e}"),
            Self::Relative(n) | Self::Averaged(n) => write!(f, "={n}"),
            Self::Hardliner | Self::BestResponse => Ok(()),
        }
    }
}
