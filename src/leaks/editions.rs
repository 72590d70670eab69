//! What a later edition of a document withholds must not be read in an earlier one, which was public first and would excuse it.
//!
//! Input: what is withheld, the site, the sources as they were read. Output: an error for each earlier edition that says words of a
//! passage that a later one holds back, if no other public text says them. Not here: finished files, which the gate looks at.

use std::collections::BTreeSet;

use super::matter::{Matter, Piece, Voice};
use super::sources::{Public, held_texts, matter, public_text};
use crate::diagnostic::Diagnostics;
use crate::model::{Edition, Site, Why, Withheld};
use crate::source::{SourceId, Sources, Span};

/// The name that the words of an earlier edition are looked through under: what follows is the form in which authors write.
const FORM: &str = ".md";

/// Says which earlier editions say what a later edition of the same document withholds.
pub fn look_at_editions(withheld: &[Withheld], site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) {
    let ripe = |held: &&Withheld| matches!(held.why, Why::Exempt | Why::Passages | Why::Ended);
    let held: BTreeSet<SourceId> = withheld.iter().filter(ripe).map(|held| held.source).collect();
    let source = |edition: &Edition| site.document(edition.document).source;
    let families: Vec<&[Edition]> =
        site.editions.iter().filter(|all| all.iter().skip(1).any(|edition| held.contains(&source(edition)))).collect();
    if families.is_empty() {
        return;
    }
    let (_, public) = matter(withheld, site, sources);
    for all in families {
        let of: Vec<SourceId> = all.iter().map(source).collect();
        for later in (1..of.len()).filter(|later| held.contains(&of[*later])) {
            let pieces = held_texts(withheld, sources).filter(|piece| piece.span.source == of[later]);
            look_at_earlier(pieces.collect(), &of[..later], (site, sources, &public), diagnostics);
        }
    }
}

/// Looks through the `earlier` editions for what is held back in a later one.
fn look_at_earlier(
    held: Vec<Piece>,
    earlier: &[SourceId],
    (site, sources, public): (&Site, &Sources, &Public<'_>),
    diagnostics: &mut Diagnostics,
) {
    let mut matter = Matter::new(&site.config.base_path);
    held.into_iter().for_each(|piece| matter.add(piece));
    for (source, file) in sources.ids().filter(|(source, _)| !earlier.contains(source)) {
        public_text(source, sources, public).iter().for_each(|text| matter.discount(&file.path, text, Voice::Public));
    }
    let secrets = matter.finish();
    for source in earlier {
        let mut found = Vec::new();
        for text in public_text(*source, sources, public) {
            secrets.look_at_bytes(FORM, text.as_bytes(), &mut found);
        }
        if let Some(leak) = found.first() {
            diagnostics.edition_says_withheld(Span::whole(*source), sources.path(*source), leak.span);
        }
    }
}
