//! A bucket of a store that speaks S3: one request at a time, asked again where that helps.
//!
//! Input: the name of an object, bytes. Output: what the store has or said. Not here: what is sent, in which order, and by how many at once
//! (`store.rs`). No request depends on a condition: some stores pass over conditions and overwrite.
//!
//! Each request is signed for itself; whatever is sent goes with its SHA-256, which the store compares. Each object says its own sum
//! again ([`SUM`]), so that a later run can ask which bytes are there without reading them.

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::Event;
use rusty_s3::{Credentials, Map, Method, UrlStyle, signing};
use sha2::{Digest, Sha256};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, http};

use super::keys::{Keys, Variables, keys};
use super::manifest::Sum;
use super::store_error::StoreError;
use crate::model::StoreTarget;

/// Where an object says the sum of its bytes.
const SUM: &str = "x-amz-meta-sha256";

/// So often a request is made before it is given up.
const ATTEMPTS: u32 = 6;
/// The first pause before another attempt; each is twice as long as the one before.
const PAUSE: Duration = Duration::from_millis(200);

const CONNECT: Duration = Duration::from_secs(15);
/// How long a request may take, and how much longer for each MiB that is sent: a slow link is no fault.
const PATIENCE: Duration = Duration::from_secs(90);
const PATIENCE_FOR_MEBIBYTE: Duration = Duration::from_secs(60);

/// A signature holds for this long: the request is sent at once.
const SIGNED_FOR: u64 = 900;

/// The largest answer that is read: `release.txt` of a very large website.
const LARGEST_ANSWER: u64 = 1 << 28;

/// A bucket, or a folder in one.
pub(super) struct Bucket {
    agent: Agent,
    bucket: rusty_s3::Bucket,
    credentials: Credentials,
    prefix: String,
    endpoint: String,
    shown: String,
    began: (Timestamp, Instant),
}

/// What a store says of an object, and its bytes.
pub(super) struct Object {
    /// Empty where only the rest was asked for.
    pub bytes: Vec<u8>,
    /// The sum of its bytes, if it was put there by this program.
    pub sum: Option<Sum>,
    /// How many seconds ago it was put there, by the clock of the store; `None` if the store does not say.
    pub age: Option<i64>,
}

/// What goes with an object.
pub(super) struct Headers<'text> {
    pub media_type: &'text str,
    pub cache_control: &'text str,
    pub leads_to: Option<&'text str>,
}

struct Request<'text> {
    method: Method,
    key: &'text str,
    query: Map<'text>,
    headers: Map<'text>,
    body: &'text [u8],
}

impl<'text> Request<'text> {
    fn of(method: Method, key: &'text str) -> Self {
        Self { method, key, query: Map::new(), headers: Map::new(), body: &[] }
    }
}

struct Reply {
    status: u16,
    headers: http::HeaderMap,
    body: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn time(&self, name: &str) -> Option<Timestamp> {
        Some(jiff::fmt::rfc2822::parse(self.header(name)?).ok()?.timestamp())
    }

    fn object(self) -> Object {
        let ago = self.time("date").zip(self.time("last-modified"));
        let age = ago.map(|(now, then)| now.as_second() - then.as_second());
        Object { sum: self.header(SUM).and_then(Sum::read), age, bytes: self.body }
    }
}

impl Bucket {
    /// The bucket of a target, with the keys that the environment names; `now` is the time by the machine's clock.
    ///
    /// # Errors
    /// There are no keys, or the file of authorities cannot be read.
    pub(super) fn open(target: &StoreTarget, variables: Variables, now: Timestamp) -> Result<Self, StoreError> {
        let Keys { id, secret, token } = keys(variables)?;
        let credentials = match token {
            Some(token) => Credentials::new_with_token(id, secret, token),
            None => Credentials::new(id, secret),
        };
        let unreachable = |words: String| StoreError::Unreachable { store: target.endpoint.clone(), words };
        let endpoint = target.endpoint.parse().map_err(|_| unreachable("this is no address".into()))?;
        // By the path, since names with dots in them, as buckets of websites have, fit into no certificate.
        let bucket = rusty_s3::Bucket::new(endpoint, UrlStyle::Path, target.bucket.clone(), target.region.clone())
            .map_err(|error| unreachable(error.to_string()))?;
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .user_agent(concat!("folkmoot/", env!("CARGO_PKG_VERSION")));
        if let Some(path) = variables("AWS_CA_BUNDLE").filter(|path| !path.is_empty()) {
            let pem =
                std::fs::read(&path).map_err(|error| unreachable(format!("AWS_CA_BUNDLE cannot be read ({error})")))?;
            let read = parse_pem(&pem).filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            });
            let authorities: Vec<Certificate<'static>> = read.collect();
            config = config.tls_config(TlsConfig::builder().root_certs(RootCerts::from(authorities)).build());
        }
        Ok(Self {
            agent: config.build().new_agent(),
            bucket,
            credentials,
            prefix: target.prefix.clone(),
            endpoint: target.endpoint.clone(),
            shown: target.shown(),
            began: (now, Instant::now()),
        })
    }

    /// As people are told of it.
    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    /// An object as people are told of it.
    pub(super) fn shown_object(&self, path: &str) -> String {
        format!("{}/{path}", self.shown)
    }

    /// The name of a file in the bucket.
    fn key(&self, path: &str) -> String {
        if self.prefix.is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) }
    }

    /// The object at a path; `None` if there is none.
    pub(super) fn get(&self, path: &str) -> Result<Option<Object>, StoreError> {
        self.look(Method::Get, path)
    }

    /// What the store says of the object at a path, without its bytes; `None` if there is none.
    pub(super) fn head(&self, path: &str) -> Result<Option<Object>, StoreError> {
        self.look(Method::Head, path)
    }

    fn look(&self, method: Method, path: &str) -> Result<Option<Object>, StoreError> {
        let reply = self.ask(&Request::of(method, &self.key(path)), &format!("give {path}"))?;
        // A bucket that is not there is no file that is not there.
        if reply.status == 404 && element(&reply.body, "Code").first().is_none_or(|code| code != "NoSuchBucket") {
            return Ok(None);
        }
        done(&reply, &format!("give {path}"))?;
        Ok(Some(reply.object()))
    }

    /// Puts an object at a path, in the place of what is there.
    pub(super) fn put(&self, path: &str, bytes: &[u8], headers: &Headers<'_>) -> Result<(), StoreError> {
        let key = self.key(path);
        let mut request = Request { body: bytes, ..Request::of(Method::Put, &key) };
        request.headers.insert("cache-control", headers.cache_control);
        request.headers.insert("content-type", headers.media_type);
        request.headers.insert("x-amz-checksum-sha256", BASE64_STANDARD.encode(Sha256::digest(bytes)));
        request.headers.insert(SUM, Sum::of(bytes).to_string());
        if let Some(to) = headers.leads_to {
            request.headers.insert("x-amz-website-redirect-location", to);
        }
        let doing = format!("take {path}");
        done(&self.ask(&request, &doing)?, &doing)
    }

    /// Removes the object at a path, if there is one.
    pub(super) fn delete(&self, path: &str) -> Result<(), StoreError> {
        let doing = format!("remove {path}");
        let reply = self.ask(&Request::of(Method::Delete, &self.key(path)), &doing)?;
        let is_gone =
            reply.status == 404 && element(&reply.body, "Code").first().is_none_or(|code| code == "NoSuchKey");
        if is_gone { Ok(()) } else { done(&reply, &doing) }
    }

    /// The paths of the objects that there are, as far as the store knows: a list may be behind. With `only_some`, the first of them.
    pub(super) fn list(&self, only_some: bool) -> Result<Vec<String>, StoreError> {
        let mut paths = Vec::new();
        let prefix = self.key("");
        let mut token: Option<String> = None;
        loop {
            let mut request = Request::of(Method::Get, "");
            if let Some(token) = token {
                request.query.insert("continuation-token", token);
            }
            request.query.insert("list-type", "2");
            request.query.insert("prefix", &*prefix);
            let reply = self.ask(&request, "list its objects")?;
            done(&reply, "list its objects")?;
            let keys = element(&reply.body, "Key");
            paths.extend(keys.iter().filter_map(|key| key.strip_prefix(&prefix)).map(str::to_owned));
            token = element(&reply.body, "NextContinuationToken").into_iter().next();
            if token.is_none() || only_some {
                return Ok(paths);
            }
        }
    }

    /// Makes a request until the store answers it, or it has been made often enough.
    fn ask(&self, request: &Request<'_>, doing: &str) -> Result<Reply, StoreError> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let reply = self.ask_once(request);
            let is_passing = match &reply {
                Ok(reply) => matches!(reply.status, 408 | 429 | 500 | 502..=504),
                Err(_) => true,
            };
            if !is_passing || attempt == ATTEMPTS {
                let store = || self.endpoint.clone();
                return reply.map_err(|error| StoreError::Unreachable {
                    store: store(),
                    words: format!("{error} (to {doing})"),
                });
            }
            std::thread::sleep(PAUSE * 2_u32.pow(attempt - 1));
        }
    }

    fn ask_once(&self, request: &Request<'_>) -> Result<Reply, ureq::Error> {
        let url = self.bucket.object_url(request.key);
        let now = self.began.0.checked_add(self.began.1.elapsed()).unwrap_or(self.began.0);
        let keys = &self.credentials;
        let signed = signing::sign(
            &now,
            request.method,
            url,
            keys.key(),
            keys.secret(),
            keys.token(),
            self.bucket.region(),
            SIGNED_FOR,
            request.query.iter(),
            request.headers.iter(),
        );
        let mut built = http::Request::builder().method(request.method.to_str()).uri(signed.as_str());
        for (name, value) in request.headers.iter() {
            built = built.header(name, value);
        }
        let mebibytes = u32::try_from(request.body.len() >> 20).unwrap_or(u32::MAX);
        let patience = PATIENCE.saturating_add(PATIENCE_FOR_MEBIBYTE.saturating_mul(mebibytes));
        let mut reply = if matches!(request.method, Method::Put) {
            let built = self.agent.configure_request(built.body(request.body)?).timeout_global(Some(patience)).build();
            self.agent.run(built)?
        } else {
            let built = self.agent.configure_request(built.body(())?).timeout_global(Some(patience)).build();
            self.agent.run(built)?
        };
        let body = reply.body_mut().with_config().limit(LARGEST_ANSWER).read_to_vec()?;
        Ok(Reply { status: reply.status().as_u16(), headers: reply.headers().clone(), body })
    }
}

/// Whether the store did what it was asked.
fn done(reply: &Reply, doing: &str) -> Result<(), StoreError> {
    if (200..300).contains(&reply.status) {
        return Ok(());
    }
    let first = |name: &str| element(&reply.body, name).into_iter().next().unwrap_or_default();
    Err(StoreError::Refused {
        doing: doing.to_owned(),
        status: reply.status,
        code: first("Code"),
        message: first("Message"),
    })
}

/// The texts of all elements of this name.
fn element(xml: &[u8], name: &str) -> Vec<String> {
    let mut reader = Reader::from_reader(xml);
    let mut found = Vec::new();
    let mut within: Option<String> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) if start.local_name().as_ref() == name => within = Some(String::new()),
            Ok(Event::End(_)) => found.extend(within.take()),
            Ok(Event::Text(text)) => {
                if let Some(own) = &mut within {
                    own.push_str(&text);
                }
            }
            Ok(Event::GeneralRef(reference)) => {
                if let Some(own) = &mut within {
                    let letter = reference.resolve_char_ref().ok().flatten().map(String::from);
                    let named = quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                    own.push_str(&letter.or(named).unwrap_or_default());
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_store_says_is_read() {
        let list = b"<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>b</Name>\
                     <Contents><Key>a&amp;b/index.html</Key><Size>1</Size></Contents><Contents><Key>caf&#233;.pdf</Key></Contents>\
                     <NextContinuationToken>x</NextContinuationToken></ListBucketResult>";
        assert_eq!(element(list, "Key"), ["a&b/index.html", "café.pdf"]);
        assert_eq!(element(list, "NextContinuationToken"), ["x"]);
        assert_eq!(element(b"no XML <at", "Code"), [] as [&str; 0]);
        let reply = Reply {
            status: 404,
            headers: http::HeaderMap::new(),
            body: b"<Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>".to_vec(),
        };
        let said = done(&reply, "take a").expect_err("it is refused").to_string();
        assert!(
            said.contains("did not take a: there is no such bucket") && said.contains("NoSuchBucket: gone."),
            "{said}"
        );
    }
}
