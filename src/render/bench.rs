use super::{Arc, Diagnostics, body, document, page, plan, prepare, sample, together};
use crate::kind::*;
use crate::model::Value;
use crate::model::*;
use crate::source::*;

fn span() -> Span {
    Span::whole(SourceId(0))
}

pub fn big(n: usize) -> Site {
    let kinds = Arc::new(built_in());
    let minutes = kinds.by_name("minutes").unwrap();
    let resolution = kinds.by_name("resolution").unwrap();
    let body_kind = kinds.by_name("body").unwrap();
    let entry = |name: &str, value| Entry { name: name.into(), value, span: span() };
    let text = |t: &str| Value::Text(t.into());
    let mut documents = vec![];
    for b in 0..20 {
        documents.push(sample::document(&kinds, body_kind, &format!("b{b}"), Fields::default(), Body::default()));
    }
    for i in 0..n {
        let date = format!("{}-{:02}-{:02}", 2005 + i % 20, 1 + i % 12, 1 + i % 28);
        let mut html = String::new();
        let mut segments = vec![];
        let mut anchors = vec![];
        let mut headings = vec![];
        let mut links = vec![];
        let push = |html: &mut String, segments: &mut Vec<Segment>, t: &str| {
            let s = html.len() as u32;
            html.push_str(t);
            segments.push(Segment::Html { start: s, end: html.len() as u32 });
        };
        let lorem = "Officers agreed to circulate the note to all members of the committee before the next meeting, and to report on the figures for the year. ";
        for item in 1..=8u32 {
            for p in 0..6u32 {
                let label = if p == 0 { format!("{item}") } else { format!("{item}.{p}") };
                let kind = if p == 0 { AnchorKind::Item } else { AnchorKind::Numbered };
                let a = anchors.len() as u32;
                anchors.push(Anchor {
                    id: format!("para-{label}").into(),
                    kind,
                    label: if p < 3 { Some(label.clone().into()) } else { None },
                    opening: "x".into(),
                    span: span(),
                });
                push(&mut html, &mut segments, if p == 0 { "<h2" } else { "<p" });
                segments.push(Segment::Anchor(a));
                push(&mut html, &mut segments, ">");
                segments.push(Segment::Permalink(a));
                if p == 0 {
                    headings.push(Heading {
                        level: 2,
                        text: "Budget monitoring".into(),
                        label: Some(label.into()),
                        anchor: a,
                        span: span(),
                    });
                }
                push(&mut html, &mut segments, lorem);
                if p == 2 && item % 2 == 0 {
                    links.push(Link {
                        target: Target::Wiki { id: "bodies/b1".into(), place: None },
                        title: None,
                        bare: true,
                        span: span(),
                    });
                    segments.push(Segment::Link(links.len() as u32 - 1));
                    segments.push(Segment::LinkEnd(links.len() as u32 - 1));
                }
                push(&mut html, &mut segments, if p == 0 { "</h2>" } else { "</p>" });
            }
        }
        let landings = links.iter().map(|_| Landing::Document { document: DocumentId(1), anchor: None }).collect();
        let body = Body {
            html: html.into(),
            segments,
            anchors,
            headings,
            links,
            lead: "Officers agreed.".into(),
            ..Body::default()
        };
        let fields = Fields(vec![
            entry("date", Value::Date(Date::parse(&date).unwrap())),
            entry("time", text("10:00")),
            entry("venue", text("Council Chamber")),
            entry("status", Value::Choice("agreed".into())),
            entry("body", Value::Reference(Reference { id: format!("bodies/b{}", i % 20).into(), anchor: None })),
            entry("chair", text("Councillor A Smith")),
            entry("present", Value::List((0..6).map(|_| (text("Councillor B"), span())).collect())),
            entry("summary", text("A summary of the meeting in a sentence or two for the people.")),
        ]);
        let id = format!("m{i:06}");
        let mut d = sample::document(&kinds, minutes, &id, fields, body);
        d.landings = landings;
        documents.push(d);
        for r in 0..4 {
            let fields = Fields(vec![
                entry("made_at", Value::Reference(Reference { id: format!("minutes/{id}").into(), anchor: None })),
                entry("outcome", Value::Choice("noted".into())),
                entry("summary", text("That the report be noted and brought back.")),
            ]);
            let mut d = sample::document(&kinds, resolution, &format!("r{i:06}-{r}"), fields, Body::default());
            d.date = Date::parse(&date);
            documents.push(d);
        }
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    let mut site = sample::assemble(kinds, documents);
    site.config.page_size = 50;
    site.aliases.clear();
    site
}

struct Clock(u64);
impl Clock {
    fn ns() -> u64 {
        std::fs::read_to_string("/proc/thread-self/schedstat")
            .unwrap()
            .split_whitespace()
            .next()
            .unwrap()
            .parse()
            .unwrap()
    }
    fn now() -> Self {
        Self(Self::ns())
    }
    fn elapsed(&self) -> std::time::Duration {
        std::time::Duration::from_nanos(Self::ns() - self.0)
    }
}
fn rss() -> u64 {
    std::fs::read_to_string("/proc/self/status")
        .unwrap()
        .lines()
        .find(|l| l.starts_with("VmRSS"))
        .unwrap()
        .split_whitespace()
        .nth(1)
        .unwrap()
        .parse()
        .unwrap()
}

#[test]
#[ignore]
fn bench() {
    let n = 2000;
    let site = Arc::new(big(n));
    let before = rss();
    let t = Clock::now();
    let renderer = prepare(site.clone(), &[], &mut Diagnostics::new()).unwrap();
    println!("prepare {:?} rss +{} KB of {}", t.elapsed(), rss() - before, before);
    let t = Clock::now();
    let routes = plan(&renderer);
    println!("plan {:?} {} routes", t.elapsed(), routes.len());
    for name in ["minutes", "minutes", "resolution", "list"] {
        let t = Clock::now();
        let mut count = 0;
        let mut bytes = 0;
        for route in &routes {
            let wanted = match route.kind {
                RouteKind::Document(id) => {
                    name == "all" || renderer.view.site.kinds.get(site.document(id).kind).name == name
                }
                RouteKind::Listing(..) => name == "list" || name == "all",
                _ => name == "all",
            };
            if wanted {
                if let Ok(Output::Bytes(b)) = page(&renderer, route) {
                    bytes += b.len();
                    count += 1;
                }
            }
        }
        println!(
            "{name}: {count} pages, {:.1} us a page, {} bytes a page; rss {}",
            t.elapsed().as_secs_f64() * 1e6 / count as f64,
            bytes / count,
            rss()
        );
    }
    println!("context only:");
    let t = Clock::now();
    let mut count = 0;
    for route in &routes {
        if let RouteKind::Document(id) = route.kind {
            if &*renderer.view.site.kinds.get(site.document(id).kind).name == "minutes" {
                {
                    let (h, p) = document::document(&renderer.view, id);
                    std::hint::black_box(together(&h, &p))
                };
                count += 1;
            }
        }
    }
    println!("  {:.1} us a page", t.elapsed().as_secs_f64() * 1e6 / count as f64);
    let t = Clock::now();
    for route in &routes {
        if let RouteKind::Document(id) = route.kind {
            if &*renderer.view.site.kinds.get(site.document(id).kind).name == "minutes" {
                std::hint::black_box(body::of_document(&renderer.view, id));
            }
        }
    }
    println!("  body {:.1} us a page", t.elapsed().as_secs_f64() * 1e6 / count as f64);
}

#[global_allocator]
static GLOBAL: mimalloc::MiMalloc = mimalloc::MiMalloc;
