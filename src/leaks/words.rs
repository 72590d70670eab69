//! The words of a text, whatever marks stand between them.
//!
//! Input: a text, and in which form it is written. Output: its words in order, as hashes, in two strands: what is read, and
//! what stands aside (attributes of tags, targets of links, braces), since neither may break the other.
//! Not here: which words matter.
//!
//! Two texts that a reader would call the same words have the same hashes: capitals, accents, soft hyphens, entities, escapes
//! of JSON and folds of calendars make no difference.

use unicode_normalization::UnicodeNormalization as _;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As it stands.
    Plain,
    /// Markdown: targets of links, braces and tags stand aside.
    Markdown,
    /// HTML and XML: tags stand aside, entities are read.
    Markup,
    /// JSON and scripts: backslashes are read.
    Script,
    /// Calendars: lines are unfolded, backslashes read.
    Calendar,
}

impl Form {
    /// The form of a finished file, by its name.
    pub(super) fn of(path: &str) -> Self {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        match ending.as_str() {
            "html" | "htm" | "xhtml" | "xml" | "svg" | "config" => Self::Markup,
            "json" | "js" | "jsonld" | "webmanifest" | "geojson" => Self::Script,
            "ics" => Self::Calendar,
            "md" | "markdown" => Self::Markdown,
            _ => Self::Plain,
        }
    }
}

/// What is read, or what stands aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strand {
    Read,
    Aside,
}

/// One word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) strand: Strand,
    /// Of its letters and digits, folded.
    pub(super) hash: u64,
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// How many letters and digits it has.
    pub(super) length: u32,
    /// Whether it begins with a small letter, as words of sentences do and names do not.
    pub(super) is_small: bool,
    /// Whether it has letters: numbers are made by programs too.
    pub(super) has_letters: bool,
    /// Whether it is the first of what stands aside in one place: two attributes, two targets are never one run.
    pub(super) is_first: bool,
}

/// Hands each word of `text` to `found`.
pub(super) fn each(text: &str, form: Form, mut found: impl FnMut(Word)) {
    let bytes = text.as_bytes();
    let mut reader = Reader { text, form, at: 0, aside: None, was_opened: false };
    let mut open = Open::default();
    while let Some(byte) = bytes.get(reader.at) {
        if reader.skips_tag() {
            open.end(&mut found);
            continue;
        }
        // Nearly every byte of a page is one of the first two sorts.
        match SORTS[*byte as usize] {
            Sort::Letter => {
                let rest = &bytes[reader.at..];
                let end = rest.iter().position(|byte| SORTS[*byte as usize] != Sort::Letter).unwrap_or(rest.len());
                open.begin(&mut reader, rest[0].is_ascii_lowercase()).add_ascii(&rest[..end]);
                reader.at += end;
            }
            Sort::Mark => {
                open.end(&mut found);
                reader.at += 1;
            }
            Sort::Special => {
                let start = reader.at;
                let Some(character) = reader.next() else { break };
                if is_dropped(character) {
                } else if character.is_alphanumeric() {
                    let after = std::mem::replace(&mut reader.at, start);
                    open.begin(&mut reader, character.is_lowercase()).add(character);
                    reader.at = after;
                } else {
                    open.end(&mut found);
                }
            }
        }
    }
    open.end(&mut found);
}

/// The words of a drawing in which letters stand in elements of their own, `<tspan>T</tspan><tspan>h</tspan>`; `None` if in this
/// text none do.
pub(super) fn without_parts(text: &str) -> Option<String> {
    const PART: &str = "tspan";
    if !text.contains(PART) {
        return None;
    }
    let mut words = String::new();
    for piece in text.split('<') {
        let (tag, read) = piece.split_once('>').unwrap_or(("", piece));
        // Blanks between two parts of one letter each are of the file, not of the words.
        let is_part = tag.trim_start_matches('/').starts_with(PART);
        if !is_part {
            words.push(' ');
        }
        words.push_str(if is_part { read.trim_matches(['\n', '\r', '\t']) } else { read });
    }
    Some(words)
}

/// What a byte is for a reader of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A letter or a digit of ASCII.
    Letter,
    /// A mark that is no more than a mark in every form.
    Mark,
    /// It may be more, or is a part of another letter.
    Special,
}

const SORTS: [Sort; 256] = {
    let mut sorts = [Sort::Special; 256];
    let mut byte = 0;
    while byte < 128 {
        let more = matches!(
            byte,
            b'"' | b'\'' | b'<' | b'>' | b'&' | b'%' | b'\\' | b'[' | b']' | b'{' | b'}' | b')' | b'|' | b'\r' | b'\n'
        );
        if byte.is_ascii_alphanumeric() {
            sorts[byte as usize] = Sort::Letter;
        } else if !more {
            sorts[byte as usize] = Sort::Mark;
        }
        byte += 1;
    }
    sorts
};

/// The word that is being read, if there is one.
#[derive(Default)]
struct Open {
    word: Option<Word>,
    /// Up to eight of its letters, which go into its hash together.
    letters: u64,
    count: u32,
}

impl Open {
    /// A word begins where the reader is, if none is open; `is_small`: with a small letter.
    fn begin(&mut self, reader: &mut Reader<'_>, is_small: bool) -> &mut Self {
        if self.word.is_none() {
            let strand = if reader.aside.is_some() { Strand::Aside } else { Strand::Read };
            let is_first = strand == Strand::Aside && std::mem::take(&mut reader.was_opened);
            let start = reader.at;
            self.word = Some(Word { strand, hash: 0, start, length: 0, is_small, has_letters: false, is_first });
            (self.letters, self.count) = (0, 0);
        }
        self
    }

    fn add_ascii(&mut self, letters: &[u8]) {
        for letter in letters {
            // The bit that makes a letter small is set in digits.
            self.add_byte(letter | 0x20);
        }
        if let Some(word) = &mut self.word {
            word.length += letters.len() as u32;
            word.has_letters |= letters.iter().any(u8::is_ascii_alphabetic);
        }
    }

    fn add(&mut self, character: char) {
        // `é` in one character or two, and `e`, are one letter for a reader; `ﬁ` is two.
        for letter in character.nfkd().filter(|part| !is_dropped(*part)).flat_map(char::to_lowercase) {
            letter.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.add_byte(byte));
        }
        if let Some(word) = &mut self.word {
            word.length += 1;
            word.has_letters |= character.is_alphabetic();
        }
    }

    fn add_byte(&mut self, byte: u8) {
        self.letters |= u64::from(byte) << (8 * (self.count % 8));
        self.count += 1;
        if self.count.is_multiple_of(8) {
            self.mix();
        }
    }

    fn mix(&mut self) {
        let letters = std::mem::take(&mut self.letters);
        if let Some(word) = &mut self.word {
            word.hash = mixed(word.hash, letters);
        }
    }

    fn end(&mut self, found: &mut impl FnMut(Word)) {
        if self.word.is_some() {
            self.mix();
            self.word.take().map(found);
        }
    }
}

/// One more thing in a hash.
pub(super) fn mixed(hash: u64, next: u64) -> u64 {
    let mixed = (hash.rotate_left(23) ^ next).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 29)
}

/// Soft hyphens, joiners and combining marks, which no reader counts as letters.
fn is_dropped(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{300}'..='\u{36F}' | '\u{FEFF}')
}

/// What stands aside ends at this character, outside quotes.
#[derive(Clone, Copy)]
struct Aside {
    end: u8,
    quote: Option<u8>,
}

/// Reads characters as a reader of the form reads them.
struct Reader<'text> {
    text: &'text str,
    form: Form,
    at: usize,
    aside: Option<Aside>,
    /// Whether something that stands aside was opened since the last word in it.
    was_opened: bool,
}

impl Reader<'_> {
    /// Goes to the next value or to the end of the tag that is open, if one is: its name and those of its attributes are no words.
    fn skips_tag(&mut self) -> bool {
        if self.aside.is_none_or(|aside| aside.end != b'>' || aside.quote.is_some()) {
            return false;
        }
        let rest = &self.text.as_bytes()[self.at..];
        let is_end = |byte: &u8| matches!(byte, b'"' | b'\'' | b'>') || (*byte == b'\n' && self.form == Form::Markdown);
        match rest.iter().position(is_end) {
            Some(end) => {
                self.sign(rest[end], &rest[end..]);
                self.at += end + 1;
            }
            None => self.at = self.text.len(),
        }
        true
    }

    /// The next character. Marks of the form are a space.
    fn next(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        let stands_for = if first.is_ascii() { self.sign(first as u8, rest.as_bytes()) } else { None };
        let (character, length) = stands_for.unwrap_or((first, first.len_utf8()));
        self.at += length;
        Some(character)
    }

    /// What a sign stands for, and how many bytes it takes; `None`: itself.
    fn sign(&mut self, byte: u8, rest: &[u8]) -> Option<(char, usize)> {
        if let Some(aside) = &mut self.aside {
            match aside.quote {
                Some(quote) if quote == byte => aside.quote = None,
                None if aside.end == b'>' && matches!(byte, b'"' | b'\'') => {
                    aside.quote = Some(byte);
                    self.was_opened = true;
                }
                None if aside.end == byte => self.aside = None,
                // Behind the line stands what is read of a link to a name.
                None if aside.end == b']' && byte == b'|' => self.aside = None,
                // A forgotten end must not set the rest of a text aside.
                None if self.form == Form::Markdown && byte == b'\n' && rest.get(1) == Some(&b'\n') => {
                    self.aside = None;
                }
                _ => {}
            }
            let is_markup = matches!(self.form, Form::Markup | Form::Markdown);
            return match byte {
                b'&' if is_markup => entity(rest),
                b'%' => percent(rest),
                _ => None,
            };
        }
        let next = rest.get(1).copied().unwrap_or(b' ');
        match (self.form, byte) {
            (Form::Markup | Form::Markdown, b'<')
                if next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?') =>
            {
                self.open(b'>')
            }
            (Form::Markdown, b']') if next == b'(' => {
                self.open(b')');
                Some((' ', 2))
            }
            (Form::Markdown, b'{') => self.open(b'}'),
            (Form::Markdown, b'[') if matches!(next, b'^' | b'[') => {
                self.open(b']');
                Some((' ', 2))
            }
            (Form::Markup | Form::Markdown, b'&') => entity(rest),
            (Form::Script | Form::Calendar, b'\\') => escape(rest),
            (Form::Calendar, b'\r') if rest.starts_with(b"\r\n ") || rest.starts_with(b"\r\n\t") => Some(('\u{AD}', 3)),
            (Form::Calendar, b'\n') if matches!(next, b' ' | b'\t') => Some(('\u{AD}', 2)),
            _ => None,
        }
    }

    fn open(&mut self, end: u8) -> Option<(char, usize)> {
        self.aside = Some(Aside { end, quote: None });
        self.was_opened = true;
        None
    }
}

/// `&amp;`, `&#233;`, `&#xE9;`; any other name is a mark.
fn entity(rest: &[u8]) -> Option<(char, usize)> {
    let end = rest.iter().take(12).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(&rest[1..end]).ok()?;
    let number = |digits: &str, base| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
    let character = match name.strip_prefix('#') {
        Some(number_of) => match number_of.strip_prefix(['x', 'X']) {
            Some(digits) => number(digits, 16)?,
            None => number(number_of, 10)?,
        },
        None if name == "shy" => '\u{AD}',
        None if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => ' ',
        None => return None,
    };
    Some((character, end + 1))
}

/// `%20`, and letters of several bytes: `%C3%A9`.
fn percent(rest: &[u8]) -> Option<(char, usize)> {
    let byte_at = |index: usize| {
        let typed = rest.get(index * 3..index * 3 + 3).filter(|typed| typed[0] == b'%')?;
        u8::from_str_radix(std::str::from_utf8(&typed[1..]).ok()?, 16).ok()
    };
    let bytes: Vec<u8> = (0..4).map_while(byte_at).collect();
    let length = match bytes.first()? {
        0..0x80 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    };
    let character = std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    Some((character, length * 3))
}

/// `\n`, `\,`, `\u00e9`.
fn escape(rest: &[u8]) -> Option<(char, usize)> {
    match rest.get(1)? {
        b'u' => {
            let digits = std::str::from_utf8(rest.get(2..6)?).ok()?;
            // Half of a pair stands for no letter of ours.
            let character = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).unwrap_or(' ');
            Some((character, 6))
        }
        _ => Some((' ', 2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str, form: Form) -> Vec<u64> {
        let mut hashes = Vec::new();
        each(text, form, |word| {
            if word.strand == Strand::Read {
                hashes.push(word.hash);
            }
        });
        hashes
    }

    #[test]
    fn one_sentence_is_the_same_words_in_every_form() {
        let plain = hashes("The café agreed to buy the land", Form::Plain);
        assert_eq!(plain.len(), 7);
        for (text, form) in [
            ("the [[policies/x|*cafe\u{301}*]] AGREED to\nbuy [the](x.md \"y z\") land{.note}", Form::Markdown),
            ("The caf&#233; <b class='x > y'>agr\u{AD}eed</b> to&nbsp;buy the land", Form::Markup),
            ("The caf\\u00e9 agreed\\nto buy the land", Form::Script),
            ("The café agr\r\n eed to buy\\, the land", Form::Calendar),
        ] {
            assert_eq!(hashes(text, form), plain, "{text}");
        }
    }

    #[test]
    fn what_stands_aside_is_read_for_itself() {
        let mut aside = Vec::new();
        each("a <img alt=\"the land\" src=\"%C3%A9t%C3%A9\"> b", Form::Markup, |word| {
            if word.strand == Strand::Aside {
                aside.push(word.hash);
            }
        });
        let read = hashes("the land été", Form::Plain);
        assert_eq!(aside, read);
        assert_eq!(hashes("a < b [^1] c", Form::Markdown), hashes("a b c", Form::Plain));
        assert_eq!(hashes("The ﬁnal oﬃce", Form::Plain), hashes("the final office", Form::Plain));
    }
}
