//! The core of a segment, written.
//!
//! Input: a [`Core`]. Output: its bytes. Not here: what its columns are, and reading it back, which is `search/core.rs`.

use super::bytes::{push_column, push_int, push_spans};
use crate::search::core::Core;

/// The bytes of a core.
pub fn encode(core: &Core) -> Vec<u8> {
    let mut out = Vec::new();
    push_int(&mut out, core.sizes.len() as u32);
    push_int(&mut out, core.dates.len() as u32);
    push_int(&mut out, core.sizes.iter().sum());
    push_column(&mut out, core.sizes.iter().copied());
    push_spans(&mut out, core.dates.iter().map(|date| (date.first, date.last - date.first)));
    push_int(&mut out, core.over.len() as u32);
    let mut next = 0;
    for (first, count) in &core.over {
        push_column(&mut out, [first - next, *count]);
        next = first + count;
    }
    push_int(&mut out, core.parts.len() as u32);
    push_column(&mut out, core.parts.iter().copied());
    core.names.iter().for_each(|name| out.extend_from_slice(&name.to_be_bytes()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::dates::Span;

    #[test]
    fn columns_come_back() {
        let core = Core {
            sizes: vec![1, 30, 4],
            dates: vec![Span { first: 738_000, last: 738_000 }, Span { first: 738_000, last: 738_364 }],
            over: vec![(0, 1), (31, 4)],
            parts: vec![2, 0, 0, 0, 1],
            names: vec![7, u32::MAX],
        };
        assert_eq!(Core::decode(&encode(&core)), Ok(core.clone()));
        assert_eq!(core.text_of(0), Some(("000000070".to_owned(), 0)));
        assert_eq!(core.text_of(1), Some(("000000070".to_owned(), 1)));
        assert_eq!(core.text_of(2), Some(("ffffffff0".to_owned(), 0)));
        assert_eq!(core.starts(), [0, 1, 31, 35]);
        assert_eq!(core.text_of(3), None);
    }
}
