//! Is a website in a store whole for its readers, whatever happens while it is published?
//!
//! Input: small sites, published by the real program into a real store, and a server between them that does what goes wrong. Output:
//! nothing. Not here: what readers are told by a server before the store (`servers/run`).
//!
//! `stores/run` starts the store, and names it in `FOLKMOOT_STORE`; without it these tests say that they were left out. `FOLKMOOT_LONG=1`
//! kills a thousand publications.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusty_s3::{Method, signing};

use crate::between::{Between, Fault};
use crate::commands::{Ran, Site, command};

/// The address of the store; `None`, which is said, where there is none.
#[expect(clippy::print_stderr, reason = "a test that is left out says so")]
fn store() -> Option<String> {
    let store = std::env::var("FOLKMOOT_STORE").ok().filter(|store| !store.is_empty());
    if store.is_none() {
        eprintln!("skipped: there is no store to publish to; ./tests/stores/run starts one and runs this");
    }
    store
}

/// A bucket of its own.
struct Bucket {
    store: String,
    name: String,
}

impl Bucket {
    fn made(store: &str, name: &str) -> Self {
        let now = Timestamp::now().as_millisecond();
        let bucket = Self { store: store.to_owned(), name: format!("{name}-{}-{now}", std::process::id()) };
        assert_eq!(bucket.ask(Method::Put, "", &[], b"").0, 200, "the bucket is made");
        bucket
    }

    /// Asks the store with the keys that it has; gives the status and the bytes of its answer.
    fn ask(&self, method: Method, key: &str, query: &[(&str, &str)], body: &[u8]) -> (u16, Vec<u8>) {
        let url = format!("{}/{}/{key}", self.store, self.name).trim_end_matches('/').parse().expect("an address");
        let (id, secret) = keys();
        let (query, none) = (query.iter().copied(), std::iter::empty());
        let region = region();
        let url = signing::sign(&Timestamp::now(), method, url, &id, &secret, None, &region, 600, query, none);
        request(method.to_str(), url.as_str(), body)
    }

    /// What a reader finds.
    fn read(&self, path: &str) -> (u16, Vec<u8>) {
        self.ask(Method::Get, path, &[], b"")
    }

    fn text(&self, path: &str) -> String {
        let (status, bytes) = self.read(path);
        assert_eq!(status, 200, "{path}");
        String::from_utf8(bytes).expect("it is text")
    }

    fn put(&self, path: &str, text: &str) {
        assert_eq!(self.ask(Method::Put, path, &[], text.as_bytes()).0, 200, "{path}");
    }

    fn delete(&self, path: &str) {
        assert_eq!(self.ask(Method::Delete, path, &[], b"").0, 204, "{path}");
    }

    /// Every path below `prefix`.
    fn list(&self, prefix: &str) -> BTreeSet<String> {
        let (status, bytes) = self.ask(Method::Get, "", &[("list-type", "2"), ("prefix", prefix)], b"");
        assert_eq!(status, 200);
        let text = String::from_utf8(bytes).expect("it is text");
        text.split("<Key>").skip(1).filter_map(|rest| Some(rest.split_once("</Key>")?.0.to_owned())).collect()
    }

    /// Copies it into a folder of the site and says whether that is what was released: without what goes with the next publication,
    /// because a page that somebody opened before may still ask for it.
    fn verified(&self, site: &Site) -> Ran {
        let _ = std::fs::remove_dir_all(site.path("copy"));
        let later = String::from_utf8(self.read(".folkmoot/later.txt").1).unwrap_or_default();
        let is_left = |path: &str| later.lines().any(|line| line == path);
        for path in self.list("").iter().filter(|path| !path.starts_with(".folkmoot") && !is_left(path)) {
            let (status, bytes) = self.read(path);
            // A list may still name what is gone; whether something is missing, `release.txt` knows.
            if status == 404 {
                continue;
            }
            assert_eq!(status, 200, "{path}");
            let copy = site.path("copy").join(path);
            std::fs::create_dir_all(copy.parent().expect("it lies in a folder")).expect("a folder");
            std::fs::write(copy, bytes).expect("it can be written");
        }
        site.run(&["verify", "copy"])
    }
}

/// The keys of the store.
fn keys() -> (String, String) {
    let of = |name: &str| std::env::var(name).expect("stores/run names the keys of the store");
    (of("AWS_ACCESS_KEY_ID"), of("AWS_SECRET_ACCESS_KEY"))
}

fn region() -> String {
    std::env::var("FOLKMOOT_STORE_REGION").unwrap_or_else(|_| "us-east-1".into())
}

fn request(method: &str, url: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let config =
        ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(120)));
    let agent = config.build().new_agent();
    let built = ureq::http::Request::builder().method(method).uri(url);
    let reply = match method {
        "PUT" => agent.run(built.body(body).expect("a request")),
        _ => agent.run(built.body(()).expect("a request")),
    };
    let mut reply = reply.expect("the store answers");
    (reply.status().as_u16(), reply.body_mut().read_to_vec().expect("the answer is whole"))
}

fn settings(endpoint: &str, bucket: &Bucket) -> String {
    let region = region();
    format!(
        "base_url = \"https://www.example.org\"\n[publish.live]\ns3 = \"{}\"\nendpoint = \"{endpoint}\"\nregion = \"{region}\"\n",
        bucket.name
    )
}

fn site(endpoint: &str, bucket: &Bucket) -> Site {
    Site::with(&[
        ("content/site.toml", &settings(endpoint, bucket)),
        ("content/minutes/board/2026-03-12.md", "## 7. Lighting\n\n7.12 Forty lamps had been broken since January.\n"),
        ("content/pages/about.md", &about("Who we are.")),
        ("content/pages/figures.csv", "Year,Number\n2025,4\n"),
        ("content/old-addresses.csv", "/documents/plan.pdf,pages/about\n"),
    ])
}

/// The page of which the tests change the words.
fn about(words: &str) -> String {
    format!("---\ntitle: About\naliases: [/who-we-are/]\n---\n\n{words} See the [figures](figures.csv).\n")
}

/// Publishes, with these variables beside those of the tests.
fn publish(site: &Site, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = command(&site.path("."), &[&["publish"], arguments].concat());
    let pipe = std::process::Stdio::piped;
    let run = command.stdout(pipe()).stderr(pipe()).envs(variables.iter().copied()).output().expect("it runs");
    let words = [run.stdout, run.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(!words.contains("panicked at"), "{words}");
    // A sentence may be broken into lines anywhere.
    Ran {
        code: run.status.code().expect("it ended by itself"),
        words: words.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn published(site: &Site) -> Ran {
    let ran = publish(site, &["--yes"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.words);
    ran
}

#[test]
fn a_store_is_told_what_each_file_is_and_gets_none_that_is_for_servers() {
    let Some(store) = store() else { return };
    let bucket = Bucket::made(&store, "told");
    let between = Between::start(&store, |_, _| Fault::None);
    let site = site(&between.url, &bucket);
    let shown = publish(&site, &["--dry-run"], &[]);
    assert!(
        shown.code == 0 && shown.words.contains("first publication") && bucket.list("").is_empty(),
        "{}",
        shown.words
    );
    published(&site);
    let asked = between.asked();
    let put = |path: &str| {
        asked.iter().find(|one| one.method == "PUT" && one.path.ends_with(path)).expect(path).headers.clone()
    };
    for (path, lines) in [
        ("/about/index.html", &["content-type: text/html; charset=utf-8", "cache-control: no-cache"][..]),
        ("/feed.xml", &["content-type: application/atom+xml; charset=utf-8", "cache-control: public, max-age=900"]),
        (".css", &["content-type: text/css; charset=utf-8", "cache-control: public, max-age=31536000, immutable"]),
        (".bin", &["content-type: application/octet-stream", "cache-control: public, max-age=31536000, immutable"]),
        ("/figures.csv", &["content-type: text/csv; charset=utf-8"]),
        (
            "/who-we-are/index.html",
            &["x-amz-website-redirect-location: /about/", "content-type: text/html; charset=utf-8"],
        ),
        (
            "/documents/plan.pdf",
            &["x-amz-website-redirect-location: /about/", "content-type: text/html; charset=utf-8"],
        ),
    ] {
        let headers = put(path);
        assert!(lines.iter().all(|line| headers.lines().any(|own| own == *line)), "{path}: {headers}");
    }
    let there = bucket.list("");
    let for_servers = ["_headers", "_redirects", ".htaccess", "web.config", "_server/nginx.conf"];
    assert!(for_servers.iter().all(|path| !there.contains(*path)), "{there:?}");
    assert_eq!(bucket.verified(&site).code, 0, "{}", bucket.verified(&site).words);
    assert!(!bucket.text("release.txt").contains("_headers"));
    let again = published(&site);
    assert!(again.words.contains("online already"), "{}", again.words);
    assert!(between.asked().iter().all(|one| one.method != "PUT"), "nothing is sent");

    let list = publish(&site, &["--list"], &[]);
    assert!(list.code == 0 && list.words.contains("1 20") && list.words.ends_with("online"), "{}", list.words);
    let back = publish(&site, &["--back", "--yes"], &[]);
    assert!(back.code == 2 && back.words.contains("not its files"), "{}", back.words);
}

/// What was sent and removed, in its order, but for what the program keeps for itself.
fn steps(between: &Between, bucket: &Bucket) -> Vec<String> {
    let root = format!("/{}/", bucket.name);
    let path = |path: &str| path.strip_prefix(&root).unwrap_or_default().to_owned();
    let asked = between.asked().into_iter().filter(|one| one.method != "GET" && one.method != "HEAD");
    let steps = asked.map(|one| format!("{} {}", one.method, path(&one.path)));
    steps.filter(|step| !step.contains(" .folkmoot/")).collect()
}

#[test]
fn a_store_gets_what_differs_in_an_order_that_leads_nobody_to_nothing() {
    let Some(store) = store() else { return };
    let bucket = Bucket::made(&store, "order");
    let between = Between::start(&store, |_, _| Fault::None);
    let site = site(&between.url, &bucket);
    site.change("content/pages/depot.md", "# Depot\n\nThe land behind the depot is for sale.\n");
    published(&site);
    between.asked();
    // A page goes from the public, another one comes, to which a third leads.
    site.change(
        "content/pages/depot.md",
        "---\ndraft: true\n---\n\n# Depot\n\nThe land behind the depot is for sale.\n",
    );
    site.change("content/pages/hall.md", "# Hall\n\nIt has two doors.\n");
    site.change("content/pages/about.md", &about("We meet in the [hall](hall.md)."));
    site.change("content/site.toml", &format!("{}[colours]\npreset = \"moss\"\n", settings(&between.url, &bucket)));
    published(&site);
    let steps = steps(&between, &bucket);
    let at = |step: &str| steps.iter().position(|own| own == step).unwrap_or_else(|| panic!("{step}: {steps:?}"));
    let find =
        |fits: &dyn Fn(&str) -> bool| steps.iter().position(|own| fits(own)).unwrap_or_else(|| panic!("{steps:?}"));
    assert_eq!(at("DELETE depot/index.html"), 0, "what was taken back goes first: {steps:?}");
    let style = find(&|step| step.starts_with("PUT assets/") && step.ends_with(".css"));
    let (hall, about, release) = (at("PUT hall/index.html"), at("PUT about/index.html"), at("PUT release.txt"));
    let gone = find(&|step| step.starts_with("DELETE search/"));
    assert!(style < hall && hall < about && about < release && release < gone, "{steps:?}");
    // Whoever has an old page open finds its style sheet still; after the next publication it is gone.
    let styles = || bucket.list("assets/").iter().filter(|path| path.ends_with(".css")).count();
    let both = styles();
    site.change("content/pages/hall.md", "# Hall\n\nIt has three doors.\n");
    published(&site);
    assert!(styles() < both && bucket.verified(&site).code == 0);
    let sent = between.asked().iter().filter(|one| one.method == "PUT" && one.path.ends_with(".html")).count();
    assert!(sent <= 3, "only what differs is sent: {sent}");
    let list = publish(&site, &["--list"], &[]);
    let numbers = ["3 20", "2 20", "1 20"].map(|number| list.words.find(number));
    assert!(
        list.code == 0 && numbers.is_sorted() && numbers[0].is_some() && list.words.contains("online"),
        "{}",
        list.words
    );
}

#[test]
fn what_stands_in_the_way_is_said_and_nothing_is_lost() {
    let Some(store) = store() else { return };
    let bucket = Bucket::made(&store, "refused");
    let site = site(&store, &bucket);
    let (_, secret) = keys();
    let refused = |variables: &[(&str, &str)], code: i32, said: &str| {
        let ran = publish(&site, &["--yes"], variables);
        assert!(ran.code == code && ran.words.contains(said), "{said}: {} {}", ran.code, ran.words);
        assert!(!ran.words.contains(&*secret), "{}", ran.words);
    };
    let nowhere = [("HOME", "/nowhere"), ("AWS_ACCESS_KEY_ID", ""), ("AWS_SHARED_CREDENTIALS_FILE", "/nowhere/keys")];
    refused(&nowhere, 2, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    refused(&[("AWS_ACCESS_KEY_ID", "somebody")], 2, "the keys");
    refused(&[("AWS_SECRET_ACCESS_KEY", "something")], 2, "the keys");
    bucket.put("photo.jpg", "a photograph");
    refused(&[], 2, "did not put there (photo.jpg)");
    assert_eq!(bucket.list("").len(), 1);
    bucket.delete("photo.jpg");
    let nobody = Bucket { store: store.clone(), name: "no-such-bucket".into() };
    site.change("content/site.toml", &settings(&store, &nobody));
    refused(&[], 2, "there is no such bucket");
    site.change("content/site.toml", &settings("http://127.0.0.1:9", &bucket));
    refused(&[], 3, "cannot be reached");

    // The files that every program for stores reads hold keys too.
    site.change("content/site.toml", &settings(&store, &bucket));
    let (id, secret) = keys();
    let text = format!(
        "[default]\naws_access_key_id = no\n[county]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n"
    );
    site.change("keys", &text);
    let keys = site.path("keys").display().to_string();
    let of_file = [("AWS_ACCESS_KEY_ID", ""), ("AWS_SHARED_CREDENTIALS_FILE", &*keys), ("AWS_PROFILE", "county")];
    let ran = publish(&site, &["--yes"], &of_file);
    assert_eq!(ran.code, 0, "{}", ran.words);
}

#[test]
fn somebody_else_and_a_release_that_is_not_the_last_are_named() {
    let Some(store) = store() else { return };
    let bucket = Bucket::made(&store, "others");
    let site = site(&store, &bucket);
    let refused = |said: &str| {
        let ran = publish(&site, &["--yes"], &[]);
        assert!(ran.code == 3 && ran.words.contains(said), "{said}: {} {}", ran.code, ran.words);
    };
    published(&site);
    // Somebody else publishes, or did a moment ago.
    bucket.put(".folkmoot/publishing.txt", "ann\n0000\n");
    site.change("content/pages/about.md", &about("We meet in the hall."));
    refused("Somebody else is publishing to this store: ann");
    refused("delete the object");
    assert!(bucket.text("about/index.html").contains("figures"));
    bucket.delete(".folkmoot/publishing.txt");
    published(&site);
    assert!(!bucket.list(".folkmoot").contains(".folkmoot/publishing.txt"));

    // What says what is online was changed, or is an older one.
    let (first, second) = (bucket.text(".folkmoot/releases/000001.txt"), bucket.text("release.txt"));
    site.change("content/pages/about.md", &about("We meet at noon."));
    for (text, said) in [
        (&*first, "somebody put an older file in its place"),
        (&second.replace("number: 2", "number: x"), "is not as Folkmoot wrote it"),
        (&second.replace("  about/", "  abouT/"), "is not as Folkmoot wrote it"),
    ] {
        bucket.put("release.txt", text);
        refused(said);
    }
    // The way out that is named: each file is looked at, also what somebody changed, and what nobody knows goes.
    bucket.delete("release.txt");
    bucket.put("404.html", "Somebody was here.");
    bucket.put("left/index.html", "Nobody knows this any more.");
    let mended = publish(&site, &["--yes"], &[]);
    assert!(mended.code == 0 && mended.words.contains("Release 3"), "{}", mended.words);
    assert_eq!(bucket.verified(&site).code, 0, "{}", bucket.verified(&site).words);
    // So it is where the list of what is doubtful is damaged.
    bucket.put(".folkmoot/doubtful.txt", "# Folkmoot publication 1\n# sum: 00\nabout/index.html\n");
    bucket.put("404.html", "Somebody was here again.");
    site.change("content/pages/about.md", &about("We meet at one."));
    published(&site);
    assert_eq!(bucket.verified(&site).code, 0);
}

#[test]
fn a_network_that_fails_costs_time_or_is_named_and_the_next_publication_completes() {
    let Some(store) = store() else { return };
    for (at, (fault, lasts)) in [
        (Fault::CutBefore, 1),
        (Fault::CutAfter, 1),
        (Fault::Answer(503, "SlowDown"), 2),
        (Fault::Slow(Duration::from_millis(300)), usize::MAX),
        (Fault::Answer(507, "XMinioStorageFull"), usize::MAX),
        (Fault::Answer(403, "AccessDenied"), usize::MAX),
        (Fault::CutBefore, usize::MAX),
    ]
    .into_iter()
    .enumerate()
    {
        let bucket = Bucket::made(&store, &format!("fails-{at}"));
        // From the twentieth thing on that is sent, so often.
        let sent = std::sync::atomic::AtomicUsize::new(0);
        let between = Between::start(&store, move |_, asked| {
            let number = if asked.method == "PUT" { sent.fetch_add(1, Ordering::SeqCst) + 1 } else { 0 };
            let is_hit = number >= 20 && number - 20 < lasts && (asked.method == "PUT");
            if is_hit { fault } else { Fault::None }
        });
        let site = site(&between.url, &bucket);
        let ran = publish(&site, &["--yes"], &[]);
        let goes_on = lasts < 3 || matches!(fault, Fault::Slow(_));
        assert_eq!(ran.code == 0, goes_on, "{fault:?}: {}", ran.words);
        let said = match fault {
            _ if goes_on => "Release 1 is online",
            Fault::Answer(507, _) => "it has no room left",
            Fault::Answer(..) => "the keys do not allow it",
            _ => "cannot be reached",
        };
        assert!(ran.words.contains(said), "{fault:?}: {}", ran.words);
        if !goes_on {
            // What was sent is not sent again.
            let whole = bucket.list("").iter().filter(|path| path.ends_with(".html")).count();
            let next = Between::start(&store, |_, _| Fault::None);
            site.change("content/site.toml", &settings(&next.url, &bucket));
            published(&site);
            let asked = next.asked();
            let looked = asked.iter().filter(|one| one.method == "HEAD" && one.path.ends_with(".html")).count();
            let sent = asked.iter().filter(|one| one.method == "PUT" && one.path.ends_with(".html")).count();
            let all = bucket.list("").iter().filter(|path| path.ends_with(".html")).count();
            assert!(looked == all && sent <= all - whole, "{fault:?}: {sent} of {all}, {whole} were there");
        }
        assert_eq!(bucket.verified(&site).code, 0, "{fault:?}");
    }
}

/// The round of which a page speaks.
fn round(page: &str) -> usize {
    let after = page.split_once("Round ").expect("it has its text").1;
    after.split_once('.').and_then(|(number, _)| number.parse().ok()).expect("it says its round")
}

/// The paths of everything that a page leads to on its own site.
fn leads_to(page: &str) -> BTreeSet<String> {
    let values = ["href=\"/", "src=\"/"].into_iter().flat_map(|name| page.split(name).skip(1));
    let paths = values.filter_map(|rest| rest.split(['"', '#', '?']).next());
    paths
        .map(|path| if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() })
        .collect()
}

/// What a reader meets who reads one page again and again, and follows all that it leads to. Ends when told to.
fn reader(bucket: &Bucket, stop: &AtomicBool) -> usize {
    let (mut last, mut seen) = (0, 0);
    while !stop.load(Ordering::Relaxed) {
        let (status, bytes) = bucket.read("about/index.html");
        let page = String::from_utf8(bytes).expect("it is text");
        assert!(status == 200 && page.ends_with("</html>\n"), "the page is there at any time: {status}");
        assert!(round(&page) >= last, "no reader goes back from {last} to {}", round(&page));
        last = round(&page);
        for path in leads_to(&page) {
            let (status, _) = bucket.read(&path);
            // Whoever has a page open while the next release comes may meet the end of what it led to.
            let is_same = || bucket.read("about/index.html").1 == page.as_bytes();
            assert!(status == 200 || !is_same(), "round {last} leads to {path}, which is not there: {status}");
        }
        seen += 1;
    }
    seen
}

#[test]
fn nothing_is_left_half_by_a_publication_that_is_killed() {
    let Some(store) = store() else { return };
    let trials = if std::env::var_os("FOLKMOOT_LONG").is_some() { 1000 } else { 24 };
    let bucket = Bucket::made(&store, "killed");
    let site = site(&store, &bucket);
    // Each round has another style sheet, a page that is new or other, and a page that leads to it.
    let change = |round: usize| {
        let preset = ["harbour", "moss", "heather"][round % 3];
        site.change("content/site.toml", &format!("{}[colours]\npreset = \"{preset}\"\n", settings(&store, &bucket)));
        let name = format!("r{}", round % 15);
        site.change(&format!("content/pages/{name}.md"), &format!("# Page {name}\n\nRound {round}.\n"));
        let about = about(&format!("Round {round}. See [it]({name}.md)."));
        site.change("content/pages/about.md", &about);
    };
    change(0);
    let started = Instant::now();
    published(&site);
    let whole_run = started.elapsed();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| reader(&bucket, &stop));
        let trial = |round: usize| {
            change(round);
            let mut child = command(&site.path("."), &["publish", "--yes"]).spawn().expect("it starts");
            // The points lie all over a run.
            std::thread::sleep(whole_run * (15 + (round * 61 % 100) as u32) / 110);
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
        };
        let failed = (1..=trials).find(|round| {
            trial(*round);
            reader.is_finished()
        });
        let last = publish(&site, &["--yes"], &[]);
        stop.store(true, Ordering::Relaxed);
        let seen = reader.join().expect("no reader met a gap");
        assert!(failed.is_none() && seen > 3, "{failed:?}");
        assert_eq!(last.code, 0, "{}", last.words);
    });
    assert_eq!(round(&bucket.text("about/index.html")), trials);
    let verified = bucket.verified(&site);
    assert_eq!(verified.code, 0, "{}", verified.words);
    // One more, so that what was left for later goes; then there is what was built and nothing else.
    change(trials + 1);
    published(&site);
    change(trials + 2);
    published(&site);
    let is_ours = |path: &Path| !path.starts_with(".folkmoot") && path.extension().is_some_and(|end| end == "html");
    let built: BTreeMap<_, _> = site.files("public").into_iter().filter(|(path, _)| is_ours(path)).collect();
    for (path, bytes) in &built {
        assert_eq!(bucket.text(&path.to_string_lossy()).as_bytes(), bytes, "{}", path.display());
    }
    let styles = bucket.list("assets/").iter().filter(|path| path.ends_with(".css")).count();
    let own =
        site.files("public/assets").keys().filter(|path| path.extension().is_some_and(|end| end == "css")).count();
    assert!(styles <= 2 * own, "{styles} style sheets for {own}");
}
