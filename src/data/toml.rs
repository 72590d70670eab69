//! TOML.
use super::Node;
use crate::diagnostic::Diagnostics;
use crate::source::SourceId;

/// TOML.
pub fn toml(_text: &str, _source: SourceId, _offset: usize, _diagnostics: &mut Diagnostics) -> Option<Node> {
    None
}
