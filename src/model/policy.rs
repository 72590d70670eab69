//! What a page of the site may load and do: its content security policy, once for all who say it.
//!
//! Input: nothing; the same rule holds for every site. Output: the policy as each page says it of itself
//! ([`IN_PAGES`]), for a host that sends no headers of the site's, and as a server says it with each answer
//! ([`in_headers`]). Not here: the other headers, and where they differ (`export`).

/// For `<meta http-equiv="Content-Security-Policy">`: only our own scripts, styles, pictures and fetches; nothing
/// inline, nothing from elsewhere. It does not ask for https, since a copy of the site may lie on a host that has none.
pub const IN_PAGES: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
     require-trusted-types-for 'script'";

/// Browsers heed this in a header alone, and complain of it in a page.
const IN_HEADERS_ALONE: &str = "frame-ancestors 'none'";

/// The policy for a server's header; `has_https` says whether what is asked for without encryption can be had with it.
#[must_use]
pub fn in_headers(has_https: bool) -> String {
    let upgrade = if has_https { "; upgrade-insecure-requests" } else { "" };
    format!("{IN_PAGES}; {IN_HEADERS_ALONE}{upgrade}")
}
