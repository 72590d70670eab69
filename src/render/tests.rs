//! The default theme on a site made by hand: every page can be made, every value that templates are given is used,
//! and a theme's mistakes come out as messages.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::sample;
use super::theme::{Theme, ThemeFile, bundled};
use super::{Renderer, page, plan, report};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Language;
use crate::model::{
    Address, Alternate, Catalogue, DataFile, Dataset, Date, Document, Entry, Fields, Origin, Output, PageMetadata,
    Reference, Route, RouteKind, Site, Text, Value,
};
use crate::query::{Answer, Filter, Index, Query, Sort, Step, answer};
use crate::source::{SourceId, Span};
use crate::view::View;

/// What templates are given.
const CONTRACT: [&str; 3] =
    [include_str!("../view/context.rs"), include_str!("../view/document.rs"), include_str!("../view/pages.rs")];

fn prepare(
    site: Site,
    own: &[ThemeFile<'_>],
    catalogue: Option<Catalogue>,
    diagnostics: &mut Diagnostics,
) -> Option<Renderer> {
    let theme = Theme::new(&site.config, own, diagnostics);
    let (language, assets) = theme.bind(&site.config, diagnostics);
    super::prepare(View::new(Arc::new(site), language, assets), &theme, catalogue, diagnostics)
}

fn renderer(site: Site) -> Renderer {
    let mut diagnostics = Diagnostics::new();
    let renderer = prepare(site, &[], None, &mut diagnostics);
    assert_eq!(diagnostics.sorted(), [], "the default theme has mistakes");
    renderer.expect("no message, so the theme is there")
}

fn html(renderer: &Renderer, route: &Route) -> String {
    match page(renderer, route, &PageMetadata::default()) {
        // A picture is no text, and is looked at elsewhere.
        Ok(Output::Bytes(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        Ok(Output::Copy { from, .. }) => from.into(),
        Err(fault) => {
            let mut diagnostics = Diagnostics::new();
            report(renderer, vec![fault], &mut diagnostics);
            panic!("{}: {:#?}", route.path, diagnostics.sorted());
        }
    }
}

fn pages(renderer: &Renderer) -> Vec<(Box<str>, String)> {
    plan(renderer).iter().map(|route| (route.path.clone(), html(renderer, route))).collect()
}

/// The messages that a site's own theme gets, for its templates and for its pages.
fn messages(files: &[(&str, &str)]) -> Vec<String> {
    let mut site = sample::site();
    site.config.theme = Some("ours".into());
    let paths: Vec<String> = files.iter().map(|(path, _)| format!("themes/ours/{path}")).collect();
    let own: Vec<ThemeFile<'_>> = (0..)
        .map(SourceId)
        .zip(files.iter().zip(&paths))
        .map(|(source, ((_, text), path))| ThemeFile { source, path, text })
        .collect();
    let mut diagnostics = Diagnostics::new();
    if let Some(renderer) = prepare(site, &own, None, &mut diagnostics) {
        let faults =
            plan(&renderer).iter().filter_map(|route| page(&renderer, route, &PageMetadata::default()).err()).collect();
        report(&renderer, faults, &mut diagnostics);
    }
    let shown = |one: Diagnostic| {
        let place = match one.span {
            Some(span) => format!("{}@{}..{}", files[span.source.0 as usize].0, span.start, span.end),
            None => one.place.unwrap_or_default().into(),
        };
        format!("{place} {}", one.title)
    };
    diagnostics.sorted().into_iter().map(shown).collect()
}

#[test]
fn every_page_can_be_made_and_has_what_every_page_needs() {
    let renderer = renderer(sample::site());
    for (path, html) in pages(&renderer) {
        if !path.ends_with(".html") {
            continue;
        }
        assert!(html.starts_with("<!doctype html>\n<html lang=\"en\""), "{path}");
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        // On a page that only leads on there is nothing to find and nothing to skip.
        let leads_on = html.contains("content=\"noindex\"");
        let stays = ["<main id=\"page-main\"", "href=\"#page-main\""];
        // What a sensitive page is about stands on it alone.
        let is_told = ["name=\"description\""].iter().filter(|_| !html.contains(" class=\"sensitive\">"));
        let stays = stays.iter().chain(is_told).filter(|_| !leads_on);
        for needed in ["<title>", "name=\"viewport\"", "<main"].iter().chain(stays) {
            assert!(html.contains(needed), "{path} has no {needed}");
        }
        for banned in ["style=\"", "<style", "<script>", "onclick", " {{", "{%", "undefined"] {
            assert!(!html.contains(banned), "{path} has {banned}");
        }
        assert!(!html.contains("<full>"), "{path} prints a title as it is");
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{path} has an id twice: {ids:?}");
        for link in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let inside = link.starts_with("/records/") || link.starts_with('#');
            assert!(inside || link.contains(':'), "{path} links to {link}");
        }
    }
}

#[test]
fn twice_the_same_bytes() {
    assert_eq!(pages(&renderer(sample::site())), pages(&renderer(sample::site())));
}

#[test]
fn routes_are_sorted_and_each_file_has_one() {
    let routes = plan(&renderer(sample::site()));
    let paths: Vec<&str> = routes.iter().map(|route| route.path.as_ref()).collect();
    assert!(paths.is_sorted_by(|a, b| a < b), "{paths:#?}");
    for path in [
        "index.html",
        "404.html",
        "a-z/index.html",
        "topics/index.html",
        "updates/index.html",
        "old/index.html",
        "calendar/index.html",
        "calendar/2026/03/index.html",
        "accessibility/index.html",
        "search/index.html",
    ] {
        assert!(paths.contains(&path), "{path}");
    }
    assert!(!paths.contains(&"old.pdf"), "a page cannot lead on from a file");
    assert!(routes.iter().any(|route| matches!(route.kind, RouteKind::Listing(_, 2))));
}

/// Rule 40: what no bundled template prints is no part of the contract.
#[test]
fn every_field_that_templates_are_given_is_used() {
    let templates: String = bundled().filter(|(path, _)| path.ends_with(".html")).map(|(_, text)| text).collect();
    let used: BTreeSet<&str> = templates
        .split('.')
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""))
        .collect();
    let contract = CONTRACT.concat().replace("#[serde(skip)]\n    pub ", "");
    let fields =
        contract.lines().filter_map(|line| line.trim().strip_prefix("pub ")).filter_map(|line| line.split_once(':'));
    let unused: Vec<&str> =
        fields.map(|(name, _)| name).filter(|name| *name != "head" && !used.contains(name)).collect();
    assert_eq!(unused, Vec::<&str>::new());
}

#[test]
fn every_string_is_used() {
    let mut code: String = bundled().map(|(_, text)| text).collect();
    for file in [
        include_str!("calendar.rs"),
        include_str!("document.rs"),
        include_str!("facts.rs"),
        include_str!("comparison.rs"),
        include_str!("editions.rs"),
        include_str!("figure.rs"),
        include_str!("head.rs"),
        include_str!("functions.rs"),
        include_str!("lists.rs"),
        include_str!("people.rs"),
        include_str!("records.rs"),
        include_str!("referred.rs"),
        include_str!("search.rs"),
        include_str!("hierarchy.rs"),
        include_str!("table.rs"),
        include_str!("statement.rs"),
        include_str!("../index/facets.rs"),
        include_str!("../assemble/editions.rs"),
        include_str!("../assemble/titles.rs"),
        include_str!("../view/asked.rs"),
        include_str!("../publish/digest_forms.rs"),
        include_str!("../view/areas.rs"),
        include_str!("../view/card.rs"),
        include_str!("../view/follow.rs"),
        include_str!("../view/links.rs"),
        include_str!("../view/lists.rs"),
        include_str!("../view/window.rs"),
        include_str!("../export/calendar.rs"),
        include_str!("../export/catalogue.rs"),
        include_str!("../export/describe.rs"),
        include_str!("../export/llms.rs"),
        include_str!("../export/feeds.rs"),
        include_str!("../export/opensearch.rs"),
        include_str!("../language/dates.rs"),
        include_str!("../language/words.rs"),
        include_str!("../language/phrases.rs"),
        include_str!("../parse/worked_out.rs"),
        include_str!("../query/motion.rs"),
        include_str!("../query/sensitive.rs"),
    ] {
        code.push_str(file);
    }
    let language = crate::language::Language::of("en");
    // Their ends are months, days of the week, what somebody did, and how a paragraph changed.
    let made = ["month", "weekday.", "people-did.", "room-did.", "edition-change.", "edition-count."];
    let keys = language.iter().map(|(key, _)| key).filter(|key| !made.iter().any(|made| key.starts_with(made)));
    let unused: Vec<&str> = keys.filter(|key| !code.contains(&format!("\"{key}\""))).collect();
    assert_eq!(unused, Vec::<&str>::new());
}

#[test]
fn the_head_of_a_page_and_the_list_of_data_lead_to_files_for_machines() {
    let files = vec![DataFile {
        title: "Table (CSV)".into(),
        media_type: "text/csv",
        address: Address::file("data/minutes.csv"),
        schema: None,
    }];
    let dataset = Dataset {
        title: "Minutes & more".into(),
        description: "Who met.".into(),
        page: Some(Address::page(["minutes"])),
        files,
        changed: Date::parse("2026-03-12"),
    };
    let catalogue = Catalogue { address: Address::file("data/catalogue.jsonld"), datasets: vec![dataset] };
    let mut diagnostics = Diagnostics::new();
    let renderer = prepare(sample::site(), &[], Some(catalogue), &mut diagnostics).expect("a theme");
    let told = PageMetadata {
        alternates: vec![Alternate { title: "A \"b\"".into(), media_type: "text/calendar", href: "/c.ics".into() }],
        search: Some("/opensearch.xml".into()),
        share: vec![("og:title", "<Open> data".into())],
        linked_data: Some(r#"{"name": "\u003c"}"#.into()),
    };
    let route = Route { path: "data/index.html".into(), kind: RouteKind::Data };
    assert!(plan(&renderer).contains(&route));
    let Ok(Output::Bytes(bytes)) = page(&renderer, &route, &told) else { panic!("the page is made") };
    let html = String::from_utf8(bytes).expect("a page is text");
    for part in [
        r#"<link rel="alternate" type="text/calendar" title="A &quot;b&quot;" href="/c.ics">"#,
        r#"type="application/opensearchdescription+xml" title="Safer &amp; Stronger" href="/opensearch.xml">"#,
        r#"<meta property="og:title" content="&lt;Open&gt; data">"#,
        r#"<script type="application/ld+json">{"name": "\u003c"}</script>"#,
        r#"<th scope="row"><a href="/records/minutes/">Minutes &amp; more</a>"#,
        r#"<time datetime="2026-03-12">12 March 2026</time>"#,
        r#"<li><a href="/records/data/minutes.csv" type="text/csv">Table (CSV)</a></li>"#,
        r#"href="/records/data/catalogue.jsonld""#,
        r#"<li><a href="/records/data/">Open data</a></li>"#,
    ] {
        assert!(html.contains(part), "no {part} in\n{html}");
    }
}

#[test]
fn a_preview_has_no_list_of_data() {
    let pages = pages(&renderer(sample::site()));
    assert!(pages.iter().all(|(path, html)| !path.starts_with("data/") && !html.contains("Open data")));
}

#[test]
fn a_site_without_anything_has_its_pages() {
    let site = sample::assemble(Arc::new(crate::kind::built_in()), Vec::new());
    let renderer = renderer(Site { home: None, ..site });
    let pages = pages(&renderer);
    assert!(pages.iter().any(|(path, html)| &**path == "index.html" && html.contains(">Safer &amp; Stronger</h1>")));
}

#[test]
fn what_is_private_or_gone_is_not_told() {
    let renderer = renderer(sample::site());
    for (path, html) in pages(&renderer) {
        if path.contains("/withdrawn/") {
            assert!(html.contains("This was withdrawn on") && html.contains("The figures were wrong"), "{path}");
        }
        if path.contains("/private/") {
            assert!(html.contains("under paragraphs 1 and 3 of Part 1 of Schedule 12A"), "{path}");
            assert!(!html.contains("not recorded"), "{path}");
        }
    }
}

#[test]
fn what_is_expected_and_absent_is_said() {
    let renderer = renderer(sample::site());
    let pages = pages(&renderer);
    let page = |wanted: &str| &pages.iter().find(|(path, _)| &**path == wanted).expect("a page").1;
    assert!(
        page("minutes/empty/index.html")
            .contains("<dt>Date of the meeting</dt><dd class=\"missing\">not recorded</dd>")
    );
    assert!(page("minutes/full/index.html").contains("<dt>Start</dt><dd>6.30pm</dd>"));
    assert!(page("bodies/empty/index.html").contains("<h2 id=\"page-group-meetings\">Meetings</h2>"));
}

#[test]
fn a_theme_takes_the_place_of_single_files() {
    let mut site = sample::site();
    site.config.theme = Some("ours".into());
    let files = [
        (
            "themes/ours/templates/base.html",
            "{% extends \"default/base.html\" %}{% block head %}<meta name=\"x\">{% endblock %}",
        ),
        ("themes/ours/templates/parts/date.html", "{% component date(of) %}<i>{{ of.text }}</i>{% endcomponent %}"),
        ("themes/ours/css/tokens.css", ":root { --paper: url(../images/icon.svg) }"),
        ("themes/ours/js/menu.js", "1"),
        ("themes/ours/strings/en.toml", "[page]\nskip = \"Jump\""),
        ("themes/other/templates/base.html", "{{"),
    ];
    let own = files.map(|(path, text)| ThemeFile { source: SourceId(0), path, text });
    let mut diagnostics = Diagnostics::new();
    let renderer = prepare(site, &own, None, &mut diagnostics);
    assert_eq!(diagnostics.sorted(), []);
    let pages = pages(&renderer.expect("a theme"));
    let home = &pages.iter().find(|(path, _)| &**path == "news/full/index.html").expect("a page").1;
    for part in ["<meta name=\"x\">", "<i>12 March 2026</i>", ">Jump</a>", "<script src=\"/records/assets/menu.", "<h2"]
    {
        assert!(home.contains(part), "{part} is not in {home}");
    }
    let style = &pages.iter().find(|(path, _)| path.starts_with("assets/site.")).expect("a style sheet").1;
    assert!(style.starts_with(":root { --paper: url(icon.") && style.contains("blockquote"), "{style}");
}

#[test]
fn a_theme_may_replace_a_template_without_its_blocks() {
    let own = "{% block main %}<h1>{{ page.title }}</h1>{% endblock %}";
    assert_eq!(messages(&[("templates/document.html", own), ("templates/base.html", own)]), Vec::<String>::new());
}

#[test]
fn every_mistake_of_a_theme_is_shown_at_once_with_its_place() {
    assert_eq!(
        messages(&[
            ("templates/a.html", "{% if %}"),
            ("templates/minutes.html", "{% extends \"document.html\" %}\n{% block text %}{{ page. }}{% endblock %}"),
            ("templates/parts/header.html", "{{ page.title | uper }} {{ doks(kind='news') }}"),
            ("templates/news.html", "{% extends \"documents.html\" %}"),
            ("templates/list.html", "{% include \"list.html\" %}"),
        ]),
        [
            "templates/a.html@6..8 The template cannot be read here: a value should stand before `%}`",
            "templates/minutes.html@55..57 The template cannot be read here: a name should stand before `}}`",
            "templates/news.html@11..27 There is no template `documents.html`",
            "templates/list.html@11..22 The template `list.html` includes or extends itself",
        ]
    );
    assert_eq!(
        messages(&[
            ("templates/minutes.html", "{% extends \"document.html\" %}{% block texts %}{% endblock %}"),
            ("templates/parts/header.html", "{{ page.title | uper }}\n{{ doks(kind='news') }} {{ <cart of={1} /> }}"),
            ("templates/parts/footer.html", "{{ __tera_context }}"),
        ]),
        [
            "templates/minutes.html@38..43 The template that this one extends has no block called `texts`",
            "templates/parts/header.html@16..20 There is no filter called `uper`",
            "templates/parts/header.html@27..44 There is no function called `doks`",
            "templates/parts/header.html@51..66 There is no component called `cart`",
            "templates/parts/footer.html@3..17 `__tera_context` prints in another order each time the site is built",
        ]
    );
}

#[test]
fn a_mistake_that_stops_many_pages_is_shown_once() {
    let mut diagnostics = Diagnostics::new();
    let mut site = sample::site();
    site.config.theme = Some("ours".into());
    let text = "{% extends \"default/news.html\" %}{% block first %}{{ page.colour }}{% endblock %}";
    let own = [ThemeFile { source: SourceId(0), path: "themes/ours/templates/news.html", text }];
    let renderer = prepare(site, &own, None, &mut diagnostics).expect("it can be read");
    let faults =
        plan(&renderer).iter().filter_map(|route| page(&renderer, route, &PageMetadata::default()).err()).collect();
    report(&renderer, faults, &mut diagnostics);
    let [diagnostic] = diagnostics.sorted().try_into().expect("one message");
    assert_eq!(&*diagnostic.title, "There is no `colour` here");
    assert_eq!(&*diagnostic.why, "The page `news/empty/index.html` cannot be made, nor can 2 others.");
    assert!(diagnostic.fix.starts_with("Known here: attachments, body, canonical, "), "{}", diagnostic.fix);
}

#[test]
fn what_templates_ask_wrongly_is_answered_in_words() {
    for (asked, said) in [
        ("docs(kind=\"minute\")", "`minute` is not a kind of document; did you mean `minutes`?"),
        ("docs(kinds=\"news\")", "`kinds` is not an argument of `docs`; did you mean `kind`?"),
        ("docs(limit=3)", "Say which documents: write kind=\"…\", or body=, topic= or about="),
        (
            "docs(kind=\"news\", order=\"new\")",
            "`new` is not a word for `order`; there are: list, newest, oldest, title, due",
        ),
        ("docs(kind=\"news\", limit=\"3\")", "`limit` must be a whole number, 0 or more"),
        ("related(name=\"meeting\", to=\"bodies/nobody\")", "`to`: there is no document `bodies/nobody`"),
        (
            "related(name=\"resolution\", to=page.id)",
            "`resolution` is not a relation of any kind; did you mean `resolutions`?",
        ),
        ("t(key=\"page.skipp\")", "`page.skipp` is not a string of the language; did you mean `page.skip`?"),
        (
            "t(key=\"list.count\")",
            "The string `list.count` has a place for `count`: write t(key=\"list.count\", count=…)",
        ),
        ("href(to=\"nowhere\")", "There is no document `nowhere`"),
        ("asset(name=\"site.cs\")", "`site.cs` is not a file of the theme; did you mean `site.css`?"),
        ("date(value=\"soon\")", "`soon` is no date: write one like 2026-03-12, 2026-03 or 2026"),
        ("next(body=page.id)", "`next` needs `kind`: write next(kind=…)"),
        ("throw(message=\"Stop\")", "Stop"),
        ("page.title + 1", "`+` requires both operands to be numbers, found `string` and `i64`"),
    ] {
        let text = format!("{{% extends \"default/news.html\" %}}{{% block first %}}{{{{ {asked} }}}}{{% endblock %}}");
        let shown = messages(&[("templates/news.html", &text)]);
        assert_eq!(shown.len(), 1, "{asked}: {shown:?}");
        assert_eq!(shown[0].split_once(' ').map(|(_, title)| title), Some(said), "{asked}");
    }
}

#[test]
fn a_page_without_end_is_stopped() {
    let text = "{% for a in range(end=5000) %}{% for b in range(end=5000) %}xxxxxxxxxx{% endfor %}{% endfor %}";
    let shown = messages(&[("templates/404.html", text)]);
    assert_eq!(shown, ["templates/404.html@0..0 A page made with this template is longer than 20 MB"]);
    let shown = messages(&[("templates/404.html", "{% component a() %}{{ <a /> }}{% endcomponent %}{{ <a /> }}")]);
    assert_eq!(shown, ["templates/404.html@0..0 A component calls itself without an end"]);
}

#[test]
fn questions_of_templates_are_answered() {
    let asked = "{% extends \"default/news.html\" %}{% block first %}\
        [{{ count(kind=\"news\") }}]\
        [{% for one in docs(kind=\"news\", order=\"title\", offset=1, limit=1) %}{{ one.title }}{% endfor %}]\
        [{% for one in docs(kind=\"minutes\", year=2026, body=\"bodies/empty\") %}{{ one.id }}{% endfor %}]\
        [{% for one in docs(about=\"pages/empty\", kind=\"news\") %}{{ one.id }}{% endfor %}]\
        [{% for one in docs(topic=\"Housing\", limit=1) %}{{ one.id }}{% endfor %}]\
        [{% for one in related(name=\"about\") %}{{ one.id }} {% endfor %}]\
        [{{ next(kind=\"minutes\", body=\"bodies/empty\") }}]\
        [{{ doc(id=\"nobody\") or \"none\" }}]\
        [{{ href(to=\"pages/empty#item-7\") }}]\
        [{{ date(value=\"2021-09\") }}]\
        [{{ docs(kind=\"news\") | group_by(attribute=\"kind.name\") | keys }}]\
        {% endblock %}";
    let mut site = sample::site();
    site.config.theme = Some("ours".into());
    let own = [ThemeFile { source: SourceId(0), path: "themes/ours/templates/news.html", text: asked }];
    let renderer = prepare(site, &own, None, &mut Diagnostics::new()).expect("a theme");
    let pages = pages(&renderer);
    let html = &pages.iter().find(|(path, _)| &**path == "news/full/index.html").expect("a page").1;
    let start = html.find("[3]").expect("the first answer");
    let answers = &html[start..start + html[start..].find("<div class=\"prose\"").expect("the text")];
    assert_eq!(
        answers.trim(),
        "[3][News &lt;full&gt;][minutes/full][news/full][actions/empty][pages/empty pages/empty ][][none]\
         [/records/empty/#item-7][September 2021][[&quot;news&quot;]]"
    );
}

#[test]
fn the_guide_names_all_that_a_template_can_use() {
    let guide = include_str!("../../themes/README.md");
    let words: BTreeSet<&str> = guide.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let contract = CONTRACT.concat().replace("#[serde(skip)]\n    pub ", "");
    let fields = contract.lines().filter_map(|line| line.trim().strip_prefix("pub "));
    let fields = fields.filter_map(|line| line.split_once(':')).map(|(name, _)| name);
    let missing: Vec<&str> = fields.filter(|name| !words.contains(name)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    for (name, _, arguments) in super::functions::FUNCTIONS {
        assert!(guide.contains(&format!("`{name}(")), "{name}");
        assert!(arguments.iter().all(|argument| guide.contains(&format!("{argument}="))), "{name}");
    }
    let templates = bundled().filter_map(|(path, _)| path.strip_prefix("templates/"));
    let kinds = crate::kind::built_in();
    let listed = |name: &str| {
        name.starts_with("parts/")
            || guide.contains(&format!("`{name}`"))
            || kinds.by_name(name.trim_end_matches(".html")).is_some()
    };
    assert_eq!(templates.filter(|name| !listed(name)).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn every_kind_has_a_template() {
    let names: BTreeSet<&str> = bundled().filter_map(|(path, _)| path.strip_prefix("templates/")).collect();
    for kind in crate::kind::built_in().list {
        assert!(names.contains(&*format!("{}.html", kind.name)), "{}", kind.name);
    }
}

/// Three meetings of one body and one of another, on both sides of 12 March 2026.
fn meetings() -> Site {
    let kinds = Arc::new(crate::kind::built_in());
    let minutes = kinds.by_name("minutes").expect("a kind");
    let body = kinds.by_name("body").expect("a kind");
    let meeting = |name: &str, date: &str, of: &str| {
        let entry = |name: &str, value| Entry {
            name: name.into(),
            value,
            span: Span::whole(SourceId(0)),
            origin: Origin::Typed,
        };
        let reference = Reference { id: format!("bodies/{of}").into(), anchor: None };
        let date = Value::Date(Date::parse(date).expect("a date"));
        let fields = Fields(vec![entry("date", date), entry("body", Value::Reference(reference))]);
        let meeting = sample::document(&kinds, minutes, name, fields, Text::default());
        let address = Address::page(["minutes", "of", of, name]);
        Document { address, ..meeting }
    };
    let board = |name| sample::document(&kinds, body, name, Fields::default(), Text::default());
    let mut documents = vec![
        board("empty"),
        board("other"),
        meeting("a", "2025-06-01", "empty"),
        meeting("b", "2026-03-12", "empty"),
        meeting("c", "2026-09-01", "empty"),
        meeting("d", "2026-04-01", "other"),
        meeting("e", "2024", "empty"),
    ];
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    sample::assemble(kinds, documents)
}

#[test]
fn questions_about_days_are_answered_by_days() {
    let site = meetings();
    let language = Language::of("en");
    let index = Index::new(&site, &language);
    let ask = |query: &Query| answer(&site, &index, &language, query);
    let ids =
        |answer: Answer| -> Vec<&str> { answer.documents().into_iter().map(|id| &*site.document(id).id).collect() };
    let next = |body: Option<&str>| ids(ask(&Query::Next { kind: "minutes".into(), body: body.map(Into::into) }));
    assert_eq!(next(None), ["minutes/b"]);
    assert_eq!(next(Some("bodies/other")), ["minutes/d"]);
    assert_eq!(next(Some("bodies/nobody")), Vec::<&str>::new());
    let of_board = |order, limit| {
        let body = Some("bodies/empty".into());
        ids(ask(&Query::Documents(Filter { body, order, limit, ..Filter::default() })))
    };
    assert_eq!(of_board(Sort::Newest, None), ["minutes/c", "minutes/b", "minutes/a", "minutes/e"]);
    assert_eq!(of_board(Sort::Oldest, Some(2)), ["minutes/e", "minutes/a"]);
    let year = Filter { kind: Some("minutes".into()), year: Some(2026), offset: 1, ..Filter::default() };
    assert_eq!(ask(&Query::Count(year.clone())), Answer::Count(3));
    assert_eq!(ids(ask(&Query::Documents(year))).len(), 2);
    let find = |id: &str| site.find(id);
    assert_eq!(ask(&Query::Neighbours("minutes/b".into())), Answer::Neighbours(find("minutes/a"), find("minutes/c")));
    assert_eq!(ask(&Query::Neighbours("minutes/d".into())), Answer::Neighbours(None, None));
    let trail = ask(&Query::Trail("/minutes/of/empty/b/".into()));
    let Answer::Trail(steps) = trail else { panic!("{trail:?}") };
    assert!(matches!(steps.as_slice(), [Step::Home, Step::Listing(_), Step::Listing(_)]), "{steps:?}");
    let related = Query::Related { document: "bodies/other".into(), name: "meetings".into() };
    assert!(matches!(ask(&related), Answer::Ends(ends) if ends.len() == 1));
}

#[test]
fn a_meeting_knows_its_neighbours_and_its_body_the_next_one() {
    let pages = pages(&renderer(Site { home: None, ..meetings() }));
    let page = |wanted: &str| &pages.iter().find(|(path, _)| &**path == wanted).expect("a page").1;
    let second = page("minutes/of/empty/b/index.html");
    assert!(second.contains("rel=\"prev\" href=\"/records/minutes/of/empty/a/\""));
    assert!(second.contains("rel=\"next\" href=\"/records/minutes/of/empty/c/\""));
    let body = page("bodies/other/index.html");
    assert!(
        body.contains("Next meeting") && body.contains("<strong><time datetime=\"2026-04-01\">1 April 2026</time>")
    );
}

#[test]
fn a_preview_says_what_is_not_public() {
    let mut site = sample::site();
    site.audience = crate::model::Audience::Preview;
    site.documents.iter_mut().for_each(|document| document.private = Some(crate::model::Why::Draft));
    let pages = pages(&renderer(site));
    let html = &pages.iter().find(|(path, _)| &**path == "news/full/index.html").expect("a page").1;
    assert!(html.contains("Preview: this may hold") && html.contains("Draft: nothing of this is public."));
}

#[test]
fn a_kind_may_be_called_as_another_page() {
    let mut site = sample::site();
    let kinds = Arc::get_mut(&mut site.kinds).expect("the only one");
    let kind = kinds.list.iter_mut().find(|kind| kind.name == "initiative").expect("a kind");
    kind.name = "list".into();
    assert!(pages(&renderer(site)).len() > 50);
}
