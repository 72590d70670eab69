//! Addresses: the only room that decides how a name becomes a part of one.

use std::fmt::Write as _;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// Where a page is, below the site's `base_url`: begins with `/`, and ends with `/` for a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

impl Address {
    /// The page whose path is made of these slugs; none of them: the home page.
    #[must_use]
    pub fn page<'slugs>(slugs: impl IntoIterator<Item = &'slugs str>) -> Self {
        let mut address = String::from("/");
        for slug in slugs {
            address.push_str(slug);
            address.push('/');
        }
        Self(address.into())
    }

    /// The file with this path below the site's root, as it is: an attachment, a style sheet.
    #[must_use]
    pub fn file(path: &str) -> Self {
        Self(format!("/{}", path.trim_start_matches('/')).into())
    }

    /// Root-relative, not percent-encoded: `/minutes/board/2021-09-07/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where its bytes lie in the public folder: `minutes/board/2021-09-07/index.html`.
    #[must_use]
    pub fn output_path(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }

    /// The form under which two addresses are the same for a file system that folds case or Unicode forms.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.nfc().collect::<String>().to_lowercase()
    }

    /// The address as it stands in `href`: every byte that is no plain part of a path is percent-encoded.
    #[must_use]
    pub fn href(&self) -> String {
        self.href_below("")
    }

    /// The address as it stands in `href`, below the path `base`.
    #[must_use]
    pub fn href_below(&self, base: &str) -> String {
        let mut href = String::with_capacity(base.len() + self.0.len());
        href.push_str(base);
        percent_encode(&self.0, is_plain, &mut href);
        href
    }
}

/// Whether a byte stands for itself in a path of an address.
#[must_use]
pub fn is_plain(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~')
}

/// Appends `part` of an address to `out`. Every byte that is not `plain` is percent-encoded (RFC 3986, section 2.1).
pub fn percent_encode(part: &str, plain: impl Fn(u8) -> bool, out: &mut String) {
    // A slug has nothing to encode, and a page has hundreds of addresses made of slugs.
    if part.bytes().all(&plain) {
        return out.push_str(part);
    }
    for byte in part.bytes() {
        if plain(byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The bytes of `text` with `%20` and the like undone (RFC 3986, section 2.1). A percent sign without two hexadecimal
/// digits after it stands for itself.
#[must_use]
pub fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let code = digit(0).zip(digit(1)).filter(|_| *first == b'%');
        bytes.push(code.map_or(*first, |(high, low)| (16 * high + low) as u8));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    bytes
}

/// A name as a part of an address: `Minutes 14 October 2025 (final)` → `minutes-14-october-2025-final`.
/// Lower-case ASCII letters, digits and single hyphens; letters of other scripts are transliterated; at most
/// 80 characters, cut at a hyphen where there is one. Empty if the name has nothing that can be kept.
#[must_use]
pub fn slug(name: &str) -> String {
    let composed: String = name.nfc().collect();
    let ascii = deunicode::deunicode_with_tofu(&composed, "-");
    let mut slug = String::with_capacity(ascii.len());
    for character in ascii.chars() {
        match character {
            'a'..='z' | '0'..='9' => slug.push(character),
            'A'..='Z' => slug.push(character.to_ascii_lowercase()),
            '\'' => {}
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    if slug.len() > 80 {
        let cut = slug[..81].rfind('-').filter(|at| *at > 20).unwrap_or(80);
        slug.truncate(cut);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        for (name, expected) in [
            ("Minutes 14 October 2025 (final)", "minutes-14-october-2025-final"),
            ("2021-09-07", "2021-09-07"),
            ("Café — l’été", "cafe-lete"),
            ("Children's services", "childrens-services"),
            ("  --  ", ""),
            ("Straße/Weg", "strasse-weg"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert!(slug(&"word ".repeat(40)).len() <= 80);
    }
}
