//! Where a link should lead, from what was typed.
//!
//! Input: the address of a link or a picture, as CommonMark read it, or the inside of `[[…]]`. Output: a
//! [`Target`], or why the address is not safe to follow. Not here: whether anything is there; only the whole site
//! knows that.

use std::borrow::Cow;

use crate::model::{Target, is_plain, percent_decoded, percent_encode};

/// Why an address is printed as text only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unsafe {
    /// The scheme is none that may be followed: `javascript`.
    Scheme(Box<str>),
    /// The address begins with a drive's letter: a file on the author's computer.
    Drive,
    /// `//host`: another site, without saying how.
    NoScheme,
    /// `https:` without `//` and a host.
    NoHost,
}

/// Where the address of a link leads.
pub(crate) fn target(address: &str) -> Result<Target, Unsafe> {
    // A browser drops blanks at the ends, and line ends and tabs anywhere, before it looks at an address.
    let hidden = |character: char| character.is_control() || matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}');
    let mut seen = Cow::Borrowed(address.trim());
    if seen.contains(hidden) {
        seen = seen.chars().filter(|character| !hidden(*character)).collect();
    }
    if without_scheme(&seen) {
        return Err(Unsafe::NoScheme);
    }
    let Some(scheme) = scheme(&seen) else { return path(&seen) };
    let rest = &seen[scheme.len() + 1..];
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" if has_host(rest) => Ok(Target::Outside(format!("{scheme}:{}", encoded(rest)).into())),
        "http" | "https" => Err(Unsafe::NoHost),
        "mailto" | "tel" => Ok(Target::Outside(format!("{scheme}:{}", encoded(rest)).into())),
        lower if lower.len() == 1 => Err(Unsafe::Drive),
        lower => Err(Unsafe::Scheme(lower.into())),
    }
}

/// Where `<board@example.gov.uk>` leads.
pub(crate) fn mail(address: &str) -> Target {
    Target::Outside(format!("mailto:{}", encoded(address)).into())
}

/// Where the inside of `[[…]]`, up to `|`, leads.
pub(crate) fn wiki(inside: &str) -> Target {
    let (id, place) = match inside.split_once('#') {
        Some((id, place)) => (id, Some(place.trim())),
        None => (inside, None),
    };
    let id = id.trim().trim_matches('/');
    Target::Wiki {
        id: id.strip_suffix(".md").unwrap_or(id).into(),
        place: place.filter(|place| !place.is_empty()).map(Into::into),
    }
}

/// What a reader may be shown for a link without words until the title of its target is known.
pub(crate) fn words(target: &Target) -> String {
    let (path, place) = match target {
        Target::Outside(address) => return address.to_string(),
        Target::Path { path, anchor } => (path, anchor),
        Target::Wiki { id, place } => (id, place),
    };
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let name = if name.is_empty() { place.as_deref().unwrap_or_default() } else { name };
    name.replace(['-', '_'], " ")
}

/// What stands before the first `:`, if that is before anything that only a path has.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let fits = scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(letters);
    fits.then_some(scheme)
}

/// `//host`; browsers take a backslash for a slash.
fn without_scheme(address: &str) -> bool {
    address.strip_prefix(['/', '\\']).is_some_and(|rest| rest.starts_with(['/', '\\']))
}

fn has_host(rest: &str) -> bool {
    let host = rest.strip_prefix("//").unwrap_or_default();
    !host.is_empty() && !host.starts_with(['/', '\\', '?', '#', ':', '@'])
}

/// A relative address: its path and the place in it, percent-decoded; what follows `?` is kept as an address has it.
fn path(address: &str) -> Result<Target, Unsafe> {
    let (path, anchor) = match address.split_once('#') {
        Some((path, anchor)) => (path, Some(decoded(anchor)).filter(|anchor| !anchor.is_empty())),
        None => (address, None),
    };
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let path = decoded(path) + &encoded(query);
    if let Some(scheme) = scheme(&path) {
        return Err(Unsafe::Scheme(scheme.to_ascii_lowercase().into()));
    }
    if without_scheme(&path) {
        return Err(Unsafe::NoScheme);
    }
    Ok(Target::Path { path: path.into(), anchor: anchor.map(Into::into) })
}

/// Undoes `%20`; what is no text in UTF-8 afterwards, or holds a control character, stays as typed.
fn decoded(typed: &str) -> String {
    String::from_utf8(percent_decoded(typed))
        .ok()
        .filter(|decoded| !decoded.chars().any(char::is_control))
        .unwrap_or_else(|| typed.to_owned())
}

/// A part of an address for `href`: what may not stand in one is percent-encoded, what is encoded already stays.
fn encoded(part: &str) -> String {
    let mut address = String::with_capacity(part.len());
    percent_encode(part, |byte| is_plain(byte) || b":?#@!$&()*+,;=%".contains(&byte), &mut address);
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to_path(path: &str, anchor: Option<&str>) -> Target {
        Target::Path { path: path.into(), anchor: anchor.map(Into::into) }
    }

    #[test]
    fn safe_addresses_lead_somewhere() {
        for (typed, expected) in [
            ("https://www.gov.uk/a?b=c&d#e", Target::Outside("https://www.gov.uk/a?b=c&d#e".into())),
            ("HTTPS://example.org/a b\"'<é", Target::Outside("HTTPS://example.org/a%20b%22%27%3C%C3%A9".into())),
            ("https://example.org/%20x", Target::Outside("https://example.org/%20x".into())),
            ("mailto:a@b.uk", Target::Outside("mailto:a@b.uk".into())),
            ("tel:+44 20", Target::Outside("tel:+44%2020".into())),
            ("../plans/my%20plan.md#para-3.2", to_path("../plans/my plan.md", Some("para-3.2"))),
            ("#item-7", to_path("", Some("item-7"))),
            ("/about/", to_path("/about/", None)),
            ("/my%20search/?q=a%26b \"é#c", to_path("/my search/?q=a%26b%20%22%C3%A9", Some("c"))),
            ("", to_path("", None)),
            ("100%", to_path("100%", None)),
            ("%FF", to_path("%FF", None)),
            ("Item 7: budget.pdf", to_path("Item 7: budget.pdf", None)),
            ("./a:b", to_path("./a:b", None)),
        ] {
            assert_eq!(target(typed), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for typed in [
            "javascript:alert(1)",
            "jAvAscRipt:x",
            "java\tscript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            " javascript:x",
            "java\u{200B}script:x",
            "java\u{AD}script:x",
            "javascript%3Aalert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:x",
            "//evil.example",
            r"\\evil",
            r"/\evil",
            "%2F/evil",
            r"C:\Documents\x.docx",
            "https:evil.example",
            "http:///evil",
            "https:",
            "ftp://x",
            "about:blank",
            "view-source:x",
            "x-y+z.1:q",
        ] {
            assert!(target(typed).is_err(), "{typed:?} → {:?}", target(typed));
        }
    }

    #[test]
    fn references_have_an_id_and_a_place() {
        let wiki = |inside| match wiki(inside) {
            Target::Wiki { id, place } => (id.to_string(), place.map(|place| place.to_string())),
            other => unreachable!("{other:?} is no reference"),
        };
        assert_eq!(wiki("strategies/safer-plan#3.2"), ("strategies/safer-plan".into(), Some("3.2".into())));
        assert_eq!(wiki(" /safer-plan.md "), ("safer-plan".into(), None));
        assert_eq!(wiki("#3.2"), (String::new(), Some("3.2".into())));
        assert_eq!(words(&super::wiki("strategies/safer-plan")), "safer plan");
    }
}
