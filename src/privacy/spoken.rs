//! What the words of a line say of who may read what is below it, or the line itself.
//!
//! Input: a heading, or the first line of a paragraph. Output: a [`Phrase`]. Not here: what is below it (`phrases.rs`), and the
//! words themselves (`words.toml`).

use super::apart::{bracketed, bracketed_first, has_letter};
use super::matching::{begins, has_one, has_word, pointed};
use super::words::{TEXT, TextWords, is_harmless_field, is_label, undated, unnumbered};
use crate::language::letters;
use crate::markdown::prepare::SHIELD;

/// What words of a text say of what follows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// The rest of the meeting is private.
    Part,
    /// What is below is private; if nothing is, the rest of the meeting.
    Session,
    /// What is below is private.
    Below,
    /// What is below is private, and the words stand after a title.
    Titled,
    /// The paragraph itself is private.
    Own,
    /// The paragraph is private, and what follows up to the next that begins in bold: its words in bold say so.
    RunIn,
    /// What is below it is private, up to a line that says that it ends.
    Opened,
    /// The section in which it stands is private, what is above it too.
    Around,
    /// What is below is private; if nothing is, the next section.
    Next,
    /// What is above it is private, from the beginning of its item; if nothing is, the item before.
    Above,
    /// The block before it is private.
    Before,
    /// All of the document is private.
    All,
    /// All of the document is private; in minutes, the section in which it stands.
    Paper,
    /// The items with these numbers are private, a bit for each.
    Items(u128),
}

impl Phrase {
    /// Whether it speaks of more than the section in which it stands.
    pub(crate) fn is_of_more(self) -> bool {
        matches!(self, Self::Part | Self::Next | Self::All | Self::Items(_))
    }

    /// What it says if it speaks of the section in which it stands, and not of its own paragraph.
    pub(crate) fn widened(self) -> Self {
        if self == Self::Own { Self::Below } else { self }
    }
}

impl Phrase {
    /// What it says as the first line of these: with words of its own below it in one paragraph, it does not speak of the rest of a
    /// meeting; with words in one quotation, or before a line that ends it, of nothing else.
    pub(crate) fn of_lines(self, words: &str, typed: &str) -> Self {
        let quoted = typed.trim_start().starts_with('>');
        let mut lines = words.trim_end().lines().map(|line| line.trim_matches([' ', '\t', '>']));
        let first = lines.next().unwrap_or_default();
        let (mut more, mut ends) = (false, false);
        for line in lines {
            ends |= TEXT.closes_after(first, line);
            more |= !TEXT.is_only(line);
        }
        match self {
            Self::Opened | Self::Below | Self::Session if ends || (quoted && more) => Self::Own,
            Self::Next if quoted && more => Self::Own,
            Self::Session | Self::Next if more => Self::Below,
            phrase => phrase,
        }
    }
}

impl TextWords {
    /// Whether words stand between signs that hide them until somebody asks: `||the bid||`.
    pub(crate) fn hides(&self, text: &str) -> bool {
        let hidden = |open: &str, close: &str| {
            let (before, rest) = text.split_once(open)?;
            let words = rest.split_once(close)?.0;
            // With blanks around them two strokes are something else, and so they are in code.
            let tight = open != close || (words == words.trim() && before.matches('`').count() % 2 == 0);
            (words.contains(char::is_alphanumeric) && !words.contains('\n') && tight).then_some(())
        };
        self.spoilers.iter().any(|[open, close]| hidden(open, close).is_some())
    }

    /// Whether a text may have such signs.
    pub(crate) fn may_hide(&self, text: &str) -> bool {
        self.spoilers.iter().any(|[open, _]| text.contains(open.as_str()))
    }

    /// What a heading says of its section.
    pub(crate) fn of_heading(&self, line: &str) -> Option<Phrase> {
        let name = unnumbered(line);
        if self.closes(line) || is_harmless_field(line) {
            return None;
        }
        if self.is_bound(line, &self.begin) {
            return Some(Phrase::Opened);
        }
        if self.is_for_few(line) {
            return Some(Phrase::Below);
        }
        if let Some(phrase) = self.of_itself(line) {
            let below = matches!(phrase, Phrase::Around | Phrase::Next | Phrase::Paper);
            return Some(if below { self.of_whole(&name) } else { phrase });
        }
        let sure = || self.beside.closed.iter().any(|closed| closed.contains('_') && begins(&name, closed));
        let is_paper = || (self.has_strong(&name) || sure()) && self.is_closed_paper(line);
        if self.is_whole(line, &name) || is_paper() || self.opens(line) {
            return Some(self.of_whole(&name));
        }
        if self.tells_how(&name) {
            let is_part = self.parts.iter().any(|words| begins(&name, words));
            return Some(if is_part { Phrase::Part } else { Phrase::Session });
        }
        // "Reserved business (staff withdrew)"
        let remark = line.trim_end_matches(['*', '_', ' ']).strip_suffix([')', ']']);
        let before = remark.and_then(|line| line.rsplit_once(['(', '['])).filter(|(_, rest)| !self.is_nothing(rest));
        if let Some((before, _)) = before
            && let Some(name) =
                Some(unnumbered(before)).filter(|name| name.contains('_') && self.is_whole(before, name))
        {
            return Some(self.of_whole(&name));
        }
        self.is_titled(line).then_some(Phrase::Titled)
    }

    /// Whether the words that stand for a part of a text as long as it is folded say that it is not for everybody.
    pub(crate) fn of_summary(&self, words: &str) -> bool {
        let parts = words.split([':', '–', '—', '(', ')']).flat_map(|part| part.split(" - "));
        let says = |part: &str| {
            let name = letters::name(part);
            [&self.loud, &self.marks, &self.meetings].into_iter().any(|list| list.contains(&name)) || self.is_all(part)
        };
        self.of_heading(words).is_some() || parts.into_iter().any(says)
    }

    /// What the title of a document says of it.
    pub(crate) fn of_title(&self, line: &str) -> Option<Phrase> {
        let name = unnumbered(line);
        let is_paper = self.papers.iter().any(|words| begins(&name, words));
        // "Closed session minutes, 5 May 2026"
        let is_dated = || {
            let bare = undated(&name);
            bare.contains('_') && bare.len() < name.len() && self.whole.contains(&bare)
        };
        if is_paper || is_dated() { Some(Phrase::Below) } else { self.of_heading(line) }
    }

    /// Whether a heading says that its items are not for everybody by how they are dealt with: "Items taken in private".
    fn tells_how(&self, name: &str) -> bool {
        let known = |word: &str| [&self.subjects, &self.fillers].into_iter().flatten().any(|one| one == word);
        let rest = |way: &String| name.strip_suffix(way.as_str()).filter(|rest| rest.is_empty() || rest.ends_with('_'));
        let known = |rest: &str| rest.split('_').all(|word| word.is_empty() || known(word));
        self.ways.iter().filter_map(rest).any(|rest| known(rest.trim_end_matches('_')))
            || self.before_without_public(name).is_some_and(known)
    }

    /// Whether a mark stands beside the title in a heading: between brackets, behind a dash, in capitals.
    fn is_titled(&self, line: &str) -> bool {
        let named = |words: &str| {
            let name = unnumbered(words);
            let mark = self.marks.contains(&name) || self.is_strong(&name) || self.is_way(&name);
            let mark = mark || self.is_free(words) || self.is_shouted(words, line) || self.is_composed_beside(words);
            let sure = self.sure.contains(&name) || self.is_closed_paper(words);
            (mark, self.names_the_law(&name), sure, name)
        };
        // After a dash a word of every day is part of a title: `The plan – part 2`.
        let everyday = |words: &str, name: &String| {
            words.contains(char::is_lowercase) && (self.loud.contains(name) || self.parts.contains(name))
        };
        let in_brackets = bracketed(line).any(|words| {
            let (mark, law, sure, _) = named(words);
            let at = words.as_ptr() as usize - line.as_ptr() as usize;
            let after = line[at + words.len()..].trim_start_matches([')', ']', '）', '】', '*', '_', '\\']);
            let inside = !is_label(&line[..at]) && after.trim_start().starts_with(char::is_alphabetic);
            let loud = !words.contains(char::is_lowercase) && line.contains(char::is_lowercase);
            law || sure || self.says_of_title(words) || (mark && (!inside || loud))
        });
        let behind = || {
            let dash = line.rsplit_once(['–', '—']).or_else(|| line.rsplit_once(" - "));
            let dash = dash.or_else(|| line.rsplit_once(" ~ ")).map(|(_, words)| (words, true));
            // "Award – exempt until signed – by the chair"
            let first = line.split_once(['–', '—']).or_else(|| line.split_once(" - ")).map(|(_, words)| (words, true));
            let first = first.filter(|first| Some(*first) != dash);
            let sign = || {
                line.rsplit_once([':', ',', '|']).or_else(|| line.rsplit_once(" / ")).map(|(_, words)| (words, false))
            };
            [dash, first, sign()].into_iter().flatten().any(|(words, dash)| {
                let (mark, law, sure, name) = named(words);
                let capital = dash || words.contains(char::is_uppercase);
                law || sure || (dash && self.names_a_statute(words)) || (mark && capital && !everyday(words, &name))
            })
        };
        let before = || {
            let parted = line.split_once([':', '–', '—']).or_else(|| line.split_once(" - "));
            parted.is_some_and(|(words, rest)| {
                let (mark, law, sure, name) = named(words);
                let counts = mark && !everyday(words, &name) && !self.parts.contains(&name);
                let counts = counts && !self.is_described(words, rest);
                (law || sure || counts) && !rest.trim().is_empty() && !self.is_nothing(rest) && !self.is_lifted(rest)
            })
        };
        in_brackets || behind() || before() || self.has_capitals(line) || self.ends_surely(line)
    }

    /// Whether words between brackets beside a title say by which law, until when or how its item is kept from the public.
    fn says_of_title(&self, words: &str) -> bool {
        let name = letters::name(words);
        self.names_a_statute(words)
            || self.is_by_law(words)
            || self.excludes(words)
            || self.opens.iter().any(|opens| begins(&name, opens))
    }

    /// Whether the first or the last words of a title are a mark in capitals or in bold, and the others are not.
    fn has_capitals(&self, line: &str) -> bool {
        let tokens: Vec<&str> = line.split([' ', '\t']).filter(|token| token.contains(char::is_alphabetic)).collect();
        let set = |token: &&&str| {
            let bold = ["**", "__"].iter().any(|sign| token.starts_with(sign) && token.ends_with(sign));
            bold || !token.contains(char::is_lowercase)
        };
        let first = tokens.iter().take_while(set).count();
        let last = tokens.iter().rev().take_while(set).count();
        let is_mark = |tokens: &[&str]| {
            let name = letters::name(&tokens.join(" "));
            self.marks.contains(&name) && !self.parts.contains(&name)
        };
        first < tokens.len() && (is_mark(&tokens[..first]) || is_mark(&tokens[tokens.len() - last..]))
    }

    /// Whether a title has words behind it that no title has, and begin as words apart do: `Contract Not for publication`.
    pub(crate) fn ends_surely(&self, line: &str) -> bool {
        let words: Vec<&str> = line.split_whitespace().collect();
        self.sure.iter().any(|sure| {
            let from = words.len().saturating_sub(sure.split('_').count());
            let last = &words[from..];
            last.first().is_some_and(|first| first.starts_with(char::is_uppercase))
                && letters::name(&last.join(" ")) == *sure
        })
    }

    /// Whether a line is a word with which a record opens, and nothing else.
    pub(crate) fn opens_record(&self, line: &str) -> bool {
        self.records.contains(&unnumbered(line))
    }

    /// Whether a word says of minutes that they are not agreed yet, which everybody may know: of other papers it may be the title.
    pub(crate) fn is_unsettled(&self, word: &str) -> bool {
        self.unsettled.iter().any(|draft| draft == word)
    }

    /// Whether a word begins a caption.
    pub(crate) fn is_caption(&self, word: &str) -> bool {
        self.captions.contains(&letters::name(word))
    }

    /// Whether words between brackets, or all words of a line, say that something private begins there, or ends.
    pub(super) fn is_bound(&self, words: &str, bounds: &[String]) -> bool {
        let name = letters::name(words);
        let is_mark = |name: &str| self.marks.iter().any(|mark| mark == name) || self.is_whole(name, name);
        bounds.iter().any(|bound| {
            let after = name.strip_prefix(bound.as_str()).and_then(|rest| rest.strip_prefix('_'));
            let before = name.strip_suffix(bound.as_str()).and_then(|rest| rest.strip_suffix('_'));
            after.is_some_and(is_mark) || before.is_some_and(is_mark)
        })
    }

    /// Whether words are a mark, or all say that something is private.
    pub(crate) fn is_mark(&self, words: &str) -> bool {
        self.marks.contains(&letters::name(words)) || self.is_all(words)
    }

    /// Whether a line says that what is private ends there: `[/EXEMPT]`, `[END EXEMPT]`.
    pub(crate) fn closes(&self, line: &str) -> bool {
        let words = line.trim_matches(['[', ']', '(', ')', '*', '_', ' ', '\\', '<', '>', '!', '-']);
        let slash = words.strip_prefix('/').map(letters::name);
        slash.is_some_and(|name| self.marks.contains(&name)) || self.is_bound(words, &self.end)
    }

    /// Whether all words of a line say that something is private, and nothing else.
    pub(crate) fn is_all(&self, line: &str) -> bool {
        self.is_whole(line, &unnumbered(line))
    }

    /// Whether words that are all of a line say it: common ones in capitals alone.
    pub(crate) fn is_whole(&self, line: &str, name: &str) -> bool {
        self.whole.iter().any(|words| words == name)
            || self.is_strong_phrase(name)
            || self.is_by_law(line)
            || self.is_composed(line)
            || (!line.contains(char::is_lowercase) && self.loud.iter().any(|words| words == name))
    }

    /// Whether all of several words are such as say it, and one of them does: `confidential, part 2`.
    pub(crate) fn is_strong(&self, name: &str) -> bool {
        name.contains('_') && self.is_strong_phrase(name)
    }

    /// The same of one word or several. What is done with such papers is about them: "Release of confidential items".
    fn is_strong_phrase(&self, name: &str) -> bool {
        self.has_strong(name)
            && self.is_known(name)
            && self.is_private(name)
            && !self.is_denied(name)
            && !self.beside.acts.iter().any(|act| begins(name, act))
    }

    /// Whether a name has a word that is said of nothing else than what is private.
    pub(crate) fn has_strong(&self, name: &str) -> bool {
        name.split('_').any(|word| self.strong.iter().any(|strong| strong == word))
    }

    /// Whether all words of a name are such words, or such as stand beside them.
    pub(super) fn is_known(&self, name: &str) -> bool {
        name.split('_').all(|word| self.strong.iter().chain(&self.fillers).any(|known| known == word))
    }

    /// Whether several words say how something is dealt with: `held in private`.
    pub(crate) fn is_way(&self, name: &str) -> bool {
        name.contains('_') && self.tells_how(name)
    }

    /// Whether words say that something is private, and not only when it is to be published.
    fn is_private(&self, name: &str) -> bool {
        has_one(name, &self.marks)
    }

    /// Whether words between brackets say by which law something is private.
    pub(super) fn names_the_law(&self, name: &str) -> bool {
        let by_law = name.starts_with("not_for_publication_") || name.starts_with("exempt_");
        by_law && self.opens.iter().any(|words| begins(name, words))
    }

    /// Whether words between brackets beside a title name the place in the law by which its item is private: `(Schedule 12A, paragraph 3)`.
    pub(super) fn names_a_statute(&self, words: &str) -> bool {
        let name = letters::name(words);
        let closed = || pointed(&self.beside.closed, &name).is_some();
        let named = |statute: &String| begins(&name, statute) || (has_word(&name, statute) && closed());
        name.contains(|sign: char| sign.is_ascii_digit()) && self.statutes.iter().any(named)
    }

    /// What words say that are all of a heading or a paragraph.
    pub(super) fn of_whole(&self, name: &str) -> Phrase {
        let is = |words: &[String]| words.iter().any(|words| begins(name, words));
        if is(&self.parts) {
            Phrase::Part
        } else if is(&self.sessions) {
            Phrase::Session
        } else {
            Phrase::Below
        }
    }

    /// Whether the value of a field, or a remark in a head, says that what it stands in is not for publication.
    pub(crate) fn of_value(&self, text: &str) -> bool {
        let first = text.trim().lines().next().unwrap_or_default();
        let everyday = !letters::name(first).contains('_') && first.contains(char::is_lowercase);
        let speaks = || self.may_speak(first) && (self.of_paragraph(first).is_some() || self.is_stamped(first));
        !everyday && (speaks() || self.asked(first, false).is_some())
    }

    /// What the first line of a paragraph says.
    pub(crate) fn of_paragraph(&self, line: &str) -> Option<Phrase> {
        let name = unnumbered(line);
        if self.closes(line) || is_harmless_field(line) {
            return None;
        }
        if self.is_bound(line, &self.begin) {
            return Some(Phrase::Opened);
        }
        if self.is_for_few(line) {
            return Some(Phrase::Below);
        }
        if let Some(phrase) = self.of_itself(line) {
            return Some(phrase);
        }
        if self.is_whole(line, &name) {
            // Between brackets below a title it speaks of that title.
            let remark = bracketed_first(line).is_some_and(|(_, rest)| rest.is_empty());
            return Some(match self.of_whole(&name) {
                Phrase::Part if remark => Phrase::Session,
                phrase => phrase,
            });
        }
        if let Some(phrase) = self.opened(line) {
            return Some(phrase);
        }
        if self.tells_how(&name) && (!line.trim_end().ends_with('.') || self.before_without_public(&name).is_some()) {
            return Some(Phrase::Session);
        }
        if self.runs_in(line) {
            return Some(Phrase::RunIn);
        }
        if let Some(phrase) = self.behind_colon(line) {
            return Some(phrase);
        }
        if self.is_bracketed(line) || self.is_set_stamp(line) || self.lists_mark(line) {
            return Some(Phrase::Below);
        }
        let apart = || self.is_set_off(line) || self.is_loud_apart(line) || self.ends_opened(line);
        // "Annex D – contains exempt information"
        let paper = || pointed(&self.beside.papers, &name).is_some() && !line.trim_end().ends_with('.');
        if paper() && self.ends_opened(line) {
            return Some(Phrase::Titled);
        }
        if self.is_marked(line, true) || self.is_labelled(line) || apart() || self.is_marked_caption(line) {
            return Some(Phrase::Own);
        }
        // "Note: for staff alone, not for the website"
        if self.is_forbidding_remark(line) {
            return Some(Phrase::Below);
        }
        self.is_headed(line).then_some(Phrase::RunIn)
    }

    /// Whether a line is a caption with a mark beside it: "Table 3: Bids (exempt)".
    pub(crate) fn is_marked_caption(&self, line: &str) -> bool {
        let line = line.trim_matches(['*', '_', ' ']);
        let first = line.split([' ', ':']).next().unwrap_or_default();
        self.is_caption(first) && !line.ends_with('.') && self.is_titled(line)
    }

    /// Whether the words in bold with which a line begins have a mark at their end: `**Contract (EXEMPT):** The bid`.
    fn runs_in(&self, line: &str) -> bool {
        ["**", "__"].iter().any(|sign| {
            let bold = line.strip_prefix(sign).and_then(|rest| rest.split_once(sign));
            bold.is_some_and(|(words, rest)| {
                let words = words.trim_end_matches([':', '.']);
                let titled = || rest.trim().contains(' ') && words.ends_with([')', ']']) && self.is_titled(words);
                // "**Officer comment – delete before publishing:** The firm"
                let behind = || words.rsplit_once(['–', '—']).or_else(|| words.rsplit_once(" - "));
                let surely = || behind().is_some_and(|(_, words)| self.sure.contains(&letters::name(words)));
                !rest.trim().is_empty() && (self.is_marked(words, false) || titled() || surely())
            })
        })
    }

    /// What several words before a colon say, which say it: of what is behind it, if that is what is private (`Confidential decision: that the
    /// bid`), or of what is below it, if that says for whom (`Restricted circulation: members`).
    fn behind_colon(&self, line: &str) -> Option<Phrase> {
        let (label, rest) = line.split_once(": ")?;
        let name = undated(&unnumbered(label));
        // "The appendix is held in confidence: ask for it" is a sentence.
        let tells = || name.split('_').any(|word| self.sentence.being.iter().any(|being| being == word));
        if !rest.is_empty()
            && !self.is_nothing(rest)
            && (self.is_forbidding(label) || (self.is_way(&name) && !tells() && !self.narrates(rest)))
        {
            return Some(Phrase::Own);
        }
        let says = name.contains('_') && self.whole.contains(&name) && !self.narrates(rest);
        let says = says && !self.is_described(label, rest);
        let short = rest.split_whitespace().count() <= 4;
        let strong = self.has_strong(&name);
        (says && (short || strong)).then_some(if strong { Phrase::Own } else { Phrase::Below })
    }

    /// Whether the words before the colon of a line have a mark at their end: `RESOLVED [EXEMPT]: That`.
    fn is_labelled(&self, line: &str) -> bool {
        let label = line.split_once(':').map(|(label, _)| label).filter(|label| label.len() <= 160);
        label.is_some_and(|label| self.is_marked(label, false))
    }

    /// Whether words begin as a sentence does that says that it, or what follows, is not for publication.
    pub(crate) fn opens(&self, words: &str) -> bool {
        self.opened(words).is_some()
    }

    /// What words say that begin as such a sentence does.
    pub(crate) fn opened(&self, words: &str) -> Option<Phrase> {
        let begun = |name: &str| self.opens.iter().any(|words| begins(name, words));
        let says = |words: &str| {
            (begun(&unnumbered(words)) || self.forbids(words)) && !self.denies(words) && !self.is_lifted(words)
        };
        // "Note to clerk: do not publish this."
        let remark = words.split_once(": ").filter(|(label, _)| self.remarks.contains(&unnumbered(label)));
        self.of_itself(words)
            .or_else(|| (says(words) || remark.is_some_and(|(_, rest)| says(rest))).then_some(Phrase::Below))
    }

    /// Whether a line says that what another opened ends: `[END EXEMPT]`, or with its signs alone: `*** END ***`, `---`, `<<<`.
    pub(crate) fn closes_after(&self, opening: &str, line: &str) -> bool {
        if self.closes(line) {
            return true;
        }
        let is_word = |sign: char| sign.is_alphanumeric() || matches!(sign, '[' | '(' | '\\' | ' ');
        let signs =
            |line: &str| line.trim().trim_start_matches(SHIELD).split(is_word).next().unwrap_or_default().to_owned();
        let (opened, closed) = (signs(opening), signs(line));
        let back = |sign: char| if sign == '>' { '<' } else { sign };
        let name = letters::name(line);
        let same = !opened.is_empty() && (opened == closed || opened.chars().map(back).eq(closed.chars()));
        same && (self.end.contains(&name) || (name.is_empty() && opened.len() > 1 && closed.len() == line.trim().len()))
    }

    /// What a later line of a paragraph says of the paragraph; `last` if no other line follows.
    pub(crate) fn of_later_line(&self, line: &str, last: bool) -> Option<Phrase> {
        if is_harmless_field(line) {
            return None;
        }
        let starts = line.trim_start_matches(['*', '_', ' ', '[', '(']).starts_with(char::is_uppercase);
        let whole = starts && self.is_whole(line, &letters::name(line));
        // "b) *Commercial in confidence* – the lowest bid"
        let limb =
            || has_letter(line).then(|| line.trim_start_matches(['(', '[']).split_once([')', ']', '.'])).flatten();
        if limb().is_some_and(|(_, rest)| self.is_set_off(rest) || self.is_marked(rest.trim_start(), true)) {
            return Some(Phrase::Own);
        }
        (whole || (last && (self.is_marked(line, false) || self.is_loud_apart(line)))).then_some(Phrase::Own)
    }

    /// What a sentence inside a paragraph says, if it says that something is not for publication: that of the paragraph, or of more.
    pub(crate) fn of_sentence(&self, sentence: &str) -> Option<Phrase> {
        let begins = sentence.trim_start().trim_start_matches(['(', '[']).starts_with(char::is_uppercase);
        Some(match self.opened(sentence).filter(|_| begins)? {
            Phrase::Below | Phrase::Before => Phrase::Own,
            phrase => phrase,
        })
    }

    /// Whether a line has a mark between brackets at its end, or at its beginning too: in square brackets or in capitals, or
    /// one that names the law.
    pub(super) fn is_marked(&self, line: &str, at_start: bool) -> bool {
        // What was HTML has its signs escaped.
        let line = &*line.replace('\\', "");
        let loud = |words: &&str| {
            let name = letters::name(words);
            let at = words.as_ptr() as usize - line.as_ptr() as usize;
            let around =
                |open: char, close: char| line[..at].ends_with(open) && line[at + words.len()..].starts_with(close);
            let square = around('[', ']') || around('【', '】');
            self.names_the_law(&name)
                || self.sure.iter().any(|sure| name == *sure || name.ends_with(&format!("_{sure}")))
                || ((square || !words.chars().any(char::is_lowercase))
                    && (self.marks.contains(&name) || self.is_strong(&name) || self.is_way(&name)))
        };
        // `CONFIDENTIAL: the bid`, `Not for publication: the bid`, `The bid – EXEMPT`.
        let dashed = |(words, rest): (&str, &str)| {
            let words = words.trim_matches(['*', '_', ' ', '#', '>']);
            let is_loud =
                words.len() > 5 && words.contains(char::is_uppercase) && loud(&words) && !rest.trim().is_empty();
            let sure = self.sure.contains(&letters::name(words));
            is_loud && (sure || !words.contains(char::is_lowercase)) && !self.is_nothing(rest)
        };
        let first = || line.split_once([':', '–', '—']).or_else(|| line.split_once(" - "));
        let last = || line.rsplit_once([':', '–', '—']).or_else(|| line.rsplit_once(" - "));
        let coloured = || {
            first().is_some_and(|(words, rest)| {
                let words = words.trim_matches(['*', '_', ' ', '#', '>', '-']);
                !words.contains(char::is_lowercase)
                    && self.coloured.contains(&letters::name(words))
                    && rest.contains(char::is_alphanumeric)
            })
        };
        if at_start && coloured() {
            return true;
        }
        // In bold at the beginning, "CLOSED SESSION" tells what was done then.
        let strong = |words: &str| self.has_strong(&letters::name(words));
        let bold = || line.strip_prefix("**").and_then(|rest| rest.split_once("**")).filter(|(words, _)| strong(words));
        let begins = || bold().is_some_and(dashed) || first().is_some_and(dashed);
        if (at_start && begins()) || last().is_some_and(|(rest, words)| dashed((words, rest))) {
            return true;
        }
        let mut marks = bracketed(line).filter(loud);
        marks.any(|words| {
            let at = words.as_ptr() as usize - line.as_ptr() as usize;
            let after =
                line[at + words.len()..].trim_matches([')', ']', '）', '】', '*', '_', ' ', '.', ':', '|', '`', '~']);
            (at_start && is_label(&line[..at])) || after.is_empty()
        })
    }
}
