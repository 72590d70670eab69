//! What outlives a run of the program: answers that were worked out before, kept by the key of all that they were made from.
//!
//! Input: keys and bytes. Output: the same bytes for the same key, in another run too. Not here: the disk (`cache.rs`), and what
//! the bytes mean.

/// Keeps bytes by keys. It may forget any of them at any time: that costs time and changes nothing else.
pub trait Cache: Send + Sync {
    /// The bytes that were kept by `key`, whole and unchanged; `None` if there are none.
    fn get(&self, key: u128) -> Option<Vec<u8>>;

    /// Whether anything may be kept: what only a later run would need is not worked out else.
    fn keeps(&self) -> bool {
        true
    }

    /// Keeps `bytes` by `key`, in the place of what was kept by it.
    fn put(&self, key: u128, bytes: &[u8]);
}

/// Keeps nothing.
pub struct NoCache;

impl Cache for NoCache {
    fn get(&self, _: u128) -> Option<Vec<u8>> {
        None
    }

    fn keeps(&self) -> bool {
        false
    }

    fn put(&self, _: u128, _: &[u8]) {}
}
