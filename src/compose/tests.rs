//! The dialect as a whole: tables of text and the HTML it becomes, and properties that hold for any text.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::*;
use crate::diagnostic::Severity;
use crate::html::{Ids, Resolve, escape, print, print_part};
use crate::kind::{self, KindId, Kinds, Role};
use crate::model::{
    AnchorKind, Element, EmbedId, GlossaryEntry, LinkId, NodeId, RecordId, Step, Stretch, Target, TermId, TextRecord,
};
use crate::recognise::RecordWords;

/// Prints links with what was typed, and embeds as `[embed]`.
struct Plain;

impl Resolve for Plain {
    fn link(&mut self, text: &Text, link: LinkId, out: &mut String) -> std::borrow::Cow<'static, str> {
        let link = &text.links[link.index()];
        let address = address(&link.target);
        out.push_str("<a href=\"");
        escape(&address, out);
        out.push('"');
        if let Some(title) = &link.title {
            out.push_str(" title=\"");
            escape(title, out);
            out.push('"');
        }
        out.push('>');
        if link.bare {
            escape(&address, out);
        }
        "</a>".into()
    }

    fn embed(&mut self, text: &Text, embed: EmbedId, out: &mut String) {
        let embed = &text.embeds[embed.index()];
        let alone = if embed.alone { " alone" } else { "" };
        let decorative = if embed.decorative { " decorative" } else { "" };
        escape(&format!("[{} “{}”{alone}{decorative}]", address(&embed.target), embed.text), out);
    }

    fn term(&mut self, _: &Text, _: TermId, out: &mut String) -> &'static str {
        out.push_str("<abbr>");
        "</abbr>"
    }

    fn kind(&self, kind: KindId) -> &str {
        &KINDS.get(kind).name
    }
}

fn address(target: &Target) -> String {
    match target {
        Target::Outside(address) => address.to_string(),
        Target::Path { path, anchor } => {
            format!("{path}{}", anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default())
        }
        Target::Wiki { id, place } => {
            format!("wiki:{id}{}", place.as_ref().map(|place| format!("#{place}")).unwrap_or_default())
        }
    }
}

const SOURCE: SourceId = SourceId(0);

static KINDS: LazyLock<Kinds> = LazyLock::new(kind::built_in);

/// Reads a text as the minutes of a meeting.
fn minutes(text: &str) -> (Reading, Diagnostics) {
    minutes_as(text, false)
}

/// Reads a text as the minutes of a meeting; `plain` says that nothing in it is only recognised.
fn minutes_as(text: &str, plain: bool) -> (Reading, Diagnostics) {
    let dialect = Dialect {
        title_from_heading: true,
        rules: TextRules {
            heading_kind: KINDS.by_name("item"),
            numbers_paragraphs: true,
            decides: true,
            plain,
            records: Some(RecordWords(&KINDS)),
            ..TextRules::default()
        },
        place: "board-2021-09-07",
        ..Dialect::default()
    };
    let mut diagnostics = Diagnostics::new();
    let reading = read(text, SOURCE, 0, &dialect, &mut diagnostics);
    (reading, diagnostics)
}

fn reading(text: &str) -> (Reading, Diagnostics) {
    let dialect = Dialect { title_from_heading: true, ..Dialect::default() };
    let mut diagnostics = Diagnostics::new();
    let reading = read(text, SOURCE, 0, &dialect, &mut diagnostics);
    (reading, diagnostics)
}

fn printed(text: &Text, ids: bool) -> String {
    let mut out = String::new();
    print(text, &mut Plain, &ENGLISH, ids, &mut out);
    out
}

fn html(text: &str) -> String {
    printed(&reading(text).0.text, false)
}

/// The codes of the messages that a text gets.
fn codes(text: &str) -> Vec<&'static str> {
    reading(text).1.sorted().iter().map(|diagnostic| diagnostic.code).collect()
}

fn ids(text: &str) -> Vec<String> {
    reading(text).0.text.anchors.iter().map(|anchor| anchor.id.to_string()).collect()
}

fn assert_html(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(
            html(text).replace("<div class=\"heading\">", "").replace("</h2></div>", "</h2>").trim_end(),
            *expected,
            "{text:?}"
        );
    }
}

#[test]
fn commonmark_comes_out_as_it_says() {
    assert_html(&[
        (
            "a *b* **c** `d` ~~e~~\nf  \ng",
            "<p>a <em>b</em> <strong>c</strong> <code>d</code> <del>e</del>\nf<br />\ng</p>",
        ),
        (
            "> a\n\n---\n\n- b\n- c",
            "<blockquote>\n<p>a</p>\n</blockquote>\n<hr />\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>",
        ),
        ("- a\n\n- b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>"),
        ("- a\n  - b\n-\n- c", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li></li>\n<li>c</li>\n</ul>"),
        (
            "```rust x\na\n```",
            "<pre><code class=\"language-rust\"><span class=\"code-source code-rust\">a\n</span></code></pre>",
        ),
        ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("&amp; &copy; \\* \"q\"", "<p>&amp; © * &quot;q&quot;</p>"),
        (
            "[a](b.md \"t\") <https://x.uk/> <a@b.uk>",
            "<p><a href=\"b.md\" title=\"t\">a</a> <a href=\"https://x.uk/\">https://x.uk/</a> <a href=\"mailto:a@b.uk\">a@b.uk</a></p>",
        ),
        ("[a][b] [b] [c]\n\n[b]: d", "<p><a href=\"d\">a</a> <a href=\"d\">b</a> [c]</p>"),
        ("https://www.gov.uk is text", "<p>https://www.gov.uk is text</p>"),
        ("--- ... 'a'", "<p>--- ... 'a'</p>"),
        ("Term\n: meaning", "<dl>\n<dt>Term</dt>\n<dd>meaning</dd>\n</dl>"),
        ("#5 bolt\n\n#", "<p>#5 bolt</p>\n<h2></h2>"),
        ("a\n\n\u{A0}\n\nb", "<p>a</p>\n<p>b</p>"),
    ]);
}

#[test]
fn the_first_heading_is_the_title() {
    let title = |text| reading(text).0.title.map(|(title, _)| title.to_string());
    assert_eq!(title("# Minutes of *7 September*\n\ntext").as_deref(), Some("Minutes of 7 September"));
    assert_eq!(title("<!-- x -->\n\n# A").as_deref(), Some("A"));
    assert_eq!(title("A\n=\n\ntext").as_deref(), Some("A"));
    assert_eq!(title("## A\n\ntext").as_deref(), Some("A"));
    assert_eq!(title("## A plan\n\n## Aims").as_deref(), Some("A plan"));
    assert_eq!(title("## 1. Apologies\n\ntext"), None);
    assert_eq!(title("## Item 7 – Budget"), None);
    assert_eq!(title("# 7. Budget").as_deref(), Some("7. Budget"));
    assert_eq!(title("text\n\n# A"), None);
    assert_eq!(title("#\n\n# A"), None);
    assert_html(&[
        ("# A\n\n## B\n\n# C\n\n### D", "<h2>B</h2>\n<h2>C</h2>\n<h3>D</h3></div>"),
        ("text\n\n# A [b](c)", "<p>text</p>\n<h2>A <a href=\"c\">b</a></h2>"),
    ]);
    let (reading, _) = reading("# A[^1] [b](c)\n\ntext\n\n[^1]: note");
    assert_eq!((reading.text.links.len(), reading.text.notes[0].uses, reading.text.headings.len()), (0, 0, 0));
}

#[test]
fn a_title_that_is_given_is_not_repeated() {
    for (given, text, stays) in [("A plan", "# a  Plan.\n\nx", false), ("Other", "# A plan\n\nx", true)] {
        let dialect = Dialect { title: Some(given), title_from_heading: true, ..Dialect::default() };
        let reading = read(text, SOURCE, 0, &dialect, &mut Diagnostics::new());
        assert_eq!(reading.text.headings.len(), usize::from(stays), "{given}");
    }
    let field = read("# A", SOURCE, 0, &Dialect::default(), &mut Diagnostics::new());
    assert_eq!((field.title, field.text.headings.len()), (None, 1));
}

#[test]
fn headings_have_anchors_and_levels() {
    assert_eq!(ids("# T\n\n## Budget\n\n## Budget\n\n## 7. *New* [x](y) plan"), ["h-budget", "h-budget-2", "sec-7"]);
    assert_eq!(codes("# T\n\n## A\n\n#### B\n\n### C\n\n## D"), ["heading-level"]);
    assert_eq!(codes("# T\n\n> #### B"), Vec::<&str>::new());
    let with_ids = printed(&reading("# T\n\n## A").0.text, true);
    assert_eq!(
        with_ids,
        "<div class=\"heading\"><h2 id=\"h-a\">A</h2><a class=\"pilcrow\" href=\"#h-a\" aria-label=\"Link to this section\">¶</a></div>\n"
    );
}

#[test]
fn every_paragraph_and_item_is_a_place() {
    let text = "Officers agreed.\n\n> Officers, agreed\n\n- one\n- two\n  - three\n\n1. one\n\n   more\n\n2. last";
    let (reading, _) = reading(text);
    let places = ["Officers agreed.", "Officers, agreed", "one", "two", "three", "one", "more", "last"];
    let kinds: Vec<_> = reading.text.anchors.iter().map(|anchor| anchor.kind).collect();
    assert_eq!(kinds, places.map(|_| AnchorKind::Paragraph));
    let ids: Vec<_> = reading.text.anchors.iter().map(|anchor| anchor.id.to_string()).collect();
    assert_eq!(ids[1], format!("{}-2", ids[0]));
    assert_eq!(ids[5], format!("{}-2", ids[2]));
    assert!(ids.iter().all(|id| id.starts_with("p-")));
    let with_ids = printed(&reading.text, true);
    assert!(with_ids.contains(&format!(
        "<li id=\"{0}\">one<a class=\"pilcrow\" href=\"#{0}\" aria-label=\"Link to this paragraph\">¶</a></li>",
        ids[2]
    )));
    assert!(with_ids.contains(&format!(
        "<div role=\"listitem\" id=\"{0}\"><a class=\"number\" href=\"#{0}\">1.</a>\n<p>one</p>",
        ids[5]
    )));
}

#[test]
fn anchors_depend_on_what_stands_above() {
    let above = "# T\n\n## A\n\none\n\none\n\n- two {#place}\n";
    let before = ids(above);
    assert_eq!(ids(&format!("{above}- two\n\none\n\n## A\n"))[..before.len()], before);
}

#[test]
fn authors_name_places() {
    assert_eq!(ids("one {#here}\n\n## Two {#there}\n")[1..], ["here", "h-two", "there"]);
    assert_html(
        &[("one {#here} \ntwo", "<p>one {#here}\ntwo</p>")]
            .map(|_| ("one {#here}\ntwo", "<p><span></span>one\ntwo</p>")),
    );
    assert_eq!(codes("a {#para-7}\n\nb {#x}\n\nc {#x}"), ["reserved-anchor", "duplicate-anchor"]);
    let (reading, _) = reading("a {page=56} b\n\n{page=57}\n\nc");
    let pages: Vec<_> = reading.text.anchors.iter().filter(|anchor| anchor.kind == AnchorKind::PackPage).collect();
    assert_eq!((&*pages[0].id, pages[0].label.as_deref(), &*pages[1].id), ("page-56", Some("56"), "page-57"));
}

#[test]
fn attributes_are_taken_out_and_kept() {
    assert_html(&[
        ("## 7. Budget {2021/22}\n\n## x", "<h2><span class=\"number\">7.</span> Budget {2021/22}</h2>\n<h2>x</h2>"),
        ("There was {broad assent}", "<p>There was {broad assent}</p>"),
        ("That x {.resolution #2021-14 about=a/b_c}", "<p>That x</p>"),
        ("That x\n{.resolution}", "<p>That x</p>"),
        ("{.resolution}\nThat x", "<p>That x</p>"),
        ("That x {.a}\nmiddle {.b}\nlast {.c}", "<p>That x\nmiddle {.b}\nlast</p>"),
        ("> quoted {.resolution}", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
        (
            "- item {.action by=\"the *Leader*\"}",
            "<ul>\n<li>item {.action by=&quot;the <em>Leader</em>&quot;}</li>\n</ul>",
        ),
        ("- item {.action by=\"the Leader\"} \n- two", "<ul>\n<li>item</li>\n<li>two</li>\n</ul>"),
        ("a [b *c*]{.action by=x} d", "<p>a b <em>c</em> d</p>"),
        ("a [b]{#place} d", "<p>a <span>b</span> d</p>"),
        ("a \\[b]{.action} d", "<p>a [b]{.action} d</p>"),
        ("`x {.a}`", "<p><code>x {.a}</code></p>"),
        ("`x` {.a}", "<p><code>x</code></p>"),
        ("a \\{.b}", "<p>a {.b}</p>"),
        ("a {.b} {.c}", "<p>a</p>"),
        ("a [b <sub>c]{#x} d</sub>", "<p>a [b <sub>c]{#x} d</sub></p>"),
        ("a [b <sub>c</sub>]{#x}", "<p>a <span>b <sub>c</sub></span></p>"),
        ("a {.b} c {d}", "<p>a {.b} c {d}</p>"),
        (
            "| a {.b} |\n|---|\n| c {page=4} |",
            "<div class=\"table\"><table>\n<thead>\n<tr>\n<th scope=\"col\">a {.b}</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>c <span class=\"page\"></span></td>\n</tr>\n</tbody>\n</table></div>",
        ),
    ]);
    let text = "x\n\nThat x {.resolution #2021-14 about=a about=\"b c\" skip}\n\n[w]{.action}";
    let (reading, _) = minutes(text);
    let [resolution, action] = &reading.records[..] else { panic!("{:?}", reading.records) };
    assert_eq!((&*resolution.name, resolution.named, &*action.name), ("2021-14", true, "board-2021-09-07"));
    let pairs: Vec<_> = resolution.attributes.iter().map(|attribute| (&*attribute.key, &*attribute.value)).collect();
    assert_eq!(pairs, [("about", "a"), ("about", "b c")]);
    let span = resolution.attributes[1].span;
    assert_eq!(&text[span.start as usize..span.end as usize], "about=\"b c\"");
    assert_eq!(&*reading.text.anchors[action.place.anchor.index()].id, "action-board-2021-09-07");
}

/// The words of a part of a text, as HTML without ids.
fn stretch(text: &Text, part: Stretch) -> String {
    let mut out = String::new();
    print_part(text, part, &mut Plain, &ENGLISH, Ids::Nothing, &mut out);
    out.trim().to_owned()
}

/// Each record of some minutes: kind, name, lead, outcome, words, and its limbs with label, outcome and words.
fn recorded(text: &str) -> Vec<String> {
    let (reading, _) = minutes(text);
    let body = &reading.text;
    let words = |name: &str, outcome: Option<&str>, words: String| {
        format!("{name}{} {words}", outcome.map(|outcome| format!("[{outcome}]")).unwrap_or_default())
    };
    let mut all = Vec::new();
    for record in &reading.records {
        let name = format!("{}/{}", KINDS.get(record.kind).name, record.name);
        all.push(words(&name, record.outcome.as_deref(), format!("“{}”", record.lead)));
        for limb in &record.limbs {
            let id = &body.anchors[limb.anchor.index()].id;
            let label = limb.label.as_deref().unwrap_or("-");
            let name = format!("  {label} #{id}");
            all.push(words(&name, limb.outcome.as_deref(), stretch(body, limb.stretch)));
        }
    }
    all
}

#[test]
fn typed_numbers_are_printed() {
    assert_html(&[
        (
            "3. a\n5. b\n6. c",
            "<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">3.</span> a</div>\n<div role=\"listitem\"><span class=\"number\">5.</span> b</div>\n<div role=\"listitem\"><span class=\"number\">6.</span> c</div>\n</div>",
        ),
        (
            "1. a\n1. b",
            "<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">1.</span> a</div>\n<div role=\"listitem\"><span class=\"number\">1.</span> b</div>\n</div>",
        ),
        (
            "0. a\n1. b",
            "<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">0.</span> a</div>\n<div role=\"listitem\"><span class=\"number\">1.</span> b</div>\n</div>",
        ),
        (
            "1) a\n4) b",
            "<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">1)</span> a</div>\n<div role=\"listitem\"><span class=\"number\">4)</span> b</div>\n</div>",
        ),
        (
            "> 2. a\n>    1. b\n>\n> 7. c",
            "<blockquote>\n<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">2.</span>\n<p>a</p>\n<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">1.</span> b</div>\n</div>\n</div>\n<div role=\"listitem\"><span class=\"number\">7.</span>\n<p>c</p>\n</div>\n</div>\n</blockquote>",
        ),
        (
            "1.\n3. b",
            "<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">1.</span></div>\n<div role=\"listitem\"><span class=\"number\">3.</span> b</div>\n</div>",
        ),
        (
            "-\t4. b",
            "<ul>\n<li>\n<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">4.</span> b</div>\n</div>\n</li>\n</ul>",
        ),
    ]);
}

#[test]
fn tasks_alerts_tables_and_footnotes() {
    assert_html(&[
        (
            "- [x] a\n- [ ] b",
            "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"Done\" /> a</li>\n<li class=\"task\"><input type=\"checkbox\" disabled aria-label=\"To do\" /> b</li>\n</ul>",
        ),
        (
            "> [!WARNING]\n> a",
            "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n<p>a</p>\n</div>",
        ),
        (
            "| a | b |\n|:-:|--:|\n| c | d | e \\| f | g |",
            "<div class=\"table\"><table>\n<thead>\n<tr>\n<th scope=\"col\" class=\"center\">a</th>\n<th scope=\"col\" class=\"right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"center\">c</td>\n<td class=\"right\">d</td>\n<td>e | f</td>\n<td>g</td>\n</tr>\n</tbody>\n</table></div>",
        ),
        (
            "a[^x] b[^y] c[^x] d[^z]\n\n[^y]: why\n\n[^x]: ex\n\n[^w]: unused",
            "<p>a<sup>1</sup> b<sup>2</sup> c<sup>1</sup> d[^z]</p>\n<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n<li>\n<p>ex</p>\n</li>\n<li>\n<p>why</p>\n</li>\n<li>\n<p>unused</p>\n</li>\n</ol>\n</section>",
        ),
        (
            "[a[^x]](b)\n\n[^x]: > q",
            "<p>[a<sup>1</sup>](b)</p>\n<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n<li>\n<blockquote>\n<p>q</p>\n</blockquote>\n</li>\n</ol>\n</section>",
        ),
    ]);
    let with_ids = printed(&reading("a[^x] c[^x]\n\n[^x]: ex").0.text, true);
    for part in [
        "<sup><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup>",
        "id=\"fnref-1-2\"",
        "<li id=\"fn-1\">\n<p>ex <a href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">↩</a> <a href=\"#fnref-1-2\"",
    ] {
        assert!(with_ids.contains(part), "{part}\n{with_ids}");
    }
}

#[test]
fn references_in_double_brackets() {
    assert_html(&[
        ("[[a|{page=4}]]", "<p>[[a|<span class=\"page\"></span>]]</p>"),
        (
            "| a | b |\n|---|---|\n| [[x|y]] | [c|d]{.e} |",
            "<div class=\"table\"><table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n<th scope=\"col\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>[[x</td>\n<td>y]]</td>\n<td>[c</td>\n<td>d]{.e}</td>\n</tr>\n</tbody>\n</table></div>",
        ),
        (
            "[[a/b]] [[a#3.2]] [[a|the *plan*]] [[#4]]",
            "<p><a href=\"wiki:a/b\">wiki:a/b</a> <a href=\"wiki:a#3.2\">wiki:a#3.2</a> <a href=\"wiki:a\">the <em>plan</em></a> <a href=\"wiki:#4\">wiki:#4</a></p>",
        ),
        (
            "[[a]](b) [[a]][c] [[a]]: d \\[[a]] [[]] [[a\nb]]",
            "<p><a href=\"b\">[a]</a> [[a]][c] [[a]]: d [[a]] [[]] [[a\nb]]</p>",
        ),
        ("[[a]] [[b]]\n\n[b]: c", "<p><a href=\"wiki:a\">wiki:a</a> [<a href=\"c\">b</a>]</p>"),
        (
            "`[[a]]` *[[a]]* [[a|*b]] c*",
            "<p><code>[[a]]</code> <em><a href=\"wiki:a\">wiki:a</a></em> [[a|<em>b]] c</em></p>",
        ),
        (
            "| a |\n|---|\n| [[a\\|b]] |",
            "<div class=\"table\"><table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><a href=\"wiki:a\">b</a></td>\n</tr>\n</tbody>\n</table></div>",
        ),
        (
            "![[a]]\n\nb ![[a]]\n\n![[a|words]] {#x}",
            "[wiki:a “” alone]\n<p>b <a href=\"wiki:a\">wiki:a</a></p>\n<span></span>[wiki:a “words” alone]",
        ),
        ("[x [[a]]](b)", "<p><a href=\"b\">x [[a]]</a></p>"),
    ]);
}

#[test]
fn unsafe_links_are_words() {
    for typed in [
        "[x](javascript:alert(1))",
        "[x](jAvAscRipt:x)",
        "[x](&#x6a;avascript:x)",
        "[x](java&Tab;script:x)",
        "[x](<java\tscript:x>)",
        "[x][r]\n\n[r]: data:text/html,x",
        "[x](vbscript:x)",
        "[x](//evil.uk)",
        "[x](\\\\\\\\evil.uk)",
        "[x](file:///c)",
        "[x](C:\\a.doc)",
        "[x](&#1;javascript:x)",
        "[x](javascript&colon;x)",
    ] {
        assert_eq!(html(typed).trim_end(), "<p>x</p>", "{typed}");
        assert_eq!(codes(typed), ["unsafe-link"], "{typed}");
    }
    assert_html(&[
        ("<javascript:alert(1)>", "<p>javascript:alert(1)</p>"),
        ("![x](javascript:a)", "<p>x</p>"),
        ("![x](data:image/png;base64,AA)", "<p>x</p>"),
        ("[](b)", "<p><a href=\"b\">b</a></p>"),
    ]);
}

#[test]
fn pictures_are_embeds() {
    assert_html(&[
        ("![alt *x*](a.png \"caption\")", "[a.png “alt x” alone]"),
        ("a ![alt](a.png) b", "<p>a [a.png “alt”] b</p>"),
        ("![](a.png){decorative}", "[a.png “” alone decorative]"),
        ("![x](https://y.uk/a.png)", "<p><a href=\"https://y.uk/a.png\">x</a></p>"),
        ("[![x](a.png)](b)", "<p><a href=\"b\">[a.png “x”]</a></p>"),
    ]);
    assert_eq!(codes("![](a.png)"), ["missing-alt"]);
    assert_eq!(codes("![](a.png){decorative}"), Vec::<&str>::new());
    assert_eq!(codes("![x](https://y.uk/a.png)"), ["foreign-picture"]);
}

#[test]
fn only_a_few_tags_pass() {
    assert_html(&[
        ("H<sub>2</sub>O <BR/> <kbd>x</kbd>", "<p>H<sub>2</sub>O <br /> <kbd>x</kbd></p>"),
        ("a <b>c</b> <sub>d", "<p>a <strong>c</strong> &lt;sub&gt;d</p>"),
        ("<sub>*a</sub>*", "<p>&lt;sub&gt;<em>a&lt;/sub&gt;</em></p>"),
        ("<div align=\"x\">\n*a* [b](javascript:c)\n</div>", "<p>*a* [b](javascript:c)</p>"),
        ("<script>\nalert(1)\n\nb\n</script>", ""),
        ("a <!-- secret --> b", "<p>a  b</p>"),
        ("<!-- secret\n\nmore -->\n\na", "<p>a</p>"),
        ("<!-- secret --> a *b*", "<p>a <em>b</em></p>"),
        ("a <!-- secret\n\nmore --> b", "<p>a\nb</p>"),
        ("<!-- never ends\n\na", ""),
        ("a <? b ?> <!X> <![CDATA[c]]>", "<p>a &lt;? b ?&gt; &lt;!X&gt; &lt;![CDATA[c]]&gt;</p>"),
        (
            "<details>\n<summary>More</summary>\n\n*a*\n\n</details>\n\nb",
            "<details>\n<summary>More</summary>\n<p><em>a</em></p>\n</details>\n<p>b</p>",
        ),
        (
            "<details><summary>More</summary>*a* b</details>",
            "<details>\n<summary>More</summary>\n<p><em>a</em> b</p>\n</details>",
        ),
        (
            "> <details>\n> <summary>More</summary>\n> a\n> </details>",
            "<blockquote>\n<details>\n<summary>More</summary>\n<p>a</p>\n</details>\n</blockquote>",
        ),
        ("<details>\n\na", "<p>&lt;details&gt;</p>\n<p>a</p>"),
        (
            "> <details>\n\na\n\n</details>",
            "<blockquote>\n<p>&lt;details&gt;</p>\n</blockquote>\n<p>a</p>\n<p>&lt;/details&gt;</p>",
        ),
        ("<details open>\n\na\n\n</details>", "<p>&lt;details open&gt;</p>\n<p>a</p>\n<p>&lt;/details&gt;</p>"),
        ("<p>a\n<p>b", "<p>a</p>\n<p>b</p>"),
        ("<img src=x onerror=alert(1)>", "[x “” alone]"),
        ("<sub\nclass='x'>a</sub>", "<p><sub>a</sub></p>"),
    ]);
    assert_eq!(codes("a <b>c</b>"), ["raw-html"]);
    assert_eq!(codes("a <!-- b -->"), ["html-comment"]);
    assert_eq!(codes("a <!-- b\n\nc -->"), ["html-comment"]);
    assert_eq!(codes("a<br>b"), Vec::<&str>::new());
}

#[test]
fn word_leaves_bullets_and_indents() {
    assert_html(&[
        ("Agreed:\n\n•\tone\n•\ttwo", "<p>Agreed:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("\tIndented *text*\n\nmore", "<p>Indented <em>text</em></p>\n<p>more</p>"),
        (
            "RESOLVED\n\n    1. That\n    3. That",
            "<p>RESOLVED</p>\n<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">1.</span> That</div>\n<div role=\"listitem\"><span class=\"number\">3.</span> That</div>\n</div>",
        ),
    ]);
    let text = "Agreed:\n\n•\u{A0}\u{A0}\u{A0}one\n\n\tmore";
    let (reading, _) = reading(text);
    let spans: Vec<_> =
        reading.text.anchors.iter().map(|anchor| &text[anchor.span.start as usize..anchor.span.end as usize]).collect();
    assert_eq!(spans, ["Agreed:", "one", "more"]);
}

#[test]
fn glossary_terms_are_marked_once() {
    let entry = GlossaryEntry { term: "ASB".into(), ..GlossaryEntry::default() };
    let glossary = Glossary::new(vec![entry]);
    let dialect = Dialect { glossary: Some(&glossary), ..Dialect::default() };
    let body = read("## ASB\n\n[ASB](x) `ASB` *ASB* ASB", SOURCE, 0, &dialect, &mut Diagnostics::new()).text;
    assert!(
        printed(&body, false)
            .ends_with("<p><a href=\"x\">ASB</a> <code>ASB</code> <em><abbr>ASB</abbr></em> ASB</p>\n")
    );
    assert_eq!(body.terms.len(), 1);
}

#[test]
fn words_and_lead() {
    let (reading, _) =
        reading("# Title\n\n## A heading\n\n> quoted\n\nFirst *paragraph*,\nwith a [link](x)[^1].\n\nx\n\n[^1]: note");
    assert_eq!(&*reading.text.lead, "First paragraph, with a link.");
    assert_eq!(reading.text.count, 10);
}

#[test]
fn invisible_characters_go() {
    assert_html(&[(
        "a\u{202E}b &#x202E;c [d](e \"f&#x202E;\") \u{200B}",
        "<p>ab c <a href=\"e\" title=\"f\">d</a></p>",
    )]);
    assert_eq!(codes("a\u{202E}b\u{202A}c\u{200B}d\u{1}"), ["control-character"; 3]);
}

const SECRET: &str = "Canary";

/// The exempt passages of a text, after looking that nothing of them is left.
fn withheld(text: &str) -> (String, Vec<String>) {
    let (reading, diagnostics) = reading(text);
    assert!(!reading.in_doubt, "{text}\n{:?}", diagnostics.sorted());
    assert!(!format!("{:?} {:?}", reading.text, reading.title).contains(SECRET), "{text}\n{:#?}", reading.text);
    for passage in &reading.passages {
        assert_eq!(&*passage.text, &text[passage.span.start as usize..passage.span.end as usize]);
    }
    let passages = reading.passages.iter().map(|passage| passage.text.to_string()).collect();
    (printed(&reading.text, false).replace(&ENGLISH.exemption(&["3".into()]), "EXEMPT"), passages)
}

#[test]
fn exempt_passages_are_taken_out() {
    let notice = "<p class=\"exempt\">EXEMPT</p>";
    for (text, expected) in [
        ("a\n\nIt was Canary. {.exempt paragraphs=3}\n\nb", format!("<p>a</p>\n{notice}\n<p>b</p>")),
        ("It was Canary. {.exempt paragraphs=3}\nCanary\n***", format!("{notice}\n<hr />")),
        (
            "Canary\nCanary {.exempt paragraphs=3}  \n\n5. b",
            format!(
                "{notice}\n<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">5.</span> b</div>\n</div>"
            ),
        ),
        ("![Canary](a.png){.exempt paragraphs=3}", notice.to_owned()),
        (
            "1. a\n2. Canary {.exempt paragraphs=3}\n\n   Canary\n   - Canary\n3. b",
            format!(
                "<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">1.</span> a</div>\n<div role=\"listitem\"><span class=\"number\">2.</span>\n{notice}\n</div>\n<div role=\"listitem\"><span class=\"number\">3.</span> b</div>\n</div>"
            ),
        ),
        ("- [ ] Canary {.exempt paragraphs=3}", format!("<ul>\n<li>\n{notice}\n</li>\n</ul>")),
        ("> Canary {.exempt paragraphs=3}\n>\n> - Canary\n\nb", format!("{notice}\n<p>b</p>")),
        (
            "> Canary {.exempt paragraphs=3}\n5. b",
            format!(
                "{notice}\n<div class=\"numbered\" role=\"list\">\n<div role=\"listitem\"><span class=\"number\">5.</span> b</div>\n</div>"
            ),
        ),
        (
            "> a\n>\n> It was Canary. {.exempt paragraphs=3}\n>\n> b",
            format!("<blockquote>\n<p>a</p>\n{notice}\n<p>b</p>\n</blockquote>"),
        ),
        ("> [!NOTE]\n> Canary {.exempt paragraphs=3}", notice.to_owned()),
        (
            "x\n\n## A {.exempt paragraphs=3}\n\nCanary\n\n### Canary\n\nCanary\n\n## B",
            format!("<p>x</p>\n<h2>A</h2>\n{notice}\n<h2>B</h2>"),
        ),
        ("x\n\n## A {.exempt paragraphs=3}\nCanary", format!("<p>x</p>\n<h2>A</h2>\n{notice}")),
        ("x\n\n## A {.exempt paragraphs=3}\n\n```\nCanary", format!("<p>x</p>\n<h2>A</h2>\n{notice}")),
        (
            "x\n\nA {.exempt paragraphs=3}\n===\nCanary\n\n# B\n\nc",
            format!("<p>x</p>\n<h2>A</h2>\n{notice}\n<h2>B</h2>\n<p>c</p>"),
        ),
        (
            "> ## A {.exempt paragraphs=3}\n> Canary\n\nb",
            format!("<blockquote>\n<h2>A</h2>\n{notice}\n</blockquote>\n<p>b</p>"),
        ),
        (
            "- ## A {.exempt paragraphs=3}\n  Canary\n- b",
            format!("<ul>\n<li>\n<h2>A</h2>\n{notice}\n</li>\n<li>b</li>\n</ul>"),
        ),
        ("x\n\n## A {.exempt paragraphs=3}\n## B", format!("<p>x</p>\n<h2>A</h2>\n{notice}\n<h2>B</h2>")),
        ("x\n\n## A {.exempt paragraphs=3}", format!("<p>x</p>\n<h2>A</h2>\n{notice}")),
        ("a [c]\n\n## A {.exempt paragraphs=3}\n\n[c]: Canary", format!("<p>a [c]</p>\n<h2>A</h2>\n{notice}")),
        ("a\n\nCanary[^1] {.exempt paragraphs=3}\n\n[^1]: Canary[^2]\n\n[^2]: Canary", format!("<p>a</p>\n{notice}")),
        ("    Canary {.exempt paragraphs=3}", notice.to_owned()),
        ("• Canary {.exempt paragraphs=3}\n• b", format!("<ul>\n<li>\n{notice}\n</li>\n<li>b</li>\n</ul>")),
        ("| a |\n|---|\n| b |\nCanary {.exempt paragraphs=3}", String::new()),
        ("Term\n: Canary {.exempt paragraphs=3}", format!("<dl>\n<dt>Term</dt>\n<dd>\n{notice}\n</dd>\n</dl>")),
        ("<div>\n\nCanary {.exempt paragraphs=3}\n\n</div>", notice.to_owned()),
    ] {
        if expected.is_empty() {
            continue;
        }
        let (html, passages) = withheld(text);
        let html = html.replace("<div class=\"heading\">", "").replace("</h2></div>", "</h2>");
        assert_eq!(html.trim_end(), expected, "{text:?}");
        assert_eq!(passages.concat().matches(SECRET).count(), text.matches(SECRET).count(), "{text:?}");
    }
}

#[test]
fn footnotes_that_the_public_text_needs_stay() {
    let text = "a[^1]\n\nIt was Canary.[^1][^2] {.exempt paragraphs=3}\n\n[^1]: one\n\n[^2]: Canary\n\n[^3]: unused[^4]\n\n[^4]: four";
    let (html, _) = withheld(text);
    for word in ["one", "unused", "four"] {
        assert!(html.contains(&format!("<p>{word}")), "{html}");
    }
}

#[test]
fn exempt_headings_keep_their_names() {
    let (reading, _) = reading("x\n\n## Pay {.exempt paragraphs=\"1, 3\" #pay}\n\nCanary");
    assert!(reading.text.find("pay").is_some());
    assert!(printed(&reading.text, false).contains("Exempt under paragraphs 1 and 3 of Part 1"));
    assert_eq!(codes("a {.exempt}"), ["missing-reason"]);
    assert_eq!(html("a {.exempt paragraphs=\"3 Canary\"}"), html("a {.exempt paragraphs=3}"));
}

#[test]
fn in_doubt_it_is_withheld() {
    for text in [
        "a {exempt}",
        "a {.exmept paragraphs=3}",
        "a { .Exempt }",
        "a {.exempt",
        "a\n{.exempt\nparagraphs=3}",
        ":::exempt\na\n:::",
        "<!-- exempt -->\na",
        "a <!-- exempt\n\nb -->",
        "| a {.exempt} |\n|---|",
        "a {.exempt} b",
        "a\nb {.exempt}\nc",
        "[a]{.exempt}",
        "{.exempt}\n\na",
        "a\nb {.exempt}\n5. c",
        "a {.exempt}\n- b",
        "a {.exempt}\n| b |\n|---|",
        "a {.exempt}\n---",
        "a\nb {.exempt}\n===",
        "> x\n>\n> a {.exempt}\n> - b",
        "## {.exempt}\n\na",
        "a {.ex\u{200B}empt}",
        "a {.ex\u{AD}empt}",
        "Term {.exempt}\n: a",
        "`a {.exempt} b`",
        "```\na {.exempt}",
        "[a](b \"{.exempt}\")",
        "[a]: b \"{.exempt}\"",
        "![a {.exempt}](b)",
        "<b>a {.exempt}</b>",
        "a \\{.exempt}",
        "&#123;.exempt&#125;",
        "a *b {.exempt}*",
        "<div>\na {.exempt}\n</div>",
        "{.exempt paragraphs=3",
        "a: {.exempt}\n\n- b",
        "a {.exempt paragraph3}",
        "<summary>a {.exempt}</summary>",
        "<details>\n<summary>{.exempt}</summary>\n\na\n\n</details>",
    ] {
        let (reading, diagnostics) = reading(text);
        assert!(reading.in_doubt, "{text:?}");
        let errors: Vec<_> = diagnostics.iter().filter(|error| error.severity == Severity::Error).collect();
        assert!(!errors.is_empty() && errors.iter().all(|error| error.code == "unclear-exemption"), "{text:?}");
    }
    for text in [
        "The report is exempt.",
        "Write `{.exempt}` behind it.",
        "```\na {.exempt}\n```",
        "[exempt](exempt.md) {.resolution}",
    ] {
        assert!(!reading(text).0.in_doubt, "{text:?}");
    }
}

#[test]
fn deep_nesting_is_flattened() {
    for text in
        [">".repeat(10_000) + " word", "- ".repeat(3000) + "word", "> - ".repeat(500) + "word", "*a **b ".repeat(2000)]
    {
        let (reading, diagnostics) = reading(&text);
        let html = printed(&reading.text, false);
        assert_eq!(html.matches("word").count(), usize::from(text.contains("word")));
        let mut depth = 0_usize;
        let mut deepest = 0;
        for tag in html.split('<').skip(1) {
            if tag.starts_with('/') {
                depth -= 1;
            } else if !tag.starts_with("br ") {
                depth += 1;
                deepest = deepest.max(depth);
            }
        }
        assert!(deepest < 200 && depth == 0, "{deepest} {depth}");
        let deep = diagnostics.iter().filter(|diagnostic| diagnostic.code == "nested-too-deep").count();
        assert_eq!(deep, usize::from(text.contains("word")));
    }
}

/// A generator of numbers that gives the same on every machine (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap_or_default()
    }
}

const PARTS: &[&str] = &[
    "word",
    "é",
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "5) ",
    "• ",
    "–\u{A0}",
    "·\t",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```\n",
    "~~~",
    "[",
    "]",
    "(",
    ")",
    "[[",
    "]]",
    "![",
    "](",
    "|",
    "\\|",
    "|---|\n",
    "| a | b |\n|---|---|\n| ",
    "[[a|b]]",
    "---",
    "===",
    "{",
    "}",
    "{.exempt paragraphs=3}",
    "{.exempt}",
    "{#name}",
    "{page=4}",
    "{.action by=x}",
    "]{.a}",
    "<",
    ">",
    "<b>",
    "</b>",
    "<sub>",
    "</sub>",
    "<br>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<!--",
    "-->",
    "<div>",
    "<script>",
    "&amp;",
    "&#x202E;",
    "\\",
    "[^1]",
    "[^1]: ",
    "[x]: y ",
    ": ",
    "[ ] ",
    "[!NOTE]\n",
    "\u{200B}",
    "\u{202E}",
    "\r\n",
    "\u{FDD0}",
    "\u{FDD1}0\u{FDD1}",
    "https://x.uk",
    "javascript:x",
    "\u{7}",
    "😀",
    "<https://x.uk>",
    "<?",
    "<![CDATA[",
    "exempt",
    ":::",
    "\0",
    "$",
    "^",
    "\"",
    "'",
    "…",
    "7.1 ",
    "\n7.2 ",
    "**8.1** ",
    "(a) ",
    "\n(b) ",
    "i) ",
    "2. ",
    "## 7. Item ",
    "RESOLVED",
    "RESOLVED: That ",
    "That ",
    "{.resolution #x}",
    "{outcome=noted}",
    "{skip}",
    "(Action: A, by B)",
    ". ",
    ":\n\n",
];

/// Looks at everything that must hold for any text.
fn examine(text: &str, (reading, diagnostics): (Reading, Diagnostics)) {
    let body = &reading.text;
    let mut seen = HashSet::new();
    for anchor in &body.anchors {
        assert!(!anchor.id.is_empty() && seen.insert(&*anchor.id), "{text:?}: {:?}", anchor.id);
    }
    let spans = body.anchors.iter().map(|anchor| anchor.span).chain(body.links.iter().map(|link| link.span));
    let spans = spans.chain(body.embeds.iter().map(|embed| embed.span)).chain(record_spans(&reading.records));
    for span in spans.chain(diagnostics.iter().filter_map(|diagnostic| diagnostic.span)) {
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{text:?}: {span:?}");
    }
    check_tree(text, body);
    check_tags(text, &printed(body, true));
    check_records(text, &reading);
}

/// Nodes lie in one another or beside each other, and so do their words; a walk meets every node and every word once.
fn check_tree(typed: &str, text: &Text) {
    let mut open: Vec<NodeId> = Vec::new();
    let (mut nodes, mut words) = (0, String::new());
    for step in text.steps(text.whole()) {
        match step {
            Step::Open(id) => {
                let (node, outer) = (text.node(id), open.last().map(|outer| text.node(*outer)));
                assert_eq!(id.index(), nodes, "{typed:?}: {text:?}");
                assert_eq!(node.start as usize, words.len(), "{typed:?}: {text:?}");
                assert!(node.next as usize > id.index() && text.words.is_char_boundary(node.end as usize), "{typed:?}");
                assert!(
                    outer.is_none_or(|outer| node.next <= outer.next && node.end <= outer.end),
                    "{typed:?}: {text:?}"
                );
                assert!(node.anchor.is_none_or(|anchor| text.anchor(anchor).node == Some(id)), "{typed:?}: {text:?}");
                nodes += 1;
                open.push(id);
            }
            Step::Words(said) => words.push_str(said),
            Step::Close(id) => {
                assert_eq!(open.pop(), Some(id), "{typed:?}: {text:?}");
                assert_eq!(text.node(id).end as usize, words.len(), "{typed:?}: {text:?}");
            }
        }
    }
    assert_eq!((nodes, words.as_str()), (text.nodes.len(), text.words.as_str()), "{typed:?}");
    assert!(text.kinds.is_sorted_by_key(|(node, _)| *node) && text.languages.is_sorted_by_key(|(node, _)| *node));
    for (index, anchor) in text.anchors.iter().enumerate() {
        assert_eq!(text.find(&anchor.id).map(|found| found.index()), Some(index), "{typed:?}: {}", anchor.id);
    }
}

fn record_spans(records: &[TextRecord]) -> Vec<Span> {
    let attributes = |list: &[crate::model::Attribute]| list.iter().map(|attribute| attribute.span).collect::<Vec<_>>();
    let of_limb = |limb: &crate::model::Limb| [vec![limb.span], attributes(&limb.attributes)].concat();
    let of = |record: &TextRecord| {
        let words = record.purpose.iter().chain(record.said.iter().map(|(_, words)| words)).map(|words| words.span);
        let limbs = record.limbs.iter().flat_map(of_limb);
        words.chain([record.place.span]).chain(limbs).chain(attributes(&record.attributes)).collect::<Vec<_>>()
    };
    records.iter().flat_map(of).collect()
}

/// Each record has a name and an anchor of its own, lies in an earlier one, and its words and those of its parts are
/// whole elements that lie within it.
fn check_records(text: &str, reading: &Reading) {
    let body = &reading.text;
    let mut names = HashSet::new();
    for (index, record) in reading.records.iter().enumerate() {
        assert!(names.insert((record.kind, &record.name)), "{text:?}: {:?}", record.name);
        let place = &record.place;
        assert!(body.anchors.get(place.anchor.index()).is_some(), "{text:?}: {record:?}");
        assert!(place.inside.is_none_or(|outer| outer.index() < index), "{text:?}: {record:?}");
        assert!(place.links.start <= place.links.end && place.links.end as usize <= body.links.len());
        let mark = Element::Record(RecordId::at(index));
        let shown = body.nodes.iter().filter(|node| node.element == mark).count();
        assert!(shown == 1 || record.lead.is_empty(), "{text:?}: {shown} times {record:?}");
        let known = body.records.get(index).copied().flatten();
        assert!(known.is_none_or(|known| body.node(known).element == mark), "{text:?}: {record:?}");
        let limbs = record.limbs.iter().map(|limb| {
            assert!(body.anchors.get(limb.anchor.index()).is_some(), "{text:?}: {limb:?}");
            limb.stretch
        });
        for part in limbs.chain([place.stretch]) {
            assert!(part.first <= part.next && part.next as usize <= body.nodes.len(), "{text:?}: {part:?}");
            assert!(body.words.get(part.start as usize..part.end as usize).is_some(), "{text:?}: {part:?}");
            check_tags(text, &stretch(body, part));
        }
    }
}

/// Every tag is one of ours, and is closed where it should be.
fn check_tags(text: &str, html: &str) {
    let mut open = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, rest) = piece.split_once('>').unwrap_or_else(|| panic!("{text:?}: {html}"));
        assert!(!rest.contains('>'), "{text:?}: {html}");
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{text:?}: {html}");
        } else if !matches!(name, "br" | "hr" | "input") {
            assert!(
                [
                    "p",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "div",
                    "ul",
                    "ol",
                    "li",
                    "blockquote",
                    "a",
                    "em",
                    "strong",
                    "del",
                    "code",
                    "pre",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td",
                    "dl",
                    "dt",
                    "dd",
                    "section",
                    "sup",
                    "sub",
                    "span",
                    "details",
                    "summary",
                ]
                .contains(&name),
                "{text:?}: {html}"
            );
            assert!(
                !open.contains(&"p") || !matches!(name, "p" | "div" | "ul" | "ol" | "li" | "table"),
                "{text:?}: {html}"
            );
            assert!(!open.contains(&"a") || name != "a", "{text:?}: {html}");
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{text:?}: {html}");
}

#[test]
fn any_text_is_read() {
    let mut dice = Dice(7);
    for _ in 0..6000 {
        let parts = 1 + dice.roll(40);
        let text: String = (0..parts).map(|_| PARTS[dice.roll(PARTS.len())]).collect();
        examine(&text, reading(&text));
        examine(&text, minutes(&text));
    }
}

#[test]
fn every_word_of_plain_text_is_printed_once() {
    let shapes =
        ["", "# ", "> ", "- ", "1. ", "• ", "    ", "\t", "7.1 ", "<div>", "| ", "> - ", "[^1]: ", ": ", "<!x "];
    let mut dice = Dice(11);
    for _ in 0..1500 {
        let mut text = String::from("intro[^1]\n\n");
        let mut words = Vec::new();
        for _ in 0..1 + dice.roll(12) {
            let word = format!("w{}x", words.len());
            text.push_str(shapes[dice.roll(shapes.len())]);
            text.push_str(&word);
            text.push_str(["\n", "\n\n", " and\n"][dice.roll(3)]);
            words.push(word);
        }
        let (reading, _) = reading(&text);
        let html = printed(&reading.text, false);
        for word in words {
            assert_eq!(html.matches(&word).count(), 1, "{text:?}: {word}\n{html}");
        }
    }
}

#[test]
fn nothing_exempt_is_left_in_any_text() {
    // Code is code, and a heading is public.
    let public = ["`", "~~", "#", "---", "==="];
    let parts: Vec<&str> =
        PARTS.iter().copied().filter(|part| !public.iter().any(|sign| part.contains(sign))).collect();
    let mut dice = Dice(13);
    let mut sure = 0;
    for _ in 0..3000 {
        let mut text: Vec<&str> = (0..dice.roll(14)).map(|_| parts[dice.roll(parts.len())]).collect();
        let at = dice.roll(text.len() + 1);
        text.insert(at, ["\n", " ", "\n\n", "  \n", ""][dice.roll(5)]);
        text.insert(at, ["{.exempt paragraphs=3}", "{.exempt}"][dice.roll(2)]);
        text.insert(at, ["Canary ", "Canary x  ", "Canary"][dice.roll(3)]);
        let text = text.concat();
        let (reading, diagnostics) = reading(&text);
        if !reading.in_doubt {
            let all = format!("{:?} {:?} {:?}", reading.text, reading.title, diagnostics.sorted());
            assert!(!all.contains(SECRET), "{text:?}\n{}", printed(&reading.text, true));
            let kept = reading.passages.iter().any(|passage| passage.text.contains(SECRET));
            assert!(kept || text.contains("<!--"), "{text:?}");
            sure += 1;
        }
    }
    assert!(sure > 1000, "{sure}");
}

/// A text with the labels that are links between angle quotes.
fn labelled(text: &str) -> String {
    html(text).replace("<span class=\"number\">", "‹").replace("</span>", "›")
}

#[test]
fn numbered_paragraphs_on_adjacent_lines_are_paragraphs() {
    for (text, expected) in [
        ("7.1 One.\n7.2 Two.", "<p>‹7.1› One.</p>\n<p>‹7.2› Two.</p>\n"),
        ("7.1 One\ngoes on.\n7.2 Two.", "<p>‹7.1› One\ngoes on.</p>\n<p>‹7.2› Two.</p>\n"),
        ("1.1.1 One.\n1.1.2\u{A0}Two.", "<p>‹1.1.1› One.</p>\n<p>‹1.1.2›\u{A0}Two.</p>\n"),
        ("**7.1** One.\n**7.2** Two.", "<p><strong>‹7.1›</strong> One.</p>\n<p><strong>‹7.2›</strong> Two.</p>\n"),
        ("7.1 Apologies\n7.2 Minutes", "<p>‹7.1› Apologies</p>\n<p>‹7.2› Minutes</p>\n"),
        ("7.1 One. 7.13 is *not\n7.2 two*.", "<p>‹7.1› One. 7.13 is <em>not\n7.2 two</em>.</p>\n"),
        ("It rose by\n7.2 points.", "<p>It rose by\n7.2 points.</p>\n"),
        ("7.1 It rose to\n7.2 million.", "<p>‹7.1› It rose to\n7.2 million.</p>\n"),
        ("7.1 It rose to\n7.4 since.", "<p>‹7.1› It rose to\n7.4 since.</p>\n"),
        ("7.1 One.\n8.2 Two.", "<p>‹7.1› One.\n8.2 Two.</p>\n"),
        ("> 7.1 One.\n> 7.2 Two.", "<blockquote>\n<p>7.1 One.\n7.2 Two.</p>\n</blockquote>\n"),
        ("- 7.1 One.\n  7.2 Two.\n- x", "<ul>\n<li>‹7.1› One.\n<p>‹7.2› Two.</p>\n</li>\n<li>x</li>\n</ul>\n"),
        ("(a) one\n(b) two", "<p>‹(a)› one</p>\n<p>‹(b)› two</p>\n"),
        ("about (a) one and\n(b) two", "<p>about (a) one and\n(b) two</p>\n"),
        ("about:\n(a) one and\n(b) two", "<p>about:</p>\n<p>‹(a)› one and</p>\n<p>‹(b)› two</p>\n"),
        ("under section 3\n(a) of the Act", "<p>under section 3\n(a) of the Act</p>\n"),
    ] {
        assert_eq!(labelled(text), expected, "{text}");
    }
}

/// Blocks of which minutes are made; each ends whatever stands above it.
const MINUTED: &[&str] = &[
    "## 7. Budget",
    "## 8. Staff {taken_after=9}",
    "### Discussion",
    "7.1 The report was presented.",
    "7.2 One.\n7.3 Two.",
    "**8.1** Members asked for:",
    "(a) one",
    "(b) two:",
    "(i) three",
    "i) four",
    "1. One.\n2. Two.",
    "3. Three.",
    "- a\n  1. b",
    "> 7.4 They asked: {.resolution}\n>\n> i) first",
    "> 3.1 quoted",
    "RESOLVED",
    "RESOLVED: That it be noted.",
    "That the plan be endorsed.",
    "Officers would write. (Action: A Smith, by 1 May 2022)",
    "A note. {#here}",
    "[They would write]{.action by=x}.",
    "Officers agreed.",
];

#[test]
fn what_is_added_below_moves_no_anchor() {
    let mut dice = Dice(17);
    for _ in 0..1500 {
        let mut blocks = |most: usize| -> String {
            let blocks: Vec<&str> = (0..1 + dice.roll(most)).map(|_| MINUTED[dice.roll(MINUTED.len())]).collect();
            blocks.join("\n\n")
        };
        let (above, below) = (blocks(12), blocks(6));
        let anchors = |text: &str| -> Vec<_> {
            let anchors = minutes(text).0.text.anchors.into_iter();
            anchors.map(|anchor| (anchor.id, anchor.kind, anchor.label, anchor.span)).collect()
        };
        let (before, after) = (anchors(&above), anchors(&format!("{above}\n\n{below}")));
        assert_eq!(after[..before.len()], before, "{above}\n\n---- and below:\n\n{below}");
    }
}

/// Blocks that are items of an agenda in the eyes of a clerk, and what stands around them.
const AGENDA: &[&str] = &[
    "**7. Budget**",
    "**7. Budget** It was set.",
    "**8\\. Staff**: two\nare ill.",
    "8\\. Staff",
    "9\\. Roads. The County will mend them.",
    "7 Budget\n7.1 One.\n7.2 Two.",
    "33/17 Precept",
    "34/17 Grants\nPaid.\n35/17 Roads\nMended.",
    "**36/17 Signs** None.\n**37/17 Trees** None.",
    "I. CALL TO ORDER",
    "II. BUSINESS",
    "A. Calendar",
    "B. Policy",
    "ESC/22/18\n\nMinutes",
    "ESC/22/19\n\nWork",
    "1. Call to order",
    "2. Roll call",
    "3. **VOTES**\n\n   Two.\n4. **TREES**\n\n   - One.",
    "1. Minutes. They were signed.\n2. Roads. They were mended.\n3. Play area. It was closed.",
    "| No. | Item |\n|---|---|\n| 1. | **Apologies** None. |\n| 2. | **Roads** Mended. (Action: A) |",
    "**Item 5 (Ezra)** Spend up to £380.\nIt passed.",
    "## 10. Trees",
    "### Part B",
    "RESOLVED",
    "RESOLVED: That it be noted.",
    "1. That it be noted.",
    "(a) one",
    "7.1 The report.",
    "Words were said.",
    "A note. {#here}",
    "They would write. (Action: A, by 1 May 2022)",
    "> quoted\n>\n> **8. Not ours**",
    "They agreed:",
    "*emphasis **7.** and* more",
];

#[test]
fn what_is_recognised_loses_no_word_and_no_place() {
    let mut dice = Dice(23);
    for _ in 0..1500 {
        let blocks: Vec<&str> = (0..1 + dice.roll(12)).map(|_| AGENDA[dice.roll(AGENDA.len())]).collect();
        let text = blocks.join("\n\n");
        let (plain, whole) = (minutes_as(&text, true).0.text, minutes(&text).0.text);
        let letters = |text: &Text| text.words.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        assert_eq!(letters(&whole), letters(&plain), "{text}");
        let ids: HashSet<&str> = whole.anchors.iter().map(|anchor| &*anchor.id).collect();
        assert_eq!(ids.len(), whole.anchors.len(), "two places have one name in\n{text}");
        for anchor in &plain.anchors {
            assert!(ids.contains(&*anchor.id), "#{} lands no more in\n{text}", anchor.id);
        }
    }
}

#[test]
#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "this is about how long it takes")]
fn time_grows_with_length_and_no_faster() {
    let families = [
        "7.1 The report was presented.\n",
        "7.1 The report was\n7.2 presented\n\n",
        "(a) one\n",
        "(a) one\n\n(b) two\n\n",
        "(i) one\n",
        "1. One.\n2. Two.\n\nWords.\n\n",
        "1. one\n  ",
        "> 7.1 One. {.resolution}\n>\n> i) two\n\n",
        "RESOLVED\n\n1. That it be noted.\n\n",
        "RESOLVED: That ",
        "## 7. Budget\n\n",
        "## 7. Budget {.resolution}\n\nWords.\n\n",
        "(Action: ",
        "Words. (Action: A, by B) ",
        "[w]{.action} ",
        "- w {.action}\n",
        "w {.action}\n\n",
        "{skip} ",
        "**7. Budget** It was set.\n\n",
        "7\\. Budget\n\nSet.\n\n",
        "33/17 Budget\n",
        "II. BUSINESS\n\nA. Calendar\n\n",
        "7. Budget\n\nSet.\n\n",
        "1.1.1.1.",
        "A/1/",
        "| 1 | **Budget** |\n|---|---|\n",
        "(7) Budget: ",
    ];
    for family in families {
        let time = |count: usize| {
            let text = family.repeat(count);
            let start = std::time::Instant::now();
            assert!(!minutes(&text).0.text.is_empty());
            start.elapsed().as_secs_f64()
        };
        // Other programs run on this machine: one quiet moment is enough.
        let quiet = (0..20).any(|_| time(800) < 3.0 * time(400).max(0.000_5));
        assert!(quiet, "{family:?} takes more than three times as long when it is twice as long");
    }
}

#[test]
fn records_by_their_words_and_by_attributes() {
    for (text, expected) in [
        (
            "RESOLVED:\n\nThat the report and comments made be noted.\n\nMore.",
            vec![
                "resolution/board-2021-09-07 “That the report and comments made be noted.”",
                "  - #p-sjjm14[noted] That the report and comments made be noted.",
            ],
        ),
        (
            "## 7. Budget\n\nRESOLVED\n\n1. That the report be received and noted.\n2. That the plan be endorsed.\n\n7.1 More.",
            vec![
                "item/board-2021-09-07-7 “Budget”",
                "resolution/board-2021-09-07-7 “That the report be received and noted. That the plan be endorsed.”",
                "  1 #resolution-board-2021-09-07-7.1[received] That the report be received and noted.",
                "  2 #resolution-board-2021-09-07-7.2[endorsed] That the plan be endorsed.",
            ],
        ),
        (
            "RESOLVED: That the report be noted.\n\n1. Another matter.",
            vec!["resolution/board-2021-09-07[noted] “That the report be noted.”"],
        ),
        (
            "7.1 a\n\n7.2 **RESOLVED** – That the plan be approved.",
            vec!["resolution/board-2021-09-07-7.2[approved] “That the plan be approved.”"],
        ),
        (
            "RESOLVED 2021/14:\n\n(a) That it be noted;\n\n(b) that it be deferred.",
            vec![
                "resolution/board-2021-09-07 “That it be noted; that it be deferred.”",
                "  a #resolution-board-2021-09-07.a[noted] That it be noted;",
                "  b #resolution-board-2021-09-07.b[deferred] that it be deferred.",
            ],
        ),
        ("RESOLVED\nThat the report be noted.", vec!["resolution/board-2021-09-07[noted] “That the report be noted.”"]),
        (
            "> RESOLVED {.resolution #2021-14 outcome=endorsed}\n>\n> 1. That it be received.\n> 2. That it be sent. {outcome=referred due=2022-01-01}",
            vec![
                "resolution/2021-14 “That it be received. That it be sent.”",
                "  1 #resolution-2021-14.1[received] That it be received.",
                "  2 #resolution-2021-14.2 That it be sent.",
            ],
        ),
        (
            "## 7. A\n\n> 7.13 ECSOSC recommended that the Strategy: {.resolution outcome=recommended}\n>\n> i) provide\n>\n> ii) include",
            vec![
                "item/board-2021-09-07-7 “A”",
                "resolution/board-2021-09-07-7.13 “ECSOSC recommended that the Strategy: provide include”",
                "  i #resolution-board-2021-09-07-7.13.i provide",
                "  ii #resolution-board-2021-09-07-7.13.ii include",
            ],
        ),
        (
            "2.3 Put to the vote, the proposal was lost. {.resolution #b-1 votes.for=4}",
            vec!["resolution/b-1[rejected] “Put to the vote, the proposal was lost.”"],
        ),
        (
            "- one {.action by=x}\n- two\n- three {.action}\n  1. four",
            vec![
                "action/board-2021-09-07 “one”",
                "action/board-2021-09-07-2 “three four”",
                "  1 #action-board-2021-09-07-2.1 four",
            ],
        ),
        (
            "**RECOMMENDED**\n\n1. That the plan be approved",
            vec![
                "resolution/board-2021-09-07 “That the plan be approved”",
                "  1 #resolution-board-2021-09-07.1[recommended] That the plan be approved",
            ],
        ),
        (
            "RECOMMENDED –\n\n- That the plan be approved",
            vec![
                "resolution/board-2021-09-07 “That the plan be approved”",
                "  - #p-fsnfev[recommended] That the plan be approved",
            ],
        ),
        (
            "Agreed that it was late.\n\nDECISION\n\nNothing of the kind.",
            vec!["resolution/board-2021-09-07 “Nothing of the kind.”", "  - #p-gg39e9 Nothing of the kind."],
        ),
        (
            "## 7. Budget {.resolution #x}\n\nThat\n\n### Deeper\n\n## 8. B",
            vec!["item/board-2021-09-07-7 “Budget”", "resolution/x “Budget”", "item/board-2021-09-07-8 “B”"],
        ),
        (
            "RESOLVED: That it be noted.\n\nRESOLVED: That it be noted.",
            vec![
                "resolution/board-2021-09-07[noted] “That it be noted.”",
                "resolution/board-2021-09-07-2[noted] “That it be noted.”",
            ],
        ),
        ("> They said:\n>\n> RESOLVED: That it be noted.", vec![]),
    ] {
        assert_eq!(recorded(text), expected, "{text}");
    }
}

#[test]
fn records_in_a_line() {
    let text = "## 7. A\n\n7.1 One. [Officers agreed to **circulate** it]{.action by=Officers}; and more.\n\n\
                7.2 It was late. Officers would [write](x.md). (Action: Head of *Safer*, by 31 October 2021)\n\n\
                7.3 Late. They would meet. (Action: A Smith, B Jones, by the next meeting) (Action: C)";
    let (reading, diagnostics) = minutes(text);
    let said = |role: Role, record: &TextRecord| {
        record.said.iter().find(|said| said.0 == role).map(|(_, words)| words.text.to_string())
    };
    let shown: Vec<_> = reading.records[1..]
        .iter()
        .map(|record| {
            (
                stretch(&reading.text, record.place.stretch),
                record.name.to_string(),
                said(Role::Owner, record),
                said(Role::Due, record),
            )
        })
        .collect();
    let name = |label: &str| format!("board-2021-09-07-7.{label}");
    let some = |words: &str| Some(words.to_owned());
    assert_eq!(
        shown,
        [
            ("Officers agreed to <strong>circulate</strong> it".to_owned(), name("1"), None, None),
            (
                "Officers would <a href=\"x.md\">write</a>.".to_owned(),
                name("2-r61kjr"),
                some("Officers"),
                some("31 October 2021")
            ),
            ("They would meet.".to_owned(), name("3"), some("A Smith, B Jones"), some("the next meeting")),
        ]
    );
    assert!(
        reading
            .records
            .iter()
            .skip(1)
            .all(|record| record.place.in_line && record.place.inside == Some(RecordId::at(0)))
    );
    assert_eq!(diagnostics.iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>(), ["stray-attributes"]);
    let html = printed(&reading.text, true);
    assert!(html.contains(
        "<span class=\"record action\" id=\"action-board-2021-09-07-7.3\">They would meet.</span> (Action: A"
    ));
}

#[test]
fn items_are_records() {
    let text = "## 7. Budget {about=a/b}\n\n*(To receive a report)*\n\nWords.\n\n### 7.1 Deeper\n\n## 8. Staff\n\nText (not first)";
    let (reading, _) = minutes(text);
    let items: Vec<_> = reading
        .records
        .iter()
        .map(|item| {
            let purpose = item.purpose.as_ref().map(|words| words.text.to_string());
            (
                item.number.as_deref().unwrap_or_default(),
                &*item.lead,
                purpose,
                item.place.inside.map(RecordId::index),
                item.attributes.len(),
            )
        })
        .collect();
    let purpose = Some("To receive a report".to_owned());
    assert_eq!(
        items,
        [("7", "Budget", purpose, None, 1), ("7.1", "Deeper", None, Some(0), 0), ("8", "Staff", None, None, 0)]
    );
    assert_eq!(&*reading.text.anchors[reading.records[0].place.anchor.index()].id, "item-7");
    assert!(
        stretch(&reading.text, reading.records[0].place.stretch).starts_with("<p><em>(To receive a report)</em></p>")
    );
}

#[test]
fn what_would_withhold_a_record_withholds_its_document() {
    for text in [
        "RESOLVED: That it be noted. {draft=true}",
        "x [they would write]{.action publish_at=2030-01-01}",
        "## 7. Budget {withdrawn.reason=\"A mistake\"}",
        "RESOLVED\n\n1. That it be noted. {expires=2022-01-01}",
        "Words. {draft=true}",
        "- w {.action drfat=true}",
    ] {
        let (reading, diagnostics) = minutes(text);
        assert!(reading.in_doubt, "{text}");
        assert!(diagnostics.iter().any(|diagnostic| diagnostic.code == "unclear-visibility"), "{text}");
    }
    assert!(!minutes("RESOLVED: That it be noted. {outcome=noted due=2022-01-01}").0.in_doubt);
}

#[test]
fn a_record_that_is_added_moves_no_name_of_another() {
    let mut dice = Dice(23);
    for _ in 0..400 {
        let blocks: Vec<String> = (0..8)
            .map(|number| match dice.roll(4) {
                0 => format!("7.{} RESOLVED: That it be noted.", number + 1),
                1 => format!("7.{} Officers would write. (Action: A)", number + 1),
                2 => format!("7.{} They asked: {{.resolution #r-{number}}}", number + 1),
                _ => format!("7.{} Words.", number + 1),
            })
            .collect();
        let names = |blocks: &[String]| -> Vec<(String, String)> {
            let (reading, _) = minutes(&format!("## 7. Budget\n\n{}", blocks.join("\n\n")));
            let name = |record: &TextRecord| {
                let id = reading.text.anchors[record.place.anchor.index()].id.to_string();
                (format!("{:?} {}", record.kind, record.name), id)
            };
            reading.records.iter().map(name).collect()
        };
        let at = dice.roll(blocks.len() + 1);
        let mut more = blocks.clone();
        more.insert(at, "RESOLVED {.resolution #new}\n\n- That the rest be deferred.".to_owned());
        more.insert(at, "7.90 They would meet. (Action: B) {skip}".to_owned());
        let (before, after) = (names(&blocks), names(&more));
        let kept: Vec<_> = after.iter().filter(|name| before.contains(name)).cloned().collect();
        assert_eq!(kept, before, "{more:#?}");
        assert_eq!(after.len(), before.len() + 2);
    }
}
