//! Keys of the ways in which a number may be written.

use super::{Kind, Ref, Section};
use crate::scenario::kind::{may, must, section};

pub(in crate::scenario) static LINE: Section = section(
    "a line between two packages",
    "Drawn between the scores of two packages in the modal world of the file as written.",
    &[
        must("bears", Kind::Id(Ref::Package), "The package that the audience still bears."),
        must("rejects", Kind::Id(Ref::Package), "The package that it does not."),
    ],
);

pub(in crate::scenario) static NORMAL: Section = section(
    "a normal quantity",
    "Cut at six standard deviations.",
    &[must("mean", Kind::Plain, "The mean."), must("sd", Kind::Plain, "The standard deviation, above 0.")],
);

pub(in crate::scenario) static BETA: Section = section(
    "a beta quantity",
    "On 0 to 1, or stretched.",
    &[
        must("a", Kind::Plain, "First shape, above 0."),
        must("b", Kind::Plain, "Second shape, above 0."),
        may("from", Kind::Plain, "Least value; by default 0."),
        may("to", Kind::Plain, "Greatest value; by default 1."),
    ],
);

pub(in crate::scenario) static SHARED: Section = section(
    "a number that follows an unknown",
    "times · unknown + plus.",
    &[
        must("unknown", Kind::Id(Ref::Unknown), "The shared unknown."),
        may("times", Kind::Plain, "Factor; by default 1."),
        may("plus", Kind::Plain, "Summand; by default 0."),
    ],
);
