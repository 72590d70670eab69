//! What the parsing of every file of a site shares, and the reading of texts that stand in fields.
//!
//! Input: the schema, the settings, what the site explains. Output: a [`Dialect`] for a kind of document; the text of a
//! field. Not here: anything about one file.

use super::Neighbours;
use crate::compose::{self, Dialect};
use crate::diagnostic::Diagnostics;
use crate::disclosure::Decision;
use crate::kind::{Kind, Kinds, Role};
use crate::language::{Language, Phrases};
use crate::lexicon::Lexicon;
use crate::model::{Checked, Config, Looked, PrivateList, Text};
use crate::recognise::{FactRules, RecordWords, TextRules, Wanted};
use crate::source::Span;
use crate::terms::{Glossary, Statutes};

/// What is the same for every file of a site.
pub struct Context<'site> {
    /// The schema.
    pub kinds: &'site Kinds,
    /// The settings.
    pub config: &'site Config,
    /// Words to explain.
    pub glossary: &'site Glossary,
    /// Acts to lead to.
    pub statutes: &'site Statutes,
    /// Dates and words of the site's language.
    pub language: &'site Language,
    /// The words of the site's language that stand inside texts.
    pub phrases: &'site Phrases,
    /// What clerks' words mean.
    pub words: &'site Lexicon,
    /// At which files a person has looked.
    pub checked: &'site Checked,
    /// Which files there are; their texts are not looked at.
    pub files: &'site Neighbours<'site>,
    /// What other files of its meeting list as not for everybody, once that is known.
    pub listed: &'site [PrivateList],
}

impl<'site> Context<'site> {
    /// How the text of a document of this kind is read.
    pub(super) fn dialect(&self, kind: &Kind) -> Dialect<'site> {
        Dialect {
            title_from_heading: true,
            rules: TextRules {
                heading_kind: kind.heading_kind.as_deref().and_then(|name| self.kinds.by_name(name)),
                numbers_paragraphs: kind.numbers_paragraphs,
                decides: kind.of_meeting,
                plain: false,
                passes: self.config.passes,
                words: Some(self.words),
                records: Some(RecordWords(self.kinds)),
                facts: FactRules { wanted: wanted(kind), ..FactRules::default() },
            },
            glossary: Some(self.glossary),
            statutes: Some(self.statutes),
            phrases: self.phrases,
            listed: self.listed,
            ..Dialect::default()
        }
    }
}

/// What is read of the texts of a kind as a whole.
fn wanted(kind: &Kind) -> Wanted {
    match (kind.of_meeting, kind.role(Role::Date)) {
        (true, _) => Wanted::Meeting,
        (false, Some(_)) => Wanted::Date,
        (false, None) => Wanted::Nothing,
    }
}

/// Reads the texts in the fields of one document.
pub(super) struct FieldTexts<'site> {
    phrases: &'site Phrases,
    /// Whether a person has looked at the file.
    looked: Looked,
    /// Who may see the document: a text may be in doubt, or have passages that are exempt.
    pub decision: Decision<'site>,
    /// What reading the texts said.
    pub said: Diagnostics,
}

impl<'site> FieldTexts<'site> {
    /// A reader that has read nothing yet.
    pub fn new(phrases: &'site Phrases, looked: Looked, decision: Decision<'site>) -> Self {
        Self { phrases, looked, decision, said: Diagnostics::new() }
    }

    /// The text that stands at `span`, in the dialect.
    pub fn read(&mut self, text: &str, span: Span) -> Text {
        let dialect = Dialect { phrases: self.phrases, looked: self.looked, ..Dialect::default() };
        let reading = compose::read(text, span.source, span.start as usize, &dialect, &mut self.said);
        self.decision.add_reading(reading.in_doubt, reading.passages, reading.unheeded);
        reading.text
    }

    /// Who may see the document, once all of its texts are read; what was said of them is told.
    pub fn decided(self, diagnostics: &mut Diagnostics) -> Decision<'site> {
        diagnostics.append(self.said);
        self.decision.tell_unheeded(diagnostics);
        self.decision
    }
}
