//! What of the faults that were made up beforehand is too large for a case, or is no text. The others are
//! `tests/faults/<number>-<what>.txt`, which `sites` runs; `tests/faults/README.md` has the table of all.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::memory::{build, options, sources};

/// Seconds of the processor: far more than any of these needs in an unoptimised build, and far less than what grows with
/// the square of its input would take. A busy machine gives them later, not fewer.
const MOST: u64 = 20;

#[test]
fn families_that_made_other_programs_slow_do_not_make_this_one_slow() {
    for (name, unit, count) in [
        ("quotations", ">", 10_000),
        ("lists", "* ", 5_000),
        ("tags", "<div>", 100_000),
        ("comments", "<!--", 50_000),
        ("instructions", "<?", 50_000),
        ("declarations", "<!A ", 50_000),
        ("brackets", "[", 50_000),
        ("brackets with addresses", "[a](", 30_000),
        ("references", "[a][", 30_000),
        ("places", "[[a|", 30_000),
        ("notes", "[^a]", 30_000),
        ("pictures", "![", 50_000),
        ("embeds", "![[a", 30_000),
        ("stars", "*a **a ", 20_000),
        ("underlines", "_a __a ", 20_000),
        ("strokes", "~~a ~a ", 20_000),
        ("backticks", "`a``", 30_000),
        ("entities", "&#x6a;&amp", 20_000),
        ("braces", "{", 50_000),
        ("braces that exempt", "{.exempt ", 20_000),
        ("braces with quotes", "{a=\"", 20_000),
        ("cells", "|", 50_000),
        ("colons", ":::", 30_000),
        ("numbers", "1.1.", 30_000),
        ("brackets for what is done", "(Action: ", 20_000),
        ("angles", "a <b ", 20_000),
        ("backslashes", "\\", 50_000),
        ("the letter of exempt", "x", 100_000),
    ] {
        one(name, &unit.repeat(count));
    }
}

#[test]
fn many_lines_of_one_kind_are_many_lines_and_no_more() {
    for (name, line, count) in [
        ("headings", "## Budget\n\n", 5_000),
        ("numbered paragraphs", "1.1 The budget.\n\n", 5_000),
        ("definitions of links", "[a]: b.md\n", 10_000),
        ("definitions of notes", "[^a]: b\n\n", 5_000),
        ("terms", "a\n: b\n\n", 5_000),
        ("rows", "| a | b |\n", 5_000),
        ("fences", "```\n", 9_999),
        ("rules", "---\n", 10_000),
        ("records", "RESOLVED: That it be noted. {.resolution}\n\n", 2_000),
        ("exempt paragraphs", "Numbat. {.exempt paragraphs=3}\n\n", 2_000),
    ] {
        one(name, &format!("Begin.\n\n{}", line.repeat(count)));
    }
    let deep = (0..400).map(|depth| format!("{}- deep\n", " ".repeat(2 * depth))).collect::<String>();
    one("lists in lists", &deep);
    let wide = format!("|{}\n|{}\n|{}\n", "a|".repeat(400), "-|".repeat(400), "b|".repeat(400));
    one("a wide table", &wide);
}

#[test]
fn heads_that_are_nothing_but_signs_are_refused_at_once() {
    for (name, unit, count) in [
        ("lists", "tags: [", 1),
        ("brackets", "[", 10_000),
        ("braces", "{a: ", 10_000),
        ("dashes", "- ", 10_000),
        ("questions", "? ", 10_000),
        ("copies", "*a ", 10_000),
        ("quotes", "\"", 9_999),
        ("fields", "a: b\n", 10_000),
    ] {
        one(name, &format!("---\n{}\n---\nText.\n", unit.repeat(count)));
        one(name, &format!("+++\na = {}\n+++\nText.\n", unit.repeat(count)));
    }
}

/// Builds a site with this text in it and a page beside it, which must come out without much work.
fn one(name: &str, text: &str) {
    let files = [("content/pages/other.md", text), ("content/pages/a.md", "# A\n")];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    // All of the build is the work of this one thread, and nothing else is.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be started");
    let (built, seconds) = alone.install(|| {
        let before = processor_seconds();
        (catch_unwind(AssertUnwindSafe(|| build(&sources(files), &options()))), processor_seconds() - before)
    });
    let built = built.unwrap_or_else(|_| panic!("{name}: the build panicked"));
    assert!(seconds < MOST, "{name}: it took {seconds} seconds of the processor");
    assert!(built.outputs.contains_key("a/index.html"), "{name}: the page beside it is missing");
}

/// How long the processor has worked for this thread. Only Linux tells; elsewhere this is always 0, and only what never
/// ends is seen.
fn processor_seconds() -> u64 {
    const TICKS: u64 = 100;
    let Ok(line) = fs::read_to_string("/proc/thread-self/stat") else { return 0 };
    // After the name of the thread, which may have spaces: the 12th and 13th are its own ticks and those of the kernel for it.
    let numbers = line.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    numbers.skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("ticks are a number")).sum::<u64>() / TICKS
}
