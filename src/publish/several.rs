//! Several requests, or several files, at a time.
//!
//! Input: items, and what is done for each. Output: what came of each, or the first failure. Not here: requests, and what is in a file.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::error::PublishError;

/// So many are under way at a time.
const AT_ONCE: usize = 8;

/// Does something for each, several at once, and gives back what came of each, in the order of the items. The first that fails ends it,
/// once those are through that were begun.
///
/// # Errors
/// The first failure.
pub(super) fn at_once<T: Sync, Done: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<Done, PublishError> + Sync,
) -> Result<Vec<Done>, PublishError> {
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (done, failure) = (Mutex::new(Vec::with_capacity(items.len())), Mutex::new(None));
    let run = || {
        while !is_over.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(number) else { return };
            match work(item) {
                Ok(it) => done.lock().unwrap_or_else(PoisonError::into_inner).push((number, it)),
                Err(error) => {
                    is_over.store(true, Ordering::Relaxed);
                    failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..AT_ONCE.min(items.len()) {
            scope.spawn(run);
        }
        run();
    });
    if let Some(error) = failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, it)| it).collect())
}
