//! Makes up sites, plain notes and damaged files, the same ones for the same seed on any machine.
//!
//! Enters: a seed. Leaves: files by name, and what must hold of the site made from them. Absent: the crate under
//! test; what is generated rests on content.md alone.

use std::fmt::Write as _;

/// A sequence of numbers that looks random: xorshift64*, by Sebastiano Vigna.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The sequence that this seed begins.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).expect("31 bits fit") % limit
    }

    /// Whether something happens that happens in `percent` of all cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub fn pick<'list, T>(&mut self, list: &'list [T]) -> &'list T {
        &list[self.below(list.len())]
    }

    /// Another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

/// A site that was made up.
pub struct Made {
    /// Every file with its path below the site's root.
    pub files: Vec<(String, Vec<u8>)>,
    /// Words that stand only in what is withheld: in no byte of any output may one of them be.
    pub canaries: Vec<String>,
}

const WORDS: &[&str] = &[
    "agreed",
    "area",
    "board",
    "budget",
    "change",
    "chair",
    "clear",
    "council",
    "county",
    "crime",
    "district",
    "evening",
    "evidence",
    "family",
    "figures",
    "funding",
    "harm",
    "health",
    "housing",
    "information",
    "local",
    "market",
    "meeting",
    "members",
    "night",
    "officers",
    "parish",
    "partners",
    "people",
    "place",
    "plan",
    "police",
    "progress",
    "question",
    "report",
    "residents",
    "risk",
    "road",
    "safety",
    "school",
    "service",
    "street",
    "support",
    "town",
    "trust",
    "victims",
    "visit",
    "volunteers",
    "wardens",
    "work",
    "year",
    "young",
    "café",
    "Llanfair",
    "naïve",
    "Øresund",
    "é",
    "“quoted”",
];

/// A site of about `size` documents in the kinds that lean on each other most; it builds without an error.
pub fn site(seed: u64, size: usize) -> Made {
    let mut random = Random::new(seed);
    let mut made = Made { files: Vec::new(), canaries: Vec::new() };
    made.add("content/site.toml", "title = \"Made up\"\nbase_url = \"https://made-up.example/below\"\n");
    made.add("content/pages/index.md", "# Welcome\n\nThis partnership was made up.\n");
    made.add("content/files/map.pdf", "%PDF-1.4 made up\n");
    let mut ids = vec!["pages/index".to_owned()];
    for number in 0..size {
        let id = identity(&mut random, number);
        let text = document(&mut random, &id, &ids);
        made.add(&format!("content/{id}.md"), &text);
        ids.push(id);
    }
    for number in 0..size / 8 + 4 {
        made.withhold(&mut random, number, &ids);
    }
    made
}

impl Made {
    fn add(&mut self, path: &str, text: &str) {
        self.files.push((path.to_owned(), text.as_bytes().to_vec()));
    }

    /// A word that stands nowhere else.
    fn canary(&mut self) -> String {
        let canary = format!("quokka{}x", self.canaries.len());
        self.canaries.push(canary.clone());
        canary
    }

    /// Adds a document of which nothing, or only a notice, may be seen.
    fn withhold(&mut self, random: &mut Random, number: usize, ids: &[String]) {
        let [name, title, words, tag, alias] = std::array::from_fn(|_| self.canary());
        let target = random.pick(ids).clone();
        let body = format!("## {words} heading\n\n7.1 Text with {words} and [a link](/{target}.md).\n");
        let rest = format!("summary: About {words}\ntags: [{tag}]\naliases: [/{alias}/]\nabout: [{target}]\n");
        match number % 4 {
            0 => self.add(
                &format!("content/news/2021-01-{:02}-{name}.md", number % 28 + 1),
                &format!("---\ntitle: {title}\ndraft: true\n{rest}---\n{body}"),
            ),
            1 => self.add(
                &format!("content/priorities/{name}.md"),
                &format!("---\ntitle: {title}\npublish_at: 2030-01-01\n{rest}---\n{body}"),
            ),
            2 => self.add(
                &format!("content/reports/private-{number}.md"),
                &format!(
                    "---\ntitle: A private report {number}\ndate: 2020-02-02\nexempt: {{paragraphs: [3], reason: Money}}\n\
                     tags: [{tag}]\n---\n{body}\n{name} {title} {alias}\n"
                ),
            ),
            _ => self.add(
                &format!("content/pages/partly-private-{number}.md"),
                &format!(
                    "Public words.\n\n## Private part {{.exempt paragraphs=3}}\n\n{words} {name} ![{title}]({alias}.png)\n\n\
                     ## Public part\n\nA block {tag} of it. {{.exempt paragraphs=1}}\n\nPublic again.\n"
                ),
            ),
        }
    }
}

/// The id of a new document: its folder and a name that nothing else has.
fn identity(random: &mut Random, number: usize) -> String {
    let year = 2015 + random.below(11);
    let date = format!("{year}-{:02}-{:02}", random.below(12) + 1, random.below(28) + 1);
    match random.below(8) {
        0 | 1 => format!("minutes/board-{}/{date}-{number}", random.below(3)),
        2 => format!("resolutions/{year}-{number}"),
        3 => format!("strategies/strategy-{number}"),
        4 => format!("priorities/priority-{number}"),
        5 => format!("reports/{date}-report-{number}"),
        6 => format!("news/{date}-news-{number}"),
        _ => format!("pages/guide/page-{number}"),
    }
}

fn document(random: &mut Random, id: &str, ids: &[String]) -> String {
    let mut text = String::from("---\n");
    let _ = writeln!(text, "title: {}", sentence(random, 5));
    if random.chance(70) {
        let _ = writeln!(text, "summary: {}.", sentence(random, 9));
    }
    if random.chance(50) {
        let _ = writeln!(text, "tags: [{}, {}]", random.pick(&WORDS[..20]), random.pick(&WORDS[20..40]));
    }
    if random.chance(40) {
        let _ = writeln!(text, "about: [{}]", random.pick(ids));
    }
    text.push_str("---\n");
    let numbered = id.starts_with("minutes/") || random.chance(30);
    for item in 1..=random.below(4) + 1 {
        match numbered {
            true => drop(writeln!(text, "## {item}. {}\n", sentence(random, 4))),
            false => drop(writeln!(text, "## {}\n", sentence(random, 4))),
        }
        for paragraph in 1..=random.below(5) + 1 {
            if numbered {
                let _ = write!(text, "{item}.{paragraph} ");
            }
            block(random, &mut text, ids, numbered);
        }
    }
    text
}

fn block(random: &mut Random, text: &mut String, ids: &[String], numbered: bool) {
    let (first, second) = (sentence(random, 12), sentence(random, 7));
    let target = random.pick(ids);
    let written = match random.below(if numbered { 5 } else { 9 }) {
        0 => writeln!(text, "{first}. See [{second}](/{target}.md).\n"),
        1 => writeln!(text, "{first} in [[{target}]], **{second}**.\n"),
        2 => writeln!(text, "{first}, and [the map](/files/map.pdf) of _{second}_.\n"),
        3 => writeln!(text, "{first}:\n\n(a) {second};\n\n(b) {}.\n", sentence(random, 6)),
        4 => writeln!(text, "{first}.\n"),
        5 => writeln!(text, "- {first}\n- {second}\n  - {}\n", sentence(random, 3)),
        6 => writeln!(text, "| {} | Figure |\n|---|---:|\n| {second} | {} |\n", random.pick(WORDS), random.below(5000)),
        7 => writeln!(text, "> {first}\n> {second}\n"),
        _ => writeln!(text, "1. {first}\n2. {second}[^note]\n\n[^note]: {}.\n", sentence(random, 5)),
    };
    written.expect("writing to a string does not fail");
}

fn sentence(random: &mut Random, length: usize) -> String {
    let words: Vec<&str> = (0..random.below(length) + 2).map(|_| *random.pick(WORDS)).collect();
    words.join(" ")
}

/// Changes a site as its authors would, and says what was done.
pub fn edit(random: &mut Random, files: &mut Vec<(String, Vec<u8>)>) -> String {
    let id = |path: &str| Some(path.strip_prefix("content/")?.strip_suffix(".md")?.to_owned());
    let documents: Vec<(usize, String)> =
        files.iter().enumerate().filter_map(|(at, (path, _))| Some((at, id(path)?))).collect();
    let ids: Vec<String> = documents.iter().map(|(_, id)| id.clone()).collect();
    let (at, id) = random.pick(&documents).clone();
    let text = String::from_utf8_lossy(&files[at].1).into_owned();
    let (what, new) = match random.below(12) {
        0 => {
            files.remove(at);
            return format!("{id} is gone");
        }
        1 => {
            files[at].0 = format!("content/{id}-renamed.md");
            return format!("{id} has another name");
        }
        2 => {
            let new = identity(random, 1000);
            let text = document(random, &new, &ids);
            files.push((format!("content/{new}.md"), text.into_bytes()));
            return format!("{new} is new");
        }
        3 => {
            let settings = files.iter_mut().find(|(path, _)| path == "content/site.toml").expect("there are settings");
            let words = String::from_utf8_lossy(&settings.1).replace("title = \"", "title = \"Another ");
            settings.1 = words.into_bytes();
            return "the site has another title".to_owned();
        }
        4 => {
            let others = files.iter_mut().filter(|(path, _)| path.ends_with(".pdf") || path.ends_with(".csv"));
            others.for_each(|(_, bytes)| bytes.extend_from_slice(b"2040/41,7\n"));
            return "every file of figures and every PDF is longer".to_owned();
        }
        5 => ("is a draft", with_field(&text, "draft", "true")),
        6 => ("has another summary", with_field(&text, "summary", &sentence(random, 6))),
        7 => ("has other topics", with_field(&text, "tags", &format!("[{}]", random.pick(WORDS)))),
        8 => ("is about something else", with_field(&text, "about", &format!("[{}]", random.pick(&ids)))),
        9 => ("has another title", with_field(&text, "title", &sentence(random, 4))),
        10 => ("links to another document", format!("{text}\nSee [[{}]].\n", random.pick(&ids))),
        _ => ("says more", format!("{text}\n{}.\n", sentence(random, 9))),
    };
    files[at].1 = new.into_bytes();
    format!("{id} {what}")
}

/// A document with this field in place of the one that it had.
fn with_field(text: &str, name: &str, value: &str) -> String {
    let Some((head, rest)) = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n")) else {
        return format!("---\n{name}: {value}\n---\n{text}");
    };
    let kept: Vec<&str> = head.lines().filter(|line| !line.starts_with(&format!("{name}:"))).collect();
    format!("---\n{name}: {value}\n{}\n---\n{rest}", kept.join("\n"))
}

/// Plain Markdown, as notes of a meeting come, and its words in the order in which a reader must meet them.
/// No two words are alike, so that none can stand in for another.
pub fn notes(seed: u64) -> (String, Vec<String>) {
    let mut notes = Notes { random: Random::new(seed), text: String::new(), words: Vec::new() };
    let title = notes.run(4);
    let _ = writeln!(notes.text, "# {title}\n");
    for _ in 0..12 {
        notes.block();
    }
    (notes.text, notes.words)
}

struct Notes {
    random: Random,
    text: String,
    words: Vec<String>,
}

impl Notes {
    /// A new word; some have what Markdown or the dialect could take for its own.
    fn word(&mut self) -> String {
        const SYLLABLES: &[&str] =
            &["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "wi", "xo"];
        let number = self.words.len();
        let stem = format!("{}{}{number}", self.random.pick(SYLLABLES), self.random.pick(SYLLABLES));
        let word = match self.random.below(40) {
            0 => format!("{{{stem}}}"),
            1 => format!("{stem}_{stem}"),
            2 => format!("({stem})"),
            3 => format!("£{stem}%"),
            4 => format!("{stem}’s"),
            5 => format!("{stem}/{stem}"),
            6 => format!("“{stem}”"),
            7 => format!("{stem}:"),
            8 => format!("{stem}&{stem}"),
            9 => format!("{stem}×2"),
            10 => format!("$${stem}"),
            11 => format!("~{stem}"),
            _ => stem,
        };
        self.words.push(word.clone());
        word
    }

    /// `count` words on one line.
    fn run(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn block(&mut self) {
        let block = match self.random.below(14) {
            0 => format!("## {}", self.run(3)),
            1 => format!("### {} {{{}}}", self.run(2), self.run(2)),
            2 => format!("{} *{}* **{}** {}.", self.run(3), self.run(1), self.run(2), self.run(2)),
            3 => format!("- {}\n- {}\n  - {}\n- {}", self.run(3), self.run(2), self.run(2), self.run(2)),
            4 => format!("1. {}\n2. {}\n7. {}", self.run(3), self.run(2), self.run(2)),
            5 => format!("> {}\n> {}", self.run(3), self.run(2)),
            6 => {
                format!("| {} | {} |\n|---|---|\n| {} | {} |", self.run(1), self.run(2), self.run(2), self.run(1))
            }
            7 => format!("    {}\n    {}", self.run(2), self.run(2)),
            8 => format!("(a) {}\n\n(b) {}", self.run(3), self.run(2)),
            9 => format!("{} [{}](https://elsewhere.example/) {}", self.run(2), self.run(2), self.run(2)),
            10 => format!("Present: {}\n{}\n{}", self.run(2), self.run(2), self.run(2)),
            11 => format!("RESOLVED: That {}", self.run(4)),
            12 => format!("{}\n: {}", self.run(2), self.run(3)),
            _ => self.run(14),
        };
        let _ = writeln!(self.text, "{block}\n");
    }
}

/// Minutes of a meeting, and each label in them as it is typed, with the word behind it that stands nowhere else.
pub fn minutes(seed: u64) -> (String, Vec<(String, String)>) {
    let notes = Notes { random: Random::new(seed), text: String::new(), words: Vec::new() };
    let mut minutes = Minutes { notes, labels: Vec::new() };
    for item in 1..=4 {
        minutes.item(item);
    }
    (minutes.notes.text, minutes.labels)
}

struct Minutes {
    notes: Notes,
    labels: Vec<(String, String)>,
}

impl Minutes {
    /// A word that nothing else has, behind `label` as it is typed in the text.
    fn labelled(&mut self, label: &str) -> String {
        let word = format!("word{}x", self.labels.len());
        self.labels.push((label.to_owned(), word.clone()));
        format!("{word} {}", self.notes.run(3))
    }

    fn item(&mut self, item: usize) {
        let heading = self.labelled(&format!("{item}."));
        let mut text = format!("## {item}. {heading}\n\n");
        for paragraph in 1..=self.notes.random.below(5) + 1 {
            let label = format!("{item}.{paragraph}{}", ["", "."][self.notes.random.below(2)]);
            let words = self.labelled(&label);
            let between = ["\n\n", ".\n", ":\n\n"][self.notes.random.below(3)];
            let typed = if self.notes.random.chance(30) { format!("**{label}**") } else { label };
            let _ = write!(text, "{typed} {words}{between}");
            if between == ":\n\n" {
                self.list(&mut text);
            }
        }
        let _ = writeln!(self.notes.text, "{text}");
    }

    fn list(&mut self, text: &mut String) {
        let labels: &[&str] = match self.notes.random.below(5) {
            0 => &["(a)", "(b)", "(c)"],
            1 => &["i)", "ii)", "iii)", "iv)"],
            2 => &["1.", "2.", "3."],
            3 => &["(1)", "(2)"],
            _ => &["1)", "2)"],
        };
        let between = ["\n", "\n\n"][self.notes.random.below(2)];
        for label in labels {
            let words = self.labelled(label);
            let _ = write!(text, "{label} {words}{between}");
        }
        text.push('\n');
    }
}

/// Up to sixteen blocks of texts, in any order, with an empty line between them or only a new line.
pub fn mixture(seed: u64, blocks: &[&str]) -> String {
    let mut random = Random::new(seed);
    let mut text = String::new();
    for _ in 0..random.below(16) + 1 {
        text.push_str(random.pick::<&str>(blocks));
        text.push_str(if random.chance(80) { "\n\n" } else { "\n" });
    }
    text
}

/// Characters and lines that have a meaning somewhere: damage with them is likelier to be felt.
const HOSTILE: &[&str] = &[
    "---\n",
    "+++\n",
    "\n---\n",
    "{.exempt",
    "{.exempt paragraphs=3}",
    "{",
    "}",
    "[[",
    "]]",
    "![[",
    "|",
    "\\",
    "`",
    "```\n",
    "> ",
    "\t",
    "\r\n",
    "\u{a0}",
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "<",
    "<!--",
    "-->",
    "</p>",
    "&#x",
    "* ",
    "1. ",
    "7.1 ",
    "(a) ",
    "[^1]",
    "[^1]: ",
    "{#",
    ": ",
    "- ",
    "\"",
    "'",
    "|\n",
    "=",
    "%",
    "%00",
    "#",
    "é",
    "日本",
    "🙂",
    "{{",
    "{%",
    "RESOLVED: ",
    "\n\n",
    "&a *a",
    "!!binary ",
    "[",
    "]",
    "(",
    ")",
    "../",
    "//",
    "draft: true\n",
    "2026-02-30",
    "~~",
    "$",
];

/// A file with a few pieces of it changed, doubled, taken out or put in.
pub fn damaged(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..random.below(6) + 1 {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(6) {
            0 => drop(bytes.splice(at..end, [])),
            1 => {
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            2 if at < bytes.len() => bytes[at] = random.next().to_le_bytes()[0],
            3 => bytes.truncate(bytes.len() - random.below(bytes.len() / 4 + 1)),
            _ => {
                let piece = random.pick(HOSTILE).bytes();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}
