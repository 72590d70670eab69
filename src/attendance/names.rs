//! A stretch of words as a list of names: where one ends and the next begins, and what stands beside each.
//!
//! Input: words such as `Cllrs A Reed (Chair), B Hale and C Low; Jo Green, Clerk`. Output: [`Names`], one for each person,
//! with titles that hold for several given to each of them. Not here: why the words should be names (`presence`).
//!
//! A list is cut into pieces at commas, semicolons and joining words, outside brackets. Each word of a piece is a title, a
//! name, a post or an organisation by the lists of the lexicon, and that says whether the piece names somebody or tells the
//! post of the one before. A piece that does neither ends the list: it is prose.

use std::ops::Range;

use super::pieces::{Join, Piece, are_handles, is_initials, last_language, lines, parts_of, pieces, plain};
use super::words::{
    Word, add, before_posts, has_initial, is_degree, is_full, is_name, is_short_of, stands_behind, strip_the,
    with_rare_names, without_honours,
};
use crate::lexicon::Lexicon;

/// The names in a stretch of words.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The people, in the order of the text.
    pub(super) list: Vec<Named>,
    /// Whether the words end in something that is neither a name nor stands beside one.
    pub(super) prose: bool,
}

/// One person of a list, as it names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The name with its title.
    pub(super) name: String,
    /// Initials or a handle.
    pub(super) short: Option<String>,
    /// Post, organisation, and remarks.
    pub(super) role: Option<String>,
    /// Whether they were there, if it is said beside the name: `was-there`, `absent`, `sent-apologies`.
    pub(super) standing: Option<Box<str>>,
    /// Whether the name is that of a post alone.
    pub(super) by_post: bool,
    /// Whether the post stood before the name: "the Clerk, Mr N Tindale".
    pub(super) called: bool,
    /// Whether a title, initials or something beside it says that it is a name.
    pub(super) sure: bool,
    /// Where it stands in the words.
    pub(super) words: Range<usize>,
}

/// How a list of names is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// One after the other in a line.
    Line,
    /// One in an item, a line or a cell of its own; what follows a comma is a post.
    Entry,
}

/// The names in `text`, at most `most` of them.
pub(super) fn names(text: &str, form: Form, most: usize, lexicon: &Lexicon) -> Names {
    let lines = lines(text, lexicon);
    let mut all = Names::default();
    for line in &lines {
        let form = if lines.len() > 1 { Form::Entry } else { form };
        let mut found = List::read(&text[line.clone()], form, most.saturating_sub(all.list.len()), lexicon);
        for named in &mut found.list {
            named.words = named.words.start + line.start..named.words.end + line.start;
        }
        all.list.append(&mut found.list);
        if found.prose {
            all.prose = true;
            break;
        }
    }
    all
}

/// So many posts and organisations stand beside a name at most.
const MOST_POSTS: usize = 3;

/// What the words of a piece before its brackets and dashes are.
#[derive(Debug, PartialEq, Eq)]
enum Class {
    /// Nobody, or nothing.
    Nobody,
    /// A name.
    Name,
    /// A name and, from this byte on, a post.
    NameAndPost(usize),
    /// A post.
    Post,
    /// An organisation.
    Organisation,
    /// One word in small letters.
    Small,
    /// Anything else.
    Other,
}

/// A list of names while it is read.
struct List<'a> {
    lexicon: &'a Lexicon,
    form: Form,
    /// Whether semicolons part the list, so that a comma parts a name from its post.
    semicolons: bool,
    /// Whether the pieces are single words in small letters: handles without their sign.
    handles: bool,
    /// Whether there are several pieces, or one in an entry of its own.
    several: bool,
    /// Whether the piece before ended in a post or an organisation after a dash.
    open: bool,
    /// Whether the pieces are a post and a name: `Clerk, S Low`.
    is_post_and_name: bool,
    /// The title that holds for all names that follow without one.
    carry: Option<Box<str>>,
    found: Names,
}

impl<'a> List<'a> {
    fn read(text: &str, form: Form, most: usize, lexicon: &'a Lexicon) -> Names {
        let pieces = pieces(text, most.saturating_mul(4).saturating_add(64), lexicon);
        let mut list = List {
            lexicon,
            form,
            semicolons: pieces.iter().any(|piece| piece.join == Join::Semicolon),
            handles: are_handles(&pieces, text),
            several: pieces.len() > 1 || form == Form::Entry,
            open: false,
            is_post_and_name: pieces.len() == 2,
            carry: None,
            found: Names::default(),
        };
        if form == Form::Entry && list.is_list(text, &pieces) {
            list.form = Form::Line;
        }
        for (index, piece) in pieces.iter().enumerate() {
            if list.found.list.len() >= most {
                break;
            }
            let pair = list.semicolons && list.is_beside_one(text, &pieces, index);
            if piece.is_sentence(text) || !list.piece(text, piece, pair) {
                list.found.prose = true;
                break;
            }
            list.open = piece.open;
        }
        list.found
    }

    /// Whether a piece stands beside the one name of what semicolons part: `W Low, Assessor and Registration Officer; J Hay, Clerk`.
    fn is_beside_one(&self, text: &str, pieces: &[Piece], index: usize) -> bool {
        let parts = |piece: &Piece| !matches!(piece.join, Join::Comma | Join::And);
        let first = pieces[..=index].iter().rposition(parts).unwrap_or(0);
        let rest = &pieces[first + 1..];
        let rest = &rest[..rest.iter().position(parts).unwrap_or(rest.len())];
        let alone = |piece: &Piece| {
            let head = piece.head(text);
            let initial = head.split_whitespace().next().is_some_and(|word| is_initials(plain(word)));
            !self.has_title(head) && !initial
        };
        let single = rest.len() == 1
            || (rest.len() <= MOST_POSTS
                && rest.iter().any(|piece| self.has_post(piece.head(text)) || is_degree(piece.head(text))));
        // "Jo Low (manager), Sam Hay (guest)" are two.
        let two = !pieces[first].tails.is_empty()
            && !rest.is_empty()
            && !rest[0].tails.is_empty()
            && self.classify(rest[0].head(text)) == Class::Name;
        // "Ann Low, Chair, Bo Hay, Vice Chair; Cy Pim" has two as well.
        let classes: Vec<Class> = rest.iter().map(|piece| self.classify(piece.head(text))).collect();
        let two = two
            || classes.first() == Some(&Class::Post)
                && classes.windows(2).any(|pair| pair == [Class::Name, Class::Post]);
        index > first && !two && rest[0].join == Join::Comma && single && (rest.len() == 1 || rest.iter().all(alone))
    }

    /// Whether an entry names several: after a title for several, or three names without a post.
    fn is_list(&self, text: &str, pieces: &[Piece]) -> bool {
        let first = pieces.first().map(|piece| piece.head(text)).unwrap_or_default();
        let plural = first.split_whitespace().next().is_some_and(|word| self.lexicon.fits("presence.plural", word));
        let classes: Vec<Class> = pieces.iter().take(8).map(|piece| self.classify(piece.head(text))).collect();
        let named = classes.iter().filter(|class| matches!(class, Class::Name)).count();
        let later = pieces.iter().skip(1).any(|piece| {
            let mut words = piece.head(text).split_whitespace();
            let begins = words.next().map(plain);
            // "Bo Low, JP" is one, with what stands behind the name.
            let behind = words.next().is_none() && is_full(first);
            begins.is_some_and(|word| self.lexicon.has("presence.titles", word) || (is_initials(word) && !behind))
        });
        let alone = self.handles && pieces.len() > 1;
        plural || later || alone || (named >= 3 && named == classes.len())
    }

    /// Takes one piece. Gives `false` if it is prose.
    fn piece(&mut self, text: &str, piece: &Piece, pair: bool) -> bool {
        let head = without_honours(piece.head(text), self.lexicon);
        let class = self.classify(head);
        let before = self.found.list.last().is_some();
        let beside = before && piece.join == Join::Comma;
        if pair && before && piece.join == Join::And {
            let joined = if self.had_role() { format!("and {head}") } else { head.to_owned() };
            return self.role(&joined, text, piece);
        }
        match class {
            Class::Nobody if head.is_empty() && before => {
                self.beside(text, piece);
                true
            }
            Class::Nobody if beside && (self.form == Form::Entry || pair) && self.has_post(head) => {
                self.role(head, text, piece)
            }
            Class::Nobody => !head.is_empty() || piece.tails.is_empty(),
            Class::Name
                if piece.join == Join::And && self.form == Form::Entry && self.open && !self.has_title(head) =>
            {
                self.role(head, text, piece)
            }
            Class::Name
                if beside && (self.form == Form::Entry || (pair && !self.had_post())) && !self.has_title(head) =>
            {
                self.role(head, text, piece)
            }
            Class::Name if beside && self.found.list.last().is_some_and(|before| stands_behind(head, &before.name)) => {
                self.role(head, text, piece)
            }
            Class::Name => self.name(head, None, text, piece),
            Class::NameAndPost(_) if self.runs_on(piece) && !self.has_title(head) => self.role(head, text, piece),
            Class::NameAndPost(at) if !beside || self.had_role() || self.has_title(head) => {
                let (name, post) = head.split_at(at);
                self.name(name.trim(), Some(post.trim()), text, piece)
            }
            Class::NameAndPost(_) | Class::Post => self.post(head, text, piece),
            Class::Organisation if beside && self.may_be_name(head) => self.name(head, None, text, piece),
            Class::Organisation if beside || (before && self.continues(piece)) => self.role(head, text, piece),
            Class::Organisation => self.form == Form::Line,
            Class::Small if beside && (self.form == Form::Entry || pair) => self.role(head, text, piece),
            Class::Small if self.handles && self.several => self.name(head, None, text, piece),
            _ if beside
                && (self.form == Form::Entry
                    || pair
                    || self.has_post(head)
                    || self.lexicon.fits("presence.when", head)) =>
            {
                self.role(head, text, piece)
            }
            _ if before && piece.join == Join::And && self.form == Form::Entry && self.had_role() => {
                self.role(&format!("and {head}"), text, piece)
            }
            _ => false,
        }
    }

    /// Whether a first name and a word that is an organisation's are somebody among others who have no title: "Ann Low, Jo Ward".
    fn may_be_name(&self, head: &str) -> bool {
        let mut words = head.split_whitespace();
        let first = words.next().is_some_and(|word| self.word(word) == Word::Name);
        let last = words.next().is_some_and(|word| self.lexicon.has("presence.surnames", plain(word)));
        let plain_name =
            |before: &Named| before.role.is_none() && is_full(&before.name) && !self.has_title(&before.name);
        first && last && words.next().is_none() && self.found.list.last().is_some_and(plain_name)
    }

    /// Whether the one before is called by a post alone.
    fn had_post(&self) -> bool {
        self.found.list.last().is_some_and(|before| before.by_post)
    }

    /// Adds somebody with this name.
    fn name(&mut self, name: &str, post: Option<&str>, text: &str, piece: &Piece) -> bool {
        let mut words = name.split_whitespace().skip_while(|word| word.eq_ignore_ascii_case("the"));
        let first = words.clone().next().unwrap_or_default();
        let plural = self.lexicon.find("presence.plural", first).and_then(|(pattern, _)| pattern.says.clone());
        let titled = self.has_title(name);
        if let Some(one) = plural {
            self.carry = Some(one);
            words.next();
        } else if self.word(first) == Word::Title || matches!(piece.join, Join::Semicolon) || self.leads_with_post(name)
        {
            self.carry = None;
        }
        let mut parts: Vec<&str> = self.carry.as_deref().into_iter().chain(words).collect();
        let handle = (parts.len() > 1).then(|| parts.iter().position(|word| word.starts_with('@'))).flatten();
        let short = handle.map(|at| parts.remove(at).to_owned());
        let Some(last) = parts.last_mut() else { return true };
        *last = last.trim_end_matches(['*', ':']);
        // Names without anything between them: "Cllr Jo Low Ann Hay (Clerk)".
        if piece.join == Join::Run && !piece.tails.is_empty() {
            let own: Vec<&str> = parts.iter().copied().filter(|word| self.word(word) == Word::Name).collect();
            if own.len() == 4 && own.iter().all(|word| !is_initials(plain(word))) {
                let second = parts.split_off(parts.len() - 2).join(" ");
                let words = piece.words.clone();
                let first = parts.join(" ");
                self.found.list.extend([first, second].map(|name| Named {
                    name,
                    short: None,
                    role: None,
                    standing: None,
                    by_post: false,
                    called: false,
                    sure: true,
                    words: words.clone(),
                }));
                self.beside(text, piece);
                return true;
            }
        }
        let name = parts.join(" ");
        // Somebody who was called by a post before: "the Clerk, Mr N Tindale".
        let apposition = piece.join == Join::Comma && titled;
        let comma = piece.join == Join::Comma && self.is_post_and_name && parts_of(&name) > 1;
        // "The Mayor, Bo Low; Crs Hay and Pim": semicolons part those who are named.
        let parts = piece.join == Join::Comma && self.semicolons && parts_of(&name) > 1;
        if let Some(previous) = self.found.list.last_mut()
            && previous.by_post
            && (comma || ((apposition || parts) && text[previous.words.clone()].to_lowercase().contains("the ")))
        {
            previous.role = Some(std::mem::replace(&mut previous.name, name));
            (previous.by_post, previous.called, previous.sure) = (false, true, true);
            self.beside(text, piece);
            return true;
        }
        let sure = titled || self.carry.is_some() || !piece.tails.is_empty() || short.is_some() || has_initial(&name);
        let role = post.map(|post| post.split_whitespace().collect::<Vec<_>>().join(" "));
        let words = piece.words.clone();
        self.found.list.push(Named { name, short, role, standing: None, by_post: false, called: false, sure, words });
        self.beside(text, piece);
        true
    }

    /// Takes a post: that of the one before, that of a name in brackets after it, or somebody who is called by it.
    fn post(&mut self, head: &str, text: &str, piece: &Piece) -> bool {
        let named = piece.tails.iter().position(|tail| {
            let tail = &text[tail.clone()];
            self.classify(tail) == Class::Name && !is_initials(tail)
        });
        if let Some(at) = named {
            let (name, mut rest) = (&text[piece.tails[at].clone()], piece.clone());
            rest.tails.remove(at);
            return self.name(name, Some(strip_the(head)), text, &rest);
        }
        let servant = self.lexicon.fits("presence.servant", head);
        if let Some(before) = self.found.list.last() {
            let own = servant && (before.short.is_some() || before.role.is_some());
            // "The Engineer, Mr Low, and the Clerk, Miss Hay": another post and its name.
            let another = piece.join == Join::And && before.called && strip_the(head).len() < head.len();
            let continues = self.continues(piece) && !another;
            if (piece.join == Join::Comma && !before.by_post && !own) || continues || self.runs_on(piece) {
                return self.role(head, text, piece);
            }
        }
        let small = |word: &&str| word.starts_with(char::is_lowercase) && word.len() > 3;
        if head.split_whitespace().any(|word| small(&word)) && !servant {
            return false;
        }
        let words = piece.words.clone();
        let named = Named {
            name: strip_the(head).split_whitespace().collect::<Vec<_>>().join(" "),
            short: None,
            role: None,
            standing: None,
            by_post: true,
            called: false,
            sure: servant,
            words,
        };
        self.found.list.push(named);
        self.beside(text, piece);
        true
    }

    /// Whether a piece tells the post of somebody of whom only initials stand before it: `Ann Low (AL) Access Manager`.
    fn runs_on(&self, piece: &Piece) -> bool {
        let before = self.found.list.last();
        piece.join == Join::Run && before.is_some_and(|before| before.short.is_some() && before.role.is_none())
    }

    /// Whether a piece after "and" goes on with the post of the one before: `Al Dyer, Fire and Rescue`.
    fn continues(&self, piece: &Piece) -> bool {
        let before = self.found.list.last();
        piece.join == Join::And && before.is_some_and(|before| !before.by_post && before.role.is_some())
    }

    /// Adds a post or an organisation to the one before.
    fn role(&mut self, role: &str, text: &str, piece: &Piece) -> bool {
        let joined = if self.continues(piece) && !role.starts_with("and ") { " and " } else { ", " };
        let joined = if role.starts_with("and ") { " " } else { joined };
        if let Some(before) = self.found.list.last_mut() {
            add(&mut before.role, role, joined);
            before.words.end = piece.words.end;
        }
        self.beside(text, piece);
        true
    }

    /// Gives what stands in the brackets of a piece, and after its dash, to the last of the list.
    fn beside(&mut self, text: &str, piece: &Piece) {
        let lexicon = self.lexicon;
        let Some(named) = self.found.list.last_mut() else { return };
        for tail in &piece.tails {
            let tail = text[tail.clone()].trim_matches(|c: char| c.is_whitespace() || ",.;:*".contains(c));
            let standing = lexicon.find("presence.standing", tail).and_then(|(pattern, _)| pattern.says.clone());
            let fits = named.short.is_none() && !tail.contains(char::is_whitespace) && is_short_of(tail, &named.name);
            if standing.is_some() {
                named.standing = named.standing.take().or(standing);
            } else if fits {
                named.short = Some(tail.to_owned());
            } else if tail.chars().any(char::is_alphabetic) {
                add(&mut named.role, tail, ", ");
            }
        }
        if let Some(remark) = &piece.remark {
            add(
                &mut named.role,
                text[remark.clone()].trim_matches(|c: char| c.is_whitespace() || "()[],".contains(c)),
                ", ",
            );
        }
    }

    fn had_role(&self) -> bool {
        self.found.list.last().is_some_and(|before| before.role.is_some())
    }

    fn has_title(&self, head: &str) -> bool {
        let first = head.split_whitespace().find(|word| !word.eq_ignore_ascii_case("the"));
        first.is_some_and(|word| self.word(word) == Word::Title || (is_initials(plain(word)) && word.contains('.')))
    }

    fn leads_with_post(&self, head: &str) -> bool {
        head.split_whitespace().next().is_some_and(|word| matches!(self.word(word), Word::Post | Word::Modifier))
    }

    fn has_post(&self, head: &str) -> bool {
        head.split_whitespace().any(|word| matches!(self.word(word), Word::Post | Word::Modifier | Word::Organisation))
    }

    /// What a single word is.
    fn word(&self, word: &str) -> Word {
        let bare = plain(word);
        let Some(first) = bare.chars().next() else { return Word::Other };
        if bare.contains('/')
            && self.word(last_language(bare)) != Word::Name
            && !self.lexicon.has("presence.titles", bare)
        {
            return self.word(last_language(bare));
        }
        let has = |list: &str| self.lexicon.has(list, bare) || self.lexicon.has(list, bare.trim_end_matches("'s"));
        if has("presence.titles") || self.lexicon.fits("presence.plural", bare) {
            // "PC" and "Ch" are titles, "pc" may be a handle; "supervisors Low and Hay" is what it seems.
            let several = bare.len() > LONGEST_SURNAME + 1 && self.lexicon.fits("presence.plural", bare);
            return if first.is_lowercase() && !several { Word::Small } else { Word::Title };
        }
        let initials = is_initials(bare) && bare.chars().filter(|c| c.is_alphabetic()).count() <= 2;
        if !initials && first.is_uppercase() && has("presence.no-names") {
            return Word::Other;
        }
        // "owner-member", "vice-chair".
        let joined = || bare.rsplit_once('-').is_some_and(|(_, last)| self.lexicon.has("presence.posts", last));
        if has("presence.posts") || (first.is_lowercase() && joined()) {
            return Word::Post;
        }
        if has("presence.modifiers") {
            return Word::Modifier;
        }
        if has("presence.orgs") {
            return Word::Organisation;
        }
        if word.starts_with('@') && bare.len() > 1 {
            return Word::Name;
        }
        if has("presence.particles") {
            return Word::Particle;
        }
        // A sign by which somebody is called on the air: VE7LOC.
        let letter_count = bare.chars().filter(|c| c.is_uppercase()).count();
        if letter_count >= 3 && bare.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()) {
            return Word::Name;
        }
        let letters = bare.chars().all(|c| c.is_alphabetic() || "-\u{2010}\u{2011}'’.‘/&".contains(c));
        match first {
            _ if first.is_uppercase() && letters && !bare.contains('/') => Word::Name,
            _ if first.is_lowercase() && bare.chars().all(|c| c.is_alphanumeric() || "-_'’.".contains(c)) => {
                // d'Oliveiro, iMac users aside: a small letter and then a capital is a name as people write theirs.
                let inner = bare.chars().skip(1).any(char::is_uppercase);
                if inner && letters { Word::Name } else { Word::Small }
            }
            _ => Word::Other,
        }
    }

    /// What the words of a piece are.
    fn classify(&self, head: &str) -> Class {
        if head.is_empty() || self.lexicon.fits("presence.nobody", head) {
            return Class::Nobody;
        }
        let start = head.len() - strip_the(head).len();
        let mut at = start;
        let mut words: Vec<(usize, Word)> = Vec::new();
        for word in head[start..].split_whitespace() {
            at = head[at..].find(word).map_or(at, |found| at + found);
            words.push((at, self.word(word)));
            at += word.len();
            if words.len() > MOST_WORDS {
                return Class::Other;
            }
        }
        let mut kinds: Vec<Word> = words.iter().map(|(_, kind)| *kind).collect();
        let said: Vec<&str> = head[start..].split_whitespace().collect();
        before_posts(&mut kinds, &said, self.lexicon);
        with_rare_names(&mut kinds, &said, self.lexicon);
        if kinds == [Word::Small] {
            return if self.lexicon.has("presence.no-names", plain(head)) { Class::Other } else { Class::Small };
        }
        if kinds.contains(&Word::Other) {
            return Class::Other;
        }
        // A title that is the last name of somebody: "Darshan Sen".
        let called = |word: &str| {
            word.len() <= LONGEST_SURNAME && word.contains(['a', 'e', 'i', 'o', 'u']) && !word.ends_with('.')
        };
        if let [before @ .., Word::Title] = kinds.as_slice()
            && is_name(before)
            && head.split_whitespace().last().is_some_and(called)
        {
            return Class::Name;
        }
        if is_name(&kinds) {
            return Class::Name;
        }
        // Where somebody is from: "Merle Dietz of the Tulley County Record".
        if let Some(of) = kinds.iter().position(|kind| *kind == Word::Small)
            && self
                .lexicon
                .has("presence.fillers", plain(head[words[of].0..].split_whitespace().next().unwrap_or_default()))
            && is_name(&kinds[..of])
            && (kinds[0] == Word::Title || of > 1)
            && kinds.last().is_some_and(|last| *last != Word::Small)
        {
            return Class::NameAndPost(words[of].0);
        }
        self.with_office(&head[start..], &words, &kinds)
    }

    /// What the words of a piece are of which some speak of a post or of where somebody is from.
    fn with_office(&self, head: &str, words: &[(usize, Word)], kinds: &[Word]) -> Class {
        let has = |kind: Word| kinds.contains(&kind);
        let of_office = |kind: &Word| matches!(kind, Word::Post | Word::Modifier | Word::Organisation);
        let (Some(first), Some(last)) = (kinds.iter().position(of_office), kinds.iter().rposition(of_office)) else {
            return Class::Other;
        };
        if has(Word::Small) && !(kinds[0] == Word::Title && first > 1) {
            return if kinds[..first].contains(&Word::Small) { Class::Other } else { Class::Post };
        }
        // Titles with something between them: "Cyng. Sir/County Cllr. Ed Low".
        if kinds[0] == Word::Title
            && kinds.get(last + 1) == Some(&Word::Title)
            && kinds[..=last].iter().all(|kind| *kind == Word::Title || of_office(kind))
            && is_name(&kinds[last + 1..])
        {
            return Class::Name;
        }
        // A post before a name: "Station Manager Al Dyer", "County Cllr B Maidstone".
        // "Director Works E Low".
        let part = kinds[last] == Word::Organisation && matches!(kinds[0], Word::Post | Word::Modifier);
        let initial = || head.split_whitespace().nth(last + 1).is_some_and(|word| is_initials(plain(word)));
        let office = matches!(kinds[last], Word::Post | Word::Modifier) || (part && initial());
        if kinds[0] != Word::Title && office && is_name(&kinds[last + 1..]) {
            return Class::Name;
        }
        // A post after a name: "Mr D Melladay Quality Manager", "Ray Thompson Deputy Chairman".
        let given = head.split_whitespace().next().is_some_and(|word| is_initials(plain(word)));
        if kinds[0] == Word::Title || given {
            let surname = head
                .split_whitespace()
                .zip(kinds)
                .position(|(word, kind)| *kind == Word::Name && !is_initials(plain(word)) && !word.ends_with('.'));
            let initial =
                kinds.len() > 1 && words.iter().zip(head.split_whitespace()).any(|(_, word)| is_initials(plain(word)));
            let end = if initial { surname.map(|at| at + 1) } else { Some(first) };
            if let Some(end) = end.filter(|end| *end < words.len() && is_name(&kinds[..*end])) {
                return Class::NameAndPost(words[end].0);
            }
        } else if kinds[..first] == [Word::Name, Word::Name] && kinds[last] == Word::Post && last + 1 == kinds.len() {
            return Class::NameAndPost(words[first].0);
        }
        if has(Word::Post) || kinds.last() == Some(&Word::Title) { Class::Post } else { Class::Organisation }
    }
}

/// A title of so many letters may be a name as well.
const LONGEST_SURNAME: usize = 4;

/// A head with more words than this is a sentence.
const MOST_WORDS: usize = 14;

#[cfg(test)]
mod tests {
    use super::*;

    /// Names, each as `name <short> [role]`, with `…` at the end if the rest is prose.
    fn read(text: &str, form: Form) -> String {
        let names = names(text, form, 100, Lexicon::english());
        let mut said: Vec<String> = names
            .list
            .iter()
            .map(|named| {
                let short = named.short.as_ref().map(|short| format!(" <{short}>")).unwrap_or_default();
                let role = named.role.as_ref().map(|role| format!(" [{role}]")).unwrap_or_default();
                let standing = named.standing.as_ref().map(|standing| format!(" !{standing}")).unwrap_or_default();
                format!("{}{short}{role}{standing}", named.name)
            })
            .collect();
        said.extend(names.prose.then(|| "…".to_owned()));
        said.join(" | ")
    }

    #[test]
    fn names_in_a_line_are_parted_as_clerks_part_them() {
        let mut wrong = Vec::new();
        for (text, said) in [
            (
                "Councillors A Low, B Hay (Chair) and C Pim",
                "Councillor A Low | Councillor B Hay [Chair] | Councillor C Pim",
            ),
            ("Cllrs. Low, Hay & Pim", "Cllr Low | Cllr Hay | Cllr Pim"),
            (
                "The Mayor (Councillor N Low), Councillors Hay and Pim",
                "Councillor N Low [Mayor] | Councillor Hay | Councillor Pim",
            ),
            ("Mr. A. Low (Chairman), Mrs. B. Hay, Miss\nC. Pim", "Mr. A. Low [Chairman] | Mrs. B. Hay | Miss C. Pim"),
            ("Mr A Low, with the Clerk, Mr. N. Pim", "Mr A Low | Mr. N. Pim [Clerk]"),
            (
                "Cllr A Low (Chair) Cllr Bo Hay (Vice-Chair) Cllr Cy Pim",
                "Cllr A Low [Chair] | Cllr Bo Hay [Vice-Chair] | Cllr Cy Pim",
            ),
            ("H. Low (HL) (Chairman), M Hay (MH), A.Pim (AP)", "H. Low <HL> [Chairman] | M Hay <MH> | A.Pim <AP>"),
            ("A Low – Housing (AL), R Hay – Youth Service (RH)", "A Low <AL> [Housing] | R Hay <RH> [Youth Service]"),
            (
                "Ms. O. Low, Chief Executive, Mr. L. Hay, Director of Services",
                "Ms. O. Low [Chief Executive] | Mr. L. Hay [Director of Services]",
            ),
            (
                "Chief Executive, Director of Finance and Monitoring Officer",
                "Chief Executive | Director of Finance | Monitoring Officer",
            ),
            ("Town Clerk (Jo Low), Deputy Clerk (Sean Hay)", "Jo Low [Town Clerk] | Sean Hay [Deputy Clerk]"),
            ("E Low (Town Clerk); R Hay, press", "E Low [Town Clerk] | R Hay [press]"),
            (
                "Jan Low, Town Clerk; Moe Hay, Highway Superintendent",
                "Jan Low [Town Clerk] | Moe Hay [Highway Superintendent]",
            ),
            (
                "Councillors Ann LOW (Convener) and Bob HAY; Dr Cy PIM; Di ROE and Ed SAX, non-executive members of the Board",
                "Councillor Ann LOW [Convener] | Councillor Bob HAY | Dr Cy PIM | Di ROE | Ed SAX [non-executive members of the Board]",
            ),
            ("Sally Low (SL) – Chair, Alan Hay (AH), Clerk", "Sally Low <SL> [Chair] | Alan Hay <AH> | Clerk"),
            (
                "Mrs A Low (Clerk), County Cllr B Hay and four members of the public",
                "Mrs A Low [Clerk] | County Cllr B Hay",
            ),
            ("Superintendent Rae Low, Board Secretary Kit Hay", "Superintendent Rae Low | Board Secretary Kit Hay"),
            ("Trustee Low – present; Trustee Di Hay – absent", "Trustee Low !was-there | Trustee Di Hay !absent"),
            ("Low, Hay [from 17:09] and Pim", "Low | Hay [from 17:09] | Pim"),
            (
                "Ray Low Deputy Chairman, Tim Hay Treasurer, 6 committee members plus 14 members of the public",
                "Ray Low [Deputy Chairman] | Tim Hay [Treasurer]",
            ),
            ("AnLow, @hay, @pim", "AnLow | @hay | @pim"),
            ("bl, pc, yj", "bl | pc | yj"),
            ("Oona, Pip, Raj", "Oona | Pip | Raj"),
            ("none", ""),
            ("[names]", "…"),
            ("____________", "…"),
            ("the bridge was shut, Mr Low said", "…"),
        ] {
            let found = read(text, Form::Line);
            wrong.extend((found != said).then(|| format!("{text}\n  is {found}\n  not {said}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn an_entry_of_its_own_has_one_name_and_what_stands_beside_it() {
        let mut wrong = Vec::new();
        for (text, said) in [
            ("Hedda Low - Chairperson, Larkspur", "Hedda Low [Chairperson, Larkspur]"),
            ("Ravi L., Kestrel", "Ravi L. [Kestrel]"),
            ("Dr Felix Low, Integrated Care Board", "Dr Felix Low [Integrated Care Board]"),
            ("Marcus Low, Patients' Voice Stennick", "Marcus Low [Patients' Voice Stennick]"),
            (
                "Rosa Low (substitute for Cy Pim, Adult Social Care)",
                "Rosa Low [substitute for Cy Pim, Adult Social Care]",
            ),
            ("Antoine du Low @low7 (voting member)", "Antoine du Low <@low7> [voting member]"),
            ("Ch. Insp. Tom Low (Chair)", "Ch. Insp. Tom Low [Chair]"),
            ("Mark Low (ML) (Chair)\t\t-\tCity Hospital", "Mark Low <ML> [Chair, City Hospital]"),
            ("Councillors A Low, B Hay and C Pim", "Councillor A Low | Councillor B Hay | Councillor C Pim"),
            ("Hal Low - joined 10:41", "Hal Low [joined 10:41]"),
            ("quill (61)", "quill"),
        ] {
            let found = read(text, Form::Entry);
            wrong.extend((found != said).then(|| format!("{text}\n  is {found}\n  not {said}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_line_of_ten_thousand_commas_is_read_up_to_a_limit() {
        let text = "A Low, ".repeat(10_000);
        assert_eq!(names(&text, Form::Line, 20, Lexicon::english()).list.len(), 20);
        assert!(names(&"(".repeat(10_000), Form::Line, 20, Lexicon::english()).list.is_empty());
    }
}
