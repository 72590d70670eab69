//! The styles of a Word file: what a paragraph and a stretch of words are by their styles, and those on which these are based.
//!
//! Input: `styles.xml`. Output: [`Styles`]. Not here: what stands in the text itself. Word translates the ids of styles; the names of
//! its own styles it keeps in English in every file.

use std::collections::BTreeMap;

use crate::archive::tree::Tree;

/// How many styles may be based on one another.
const DEEPEST: usize = 40;

/// What is said of a stretch of words. `None`: nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Bold.
    pub strong: Option<bool>,
    /// Italic.
    pub emphasis: Option<bool>,
    /// Struck through.
    pub struck: Option<bool>,
    /// Hidden.
    pub hidden: Option<bool>,
    /// White letters.
    pub white: Option<bool>,
    /// Whether what lies behind the words is so dark that white is read on it.
    pub on_dark: Option<bool>,
    /// Under a black mark.
    pub covered: Option<bool>,
    /// 1: above the line, -1: below it.
    pub raised: Option<i8>,
    /// Shown in capitals, however typed.
    pub capitals: Option<bool>,
    /// In a type that has pictures for letters.
    pub is_pictures: bool,
}

impl Look {
    /// What properties of a stretch say.
    #[must_use]
    pub fn of(properties: &Tree) -> Self {
        let raised = properties.child("vertAlign").and_then(Tree::val).map(|value| match value {
            "superscript" => 1,
            "subscript" => -1,
            _ => 0,
        });
        let struck = properties.switch("strike").or(properties.switch("dstrike"));
        let colour = properties.child("color").and_then(Tree::val);
        Self {
            strong: properties.switch("b"),
            emphasis: properties.switch("i"),
            struck,
            hidden: properties.switch("vanish"),
            white: colour.map(|colour| colour.eq_ignore_ascii_case("ffffff")),
            on_dark: properties.child("highlight").and_then(Tree::val).and_then(is_dark_mark).or(ground(properties)),
            covered: covered(properties),
            raised,
            capitals: properties.switch("caps"),
            is_pictures: properties.child("rFonts").is_some_and(is_pictures),
        }
    }

    /// The same, where nothing is said with what `other` says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            strong: self.strong.or(other.strong),
            emphasis: self.emphasis.or(other.emphasis),
            struck: self.struck.or(other.struck),
            hidden: self.hidden.or(other.hidden),
            white: self.white.or(other.white),
            on_dark: self.on_dark.or(other.on_dark),
            covered: self.covered.or(other.covered),
            raised: self.raised.or(other.raised),
            capitals: self.capitals.or(other.capitals),
            is_pictures: self.is_pictures || other.is_pictures,
        }
    }
}

/// Whether a type has pictures for letters.
fn is_pictures(fonts: &Tree) -> bool {
    let names = [fonts.attribute("ascii"), fonts.attribute("hAnsi")];
    names.into_iter().flatten().any(|name| {
        let name = name.to_ascii_lowercase();
        name == "symbol" || name.contains("dings") || name.contains("symbol")
    })
}

/// Whether words are blackened: people do so to take them back, and the words are still there. On a shade Word shows words in
/// white if nothing is said of their colour, on a mark it does not.
fn covered(properties: &Tree) -> Option<bool> {
    let is_black = |colour: &str| {
        u32::from_str_radix(colour, 16).is_ok_and(|colour| colour.to_be_bytes().iter().all(|part| *part < 0x40))
    };
    let colour = properties.child("color").and_then(Tree::val);
    let is_dark = colour.filter(|colour| *colour != "auto").map(is_black);
    let is_marked = properties.child("highlight").and_then(Tree::val).map(|mark| mark == "black");
    let fill = properties.child("shd").and_then(|shade| shade.attribute("fill")).map(is_black);
    if is_marked.is_none() && fill.is_none() {
        return None;
    }
    Some((is_marked == Some(true) && is_dark != Some(false)) || (fill == Some(true) && is_dark == Some(true)))
}

/// Whether the shade that words, a paragraph, a cell or a table has is dark; `None`: it has none, and what lies behind it counts.
#[must_use]
pub fn ground(properties: &Tree) -> Option<bool> {
    let shade = properties.child("shd")?;
    // A pattern without gaps has the colour of its lines.
    let name = if shade.val() == Some("solid") { "color" } else { "fill" };
    match shade.attribute(name) {
        None | Some("auto") => {
            // A colour of the theme of the document, which is white under names of their own alone.
            let theme = shade.attribute("themeFill")?;
            Some(!matches!(theme, "background1" | "light1"))
        }
        Some(fill) => Some(is_dark(fill)),
    }
}

/// Whether the colour of a marker is dark; `None`: there is no mark.
fn is_dark_mark(mark: &str) -> Option<bool> {
    (mark != "none").then(|| mark.starts_with("dark") || matches!(mark, "black" | "blue" | "red" | "magenta"))
}

/// Whether a colour, `1A1A1A`, is so dark that white is read on it.
#[must_use]
pub fn is_dark(colour: &str) -> bool {
    u32::from_str_radix(colour, 16).is_ok_and(|colour| {
        let [_, red, green, blue] = colour.to_be_bytes();
        u32::from(red) * 3 + u32::from(green) * 6 + u32::from(blue) < 1_600
    })
}

/// What a paragraph is by its style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParagraphStyle {
    /// Its level as a heading, from 0.
    pub outline: Option<u8>,
    /// Whether it is the title of the document.
    pub is_title: bool,
    /// Whether it is a quotation.
    pub is_quotation: bool,
    /// Whether it is for the heading of a table of contents.
    pub heads_contents: bool,
    /// Whether it is for the lines of a table of contents.
    pub is_contents: bool,
    /// The list to which it belongs.
    pub list: Option<String>,
    /// Its level there, if it says so itself.
    level: Option<usize>,
    /// How far it is moved to the right, and its first line back to the left, in twentieths of a point.
    pub indent: Option<(i64, i64)>,
    /// How its words look, on what the paragraph has behind it.
    pub look: Look,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    styles: BTreeMap<String, Style>,
    usual: Option<String>,
    defaults: Look,
    /// The language of the document.
    pub language: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    own: ParagraphStyle,
    /// Whether something in it has a dark shade: of a table, its head or every second row.
    is_dark: bool,
}

impl Styles {
    /// Reads the part.
    #[must_use]
    pub fn read(part: &Tree) -> Self {
        let mut styles = Self::default();
        if let Some(defaults) = part.find(&["docDefaults", "rPrDefault", "rPr"]) {
            styles.defaults = Look::of(defaults);
            styles.language = defaults.child("lang").and_then(Tree::val).map(str::to_owned);
        }
        for style in part.trees().filter(|tree| &*tree.name == "style") {
            let Some(id) = style.attribute("styleId") else { continue };
            if style.attribute("default") == Some("1") && style.attribute("type") == Some("paragraph") {
                styles.usual = Some(id.to_owned());
            }
            let based_on = style.child("basedOn").and_then(Tree::val).map(str::to_owned);
            let mut is_dark = false;
            style.each(&mut |inside| is_dark |= ground(inside) == Some(true));
            styles.styles.insert(id.to_owned(), Style { based_on, own: own(style), is_dark });
        }
        styles
    }

    /// What a paragraph of this style is; of the usual style without one.
    #[must_use]
    pub fn paragraph(&self, id: Option<&str>) -> ParagraphStyle {
        let mut found = ParagraphStyle::default();
        for (_, style) in self.chain(id.or(self.usual.as_deref())) {
            let own = &style.own;
            found.outline = found.outline.or(own.outline);
            found.is_title |= own.is_title;
            found.is_quotation |= own.is_quotation;
            found.heads_contents |= own.heads_contents;
            found.is_contents |= own.is_contents;
            found.list = found.list.take().or_else(|| own.list.clone());
            found.indent = found.indent.or(own.indent);
            found.look = found.look.or(own.look);
        }
        found.look = found.look.or(self.defaults);
        found
    }

    /// How words of this style look.
    #[must_use]
    pub fn look(&self, id: &str) -> Look {
        self.chain(Some(id)).fold(Look::default(), |look, (_, style)| look.or(style.own.look))
    }

    /// Whether a table of this style has dark cells; which of them is not asked.
    #[must_use]
    pub fn is_dark(&self, id: &str) -> bool {
        self.chain(Some(id)).any(|(_, style)| style.is_dark)
    }

    /// The list that a style of numbers stands for.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<&str> {
        self.chain(Some(id)).find_map(|(_, style)| style.own.list.as_deref())
    }

    /// The level in a list of paragraphs of this style: what a list says of a style (`of_list`), or the style of itself, and in the
    /// same way of those on which it is based.
    #[must_use]
    pub fn level(&self, id: Option<&str>, of_list: impl Fn(&str) -> Option<usize>) -> Option<usize> {
        self.chain(id.or(self.usual.as_deref())).find_map(|(id, style)| of_list(id).or(style.own.level))
    }

    /// A style and those on which it is based.
    fn chain<'styles>(
        &'styles self,
        id: Option<&str>,
    ) -> impl Iterator<Item = (&'styles str, &'styles Style)> + use<'styles> {
        let mut next = id.and_then(|id| self.styles.get_key_value(id)).map(|(id, _)| id.as_str());
        std::iter::from_fn(move || {
            let (id, style) = self.styles.get_key_value(next?)?;
            next = style.based_on.as_deref();
            Some((id.as_str(), style))
        })
        .take(DEEPEST)
    }
}

/// What a style says itself.
fn own(style: &Tree) -> ParagraphStyle {
    let name = style.child("name").and_then(Tree::val).unwrap_or_default().to_lowercase();
    let properties = style.child("pPr");
    let number = |name: &str| properties.and_then(|properties| properties.number(name));
    let heading = name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok());
    let outline = number("outlineLvl")
        .and_then(|level| u8::try_from(level).ok())
        .or(heading.map(|level| level.saturating_sub(1)));
    let numbers = properties.and_then(|properties| properties.child("numPr"));
    ParagraphStyle {
        outline,
        is_title: name == "title",
        is_quotation: matches!(name.as_str(), "quote" | "intense quote"),
        heads_contents: name == "toc heading",
        is_contents: name.starts_with("toc ") || name == "table of figures",
        list: numbers.and_then(|numbers| numbers.child("numId")).and_then(Tree::val).map(str::to_owned),
        level: numbers.and_then(|numbers| numbers.number("ilvl")).and_then(|level| usize::try_from(level).ok()),
        indent: properties.and_then(indent),
        look: style
            .child("rPr")
            .map(Look::of)
            .unwrap_or_default()
            .or(Look { on_dark: properties.and_then(ground), ..Look::default() }),
    }
}

/// How far properties of a paragraph move it to the right, and its first line back to the left.
#[must_use]
pub fn indent(properties: &Tree) -> Option<(i64, i64)> {
    let indent = properties.child("ind")?;
    let number = |name: &str| indent.attribute(name).and_then(|value| value.trim().parse::<i64>().ok());
    let left = number("left").or(number("start"))?;
    Some((left.clamp(-30_000, 30_000), number("hanging").unwrap_or(0).clamp(0, 30_000)))
}
