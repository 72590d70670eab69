//! What makes the site of a preview; outside tests, from what lies on the disk.
//!
//! Input: a folder, an audience, and how to find the moment. Output: the files of the site, and messages. Not here: the
//! stages themselves. It calls what `build` and `check` call, so that a preview shows what they make.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::message::{Messages, messages};
use super::preview::{PageCollector, PageOrigin};
use crate::cache::DiskCache;
use crate::diagnostic::{Diagnostics, Severity};
use crate::model::{Audience, DocumentId, Ledger, Output, Route, RouteKind};
use crate::read::read;
use crate::source::Sources;
use crate::{Assembled, Folder, Memory, Options, assemble_again, pages_again};

/// Gives the moment for which the site is made, from its settings; a sentence if there is none.
pub type AsAt = Box<dyn Fn(&Sources) -> Result<Timestamp, String> + Send>;

/// Makes the site, once for each call, from what lies on the disk at that time.
pub trait Builder: Send + 'static {
    /// Hands every file of the site to `pages`, and gives what was seen on the way.
    ///
    /// # Errors
    /// A sentence that says what the system could not do.
    fn build(&mut self, pages: &PageCollector) -> Result<BuildReport, String>;
}

/// What a builder says about the site that it has made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildReport {
    /// The path of the site's address, without a slash at the end; empty at the root.
    pub base_path: String,
    /// What authors should mend. If there is an error among it, the site is not shown.
    pub messages: Messages,
}

/// Makes the site that lies in a folder.
pub struct FromDisk {
    /// The site's folder.
    pub root: PathBuf,
    /// The public folder, which is not read.
    pub out: PathBuf,
    /// Asked again for each build: without `--as-at`, time goes on while people write.
    pub as_at: AsAt,
    /// Who may see what is made.
    pub audience: Audience,
    /// What the site was made from before so much was gone that it looks lost; nothing before the first build.
    pub made_from: Ledger,
    /// What is known from builds before.
    pub memory: Memory,
    /// What of it outlives this run.
    pub cache: Arc<DiskCache>,
}

impl Builder for FromDisk {
    fn build(&mut self, collector: &PageCollector) -> Result<BuildReport, String> {
        let (sources, mut diagnostics) = read(&self.root, &self.out).map_err(|error| error.to_string())?;
        let options = Options { as_at: (self.as_at)(&sources)?, base_url: None, audience: self.audience };
        let mut assembled = assemble_again(&sources, &options, &self.memory);
        diagnostics.append(std::mem::take(&mut assembled.diagnostics));
        self.compare(&assembled, &sources, &mut diagnostics);
        diagnostics.set_levels(&assembled.site.config.levels);
        // With an error nothing is shown, so nothing is made.
        if diagnostics.count(Severity::Error) == 0 {
            let preview = InPreview { sources: &sources, assembled: &assembled, collector };
            let Ok(said) = pages_again(&sources, &assembled, &self.memory, &|_, _| {}, &preview);
            diagnostics.append(said);
            diagnostics.set_levels(&assembled.site.config.levels);
        }
        self.cache.save();
        Ok(BuildReport {
            base_path: assembled.site.config.base_path.clone(),
            messages: messages(
                &diagnostics.sorted(),
                &sources,
                &crate::model::names(&assembled.site, &assembled.withheld),
            ),
        })
    }
}

impl FromDisk {
    /// Says that much of what was there is gone. A preview takes nothing from readers, and so it goes on.
    fn compare(&mut self, assembled: &Assembled, sources: &Sources, diagnostics: &mut Diagnostics) {
        let now = assembled.made_from();
        let gone = assembled.gone(&self.made_from, sources);
        if gone.is_too_much(!now.is_empty()) {
            diagnostics.documents_gone(&gone.addresses, gone.of).severity = Severity::Warning;
        } else {
            self.made_from = now;
        }
    }
}

/// The pages of a site, on their way to a preview.
struct InPreview<'site> {
    sources: &'site Sources,
    assembled: &'site Assembled,
    collector: &'site PageCollector,
}

impl Folder for InPreview<'_> {
    type Error = Infallible;

    fn put(&self, route: &Route, output: Output) -> Result<(), Infallible> {
        let output = on_disk(self.sources, self.assembled, route).unwrap_or(output);
        self.collector.put(route, output, origin(self.assembled, route));
        Ok(())
    }

    fn keep(&self, route: &Route, length: u64, hash: u128) -> Result<bool, Infallible> {
        Ok(self.collector.keep(route, length, hash, origin(self.assembled, route)))
    }
}

/// The document from which a page is made: its file, and why the public does not see it.
fn origin(assembled: &Assembled, route: &Route) -> PageOrigin {
    let document: Option<DocumentId> = match route.kind {
        RouteKind::Document(document) => Some(document),
        RouteKind::Home => assembled.site.home,
        _ => None,
    };
    document.map_or_else(PageOrigin::default, |document| {
        let document = assembled.site.document(document);
        PageOrigin { source: Some(format!("content/{}", document.path).into()), private: document.private }
    })
}

/// A picture of which a cleaned copy is published, as it lies on the disk: a preview holds pages in memory, and no pictures.
fn on_disk(sources: &Sources, assembled: &Assembled, route: &Route) -> Option<Output> {
    let RouteKind::Attachment(number) = route.kind else { return None };
    assembled.site.cleaned.get(&number)?;
    let path = &assembled.site.attachments[number as usize].0.path;
    let found = sources.attachments.binary_search_by(|file| file.path.cmp(path)).ok()?;
    let file = &sources.attachments[found];
    Some(Output::Copy { from: file.path.clone(), length: file.length, hash: file.hash })
}
