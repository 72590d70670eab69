//! Reads YAML into a [`Node`], with scalars as typed.
//!
//! Input: the head of a document, between `---`. Output: a tree, or `None` and the reason as a diagnostic. A head that
//! the strict grammar refuses is read once more after [`repair`](super::repair): an unquoted colon in a text is text.
//! Not here: YAML's own types, anchors and aliases (a copy-paste by reference that no head needs and that
//! can blow up a small file to any size), more than one document.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span as Marks, Tag};

use super::grammar::is_number_sign;
use super::repair::{Repaired, repair};
use super::{DEEPEST, LONGEST_HEAD, Node, Pair, Place, Raw, inside_curly_quotes};
use crate::diagnostic::{Diagnostics, HeadMistake};
use crate::source::{SourceId, Span};

/// The head of a document, between `---`. `offset` is where `text` begins in `source`.
pub fn yaml(text: &str, source: SourceId, offset: usize, diagnostics: &mut Diagnostics) -> Option<Node> {
    let place = Place { source, offset };
    if text.len() > LONGEST_HEAD {
        diagnostics.broken_head(HeadMistake::TooLong, place.line(text, 0), "");
        return None;
    }
    match read(text, place) {
        Ok(tree) => {
            for (first, second, key) in &tree.repeated {
                diagnostics.duplicate_field(*first, *second, key);
            }
            for (span, straight) in &tree.curly {
                diagnostics.wrong_quotes(*span, straight);
            }
            Some(tree.root)
        }
        Err(problem) => {
            say(&problem, text, place, diagnostics);
            None
        }
    }
}

fn read(text: &str, place: Place) -> Result<Tree, Problem> {
    let strict = build_tree(&Repaired::unchanged(text), place);
    match &strict {
        Ok(tree) if tree.lost.is_none() && !tree.halved && !reads_otherwise(text) => return strict,
        Err(Problem { what: HeadMistake::TooDeep | HeadMistake::Alias | HeadMistake::SecondDocument, .. }) => {
            return strict;
        }
        _ => {}
    }
    // A tab is as wide as an editor shows it, and which one that was is not in the file.
    let widths: &[usize] = if text.contains('\t') { &[2, 4, 8] } else { &[2] };
    let mut problem = None;
    for width in widths {
        let repaired = repair(text, *width);
        match build_tree(&repaired, place) {
            Ok(tree) if tree.lost.is_none() => return Ok(tree),
            Ok(Tree { lost: Some(at), .. }) => problem.get_or_insert(Problem { at, what: HeadMistake::Alias }),
            Ok(_) => unreachable!("the first arm takes every tree that lost nothing"),
            Err(found) => problem.get_or_insert(nearer(found, &repaired)),
        };
    }
    match strict {
        Ok(tree) if tree.lost.is_none() => Ok(tree),
        Ok(_) | Err(_) => Err(problem.unwrap_or_else(|| unreachable!("every width that fails leaves a problem"))),
    }
}

/// Whether the grammar would take a `#1` in a text for a comment, or a no-break space for a letter of a name.
fn reads_otherwise(text: &str) -> bool {
    let mut signs = text.match_indices(" #");
    signs.any(|(at, _)| is_number_sign(&text[at + 2..]))
        || (text.contains('\u{a0}')
            && text.lines().any(|line| {
                let indent = line.len() - line.trim_start().len();
                line.contains(":\u{a0}") || line.contains("-\u{a0}") || line[..indent].contains('\u{a0}')
            }))
}

/// The grammar often notices a mistake too late: what `repair` saw before that place is nearer to the mistake.
fn nearer(problem: Problem, repaired: &Repaired<'_>) -> Problem {
    let seen = [(repaired.unclosed, HeadMistake::UnclosedQuote), (repaired.loose, HeadMistake::LooseLine)];
    let seen = seen.into_iter().filter_map(|(at, what)| Some(Problem { at: at?, what }));
    let seen =
        seen.min_by_key(|seen| seen.at).filter(|seen| seen.at <= problem.at || problem.what == HeadMistake::NotFields);
    seen.unwrap_or(problem)
}

/// What the grammar does not allow, at a byte of the text as typed.
struct Problem {
    at: usize,
    what: HeadMistake,
}

fn say(problem: &Problem, text: &str, place: Place, diagnostics: &mut Diagnostics) {
    let at = problem.at.min(text.len());
    // The grammar notices the end of a head one line too late.
    let shown = if at == text.len() { text.trim_end().len() } else { at };
    let line = place.line(text, shown);
    let typed = text.get(line.start as usize - place.offset..line.end as usize - place.offset).unwrap_or_default();
    diagnostics.broken_head(problem.what, line, typed);
}

/// What a head says, and what must be reported if this reading is used.
struct Tree {
    root: Node,
    /// Keys that are there twice: the first place, the second place, the name.
    repeated: Vec<(Span, Span, String)>,
    /// Values in curly quotes, with what is inside.
    curly: Vec<(Span, String)>,
    /// A place where the grammar took the first word of a text for its own: `&c.`, `!important`.
    lost: Option<usize>,
    /// Whether a comma cut a curly quotation in two.
    halved: bool,
}

/// Reads `repaired` strictly. There is no recursion: open lists and maps are on a stack of at most [`DEEPEST`].
fn build_tree(repaired: &Repaired<'_>, place: Place) -> Result<Tree, Problem> {
    let mut builder = TreeBuilder::new(repaired, place);
    let mut parser = Parser::new_from_str(&repaired.text);
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, marks) = event.map_err(|error| builder.problem_of(&error))?;
        match event {
            Event::DocumentStart(_) if documents > 0 => return builder.fail(marks.start, HeadMistake::SecondDocument),
            Event::DocumentStart(_) => documents += 1,
            Event::Scalar(text, style, anchor, tag) => {
                builder.note_loss(anchor, tag.as_deref(), marks);
                builder.scalar(&text, style, marks)?;
            }
            Event::Alias(_) => return builder.fail(marks.start, HeadMistake::Alias),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) if anchor > 0 => {
                drop(tag);
                return builder.fail(marks.start, HeadMistake::Alias);
            }
            Event::SequenceStart(_, tag) => builder.open(false, tag.as_deref(), marks)?,
            Event::MappingStart(_, tag) => builder.open(true, tag.as_deref(), marks)?,
            Event::SequenceEnd | Event::MappingEnd => builder.close(marks)?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    builder.finish()
}

struct TreeBuilder<'text> {
    repaired: &'text Repaired<'text>,
    place: Place,
    /// The byte at which each character begins, and the length of the text. Empty if every character is one byte.
    bytes: Vec<usize>,
    stack: Vec<Frame>,
    root: Option<Node>,
    repeated: Vec<(Span, Span, String)>,
    curly: Vec<(Span, String)>,
    lost: Option<usize>,
    halved: bool,
}

/// A list or a map that is still open.
struct Frame {
    /// Its first byte in the repaired text.
    start: usize,
    /// The end of the last of its members so far, in bytes.
    end: usize,
    /// Whether it is written in brackets.
    bracket: bool,
    holds: Holds,
}

/// The keys of a map: the first place of each, and whether it was reported that there is a second one.
type Seen = std::collections::BTreeMap<String, (Span, bool)>;

enum Holds {
    Items(Vec<Node>),
    Pairs { pairs: Vec<Pair>, key: Option<(String, Span)>, seen: Seen },
}

impl<'text> TreeBuilder<'text> {
    fn new(repaired: &'text Repaired<'text>, place: Place) -> Self {
        let text = &repaired.text;
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
        };
        let (repeated, curly) = (Vec::new(), Vec::new());
        Self { repaired, place, bytes, stack: Vec::new(), root: None, repeated, curly, lost: None, halved: false }
    }

    /// The byte of the repaired text at a marker, which counts characters.
    fn byte(&self, marker: Marker) -> usize {
        let (character, end) = (marker.index(), self.repaired.text.len());
        if self.bytes.is_empty() { character.min(end) } else { self.bytes.get(character).copied().unwrap_or(end) }
    }

    /// The span in the source of bytes of the repaired text.
    fn span(&self, start: usize, end: usize) -> Span {
        self.place.span(self.repaired.origin(start), self.repaired.origin(end.max(start)))
    }

    fn problem(&self, at: usize, what: HeadMistake) -> Problem {
        Problem { at: self.repaired.origin(at), what }
    }

    fn fail<T>(&self, marker: Marker, what: HeadMistake) -> Result<T, Problem> {
        Err(self.problem(self.byte(marker), what))
    }

    /// The scanner's own words are for programmers; they only tell which of our sentences fits.
    fn problem_of(&self, error: &ScanError) -> Problem {
        let says = |words: &str| error.info().contains(words);
        let what = if says("recursion limit") {
            HeadMistake::TooDeep
        } else if says("tab") || says("mapping values are not allowed") || says("indentation") || says("block mapping")
        {
            HeadMistake::Indentation
        } else if says("',' or") || says("flow") || says("bracket") {
            HeadMistake::UnclosedBracket
        } else {
            HeadMistake::Other
        };
        self.problem(self.byte(*error.marker()), what)
    }

    /// An anchor or a tag in front of a scalar may be the first word of a text. YAML's own tags (`!!str`) are not.
    fn note_loss(&mut self, anchor: usize, tag: Option<&Tag>, marks: Marks) {
        if anchor > 0 || tag.is_some_and(|tag| !tag.is_yaml_core_schema()) {
            self.lost.get_or_insert(self.repaired.origin(self.byte(marks.start)));
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, marks: Marks) -> Result<(), Problem> {
        let (start, end) = (self.byte(marks.start), self.byte(marks.end));
        let written_quotes = style != ScalarStyle::Plain && self.repaired.was_typed(start);
        if written_quotes {
            let width = usize::from(matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
            let span = self.span(start + width, end.saturating_sub(width));
            return self.add(Node { span, value: Raw::Scalar { text: text.to_owned(), quoted: true } }, start, end);
        }
        let mut span = self.span(start, end);
        let null = style == ScalarStyle::Plain && matches!(text, "" | "~" | "null");
        let value = if null {
            Raw::Null
        } else if let Some(inside) = inside_curly_quotes(text) {
            self.curly.push((span, inside.to_owned()));
            let width = |mark: Option<char>| u32::try_from(mark.map_or(0, char::len_utf8)).unwrap_or_default();
            span.start += width(text.chars().next());
            span.end = span.end.saturating_sub(width(text.chars().next_back())).max(span.start);
            Raw::Scalar { text: inside.to_owned(), quoted: true }
        } else {
            let in_brackets = self.stack.last().is_some_and(|top| top.bracket);
            self.halved |= in_brackets && text.starts_with('“') && !text.contains('”');
            Raw::Scalar { text: text.to_owned(), quoted: false }
        };
        self.add(Node { span, value }, start, end)
    }

    fn open(&mut self, map: bool, tag: Option<&Tag>, marks: Marks) -> Result<(), Problem> {
        self.note_loss(0, tag, marks);
        if self.stack.len() >= DEEPEST {
            return self.fail(marks.start, HeadMistake::TooDeep);
        }
        if let Some(Frame { holds: Holds::Pairs { key: None, .. }, .. }) = self.stack.last() {
            return self.fail(marks.start, HeadMistake::KeyOfParts);
        }
        let start = self.byte(marks.start);
        let bracket = self.repaired.text[start..].starts_with(['[', '{']);
        let holds = if map {
            Holds::Pairs { pairs: Vec::new(), key: None, seen: Seen::new() }
        } else {
            Holds::Items(Vec::new())
        };
        self.stack.push(Frame { start, end: start, bracket, holds });
        Ok(())
    }

    fn close(&mut self, marks: Marks) -> Result<(), Problem> {
        let frame = self.stack.pop().unwrap_or_else(|| unreachable!("the parser closes what it opened"));
        let in_brackets =
            self.stack.last().is_some_and(|outer| outer.bracket && matches!(outer.holds, Holds::Items(_)));
        let start = frame.start;
        let end = if frame.bracket { self.byte(marks.end) } else { frame.end };
        let typed = &self.repaired.text[start..end.max(start)];
        let span = self.span(start, end);
        let text_of = |typed: &str| Raw::Scalar { text: typed.to_owned(), quoted: false };
        let value = match frame.holds {
            Holds::Items(items) if is_reference(typed, &items) => text_of(typed),
            Holds::Items(items) => Raw::List(items),
            // `[Report: part one]` is a list of words; the grammar sees a map in it.
            Holds::Pairs { .. } if !frame.bracket && in_brackets => text_of(typed.trim_end()),
            Holds::Pairs { pairs, .. } => Raw::Map(pairs),
        };
        self.add(Node { span, value }, start, end)
    }

    /// Puts a finished value where it belongs.
    fn add(&mut self, node: Node, start: usize, end: usize) -> Result<(), Problem> {
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        frame.end = frame.end.max(end);
        match &mut frame.holds {
            Holds::Items(items) => items.push(node),
            Holds::Pairs { pairs, key: waiting, seen } => match (waiting.take(), node) {
                (Some((key, key_span)), mut value) => {
                    if value.value == Raw::Null && value.span.start >= value.span.end {
                        value.span = key_span;
                    }
                    match seen.get_mut(&key) {
                        Some((_, true)) => {}
                        Some((first, said)) => {
                            *said = true;
                            self.repeated.push((*first, key_span, key.clone()));
                        }
                        None => drop(seen.insert(key.clone(), (key_span, false))),
                    }
                    pairs.push(Pair { key, key_span, value });
                }
                (None, Node { span, value: Raw::Scalar { text, .. } }) => *waiting = Some((text, span)),
                (None, _) => return Err(self.problem(start, HeadMistake::KeyOfParts)),
            },
        }
        Ok(())
    }

    fn finish(self) -> Result<Tree, Problem> {
        let empty = Node { span: self.span(0, 0), value: Raw::Map(Vec::new()) };
        let root = match self.root {
            None | Some(Node { value: Raw::Null, .. }) => empty,
            Some(root @ Node { value: Raw::Map(_), .. }) => root,
            Some(root) => {
                return Err(Problem { at: root.span.start as usize - self.place.offset, what: HeadMistake::NotFields });
            }
        };
        Ok(Tree { root, repeated: self.repeated, curly: self.curly, lost: self.lost, halved: self.halved })
    }
}

/// Whether a list in a list is a reference as it stands in texts: `[[strategies/safer-plan]]`.
fn is_reference(typed: &str, items: &[Node]) -> bool {
    let inner = match items {
        [Node { value: Raw::List(inner), .. }] => inner,
        _ => return false,
    };
    typed.starts_with("[[")
        && typed.ends_with("]]")
        && matches!(inner.as_slice(), [Node { value: Raw::Scalar { .. }, .. }])
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: usize = 4;

    /// The tree in one line, and the titles of what was said.
    fn read_head(text: &str) -> (String, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let node = yaml(text, SourceId(0), HEAD, &mut diagnostics);
        let titles = diagnostics.iter().map(|diagnostic| diagnostic.title.to_string()).collect();
        (node.map_or("nothing".into(), |node| shown(&node)), titles)
    }

    fn shown(node: &Node) -> String {
        let all = |nodes: &mut dyn Iterator<Item = String>| nodes.collect::<Vec<_>>().join("|");
        match &node.value {
            Raw::Null => "~".into(),
            Raw::Scalar { text, .. } => text.clone(),
            Raw::List(items) => format!("[{}]", all(&mut items.iter().map(shown))),
            Raw::Map(pairs) => {
                format!("{{{}}}", all(&mut pairs.iter().map(|pair| format!("{}={}", pair.key, shown(&pair.value)))))
            }
        }
    }

    #[test]
    fn what_staff_type_is_what_they_meant() {
        for (typed, meant) in [
            ("edition: 1.10\nanswer: no\ndate: 2021-09-07", "{edition=1.10|answer=no|date=2021-09-07}"),
            ("title: Note: draft", "{title=Note: draft}"),
            ("title: Minutes: 7 March [draft]", "{title=Minutes: 7 March [draft]}"),
            ("title: Minutes:\nstatus: agreed", "{title=Minutes:|status=agreed}"),
            ("time: 14:30", "{time=14:30}"),
            ("title: Note: it's Jo's # a comment", "{title=Note: it's Jo's}"),
            ("title: Priority #1: burglary", "{title=Priority #1: burglary}"),
            ("title: Priority #1 # which one", "{title=Priority #1}"),
            ("title: #3", "{title=#3}"),
            ("lead: [[bodies/board]]", "{lead=[[bodies/board]]}"),
            ("about: [[[a/b]], [[c/d#3|e]]]", "{about=[[[a/b]]|[[c/d#3|e]]]}"),
            ("title: [[a]] and [[b]]", "{title=[[a]] and [[b]]}"),
            ("title: @home", "{title=@home}"),
            ("title: `code`", "{title=`code`}"),
            ("title: %5 more", "{title=%5 more}"),
            ("title: *Urgent* repairs", "{title=*Urgent* repairs}"),
            ("title: &c. and others", "{title=&c. and others}"),
            ("title: !important notice", "{title=!important notice}"),
            ("edition: !!str 1.0", "{edition=1.0}"),
            ("title: {draft", "{title={draft}"),
            ("title: - none", "{title=- none}"),
            ("value: -", "{value=-}"),
            ("amount: > 50 people", "{amount=> 50 people}"),
            ("title: \"Annual\" report", "{title=\"Annual\" report}"),
            ("title: 'Twas the night", "{title='Twas the night}"),
            ("path: \"C:\\Users\"", "{path=C:\\Users}"),
            ("path: \"tab\\tand é \\u00e9\"", "{path=tab\tand é é}"),
            ("list:\n\t- one\n\t- two: 2: 3", "{list=[one|{two=2: 3}]}"),
            ("title:\tTabbed: yes", "{title=Tabbed: yes}"),
            ("title:\u{a0}No-break\nx: y", "{title=No-break|x=y}"),
            ("contact:\n\u{a0}\u{a0}post: Clerk", "{contact={post=Clerk}}"),
            ("date:2021-09-07\ntitle:Note: x", "{date=2021-09-07|title=Note: x}"),
            ("summary: One: two\n  and three: four\nx: y", "{summary=One: two and three: four|x=y}"),
            ("summary: One\n  and Dr. Two: three.\nx: y", "{summary=One and Dr. Two: three.|x=y}"),
            ("summary: |\n  a: b: c\n\n  “d”\nx: y: z", "{summary=a: b: c\n\n“d”\n|x=y: z}"),
            ("summary: \"over\n  lines: two\"\nx: y: z", "{summary=over lines: two|x=y: z}"),
            ("tags: [a: b, c]", "{tags=[a: b|c]}"),
            ("tags: [\n  a,\n  b: c: d,\n]\nx: y", "{tags=[a|b: c: d]|x=y}"),
            ("tags: [see [1], don't]", "{tags=[see [1]|don't]}"),
            ("group: {label: Note: x, file: a.pdf}", "{group={label=Note: x|file=a.pdf}}"),
            ("group: {\"label\": \"a, b\", at: @home}", "{group={label=a, b|at=@home}}"),
            ("- a: b", "nothing"),
            ("a:\nb: ~\nc: null\nd: ''", "{a=~|b=~|c=~|d=}"),
            ("# only a comment", "{}"),
            ("", "{}"),
            ("'quoted key': x: y", "{quoted key=x: y}"),
        ] {
            assert_eq!(read_head(typed).0, meant, "{typed}");
            if let Ok(tree) = build_tree(&repair(typed, 2), Place { source: SourceId(0), offset: 0 }) {
                assert_eq!(shown(&tree.root), meant, "repaired although nothing was wrong: {typed}");
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_in_plain_words() {
        for (typed, read, said) in [
            ("title: “Annual: report”", "{title=Annual: report}", "The quotes round this text are not straight ones"),
            ("title: ‘Children’s plan’", "{title=Children’s plan}", "The quotes round this text are not straight ones"),
            ("title: \"Annual report”", "{title=Annual report}", "The quotes round this text are not straight ones"),
            ("tags: [“a, b”, c]", "{tags=[a, b|c]}", "The quotes round this text are not straight ones"),
            ("draft: false\ndraft: true", "{draft=false|draft=true}", "`draft` stands twice"),
            ("just words", "nothing", "This line of the head has no field name"),
            ("title: a\nwords\nx: y", "nothing", "This line of the head has no field name"),
            ("- a\n- b", "nothing", "The head holds no fields"),
            ("title: \"Annual report\nx: y", "nothing", "The quotation mark that opens on this line is not closed"),
            (
                "title: Minutes\n  draft: true",
                "nothing",
                "This line is indented differently from the lines it belongs to",
            ),
            ("a: b\n---\nc: d", "nothing", "The head ends here, and then a second one begins"),
            (
                "a: &x [1]\nb: *x",
                "nothing",
                "A value begins with `&`, `*` or `!`, which would copy or mark another value",
            ),
            (
                "a: &x 1\nb: *x",
                "nothing",
                "A value begins with `&`, `*` or `!`, which would copy or mark another value",
            ),
            ("{[a]: b}", "nothing", "The name of a field is missing, or is not a word"),
        ] {
            assert_eq!(read_head(typed), (read.into(), vec![said.into()]), "{typed}");
        }
        assert_eq!(read_head("tags: [“a, b]").0, "{tags=[“a|b]}");
    }

    #[test]
    fn spans_are_bytes_of_the_whole_file() {
        for (head, typed) in [
            ("é: 😀ü # c\n", "😀ü"),
            ("é: Note: 😀\nx: y\n", "Note: 😀"),
            ("é: 'it''s'\n", "it''s"),
            ("a: {“é”: b, c: [😀: ü]}\n", "😀: ü"),
            ("a:\n\t- é: ü: 😀\n", "ü: 😀"),
            ("a: “é: 😀”", "é: 😀"),
        ] {
            let file = format!("---\n{head}---\n");
            let mut diagnostics = Diagnostics::new();
            let node = yaml(head, SourceId(0), HEAD, &mut diagnostics).expect("the head can be read");
            let spans = spans(&node);
            let found = spans.iter().any(|span| &file[span.start as usize..span.end as usize] == typed);
            assert!(
                found,
                "{typed:?} in {:?}",
                spans.iter().map(|s| &file[s.start as usize..s.end as usize]).collect::<Vec<_>>()
            );
        }
    }

    fn spans(node: &Node) -> Vec<Span> {
        let mut all = vec![node.span];
        match &node.value {
            Raw::List(items) => all.extend(items.iter().flat_map(spans)),
            Raw::Map(pairs) => {
                all.extend(pairs.iter().flat_map(|pair| spans(&pair.value).into_iter().chain([pair.key_span])));
            }
            Raw::Null | Raw::Scalar { .. } => {}
        }
        all
    }

    #[test]
    fn bombs_are_refused_at_once() {
        let bomb = (0..10).fold("a: &a [lol, lol]\n".to_owned(), |bomb, level| {
            format!("{bomb}b{level}: &b{level} [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n")
        });
        for hostile in [
            bomb,
            "[".repeat(10_000),
            format!("a: {}", "[".repeat(10_000)),
            format!("a: {}", "{a: ".repeat(10_000)),
            "- ".repeat(10_000),
            "? ".repeat(10_000),
            "a: [“b, ".repeat(7_000),
            "a: 'b\n\n\n".repeat(7_000),
            "a: {\n]\n".repeat(7_000),
            "&a ".repeat(20_000),
            format!("a: \"{}", "\n".repeat(60_000)),
            (0..350).map(|depth| format!("{}a: [\n", " ".repeat(depth))).collect(),
            "a, [".repeat(16_000),
            format!("a: {{{}", "b, ".repeat(20_000)),
            format!("a: [{}", "'b', \"c\" d, ".repeat(4_000)),
            format!("a: b{}", "\n  c".repeat(12_000)),
            format!("a: b: {}", "'".repeat(60_000)),
            (0..6_000).map(|key| format!("k{key}: a: b\n")).collect::<String>()[..60_000].to_owned(),
            format!("a: [{}", "b [, #1 ".repeat(8_000)),
        ] {
            let (read, said) = read_head(&hostile);
            assert!(said.len() <= 2 && read.len() < 70_000, "{hostile:.40} gave {} messages", said.len());
        }
    }

    #[test]
    fn no_text_makes_it_panic_and_every_span_lies_on_characters() {
        const PARTS: [&str; 44] = [
            "title", "draft", ": ", ":", "\n", "\n  ", "\n\t", "- ", "-", "[", "]", "{", "}", ", ", "\"", "'", "“",
            "”", "‘", "’", "é", "😀", "\u{a0}", "\t", " ", "#", " # ", " #1", "&a ", "*a", "!x ", "|\n", ">-\n", "@",
            "`", "%", "? ", "---\n", "\\", "[[a]]", "~", "\u{85}", "\u{2028}", "\u{feff}",
        ];
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            state ^= state << 13;
            for _ in 0..state % 24 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                text.push_str(PARTS[usize::try_from(state % 44).expect("below 44")]);
            }
            let mut diagnostics = Diagnostics::new();
            let node = yaml(&text, SourceId(0), 0, &mut diagnostics);
            assert!(node.is_some() || !diagnostics.is_empty(), "{text:?} is refused without a word");
            let said = diagnostics.iter().filter_map(|diagnostic| diagnostic.span);
            for span in node.iter().flat_map(spans).chain(said) {
                assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
            }
        }
    }
}
