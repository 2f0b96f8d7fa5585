//! The ground on which a picture stands: light for paper, dark for a screen at night.

use super::palette::Colour;

/// Light or dark.
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
    #[must_use]
    pub fn background(self) -> Colour {
        self.pick(0xFF_FF_FF, 0x14_18_1D)
    }

    /// Text and the marks that matter.
    #[must_use]
    pub fn ink(self) -> Colour {
        self.pick(0x1A_1A_1A, 0xEE_EE_EE)
    }

    /// Text of second rank: units, sources, remarks.
    #[must_use]
    pub fn muted(self) -> Colour {
        self.pick(0x59_59_59, 0xAE_B6_BF)
    }

    /// Grid lines and empty frames.
    #[must_use]
    pub fn grid(self) -> Colour {
        self.pick(0xE2_E2_E2, 0x34_3B_44)
    }

    /// Frames that must be seen, fainter than ink.
    #[must_use]
    pub fn edge(self) -> Colour {
        self.pick(0xB0_B0_B0, 0x5C_66_71)
    }
}
