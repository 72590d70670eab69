//! `/llms.txt` (llmstxt.org): for programs that answer questions in words, what the site is, that each page has its words beside it as
//! Markdown with an address for each paragraph, and where the lists and the data are.
//!
//! Input: the settings and the lists of the site. Output: Markdown. Not here: which pages a search engine may visit (`robots.rs`).

use super::{Export, Subject, bundle, catalogue, columns, plain, whole};
use crate::language::Language;
use crate::manuscript::print::print;
use crate::manuscript::{Block, Inline, Item, Manuscript, paragraph};
use crate::model::pages::{DATA, SEARCH};
use crate::model::{Address, Site};

/// This format.
pub const EXPORT: Export = Export {
    name: "llms",
    summary: "Says to programs that answer questions in words where the words are (llms.txt).",
    needs_base_url: false,
    plan: |_| vec![(Address::file("llms.txt"), Subject::Site)],
    write,
};

fn write(site: &Site, language: &Language, _: Subject) -> Vec<u8> {
    let say = |key: &str| language.say(key, &[]);
    let sentence = |text: String| paragraph(Inline::words(text));
    let mut blocks =
        vec![Block::Heading { level: 1, label: None, words: Inline::words(plain::line(&site.config.title)) }];
    let description = site.config.description.as_deref().map(plain::line);
    blocks.extend(description.map(|text| Block::Quotation(vec![sentence(text)])));
    blocks.push(sentence(say("llms.twins")));
    blocks.push(sentence(say("llms.cite")));
    let licence = site.config.licence.as_deref().map(|licence| ("licence", plain::line(licence)));
    blocks.extend(licence.map(|(name, licence)| sentence(language.say("llms.licence", &[(name, &licence)]))));
    blocks.push(heading(say("llms.pages")));
    let kinds = columns::kinds(site)
        .filter_map(|(_, kind)| Some((kind.label_plural.clone(), catalogue::list_of(site, kind)?, kind.help.clone())));
    let search = (say("search.title"), Address::page([SEARCH]), say("llms.search"));
    blocks.push(list(site, kinds.chain([search])));
    blocks.push(heading(say("llms.data")));
    let tables = (say("export.tables"), bundle::address(), say("export.tables-lead"));
    let all = (say("data.title"), Address::page([DATA]), say("data.lead"));
    let catalogue = (say("llms.catalogue"), catalogue::address(), say("llms.catalogue-lead"));
    blocks.push(list(site, [all, tables, catalogue].into_iter()));
    print(&Manuscript { blocks, ..Manuscript::default() }).into_bytes()
}

fn heading(text: String) -> Block {
    Block::Heading { level: 2, label: None, words: Inline::words(text) }
}

/// Pages or files, each with what it is called, where it is, and what it holds.
fn list(site: &Site, of: impl Iterator<Item = (String, Address, String)>) -> Block {
    let item = |(title, address, said): (String, Address, String)| {
        let link = Inline::Link(whole(site, &address), Inline::words(title));
        Item::line(vec![link, Inline::Words(format!(": {said}"))])
    };
    Block::List(of.map(item).collect())
}
