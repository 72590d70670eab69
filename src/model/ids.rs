//! Names of nodes, places, links and the like within one text, as typed indices.
//!
//! Input: none; these are types. Output: ids, which lead to entries of the tables of the text that they are of. Not here:
//! ids of documents ([`DocumentId`](super::DocumentId)).

/// Defines typed indices into the tables of a text. `Option` of one takes no more room than the index itself.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub struct $name(std::num::NonZeroU32);

        impl $name {
            /// The id of the entry at `index`.
            ///
            /// # Panics
            /// If the index has no room in 32 bits; sources are capped far below that by `read`.
            #[must_use]
            pub fn at(index: usize) -> Self {
                let next = u32::try_from(index).ok().and_then(|index| std::num::NonZeroU32::new(index + 1));
                Self(next.unwrap_or_else(|| unreachable!("a text of more than four gigabytes is not read")))
            }

            /// The place in its table.
            #[must_use]
            pub fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    )*};
}

ids! {
    /// Which node: an index into [`Text::nodes`](super::Text::nodes).
    NodeId
    /// Which place that can be linked: an index into [`Text::anchors`](super::Text::anchors).
    AnchorId
    /// Which link: an index into [`Text::links`](super::Text::links).
    LinkId
    /// Which embed: an index into [`Text::embeds`](super::Text::embeds).
    EmbedId
    /// Which footnote: an index into [`Text::notes`](super::Text::notes).
    NoteId
    /// Which first use of a word of the glossary: an index into [`Text::terms`](super::Text::terms).
    TermId
    /// Which record of a text, in the order in which the records begin.
    RecordId
    /// Which name: an index into [`Text::names`](super::Text::names).
    NameId
}
