//! Where the texts of a picture stand.

use winset::figure::text::width;

/// A text of a picture with the box it takes, in logical pixels: left, top, right, bottom.
pub struct Written {
    /// What it says.
    pub words: String,
    /// Where it stands.
    pub area: [f64; 4],
}

fn attribute(node: &roxmltree::Node, name: &str) -> f64 {
    node.attribute(name).and_then(|v| v.parse().ok()).unwrap_or_else(|| panic!("{name} of {node:?}"))
}

/// All texts of a picture.
pub fn written(document: &roxmltree::Document) -> Vec<Written> {
    document.descendants().filter(|n| n.has_tag_name("text")).map(|n| place(&n)).collect()
}

fn place(node: &roxmltree::Node) -> Written {
    let words = node.text().unwrap_or_default().trim().to_owned();
    let size = attribute(node, "font-size");
    let (x, y) = (attribute(node, "x"), attribute(node, "y"));
    let long = width(&words, size, node.attribute("font-weight") == Some("bold"));
    let before = match node.attribute("text-anchor") {
        Some("middle") => long / 2.0,
        Some("end") => long,
        _ => 0.0,
    };
    // Capitals rise 0.73 em over the baseline and tails fall 0.24 em below.
    let (rise, fall) = (0.73 * size, 0.24 * size);
    let area = if node.attribute("transform").is_some_and(|t| t.starts_with("rotate(270")) {
        [x - rise, y - long + before, x + fall, y + before]
    } else {
        [x - before, y - rise, x - before + long, y + fall]
    };
    Written { words, area }
}

fn size(document: &roxmltree::Document) -> (f64, f64) {
    let root = document.root_element();
    (attribute(&root, "width"), attribute(&root, "height"))
}

/// The texts that leave the picture.
pub fn outside(document: &roxmltree::Document) -> Vec<String> {
    let (wide, high) = size(document);
    let leaves = |t: &Written| {
        let [left, top, right, bottom] = t.area;
        left < 0.0 || top < 0.0 || right > wide || bottom > high
    };
    written(document).into_iter().filter(leaves).map(|t| format!("{:?} at {:?}", t.words, t.area)).collect()
}

/// The pairs of texts of which one covers the other.
pub fn covered(document: &roxmltree::Document) -> Vec<String> {
    let texts = written(document);
    let mut found = Vec::new();
    for (i, a) in texts.iter().enumerate() {
        for b in &texts[..i] {
            let shared = |k: usize| a.area[k + 2].min(b.area[k + 2]) - a.area[k].max(b.area[k]);
            // Boxes of neighbouring lines meet; letters do not, as long as the boxes share under half a pixel.
            if shared(0) > 0.5 && shared(1) > 0.5 {
                found.push(format!("{:?} over {:?}", a.words, b.words));
            }
        }
    }
    found
}
