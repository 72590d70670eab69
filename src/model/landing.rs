//! What in a site something leads to.
//!
//! Input and output: plain values that `assemble` finds. Not here: what authors typed ([`Target`](super::Target),
//! [`Reference`](super::Reference)).

use super::Address;

/// Which document: an index into [`Site::documents`](super::Site::documents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// Where a link or an embed of a text leads, found by `assemble`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Landing {
    /// A document of the site, at a place in it.
    Document {
        /// Which one.
        document: DocumentId,
        /// The id of the anchor, without `#`.
        anchor: Option<Box<str>>,
    },
    /// A file that is published: an index into `Site::attachments`.
    Attachment(u32),
    /// A page of the site that is no document, such as a list, or a file that the site makes for machines.
    Page {
        /// Which one.
        address: Address,
        /// The id of the anchor, without `#`.
        anchor: Option<Box<str>>,
    },
    /// Another site, mail or telephone; the address is in the link itself.
    Outside,
    /// Nothing: the text is printed without a link.
    Nowhere,
}
