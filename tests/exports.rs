//! Files for machines, read back by readers that no one here wrote: a feed reader, a calendar reader, a CSV reader, a
//! JSON Schema checker, a reader of linked data, an XML reader.
//!
//! Two sites: the sample in `content/`, and a small one full of words that try to break out of every format. Neither
//! the clock nor the network is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use folkmoot::diagnostic::Diagnostics;
use folkmoot::export::{self, Subject};
use folkmoot::language::Language;
use folkmoot::model::{Audience, Document, DocumentId, Published, Route, RouteKind, Site};
use folkmoot::read::read;
use folkmoot::source::Sources;
use folkmoot::{Options, assemble};
use ical::property::Property;
use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use serde_json::Value as Json;

/// A title that tries everything at once.
const TITLE: &str = "</title></script><script>alert(1)</script> ]]> \"q\" 'a' & b; c, d \\n =1 🎪 Ŵy";

/// The same, as YAML has it between single quotes.
fn title_in_yaml() -> String {
    format!("'{}'", TITLE.replace('\'', "''"))
}

/// Files for machines of one site.
struct Exported {
    site: Arc<Site>,
    files: BTreeMap<String, Vec<u8>>,
    said: Vec<String>,
}

fn export(sources: &Sources, as_at: &str) -> Exported {
    let as_at = as_at.parse().expect("the test has a time");
    let site = assemble(sources, &Options { as_at, base_url: None, audience: Audience::Public }).site;
    let mut diagnostics = Diagnostics::new();
    let language = Language::of(&site.config.language);
    let mut files = BTreeMap::new();
    for planned in export::plan(&site, &mut diagnostics) {
        let bytes = export::file(&site, &language, &planned);
        assert!(files.insert(planned.path.to_string(), bytes).is_none(), "{} is planned twice", planned.path);
    }
    let said = diagnostics.iter().map(|diagnostic| format!("{}: {}", diagnostic.code, diagnostic.title)).collect();
    Exported { site, files, said }
}

const AS_AT: &str = "2026-11-21T12:00Z";

fn in_memory(files: &[(&str, String)], attachments: &[(&str, &str)]) -> Sources {
    let owned = |(path, text): &(&str, String)| ((*path).to_owned(), text.clone().into_bytes());
    let bytes = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
    Sources::in_memory(files.iter().map(owned), attachments.iter().map(bytes))
}

/// The sample site.
fn sample() -> Exported {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (sources, _) = read(root, &root.join("public")).expect("the sample can be read");
    export(&sources, AS_AT)
}

const SETTINGS: &str = "title = \"A \\\"site\\\" </script> & ]]>\\nX-Injected: yes\"\n\
     base_url = \"https://www.example.org/below\"\n\
     description = \"=SUM(A1)\"\nlicence = \"OGL\\r\\nBEGIN:VEVENT\"\nlicence_url = \"https://www.example.org/licence\"\n";

/// The small site whose words try to break out.
fn hostile() -> Vec<(&'static str, String)> {
    let title = title_in_yaml();
    let meeting = |more: &str| {
        format!(
            "---\ntitle: {title}\nsummary: {title}\nvenue: 'Hall; {title_inner}, 2'\n{more}---\nText.\n",
            title_inner = "A, B"
        )
    };
    vec![
        ("content/site.toml", SETTINGS.to_owned()),
        ("content/bodies/board.md", format!("---\ntitle: {title}\nfrom: 2015/16\n---\nA board.\n")),
        (
            "content/minutes/board/2026-06-16.md",
            meeting(
                "time: 2.30pm\nends: '16:00'\nstatus: cancelled\ntags: ['a, b; c', '=x']\n\
                 aliases: ['/ieListDocuments.aspx?CId=136&MId=48', \"/x\\n/y /z 301?a=1\", '/plan.pdf', '/a?x=$(id)']\n",
            ),
        ),
        ("content/minutes/board/2026-12-08.md", meeting("time: after lunch\nstatus: agenda\n")),
        ("content/minutes/board/2021-09.md", meeting("date: 2021-09\nstatus: agreed\n")),
        (
            "content/priorities/asb.md",
            format!("---\ntitle: {title}\nlead: bodies/board\nreview_by: 2027-01-31\ncycles:\n  - {{from: 2015/16, to: unknown, status: continuing, reason: '=HYPERLINK(\"http://x\")'}}\n---\n"),
        ),
        ("content/news/2026-11-01-a.md", format!("---\ntitle: {title}\nsummary: '@SUM(1)'\nabout: priorities/asb\n---\n")),
        ("content/news/2026-11-02-b.md", "---\ntitle: '-5'\nsummary: \"+cmd|' /C calc'!A0\"\n---\n".to_owned()),
        ("content/news/2026-11-03-secret.md", "---\ntitle: Canaryword\ndraft: true\naliases: [/canaryword/]\n---\nCanaryword.\n".to_owned()),
        ("content/news/2026-11-04-gone.md", "---\ntitle: Gone\nwithdrawn: {on: 2026-11-05, reason: Wrong}\n---\nGonetext.\n".to_owned()),
        (
            "content/reports/contract.md",
            "---\ntitle: A contract\ndate: 2026-10-01\nexempt: {paragraphs: [3], reason: Terms, summary: A contract was let}\n---\nExemptword.\n".to_owned(),
        ),
    ]
}

fn hostile_site() -> Exported {
    export(&in_memory(&hostile(), &[]), AS_AT)
}

impl Exported {
    fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("there is no {path}: {:?}", self.files.keys()));
        std::str::from_utf8(bytes).expect("files for machines are UTF-8")
    }

    fn ending<'files>(&'files self, end: &'static str) -> impl Iterator<Item = (&'files str, &'files [u8])> {
        let files = self.files.iter().filter(move |(path, _)| path.ends_with(end));
        files.map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}

#[test]
fn a_feed_reader_reads_every_feed() {
    for exported in [sample(), hostile_site()] {
        let mut entries = 0;
        for (path, bytes) in exported.ending("feed.xml").chain(exported.ending("feed.json")) {
            let feed = feed_rs::parser::parse(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
            let ids: BTreeSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
            assert_eq!(ids.len(), feed.entries.len(), "{path}: an id stands twice");
            // Who waits for an answer, or for what is planned, follows a list that is still empty.
            let may_be_empty = path.contains("/follow-up/") || path.contains("/plan/");
            assert!(may_be_empty || !feed.entries.is_empty(), "{path}: a feed without entries is not planned");
            assert!(feed.updated.is_some() || path.ends_with("json"), "{path}: RFC 4287 wants a date");
            for entry in &feed.entries {
                let link = entry.links.first().expect("an entry leads to its page");
                assert_eq!(link.href, entry.id, "{path}: the id is the permanent address");
                assert!(link.href.starts_with(exported.site.config.base_url.as_deref().unwrap_or_default()));
                assert!(entry.updated.or(entry.published).is_some(), "{path}: {} has no date", entry.id);
            }
            entries += feed.entries.len();
        }
        assert!(entries > 10, "there are entries");
    }
}

#[test]
fn hostile_words_stay_words_in_feeds() {
    let exported = hostile_site();
    for path in
        ["feed.xml", "minutes/feed.xml", "bodies/board/feed.xml", "priorities/asb/feed.json", "minutes/feed.json"]
    {
        let feed = feed_rs::parser::parse(exported.text(path).as_bytes()).expect("it is a feed");
        assert!(!feed.title.expect("a feed has a title").content.contains('\n'));
        let titles = feed.entries.iter().filter_map(|entry| entry.title.as_ref());
        assert!(
            titles.map(|title| title.content.as_str()).any(|title| title == TITLE),
            "{path} has the title as typed"
        );
    }
    let tree = roxmltree::Document::parse(exported.text("feed.xml")).expect("it is XML");
    let names: BTreeSet<&str> = tree.descendants().map(|node| node.tag_name().name()).collect();
    assert!(!names.contains("script"), "no element came from a text");
}

#[test]
fn an_entry_is_new_only_when_a_material_change_is_noted() {
    let updated = |head: &str| {
        let text = format!("---\ntitle: A\n{head}---\n");
        let files = [("content/site.toml", SETTINGS.to_owned()), ("content/news/2026-01-01-a.md", text)];
        let exported = export(&in_memory(&files, &[]), AS_AT);
        let feed = feed_rs::parser::parse(exported.text("feed.xml").as_bytes()).expect("it is a feed");
        let entry = &feed.entries[0];
        let summary = entry.summary.as_ref().map(|summary| summary.content.clone()).unwrap_or_default();
        (entry.updated.expect("an entry has a date").to_rfc3339(), summary)
    };
    assert_eq!(updated("").0, "2026-01-01T00:00:00+00:00");
    assert_eq!(updated("summary: Reworded.\n").0, "2026-01-01T00:00:00+00:00");
    assert_eq!(updated("changes: [{on: 2026-07-02, note: A comma, minor: true}]\n").0, "2026-01-01T00:00:00+00:00");
    let (at, summary) = updated("changes: [{on: 2026-07-02, note: New figures}]\n");
    assert_eq!(at, "2026-07-01T23:00:00+00:00", "midnight of summer time");
    assert_eq!(summary, "What changed: New figures");
}

/// Events of a calendar, after its lines were looked at one by one.
fn events(path: &str, bytes: &[u8]) -> Vec<BTreeMap<String, Property>> {
    let text = std::str::from_utf8(bytes).expect("a calendar is UTF-8");
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{path}: a line has {} octets", line.len());
        assert!(!line.contains(['\n', '\r']), "{path}: a line ends too early");
    }
    let calendars: Vec<_> = ical::IcalParser::new(bytes).collect();
    assert_eq!(calendars.len(), 1, "{path}: one calendar");
    let calendar = calendars.into_iter().next().expect("one").unwrap_or_else(|error| panic!("{path}: {error}"));
    let by_name = |event: ical::parser::ical::component::IcalEvent| {
        event.properties.into_iter().map(|property| (property.name.clone(), property)).collect()
    };
    calendar.events.into_iter().map(by_name).collect()
}

fn value<'event>(event: &'event BTreeMap<String, Property>, name: &str) -> &'event str {
    event.get(name).and_then(|property| property.value.as_deref()).unwrap_or_default()
}

fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
}

#[test]
fn a_calendar_reader_reads_every_calendar() {
    for exported in [sample(), hostile_site()] {
        let all = events("calendar.ics", exported.text("calendar.ics").as_bytes());
        let all: BTreeSet<&str> = all.iter().map(|event| value(event, "UID")).collect();
        for (path, bytes) in exported.ending(".ics") {
            let events = events(path, bytes);
            assert!(!events.is_empty(), "{path}: a calendar without events is not planned");
            let ids: BTreeSet<&str> = events.iter().map(|event| value(event, "UID")).collect();
            assert_eq!(ids.len(), events.len(), "{path}: a UID stands twice");
            for event in &events {
                for name in ["UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "SEQUENCE", "URL"] {
                    assert!(!value(event, name).is_empty(), "{path}: an event has no {name}");
                }
                // A meeting to come of which only the day is known is in the calendars of the forward plan alone.
                let is_own = path.ends_with("reviews.ics") || path.ends_with("plan/calendar.ics");
                assert!(is_own || all.contains(value(event, "UID")), "{path}");
            }
        }
    }
}

#[test]
fn an_event_says_when_where_and_whether() {
    let exported = hostile_site();
    let events = events("minutes/calendar.ics", exported.text("minutes/calendar.ics").as_bytes());
    assert_eq!(events.len(), 2, "a meeting of which only the month is known has no day");
    let [held, coming] = events.as_slice() else { panic!("two") };
    assert_eq!(value(held, "UID"), "minutes/board/2026-06-16@www.example.org");
    assert_eq!((value(held, "DTSTART"), value(held, "DTEND")), ("20260616T133000Z", "20260616T150000Z"));
    assert_eq!((value(held, "STATUS"), value(held, "SEQUENCE")), ("CANCELLED", "1"));
    assert_eq!(unescaped(value(held, "LOCATION")), "Hall; A, B, 2");
    assert!(value(held, "SUMMARY").starts_with("Cancelled: "));
    // This reader takes away spaces before a fold, which the standard would keep.
    let without_spaces = |text: &str| text.replace(' ', "");
    let title = TITLE.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
    assert_eq!(without_spaces(value(coming, "SUMMARY")), without_spaces(&title));
    assert_eq!((value(coming, "DTSTART"), value(coming, "DTEND")), ("20261208", "20261209"));
    assert!(value(coming, "DESCRIPTION").ends_with("\\nafter lunch"), "words are left to people");
    assert_eq!(value(coming, "STATUS"), "CONFIRMED");
}

#[test]
fn consultations_close_and_pages_are_reviewed() {
    let exported = sample();
    let closing = events("", exported.text("consultations/calendar.ics").as_bytes());
    assert!(closing.iter().any(|event| value(event, "DTSTART") == "20261218"));
    assert!(closing.iter().all(|event| value(event, "UID").contains(".closes@")));
    let reviews = events("", exported.text("calendar/reviews.ics").as_bytes());
    assert!(reviews.iter().all(|event| value(event, "UID").contains(".review@")));
    assert!(reviews.len() > 5);
}

#[test]
fn tables_are_equally_long_and_run_nothing() {
    for exported in [sample(), hostile_site()] {
        for (path, bytes) in exported.ending(".csv") {
            let mut reader = csv::Reader::from_reader(bytes);
            let heads = reader.headers().expect("a table has a head").clone();
            let names: BTreeSet<&str> = heads.iter().collect();
            assert_eq!(names.len(), heads.len(), "{path}: a column stands twice: {heads:?}");
            for row in reader.records() {
                let row = row.unwrap_or_else(|error| panic!("{path}: {error}"));
                for cell in &row {
                    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
                    assert!(!runs, "{path}: a spreadsheet would run {cell:?}");
                }
            }
        }
    }
}

/// The rows of a table by the names of columns.
fn rows(exported: &Exported, path: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(exported.text(path).as_bytes());
    reader.deserialize().map(|row| row.expect("a row fits its head")).collect()
}

#[test]
fn cells_say_what_was_meant() {
    let exported = hostile_site();
    let news = rows(&exported, "data/news.csv");
    assert_eq!(news.iter().map(|row| row["title"].as_str()).collect::<Vec<_>>(), [TITLE, "-5"]);
    assert_eq!(news[0]["summary"], "'@SUM(1)");
    assert_eq!(news[1]["summary"], "'+cmd|' /C calc'!A0");
    assert_eq!((news[0]["about"].as_str(), news[0]["about.text"].as_str()), ("priorities/asb", TITLE));
    let cycles = rows(&exported, "data/priorities.cycles.csv");
    assert_eq!((cycles[0]["id"].as_str(), cycles[0]["row"].as_str()), ("priorities/asb", "1"));
    assert_eq!((cycles[0]["from"].as_str(), cycles[0]["from.text"].as_str()), ("2015-04-01/2016-03-31", "2015/16"));
    assert_eq!((cycles[0]["to"].as_str(), cycles[0]["to.text"].as_str()), ("", "not recorded"));
    assert_eq!(cycles[0]["status.text"], "Continuing");
    assert_eq!(cycles[0]["reason"], "'=HYPERLINK(\"http://x\")");
    let reports = rows(&exported, "data/reports.csv");
    assert_eq!((reports[0]["state"].as_str(), reports[0]["exempt.paragraphs"].as_str()), ("exempt", "3"));
    assert_eq!(reports[0]["exempt.summary"], "A contract was let");
    let minutes = rows(&exported, "data/minutes.csv");
    assert_eq!(minutes[0]["date"], "2021-09");
    assert_eq!(minutes[1]["tags"], "a, b; c; =x");
}

#[test]
fn a_contact_is_data_until_its_day() {
    let contact = |until: &str| {
        let text = format!("---\ntitle: A\ncontact: {{post: Clerk, email: clerk@example.org, until: {until}}}\n---\n");
        let files = [("content/site.toml", SETTINGS.to_owned()), ("content/news/2026-01-01-a.md", text)];
        let exported = export(&in_memory(&files, &[]), AS_AT);
        let record: Json = serde_json::from_str(exported.text("data/news.json")).expect("it is JSON");
        (
            rows(&exported, "data/news.csv")[0]["contact.email"].clone(),
            record["documents"][0]["fields"]["contact"].clone(),
        )
    };
    assert_eq!(contact("2026-11-21").0, "clerk@example.org");
    assert_eq!(contact("2026-11-20"), (String::new(), Json::Null));
}

#[test]
fn records_are_what_their_schema_says() {
    for exported in [sample(), hostile_site()] {
        let mut seen = 0;
        for (path, bytes) in exported.ending(".schema.json") {
            let schema: Json = serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
            let of = |other: &str| {
                let below = path.replace(".schema.json", "/");
                other == path.replace(".schema.json", ".json") || other.starts_with(&below)
            };
            let described: Vec<Json> = exported
                .ending(".json")
                .filter(|(other, _)| of(other))
                .map(|(other, bytes)| serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{other}: {error}")))
                .collect();
            assert!(!described.is_empty(), "{path} describes nothing");
            let address = schema["$id"].as_str().expect("a schema has an address").to_owned();
            described.iter().for_each(|records| assert_eq!(records["schema"], schema["$id"]));
            let mut schemas = boon::Schemas::new();
            let mut compiler = boon::Compiler::new();
            compiler.enable_format_assertions();
            compiler.add_resource(&address, schema).expect("the schema is one");
            let index = compiler.compile(&address, &mut schemas).unwrap_or_else(|error| panic!("{path}: {error:#}"));
            for records in &described {
                schemas.validate(records, index).unwrap_or_else(|error| panic!("{path}: {error:#}"));
            }
            // What is worked out of all documents is of no kind of document.
            let worked_out = [
                "data/editions.schema.json",
                "data/forward-plan.schema.json",
                "data/paragraphs.schema.json",
                "data/people.attendance.schema.json",
                "data/popolo.schema.json",
            ];
            if worked_out.contains(&path) {
                continue;
            }
            let documents = described[0]["documents"].as_array().expect("documents are a list").len();
            let table = rows(&exported, &path.replace(".schema.json", ".csv")).len();
            assert_eq!(documents, table, "{path}: records and rows");
            seen += documents;
        }
        // An earlier edition is in no table but that of editions.
        let is_counted = |document: &&Document| {
            document.edition_of.is_none() && !matches!(document.published, Published::Tombstone(_))
        };
        assert_eq!(seen, exported.site.documents.iter().filter(is_counted).count());
    }
}

#[test]
fn every_column_is_described() {
    let exported = sample();
    let schema = exported.text("data/priorities.schema.json");
    assert!(schema.contains("Table priorities.csv, columns lead, lead.text\""));
    assert!(schema.contains("Table priorities.cycles.csv, columns status, status.text\""));
    assert!(schema.contains("Table priorities.cycles.csv\""));
}

#[test]
fn the_archive_has_every_table_and_says_what_its_columns_hold() {
    for exported in [sample(), hostile_site()] {
        let archive = std::io::Cursor::new(&exported.files["data/tables.zip"]);
        let mut archive = zip::ZipArchive::new(archive).expect("an archive");
        let mut packed: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("a file");
            let (name, mut bytes) = (file.name().expect("a name").into_owned(), Vec::new());
            file.read_to_end(&mut bytes).expect("it is whole");
            assert!(packed.insert(name, bytes).is_none(), "a file is there twice");
        }
        let mut described: BTreeSet<(String, String)> = BTreeSet::new();
        for row in csv::Reader::from_reader(packed["columns.csv"].as_slice()).records() {
            let row = row.expect("a row");
            assert!(!row[3].is_empty(), "{row:?} says nothing");
            assert!(described.insert((row[0].to_owned(), row[1].to_owned())), "{row:?} stands twice");
        }
        for (path, bytes) in exported.ending(".csv") {
            assert_eq!(packed.get(path).map(Vec::as_slice), Some(bytes), "{path}");
            for column in csv::Reader::from_reader(bytes).headers().expect("a head") {
                assert!(described.contains(&(path.to_owned(), column.to_owned())), "{path}: {column} is not described");
            }
        }
    }
}

/// Triples as (subject, predicate, object), each as text.
fn triples(json: &[u8]) -> Vec<[String; 3]> {
    let context = |address: &str| JsonLdRemoteDocument {
        document: br#"{"@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}}"#.to_vec(),
        document_url: address.to_owned(),
    };
    let reader = JsonLdParser::new().with_base_iri("https://base.example/").expect("an address").for_reader(json);
    let quads = reader.with_load_document_callback(move |address, _| Ok(context(address)));
    let triple = |quad: oxjsonld::JsonLdSyntaxError| -> [String; 3] { panic!("{quad}") };
    quads
        .map(|quad| match quad {
            Ok(quad) => [quad.subject.to_string(), quad.predicate.as_str().to_owned(), quad.object.to_string()],
            Err(error) => match error {
                oxjsonld::JsonLdParseError::Syntax(error) => triple(error),
                other => panic!("{other}"),
            },
        })
        .collect()
}

#[test]
fn the_catalogue_is_linked_data_and_every_file_in_it_is_there() {
    for exported in [sample(), hostile_site()] {
        let base = exported.site.config.base_url.clone().expect("the sites have addresses");
        let attachments: BTreeSet<&str> =
            exported.site.attachments.iter().map(|(_, address)| address.as_str().trim_start_matches('/')).collect();
        let triples = triples(exported.text("data/catalogue.jsonld").as_bytes());
        let of = |predicate: &'static str| triples.iter().filter(move |triple| triple[1] == predicate);
        let mut listed = BTreeSet::new();
        for [_, _, address] in of("http://www.w3.org/ns/dcat#downloadURL") {
            let path = address.trim_matches(['<', '>']).strip_prefix(&format!("{base}/")).expect("below the site");
            assert!(exported.files.contains_key(path) || attachments.contains(path), "{path} is not there");
            listed.insert(path.to_owned());
        }
        for (path, _) in exported.files.iter().filter(|(path, _)| path.starts_with("data/")) {
            assert!(listed.contains(path) || path.ends_with(".jsonld"), "{path} is not in the catalogue");
        }
        let datasets = of("http://www.w3.org/ns/dcat#dataset").count();
        assert_eq!(
            datasets,
            export::describe(&exported.site, &english()).catalogue.map_or(0, |all| all.datasets.len())
        );
    }
    let licences = triples(hostile_site().text("data/catalogue.jsonld").as_bytes());
    assert!(licences.iter().any(|triple| triple[2] == "<https://www.example.org/licence>"));
}

#[test]
fn pages_carry_linked_data_that_cannot_break_out() {
    for exported in [sample(), hostile_site()] {
        let heads = export::describe(&exported.site, &english()).heads;
        let mut types = BTreeSet::new();
        for (id, document) in exported.site.ids() {
            let Some(json) = heads.metadata(&page_of(id)).linked_data else { continue };
            assert!(!json.contains(['<', '>', '&', '\u{2028}', '\n']), "{}: {json}", document.id);
            let triples = triples(json.as_bytes());
            let is_type = |triple: &&[String; 3]| triple[1].ends_with("#type");
            types.extend(triples.iter().filter(is_type).map(|triple| triple[2].clone()));
            let name = |triple: &[String; 3]| triple[1] == "https://schema.org/name";
            assert!(triples.iter().any(name), "{}", document.id);
        }
        assert!(types.contains("<https://schema.org/Event>"), "{types:?}");
        assert!(types.contains("<https://schema.org/GovernmentOrganization>"), "{types:?}");
    }
    let exported = hostile_site();
    let meeting = exported.site.find("minutes/board/2026-06-16").expect("it is there");
    let told = export::describe(&exported.site, &english()).heads.metadata(&page_of(meeting));
    let json: Json = serde_json::from_str(&told.linked_data.expect("meetings are events")).expect("it is JSON");
    let event = &json["@graph"][0];
    assert_eq!(event["name"], TITLE);
    assert_eq!(event["startDate"], "2026-06-16T14:30:00+01:00");
    assert_eq!(event["eventStatus"], "https://schema.org/EventCancelled");
}

fn english() -> Arc<Language> {
    Arc::new(Language::of("en"))
}

/// The page of a document.
fn page_of(id: DocumentId) -> Route {
    Route { path: "".into(), kind: RouteKind::Document(id) }
}

#[test]
fn cards_have_no_line_ends() {
    let exported = hostile_site();
    let id = exported.site.find("news/2026-11-01-a").expect("it is there");
    let pairs = export::describe(&exported.site, &english()).heads.metadata(&page_of(id)).share;
    assert!(pairs.iter().all(|(_, value)| !value.contains(['\n', '\r'])));
    assert!(pairs.contains(&("og:title", TITLE.to_owned())));
    assert!(pairs.contains(&("og:url", "https://www.example.org/below/news/2026-11-01-a/".to_owned())));
}

/// The texts of all elements called `name`.
fn texts<'tree>(tree: &'tree roxmltree::Document<'_>, name: &str) -> Vec<&'tree str> {
    let elements = tree.descendants().filter(|node| node.tag_name().name() == name);
    elements.filter_map(|node| node.text()).collect()
}

#[test]
fn the_sitemap_has_every_page_and_nothing_else() {
    for exported in [sample(), hostile_site()] {
        let base = exported.site.config.base_url.clone().expect("the sites have addresses");
        let tree = roxmltree::Document::parse(exported.text("sitemap.xml")).expect("it is XML");
        let pages: BTreeSet<&str> = texts(&tree, "loc").into_iter().collect();
        assert_eq!(pages.len(), texts(&tree, "loc").len(), "no page stands twice");
        for document in &exported.site.documents {
            let kind = exported.site.kinds.get(document.kind);
            let address = format!("{base}{}", document.address.href());
            let listed = pages.contains(address.as_str());
            let wanted = kind.page && !matches!(document.published, Published::Tombstone(_));
            assert!(listed || !wanted, "{address} is missing");
            assert!(!listed || wanted || !kind.page, "{address} is public no longer");
        }
        for folkmoot::model::Alias { address, .. } in &exported.site.aliases {
            assert!(!pages.contains(format!("{base}{}", address.href()).as_str()), "{address} leads on");
        }
        for day in texts(&tree, "lastmod") {
            assert!(day.len() == 10 && *day <= *"2026-11-21", "{day} is a day that has come");
        }
    }
}

#[test]
fn opensearch_says_where_to_search() {
    let exported = hostile_site();
    let tree = roxmltree::Document::parse(exported.text("opensearch.xml")).expect("it is XML");
    let address = tree.descendants().find(|node| node.tag_name().name() == "Url").expect("there is an address");
    assert_eq!(address.attribute("template"), Some("https://www.example.org/below/search/?q={searchTerms}"));
    let [name] = texts(&tree, "ShortName")[..] else { panic!("one name") };
    assert!(name.chars().count() <= 16 && !name.contains('\n'), "{name}");
}

#[test]
fn no_word_of_an_author_becomes_a_rule() {
    let exported = hostile_site();
    for path in [
        "_headers",
        "_redirects",
        ".htaccess",
        "_server/nginx.conf",
        "_server/nginx-http.conf",
        "_server/Caddyfile",
        "web.config",
    ] {
        let text = exported.text(path);
        for word in ["Injected", "alert", "$(", "/z"] {
            assert!(!text.contains(word), "{path} has {word}:\n{text}");
        }
    }
    let redirects: Vec<&str> = exported.text("_redirects").lines().collect();
    let to = "/below/minutes/board/2026-06-16/";
    assert_eq!(
        redirects,
        [format!("/below/ieListDocuments.aspx CId=136 MId=48 {to} 301!"), format!("/below/plan.pdf {to} 301"),]
    );
    for path in ["web.config", "_server/rewrite.config"] {
        roxmltree::Document::parse(exported.text(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

#[test]
fn headers_are_the_same_for_every_server() {
    let exported = sample();
    for path in ["_headers", ".htaccess", "_server/nginx.conf", "_server/Caddyfile", "web.config"] {
        let mut text = exported.text(path).replace("&apos;", "'");
        if path == "_server/nginx.conf" {
            // The names are there, and the values in variables.
            text.push_str(exported.text("_server/nginx-http.conf"));
        }
        for words in [
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'",
            "frame-ancestors 'none'",
            "nosniff",
            "strict-origin-when-cross-origin",
            "camera=(), microphone=()",
            "Cross-Origin-Opener-Policy",
            "Access-Control-Allow-Origin",
            "public, max-age=31536000, immutable",
            "no-cache",
        ] {
            assert!(text.contains(words), "{path} lacks {words}");
        }
    }
}

#[test]
fn nothing_withheld_is_in_any_file() {
    for (path, bytes) in &hostile_site().files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for word in ["canaryword", "exemptword", "gonetext"] {
            assert!(!text.contains(word) && !path.contains(word), "{path} has {word}");
        }
        let tombstone = text.contains("/news/2026-11-04-gone/");
        assert!(!tombstone, "{path} names what is public no longer");
    }
}

#[test]
fn without_an_address_there_are_no_feeds_and_one_warning() {
    let files: Vec<_> = hostile().into_iter().filter(|(path, _)| *path != "content/site.toml").collect();
    let exported = export(&in_memory(&files, &[]), AS_AT);
    assert_eq!(exported.said, ["no-base-url: The site does not know its own address"]);
    assert_eq!(exported.ending("feed.xml").chain(exported.ending("feed.json")).count(), 0);
    assert!(!exported.files.contains_key("sitemap.xml") && !exported.files.contains_key("opensearch.xml"));
    assert!(exported.files.contains_key("calendar.ics") && exported.files.contains_key("robots.txt"));
    triples(exported.text("data/catalogue.jsonld").as_bytes());
    assert!(rows(&exported, "data/news.csv")[0]["address"].starts_with("/news/"));
}

#[test]
fn the_same_documents_give_the_same_bytes_on_any_day() {
    let on = |as_at: &str| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (sources, _) = read(root, &root.join("public")).expect("the sample can be read");
        export(&sources, as_at).files
    };
    let files = on(AS_AT);
    assert!(files == on(AS_AT), "twice the same");
    assert!(files == on("2026-11-22T23:59Z"), "nothing happens on the next day, so nothing differs");
}

#[test]
fn what_claims_the_place_of_a_file_is_told() {
    let settings = ("content/site.toml", SETTINGS.to_owned());
    let page = |head: &str, text: &str| ("content/pages/a.md", format!("---\ntitle: A\n{head}---\n{text}\n"));
    let attached = [settings.clone(), page("", "[x](../robots.txt) [y](../_headers)")];
    let exported = export(&in_memory(&attached, &[("content/feed.xml", "x"), ("content/robots.txt", "x")]), AS_AT);
    assert_eq!(exported.said, [""; 0], "below a path nobody looks for robots.txt");
    let at_root = [("content/site.toml", "base_url = 'https://x.example'".to_owned()), attached[1].clone()];
    let exported = export(&in_memory(&at_root, &[("content/robots.txt", "x")]), AS_AT);
    assert_eq!(
        exported.said,
        ["address-clash: `content/robots.txt` claims the address /robots.txt, where the site makes a file of its own"]
    );
    assert!(!exported.files.contains_key("robots.txt"));
    let alias = [settings, page("aliases: [/sitemap.xml]\n", "x")];
    let said = export(&in_memory(&alias, &[]), AS_AT).said;
    assert_eq!(said, ["address-clash: The old address /sitemap.xml is also claimed by a file that the site makes"]);
}

#[test]
fn a_contact_for_security_holds_until_its_day() {
    let written = |settings: &str| {
        let files = [("content/site.toml", format!("base_url = 'https://x.example'\n{settings}"))];
        let exported = export(&in_memory(&files, &[]), AS_AT);
        let text = exported.files.get(".well-known/security.txt").cloned();
        (text.map(|bytes| String::from_utf8(bytes).expect("text")), exported.said)
    };
    let (text, said) = written("security_contact = 'security@x.example'\nsecurity_expires = '2026-11-21'\n");
    assert_eq!(
        text.as_deref(),
        Some(
            "Contact: mailto:security@x.example\nExpires: 2026-11-22T00:00:00+00:00\nPreferred-Languages: en\n\
             Canonical: https://x.example/.well-known/security.txt\n"
        )
    );
    assert_eq!(said, [""; 0]);
    let (text, said) = written("security_contact = 'security@x.example'\nsecurity_expires = '2026-11-20'\n");
    assert_eq!((text, said.len()), (None, 1));
    let (text, said) = written("security_contact = 'security@x.example'\n");
    assert_eq!((text, said.len()), (None, 1));
    assert_eq!(written(""), (None, Vec::new()));
}

#[test]
fn a_page_names_the_files_beside_it() {
    let exported = sample();
    let heads = export::describe(&exported.site, &english()).heads;
    let board = exported.site.find("bodies/safer-marlshire-board").expect("it is there");
    let of = |subject| {
        let alternates = heads.alternates(subject);
        for alternate in alternates {
            assert!(exported.files.contains_key(alternate.href.trim_start_matches('/')), "{}", alternate.href);
        }
        alternates.len()
    };
    assert_eq!((of(Subject::Site), of(Subject::Document(board))), (3, 3));
    let meeting = exported.site.find("minutes/safer-marlshire-board/2026-09-15").expect("it is there");
    assert_eq!(of(Subject::Document(meeting)), 0, "a record of one day is not followed");
    for index in 0..exported.site.listings.len() {
        let index = u32::try_from(index).expect("few lists");
        of(Subject::Listing(index));
    }
}
