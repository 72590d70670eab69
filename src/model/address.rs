//! Addresses: the only room that decides how a name becomes a part of one.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// Where a page is, below the site's `base_url`: begins with `/`, and ends with `/` for a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
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

    /// Whether a page can be there: at an address that ends in `.pdf` it would be served as a file of that sort.
    #[must_use]
    pub fn can_be_page(&self) -> bool {
        let name = self.0.rsplit('/').next().unwrap_or_default();
        match name.rsplit_once('.') {
            None => name.is_empty(),
            Some((_, ending)) => ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm"),
        }
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

/// An anchor as it stands after `#` in `href`: percent-encoded as the parts of an address are.
#[must_use]
pub fn fragment(anchor: &str) -> Cow<'_, str> {
    if anchor.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)) {
        return Cow::Borrowed(anchor);
    }
    Cow::Owned(Address::file(anchor).href().split_off(1))
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

/// The longest part of an address, in bytes.
const LONGEST_SLUG: usize = 80;

/// A name as a part of an address: `Minutes 14 October 2025 (final)` → `minutes-14-october-2025-final`.
/// Lower-case ASCII letters, digits and single hyphens; letters of other scripts are transliterated; at most
/// 80 characters. A longer one is cut at a hyphen where there is one, and ends with eight letters and digits made of the
/// whole of it, so that two long names that differ only at their ends have two addresses. Empty if the name has nothing
/// that can be kept.
#[must_use]
pub fn slug(name: &str) -> String {
    let whole = whole_slug(name);
    if whole.len() <= LONGEST_SLUG {
        return whole;
    }
    let digest = xxhash_rust::xxh3::xxh3_64(whole.as_bytes());
    let mut slug = cut(whole, LONGEST_SLUG - 9);
    let _ = write!(slug, "-{:08x}", digest >> 32);
    slug
}

/// The words of a heading as a part of the name of its place: as [`slug`], but a long one is only cut. The second of two
/// equal ones gets a number, as two headings with the same words do.
#[must_use]
pub fn slug_of_words(words: &str) -> String {
    cut(whole_slug(words), LONGEST_SLUG)
}

/// A name as a part of an address, however long.
fn whole_slug(name: &str) -> String {
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
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// At most `longest` bytes of a slug, up to a hyphen where there is one after a few words.
fn cut(mut slug: String, longest: usize) -> String {
    if slug.len() > longest {
        let end = slug[..=longest].rfind('-').filter(|at| *at > 20).unwrap_or(longest);
        slug.truncate(end);
        slug.truncate(slug.trim_end_matches('-').len());
    }
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
    }

    #[test]
    fn long_names_stay_apart() {
        let name = "Minutes of the annual meeting of the parish held in the village hall on the evening of Monday";
        let (may, june) = (slug(&format!("{name} 4 May 2026")), slug(&format!("{name} 8 June 2026")));
        assert!(may.len() <= 80 && june.len() <= 80, "{may} {june}");
        assert_ne!(may, june);
        assert!(may.starts_with("minutes-of-the-annual-meeting-of-the-parish-held-in-the-village-hall-on-"), "{may}");
        // Capitals make no difference, and what fits is as it was.
        assert_eq!(may, slug(&format!("{} 4 May 2026", name.to_uppercase())));
        let fits = "a".repeat(80);
        assert_eq!(slug(&fits), fits);
        assert!(slug(&"a".repeat(81)).len() <= 80);
        assert!(slug_of_words(&format!("{name} 4 May 2026")) == slug_of_words(&format!("{name} 8 June 2026")));
    }
}
