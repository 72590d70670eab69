//! `folkmoot why`: what a page was made from, and why it was made anew when it was made last.
//!
//! Input: an address, and what the last build kept. Output: a few lines. Not here: whether a page would be another one today.

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;

use super::environment::{CommandError, Environment, Exit};
use super::given;
use crate::cache::DiskCache;
use crate::made_pages;
use crate::messages::text::{count, harmless, wrapped};
use crate::model::Address;
use crate::query::Query;
use crate::read::read;
use crate::view::{Because, MadePages};

/// Say what a page was made from, and what made it anew last time
///
/// Answers from what the last `folkmoot build` kept beside the site, and changes nothing.
#[derive(Args)]
#[command(after_help = MORE, after_long_help = MORE)]
pub struct Why {
    /// The page: /minutes/board/2026-03-12/, or as it stands in the browser
    #[arg(value_name = "ADDRESS")]
    address: String,
    /// The address of the site with which it was built, if not the one in content/site.toml
    #[arg(long, value_name = "ADDRESS")]
    base_url: Option<String>,
    /// Name all documents, not the first of them
    #[arg(long)]
    all: bool,
}

const MORE: &str = "\
Examples:
  folkmoot why /minutes/board/2026-03-12/
  folkmoot why / --all

Exit codes:
  0  it is said
  1  nothing is known of such a page
  2  the command was mistyped, or there is no site in the folder
  3  the machine failed: a file cannot be read";

/// So many documents are named of each sort.
const NAMED: usize = 12;

/// Runs the command.
pub fn why(why: &Why, root: Option<&Path>, environment: &mut Environment<'_>) -> Result<Exit, CommandError> {
    let root = given::root(root, &environment.folder);
    let base_url = why.base_url.as_deref().map(given::base_url).transpose()?;
    let (sources, _) = read(&root, &root.join("public")).map_err(|error| given::unread(&error))?;
    let cache = DiskCache::open(&root);
    let Some(made) = made_pages(&sources, base_url.as_deref(), &cache) else {
        let sentence = "Nothing is kept of the last build. `folkmoot build` makes the website; then ask again.";
        environment.warn(&format!("{}\n", wrapped(sentence, environment.width)))?;
        return Ok(Exit::Mistakes);
    };
    match told(&made, &why.address, base_url.as_deref(), why.all) {
        Some(text) => environment.tell(&text).map(|()| Exit::Fine),
        None => {
            let sentence = format!(
                "The last build made no page at {}. An address is that of a page, such as /minutes/board/2026-03-12/.",
                harmless(&why.address)
            );
            environment.warn(&format!("{}\n", wrapped(&sentence, environment.width)))?;
            Ok(Exit::Mistakes)
        }
    }
}

/// What is said of the page at an address; `None` if there is none.
fn told(made: &MadePages, address: &str, base_url: Option<&str>, all: bool) -> Option<String> {
    let path = base_url.and_then(|base| address.strip_prefix(base)).unwrap_or(address);
    let path = path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split(['#', '?']).next().unwrap_or_default().trim_matches('/');
    let pages = [path.to_owned(), Address::page(path.split('/').filter(|part| !part.is_empty())).output_path()];
    let (path, page) = pages.iter().find_map(|path| Some((path, made.page(path)?)))?;

    let mut from = MadeFrom::default();
    made.answers_of(page).for_each(|(query, _)| from.add(query));
    let most = if all { usize::MAX } else { NAMED };
    let mut text = format!("{path} was made from\n");
    for (what, names) in [
        ("what this says", &from.documents),
        ("what others say of this", &from.others),
        ("the list", &from.lists),
        ("the file", &from.files),
        ("the site's", &from.site),
    ] {
        if !names.is_empty() {
            text.push_str(&format!("  {what} ({}):\n", names.len()));
            names.iter().take(most).for_each(|name| text.push_str(&format!("    {}\n", harmless(name))));
            if names.len() > most {
                text.push_str(&format!("    and {} more; --all names them\n", names.len() - most));
            }
        }
    }
    text.push_str(&match &page.because {
        Because::New => "It was made because nothing was known of it from an earlier build.\n".to_owned(),
        Because::Recipe => {
            "It was made anew because the theme, its words, or what stands around every page had changed.\n".to_owned()
        }
        Because::Folder => "It was made anew because its file was not as the build before had left it.\n".to_owned(),
        Because::Answers(queries) => {
            let mut changed = MadeFrom::default();
            queries.iter().for_each(|query| changed.add(query));
            let names: Vec<String> = changed.in_words();
            let lines: String = names.iter().map(|name| format!("  {}\n", harmless(name))).collect();
            format!("It was made anew because of {}:\n{lines}", count(names.len(), "change"))
        }
    });
    Some(text)
}

/// What a page was made from, by sort.
#[derive(Default)]
struct MadeFrom {
    documents: BTreeSet<String>,
    others: BTreeSet<String>,
    lists: BTreeSet<String>,
    files: BTreeSet<String>,
    site: BTreeSet<String>,
}

impl MadeFrom {
    fn add(&mut self, query: &Query) {
        let (names, name): (_, String) = match query {
            Query::Document(id) | Query::Find(id) | Query::Relations(id) => (&mut self.documents, id.to_string()),
            Query::Incoming(id)
            | Query::Backlinks(id)
            | Query::Children(id)
            | Query::Arising(id)
            | Query::Thread(id)
            | Query::Neighbours(id)
            | Query::ListAbout(id)
            | Query::Editions(id)
            | Query::ComparisonsOf(id)
            | Query::PartsOf(id)
            | Query::PartsAt(id)
            | Query::Related { document: id, .. }
            | Query::Made { document: id, .. } => (&mut self.others, id.to_string()),
            Query::Listing(address) | Query::Length(address) | Query::Part { address, .. } => {
                (&mut self.lists, address.href())
            }
            Query::Documents(filter) | Query::Count(filter) => {
                (&mut self.lists, filter_in_words(filter.kind.as_deref()))
            }
            Query::Lists { kind, .. } => (&mut self.lists, filter_in_words(kind.as_deref())),
            Query::ListOfBody { kind, body } => (&mut self.lists, format!("{kind} of {body}")),
            Query::ListsOfArea(area) | Query::OthersInArea(area) => (&mut self.lists, format!("lists of {area}")),
            Query::Figures(id) => (&mut self.others, id.to_string()),
            Query::Postcodes => (&mut self.site, "postcodes".to_owned()),
            Query::ListOfTopic(topic) => (&mut self.lists, format!("the topic {topic}")),
            Query::Next { kind, .. } => (&mut self.lists, format!("the next {kind}")),
            Query::Updates { .. } | Query::Changed => (&mut self.lists, "what changed lately".to_owned()),
            Query::Kinds | Query::Pages => (&mut self.lists, "all documents".to_owned()),
            Query::Plan { .. } | Query::PlanLength(_) => (&mut self.lists, "the forward plan".to_owned()),
            Query::Days(_) | Query::Months => (&mut self.lists, "the calendar".to_owned()),
            Query::Attachment(path) | Query::Table(path) => (&mut self.files, path.to_string()),
            Query::Attachments => (&mut self.files, "all attached files".to_owned()),
            Query::Trail(address) => (&mut self.site, format!("way to {address}")),
            Query::Alias(address)
            | Query::Number(address)
            | Query::Comparison(address)
            | Query::EditionDay(address) => (&mut self.site, format!("address {}", address.href())),
            Query::Aliases => (&mut self.site, "old addresses".to_owned()),
            Query::EditionDays => (&mut self.site, "editions".to_owned()),
            Query::LastNumber => (&mut self.site, "numbers".to_owned()),
            Query::Home => (&mut self.site, "home page".to_owned()),
            Query::Glossary => (&mut self.site, "glossary".to_owned()),
            Query::OwnPages => (&mut self.site, "menu and own pages".to_owned()),
            Query::Schema => (&mut self.site, "kinds of documents".to_owned()),
            Query::Settings => (&mut self.site, "settings".to_owned()),
            Query::Audience => (&mut self.site, "readers: the public, or a preview".to_owned()),
            Query::Today => (&mut self.site, "day".to_owned()),
        };
        names.insert(name);
    }

    /// Each as a phrase.
    fn in_words(&self) -> Vec<String> {
        let sorts = [
            ("what is said by", &self.documents),
            ("what others say of", &self.others),
            ("the list of", &self.lists),
            ("the file", &self.files),
            ("the site's", &self.site),
        ];
        sorts.iter().flat_map(|(what, names)| names.iter().map(move |name| format!("{what} {name}"))).collect()
    }
}

fn filter_in_words(kind: Option<&str>) -> String {
    kind.unwrap_or("all documents").to_owned()
}
