//! The window: what templates see of the site, by recorded questions alone.
//!
//! Input: the assembled site. Output: [`View`], through which `render` reaches it, and the types that templates are given.
//! Not here: templates, and HTML.
//!
//! Only `window.rs` holds the site, in a private field: whatever a page learns passes one of its accessors, each of which
//! is a question ([`Query`](crate::query::Query)). [`recorded`] notes them with fingerprints of their answers; in another
//! build, a page of which all answers are the same ([`View::fingerprint`]) has the same bytes.

mod areas;
mod asked;
mod asset;
mod card;
mod context;
mod document;
mod editions;
mod fingerprint;
mod follow;
mod forward;
mod groups;
mod links;
mod lists;
mod made;
mod pages;
mod parts;
mod people;
mod trace;
mod window;

pub use crate::model::fragment;
pub use areas::{AreaFigureView, AreaView, PostcodesView};
pub use asset::{Asset, AssetKind};
pub use card::{is_whole, label_of, stage};
pub use context::{
    AlternateView, AskedView, Card, CardGroup, ContactView, DateView, FigureView, FollowView, ForestView, Head,
    KindCount, KindView, Link, ListView, Machines, PictureView, SensitiveView, ShareView, SiteView, StatusView,
    TelephoneView, WordView,
};
pub use document::{
    AttachmentView, Cell, DocumentPage, ExemptionView, Fact, Group, HeadingView, MadeView, NoteView, PartRow,
    PartsView, ReferredView, Table, TombstoneView,
};
pub use editions::{
    Begun, ComparisonPage, EditionDayView, EditionView, EditionsPage, EditionsView, PieceView, RowView, SideView,
};
pub use fingerprint::Fingerprint;
pub use forward::{PlanEntryView, PlanGroupView, PlanPage};
pub use made::{Because, MOST_REASONS, MadePage, MadePages};
pub use pages::{
    AToZPage, CalendarPage, DataFileView, DataPage, DatasetView, DayView, EventView, GlossaryPage, HomePage,
    LetterView, ListPage, MonthLink, MonthView, MovedPlace, NoMore, NumberPageView, PageLink, Pager, ProblemView,
    RedirectPage, SearchPage, StatementPage, UpdatesPage, WordsView, YearView,
};
pub use parts::{Part, limb_name};
pub use people::{CountView, DidView, MeetingOf, SeatView, SeatsOf, TookPart};
pub use trace::{Trace, recorded, replayed};
pub use window::{List, View};
