//! The labels of the headings of a text.
//!
//! Input: the events of a text. Output: for each heading that stands in no quotation or list, its label as typed and the name
//! of its place. Not here: what a label looks like (`labels.rs`, `item_labels.rs`).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::item_labels::{self, Form, ItemLabel, Lettered, Series, series_of_letters};
use super::model::HeadingLabel;
use crate::lexicon::Lexicon;
use crate::lexicon::labels;
use crate::markdown::events::{Piece, end_of, plain, run_end};
use crate::markdown::prepare::NOTICE;

/// The events that begin the blocks of the text itself, from `first` on.
pub(crate) fn top_level<'l>(list: &'l [Piece<'_>], first: usize) -> impl Iterator<Item = usize> + 'l {
    let next = move |at: usize| match list.get(at) {
        Some((Event::Start(_), _)) => end_of(list, at) + 1,
        _ => at + 1,
    };
    std::iter::successors(Some(first), move |at| Some(next(*at))).take_while(|at| *at < list.len())
}

/// The labels of headings. `items` says that they number the items of an agenda, which have more forms, and in which words.
pub(crate) fn heading_labels(
    text: &str,
    list: &[Piece<'_>],
    first: usize,
    items: Option<&Lexicon>,
) -> Vec<HeadingLabel> {
    let headings = top_level(list, first).filter(|at| matches!(list[*at].0, Event::Start(Tag::Heading { .. })));
    let headings = headings.map(|at| (at, plain(&list[at + 1..run_end(list, at + 1)])));
    let headings: Vec<(usize, String)> = headings.filter(|(_, words)| !words.starts_with(NOTICE)).collect();
    let found = match items {
        Some(lexicon) => of_items(&headings, lexicon),
        None => of_sections(&headings),
    };
    found
        .into_iter()
        .map(|(index, label, typed, above)| {
            let (event, words) = &headings[index];
            let id = match above {
                Some(above) => format!("{above}.{label}").into(),
                None => label.into(),
            };
            let range = range_of(text, list, *event, words, label, typed);
            HeadingLabel { event: *event, label: label.into(), typed: typed.into(), range, id }
        })
        .collect()
}

/// A label that was found: the index of its heading, the label, as typed, and the label that it hangs on.
type Found<'words> = (usize, &'words str, &'words str, Option<&'words str>);

fn of_sections(headings: &[(usize, String)]) -> Vec<Found<'_>> {
    let label = |(index, (_, words)): (usize, &'_ (usize, String))| {
        labels::headed(words).map(|headed| {
            (index, item_labels::place_of(words, headed.label), item_labels::place_of(words, headed.typed))
        })
    };
    let found = headings.iter().enumerate().filter_map(label);
    found.map(|(index, label, typed)| (index, &headings[index].1[label], &headings[index].1[typed], None)).collect()
}

fn of_items<'words>(headings: &'words [(usize, String)], lexicon: &Lexicon) -> Vec<Found<'words>> {
    let labels = headings.iter().enumerate();
    let labels: Vec<(usize, ItemLabel<'_>)> =
        labels.filter_map(|(index, (_, words))| Some((index, item_labels::item_label(words, lexicon)?))).collect();
    let lettered: Vec<Lettered> = labels.iter().map(|(index, label)| Lettered::of(*index, label)).collect();
    let (romans, letters) = series_of_letters(&lettered);
    let mut series = Series::default();
    labels.iter().for_each(|(index, label)| series.add(*index, &label.key));
    let mut main = None;
    let mut found = Vec::new();
    for (index, label) in &labels {
        let is_letter = letters.contains(index);
        let sure = match label.form {
            _ if label.is_sure() || is_letter => true,
            Form::Hyphens => series.goes_on(*index, &label.key),
            Form::Roman => romans.contains(index),
            Form::Number | Form::Code | Form::Letter => false,
        };
        if !sure {
            continue;
        }
        found.push((*index, label.label, label.typed, main.filter(|_| is_letter)));
        if !is_letter {
            main = Some(label.label);
        }
    }
    found
}

/// Where a heading's label stands in the text: as typed, or the part of it that is typed as it is read (`7` of `7\.`).
fn range_of(text: &str, list: &[Piece<'_>], at: usize, words: &str, label: &str, typed: &str) -> Option<Range<usize>> {
    let run = &list[at + 1..run_end(list, at + 1)];
    let mut texts = run.iter().filter(|(event, _)| matches!(event, Event::Text(_) | Event::Code(_)));
    let (Event::Text(first), range) = texts.next()? else { return None };
    let start = range.start + words.find(typed)?;
    let same = text.get(start..range.end)?.bytes().zip(typed.bytes()).take_while(|(one, other)| one == other).count();
    let needed = typed.find(label)? + label.len();
    let fits = text.get(range.clone()) == Some(&**first) && same >= needed && text.is_char_boundary(start + same);
    fits.then_some(start..start + same)
}
