//! The decision about one file: what of it may be shown, as far as the file itself can tell.
//!
//! Input: the head, the text where there is no head, braces, and what reading the text found exempt or in doubt.
//! Output: the document and its records, or what of them may be shown; the rest as [`Withheld`].
//! Not here: the audience and the clock (`audience.rs`).

use std::sync::Arc;

use super::head::{self, Rules, speaks_of_privacy};
use super::lines::{self, FieldLine};
use super::names;
use super::unheeded::Unheeded;
use crate::data::{Node, Raw};
use crate::diagnostic::Diagnostics;
use crate::kind::{Field, Kind, Kinds, Role};
use crate::model::{Fields, Parsed, Visibility, Why, Withheld, WithheldText};
use crate::privacy::files::is_strong_state;
use crate::privacy::words::{self, Meaning, TEXT};
use crate::source::{SourceId, Span};

/// What is known so far of who may see one document. Reasons to withhold are only ever added.
pub struct Decision<'site> {
    rules: Rules<'site>,
    draft: bool,
    in_doubt: bool,
    passages: Vec<WithheldText>,
    unheeded: Vec<Unheeded>,
    /// What the head says; the default if it is in doubt.
    pub visibility: Arc<Visibility>,
}

impl<'site> Decision<'site> {
    /// What the head says. Every reason for doubt is a diagnostic.
    pub fn of_head(head: &Node, rules: Rules<'site>, diagnostics: &mut Diagnostics) -> Self {
        let said = head::read(head, rules, diagnostics);
        let in_doubt = said.is_err();
        let (draft, visibility) = said.unwrap_or_default();
        Self { rules, draft, in_doubt, passages: Vec::new(), unheeded: Vec::new(), visibility: Arc::new(visibility) }
    }

    /// Looks whether the title or the names of the file and its folders say that the document is not for everybody. A head
    /// that clearly shows it counts for more.
    pub fn look_at_names(&mut self, head: &Node, path: &str, source: SourceId, diagnostics: &mut Diagnostics) {
        if head::shows(head, self.rules) || self.visibility.exempt.is_some() || self.draft {
            return;
        }
        let title = self.rules.kind.role(Role::Title).and_then(|field| head.get(&field.name));
        let title = title.and_then(|node| Some((node.span, node.scalar()?)));
        let gathers = |title: &str| self.rules.kind.of_meeting && TEXT.gathers(title);
        let said = title.filter(|(_, title)| TEXT.of_title(title).is_some() || gathers(title));
        let said = said.or_else(|| head::spoken_value(head, self.rules.kind));
        let said =
            said.or_else(|| names::private(path, !self.rules.kind.of_meeting).map(|name| (Span::whole(source), name)));
        if let Some((span, name)) = said {
            self.doubt(span, name, diagnostics);
            return;
        }
        head.pairs().iter().for_each(|pair| self.look_at_values(&pair.value, false));
        if let Some((name, word)) = names::sounds_private(path, !self.rules.kind.of_meeting) {
            diagnostics.name_hides_nothing(Span::whole(source), name, word, TEXT.is_unsettled(word));
        }
    }

    /// Notes down values anywhere in a head that look like a mark: `apologies: ["A. Hart (confidential)"]`. Inside a group,
    /// a word by itself may be one too: `attachments: [{file: a.pdf, note: not for publication}]`.
    fn look_at_values(&mut self, node: &Node, in_group: bool) {
        match &node.value {
            Raw::Scalar { text, .. } => {
                let apart = Some(text).filter(|text| TEXT.may_speak(text)).and_then(|text| TEXT.apart(text));
                let words = apart.filter(|apart| apart.strong).map(|apart| &text[apart.words]);
                let words =
                    words.or_else(|| (in_group && (is_strong_state(text) || TEXT.is_confided(text))).then_some(text));
                let unheeded = words.map(|words| Unheeded { span: node.span, words: words.into(), excludes: false });
                self.unheeded.extend(unheeded);
            }
            Raw::List(items) => items.iter().for_each(|item| self.look_at_values(item, in_group)),
            Raw::Map(pairs) => pairs.iter().for_each(|pair| self.look_at_values(&pair.value, true)),
            Raw::Null => {}
        }
    }

    /// These words alone say that the document is not for everybody.
    fn doubt(&mut self, span: Span, words: &str, diagnostics: &mut Diagnostics) {
        let fix = self.rules.kind.role(Role::Exempt).map(Field::line).unwrap_or_default();
        diagnostics.private_by_its_name(span, words, &fix);
        self.in_doubt = true;
    }

    /// Looks whether a line of the text was meant to withhold the document. `text` begins at `offset` in its source.
    pub fn look_outside_head(&mut self, text: &str, source: SourceId, offset: usize, diagnostics: &mut Diagnostics) {
        self.take_lines(lines::fields(text, self.rules), (text, source, offset), diagnostics);
    }

    /// Looks whether a line of the head, which begins at `offset`, was taken for words of the value above it.
    pub fn look_below_values(&mut self, head: &str, source: SourceId, offset: usize, diagnostics: &mut Diagnostics) {
        self.take_lines(lines::below_values(head, self.rules), (head, source, offset), diagnostics);
    }

    /// Looks whether a remark in a head, which programs do not read, says that the document is not for everybody:
    /// `# PRIVATE – not for publication`. A head that clearly shows it counts for more.
    pub fn look_at_remarks(
        &mut self,
        node: &Node,
        head: &str,
        (source, offset): (SourceId, usize),
        diagnostics: &mut Diagnostics,
    ) {
        if head::shows(node, self.rules) || self.visibility.exempt.is_some() || self.draft || self.in_doubt {
            return;
        }
        let remark = |line: &'_ str| -> Option<usize> {
            if line.trim_start().starts_with('#') { line.find('#') } else { line.find(" #") }
        };
        let mut at = offset;
        for line in head.split_inclusive('\n') {
            let words = remark(line).map(|at| line[at..].trim_start_matches([' ', '#', '\t']).trim_end());
            if let Some(words) = words.filter(|words| TEXT.of_value(words)) {
                self.doubt(Span::new(source, at, at + line.trim_end().len()), words, diagnostics);
                return;
            }
            at += line.len();
        }
    }

    fn take_lines(
        &mut self,
        found: Vec<FieldLine<'_>>,
        (text, source, offset): (&str, SourceId, usize),
        diagnostics: &mut Diagnostics,
    ) {
        for FieldLine { line, key, says, .. } in found {
            let start = offset + (line.as_ptr() as usize - text.as_ptr() as usize);
            let span = Span::new(source, start, start + line.len());
            match says {
                Meaning::Withholds(role) if !self.in_doubt => {
                    let own = self.rules.kind.field(&key).is_some();
                    let meant = self.rules.kind.role(role).filter(|_| !own).map(Field::line);
                    diagnostics.field_outside_head(span, line.trim(), meant.as_deref());
                    self.in_doubt = true;
                }
                _ => {
                    let visibility = Arc::make_mut(&mut self.visibility);
                    let times = std::mem::take(&mut visibility.other_times).into_vec();
                    let time = words::other_time(says, &key, span);
                    visibility.other_times = times.into_iter().chain(time).collect();
                }
            }
        }
    }

    /// Looks for words that withhold in the braces of a record of `kind`. Who may see a document is said in its head:
    /// words of its text cannot be taken out by it, and so it is not sure what is meant.
    pub fn look_in_braces(&mut self, braces: &Node, kind: &Kind, diagnostics: &mut Diagnostics) {
        for pair in braces.pairs() {
            let decides = kind.field(&pair.key).is_some_and(Field::decides);
            let known = kind.field(&pair.key).is_some();
            let rules = Rules { kind, ..self.rules };
            if decides || (!known && speaks_of_privacy(&pair.key, Some(&pair.value), rules)) {
                diagnostics.withheld_in_braces(pair.key_span, &pair.key);
                self.in_doubt = true;
            }
        }
    }

    /// Takes over what reading a text found: whether it is not sure what is exempt, and what is.
    pub(crate) fn add_reading(&mut self, in_doubt: bool, passages: Vec<WithheldText>, unheeded: Vec<Unheeded>) {
        self.in_doubt |= in_doubt;
        self.passages.extend(passages);
        self.unheeded.extend(unheeded);
    }

    /// Names what looks as if it held something back, and does not. Where all of the document is withheld, nothing does.
    pub fn tell_unheeded(&self, diagnostics: &mut Diagnostics) {
        let withheld = self.in_doubt || self.draft || self.visibility.exempt.is_some();
        for Unheeded { span, words, excludes } in self.unheeded.iter().filter(|_| !withheld) {
            match excludes {
                true => diagnostics.shown_after_exclusion(*span),
                false => diagnostics.mark_holds_nothing_back(*span, words),
            }
        }
    }

    /// Divides a document and its records into what may be shown and what is withheld, which nobody but the leak gate
    /// looks at. A record is never more public than its document.
    #[must_use]
    pub fn split(self, parsed: Parsed, records: Vec<Parsed>) -> (Vec<Parsed>, Vec<Withheld>) {
        let why = if self.in_doubt {
            Why::Doubt
        } else if self.draft {
            Why::Draft
        } else if self.visibility.exempt.is_some() {
            Why::Exempt
        } else {
            let withheld = (!self.passages.is_empty()).then(|| Withheld::passages(&parsed, self.passages));
            return (std::iter::once(parsed).chain(records).collect(), withheld.into_iter().collect());
        };
        let shown = (why == Why::Exempt).then(|| public_part(&parsed, self.rules.kinds));
        let document = Withheld { passages: self.passages, ..Withheld::whole(parsed, why) };
        let records = records.into_iter().map(|record| Withheld::whole(record, why));
        (shown.into_iter().collect(), std::iter::once(document).chain(records).collect())
    }
}

/// What stays of an exempt document: what it is, when and by whom, and the summary that was written for the public.
fn public_part(parsed: &Parsed, kinds: &Kinds) -> Parsed {
    const KEPT: [Role; 4] = [Role::Date, Role::Body, Role::Number, Role::Aliases];
    let kind = kinds.get(parsed.kind);
    let kept: Vec<&str> = KEPT.iter().filter_map(|role| kind.role(*role)).map(|field| field.name.as_str()).collect();
    let inside = kind.inside_of.as_deref();
    let fields = parsed
        .fields
        .0
        .iter()
        .filter(|entry| kept.contains(&entry.name.as_ref()) || inside == Some(entry.name.as_ref()));
    Parsed {
        fields: Fields(fields.cloned().collect()),
        body: Arc::default(),
        records: Box::default(),
        ..parsed.clone()
    }
}
