//! Which template extends or includes which: read off the texts, so that every mistake among them can be shown with
//! its line. Tera stops at the first one and gives no place; a template that includes itself must never run.
//!
//! Enters: names and texts. Leaves: [`Knot`]s. Absent: what a template does otherwise.

use std::collections::BTreeMap;
use std::ops::Range;

/// Longest chain of templates that extend or include one another: each takes a frame of the machine's stack.
const LONGEST_CHAIN: usize = 24;

/// Templates inside the program have this before their names, so that a site's own can stand in front of them.
pub const BUNDLED: &str = "default/";

/// One `{% extends "…" %}` or `{% include "…" %}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Whether it is `extends`.
    pub extends: bool,
    /// The name in quotes.
    pub name: String,
    /// Where the name stands, with its quotes.
    pub range: Range<usize>,
}

/// A mistake among templates: in which one, where, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knot {
    /// The template.
    pub template: String,
    /// Where in it.
    pub range: Range<usize>,
    /// What is wrong.
    pub what: Tangle,
}

/// What is wrong among templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tangle {
    /// There is no template with this name.
    Missing(String),
    /// The chain comes back to where it began.
    Circle(Vec<String>),
    /// More templates than [`LONGEST_CHAIN`] hang on one another.
    Deep(usize),
}

/// Every mistake among `templates`, by name and place.
#[must_use]
pub fn knots(templates: &BTreeMap<String, String>) -> Vec<Knot> {
    let references: BTreeMap<&str, Vec<Reference>> =
        templates.iter().map(|(name, text)| (name.as_str(), references(text))).collect();
    let mut knots = Vec::new();
    for (template, list) in &references {
        for reference in list.iter().filter(|reference| resolve(templates, &reference.name).is_none()) {
            let what = Tangle::Missing(reference.name.clone());
            knots.push(Knot { template: (*template).to_owned(), range: reference.range.clone(), what });
        }
    }
    for extends in [true, false] {
        let mut walk = Walk { templates, references: &references, extends, depths: BTreeMap::new(), knots: Vec::new() };
        for template in references.keys() {
            walk.depth(template, &mut Vec::new());
        }
        knots.extend(walk.knots);
    }
    knots
}

/// The template that `name` means: the site's own, else the one inside the program.
#[must_use]
pub fn resolve<'names>(templates: &'names BTreeMap<String, String>, name: &str) -> Option<&'names str> {
    let exact = templates.get_key_value(name);
    exact.or_else(|| templates.get_key_value(&format!("{BUNDLED}{name}"))).map(|(name, _)| name.as_str())
}

struct Walk<'all> {
    templates: &'all BTreeMap<String, String>,
    references: &'all BTreeMap<&'all str, Vec<Reference>>,
    extends: bool,
    /// How long the chain below a template is; known templates are not walked again.
    depths: BTreeMap<&'all str, usize>,
    knots: Vec<Knot>,
}

impl<'all> Walk<'all> {
    fn depth(&mut self, template: &'all str, above: &mut Vec<(&'all str, &'all Reference)>) -> usize {
        if let Some(depth) = self.depths.get(template) {
            return *depth;
        }
        // A chain that is too long is named once; what hangs below it is walked from its own name.
        if above.len() > LONGEST_CHAIN {
            return 0;
        }
        let mut depth = 0;
        let (references, extends) = (&self.references[template], self.extends);
        for reference in references.iter().filter(|reference| reference.extends == extends) {
            let Some(next) = resolve(self.templates, &reference.name) else { continue };
            above.push((template, reference));
            match above.iter().position(|(name, _)| *name == next) {
                Some(start) => self.circle(&above[start..]),
                None => depth = depth.max(1 + self.depth(next, above)),
            }
            above.pop();
        }
        if depth == LONGEST_CHAIN + 1
            && let Some(first) = references.iter().find(|one| one.extends == extends)
        {
            let what = Tangle::Deep(LONGEST_CHAIN);
            self.knots.push(Knot { template: template.to_owned(), range: first.range.clone(), what });
        }
        self.depths.insert(template, depth);
        depth
    }

    /// A circle is shown where the site's own theme closes it.
    fn circle(&mut self, around: &[(&str, &Reference)]) {
        let own = around.iter().position(|(name, _)| !name.starts_with(BUNDLED)).unwrap_or(0);
        let mut chain: Vec<String> =
            (0..around.len()).map(|step| around[(own + step) % around.len()].0.to_owned()).collect();
        chain.push(chain[0].clone());
        let (template, reference) = around[own];
        let knot = Knot { template: template.to_owned(), range: reference.range.clone(), what: Tangle::Circle(chain) };
        if !self.knots.contains(&knot) {
            self.knots.push(knot);
        }
    }
}

/// The references of one template, in order. Comments and raw blocks hold none.
#[must_use]
pub fn references(text: &str) -> Vec<Reference> {
    let mut references = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("{%").map(|open| at + open) {
        if let Some(comment) = text[at..open].find("{#").map(|comment| at + comment) {
            match text[comment..].find("#}") {
                Some(close) => at = comment + close + 2,
                None => break,
            }
            continue;
        }
        let inside = open + 2 + usize::from(text[open + 2..].starts_with('-'));
        at = inside;
        let (word, rest) = word(text, inside);
        match word {
            "raw" => at = text[at..].find("endraw").map_or(text.len(), |end| at + end + 6),
            "extends" | "include" => {
                if let Some(range) = quoted(text, rest) {
                    at = range.end;
                    let name = text[range.start + 1..range.end - 1].to_owned();
                    references.push(Reference { extends: word == "extends", name, range });
                }
            }
            _ => {}
        }
    }
    references
}

/// The word behind spaces, and where what follows it begins.
fn word(text: &str, from: usize) -> (&str, usize) {
    let start = from + (text[from..].len() - text[from..].trim_start().len());
    let length = text[start..].find(|character: char| !character.is_ascii_alphabetic()).unwrap_or(text.len() - start);
    (&text[start..start + length], start + length)
}

fn quoted(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + (text[from..].len() - text[from..].trim_start().len());
    let quote = text[start..].chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    let length = text[start + 1..].find(quote)?;
    Some(start..start + length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(templates: &[(&str, &str)]) -> Vec<String> {
        let templates = templates.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        knots(&templates)
            .into_iter()
            .map(|knot| format!("{} {:?} {:?}", knot.template, knot.range, knot.what))
            .collect()
    }

    #[test]
    fn references_are_found_and_comments_passed_over() {
        let text = "{# {% include 'no' %} #}{% raw %}{% include 'no' %}{% endraw %}{%- include \"a.html\" -%}";
        let found: Vec<_> = references(text).into_iter().map(|one| (one.extends, one.name)).collect();
        assert_eq!(found, [(false, "a.html".to_owned())]);
        assert_eq!(references("{% extends 'base.html' %}")[0].range, 11..22);
        assert!(references("{% include ").is_empty() && references("{# {% include 'x' %}").is_empty());
    }

    #[test]
    fn circles_are_found_wherever_they_begin() {
        assert_eq!(
            shown(&[("a", "{% include 'b' %}"), ("b", "{% include 'a' %}"), ("c", "{% include 'c' %}")]),
            [r#"a 11..14 Circle(["a", "b", "a"])"#, r#"c 11..14 Circle(["c", "c"])"#]
        );
        // The one inside the program is not to blame.
        assert_eq!(
            shown(&[
                ("base.html", "{% extends 'document.html' %}"),
                ("default/document.html", "{% extends 'base.html' %}")
            ]),
            [r#"base.html 11..26 Circle(["base.html", "default/document.html", "base.html"])"#]
        );
    }

    #[test]
    fn a_name_means_the_sites_own_template_first() {
        assert_eq!(shown(&[("default/a", "{% include 'b' %}"), ("default/b", "")]), Vec::<String>::new());
        assert_eq!(shown(&[("a", "{% extends 'default/a' %}"), ("default/a", "")]), Vec::<String>::new());
        assert_eq!(shown(&[("a", "{% include 'b' %}")]), [r#"a 11..14 Missing("b")"#]);
    }

    #[test]
    fn a_chain_may_not_be_endless() {
        let templates: Vec<(String, String)> =
            (0..400).map(|at| (format!("t{at:03}"), format!("{{% include 't{:03}' %}}", at + 1))).collect();
        let mut templates: Vec<(&str, &str)> = templates.iter().map(|(name, text)| (&**name, &**text)).collect();
        templates.push(("t400", ""));
        assert!(shown(&templates).iter().any(|knot| knot.contains("Deep")));
    }
}
