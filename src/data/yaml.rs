//! YAML.
use super::Node;
use crate::diagnostic::Diagnostics;
use crate::source::SourceId;

/// YAML.
pub fn yaml(_text: &str, _source: SourceId, _offset: usize, _diagnostics: &mut Diagnostics) -> Option<Node> {
    None
}
