//! What tells one model from another: a code of a game in one scenario must not be read as one of another.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::model::{Clause, Condition, Demand, Negotiation, RedLine, likeliest};
use crate::num::Order;

/// Bits of the short form.
const SHORT: u32 = 12;

/// The fingerprint of a compiled model (SHA-256).
///
/// It is taken of what a package *is* and of what it comes to in the modal world: issues and options by identifier in
/// their order (which numbers packages), the rules, actors and audiences in their order, conditions of claims, links,
/// modifiers and red lines, and the path and the likeliest value of every number, by path, with the variants as the file
/// switches them. Titles, names, comments, blanks and the order of numbers in the file change nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of a negotiation.
    pub fn of(n: &Negotiation) -> Self {
        let mut ink = Ink::default();
        for issue in &n.space.issues {
            ink.words(&["issue", &issue.id]);
            ink.number(issue.now.map_or(u64::MAX, |now| now.0 as u64));
            issue.options.iter().for_each(|option| ink.words(&["option", &option.id]));
        }
        for rule in &n.space.rules {
            ink.clause("rule", &rule.clause);
            match &rule.demand {
                Demand::Forbid(condition) => ink.condition("forbid", condition),
                Demand::Require(condition) => ink.condition("require", condition),
            }
        }
        n.actors.iter().for_each(|actor| {
            ink.words(&["actor", &actor.id, if actor.is_party() { "party" } else { "other" }]);
            actor.links.iter().for_each(|link| ink.clause("link", &link.clause));
            ink.lines(&actor.red_lines);
        });
        n.audiences.iter().for_each(|audience| {
            ink.words(&["audience", &audience.id]);
            ink.number(audience.of.0 as u64);
            ink.lines(&audience.red_lines);
        });
        n.claims.iter().for_each(|claim| {
            ink.words(&["claim", &claim.id]);
            ink.number(claim.aim.0 as u64);
            ink.clause("said", &claim.clause);
            claim.heard_by.iter().for_each(|a| ink.number(a.0 as u64));
            claim.overheard.iter().for_each(|(a, _)| ink.number(a.0 as u64));
        });
        n.modifiers.iter().for_each(|modifier| {
            if let crate::model::Scope::When(clause) = &modifier.scope {
                ink.clause("modifier", clause);
            }
        });
        let laws = n.laws(None, &n.default_variants());
        let mut numbers: Vec<(&str, f64)> =
            n.inputs.iter().map(|(id, input)| (input.path.as_str(), likeliest(&laws, id))).collect();
        numbers.order_by(|a, b| a.0.cmp(b.0));
        for (path, value) in numbers {
            ink.words(&[path]);
            // −0 and 0 are one value.
            ink.number((value + 0.0).to_bits());
        }
        Self(ink.0.finalize().into())
    }

    /// The fingerprint of the same model in a world that was drawn under a seed.
    pub fn with_seed(self, seed: u64) -> Self {
        let mut ink = Ink::default();
        ink.0.update(self.0);
        ink.number(seed);
        Self(ink.0.finalize().into())
    }

    /// The first 12 bits: what a code has room for. Two scenarios share them by chance once in 4 096.
    pub fn short(self) -> u16 {
        u16::from_be_bytes([self.0[0], self.0[1]]) >> (16 - SHORT)
    }
}

impl fmt::Display for Fingerprint {
    /// In hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// What is written into the hash: every word with its length before it, so that no two texts read alike.
#[derive(Default)]
struct Ink(Sha256);

impl Ink {
    fn words(&mut self, words: &[&str]) {
        for word in words {
            self.number(word.len() as u64);
            self.0.update(word.as_bytes());
        }
    }

    fn number(&mut self, number: u64) {
        self.0.update(number.to_be_bytes());
    }

    fn condition(&mut self, word: &str, condition: &Condition) {
        self.words(&[word]);
        self.number(condition.terms.len() as u64);
        for (issue, set) in &condition.terms {
            self.number(issue.0 as u64);
            set.iter().for_each(|option| self.number(option.0 as u64));
            self.number(u64::MAX);
        }
    }

    fn clause(&mut self, word: &str, clause: &Clause) {
        self.words(&[word]);
        self.condition("when", &clause.when);
        clause.unless.iter().for_each(|condition| self.condition("unless", condition));
    }

    fn lines(&mut self, lines: &[RedLine]) {
        lines.iter().for_each(|line| self.clause("red line", &line.clause));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    const FILE: &str = r#"
title = "A field"
question = "Who gives it?"
actors.north = { role = "party" }
actors.south = { role = "party" }
no_deal.north = { base = 0 }
no_deal.south = { base = 1 }
[issues.field]
now = "kept"
options = { kept = "kept", given = "given" }
views = { north = { weight = 2, given = -1 }, south = { weight = [1, 3, 4], given = 1 } }
"#;

    fn of(text: &str) -> Fingerprint {
        Fingerprint::of(&Scenario::parse("a", text.as_bytes()).expect("it is sound").negotiation)
    }

    #[test]
    fn titles_comments_and_blanks_do_not_change_it() {
        let other = FILE.replace("A field", "Another title").replace("options =", "# a remark\noptions   =");
        assert_eq!(of(FILE), of(&other.replace("given = \"given\"", "given = \"it is given\"")));
    }

    #[test]
    fn a_number_an_option_an_order_or_a_seed_changes_it() {
        let kept = of(FILE);
        let sold = FILE.replace("given = \"given\"", "given = \"given\", sold = \"sold\"");
        let sold = sold.replace("given = -1", "given = -1, sold = 0").replace("given = 1", "given = 1, sold = 0");
        let now = FILE.replace("now = \"kept\"", "now = \"given\"").replace("given = -1", "kept = -1");
        let turned = sold.replace("given = \"given\", sold = \"sold\"", "sold = \"sold\", given = \"given\"");
        assert_ne!(of(&turned), of(&sold), "the order of options numbers packages");
        let others = [
            FILE.replace("base = 1", "base = 2"),
            FILE.replace("[1, 3, 4]", "[1, 2, 4]"),
            FILE.replace("kept = \"kept\", given = \"given\"", "given = \"given\", kept = \"kept\""),
            now.replace("given = 1", "kept = 1"),
            sold,
        ];
        for other in others {
            assert_ne!(other, FILE);
            assert_ne!(kept, of(&other), "{other}");
        }
        assert_ne!(kept, kept.with_seed(1));
        assert_ne!(kept.with_seed(2), kept.with_seed(1));
        assert!(kept.short() < 1 << 12);
    }
}
