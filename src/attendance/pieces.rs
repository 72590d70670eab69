//! Where a list of names is cut: lines, and the pieces of a line with what stands in brackets or after a dash.
//!
//! Input: the words of a list. Output: ranges of them. Not here: which piece is a name (`names`).

use std::ops::Range;

use crate::lexicon::Lexicon;

/// What parts a piece from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// Nothing: it is the first.
    Start,
    /// A comma.
    Comma,
    /// A semicolon, or another sign that parts no name from its post.
    Semicolon,
    /// A joining word.
    And,
    /// Nothing but that a name follows.
    Run,
}

/// One piece of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// What parts it from the one before.
    pub(super) join: Join,
    /// All its words.
    pub(super) words: Range<usize>,
    /// Its words before brackets, dashes and remarks.
    head: Range<usize>,
    /// What stands in brackets, after a dash or a colon.
    pub(super) tails: Vec<Range<usize>>,
    /// Whether the last of these is not in brackets, so that a joining word may go on with it.
    pub(super) open: bool,
    /// A remark that is shown beside the name.
    pub(super) remark: Option<Range<usize>>,
}

/// What stands beside a name has no more words than this.
const MOST_BESIDE: usize = 9;

impl Piece {
    /// Whether what stands after its dash or its colon is a sentence.
    pub(super) fn is_sentence(&self, text: &str) -> bool {
        let last = self.tails.last().filter(|_| self.open);
        last.is_some_and(|tail| text[tail.clone()].split_whitespace().nth(MOST_BESIDE).is_some())
    }

    /// The words before brackets, dashes and remarks.
    pub(super) fn head<'text>(&self, text: &'text str) -> &'text str {
        text[self.head.clone()].trim_matches(|c: char| c.is_whitespace() || "*•·,;".contains(c))
    }
}

/// A line of at least this many characters is taken for one that was wrapped, if all before the last are about as long.
const WRAPPED: usize = 60;

/// A line with so many commas names several.
const MANY: usize = 3;

/// The lines of a list. A line that was wrapped goes on in the next.
pub(super) fn lines(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut goes_on = false;
    let mut lengths = text.lines().rev().skip(1).map(|line| line.trim().chars().count());
    let wraps = lengths.all(|length| length == 0 || length >= WRAPPED * 2 / 3);
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let words = line.trim();
        if words.is_empty() {
            continue;
        }
        let small = words.starts_with(|c: char| c.is_lowercase() && !words.starts_with("de ")) && words.contains(' ');
        // A bracket belongs to what stands before it.
        let small = small || words.starts_with('(');
        match lines.last_mut() {
            Some(last) if goes_on || small => last.end = range.end,
            _ => lines.push(range),
        }
        let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
        let open = lexicon.has("presence.titles", plain(last))
            || lexicon.has("presence.joins", last)
            || (is_initials(last) && last.len() <= 2);
        // Of a list of many names less of a line is left, where its label took some.
        let width = if words.matches(',').count() >= MANY { WRAPPED * 3 / 4 } else { WRAPPED };
        // Semicolons part those who are named, and none stands here.
        let open = open || (words.contains(';') && !words.ends_with([';', '.', ':']));
        goes_on = open || words.ends_with([',', '&', '-', '–', '(']) || (wraps && words.chars().count() >= width);
    }
    lines
}

/// The pieces of one line of a list, at most `most`.
pub(super) fn pieces(text: &str, most: usize, lexicon: &Lexicon) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut start, mut join, mut depth) = (0, Join::Start, 0_usize);
    let first = text.split(char::is_whitespace).next().unwrap_or_default();
    let (mut named, mut closed, mut handle) = (names_somebody(first, lexicon), false, first.starts_with('@'));
    let mut skip = 0;
    let dashes = parting_dash(text, lexicon);
    for (at, sign) in text.char_indices() {
        if at < skip {
            continue;
        }
        if pieces.len() >= most {
            return pieces;
        }
        let begins = depth == 0 && at > 0 && text[..at].ends_with(char::is_whitespace);
        let cut = match sign {
            '(' | '[' => {
                depth += 1;
                None
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                closed = depth == 0;
                None
            }
            _ if depth > 0 => None,
            _ if dashes.is_some_and(|dash| text[at..].starts_with(dash)) => {
                Some((Join::Semicolon, at + dashes.map_or(1, str::len)))
            }
            ',' => Some((Join::Comma, at + 1)),
            ';' | '|' | '·' | '•' => Some((Join::Semicolon, at + sign.len_utf8())),
            _ if begins && !sign.is_whitespace() => {
                let word = text[at..].split(char::is_whitespace).next().unwrap_or_default();
                let before = text[..at].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
                let next = text[at + word.len()..].trim_start_matches([' ', '\u{a0}', '\t']).chars().next();
                let title = lexicon.has("presence.titles", plain(word))
                    && sign.is_uppercase()
                    && next.is_some_and(|next| next.is_uppercase() || next == '\n')
                    && !lexicon.has("presence.modifiers", last_language(plain(before)));
                let sign_of_name = sign.is_uppercase() || sign.is_ascii_digit() || sign == '@';
                if word == "&" && joins_firm(text, start..at, lexicon) {
                    None
                } else if lexicon.has("presence.joins", word) {
                    Some((Join::And, after_joins(text, at, lexicon)))
                } else if (closed && sign_of_name) || (title && named) || (sign == '@' && handle) {
                    Some((Join::Run, at))
                } else {
                    named |= names_somebody(word, lexicon);
                    handle |= sign == '@';
                    closed = false;
                    None
                }
            }
            _ => None,
        };
        if let Some((next, from)) = cut {
            push(&mut pieces, text, start..at, join, lexicon);
            let (next, from) = with_joins(text, next, from, lexicon);
            (start, join, skip) = (from, next, from);
            closed = false;
            let word = text[from..].split(char::is_whitespace).next().unwrap_or_default();
            named = names_somebody(word, lexicon);
            handle = word.starts_with('@');
        }
    }
    push(&mut pieces, text, start.min(text.len())..text.len(), join, lexicon);
    pieces
}

/// Whether the "&" behind a piece is a part of the name of a firm: "Pell & Co".
fn joins_firm(text: &str, piece: Range<usize>, lexicon: &Lexicon) -> bool {
    let after = text[piece.end..].split_whitespace().nth(1).unwrap_or_default();
    lexicon.has("presence.firms", plain(after)) || is_firm(&text[..piece.start], &text[piece], after)
}

/// Whether two words around "&" are a firm: one alone on each side, behind the full name of somebody: "Kit Nunn, Reed & Hale (auditors)".
fn is_firm(before: &str, one: &str, other: &str) -> bool {
    let named = before.trim_end().strip_suffix(',').map(|name| name.rsplit([',', ';', ':']).next().unwrap_or_default());
    let full = named.is_some_and(|name| name.split_whitespace().count() == 2 && !name.contains('.'));
    let single = |word: &str| !word.contains(char::is_whitespace) && word.starts_with(char::is_uppercase);
    full && single(one.trim()) && single(other) && one.trim().chars().count() > 2
}

/// The dash that parts the names of a line from each other, where no other sign does: `Ann Low (AL) -- Bo Hay (BH) -- Cy Pim`.
/// Mostly it parts a name from a post.
fn parting_dash(text: &str, lexicon: &Lexicon) -> Option<&'static str> {
    if text.contains([',', ';', '|']) {
        return None;
    }
    [" -- ", " – ", " — ", " - "].into_iter().find(|dash| {
        let parts = || text.split(dash);
        let named = |part: &str| {
            let mut words = part.split_whitespace().skip_while(|word| lexicon.has("presence.titles", plain(word)));
            let first = words.next().is_some_and(|word| names_somebody(word, lexicon) || is_initials(plain(word)));
            first && words.next().is_some_and(|word| names_somebody(word, lexicon))
        };
        let bracket = || parts().all(|part| part.contains('('));
        let few = parts().take(3).count();
        few > 1 && (few > 2 || bracket()) && parts().all(named)
    })
}

/// A comma and a joining word after it as one, and where the next piece begins.
fn with_joins(text: &str, join: Join, from: usize, lexicon: &Lexicon) -> (Join, usize) {
    let word = from + (text[from..].len() - text[from..].trim_start().len());
    let joins = text[word..].split(char::is_whitespace).next().unwrap_or_default();
    match join {
        Join::Comma if lexicon.has("presence.joins", joins) => (Join::And, after_joins(text, word, lexicon)),
        Join::Semicolon if lexicon.has("presence.joins", joins) => (join, after_joins(text, word, lexicon)),
        Join::Comma | Join::Semicolon => (join, word),
        _ => (join, from),
    }
}

/// Whether a word belongs to a name: it begins in a capital, and is no title, no post and no initial.
fn names_somebody(word: &str, lexicon: &Lexicon) -> bool {
    let bare = last_language(plain(word));
    if bare.eq_ignore_ascii_case("the") {
        return false;
    }
    let lists = ["presence.titles", "presence.posts", "presence.modifiers"];
    word.starts_with(char::is_uppercase) && bare.len() > 1 && !lists.iter().any(|list| lexicon.has(list, bare))
}

/// Where the words begin that follow the joining words at `at`.
fn after_joins(text: &str, at: usize, lexicon: &Lexicon) -> usize {
    let mut next = at;
    while let Some(word) = text[next..].split(char::is_whitespace).next().filter(|word| !word.is_empty()) {
        if !lexicon.has("presence.joins", word) && (next == at || !lexicon.has("presence.fillers", word)) {
            break;
        }
        let after = next + word.len();
        next = after + (text[after..].len() - text[after..].trim_start().len());
    }
    next
}

/// Adds the piece of these words, parted into head, tails and remark.
fn push(pieces: &mut Vec<Piece>, text: &str, words: Range<usize>, join: Join, lexicon: &Lexicon) {
    let said = &text[words.clone()];
    let start = words.start + (said.len() - said.trim_start().len());
    let words = start..(words.start + said.trim_end().len()).max(start);
    if words.is_empty() && !pieces.is_empty() {
        return;
    }
    let said = &text[words.clone()];
    let mut remark = None;
    let mut end = said.len();
    if let Some((pattern, found)) = lexicon.find("presence.remark", said) {
        let at = found.get(0).map_or(0, |found| found.start());
        end = at;
        remark = (pattern.says.as_deref() == Some("keep")).then(|| words.start + at..words.end);
    }
    let (head, tails) = dissect(&said[..end]);
    let open = tails.last().is_some_and(|tail| !said[tail.end..end].starts_with([')', ']']));
    let moved = |range: &Range<usize>| range.start + words.start..range.end + words.start;
    pieces.push(Piece {
        join,
        head: moved(&head),
        tails: tails.iter().map(moved).collect(),
        open,
        remark,
        words: words.clone(),
    });
}

/// The head of a piece, and what stands in brackets or after a dash or a colon.
fn dissect(said: &str) -> (Range<usize>, Vec<Range<usize>>) {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let mut head = None;
    let mut close = |end: usize, start: usize, ranges: &mut Vec<Range<usize>>| {
        if head.is_none() {
            head = Some(start..end);
        } else if !said[start..end].trim().is_empty() {
            ranges.push(start..end);
        }
    };
    for (at, sign) in said.char_indices() {
        let after = at + sign.len_utf8();
        let dash = matches!(sign, '–' | '—' | '-') && {
            let (before, next) = (said[..at].chars().next_back(), said[after..].chars().next());
            let blank = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "-–—".contains(c));
            blank(next) && (blank(before) || sign != '-') || blank(before) && sign == '–'
        };
        // Columns that were set with blanks.
        let column = sign.is_whitespace()
            && (sign == '\t' || said[after..].chars().take(2).filter(|c| c.is_whitespace()).count() == 2);
        let dash = dash || (column && !said[start..at].trim().is_empty());
        match sign {
            '(' | '[' => {
                if depth == 0 {
                    close(at, start, &mut ranges);
                    start = after;
                }
                depth += 1;
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    close(at, start, &mut ranges);
                    start = after;
                }
            }
            _ if depth == 0 && (dash || sign == ':') => {
                close(at, start, &mut ranges);
                start = after;
            }
            _ => {}
        }
    }
    close(said.len(), start, &mut ranges);
    (head.unwrap_or(0..said.len()), ranges)
}

/// Of a word in two languages, `Sir/County`, the second.
pub(super) fn last_language(word: &str) -> &str {
    word.rsplit('/').next().filter(|last| !last.is_empty()).unwrap_or(word)
}

/// Whether the pieces of a list are single words, or enough of them in small letters that those are what people are called.
pub(super) fn are_handles(pieces: &[Piece], text: &str) -> bool {
    const FEWEST: usize = 2;
    let is_single = |piece: &&Piece| !piece.head(text).contains(char::is_whitespace);
    let small = |piece: &&Piece| is_single(piece) && piece.head(text).starts_with(char::is_lowercase);
    let short = |piece: &Piece| parts_of(piece.head(text)) <= 2;
    pieces.iter().all(|piece| is_single(&piece))
        || (pieces.iter().filter(small).count() >= FEWEST && pieces.len() > 2 * FEWEST && pieces.iter().all(short))
}

/// How many words a name has.
pub(super) fn parts_of(name: &str) -> usize {
    name.split_whitespace().count()
}

/// A word without the signs around it.
pub(super) fn plain(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '_' && c != '&')
}

/// Whether a word is initials: `A`, `A.B`, `JS`.
pub(super) fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| *c != '.').count();
    (1..=3).contains(&letters) && word.chars().all(|c| c.is_uppercase() || c == '.')
}
