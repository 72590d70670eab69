//! The test binary of everything but the cases, which are tests of their own in `sites.rs`. Each module asks a question:
//!
//! - `properties`: does what must hold for every site hold for the sample and for sites made up by a generator?
//! - `attacks`: is what is not for everybody in no byte, however it is written, and what is public read by all?
//! - `exports`: do programs that no one here wrote read the files for machines?
//! - `commonmark`: does what the dialect does not name come out as CommonMark says?
//! - `recognition`: does it find in minutes what a careful reader finds, and no more?
//! - `again`: does a second build of the real program do what a first one would?
//! - `cached`: does what is known from an earlier run make the same site?
//! - `window`: is what a page was made from known?
//! - `search`: does somebody who looks for something find it?
//! - `answers`: does the script of the search answer what the program answers?
//! - `commands`: does the real program, in a real folder, do the right thing?
//! - `accidents`: does nothing go from a website by accident, and is nothing left lying?
//! - `accepting`: does `check --accept` open what it says and nothing else?
//! - `mending`: does `check --fix` mend what it says and nothing else, and can programs read what `check` found?
//! - `faults`: does it stand what was made up to break it? (Most of these are cases, `tests/faults/`.)
//! - `found`: does what a fuzzer found, and what it begins with, break anything? (`tests/fuzz/run` looks for more.)
//! - `tables`: are the tables of the search the same in program, script and FORMAT.md?
//! - `tidy`: does the house keep its own rules?
//! - `languages`: is every word of a page that no author typed in a file of strings?
//! - `beginning`: does somebody who begins with nothing get a site that builds?
//! - `imports`: does a Word file, a saved page or a pasted text become what it says, and is nothing lost?
//! - `manual`: does the manual for staff say what the kinds say?
//!
//! The others are what these share. How to add a test: `tests/README.md`.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test reads its cases and runs the program")]

mod attached;
mod attacks;

mod cached;

mod properties;

mod exports;

mod commonmark;

mod again;

mod beginning;

mod commands;

mod publishing;

mod stopped;
mod between;
mod stored;

mod accidents;

mod recognition;

mod accepting;

mod mending;

mod search;

mod leaks;

mod wild;
mod window;

mod answers;
mod asked;

mod faults;

mod tables;

mod tidy;

mod imports;
mod word;
mod word_lists;

mod manual;

mod languages;
mod likely;

mod found;

mod case;
mod cases;
mod difference;
mod generate;
mod gold;
mod lasting;
mod memory;
mod page;
mod rust;
#[path = "fuzz/seeds.rs"]
mod seeds;
#[path = "fuzz/targets.rs"]
mod targets;
