//! What stays in the place of an exempt passage: a notice, and what of the braces is not of the exemption.
//!
//! Input: the braces of an exemption. Output: what the public may know. Not here: how a notice is printed (`html.rs`).

use crate::markdown::attributes::Attributes;

/// What stands for an exempt passage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Notice {
    /// Paragraphs of Part 1 of Schedule 12A, in the order typed.
    pub(crate) paragraphs: Vec<Box<str>>,
    /// Why, and what the public may know of it, in the author's words for the public.
    pub(crate) words: Vec<Box<str>>,
}

/// What of the attributes of an exempt heading stays public: all that is not of the exemption.
pub(super) fn kept_attributes(attributes: &Attributes<'_>) -> String {
    let mut kept: Vec<String> = Vec::new();
    kept.extend(attributes.kinds.iter().filter(|kind| **kind != "exempt").map(|kind| format!(".{kind}")));
    kept.extend(attributes.id.map(|id| format!("#{id}")));
    let others =
        attributes.pairs.iter().filter(|(key, _)| !matches!(*key, "paragraphs" | "paragraph" | "reason" | "summary"));
    kept.extend(
        others.map(|(key, value)| if value.is_empty() { (*key).to_owned() } else { format!("{key}=\"{value}\"") }),
    );
    if kept.is_empty() { String::new() } else { format!("{{{}}}", kept.join(" ")) }
}

/// What the braces of an exemption say to the public.
pub(super) fn notice(attributes: &Attributes<'_>) -> Notice {
    let values = attributes.pairs.iter().filter(|(key, _)| matches!(*key, "paragraphs" | "paragraph"));
    let numbers = values.flat_map(|(_, value)| value.split([',', ';', ' ', '&'])).filter(|number| is_paragraph(number));
    let said = |name: &str| attributes.pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).into());
    Notice {
        paragraphs: numbers.map(Into::into).collect(),
        words: said("reason").into_iter().chain(said("summary")).collect(),
    }
}

/// `3`, `7A`: nothing else is printed, because the words of an author's mistake could be what is exempt.
fn is_paragraph(number: &str) -> bool {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let letters = &number.as_bytes()[digits..];
    (1..=2).contains(&digits) && letters.len() <= 1 && letters.iter().all(u8::is_ascii_uppercase)
}
