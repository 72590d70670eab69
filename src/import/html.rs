//! HTML as a tree, as forgiving as a browser: elements that nobody closed end where they must.
//!
//! Input: the characters of a page. Output: a [`Tree`], and the remarks in its source. Not here: what a page is about (`page.rs`).

use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};

use crate::archive::tree::{Inside, Tree};

/// How deep elements lie in each other at most; deeper ones lie beside each other.
const DEEPEST: usize = 300;

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// What is in it.
    pub tree: Tree,
    /// Remarks in its source.
    pub remarks: Vec<String>,
}

/// Reads a page.
#[must_use]
pub fn read(text: &str) -> Page {
    let mut reader = Reader { open: vec![Tree::default()], ..Reader::default() };
    let mut emitter = CallbackEmitter::<_, Infallible>::new(&mut reader);
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
    while reader.open.len() > 1 {
        reader.close();
    }
    Page { tree: reader.open.pop().unwrap_or_default(), remarks: reader.remarks }
}

#[derive(Default)]
struct Reader {
    open: Vec<Tree>,
    remarks: Vec<String>,
    name: String,
    attributes: Vec<(Box<str>, Box<str>)>,
    /// The element whose inside is no HTML.
    raw: Option<String>,
}

/// Elements that hold nothing.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements whose inside is for programs.
const RAW: [&str; 5] = ["script", "style", "noscript", "template", "svg"];
/// Elements before which a paragraph ends.
const BLOCKS: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
    "dir",
];

impl Callback<Infallible, ()> for &mut Reader {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: html5gum::Span<()>) -> Option<Infallible> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match event {
            CallbackEvent::OpenStartTag { name } => (self.name, self.attributes) = (text(name), Vec::new()),
            CallbackEvent::AttributeName { name } => self.attributes.push((text(name).into(), "".into())),
            CallbackEvent::AttributeValue { value } => {
                if let Some(last) = self.attributes.last_mut() {
                    last.1 = text(value).into();
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => self.start(self_closing),
            CallbackEvent::EndTag { name } => self.end(&text(name)),
            CallbackEvent::String { value } if self.raw.is_none() => self.words(&text(value)),
            CallbackEvent::Comment { value } => self.remarks.push(text(value)),
            _ => {}
        }
        None
    }
}

impl Reader {
    fn words(&mut self, words: &str) {
        if let Some(tree) = self.open.last_mut() {
            match tree.inside.last_mut() {
                Some(Inside::Words(own)) => *own = format!("{own}{words}").into(),
                _ => tree.inside.push(Inside::Words(words.into())),
            }
        }
    }

    fn start(&mut self, self_closing: bool) {
        let (name, attributes) = (std::mem::take(&mut self.name), std::mem::take(&mut self.attributes));
        if self.raw.is_some() {
            return;
        }
        if RAW.contains(&name.as_str()) {
            self.raw = (!self_closing).then_some(name);
            return;
        }
        self.end_what_must(&name);
        let tree = Tree { name: name.as_str().into(), attributes, inside: Vec::new() };
        self.open.push(tree);
        if VOID.contains(&name.as_str()) || self.open.len() > DEEPEST {
            self.close();
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(raw) = &self.raw {
            if raw == name {
                self.raw = None;
            }
            return;
        }
        if self.open.iter().skip(1).any(|tree| &*tree.name == name) {
            while self.open.len() > 1 {
                let is_it = self.open.last().is_some_and(|tree| &*tree.name == name);
                self.close();
                if is_it {
                    break;
                }
            }
        }
    }

    /// Closes what cannot hold an element of this name.
    fn end_what_must(&mut self, name: &str) {
        if BLOCKS.contains(&name) || matches!(name, "li" | "dt" | "dd") {
            self.close_to(&["p"], &["td", "th", "li", "dd", "div", "section", "article", "main", "body", "blockquote"]);
        }
        match name {
            "li" => self.close_to(&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => self.close_to(&["dt", "dd"], &["dl"]),
            "td" | "th" => self.close_to(&["td", "th"], &["tr", "table"]),
            "tr" => self.close_to(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => self.close_to(&["tbody", "thead", "tfoot"], &["table"]),
            "option" => self.close_to(&["option"], &["select"]),
            _ => {}
        }
    }

    /// Closes the innermost element with one of these names, unless one of `walls` lies between.
    fn close_to(&mut self, names: &[&str], walls: &[&str]) {
        let place = self.open.iter().rposition(|tree| names.contains(&&*tree.name) || walls.contains(&&*tree.name));
        if let Some(place) = place.filter(|place| *place > 0 && names.contains(&&*self.open[*place].name)) {
            while self.open.len() > place {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        if self.open.len() > 1
            && let (Some(tree), Some(parent)) = (self.open.pop(), self.open.last_mut())
        {
            parent.inside.push(Inside::Tree(tree));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_closed_ends_where_it_must() {
        let page = read("<body><ul><li>a<li><p>b<p>c</ul><table><tr><td>d<td>e<tr><td>f</table><script><p>x</script>g");
        let shown = |tree: &Tree| tree.trees().map(|tree| tree.words()).collect::<Vec<_>>();
        let body = page.tree.child("body").expect("it has a body");
        let list = body.child("ul").expect("it has a list");
        assert_eq!(shown(list), ["a", "bc"]);
        assert_eq!(body.child("table").map(shown), Some(vec!["de".to_owned(), "f".to_owned()]));
        assert_eq!(body.words(), "abcdefg");
        let deep = read(&"<div>".repeat(100_000));
        assert_eq!(deep.tree.words(), "");
    }
}
