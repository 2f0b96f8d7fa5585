//! The colours of the pictures: a few, named by what they mean, told apart with any colour vision.
//!
//! Within each set the closest pair keeps at least 16 units of CAM02-UCS for normal vision and for full protanopia,
//! deuteranopia and tritanopia; the tests of this file compute it. Colour never speaks alone: marks differ in shape,
//! place or label too.

use serde::Serialize;

use super::marks::Stroke;

/// A colour of sRGB with its opacity.
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use]
pub struct Colour {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
    /// Opacity, 0 (not seen) to 1.
    pub alpha: f64,
}

impl Colour {
    /// The opaque colour `0xRRGGBB`.
    pub const fn hex(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self { red, green, blue, alpha: 1.0 }
    }

    /// The opaque colour that `self` at a share of `alpha` gives over `ground`, 0 being the ground alone.
    pub fn over(self, alpha: f64, ground: Self) -> Self {
        let mix =
            |top: u8, bottom: u8| (f64::from(bottom) + (f64::from(top) - f64::from(bottom)) * alpha).round() as u8;
        let [red, green, blue] =
            [mix(self.red, ground.red), mix(self.green, ground.green), mix(self.blue, ground.blue)];
        Self { red, green, blue, alpha: 1.0 }
    }

    /// The same colour at another opacity.
    pub fn fading(self, alpha: f64) -> Self {
        Self { alpha, ..self }
    }

    /// The colour of a share of the way from low (0, dark blue) to high (1, yellow): lightness rises evenly, and blue and
    /// yellow are told apart with any colour vision. Source: Nuñez, Anderton and Renslow (2018), the map "cividis".
    pub fn heat(share: f64) -> Self {
        /// Ten colours at equal steps.
        const STEPS: [u32; 10] = [
            0x00_20_4D, 0x00_33_6F, 0x39_48_6B, 0x57_5C_6D, 0x70_71_73, 0x8A_87_79, 0xA6_9D_75, 0xC4_B5_6C, 0xE4_CF_5B,
            0xFF_EA_46,
        ];
        let place = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) * 9.0 };
        let lower = (place.floor() as usize).min(8);
        Self::hex(STEPS[lower + 1]).over(place - lower as f64, Self::hex(STEPS[lower]))
    }

    /// Dark or bright letters, whichever stands out more from this ground.
    pub fn letters(self) -> Self {
        // Luma after Rec. 601; around 120 both kinds of letters stand out alike.
        let luma = 0.299 * f64::from(self.red) + 0.587 * f64::from(self.green) + 0.114 * f64::from(self.blue);
        Self::hex(if luma > 120.0 { 0x10_10_10 } else { 0xFF_FF_FF })
    }
}

/// What a colour of the outcome set stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// A lasting settlement, no defeat, a victory.
    Settled,
    /// A truce, something bearable.
    Bearable,
    /// Something half done.
    Partial,
    /// Nothing came of it.
    Nothing,
    /// A defeat, a line crossed.
    Defeat,
}

/// The outcome colours, light and dark, in the order of [`Tone`].
const OUTCOMES: [[u32; 5]; 2] = [
    [0x00_5A_46, 0x56_B4_E9, 0xF0_E4_42, 0xAA_AA_AA, 0xB4_3C_00],
    [0x34_D1_A8, 0x3A_8F_D0, 0xF0_E4_42, 0x7C_83_8B, 0xE2_64_2A],
];
/// The colours of up to four parties, light and dark.
const SIDES: [[u32; 4]; 2] =
    [[0xD5_5E_00, 0x00_72_B2, 0x88_22_55, 0xDD_CC_77], [0xD5_5E_00, 0x00_72_B2, 0xC8_A2_FF, 0xF0_E4_42]];

/// The colours of up to four groups that are compared, light and dark: none of them is faint on its ground.
const GROUPS: [[u32; 4]; 2] =
    [[0x00_72_B2, 0xD5_5E_00, 0x88_22_55, 0x1A_1A_1A], [0x56_B4_E9, 0xE2_64_2A, 0xF0_E4_42, 0x8C_8C_8C]];

/// The ground on which a picture stands: light for paper, dark for a screen at night.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on white.
    #[default]
    Light,
    /// Light ink on a dark ground.
    Dark,
}

impl Theme {
    /// Every theme, with its word.
    pub const WORDS: [(&'static str, Self); 2] = [("light", Self::Light), ("dark", Self::Dark)];

    fn pick(self, light: u32, dark: u32) -> Colour {
        Colour::hex(if self == Self::Light { light } else { dark })
    }

    /// The background.
    pub fn background(self) -> Colour {
        self.pick(0xFF_FF_FF, 0x14_18_1D)
    }

    /// Text and the marks that matter.
    pub fn ink(self) -> Colour {
        self.pick(0x1A_1A_1A, 0xEE_EE_EE)
    }

    /// Text of second rank: units, sources, remarks.
    pub fn muted(self) -> Colour {
        self.pick(0x59_59_59, 0xAE_B6_BF)
    }

    /// Grid lines and empty frames.
    pub fn grid(self) -> Colour {
        self.pick(0xE2_E2_E2, 0x34_3B_44)
    }

    /// Frames that must be seen, fainter than ink.
    pub fn edge(self) -> Colour {
        self.pick(0xB0_B0_B0, 0x5C_66_71)
    }

    /// The colour of an outcome or verdict.
    pub fn tone(self, tone: Tone) -> Colour {
        Colour::hex(OUTCOMES[self as usize][tone as usize])
    }

    /// The colour of the `party`-th party; more than four parties begin again.
    pub fn side(self, party: usize) -> Colour {
        Colour::hex(SIDES[self as usize][party % 4])
    }

    /// The colour of the `place`-th of some groups; more than four begin again.
    pub fn group(self, place: usize) -> Colour {
        Colour::hex(GROUPS[self as usize][place % 4])
    }

    /// The stroke of grid lines.
    pub(super) fn hairline(self) -> Stroke {
        Stroke { colour: self.grid(), width: 0.8 }
    }

    /// The stroke of frames that hold nothing.
    pub(super) fn faint(self) -> Stroke {
        Stroke { colour: self.edge(), width: 0.8 }
    }

    /// The stroke of axes and frames.
    pub(super) fn rim(self) -> Stroke {
        Stroke { colour: self.edge(), width: 1.0 }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, clippy::many_single_char_names)] // A check, and the names of the standard.
mod tests {
    //! The colour-vision check: simulated deficiency, then distance in CAM02-UCS.

    use super::{Colour, GROUPS, OUTCOMES, SIDES};

    type Triple = [f64; 3];
    type Matrix = [Triple; 3];

    /// Normal vision, then protanopia, deuteranopia and tritanopia at severity 1.0, on linear RGB.
    /// Source: Machado, Oliveira and Fernandes (2009), table of severity 1.0.
    const VISIONS: [Matrix; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ];
    const XYZ_OF_LINEAR: Matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];
    const CAT02: Matrix = [[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]];
    /// From sharpened CAT02 responses to Hunt-Pointer-Estevez ones.
    const HPE_OF_CAT02: Matrix = [
        [0.740_979_25, 0.218_025_0, 0.041_005_7],
        [0.285_353_2, 0.624_201_4, 0.090_445_3],
        [-0.009_628_3, -0.005_698_0, 1.015_326_4],
    ];
    const WHITE: Triple = [95.047, 100.0, 108.883];

    fn times(matrix: &Matrix, v: Triple) -> Triple {
        matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
    }

    fn linear(colour: Colour) -> Triple {
        [colour.red, colour.green, colour.blue].map(|byte| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// CAM02-UCS (J', a', b') of a linear RGB colour, average surround, adapting luminance 64/(5π) cd/m², background 20.
    /// Source: Luo, Cui and Li (2006).
    fn ucs(rgb: Triple) -> Triple {
        let luminance = 64.0 / std::f64::consts::PI / 5.0;
        let (surround, chromatic, background) = (0.69, 1.0, 0.2_f64);
        let k = 1.0 / (5.0 * luminance + 1.0);
        let f_l = 0.2 * k.powi(4) * (5.0 * luminance) + 0.1 * (1.0 - k.powi(4)).powi(2) * (5.0 * luminance).cbrt();
        let (n_bb, z) = (0.725 * background.powf(-0.2), 1.48 + background.sqrt());
        let adapted = 1.0 - (1.0 / 3.6) * ((-luminance - 42.0) / 92.0).exp();
        let white = times(&CAT02, WHITE);
        let response = |xyz: Triple| {
            let sharp = times(&CAT02, xyz);
            let seen = std::array::from_fn(|i| (adapted * 100.0 / white[i] + 1.0 - adapted) * sharp[i]);
            times(&HPE_OF_CAT02, seen).map(|c| {
                let t = (f_l * c.abs() / 100.0).powf(0.42);
                c.signum() * 400.0 * t / (t + 27.13) + 0.1
            })
        };
        let achromatic = |[r, g, b]: Triple| (2.0 * r + g + b / 20.0 - 0.305) * n_bb;
        let seen = response(times(&XYZ_OF_LINEAR, rgb).map(|c| c * 100.0));
        let [r, g, b] = seen;
        let lightness = 100.0 * (achromatic(seen).max(0.0) / achromatic(response(WHITE))).powf(surround * z);
        let (red_green, yellow_blue) = (r - 12.0 * g / 11.0 + b / 11.0, (r + g - 2.0 * b) / 9.0);
        let hue = yellow_blue.atan2(red_green);
        let eccentricity = 0.25 * ((hue + 2.0).cos() + 3.8);
        let t = 50_000.0 / 13.0 * chromatic * n_bb * eccentricity * red_green.hypot(yellow_blue) / (r + g + 1.05 * b);
        let chroma = t.powf(0.9) * (lightness / 100.0).sqrt() * (1.64 - 0.29_f64.powf(background)).powf(0.73);
        let colourfulness = (1.0 + 0.0228 * chroma * f_l.powf(0.25)).ln() / 0.0228;
        [1.7 * lightness / (1.0 + 0.007 * lightness), colourfulness * hue.cos(), colourfulness * hue.sin()]
    }

    fn distance(a: Colour, b: Colour, vision: &Matrix) -> f64 {
        let seen = |colour| ucs(times(vision, linear(colour)).map(|c| c.clamp(0.0, 1.0)));
        let (a, b) = (seen(a), seen(b));
        a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum::<f64>().sqrt()
    }

    fn closest(colours: &[u32]) -> f64 {
        let mut least = f64::INFINITY;
        for vision in &VISIONS {
            for (i, a) in colours.iter().enumerate() {
                for b in &colours[..i] {
                    least = least.min(distance(Colour::hex(*a), Colour::hex(*b), vision));
                }
            }
        }
        least
    }

    #[test]
    fn every_set_is_told_apart_with_any_colour_vision() {
        for set in OUTCOMES {
            assert!(closest(&set) >= 16.0, "{set:06X?}: {}", closest(&set));
        }
        for set in SIDES.into_iter().chain(GROUPS) {
            assert!(closest(&set) >= 16.0, "{set:06X?}: {}", closest(&set));
        }
    }

    #[test]
    fn the_closest_outcomes_are_as_far_apart_as_an_independent_computation_says() {
        // 16.6 by the Python package colorspacious 1.1.2 for #005A46 and #B43C00 under protanopia; it gives one decimal here.
        assert!((closest(&OUTCOMES[0]) - 16.6).abs() < 0.1, "{}", closest(&OUTCOMES[0]));
    }

    #[test]
    fn a_red_and_a_green_of_equal_lightness_fail_the_check() {
        assert!(closest(&[0xC0_60_40, 0x70_84_30]) < 16.0);
    }
}
