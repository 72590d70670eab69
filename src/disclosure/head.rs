//! What the head of a document says of who may see it: the five fields and the status of content.md §4.
//!
//! Input: the head, the kind of the document. Output: what it says; or [`Doubt`], and then the document is withheld and
//! an error says why. **Where two readings are possible, the one that shows less holds.**
//! Not here: the names of these fields, which are asked for by role; the clock (`audience.rs` compares).

use super::doubt::resembles_exemption;
use crate::data::{Node, Pair, Raw, boolean, one_line};
use crate::diagnostic::{Diagnostics, nearest};
use crate::hanging::named;
use crate::kind::{Choice, Field, Kind, Kinds, Role, Shape, Stage};
use crate::language::letters;
use crate::model::{Date, Exemption, Instant, OtherTime, Reference, Visibility, Withdrawn, Zone};
use crate::privacy::words::{self, Meaning, TEXT, Value};
use crate::source::Span;

/// What the head of a document is read by.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'site> {
    /// The kind of the document: its fields.
    pub kind: &'site Kind,
    /// All kinds: their folders tell the id of a document from words.
    pub kinds: &'site Kinds,
    /// The time zone of the site, in which a time is meant.
    pub zone: &'site Zone,
    /// The address of the site: a document may be named by it.
    pub own: Option<&'site str>,
    /// Whether the settings say what stands on sensitive pages. Only then does `sensitive: true` mean such a page, and not what it
    /// means in other programs.
    pub sensitive: bool,
}

/// Says that it is not sure who may see a document; a diagnostic says why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Doubt;

/// What the head says of who may see the document: whether it is a draft, and the rest.
///
/// # Errors
/// [`Doubt`], after a diagnostic for every reason.
pub(super) fn read(node: &Node, rules: Rules<'_>, diagnostics: &mut Diagnostics) -> Result<(bool, Visibility), Doubt> {
    let mut reader = VisibilityReader { rules, diagnostics, doubt: false, times: Vec::new() };
    reader.report_doubtful_keys(node);
    let mut draft = false;
    let mut visibility = Visibility::default();
    for field in &rules.kind.fields {
        let null = || node.pairs().iter().any(|pair| pair.key == field.name && is_null(pair));
        if matches!(field.role, Some(Role::Draft | Role::Exempt)) && null() {
            continue;
        }
        let Some(node) = node.get(&field.name) else { continue };
        match field.role {
            Some(Role::Draft) => draft = reader.draft(field, node),
            Some(Role::PublishAt) => visibility.publish_at = reader.instant(field, node),
            Some(Role::Expires) => visibility.expires = reader.instant(field, node),
            Some(Role::Withdrawn) => visibility.withdrawn = reader.withdrawn(field, node),
            Some(Role::Exempt) => visibility.exempt = reader.exempt(field, node),
            Some(Role::Status) => reader.status(field, node),
            _ => {}
        }
    }
    visibility.is_open = shows(node, rules);
    visibility.other_times = std::mem::take(&mut reader.times).into();
    visibility.hangs_on = named::hangs_on(node, rules.own, (rules.kind, rules.kinds)).into();
    visibility.items = named::items(node).into();
    visibility.papers = named::papers(node, rules.own).into();
    if reader.doubt { Err(Doubt) } else { Ok((draft, visibility)) }
}

/// Whether a key that the kind does not know says who may see the document: then it is understood, or in doubt, here.
#[must_use]
pub fn speaks_of_privacy(key: &str, value: Option<&Node>, rules: Rules<'_>) -> bool {
    meaning(key, value, rules) != Meaning::Nothing
        || says_draft(value, rules.kind)
        || value.is_some_and(|value| is_spoken(key, value, rules.kind))
}

/// Whether a head says in so many words that everybody may see the document.
pub(super) fn shows(node: &Node, rules: Rules<'_>) -> bool {
    node.pairs().iter().any(|Pair { key, value, .. }| match rules.kind.field(key).map(|field| field.role) {
        Some(Some(Role::Draft | Role::Exempt)) => yes_or_no(value) == Some(false),
        Some(_) => false,
        None => meaning(key, Some(value), rules) == Meaning::Shows,
    })
}

/// Whether a key or its value has a word of privacy and says nothing by it: `tags: [confidential]`.
#[must_use]
pub fn mentions_privacy(key: &str, value: Option<&Node>) -> bool {
    match value.map(|value| &value.value) {
        Some(Raw::List(items)) => items.iter().any(|item| words::speaks(key, Value::of(Some(item)))),
        _ => words::speaks(key, Value::of(value)),
    }
}

/// Whether a word alone says that not everybody may see something: `confidential`.
#[must_use]
pub fn says_private(typed: &str) -> bool {
    words::is_closed_word(typed)
}

/// The first value of the head that as a whole says that something is not for publication: `notes: NOT FOR PUBLICATION`. A word of
/// every day must be in capitals, and a tag is none.
pub(super) fn spoken_value<'node>(node: &'node Node, kind: &Kind) -> Option<(Span, &'node str)> {
    let spoken = node.pairs().iter().find(|pair| is_spoken(&pair.key, &pair.value, kind))?;
    Some((spoken.value.span, only_item(&spoken.value).scalar()?))
}

fn is_spoken(key: &str, value: &Node, kind: &Kind) -> bool {
    let is_note = kind.field(key).is_none_or(|field| {
        field.shape == Shape::Text && !matches!(field.role, Some(Role::Title | Role::Status)) && !field.decides()
    });
    is_note
        && !words::is_listed(key)
        && only_item(value).scalar().is_some_and(|text| TEXT.of_value(text) || words::is_remark(key, text))
}

/// Whether a key would withhold a document, or perhaps.
pub(super) fn withholds(key: &str, value: &Node, rules: Rules<'_>) -> bool {
    !matches!(meaning(key, Some(value), rules), Meaning::Nothing | Meaning::Shows)
        || says_draft(Some(value), rules.kind)
}

/// Whether a word that is none of the choices of a status may have been meant to withhold the document: `private`.
#[must_use]
pub fn is_doubtful_status(typed: &str, kind: &Kind) -> bool {
    words::is_closed(typed) || is_near_field(typed, kind)
}

/// Whether a word is nearly the name of a field of section 4, or another word for one.
fn is_near_field(typed: &str, kind: &Kind) -> bool {
    let typed = letters::name(typed);
    near_field(&typed, kind).is_some()
        || kind.fields.iter().any(|field| field.decides() && field.also_said.contains(&typed))
}

/// The field of section 4 from whose name a name differs in at most two letters.
pub(super) fn near_field<'site>(name: &str, kind: &'site Kind) -> Option<&'site Field> {
    let deciding = kind.fields.iter().filter(|field| field.decides());
    deciding
        .map(|field| (strsim::damerau_levenshtein(name, &field.name), field))
        .filter(|(distance, _)| *distance <= 2)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, field)| field)
}

/// What a key that the kind does not know says of who may see the document.
fn meaning(key: &str, value: Option<&Node>, rules: Rules<'_>) -> Meaning {
    // `{draft:true}` without a space is one long name for the grammar.
    let name = key.split(':').next().unwrap_or(key);
    let said = Value::of(value);
    match words::meaning(name, said, rules.kind, rules.zone) {
        Meaning::Nothing => {}
        meaning => return meaning,
    }
    if let Some(Raw::List(items)) = value.map(|value| &value.value)
        && let said @ Meaning::Withholds(_) = words::meaning_of_list(name, items, rules.zone)
    {
        return said;
    }
    let typed = letters::name(name);
    let other_word = || rules.kind.fields.iter().find(|field| field.decides() && field.also_said.contains(&typed));
    match near_field(&typed, rules.kind).or_else(other_word).and_then(|field| field.role) {
        Some(role) if let Some(meaning) = said.words().and_then(|text| words::time_of(role, text, rules.zone)) => {
            meaning
        }
        Some(role) if !matches!(role, Role::PublishAt | Role::Expires) && words::says_no(said) => Meaning::Shows,
        Some(role) => Meaning::Withholds(role),
        None => Meaning::Nothing,
    }
}

/// Whether the value of an unknown key is the name of the draft field: `status: draft` where there is no status.
fn says_draft(value: Option<&Node>, kind: &Kind) -> bool {
    let draft = kind.role(Role::Draft).map(|field| field.name.as_str());
    let text = value.and_then(|value| only_item(value).scalar());
    text.is_some_and(|text| Some(text.trim().to_lowercase().as_str()) == draft)
}

/// What a value says that is yes or no, in any of the words for them: `off`, `none`.
fn yes_or_no(node: &Node) -> Option<bool> {
    let typed = only_item(node).scalar()?;
    let said = Value::Words(typed);
    boolean(typed).or_else(|| words::is_yes(said).then_some(true)).or_else(|| words::says_no(said).then_some(false))
}

/// Whether a value says in so many signs that there is none: `~`, `null`, `{}`. An empty one does not: what was meant may stand on the
/// next line.
fn is_null(Pair { key_span, value, .. }: &Pair) -> bool {
    match &value.value {
        Raw::Null => value.span != *key_span && value.span.start < value.span.end,
        Raw::Map(pairs) => pairs.is_empty(),
        Raw::List(items) => !items.is_empty() && items.iter().all(|item| matches!(item.value, Raw::Null)),
        Raw::Scalar { .. } => false,
    }
}

/// The day that a text names, if it can name only one: of `03/04/2027` nobody knows which number is the month.
fn clear_day(text: &str, zone: &Zone) -> Option<Instant> {
    let day = Date::parse(text)?.day()?;
    let first: Option<i8> = text.split('/').next().and_then(|first| first.trim().parse().ok());
    let clear = !text.contains('/') || first.is_some_and(|first| first > 12 || first == day.month());
    Instant::new(day, None, zone).filter(|_| clear)
}

/// The item of a list that has one; any other value itself.
fn only_item(node: &Node) -> &Node {
    match &node.value {
        Raw::List(items) if items.len() == 1 => &items[0],
        _ => node,
    }
}

struct VisibilityReader<'site, 'call> {
    rules: Rules<'site>,
    diagnostics: &'call mut Diagnostics,
    doubt: bool,
    /// Times under keys of other programs.
    times: Vec<OtherTime>,
}

impl VisibilityReader<'_, '_> {
    /// Where what follows is said, the document is withheld.
    fn doubt(&mut self) -> &mut Diagnostics {
        self.doubt = true;
        self.diagnostics
    }

    /// Keys that stand twice and could mean two things, and unknown ones that may have been meant to withhold.
    fn report_doubtful_keys(&mut self, node: &Node) {
        for (index, Pair { key, key_span, value }) in node.pairs().iter().enumerate() {
            match self.rules.kind.field(key) {
                Some(field) if field.decides() || field.role == Some(Role::Status) => {
                    let first = node.pairs()[..index].iter().find(|first| first.key == *key);
                    if let Some(first) = first.filter(|first| !same_value(&first.value, value)) {
                        self.doubt().unclear_twice(first.key_span, *key_span, key);
                    }
                }
                Some(field) if self.is_sensitive(field, value) => {}
                Some(field) if field.role == Some(Role::Sensitive) && words::misused(key, Value::of(Some(value))) => {
                    let of_meeting = self.rules.kind.of_meeting;
                    self.doubt().unclear_sensitive(value.span, key, of_meeting);
                }
                Some(field) if words::misused(key, Value::of(Some(value))) => {
                    let typed = displayed(value);
                    let fix = format!(
                        "Write `{}` if you mean that. If nobody may see it yet, write `{}`.",
                        field.line(),
                        self.draft_line()
                    );
                    self.doubt().unclear_value(value.span, key, &typed, "something else", &fix);
                }
                Some(field) => self.check_nested(&field.shape, value),
                None => self.report_unknown_key(key, *key_span, value),
            }
        }
    }

    /// Whether a field says of a page that somebody may have to leave it in a hurry. Of the record of a meeting nobody says that, but of
    /// one that is private.
    fn is_sensitive(&self, field: &Field, value: &Node) -> bool {
        let is_said = self.rules.sensitive && !self.rules.kind.of_meeting;
        field.role == Some(Role::Sensitive) && is_said && yes_or_no(value).is_some()
    }

    /// What withholds and stands inside another field: a key that was indented by mistake, and braces that exempt in
    /// a value, where they can cover nothing. Text in the dialect is looked over where it is read.
    fn check_nested(&mut self, shape: &Shape, node: &Node) {
        match (&node.value, shape) {
            (Raw::List(items), Shape::List(inner)) => items.iter().for_each(|item| self.check_nested(inner, item)),
            (Raw::List(items), _) => items.iter().for_each(|item| self.check_nested(shape, item)),
            (_, Shape::List(inner)) => self.check_nested(inner, node),
            (Raw::Map(pairs), Shape::Group(parts)) => {
                for pair in pairs {
                    match parts.iter().find(|part| part.name == *pair.key) {
                        Some(part) => self.check_nested(&part.shape, &pair.value),
                        None => self.report_nested_key(pair, &pair.key),
                    }
                }
            }
            (Raw::Scalar { text, .. }, shape) if *shape != Shape::Markdown && resembles_exemption(text) => {
                self.doubt().unclear_exemption_in_value(node.span);
            }
            _ => {}
        }
    }

    /// The line that makes a document a draft.
    fn draft_line(&self) -> String {
        self.rules.kind.role(Role::Draft).map(|field| format!("{}: true", field.name)).unwrap_or_default()
    }

    fn report_unknown_key(&mut self, key: &str, span: Span, value: &Node) {
        let said = meaning(key, Some(value), self.rules);
        if let Meaning::Withholds(role) = said {
            if let Some(field) = self.rules.kind.role(role) {
                self.doubt().unclear_key(span, key, &field.name, &field.line());
            }
        } else if says_draft(Some(value), self.rules.kind) {
            self.report_ambiguous_draft(key, value.span, None);
        } else if let Some(time) = words::other_time(said, key, span) {
            self.times.push(time);
        } else if said == Meaning::Nothing && !words::is_elsewhere(key) {
            self.check_groups(key, value);
        }
    }

    /// The keys of a group that the kind does not know: `params: {draft: true}`, and of `access: {level: staff}` the access level.
    fn check_groups(&mut self, group: &str, node: &Node) {
        match &node.value {
            Raw::List(items) => items.iter().for_each(|item| self.check_groups(group, item)),
            Raw::Map(pairs) => pairs.iter().for_each(|pair| {
                let whole = format!("{group} {}", pair.key);
                let key = if words::is_listed(&whole) { whole } else { pair.key.to_string() };
                self.report_nested_key(pair, &key);
            }),
            _ => {}
        }
    }

    /// Of a key inside a group, by the name `key`.
    fn report_nested_key(&mut self, pair: &Pair, key: &str) {
        let Pair { key_span: span, value, .. } = pair;
        // What says nothing at the top of a head says nothing inside it.
        let says_nothing = match self.rules.kind.field(key).and_then(|field| field.role) {
            Some(Role::Draft | Role::Exempt) => is_null(pair),
            Some(Role::Expires) => words::says_no(Value::of(Some(value))),
            _ => false,
        };
        if says_nothing {
            return;
        }
        let span = *span;
        let role = match meaning(key, Some(value), self.rules) {
            Meaning::Withholds(role) => Some(role),
            _ => None,
        };
        match role.and_then(|role| self.rules.kind.role(role)) {
            Some(field) => self.doubt().unclear_inside(span, key, &field.line()),
            None => self.report_unknown_key(key, span, value),
        }
    }

    fn draft(&mut self, field: &Field, node: &Node) -> bool {
        let value = yes_or_no(node);
        if value.is_none() {
            let typed = displayed(node);
            let fix = format!("Write `{0}: true` to keep it back, or take the line out to publish it.", field.name);
            self.doubt().unclear_value(node.span, &field.name, &typed, "yes or no", &fix);
        }
        value.unwrap_or_default()
    }

    fn instant(&mut self, field: &Field, node: &Node) -> Option<Instant> {
        let text = only_item(node).scalar().unwrap_or_default().trim();
        if field.role == Some(Role::Expires) && words::says_no(Value::Words(text)) {
            return None;
        }
        let instant = Instant::parse(text, self.rules.zone).or_else(|| clear_day(text, self.rules.zone));
        if instant.is_none() {
            if let Some(change) = Instant::clock_change(text, self.rules.zone) {
                self.doubt().unclear_clock(node.span, &field.name, text, change);
            } else {
                let typed = displayed(node);
                let line = match Date::parse(text) {
                    Some(date @ Date::Day(_)) => format!("{}: {}", field.name, date.iso().unwrap_or_default()),
                    _ => field.line(),
                };
                let fix = format!("Write year, month and day, and a time if need be: `{line}`");
                self.doubt().unclear_value(node.span, &field.name, &typed, "a day as year, month, day", &fix);
            }
        }
        instant
    }

    fn withdrawn(&mut self, field: &Field, node: &Node) -> Option<Withdrawn> {
        let node = self.group(field, node)?;
        let on = self.part(field, Role::Date, node, Date::parse);
        let reason = self.part(field, Role::Reason, node, |text| Some(one_line(text).into()));
        let kinds = self.rules.kinds;
        let successor = self.part(field, Role::Successor, node, |text| Reference::parse(text, kinds));
        Some(Withdrawn { on, reason, successor })
    }

    fn exempt(&mut self, field: &Field, node: &Node) -> Option<Exemption> {
        let node = self.group(field, node)?;
        let paragraphs = self.paragraphs(field, node);
        let reason = self.part(field, Role::Reason, node, |text| Some(one_line(text).into()));
        let summary = self.part(field, Role::Summary, node, |text| Some(one_line(text).into()));
        Some(Exemption { paragraphs, reason, summary })
    }

    /// The map of a field of parts; `None` if it says `false`. Parts that are not known or stand twice are a doubt.
    fn group<'node>(&mut self, field: &Field, node: &'node Node) -> Option<&'node Node> {
        let node = only_item(node);
        // `exempt: []` and `exempt: none` say that nothing is.
        let is_nothing = matches!(&node.value, Raw::List(items) if items.is_empty());
        if is_nothing || yes_or_no(node) == Some(false) {
            return None;
        }
        if node.pairs().is_empty() {
            let fix = format!("Write it like this: `{}`. Take the line out if nothing is meant.", field.line());
            self.doubt().unclear_value(node.span, &field.name, &displayed(node), "a group of parts", &fix);
            return None;
        }
        let names: Vec<&str> = field.parts().iter().map(|part| part.name.as_str()).collect();
        for (index, Pair { key, key_span, value }) in node.pairs().iter().enumerate() {
            if !names.contains(&key.as_str()) {
                let also =
                    field.parts().iter().find(|part| part.also_said.contains(key)).map(|part| part.name.as_str());
                let near = nearest(key, names.iter().copied()).or(also);
                self.doubt().unclear_part(*key_span, &field.name, key, near, &names);
            } else if let Some(first) = node.pairs()[..index].iter().find(|first| first.key == *key)
                && !same_value(&first.value, value)
            {
                self.doubt().unclear_twice(first.key_span, *key_span, key);
            }
        }
        Some(node)
    }

    /// The part of a group that has `role`, as `read` reads it; what it cannot read is a doubt.
    fn part<T>(&mut self, field: &Field, role: Role, group: &Node, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let part = field.part(role)?;
        let node = group.get(&part.name).filter(|node| !node.is_empty())?;
        let value = only_item(node).scalar().map(str::trim).and_then(read);
        if value.is_none() {
            let fix = format!("Write it like this: `{}`", part.line());
            self.doubt().unclear_value(node.span, &part.name, &displayed(node), expected_value(part), &fix);
        }
        value
    }

    /// The paragraphs of the Schedule: numbers, at least one.
    fn paragraphs(&mut self, field: &Field, group: &Node) -> Vec<Box<str>> {
        let Some(part) = field.part(Role::Number) else { return Vec::new() };
        let node = group.get(&part.name);
        let items = match node.map(|node| (&node.value, node)) {
            Some((Raw::List(items), _)) => items.as_slice(),
            Some((Raw::Scalar { .. }, node)) => std::slice::from_ref(node),
            _ => &[],
        };
        let numbered = |text: &&str| text.starts_with(|first: char| first.is_ascii_digit());
        let texts: Vec<Option<&str>> = items.iter().map(|item| item.scalar().map(str::trim).filter(numbered)).collect();
        if texts.is_empty() || texts.contains(&None) {
            let span = node.map_or(group.span, |node| node.span);
            let typed = node.map(displayed).unwrap_or_default();
            let fix = format!("Say which paragraph of Schedule 12A applies: `{}`", part.line());
            self.doubt().unclear_value(span, &part.name, &typed, "the number of a paragraph", &fix);
        }
        texts.into_iter().flatten().map(Into::into).collect()
    }

    /// A status is one of its words. Another word is a mistake like any other, unless it may have been meant to
    /// withhold the document (`private`, `embargoed`, `drafft`).
    fn status(&mut self, field: &Field, node: &Node) {
        let node = only_item(node);
        if node.is_empty() || node.scalar().is_some_and(|text| field.choice(text).is_some()) {
            return;
        }
        if says_draft(Some(node), self.rules.kind) {
            return self.report_ambiguous_draft(&field.name, node.span, Some(field));
        }
        let typed = displayed(node);
        if !is_doubtful_status(&typed, self.rules.kind) {
            return;
        }
        let words: Vec<&str> = field.choices().iter().map(|choice| choice.value.as_str()).collect();
        let near = nearest(&typed, words.iter().copied());
        self.doubt().unclear_status(node.span, &field.name, &typed, near, &words);
    }

    /// `status: draft` may mean that nobody may see it, or that it is not settled and everybody may.
    fn report_ambiguous_draft(&mut self, key: &str, span: Span, status: Option<&Field>) {
        let unsettled = status.and_then(|field| {
            let choice =
                |fits: &dyn Fn(&Choice) -> bool| Some(&field.choices().iter().find(|choice| fits(choice))?.value);
            let said = choice(&|choice| choice.also_said.iter().any(|word| word == "draft"));
            said.or(field.default.as_ref()).or_else(|| choice(&|choice| choice.stage == Stage::Coming))
        });
        let readable = unsettled.map(|word| format!("{key}: {word}"));
        let draft = self.draft_line();
        self.doubt().unclear_draft(span, key, &draft, readable.as_deref());
    }
}

/// What a part should hold, in words.
fn expected_value(part: &Field) -> &'static str {
    match part.shape {
        Shape::Date => "a date",
        Shape::Reference(_) => "the id of a document",
        _ => "words",
    }
}

/// Whether two values were typed alike.
fn same_value(first: &Node, second: &Node) -> bool {
    first.scalar().is_some() && first.scalar() == second.scalar()
}

/// A value as a message shows it.
fn displayed(node: &Node) -> String {
    match &node.value {
        Raw::Null => String::new(),
        Raw::Scalar { text, .. } => one_line(text).chars().take(60).collect(),
        Raw::List(_) => "[…]".to_owned(),
        Raw::Map(_) => "{…}".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use crate::model::zone_named;
    use crate::source::SourceId;

    type Said = Result<(bool, Visibility), Doubt>;

    /// What the head says, and each title with its fix. A head in TOML begins with `+`.
    fn read(kind: &str, head: &str) -> (Said, Vec<(String, String)>) {
        let kinds = crate::kind::built_in();
        let zone = zone_named("Europe/London").expect("the zone data is inside the binary");
        let kind = kinds.get(kinds.by_name(kind).expect("it is built in"));
        let rules = Rules { kind, kinds: &kinds, zone: &zone, own: None, sensitive: false };
        let mut diagnostics = Diagnostics::new();
        let mut unsaid = Diagnostics::new();
        let node = match head.strip_prefix('+') {
            Some(toml) => data::toml(toml, SourceId(0), 4, &mut unsaid),
            None => data::yaml(head, SourceId(0), 4, &mut unsaid),
        };
        let node = node.expect("the head can be read");
        let result = super::read(&node, rules, &mut diagnostics);
        let said =
            diagnostics.iter().map(|diagnostic| (diagnostic.title.to_string(), diagnostic.fix.to_string())).collect();
        (result, said)
    }

    #[test]
    fn what_is_clear_is_clear() {
        for (head, draft, meant) in [
            ("title: x", false, ""),
            ("draft: true", true, ""),
            ("draft: \"yes\"", true, ""),
            ("draft: no", false, ""),
            ("status: Agreed", false, ""),
            ("status: Adoptd", false, ""),
            ("status:", false, ""),
            ("craftsmanship: x", false, ""),
            ("published: 2021-09-07", false, ""),
            ("draft: true\ndraft: true", true, ""),
            ("publish_at: 2026-12-01 09:00", false, "from 2026-12-01T09:00:00Z"),
            ("publish_at: 2026-06-01", false, "from 2026-05-31T23:00:00Z"),
            ("+publish_at = 2026-12-01T09:00:00Z", false, "from 2026-12-01T09:00:00Z"),
            ("expires: \"2027-03-31\"", false, "until 2027-03-30T23:00:00Z"),
            (
                "withdrawn: {on: 12 March 2026, reason: Wrong: figures, successor: reports/b}",
                false,
                "withdrawn Wrong: figures",
            ),
            ("publish_at: 27/11/2026", false, "from 2026-11-27T00:00:00Z"),
            ("publish_at: 5/5/2026", false, "from 2026-05-04T23:00:00Z"),
            ("publish_at: 1 December 2026", false, "from 2026-12-01T00:00:00Z"),
            ("expires: never", false, ""),
            ("draft: ~", false, ""),
            ("draft: null", false, ""),
            ("exempt: null", false, ""),
            ("exempt: {}", false, ""),
            ("exempt_accommodation: 40", false, ""),
            ("confidential_helpline: 0800 111", false, ""),
            ("withdrawn: {reason: x}", false, "withdrawn x"),
            ("withdrawn: false", false, ""),
            ("exempt: {paragraphs: [3, 7A], summary: y}", false, "exempt 3,7A"),
            ("exempt: {paragraphs: 3}", false, "exempt 3"),
            ("exempt: no", false, ""),
            ("+[exempt]\nparagraphs = [3]", false, "exempt 3"),
        ] {
            let (result, said) = read("minutes", head);
            assert!(said.is_empty(), "{head}: {said:?}");
            let (is_draft, visibility) = result.expect("nothing is in doubt");
            let mut shown = Vec::new();
            shown.extend(visibility.publish_at.map(|at| format!("from {}", at.at)));
            shown.extend(visibility.expires.map(|at| format!("until {}", at.at)));
            shown.extend(visibility.withdrawn.map(|it| format!("withdrawn {}", it.reason.unwrap_or_default())));
            shown.extend(visibility.exempt.map(|it| format!("exempt {}", it.paragraphs.join(","))));
            assert_eq!((is_draft, shown.join(" ").as_str()), (draft, meant), "{head}");
        }
    }

    #[test]
    fn in_doubt_it_is_withheld() {
        for (kind, head, said) in [
            ("minutes", "draft: maybe", "`draft` should be yes or no, and `maybe` is not"),
            ("minutes", "draft:", "`draft` is empty, and should be yes or no"),
            ("minutes", "draft: [true, false]", "`draft` should be yes or no, and `[…]` is not"),
            ("minutes", "Draft: true", "`Draft` is not a field; it may mean `draft`"),
            ("minutes", "{draft:true}", "`draft:true` is not a field; it may mean `draft`"),
            ("minutes", "title: x\n\u{a0}draft: true", "`\u{a0}draft` is not a field; it may mean `draft`"),
            ("minutes", "darft: true", "`darft` is not a field; it may mean `draft`"),
            ("minutes", "publish-at: soon", "`publish-at` is not a field; it may mean `publish_at`"),
            ("minutes", "expiry: soon", "`expiry` is not a field; it may mean `expires`"),
            ("minutes", "withdrawal: x", "`withdrawal` is not a field; it may mean `withdrawn`"),
            ("minutes", "exampt: x", "`exampt` is not a field; it may mean `exempt`"),
            ("minutes", "\u{200b}exempt: x", "`\u{200b}exempt` is not a field; it may mean `exempt`"),
            ("minutes", "private: partly", "`private` is not a field; it may mean `draft`"),
            ("minutes", "published: false", "`published` is not a field; it may mean `draft`"),
            ("minutes", "embargo: soon", "`embargo` is not a field; it may mean `publish_at`"),
            ("minutes", "confidential: yes", "`confidential` is not a field; it may mean `exempt`"),
            ("minutes", "status: draft", "`status: draft` can mean two things"),
            ("strategy", "status: Draft", "`status: draft` can mean two things"),
            ("page", "status: draft", "`status: draft` can mean two things"),
            ("page", "state: [draft]", "`state: draft` can mean two things"),
            ("minutes", "status: drafft", "`drafft` is none of the words for `status`"),
            ("minutes", "status: embargoed", "`embargoed` is none of the words for `status`"),
            ("minutes", "draft: false\ndraft: true", "`draft` stands twice and says two things"),
            ("minutes", "+draft = false\ndraft = true", "`draft` stands twice and says two things"),
            (
                "minutes",
                "publish_at: 12/03/2026",
                "`publish_at` should be a day as year, month, day, and `12/03/2026` is not",
            ),
            ("minutes", "publish_at: soon", "`publish_at` should be a day as year, month, day, and `soon` is not"),
            (
                "minutes",
                "publish_at: 2026-02-30",
                "`publish_at` should be a day as year, month, day, and `2026-02-30` is not",
            ),
            (
                "minutes",
                "publish_at: 2026-10-25 01:30",
                "`2026-10-25 01:30` comes twice: the clocks go back that night",
            ),
            (
                "minutes",
                "publish_at: 2026-03-29 01:30",
                "`2026-03-29 01:30` does not exist: the clocks go forward over it that night",
            ),
            ("minutes", "publish_at: never", "`publish_at` should be a day as year, month, day, and `never` is not"),
            ("minutes", "exempt:", "`exempt` is empty, and should be a group of parts"),
            ("minutes", "withdrawn: true", "`withdrawn` should be a group of parts, and `true` is not"),
            ("minutes", "withdrawn: {on: soon}", "`on` should be a date, and `soon` is not"),
            ("minutes", "withdrawn: {raeson: x}", "`raeson` is not a part of `withdrawn`"),
            (
                "minutes",
                "withdrawn: {successor: the new one}",
                "`successor` should be the id of a document, and `the new one` is not",
            ),
            ("minutes", "exempt: maybe", "`exempt` should be a group of parts, and `maybe` is not"),
            ("minutes", "exempt: true", "`exempt` should be a group of parts, and `true` is not"),
            ("minutes", "exempt: {reason: x}", "`paragraphs` is empty, and should be the number of a paragraph"),
            (
                "minutes",
                "exempt: {paragraphs: three}",
                "`paragraphs` should be the number of a paragraph, and `three` is not",
            ),
            ("minutes", "exempt: {paragraphs: [3], paragraphs: [4]}", "`paragraphs` stands twice and says two things"),
        ] {
            let (result, all) = read(kind, head);
            assert_eq!(result, Err(Doubt), "{head}");
            assert_eq!(all.iter().map(|(title, _)| title.as_str()).collect::<Vec<_>>(), [said], "{head}");
        }
    }

    #[test]
    fn a_draft_status_is_asked_which_of_two() {
        let fix = |kind: &str| read(kind, "status: draft").1.remove(0).1;
        assert!(fix("minutes").contains("`draft: true`") && fix("minutes").contains("`status: unconfirmed`"));
        assert!(fix("strategy").contains("`status: in-development`"));
        assert!(!fix("page").contains("everybody"));
        assert!(read("page", "publish_at: 12/03/2026").1[0].1.contains("`publish_at: 2026-03-12`"));
    }
}
