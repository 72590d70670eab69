//! The latest figure of a measure, and where it goes, for a sentence beside what it measures.
//!
//! Enters: a document with a file of figures. Leaves: [`FigureView`]. Absent: the table itself (`table.rs`), and any
//! judgement: which way is better is what the document says.

use super::context::FigureView;
use super::view::View;
use crate::data::table::{Table, are_figures};
use crate::kind::Role;
use crate::model::{Date, DocumentId};
use crate::query;

/// The latest figure of a document that has some.
#[must_use]
pub fn latest(view: &View, id: DocumentId) -> Option<FigureView> {
    let mut files = query::figures(&view.site, view.site.document(id));
    let figures = files.find_map(|file| Some(readings(view.site.tables.get(&file)?)))?;
    let (last, before) = (figures.last()?, figures.len().checked_sub(2).map(|at| &figures[at]));
    let direction = before.map(|before| match last.number.total_cmp(&before.number) {
        std::cmp::Ordering::Greater => "up",
        std::cmp::Ordering::Equal => "level",
        std::cmp::Ordering::Less => "down",
    });
    let wanted = query::value(&view.site, id, Role::Better).and_then(|value| value.text());
    Some(FigureView {
        value: shown(view, last.typed),
        unit: view.role_text(id, Role::Unit).map(str::to_owned),
        period: period(view, last.period),
        before: before.map(|before| shown(view, before.typed)),
        before_period: before.map(|before| period(view, before.period)),
        better: direction.filter(|direction| *direction != "level").and_then(|direction| Some(wanted? == direction)),
        direction,
    })
}

/// A row that has a figure.
struct Reading<'table> {
    period: &'table str,
    typed: &'table str,
    number: f64,
}

/// The rows that have a figure, the latest last: the first column says when, the first column of figures how much.
fn readings(table: &Table) -> Vec<Reading<'_>> {
    let Some(column) = (1..table.head.len()).find(|column| are_figures(table.column(*column))) else {
        return Vec::new();
    };
    let rows = table.column(0).zip(table.column(column));
    let mut readings: Vec<Reading<'_>> =
        rows.filter_map(|(period, typed)| Some(Reading { period, typed, number: number(typed)? })).collect();
    let day = |reading: &Reading<'_>| Date::parse(reading.period).and_then(Date::earliest);
    if readings.iter().all(|reading| day(reading).is_some()) {
        readings.sort_by_key(day);
    }
    readings
}

/// `1,204` and `-3.5%` as numbers. What has signs for "about" or "less than" says no direction.
fn number(typed: &str) -> Option<f64> {
    let digits: String = typed.trim().trim_start_matches('£').trim_end_matches('%').replace([',', ' ', '\u{A0}'], "");
    digits.replace('−', "-").parse().ok().filter(|number: &f64| number.is_finite())
}

/// A whole number with its commas; anything else as it was typed.
fn shown(view: &View, typed: &str) -> String {
    typed.trim().parse::<u64>().map_or_else(|_| typed.trim().to_owned(), |number| view.language.number(number))
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
        let found: Vec<(&str, f64)> = readings(&table).iter().map(|reading| (reading.period, reading.number)).collect();
        assert_eq!(found, [("2023/24", 900.0), ("2025/26", 1204.0)]);
        assert_eq!((number("<5"), number("−3.5%")), (None, Some(-3.5)));
    }
}
