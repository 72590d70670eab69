//! What a key that is no field of ours says of who may see a document, by the words in `words.toml`.
//!
//! Input: the name of a key and its value. Output: a [`Meaning`]. Not here: the fields of content.md §4 themselves
//! (`head.rs`), and the clock (`audience.rs` compares times).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::data::{Node, Raw};
use crate::kind::Role;
use crate::language::letters;
use crate::model::{Date, Instant, OtherTime, Zone};
use crate::source::Span;

/// What a key and its value say of who may see a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    /// Nothing.
    Nothing,
    /// Everybody may.
    Shows,
    /// Perhaps not everybody may; the field with this role may be meant.
    Withholds(Role),
    /// Everybody may from this time on.
    From(Instant),
    /// Everybody may up to this time.
    Until(Instant),
}

/// A value, as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'text> {
    /// Nothing was filled in.
    Empty,
    /// One word or more.
    Words(&'text str),
    /// A list or a group.
    Other,
}

impl<'text> Value<'text> {
    /// Its words.
    pub(super) fn words(self) -> Option<&'text str> {
        match self {
            Self::Words(text) => Some(text),
            Self::Empty | Self::Other => None,
        }
    }

    /// The value of a node; a list of one is its item.
    pub(super) fn of(node: Option<&'text Node>) -> Self {
        match node.map(|node| (&node.value, node)) {
            Some((Raw::List(items), _)) if items.len() == 1 => Self::of(items.first()),
            Some((_, node)) if node.is_empty() => Self::Empty,
            Some((Raw::Scalar { text, .. }, _)) => Self::Words(untagged(text)),
            Some(_) => Self::Other,
            None => Self::Empty,
        }
    }
}

/// A value without what YAML lets stand before it: `&anchor no`, `!!str no`.
fn untagged(text: &str) -> &str {
    match text.split_once(' ') {
        Some((mark, rest)) if mark.starts_with(['&', '!']) => rest.trim_start(),
        _ => text,
    }
}

/// Whether a field of a kind that says nothing of who may see a document has a value that says it all the same, under a name that
/// other programs give to that: `published: false` where a day should stand.
pub(super) fn misused(key: &str, value: Value<'_>) -> bool {
    let name = letters::name(key);
    let Some(entry) = WORDS.key(&name) else { return false };
    let Value::Words(text) = value else { return false };
    match entry.says {
        Says::Shows | Says::Switch => crate::data::boolean(text) == Some(false),
        Says::Withholds | Says::Locks => Words::is(&WORDS.values.yes, text),
        Says::State | Says::Choice => entry.closes(text) || Words::is(&WORDS.values.closed, text),
        Says::From | Says::Until | Says::Dated => false,
    }
}

/// What a key says that no list of fields has; `None` if `words.toml` has no such key either.
pub(super) fn meaning(key: &str, value: Value<'_>, zone: &Zone) -> Meaning {
    let name = letters::name(key);
    match WORDS.key(&name) {
        Some(entry) => entry.meaning(value, zone),
        None => privacy(&name, value),
    }
}

/// What a line of a text that reads like a field says. Words of prose begin in the same way (`Public: none`), so only
/// a value that no sentence has counts.
pub(super) fn line_meaning(key: &str, value: &str, top: bool, zone: &Zone) -> Meaning {
    let name = letters::name(key);
    let Some(entry) = WORDS.key(&name) else {
        let yes = Words::is(&WORDS.values.yes, value);
        return if yes { privacy(&name, Value::Words(value)) } else { Meaning::Nothing };
    };
    let at_top = top && !key.contains(' ');
    let sure = match entry.says {
        Says::Withholds => {
            Words::is(&WORDS.values.yes, value)
                || Words::is(&WORDS.values.closed, value)
                || names_paragraph(entry.asks.role(), value)
                || (entry.asks == Asks::Exempt && value.starts_with('{'))
        }
        Says::Shows | Says::Switch => crate::data::boolean(value) == Some(false),
        Says::Dated => at_top && time(value, zone).is_some(),
        // A label with a blank in it is a form's, but for the top of a text: `Publication time: 10 am`.
        Says::From | Says::Until => {
            let sure = Words::is(&WORDS.values.yes, value) && entry.asks == Asks::PublishAt;
            sure || ((top || !key.contains(' ')) && time(value, zone).is_some())
        }
        Says::State => {
            ((top || !entry.top) && Words::is(&WORDS.values.closed, value)) || (at_top && entry.closes(value))
        }
        // In a text these are labels of every day.
        Says::Choice => at_top && (Words::is(&WORDS.values.closed, value) || entry.closes(value)),
        Says::Locks => false,
    };
    if sure { entry.meaning(Value::Words(value), zone) } else { Meaning::Nothing }
}

/// Whether a value is the paragraph of the Schedule by which something is exempt.
pub(super) fn names_paragraph(role: Role, value: &str) -> bool {
    let named = letters::name(value);
    role == Role::Exempt && (named.starts_with("para") || named.starts_with(|first: char| first.is_ascii_digit()))
}

/// What a word that stands alone in a head, without a value, says: `private`.
pub(super) fn alone(word: &str) -> Option<Meaning> {
    let entry = WORDS.key(&letters::name(word)).filter(|entry| entry.says == Says::Withholds)?;
    Some(Meaning::Withholds(entry.asks.role()))
}

/// Whether a key is one of those that are listed.
pub(super) fn is_listed(key: &str) -> bool {
    WORDS.key(&letters::name(key)).is_some()
}

/// What a time says under a key that means one of the two fields that hold times.
pub(super) fn time_of(role: Role, value: &str, zone: &Zone) -> Option<Meaning> {
    let at = time(value, zone)?;
    match role {
        Role::PublishAt => Some(Meaning::From(at)),
        Role::Expires => Some(Meaning::Until(at)),
        _ => None,
    }
}

/// The time that a key of another program names.
pub(super) fn other_time(said: Meaning, key: &str, span: Span) -> Option<OtherTime> {
    let (at, ends) = match said {
        Meaning::From(at) => (at, false),
        Meaning::Until(at) => (at, true),
        Meaning::Nothing | Meaning::Shows | Meaning::Withholds(_) => return None,
    };
    Some(OtherTime { key: key.into(), span, at, ends })
}

/// Whether a value says in so many words that nothing is withheld: `private: no`, `embargo: none`.
pub(super) fn says_no(value: Value<'_>) -> bool {
    matches!(value, Value::Words(text) if Words::is(&WORDS.values.no, text))
}

/// Whether a value says yes: `on`, `1`, `ja`.
pub(super) fn is_yes(value: Value<'_>) -> bool {
    matches!(value, Value::Words(text) if Words::is(&WORDS.values.yes, text))
}

/// Whether a paragraph opens as a limb of a decision does: with a number or a letter and a stop, or with "That".
pub(super) fn opens_limb(paragraph: &str) -> bool {
    let typed = paragraph.trim_start_matches(['*', '_', '(', '[', ' ', '\\']);
    let label = typed.find(|sign: char| !sign.is_alphanumeric()).map_or(("", ""), |end| typed.split_at(end));
    let numbered = (1..=4).contains(&label.0.len()) && label.1.trim_start_matches('\\').starts_with(['.', ')', ']']);
    numbered || WORDS.text.limbs.contains(&label.0.to_lowercase())
}

/// Whether a paragraph or an item goes on from words above it that are no sentence: with "That", behind a label or not.
pub(super) fn goes_on(words: &str) -> bool {
    let mut rest =
        words.split_whitespace().map(|word| word.trim_matches(['*', '_', '(', ')', '[', ']', '.', '\\', ',']));
    let is_limb = |word: &str| WORDS.text.limbs.contains(&word.to_lowercase());
    rest.next().is_some_and(|first| is_limb(first) || (first.len() <= 4 && rest.next().is_some_and(is_limb)))
}

/// Whether a word in braces says that the words before it are not for everybody.
pub(super) fn in_braces(word: &str) -> bool {
    Words::is(&WORDS.text.braces, word)
}

/// Whether the word of a status says that not everybody may see it.
pub(super) fn is_closed(typed: &str) -> bool {
    Words::has(&WORDS.values.closed, typed)
}

/// Whether a value is nothing but such a word.
pub(super) fn is_closed_word(typed: &str) -> bool {
    Words::is(&WORDS.values.closed, typed)
}

/// Whether the parts of a group of this name are about a part of the page, such as its menu.
pub(super) fn is_elsewhere(key: &str) -> bool {
    WORDS.elsewhere.contains(&letters::name(key))
}

/// What a key says that is in no list, by whole words in its name.
fn privacy(name: &str, value: Value<'_>) -> Meaning {
    let has = |words: &[String]| words.iter().any(|word| has_word(name, word));
    let asked = WORDS.privacy.iter().find(|(_, words)| has(words)).filter(|_| !has(&WORDS.privacy_not));
    let Some((asks, _)) = asked else { return Meaning::Nothing };
    // `exempt_items: 2` counts them.
    let counts = || WORDS.privacy_counted.iter().any(|word| name.rsplit('_').next() == Some(word.as_str()));
    if value.words().is_some_and(|text| text.trim().parse::<u32>().is_ok_and(|count| count != 1)) && counts() {
        return Meaning::Nothing;
    }
    Says::Withholds.meaning(value, asks.role(), &Zone::UTC)
}

/// Whether a key or its value has a word of privacy, whatever the two mean together: whoever typed them may think that they
/// keep the page back.
pub(super) fn speaks(key: &str, value: Value<'_>) -> bool {
    let has = |text: &str| {
        let name = letters::name(text);
        WORDS.privacy.iter().flat_map(|(_, words)| words).any(|word| has_word(&name, word))
    };
    has(key) || value.words().is_some_and(|text| text.len() <= 120 && has(text))
}

/// A name without what stands between its words, of whose letters those are one that are taken for each other.
fn as_seen(name: &str) -> String {
    let letter = |sign| match sign {
        '0' => 'o',
        '1' | 'i' => 'l',
        sign => sign,
    };
    name.chars().filter(|sign| *sign != '_').map(letter).collect()
}

impl Key {
    /// Whether a name is one of its own, whatever stands between its words, and with digits in the place of letters:
    /// `donotpublish` is `do not publish`, and `c0nfidential` is `confidential`.
    fn has(&self, name: &str) -> bool {
        let seen = as_seen(name);
        let between = |[before, after]: &[String; 2]| {
            let rest = name.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
            rest.is_some_and(|rest| rest.starts_with('_') && rest.ends_with('_'))
        };
        self.names.iter().any(|own| own == name || (seen.len() > 5 && as_seen(own) == seen))
            || self.around.iter().any(between)
    }

    /// Whether a value keeps it back under these keys alone.
    fn closes(&self, text: &str) -> bool {
        Words::is(&self.closed, text)
    }

    fn meaning(&self, value: Value<'_>, zone: &Zone) -> Meaning {
        match value {
            Value::Words(text) if self.closes(text) => Meaning::Withholds(self.asks.role()),
            _ => self.says.meaning(value, self.asks.role(), zone),
        }
    }
}

impl Says {
    fn meaning(self, value: Value<'_>, asked: Role, zone: &Zone) -> Meaning {
        let withholds = Meaning::Withholds(asked);
        let words = &WORDS.values;
        let Value::Words(text) = value else {
            return match (self, value) {
                (Self::Switch | Self::Locks | Self::State, Value::Empty) | (Self::Switch, _) => Meaning::Nothing,
                (Self::State | Self::Choice | Self::Dated, _) => Meaning::Nothing,
                _ => withholds,
            };
        };
        match self {
            Self::Withholds if Words::is(&words.no, text) || Words::is(&words.open, text) => Meaning::Shows,
            Self::Withholds => withholds,
            Self::Shows if Words::is(&words.yes, text) || Words::is(&words.open, text) => Meaning::Shows,
            Self::Shows | Self::From if time(text, zone).is_some() => time(text, zone).map_or(withholds, Meaning::From),
            Self::Until if time(text, zone).is_some() => time(text, zone).map_or(withholds, Meaning::Until),
            Self::Dated => time(text, zone).map_or(Meaning::Nothing, Meaning::From),
            Self::From if Words::is(&words.over, text) => Meaning::Shows,
            Self::From if Words::is(&words.never, text) => withholds,
            Self::From | Self::Until if Words::is(&words.no, text) => Meaning::Shows,
            Self::Shows | Self::From | Self::Until => withholds,
            Self::Switch if Words::is(&words.no, text) => withholds,
            Self::State if Words::has(&words.closed, text) => withholds,
            Self::Choice if Words::is(&words.closed, text) => withholds,
            Self::State if Words::is(&words.open, text) => Meaning::Shows,
            Self::Locks if !Words::is(&words.no, text) => withholds,
            Self::Switch | Self::State | Self::Choice | Self::Locks => Meaning::Nothing,
        }
    }
}

/// The time that a value names; where it names only a day, its beginning.
fn time(text: &str, zone: &Zone) -> Option<Instant> {
    // As other programs end a field.
    let text = text.trim_end_matches([';', ',', ' ']);
    let day = || Date::parse(text).and_then(Date::earliest).and_then(|day| Instant::new(day, None, zone));
    Instant::parse(text, zone).or_else(day)
}

/// `words.toml`, with names as they are compared.
struct Words {
    keys: Vec<Key>,
    values: Values,
    privacy: Vec<(Asks, Vec<String>)>,
    privacy_not: Vec<String>,
    privacy_counted: Vec<String>,
    elsewhere: Vec<String>,
    text: TextWords,
    files: FileWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    values: Values,
    key: Vec<Key>,
    privacy: Privacy,
    elsewhere: Elsewhere,
    text: TextWords,
    files: FileWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Values {
    no: Vec<String>,
    yes: Vec<String>,
    never: Vec<String>,
    over: Vec<String>,
    open: Vec<String>,
    closed: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    says: Says,
    asks: Asks,
    names: Vec<String>,
    /// The first and the last words of names that have others between them.
    #[serde(default)]
    around: Vec<[String; 2]>,
    /// Values that keep it back under these keys alone.
    #[serde(default)]
    closed: Vec<String>,
    /// Whether a line of a text says it only at its top.
    #[serde(default)]
    top: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Privacy {
    words: Vec<PrivacyWords>,
    not: Vec<String>,
    counted: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrivacyWords {
    asks: Asks,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Elsewhere {
    groups: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextWords {
    pub(super) braces: Vec<String>,
    pub(super) exempt_keys: Vec<String>,
    pub(super) drawn: Vec<String>,
    pub(super) limbs: Vec<String>,
    pub(super) opens: Vec<String>,
    pub(super) whole: Vec<String>,
    pub(super) folders: Vec<String>,
    pub(super) strong: Vec<String>,
    pub(super) last: Vec<String>,
    pub(super) fillers: Vec<String>,
    pub(super) loud: Vec<String>,
    pub(super) marks: Vec<String>,
    pub(super) parts: Vec<String>,
    pub(super) sessions: Vec<String>,
    pub(super) ends: Vec<String>,
    pub(super) exclusion: Vec<Vec<String>>,
    pub(super) records: Vec<String>,
    pub(super) items: Vec<String>,
    pub(super) captions: Vec<String>,
    pub(super) verbs: Vec<String>,
    pub(super) sure: Vec<String>,
    pub(super) law: Vec<String>,
    pub(super) papers: Vec<String>,
    pub(super) ways: Vec<String>,
    pub(super) subjects: Vec<String>,
    pub(super) begin: Vec<String>,
    pub(super) end: Vec<String>,
    pub(super) nothing: Vec<String>,
}

/// The names of files; all are in small letters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileWords {
    pub(super) pages: Vec<String>,
    pub(super) texts: Vec<String>,
    pub(super) data: Vec<String>,
    pub(super) tables: Vec<String>,
    pub(super) calendars: Vec<String>,
    pub(super) data_keys: Vec<String>,
    pub(super) columns: Columns,
    pub(super) folders: Vec<String>,
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

/// The names of columns that say of each row who may see it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Columns {
    withholds: Vec<String>,
    shows: Vec<String>,
    state: Vec<String>,
    marking: Vec<String>,
}

/// What a column says of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// A yes withholds the row.
    Withholds,
    /// A no withholds it.
    Shows,
    /// Words that say so without any doubt withhold it.
    State,
    /// A word that says so withholds it.
    Marking,
}

impl Column {
    /// Whether a cell says that its row is not for everybody.
    pub(super) fn withholds(self, cell: &str) -> bool {
        match self {
            Self::Withholds => is_yes(Value::Words(cell)),
            Self::Shows => crate::data::boolean(cell) == Some(false),
            Self::State => false,
            Self::Marking => is_closed_word(cell),
        }
    }
}

/// What a column of this name says of its rows, if it is about who may see them.
pub(super) fn column(name: &str) -> Option<Column> {
    let name = letters::name(name);
    let columns = &FILES.columns;
    let lists = [
        (&columns.withholds, Column::Withholds),
        (&columns.shows, Column::Shows),
        (&columns.state, Column::State),
        (&columns.marking, Column::Marking),
    ];
    lists
        .into_iter()
        .find(|(names, _)| names.iter().any(|known| letters::name(known) == name))
        .map(|(_, column)| column)
}

/// What a key says by its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Says {
    Withholds,
    Shows,
    Switch,
    From,
    Until,
    Dated,
    State,
    Choice,
    Locks,
}

/// The field of ours that a key may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Asks {
    Draft,
    PublishAt,
    Expires,
    Withdrawn,
    Exempt,
}

impl Asks {
    fn role(self) -> Role {
        match self {
            Self::Draft => Role::Draft,
            Self::PublishAt => Role::PublishAt,
            Self::Expires => Role::Expires,
            Self::Withdrawn => Role::Withdrawn,
            Self::Exempt => Role::Exempt,
        }
    }
}

impl Words {
    /// The keys of which this is a name.
    fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|entry| entry.has(name))
    }

    /// Whether a value is one of these words as a whole.
    fn is(words: &[String], value: &str) -> bool {
        words.contains(&letters::name(value))
    }

    /// Whether a value has one of these as whole words.
    fn has(words: &[String], value: &str) -> bool {
        let name = letters::name(value);
        words.iter().any(|word| has_word(&name, word))
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let File { values, mut key, privacy, elsewhere, text, files }: File =
        toml::from_str(include_str!("words.toml")).expect("words.toml has the shape of `File`");
    let names = |words: Vec<String>| -> Vec<String> { words.iter().map(|word| letters::name(word)).collect() };
    for entry in &mut key {
        entry.names = names(std::mem::take(&mut entry.names));
        entry.closed = names(std::mem::take(&mut entry.closed));
        entry.around = entry.around.iter().map(|around| around.each_ref().map(|words| letters::name(words))).collect();
    }
    let Values { no, yes, never, over, open, closed } = values;
    let whole = names(text.whole);
    Words {
        keys: key,
        values: Values {
            no: names(no),
            yes: names(yes),
            never: names(never),
            over: names(over),
            open: names(open),
            closed: names(closed),
        },
        privacy: privacy.words.into_iter().map(|entry| (entry.asks, names(entry.names))).collect(),
        privacy_not: names(privacy.not),
        privacy_counted: names(privacy.counted),
        elsewhere: names(elsewhere.groups),
        files: FileWords { data_keys: names(files.data_keys), folders: names(files.folders), ..files },
        text: TextWords {
            braces: names(text.braces),
            exempt_keys: names(text.exempt_keys),
            drawn: names(text.drawn),
            limbs: names(text.limbs),
            opens: names(text.opens),
            whole: whole.clone(),
            folders: names(text.folders),
            strong: names(text.strong),
            last: names(text.last),
            fillers: names(text.fillers),
            loud: names(text.loud),
            // Several words that are all of a heading say it beside a title too.
            marks: names(text.marks)
                .into_iter()
                .chain(whole.iter().filter(|words| words.contains('_')).cloned())
                .collect(),
            parts: names(text.parts),
            sessions: names(text.sessions),
            ends: names(text.ends),
            exclusion: text.exclusion.into_iter().map(names).collect(),
            records: names(text.records),
            items: names(text.items),
            captions: names(text.captions),
            verbs: names(text.verbs),
            sure: names(text.sure),
            law: names(text.law),
            papers: names(text.papers),
            ways: names(text.ways),
            subjects: names(text.subjects),
            begin: names(text.begin),
            end: names(text.end),
            nothing: names(text.nothing),
        },
    }
});

/// The words in names of files.
pub(super) static FILES: LazyLock<&'static FileWords> = LazyLock::new(|| &WORDS.files);

/// The words that a text has.
pub(super) static TEXT: LazyLock<&'static TextWords> = LazyLock::new(|| &WORDS.text);

/// Whether a name has a word, or several, as whole words.
pub(super) fn has_word(name: &str, word: &str) -> bool {
    format!("_{name}_").contains(&format!("_{word}_"))
}
