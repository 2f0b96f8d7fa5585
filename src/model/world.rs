//! From laws to worlds: the modal world, and the range of every input.

use super::input::{InputId, InputKind, Law, World};
use super::negotiation::Negotiation;

impl Negotiation {
    /// The world in which every input has its modal value; a chance happens iff its modal value is at least 0.5.
    #[must_use]
    pub fn modal_world(&self, laws: &[Law]) -> World {
        self.world_from(laws, |quantity, _| quantity)
    }

    /// A world from what `value_of` makes of each input's modal value: the hook by which one input is moved and all
    /// others stay modal.
    #[must_use]
    pub fn world_from(&self, laws: &[Law], value_of: impl Fn(f64, InputId) -> f64) -> World {
        let own = |id: InputId| match &laws[id.0] {
            Law::Own(quantity) => value_of(quantity.modal(), id),
            Law::Shared { .. } => f64::NAN,
        };
        let value = |(id, input): (InputId, &super::input::Input)| {
            let raw = match &laws[id.0] {
                Law::Own(_) => own(id),
                Law::Shared { unknown, times, plus } => value_of(times * own(*unknown) + plus, id),
            };
            match input.kind {
                InputKind::Value => raw,
                InputKind::Chance => f64::from(u8::from(raw >= 0.5)),
            }
        };
        World { values: self.inputs.iter().map(value).collect() }
    }

    /// The least and the greatest value that an input can take in any reading and with any variants.
    #[must_use]
    pub fn range(&self, id: InputId) -> (f64, f64) {
        let changes = self.readings.iter().map(|r| &r.set).chain(self.variants.iter().map(|v| &v.set));
        let rivals = changes.flatten().filter(|(changed, _)| *changed == id).map(|(_, law)| law);
        std::iter::once(&self.inputs.get(id).law)
            .chain(rivals)
            .map(|law| self.support(law))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), (l, h)| (lo.min(l), hi.max(h)))
    }

    /// The least and the greatest value that a law can give.
    #[must_use]
    pub fn support(&self, law: &Law) -> (f64, f64) {
        match law {
            Law::Own(quantity) => quantity.support(),
            Law::Shared { unknown, times, plus } => {
                let (lo, hi) = self.range(*unknown);
                let ends = [times * lo + plus, times * hi + plus];
                (ends[0].min(ends[1]), ends[0].max(ends[1]))
            }
        }
    }
}
