//! Questions asked of many worlds.

mod ablation;
mod by_intent;
pub mod compare;
mod conduct;
mod contribution;
mod courses;
pub mod discovery;
mod driver;
pub mod estimator;
mod flips;
mod halves;
mod histogram;
pub mod history;
mod improve;
mod leading;
mod outlook;
mod paired;
mod posterior;
mod ranking;
mod reached;
pub mod sensitivity;
mod soundness;
mod steps;
mod survey;
mod surveying;
mod survival;

pub use ablation::{Ablation, Ablations, Contrast, Part, ablations, word};
pub use by_intent::OfIntent;
pub use conduct::conduct;
pub use contribution::Contribution;
pub use courses::{Band, Courses, courses};
pub use driver::{Driver, HalvesApart};
pub use halves::{Halves, HalvesSettings, halves};
pub use histogram::Histogram;
pub use improve::{better_for_all, cheapest_repair};
pub use leading::{Leading, look_at};
pub use outlook::{Looking, QUARTERS, Waiting, YEARS_AHEAD, looking, waiting};
pub use paired::{Effect, Found, Paired, PairedSettings, paired, runs as paired_runs};
pub use posterior::{
    Change, Coding, Decided, Inferred, Likelihoods, Observation, OfParty, OfReading, Otherwise, Serious, Telling,
    Weight, infer, information,
};
pub use reached::{Agreed, Endings, ExistsAndReached, Reached, Rounds, reached};
pub use soundness::{Present, Soundness, WideLine, settled_by_anchors, soundness};
pub use steps::{Apart, MedianTime, PARTS, Stepped, Steps, steps};
pub use survey::{Headline, Outside, Robust, SamePackage, Settings, Survey, survey};
pub use surveying::{Counting, Handed, Recorded, SoFar, Surveying, Write};
pub use survival::{Felt, Mean, Standing, Survival, YEARS};

pub use crate::num::Share;
pub use crate::space::Item;
