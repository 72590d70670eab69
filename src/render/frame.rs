//! What stands around every page: the head and the foot of the site.
//!
//! Input: the templates `parts/header.html` and `parts/footer.html`. Output: `masthead` and `colophon`, as HTML that
//! is safe to print. Not here: the page; they differ by the entry of the menu alone, so they are made once per entry (and
//! once for pages that ask themselves what is looked for) and not once per page, where a long menu would cost more than
//! the page itself.

use std::collections::BTreeMap;

use tera::{Context, Tera, Value};

use super::trouble::Fault;
use crate::model::Address;
use crate::model::pages::SEARCH;
use crate::view::{Head, SiteView, View};

/// The template of the head of the site. It sees `site`, `section`, `here` and `asks`.
const HEADER: &str = "parts/header.html";
/// The template of the foot of the site. It sees `site`.
const FOOTER: &str = "parts/footer.html";

/// Head and foot, ready to be printed.
#[derive(Debug)]
pub struct Frames {
    /// The entry of the menu below which a page stands, and whether it is that entry's own page → the head.
    mastheads: BTreeMap<(String, bool), Value>,
    /// The head on pages below no entry.
    elsewhere: Value,
    /// The head on pages that ask themselves what is looked for, the home page and the search, and where they are.
    asking: ([String; 2], Value),
    colophon: Value,
}

impl Frames {
    /// Makes them.
    ///
    /// # Errors
    /// What stopped one of the two templates.
    pub fn new(view: &View, site: &SiteView, tera: &Tera) -> Result<Self, Fault> {
        let mut mastheads = BTreeMap::new();

        for section in site.menu.iter().filter_map(|entry| entry.href.as_ref()) {
            for here in [false, true] {
                mastheads.insert((section.clone(), here), masthead(tera, Some(section), here, false)?);
            }
        }
        let elsewhere = masthead(tera, None, false, false)?;
        let asking = ([site.home.clone(), view.url(&Address::page([SEARCH]))], masthead(tera, None, false, true)?);
        Ok(Self { mastheads, elsewhere, asking, colophon: make(tera, FOOTER, &Context::new())? })
    }

    /// Puts the two of a page among what its template sees.
    pub fn around(&self, head: &Head, context: &mut Context) {
        let here = head.section.as_ref() == Some(&head.href);
        let section = head.section.as_ref().and_then(|section| self.mastheads.get(&(section.clone(), here)));
        let elsewhere = if self.asking.0.contains(&head.href) { &self.asking.1 } else { &self.elsewhere };
        context.insert_value("masthead", section.unwrap_or(elsewhere).clone());
        context.insert_value("colophon", self.colophon.clone());
    }
}

fn masthead(tera: &Tera, section: Option<&str>, here: bool, asks: bool) -> Result<Value, Fault> {
    let mut context = Context::new();
    context.insert("section", &section);
    context.insert("here", &here);
    context.insert("asks", &asks);
    make(tera, HEADER, &context)
}

fn make(tera: &Tera, template: &str, context: &Context) -> Result<Value, Fault> {
    let html = tera.render(template, context).map_err(|error| Fault::new(&error, template, "index.html"))?;
    Ok(Value::safe_string(&html))
}
