//! The figures of a measure: the latest and where it goes, for a sentence beside what it measures; and all of them as a
//! drawing with what it says in words.
//!
//! Input: a document with a file of figures. Output: [`FigureView`], HTML. Not here: the table itself (`table.rs`), how
//! a drawing is made (`chart`), and any judgement: which way is better is what the document says.

use tera::Value;

use crate::chart::spark::Spark;
use crate::chart::{Chart, Point, ReferenceLine};
use crate::data::table::{Table, are_figures};
use crate::html::escaped;
use crate::kind::Role;
use crate::model::{Date, DocumentId, slug};
use crate::query::{self, Query, Store};
use crate::view::{FigureView, View};

/// The latest figure of a document that has some.
#[must_use]
pub fn latest(view: &View, id: DocumentId) -> Option<FigureView> {
    let mut files = query::figures(view, view.document(id));
    let table = files.find_map(|file| of_all_areas(view, id, file))?;
    let target = view.role_text(id, Role::Target).map(str::to_owned);
    let levels = levels(view, id, &with_figure(readings(table)));
    let aimed = levels.into_iter().find(|level| level.drawn.name == "target");
    Some(FigureView { target, ..latest_with(view, id, table, aimed)? })
}

/// What a file says of all areas together: all of it, where none of its columns names areas.
fn of_all_areas(view: &View, id: DocumentId, file: u32) -> Option<&Table> {
    let figures = view.ask(&Query::Figures(view.document(id).id.clone())).figures();
    let mut of_file = figures.into_iter().filter(|figures| figures.measure == id && figures.file == file).peekable();
    if of_file.peek().is_none() {
        return view.table(file);
    }
    of_file.find(|figures| figures.area.is_none()).map(|figures| &figures.table)
}

/// The latest figure in a table of figures of a document.
#[must_use]
pub fn latest_in(view: &View, id: DocumentId, table: &Table) -> Option<FigureView> {
    latest_with(view, id, table, None)
}

/// The same with what is aimed at in its small drawing.
fn latest_with(view: &View, id: DocumentId, table: &Table, aimed: Option<HeldAgainst>) -> Option<FigureView> {
    let figures = with_figure(readings(table));
    let (last, before) = (figures.last()?, figures.len().checked_sub(2).map(|at| &figures[at]));
    let direction = before.map(|before| match last.1.total_cmp(&before.1) {
        std::cmp::Ordering::Greater => "up",
        std::cmp::Ordering::Equal => "level",
        std::cmp::Ordering::Less => "down",
    });
    let wanted = query::value(view, id, Role::Better).and_then(|value| value.text());
    Some(FigureView {
        value: shown(view, last.0.typed),
        unit: view.role_text(id, Role::Unit).map(str::to_owned),
        target: None,
        period: period(view, last.0.period),
        before: before.map(|before| shown(view, before.0.typed)),
        before_period: before.map(|before| period(view, before.0.period)),
        better: direction.filter(|direction| *direction != "level").and_then(|direction| Some(wanted? == direction)),
        direction,
        line: line(view, table, aimed),
    })
}

/// All figures of a table as a small drawing, with what is aimed at.
fn line(view: &View, table: &Table, aimed: Option<HeldAgainst>) -> Option<Value> {
    let readings = Some(readings(table)).filter(|_| name_periods(table))?;
    let known = Some(with_figure(readings.clone())).filter(|known| known.len() > 1)?;
    let [course, _] = in_words(view, &known, after_gap(&readings));
    let said: Vec<&str> = [&*course].into_iter().chain(aimed.as_ref().map(|level| &*level.sentence)).collect();
    let mut drawn = String::new();
    let points = readings.iter().map(|reading| reading.number).collect();
    Spark { description: &said.join(" "), points, target: aimed.map(|level| level.drawn.value) }.draw(&mut drawn);
    Some(Value::safe_string(&drawn))
}

/// Appends the figures in one file of a document as a drawing, with what it says in words. Appends nothing if there are
/// too few, or if the rows are not periods one after another.
pub fn drawing(view: &View, id: DocumentId, file: u32, out: &mut String) {
    let Some(table) = of_all_areas(view, id, file).filter(|table| name_periods(table)) else { return };
    let readings = readings(table);
    let known = with_figure(readings.clone());
    if known.len() < 2 {
        return;
    }
    let levels = levels(view, id, &known);
    let gaps: Vec<String> = readings.iter().filter_map(|reading| gap(view, reading)).collect();
    let [course, extremes] = in_words(view, &known, after_gap(&readings));
    let held_against = levels.iter().map(|level| level.sentence.clone());
    let description: Vec<String> =
        [course.clone(), extremes].into_iter().chain(held_against).chain(gaps.iter().cloned()).collect();
    let point = |reading: &Reading<'_>| Point {
        period: period(view, reading.period),
        value: reading.number,
        shown: shown(view, reading.typed),
    };
    let chart = Chart {
        id: &format!("chart-{}", slug(&view.attachment(file).0.path)),
        title: &view.document(id).title,
        description: &description.join(" "),
        points: readings.iter().map(point).collect(),
        levels: levels.into_iter().map(|level| level.drawn).collect(),
    };
    let floor = Some(chart.floor()).filter(|floor| *floor != 0.0);
    let floor = floor.map(|floor| view.language.say("figure.floor", &[("value", &shown(view, &floor.to_string()))]));
    out.push_str("<figure class=\"drawing\">\n");
    chart.draw(out);
    let lines: Vec<String> = std::iter::once(course).chain(floor).chain(gaps).map(|line| escaped(&line)).collect();
    out.push_str(&format!("<figcaption>{}</figcaption>\n</figure>\n", lines.join("<br>")));
}

/// A figure that others are held against.
struct HeldAgainst {
    drawn: ReferenceLine,
    /// What it is, in words.
    sentence: String,
}

/// A row of a table of figures.
#[derive(Clone)]
struct Reading<'table> {
    period: &'table str,
    typed: &'table str,
    number: Option<f64>,
    /// What is said beside it.
    note: &'table str,
}

/// Whether the rows are periods, each of which can be put before or after the others.
fn name_periods(table: &Table) -> bool {
    table.left_out == 0 && table.column(0).all(|cell| Date::parse(cell).and_then(Date::earliest).is_some())
}

/// The rows, the latest last: the first column says when, the first column of figures how much, the last that is
/// neither says why.
fn readings(table: &Table) -> Vec<Reading<'_>> {
    let Some(column) = (1..table.head.len()).find(|column| are_figures(table.column(*column))) else {
        return Vec::new();
    };
    let notes = (1..table.head.len()).rev().find(|other| *other != column && !are_figures(table.column(*other)));
    let cell = |row: usize, column: usize| table.rows[row].get(column).map_or("", AsRef::as_ref);
    let mut readings: Vec<Reading<'_>> = (0..table.rows.len())
        .map(|row| Reading {
            period: cell(row, 0),
            typed: cell(row, column),
            number: number(cell(row, column)),
            note: notes.map_or("", |notes| cell(row, notes)).trim(),
        })
        .collect();
    let day = |reading: &Reading<'_>| Date::parse(reading.period).and_then(Date::earliest);
    if readings.iter().all(|reading| day(reading).is_some()) {
        readings.sort_by_key(day);
    }
    readings
}

/// Those that have a figure, with it.
fn with_figure(readings: Vec<Reading<'_>>) -> Vec<(Reading<'_>, f64)> {
    readings.into_iter().filter_map(|reading| reading.number.map(|number| (reading, number))).collect()
}

/// Target and starting point, where a number can be told from their words and lies near the figures.
fn levels(view: &View, id: DocumentId, known: &[(Reading<'_>, f64)]) -> Vec<HeldAgainst> {
    const LEVELS: [(&str, Role); 2] = [("target", Role::Target), ("start", Role::Baseline)];
    let high = known.iter().map(|(_, number)| number.abs()).fold(0.0, f64::max);
    let level = |(name, role): (&'static str, Role)| {
        let words = view.role_text(id, role)?;
        let label = &*view.kind_of(id).role(role)?.label;
        let (value, typed) = first_number(words).filter(|(number, _)| number.abs() <= high * 3.0)?;
        let short = view.language.say("figure.mark", &[("label", label), ("value", &shown(view, typed))]);
        let sentence = view.language.say("figure.level-at", &[("label", label), ("value", words)]);
        Some(HeldAgainst { drawn: ReferenceLine { name, value, words: short }, sentence })
    };
    LEVELS.into_iter().filter_map(level).collect()
}

/// The number with which words begin, but for words before it: "26.3 per cent in 2021/22", "at most 35 by 2027".
fn first_number(words: &str) -> Option<(f64, &str)> {
    let typed = words.split_whitespace().find(|word| word.contains(|letter: char| letter.is_ascii_digit()))?;
    let typed = typed.trim_end_matches([',', '.', ';', ':', ')']);
    Some((number(typed)?, typed))
}

/// Why there is no figure for a period.
fn gap(view: &View, reading: &Reading<'_>) -> Option<String> {
    let period = period(view, reading.period);
    match (reading.number, reading.note) {
        (Some(_), _) => None,
        (None, "") => Some(view.language.say("figure.gap-unsaid", &[("period", &period)])),
        (None, note) => Some(view.language.say("figure.gap", &[("period", &period), ("reason", note)])),
    }
}

/// The first figure after the last gap, counted among those that are known: what was counted otherwise before says nothing
/// of where it goes. The first of all, where fewer than two stand after it.
fn after_gap(readings: &[Reading<'_>]) -> usize {
    let gap = readings.iter().rposition(|reading| reading.number.is_none()).unwrap_or(0);
    let (before, behind) = readings.split_at(gap);
    let known = |readings: &[Reading<'_>]| readings.iter().filter(|reading| reading.number.is_some()).count();
    if known(behind) >= 2 { known(before) } else { 0 }
}

/// From the figure at `first` to the last; then the highest and the lowest of all.
fn in_words(view: &View, known: &[(Reading<'_>, f64)], first: usize) -> [String; 2] {
    let say = |at: usize| (shown(view, known[at].0.typed), period(view, known[at].0.period));
    let by_value = |a: &usize, b: &usize| known[*a].1.total_cmp(&known[*b].1);
    let last = known.len() - 1;
    let key = match known[first].1.total_cmp(&known[last].1) {
        std::cmp::Ordering::Less => "figure.rose",
        std::cmp::Ordering::Equal => "figure.same",
        std::cmp::Ordering::Greater => "figure.fell",
    };
    let ends = (say(first), say(last));
    let high = say((0..=last).max_by(by_value).unwrap_or_default());
    let low = say((0..=last).min_by(by_value).unwrap_or_default());
    let (first, last) = ends;
    let ends = [("first", &*first.0), ("first-period", &*first.1), ("last", &*last.0), ("last-period", &*last.1)];
    let far = [("high", &*high.0), ("high-period", &*high.1), ("low", &*low.0), ("low-period", &*low.1)];
    [view.language.say(key, &ends), view.language.say("figure.extremes", &far)]
}

/// `1,204` and `-3.5%` as numbers. What has signs for "about" or "less than" says no direction.
fn number(typed: &str) -> Option<f64> {
    let digits: String = typed.trim().trim_start_matches('£').trim_end_matches('%').replace([',', ' ', '\u{A0}'], "");
    digits.replace('−', "-").parse().ok().filter(|number: &f64| number.is_finite())
}

/// A figure as the language prints it.
fn shown(view: &View, typed: &str) -> String {
    view.language.figure(typed)
}

fn period(view: &View, typed: &str) -> String {
    Date::parse(typed).map_or_else(|| typed.trim().to_owned(), |date| view.language.date(date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_in_the_order_of_their_periods_and_gaps_are_none() {
        let row = |period: &str, value: &str| vec![period.into(), "x".into(), value.into()];
        let table = Table {
            head: ["period", "note", "value"].map(Into::into).to_vec(),
            rows: vec![row("2025/26", "1,204"), row("2024/25", ""), row("2023/24", "£900")],
            left_out: 0,
        };
        let known = with_figure(readings(&table));
        let found: Vec<(&str, f64)> = known.iter().map(|(reading, number)| (reading.period, *number)).collect();
        assert_eq!(found, [("2023/24", 900.0), ("2025/26", 1204.0)]);
        assert_eq!(readings(&table)[1].number, None);
        assert_eq!(first_number("at most 13,000 in 2026/27"), Some((13000.0, "13,000")));
        assert_eq!(first_number("fewer than last year"), None);
        assert_eq!((number("<5"), number("−3.5%")), (None, Some(-3.5)));
    }
}
