//! The words of a site that are near to one that somebody typed.
//!
//! Input: a shard of `near`. Output: words, each with how near it is. Not here: which words are near, which is
//! `index/near.rs`, and when they are asked for, which is `resolve.rs`.

use super::bytes::{Broken, unframed, unpack};

/// Words with how near they are, from 1 to 4, the nearest first.
pub type Nearest = Vec<(String, u32)>;

/// What a shard says of a key; `None` if it is the key of no word that is known.
///
/// # Errors
/// If the shard is broken.
pub fn nearest(file: &[u8], key: &str) -> Result<Option<Nearest>, Broken> {
    let text = String::from_utf8(unpack(unframed(file)?)?).map_err(|_| Broken)?;
    let Some(line) = text.lines().find(|line| line.split(' ').next() == Some(key)) else { return Ok(None) };
    let word = |cell: &str| {
        let (at, level) = cell.char_indices().next_back()?;
        Some((cell[..at].to_owned(), level.to_digit(10)?))
    };
    line.split(' ').skip(1).map(|cell| word(cell).ok_or(Broken)).collect::<Result<_, _>>().map(Some)
}
