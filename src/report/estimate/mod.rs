//! One share with its interval: how it was found, what it cost, and whether plain counting agrees.

mod page;

pub use page::{asked_precision, page, sentence, target_id};

use serde_json::{Value, json};

use super::frame::{AnswerTo, under};
use crate::analysis::estimator::{EstimateSettings, ShareFound, Until};

/// An estimate with all that was asked.
pub type Estimation<'a> = AnswerTo<'a, EstimateSettings, ShareFound>;

impl Estimation<'_> {
    /// Half the width of the interval asked for, if a precision was.
    fn half(&self) -> Option<f64> {
        match self.settings.until {
            Until::Precision { half, .. } => Some(half),
            Until::Worlds(_) => None,
        }
    }
}

/// The answer as one JSON object; keys are described in the help of `winset estimate`. Numbers that are not finite are
/// null.
pub fn summary(a: &Estimation) -> Value {
    let mut answer = match a.answer {
        ShareFound::Estimate(found, beside) => {
            let mut answer = json!(found);
            answer["precision"] = json!(a.half());
            answer["plain"] = json!(beside.map(|beside| beside.plain));
            answer["z"] = json!(beside.map(|beside| beside.z));
            answer["agrees"] = json!(beside.map(|beside| beside.holds()));
            answer
        }
        ShareFound::NeverMet { worlds, bound } => json!({
            "method": "importance", "share": Value::Null, "low": 0.0, "high": bound, "hits": 0, "worlds": 0, "pilot": worlds,
        }),
    };
    answer["of"] = target_id(a.n, &a.settings.target).into();
    under(a.n, &a.settings.drawing.accounts.variants, answer)
}
