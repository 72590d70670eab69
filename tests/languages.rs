//! Whether every word of a page that no author typed is in a file of strings.
//!
//! A site is made from the schema itself: a document of each kind with every field filled, all of it in Greek letters.
//! In the language `en-XA` the program's own words have an accent on each letter. So a word of plain Latin letters on a
//! page is one that somebody wrote into a template or into Rust.

use folkmoot::kind::{Field, Kind, Shape, built_in};
use html5gum::{Token, Tokenizer};

use crate::memory::{self, Built};
use crate::page::Page;

/// Words of Latin letters that are the same in every language, each with the reason.
const SAME_EVERYWHERE: &[(&str, &str)] = &[
    ("figures.csv", "the name of a file"),
    ("CSV", "what a file is, by its ending"),
    ("clerk@example.org", "an address"),
    ("https://example.org/", "an address"),
];

/// What every author of this site types.
const GREEK: &str = "Ωμέγα ψι";

const SETTINGS: &str = "title = 'Ωμέγα'\ndescription = 'Ωμέγα ψι'\nlanguage = 'en-XA'\nlicence = 'Ωμέγα'\n\
    [contact]\npost = 'Ωμέγα'\nemail = 'clerk@example.org'\ntelephone = '01234 567890'\naddress = 'Ωμέγα'\n\
    [accessibility]\nprepared = '2026-09-01'\nreviewed = '2026-10-01'\ntested = '2026-09-01'\ntested_by = 'Ωμέγα'\n\
    answer_within = 'ψι'\nenforcement = 'Ωμέγα'\nenforcement_url = 'https://example.org/'\n\
    [[accessibility.problem]]\nwhat = 'Ωμέγα'\ninstead = 'ψι'\nrule = '1.1.1'\nuntil = '2027-01-01'\n\
    [footer]\ntext = 'Ωμέγα'\n";

const TEXT: &str = "## 1. Ωμέγα\n\n1.1 Ωμέγα ψι.[^1] ΑΒΓ.\n\n1.2 Ωμέγα {page=4}\n\n- [x] ψι\n- [ ] ψι\n\n\
    > [!WARNING]\n> Ωμέγα.\n\n| Ωμέγα | ψι |\n|---|---|\n| ψι | 7 |\n\n![Ωμέγα](../indicators/figures.csv)\n\n\
    ![[indicators/a]]\n\n[ψι](../bodies/b.md)\n\n## 2. Ωμέγα\n\nΩμέγα ψι.\n\n## 3. Ωμέγα\n\nΩμέγα ψι. {.exempt paragraphs=3}\n\n\
    [^1]: Ωμέγα.\n";

#[test]
fn no_word_of_a_page_is_written_into_the_program() {
    let built = memory::build(&memory::sources(site()), &memory::options());
    let mut found = Vec::new();
    for (path, html) in built.pages() {
        for (place, words) in said(html) {
            let words: Vec<&str> = words.split_whitespace().collect();
            let plain = (0..words.len()).filter(|at| is_plain(words[*at]));
            let around = |at: usize| words[at.saturating_sub(2)..(at + 3).min(words.len())].join(" ");
            found.extend(plain.map(|at| format!("{path}: {place}: “{}” in “{}”", words[at], around(at))));
        }
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "put these into src/language/en.toml:\n{}\n", found.join("\n"));
    assert!(pages_of_kinds(&built) > 12, "the kinds have pages");
}

fn pages_of_kinds(built: &Built) -> usize {
    built.pages().filter(|(path, _)| path.ends_with("/a/index.html")).count()
}

fn is_plain(word: &str) -> bool {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '/');
    // The letters of the index are those of the alphabet.
    let letter = bare.len() == 1 && bare.bytes().all(|byte| byte.is_ascii_uppercase());
    let latin = !letter && bare.chars().any(|letter| letter.is_ascii_alphabetic());
    latin && !SAME_EVERYWHERE.iter().any(|(same, _)| same.trim_end_matches('/') == bare.trim_end_matches('/'))
}

/// What a page says: its words, its title, and the attributes that are read out or shown.
fn said(html: &str) -> Vec<(String, String)> {
    const READ: [&str; 5] = ["alt", "aria-label", "placeholder", "title", "content"];
    /// Of the head, only these are for people.
    const FOR_PEOPLE: [&str; 3] = ["description", "og:title", "og:description"];
    let page = Page::read(html);
    let mut said = vec![("the text".to_owned(), page.text)];
    let title = html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    said.extend(title.map(|(title, _)| ("the title".to_owned(), title.to_owned())));
    for token in Tokenizer::new(html) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        let value = |name: &str| {
            let found = tag.attributes.iter().find(|(key, _)| key.as_slice() == name.as_bytes());
            found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
        };
        let meta = value("name").or_else(|| value("property")).unwrap_or_default();
        if tag.name.as_slice() == b"meta" && !FOR_PEOPLE.contains(&meta.as_str()) {
            continue;
        }
        said.extend(READ.iter().filter_map(|name| Some(((*name).to_owned(), value(name)?))));
    }
    said
}

/// Two documents of each kind, so that they have neighbours and lists.
fn site() -> Vec<(String, Vec<u8>)> {
    let kinds = built_in();
    let mut files = vec![
        ("content/site.toml".to_owned(), SETTINGS.into()),
        (
            "content/glossary.toml".to_owned(),
            "[[term]]\nterm = 'ΑΒΓ'\nexpansion = 'Ωμέγα'\nmeaning = 'ψι'\naliases = ['ΔΕΖ']\n".into(),
        ),
        ("content/indicators/figures.csv".to_owned(), "ψι,Ωμέγα,χι\n2019,7,\n2020,,ψι\n2021,9,\n2022,4,\n".into()),
    ];
    for (_, kind) in kinds.iter() {
        for (name, day) in [("a", 4), ("b", 5)] {
            let mut head = String::from("---\n");
            for field in kind.fields.iter().filter(|field| is_filled(field)) {
                if let Some(value) = value(&field.shape, field, kind, day) {
                    head.push_str(&format!("{}: {value}\n", field.name));
                }
            }
            let path = format!("content/{}/{name}.md", kind.folder);
            // No two have the same words, or one would be taken for a copy of another.
            let own = |nth| format!("\nΩμέγα ψι Ωμέγα ψι Ωμέγα {}.\n", 10 * files.len() + nth);
            let own: String = (1..4).map(own).collect();
            // Items of a meeting may be of what is exempt there.
            let text = if kind.of_meeting { TEXT.replace(" {.exempt paragraphs=3}", "") } else { TEXT.to_owned() };
            files.push((path, format!("{head}---\n{text}{own}").into_bytes()));
        }
    }
    files
}

/// What decides who may see a document would hide it; old addresses are no words.
fn is_filled(field: &Field) -> bool {
    !field.decides() && !matches!(field.shape, Shape::Address | Shape::Instant) && field.name != "aliases"
}

/// A value for a field, as somebody would type it.
fn value(shape: &Shape, field: &Field, kind: &Kind, day: u8) -> Option<String> {
    Some(match shape {
        Shape::Text if field.name == "lang" => "el".to_owned(),
        Shape::Text | Shape::Markdown => format!("\"{GREEK}\""),
        Shape::Date | Shape::DateOrWords => format!("2021-03-0{day}"),
        Shape::Boolean => "false".to_owned(),
        Shape::Integer => "7".to_owned(),
        Shape::Choice(choices) => choices.first()?.value.clone(),
        Shape::File => "../indicators/figures.csv".to_owned(),
        Shape::Reference(relation) | Shape::ReferenceOrWords(relation) => {
            let kinds = built_in();
            let to = relation.to.first().map_or("body", String::as_str);
            let folder = &kinds.iter().find(|(_, other)| other.name == to)?.1.folder;
            // Nothing leads to itself.
            let other = if *folder == kind.folder && day == 5 { "a" } else { "b" };
            if *folder == kind.folder && day == 4 {
                return None;
            }
            format!("{folder}/{other}")
        }
        Shape::List(inner) => format!("[{}]", value(inner, field, kind, day)?),
        Shape::Group(parts) => {
            let parts = parts.iter().filter(|part| is_filled(part));
            let parts: Vec<String> = parts
                .filter_map(|part| Some(format!("{}: {}", part.name, value(&part.shape, part, kind, day)?)))
                .collect();
            format!("{{{}}}", parts.join(", "))
        }
        Shape::Address | Shape::Instant => return None,
    })
}
