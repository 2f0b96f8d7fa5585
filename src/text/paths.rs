//! What an input is called in titles, where its path would be read only by who knows the file.

/// The name in a path: its last part, of the one before it; what is no path stays as it is.
///
/// ```
/// use winset::text::paths::name;
/// assert_eq!(name("audiences.home-front.loss_aversion"), "loss aversion of home front");
/// assert_eq!(name("mediator.tilt"), "tilt of mediator");
/// assert_eq!(name("the luck of the rounds"), "the luck of the rounds");
/// ```
pub fn name(path: &str) -> String {
    let words = |part: &str| part.replace(['_', '-'], " ");
    let is_path = path.contains('.') && !path.contains([' ', '\u{a0}']) && path.split('.').all(|part| !part.is_empty());
    match path.rsplit_once('.') {
        Some((before, last)) if is_path => {
            let owner = before.rsplit('.').next().unwrap_or(before);
            format!("{} of {}", words(last), words(owner))
        }
        _ => path.to_owned(),
    }
}

/// The name with the path behind it: "tilt of mediator (mediator.tilt)".
pub fn named(path: &str) -> String {
    let name = name(path);
    if name == path { name } else { format!("{name} ({path})") }
}
