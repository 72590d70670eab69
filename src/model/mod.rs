//! The types between the stages: what flows, as plain data with public fields.
//!
//! In the order of the pipeline: [`Config`]; [`Parsed`] (one file, from `parse`); [`Shown`] and [`Withheld`] (from
//! `disclosure`); [`Body`] (its text, from `markdown`) and the records [`Written`] in it; [`Site`] with its
//! [`Document`]s (all files together, from `assemble`); [`Route`] (what the public folder will hold); [`Told`] and
//! [`Catalogue`] (what pages say of files for machines). Small values that they share: [`Date`], [`Value`],
//! [`Address`].
//!
//! Not here: input and output, templates, and any field that a later stage fills.

mod address;
mod body;
mod config;
mod date;
mod document;
mod landing;
mod machines;
mod parsed;
mod route;
mod site;
mod terms;
mod value;
mod written;

pub use address::{Address, slug};
pub use body::{Anchor, AnchorKind, Attribute, Block, Body, Embed, Heading, Link, Note, Segment, Target, Term, fitted};
pub use config::{Accessibility, Branding, COLOURS, Colour, Config, Contact, Footer, Meets, MenuEntry, Problem, Said};
pub use date::{ClockChange, Date, Instant, MONTHS, Zone, zone_named, zone_names};
pub use document::{
    Document, InPlace, LONGEST_THREAD, Listing, ListingFilter, Published, Relation, RelationEnd, Tombstone,
};
pub use landing::{DocumentId, Landing};
pub use machines::{Alternate, Catalogue, DataFile, Dataset, Told};
pub use parsed::{Exemption, Parsed, Shown, Standing, Visibility, Why, Withdrawn, Withheld, WithheldText, Wording};
pub use route::{Output, Route, RouteKind};
pub use site::{Audience, Site};
pub use terms::{Act, GlossaryEntry};
pub use value::{Entry, Fields, LandedText, Reference, Value};
pub use written::{Limb, Stretch, Words, Written};
