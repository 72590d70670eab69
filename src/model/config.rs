//! The site's settings, `content/site.toml`, with everything that it leaves out filled in.

use super::{Zone, zone_named};
use crate::diagnostic::Levels;
use crate::source::Span;

/// The settings of a site.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The site's name; "Partnership records" where nobody named it.
    pub title: String,
    /// Who publishes it; the title where not said.
    pub organisation: String,
    /// One or two sentences for search engines and the home page.
    pub description: Option<String>,
    /// `https://host/path` without a slash at the end; `None` if not said.
    pub base_url: Option<String>,
    /// The path of `base_url` without a slash at the end; empty at the root. It stands before every link.
    pub base_path: String,
    /// BCP 47 tag of the texts, `en` where not said.
    pub language: String,
    /// Europe/London where not said.
    pub zone: Zone,
    /// The country in which its telephone numbers are dialled, as ISO 3166 has it: `GB`. That of the language where not said.
    pub country: Option<String>,
    /// The folder below `themes/`; the embedded theme where not said.
    pub theme: Option<String>,
    /// The licence of texts and data, in words.
    pub licence: Option<String>,
    /// The address of the licence.
    pub licence_url: Option<String>,
    /// How to reach the people who keep the site.
    pub contact: Contact,
    /// Whom people ask where a page names nobody: ids of documents.
    pub ask: Vec<Said>,
    /// What stands on sensitive pages, and which are: `[sensitive]`.
    pub sensitive: Sensitive,
    /// Where somebody who finds a weakness of the site can say so, as an address: `mailto:…`, `https://…`.
    pub security_contact: Option<String>,
    /// The last day on which the security contact holds. Without it nobody can trust the contact, so none is published.
    pub security_expires: Option<jiff::civil::Date>,
    /// The menu; kinds that have documents where not said.
    pub menu: Vec<MenuEntry>,
    /// Its own pictures and colours.
    pub branding: Branding,
    /// What the foot of every page says beside what the theme puts there.
    pub footer: Footer,
    /// Questions that the home page offers to the search.
    pub searches: Vec<String>,
    /// What the statement on accessibility says; without it the site has none.
    pub accessibility: Option<Accessibility>,
    /// Documents on one page of a list.
    pub page_size: usize,
    /// The levels of `[check]`.
    pub levels: Levels,
    /// What is looked for in minutes: `[recognise]`.
    pub passes: Passes,
    /// Where the website is published: `[publish.…]`, in the order of the file. The first is meant where none is named.
    pub targets: Vec<PublishTarget>,
}

/// What stands on pages that somebody may have to leave in a hurry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sensitive {
    /// The topics of which every page is sensitive.
    pub topics: Vec<String>,
    /// The help before all else.
    pub help: Option<String>,
    /// Whom people can ask: ids of documents.
    pub ask: Vec<Said>,
    /// Where the way out leads; a string of the language where not said.
    pub leave: Option<String>,
    /// What such a page is called where others could see it; a string of the language where not said.
    pub title: Option<String>,
}

impl Sensitive {
    /// Whether the settings say anything of sensitive pages.
    #[must_use]
    pub fn is_said(&self) -> bool {
        *self != Self::default()
    }
}

/// Where a website is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishTarget {
    /// What staff call it.
    pub name: String,
    /// What is there.
    pub way: Way,
}

/// What a target is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// A folder of releases, of which so many are kept; a link in it is the root of a server.
    Releases(String, usize),
    /// A folder that is the root of a server itself.
    Folder(String),
    /// An archive.
    Archive(String),
    /// A branch of the site's own repository, and the repository to which it is pushed.
    Branch(String, String),
    /// A bucket of a store that speaks S3, or a folder in one.
    Store(StoreTarget),
}

/// A bucket of a store that speaks S3, or a folder in one. Keys are no part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreTarget {
    /// The name of the bucket.
    pub bucket: String,
    /// The folder in it, without slashes at its ends; empty for the bucket itself.
    pub prefix: String,
    /// The address of the store: `https://host`.
    pub endpoint: String,
    /// The region that requests are signed for.
    pub region: String,
}

impl StoreTarget {
    /// As people are told of it: `bucket/folder`.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.prefix.is_empty() { self.bucket.clone() } else { format!("{}/{}", self.bucket, self.prefix) }
    }
}

/// What is looked for in the words of minutes that their author did not mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passes {
    /// What the meeting decided, with movers, votes and outcome.
    pub decisions: bool,
    /// Who is to do what, and by when.
    pub actions: bool,
    /// Items of the agenda that are no headings.
    pub items: bool,
    /// Who was there.
    pub presence: bool,
    /// What the text says of its meeting as a whole: the day, the status.
    pub facts: bool,
    /// What reads like one of these and is none for certain: a note names it.
    pub notes: bool,
}

impl Passes {
    /// Whether anything is looked for. Notes alone name what nothing looked for.
    #[must_use]
    pub fn any(self) -> bool {
        self.decisions || self.actions || self.items || self.presence || self.facts
    }
}

impl Default for Passes {
    fn default() -> Self {
        Self { decisions: true, actions: true, items: true, presence: true, facts: true, notes: true }
    }
}

/// How to reach somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// The postal address, with a name.
    pub post: Option<String>,
    /// The mail address.
    pub email: Option<String>,
    /// The telephone number.
    pub telephone: Option<String>,
    /// Where the office is.
    pub address: Option<String>,
}

/// One entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuEntry {
    /// The words of the link.
    pub label: String,
    /// The address to which it leads: root-relative, or a whole address.
    pub href: String,
}

/// What a site changes of its theme without a theme of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Branding {
    /// The name of a set of colours that the theme offers.
    pub preset: Option<Said>,
    /// Colours of its own.
    pub colours: Vec<Colour>,
    /// The picture beside the site's name: a path below `content/`.
    pub logo: Option<Said>,
    /// The picture above the site's name on paper: a path below `content/`.
    pub crest: Option<Said>,
    /// The picture that is shown of a link to the site: a path below `content/`.
    pub share: Option<Said>,
}

/// A setting whose meaning only a later stage can tell, with its place for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The characters as typed.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
}

/// A colour of the site's own. Whether it can be read on the pages of the theme, `render` sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colour {
    /// Which of the theme's colours it takes the place of: one of [`COLOURS`].
    pub name: &'static str,
    /// Whether it is for dark screens.
    pub dark: bool,
    /// Red, green and blue.
    pub rgb: [u8; 3],
    /// The colour as typed, with its place.
    pub said: Said,
}

/// The colours that a site may have of its own, by their names in the settings and in style sheets.
pub const COLOURS: [&str; 3] = ["band", "accent", "link"];

/// The foot of every page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Footer {
    /// A sentence or two.
    pub text: Option<String>,
    /// Links to other places.
    pub links: Vec<MenuEntry>,
}

/// How well everybody can use the site, as the law asks public bodies to say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accessibility {
    /// How much of the standard the site meets.
    pub meets: Meets,
    /// The standard by its whole name; version 2.2 of the web's own where not said.
    pub standard: Option<String>,
    /// The day on which the statement was written.
    pub prepared: jiff::civil::Date,
    /// The day on which it was last looked at.
    pub reviewed: Option<jiff::civil::Date>,
    /// The day on which the site was last tested.
    pub tested: Option<jiff::civil::Date>,
    /// By whom and how it was tested.
    pub tested_by: Option<String>,
    /// Whom to tell; the contact of the site where not said.
    pub contact: Option<Contact>,
    /// How soon an answer comes: "ten working days".
    pub answer_within: Option<String>,
    /// Who helps those who are not content with the answer.
    pub enforcement: Option<String>,
    /// The address of those who help.
    pub enforcement_url: Option<String>,
    /// What is not good enough yet.
    pub problems: Vec<Problem>,
}

/// How much of a standard is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meets {
    /// All of it.
    Fully,
    /// All but the problems that are listed.
    Partly,
    /// Little of it.
    Not,
}

/// Something that not everybody can use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub what: String,
    /// What to use instead.
    pub instead: Option<String>,
    /// The rule that it breaks: "1.1.1 Non-text content".
    pub rule: Option<String>,
    /// By when it is mended.
    pub until: Option<jiff::civil::Date>,
    /// Why it need not be: too costly for what it brings, or outside the law.
    pub exempt: Option<String>,
}

impl Config {
    /// Publishes below this address, `https://host/path`, in place of the settings' own.
    pub fn set_base_url(&mut self, base_url: &str) {
        let base_url = base_url.trim_end_matches('/');
        let after_host = base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
        self.base_path = after_host.map(|(_, path)| format!("/{path}")).unwrap_or_default();
        self.base_url = Some(base_url.to_owned());
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Partnership records".into(),
            organisation: "Partnership records".into(),
            description: None,
            base_url: None,
            base_path: String::new(),
            language: "en".into(),
            zone: zone_named("Europe/London").unwrap_or(Zone::UTC),
            country: None,
            theme: None,
            licence: None,
            licence_url: None,
            contact: Contact::default(),
            ask: Vec::new(),
            sensitive: Sensitive::default(),
            security_contact: None,
            security_expires: None,
            menu: Vec::new(),
            branding: Branding::default(),
            footer: Footer::default(),
            searches: Vec::new(),
            accessibility: None,
            page_size: 50,
            levels: Levels::default(),
            passes: Passes::default(),
            targets: Vec::new(),
        }
    }
}
