//! What stands below what → a drawing in SVG: boxes from left to right, with lines from each to those below it.
//!
//! Enters: trees of words, what the whole is called. Leaves: one `<svg>`. Absent: links (a list beside the drawing has them),
//! colours and type, and a place for it on small screens: words of a box need room.

use super::{Head, Words, put};

/// A drawing of trees, one below the other.
#[derive(Debug, Clone, Default)]
pub struct Forest<'text> {
    /// An id that nothing else on the page has.
    pub id: &'text str,
    /// What is shown, in a few words.
    pub title: &'text str,
    /// The same as the drawing, in sentences.
    pub description: &'text str,
    /// In their order.
    pub roots: Vec<Node>,
}

/// One box.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// What stands in it.
    pub words: String,
    /// The boxes below it, in their order.
    pub below: Vec<Node>,
}

/// The narrowest drawing in the size of type, about 640 px: there words must fit into their boxes.
const NARROWEST: f64 = 40.0;

/// A letter's width in the size of type, generously.
const LETTER: f64 = 0.56;

/// Between two columns, in hundredths of the width.
const BETWEEN: f64 = 6.0;

/// Heights, in the size of type: a line of words, the rim of a box, and between two boxes.
const LINE: f64 = 1.3;
const RIM: f64 = 0.5;
const GAP: f64 = 0.7;

impl Forest<'_> {
    /// Appends the drawing; nothing, where nothing stands below anything.
    pub fn draw(&self, out: &mut String) {
        let columns = self.roots.iter().map(Node::depth).max().unwrap_or(0);
        if columns < 2 {
            return;
        }
        let width = (100.0 - BETWEEN * (columns - 1) as f64) / columns as f64;
        let mut pen = Pen { width, top: 0.0, drawn: String::new() };
        self.roots.iter().for_each(|root| _ = pen.node(root, 0));
        let head = Head { id: self.id, title: self.title, description: self.description };
        head.open("chart tree-drawing", (pen.top - GAP).max(0.0) + 0.1, out);
        out.push_str(&pen.drawn);
        out.push_str("</svg>\n");
    }
}

impl Node {
    fn depth(&self) -> usize {
        1 + self.below.iter().map(Self::depth).max().unwrap_or(0)
    }
}

/// Where the drawing has come to.
struct Pen {
    /// Of a box, in hundredths of the whole.
    width: f64,
    /// The free height, in the size of type.
    top: f64,
    drawn: String,
}

impl Pen {
    /// Draws a box beside the middle of those below it, and the lines to them. Returns the height of its middle.
    fn node(&mut self, node: &Node, column: usize) -> f64 {
        let lines = wrapped(&node.words, ((self.width / 100.0 * NARROWEST - 2.0 * RIM) / LETTER) as usize);
        let height = lines.len() as f64 * LINE + 2.0 * RIM;
        let above = self.top;
        let below: Vec<f64> = node.below.iter().map(|child| self.node(child, column + 1)).collect();
        let middle = match (below.first(), below.last()) {
            (Some(first), Some(last)) => ((first + last) / 2.0).max(above + height / 2.0),
            _ => above + height / 2.0,
        };
        self.top = self.top.max(middle + height / 2.0 + GAP);
        let left = (self.width + BETWEEN) * column as f64;
        self.lines_to(&below, left + self.width, middle);
        self.rectangle(left, middle - height / 2.0, height);
        for (index, text) in (0u32..).zip(lines) {
            let y = middle - height / 2.0 + RIM + LINE * (f64::from(index) + 0.75);
            let (class, x) = ("tree-words".to_owned(), left + self.width / 2.0);
            Words { class, x, y, anchor: "middle", text }.draw(&mut self.drawn);
        }
        middle
    }

    /// From the right edge of a box to the left edges of those below it.
    fn lines_to(&mut self, below: &[f64], right: f64, middle: f64) {
        let (Some(first), Some(last)) = (below.first(), below.last()) else { return };
        let half = right + BETWEEN / 2.0;
        self.line((right, middle), (half, middle));
        self.line((half, first.min(middle)), (half, last.max(middle)));
        for y in below {
            self.line((half, *y), (right + BETWEEN, *y));
        }
    }

    fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        put(
            &mut self.drawn,
            format_args!(
                "<line class=\"tree-line\" x1=\"{x1:.2}%\" y1=\"{y1:.2}em\" x2=\"{x2:.2}%\" y2=\"{y2:.2}em\"/>\n"
            ),
        );
    }

    fn rectangle(&mut self, left: f64, top: f64, height: f64) {
        let width = self.width;
        put(
            &mut self.drawn,
            format_args!(
                "<rect class=\"tree-box\" x=\"{left:.2}%\" y=\"{top:.2}em\" width=\"{width:.2}%\" height=\"{height:.2}em\"/>\n"
            ),
        );
    }
}

/// Words in lines of at most so many letters; a longer word has a line of its own.
fn wrapped(words: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(words: &str, below: Vec<Node>) -> Node {
        Node { words: words.to_owned(), below }
    }

    fn drawn(roots: Vec<Node>) -> String {
        let mut out = String::new();
        Forest { id: "t", title: "A & B", description: "B stands below A.", roots }.draw(&mut out);
        out
    }

    #[test]
    fn each_has_a_box_and_a_line_leads_to_each_below() {
        let svg = drawn(vec![node("A", vec![node("B", vec![node("C", vec![])]), node("D", vec![])])]);
        assert_eq!((svg.matches("tree-box").count(), svg.matches("tree-words").count()), (4, 4));
        // One out of A, one down, one to each of two; the same for B and its one.
        assert_eq!(svg.matches("tree-line").count(), 4 + 3);
        assert!(svg.contains("<title id=\"t-title\">A &amp; B</title>") && !svg.contains("style="), "{svg}");
    }

    #[test]
    fn boxes_of_a_column_do_not_touch_and_nothing_is_drawn_of_what_stands_alone() {
        assert_eq!(drawn(vec![node("A", vec![]), node("B", vec![])]), "");
        let long = "The delivery group on anti-social behaviour and the harm it does in market towns";
        let mut pen = Pen { width: 29.0, top: 0.0, drawn: String::new() };
        let tall = pen.node(&node(long, vec![node("A", vec![])]), 0);
        let next = pen.node(&node("B", vec![]), 0);
        let lines = wrapped(long, ((0.29 * NARROWEST - 2.0 * RIM) / LETTER) as usize);
        assert!(lines.len() > 3 && lines.join(" ") == long, "{lines:?}");
        assert!(next - LINE / 2.0 - RIM > tall + lines.len() as f64 * LINE / 2.0 + RIM, "{tall} and {next}");
    }
}
