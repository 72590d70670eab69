//! The types between the stages: what flows, as plain data with public fields.
//!
//! In the order of the pipeline: [`Config`]; [`Parsed`] and [`Withheld`] (one file, from `parse`);
//! [`Text`] (its text, from `markdown`) and each [`TextRecord`] in it; [`Site`] with its [`Document`]s (all files together, from `assemble`);
//! [`OwnPages`] (its pages beside those of documents); [`Route`] (what the public folder will hold); [`PageMetadata`] and [`Catalogue`] (what pages say of files for machines). Small values that they share: [`Date`], [`Value`], [`Address`].
//!
//! Absent: input and output, templates, and any field that a later stage fills.

mod address;
mod config;
mod date;
mod document;
mod excerpt;
mod explained;
mod machines;
mod marks;
pub mod pages;
mod parsed;
mod records;
mod route;
mod site;
mod text;
mod value;
mod walk;

pub use address::{Address, slug};
pub use config::{Accessibility, COLOURS, Colour, Config, Contact, Footer, Look, Meets, MenuEntry, Problem, Said};
pub use date::{ClockChange, Date, Instant, MONTHS, Zone, zone_named, zone_names};
pub use document::{
    Document, Exemption, InPlace, LONGEST_THREAD, Landing, Listing, ListingFilter, Published, Relation, RelationEnd,
    Tombstone,
};
pub use excerpt::first_words;
pub use explained::{Act, GlossaryEntry};
pub use machines::{Alternate, Catalogue, DataFile, Dataset, PageMetadata};
pub use marks::{Anchor, AnchorKind, Attribute, Embed, Heading, Link, Note, Target, Term};
pub use pages::{NumberPage, OwnPages};
pub use parsed::{Parsed, Standing, Visibility, Why, Withdrawn, Withheld, WithheldText, Wording};
pub use records::{Limb, RecordPlace, TextRecord, Words};
pub use route::{Output, Route, RouteKind};
pub use site::{Audience, DocumentId, Site};
pub use text::{
    AlertKind, Align, AnchorId, Axis, Element, EmbedId, InlineTag, LinkId, NameId, Node, NodeId, NoteId, RecordId,
    Stretch, TermId, Text, fitted,
};
pub use value::{Entry, Fields, LandedText, Reference, Value};
pub use walk::{Step, Steps};
