//! Questions asked of many worlds.

mod contribution;
mod driver;
mod estimate;
mod leading;
mod survey;

pub use contribution::{Contribution, Item};
pub use driver::Driver;
pub use estimate::{Histogram, Share};
pub use leading::Leading;
pub use survey::{Robust, SamePackage, Settings, Survey, SurveyError, survey};
