//! The theme's files for browsers, as pages name them.
//!
//! Input: names and texts of a theme. Output: [`Asset`]s. Not here: which files a theme has (`render/theme.rs`).

use crate::model::Address;

/// A file that browsers fetch beside the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// As templates ask for it: `site.css`, `menu.js`, `icon.svg`.
    pub name: Box<str>,
    /// What it is for.
    pub kind: AssetKind,
    /// With a mark made from its bytes, so that a browser may keep it for ever.
    pub address: Address,
    /// What is in it.
    pub bytes: Box<[u8]>,
}

/// What a file of a theme is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssetKind {
    /// The one style sheet.
    Style,
    /// A script of every page.
    Script,
    /// A script, or a style sheet, of the pages whose templates ask for it.
    Asked,
    /// The picture in the browser's tab.
    Icon,
    /// Any other picture.
    Picture,
    /// The picture that is shown of a link elsewhere.
    Share,
}

impl Asset {
    /// A file of a theme with this content.
    #[must_use]
    pub fn new(name: &str, kind: AssetKind, content: impl AsRef<[u8]>) -> Self {
        let bytes = content.as_ref();
        let hash = xxhash_rust::xxh3::xxh3_64(bytes);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
        let address = Address::file(&format!("assets/{}.{hash:016x}.{ending}", stem.replace('/', "-")));
        Self { name: name.into(), kind, address, bytes: bytes.into() }
    }
}
