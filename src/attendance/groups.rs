//! Names in groups, and each in a paragraph of its own: what stands between a label and the names that it opens.
//!
//! Input: a leaf below a label that stood alone. Output: whether it names people, and of which lines. Not here: labels (`phrases`).

use std::ops::Range;

use super::names::{Form, names};
use super::phrases::{Label, Says, label, sentences, starts_other_label};
use super::pieces::plain;
use super::presence::{MOST_PEOPLE, Outcome, Reader};
use crate::markdown::blocks::{Block, BlockKind};
use crate::recognise::facts::Presence;

impl Reader<'_> {
    /// Takes a line of the head that begins with a title for several, below who was in the chair: "Councillors B Hay, C Pim".
    pub(super) fn line_of_members(&mut self, unit: &Range<usize>) -> bool {
        let said = &self.blocks.words[unit.clone()];
        let several = self.lexicon.fits("presence.plural", said.split_whitespace().next().unwrap_or_default());
        let chaired = self.found.iter().any(|one| one.says == Says::Chair);
        if !several || !chaired {
            return false;
        }
        let names = names(said, Form::Line, MOST_PEOPLE, self.lexicon);
        if names.prose || names.list.len() < 2 {
            return false;
        }
        self.firm = true;
        self.names_of(unit, &Says::Part(Presence::Present), Form::Line, false);
        true
    }

    /// Takes the names of a paragraph of the head that has no label and begins with a title for several: "Cllrs Low (chair), Hay,
    /// Pim. Clerk S Roe. 2 public."
    pub(super) fn bare_list(&mut self, block: &Block) -> bool {
        /// So many are listed, whatever is said below them; fewer may only be spoken of.
        const SEVERAL: usize = 3;
        let said = self.blocks.words_of(block);
        if !self.lexicon.fits("presence.plural", said.split_whitespace().next().unwrap_or_default()) {
            return false;
        }
        let sentences = sentences(said, self.lexicon);
        let read = |sentence: &Range<usize>| names(&said[sentence.clone()], Form::Line, MOST_PEOPLE, self.lexicon);
        let Some(first) = sentences.first().map(read).filter(|first| !first.prose) else { return false };
        let lists_all = || first.list.len() > 1 && sentences[1..].iter().all(|sentence| !read(sentence).prose);
        if first.list.len() < SEVERAL && !lists_all() {
            return false;
        }
        self.firm = true;
        for sentence in sentences {
            let post = self.lexicon.find("presence.servant", &said[sentence.clone()]);
            let post = post.map(|(_, found)| found[0].to_owned());
            let start = block.words.start + sentence.start + post.as_ref().map_or(0, String::len);
            let says = post.map_or(Says::Part(Presence::Present), |post| Says::Post(post.into()));
            self.names_of(&(start..block.words.start + sentence.end), &says, Form::Line, false);
        }
        true
    }

    /// Whether a paragraph is a line that says of which group those below it are, whom the next paragraph or list names.
    pub(super) fn heads_group(&self, block: &Block) -> bool {
        let words = self.blocks.words_of(block).trim();
        if words.contains('\n') {
            return false;
        }
        // "Co-opted members:" and "Deputy Chairperson", each above those whom it speaks of.
        let heads = match self.label(&block.words) {
            Some(label) => self.is_of_group(block, &label),
            None => self.lexicon.fits("presence.group", words) || self.is_post(words) || self.is_short_label(words),
        };
        let named = || {
            let next = self.next_with_words(block);
            next.is_some_and(|next| {
                let paragraph = next.kind == BlockKind::Paragraph;
                !matches!(next.kind, BlockKind::Heading(_))
                    && (self.goes_on(&next.words) || (paragraph && self.is_entry(next)))
            })
        };
        heads && named()
    }

    /// Whether a label below another one that stood alone only says of whom: "Member", below "Absent".
    fn is_of_group(&self, block: &Block, label: &Label) -> bool {
        let alone = self.blocks.words[block.words.start + label.rest..block.words.end].trim().is_empty();
        let open = self.open.as_ref().filter(|open| !open.named);
        let other = open.is_some_and(|open| open.says != Says::Part(Presence::Present));
        alone && label.weak && other && label.says == Says::Part(Presence::Present)
    }

    /// Whether words are those of a post, and name nobody: "Deputy Chairperson".
    fn is_post(&self, words: &str) -> bool {
        let names = names(words, Form::Entry, 2, self.lexicon);
        !names.prose && names.list.len() == 1 && names.list[0].by_post && !names.list[0].sure
    }

    /// Whether a line is a label of few words that is none of something else: "Co-opted members:".
    fn is_short_label(&self, words: &str) -> bool {
        const LONGEST: usize = 5;
        let label = words.strip_suffix(':').filter(|label| label.starts_with(char::is_uppercase));
        label.is_some_and(|label| {
            let words = || label.split_whitespace().map(plain);
            words().count() <= LONGEST && !words().any(|word| self.lexicon.has("presence.no-group", word))
        })
    }

    /// Whether a paragraph names one person, among others who have each one.
    pub(super) fn is_entry(&self, block: &Block) -> bool {
        const LONGEST: usize = 90;
        let words = self.blocks.words_of(block).trim();
        let strong = self.blocks.strong_lead(block) >= block.words.len();
        if words.len() > LONGEST || words.contains('\n') || words.ends_with(['.', ':', ';', '?', '!']) || strong {
            return false;
        }
        let names = names(words, Form::Entry, 2, self.lexicon);
        let [one] = names.list.as_slice() else { return false };
        let told = one.sure || one.role.is_some() || one.short.is_some();
        // Two words with capitals may head what comes next, if that is prose.
        let heads = || {
            let next = self.next_with_words(block);
            next.is_some_and(|next| self.blocks.words_of(next).trim_end().ends_with('.'))
        };
        !names.prose && (told || (one.name.contains(' ') && !heads()))
    }

    /// The leaf after a leaf that has words too.
    fn next_with_words(&self, block: &Block) -> Option<&Block> {
        let next = self.blocks.list.partition_point(|other| other.words.start < block.words.end);
        self.blocks.list[next..].iter().find(|other| !other.words.is_empty())
    }

    /// The names of a leaf below lines that say of which group they are, `Group A (Church of England)`. `None` if it is not all such.
    pub(super) fn groups(&self, words: &Range<usize>) -> Option<Vec<Range<usize>>> {
        /// A line of more words is a sentence.
        const LONGEST_HEAD: usize = 10;
        let text = &self.blocks.words[words.clone()];
        let (first, rest) = text.split_once('\n').filter(|(_, rest)| !rest.trim().is_empty())?;
        let heads = |line: &str| {
            let line = line.trim();
            let names = names(line, Form::Entry, 2, self.lexicon);
            let short = line.split_whitespace().count() <= LONGEST_HEAD;
            let other = short && (names.prose || names.list.is_empty());
            let groups = self.lexicon.fits("presence.group", line) || other;
            // "From the Council: Cllr Low" names somebody.
            let names_some = line.split_once(':').is_some_and(|(_, rest)| !rest.trim().is_empty());
            groups
                && !names_some
                && !line.ends_with(['.', ',', ';', '-', '–', '&'])
                && label(line, true, |_| false, self.lexicon).is_none()
        };
        if !heads(first) || rest.lines().all(&heads) {
            return None;
        }
        let mut groups: Vec<Range<usize>> = Vec::new();
        let (mut at, mut fresh) = (words.start, true);
        for line in text.split_inclusive('\n') {
            let range = at..at + line.len();
            at = range.end;
            if heads(line) {
                fresh = true;
            } else if std::mem::take(&mut fresh) {
                groups.push(range);
            } else if let Some(last) = groups.last_mut() {
                last.end = range.end;
            }
        }
        let clean = |group: &Range<usize>| {
            let names = names(&self.blocks.words[group.clone()], Form::Line, MOST_PEOPLE, self.lexicon);
            !names.prose && !names.list.is_empty()
        };
        groups.iter().all(clean).then_some(groups)
    }

    /// Takes the names after a label that only says of which group they are, below a label that stood alone: `Police: Insp A Low`.
    pub(super) fn labelled_group(&mut self, unit: &Range<usize>, outcome: &Outcome) -> Option<usize> {
        let said = &self.blocks.words[unit.clone()];
        let says = outcome.says.clone().filter(|_| outcome.alone && starts_other_label(said, self.lexicon))?;
        let (group, _) = said.split_once(':')?;
        if group.split_whitespace().any(|word| self.lexicon.has("presence.no-group", plain(word))) {
            return None;
        }
        let rest = unit.start + group.len() + 1..unit.end;
        Some(self.names_of(&rest, &says, Form::Line, false).list.len()).filter(|names| *names > 0)
    }
}
