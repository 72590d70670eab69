//! The preview from end to end: files in a folder, real sockets on this computer, and a builder that stands in for
//! the pipeline. Every wait is for something to happen; the time limits are only there to end a test that fails.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::preview::{Content, Files, Page};
use super::*;
use crate::diagnostic::Diagnostics;
use crate::model::Why;
use crate::source::{SourceId, Sources, Span};

/// After this nothing is waited for any more: far longer than the busiest machine needs.
const LONG: Duration = Duration::from_secs(120);

/// Makes `content/<name>.md` into the page `/<name>/`, and copies other files. The words `ERROR`, `PANIC` and `FAIL`
/// in a text do what they say.
struct Simple {
    root: PathBuf,
    /// Where a build waits for leave to end, after it has read the texts; and says that it does.
    gate: Option<(SyncSender<()>, Receiver<()>)>,
    /// What is found when all pages are looked through, and when; nothing at once if there is none.
    later: Option<Receiver<Messages>>,
}

impl Builder for Simple {
    fn build(&mut self) -> Result<BuildReport, String> {
        let mut texts = Vec::new();
        let entries = fs::read_dir(self.root.join("content")).map_err(|error| error.to_string())?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            // What is hidden is no content, nor half of a file that is being saved.
            if name.starts_with('.') {
                continue;
            }
            // A file that is gone meanwhile is seen in the next build.
            if let Ok(bytes) = fs::read(&path) {
                texts.push((name, bytes));
            }
        }
        texts.sort();
        if let Some((waiting, leave)) = &self.gate {
            // A test that is over waits for nothing any more.
            let _ = waiting.send(());
            let _ = leave.recv();
        }
        let (mut diagnostics, mut files) = (Diagnostics::new(), Files::new());
        let paths = texts.iter().map(|(name, bytes)| (format!("content/{name}"), bytes.clone()));
        let sources = Sources::in_memory(paths, []);
        for (index, (name, bytes)) in (0..).zip(&texts) {
            put(&mut files, name, bytes);
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("PANIC"), "the stand-in was told to panic");
            if text.contains("FAIL") {
                return Err("The disk is on fire.".into());
            }
            if let Some(start) = text.find("ERROR") {
                let span = Span::new(SourceId(index), start, start + 5);
                diagnostics.add("address-clash", Some(span), "There is an error", "Readers see it.", "Take it out.");
            }
        }
        let messages = messages(&diagnostics.sorted(), &sources, &crate::model::Names::new());
        let site = (messages.errors == 0).then(|| Arc::new(files) as Arc<dyn ShownSite>);
        let made_from = xxhash_rust::xxh3::xxh3_128(format!("{texts:?}").as_bytes());
        Ok(BuildReport { site, made_from, base_path: String::new(), messages })
    }

    fn look_through(&mut self, is_quiet: &(dyn Fn() -> bool + Sync)) -> Result<Option<Messages>, Disturbed> {
        let Some(later) = &self.later else { return Ok(None) };
        // It goes on until something happens, unless the test lets it end.
        loop {
            if !is_quiet() {
                return Err(Disturbed);
            }
            if let Ok(messages) = later.recv_timeout(Duration::from_millis(5)) {
                return Ok(Some(messages));
            }
        }
    }
}

fn put(files: &mut Files, name: &str, bytes: &[u8]) {
    let mut output = |path: String, content: Content, origin: PageOrigin| {
        files.insert(path.into(), Page { content, origin });
    };
    let Some(stem) = name.strip_suffix(".md") else {
        let hash = xxhash_rust::xxh3::xxh3_128(bytes);
        let from = format!("content/{name}").into();
        return output(name.into(), Content::Copy { from, length: bytes.len() as u64, hash }, PageOrigin::default());
    };
    let path = match stem {
        "index" | "404" => format!("{stem}.html"),
        _ => format!("{stem}/index.html"),
    };
    let html = format!("<html><body><p>{}</p></body></html>", String::from_utf8_lossy(bytes));
    let private = stem.starts_with("draft").then_some(Why::Draft);
    let origin = PageOrigin { source: Some(format!("content/{name}").into()), private };
    output(path, Content::Bytes(html.into()), origin);
}

/// A site in a folder that is gone afterwards, and its preview.
struct Site {
    folder: tempfile::TempDir,
    running: Running,
}

impl Site {
    fn with(files: &[(&str, &str)]) -> Self {
        Self::configured(files, |_| {}, |_| {})
    }

    fn configured(files: &[(&str, &str)], set: impl FnOnce(&mut Settings), make: impl FnOnce(&mut Simple)) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let root = folder.path().to_owned();
        fs::create_dir(root.join("content")).expect("a folder for the test");
        for (name, text) in files {
            fs::write(root.join("content").join(name), text).expect("a file for the test");
        }
        let mut settings = Settings {
            root: root.clone(),
            out: root.join("public"),
            port: 0,
            poll: false,
            banner: Banner::default(),
            limits: patient(),
        };
        set(&mut settings);
        let mut builder = Simple { root, gate: None, later: None };
        make(&mut builder);
        Self { folder, running: Running::start(builder, settings).expect("a port is free") }
    }

    /// Saves as editors do: a new file takes the place of the old one, so that nobody sees half of it.
    fn write(&self, name: &str, text: &str) {
        let new = self.path(&format!(".{name}.new"));
        fs::write(&new, text).expect("a file for the test");
        fs::rename(new, self.path(name)).expect("a file can be renamed");
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join("content").join(name)
    }

    /// Waits until a build has ended that changes anything.
    fn built(&self) -> BuildOutcome {
        loop {
            match self.running.events.recv_timeout(LONG).expect("something is built") {
                Event::Built(outcome) => return outcome,
                Event::Open(_) | Event::Polling(_) => {}
            }
        }
    }

    /// Waits until the site is shown as `is_so` says.
    fn until(&self, target: &str, is_so: impl Fn(&Reply) -> bool) -> Reply {
        let start = Instant::now();
        loop {
            let reply = self.get(target);
            if is_so(&reply) {
                return reply;
            }
            assert!(start.elapsed() < LONG, "{target} stays {reply:?}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.running.port)).expect("the preview listens");
        stream.set_read_timeout(Some(LONG)).expect("a socket has a timeout");
        stream
    }

    /// The reply to what is sent as it is.
    fn raw(&self, request: &str) -> Reply {
        let mut stream = self.connect();
        // The preview may answer and close before it has read all.
        let _ = stream.write_all(request.as_bytes());
        Reply::read(stream)
    }

    fn ask(&self, method: &str, target: &str, headers: &str) -> Reply {
        let port = self.running.port;
        self.raw(&format!("{method} {target} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{headers}\r\n"))
    }

    fn get(&self, target: &str) -> Reply {
        self.ask("GET", target, "")
    }

    fn generation(&self) -> String {
        let told = self.get("/_folkmoot/change?after=0").body;
        let number = told.strip_prefix("{\"generation\":\"").and_then(|rest| rest.split_once('"')).expect(&told).0;
        number.to_owned()
    }

    /// What a browser is told that shows the page at `target`, as it is now, when something changes.
    fn waits(&self, target: &str) -> TcpStream {
        let page = self.get(target).body;
        let said = |name: &str| {
            let rest = page.split_once(&format!("{name}=\"")).expect("the page says it").1;
            rest.split_once('"').expect("it ends").0
        };
        let (after, seen) = (said("data-generation"), said("data-seen"));
        let place = target.replace('/', "%2F");
        let mut stream = self.connect();
        let port = self.running.port;
        let ask = format!(
            "GET /_folkmoot/change?after={after}&page={place}&seen={seen} HTTP/1.1\r\nHost: localhost:{port}\r\n\
             Connection: close\r\n\r\n"
        );
        stream.write_all(ask.as_bytes()).expect("the preview listens");
        stream
    }
}

#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    /// Reads until the preview closes the connection.
    fn read(mut stream: TcpStream) -> Self {
        let mut bytes = Vec::new();
        let mut piece = [0; 4096];
        // A connection that is reset has ended too.
        while let Ok(count @ 1..) = stream.read(&mut piece) {
            bytes.extend_from_slice(&piece[..count]);
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Self { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn is_fresh(&self) -> bool {
        !self.body.contains("role=\"alert\"")
    }
}

#[test]
fn a_site_is_shown_from_memory() {
    let site = Site::with(&[("index.md", "Home"), ("about.md", "About"), ("404.md", "Not here"), ("plan.pdf", "%PDF")]);
    let outcome = site.built();
    assert_eq!((outcome.state, outcome.pages), (BuildState::Fresh, 3));
    let home = site.get("/");
    assert_eq!(home.status, 200);
    assert!(home.body.starts_with("<html><body><p>Home</p><script src=\"/_folkmoot/reload.js\""), "{}", home.body);
    assert!(home.head.contains("content-type: text/html; charset=utf-8"), "{}", home.head);
    assert!(!home.head.contains("access-control-"), "{}", home.head);
    let head = site.ask("HEAD", "/", "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert!(head.head.contains(&format!("content-length: {}", home.body.len())), "{}", head.head);
    assert!(site.get("/about").head.contains("location: /about/"));
    assert_eq!(site.get("/plan.pdf").body, "%PDF");
    let missing = site.get("/nowhere/");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("Not here"));
    for target in ["/_folkmoot/reload.js", "/_folkmoot/preview.css", "/_folkmoot/messages"] {
        assert_eq!(site.get(target).status, 200, "{target}");
    }
    let six = TcpStream::connect(("::1", site.running.port));
    assert!(
        six.is_ok()
            || TcpStream::connect(("::1", 1)).is_err_and(|error| error.kind() != io::ErrorKind::ConnectionRefused)
    );
}

#[test]
fn nothing_outside_the_site_is_read() {
    let site = Site::with(&[("index.md", "Home")]);
    site.built();
    for (target, status) in [
        ("/../../etc/passwd", 400),
        ("/%2e%2e/%2e%2e/etc/passwd", 400),
        ("/..%2f..%2fetc/passwd", 400),
        ("/%252e%252e/etc/passwd", 404),
        ("/etc/passwd", 404),
        ("/content/index.md", 404),
        ("/index.md", 404),
        ("/a%00b", 400),
        ("/a%5cb", 400),
        ("/a\\b", 400),
        ("//etc/passwd", 400),
        ("http://evil.example/", 400),
        ("/index.html", 200),
    ] {
        let reply = site.get(target);
        assert_eq!(reply.status, status, "{target}: {reply:?}");
        assert!(!reply.body.contains("root:"), "{target}");
    }
}

#[test]
fn strangers_are_refused() {
    let site = Site::with(&[("index.md", "Home")]);
    site.built();
    let port = site.running.port;
    let with_host = |host: &str| site.raw(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
    assert_eq!(with_host("evil.example").status, 403);
    assert_eq!(with_host(&format!("evil.example:{port}")).status, 403);
    assert_eq!(with_host(&format!("127.0.0.1:{port}")).status, 200);
    assert_eq!(site.raw("GET / HTTP/1.0\r\n\r\n").status, 403, "without a name");
    assert_eq!(site.ask("GET", "/", "Origin: https://evil.example\r\n").status, 403);
    assert_eq!(site.ask("GET", "/", &format!("Origin: http://localhost:{port}\r\n")).status, 200);
    let socket = "Upgrade: websocket\r\nOrigin: https://evil.example\r\n";
    assert_eq!(site.ask("GET", "/_folkmoot/change?after=0", socket).status, 403);
    assert_eq!(site.ask("POST", "/", "Content-Length: 0\r\n").status, 405);
    assert_eq!(site.ask("TRACE", "/", "").status, 405);
    assert_eq!(site.ask("GET", "/", "Content-Length: 5\r\n").status, 413);
}

#[test]
fn a_change_reaches_the_browser_by_itself() {
    let site = Site::with(&[("index.md", "One"), ("old.md", "Old")]);
    site.built();
    let (waiting, other) = (site.waits("/"), site.waits("/old/"));
    site.write("index.md", "Two");
    let told = Reply::read(waiting).body;
    assert!(told.contains("\"what\":\"page\""), "{told}");
    let told = Reply::read(other).body;
    assert!(told.contains("\"what\":\"same\""), "a page that stayed as it was is not loaded again: {told}");
    assert!(site.get("/").body.contains("<p>Two</p>"));
    fs::remove_file(site.path("old.md")).expect("a file can be deleted");
    site.until("/old/", |reply| reply.status == 404);
    fs::rename(site.path("index.md"), site.path("new.md")).expect("a file can be renamed");
    site.until("/new/", |reply| reply.body.contains("<p>Two</p>"));
}

#[test]
fn new_styles_need_no_new_page() {
    let site = Site::with(&[("index.md", "<link rel=\"stylesheet\" href=\"/site.css\">"), ("site.css", "a {}")]);
    site.built();
    let waiting = site.waits("/");
    site.write("site.css", "b {}");
    let told = Reply::read(waiting).body;
    assert!(told.contains("\"what\":\"style\"") && told.contains("\"styles\":[\"/site.css\"]"), "{told}");
}

#[test]
fn what_only_finished_pages_tell_comes_later_and_waits_for_no_one() {
    let (later, is_later) = std::sync::mpsc::channel();
    let site = Site::configured(&[("index.md", "One")], |_| {}, |builder| builder.later = Some(is_later));
    site.built();
    assert!(site.get("/").body.contains("<p>One</p>"), "pages are shown while it is looked through");
    site.write("index.md", "Two");
    site.until("/", |reply| reply.body.contains("<p>Two</p>"));
    let mut found = Diagnostics::new();
    found.add("broken-link", None, "A page says what it must not", "", "");
    let sources = Sources::in_memory([], []);
    later.send(messages(&found.sorted(), &sources, &crate::model::Names::new())).expect("it is looked through");
    let outcome = loop {
        let outcome = site.built();
        if !outcome.messages.list.is_empty() {
            break outcome;
        }
    };
    assert_eq!(outcome.messages.list[0].title.as_ref(), "A page says what it must not");
    assert!(site.get("/_folkmoot/messages").body.contains("A page says what it must not"));
}

#[test]
fn a_mistake_is_shown_over_the_last_version_until_it_is_mended() {
    let site = Site::with(&[("index.md", "One"), ("about.md", "About")]);
    site.built();
    for (text, words) in [
        ("Two ERROR <b>", "There is an error"),
        ("Two PANIC", "the stand-in was told to panic"),
        ("Two FAIL", "The disk is on fire."),
    ] {
        site.write("index.md", text);
        let stale = site.until("/", |reply| reply.body.contains(words));
        assert_eq!(stale.status, 200);
        assert!(stale.body.contains("<p>One</p>") && stale.body.contains("Showing the version from "), "{text}");
        assert!(!site.get("/about/").is_fresh(), "every page says so");
        assert!(site.get("/_folkmoot/messages").body.contains("<h1>"), "{text}");
        site.write("index.md", "One");
        site.until("/", Reply::is_fresh);
    }
}

#[test]
fn a_site_that_cannot_be_made_at_all_shows_why() {
    let site = Site::with(&[("index.md", "One\nERROR <script>")]);
    let outcome = site.built();
    assert_eq!((outcome.state, outcome.shown.is_none()), (BuildState::Stopped, true));
    let page = site.get("/any/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("<h1>The website cannot be made</h1>"), "{}", page.body);
    assert!(page.body.contains("<mark>ERROR</mark> &lt;script&gt;"), "{}", page.body);
    site.write("index.md", "One");
    site.until("/", |reply| reply.status == 200 && reply.is_fresh());
}

#[test]
fn drafts_are_marked() {
    let banner = Banner { drafts: true, as_at: None };
    let site =
        Site::configured(&[("index.md", "One"), ("draft.md", "Two")], |settings| settings.banner = banner, |_| {});
    site.built();
    assert!(site.get("/").body.contains("<strong>NOT PUBLIC.</strong> This preview shows drafts"));
    assert!(site.get("/draft/").body.contains("<strong>NOT PUBLIC.</strong> This page is a draft."));
}

#[test]
fn requests_are_answered_while_the_site_is_made_and_what_changes_meanwhile_is_made_next() {
    let (waiting, is_waiting) = sync_channel(0);
    let (leave, has_leave) = sync_channel(0);
    let site = Site::configured(&[("index.md", "One")], |_| {}, |builder| builder.gate = Some((waiting, has_leave)));
    let is_building = || is_waiting.recv_timeout(LONG).expect("a build begins");
    let go_on = || leave.send(()).expect("the build waits");
    is_building();
    let early = site.get("/");
    assert!(early.status == 503 && early.body.contains("The website is being made"), "{early:?}");
    go_on();
    site.built();
    site.write("index.md", "Two");
    is_building();
    assert!(site.get("/").body.contains("<p>One</p>"), "the last version is there");
    // The build has read its texts; this one it has not seen.
    site.write("index.md", "Three");
    go_on();
    is_building();
    go_on();
    site.until("/", |reply| reply.body.contains("<p>Three</p>"));
}

#[test]
fn in_a_storm_the_last_state_wins_and_no_page_is_ever_missing() {
    let site = Site::with(&[("index.md", "0")]);
    site.built();
    for number in 1..=100 {
        site.write("index.md", &number.to_string());
        assert_eq!(site.get("/").status, 200);
    }
    site.until("/", |reply| reply.body.contains("<p>100</p>"));
}

#[test]
fn what_changes_nothing_loads_no_page_again() {
    let site = Site::with(&[("index.md", "One")]);
    site.built();
    let first = site.generation();
    site.write("index.md", "One");
    site.write(".hidden", "x");
    site.write("other.md", "Other");
    site.built();
    let second = site.generation();
    assert_eq!(second.parse::<u64>().ok(), first.parse::<u64>().ok().map(|first| first + 1), "one change, not two");
}

#[test]
fn a_folder_of_which_nobody_tells_is_looked_at() {
    let site = Site::configured(&[("index.md", "One")], |settings| settings.poll = true, |_| {});
    site.built();
    site.write("index.md", "Two");
    site.until("/", |reply| reply.body.contains("<p>Two</p>"));
}

#[cfg(unix)]
#[test]
fn a_file_that_was_replaced_by_a_link_is_not_followed() {
    // The builds after the first never end: the stand-in reads through links.
    let (waiting, is_waiting) = sync_channel(0);
    let (leave, has_leave) = sync_channel(0);
    let site = Site::configured(&[("plan.pdf", "%PDF")], |_| {}, |builder| builder.gate = Some((waiting, has_leave)));
    is_waiting.recv_timeout(LONG).expect("a build begins");
    leave.send(()).expect("the build waits");
    site.built();
    let secret = site.folder.path().join("secret");
    fs::write(&secret, "SECR").expect("a file for the test");
    replace_by_link(&site.path("plan.pdf"), &secret);
    let reply = site.get("/plan.pdf");
    assert!(reply.status == 503 && !reply.body.contains("SECR"), "{reply:?}");
}

#[cfg(unix)]
fn replace_by_link(path: &Path, target: &Path) {
    fs::remove_file(path).expect("a file can be deleted");
    std::os::unix::fs::symlink(target, path).expect("a link for the test");
}

#[test]
fn a_long_head_is_refused() {
    let site = Site::with(&[("index.md", "Home")]);
    site.built();
    let reply = site.ask("GET", "/", &format!("X-Long: {}\r\n", "a".repeat(100_000)));
    assert!(matches!(reply.status, 431 | 0), "{}", reply.status);
    let reply = site.ask("GET", "/", &format!("X-Long: {}\r\n", "a".repeat(10_000)));
    assert_eq!(reply.status, 200, "but one that a browser with many cookies sends is not");
}

/// Limits of time that no machine is so busy as to reach.
fn patient() -> Limits {
    Limits { head: LONG, stalled: LONG, change: LONG, ..Limits::default() }
}

/// A limit that a test can wait for. A test has only the one that it is about.
const SOON: Duration = Duration::from_millis(200);

#[test]
fn slow_clients_are_let_go_and_leave_room_for_others() {
    let limits = Limits { connections: 4, head: SOON, ..patient() };
    let site = Site::configured(&[("index.md", "Home")], |settings| settings.limits = limits, |_| {});
    site.built();
    let mut slow: Vec<TcpStream> = (0..100).map(|_| site.connect()).collect();
    for stream in &mut slow {
        // Those that found no room are closed already.
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: loc");
    }
    site.until("/", |reply| reply.status == 200);
    for stream in &mut slow {
        let ended = stream.read_to_end(&mut Vec::new()).map_err(|error| error.kind());
        assert!(!matches!(ended, Err(io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)), "{ended:?}");
    }
}

#[test]
fn a_client_that_takes_nothing_in_is_let_go() {
    let large = "x".repeat(30_000_000);
    let limits = Limits { connections: 1, stalled: SOON, ..patient() };
    let site = Site::configured(&[("large.md", &large)], |settings| settings.limits = limits, |_| {});
    site.built();
    let mut stalled = site.connect();
    let request = format!("GET /large/ HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", site.running.port);
    stalled.write_all(request.as_bytes()).expect("the preview listens");
    let mut first = [0; 15];
    stalled.read_exact(&mut first).expect("it has begun to answer");
    site.until("/_folkmoot/preview.css", |reply| reply.status == 200);
    let mut rest = Vec::new();
    let _ = stalled.read_to_end(&mut rest);
    assert!(rest.len() < large.len(), "the one place was given away before all was sent");
}

#[test]
fn a_dropped_preview_gives_its_port_back() {
    let site = Site::with(&[("index.md", "Home")]);
    site.built();
    let port = site.running.port;
    drop(site);
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_ok() {
        assert!(start.elapsed() < LONG, "somebody still listens");
        thread::sleep(Duration::from_millis(10));
    }
}
