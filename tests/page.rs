//! A page as a browser reads it: its words, its places, its links.
//!
//! Enters: the bytes of an output. Leaves: plain lists. Absent: any knowledge of how the page was made, so that
//! what is asserted of pages does not rest on the code that made them.

use std::collections::BTreeSet;

use html5gum::{StartTag, Token, Tokenizer};

/// What a page holds.
#[derive(Debug, Default)]
pub struct Page {
    /// Its words in order, without those of `head`, scripts and styles; blocks end a word.
    pub text: String,
    /// Every `id`, each once.
    pub ids: BTreeSet<String>,
    /// Ids that stand more than once.
    pub repeated_ids: Vec<String>,
    /// What `href`, `src` and their like lead to, as typed in the page.
    pub links: Vec<String>,
}

/// Elements inside a line: they do not end a word.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Elements that have no end.
const VOID: &[&str] = &["br", "img", "hr", "input", "meta", "link", "wbr", "col", "source"];

impl Page {
    /// Reads a page.
    pub fn read(html: &str) -> Self {
        let mut page = Self::default();
        let mut silent: Option<String> = None;
        for token in Tokenizer::new(html) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    page.start(&name, &tag);
                    if silent.is_none() && matches!(name.as_str(), "head" | "script" | "style" | "template") {
                        silent = Some(name);
                    }
                }
                Token::EndTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    if silent.as_deref() == Some(name.as_str()) {
                        silent = None;
                    }
                    page.space(&name);
                }
                Token::String(text) if silent.is_none() => page.text.push_str(&String::from_utf8_lossy(&text)),
                _ => {}
            }
        }
        page
    }

    /// Its words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split_whitespace()
    }

    /// The words of the element with this id; none, if there is no such element.
    pub fn words_at(html: &str, id: &str) -> String {
        let (mut depth, mut words) = (0_usize, String::new());
        for token in Tokenizer::new(html) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) if !VOID.contains(&&*String::from_utf8_lossy(&tag.name)) => {
                    let here = tag
                        .attributes
                        .iter()
                        .any(|(key, value)| key.as_slice() == b"id" && value.as_slice() == id.as_bytes());
                    depth += usize::from(depth > 0 || here);
                }
                Token::EndTag(_) => depth = depth.saturating_sub(1),
                Token::String(text) if depth > 0 => {
                    words.push_str(&String::from_utf8_lossy(&text));
                    words.push(' ');
                }
                _ => {}
            }
        }
        words
    }

    fn start(&mut self, name: &str, tag: &StartTag<()>) {
        self.space(name);
        for (key, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value).into_owned();
            match key.as_slice() {
                b"id" if self.ids.contains(&value) => self.repeated_ids.push(value),
                b"id" => drop(self.ids.insert(value)),
                b"href" | b"src" | b"action" | b"poster" | b"data" => self.links.push(value),
                b"srcset" => {
                    let addresses = value.split(',').filter_map(|part| part.split_whitespace().next());
                    self.links.extend(addresses.map(str::to_owned));
                }
                _ => {}
            }
        }
    }

    fn space(&mut self, name: &str) {
        if !INLINE.contains(&name) {
            self.text.push(' ');
        }
    }
}

/// An address in a page at `page` (an output path) → the output path it lands on, and the place in it.
/// `None` for what leads to another site.
pub fn landing(page: &str, base_path: &str, link: &str) -> Option<(String, Option<String>)> {
    let (address, anchor) = match link.split_once('#') {
        Some((address, anchor)) => (address, Some(decode(anchor))),
        None => (link, None),
    };
    let address = address.split('?').next().unwrap_or_default();
    if address.is_empty() {
        return Some((page.to_owned(), anchor));
    }
    if address.starts_with("//") || scheme(address) {
        return None;
    }
    let path = match address.strip_prefix('/') {
        Some(_) => address.strip_prefix(base_path).unwrap_or(address).trim_start_matches('/').to_owned(),
        None => format!("{}{address}", page.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"))),
    };
    let path = decode(&path);
    Some((if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path }, anchor))
}

/// Whether an address begins with `letters:`.
fn scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
    })
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_page_is_read_as_a_browser_reads_it() {
    let page = Page::read(
        "<head><title>no</title></head><h1 id=a>A<em>b</em></h1><p id='a'>c<a href=\"/x/#y\">d</a><script>no</script>",
    );
    assert_eq!(page.words().collect::<Vec<_>>(), ["Ab", "cd"]);
    assert_eq!(page.repeated_ids, ["a"]);
    assert_eq!(page.links, ["/x/#y"]);
}

#[test]
fn links_land_where_a_browser_would_go() {
    for (link, expected) in [
        ("#p", Some(("minutes/index.html", Some("p")))),
        ("/base/about/", Some(("about/index.html", None))),
        ("/base/", Some(("index.html", None))),
        ("/base/a%20b.pdf?x#y", Some(("a b.pdf", Some("y")))),
        ("page/2/", Some(("minutes/page/2/index.html", None))),
        ("https://other.example/", None),
        ("mailto:a@b.example", None),
        ("//other.example/", None),
    ] {
        let expected = expected.map(|(path, anchor)| (path.to_owned(), anchor.map(str::to_owned)));
        assert_eq!(landing("minutes/index.html", "/base", link), expected, "{link}");
    }
}
