//! Draws in SVG what stands below what: boxes from left to right, with lines from each to those below it.
//!
//! Input: trees of words, and the title of the whole. Output: one `<svg>`. Not here: links (a list beside the drawing has
//! them), colours and type, and a form for small screens: the words of a box need room.

use std::fmt::Write as _;

use super::{Description, Label};

/// A drawing of trees, one below the other.
#[derive(Debug, Clone, Default)]
pub struct TreeDiagram<'text> {
    /// An id that nothing else on the page has.
    pub id: &'text str,
    /// What is shown, in a few words.
    pub title: &'text str,
    /// What the drawing shows, in sentences.
    pub description: &'text str,
    /// The boxes below nothing, in their order.
    pub roots: Vec<TreeNode>,
}

/// One box, with those below it.
#[derive(Debug, Clone, Default)]
pub struct TreeNode {
    /// The words in the box.
    pub words: String,
    /// The boxes below it, in their order.
    pub below: Vec<TreeNode>,
}

/// The width of the narrowest drawing in em, about 640 px: there words must fit into their boxes.
const NARROWEST: f64 = 40.0;

/// The width of a letter in em, generously.
const LETTER: f64 = 0.56;

/// The distance between two columns, in per cent of the width.
const BETWEEN: f64 = 6.0;

/// The height of a line of words, in em.
const LINE: f64 = 1.3;
/// The rim of a box, in em.
const RIM: f64 = 0.5;
/// The height between two boxes, in em.
const GAP: f64 = 0.7;

impl TreeDiagram<'_> {
    /// Appends the drawing to `out`; nothing if nothing stands below anything.
    pub fn draw(&self, out: &mut String) {
        let columns = self.roots.iter().map(TreeNode::depth).max().unwrap_or(0);
        if columns < 2 {
            return;
        }
        let width = (100.0 - BETWEEN * (columns - 1) as f64) / columns as f64;
        let mut painter = Painter { width, top: 0.0, drawn: String::new() };
        self.roots.iter().for_each(|root| _ = painter.node(root, 0));
        let head = Description { id: self.id, title: self.title, description: self.description };
        head.open("chart tree-drawing", (painter.top - GAP).max(0.0) + 0.1, out);
        out.push_str(&painter.drawn);
        out.push_str("</svg>\n");
    }
}

impl TreeNode {
    fn depth(&self) -> usize {
        1 + self.below.iter().map(Self::depth).max().unwrap_or(0)
    }
}

/// The drawing so far.
struct Painter {
    /// The width of a box, in per cent of the drawing's.
    width: f64,
    /// Where free room begins, in em from the top.
    top: f64,
    drawn: String,
}

impl Painter {
    /// Draws a box beside the middle of those below it, and the lines to them. Returns where its middle is, in em from the
    /// top.
    fn node(&mut self, node: &TreeNode, column: usize) -> f64 {
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
            Label { class, x, y, anchor: "middle", text }.draw(&mut self.drawn);
        }
        middle
    }

    /// Draws lines from the right edge of a box to the left edges of those below it.
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
        let _ = writeln!(
            self.drawn,
            "<line class=\"tree-line\" x1=\"{x1:.2}%\" y1=\"{y1:.2}em\" x2=\"{x2:.2}%\" y2=\"{y2:.2}em\"/>"
        );
    }

    fn rectangle(&mut self, left: f64, top: f64, height: f64) {
        let width = self.width;
        let _ = writeln!(
            self.drawn,
            "<rect class=\"tree-box\" x=\"{left:.2}%\" y=\"{top:.2}em\" width=\"{width:.2}%\" height=\"{height:.2}em\"/>"
        );
    }
}

/// `words` in lines of at most `most` letters; a longer word has a line of its own.
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

    fn node(words: &str, below: Vec<TreeNode>) -> TreeNode {
        TreeNode { words: words.to_owned(), below }
    }

    fn drawn(roots: Vec<TreeNode>) -> String {
        let mut out = String::new();
        TreeDiagram { id: "t", title: "A & B", description: "B stands below A.", roots }.draw(&mut out);
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
        let mut painter = Painter { width: 29.0, top: 0.0, drawn: String::new() };
        let tall = painter.node(&node(long, vec![node("A", vec![])]), 0);
        let next = painter.node(&node("B", vec![]), 0);
        let lines = wrapped(long, ((0.29 * NARROWEST - 2.0 * RIM) / LETTER) as usize);
        assert!(lines.len() > 3 && lines.join(" ") == long, "{lines:?}");
        assert!(next - LINE / 2.0 - RIM > tall + lines.len() as f64 * LINE / 2.0 + RIM, "{tall} and {next}");
    }
}
