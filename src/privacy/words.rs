//! What a key that is no field of ours says of who may see a document, by the words in `words.toml`.
//!
//! Input: the name of a key and its value. Output: a [`Meaning`]. Not here: the fields of content.md §4 themselves
//! (`head.rs`), and the clock (`audience.rs` compares times).

use std::sync::LazyLock;

use serde::Deserialize;

use super::composed;
use super::lists::Hanging;
pub(crate) use super::lists::{Sentence, TextWords};
use super::matching::{has_one, has_word};
use crate::data::{Node, Raw};
use crate::kind::{Kind, Role};
use crate::language::letters;
use crate::model::{Date, Instant, MONTHS, OtherTime, Zone};
use crate::source::Span;

/// What a key and its value say of who may see a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
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
pub(crate) enum Value<'text> {
    /// Nothing was filled in.
    Empty,
    /// One word or more.
    Words(&'text str),
    /// A list or a group.
    Other,
}

impl<'text> Value<'text> {
    /// Its words.
    pub(crate) fn words(self) -> Option<&'text str> {
        match self {
            Self::Words(text) => Some(text),
            Self::Empty | Self::Other => None,
        }
    }

    /// The value of a node; a list of one is its item.
    pub(crate) fn of(node: Option<&'text Node>) -> Self {
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
pub(crate) fn misused(key: &str, value: Value<'_>) -> bool {
    let name = letters::name(key);
    let Some(entry) = WORDS.key(&name) else { return false };
    let Value::Words(text) = value else { return false };
    match entry.says {
        Says::Shows | Says::Switch => crate::data::boolean(text) == Some(false),
        Says::Withholds | Says::Locks => Words::is(&WORDS.values.yes, text),
        Says::State => entry.closes(text) || Words::is(&WORDS.values.closed, text),
        // A firm is private, an association closed.
        Says::Choice => {
            Words::is(&WORDS.values.closed, text)
                && WORDS.text.strong.iter().any(|word| has_word(&letters::name(text), word))
        }
        Says::From | Says::Until | Says::Dated => false,
    }
}

/// What a key says that no list of fields has; `None` if `words.toml` has no such key either.
pub(crate) fn meaning(key: &str, value: Value<'_>, kind: &Kind, zone: &Zone) -> Meaning {
    let name = letters::name(key);
    match WORDS.key(&name) {
        Some(entry) if entry.meetings && !kind.of_meeting && kind.inside_of.is_none() => Meaning::Nothing,
        Some(entry) => entry.meaning(value, zone),
        None if let Some(entry) = WORDS.meant(&name) => entry.meaning(value, zone),
        None if says_no(value)
            && composed::asks_to_show(&name, (&WORDS.privacy.shows, &WORDS.privacy.beside_shows)) =>
        {
            Meaning::Withholds(Role::Draft)
        }
        None if composed::decides(&name, &WORDS.privacy.deciding)
            && matches!(value, Value::Words(text) if is_closed_word(text)) =>
        {
            Meaning::Withholds(Role::Draft)
        }
        None => privacy(&name, value),
    }
}

/// What a list of words says under such a key: `categories: [Minutes, Exempt]`.
pub(crate) fn meaning_of_list(key: &str, items: &[Node], zone: &Zone) -> Meaning {
    let entry = WORDS.key(&letters::name(key)).filter(|entry| matches!(entry.says, Says::State | Says::Choice));
    let said = |entry: &Key| {
        let withholds = |said: &Meaning| matches!(said, Meaning::Withholds(_));
        let mut said = items.iter().map(|item| entry.meaning(Value::of(Some(item)), zone));
        if entry.each && !said.clone().all(|said| withholds(&said)) {
            return None;
        }
        said.find(withholds)
    };
    entry.and_then(said).unwrap_or(Meaning::Nothing)
}

/// What a line of a text that reads like a field says. Words of prose begin in the same way (`Public: none`), so only
/// a value that no sentence has counts.
pub(crate) fn line_meaning(key: &str, value: &str, top: bool, zone: &Zone) -> Meaning {
    let name = letters::name(key);
    let Some(entry) = WORDS.key(&name) else {
        // A number alone may be anything: `paragraphs=3`.
        let by_law =
            || top && !value.starts_with(|first: char| first.is_ascii_digit()) && names_paragraph(Role::Exempt, value);
        let yes = Words::is(&WORDS.values.yes, value) || by_law();
        return if yes { privacy(&name, Value::Words(value)) } else { Meaning::Nothing };
    };
    let at_top = top && !key.contains(' ');
    let sure = !entry.meetings
        && match entry.says {
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
                ((top || !entry.top) && Words::is(&WORDS.values.closed, value))
                    || (at_top && entry.closes(value))
                    || (top && (TEXT.is_free(value) || TEXT.is_composed(value)))
            }
            Says::Locks if entry.asks == Asks::Exempt => top && !value.is_empty() && !TEXT.is_nothing(value),
            // In a text these are labels of every day.
            Says::Choice => at_top && (Words::is(&WORDS.values.closed, value) || entry.closes(value)),
            Says::Locks => false,
        };
    if sure { entry.meaning(Value::Words(value), zone) } else { Meaning::Nothing }
}

/// Whether the label of a line asks for the reason why something is not for everybody.
pub(super) fn gives_reason(label: &str) -> bool {
    WORDS.key(&letters::name(label)).is_some_and(|entry| entry.says == Says::Locks && entry.asks == Asks::Exempt)
}

/// Whether a value is the paragraph of the Schedule by which something is exempt.
pub(crate) fn names_paragraph(role: Role, value: &str) -> bool {
    const MOST: u32 = 10;
    const AROUND: [&str; 12] =
        ["and", "or", "to", "of", "part", "schedule", "12a", "1972", "the", "local", "government", "act"];
    let name = letters::name(value);
    // "Yes – paragraph 3"
    let yes = WORDS.values.yes.iter().find_map(|yes| name.strip_prefix(yes.as_str())?.strip_prefix('_'));
    let named = yes.unwrap_or(&name);
    // `Restricted: 20 mph` is about something else.
    let known = |word: &str| {
        let digits = word.trim_end_matches(|sign: char| sign.is_ascii_lowercase());
        let number = word.len() <= digits.len() + 1 && digits.parse::<u32>().is_ok_and(|number| number <= MOST);
        number || AROUND.contains(&word)
    };
    let numbers = || named.starts_with(|first: char| first.is_ascii_digit()) && named.split('_').all(known);
    role == Role::Exempt && (named.starts_with("para") || numbers())
}

/// What a word that stands alone in a head, without a value, says: `private`.
pub(crate) fn alone(word: &str) -> Option<Meaning> {
    let entry = WORDS.key(&letters::name(word)).filter(|entry| entry.says == Says::Withholds)?;
    Some(Meaning::Withholds(entry.asks.role()))
}

/// Whether a key names that from which a document comes, and then whether it is a meeting that it names.
pub(crate) fn hangs(key: &str) -> Option<bool> {
    let Hanging { meetings, others, gatherings, later, .. } = &WORDS.hanging;
    let name = letters::name(key);
    let has = |list: &[String]| has_one(&name, list);
    if meetings.contains(&name) || (has(gatherings) && !has(later)) {
        Some(true)
    } else {
        others.contains(&name).then_some(false)
    }
}

/// Whether a key that names a meeting may say that the document comes from there, and not that it leads there.
pub(crate) fn may_hang(key: &str) -> bool {
    let Hanging { later, apart, .. } = &WORDS.hanging;
    let name = letters::name(key);
    !later.iter().chain(apart).any(|word| has_word(&name, word))
}

/// Whether a key names the item of a meeting, and then whether it can be nothing else.
pub(crate) fn names_item(key: &str) -> Option<bool> {
    let (Hanging { items, numbers, .. }, name) = (&WORDS.hanging, letters::name(key));
    if items.contains(&name) { Some(true) } else { numbers.contains(&name).then_some(false) }
}

/// Whether a key names papers.
pub(crate) fn names_papers(key: &str) -> bool {
    WORDS.hanging.papers.contains(&letters::name(key))
}

/// Whether a remark is nothing but words that say that not everybody may see something: `note: Part 2`.
pub(crate) fn is_remark(key: &str, value: &str) -> bool {
    let everyday = !letters::name(value).contains('_') && value.contains(char::is_lowercase);
    !everyday && Words::is(&WORDS.text.remarks, key) && is_closed_word(value)
}

/// Whether a key is one of those that are listed.
pub(crate) fn is_listed(key: &str) -> bool {
    WORDS.key(&letters::name(key)).is_some()
}

/// Whether words are all such as say that everybody may see something.
pub(crate) fn is_open(typed: &str) -> bool {
    Words::is(&WORDS.values.open, typed)
}

/// What a time says under a key that means one of the two fields that hold times.
pub(crate) fn time_of(role: Role, value: &str, zone: &Zone) -> Option<Meaning> {
    let at = time(value, zone)?;
    match role {
        Role::PublishAt => Some(Meaning::From(at)),
        Role::Expires => Some(Meaning::Until(at)),
        _ => None,
    }
}

/// Whether a key says from when on something may be shown.
pub(super) fn is_from(key: &str) -> bool {
    WORDS.key(&letters::name(key)).is_some_and(|entry| entry.says == Says::From)
}

/// The time that a key of another program names.
pub(crate) fn other_time(said: Meaning, key: &str, span: Span) -> Option<OtherTime> {
    let (at, ends) = match said {
        Meaning::From(at) => (at, false),
        Meaning::Until(at) => (at, true),
        Meaning::Nothing | Meaning::Shows | Meaning::Withholds(_) => return None,
    };
    Some(OtherTime { key: key.into(), span, at, ends })
}

/// Whether a value says in so many words that nothing is withheld: `private: no`, `embargo: none`.
pub(crate) fn says_no(value: Value<'_>) -> bool {
    matches!(value, Value::Words(text) if Words::is(&WORDS.values.no, text))
}

/// Whether a value says yes: `on`, `1`, `ja`.
pub(crate) fn is_yes(value: Value<'_>) -> bool {
    matches!(value, Value::Words(text) if Words::is(&WORDS.values.yes, text))
}

/// Whether a word in braces says that the words before it are not for everybody.
pub(crate) fn in_braces(word: &str) -> bool {
    Words::is(&WORDS.text.braces, word)
}

/// Whether the word of a status says that not everybody may see it.
pub(crate) fn is_closed(typed: &str) -> bool {
    Words::has(&WORDS.values.closed, typed)
}

/// Whether a value is nothing but such a word.
pub(crate) fn is_closed_word(typed: &str) -> bool {
    Words::is(&WORDS.values.closed, typed)
}

/// Whether the parts of a group of this name are about a part of the page, such as its menu.
pub(crate) fn is_elsewhere(key: &str) -> bool {
    WORDS.elsewhere.groups.contains(&letters::name(key))
}

/// What a key says that is in no list, by whole words in its name.
fn privacy(name: &str, value: Value<'_>) -> Meaning {
    let has = |words: &[String]| has_one(name, words);
    let asked = WORDS.privacy.words.iter().find(|entry| has(&entry.names)).filter(|_| !has(&WORDS.privacy.not));
    let Some(PrivacyWords { asks, .. }) = asked else { return Meaning::Nothing };
    if counts(name, value) {
        return Meaning::Nothing;
    }
    Says::Withholds.meaning(value, asks.role(), &Zone::UTC)
}

/// Whether a name has a word that says that it is about something else than who may see a document: `private_rented_homes`.
pub(crate) fn is_about_else(name: &str) -> bool {
    has_one(name, &WORDS.privacy.not)
}

/// Whether a key says how many of something there are: `exempt_items: 2`.
fn counts(name: &str, value: Value<'_>) -> bool {
    let number = value.words().is_some_and(|text| text.trim().parse::<u32>().is_ok_and(|count| count != 1));
    number && WORDS.privacy.counted.iter().any(|word| name.rsplit('_').next() == Some(word.as_str()))
}

/// Whether words are one field, as a program writes it, that says that nothing is withheld, or how much of something there is, in
/// whatever signs it stands: `exempt: none`, `% exempt_items: 2`.
pub(crate) fn is_harmless_field(typed: &str) -> bool {
    let typed = &*letters::unescaped(typed);
    let Some((key, value)) = typed.split_once([':', '=', '：']) else { return false };
    let signs = |sign: char| !sign.is_alphanumeric();
    let (key, value) = (key.trim_matches(signs), value.trim_matches(signs));
    if key.contains(char::is_whitespace) || key.is_empty() {
        return false;
    }
    let (name, value) = (letters::name(key), Value::Words(value));
    let said = WORDS.key(&name).map_or_else(|| privacy(&name, value), |entry| entry.meaning(value, &Zone::UTC));
    said == Meaning::Shows || (name.contains('_') && (counts(&name, value) || is_about_else(&name)))
}

/// Whether a key or its value has a word of privacy, whatever the two mean together: whoever typed them may think that they
/// keep the page back.
pub(crate) fn speaks(key: &str, value: Value<'_>) -> bool {
    let has = |text: &str| {
        let name = letters::name(text);
        WORDS.privacy.words.iter().flat_map(|entry| &entry.names).any(|word| has_word(&name, word))
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
        self.names.iter().any(|own| own == name)
            || (seen.len() > 5 && self.seen.contains(&seen))
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
            Self::Dated if Words::is(&words.closed, text) && letters::name(text).contains('_') => withholds,
            Self::Dated => time(text, zone).map_or(Meaning::Nothing, Meaning::From),
            Self::From if Words::is(&words.over, text) => Meaning::Shows,
            Self::From if Words::is(&words.never, text) => withholds,
            Self::From | Self::Until if Words::is(&words.no, text) => Meaning::Shows,
            Self::Shows | Self::From | Self::Until => withholds,
            Self::Switch if Words::is(&words.no, text) || Words::is(&words.closed, text) => withholds,
            Self::State if Words::has(&words.closed, text) || WORDS.text.restricts(text) => withholds,
            Self::State if !WORDS.text.asked_in(text, false).is_empty() => withholds,
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
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    values: Values,
    key: Vec<Key>,
    privacy: Privacy,
    elsewhere: Elsewhere,
    hanging: Hanging,
    text: TextWords,
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
    /// The names as they are seen, whatever stands between their words.
    #[serde(skip)]
    seen: Vec<String>,
    /// The first and the last words of names that have others between them.
    #[serde(default)]
    around: Vec<[String; 2]>,
    /// Values that keep it back under these keys alone.
    #[serde(default)]
    closed: Vec<String>,
    /// Whether a line of a text says it only at its top.
    #[serde(default)]
    top: bool,
    /// Whether it says it only of what a meeting has.
    #[serde(default)]
    meetings: bool,
    /// Whether a list of values says it only if each of them does.
    #[serde(default)]
    each: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Privacy {
    words: Vec<PrivacyWords>,
    not: Vec<String>,
    counted: Vec<String>,
    slips: Vec<String>,
    deciding: Vec<String>,
    shows: Vec<String>,
    beside_shows: Vec<String>,
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
        self.key.iter().find(|entry| entry.has(name))
    }

    /// The key of which this name is one, but for a slip: a letter too few or too many, or two exchanged.
    fn meant(&self, name: &str) -> Option<&Key> {
        let slip = self.privacy.slips.iter().find(|word| strsim::osa_distance(name, word) == 1)?;
        self.key(slip)
    }

    /// Whether a value is one of these words as a whole.
    fn is(words: &[String], value: &str) -> bool {
        words.contains(&letters::name(value))
    }

    /// Whether a value has one of these as whole words.
    fn has(words: &[String], value: &str) -> bool {
        let name = letters::name(value);
        has_one(&name, words)
    }
}

/// What in `words.toml` is no list of names as they are compared, but words of its own.
const AS_TYPED: [&str; 7] = ["says", "asks", "spoilers", "signs", "named", "equals", "ticks"];

/// Puts names in the place of the words in a part of `words.toml` or of another file.
pub(super) fn put_names(value: &mut toml::Value) {
    match value {
        toml::Value::String(words) => *words = letters::name(words),
        toml::Value::Array(values) => values.iter_mut().for_each(put_names),
        toml::Value::Table(table) => {
            let lists = table.iter_mut().filter(|(key, _)| !AS_TYPED.contains(&key.as_str()));
            lists.for_each(|(_, value)| put_names(value));
        }
        _ => {}
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut file: toml::Value = toml::from_str(include_str!("words.toml")).expect("words.toml is TOML");
    put_names(&mut file);
    let mut words: Words = file.try_into().expect("words.toml has the shape of `Words`");
    // Several words that are all of a heading say it beside a title too.
    let several = words.text.whole.iter().filter(|words| words.contains('_')).cloned();
    words.text.marks.extend(several);
    words.text.allow_signs_for_and();
    for key in &mut words.key {
        key.seen = key.names.iter().map(|name| as_seen(name)).collect();
    }
    words
});

/// The words that a text has.
pub(crate) static TEXT: LazyLock<&'static TextWords> = LazyLock::new(|| &WORDS.text);

/// Whether nothing stands here but a number, a letter that counts or signs: `7.1 (`, `(a) **[`.
pub(crate) fn is_label(before: &str) -> bool {
    let name = letters::name(before);
    let words = name.trim_matches(|sign: char| sign.is_ascii_digit() || sign == '_');
    words.len() <= 1 || words.chars().all(|letter| "ivx".contains(letter))
}

/// The words of a line without the number or the letter before them.
pub(crate) fn unnumbered(line: &str) -> String {
    let name = letters::name(unlabelled(line));
    let words = name.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '_');
    words.to_owned()
}

/// A line without the letter or the Roman number before it, as items of agendas have: `A. `, `IV) `, `C1. `.
pub(super) fn unlabelled(line: &str) -> &str {
    let bare = line.trim_start_matches(['#', ' ', '*']);
    let Some((label, rest)) = bare.split_once(' ') else { return line };
    let sign = label.trim_end_matches(['.', ')', ':']);
    let letters = sign.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
    let lettered = letters.len() == 1 && letters.starts_with(|first: char| first.is_ascii_uppercase());
    let roman = letters.len() <= 4 && !letters.is_empty() && letters.bytes().all(|letter| b"IVX".contains(&letter));
    let counts = (sign.len() < label.len() || letters.len() < sign.len()) && label.len() - sign.len() <= 1;
    if (lettered || roman) && counts { rest } else { line }
}

/// The words of a name without days and other numbers.
pub(crate) fn undated(name: &str) -> String {
    let counts = |word: &&str| {
        !word.chars().all(|sign| sign.is_ascii_digit()) && !MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
    };
    name.split('_').filter(counts).collect::<Vec<_>>().join("_")
}
