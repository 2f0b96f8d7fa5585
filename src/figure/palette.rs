//! The colours of the pictures: a few, named by what they mean, told apart with any colour vision.
//!
//! Within each set the closest pair keeps at least 16 units of CAM02-UCS for normal vision and for full protanopia,
//! deuteranopia and tritanopia; the tests of this file compute it. Colour never speaks alone: marks differ in shape,
//! place or label too.

use serde::Serialize;

use super::theme::Theme;

/// A colour of sRGB with its opacity.
#[derive(Clone, Copy, Debug, PartialEq)]
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
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self { red, green, blue, alpha: 1.0 }
    }

    /// The opaque colour that `self` at a share of `alpha` gives over `ground`, 0 being the ground alone.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A mean of two bytes is a byte.
    pub fn over(self, alpha: f64, ground: Self) -> Self {
        let mix =
            |top: u8, bottom: u8| (f64::from(bottom) + (f64::from(top) - f64::from(bottom)) * alpha).round() as u8;
        Self {
            red: mix(self.red, ground.red),
            green: mix(self.green, ground.green),
            blue: mix(self.blue, ground.blue),
            alpha: 1.0,
        }
    }

    /// The same colour at another opacity.
    #[must_use]
    pub fn fading(self, alpha: f64) -> Self {
        Self { alpha, ..self }
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

/// The colour of the `place`-th of some groups; more than four begin again.
#[must_use]
pub fn group(theme: Theme, place: usize) -> Colour {
    Colour::hex(GROUPS[row(theme)][place % 4])
}

/// The colour of a share of the way from low (0, dark blue) to high (1, yellow): lightness rises evenly, and blue and
/// yellow are told apart with any colour vision. Source: Nuñez, Anderton and Renslow (2018), the map "cividis".
#[must_use]
pub fn heat(share: f64) -> Colour {
    /// Ten colours at equal steps.
    const STEPS: [u32; 10] = [
        0x00_20_4D, 0x00_33_6F, 0x39_48_6B, 0x57_5C_6D, 0x70_71_73, 0x8A_87_79, 0xA6_9D_75, 0xC4_B5_6C, 0xE4_CF_5B,
        0xFF_EA_46,
    ];
    let place = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) * 9.0 };
    let lower = (place.floor() as usize).min(8);
    Colour::hex(STEPS[lower + 1]).over(place - lower as f64, Colour::hex(STEPS[lower]))
}

/// Dark or bright letters, whichever stands out more from a ground.
#[must_use]
pub fn reading_on(ground: Colour) -> Colour {
    // Luma after Rec. 601; around 120 both kinds of letters stand out alike.
    let luma = 0.299 * f64::from(ground.red) + 0.587 * f64::from(ground.green) + 0.114 * f64::from(ground.blue);
    Colour::hex(if luma > 120.0 { 0x10_10_10 } else { 0xFF_FF_FF })
}

/// The colour of an outcome or verdict.
#[must_use]
pub fn tone(theme: Theme, tone: Tone) -> Colour {
    Colour::hex(OUTCOMES[row(theme)][tone as usize])
}

/// The colour of the `party`-th party; more than four parties begin again.
#[must_use]
pub fn side(theme: Theme, party: usize) -> Colour {
    Colour::hex(SIDES[row(theme)][party % 4])
}

fn row(theme: Theme) -> usize {
    usize::from(theme == Theme::Dark)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, clippy::many_single_char_names)] // A check, and the names of the standard.
#[path = "palette_vision.rs"]
mod vision;
