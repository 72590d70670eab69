//! Walks through the XML of drawings and of files of offices.
//!
//! Input: bytes. Output: what opens, what closes and what is said, one after the other, with names without their prefixes.
//! Not here: entities of a document type, which are never put in the place of their names, and what the elements mean.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::diagnostic::Unread;
use crate::source::decode;

/// The bytes are not XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

impl From<Broken> for Unread {
    fn from(_: Broken) -> Self {
        Self::Damaged
    }
}

/// One step of the walk.
pub enum Step<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// Words, with the signs that stand for others put right.
    Text(Cow<'a, str>),
    /// An element ends.
    Close(&'a str),
    /// A line for programs: `<?xml-stylesheet …?>`.
    Instruction(&'a str),
    /// A document type, as typed.
    Type(&'a str),
}

/// An element that begins.
pub struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name without a prefix.
    pub fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// Its attributes: the name as typed, and the value.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut read = self.0.attributes();
        read.with_checks(false);
        read.flatten().map(|attribute| {
            let value = unescaped(&attribute.value).into_owned();
            (attribute.key.into_inner(), Cow::Owned(value))
        })
    }

    /// The value of the attribute that has this name behind its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(own, _)| local(own) == name).map(|(_, value)| value.into_owned())
    }

    /// Whether a switch is on: `<w:vanish/>`, `<w:vanish w:val="true"/>`.
    pub fn is_on(&self, name: &str) -> bool {
        self.attribute(name).is_none_or(|value| is_true(&value))
    }
}

/// Whether a value says yes.
pub fn is_true(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

/// A name without its prefix.
pub fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Walks through `bytes`. An empty element opens and closes.
///
/// # Errors
/// Where the bytes are no XML any more; what stood before was seen.
pub fn walk(bytes: &[u8], mut see: impl FnMut(Step<'_>)) -> Result<(), Broken> {
    let text = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Cow::Owned(decode(bytes.to_vec()).map_err(|_| Broken)?),
        _ => String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)),
    };
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    loop {
        match reader.read_event().map_err(|_| Broken)? {
            // No name and no value may have this sign: whoever wrote it wants one reader to see what another does not.
            Event::Start(element) | Event::Empty(element) if element.contains('<') => return Err(Broken),
            Event::Start(element) => see(Step::Open(Element(element))),
            Event::Empty(element) => {
                let name = element.name().into_inner().to_owned();
                see(Step::Open(Element(element)));
                see(Step::Close(local(&name)));
            }
            Event::End(element) => see(Step::Close(local(element.name().into_inner()))),
            Event::Text(text) => see(Step::Text(unescaped(&text))),
            Event::CData(text) => see(Step::Text(Cow::Borrowed(&text))),
            Event::GeneralRef(name) => see(Step::Text(unescaped(&format!("&{};", &*name)).into_owned().into())),
            Event::PI(instruction) => see(Step::Instruction(&instruction)),
            Event::DocType(of) => see(Step::Type(&of)),
            Event::Comment(_) | Event::Decl(_) => {}
            Event::Eof => return Ok(()),
        }
    }
}

/// A text with the signs that stand for others put right; as typed where one is not known.
fn unescaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(text).unwrap_or(Cow::Borrowed(text))
}
