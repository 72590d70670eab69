//! The types between the stages: what flows, as plain data with public fields.
//!
//! In the order of the pipeline: [`Config`]; [`Parsed`] and [`Withheld`] (one file, from `parse`);
//! [`Body`] (its text, from `markdown`) and the records [`Written`] in it; [`Site`] with its [`Document`]s (all files together, from `assemble`);
//! [`OwnPages`] (its pages beside those of documents); [`Route`] (what the public folder will hold); [`Told`] and [`Catalogue`] (what pages say of files for machines). Small values that they share: [`Date`], [`Value`], [`Address`].
//!
//! Absent: input and output, templates, and any field that a later stage fills.

mod address;
mod body;
mod config;
mod date;
mod document;
mod explained;
mod machines;
pub mod pages;
mod parsed;
mod route;
mod site;
mod value;
mod written;

pub use address::{Address, slug};
pub use body::{Anchor, AnchorKind, Attribute, Block, Body, Embed, Heading, Link, Note, Segment, Target, Term, fitted};
pub use config::{Accessibility, COLOURS, Colour, Config, Contact, Footer, Look, Meets, MenuEntry, Problem, Said};
pub use date::{ClockChange, Date, Instant, MONTHS, Zone, zone_named, zone_names};
pub use document::{
    Document, Exemption, InPlace, LONGEST_THREAD, Landing, Listing, ListingFilter, Published, Relation, RelationEnd,
    Tombstone,
};
pub use explained::{Act, GlossaryEntry};
pub use machines::{Alternate, Catalogue, DataFile, Dataset, Told};
pub use pages::{NumberPage, OwnPages};
pub use parsed::{Parsed, Standing, Visibility, Why, Withdrawn, Withheld, WithheldText, Wording};
pub use route::{Output, Route, RouteKind};
pub use site::{Audience, DocumentId, Site};
pub use value::{Entry, Fields, LandedText, Reference, Value};
pub use written::{Limb, Stretch, Words, Written};
