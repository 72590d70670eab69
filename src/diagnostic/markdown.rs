//! What `markdown` says to an author.

#[expect(unused_imports, reason = "filled by its own commit")]
use super::Diagnostics;
