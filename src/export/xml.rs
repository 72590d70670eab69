//! Writes XML: elements in order; the library escapes every text and attribute.
//! Input: names that we choose, and any texts. Output: bytes. Not here: any one format.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::plain::{legal, line};

/// XML that is being written.
pub struct Xml(Writer<Vec<u8>>);

/// Names and values of attributes.
pub type Attributes<'text> = [(&'text str, &'text str)];

impl Xml {
    /// The head of a file.
    pub fn new() -> Self {
        let mut xml = Self(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    /// Begins an element.
    pub fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.event(Event::Start(start(name, attributes)));
    }

    /// Ends it.
    pub fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element that holds only a text.
    pub fn leaf(&mut self, name: &str, attributes: &Attributes<'_>, text: &str) {
        self.event(Event::Start(start(name, attributes)));
        self.event(Event::Text(BytesText::new(&legal(text))));
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// A remark of ours; it may not hold `--`.
    pub fn comment(&mut self, text: &str) {
        debug_assert!(!text.contains("--"), "two hyphens end a comment in XML");
        self.event(Event::Comment(BytesText::from_escaped(text)));
    }

    /// The whole file.
    pub fn finish(self) -> Vec<u8> {
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        bytes
    }

    fn event(&mut self, event: Event<'_>) {
        self.0.write_event(event).unwrap_or_else(|error| unreachable!("memory takes every byte: {error}"));
    }
}

fn start<'text>(name: &'text str, attributes: &Attributes<'_>) -> BytesStart<'text> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, line(value).as_str()));
    }
    start
}
