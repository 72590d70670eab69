//! Does everything that CommonMark defines, and the dialect does not name, come out as CommonMark says?
//!
//! The specification's own examples are published as a package (`packages/`); `tests/run` installs it. Each example
//! that comes out otherwise stands in `commonmark.toml` below the rule of the dialect that is the reason. The list is
//! exact both ways: what is on it and conforms must leave it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use folkmoot::compose::{Dialect, read};
use folkmoot::diagnostic::Diagnostics;
use folkmoot::html::{Resolve, escape, print};
use folkmoot::kind::KindId;
use folkmoot::language::ENGLISH;
use folkmoot::model::{EmbedId, LinkId, Target, TermId, Text};
use folkmoot::source::SourceId;
use serde::Deserialize;

/// One example of the specification.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// `commonmark.toml`.
#[derive(Deserialize)]
struct Deviations {
    rule: Vec<Rule>,
}

/// A rule of the dialect, and the examples that come out otherwise because of it.
#[derive(Deserialize)]
struct Rule {
    reason: String,
    examples: Vec<usize>,
}

#[test]
fn what_the_dialect_does_not_name_is_commonmark() {
    let Some(examples) = examples() else { return };
    assert_eq!(examples.len(), 652, "the whole specification is there");
    let mut listed = listed();
    let mut report = String::new();
    for Example { number, markdown, html } in &examples {
        let (ours, theirs) = (normal(&ours(markdown)), normal(html));
        match (ours == theirs, listed.remove(number)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(reason)) => {
                let _ = writeln!(report, "{number} conforms: take it out of commonmark.toml, below “{reason}”\n");
            }
            (false, None) => {
                let _ = writeln!(report, "{number}\n{markdown}-- CommonMark\n{theirs}\n-- ours\n{ours}\n");
            }
        }
    }
    assert!(listed.is_empty(), "commonmark.toml has examples that the specification has not: {listed:?}");
    assert!(report.is_empty(), "mend it, or add it to tests/commonmark.toml below its rule:\n\n{report}");
}

/// The examples; nothing where the package is not installed and nobody asked for it.
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn examples() -> Option<Vec<Example>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packages/node_modules/commonmark-spec/spec.txt");
    match std::fs::read_to_string(path) {
        Ok(text) => Some(split(&text)),
        Err(error) if std::env::var_os("FOLKMOOT_PACKAGES").is_some() => {
            panic!("the CommonMark specification is not installed ({error}): (cd tests/packages && npm ci)")
        }
        Err(_) => {
            eprintln!("skipped: the CommonMark specification is not installed; ./tests/run installs it and runs this");
            None
        }
    }
}

/// An example stands between two lines of 32 backticks; a line with a dot parts the Markdown from the HTML, and `→` is
/// a tab.
fn split(text: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let opening = format!("{fence} example");
    let mut examples = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line == "<!-- END TESTS -->" {
            break;
        }
        if line != opening {
            continue;
        }
        let mut halves = [String::new(), String::new()];
        let mut half = 0;
        for line in lines.by_ref().take_while(|line| *line != fence) {
            if line == "." && half == 0 {
                half = 1;
                continue;
            }
            halves[half].push_str(&line.replace('→', "\t"));
            halves[half].push('\n');
        }
        let [markdown, html] = halves;
        examples.push(Example { number: examples.len() + 1, markdown, html });
    }
    examples
}

/// Each listed example with its reason.
fn listed() -> BTreeMap<usize, String> {
    let list: Deviations = toml::from_str(include_str!("commonmark.toml")).expect("commonmark.toml is TOML");
    let mut listed = BTreeMap::new();
    for Rule { reason, examples } in list.rule {
        for number in examples {
            let other = listed.insert(number, reason.clone());
            assert_eq!(other, None, "{number} stands twice in commonmark.toml");
        }
    }
    listed
}

fn ours(markdown: &str) -> String {
    let reading = read(markdown, SourceId(0), 0, &Dialect::default(), &mut Diagnostics::new());
    let mut html = String::new();
    print(&reading.text, &mut AsTyped, &ENGLISH, false, &mut html);
    // Round a heading stands what holds its sign beside it.
    let html = html.replace("<div class=\"heading\">", "");
    let html = (1..=6).fold(html, |html, level| html.replace(&format!("</h{level}></div>"), &format!("</h{level}>")));
    with_lists(&html)
}

/// A list whose numbers are printed as typed, as the list that it is to CommonMark. A number that does not follow the
/// one above it stays where it is.
fn with_lists(html: &str) -> String {
    const LIST: &str = "<div class=\"numbered\" role=\"list\">";
    const ITEM: &str = "<div role=\"listitem\">";
    let mut out = String::new();
    // What ends each open `div`; the next number of each open list, and where its tag's attribute would stand.
    let mut ends: Vec<&str> = Vec::new();
    let mut lists: Vec<(Option<u64>, usize)> = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let end = rest[open..].find('>').map_or(rest.len(), |end| open + end + 1);
        let tag = &rest[open..end];
        rest = &rest[end..];
        match tag {
            LIST => {
                ends.push("</ol>");
                out.push_str("<ol>");
                lists.push((None, out.len() - 1));
            }
            ITEM => {
                ends.push("</li>");
                out.push_str("<li>");
                rest = without_number(rest, lists.last_mut(), &mut out);
            }
            "</div>" => {
                let end = ends.pop().unwrap_or(tag);
                if end == "</ol>" {
                    lists.pop();
                }
                out.push_str(end);
            }
            _ => {
                if tag.starts_with("<div") {
                    ends.push("</div>");
                }
                out.push_str(tag);
            }
        }
    }
    out + rest
}

/// What follows the number of an item, if that is the number that CommonMark would give it.
fn without_number<'html>(rest: &'html str, list: Option<&mut (Option<u64>, usize)>, out: &mut String) -> &'html str {
    let number = rest.strip_prefix("<span class=\"number\">").and_then(|rest| rest.split_once("</span>"));
    let (Some((typed, behind)), Some((next, tag))) = (number, list) else { return rest };
    let Ok(typed) = typed.trim_end_matches(['.', ')']).parse::<u64>() else { return rest };
    if next.is_some_and(|next| next != typed) {
        return rest;
    }
    if next.is_none() && typed != 1 {
        out.insert_str(*tag, &format!(" start=\"{typed}\""));
    }
    *next = Some(typed + 1);
    behind.strip_prefix(' ').unwrap_or(behind)
}

/// Links lead where they were typed to lead, since no site is there.
struct AsTyped;

impl Resolve for AsTyped {
    fn link(&mut self, text: &Text, link: LinkId, out: &mut String) -> Cow<'static, str> {
        let link = &text.links[link.index()];
        out.push_str("<a href=\"");
        escape(&address(&link.target), out);
        title(link.title.as_deref(), out);
        out.push_str("\">");
        Cow::Borrowed("</a>")
    }

    fn embed(&mut self, text: &Text, embed: EmbedId, out: &mut String) {
        let embed = &text.embeds[embed.index()];
        out.push_str(if embed.alone { "<p>" } else { "" });
        out.push_str("<img src=\"");
        escape(&address(&embed.target), out);
        out.push_str("\" alt=\"");
        escape(&embed.text, out);
        title(embed.title.as_deref(), out);
        out.push_str("\" />");
        out.push_str(if embed.alone { "</p>\n" } else { "" });
    }

    fn term(&mut self, _: &Text, _: TermId, _: &mut String) -> &'static str {
        ""
    }

    fn kind(&self, _: KindId) -> &str {
        unreachable!("the specification has no records")
    }
}

fn title(title: Option<&str>, out: &mut String) {
    if let Some(title) = title {
        out.push_str("\" title=\"");
        escape(title, out);
    }
}

/// An address as the specification's own program prints it; ours is kept percent-decoded, to be looked up.
fn address(target: &Target) -> String {
    let (path, place) = match target {
        Target::Outside(address) => return address.to_string(),
        Target::Path { path, anchor } | Target::Wiki { id: path, place: anchor } => (path, anchor),
    };
    let mut address = encoded(path);
    if let Some(place) = place {
        address.push('#');
        address.push_str(&encoded(place));
    }
    address
}

fn encoded(typed: &str) -> String {
    let mut encoded = String::new();
    for byte in typed.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.+!*(),%#@?=;:/,+&$'~".contains(&byte) {
            encoded.push(byte as char);
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// HTML without line ends that no reader sees: those beside the tags of blocks.
fn normal(html: &str) -> String {
    const BLOCKS: [&str; 14] =
        ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "pre", "div"];
    let mut out = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let end = rest[open..].find('>').map_or(rest.len(), |end| open + end + 1);
        let tag = &rest[open..end];
        let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '/']).next().unwrap_or_default();
        rest = &rest[end..];
        if BLOCKS.contains(&name) {
            out.truncate(out.trim_end_matches('\n').len());
            rest = if tag == "<pre>" { rest } else { rest.trim_start_matches('\n') };
        }
        out.push_str(tag);
    }
    out.push_str(rest);
    out.trim_end_matches('\n').to_owned()
}
