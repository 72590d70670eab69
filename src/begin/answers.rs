//! What somebody types who begins a site: which sort of partnership it is, its bodies, the address of its office.
//!
//! Input: words. Output: what they mean, or a sentence that says what to type. Not here: asking (`cli`).

use super::site::Sort;
use crate::diagnostic::nearest;
use crate::model::slug;

/// The sort that somebody typed, by its name or its number.
///
/// # Errors
/// There is no such sort; the sentence names the one that may be meant.
pub fn sort_named(typed: &str, sorts: &[Sort]) -> Result<Sort, String> {
    let by_number = typed.parse::<usize>().ok().and_then(|number| sorts.get(number.checked_sub(1)?));
    let found = by_number.or_else(|| sorts.iter().find(|sort| sort.name == slug(typed)));
    found.cloned().ok_or_else(|| {
        let names: Vec<&str> = sorts.iter().map(|sort| sort.name.as_str()).collect();
        match nearest(typed, names.iter().copied()) {
            Some(near) => format!("There is no kind of partnership `{typed}`. Is `{near}` meant?"),
            None => format!("There is no kind of partnership `{typed}`. Type one of: {}", names.join(", ")),
        }
    })
}

/// The names of bodies, with commas between, each once.
#[must_use]
pub fn bodies_named(typed: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in typed.split(',').map(str::trim).filter(|name| !slug(name).is_empty()) {
        if !names.iter().any(|known| slug(known) == slug(name)) {
            names.push(name.to_owned());
        }
    }
    names
}

/// A mail address, as somebody typed it.
///
/// # Errors
/// It is none.
pub fn mail_address(typed: &str) -> Result<String, String> {
    let fits = typed.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let fits = fits && !typed.contains(|sign: char| sign.is_whitespace() || sign == '"');
    if fits { Ok(typed.to_owned()) } else { Err(format!("`{typed}` is no mail address, such as clerk@example.gov.uk")) }
}
