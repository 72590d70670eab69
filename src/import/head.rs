//! The head of a file that is made: only what is certain.
//!
//! Input: a manuscript, the kind of document that it becomes, and the day that was found. Output: YAML between lines. Not here: the
//! text below (`markdown.rs`).

use crate::kind::{Kind, Role, Shape};
use crate::manuscript::{Block, Manuscript};

/// The head; empty if nothing is certain. `day`: that of the document, where the name of its file does not say it.
#[must_use]
pub fn head(manuscript: &Manuscript, kind: &Kind, day: Option<&str>) -> String {
    let mut lines = Vec::new();
    let is_titled = manuscript.blocks.iter().any(|block| matches!(block, Block::Heading { level: 1, .. }));
    if let Some(title) = manuscript.title.as_deref().filter(|_| !is_titled)
        && let Some(field) = kind.role(Role::Title)
    {
        lines.push(format!("{}: {}", field.name, quoted(title)));
    }
    if let Some(day) = day
        && let Some(field) = kind.role(Role::Date)
    {
        lines.push(format!("{}: {day}", field.name));
    }
    if let Some(language) = &manuscript.language
        && let Some(field) = kind.role(Role::Language)
    {
        lines.push(format!("{}: {language}", field.name));
    }
    if let Some(address) = &manuscript.address
        && let Some((origin, place, system)) = origin(kind)
    {
        lines.push(format!("{origin}:"));
        let named = manuscript.system.as_deref().zip(system);
        lines.extend(named.map(|(name, part)| format!("  {part}: {}", quoted(name))));
        lines.push(format!("  {place}: {}", quoted(address)));
    }
    if !manuscript.papers.is_empty()
        && let Some(field) = kind.role(Role::Attachments)
    {
        let part =
            |role: Role| field.parts().iter().find(|part| part.role == Some(role)).map(|part| part.name.as_str());
        if let Some((title, held)) = part(Role::Title).zip(part(Role::Held)) {
            lines.push(format!("{}:", field.name));
            let paper = |(words, _): &(String, String)| format!("  - {title}: {}\n    {held}: false", quoted(words));
            lines.extend(manuscript.papers.iter().map(paper));
        }
    }
    if lines.is_empty() { String::new() } else { format!("---\n{}\n---\n\n", lines.join("\n")) }
}

/// The field that says where a text came from, its part for an address, and the one for the system that had it.
fn origin(kind: &Kind) -> Option<(&str, &str, Option<&str>)> {
    let field = kind.role(Role::Origin)?;
    let Shape::Group(parts) = &field.shape else { return None };
    let place = parts.iter().find(|part| part.shape == Shape::Address)?;
    let system = parts.iter().find(|part| part.alone);
    Some((field.name.as_str(), place.name.as_str(), system.map(|part| part.name.as_str())))
}

/// A text as YAML reads it to the letter.
fn quoted(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
