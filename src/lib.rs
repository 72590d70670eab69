//! Folkmoot publishes the work of a public partnership: text in, plain data between stages, files out.

// Nouns: what flows. Any room may import them.
pub mod data;
pub mod diagnostic;
pub mod kind;
pub mod language;
pub mod markdown;
pub mod model;
pub mod source;

// Verbs: the stages, in the order of the pipeline.
pub mod parse;
