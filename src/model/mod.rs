//! The types between the stages: what flows, as plain data with public fields.
//!
//! In the order of the pipeline: [`Config`]; [`Parsed`] (one file, from `parse`); [`Shown`] and [`Withheld`] (from
//! `disclosure`); [`Text`] (its text, from `compose`) and each [`TextRecord`] in it; [`Site`] with its
//! [`Document`]s (all files together, from `assemble`); [`OwnPages`] (its pages beside those of documents);
//! [`Route`] (what the public folder will hold); [`PageMetadata`] and
//! [`Catalogue`] (what pages say of files for machines); [`Ledger`] (what it was made from, for the next build). Small values that they share: [`Date`], [`Value`],
//! [`Address`]. And which keys the files of settings have ([`setting_files`]).
//!
//! Not here: input and output, templates, and any field that a later stage fills.

mod address;
mod areas;
mod as_at;
mod cache;
mod checked;
mod config;
mod date;
mod document;
mod editions;
mod excerpt;
mod forward;
mod ids;
mod landing;
mod ledger;
mod listed;
mod machines;
mod marks;
mod meant;
mod names;
mod old;
pub mod pages;
mod parsed;
mod people;
pub mod policy;
mod readable;
mod recorded;
mod records;
mod route;
mod settings;
mod site;
mod stored;
mod terms;
mod text;
mod value;
mod walk;

pub use address::{Address, fragment, is_plain, percent_decoded, percent_encode, slug, slug_of_words};
pub use areas::{AreaFigures, Areas, PostcodeRow, PostcodeShard};
pub use as_at::{AsAt, SameSite};
pub use cache::{Cache, NoCache};
pub use checked::{Checked, Looked, checked_key, checked_line, checked_sum};
pub use config::{
    Accessibility, Branding, COLOURS, Colour, Config, Contact, Footer, Meets, MenuEntry, Passes, Problem,
    PublishTarget, Said, Sensitive, StoreTarget, Way,
};
pub use date::{ClockChange, Date, Instant, MONTHS, Zone, zone_named, zone_names};
pub use document::{
    Document, InPlace, LONGEST_THREAD, Listing, ListingFilter, Published, Relation, RelationEnd, Tombstone,
};
pub use editions::{Comparison, Edition, EditionDay, Editions};
pub use excerpt::first_words;
pub use forward::{
    Cause, ComesBack, ComesWhen, ForwardPlan, MeetingBody, MeetingDay, PlanEntry, PlanGroup, PlanPart, PlanTime,
};
pub use ids::{AnchorId, EmbedId, LinkId, NameId, NodeId, NoteId, RecordId, TermId};
pub use landing::{DocumentId, Landing};
pub use ledger::{Gone, Ledger};
pub use listed::{ListedTitle, Met, PrivateList};
pub use machines::{Alternate, Catalogue, DataFile, Dataset, PageMetadata};
pub use marks::{Anchor, AnchorKind, Attribute, Embed, Heading, Link, Note, Target, Term};
pub use meant::{FileMeant, Named, id_of, own_path};
pub use names::{Names, names};
pub use old::{OldAddress, OldRow};
pub use pages::{NumberPage, OwnPages};
pub use parsed::{
    Exemption, FileDoubt, OtherTime, Parsed, Shown, Standing, Visibility, Why, Withdrawn, Withheld, WithheldText,
    Wording,
};
pub use people::{Did, Movement, Part, Parts};
pub use readable::{Difference, Readable};
pub use recorded::{Print, Recorded, RecordedPage, RecordedPlace, RecordedRelease, print_of_place, unnumbered_words};
pub use records::{Limb, RecordPlace, TextRecord, Words};
pub use route::{Output, Route, RouteKind};
pub use settings::{Holds, List, Setting, SettingFile, setting_files};
pub use site::{Alias, Audience, Cleaned, LeadsTo, Moved, OldQuestion, Site};
pub use stored::{Stored, media_type};
pub use terms::{Act, GlossaryEntry};
pub use text::{AlertKind, Align, Axis, Element, InlineTag, Node, Stretch, Text, fitted};
pub use value::{Entry, Fields, LandedText, Origin, Reference, Value};
pub use walk::{Flow, Step, Steps};
