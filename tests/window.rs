//! Is what a page was made from known? Two renders with the same answers give the same bytes, and a page whose bytes
//! are others in another site had another answer.
//!
//! Input: the sample and made-up sites, and edits of them. Output: nothing. Not here: what pages look like.

use std::collections::BTreeMap;

use folkmoot::diagnostic::Diagnostics;
use folkmoot::model::{Output, Route, RouteKind};
use folkmoot::query::Query;
use folkmoot::view::Trace;
use folkmoot::{Assembled, Options, Pages, assemble};
use rayon::prelude::*;

use crate::generate::{self, Random};
use crate::memory::{options, sources};
use crate::properties::{sample, seeds};

type Files = Vec<(String, Vec<u8>)>;
type Recorded = BTreeMap<Box<str>, (Output, Trace)>;

/// Hands over the pages of a site.
fn with_pages<Made>(files: &Files, options: &Options, look: impl FnOnce(&Pages, &Assembled) -> Made) -> Made {
    let sources = sources(files.clone());
    let assembled = assemble(&sources, options);
    let pages = Pages::new(&sources, &assembled, &mut Diagnostics::new()).expect("there is a theme");
    look(&pages, &assembled)
}

/// The routes that `render` makes from the site.
fn routes(pages: &Pages) -> impl ParallelIterator<Item = &Route> {
    pages.routes.par_iter().filter(|route| !matches!(route.kind, RouteKind::Export(_) | RouteKind::Asset(_)))
}

fn recorded(pages: &Pages, route: &Route) -> (Output, Trace) {
    pages.recorded(route).unwrap_or_else(|_| panic!("{} cannot be made", route.path))
}

fn recorded_all(files: &Files) -> Recorded {
    with_pages(files, &options(), |pages, _| {
        routes(pages).map(|route| (route.path.clone(), recorded(pages, route))).collect()
    })
}

#[test]
fn a_page_is_made_of_the_answers_that_were_recorded_and_of_nothing_else() {
    for files in [sample(), generate::site(21, 40).files] {
        let before = recorded_all(&files);
        with_pages(&files, &options(), |pages, _| {
            routes(pages).for_each(|route| {
                let (output, trace) = &before[&route.path];
                let asked_nothing = matches!(route.kind, RouteKind::NotFound);
                assert!(asked_nothing || !trace.answers.is_empty(), "{} asks nothing", route.path);
                let (again, other) = recorded(pages, route);
                assert!(again == *output, "{} has other bytes in another build", route.path);
                assert_eq!(other, *trace, "{} asks something else in another build", route.path);
                let replayed = pages.replayed(route, trace);
                assert!(replayed.ok().as_ref() == Some(output), "{} has other bytes when replayed", route.path);
                let unrecorded = pages.make(route);
                assert!(unrecorded.ok().as_ref() == Some(output), "{} has other bytes unrecorded", route.path);
            });
        });
    }
}

/// How pages of a site stand to those of the site before an edit.
#[derive(Debug, Default, Clone, Copy)]
struct Compared {
    /// All answers are the same, and the bytes are.
    held: usize,
    /// An answer is another one.
    asked_anew: usize,
    /// The bytes are others, and nothing but answers of the site says so.
    told_by_answers: usize,
    /// The bytes are others, and nothing but what a document holds says so.
    told_by_documents: usize,
}

/// Compares the pages of an edited site with those recorded before.
///
/// # Panics
/// If a page of which everything holds has other bytes.
fn compare(before: &Recorded, files: &Files, options: &Options, what: &str) -> Compared {
    let counted = |pages: &Pages, route: &Route| {
        let mut compared = Compared::default();
        let Some((output, trace)) = before.get(&route.path) else { return compared };
        let now = pages.make(route).unwrap_or_else(|_| panic!("{what}: {} cannot be made", route.path));
        let holds = |trace: &Trace| pages.still_holds(route, trace);
        let with = |kept: &dyn Fn(&Query) -> bool| Trace {
            answers: trace.answers.iter().filter(|(query, _)| kept(query)).cloned().collect(),
            ..trace.clone()
        };
        if holds(trace) {
            assert!(now == *output, "{what}: {} has other bytes, and all its answers are the same", route.path);
            compared.held = 1;
        } else {
            compared.asked_anew = 1;
            let is_another = usize::from(now != *output);
            compared.told_by_answers = is_another * usize::from(holds(&with(&|_| false)));
            let no_document = with(&|query| !matches!(query, Query::Document(_)));
            compared.told_by_documents = is_another * usize::from(holds(&no_document));
        }
        compared
    };
    with_pages(files, options, |pages, _| {
        routes(pages).map(|route| counted(pages, route)).reduce(Compared::default, |one, other| Compared {
            held: one.held + other.held,
            asked_anew: one.asked_anew + other.asked_anew,
            told_by_answers: one.told_by_answers + other.told_by_answers,
            told_by_documents: one.told_by_documents + other.told_by_documents,
        })
    })
}

#[test]
fn a_page_whose_bytes_are_others_had_another_answer() {
    let mut all = Compared::default();
    let mut sites: Vec<Files> = seeds(3).map(|seed| generate::site(seed, 30).files).collect();
    sites.push(sample());
    for (seed, files) in (1..).zip(&sites) {
        let before = recorded_all(files);
        let mut random = Random::new(seed);
        for _ in 0..if files.len() < 60 { 16 } else { 5 } {
            let (mut edited, mut options) = (files.clone(), options());
            let mut what = generate::edit(&mut random, &mut edited);
            if random.chance(10) {
                what.push_str(", and another day");
                options.as_at = "2019-03-01T12:00Z".parse().expect("the constant is a time");
            }
            let compared = compare(&before, &edited, &options, &what);
            all.held += compared.held;
            all.asked_anew += compared.asked_anew;
            all.told_by_answers += compared.told_by_answers;
            all.told_by_documents += compared.told_by_documents;
        }
    }
    // Neither way of being right may be an empty one: pages stay, pages change, and it is answers that say which.
    assert!(all.held > all.asked_anew / 4 && all.told_by_answers > 20 && all.told_by_documents > 5, "{all:?}");
}

#[test]
fn a_document_that_a_page_does_not_ask_for_does_not_change_it() {
    let mut files = generate::site(5, 40).files;
    let before = recorded_all(&files);
    let alone = "pages/guide/alone".to_owned();
    let text = b"---\ntitle: Alone\n---\nNobody names this page.\n".to_vec();
    files.push((format!("content/{alone}.md"), text));
    let apart = recorded_all(&files);
    let (_, bytes) = files.last_mut().expect("it was pushed");
    bytes.extend_from_slice(b"\nA word more.\n");
    let asks = |trace: &Trace| trace.answers.iter().any(|(query, _)| *query == Query::Document(alone.clone().into()));
    with_pages(&files, &options(), |pages, _| {
        for route in &pages.routes {
            let Some((output, trace)) = apart.get(&route.path) else { continue };
            assert_eq!(pages.still_holds(route, trace), !asks(trace), "{}", route.path);
            if !asks(trace) {
                assert!(recorded(pages, route) == (output.clone(), trace.clone()), "{}", route.path);
            }
        }
    });
    // Even a new document, which takes a number of the build from each of those after it, leaves most pages alone.
    let same = before.iter().filter(|(path, (_, trace))| apart.get(*path).is_some_and(|(_, other)| trace == other));
    assert!(same.count() > before.len() / 2, "a new page changes most others");
}
