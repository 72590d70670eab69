//! What must hold for every site: on the sample in `content/`, on the cases of `tests/sites/`, and on sites that a
//! generator makes up. `FOLKMOOT_LONG=1` (`./tests/run --long`) tries many more of them.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use folkmoot::Options;
use folkmoot::compose::{self, Dialect};
use folkmoot::diagnostic::{Diagnostics, Severity};
use folkmoot::model::{Audience, Cause, PlanGroup, PlanTime, Text};
use folkmoot::recognise::{RecordWords, TextRules};
use folkmoot::source::{SourceId, Sources};

use crate::cases;
use crate::generate::{self, Random};
use crate::gold::Gold;
use crate::memory::{Built, build, look, options, sources, through_the_disk};
use crate::page::{Page, landing};

#[test]
fn every_link_of_the_sample_lands() {
    assert_links_land("the sample", &build(&sources(sample()), &options()));
}

#[test]
fn every_link_of_a_made_up_site_lands() {
    for seed in seeds(3) {
        let made = generate::site(seed, 60);
        assert_links_land(&format!("seed {seed}"), &build(&sources(made.files), &options()));
    }
}

#[test]
fn every_link_of_every_case_lands() {
    // The one is about a theme whose links do not land, the other about what is made for the public alone.
    let not_there = ["check/broken-link", "links/own-pages-in-a-preview"];
    for (name, path) in cases::all().into_iter().filter(|(name, _)| !not_there.contains(&name.as_str())) {
        let case = cases::read(&path);
        let (_, built) = cases::build(&case);
        if built.errors() == 0 {
            assert_links_land(&name, &built);
        }
    }
}

#[test]
fn recognition_loses_no_place_and_no_word_and_gives_no_place_twice() {
    let kinds = folkmoot::kind::built_in();
    for (name, text) in texts_of_meetings() {
        let read = |plain| {
            let rules = TextRules {
                heading_kind: kinds.by_name("item"),
                numbers_paragraphs: true,
                decides: true,
                records: Some(RecordWords(&kinds)),
                plain,
                ..TextRules::default()
            };
            let dialect = Dialect { title_from_heading: true, rules, place: "board", ..Dialect::default() };
            compose::read(&text, SourceId(0), 0, &dialect, &mut Diagnostics::new()).text
        };
        let (typed, recognised) = (read(true), read(false));
        let ids = |text: &Text| text.anchors.iter().map(|anchor| anchor.id.clone()).collect::<BTreeSet<_>>();
        let gone: Vec<_> = ids(&typed).difference(&ids(&recognised)).cloned().collect();
        assert!(gone.is_empty(), "{name}: {gone:?} land no more in\n{text}");
        assert_eq!(ids(&recognised).len(), recognised.anchors.len(), "{name}: two places have one name in\n{text}");
        let letters = |text: &Text| text.words.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
        assert_eq!(letters(&typed), letters(&recognised), "{name}: other words in\n{text}");
    }
}

/// Texts with what recognition looks for: those of the cases, those in the forms of clerks, and mixtures of the latter.
fn texts_of_meetings() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for (name, path) in cases::all() {
        let case = cases::read(&path);
        let files = case.inputs().filter(|(file, _)| file.ends_with(".md"));
        let readable = files.filter_map(|(_, bytes)| String::from_utf8(bytes).ok());
        texts.extend(readable.map(|text| (name.clone(), text)));
    }
    let clerks = Gold::all();
    let blocks: Vec<&str> = clerks.iter().flat_map(|gold| gold.text.split("\n\n")).collect();
    for seed in seeds(120) {
        texts.push((format!("seed {seed}"), generate::mixture(seed, &blocks)));
    }
    texts.extend(clerks.iter().map(|gold| (gold.name.clone(), gold.text.clone())));
    texts
}

#[test]
fn the_sample_builds_without_a_word_of_complaint() {
    let sources = sources(sample());
    let built = look(Diagnostics::new(), &sources, &options());
    let complaints: String =
        built.diagnostics.iter().map(|diagnostic| crate::memory::shown(&sources, diagnostic)).collect();
    assert!(complaints.is_empty(), "the sample is our manual; it should show no mistake:\n{complaints}");
}

#[test]
fn every_page_says_itself_what_servers_are_told_to_say_of_it() {
    let mut files = sample();
    files.push(("content/pages/moved.md".into(), b"---\naliases: [/old/]\n---\nHere.\n".to_vec()));
    let public = build(&sources(files.clone()), &options());
    let headers = String::from_utf8_lossy(&public.outputs["_headers"]).into_owned();
    let header = headers.lines().find_map(|line| line.trim().strip_prefix("Content-Security-Policy: "));
    // A browser heeds these in a header alone, or, as the last, only a server knows whether they hold.
    let in_headers_alone = ["frame-ancestors", "sandbox", "upgrade-insecure-requests"];
    let directives = header.expect("servers are told a policy").split("; ");
    let kept = directives.filter(|directive| !in_headers_alone.iter().any(|name| directive.starts_with(name)));
    let policy = kept.collect::<Vec<_>>().join("; ");
    assert!(policy.starts_with("default-src 'none'; ") && policy.contains("require-trusted-types-for"), "{policy}");

    let first = format!(
        "<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n"
    );
    let preview = build(&sources(files), &Options { audience: Audience::Preview, ..options() });
    for (name, built) in [("public", public), ("preview", preview)] {
        let pages: Vec<_> = built.outputs.iter().filter(|(path, _)| path.ends_with(".html")).collect();
        for shape in ["404.html", "index.html", "old/index.html", "search/index.html"] {
            assert!(pages.iter().any(|(path, _)| *path == shape), "{name}: no {shape}");
        }
        assert!(pages.iter().any(|(path, _)| path.starts_with("ref/")), "{name}: no page for a number");
        for (path, bytes) in pages {
            assert!(String::from_utf8_lossy(bytes).contains(&first), "{name}: {path} does not begin with {first}");
        }
    }
}

#[test]
fn two_builds_give_the_same_bytes_on_any_number_of_threads() {
    for (name, files) in [("the sample", sample()), ("made up", generate::site(11, 60).files)] {
        let sources = sources(files);
        let expected = with_threads(1, &sources);
        for threads in [1, 2, 5] {
            assert_same(&format!("{name}, {threads} threads"), &expected, &with_threads(threads, &sources));
        }
    }
}

#[test]
fn the_order_in_which_files_were_made_does_not_matter() {
    let made = generate::site(12, 60);
    let mut random = Random::new(12);
    let expected = look(Diagnostics::new(), &sources(made.files.clone()), &options());
    for _ in 0..3 {
        let mut files = made.files.clone();
        random.shuffle(&mut files);
        let (sources, said) = through_the_disk(&files);
        assert_same("shuffled", &expected, &look(said, &sources, &options()));
    }
}

#[test]
fn what_is_withheld_is_in_no_byte_of_any_output() {
    for seed in seeds(4) {
        let made = generate::site(seed, 30);
        let built = build(&sources(made.files), &options());
        assert_eq!(built.errors(), 0, "seed {seed}: {:#?}", built.diagnostics);
        assert!(!built.withheld.is_empty(), "seed {seed}: nothing was withheld");
        for (path, bytes) in &built.outputs {
            let text = String::from_utf8_lossy(bytes);
            let seen = made.canaries.iter().find(|canary| path.contains(*canary) || text.contains(*canary));
            assert!(seen.is_none(), "seed {seed}: {seen:?} is in public/{path}");
        }
    }
}

#[test]
fn no_word_of_plain_notes_is_lost() {
    for seed in seeds(60) {
        let (text, words) = generate::notes(seed);
        let files = [("content/pages/notes.md".to_owned(), text.clone().into_bytes())];
        let built = build(&sources(files), &options());
        let page = Page::read(built.page("notes/index.html"));
        let read = page.words().collect::<Vec<_>>().join(" ");
        let mut rest = read.as_str();
        for word in &words {
            let Some(at) = rest.find(word.as_str()) else {
                panic!("seed {seed}: `{word}` is lost or out of order in\n{text}\nwhich reads\n{read}");
            };
            rest = &rest[at + word.len()..];
        }
    }
}

#[test]
fn every_typed_label_is_printed_once_in_order_and_can_be_linked() {
    for seed in seeds(60) {
        let (text, labels) = generate::minutes(seed);
        let files = [("content/minutes/board/2021-09-07.md".to_owned(), text.clone().into_bytes())];
        let built = build(&sources(files), &options());
        let html = built.page("minutes/board/2021-09-07/index.html");
        let read = Page::read(html).words().collect::<Vec<_>>().join(" ");
        let mut rest = read.as_str();
        for (label, word) in &labels {
            let both = format!("{label} {word}");
            let Some(at) = rest.find(&both) else {
                panic!("seed {seed}: `{both}` is lost or out of order in\n{text}\nwhich reads\n{read}");
            };
            rest = &rest[at + both.len()..];
        }
        // The contents of the page name the headings again; nothing in the text itself is a number twice.
        let links = html.matches("<a class=\"number\" href=\"#").count();
        assert_eq!(links, labels.len(), "seed {seed}: not every label is one link in\n{text}\n{html}");
    }
}

#[test]
fn no_damage_to_a_file_stops_a_build() {
    let files = sample();
    let texts: Vec<usize> = (0..files.len()).filter(|index| is_text(&files[*index].0)).collect();
    for seed in seeds(12) {
        let mut random = Random::new(seed);
        let mut damaged = files.clone();
        for _ in 0..texts.len() / 2 {
            let (_, bytes) = &mut damaged[*random.pick(&texts)];
            *bytes = generate::damaged(&mut random, bytes);
        }
        if catch_unwind(AssertUnwindSafe(|| build(&sources(damaged.clone()), &options()))).is_err() {
            panic!("seed {seed}: the build panicked; the file that does it alone:\n{}", culprit(&files, &damaged));
        }
    }
}

/// The first damaged file with which alone the build still panics.
fn culprit(files: &[(String, Vec<u8>)], damaged: &[(String, Vec<u8>)]) -> String {
    for index in (0..files.len()).filter(|index| files[*index] != damaged[*index]) {
        let mut single = files.to_vec();
        single[index] = damaged[index].clone();
        if catch_unwind(AssertUnwindSafe(|| build(&sources(single), &options()))).is_err() {
            return format!("{}\n{}", damaged[index].0, String::from_utf8_lossy(&damaged[index].1));
        }
    }
    "none of them alone does".into()
}

fn is_text(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".toml") || path.ends_with(".csv")
}

/// `count` seeds, or twenty times as many in a long run.
#[test]
fn each_line_of_a_forward_plan_stands_once_and_in_order() {
    assert!(assert_plan_holds("the sample", &sources(sample()), &options()) > 10, "the sample has a plan");
    for seed in seeds(3) {
        assert_plan_holds(&format!("seed {seed}"), &sources(generate::site(seed, 60).files), &options());
    }
    for (name, path) in cases::all().into_iter().filter(|(name, _)| name.starts_with("plan/")) {
        let (sources, _, options) = cases::prepared(&cases::read(&path));
        assert_plan_holds(&name, &sources, &options);
    }
}

/// What is due stands in the plan once at most, and in that of its body alone; days come in order and have not passed; what was moved
/// was due on a day that has. Gives the number of lines.
fn assert_plan_holds(name: &str, sources: &Sources, options: &Options) -> usize {
    let site = folkmoot::assemble(sources, options).site;
    let (today, plan) = (site.as_at.day, &site.plan);
    let lines: Vec<_> =
        plan.groups.iter().flat_map(|group| group.entries.iter().map(move |line| (group, line))).collect();
    for comes in &plan.comes {
        let stands = lines.iter().filter(|(_, line)| line.comes == *comes).count();
        assert!(stands <= 1 || comes.cause == Cause::Standing, "{name}: {comes:?} stands {stands} times");
    }
    for (group, line) in &lines {
        assert!(plan.comes.contains(&line.comes), "{name}: nobody said {line:?}");
        assert_eq!(group.body, line.comes.body, "{name}: it is of another body");
        assert!(
            line.moved_from.is_none_or(|meeting| meeting.day < today),
            "{name}: {line:?} was moved from a day to come"
        );
    }
    let orders: Vec<_> = plan.groups.iter().map(|group| group.time.order()).collect();
    assert!(orders.is_sorted(), "{name}: {orders:?}");
    let passed = |group: &PlanGroup| matches!(group.time, PlanTime::Meeting(meeting) if meeting.day < today);
    assert!(!plan.groups.iter().any(passed), "{name}: a meeting of the plan has passed");
    lines.len()
}

pub fn seeds(count: u64) -> std::ops::Range<u64> {
    1..1 + count * if std::env::var_os("FOLKMOOT_LONG").is_some() { 20 } else { 1 }
}

/// The files of `content/`, which are the project's own sample.
pub fn sample() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    walkdir::WalkDir::new(root.join("content"))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the sample can be listed"))
        .filter(|entry| entry.file_type().is_file() && !entry.file_name().eq_ignore_ascii_case("README.md"))
        .map(|entry| {
            let path = entry.path().strip_prefix(root).expect("it was listed below the root");
            let bytes = fs::read(entry.path()).expect("the sample can be read");
            (path.to_string_lossy().replace('\\', "/"), bytes)
        })
        .collect()
}

fn with_threads(count: usize, sources: &Sources) -> Built {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("threads can be started");
    pool.install(|| build(sources, &options()))
}

fn assert_same(name: &str, expected: &Built, came: &Built) {
    let paths = |built: &Built| built.outputs.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(expected), paths(came), "{name}: other files");
    for (path, bytes) in &expected.outputs {
        assert!(came.outputs[path] == *bytes, "{name}: public/{path} differs");
    }
    assert_eq!(expected.diagnostics, came.diagnostics, "{name}: other diagnostics");
}

/// Every link inside the site leads to an output, and to a place in it; no id stands twice in a page.
fn assert_links_land(name: &str, built: &Built) {
    let pages: std::collections::BTreeMap<&str, Page> =
        built.pages().map(|(path, html)| (path, Page::read(html))).collect();
    let mut lost = Vec::new();
    for (path, page) in &pages {
        lost.extend(page.repeated_ids.iter().map(|id| format!("{path}: the id {id} stands twice")));
        for link in &page.links {
            let Some((target, anchor)) = landing(path, &built.base_path, link) else { continue };
            if !built.outputs.contains_key(&target) {
                lost.push(format!("{path}: {link} leads to no output ({target})"));
            } else if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty())
                && pages.get(target.as_str()).is_some_and(|page| !page.ids.contains(&anchor))
            {
                lost.push(format!("{path}: {link} leads to no place in {target}"));
            }
        }
    }
    lost.dedup();
    assert!(lost.is_empty(), "{name}: {} links do not land\n{}", lost.len(), lost.join("\n"));
}

/// What a site has beside its documents is planned, may be linked, stands in the sitemap and is nobody else's: four faces of
/// one table.
#[test]
fn the_sites_own_pages_are_one_table() {
    let settings = "title = \"Made up\"\nbase_url = \"https://made-up.example/below\"\npage_size = 5\n\
        [accessibility]\nprepared = \"2026-01-02\"\n";
    for seed in seeds(2) {
        let mut files = generate::site(seed, 60).files;
        files.retain(|(path, _)| path != "content/site.toml");
        let glossary = "[[term]]\nterm = \"ASB\"\nmeaning = \"Noise\"\n";
        let decision = "---\ntitle: The lamps\nnumber: 2021/14\n---\n";
        for (path, text) in [
            ("content/site.toml", settings),
            ("content/glossary.toml", glossary),
            ("content/resolutions/lamps.md", decision),
        ] {
            files.push((path.to_owned(), text.as_bytes().to_vec()));
        }
        assert_own_pages_are_one_table(&format!("seed {seed}"), files);
    }
    assert_own_pages_are_one_table("the sample", sample());
}

fn assert_own_pages_are_one_table(name: &str, files: Vec<(String, Vec<u8>)>) {
    let with = |more: Vec<(String, Vec<u8>)>| sources(files.iter().cloned().chain(more));
    let linked = "content/pages/every-own-page.md";
    // It stands there from the beginning, since one document more can make one page of a list more.
    let bare = with(vec![(linked.to_owned(), b"# All\n".to_vec())]);
    let site = folkmoot::assemble(&bare, &options()).site;
    let built = build(&bare, &options());
    let own: Vec<String> = site.own.iter().map(|(address, _)| address.as_str().to_owned()).collect();
    assert!(own.len() > 20, "{name}: {own:?}");

    // What is planned: the pages that no document and no old address accounts for.
    let others: BTreeSet<String> = (site.documents.iter().map(|document| &document.address))
        .chain(site.aliases.iter().map(|alias| &alias.address))
        .map(|address| address.output_path())
        .collect();
    let of_site = |path: &&str| *path == "index.html" || !others.contains(*path);
    let planned: BTreeSet<String> = built.pages().map(|(path, _)| path).filter(of_site).map(str::to_owned).collect();
    let expected: BTreeSet<String> = site.own.iter().map(|(address, _)| address.output_path()).collect();
    assert_eq!(planned, expected, "{name}: what is made is not what the table says");

    // What the sitemap lists.
    let base = site.config.base_url.as_deref().expect("the site has an address");
    let sitemap = String::from_utf8_lossy(&built.outputs["sitemap.xml"]);
    let listed: BTreeSet<&str> =
        sitemap.split("<loc>").skip(1).filter_map(|rest| rest.split_once("</loc>")?.0.strip_prefix(base)).collect();
    let leads_on = |address: &str| address == "/404.html" || address == "/search/" || address.starts_with("/ref/");
    for address in &own {
        assert_eq!(listed.contains(address.as_str()), !leads_on(address), "{name}: {address} and the sitemap");
    }
    let documents: BTreeSet<&str> = site.documents.iter().map(|document| document.address.as_str()).collect();
    for address in listed {
        assert!(documents.contains(address) || own.iter().any(|own| own == address), "{name}: {address} is nowhere");
    }

    // What links may lead to: each of them, each file for machines, and none that is not there. `/index.md` is the file of the home page.
    let is_attached = |path: &str| site.attachments.iter().any(|(_, address)| address.output_path() == path);
    let is_other = |path: &str| path.ends_with(".html") || path.starts_with("assets/") || path.starts_with("search/");
    let is_machine = |path: &&String| !is_other(path) && !is_attached(path);
    let machines = built.outputs.keys().filter(is_machine).map(|path| format!("/{path}"));
    let targets: Vec<String> = own
        .iter()
        .cloned()
        .chain(machines)
        .filter(|own| !["/", "/404.html", "/index.md"].contains(&own.as_str()))
        .collect();
    let links: String = targets.iter().map(|target| format!("- [x](<{target}#top>)\n")).collect();
    let text = format!("# All\n\n{links}- [nowhere](/calendar/1066/10/)\n");
    let built = build(&with(vec![(linked.to_owned(), text.into_bytes())]), &options());
    let page = Page::read(built.page("every-own-page/index.html"));
    for target in &targets {
        let href = format!("{}{target}#top", built.base_path);
        assert!(page.links.contains(&href), "{name}: the link to {target} is broken");
    }
    assert!(!page.links.iter().any(|link| link.contains("1066")), "{name}: a link leads to a month without a meeting");

    // What no author can take. A forward plan gives way.
    let gives_way = |own: &str| matches!(own, "/" | "/404.html") || own.ends_with("/plan/");
    let takers: Vec<(String, Vec<u8>)> = (own.iter().filter(|own| !gives_way(own)))
        .map(|own| (format!("content/pages{}.md", own.trim_end_matches('/')), b"Mine.\n".to_vec()))
        .collect();
    let paths: Vec<String> = takers.iter().map(|(path, _)| path.clone()).collect();
    let taken = with(takers);
    let said = folkmoot::assemble(&taken, &options()).diagnostics;
    for path in paths {
        let own = |span: &folkmoot::source::Span| taken.path(span.source) == path;
        let stopped = said.iter().any(|said| said.severity == Severity::Error && said.span.as_ref().is_some_and(own));
        assert!(stopped, "{name}: {path} takes a page of the site");
    }
}
