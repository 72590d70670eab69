//! Is what a page was made from known? Two renders with the same answers give the same bytes, and a page whose bytes
//! are others in another site had another answer.
//!
//! Input: the sample and made-up sites, and edits of them. Output: nothing. Not here: what pages look like.

use std::collections::{BTreeMap, BTreeSet};

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
#[derive(Debug, Default, Clone)]
struct Compared {
    /// All answers are the same, and the bytes are.
    held: usize,
    /// An answer is another one.
    asked_anew: usize,
    /// The bytes are others, and nothing but answers of the site says so.
    told_by_answers: usize,
    /// For each sort of question how many pages asked it.
    asked: BTreeMap<String, usize>,
    /// For each how many pages have other bytes of which nothing else says so: if it were not recorded, they would stay as they were.
    told_by: BTreeMap<String, usize>,
}

impl Compared {
    fn with(mut self, other: Self) -> Self {
        self.held += other.held;
        self.asked_anew += other.asked_anew;
        self.told_by_answers += other.told_by_answers;
        other.asked.into_iter().for_each(|(sort, pages)| *self.asked.entry(sort).or_default() += pages);
        other.told_by.into_iter().for_each(|(sort, pages)| *self.told_by.entry(sort).or_default() += pages);
        self
    }
}

/// The sort of a question: the name of its variant.
fn sort(query: &Query) -> String {
    let written = format!("{query:?}");
    written.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default().to_owned()
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
        let without = |left_out: &dyn Fn(&Query) -> bool| Trace {
            answers: trace.answers.iter().filter(|(query, _)| !left_out(query)).cloned().collect(),
            ..trace.clone()
        };
        let sorts: BTreeSet<String> = trace.answers.iter().map(|(query, _)| sort(query)).collect();
        if holds(trace) {
            assert!(now == *output, "{what}: {} has other bytes, and all its answers are the same", route.path);
            compared.held = 1;
        } else {
            compared.asked_anew = 1;
            if now != *output {
                compared.told_by_answers = usize::from(holds(&without(&|_| true)));
                let alone = sorts.iter().filter(|left_out| holds(&without(&|query| sort(query) == **left_out)));
                compared.told_by = alone.map(|sort| (sort.clone(), 1)).collect();
            }
        }
        compared.asked = sorts.into_iter().map(|sort| (sort, 1)).collect();
        compared
    };
    with_pages(files, options, |pages, _| {
        routes(pages).map(|route| counted(pages, route)).reduce(Compared::default, Compared::with)
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
            all = all.with(compare(&before, &edited, &options, &what));
        }
    }
    // Neither way of being right may be an empty one: pages stay, pages change, and it is answers that say which.
    assert!(all.held > all.asked_anew / 4 && all.told_by_answers > 20, "{all:#?}");
    // If one of these were not recorded, this test would have failed. Of others something else tells as well in each of these edits.
    for sort in ["Attachment", "Days", "Document", "Incoming", "Kinds", "Length", "Lists", "Months", "Neighbours"] {
        assert!(all.told_by.contains_key(sort), "no edit shows that {sort} has to be recorded: {all:#?}");
    }
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
