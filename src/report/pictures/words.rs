//! How numbers and lists are put in words.

use itertools::Itertools as _;

use crate::analysis::Share;
use crate::figure::axis::number;
use crate::model::{IssueId, Negotiation, Package};

/// A share with its interval, all with as many decimals: "63 % (95 % interval 61 to 65 %)".
pub fn percentage(share: &Share) -> String {
    if share.is_exact() {
        return format!("{} (exactly)", percent(share.share));
    }
    let decimals = [share.share, share.low, share.high].into_iter().map(decimals).max().unwrap_or(0);
    let [estimate, low, high] = [share.share, share.low, share.high].map(|x| bare(x, decimals));
    format!("{estimate}\u{a0}% (95\u{a0}% interval {low} to {high}\u{a0}%)")
}

/// A share in per cent, with one decimal near 0 and 100.
pub fn percent(share: f64) -> String {
    format!("{}\u{a0}%", bare(share, decimals(share)))
}

fn decimals(share: f64) -> usize {
    let whole = (0.1..=0.9).contains(&share) || share <= 0.0 || share >= 1.0;
    usize::from(!whole)
}

/// The share in per cent; what is neither 0 nor 100 is never rounded to either.
fn bare(share: f64, decimals: usize) -> String {
    let p = share * 100.0;
    if p <= 0.0 || p >= 100.0 {
        number(p, 0)
    } else if p < 0.05 {
        "under 0.1".into()
    } else if p > 99.95 {
        "over 99.9".into()
    } else {
        number(p, decimals)
    }
}

/// One number of several as a share of them, in per cent; "none" of nothing.
pub fn part(some: u64, all: u64) -> String {
    if all == 0 { "none".into() } else { percent(Share::of(some, all).share) }
}

/// The terms of a package that are not as now, each as "issue: option".
pub fn terms(n: &Negotiation, package: &Package) -> Vec<(IssueId, String)> {
    let picks = n.space.picks(package).enumerate();
    let changed = picks.filter(|(k, (issue, _))| issue.now != Some(package.option(IssueId(*k))));
    changed.map(|(k, (issue, option))| (IssueId(k), format!("{}: {}", issue.name, option.name))).collect()
}

/// The name of a package, if the scenario gives it one.
pub fn named<'a>(n: &'a Negotiation, package: &Package) -> Option<&'a str> {
    n.packages.iter().find(|p| p.package == *package).map(|p| p.name.as_str())
}

/// The name of a package or else its terms.
pub fn described(n: &Negotiation, package: &Package) -> String {
    if let Some(name) = named(n, package) {
        return format!("“{name}”");
    }
    let terms = terms(n, package).into_iter().map(|(_, words)| words).join("; ");
    if terms.is_empty() { "everything as now".into() } else { terms }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_near_the_ends_keep_a_decimal() {
        assert_eq!(
            [0.0, 0.000_1, 0.004, 0.5, 0.996, 0.999_9, 1.0].map(percent),
            ["0 %", "under 0.1 %", "0.4 %", "50 %", "99.6 %", "over 99.9 %", "100 %"]
                .map(|s| s.replace(" %", "\u{a0}%"))
        );
    }
}
