//! Who acts, by name, and words that agree with that name.

use crate::model::{ActorId, AudienceId, Negotiation};
use crate::text::words::visible;

/// Somebody by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The name as it may be shown.
    pub name: String,
    /// Whether it is a plural, as "the farmers" is.
    pub plural: bool,
}

impl Who {
    /// An actor.
    pub fn actor(n: &Negotiation, i: ActorId) -> Self {
        let actor = n.actor(i);
        Self { name: visible(&actor.name), plural: actor.plural }
    }

    /// An audience.
    pub fn audience(n: &Negotiation, a: AudienceId) -> Self {
        let audience = n.audience(a);
        Self { name: visible(&audience.name), plural: audience.plural }
    }

    /// The name with what it does: a verb in the singular, and perhaps more, that is put into the plural where the name is
    /// one. `Upland refuses`, `The Greens refuse`.
    pub fn does(&self, words: &str) -> String {
        format!("{} {}", self.name, self.words(words, true))
    }

    /// Words about it, in the singular, as they are said of it: `it still hopes for more`.
    pub fn of_it(&self, words: &str) -> String {
        self.words(words, false)
    }

    /// What somebody is after: the name of an intent says it; one without a name is called by its identifier.
    pub fn intends(&self, n: &Negotiation, intent: usize) -> String {
        let words = self.intent(n, intent);
        format!("{} {words}", self.name)
    }

    /// The same without the name: `it is serious`.
    pub fn it_intends(&self, n: &Negotiation, intent: usize) -> String {
        format!("{} {}", self.it(), self.intent(n, intent))
    }

    /// `it`, or `they`.
    pub fn it(&self) -> &'static str {
        if self.plural { "they" } else { "it" }
    }

    fn intent(&self, n: &Negotiation, intent: usize) -> String {
        let intent = &n.intents[intent];
        let is_named = intent.name != intent.id;
        if is_named { visible(&intent.name) } else { self.words(&format!("has the intent `{}`", intent.id), true) }
    }

    fn words(&self, singular: &str, from_verb: bool) -> String {
        if self.plural { plural(singular, from_verb) } else { singular.to_owned() }
    }
}

/// Words of this program about one, as they are said of several: pronouns, and each verb that begins them, or follows `it`
/// or `and`, with at most one word between.
fn plural(words: &str, from_verb: bool) -> String {
    let mut before = "";
    let mut near = i32::from(from_verb);
    let mut said = Vec::new();
    for word in words.split(' ') {
        let bare = word.trim_start_matches('(');
        let other = match bare {
            "it" if ["to", "for", "of"].contains(&before) => "them".to_owned(),
            "it" => "they".to_owned(),
            "its" => "their".to_owned(),
            "itself" => "themselves".to_owned(),
            verb if near > 0 => verb_of_several(verb),
            _ => bare.to_owned(),
        };
        near = match other.as_str() {
            "they" | "and" => 2,
            _ if other == bare => near - 1,
            _ => 0,
        };
        before = bare;
        said.push(word.replacen(bare, &other, 1));
    }
    said.join(" ")
}

/// A verb in the third person, in the plural; a word that is none stays as it is.
fn verb_of_several(verb: &str) -> String {
    let (stem, mark) = verb.strip_suffix([',', ':', '.']).map_or((verb, ""), |stem| (stem, &verb[stem.len()..]));
    let hisses = ["sses", "shes", "ches", "xes", "does", "goes"];
    let plural = match stem {
        "has" => "have".to_owned(),
        "is" => "are".to_owned(),
        "was" => "were".to_owned(),
        _ if hisses.iter().any(|end| stem.ends_with(end)) => stem[..stem.len() - 2].to_owned(),
        _ if stem.ends_with("ies") => format!("{}y", &stem[..stem.len() - 3]),
        _ if stem.ends_with('s') && !stem.ends_with("ss") => stem[..stem.len() - 1].to_owned(),
        _ => stem.to_owned(),
    };
    plural + mark
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(plural: bool) -> Who {
        Who { name: "The Greens".into(), plural }
    }

    #[test]
    fn verbs_and_pronouns_agree_with_a_name_in_the_plural() {
        for (one, several) in [
            ("refuses", "refuse"),
            ("does not ratify", "do not ratify"),
            ("ratifies", "ratify"),
            ("presses", "press"),
            ("talks, without an offer", "talk, without an offer"),
            ("names a package worth 5 to it (it asks for 7)", "names a package worth 5 to them (they ask for 7)"),
            ("has nothing to offer that it could sign itself", "have nothing to offer that they could sign themselves"),
            ("has lost its patience and leaves", "have lost their patience and leave"),
            ("takes heart: it will wait longer", "take heart: they will wait longer"),
            ("owes", "owe"),
            ("can impose its will", "can impose their will"),
        ] {
            let several = several.replacen("names", "name", 1);
            assert_eq!(who(true).does(one), format!("The Greens {several}"));
            assert_eq!(who(false).does(one), format!("The Greens {one}"));
        }
        for (one, several) in [
            ("it still hopes for more", "they still hope for more"),
            ("its aims forbid that", "their aims forbid that"),
            ("it would lose what is settled so far", "they would lose what is settled so far"),
            ("what it is after rules that out", "what they are after rules that out"),
            ("a red line of its own is crossed", "a red line of their own is crossed"),
        ] {
            assert_eq!(who(true).of_it(one), several);
        }
    }
}
