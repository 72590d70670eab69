//! Lines of a text that read like a field that withholds: somebody forgot the fence, put a heading or a second fence
//! above it, or wrote the head in another grammar.
//!
//! Input: the text after the head, the rules. Output: the lines, each with what it says. Not here: the head that was
//! found (`head.rs`), and words of prose (`phrases.rs`).

use std::borrow::Cow;

use super::head::{Rules, near_field};
use crate::data::boolean;
use crate::kind::{Field, Role, Shape};
use crate::language::letters;
use crate::privacy::embargo::embargo;
use crate::privacy::words::{self, Meaning, TEXT, Value};

/// One line that withholds, or may come to.
pub(super) struct FieldLine<'text> {
    /// The line as typed.
    pub(super) line: &'text str,
    /// The key.
    pub(super) key: Cow<'text, str>,
    /// The value.
    pub(super) value: Cow<'text, str>,
    /// What it says.
    pub(super) says: Meaning,
}

/// The lines of `text` that read like a field that withholds. Examples in fenced code are none.
pub(super) fn fields<'text>(text: &'text str, rules: Rules<'_>) -> Vec<FieldLine<'text>> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    // A fence that is opened and never closed hides nothing.
    let mut inside = Vec::new();
    let mut zone = Zone::default();
    let mut asked: Option<&str> = None;
    found.extend(without_colon(text, rules));
    // Some programs end a line with a sign of their own.
    for line in text.split(['\n', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let typed = line.trim_start();
        let sign = ["```", "~~~"].into_iter().find(|sign| typed.starts_with(sign));
        let top = zone.of(typed);
        match (fence, sign) {
            // What opens a file is its head, whatever somebody put around it.
            (None, Some(_)) if top && !zone.headed => {}
            (None, Some(sign)) => fence = Some(sign),
            (Some(open), Some(sign)) if open == sign && typed.trim_end().trim_matches(['`', '~']).is_empty() => {
                fence = None;
                inside.clear();
            }
            (None, None) => found.extend(of_line(line, top, rules)),
            (Some(_), _) => inside.extend(of_line(line, top, rules)),
        }
        // `? draft` with `: true` below it is YAML too.
        if let Some((key, value)) = asked.zip(typed.strip_prefix(':')) {
            found.extend(field(key, key, value, top, rules));
        }
        asked = typed.strip_prefix("? ");
    }
    found.extend(inside);
    found
}

/// The lines of a head that are indented below a value, where YAML takes them for more of its words: `title: A` and below it
/// ` private: yes`.
pub(super) fn below_values<'text>(head: &'text str, rules: Rules<'_>) -> Vec<FieldLine<'text>> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    let mut above: Option<(usize, bool)> = None;
    for line in head.lines().filter(|line| !line.trim().is_empty()) {
        let own = indent(line);
        match above {
            Some((depth, true)) if own > depth => {
                found.extend(of_line(line, true, rules));
                continue;
            }
            _ => {}
        }
        let value = line.split_once([':', '=']).map_or("", |(_, value)| value.trim());
        let words = !value.is_empty() && !value.starts_with(['|', '>', '[', '{', '&', '"', '\'']);
        above = Some((own, words));
    }
    found
}

/// A head of which no line has a colon, which is read as a text below a line across the page: `draft`, `draft true`. Prose is longer.
fn without_colon<'text>(text: &'text str, rules: Rules<'_>) -> Option<FieldLine<'text>> {
    let mut lines = text.trim_start_matches(cannot_be_seen).lines();
    let fence = lines.next().map(str::trim_end).filter(|line| line.len() >= 3)?;
    let is_fence = |line: &str| ['-', '+', '–', '—'].iter().any(|sign| line.chars().all(|typed| typed == *sign));
    if !is_fence(fence) {
        return None;
    }
    let typed: Vec<&str> =
        lines.map(str::trim).take_while(|line| !line.is_empty() && !is_fence(line)).take(9).collect();
    let is_short = |line: &&str| line.split_whitespace().count() <= 4 && !line.contains([':', '=']);
    if !(1..=8).contains(&typed.len()) || !typed.iter().all(is_short) {
        return None;
    }
    typed.into_iter().find_map(|line| {
        let bare = line.trim_matches(|sign| before(sign) || around(sign));
        let (key, value) = bare.rsplit_once(char::is_whitespace).unwrap_or((bare, ""));
        let alone = || {
            let name = letters::name(bare);
            let own = rules.kind.fields.iter().find(|field| field.decides() && field.name == name);
            own.and_then(|field| field.role).map(Meaning::Withholds).or_else(|| words::alone(bare))
        };
        let says = match says(key, value, (true, false), rules) {
            Meaning::Nothing | Meaning::Shows => alone()?,
            said => said,
        };
        Some(FieldLine { line, key: key.into(), value: value.into(), says })
    })
}

/// Where in a text a line stands.
#[derive(Default)]
struct Zone {
    /// Whether a block of the text itself was seen.
    begun: bool,
    ended: bool,
    /// Whether a heading was seen: what is fenced below one is an example.
    headed: bool,
}

impl Zone {
    /// Whether this line, the next of the text, stands at its top: in its first block, below its first heading or below signs.
    fn of(&mut self, line: &str) -> bool {
        let line = line.trim_matches(cannot_be_seen);
        if line.starts_with("---") || line.starts_with("+++") {
            // A head may stand anywhere, for some programs.
            *self = Self { headed: self.headed, ..Self::default() };
        } else if line.is_empty() {
            self.ended |= self.begun;
        } else if !self.ended {
            let signs = !line.contains(char::is_alphanumeric) || line.starts_with("```");
            let heading = line.starts_with("# ");
            self.headed |= heading;
            self.begun |= !signs && !heading;
        }
        !self.ended
    }
}

fn cannot_be_seen(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{FEFF}' | '\u{200B}')
}

/// Whether a sign may stand before a key, whatever program or habit put it there: marks of lists, comments, quotations, cells.
fn before(sign: char) -> bool {
    cannot_be_seen(sign) || "{\"'“”‘’*_`>-+:%#/([|;\\•".contains(sign)
}

/// Whether a sign may stand between a key and its value, or after one.
fn around(sign: char) -> bool {
    cannot_be_seen(sign) || "\"'“”‘’*_`,}]);|\\%?".contains(sign)
}

/// What the fields in a line say; `{"title": "A", "draft": true}` has several.
fn of_line<'text>(line: &'text str, top: bool, rules: Rules<'_>) -> Option<FieldLine<'text>> {
    if let Some((key, day)) = embargo(line).filter(|_| top) {
        let said = says(key, &day, (true, false), rules);
        let withholds = !matches!(said, Meaning::Nothing | Meaning::Shows);
        return withholds.then(|| FieldLine { line, key: key.trim_matches(around).into(), value: day, says: said });
    }
    let row = top && line.trim_start_matches(cannot_be_seen).starts_with('|') && !is_stamp(line);
    if !row && !line.contains([':', '=', '：']) {
        return None;
    }
    if let Cow::Owned(read) = letters::unescaped(line) {
        // A letter may be written by its number: `"dr\u0061ft": true`.
        let said = of_line(&read, top, rules)?;
        let (key, value) = (said.key.into_owned().into(), said.value.into_owned().into());
        return Some(FieldLine { line, key, value, says: said.says });
    }
    let opened = line.trim_start_matches(cannot_be_seen);
    if let Some((key, value)) = of_meta(opened).filter(|_| top) {
        return field(line, key, value, true, rules);
    }
    let parts = if opened.starts_with(['{', '[', '(']) { opened.split(',') } else { opened.split('\0') };
    let signs: &[char] = if row { &['|'] } else { &[':', '=', '：'] };
    parts.into_iter().find_map(|part| {
        let part = without_marks(part);
        let at = part.find(signs)?;
        let sign = part[at..].chars().next()?;
        field(line, &part[..at], &part[at + sign.len_utf8()..], top, rules)
    })
}

/// Whether a row of a table has nothing but marks, which are words of the text: `| PART 2 | EXEMPT |`.
fn is_stamp(line: &str) -> bool {
    let mut cells = line
        .split('|')
        .map(|cell| cell.trim_matches(|sign| before(sign) || around(sign)))
        .filter(|cell| !cell.is_empty());
    cells.all(|cell| TEXT.is_mark(cell))
}

/// The key and the value of a tag that says something of its page: `<meta name="robots" content="noindex">`.
fn of_meta(line: &str) -> Option<(&str, &str)> {
    let tag = line.get(..5).filter(|tag| tag.eq_ignore_ascii_case("<meta")).and(line.get(5..))?;
    let tag = tag.split('>').next().unwrap_or(tag);
    let part = |names: [&str; 2]| {
        let at = names.into_iter().find_map(|name| Some(tag.find(name)? + name.len()))?;
        let value = tag[at..].trim_start_matches([' ', '=']);
        let sign = value.chars().next().filter(|sign| matches!(sign, '"' | '\''));
        match sign {
            Some(sign) => value[1..].split(sign).next(),
            None => value.split_whitespace().next(),
        }
    };
    Some((part(["name=", "property="])?, part(["content=", "value="])?))
}

/// A line without what stands before its key: signs, tags, the number of an item.
fn without_marks(line: &str) -> &str {
    let mut rest = line;
    loop {
        let before_it = rest;
        rest = rest.trim_start_matches("<!--").trim_start_matches(before);
        if rest.starts_with('<')
            && let Some((_, after)) = rest.split_once('>')
        {
            rest = after;
        }
        let digits = rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
        if digits.len() < rest.len()
            && let Some(after) = digits.strip_prefix(['.', ')'])
        {
            rest = after;
        }
        if rest.len() == before_it.len() {
            return rest;
        }
    }
}

/// What a key and a value that were typed in a line say.
fn field<'text>(
    line: &'text str,
    key: &'text str,
    value: &'text str,
    top: bool,
    rules: Rules<'_>,
) -> Option<FieldLine<'text>> {
    // Grammars put quotes round a key, and people do not.
    let in_head = top && key.trim_end().ends_with(['"', '\'', '”', '’']);
    let key = key.trim_matches(around);
    let value = value.trim_start_matches([':', '=', '：']).trim_matches(around);
    let value = value.split(" #").next().unwrap_or_default().trim_end_matches("-->");
    let value = value.split_once('<').map_or(value, |(before_tag, _)| before_tag);
    let value = value.trim_matches(around).trim_end_matches('.');
    let short = !key.is_empty()
        && !key.contains(['{', '<'])
        && key.len() <= 60
        && key.split_whitespace().count() <= 4
        && value.len() <= 80;
    let says = if short { says(key, value, (top, in_head), rules) } else { Meaning::Nothing };
    let (key, value) = (key.into(), value.into());
    (!matches!(says, Meaning::Nothing | Meaning::Shows)).then_some(FieldLine { line, key, value, says })
}

fn says(key: &str, value: &str, (top, in_head): (bool, bool), rules: Rules<'_>) -> Meaning {
    let own = rules.kind.field(key);
    let listed = words::is_listed(key);
    let name = letters::name(key);
    let near = || near_field(&name, rules.kind).filter(|_| !listed);
    let field = own.or_else(near).filter(|field| field.decides());
    match field.and_then(|field| Some((field, field.role?))) {
        Some((field, role)) => of_field(field, role, value, own.is_some() || top, rules),
        None if top && words::misused(key, Value::Words(value)) => Meaning::Withholds(Role::Draft),
        // A field of the kind says nothing of it in a text; the status may, at its top.
        None if own.is_some_and(|field| !top || field.role != Some(Role::Status)) => Meaning::Nothing,
        None if in_head && !value.is_empty() => words::meaning(key, Value::Words(value), rules.kind, rules.zone),
        None => words::line_meaning(key, value, top, rules.zone),
    }
}

/// What a value says that is what such a field holds when it withholds. With a name that is only nearly right, an empty
/// value may be a label (`Withdrawn:`), and a day one of the record.
fn of_field(field: &Field, role: Role, value: &str, sure: bool, rules: Rules<'_>) -> Meaning {
    let yes = boolean(value) == Some(true) || words::is_yes(Value::Words(value));
    let withholds = match field.shape {
        Shape::Boolean => yes,
        Shape::Instant if sure => match words::time_of(role, value, rules.zone) {
            Some(meaning) => return meaning,
            None => value.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit())),
        },
        Shape::Instant => false,
        _ => yes || value.starts_with('{') || (sure && value.is_empty()) || words::names_paragraph(role, value),
    };
    if withholds { Meaning::Withholds(role) } else { Meaning::Nothing }
}
