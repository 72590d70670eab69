//! Which letters the codes of a PDF's font stand for.
//!
//! Input: the description of a font. Output: letters by code; a code of which nothing is said stands for no letter. Not here: how
//! wide they are (`pdf_font.rs`), and fonts themselves, which may draw any shape for any code.

use std::collections::BTreeMap;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::formats::FORMATS;
use super::pdf_stream::{Budget, unpacked};

/// Stands for a code of which nothing is said: it is no letter, and no part of a word.
const UNKNOWN: char = '\u{FFFD}';

/// The letters of a font.
#[derive(Debug, Default)]
pub struct Letters {
    /// What the file itself says for programs that copy words.
    said: Option<CMap>,
    /// Those of which the file names the shape.
    named: BTreeMap<u16, String>,
    /// Those above ASCII, in the order of their codes; none of a font whose codes are its own.
    upper: Option<&'static [char]>,
}

impl Letters {
    /// Reads what is said of a font; `is_wide`: a code has two bytes.
    pub fn read(font: &Dict<'_>, is_wide: bool, budget: &mut Budget) -> Self {
        let said = font.get::<Stream<'_>>("ToUnicode").and_then(|stream| unpacked(&stream, budget));
        let said = said.and_then(|said| CMap::parse(&said, |_| None));
        if is_wide {
            return Self { said, ..Self::default() };
        }
        let tables = &FORMATS.pdf.upper;
        let table = |name: &str| tables.get(name).map(|letters| &**letters);
        let mut letters = Self { said, upper: table("StandardEncoding"), ..Self::default() };
        match font.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => letters.upper = table(name.as_str()).or(letters.upper),
            Some(Object::Dict(encoding)) => {
                let base = encoding.get::<Name<'_>>("BaseEncoding");
                letters.upper = base.and_then(|base| table(base.as_str())).or(letters.upper);
                letters.take_names(&encoding);
            }
            _ => {}
        }
        letters
    }

    /// `Differences`: `[39 /quotesingle 96 /grave /a]`: a number, and the names of the shapes from there on.
    fn take_names(&mut self, encoding: &Dict<'_>) {
        let names = encoding.get::<Array<'_>>("Differences");
        let mut code = 0_u16;
        for one in names.iter().flat_map(|names| names.iter::<Object<'_>>()) {
            match one {
                Object::Number(number) => code = number.as_f64() as u16,
                Object::Name(name) if code < 256 => {
                    self.named.insert(code, letters_of(name.as_str()));
                    code += 1;
                }
                _ => {}
            }
        }
    }

    /// Adds the letters of a code to a text.
    pub fn add(&self, code: u16, text: &mut String) {
        match self.said.as_ref().and_then(|said| said.lookup_bf_string(u32::from(code))) {
            Some(BfString::Char(letter)) => return text.push(letter),
            Some(BfString::String(letters)) => return text.push_str(&letters),
            None => {}
        }
        if let Some(letters) = self.named.get(&code) {
            return text.push_str(letters);
        }
        let letter = match (self.upper, code) {
            (Some(_), 0x20..=0x7E) => char::from(code as u8),
            (Some(upper), 0x80..=0xFF) => upper.get(usize::from(code) - 0x80).copied().unwrap_or(UNKNOWN),
            _ => UNKNOWN,
        };
        text.push(letter);
    }
}

/// The letters that the name of a shape says: `A`, `eacute`, `fi`, `uni00E9`, `a.alt`. That of a mark says none.
fn letters_of(name: &str) -> String {
    let name = name.split('.').next().unwrap_or_default();
    let mut letters = name.chars();
    let first = letters.next().unwrap_or(' ');
    let rest = letters.as_str();
    let pdf = &FORMATS.pdf;
    if let Some(letters) = pdf.shapes.get(name) {
        return letters.clone();
    }
    if first.is_ascii_alphabetic() && (rest.is_empty() || pdf.accents.contains(rest)) {
        return first.to_string();
    }
    let digits = name.strip_prefix("uni").and_then(|digits| digits.get(..4)).or(name.strip_prefix('u'));
    let letter = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
    letter.unwrap_or(' ').to_string()
}

#[cfg(test)]
mod tests {
    use super::letters_of;

    #[test]
    fn names_of_shapes_say_letters() {
        for (name, letters) in [
            ("A", "A"),
            ("eacute", "e"),
            ("fi", "fi"),
            ("uni00E9", "é"),
            ("u1F600", "😀"),
            ("a.alt", "a"),
            ("three", "3"),
            ("germandbls", "ß"),
            ("quoteright", "’"),
            ("g17", " "),
            ("", " "),
            ("unié9", " "),
        ] {
            assert_eq!(letters_of(name), letters, "{name}");
        }
    }
}
