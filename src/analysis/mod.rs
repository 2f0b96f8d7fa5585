//! Questions asked of many worlds.

mod contribution;
mod driver;
mod estimate;
mod leading;
mod ranking;
mod reached;
mod soundness;
mod survey;
mod survival;

pub use contribution::Contribution;
pub use driver::Driver;
pub use estimate::{Histogram, Share};
pub use leading::{Leading, look_at};
pub use reached::{Agreed, Endings, Gain, Reached, ReachedError, ReachedSettings, Rounds, reached};
pub use soundness::{Present, Soundness, WideLine, settled_by_anchors, soundness};
pub use survey::{Robust, SamePackage, Settings, Survey, SurveyError, survey};
pub use survival::{Felt, Mean, Standing, Survival, YEARS};

pub use crate::space::Item;
