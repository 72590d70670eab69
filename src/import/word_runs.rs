//! The words of a paragraph of a Word file: stretches with their looks, links, notes, pictures, fields, and which of them is read.
//!
//! Input: elements of a paragraph. Output: inline elements; what was dropped. Not here: numbers, and what a paragraph is
//! (`word_blocks.rs`).

use std::collections::BTreeMap;

use super::Changes;
use super::tree::{Inside, Tree};
use super::word_styles::{Look, Styles};
use crate::manuscript::said::Remarks;
use crate::manuscript::{Inline, PICTURE};

/// Where a part leads: an id → a target, and whether it lies outside of the file.
pub type Relations = BTreeMap<String, (String, bool)>;

/// What the words of a document are read with.
pub struct Runs<'word> {
    pub styles: &'word Styles,
    pub changes: Changes,
    pub remarks: Remarks,
    /// Those of the part that is read.
    pub relations: Relations,
    /// The targets of pictures, in the order of their numbers.
    pub pictures: Vec<String>,
    /// The ids of notes, in the order of their references: whether it stands at the end, and its number.
    pub notes: Vec<(bool, String)>,
    /// Boxes with text that belong after the paragraph.
    pub boxes: Vec<&'word Tree>,
    /// How often each language was said, by letters.
    pub languages: BTreeMap<String, usize>,
    fields: Vec<Field>,
    /// Words that are not read, by what they are; said when the paragraph ends.
    unread: BTreeMap<&'static str, String>,
}

/// A field that is open: the order that made it, and then its result.
struct Field {
    order: String,
    in_result: bool,
    /// Where its result begins in the words of the paragraph.
    start: usize,
}

impl Field {
    /// What its result is, if it is no part of the record.
    fn unread(&self) -> Option<&'static str> {
        match self.name().as_str() {
            "TOC" | "INDEX" | "TOA" => Some(CONTENTS),
            "PAGE" | "NUMPAGES" | "SECTIONPAGES" => Some("page numbers"),
            _ => None,
        }
    }

    fn name(&self) -> String {
        self.order.split_whitespace().next().unwrap_or_default().to_ascii_uppercase()
    }

    /// Where it leads, if it is a link.
    fn link(&self) -> Option<String> {
        if self.name() != "HYPERLINK" {
            return None;
        }
        let quoted = self.order.split('"').nth(1);
        let target = quoted.or_else(|| self.order.split_whitespace().nth(1)).unwrap_or_default();
        let is_inside = self.order.split_whitespace().nth(1).is_some_and(|word| word == "\\l");
        (!is_inside && !target.starts_with('\\')).then(|| target.to_owned())
    }
}

/// What a table of contents is called in the report.
pub const CONTENTS: &str = "the table of contents, which a page makes by itself";
const HIDDEN: &str = "hidden words";
const WHITE: &str = "white words";
const COVERED: &str = "blackened words";
const PROMPT: &str = "prompts of empty places in a form";

impl<'word> Runs<'word> {
    /// For a document with these styles.
    #[must_use]
    pub fn new(styles: &'word Styles, changes: Changes, relations: Relations) -> Self {
        Self {
            styles,
            changes,
            relations,
            remarks: Remarks::default(),
            pictures: Vec::new(),
            notes: Vec::new(),
            boxes: Vec::new(),
            languages: BTreeMap::new(),
            fields: Vec::new(),
            unread: BTreeMap::new(),
        }
    }

    /// The words of a paragraph whose style has this look.
    pub fn paragraph(&mut self, tree: &'word Tree, look: Look) -> Vec<Inline> {
        let mut words = Vec::new();
        self.fields.iter_mut().for_each(|field| field.start = 0);
        self.inside(tree, look, &mut words);
        // A link may go on in the next paragraph.
        for field in (0..self.fields.len()).rev() {
            self.close_link(field, &mut words);
        }
        for (what, words) in std::mem::take(&mut self.unread) {
            if !words.trim().is_empty() {
                self.remarks.dropped(what, &words);
            }
        }
        words
    }

    /// Whether the result of a field that is no part of the record goes on.
    #[must_use]
    pub fn in_contents(&self) -> bool {
        self.fields.iter().any(|field| field.in_result && field.unread() == Some(CONTENTS))
    }

    fn inside(&mut self, tree: &'word Tree, look: Look, words: &mut Vec<Inline>) {
        for child in tree.trees() {
            self.part(child, look, words);
        }
    }

    fn part(&mut self, child: &'word Tree, look: Look, words: &mut Vec<Inline>) {
        match &*child.name {
            "r" => self.run(child, look, words),
            "hyperlink" => {
                let mut inner = Vec::new();
                self.inside(child, look, &mut inner);
                let target =
                    child.attribute("id").and_then(|id| self.relations.get(id)).map(|(target, _)| target.clone());
                match target {
                    Some(target) => words.push(Inline::Link(target, inner)),
                    None => words.extend(inner),
                }
            }
            "ins" | "moveTo" if self.changes == Changes::Reject => {
                self.skip(child, "words that were put in by changes")
            }
            "del" | "moveFrom" if self.changes == Changes::Accept => {
                self.skip(child, "words that were taken out by changes")
            }
            "fldSimple" => {
                let order = child.attribute("instr").unwrap_or_default().to_owned();
                self.fields.push(Field { order, in_result: true, start: words.len() });
                self.inside(child, look, words);
                self.end_field(words);
            }
            "sdt" => {
                let prompts = child.find(&["sdtPr", "showingPlcHdr"]).is_some();
                let Some(content) = child.child("sdtContent") else { return };
                if prompts {
                    self.unread(PROMPT, &content.words());
                } else {
                    self.inside(content, look, words);
                }
            }
            "AlternateContent" => self.choice(child, look, words),
            // A formula.
            "t" => self.words(&child.words(), look, words),
            "ruby" => child.child("rubyBase").into_iter().for_each(|base| self.inside(base, look, words)),
            "pPr" | "rPr" | "proofErr" | "sdtPr" | "commentRangeStart" | "commentRangeEnd" => {}
            _ => self.inside(child, look, words),
        }
    }

    /// One of the forms in which the same thing stands: the newest.
    fn choice(&mut self, tree: &'word Tree, look: Look, words: &mut Vec<Inline>) {
        let choice = tree.child("Choice").or_else(|| tree.child("Fallback"));
        choice.into_iter().for_each(|choice| self.inside(choice, look, words));
    }

    /// Changes that are not taken.
    fn skip(&mut self, tree: &Tree, what: &'static str) {
        let words = said(tree);
        self.unread(what, &words);
    }

    fn unread(&mut self, what: &'static str, words: &str) {
        let unread = self.unread.entry(what).or_default();
        unread.push_str(words);
    }

    fn run(&mut self, run: &'word Tree, look: Look, words: &mut Vec<Inline>) {
        let mut own = look;
        if let Some(properties) = run.child("rPr") {
            let style =
                properties.child("rStyle").and_then(Tree::val).map(|id| self.styles.look(id)).unwrap_or_default();
            own = Look::of(properties).or(style).or(look);
            if let Some(language) = properties.child("lang").and_then(Tree::val) {
                *self.languages.entry(language.to_owned()).or_default() += said(run).len();
            }
        }
        for child in run.trees() {
            self.piece(child, own, words);
        }
    }

    fn piece(&mut self, child: &'word Tree, look: Look, words: &mut Vec<Inline>) {
        match &*child.name {
            "t" | "delText" => self.words(&child.words(), look, words),
            "tab" | "ptab" => self.words("\t", look, words),
            "cr" => words.push(Inline::Break),
            "br" => match child.attribute("type") {
                Some("page" | "column") => self.words(" ", look, words),
                _ => words.push(Inline::Break),
            },
            "noBreakHyphen" => self.words("-", look, words),
            "sym" => self.sign(child, look, words),
            "fldChar" => match child.attribute("fldCharType") {
                Some("begin") => {
                    self.checkbox(child, look, words);
                    self.fields.push(Field { order: String::new(), in_result: false, start: 0 });
                }
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        (field.in_result, field.start) = (true, words.len());
                    }
                }
                Some("end") => self.end_field(words),
                _ => {}
            },
            "instrText" | "delInstrText" => {
                if let Some(field) = self.fields.last_mut().filter(|field| !field.in_result) {
                    field.order.push_str(&child.words());
                }
            }
            "footnoteReference" | "endnoteReference" => {
                let note = (&*child.name == "endnoteReference", child.attribute("id").unwrap_or_default().to_owned());
                self.notes.push(note);
                words.push(Inline::Note(self.notes.len() - 1));
            }
            "drawing" | "pict" | "object" => self.drawing(child, words),
            "AlternateContent" => {
                let choice = child.child("Choice").or_else(|| child.child("Fallback"));
                choice.into_iter().flat_map(Tree::trees).for_each(|child| self.piece(child, look, words));
            }
            _ => {}
        }
    }

    /// The box of a form that is ticked or not.
    fn checkbox(&mut self, tree: &Tree, look: Look, words: &mut Vec<Inline>) {
        let Some(own) = tree.find(&["ffData", "checkBox"]) else { return };
        let ticked = own.switch("checked").or(own.switch("default")).unwrap_or(false);
        self.words(if ticked { "☑" } else { "☐" }, look, words);
    }

    fn words(&mut self, text: &str, look: Look, words: &mut Vec<Inline>) {
        if self.fields.iter().any(|field| !field.in_result) && !text.trim().is_empty() {
            return;
        }
        if let Some(what) = self.fields.iter().find_map(Field::unread) {
            return self.unread(what, text);
        }
        for (is_so, what) in [(look.hidden, HIDDEN), (look.white, WHITE), (look.covered, COVERED)] {
            if is_so == Some(true) {
                return self.unread(what, text);
            }
        }
        let text: String = text
            .chars()
            .map(|letter| if letter == '\u{2011}' { '-' } else { letter })
            .filter(|letter| *letter != '\u{ad}')
            .collect();
        let mut inline = Inline::Words(text);
        match look.raised {
            Some(1) => inline = Inline::Tag("sup", vec![inline]),
            Some(-1) => inline = Inline::Tag("sub", vec![inline]),
            _ => {}
        }
        if look.struck == Some(true) {
            inline = Inline::Tag("del", vec![inline]);
        }
        if look.emphasis == Some(true) {
            inline = Inline::Emphasis(vec![inline]);
        }
        if look.strong == Some(true) {
            inline = Inline::Strong(vec![inline]);
        }
        words.push(inline);
    }

    /// A sign of a type that has pictures for letters.
    fn sign(&mut self, tree: &Tree, look: Look, words: &mut Vec<Inline>) {
        let code = tree.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or_default();
        let font = tree.attribute("font").unwrap_or_default().to_lowercase();
        let sign = match (font.as_str(), code & 0xFF) {
            ("wingdings", 0xFC) => "✓",
            ("wingdings", 0xFB) => "✗",
            ("wingdings", 0xFE) => "☑",
            ("wingdings", 0xFD) => "☒",
            ("wingdings", 0xA8 | 0x6F) => "☐",
            ("wingdings", 0x28 | 0x29) => "☎",
            ("wingdings", 0x2A) => "✉",
            ("wingdings", 0xE0) => "→",
            ("wingdings 2", 0x50) => "✓",
            ("wingdings 2", 0x52) => "☑",
            ("wingdings 2", 0xA3) => "☐",
            ("symbol", 0xB7) | ("wingdings", 0x6C | 0xA7 | 0x9F) => "•",
            ("symbol", 0xB0) => "°",
            ("symbol", 0xA3) => "≤",
            ("symbol", 0xB3) => "≥",
            ("symbol", 0xB1) => "±",
            ("symbol", 0xB4) => "×",
            ("symbol", 0xAE) => "→",
            ("symbol", 0x2D) => "–",
            _ => {
                let own = char::from_u32(code).filter(|sign| !('\u{e000}'..='\u{f8ff}').contains(sign) && code > 0x1F);
                match own {
                    Some(sign) => return self.words(&sign.to_string(), look, words),
                    None => {
                        self.remarks.doubtful("signs of a type that only Word has; □ stands for each", &font);
                        "□"
                    }
                }
            }
        };
        self.words(sign, look, words);
    }

    fn end_field(&mut self, words: &mut Vec<Inline>) {
        if self.fields.is_empty() {
            return;
        }
        self.close_link(self.fields.len() - 1, words);
        self.fields.pop();
    }

    /// The result of a link's field becomes the link.
    fn close_link(&mut self, field: usize, words: &mut Vec<Inline>) {
        let Some(field) = self.fields.get(field).filter(|field| field.in_result) else { return };
        if let Some(target) = field.link()
            && field.start < words.len()
        {
            let inner = words.split_off(field.start);
            words.push(Inline::Link(target, inner));
        }
    }

    /// A picture, a box with text, or something that only Word can draw.
    fn drawing(&mut self, tree: &'word Tree, words: &mut Vec<Inline>) {
        let (mut pictures, mut boxes, mut shown) = (Vec::new(), Vec::new(), None);
        tree.each(&mut |inside| match &*inside.name {
            "blip" => pictures.extend(inside.attribute("embed").or(inside.attribute("link"))),
            "imagedata" => pictures.extend(inside.attribute("id").or(inside.attribute("relid"))),
            "txbxContent" => boxes.push(inside),
            "docPr" => shown = shown.or(inside.attribute("descr")).or(inside.attribute("title")),
            "shape" => shown = shown.or(inside.attribute("alt")),
            _ => {}
        });
        pictures.dedup();
        for id in &pictures {
            let Some((target, is_outside)) = self.relations.get(*id).cloned() else { continue };
            let shown = shown.unwrap_or_default().trim();
            let end = target.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
            if is_outside || !["png", "jpg", "jpeg", "gif", "webp"].contains(&end.as_str()) {
                let what = if is_outside {
                    "pictures that lie elsewhere"
                } else {
                    "pictures of a form that browsers do not show"
                };
                self.remarks.dropped(what, &format!("{} {shown}", target.rsplit('/').next().unwrap_or_default()));
                continue;
            }
            let number = self.pictures.iter().position(|own| *own == target).unwrap_or_else(|| {
                self.pictures.push(target.clone());
                self.pictures.len() - 1
            });
            words.push(Inline::Picture(format!("{PICTURE}{number}"), shown.to_owned()));
        }
        if pictures.is_empty() && boxes.is_empty() {
            self.remarks.dropped("drawings (charts, shapes) that only Word can show", shown.unwrap_or_default());
        }
        // One inside another is read with it.
        let inner: Vec<&Tree> = boxes
            .iter()
            .filter(|own| {
                boxes.iter().any(|outer| {
                    let mut holds = false;
                    outer.each(&mut |inside| holds |= std::ptr::eq(inside, **own) && !std::ptr::eq(*outer, **own));
                    holds
                })
            })
            .copied()
            .collect();
        boxes.retain(|own| !inner.iter().any(|inner| std::ptr::eq(*inner, *own)));
        self.boxes.extend(boxes);
    }
}

/// The words of an element that people read, without orders of fields.
#[must_use]
pub fn said(tree: &Tree) -> String {
    let mut words = String::new();
    add_said(tree, &mut words);
    words
}

fn add_said(tree: &Tree, words: &mut String) {
    for inside in &tree.inside {
        if let Inside::Tree(tree) = inside {
            match &*tree.name {
                "t" | "delText" => words.push_str(&tree.words()),
                "tab" | "br" | "cr" => words.push(' '),
                "noBreakHyphen" => words.push('-'),
                "instrText" | "delInstrText" => {}
                "p" => {
                    add_said(tree, words);
                    words.push(' ');
                }
                _ => add_said(tree, words),
            }
        }
    }
}
