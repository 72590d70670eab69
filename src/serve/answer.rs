//! Answers a request, with the headers that every answer has.
//!
//! Input: a [`Preview`] and a [`PreviewRequest`]. Output: an [`Answer`]: bytes with a status, of a page that is made for it, or the
//! file of the site that a route copies. Not here: sockets, and any path that a request has named.

use std::sync::LazyLock;

use hyper::body::Bytes;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION,
};
use hyper::header::{REFERRER_POLICY, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS};
use hyper::{Response, StatusCode};
use jiff::Zoned;

use super::change::{Change, Seen};
use super::overlay;
use super::preview::{Content, Lookup, Page, Preview, SiteVersion};
use super::request::{PreviewRequest, Refusal, SeenPage};
use crate::model::{media_type, policy};

/// What pages may do: the policy of the published site, for a preview that has no encryption.
static POLICY: LazyLock<HeaderValue> =
    LazyLock::new(|| HeaderValue::from_str(&policy::in_headers(false)).expect("a policy is ASCII"));

/// What an attachment may do that a browser would take for a page or a drawing: nothing but be looked at.
const POLICY_OF_ATTACHMENTS: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:";

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const JSON: &str = "application/json";

/// An answer, or the file that holds its bytes.
#[derive(Debug)]
pub enum Answer {
    /// This response.
    Ready(Response<Bytes>),
    /// A file of the site, if it is still the one that the site was made with.
    File(File),
}

/// A file of the site that a route copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path of the file below the site's root, as the route says.
    pub from: Box<str>,
    /// The length of the file in bytes.
    pub length: u64,
    /// XXH3-128 of the bytes.
    pub hash: u128,
    media_type: &'static str,
}

/// The answer to a request. `PreviewRequest::Change` is answered at once: waiting is the server's task.
#[must_use]
pub fn answer(preview: &Preview, request: &PreviewRequest, now: &Zoned) -> Answer {
    Answer::Ready(match request {
        PreviewRequest::Script => ready(StatusCode::OK, "text/javascript; charset=utf-8", include_str!("reload.js")),
        PreviewRequest::Style => ready(StatusCode::OK, "text/css; charset=utf-8", include_str!("preview.css")),
        PreviewRequest::Messages => ready(StatusCode::OK, HTML, overlay::whole(preview, now)),
        PreviewRequest::Change(seen) => ready(StatusCode::OK, JSON, change(preview, seen, now)),
        PreviewRequest::Page(place) => return at(preview, place, now),
    })
}

/// What lies at an address of the site.
fn at(preview: &Preview, place: &str, now: &Zoned) -> Answer {
    let Some(version) = &preview.version else {
        return Answer::Ready(without_version(preview, now));
    };
    match version.find(place) {
        Lookup::File(path) => file(preview, version, &path, now),
        Lookup::Elsewhere(address) => Answer::Ready(elsewhere(&address)),
        Lookup::Nothing => Answer::Ready(not_found(preview, version, now)),
    }
}

fn file(preview: &Preview, version: &SiteVersion, path: &str, now: &Zoned) -> Answer {
    let media_type = media_type(path);
    let page = match version.site.file(path) {
        Ok(page) => page,
        Err(stops) => {
            let words = overlay::stopped(preview, &stops);
            return Answer::Ready(ready(StatusCode::INTERNAL_SERVER_ERROR, HTML, words));
        }
    };
    Answer::Ready(match page.content {
        Content::Copy { from, length, hash } => return Answer::File(File { from, length, hash, media_type }),
        Content::Bytes(_) if media_type == HTML => ready(StatusCode::OK, HTML, shown(preview, version, &page, now)),
        Content::Bytes(bytes) => ready(StatusCode::OK, media_type, bytes),
    })
}

/// What a browser has to do that shows a page, as JSON.
fn change(preview: &Preview, shown: &SeenPage, now: &Zoned) -> Vec<u8> {
    let generation = preview.generation;
    let json = |change: &Change<'_>| serde_json::to_vec(change).unwrap_or_default();
    if generation == shown.generation {
        return json(&Change::none(generation, &shown.seen));
    }
    match seen(preview, shown, now) {
        Some(seen) => json(&seen.since(&shown.seen, generation)),
        None => json(&Change::of_unknown(generation)),
    }
}

/// What would be seen now at the address of a page; `None` if that is none of the site's, or cannot be made.
fn seen(preview: &Preview, shown: &SeenPage, now: &Zoned) -> Option<Seen> {
    let version = preview.version.as_deref()?;
    let Lookup::File(path) = version.find(shown.place.as_deref()?) else { return None };
    let page = version.site.file(&path).ok()?;
    let Content::Bytes(bytes) = &page.content else { return None };
    Some(Seen::of(bytes, &overlay::bar(preview, Some(&page), now), version))
}

impl File {
    /// The answer with the file's bytes; `None` if the file is not the one any more that the site was made with.
    #[must_use]
    pub fn answer(&self, bytes: Option<Vec<u8>>) -> Response<Bytes> {
        let Some(bytes) = bytes else {
            let words = "This file has changed since the website was made, or is gone. Load it again in a moment.\n";
            let mut response = ready(StatusCode::SERVICE_UNAVAILABLE, TEXT, words);
            set(&mut response, RETRY_AFTER, "1");
            return response;
        };
        let mut response = ready(StatusCode::OK, self.media_type, bytes);
        if self.media_type == HTML || self.media_type.ends_with("xml") {
            set(&mut response, CONTENT_SECURITY_POLICY, POLICY_OF_ATTACHMENTS);
        }
        response
    }
}

fn without_version(preview: &Preview, now: &Zoned) -> Response<Bytes> {
    let mut response = ready(StatusCode::SERVICE_UNAVAILABLE, HTML, overlay::whole(preview, now));
    set(&mut response, RETRY_AFTER, "1");
    response
}

/// Leads the browser to `address`, which comes from the site's own paths, percent-encoded, never from the request.
fn elsewhere(address: &str) -> Response<Bytes> {
    let mut response = ready(StatusCode::FOUND, TEXT, "");
    match address.parse() {
        Ok(value) => drop(response.headers_mut().insert(LOCATION, value)),
        Err(_) => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    response
}

fn not_found(preview: &Preview, version: &SiteVersion, now: &Zoned) -> Response<Bytes> {
    const PAGE: &str = "404.html";
    match version.site.has(PAGE).then(|| version.site.file(PAGE)) {
        Some(Ok(page)) => ready(StatusCode::NOT_FOUND, HTML, shown(preview, version, &page, now)),
        _ => ready(StatusCode::NOT_FOUND, TEXT, "There is no page at this address.\n"),
    }
}

/// The bytes of a page with what the preview adds, before the last `</body>`.
fn shown(preview: &Preview, version: &SiteVersion, page: &Page, now: &Zoned) -> Vec<u8> {
    let Content::Bytes(bytes) = &page.content else { return Vec::new() };
    let bar = overlay::bar(preview, Some(page), now);
    let script = overlay::script(preview, &Seen::of(bytes, &bar, version).to_string());
    let (before, after) = bytes.split_at(end_of_body(bytes).unwrap_or(bytes.len()));
    [before, bar.as_bytes(), script.as_bytes(), after].concat()
}

/// Where the last `</body>` begins; `None` if there is none.
fn end_of_body(bytes: &[u8]) -> Option<usize> {
    bytes.windows(7).rposition(|seven| seven.eq_ignore_ascii_case(b"</body>"))
}

/// That the program failed while it made an answer, in words for the person who looks at the browser.
#[must_use]
pub fn failed() -> Response<Bytes> {
    let words = "Folkmoot itself has failed at this page; the terminal says how. Please report it.\n";
    ready(StatusCode::INTERNAL_SERVER_ERROR, TEXT, words)
}

/// Why a request is not answered, in words for the person who looks at the browser.
#[must_use]
pub fn refused(refusal: Refusal) -> Response<Bytes> {
    let (status, words) = match refusal {
        Refusal::Host => (StatusCode::FORBIDDEN, "This preview answers to localhost, 127.0.0.1 and [::1] only.\n"),
        Refusal::Origin => (StatusCode::FORBIDDEN, "This preview does not answer to pages of other sites.\n"),
        Refusal::Method => (StatusCode::METHOD_NOT_ALLOWED, "This preview can be read, and nothing else.\n"),
        Refusal::Body => (StatusCode::PAYLOAD_TOO_LARGE, "This preview takes nothing in.\n"),
        Refusal::Address => (StatusCode::BAD_REQUEST, "This is not an address of a website.\n"),
    };
    let mut response = ready(status, TEXT, words);
    set(&mut response, CONNECTION, "close");
    if refusal == Refusal::Method {
        set(&mut response, ALLOW, "GET, HEAD");
    }
    response
}

/// A response with the headers that every one has. No header lets another site read it.
fn ready(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    set(&mut response, CONTENT_TYPE, media_type);
    set(&mut response, CACHE_CONTROL, "no-store");
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, POLICY.clone());
    set(&mut response, X_CONTENT_TYPE_OPTIONS, "nosniff");
    // The address of a page that is not public must not travel with a click on a link.
    set(&mut response, REFERRER_POLICY, "same-origin");
    set(&mut response, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(&mut response, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    response
}

fn set(response: &mut Response<Bytes>, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::message::Messages;
    use super::super::preview::{Banner, BuildState, Files, PageOrigin};
    use super::*;

    fn preview(pages: &[(&str, &str)]) -> Preview {
        let page = |text: &str| Page { content: Content::Bytes(text.to_owned().into()), origin: PageOrigin::default() };
        let mut pages: Files = pages.iter().map(|(path, text)| ((*path).into(), page(text))).collect();
        let copy = Content::Copy { from: "content/plan.svg".into(), length: 3, hash: 9 };
        pages.insert("plan.svg".into(), Page { content: copy, origin: PageOrigin::default() });
        let site = Arc::new(pages);
        let version = SiteVersion { site, made_from: 0, base_path: String::new(), made_at: Zoned::default() };
        Preview {
            generation: 7,
            version: Some(Arc::new(version)),
            state: BuildState::Fresh,
            messages: Messages::default(),
            banner: Banner::default(),
        }
    }

    fn get(preview: &Preview, place: &str) -> Response<Bytes> {
        match answer(preview, &PreviewRequest::Page(place.into()), &Zoned::default()) {
            Answer::Ready(response) => response,
            Answer::File(file) => file.answer(Some(b"abc".to_vec())),
        }
    }

    fn header<'response>(response: &'response Response<Bytes>, name: &str) -> &'response str {
        response.headers().get(name).map_or("", |value| value.to_str().expect("our own words"))
    }

    #[test]
    fn every_answer_keeps_other_sites_out() {
        let preview = preview(&[("index.html", "<body></body>"), ("404.html", ""), ("x/index.html", "")]);
        let mut responses: Vec<_> = ["", "nowhere/", "x", "plan.svg"].map(|place| get(&preview, place)).into();
        for refusal in [Refusal::Host, Refusal::Origin, Refusal::Method, Refusal::Body, Refusal::Address] {
            responses.push(refused(refusal));
        }
        for response in responses {
            assert_eq!(header(&response, "x-content-type-options"), "nosniff");
            assert_eq!(header(&response, "cache-control"), "no-store");
            assert_eq!(header(&response, "cross-origin-resource-policy"), "same-origin");
            assert_eq!(header(&response, "referrer-policy"), "same-origin");
            assert!(header(&response, "content-security-policy").contains("default-src 'none'"));
            assert!(response.headers().keys().all(|name| !name.as_str().starts_with("access-control")));
        }
    }

    #[test]
    fn pages_get_the_addition_before_their_end_and_other_files_do_not() {
        let preview = preview(&[
            ("index.html", "<BODY>&lt;/body> <!-- </body> --> text</BODY></html>"),
            ("bare.html", "text"),
            ("feed.xml", "<a></body></a>"),
        ]);
        let text = |place: &str| String::from_utf8_lossy(get(&preview, place).body()).into_owned();
        let script = |place: &str| {
            let text = text(place);
            let (before, rest) =
                text.split_once("<script src=\"/_folkmoot/reload.js\" data-generation=\"7\"").expect(&text);
            let (seen, after) = rest.split_once("defer></script>\n").expect(rest);
            assert!(seen.starts_with(" data-seen=\"") && seen.len() > 20, "{seen}");
            format!("{before}|{after}")
        };
        assert_eq!(script(""), "<BODY>&lt;/body> <!-- </body> --> text|</BODY></html>");
        assert_eq!(script("bare.html"), "text|");
        assert_eq!(text("feed.xml"), "<a></body></a>");
    }

    #[test]
    fn what_is_not_there_is_the_sites_own_page_for_it() {
        let with = preview(&[("404.html", "Not here</body>")]);
        let response = get(&with, "nowhere/");
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert!(response.body().starts_with(b"Not here<script"));
        assert_eq!(get(&preview(&[]), "nowhere/").status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn an_address_without_its_slash_leads_on() {
        let response = get(&preview(&[("caf\u{e9} 1/index.html", "")]), "café 1");
        assert_eq!((response.status(), header(&response, "location")), (StatusCode::FOUND, "/caf%C3%A9%201/"));
    }

    #[test]
    fn without_a_version_every_address_says_how_things_are() {
        let mut preview = preview(&[]);
        preview.version = None;
        preview.state = BuildState::Waiting;
        let response = get(&preview, "any/");
        assert_eq!((response.status(), header(&response, "retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "1"));
        assert!(response.body().starts_with(b"<!doctype html>"));
    }

    #[test]
    fn a_file_that_changed_is_not_sent_and_a_drawing_cannot_act() {
        let Answer::File(file) = answer(&preview(&[]), &PreviewRequest::Page("plan.svg".into()), &Zoned::default())
        else {
            unreachable!("the route copies a file")
        };
        assert_eq!(file.answer(None).status(), StatusCode::SERVICE_UNAVAILABLE);
        let response = file.answer(Some(b"abc".to_vec()));
        assert_eq!(header(&response, "content-type"), "image/svg+xml");
        assert!(header(&response, "content-security-policy").starts_with("sandbox;"));
    }
}
