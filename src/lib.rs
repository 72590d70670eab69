//! Folkmoot publishes the work of a public partnership: text in, plain data between stages, files out.

// Nouns: what flows. Any room may import them.
pub mod data;
pub mod diagnostic;
pub mod kind;
pub mod language;
pub mod markdown;
pub mod model;
pub mod source;

// Doors: the rooms that touch the disk. `.clippy.toml` forbids it to all others.
#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a door: it reads the disk")]
pub mod read;
#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "a door: it writes the public folder")]
pub mod write;
