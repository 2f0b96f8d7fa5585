//! What a key of the format is: the columns of the table in `keys`.

/// What a number may be, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spec {
    /// Least value allowed, for the whole range of an uncertain number.
    pub lo: f64,
    /// Greatest value allowed.
    pub hi: f64,
    /// How it is written and used.
    pub form: Notation,
}

/// How a number is written and used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// A number.
    Value,
    /// A chance: `true` and `false` stand for 1 and 0.
    Chance,
    /// The chance that a secret leaks: `true`, a secret for good, stands for 0.
    Secret,
    /// A line, which two packages may place.
    Line,
}

/// The greatest magnitude of any number.
pub const LARGEST: f64 = 1e6;

/// The greatest whole number where every one counts, as in seeds.
pub const LARGEST_WHOLE: f64 = crate::num::MOST_WHOLE as f64;

impl Spec {
    const fn new(lo: f64, hi: f64, form: Notation) -> Self {
        Self { lo, hi, form }
    }
    /// Any number.
    pub const ANY: Self = Self::new(-LARGEST, LARGEST, Notation::Value);
    /// A number ≥ 0.
    pub const POSITIVE: Self = Self::new(0.0, LARGEST, Notation::Value);
    /// A share, 0 to 1.
    pub const SHARE: Self = Self::new(0.0, 1.0, Notation::Value);
    /// The value of an option, −1 to 1.
    pub const VALUE: Self = Self::new(-1.0, 1.0, Notation::Value);
    /// What is left of a value, above 0 and at most 1.
    pub const DISCOUNT: Self = Self::new(0.001, 1.0, Notation::Value);
    /// A probability.
    pub const CHANCE: Self = Self::new(0.0, 1.0, Notation::Chance);
    /// A line of an audience.
    pub const LINE: Self = Self::new(-LARGEST, LARGEST, Notation::Line);

    /// What is accepted, in words.
    pub fn accepted(self) -> &'static str {
        if self.lo > 0.0 {
            return match self.hi {
                hi if hi < 1.0 => "a number above 0 and below 1",
                1.0 => "a number above 0, at most 1",
                _ => "a number of 0.001 or more",
            };
        }
        if self.hi < 1.0 {
            return "a rate, from 0 to below 1";
        }
        match (self.form, self.lo == 0.0, self.hi == 1.0) {
            (Notation::Chance | Notation::Secret, ..) => "a chance from 0 to 1, or true or false",
            (Notation::Line, ..) => "a number, or { bears = PACKAGE, rejects = PACKAGE }",
            (Notation::Value, true, true) => "a number from 0 to 1",
            (Notation::Value, true, false) => "a number of 0 or more",
            (Notation::Value, false, true) => "a number from -1 to 1",
            (Notation::Value, false, false) => "a number up to 1000000 either way",
        }
    }
}

/// What an identifier refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ref {
    Actor,
    Party,
    Audience,
    Beholder,
    Issue,
    Option,
    Package,
    State,
    Unknown,
    Aim,
    Move,
    Stage,
    Owing,
    Intent,
}

impl Ref {
    /// The noun, its plural, and the sections whose entries have such identifiers.
    fn told(self) -> (&'static str, &'static str, &'static [&'static str]) {
        match self {
            Self::Actor => ("actor", "actors", &["actors"]),
            Self::Party => ("party", "parties", &["actors"]),
            Self::Audience => ("audience", "audiences", &["audiences"]),
            Self::Beholder => ("party or audience", "parties and audiences", &["actors", "audiences"]),
            Self::Issue => ("issue", "issues", &["issues"]),
            Self::Option => ("option", "options", &["issues"]),
            Self::Package => ("package", "packages", &["packages"]),
            Self::State => ("state", "states", &["state"]),
            Self::Unknown => ("unknown", "unknowns", &["unknowns"]),
            Self::Aim => ("aim", "aims", &["claims"]),
            Self::Move => ("move", "moves", &[]),
            Self::Stage => ("stage", "stages", &["stages"]),
            Self::Owing => ("debt of favours", "debts of favours", &["ledger"]),
            Self::Intent => ("intent", "intents", &["intents"]),
        }
    }

    /// The noun, and its plural.
    pub fn nouns(self) -> (&'static str, &'static str) {
        (self.told().0, self.told().1)
    }

    /// The sections whose entries have such identifiers.
    pub fn sections(self) -> &'static [&'static str] {
        self.told().2
    }
}

/// What may stand behind a key.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    Text,
    Flag,
    Whole,
    Date,
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words, or a list of them.
    Words(&'static [&'static str]),
    /// A span of time that may be uncertain, or the day with which it ends.
    Time,
    /// A certain number.
    Plain,
    /// A number that may be uncertain.
    Number(Spec),
    /// A list of numbers that may be uncertain.
    Numbers(Spec),
    Id(Ref),
    /// An identifier or a list of them.
    IdOrIds,
    Ids,
    /// A table from identifiers to numbers.
    Map(Ref, Spec),
    /// A chance, or one for each holder.
    Grants,
    /// A table from issues to options.
    Picks,
    Condition,
    /// A condition or a list of them.
    Conditions,
    Options,
    /// `"all"`, an identifier, or a list of them.
    Scope,
    /// A table from paths of numbers to what they become.
    Set,
    /// A table of entries, each with an identifier and these keys.
    Entries(&'static Keys),
    /// One table with these keys.
    Table(&'static Keys),
    /// One of these words, or one table with these keys.
    WordOr(&'static [&'static str], &'static Keys),
    /// One of these words, or a list of identifiers.
    WordOrIds(&'static [&'static str]),
    /// What must hold in the talks: a word or a table.
    While,
    /// A list of tables with these keys.
    List(&'static Keys),
    /// A round, or the first and the last of several.
    Rounds,
    /// The same, before the talks as well.
    Span,
    /// A day, or the first and the last of several.
    Days,
    /// A move, a list of moves, or a condition on packages.
    Never,
    /// `"at once"`, or at which stage.
    Stops,
    /// `"all"`, a list of parties, or how many of them.
    Agree,
    /// A table from parties to certain numbers.
    Weights,
    /// A number that may be uncertain, of any kind.
    Quantity,
    /// A table from variants to flags.
    Switches,
    /// A text or a list of texts.
    Texts,
    /// A whole number of which every one up to 2^53 − 1 is exact.
    LargeWhole,
    /// A table from paths to the values that they take in a design.
    Levels(&'static Keys),
    /// A table from measures, or parties under them, to one of these words.
    Expect(&'static [&'static str]),
}

/// Numbers that may be uncertain, by what is allowed: as in [`Spec`], a rate, a noise that never vanishes, a share that is neither 0
/// nor 1, the chance that a secret term leaks.
impl Takes {
    pub const ANY: Self = Self::Number(Spec::ANY);
    pub const POSITIVE: Self = Self::Number(Spec::POSITIVE);
    pub const SHARE: Self = Self::Number(Spec::SHARE);
    pub const RATE: Self = Self::Number(Spec::new(0.0, 0.999_999, Notation::Value));
    pub const NOISE: Self = Self::Number(Spec::new(0.001, LARGEST, Notation::Value));
    pub const SHAPE: Self = Self::Number(Spec::new(0.05, 1.0, Notation::Value));
    pub const OPEN_SHARE: Self = Self::Number(Spec::new(0.000_001, 0.999_999, Notation::Value));
    pub const VALUE: Self = Self::Number(Spec::VALUE);
    pub const CHANCE: Self = Self::Number(Spec::CHANCE);
    pub const SECRET: Self = Self::Number(Spec::new(0.0, 1.0, Notation::Secret));
    pub const LINE: Self = Self::Number(Spec::LINE);
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub name: &'static str,
    pub kind: Takes,
    pub required: bool,
    pub about: &'static str,
}

impl Key {
    /// Whether tables stand behind it, or one table of which other sections ask.
    pub fn holds_entries(&self) -> bool {
        matches!(self.kind, Takes::Entries(_) | Takes::Table(_) | Takes::List(_))
    }
}

/// The keys of one table.
#[derive(Debug)]
pub struct Keys {
    /// What an entry is, with its article.
    pub name: &'static str,
    pub about: &'static str,
    /// Its own keys; see [`Keys::all_keys`].
    pub own: &'static [Key],
    /// Whether it has the keys [`SOURCED`] as well.
    pub is_sourced: bool,
    /// Further keys that are identifiers, with what stands behind them.
    pub open: Option<Takes>,
    /// Keys that it had once, with what is written in their place.
    pub gone: &'static [(&'static str, &'static str)],
}

impl Keys {
    /// The same with these keys.
    pub const fn keys(self, own: &'static [Key]) -> Self {
        Self { own, ..self }
    }

    /// The same, and every other key is an identifier with this behind it.
    pub const fn open(self, kind: Takes) -> Self {
        Self { open: Some(kind), ..self }
    }

    /// The same, and some keys are remembered that it had once.
    pub const fn gone(self, gone: &'static [(&'static str, &'static str)]) -> Self {
        Self { gone, ..self }
    }

    /// The key with this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.all_keys().find(|k| k.name == name)
    }

    /// Its keys, and those for its sources.
    pub fn all_keys(&self) -> impl Iterator<Item = &'static Key> + use<> {
        self.own.iter().chain(if self.is_sourced { &SOURCED[..] } else { &[] })
    }
}

/// A key that must be there.
pub const fn must(name: &'static str, kind: Takes, about: &'static str) -> Key {
    Key { name, kind, required: true, about }
}

/// A key that may be there.
pub const fn may(name: &'static str, kind: Takes, about: &'static str) -> Key {
    Key { name, kind, required: false, about }
}

/// The keys that say where something comes from.
pub static SOURCED: [Key; 2] = [
    may("source", Takes::Text, "Who says that it exists."),
    may("numbers", Takes::Text, "Where the magnitudes in this table come from."),
];

/// What an entry is, with its article, and what it is about; its keys follow.
pub const fn section(name: &'static str, about: &'static str) -> Keys {
    Keys { name, about, own: &[], is_sourced: false, open: None, gone: &[] }
}

/// The same, with keys for its sources after all others.
pub const fn sourced(name: &'static str, about: &'static str) -> Keys {
    Keys { is_sourced: true, ..section(name, about) }
}

/// The words of a closed list, without what they stand for.
pub const fn words<T, const N: usize>(pairs: &[(&'static str, T); N]) -> [&'static str; N] {
    let (mut words, mut i) = ([""; N], 0);
    while i < N {
        words[i] = pairs[i].0;
        i += 1;
    }
    words
}
