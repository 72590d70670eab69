//! The builder of every preview but those of tests: the site as it lies on the disk.
//!
//! Enters: a folder, an audience, and how to find the moment. Leaves: files on the shelf, and messages.
//! Absent: the stages themselves. It calls what `build` and `check` call, so that a preview shows what they make.

use std::convert::Infallible;
use std::path::PathBuf;

use jiff::Timestamp;

use super::message::messages;
use super::preview::{About, Shelf};
use super::{Attempt, Builder};
use crate::diagnostic::{Diagnostics, Severity};
use crate::model::{Audience, DocumentId, Route, RouteKind};
use crate::read::read;
use crate::source::Sources;
use crate::{Assembled, Options, assemble, pages};

/// The moment for which the site is made, once its settings can be read; a sentence where there is none.
pub type AsAt = Box<dyn Fn(&Sources) -> Result<Timestamp, String> + Send>;

/// Makes the site that lies in a folder.
pub struct FromDisk {
    /// The site's folder.
    pub root: PathBuf,
    /// The public folder, which is no part of the texts.
    pub out: PathBuf,
    /// Asked anew for each attempt: without `--as-at`, time goes on while people write.
    pub as_at: AsAt,
    /// For whom.
    pub audience: Audience,
}

impl Builder for FromDisk {
    fn build(&mut self, shelf: &Shelf) -> Result<Attempt, String> {
        let (sources, mut diagnostics) = read(&self.root, &self.out).map_err(|error| error.to_string())?;
        let options = Options { as_at: (self.as_at)(&sources)?, base_url: None, audience: self.audience };
        let mut assembled = assemble(&sources, &options);
        diagnostics.append(std::mem::take(&mut assembled.diagnostics));
        diagnostics.set_levels(&assembled.site.config.levels);
        // With an error nothing of it is shown, so nothing is made.
        if diagnostics.count(Severity::Error) == 0 {
            diagnostics.append(put_all(&sources, &assembled, shelf));
            diagnostics.set_levels(&assembled.site.config.levels);
        }
        Ok(Attempt {
            base_path: assembled.site.config.base_path.clone(),
            messages: messages(&diagnostics.sorted(), &sources, &assembled.names()),
        })
    }
}

fn put_all(sources: &Sources, assembled: &Assembled, shelf: &Shelf) -> Diagnostics {
    let made = pages(sources, assembled, &|_, _| {}, |route: &Route, output| {
        shelf.put(route, output, about(assembled, route));
        Ok::<(), Infallible>(())
    });
    match made {
        Ok(diagnostics) => diagnostics,
        Err(never) => match never {},
    }
}

/// From which document a page is made.
fn about(assembled: &Assembled, route: &Route) -> About {
    let document: Option<DocumentId> = match route.kind {
        RouteKind::Document(document) => Some(document),
        RouteKind::Home => assembled.site.home,
        _ => None,
    };
    document.map_or_else(About::default, |document| {
        let document = assembled.site.document(document);
        About { source: Some(format!("content/{}", document.path).into()), private: document.private }
    })
}
