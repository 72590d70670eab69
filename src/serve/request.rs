//! Reads the head of a request: what it asks for, or why it is refused.
//!
//! Input: method, target and headers, from anybody who can reach this computer: any web page that is open in a browser can
//! send requests here. Output: a [`PreviewRequest`] or a [`Refusal`]. Not here: the disk, the site, the answer. What is
//! asked for is a name to look up, never a path to open.

use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderName, ORIGIN, TRANSFER_ENCODING};
use hyper::{Method, Request, Uri};

/// The names under which the preview may be asked for. A page of another site that makes its own name lead to
/// this computer still sends its own name.
const HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// The first part of the addresses that are the preview's own; no document has it, because it begins with `_`.
const OURS: &str = "_folkmoot/";

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreviewRequest {
    /// What lies at this address of the site, which is decoded and without its first `/`: `minutes/board/2021-09-07/`;
    /// empty for `/`.
    Page(String),
    /// The script that loads a page again.
    Script,
    /// The style of the bar and the messages.
    Style,
    /// Every message, as a page of its own.
    Messages,
    /// An answer as soon as there is another preview.
    Change(SeenPage),
}

/// What a browser shows that waits for a change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeenPage {
    /// The number of the preview that it came from.
    pub generation: u64,
    /// Its address, as in [`PreviewRequest::Page`]; `None` if it is not of the site.
    pub place: Option<String>,
    /// Its fingerprint, as the page itself says.
    pub seen: String,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The request was sent to a name that is not this computer's.
    Host,
    /// A page of another site sent the request.
    Origin,
    /// The request wants to do something other than read.
    Method,
    /// The request has a body.
    Body,
    /// The address has parts that no address of a site has.
    Address,
}

/// What `request` asks for.
///
/// # Errors
/// Why it is refused. Who asks is checked first, so that a stranger learns nothing else.
pub fn parse<Body>(request: &Request<Body>) -> Result<PreviewRequest, Refusal> {
    let headers = request.headers();
    let host = only(headers, &HOST).filter(|host| is_here(host)).ok_or(Refusal::Host)?;
    if !is_from_here(headers, host) || !is_fetched_from_here(headers) {
        return Err(Refusal::Origin);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Refusal::Method);
    }
    let is_empty = headers.get(CONTENT_LENGTH).is_none_or(|length| length == "0");
    if !is_empty || headers.contains_key(TRANSFER_ENCODING) {
        return Err(Refusal::Body);
    }
    target(request.uri()).ok_or(Refusal::Address)
}

/// The value of a header as text; `None` if it is missing, stands there twice, or is not text.
fn only<'headers>(headers: &'headers HeaderMap, name: &HeaderName) -> Option<&'headers str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

fn is_here(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let is_port = |port: &str| (1..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit());
    HOSTS.iter().filter_map(|name| host.strip_prefix(name)).any(|rest| match rest.strip_prefix(':') {
        Some(port) => is_port(port),
        None => rest.is_empty(),
    })
}

/// Whether our own page sends the request: browsers name the site whose page does (the header `Origin` of the Fetch Standard),
/// unless it only follows a link or shows a picture.
fn is_from_here(headers: &HeaderMap, host: &str) -> bool {
    if !headers.contains_key(ORIGIN) {
        return true;
    }
    let here = format!("http://{host}");
    only(headers, &ORIGIN).is_some_and(|origin| origin.eq_ignore_ascii_case(&here))
}

/// Whether our own page sends the request, by what newer browsers say of every request (`Sec-Fetch-Site`, W3C Fetch
/// Metadata). A link from another site
/// may lead here; a picture, a script or a frame of it may not be ours: whether it loads would tell which addresses exist.
fn is_fetched_from_here(headers: &HeaderMap) -> bool {
    let value = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match value("sec-fetch-site") {
        None | Some("same-origin" | "none") => true,
        Some(_) => value("sec-fetch-mode") == Some("navigate") && value("sec-fetch-dest") == Some("document"),
    }
}

fn target(uri: &Uri) -> Option<PreviewRequest> {
    // Only an address that begins with `/`: what names another computer is meant for a proxy.
    if uri.scheme().is_some() || uri.authority().is_some() {
        return None;
    }
    let place = place(uri.path())?;
    Some(match place.strip_prefix(OURS) {
        Some("reload.js") => PreviewRequest::Script,
        Some("preview.css") => PreviewRequest::Style,
        Some("messages") => PreviewRequest::Messages,
        Some("change") => PreviewRequest::Change(seen_page(uri.query()?)?),
        _ => PreviewRequest::Page(place),
    })
}

/// Reads `after=7&page=%2Fabout%2F&seen=…`.
fn seen_page(query: &str) -> Option<SeenPage> {
    let mut page = SeenPage {
        generation: query.split('&').find_map(|pair| pair.strip_prefix("after="))?.parse().ok()?,
        ..SeenPage::default()
    };
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        match name {
            "page" => page.place = Some(place(&decoded(value)?)?),
            "seen" => page.seen = decoded(value)?,
            _ => {}
        }
    }
    Some(page)
}

/// The path of an address without its first `/`, decoded once. `None` if a part of it could mean something to a file
/// system, so that no later change of ours can open a hole.
pub fn place(path: &str) -> Option<String> {
    let parts: Vec<String> = path.strip_prefix('/')?.split('/').map(part).collect::<Option<_>>()?;
    let (_, before) = parts.split_last()?;
    before.iter().all(|part| !part.is_empty()).then(|| parts.join("/"))
}

fn part(encoded: &str) -> Option<String> {
    let part = decoded(encoded)?;
    let is_odd = |character: char| character.is_control() || matches!(character, '/' | '\\' | ':');
    let is_plain = part != "." && part != ".." && !part.contains(is_odd);
    is_plain.then_some(part)
}

/// Decodes `%41` to `A`, once. `None` for half a code, and for bytes that are not UTF-8.
fn decoded(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'%' => u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?,
            plain => plain,
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(method: &str, target: &str, headers: &[(&str, &str)]) -> Result<PreviewRequest, Refusal> {
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        parse(&request.body(()).expect("a request"))
    }

    #[test]
    fn an_address_is_a_name_to_look_up() {
        for (path, expected) in [
            ("/", Some("")),
            ("/minutes/board/2021-09-07/", Some("minutes/board/2021-09-07/")),
            ("/a%20b/caf%C3%A9.pdf", Some("a b/café.pdf")),
            ("/100%25.pdf", Some("100%.pdf")),
            ("/.well-known/security.txt", Some(".well-known/security.txt")),
            ("/a...b", Some("a...b")),
            // Decoded once, and no more: this is a name with a percent sign in it.
            ("/%252e%252e/etc/passwd", Some("%2e%2e/etc/passwd")),
            ("/../../etc/passwd", None),
            ("/%2e%2e/etc/passwd", None),
            ("/%2E./etc/passwd", None),
            ("/a/./b", None),
            ("/a/..", None),
            ("/..%2fetc/passwd", None),
            ("/a%2Fb", None),
            ("/a%5c..%5cb", None),
            ("/a\\b", None),
            ("/c:/windows", None),
            ("/c%3a/windows", None),
            ("/a%00b", None),
            ("/a%0ab", None),
            ("/a%7fb", None),
            ("//evil.example/", None),
            ("/a//b", None),
            ("/%", None),
            ("/%4", None),
            ("/%zz", None),
            ("/%+1", None),
            ("/%ff", None),
            ("/%c0%ae%c0%ae/", None),
            ("", None),
            ("etc/passwd", None),
        ] {
            assert_eq!(place(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn only_an_address_of_this_computer_is_a_target() {
        let here: &[_] = &[("host", "localhost:8000")];
        assert_eq!(ask("GET", "/about/?q=1", here), Ok(PreviewRequest::Page("about/".into())));
        assert_eq!(ask("GET", "http://localhost:8000/about/", here), Err(Refusal::Address));
        assert_eq!(ask("GET", "http://evil.example/", here), Err(Refusal::Address));
        assert_eq!(ask("GET", "localhost:8000", here), Err(Refusal::Address));
        assert_eq!(ask("GET", "*", here), Err(Refusal::Address));
    }

    #[test]
    fn our_own_addresses() {
        let here: &[_] = &[("host", "[::1]:8000")];
        for (target, expected) in [
            ("/_folkmoot/reload.js", Ok(PreviewRequest::Script)),
            ("/_folkmoot/preview.css", Ok(PreviewRequest::Style)),
            ("/_folkmoot/messages", Ok(PreviewRequest::Messages)),
            (
                "/_folkmoot/change?after=17",
                Ok(PreviewRequest::Change(SeenPage { generation: 17, ..SeenPage::default() })),
            ),
            (
                "/_folkmoot/change?after=17&page=%2Fa%2520b%2F&seen=a-b",
                Ok(PreviewRequest::Change(SeenPage { generation: 17, place: Some("a b/".into()), seen: "a-b".into() })),
            ),
            ("/_folkmoot/change", Err(Refusal::Address)),
            ("/_folkmoot/change?after=-1", Err(Refusal::Address)),
            ("/_folkmoot/change?after=99999999999999999999", Err(Refusal::Address)),
            ("/_folkmoot/other", Ok(PreviewRequest::Page("_folkmoot/other".into()))),
        ] {
            assert_eq!(ask("GET", target, here), expected, "{target}");
        }
    }

    #[test]
    fn only_this_computers_names_are_answered() {
        for (host, is_answered) in [
            ("localhost", true),
            ("localhost:8000", true),
            ("LOCALHOST:8000", true),
            ("127.0.0.1:8000", true),
            ("[::1]:8000", true),
            ("[::1]", true),
            ("", false),
            ("evil.example", false),
            ("evil.example:8000", false),
            ("localhost.evil.example:8000", false),
            ("127.0.0.1.evil.example", false),
            ("localhost.", false),
            ("localhost:", false),
            ("localhost:+80", false),
            ("localhost:8000:8000", false),
            ("localhost:800000", false),
            ("me@localhost", false),
            ("127.0.0.2:8000", false),
            ("0.0.0.0:8000", false),
            ("[::ffff:127.0.0.1]:8000", false),
            ("::1", false),
        ] {
            assert_eq!(ask("GET", "/", &[("host", host)]).is_ok(), is_answered, "{host}");
        }
        assert_eq!(ask("GET", "/", &[]), Err(Refusal::Host));
        assert_eq!(ask("GET", "/", &[("host", "localhost"), ("host", "evil.example")]), Err(Refusal::Host));
        assert_eq!(ask("POST", "//", &[("host", "evil.example")]), Err(Refusal::Host), "a stranger learns no more");
    }

    #[test]
    fn other_sites_are_refused() {
        for (headers, is_answered) in [
            (&[("origin", "http://localhost:8000")][..], true),
            (&[("origin", "http://LOCALHOST:8000")], true),
            (&[("origin", "http://localhost:3000")], false),
            (&[("origin", "http://127.0.0.1:8000")], false),
            (&[("origin", "https://localhost:8000")], false),
            (&[("origin", "https://evil.example")], false),
            (&[("origin", "null")], false),
            (&[("origin", "")], false),
            (&[("origin", "http://localhost:8000"), ("origin", "https://evil.example")], false),
            (&[("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")], true),
            (&[("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate")], true),
            (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")], true),
            (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")], false),
            (&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")], false),
            (&[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "script")], false),
            (&[("upgrade", "websocket"), ("origin", "https://evil.example")], false),
        ] {
            let all: Vec<_> = [("host", "localhost:8000")].iter().chain(headers).copied().collect();
            let expected = if is_answered { Ok(PreviewRequest::Page(String::new())) } else { Err(Refusal::Origin) };
            assert_eq!(ask("GET", "/", &all), expected, "{headers:?}");
        }
    }

    #[test]
    fn the_preview_is_only_read() {
        let here = ("host", "localhost:8000");
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"] {
            assert_eq!(ask(method, "/", &[here]), Err(Refusal::Method), "{method}");
        }
        assert!(ask("HEAD", "/", &[here, ("content-length", "0")]).is_ok());
        assert_eq!(ask("GET", "/", &[here, ("content-length", "1")]), Err(Refusal::Body));
        assert_eq!(ask("GET", "/", &[here, ("transfer-encoding", "chunked")]), Err(Refusal::Body));
    }
}
