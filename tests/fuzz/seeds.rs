//! What fuzz targets begin with: texts, heads, tables, files of an index that lie among the tests already.
//!
//! Enters: the folder of tests. Leaves: inputs by the name of a target, in an order that does not change. Absent: what must
//! hold of them, and what a fuzzer found (`found/`).

use std::fs;
use std::io::Read as _;

use flate2::read::DeflateDecoder;

use crate::cases;
use crate::targets::INDEX;

/// The inputs to begin with; none for a name that is no target's.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    match target {
        "text" | "file" => texts().into_iter().map(String::into_bytes).collect(),
        "head" => texts().iter().flat_map(|text| heads(text)).collect(),
        "site" => sites(),
        "table" => tables(),
        "index" => files_of_the_index(),
        "question" => questions(),
        "import" => documents(),
        _ => Vec::new(),
    }
}

/// The Markdown files of the cases, and the texts in the forms of clerks.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = inputs(".md").into_iter().filter_map(|bytes| String::from_utf8(bytes).ok()).collect();
    let clerks = cases::sorted(&cases::tests().join("recognition"));
    let clerks = clerks.into_iter().filter(|path| path.extension().is_some_and(|end| end == "md"));
    texts.extend(clerks.filter_map(|path| fs::read_to_string(path).ok()));
    texts
}

/// Pasted texts and pages of the cases of imports, and the texts in the forms of clerks.
fn documents() -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    for form in ["pasted", "page"] {
        for path in cases::sorted(&cases::tests().join("imports").join(form)) {
            let case = fs::read_to_string(path).unwrap_or_default();
            let document = case.split("\n-- ").nth(1).and_then(|section| section.split_once(" --\n"));
            found.extend(document.map(|(_, body)| body.as_bytes().to_vec()));
        }
    }
    let clerks = cases::sorted(&cases::tests().join("recognition"));
    let clerks = clerks.into_iter().filter(|path| path.extension().is_some_and(|end| end == "md"));
    found.extend(clerks.filter_map(|path| fs::read(path).ok()));
    found
}

/// The files of all cases whose names end so.
fn inputs(end: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (_, path) in cases::all() {
        let case = cases::read(&path);
        found.extend(case.inputs().filter(|(path, _)| path.ends_with(end)).map(|(_, bytes)| bytes));
    }
    found
}

/// What stands between the fences of a head, with the byte that says in which language.
fn heads(text: &str) -> Option<Vec<u8>> {
    let (language, fence) = if text.starts_with("+++") { (1, "+++") } else { (0, "---") };
    let (head, _) = text.strip_prefix(fence)?.split_once(&format!("\n{fence}"))?;
    Some([&[language], head.trim_start().as_bytes()].concat())
}

/// The inputs of each case as one text.
fn sites() -> Vec<Vec<u8>> {
    let site = |case: crate::case::Case| {
        let files = case.sections.iter().filter(|section| section.heading.starts_with("content/"));
        files.map(|section| format!("-- {} --\n{}", section.heading, section.body)).collect::<String>().into_bytes()
    };
    cases::all().iter().map(|(_, path)| site(cases::read(path))).collect()
}

fn tables() -> Vec<Vec<u8>> {
    inputs(".csv")
}

/// Each file of the small index as it is, and what is packed in it.
fn files_of_the_index() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (which, file) in (0_u8..).zip(INDEX.values()) {
        seeds.push([&[which, 0], file.as_slice()].concat());
        let Some(payload) = file.get(8..).filter(|_| file.starts_with(b"FMS1")) else { continue };
        seeds.push([&[which, 1], payload].concat());
        let mut unpacked = Vec::new();
        if DeflateDecoder::new(payload).read_to_end(&mut unpacked).is_ok() {
            seeds.push([&[which, 2], unpacked.as_slice()].concat());
        }
    }
    let texts = INDEX.keys().position(|path| path.starts_with("search/text/")).unwrap_or_default();
    let lines =
        "/a/\tA\tPages\t\t\t\t\nt\t\t\tA page.\tFacts\n2\titem-1\t1.\tKnife crime\np\tp-1\t1.1\tThe board met.\n";
    seeds.push([&[u8::try_from(texts).unwrap_or_default(), 3], lines.as_bytes()].concat());
    seeds
}

/// What is asked of the sample's search, and the forms of questions that mean something.
fn questions() -> Vec<Vec<u8>> {
    let asked = fs::read_to_string(cases::tests().join("search/questions.txt")).unwrap_or_default();
    let forms =
        ["\"the board\" -plan", "asb OR drugs", "since 2019", "2018/19", "£12.5m", "17(1)(a)", "U.K. O'Brien's"];
    asked.lines().chain(forms).map(|line| line.as_bytes().to_vec()).collect()
}
