//! What a key of the format is: the columns of the table in `keys`.

/// What a number may be, and how it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spec {
    /// Least value allowed, for the whole range of an uncertain number.
    pub lo: f64,
    /// Greatest value allowed.
    pub hi: f64,
    /// How it is written and used.
    pub form: Form,
}

/// How a number is written and used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
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
pub(super) const LARGEST: f64 = 1e6;

/// The greatest whole number where every one counts, as in seeds.
pub(super) const LARGEST_WHOLE: f64 = crate::num::MOST_WHOLE as f64;

impl Spec {
    const fn new(lo: f64, hi: f64, form: Form) -> Self {
        Self { lo, hi, form }
    }
    /// Any number.
    pub const ANY: Self = Self::new(-LARGEST, LARGEST, Form::Value);
    /// A number ≥ 0.
    pub const POSITIVE: Self = Self::new(0.0, LARGEST, Form::Value);
    /// A share, 0 to 1.
    pub const SHARE: Self = Self::new(0.0, 1.0, Form::Value);
    /// A noise that never vanishes.
    pub const NOISE: Self = Self::new(0.001, Self::POSITIVE.hi, Form::Value);
    /// A share that is neither 0 nor 1.
    pub const OPEN_SHARE: Self = Self::new(0.000_001, 0.999_999, Form::Value);
    /// The value of an option, −1 to 1.
    pub const VALUE: Self = Self::new(-1.0, 1.0, Form::Value);
    /// A probability.
    pub const CHANCE: Self = Self::new(0.0, 1.0, Form::Chance);
    /// The chance that a secret term leaks.
    pub const SECRET: Self = Self::new(0.0, 1.0, Form::Secret);
    /// A line of an audience.
    pub const LINE: Self = Self::new(-LARGEST, LARGEST, Form::Line);

    /// What is accepted, in words.
    pub fn accepted(self) -> &'static str {
        if self.lo > 0.0 {
            return if self.hi < 1.0 { "a number above 0 and below 1" } else { "a number of 0.001 or more" };
        }
        match (self.form, self.lo == 0.0, self.hi == 1.0) {
            (Form::Chance | Form::Secret, ..) => "a chance from 0 to 1, or true or false",
            (Form::Line, ..) => "a number, or { bears = PACKAGE, rejects = PACKAGE }",
            (Form::Value, true, true) => "a number from 0 to 1",
            (Form::Value, true, false) => "a number of 0 or more",
            (Form::Value, false, true) => "a number from -1 to 1",
            (Form::Value, false, false) => "a number up to 1000000 either way",
        }
    }
}

/// What an identifier refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ref {
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
    /// The noun, and its plural.
    pub fn nouns(self) -> (&'static str, &'static str) {
        match self {
            Self::Actor => ("actor", "actors"),
            Self::Party => ("party", "parties"),
            Self::Audience => ("audience", "audiences"),
            Self::Beholder => ("party or audience", "parties and audiences"),
            Self::Issue => ("issue", "issues"),
            Self::Option => ("option", "options"),
            Self::Package => ("package", "packages"),
            Self::State => ("state", "states"),
            Self::Unknown => ("unknown", "unknowns"),
            Self::Aim => ("aim", "aims"),
            Self::Move => ("move", "moves"),
            Self::Stage => ("stage", "stages"),
            Self::Owing => ("debt of favours", "debts of favours"),
            Self::Intent => ("intent", "intents"),
        }
    }

    /// The sections whose entries have such identifiers.
    pub fn sections(self) -> &'static [&'static str] {
        match self {
            Self::Actor | Self::Party => &["actors"],
            Self::Audience => &["audiences"],
            Self::Beholder => &["actors", "audiences"],
            Self::Issue | Self::Option => &["issues"],
            Self::Package => &["packages"],
            Self::State => &["state"],
            Self::Unknown => &["unknowns"],
            Self::Aim => &["claims"],
            Self::Stage => &["stages"],
            Self::Owing => &["ledger"],
            Self::Intent => &["intents"],
            Self::Move => &[],
        }
    }
}

/// What may stand behind a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Text,
    Flag,
    Whole,
    Date,
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words, or a list of them.
    Words(&'static [&'static str]),
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
    Entries(&'static Section),
    /// One table with these keys.
    Table(&'static Section),
    /// What must hold in the talks: a word or a table.
    While,
    /// A list of tables with these keys.
    List(&'static Section),
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
    /// A number that may be uncertain, of any kind.
    Quantity,
    /// A table from variants to flags.
    Switches,
    /// A text or a list of texts.
    Texts,
    /// A whole number of which every one up to 2^53 − 1 is exact.
    LargeWhole,
    /// A table from paths to the values that they take in a design.
    Levels(&'static Section),
    /// A table from measures, or parties under them, to one of these words.
    Expect(&'static [&'static str]),
}

/// One key.
#[derive(Debug)]
pub(super) struct Key {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    pub about: &'static str,
}

impl Key {
    /// Whether tables stand behind it, or one table of which other sections ask.
    pub fn holds_entries(&self) -> bool {
        matches!(self.kind, Kind::Entries(_) | Kind::Table(_) | Kind::List(_))
    }
}

/// The keys of one table.
#[derive(Debug)]
pub(super) struct Section {
    /// What an entry is, with its article.
    pub name: &'static str,
    pub about: &'static str,
    pub keys: &'static [Key],
    /// Further keys that are identifiers, with what stands behind them.
    pub open: Option<Kind>,
}

impl Section {
    /// The key with this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|k| k.name == name)
    }
}

/// A key that must be there.
pub(super) const fn must(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, required: true, about }
}

/// A key that may be there.
pub(super) const fn may(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, required: false, about }
}

/// The keys of a table, none of them an identifier.
pub(super) const fn section(name: &'static str, about: &'static str, keys: &'static [Key]) -> Section {
    Section { name, about, keys, open: None }
}
