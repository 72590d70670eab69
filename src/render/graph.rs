//! Which template extends or includes which: read off the texts, so that every mistake among them can be shown with
//! its line. Tera stops at the first one and gives no place; a template that includes itself must never run.
//!
//! Input: names and texts. Output: [`Knot`]s. Not here: what a template does otherwise.

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

/// The references of one template, in order.
#[must_use]
pub fn references(text: &str) -> Vec<Reference> {
    let mut references = Vec::new();
    for tag in tags(text).into_iter().filter(|tag| matches!(tag.word, "extends" | "include")) {
        if let Some(range) = quoted(text, tag.rest) {
            let name = text[range.start + 1..range.end - 1].to_owned();
            references.push(Reference { extends: tag.word == "extends", name, range });
        }
    }
    references
}

/// The text of a template; of a bundled one, without the blocks that nothing above it has, because a site's own
/// template took the place of one that had them. What stands in such a block is shown nowhere; the lines keep their
/// numbers.
#[must_use]
pub fn without_lost_blocks(templates: &BTreeMap<String, String>, name: &str) -> String {
    let mut text = templates[name].clone();
    let known = blocks_above(templates, name);
    if let (true, Some(known)) = (name.starts_with(BUNDLED), known) {
        for (block, range) in blocks(&templates[name]).into_iter().rev() {
            if !known.iter().any(|known| known == block) {
                let lines = "\n".repeat(text[range.clone()].matches('\n').count());
                text.replace_range(range, &lines);
            }
        }
    }
    text
}

/// The names of the blocks that a template can fill; `None` for one that extends no other.
/// Circles are told before: each chain has an end.
fn blocks_above(templates: &BTreeMap<String, String>, name: &str) -> Option<Vec<String>> {
    let references = references(&templates[name]);
    let parent = references.iter().find(|reference| reference.extends)?;
    let parent = resolve(templates, &parent.name)?;
    let text = without_lost_blocks(templates, parent);
    let mut known = blocks_above(templates, parent).unwrap_or_default();
    known.extend(tags(&text).iter().filter(|tag| tag.word == "block").map(|tag| word(&text, tag.rest).0.to_owned()));
    Some(known)
}

/// The outermost blocks of a template whose ends repeat their names, as those of the default theme do.
fn blocks(text: &str) -> Vec<(&str, Range<usize>)> {
    let tags = tags(text);
    let mut blocks: Vec<(&str, Range<usize>)> = Vec::new();
    for (at, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.word == "block") {
        if blocks.last().is_some_and(|(_, outer)| tag.start < outer.end) {
            continue;
        }
        let (name, _) = word(text, tag.rest);
        let end = tags[at..].iter().find(|end| end.word == "endblock" && word(text, end.rest).0 == name);
        if let Some(close) = end.and_then(|end| text[end.rest..].find("%}").map(|close| end.rest + close + 2)) {
            blocks.push((name, tag.start..close));
        }
    }
    blocks
}

/// `{% word rest %}`.
struct Tag<'text> {
    start: usize,
    word: &'text str,
    rest: usize,
}

/// The tags of one template, in order. Comments and raw blocks hold none.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{%").map(|open| at + open) {
        if let Some(comment) = text[at..start].find("{#").map(|comment| at + comment) {
            match text[comment..].find("#}") {
                Some(close) => at = comment + close + 2,
                None => break,
            }
            continue;
        }
        let (word, rest) = word(text, start + 2 + usize::from(text[start + 2..].starts_with('-')));
        at = match word {
            "raw" => text[rest..].find("endraw").map_or(text.len(), |end| rest + end + 6),
            _ => rest,
        };
        tags.push(Tag { start, word, rest });
    }
    tags
}

/// The word after spaces, and where what follows it begins.
fn word(text: &str, from: usize) -> (&str, usize) {
    let start = from + (text[from..].len() - text[from..].trim_start().len());
    let ends = |character: char| !character.is_ascii_alphanumeric() && character != '_';
    let length = text[start..].find(ends).unwrap_or(text.len() - start);
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
    fn blocks_without_a_place_are_left_out() {
        let templates: BTreeMap<String, String> = [
            ("base.html", "{% block main %}{% endblock %}"),
            (
                "default/minutes.html",
                "{% extends 'base.html' %}\n{% block a_1 %}\nx{% endblock a_1 %}{% block main %}{% endblock main %}",
            ),
        ]
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into();
        assert_eq!(
            without_lost_blocks(&templates, "default/minutes.html"),
            "{% extends 'base.html' %}\n\n{% block main %}{% endblock main %}"
        );
        assert_eq!(without_lost_blocks(&templates, "base.html"), templates["base.html"]);
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
