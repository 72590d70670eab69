//! What of a question is asked for by page, since the lists are longer than an answer may be; and which pairs are left out, since there
//! would be too many files.
//!
//! Input: an [`Index`] and a [`ResolvedQuery`]. Output: the same, in which each clause says whether it is. The rule is in FORMAT.md
//! ("Long lists"). Not here: what is found (`matches.rs`).

use std::collections::BTreeSet;

use super::bucket::is_word;
use super::files::{Index, IndexError};
use super::matches::{ResolvedQuery, Term};
use super::tables::MOST_WORD_FILES;

/// Decides it: the rarest words with long lists are asked for passage by passage, as many as have no more bytes together than a question
/// may ask for, and one in any case if nothing else occurs.
///
/// # Errors
/// If a file that is needed is missing or broken.
pub fn choose(index: &Index<'_>, query: &mut ResolvedQuery) -> Result<(), IndexError> {
    let shards = &index.manifest.shards;
    let (mut long, mut any) = (Vec::new(), false);
    for (number, clause) in query.clauses.iter().enumerate().filter(|(_, clause)| !clause.excluded) {
        match clause.terms.as_slice() {
            [Term::Key(key)] => match shards.long.get(key) {
                Some((bytes, postings)) => long.push((*postings, number, *bytes)),
                None => any = any || !is_word(key) || index.occurs(key)?,
            },
            _ => any = true,
        }
    }
    long.sort_unstable();
    let mut room = shards.whole;
    for (_, number, bytes) in long {
        if any && bytes > room {
            query.clauses[number].by_page = true;
        } else {
            room = room.saturating_sub(bytes);
            any = true;
        }
    }
    let mut files: BTreeSet<String> = query.keys().flat_map(|key| index.files_of(&key).collect::<Vec<_>>()).collect();
    query.pairs.retain(|pair| {
        let more: Vec<String> = index.files_of(pair).filter(|file| !files.contains(file)).collect();
        let is_asked = more.is_empty() || files.len() + more.len() <= MOST_WORD_FILES as usize;
        files.extend(more.into_iter().filter(|_| is_asked));
        is_asked
    });
    Ok(())
}
