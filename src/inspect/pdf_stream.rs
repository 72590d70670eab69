//! Unpacks one stream of a PDF, within what may still be read of the file.
//!
//! Input: a stream and a [`Budget`]. Output: its bytes. Not here: the streams that a reader unpacks by itself (`pdf_weight.rs`).

use std::borrow::Cow;

use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

use super::pdf_weight::unpacked as unpacked_length;

/// How many bytes one stream may have, unpacked.
const LONGEST: u64 = 64_000_000;

/// How much may still be read of a file, for all pages together.
pub struct Budget {
    /// Steps of painting.
    pub steps: usize,
    /// Unpacked bytes.
    pub bytes: u64,
}

/// A stream without its packing; `None` if it is longer than it may be, as far as can be told before.
pub fn unpacked<'a>(stream: &Stream<'a>, budget: &mut Budget) -> Option<Cow<'a, [u8]>> {
    let most = LONGEST.min(budget.bytes);
    let packed = stream.raw_data();
    let filters = stream.filters();
    let length = if filters[..] == [Filter::FlateDecode] {
        unpacked_length(&packed, most + 1)
    } else {
        // How much of one byte each can make at most.
        let times = |filter: &Filter| match filter {
            Filter::FlateDecode => 1032,
            Filter::LzwDecode => 1365,
            Filter::RunLengthDecode => 64,
            _ => 1,
        };
        filters.iter().map(times).fold(packed.len() as u64, u64::saturating_mul)
    };
    budget.bytes = budget.bytes.saturating_sub(length.min(most));
    if length > most {
        return None;
    }
    // What cannot be read shows nothing in a reader either.
    Some(stream.decoded_data().unwrap_or_default())
}
