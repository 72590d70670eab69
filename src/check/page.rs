//! A page of ours, read back as a browser's tokeniser reads it: the facts that lints ask for, found in one pass.
//!
//! Input: HTML. Output: a [`Page`]. Not here: a tree of elements, and any judgement of what was found. It runs over every
//! page of the site, so attributes are looked at in one reused buffer and copied only if they are kept.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};

/// What lints ask about a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Whether it says what it may load and do, before anything that it loads.
    pub has_policy: bool,
    /// The value of `<html lang>`; `None` if there is none.
    pub language: Option<Box<str>>,
    /// The text of `<title>`, without space at its ends; empty if there is none.
    pub title: String,
    /// How many `<h1>` there are.
    pub main_headings: usize,
    /// How many `<main>` there are.
    pub mains: usize,
    /// Every id, in the order of the page, repeated ones too; and the `name` of an `<a>`, which works like one.
    pub ids: Vec<Box<str>>,
    /// Where its links lead and what it loads, as typed, in order.
    pub targets: Vec<Box<str>>,
    /// The first element that the Tab key reaches; `None` if there is none.
    pub first_stop: Option<TabStop>,
    /// What is written into the page and belongs in a style sheet or a script.
    pub inline: BTreeSet<Inline>,
    /// The addresses that the page loads from elsewhere: those with a scheme or a host.
    pub foreign: BTreeSet<Box<str>>,
}

/// An element that the Tab key reaches.
#[derive(Debug, PartialEq, Eq)]
pub enum TabStop {
    /// A link, and where it leads.
    Link(Box<str>),
    /// A field, a button, anything else.
    Other,
}

/// Style or script inside a page. The site's security policy makes browsers ignore it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inline {
    /// `style="…"`.
    StyleAttribute,
    /// `<style>`.
    StyleElement,
    /// `<script>` without `src` that is not a block of data (HTML Standard, section 4.12.1).
    Script,
    /// `onclick="…"` and the like; holds the attribute's name.
    Event(Box<str>),
    /// `href="javascript:…"`.
    ScriptAddress,
}

impl Page {
    /// Reads `html`.
    #[must_use]
    pub fn read(html: &[u8]) -> Self {
        let mut reader = Reader::default();
        let mut emitter = CallbackEmitter::<_, Infallible>::new(&mut reader);
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
        reader.page.title = reader.page.title.trim().to_owned();
        reader.page
    }
}

/// The tag that is being read, and the page so far.
#[derive(Default)]
struct Reader {
    page: Page,
    tag: Tag,
    in_title: bool,
    /// Whether the title was read: a second one does not count.
    has_title: bool,
    /// Whether something was loaded or run that a policy further down does not bind.
    has_loaded: bool,
    /// Whether the tokeniser is in an `<svg>`, whose titles are not the page's.
    in_drawing: bool,
}

/// Name and attributes of one start tag, in one buffer.
#[derive(Default)]
struct Tag {
    bytes: Vec<u8>,
    name: Range<usize>,
    attributes: Vec<(Range<usize>, Range<usize>)>,
}

impl Tag {
    fn open(&mut self, name: &[u8]) {
        self.bytes.clear();
        self.attributes.clear();
        self.name = self.push(name);
    }

    fn push(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        start..self.bytes.len()
    }

    fn name(&self) -> &[u8] {
        &self.bytes[self.name.clone()]
    }

    fn attributes(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.attributes.iter().map(|(name, value)| (&self.bytes[name.clone()], &self.bytes[value.clone()]))
    }

    fn get(&self, wanted: &str) -> Option<&[u8]> {
        self.attributes().find(|(name, _)| *name == wanted.as_bytes()).map(|(_, value)| value)
    }
}

/// Takes in the tokeniser's events.
impl Callback<Infallible, ()> for &mut Reader {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: html5gum::Span<()>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag.open(name),
            CallbackEvent::AttributeName { name } => {
                let name = self.tag.push(name);
                let end = name.end;
                self.tag.attributes.push((name, end..end));
            }
            CallbackEvent::AttributeValue { value } => {
                let value = self.tag.push(value);
                if let Some(last) = self.tag.attributes.last_mut() {
                    last.1 = value;
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => self.element(self_closing),
            CallbackEvent::String { value } if self.in_title => {
                self.page.title.push_str(&String::from_utf8_lossy(value));
            }
            CallbackEvent::EndTag { name: b"title" } => self.in_title = false,
            CallbackEvent::EndTag { name: b"svg" } => self.in_drawing = false,
            _ => {}
        }
        None
    }
}

impl Reader {
    /// Takes in one start tag, with all its attributes.
    fn element(&mut self, self_closing: bool) {
        match self.tag.name() {
            b"meta" if is_policy(&self.tag) => self.page.has_policy |= !self.has_loaded,
            b"html" => self.page.language = self.tag.get("lang").map(text),
            b"title" if !self.in_drawing && !self.has_title => {
                self.in_title = true;
                self.has_title = true;
            }
            b"svg" => self.in_drawing = !self_closing,
            b"h1" => self.page.main_headings += 1,
            b"main" => self.page.mains += 1,
            b"style" => _ = self.page.inline.insert(Inline::StyleElement),
            b"script" if self.tag.get("src").is_none() && runs(self.tag.get("type")) => {
                self.page.inline.insert(Inline::Script);
            }
            _ => {}
        }
        self.has_loaded |= matches!(self.tag.name(), b"link" | b"script" | b"style" | b"body");
        if self.page.first_stop.is_none() {
            self.page.first_stop = stop(&self.tag);
        }
        self.attributes();
    }

    fn attributes(&mut self) {
        let page = &mut self.page;
        let loads = loads(&self.tag);
        for (name, value) in self.tag.attributes() {
            match name {
                b"id" => page.ids.push(text(value)),
                b"name" if self.tag.name() == b"a" => page.ids.push(text(value)),
                b"style" => _ = page.inline.insert(Inline::StyleAttribute),
                b"href" | b"xlink:href" | b"src" | b"poster" | b"data" | b"action" | b"formaction" => {
                    take_target(page, text(value), loads);
                }
                b"srcset" => {
                    for target in pictures_of_set(value) {
                        take_target(page, target, true);
                    }
                }
                b"content" if is_refresh(&self.tag) => page.targets.extend(refresh_target(value)),
                event if event.starts_with(b"on") => _ = page.inline.insert(Inline::Event(text(event))),
                _ => {}
            }
        }
    }
}

fn take_target(page: &mut Page, target: Box<str>, loads: bool) {
    let scheme = scheme(&target);
    if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript")) {
        page.inline.insert(Inline::ScriptAddress);
    } else if loads && (scheme.is_some() || target.starts_with("//")) {
        page.foreign.insert(target);
    } else {
        page.targets.push(target);
    }
}

fn text(bytes: &[u8]) -> Box<str> {
    String::from_utf8_lossy(bytes).trim().into()
}

/// Whether a script of this type is run; a block of data is not.
fn runs(kind: Option<&[u8]>) -> bool {
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    kind.is_empty() || kind == b"module" || kind == b"importmap" || kind.ends_with(b"javascript")
}

/// Whether a browser fetches what this element names, without being asked by a reader.
fn loads(tag: &Tag) -> bool {
    match tag.name() {
        b"a" | b"area" | b"base" | b"form" | b"button" | b"input" | b"blockquote" | b"q" => false,
        b"link" => tag.get("rel").is_some_and(|relation| {
            relation.to_ascii_lowercase().split(u8::is_ascii_whitespace).any(|word| {
                matches!(
                    word,
                    b"stylesheet"
                        | b"icon"
                        | b"apple-touch-icon"
                        | b"manifest"
                        | b"preload"
                        | b"modulepreload"
                        | b"prefetch"
                        | b"preconnect"
                        | b"dns-prefetch"
                )
            })
        }),
        _ => true,
    }
}

/// The stop of the Tab key at this element; `None` if it does not stop there.
fn stop(tag: &Tag) -> Option<TabStop> {
    match tag.name() {
        b"a" | b"area" => tag.get("href").map(|href| TabStop::Link(text(href))),
        b"input" if tag.get("type") == Some(b"hidden") => None,
        b"button" | b"input" | b"select" | b"textarea" | b"summary" | b"iframe" => Some(TabStop::Other),
        _ => tag.get("tabindex").filter(|index| !index.starts_with(b"-")).map(|_| TabStop::Other),
    }
}

/// Browsers heed a policy in the head alone, and for what comes after it.
fn is_policy(tag: &Tag) -> bool {
    tag.get("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case(b"content-security-policy"))
        && tag.get("content").is_some_and(|policy| !policy.trim_ascii().is_empty())
}

fn is_refresh(tag: &Tag) -> bool {
    tag.name() == b"meta" && tag.get("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case(b"refresh"))
}

/// The address in the content of a `<meta http-equiv=refresh>`: `0; url=/minutes/` → `/minutes/`.
fn refresh_target(content: &[u8]) -> Option<Box<str>> {
    let content = text(content);
    let (_, target) = content.split_once('=').filter(|(before, _)| before.trim_end().ends_with(['l', 'L']))?;
    Some(target.trim().trim_matches(['\'', '"']).into())
}

/// The addresses in a `srcset`: both of `small.png 1x, large.png 2x`.
fn pictures_of_set(value: &[u8]) -> Vec<Box<str>> {
    text(value).split(", ").filter_map(|one| one.split_whitespace().next()).map(Into::into).collect()
}

/// The scheme of an address (RFC 3986, section 3.1); `None` if it begins with none.
pub fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let fits = |character: char| character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.');
    (scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.chars().all(fits)).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_a_browser_reads_it() {
        let page = Page::read(
            br##"<!doctype html><HTML LANG=en><title> Minutes &amp; more </title>
<link rel="canonical" href="https://x.example/a/"><link rel=stylesheet href=/assets/a.css>
<body><a class=skip href="#main">Skip</a><svg><title>Not this</title></svg>
<!-- <h1>no</h1> --><script type="application/ld+json">{"a": "<h1>"}</script>
<main id=main><h1 id="top">A</h1><img src="/a%20b.png" alt="" srcset="/a.png 1x, /b.png 2x"><p id="p-1">x</main>"##,
        );
        assert_eq!(page.language.as_deref(), Some("en"));
        assert_eq!(page.title, "Minutes & more");
        assert_eq!((page.main_headings, page.mains), (1, 1));
        assert_eq!(page.first_stop, Some(TabStop::Link("#main".into())));
        assert_eq!(page.ids, ["main".into(), "top".into(), "p-1".into()] as [Box<str>; 3]);
        assert_eq!(
            page.targets,
            ["https://x.example/a/", "/assets/a.css", "#main", "/a%20b.png", "/a.png", "/b.png"].map(Box::from)
        );
        assert!(page.inline.is_empty(), "{:?}", page.inline);
        assert!(page.foreign.is_empty(), "{:?}", page.foreign);
    }

    #[test]
    fn what_is_written_into_a_page_and_what_it_loads_from_elsewhere_is_found() {
        let page = Page::read(
            br#"<p style="color: red" onclick=x()><style>p {}</style><script>x()</script><a href=" JavaScript:x()">x</a>
<script src="https://cdn.example/x.js"></script><img src="data:image/gif;base64,AA"><img src=//cdn.example/y.png>
<link rel="icon" href="https://x.example/i.png"><a href="https://fine.example/">fine</a>"#,
        );
        assert_eq!(page.inline.len(), 5, "{:?}", page.inline);
        assert_eq!(page.foreign.len(), 4, "{:?}", page.foreign);
        assert_eq!(page.targets, [Box::from("https://fine.example/")]);
    }

    #[test]
    fn a_policy_binds_what_stands_behind_it() {
        let policy = "<meta HTTP-EQUIV=content-security-policy content=\"default-src 'none'\">";
        for (before, is_heeded) in
            [("<meta charset=utf-8><title>A</title>", true), ("<link>", false), ("<body>", false)]
        {
            assert_eq!(
                Page::read(format!("{before}{policy}<script></script>").as_bytes()).has_policy,
                is_heeded,
                "{before}"
            );
        }
        assert!(!Page::read(br#"<meta http-equiv=Content-Security-Policy content=" ">"#).has_policy);
    }

    #[test]
    fn a_page_that_leads_on_is_a_link_too() {
        let page = Page::read(br#"<meta http-equiv="refresh" content="0; url=/minutes/">"#);
        assert_eq!(page.targets, [Box::from("/minutes/")]);
    }

    #[test]
    fn the_first_stop_may_be_no_link() {
        assert_eq!(
            Page::read(b"<input type=hidden><button>Menu</button><a href=#m>x</a>").first_stop,
            Some(TabStop::Other)
        );
        assert_eq!(Page::read(b"<p>text <a name=x>no link</a></p>").first_stop, None);
    }
}
