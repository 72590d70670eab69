//! Why a site cannot be read at all, in words that say what to do.
//!
//! Input: where the site was looked for. Output: a [`ReadError`] and its message. Not here: single files that cannot be
//! read, which are diagnostics.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::platform::without_number;

/// Why a site cannot be read at all.
#[derive(Debug)]
pub enum ReadError {
    /// The site's folder is not there.
    NoFolder {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// The site's folder holds no `content`.
    NoContent {
        /// Where it was looked for.
        folder: PathBuf,
        /// A folder near it that does hold one.
        nearby: Option<PathBuf>,
    },
    /// `content` is a file.
    NotAFolder {
        /// The file.
        content: PathBuf,
    },
    /// `content` is a link that leads out of the site's folder.
    LeadsOut {
        /// The link.
        content: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// A folder cannot be opened.
    Closed {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl ReadError {
    /// The error for a `folder` that holds no `content`, with the site near it that was probably meant.
    pub(super) fn no_content(folder: PathBuf) -> Self {
        let nearby = above(&folder).or_else(|| below(&folder));
        Self::NoContent { folder, nearby }
    }
}

/// The site in whose folder `content` the folder `folder` lies.
fn above(folder: &Path) -> Option<PathBuf> {
    let content = folder.ancestors().find(|ancestor| ancestor.file_name().is_some_and(|name| name == "content"))?;
    content.parent().map(Path::to_owned)
}

/// The site one level below `folder`, if there is exactly one.
fn below(folder: &Path) -> Option<PathBuf> {
    let mut sites =
        folder.read_dir().ok()?.flatten().map(|entry| entry.path()).filter(|path| path.join("content").is_dir());
    sites.next().filter(|_| sites.next().is_none())
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder { folder } => write!(
                formatter,
                "There is no folder `{}`.\nA site is a folder with a folder `content` in it.\n\
                 Check the spelling, or go to the folder of your site and start again there.",
                folder.display()
            ),
            Self::NoContent { folder, nearby } => write!(
                formatter,
                "There is no folder `content` in `{}`.\n\
                 A site is a folder with a folder `content` in it, which holds everything that staff write.\n{}",
                folder.display(),
                advice(nearby.as_deref())
            ),
            Self::NotAFolder { content } => write!(
                formatter,
                "`{}` is a file.\nIt must be a folder, which holds everything that staff write.\n\
                 Give the file another name and make a folder `content` in its place.",
                content.display()
            ),
            Self::LeadsOut { content, target } => write!(
                formatter,
                "`{}` is a link to `{}`, outside the site's folder.\n\
                 Links that lead out are not followed, so that nothing is published from there by mistake.\n\
                 Move the folder itself here, or start in a folder that holds both.",
                content.display(),
                target.display()
            ),
            Self::Closed { folder, error } => write!(
                formatter,
                "The folder `{}` cannot be opened: {}.\nNothing of the site can be read.\n\
                 Give your account the right to read it, then try again.",
                folder.display(),
                without_number(error)
            ),
        }
    }
}

/// The sentence that says what to do if there is no `content`.
fn advice(nearby: Option<&Path>) -> String {
    match nearby {
        Some(site) => format!("There is one in `{0}`: go there (`cd {0}`) and try again.", site.display()),
        None => "Go to the folder of your site and try again; or begin a new site: `folkmoot init my-site`.".to_owned(),
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Closed { error, .. } => Some(error),
            _ => None,
        }
    }
}
