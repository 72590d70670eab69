//! What an author filled in, typed by the schema of its kind.

use super::{Date, DocumentId, Instant, Landing, Stretch, Text, slug};
use crate::kind::{Field, Kinds, Role};
use crate::source::Span;

/// The fields of a document or of a group, in the order of the kind's file.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Fields(pub Vec<Entry>);

/// One filled field.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// The field's name.
    pub name: Box<str>,
    /// What it holds.
    pub value: Value,
    /// Where the value stands; the whole file where it was worked out (from the path, from the first heading).
    pub span: Span,
    /// How the program came to know it.
    pub origin: Origin,
}

/// How the program came to know something: what stands later in this list holds against what stands earlier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Origin {
    /// It follows from where the file lies, from the kind, or from what else is known.
    WorkedOut,
    /// It was found in the text by its words.
    Recognised,
    /// The author said it: in the head of a file, or in braces.
    #[default]
    Typed,
}

/// A typed value. Which variant a field has is settled by its [`Shape`](crate::kind::Shape).
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Value {
    /// Plain text.
    Text(Box<str>),
    /// Text in the dialect, before `assemble`.
    Markdown(Box<Text>),
    /// Text in the dialect that stands in the text of the document's host: what a part of a record in place says.
    Stretch(Stretch),
    /// A date as far as it is known.
    Date(Date),
    /// A moment.
    Instant(Instant),
    /// Yes or no.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// One of the field's words, as in the kind's file.
    Choice(Box<str>),
    /// An address on the web, or an old path of this site.
    Address(Box<str>),
    /// A file: its path below `content/`.
    File(Box<str>),
    /// A document that may or may not be there; `assemble` finds out.
    Reference(Reference),
    /// Words where a document or a date could stand.
    Words(Box<str>),
    /// Several.
    List(Vec<(Value, Span)>),
    /// Named parts.
    Group(Fields),
    // What only a site has is never packed. It stands last: what is packed counts the variants before it.
    /// Text in the dialect with what its links lead to: what [`Value::Markdown`] is in a site.
    #[serde(skip)]
    Landed(Box<LandedText>),
    /// What [`Value::Stretch`] is in a site: a stretch of the text of this document.
    #[serde(skip)]
    Passage(DocumentId, Stretch),
}

/// A text in a field, with what its links and embeds lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct LandedText {
    /// The text.
    pub body: Text,
    /// Where each of its links leads.
    pub landings: Vec<Landing>,
    /// What each of its embeds shows.
    pub embeds: Vec<Landing>,
}

/// A document named by a field, as typed: `minutes/scrutiny-committee/2021-09-07#item-9`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Reference {
    /// The id: what stands before `#`, without `.md` and slashes at the ends.
    pub id: Box<str>,
    /// The place in the document: what stands after `#`.
    pub anchor: Option<Box<str>>,
}

impl Reference {
    /// A document as a field names it: an id whose folder is a kind's, `[[id]]`, a path to its file, or a link to one of these. `None`
    /// for any other words.
    #[must_use]
    pub fn parse(text: &str, kinds: &Kinds) -> Option<Self> {
        let typed = Typed::of(text);
        let in_folder = typed.id.split_once('/').is_some_and(|(folder, rest)| {
            !rest.is_empty() && (kinds.by_folder(folder).is_some() || kinds.by_folder(&slug(folder)).is_some())
        });
        let fits = in_folder && (typed.is_sure || !typed.id.contains(char::is_whitespace));
        (fits || (typed.is_wiki && !typed.id.is_empty())).then(|| typed.reference())
    }

    /// A document as it may be meant by words that [`parse`](Self::parse) takes for none: the end of an id, in any letters. Whether
    /// there is one, only a look at all of them tells.
    #[must_use]
    pub fn perhaps(text: &str) -> Option<Self> {
        let typed = Typed::of(text);
        let one_word = !typed.id.contains(char::is_whitespace) && !typed.id.contains(':');
        (!typed.id.is_empty() && (typed.is_sure || one_word)).then(|| typed.reference())
    }
}

/// What stands for a document in a field.
struct Typed<'text> {
    id: &'text str,
    anchor: Option<&'text str>,
    is_wiki: bool,
    /// Whether it names a file, or is a link.
    is_sure: bool,
}

impl<'text> Typed<'text> {
    fn of(text: &'text str) -> Self {
        let text = text.trim();
        let wiki = text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
        let link = || text.strip_prefix('[')?.strip_suffix(')')?.rsplit_once("](").map(|(_, target)| target);
        let link = link().map(|target| target.trim_matches(['<', '>']).split(" \"").next().unwrap_or(target));
        let typed = wiki.map(|inside| inside.split('|').next().unwrap_or(inside)).or(link).unwrap_or(text).trim();
        let (path, anchor) = match typed.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor.trim()).filter(|anchor| !anchor.is_empty())),
            None => (typed, None),
        };
        let is_sure = path.ends_with(".md") || wiki.is_some() || link.is_some();
        let mut id = path.trim().trim_end_matches('/').trim_end_matches(".md");
        while let Some(rest) = ["./", "../", "/"].iter().find_map(|start| id.strip_prefix(start)) {
            id = rest;
        }
        Self { id: id.strip_prefix("content/").unwrap_or(id), anchor, is_wiki: wiki.is_some(), is_sure }
    }

    fn reference(&self) -> Reference {
        Reference { id: self.id.into(), anchor: self.anchor.map(Into::into) }
    }
}

impl Fields {
    /// The value of `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entry(name).map(|entry| &entry.value)
    }

    /// The value of the first field of `schema` that has `role`.
    #[must_use]
    pub fn with_role(&self, schema: &[Field], role: Role) -> Option<&Value> {
        self.get(&schema.iter().find(|field| field.role == Some(role))?.name)
    }

    /// The entry of `name`, with its span.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.name.as_ref() == name)
    }

    /// Fills the field `name` with `value`, which was worked out, if it is not filled yet. `span` is what a message
    /// about it shows.
    pub fn fill(&mut self, name: &str, value: Value, span: Span) {
        self.put(Entry { name: name.into(), value, span, origin: Origin::WorkedOut });
    }

    /// Fills the field `name` with `value`, which was found in the text at `span`, unless the author typed one or one was
    /// found before. It takes the place of what was only worked out. The fields are then to be put in order again
    /// ([`sort_as`](Self::sort_as)).
    pub fn recognise(&mut self, name: &str, value: Value, span: Span) {
        self.put(Entry { name: name.into(), value, span, origin: Origin::Recognised });
    }

    /// Says of the field `name`, if it is filled, how it is known.
    pub fn set_origin(&mut self, name: &str, origin: Origin) {
        if let Some(entry) = self.0.iter_mut().find(|entry| *entry.name == *name) {
            entry.origin = origin;
        }
    }

    fn put(&mut self, entry: Entry) {
        match self.0.iter_mut().find(|known| known.name == entry.name) {
            Some(known) if known.origin >= entry.origin => {}
            Some(known) => *known = entry,
            None => self.0.push(entry),
        }
    }

    /// Puts the fields in the order of `schema`.
    pub fn sort_as(&mut self, schema: &[Field]) {
        self.0.sort_by_key(|entry| schema.iter().position(|field| *field.name == *entry.name));
    }

    /// Visits every value that is no list and no group, in order.
    pub fn each(&self, visit: &mut dyn FnMut(&Value)) {
        self.0.iter().for_each(|entry| entry.value.each(visit));
    }

    /// Visits every value that is no list and no group, in order, to change it.
    pub fn each_mut(&mut self, visit: &mut dyn FnMut(&mut Value)) {
        self.0.iter_mut().for_each(|entry| entry.value.each_mut(visit));
    }
}

impl Value {
    fn each(&self, visit: &mut dyn FnMut(&Self)) {
        match self {
            Self::List(list) => list.iter().for_each(|(value, _)| value.each(visit)),
            Self::Group(group) => group.each(visit),
            value => visit(value),
        }
    }

    fn each_mut(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        match self {
            Self::List(list) => list.iter_mut().for_each(|(value, _)| value.each_mut(visit)),
            Self::Group(group) => group.each_mut(visit),
            value => visit(value),
        }
    }

    /// The characters of a value that is one scalar of text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Choice(text) | Self::Address(text) | Self::File(text) | Self::Words(text) => {
                Some(text)
            }
            _ => None,
        }
    }

    /// The date of a value that is one; of a moment, its day.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Instant(instant) => Some(Date::Day(instant.day)),
            _ => None,
        }
    }

    /// The groups of a value that is one or a list of them.
    #[must_use]
    pub fn groups(&self) -> Vec<&Fields> {
        match self {
            Self::Group(group) => vec![group],
            Self::List(list) => list.iter().flat_map(|(value, _)| value.groups()).collect(),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    #[test]
    fn what_is_typed_is_never_overruled_and_what_is_found_goes_before_what_is_worked_out() {
        let span = Span::whole(SourceId(0));
        let text = |text: &str| Value::Text(text.into());
        let mut fields = Fields::default();
        fields.fill("date", text("from the name"), span);
        fields.fill("date", text("from the folder"), span);
        fields.recognise("date", text("from the text"), span);
        fields.recognise("date", text("from its end"), span);
        fields.fill("date", text("from the name"), span);
        fields.0.push(Entry { name: "chair".into(), value: text("typed"), span, origin: Origin::Typed });
        fields.recognise("chair", text("from the text"), span);
        let said: Vec<_> = fields.0.iter().map(|entry| (&*entry.name, entry.value.text(), entry.origin)).collect();
        let found = ("date", Some("from the text"), Origin::Recognised);
        assert_eq!(said, [found, ("chair", Some("typed"), Origin::Typed)]);
        fields.set_origin("chair", Origin::WorkedOut);
        assert_eq!(fields.entry("chair").map(|entry| entry.origin), Some(Origin::WorkedOut));
    }
}
