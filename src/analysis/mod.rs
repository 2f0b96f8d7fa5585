//! Questions asked of many worlds.

mod contribution;
mod driver;
mod estimate;
mod leading;
mod posterior;
mod ranking;
mod reached;
mod soundness;
mod survey;

pub use contribution::Contribution;
pub use driver::Driver;
pub use estimate::{Histogram, Share};
pub use leading::{Leading, look_at};
pub use posterior::{
    InferError, InferSettings, Inferred, Observation, OfParty, Serious, Telling, Weight, infer, information,
};
pub use reached::{Agreed, Endings, Gain, Reached, ReachedError, ReachedSettings, Rounds, reached};
pub use soundness::{Present, Soundness, WideLine, settled_by_anchors, soundness};
pub use survey::{Robust, SamePackage, Settings, Survey, SurveyError, survey};

pub use crate::space::Item;
