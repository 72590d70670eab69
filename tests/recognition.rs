//! How much of what a careful reader finds in minutes does the program find, and how much of what it finds is right?
//!
//! Input: `tests/recognition/`, texts in the forms of clerks with their right answers. Output: a share for each measure,
//! held against its floor. Not here: the form of the answers (`gold.rs`), and time.
//!
//! ```text
//! cargo test --test folkmoot recognition                              are the floors kept?
//! RECOGNITION=1 cargo test --test folkmoot recognition -- --nocapture  the table, and what is missed or wrong
//! RECOGNITION=14 …                                                     of the texts with `14` in their name
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use folkmoot::source::line_at;
use rayon::prelude::*;
use serde_json::Value as Json;

use crate::cases::bare_theme;
use crate::gold::{Answer, Gold, has, plain};
use crate::memory::{Built, build, options, sources};
use crate::page::Page;

/// What may not be lost: a measure, and the tenths of a per cent of it that are reached, rounded down. **A rule that is
/// mended raises them**; run with `RECOGNITION=1` and copy what is reached.
const FLOORS: &[(&str, usize)] = &[
    ("days right", 973),
    ("days not wrong", 986),
    ("titles right", 969),
    ("statuses right", 1000),
    ("statuses not wrong", 1000),
    ("items found", 994),
    ("items right", 1000),
    ("decisions found", 989),
    ("decisions right", 1000),
    ("outcomes right", 984),
    ("votes right", 1000),
    ("limbs right", 1000),
    ("actions found", 1000),
    ("actions right", 1000),
    ("by right", 1000),
    ("due right", 973),
    ("done right", 1000),
    ("present found", 995),
    ("present right", 1000),
    ("apologies found", 1000),
    ("apologies right", 1000),
    ("in_attendance found", 1000),
    ("in_attendance right", 1000),
    // Words that may be in no record: none of them is.
    ("never", 1000),
    // Of decisions, actions and items that are not found: those that a note names. Of such notes: those that name one. Of a few
    // it would be chance: `likely.rs` has texts of which little is certain.
    ("missed but named", 750),
    ("notes right", 750),
];

/// What is measured of notes alone. A share of fewer than [`FEWEST`] is chance, and has no floor then.
const NAMED: [&str; 2] = ["missed but named", "notes right"];

const FEWEST: usize = 10;

/// The notes that name what may be one, with the list of answers that each is about.
const NOTES: [(&str, &str); 3] =
    [("likely-decision", "decisions"), ("likely-action", "actions"), ("likely-item", "items")];

/// What stands in place of people where there were none.
const NOBODY: [&str; 6] = ["none", "nil", "none received", "there were none", "no apologies", "not recorded"];

#[test]
fn recognition_loses_nothing_that_it_found() {
    let scored: Vec<(String, Score)> = Gold::all().par_iter().map(|gold| (gold.name.clone(), score(gold))).collect();
    let mut total = Score::default();
    for (_, score) in &scored {
        for (name, (right, of)) in &score.counts {
            total.add(name, *right, *of);
        }
    }
    let asked = std::env::var("RECOGNITION").ok();
    let is_chance = |name: &str| NAMED.contains(&name) && total.counts.get(name).is_none_or(|(_, of)| *of < FEWEST);
    let below = |(name, floor): &&(&str, usize)| total.tenths(name) < *floor && !is_chance(name);
    let lost: Vec<&str> = FLOORS.iter().filter(below).map(|(name, _)| *name).collect();
    if asked.is_some() || !lost.is_empty() {
        let filter = asked.filter(|asked| asked != "1").unwrap_or_default();
        #[allow(clippy::print_stdout, reason = "people asked for the table, or need it to see what was lost")]
        {
            println!("{}", table(&scored, &total, &filter));
        }
    }
    assert!(lost.is_empty(), "less than before is right of: {}", lost.join(", "));
}

/// What is counted of a text, or of all.
#[derive(Debug, Default)]
struct Score {
    /// Of each measure: how many are right, and of how many.
    counts: BTreeMap<&'static str, (usize, usize)>,
    /// What is missed or wrong, for people.
    said: Vec<String>,
}

impl Score {
    fn add(&mut self, name: &'static str, right: usize, of: usize) {
        let count = self.counts.entry(name).or_default();
        *count = (count.0 + right, count.1 + of);
    }

    /// Counts one answer, and says it if it is not right.
    fn check(&mut self, name: &'static str, right: bool, expected: &str, came: &str) {
        self.add(name, usize::from(right), 1);
        if !right {
            self.said.push(format!("{name}: ‹{came}› and not ‹{expected}›"));
        }
    }

    /// Tenths of a per cent that are right, rounded down; all, if nothing was asked.
    fn tenths(&self, name: &str) -> usize {
        match self.counts.get(name) {
            Some((right, of)) if *of > 0 => right * 1000 / of,
            _ => 1000,
        }
    }
}

/// A document in the data, with all words that it has there, or where it stands on its page.
struct Record {
    title: String,
    address: String,
    fields: Json,
    said: String,
}

/// Builds a site with this text alone, and compares.
fn score(gold: &Gold) -> Score {
    let settings = "title = \"Minutes\"\nbase_url = \"https://example.org\"\ntheme = \"bare\"\n";
    let mut files = bare_theme();
    files.push(("content/site.toml".into(), settings.into()));
    files.push((gold.path.clone(), gold.text.clone().into_bytes()));
    let built = build(&sources(files), &options());
    let mut score = Score::default();
    let page = document(gold, &built);
    facts(gold, &page, &mut score);
    for role in ["present", "apologies", "in_attendance"] {
        people(gold, role, &page, &mut score);
    }
    let mut missed = Vec::new();
    let inside = |record: &Record| record.address.contains('#');
    let printed: Vec<Record> = records(&built, "items", &[]).into_iter().filter(inside).collect();
    missed.extend(items(gold, &printed, &mut score));
    for (kind, answers, file) in [("decisions", &gold.decisions, "resolutions"), ("actions", &gold.actions, "actions")]
    {
        let records = records(&built, file, answers);
        let found = pairs(answers, &records);
        missed.extend(listed(kind, answers, &records, &found, &mut score));
        for (answer, record) in answers.iter().zip(&found).filter_map(|(answer, at)| Some((answer, &records[(*at)?]))) {
            details(answer, &record.fields, kind, &mut score);
        }
        for words in &gold.never {
            let told = records.iter().any(|record| has(&record.said, words));
            score.check("never", !told, "nothing", words);
        }
    }
    notes(gold, &built, &missed, &mut score);
    score
}

/// The document that the text is: of the kind of its folder, or taken for an item of a meeting.
fn document(gold: &Gold, built: &Built) -> Record {
    let folder = gold.path.split('/').nth(1).unwrap_or_default();
    let taken = records(built, folder, &[]).into_iter().chain(records(built, "items", &[]));
    let whole = |record: &Record| !record.address.contains('#');
    taken.into_iter().find(whole).unwrap_or_else(|| panic!("{}: the text is no document", gold.name))
}

/// The documents of a kind in the data. Their words are those of their page too, where the data cuts them short or nothing
/// in the data fits an answer.
fn records(built: &Built, kind: &str, answers: &[Answer]) -> Vec<Record> {
    let Some(bytes) = built.outputs.get(&format!("data/{kind}.json")) else { return Vec::new() };
    let data: Json = serde_json::from_slice(bytes).expect("the data is JSON");
    let documents = data["documents"].as_array().expect("the data lists documents").iter();
    let record = |document: &Json| {
        let fields = document["fields"].clone();
        let title = document["title"].as_str().unwrap_or_default().to_owned();
        let mut words = texts(&fields["limbs"]);
        words.extend(texts(&fields["text"]));
        words.insert(0, title.clone());
        let mut said = plain(&words.join(" "));
        let address = document["address"].as_str().unwrap_or_default().to_owned();
        let cut = words.iter().any(|words| words.ends_with('…'));
        if (cut || !answers.iter().any(|answer| answer.is_in(&said)))
            && let Some((page, id)) = address.trim_start_matches("https://example.org/").split_once('#')
        {
            said.push_str(&plain(&Page::words_at(built.page(&format!("{page}index.html")), id)));
        }
        Record { title, address, fields, said }
    };
    documents.map(record).collect()
}

/// The words of a field: of a value, of a `text`, or of each in a list.
fn texts(field: &Json) -> Vec<String> {
    match field {
        Json::Array(list) => list.iter().flat_map(texts).collect(),
        Json::Object(object) => {
            ["text", "value"].iter().find_map(|key| object.get(*key)).map(texts).unwrap_or_default()
        }
        Json::Null => Vec::new(),
        Json::String(words) => vec![words.clone()],
        other => vec![other.to_string()],
    }
}

/// A field that is one of several values, or a day.
fn value(field: &Json) -> &str {
    field["value"].as_str().or_else(|| field["iso"].as_str()).or_else(|| field.as_str()).unwrap_or_default()
}

/// Day, title and status.
fn facts(gold: &Gold, page: &Record, score: &mut Score) {
    let expected = gold.day.map(|day| day.to_string()).unwrap_or_default();
    let day = value(&page.fields["date"]);
    score.check("days right", day == expected, &expected, day);
    score.add("days not wrong", usize::from(day.is_empty() || day == expected), 1);
    if let Some(title) = &gold.title {
        let said = plain(&page.title);
        let right = title.split('|').any(|words| has(&said, words));
        let section = gold.not_title.iter().any(|not| plain(not) == said);
        score.check("titles right", right && !section, title, &page.title);
    }
    if gold.path.starts_with("content/minutes/") {
        let expected = gold.status.as_deref().unwrap_or_default();
        let status = value(&page.fields["status"]).replace("signed", "agreed");
        score.check("statuses right", status == expected, expected, &status);
        score.add("statuses not wrong", usize::from(status.is_empty() || status == expected), 1);
    }
}

/// Those in one list of people. One string in the data answers for one person.
fn people(gold: &Gold, role: &'static str, page: &Record, score: &mut Score) {
    let (found, right, expected) = match role {
        "present" => ("present found", "present right", &gold.present),
        "apologies" => ("apologies found", "apologies right", &gold.apologies),
        _ => ("in_attendance found", "in_attendance right", &gold.in_attendance),
    };
    let Some(expected) = expected else { return };
    let mut listed: Vec<String> = texts(&page.fields[role]).iter().map(|name| plain(name)).collect();
    if role == "present" {
        let chairs = texts(&page.fields["chair"]).into_iter().map(|chair| plain(&chair));
        let chairs: Vec<String> =
            chairs.filter(|chair| !listed.iter().any(|name| name.contains(chair.as_str()))).collect();
        listed.extend(chairs);
    }
    listed.retain(|name| !NOBODY.contains(&name.trim()));
    let all = listed.len();
    for name in expected {
        match listed.iter().position(|listed| has(listed, name)) {
            Some(at) => drop(listed.remove(at)),
            None => score.said.push(format!("{role}: not found: {name}")),
        }
    }
    score.add(found, all - listed.len(), expected.len());
    score.add(right, all - listed.len(), all);
    score.said.extend(listed.iter().map(|name| format!("{role}: wrong:{name}")));
}

/// Items of the agenda. Gives those that are not found.
fn items(gold: &Gold, records: &[Record], score: &mut Score) -> Vec<(&'static str, String)> {
    let Some(expected) = &gold.items else { return Vec::new() };
    let number = |record: &Record| texts(&record.fields["agenda_number"]).concat();
    let printed: Vec<String> =
        records.iter().map(|record| plain(&format!("{} {}", number(record), record.title))).collect();
    let fits = |printed: &str, item: &str| printed.starts_with(&plain(item));
    let missed = expected.iter().filter(|item| !printed.iter().any(|printed| fits(printed, item)));
    let missed: Vec<(&'static str, String)> = missed.map(|item| ("items", item.clone())).collect();
    let wrong: Vec<&String> =
        printed.iter().filter(|printed| !expected.iter().any(|item| fits(printed, item))).collect();
    score.add("items found", expected.len() - missed.len(), expected.len());
    score.add("items right", printed.len() - wrong.len(), printed.len());
    score.said.extend(missed.iter().map(|(_, item)| format!("items: not found: {item}")));
    score.said.extend(wrong.iter().map(|item| format!("items: wrong:{item}")));
    missed
}

/// For each answer its record: as many as can be paired, the answers that must be found first.
fn pairs(answers: &[Answer], records: &[Record]) -> Vec<Option<usize>> {
    let fit: Vec<Vec<usize>> = answers
        .iter()
        .map(|answer| {
            let mut fit: Vec<usize> = (0..records.len()).filter(|at| answer.is_in(&records[*at].said)).collect();
            fit.sort_by_key(|at| !has(&records[*at].said, &answer.words));
            fit
        })
        .collect();
    let mut owner: Vec<Option<usize>> = vec![None; records.len()];
    let mut order: Vec<usize> = (0..answers.len()).collect();
    order.sort_by_key(|answer| answers[*answer].optional);
    for answer in order {
        place(answer, &fit, &mut owner, &mut vec![false; records.len()]);
    }
    (0..answers.len()).map(|answer| owner.iter().position(|owner| *owner == Some(answer))).collect()
}

/// Finds a record for an answer; an answer that has it already takes another if it can.
fn place(answer: usize, fit: &[Vec<usize>], owner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for at in &fit[answer] {
        if std::mem::replace(&mut seen[*at], true) {
            continue;
        }
        if owner[*at].is_none_or(|other| place(other, fit, owner, seen)) {
            owner[*at] = Some(answer);
            return true;
        }
    }
    false
}

/// How many answers are found, and how many records are right. Gives those that are not found.
fn listed(
    kind: &'static str,
    answers: &[Answer],
    records: &[Record],
    found: &[Option<usize>],
    score: &mut Score,
) -> Vec<(&'static str, String)> {
    let names =
        if kind == "decisions" { ["decisions found", "decisions right"] } else { ["actions found", "actions right"] };
    let needed: Vec<(&Answer, bool)> = answers
        .iter()
        .zip(found)
        .filter(|(answer, _)| !answer.optional)
        .map(|(answer, at)| (answer, at.is_some()))
        .collect();
    let missed = needed.iter().filter(|(_, found)| !found).map(|(answer, _)| (kind, answer.words.clone()));
    let missed: Vec<(&'static str, String)> = missed.collect();
    let wrong = records.iter().filter(|record| !answers.iter().any(|answer| answer.is_in(&record.said)));
    let wrong: Vec<&Record> = wrong.collect();
    score.add(names[0], needed.len() - missed.len(), needed.len());
    score.add(names[1], records.len() - wrong.len(), records.len());
    score.said.extend(missed.iter().map(|(_, words)| format!("{kind}: not found: {words}")));
    score.said.extend(wrong.iter().map(|record| format!("{kind}: wrong: {}", record.title)));
    missed
}

/// What is said of a record that was found.
fn details(answer: &Answer, fields: &Json, kind: &str, score: &mut Score) {
    if kind == "decisions" {
        if !answer.outcome.is_empty() {
            let came = Some(value(&fields["outcome"])).filter(|outcome| !outcome.is_empty()).unwrap_or("none");
            let right = answer.outcome.iter().any(|outcome| outcome == came);
            score.check("outcomes right", right, &answer.outcome.join(" or "), came);
        }
        let votes: BTreeMap<String, u64> = (fields["votes"].as_object().into_iter().flatten())
            .filter_map(|(side, count)| Some((side.clone(), texts(count).first()?.parse().ok()?)))
            .collect();
        if !votes.is_empty() || !answer.votes.is_empty() {
            let same = answer.votes.iter().all(|(side, count)| votes.get(side) == Some(count));
            let right = !answer.votes.is_empty() && same;
            score.check("votes right", right, &format!("{:?}", answer.votes), &format!("{votes:?}"));
        }
        if let Some(limbs) = answer.limbs {
            let came = fields["limbs"].as_array().map_or(0, Vec::len);
            score.check("limbs right", came == limbs, &limbs.to_string(), &came.to_string());
        }
        return;
    }
    let (by, due) = (texts(&fields["by"]).join(" "), texts(&fields["due"]).join(" "));
    let expected = answer.by.as_deref().unwrap_or_default();
    score.check("by right", has(&plain(&by), expected) || (by.is_empty() && expected.is_empty()), expected, &by);
    let expected = answer.due.as_deref().unwrap_or_default();
    let words = has(&plain(&due), expected) || has(&plain(expected), &due);
    let right = value(&fields["due"]) == expected || words || (due.is_empty() && expected.is_empty());
    score.check("due right", right, expected, &due);
    if let Some(done) = answer.done {
        let status = value(&fields["status"]);
        score.check("done right", (status == "done") == done, if done { "done" } else { "not done" }, status);
    }
}

/// Whether what was missed is named by a note, and whether notes name what is there. Both go by the lines of the text.
fn notes(gold: &Gold, built: &Built, missed: &[(&'static str, String)], score: &mut Score) {
    let mut noted = Vec::new();
    for diagnostic in &built.diagnostics {
        let about = NOTES.iter().find(|(code, _)| *code == diagnostic.code);
        if let (Some((code, kind)), Some(span)) = (about, &diagnostic.span) {
            let line = |offset: u32| line_at(&gold.text, offset as usize).number as usize;
            // A list of items that is left out of the answers is not asked for.
            if *kind == "items" && gold.items.is_none() {
                continue;
            }
            let lines = gold.around(line(span.start)..=line(span.end.max(span.start + 1) - 1));
            noted.push((*code, *kind, lines));
        }
    }
    let meets = |words: &str, kind: &str| {
        let places = gold.lines_of(words);
        let overlap = |(_, noted_kind, lines): &(&str, &str, std::ops::RangeInclusive<usize>)| {
            *noted_kind == kind && places.iter().any(|at| at.start() <= lines.end() && lines.start() <= at.end())
        };
        noted.iter().map(overlap).collect::<Vec<bool>>()
    };
    for (kind, words) in missed {
        let named = meets(words, kind).contains(&true);
        score.add("missed but named", usize::from(named), 1);
        if named {
            score.said.push(format!("{kind}: named by a note: {words}"));
        }
    }
    let mut right = vec![false; noted.len()];
    let answers = [("decisions", &gold.decisions), ("actions", &gold.actions)];
    let answers = answers.iter().flat_map(|(kind, list)| list.iter().map(move |answer| (*kind, answer)));
    let wordings = answers.flat_map(|(kind, answer)| answer.wordings().map(move |words| (kind, words)));
    let items = gold.items.iter().flatten().map(|item| ("items", item.as_str()));
    for (kind, words) in wordings.chain(items) {
        right.iter_mut().zip(meets(words, kind)).for_each(|(right, meets)| *right |= meets);
    }
    for ((code, _, lines), right) in noted.iter().zip(&right) {
        score.check("notes right", *right, "an answer", &format!("{code} in line {}", lines.start()));
    }
}

/// What was reached, for people: each text, and the total with its floors.
fn table(scored: &[(String, Score)], total: &Score, filter: &str) -> String {
    const COLUMNS: [(&str, &str); 6] = [
        ("items found", "items"),
        ("decisions found", "decisions"),
        ("actions found", "actions"),
        ("present found", "present"),
        ("apologies found", "apologies"),
        ("in_attendance found", "attending"),
    ];
    let mut text = format!("{:34}", "found of all");
    COLUMNS.iter().for_each(|(_, head)| text.push_str(&format!("{head:>11}")));
    text.push('\n');
    for (name, score) in scored.iter().filter(|(name, _)| name.contains(filter)) {
        let _ = write!(text, "{name:34}");
        for (measure, _) in COLUMNS {
            let count = score.counts.get(measure).map_or("·".into(), |(right, of)| format!("{right}/{of}"));
            let _ = write!(text, "{count:>11}");
        }
        text.push('\n');
        score.said.iter().for_each(|line| text.push_str(&format!("      {line}\n")));
    }
    let _ = writeln!(text, "\n{:24} {:>9} {:>9} {:>7}", "all together", "right of", "reached", "floor");
    for (name, floor) in FLOORS {
        let (right, of) = total.counts.get(name).copied().unwrap_or_default();
        let reached = total.tenths(name);
        let more = if reached > *floor { "  raise it" } else { "" };
        let _ = writeln!(text, "{name:24} {:>9} {reached:>9} {floor:>7}{more}", format!("{right}/{of}"));
    }
    text
}
