//! The colour-vision check of the palette: simulated deficiency, then distance in CAM02-UCS.

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
