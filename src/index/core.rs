//! The core of a segment, written.
//!
//! Input: a [`Core`]. Output: its file. Not here: what its columns are, and reading it back, which is `search/core.rs`.

use super::bytes::{framed, pack, push_column, push_int, push_spans, push_text};
use crate::search::core::Core;

/// The file of a core.
pub fn encode(core: &Core) -> Vec<u8> {
    let mut out = Vec::new();
    push_int(&mut out, core.sizes.len() as u32);
    push_int(&mut out, core.dates.len() as u32);
    push_int(&mut out, core.sizes.iter().sum());
    push_column(&mut out, core.sizes.iter().copied());
    push_column(&mut out, core.blocks.iter().copied());
    push_spans(&mut out, core.dates.iter().map(|date| (date.first, date.last - date.first)));
    push_int(&mut out, core.over.len() as u32);
    let mut next = 0;
    for (first, count) in &core.over {
        push_column(&mut out, [first - next, *count]);
        next = first + count;
    }
    push_int(&mut out, core.parts.len() as u32);
    for (pages, hash) in &core.parts {
        push_int(&mut out, *pages);
        out.extend_from_slice(&hash.to_be_bytes());
    }
    push_text(&mut out, &core.sample);
    push_int(&mut out, core.shards.len() as u32);
    core.shards.iter().for_each(|key| push_text(&mut out, key));
    framed(&pack(&out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::dates::Span;

    #[test]
    fn columns_come_back() {
        let core = Core {
            sizes: vec![1, 30, 4],
            blocks: vec![1, 20, 3],
            dates: vec![Span { first: 738_000, last: 738_000 }, Span { first: 738_000, last: 738_364 }],
            over: vec![(0, 1), (31, 4)],
            parts: vec![(2, 7), (1, u64::MAX)],
            sample: "/a/\tŷ".into(),
            shards: vec!["".into(), "7.3".into(), "burglari".into()],
        };
        assert_eq!(Core::decode(&encode(&core)), Ok(core.clone()));
        assert_eq!(core.shard_of("7.30"), Some(1));
        assert_eq!(core.shard_of("tŷ"), Some(2));
        assert_eq!(core.text_of(1), Some((7, 128, 2560)));
        assert_eq!(core.text_of(2), Some((u64::MAX, 0, 384)));
        assert_eq!(core.text_of(3), None);
    }
}
