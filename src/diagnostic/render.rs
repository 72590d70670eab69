//! What `render` says to the maker of a theme. Every one stops the build: a page that cannot be made is missing.

use super::{Diagnostics, meant, nearest, quoted};
use crate::language::Wrong;
use crate::source::Span;

const BROKEN: &str = "broken-template";
const NO_PAGES: &str = "No page can be made with this theme until it is mended.";

impl Diagnostics {
    /// The site names a theme that has no folder.
    pub fn no_theme(&mut self, name: &str) {
        let title = format!("The site asks for the theme “{name}”, and there is no folder `themes/{name}`");
        let why = "The pages would not look as they are meant to.";
        let fix = format!(
            "Make the folder `themes/{name}`, or take the line `theme = \"{name}\"` out of `content/site.toml`."
        );
        let added = self.add("broken-config", None, title, why, fix);
        added.place = Some("content/site.toml".into());
    }

    /// The settings name a set of colours that the theme does not have.
    pub fn no_preset(&mut self, span: Span, typed: &str, names: &[&str]) {
        let fix = match nearest(typed, names.iter().copied()) {
            Some(near) => format!("Did you mean `preset = \"{near}\"`?"),
            None if names.is_empty() => {
                "Take the line out; colours can be named one by one: `link = \"#0b5260\"`".to_owned()
            }
            None => format!("Use one of: {}. Or take the line out, for the colours of the theme.", names.join(", ")),
        };
        let why = "The pages have the colours of the theme until this is mended.";
        self.add("unknown-setting", span, format!("The theme has no colours called `{typed}`"), why, fix);
    }

    /// A colour of the site cannot be read on its pages. `values`: the one in its place, and the paper.
    pub fn faint_colour(
        &mut self,
        span: Span,
        (name, typed): (&str, &str),
        [instead, paper]: [String; 2],
        contrast: f64,
        needed: f64,
    ) {
        // Cut, not rounded: 4.46 is not "4.5 to 1" yet.
        let contrast = (contrast * 10.0).floor() / 10.0;
        let title = format!("`{typed}` is too faint for `{name}`: the page uses `{instead}`");
        let why = format!(
            "Readers with weak eyes, or in the sun, need a contrast of {needed} to 1 (WCAG 2.2 AA); on the page, \
             `{paper}`, this colour has {contrast} to 1."
        );
        let fix = format!("Write the nearest shade that can be read, `{name} = \"{instead}\"`, or another colour.");
        self.add("faint-colour", span, title, why, fix);
    }

    /// A theme's file of strings has something that does not fit.
    pub fn theme_string(&mut self, span: Option<Span>, place: &str, wrong: &Wrong) {
        let (title, fix) = match wrong {
            Wrong::Grammar(said) => (
                format!("This file of strings cannot be read: {said}"),
                "Each line is a key and a text in quotes: `past = \"Earlier\"`, below its heading in brackets: \
                 `[list]`."
                    .to_owned(),
            ),
            Wrong::Unknown(key, nearest) => (
                format!("No page has a string called `{key}`"),
                match nearest {
                    Some(nearest) => format!("Did you mean `{nearest}`?"),
                    None => "Take the line out, or give it the key of the string that it should replace.".to_owned(),
                },
            ),
            Wrong::NoText(key) => (
                format!("The string `{key}` is no text"),
                "Write a text in quotes, or for a number of things: `{ one = \"{count} paper\", other = \"{count} \
                 papers\" }`."
                    .to_owned(),
            ),
            Wrong::Place(key, name) => (
                format!("The string `{key}` has no place called `{{{name}}}`"),
                "Use the places of the text that it replaces, with their names in braces.".to_owned(),
            ),
        };
        self.broken(span, place, title, "The pages would show other words than they are meant to.", fix);
    }

    /// A template does not follow the grammar.
    pub fn template_syntax(&mut self, span: Option<Span>, place: &str, said: &str) {
        let fix = if said.starts_with("the file ends") || said.starts_with("Unclosed") {
            "Something that was opened is not closed: look for a missing `{% endif %}`, `{% endfor %}`, `{% endblock \
             %}`, `}}` or `%}`."
        } else {
            "Compare the line with the forms in the guide for theme makers: `{{ page.title }}` prints a value, `{% if \
             … %} … {% endif %}` and `{% for … in … %} … {% endfor %}` stand around others."
        };
        self.broken(span, place, format!("The template cannot be read here: {}", one_sentence(said)), NO_PAGES, fix);
    }

    /// A template calls something that is not there. `what` is "function", "filter", "test" or "component".
    pub fn template_name(&mut self, span: Option<Span>, place: &str, what: &str, name: &str, nearest: Option<&str>) {
        let fix = meant(nearest, format!("Take it out, or write a {what} that is in the guide for theme makers."));
        self.broken(span, place, format!("There is no {what} called `{name}`"), NO_PAGES, fix);
    }

    /// A template extends or includes one that is not there.
    pub fn template_missing(&mut self, span: Option<Span>, place: &str, name: &str, nearest: Option<&str>) {
        let fix =
            meant(nearest, format!("Make the file `{name}` in the theme's folder `templates`, or take the line out."));
        self.broken(span, place, format!("There is no template `{name}`"), NO_PAGES, fix);
    }

    /// Templates extend or include one another in a circle.
    pub fn template_circle(&mut self, span: Option<Span>, place: &str, chain: &[String]) {
        let title = match chain {
            [name, _] => format!("The template `{name}` includes or extends itself"),
            [first, rest @ ..] => {
                format!("The template `{first}` comes back to itself through {}", quoted(&rest[..rest.len() - 1]))
            }
            [] => "Templates include one another in a circle".to_owned(),
        };
        let why = "A page made from it would have no end.";
        let fix = "Take one of the lines out. To change a template of the default theme and keep the rest of it, name \
                   it with its folder: `{% extends \"default/base.html\" %}`.";
        self.broken(span, place, title, why, fix);
    }

    /// A chain of templates that include or extend one another is too long.
    pub fn template_chain(&mut self, span: Option<Span>, place: &str, limit: usize) {
        let title = format!("More than {limit} templates include or extend one another in a row");
        self.broken(span, place, title, NO_PAGES, "Bring some of them together in one file.");
    }

    /// A block is not in the template that this one extends.
    pub fn template_block(&mut self, span: Option<Span>, place: &str, block: &str) {
        let title = format!("The template that this one extends has no block called `{block}`");
        let fix = format!("Give the block a name that it has, or add `{{% block {block} %}}{{% endblock %}}` there.");
        self.broken(span, place, title, "What stands in the block would be shown nowhere.", fix);
    }

    /// Two templates define a component with the same name.
    pub fn component_twice(&mut self, span: Option<Span>, place: &str, component: &str, other: &str) {
        let title = format!("The component `{component}` is defined here and in `{other}`");
        self.broken(span, place, title, NO_PAGES, "Rename one of the two.");
    }

    /// A template prints everything that it is given.
    pub fn template_dump(&mut self, span: Option<Span>, place: &str) {
        let title = "`__tera_context` prints in another order each time the site is built";
        let why = "Two builds of the same texts must be the same, byte for byte.";
        self.broken(span, place, title, why, "Take it out; the guide for theme makers lists every value.");
    }

    /// A kind asks for a template that the theme does not have.
    pub fn no_kind_template(&mut self, kind: &str, template: &str) {
        let title = format!("Pages of the kind “{kind}” ask for the template `{template}`, and the theme has none");
        let why = "No page of this kind can be made.";
        let fix = format!(
            "Make the file `{template}` in the theme's folder `templates`, or take `template` out of the kind's file."
        );
        let added = self.add(BROKEN, None, title, why, fix);
        added.place = Some(format!("templates/{template}").into());
    }

    /// A template names a value that is not there.
    #[expect(clippy::too_many_arguments, reason = "each is a part of the sentence")]
    pub fn template_value(
        &mut self,
        span: Option<Span>,
        place: &str,
        name: &str,
        known: &[&str],
        nearest: Option<&str>,
        page: &str,
        more: usize,
    ) {
        let meant = nearest.map(|nearest| format!("Did you mean `{nearest}`? ")).unwrap_or_default();
        let fix = if known.is_empty() {
            format!("{meant}Ask first whether it is there: `{{% if … %}}`.")
        } else {
            format!("{meant}Known here: {}.", known.join(", "))
        };
        self.broken(span, place, format!("There is no `{name}` here"), pages(page, more), fix);
    }

    /// A template stops a page for another reason.
    pub fn template_failed(&mut self, span: Option<Span>, place: &str, said: &str, page: &str, more: usize) {
        let fix = "Mend the line; the guide for theme makers says which values and functions there are.";
        self.broken(span, place, one_sentence(said), pages(page, more), fix);
    }

    /// A page grows without end.
    pub fn page_too_long(&mut self, span: Option<Span>, place: &str, page: &str, more: usize) {
        let fix = "Look for a loop inside a loop, or give the list a `limit`.";
        self.broken(span, place, "A page made with this template is longer than 20 MB", pages(page, more), fix);
    }

    fn broken(
        &mut self,
        span: Option<Span>,
        place: &str,
        title: impl Into<String>,
        why: impl Into<String>,
        fix: impl Into<String>,
    ) {
        self.add(BROKEN, span, title, why, fix).place = span.is_none().then(|| place.into());
    }
}

fn pages(first: &str, more: usize) -> String {
    match more {
        0 => format!("The page `{first}` cannot be made."),
        1 => format!("The page `{first}` cannot be made, nor can another one."),
        more => format!("The page `{first}` cannot be made, nor can {more} others."),
    }
}

fn one_sentence(said: &str) -> String {
    said.trim().trim_end_matches('.').to_owned()
}
