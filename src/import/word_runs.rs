//! The words of a paragraph of a Word file: stretches with their looks, links, notes, pictures, fields, and which of them is read.
//!
//! Input: elements of a paragraph. Output: inline elements; what was dropped. Not here: numbers, and what a paragraph is
//! (`word_blocks.rs`).

use std::collections::BTreeMap;

use super::Changes;
use crate::archive::tree::{Inside, Tree};
use crate::manuscript::said::Remarks;
use crate::manuscript::{Inline, PICTURE};
use crate::wordml::fields::{Counted, Field, Printed};
use crate::wordml::math::{self, Step};
use crate::wordml::signs::{is_private, sign};
use crate::wordml::styles::{Look, Styles, is_dark};

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
    /// Boxes with text that belong after the paragraph, and whether each is dark.
    pub boxes: Vec<(&'word Tree, Option<bool>)>,
    /// How often each language was said, by letters.
    pub languages: BTreeMap<String, usize>,
    fields: Vec<Field>,
    counted: Counted,
    /// The level of the paragraph as a heading, from 0.
    outline: Option<u8>,
    /// The type in which the words stand.
    font: &'word str,
    /// Words that are not read, by what they are; said when the paragraph ends.
    unread: BTreeMap<&'static str, String>,
    /// Whether words were read after these, so that what follows is another place.
    read_since: bool,
}

/// What changes that are not taken are called there.
pub const PUT_IN: &str = "words that were put in by changes";
pub const TAKEN_OUT: &str = "words that were taken out by changes";
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
            counted: Counted::default(),
            outline: None,
            font: "",
            unread: BTreeMap::new(),
            read_since: false,
        }
    }

    /// The words of a paragraph whose style has this look and this level as a heading.
    pub fn paragraph(&mut self, tree: &'word Tree, look: Look, outline: Option<u8>) -> Vec<Inline> {
        let mut words = Vec::new();
        self.outline = outline;
        self.fields.iter_mut().for_each(|field| field.start = 0);
        self.inside(tree, look, &mut words);
        // One that begins, and does not say what it is, is none: all that follows would be taken for its order.
        self.fields.retain(|field| field.in_result || !field.name().is_empty());
        // A link may go on in the next paragraph.
        for field in (0..self.fields.len()).rev() {
            self.close_link(field, &mut words);
        }
        for (what, words) in std::mem::take(&mut self.unread) {
            match what {
                _ if words.trim().is_empty() => {}
                // A second reader passes over them too.
                PUT_IN | TAKEN_OUT => self.remarks.dropped_beside(what, &words),
                _ => self.remarks.dropped(what, &words),
            }
        }
        words
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
            "ins" | "moveTo" if self.changes == Changes::Reject => self.skip(child, PUT_IN),
            "del" | "moveFrom" if self.changes == Changes::Accept => self.skip(child, TAKEN_OUT),
            "fldSimple" => {
                let order = child.attribute("instr").unwrap_or_default().to_owned();
                self.fields.push(Field { order, in_result: true, start: words.len(), choice: None });
                self.inside(child, look, words);
                self.end_field(look, words);
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
            "oMath" | "oMathPara" => self.formula(child, look, words),
            "pPr" | "rPr" | "proofErr" | "sdtPr" | "commentRangeStart" | "commentRangeEnd" => {}
            _ => self.inside(child, look, words),
        }
    }

    /// A formula, in a line.
    fn formula(&mut self, tree: &'word Tree, look: Look, words: &mut Vec<Inline>) {
        let Some(steps) = math::steps(tree) else {
            for child in tree.trees() {
                if &*child.name == "r" {
                    self.run(child, look, words);
                } else {
                    self.formula(child, look, words);
                }
            }
            return;
        };
        for step in steps {
            match step {
                Step::Words(text) => self.words(&text, look, words),
                Step::Inside(part, raised) => {
                    let raised = raised.map(|tag| if tag == "sup" { 1 } else { -1 }).or(look.raised);
                    self.formula(part, Look { raised, ..look }, words);
                }
            }
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
        let is_apart = std::mem::take(&mut self.read_since);
        let unread = self.unread.entry(what).or_default();
        unread.push_str(if is_apart && !unread.is_empty() { " " } else { "" });
        unread.push_str(words);
    }

    fn run(&mut self, run: &'word Tree, look: Look, words: &mut Vec<Inline>) {
        let mut own = look;
        self.font = "";
        // In a formula a stretch has properties of two sorts.
        let both = || run.trees().filter(|child| &*child.name == "rPr");
        let properties = both().find(|properties| properties.child("rPrChange").is_some()).or_else(|| both().last());
        let old = properties.and_then(|properties| properties.find(&["rPrChange", "rPr"]));
        if let Some(properties) = old.filter(|_| self.changes == Changes::Reject).or(properties) {
            let style =
                properties.child("rStyle").and_then(Tree::val).map(|id| self.styles.look(id)).unwrap_or_default();
            let fonts = properties.child("rFonts");
            self.font = fonts.and_then(|fonts| fonts.attribute("ascii").or(fonts.attribute("hAnsi"))).unwrap_or("");
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
            // What is said above a word stands after it.
            "ruby" => {
                child.child("rubyBase").into_iter().for_each(|base| self.inside(base, look, words));
                self.words(" (", look, words);
                child.child("rt").into_iter().for_each(|above| self.inside(above, look, words));
                self.words(")", look, words);
            }
            "fldChar" => match child.attribute("fldCharType") {
                Some("begin") => {
                    self.checkbox(child, look, words);
                    self.fields.push(Field::begun(child));
                }
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        (field.in_result, field.start) = (true, words.len());
                    }
                }
                Some("end") => self.end_field(look, words),
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
        if self.fields.iter().any(|field| !field.in_result && !field.name().is_empty()) {
            return self.unread("words in the orders of fields", text);
        }
        if let Some(what) = self.fields.iter().find_map(Field::unread) {
            return self.unread(what, text);
        }
        let is_white = look.white == Some(true) && look.on_dark != Some(true);
        for (is_so, what) in
            [(look.hidden == Some(true), HIDDEN), (is_white, WHITE), (look.covered == Some(true), COVERED)]
        {
            if is_so {
                return self.unread(what, text);
            }
        }
        if text.contains(is_private) {
            return self.pictures_for_letters(text, look, words);
        }
        self.read_since = true;
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
        let font = tree.attribute("font").unwrap_or_default();
        let sign = sign(font, code).unwrap_or_else(|| self.unknown_sign(font));
        self.words(&sign, look, words);
    }

    /// Letters that each type draws as it likes, among others.
    fn pictures_for_letters(&mut self, text: &str, look: Look, words: &mut Vec<Inline>) {
        // The bullet of old lists was typed in this type.
        let is_bullet = |letter| matches!(letter, '\u{f0b7}' | '\u{f0a7}');
        let font = if self.font.is_empty() { "another type" } else { self.font };
        let mut shown = String::new();
        for letter in text.chars() {
            match letter {
                letter if is_bullet(letter) => shown.push('•'),
                letter if is_private(letter) => {
                    let sign = sign(font, u32::from(letter));
                    shown.push_str(&sign.unwrap_or_else(|| self.unknown_sign(font)));
                }
                letter => shown.push(letter),
            }
        }
        self.words(&shown, look, words);
    }

    fn unknown_sign(&mut self, font: &str) -> String {
        self.remarks.doubtful("signs of a type that only Word has; □ stands for each", &font.to_lowercase());
        "□".to_owned()
    }

    fn end_field(&mut self, look: Look, words: &mut Vec<Inline>) {
        let Some(last) = self.fields.len().checked_sub(1) else { return };
        self.close_link(last, words);
        let Some(field) = self.fields.pop().filter(|field| !field.in_result) else { return };
        match field.printed(&mut self.counted, self.outline) {
            Printed::Nothing => {}
            Printed::Words(text) => self.words(&text, look, words),
            Printed::Number(number) => {
                self.words(&format!("{number} "), look, words);
                self.remarks.doubtful("numbers that a field counts; compare them with those that Word shows", &number);
            }
            Printed::Unknown => {
                let what = "fields that Word works out when it shows them; what they show is not in the file";
                self.remarks.doubtful(what, &field.order);
            }
        }
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
        let (mut painted, mut fill) = (Vec::new(), None);
        tree.each(&mut |inside| match &*inside.name {
            "blip" => pictures.extend(inside.attribute("embed").or(inside.attribute("link"))),
            "imagedata" => pictures.extend(inside.attribute("id").or(inside.attribute("relid"))),
            "txbxContent" => boxes.push(inside),
            "docPr" => shown = shown.or(inside.attribute("descr")).or(inside.attribute("title")),
            // Letters that are drawn.
            "textpath" => painted.extend(inside.attribute("string")),
            "spPr" => fill = fill.or_else(|| filled(inside)),
            "fillRef" => fill = fill.or((inside.attribute("idx") != Some("0")).then_some(true)),
            "shape" | "rect" | "roundrect" => {
                shown = shown.or(inside.attribute("alt"));
                let colour = inside.attribute("fillcolor").and_then(|colour| colour.split_whitespace().next());
                fill = fill.or(colour
                    .map(|colour| !matches!(colour, "white" | "window" | "#fff" | "#FFF" | "#ffffff" | "#FFFFFF")));
            }
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
        for text in &painted {
            self.words(text, Look::default(), words);
            self.remarks.doubtful("words that are drawn as a picture (WordArt)", text);
        }
        if pictures.is_empty() && boxes.is_empty() && painted.is_empty() {
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
        self.boxes.extend(boxes.into_iter().map(|own| (own, fill)));
    }
}

/// Whether the properties of a shape fill it with something dark; `None`: they say nothing.
fn filled(properties: &Tree) -> Option<bool> {
    properties.trees().find_map(|fill| match &*fill.name {
        "noFill" => Some(false),
        "solidFill" => Some(match fill.child("srgbClr").and_then(Tree::val) {
            Some(colour) => is_dark(colour),
            None => !matches!(fill.child("schemeClr").and_then(Tree::val), Some("bg1" | "lt1")),
        }),
        "gradFill" | "blipFill" | "pattFill" => Some(true),
        _ => None,
    })
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
