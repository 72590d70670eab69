//! Pasted lines → entries: what each begins with, and which lines are one paragraph that somebody's screen has broken.
//!
//! Input: the text of a file. Output: [`Entry`]s in order, and remarks on what was dropped. Not here: headings and nesting
//! (`pasted.rs`).

use super::furniture::{self, Dropped};
use crate::manuscript::labels::{self, Label, Sort};
use crate::manuscript::said::Remarks;

/// A paragraph, an item or a heading as it was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The column in which it begins.
    pub column: usize,
    /// What it begins with.
    pub mark: Mark,
    /// Its words; a line break that is meant is one here.
    pub text: String,
    /// Whether the title of a page is expected here.
    pub begins: bool,
    /// Whether a page ended before it, or something else was dropped there.
    pub after_drop: bool,
}

/// What an entry begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Words.
    Nothing,
    /// `## `, of a text with marks.
    Heading(u8),
    /// `•`, `-`.
    Bullet,
    /// A printed number.
    Label(Label),
    /// `> `, of a text with marks.
    Quote,
    /// A line across.
    Rule,
    /// A row of a table, in cells.
    Row(Vec<String>),
}

/// Signs that Word and other programs put before the items of a list.
const BULLETS: &str = "·•▪●○◦‣∙■□➢➤✓✔*-–—\u{f0b7}\u{f0a7}\u{f0d8}\u{f0fc}\u{2043}";

/// The entries of a text. `marked`: it is Markdown of some program.
#[must_use]
pub fn entries(text: &str, marked: bool, remarks: &mut Remarks) -> Vec<Entry> {
    let lines: Vec<String> = text.lines().map(clean).collect();
    let dropped = furniture::dropped(&lines);
    for Dropped { line, what, .. } in &dropped {
        remarks.dropped(what, &lines[*line]);
    }
    let wrap = if marked { Wrap::Always } else { wrap(&lines, &dropped) };
    let mut reader = Reader { marked, wrap, entries: Vec::new(), open: None, begins: false, after_drop: false };
    let mut dropped = dropped.iter().peekable();
    for (number, line) in lines.iter().enumerate() {
        if let Some(dropped) = dropped.next_if(|dropped| dropped.line == number) {
            reader.begins = dropped.begins || (reader.begins && reader.open.is_none());
            reader.after_drop = true;
            reader.open = None;
            continue;
        }
        let line = match furniture::ending(line.trim_end()) {
            Some((rest, what, words)) => {
                remarks.dropped(what, words);
                rest
            }
            None => line.trim_end_matches(' '),
        };
        reader.line(line);
    }
    reader.entries
}

/// A line with ordinary blanks, and without signs that nobody sees. A form feed stays at its beginning.
fn clean(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for letter in line.chars() {
        match letter {
            '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2002}'..='\u{2006}' | '\u{2008}'..='\u{200a}' => out.push(' '),
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{2060}' => {}
            '\u{c}' if out.trim().is_empty() => out.push(letter),
            '\u{2011}' => out.push('-'),
            letter if letter.is_control() && letter != '\t' => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// Which line ends are not meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrap {
    /// Each line is a paragraph.
    Never,
    /// Those before a word that would not have fit on a line of so many characters.
    At(usize),
    /// All but those before an empty line.
    Always,
}

/// How long the lines of a text that somebody's screen has broken may be.
const WIDEST: usize = 120;
/// How much shorter than the longest a full line may be, beside the word that did not fit.
const SLACK: usize = 4;

/// Whether line ends of this text are not meant.
fn wrap(lines: &[String], dropped: &[Dropped]) -> Wrap {
    let is_dropped = |line: usize| dropped.binary_search_by_key(&line, |dropped| dropped.line).is_ok();
    let pairs: Vec<(usize, usize)> = (1..lines.len())
        .filter(|next| !is_dropped(*next) && !is_dropped(*next - 1))
        .filter(|next| !lines[*next].trim().is_empty() && !lines[*next - 1].trim().is_empty())
        .map(|next| (lines[next - 1].trim_end().chars().count(), first_word(&lines[next])))
        .collect();
    let longest = lines.iter().map(|line| line.trim_end().chars().count()).max().unwrap_or_default();
    if !(40..=WIDEST).contains(&longest) {
        return Wrap::Never;
    }
    // Lines that are short are meant: names, the ends of paragraphs.
    let long: Vec<_> = pairs.iter().filter(|(length, _)| length * 10 >= longest * 6).collect();
    let full = long.iter().filter(|(length, word)| length + 1 + word + SLACK >= longest).count();
    if full >= 3 && full * 10 >= long.len() * 7 { Wrap::At(longest) } else { Wrap::Never }
}

fn first_word(line: &str) -> usize {
    line.split_whitespace().next().map_or(0, |word| word.chars().count())
}

struct Reader {
    marked: bool,
    wrap: Wrap,
    entries: Vec<Entry>,
    /// How long the last line of the entry is that goes on, if one does.
    open: Option<usize>,
    begins: bool,
    after_drop: bool,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let after_page = line.starts_with('\u{c}');
        let line = line.trim_start_matches('\u{c}');
        self.after_drop |= after_page;
        let words = line.trim_start();
        if words.is_empty() {
            self.open = None;
            return;
        }
        let column = columns(&line[..line.len() - words.len()]);
        let (mark, words) = self.mark(words);
        let goes_on = mark == Mark::Nothing && !after_page;
        let length = line.chars().count();
        if let Some(before) = self.open.filter(|_| goes_on)
            && let Some(last) = self.entries.last_mut()
            && matches!(last.mark, Mark::Nothing | Mark::Bullet | Mark::Label(_) | Mark::Quote)
        {
            let forced = match self.wrap {
                Wrap::Never => None,
                Wrap::Always => Some(!last.text.ends_with('\\')),
                Wrap::At(width) => {
                    let is_full = before + 1 + first_word(&words) + SLACK >= width;
                    let ended = last.text.ends_with(['.', '?', '!', ':', ';']);
                    // A short line that ends a sentence ends a paragraph; any other one is meant as a line.
                    if !is_full && ended { None } else { Some(is_full) }
                }
            };
            if let Some(forced) = forced {
                if last.text.ends_with('\\') && self.wrap == Wrap::Always {
                    last.text.pop();
                }
                let hyphen = forced && last.text.ends_with('-') && !last.text.ends_with(" -");
                last.text.push_str(if hyphen {
                    ""
                } else if forced {
                    " "
                } else {
                    "\n"
                });
                last.text.push_str(words.trim());
                self.open = Some(length);
                return;
            }
        }
        self.open = Some(length);
        let begins = std::mem::take(&mut self.begins);
        let after_drop = std::mem::take(&mut self.after_drop);
        self.entries.push(Entry { column, mark, text: words.trim().to_owned(), begins, after_drop });
    }

    /// What a line begins with, and the words after it.
    fn mark(&self, words: &str) -> (Mark, String) {
        if let Some(marked) = markup(words).filter(|_| self.marked) {
            return marked;
        }
        let is_rule = |sign: char| words.chars().all(|letter| letter == sign || letter == ' ');
        if words.matches(['-', '_', '*', '–', '—']).count() > 2 && ['-', '_', '*', '–', '—'].into_iter().any(is_rule)
        {
            return (Mark::Rule, String::new());
        }
        if words.contains('\t') && !words.starts_with(|first| BULLETS.contains(first)) {
            let cells: Vec<&str> = words.split('\t').map(str::trim).collect();
            let is_labelled = labels::label(&words.replace('\t', " ")).is_some();
            let is_row = cells.iter().filter(|cell| !cell.is_empty()).count() > 1;
            if !is_row {
                return self.mark(words.trim());
            }
            if cells.len() > 2 || (cells.len() == 2 && !is_labelled) {
                return (Mark::Row(cells.into_iter().map(str::to_owned).collect()), String::new());
            }
        }
        let first = words.chars().next().unwrap_or_default();
        let rest = &words[first.len_utf8()..];
        // Word's second bullet is an o in another type.
        let is_second = first == 'o' && (rest.starts_with('\t') || rest.starts_with("  "));
        let is_bullet = BULLETS.contains(first) || is_second;
        if is_bullet && rest.starts_with(char::is_whitespace) && !rest.trim().is_empty() {
            let rest = rest.trim_start();
            let line = labels::without_backslashes(rest);
            // A program that reads pages takes the number of a paragraph for an item.
            return match labels::label(&line).filter(|label| matches!(label.sort, Sort::Dotted(_))) {
                Some(label) => {
                    let words = line[label.length..].to_owned();
                    (Mark::Label(label), words)
                }
                None => (Mark::Bullet, rest.to_owned()),
            };
        }
        let line = labels::without_backslashes(words);
        let bold = line.trim_start_matches('*');
        if self.marked && bold.len() < line.len() {
            // `**7.1** words`, `**7.1 words**`: the number is printed plain, the rest stays as it is.
            let signs = &line[..line.len() - bold.len()];
            let closed = bold.split_whitespace().next().unwrap_or_default();
            if let Some(number) = closed.strip_suffix(signs)
                && let Some(label) = labels::label(&format!("{number} {}", bold[closed.len()..].trim_start()))
            {
                return (Mark::Label(label), bold[closed.len()..].trim_start().to_owned());
            }
            if let Some(label) = labels::label(bold).filter(|label| !matches!(label.sort, Sort::Bare(_))) {
                let words = format!("{signs}{}", &bold[label.length..]);
                return (Mark::Label(label), words);
            }
        }
        match labels::label(&line) {
            Some(label) => {
                let words = line[label.length..].to_owned();
                (Mark::Label(label), words)
            }
            None => (Mark::Nothing, line),
        }
    }
}

/// What the marks of a text with marks say of a line.
fn markup(words: &str) -> Option<(Mark, String)> {
    let hashes = words.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&hashes) && words[hashes..].starts_with(' ') {
        let level = u8::try_from(hashes).unwrap_or(6);
        return Some((Mark::Heading(level), words[hashes..].trim().trim_end_matches('#').trim().to_owned()));
    }
    if let Some(rest) = words.strip_prefix('>') {
        return Some((Mark::Quote, rest.trim().to_owned()));
    }
    let row = words.trim_end().strip_prefix('|').filter(|row| !row.is_empty())?;
    let cells = row.trim_end_matches('|').split('|').map(|cell| cell.trim().to_owned());
    Some((Mark::Row(cells.collect()), String::new()))
}

/// How many columns blanks take; a tab leads to the next multiple of four.
fn columns(blanks: &str) -> usize {
    blanks.chars().fold(0, |column, blank| if blank == '\t' { column / 4 * 4 + 4 } else { column + 1 })
}
