//! The templates of a theme, read and bound together.
//!
//! Input: a theme and the functions that templates may call. Output: an engine that can make pages, or a message for
//! every mistake there is. Not here: pages.
//!
//! Each bundled template is known as `default/<name>`, and as `<name>` while the site has no own one of that name: so
//! `{% extends "default/base.html" %}` in a site's own `base.html` changes a block and keeps the rest.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::functions::{self, FUNCTIONS};
use super::graph::{self, BUNDLED};
use super::theme::{Theme, bundled};
use super::trouble::Templates;
use crate::diagnostic::Diagnostics;
use crate::view::View;

/// Tera's own filters, for "did you mean".
const FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// The templates of a theme by the names under which Tera is given them.
#[must_use]
pub fn gather(theme: &Theme<'_>) -> Templates {
    let mut texts = BTreeMap::new();
    let mut sources = BTreeMap::new();
    for (path, text) in bundled() {
        if let Some(name) = path.strip_prefix("templates/").filter(|name| name.ends_with(".html")) {
            texts.insert(format!("{BUNDLED}{name}"), text.to_owned());
        }
    }
    for (name, file) in theme.folder("templates").filter(|(name, _)| name.ends_with(".html")) {
        if let Some(source) = file.source {
            texts.insert(name.to_owned(), file.text.to_owned());
            sources.insert(name.to_owned(), source);
        }
    }
    Templates { theme: theme.name.clone(), texts, sources }
}

/// Binds templates together. `None` if that cannot be done; messages say why.
#[must_use]
pub fn bind(templates: &Templates, view: &Arc<View>, diagnostics: &mut Diagnostics) -> Option<Tera> {
    let mut tera = Tera::new();
    functions::register(&mut tera, view);
    tera.set_fallback_prefixes([BUNDLED]).unwrap_or_else(|error| unreachable!("no template was added yet: {error}"));
    let before = diagnostics.len();
    let knots = graph::knots(&templates.texts);
    knots.iter().for_each(|knot| templates.knot(knot, diagnostics));
    templates.dumps(diagnostics);
    // A chain that has no end is never given to Tera whole.
    let texts = if knots.is_empty() { adapted(&templates.texts) } else { BTreeMap::new() };
    let Err(error) = tera.add_raw_templates(&texts) else {
        if knots.is_empty() && diagnostics.len() == before {
            return Some(tera);
        }
        unreadable(templates, &tera, diagnostics);
        return None;
    };
    let broken = unreadable(templates, &tera, diagnostics);
    if broken.is_empty() {
        templates.bound(&error.to_string(), &names(), diagnostics);
        return None;
    }
    // The others may have mistakes too; that they miss what the broken ones hold is none.
    let others = texts.iter().filter(|(name, _)| !broken.contains(name));
    if let Err(error) = tera.add_raw_templates(others) {
        let said = error.to_string();
        let lacking = |block: &&str| !block.contains("Unknown template") && !block.contains("Unknown component");
        let kept: Vec<&str> = said.split("\n\n").filter(lacking).filter(|block| block.contains("--> ")).collect();
        if !kept.is_empty() {
            templates.bound(&kept.join("\n\n"), &names(), diagnostics);
        }
    }
    None
}

/// The bundled templates as they fit those that a site put in the place of others.
fn adapted(texts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let adapt = |name: &String| (name.clone(), graph::without_lost_blocks(texts, name));
    texts.keys().map(adapt).collect()
}

/// Reads each template alone, because Tera stops at the first that it cannot read. Returns the names of those that cannot be read.
fn unreadable<'names>(templates: &'names Templates, tera: &Tera, diagnostics: &mut Diagnostics) -> Vec<&'names String> {
    let mut broken = Vec::new();
    for (name, text) in &templates.texts {
        let alone = tera.clone().add_raw_template(name, text);
        if let Err(ErrorKind::SyntaxError(report)) = alone.as_ref().map_err(tera::Error::kind) {
            templates.syntax(report, diagnostics);
            broken.push(name);
        }
    }
    broken
}

/// What a template may name: our functions, Tera's two, and the filters.
fn names() -> Vec<&'static str> {
    FUNCTIONS.iter().map(|(name, ..)| *name).chain(["range", "throw"]).chain(FILTERS.iter().copied()).collect()
}
