//! Draws a few figures over time in SVG, as a page can hold it: a line, or columns if there are few. ([`spark`] does so beside words,
//! [`tree`] draws what stands below what; [`cover`] is a picture for elsewhere.)
//!
//! Input: points in their order, each with its words; lines to compare them with; the title of the whole. Output: one
//! `<svg>`. Not here: colours and type (style sheets know the classes), where figures come from, and the table beside it.
//!
//! Widths are in per cent of the page's width, heights in `em`: so the words keep their size on a telephone, grow with the
//! reader's own size of type, and need no script. There is no `style` attribute, which the site's policy would forbid.
//! Everything that is drawn is also said: in `<title>` and `<desc>`, and in words at the first, the last and the outermost
//! points.

pub mod cover;
pub mod spark;
pub mod tree;

use std::fmt::Write as _;

use crate::html::escape;

/// A drawing of figures over time.
#[derive(Debug, Clone, Default)]
pub struct Chart<'text> {
    /// An id that nothing else on the page has.
    pub id: &'text str,
    /// What is shown, in a few words.
    pub title: &'text str,
    /// What the drawing shows, in sentences.
    pub description: &'text str,
    /// One for each period, in their order, also for those without a value.
    pub points: Vec<Point>,
    /// Horizontal lines with which the points are compared.
    pub levels: Vec<ReferenceLine>,
}

/// One period and its figure.
#[derive(Debug, Clone, Default)]
pub struct Point {
    /// The period, as readers see it.
    pub period: String,
    /// The figure; `None` leaves a gap.
    pub value: Option<f64>,
    /// The figure, as readers see it.
    pub shown: String,
}

/// A horizontal line with which the points are compared: a target, a starting point.
#[derive(Debug, Clone)]
pub struct ReferenceLine {
    /// A class for style sheets: `target`.
    pub name: &'static str,
    /// The figure at which the line is drawn.
    pub value: f64,
    /// The words at the line.
    pub words: String,
}

/// Up to this many points are drawn as columns, more as a line.
const MOST_COLUMNS: usize = 5;

/// The height above the highest point, in em.
const ABOVE: f64 = 2.0;
/// The height of the plot, in em.
const PLOT: f64 = 10.0;
/// The height below the plot for the periods, in em.
const BELOW: f64 = 2.0;

/// The width of the narrowest drawing in em, about 290 px: there words must not lie on one another.
const NARROWEST: f64 = 18.0;

/// The width of a letter in em, generously.
const LETTER: f64 = 0.58;

impl Chart<'_> {
    /// Appends the drawing to `out`; nothing if fewer than two points have a figure.
    pub fn draw(&self, out: &mut String) {
        if self.points.iter().filter(|point| point.value.is_some()).count() < 2 {
            return;
        }
        let plot = Plot::new(self);
        let sort = if plot.columns { "columns" } else { "line" };
        let head = Description { id: self.id, title: self.title, description: self.description };
        head.open(&format!("chart {sort}"), ABOVE + PLOT + BELOW, out);
        plot.gaps(out);
        plot.floor(out);
        plot.levels(out);
        if plot.columns {
            plot.bars(out)
        } else {
            plot.line(out)
        }
        let mut words = plot.values();
        plot.words_of_levels(&mut words);
        words.extend(plot.periods());
        words.iter().for_each(|words| words.draw(out));
        out.push_str("</svg>\n");
    }

    /// The figure at which the scale begins: 0, except for a line whose figures all lie far from it.
    #[must_use]
    pub fn floor(&self) -> f64 {
        let (low, high) = self.range();
        let far = low > 0.0 && high - low < 0.25 * high && !self.is_columns();
        match (far, low < 0.0) {
            (true, _) => below(low - (high - low) * 0.25, high - low),
            (false, true) => low,
            (false, false) => 0.0,
        }
    }

    fn is_columns(&self) -> bool {
        self.points.len() <= MOST_COLUMNS
    }

    /// The lowest and the highest figure that is drawn.
    fn range(&self) -> (f64, f64) {
        let points = self.points.iter().filter_map(|point| point.value);
        let all = points.chain(self.levels.iter().map(|level| level.value));
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    }
}

/// A round number not above `value`; how round depends on the `span` between the lowest and the highest figure.
fn below(value: f64, span: f64) -> f64 {
    let step = 10f64.powf((span / 2.0).max(f64::MIN_POSITIVE).log10().floor());
    ((value / step).floor() * step).max(0.0)
}

/// A chart with its scale.
struct Plot<'chart> {
    chart: &'chart Chart<'chart>,
    columns: bool,
    floor: f64,
    high: f64,
}

/// A point that has a figure, and where it is drawn.
#[derive(Clone, Copy)]
struct PlottedPoint {
    index: usize,
    value: f64,
    x: f64,
    y: f64,
}

impl<'chart> Plot<'chart> {
    fn new(chart: &'chart Chart<'chart>) -> Self {
        let (floor, (_, high)) = (chart.floor(), chart.range());
        // If all figures are 0, they lie on the floor, with room above them.
        let high = if high > floor { high } else { floor + 1.0 };
        Self { chart, columns: chart.is_columns(), floor, high }
    }

    /// Where a period is drawn, in per cent of the width from the left; all periods have the same width.
    fn x(&self, index: usize) -> f64 {
        (index as f64 + 0.5) / self.chart.points.len() as f64 * 100.0
    }

    /// Where a figure is drawn, in em from the top.
    fn y(&self, value: f64) -> f64 {
        ABOVE + (self.high - value) / (self.high - self.floor) * PLOT
    }

    fn marks(&self) -> Vec<PlottedPoint> {
        let points = self.chart.points.iter().enumerate();
        let mark = |(index, value): (usize, f64)| PlottedPoint { index, value, x: self.x(index), y: self.y(value) };
        points.filter_map(|(index, point)| Some(mark((index, point.value?)))).collect()
    }

    /// Draws a band for each period without a figure.
    fn gaps(&self, out: &mut String) {
        let width = 100.0 / self.chart.points.len() as f64;
        for (index, _) in self.chart.points.iter().enumerate().filter(|(_, point)| point.value.is_none()) {
            let left = self.x(index) - width / 2.0;
            let _ = writeln!(
                out,
                "<rect class=\"chart-gap\" x=\"{left:.2}%\" y=\"{ABOVE}em\" width=\"{width:.2}%\" height=\"{PLOT}em\"/>"
            );
        }
    }

    fn floor(&self, out: &mut String) {
        across("chart-floor", self.y(self.floor.max(0.0).min(self.high)), out);
    }

    fn levels(&self, out: &mut String) {
        for level in &self.chart.levels {
            across(&format!("chart-level {}", level.name), self.y(level.value), out);
        }
    }

    /// Adds the words of the reference lines. The higher line has them above it, the lower one below, on the side where the
    /// points are far; if other words stand there already, or the points' own line passes there, at another end or a little
    /// further away.
    fn words_of_levels(&self, words: &mut Vec<Label>) {
        let marks = self.marks();
        let far = |mark: Option<&PlottedPoint>, y: f64| mark.map_or(0.0, |mark| (mark.y - y).abs());
        let highest = self.chart.levels.iter().map(|level| level.value).fold(f64::NEG_INFINITY, f64::max);
        for level in &self.chart.levels {
            let y = self.y(level.value);
            let near = far(marks.first(), y) >= far(marks.last(), y);
            let above = level.value >= highest && y > 1.2;
            let at = |(above, near_start, off): (bool, bool, f64)| {
                let (x, anchor) = if near_start { (0.0, "start") } else { (100.0, "end") };
                let y = if above { y - 0.4 - off } else { y + 1.1 + off };
                Label { class: format!("chart-level {}", level.name), x, y, anchor, text: level.words.clone() }
            };
            let beside =
                |off: f64| [(above, near, off), (above, !near, off), (!above, near, off), (!above, !near, off)];
            let inside = |words: &Label| (0.8..ABOVE + PLOT + 0.2).contains(&words.y);
            let places = || [0.0, 0.6, 1.2].into_iter().flat_map(beside).map(at).filter(inside);
            let is_clear = |place: &Label| place.is_free(words) && !self.passes(&marks, place);
            let free = places().find(is_clear).or_else(|| places().find(|place| place.is_free(words)));
            words.push(free.unwrap_or_else(|| at((above, near, 0.0))));
        }
    }

    /// Whether the points, or the line between them, lie on the words in the narrowest drawing.
    fn passes(&self, marks: &[PlottedPoint], words: &Label) -> bool {
        let (left, right) = words.ends();
        let lies_on = |y: f64| (words.y - 1.1..words.y + 0.4).contains(&y);
        let on_line = |pair: &[PlottedPoint]| {
            let (first, second) = (pair[0], pair[1]);
            let joined = !self.columns && second.index == first.index + 1;
            let at = |x: f64| first.y + (x - first.x) / (second.x - first.x) * (second.y - first.y);
            let (from, to) = (first.x.max(left), second.x.min(right));
            joined && from < to && (lies_on(at(from)) || lies_on(at(to)) || lies_on((at(from) + at(to)) / 2.0))
        };
        marks.windows(2).any(on_line) || marks.iter().any(|mark| (left..=right).contains(&mark.x) && lies_on(mark.y))
    }

    fn bars(&self, out: &mut String) {
        let width = 60.0 / self.chart.points.len() as f64;
        let floor = self.y(self.floor.max(0.0));
        for mark in self.marks() {
            let (top, bottom) = (mark.y.min(floor), mark.y.max(floor));
            let (left, height) = (mark.x - width / 2.0, bottom - top);
            let _ = writeln!(
                out,
                "<rect class=\"chart-bar\" x=\"{left:.2}%\" y=\"{top:.2}em\" width=\"{width:.2}%\" height=\"{height:.2}em\"/>"
            );
        }
    }

    /// Draws a line between each two neighbours, and a dot for each point. A gap stays a gap.
    fn line(&self, out: &mut String) {
        let marks = self.marks();
        for pair in marks.windows(2).filter(|pair| pair[1].index == pair[0].index + 1) {
            let [PlottedPoint { x: x1, y: y1, .. }, PlottedPoint { x: x2, y: y2, .. }] = [pair[0], pair[1]];
            let _ = writeln!(
                out,
                "<line class=\"chart-line\" x1=\"{x1:.2}%\" y1=\"{y1:.2}em\" x2=\"{x2:.2}%\" y2=\"{y2:.2}em\"/>"
            );
        }
        for PlottedPoint { x, y, .. } in marks {
            let _ = writeln!(out, "<circle class=\"chart-dot\" cx=\"{x:.2}%\" cy=\"{y:.2}em\" r=\"0.25em\"/>");
        }
    }

    /// The figures at the first, the last, the highest and the lowest point.
    fn values(&self) -> Vec<Label> {
        let marks = self.marks();
        let by_value = |a: &&PlottedPoint, b: &&PlottedPoint| a.value.total_cmp(&b.value);
        let outermost = [marks.iter().max_by(by_value), marks.iter().min_by(by_value)];
        let mut values: Vec<Label> = Vec::new();
        for mark in [marks.first(), marks.last()].into_iter().chain(outermost).flatten() {
            let (x, anchor) = self.beside(mark);
            let (y, text) = (self.level_of_words(mark, &marks), self.chart.points[mark.index].shown.clone());
            let words = Label { class: "chart-value".to_owned(), x, y, anchor, text };
            if words.is_free(&values) {
                values.push(words);
            }
        }
        values
    }

    /// The names of the first and the last period, below the plot.
    fn periods(&self) -> impl Iterator<Item = Label> {
        let ends = [(0.0, "start", self.chart.points.first()), (100.0, "end", self.chart.points.last())];
        ends.into_iter().filter_map(|(x, anchor, point)| {
            let (class, text) = ("chart-period".to_owned(), point?.period.clone());
            Some(Label { class, x, y: ABOVE + PLOT + 1.4, anchor, text })
        })
    }

    /// Where the words of a point stand horizontally, and which part of them stands there. Those at the ends of a line
    /// begin or end there; others, and those of columns, stand in the middle.
    fn beside(&self, mark: &PlottedPoint) -> (f64, &'static str) {
        let last = self.chart.points.len() - 1;
        match (self.columns, mark.index == 0, mark.index == last) {
            (false, true, _) => (0.0, "start"),
            (false, _, true) => (100.0, "end"),
            _ => (mark.x, "middle"),
        }
    }

    /// Where the words of a point stand vertically: above it, or below it if both neighbours are higher and there is room.
    fn level_of_words(&self, mark: &PlottedPoint, marks: &[PlottedPoint]) -> f64 {
        let beside = marks.iter().filter(|other| other.index.abs_diff(mark.index) == 1);
        let is_valley = !self.columns && beside.clone().count() > 0 && beside.clone().all(|other| other.y < mark.y);
        let lower = mark.y + 1.3;
        if is_valley && lower < ABOVE + PLOT - 0.2 { lower } else { mark.y - 0.6 }
    }
}

/// What a drawing is called, for those who do not see it.
struct Description<'text> {
    id: &'text str,
    title: &'text str,
    description: &'text str,
}

impl Description<'_> {
    /// Opens the drawing, as wide as there is room and `height` em high, and says what it shows.
    fn open(&self, class: &str, height: f64, out: &mut String) {
        let id = self.id;
        let _ = write!(
            out,
            "<svg class=\"{class}\" width=\"100%\" height=\"{height:.2}em\" role=\"img\" \
                 aria-labelledby=\"{id}-title {id}-desc\">\n<title id=\"{id}-title\">"
        );
        escape(self.title, out);
        let _ = write!(out, "</title>\n<desc id=\"{id}-desc\">");
        escape(self.description, out);
        out.push_str("</desc>\n");
    }
}

/// Draws a horizontal line at `y` em from the top.
fn across(class: &str, y: f64, out: &mut String) {
    let _ = writeln!(out, "<line class=\"{class}\" x1=\"0\" y1=\"{y:.2}em\" x2=\"100%\" y2=\"{y:.2}em\"/>");
}

/// Words in a drawing, and where they stand.
struct Label {
    class: String,
    /// From the left, in per cent of the width.
    x: f64,
    /// From the top, in em.
    y: f64,
    /// Which part of the words stands at `x`: `start`, `middle` or `end`.
    anchor: &'static str,
    text: String,
}

impl Label {
    /// Whether the words lie on none of the others, in the narrowest drawing.
    fn is_free(&self, others: &[Self]) -> bool {
        let (left, right) = self.ends();
        others.iter().all(|other| {
            let (others_left, others_right) = other.ends();
            right + 1.0 < others_left || left > others_right + 1.0 || (self.y - other.y).abs() > 1.1
        })
    }

    /// The left and the right end of the words in the narrowest drawing, in per cent of the width.
    fn ends(&self) -> (f64, f64) {
        let width = self.text.chars().count() as f64 * LETTER / NARROWEST * 100.0;
        let left = match self.anchor {
            "start" => self.x,
            "end" => self.x - width,
            _ => self.x - width / 2.0,
        };
        (left, left + width)
    }

    fn draw(&self, out: &mut String) {
        let Self { class, x, y, anchor, text } = self;
        let _ = write!(out, "<text class=\"{class}\" x=\"{x:.2}%\" y=\"{y:.2}em\" text-anchor=\"{anchor}\">");
        escape(text, out);
        out.push_str("</text>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(values: &[Option<f64>]) -> Chart<'static> {
        let point = |(index, value): (usize, &Option<f64>)| Point {
            period: (2016 + index).to_string(),
            value: *value,
            shown: (9 - index % 7).to_string(),
        };
        Chart { id: "c", title: "A & B", points: values.iter().enumerate().map(point).collect(), ..Chart::default() }
    }

    fn drawn(chart: &Chart<'_>) -> String {
        let mut out = String::new();
        chart.draw(&mut out);
        out
    }

    #[test]
    fn a_gap_stays_a_gap_and_nothing_is_styled_inline() {
        let svg = drawn(&chart(&[Some(9.0), Some(8.0), None, Some(6.0), Some(5.0), Some(4.0), Some(3.0)]));
        assert_eq!(svg.matches("<circle").count(), 6);
        assert_eq!(svg.matches("class=\"chart-line\"").count(), 4);
        assert_eq!(svg.matches("class=\"chart-gap\"").count(), 1);
        assert!(svg.contains("<title id=\"c-title\">A &amp; B</title>") && !svg.contains("style="), "{svg}");
    }

    #[test]
    fn few_points_are_columns_from_nothing_and_one_is_no_drawing() {
        let few = drawn(&chart(&[Some(29.0), Some(28.0), Some(27.0)]));
        assert_eq!((few.matches("chart-bar").count(), few.matches("chart-line").count()), (3, 0));
        assert_eq!(chart(&[Some(29.0), Some(28.0), Some(27.0)]).floor(), 0.0);
        assert_eq!(drawn(&chart(&[Some(1.0), None])), "");
    }

    #[test]
    fn a_scale_begins_at_nothing_but_for_figures_far_from_it() {
        let line = |values: [f64; 6]| chart(&values.map(Some)).floor();
        assert_eq!(line([18412.0, 17930.0, 16900.0, 16240.0, 14000.0, 9000.0]), 0.0);
        assert_eq!(line([29.8, 29.1, 28.4, 27.7, 25.9, 25.4]), 24.0);
        assert_eq!(line([-3.0, 2.0, 1.0, 4.0, 5.0, 6.0]), -3.0);
    }

    #[test]
    fn every_point_lies_inside_whatever_the_figures() {
        for values in [[0.0; 6], [1e12, -1e12, 0.0, 3.0, 4.0, 5.0], [0.1, 0.1000001, 0.1, 0.1, 0.1, 0.1]] {
            let chart = chart(&values.map(Some));
            let svg = drawn(&chart);
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            let marks = Plot::new(&chart).marks();
            assert!(marks.iter().all(|mark| (0.0..=ABOVE + PLOT + 0.001).contains(&mark.y)), "{svg}");
        }
    }

    #[test]
    fn no_words_lie_on_others() {
        let level = |value: f64| ReferenceLine { name: "target", value, words: format!("Starting point {value}") };
        for at in 50..70 {
            let figures = [61.0, 60.0, 59.0, 56.0, 57.0, 60.0, 62.0].map(Some);
            let chart = Chart { levels: vec![level(f64::from(at))], ..chart(&figures) };
            let plot = Plot::new(&chart);
            let mut words = plot.values();
            plot.words_of_levels(&mut words);
            while let Some(last) = words.pop() {
                assert!(last.is_free(&words), "{} at a level of {at}", last.text);
            }
        }
    }
}
