//! For how long a deal is expected to hold, of the years for which those who decide look ahead.

use crate::num;

/// Chance that a deal still holds after some years:
///
/// ```text
/// S(t) = exp( −λ · t^k )
/// ```
///
/// λ ≥ 0 is its hazard in the first year, so that S(1) = e^(−λ); `shape` k in (0, 1] says how that falls: with k = 1 it is
/// constant, below 1 a deal that has held is safer than a new one. Source: the data of Fortna (2008) for hazards that
/// fall; the Weibull form is an assumption.
pub fn survival(per_year: f64, shape: f64, years: f64) -> f64 {
    num::exp(-(per_year * spent(shape, years)))
}

/// t^k: what of a hazard is spent after some years.
fn spent(shape: f64, years: f64) -> f64 {
    if shape == 1.0 { years } else { num::pow(years, shape) }
}

/// How a deal is expected to fare over the years for which those who decide look ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Holding {
    /// H, in years.
    pub ahead: f64,
    /// ℓ = ∫₀^H S(τ) dτ, in [0, H].
    pub held: f64,
    /// t̄ = (H · ℓ − 2 ∫₀^H τ · S(τ) dτ) / (H − ℓ), in [0, H]: when it breaks, each moment weighed by the time that is then
    /// left; 0 where it never does.
    pub broken_at: f64,
}

/// Points and weights of the rule of Gauss and Legendre with 32 points on [−1, 1]: those above 0.
const POINTS: [(f64, f64); 16] = [
    (0.048_307_665_687_738_32, 0.096_540_088_514_727_8),
    (0.144_471_961_582_796_5, 0.095_638_720_079_274_86),
    (0.239_287_362_252_137_06, 0.093_844_399_080_804_57),
    (0.331_868_602_282_127_67, 0.091_173_878_695_763_89),
    (0.421_351_276_130_635_33, 0.087_652_093_004_403_81),
    (0.506_899_908_932_229_4, 0.083_311_924_226_946_75),
    (0.587_715_757_240_762_3, 0.078_193_895_787_070_31),
    (0.663_044_266_930_215_2, 0.072_345_794_108_848_5),
    (0.732_182_118_740_289_7, 0.065_822_222_776_361_85),
    (0.794_483_795_967_942_4, 0.058_684_093_478_535_544),
    (0.849_367_613_732_57, 0.050_998_059_262_376_175),
    (0.896_321_155_766_052_1, 0.042_835_898_022_226_68),
    (0.934_906_075_937_739_7, 0.034_273_862_913_021_43),
    (0.964_762_255_587_506_4, 0.025_392_065_309_262_06),
    (0.985_611_511_545_268_4, 0.016_274_394_730_905_67),
    (0.997_263_861_849_481_6, 0.007_018_610_009_470_096),
];

/// What is left of a deal beyond this exponent is nothing.
const NOTHING: f64 = 40.0;

impl Holding {
    /// A deal that never breaks.
    pub fn for_good(ahead: f64) -> Self {
        Self { ahead, held: ahead, broken_at: 0.0 }
    }

    /// A deal with a hazard of λ ≥ 0 in its first year that falls by its shape, over `ahead` > 0 years.
    pub fn of(per_year: f64, shape: f64, ahead: f64) -> Self {
        Horizon::of(shape, ahead).holding(per_year)
    }

    /// ℓ/H: the share of those years in which it is expected to hold, in [0, 1].
    pub fn share(&self) -> f64 {
        self.held / self.ahead
    }
}

/// The years ahead, with the points at which the curve of survival is read in them: all deals whose hazard falls alike share
/// these, whatever their hazard.
#[derive(Debug, Clone)]
pub struct Horizon {
    shape: f64,
    ahead: f64,
    points: [Point; 2 * POINTS.len()],
}

/// A point of the rule on a curve of survival.
#[derive(Debug, Clone, Copy, Default)]
struct Point {
    /// t, in years.
    at: f64,
    /// The part of the whole for which it stands, in years.
    stands_for: f64,
    /// t^k.
    spent: f64,
}

impl Horizon {
    /// `ahead` > 0 years, for hazards that fall by a shape.
    pub fn of(shape: f64, ahead: f64) -> Self {
        Self { shape, ahead, points: points(shape, ahead) }
    }

    /// A deal with a hazard of λ ≥ 0 in its first year.
    ///
    /// Both integrals are those of x from 0 to 1 with t = T · x⁴, by the rule of Gauss and Legendre with 32 points in a fixed
    /// order, T being H or, if that is sooner, when nothing is left. The power makes both smooth where a falling hazard begins
    /// steep; in u = t^k the rule errs by 10⁻⁴ for a shape of 0.9.
    pub fn holding(&self, per_year: f64) -> Holding {
        let ahead = self.ahead;
        if per_year <= 0.0 {
            return Holding::for_good(ahead);
        }
        // Where clearly something is left at the end, nobody need ask when nothing is.
        let lasts = per_year * spent(self.shape, ahead) < 0.9 * NOTHING;
        let until = if lasts { ahead } else { num::pow(NOTHING / per_year, 1.0 / self.shape).min(ahead) };
        let sooner = (until < ahead).then(|| points(self.shape, until));
        let (mut held, mut moment) = (0.0, 0.0);
        for point in sooner.as_ref().unwrap_or(&self.points) {
            let part = point.stands_for * num::exp(-(per_year * point.spent));
            held += part;
            moment += part * point.at;
        }
        let held = held.min(ahead);
        let broken = ahead - held;
        // Where next to nothing breaks, when it breaks is next to nothing over next to nothing.
        let at = if broken > 1e-9 * ahead { ((ahead * held - 2.0 * moment) / broken).clamp(0.0, ahead) } else { 0.0 };
        Holding { ahead, held, broken_at: at }
    }
}

/// The points of the rule from 0 to `until` years.
fn points(shape: f64, until: f64) -> [Point; 2 * POINTS.len()] {
    let mut points = [Point::default(); 2 * POINTS.len()];
    for (pair, (at, weight)) in points.chunks_exact_mut(2).zip(POINTS) {
        for (point, x) in pair.iter_mut().zip([0.5 - 0.5 * at, 0.5 + 0.5 * at]) {
            let (t, slope) = (until * (x * x) * (x * x), 4.0 * until * x * (x * x));
            *point = Point { at: t, stands_for: 0.5 * weight * slope, spent: spent(shape, t) };
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_a_constant_hazard_both_are_the_integrals_of_an_exponential() {
        for rate in [1e-6, 0.08, 0.7, 5.0, 60.0, 1e4] {
            for ahead in [1.0, 5.0, 30.0] {
                let holding = Holding::of(rate, 1.0, ahead);
                let gone = 1.0 - num::exp(-rate * ahead);
                let held = gone / rate;
                let moment = (gone - rate * ahead * num::exp(-rate * ahead)) / (rate * rate);
                let at = (ahead * held - 2.0 * moment) / (ahead - held);
                // What the rule errs by where the curve is steepest; e⁻⁴⁰ is left out.
                assert!((holding.held - held).abs() < 1e-9 * ahead, "{rate} {ahead}: {} {held}", holding.held);
                assert!((holding.broken_at - at).abs() < 1e-6 * ahead || rate < 1e-3, "{rate} {ahead}: {at}");
            }
        }
        assert_eq!(Holding::of(0.0, 1.0, 5.0), Holding::for_good(5.0));
    }

    #[test]
    fn with_a_falling_hazard_they_are_those_of_many_small_steps() {
        for shape in [0.3, 0.5, 0.9] {
            for rate in [0.1, 0.6, 3.0] {
                let (ahead, steps) = (5.0, 400_000);
                let width = ahead / f64::from(steps);
                let (mut held, mut moment) = (0.0, 0.0);
                for step in 0..steps {
                    let t = (f64::from(step) + 0.5) * width;
                    held += survival(rate, shape, t) * width;
                    moment += t * survival(rate, shape, t) * width;
                }
                let holding = Holding::of(rate, shape, ahead);
                let at = (ahead * held - 2.0 * moment) / (ahead - held);
                // The first small step, where the curve is steepest, errs by less than its width.
                assert!((holding.held - held).abs() < 1e-4, "{shape} {rate}: {} {held}", holding.held);
                assert!((holding.broken_at - at).abs() < 1e-3, "{shape} {rate}: {} {at}", holding.broken_at);
            }
        }
    }
}
