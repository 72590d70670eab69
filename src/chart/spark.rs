//! Draws figures over time so small that the drawing stands beside words: a line, its last point, and what is aimed at.
//!
//! Input: figures in their order, the target, and words that say the same. Output: one `<svg>`. Not here: numbers and
//! periods, which the words beside it and the large drawing say.

use std::fmt::Write as _;

use super::across;
use crate::html::escape;

/// A small drawing of figures over time.
#[derive(Debug, Clone, Default)]
pub struct Spark<'text> {
    /// What it shows, in sentences.
    pub description: &'text str,
    /// One for each period, in their order; `None` leaves a gap.
    pub points: Vec<Option<f64>>,
    /// What is aimed at.
    pub target: Option<f64>,
}

/// The height of the drawing, in em.
const HEIGHT: f64 = 3.0;
/// The room above the highest and below the lowest point, in em.
const RIM: f64 = 0.4;
/// The room before the first and after the last point, in per cent of the width.
const SIDE: f64 = 3.0;

impl Spark<'_> {
    /// Appends the drawing to `out`; nothing if fewer than two points have a figure.
    pub fn draw(&self, out: &mut String) {
        let known = self.points.iter().flatten().copied();
        if known.clone().count() < 2 {
            return;
        }
        let (low, high) = known
            .chain(self.target)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let span = if high > low { high - low } else { 1.0 };
        let y = |value: f64| RIM + (high - value) / span * (HEIGHT - 2.0 * RIM);
        let x = |index: usize| SIDE + index as f64 / (self.points.len() - 1) as f64 * (100.0 - 2.0 * SIDE);
        let marks: Vec<(usize, f64, f64)> =
            (0..).zip(&self.points).filter_map(|(at, value)| Some((at, x(at), y((*value)?)))).collect();
        let _ =
            write!(out, "<svg class=\"chart spark\" width=\"100%\" height=\"{HEIGHT}em\" role=\"img\" aria-label=\"");
        escape(self.description, out);
        out.push_str("\">\n");
        if let Some(target) = self.target {
            across("chart-level target", y(target), out);
        }
        for pair in marks.windows(2).filter(|pair| pair[1].0 == pair[0].0 + 1) {
            let [(_, x1, y1), (_, x2, y2)] = [pair[0], pair[1]];
            let _ = writeln!(
                out,
                "<line class=\"chart-line\" x1=\"{x1:.1}%\" y1=\"{y1:.2}em\" x2=\"{x2:.1}%\" y2=\"{y2:.2}em\"/>"
            );
        }
        if let Some((_, x, y)) = marks.last() {
            let _ = writeln!(out, "<circle class=\"chart-dot\" cx=\"{x:.1}%\" cy=\"{y:.2}em\" r=\"0.3em\"/>");
        }
        out.push_str("</svg>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(points: &[Option<f64>], target: Option<f64>) -> String {
        let mut out = String::new();
        Spark { description: "It \"fell\".", points: points.to_vec(), target }.draw(&mut out);
        out
    }

    #[test]
    fn a_line_has_its_words_a_gap_and_one_dot() {
        let svg = drawn(&[Some(9.0), Some(8.0), None, Some(6.0), Some(5.0)], Some(4.0));
        assert_eq!((svg.matches("chart-line").count(), svg.matches("<circle").count()), (2, 1));
        assert!(svg.contains("aria-label=\"It &quot;fell&quot;.\"") && svg.contains("y1=\"2.60em\""), "{svg}");
        assert!(!svg.contains("style="), "{svg}");
    }

    #[test]
    fn one_figure_is_no_line_and_equal_ones_stay_inside() {
        assert_eq!(drawn(&[Some(1.0), None], Some(2.0)), "");
        let level = drawn(&[Some(0.0), Some(0.0)], None);
        assert!(!level.contains("NaN") && level.contains("y1=\"0.40em\""), "{level}");
    }
}
