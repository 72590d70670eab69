//! What the preview adds to pages: whether they are public, whether they are fresh, and what is to be mended.
//!
//! Input: a [`Preview`], the page that is asked for, and the time. Output: HTML to stand before `</body>`, or a page of its
//! own if the site has none to show. Everything that is not ours is escaped; nothing in it can act. Not here: the wording
//! of mistakes (`diagnostic/`), and the built bytes, which stay as they are.
//!
//! The bar stands in a shadow tree, so that no style of a theme reaches it and no id of a page clashes with it.
//! It is complete without its script: the messages are a `<details>`, which any keyboard opens and closes.

use std::fmt::Write as _;

use jiff::Zoned;

use super::message::{Excerpt, Location, Message, Messages};
use super::preview::{Banner, BuildState, Page, Preview};
use crate::diagnostic::{Severity, is_deceptive, list};
use crate::model::Why;

/// How many messages are shown in the bar of a page, before it points to the page with all of them.
const IN_BAR: usize = 40;

/// A page that says how the last build ended, for when the site has none to show: while it is made for the first time,
/// and when it cannot be made. It is also the page with all messages.
#[must_use]
pub fn whole(preview: &Preview, now: &Zoned) -> String {
    let said = state(preview, now) + &with_more(&preview.messages);
    page_of(heading(preview), &said, preview, is_stale(preview))
}

/// A page in the place of one that cannot be made, which says what stops it.
#[must_use]
pub fn stopped(preview: &Preview, stops: &Messages) -> String {
    page_of("This page cannot be made", &with_more(stops), preview, true)
}

/// All messages that are kept, and how many there are beside them.
fn with_more(messages: &Messages) -> String {
    let mut said = articles(&messages.list);
    if messages.more > 0 {
        let more = counted(messages.more, "more message");
        let _ = writeln!(said, "<p>… and {more}. <code>folkmoot check</code> shows all of them.</p>");
    }
    said
}

/// A page of the preview's own.
fn page_of(heading: &str, said: &str, preview: &Preview, is_stale: bool) -> String {
    let body = format!("<h1>{}</h1>\n{said}", marked(heading));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{} – Folkmoot</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"/_folkmoot/preview.css\">\n{}</head>\n\
         <body class=\"whole{}\">\n<main>\n{body}</main>\n</body>\n</html>\n",
        escaped(heading),
        script(preview, ""),
        if is_stale { " stale" } else { "" },
    )
}

/// The script that loads a page again of which `seen` is the fingerprint; empty for one that is not of the site.
#[must_use]
pub fn script(preview: &Preview, seen: &str) -> String {
    let generation = preview.generation;
    format!(
        "<script src=\"/_folkmoot/reload.js\" data-generation=\"{generation}\" data-seen=\"{seen}\" defer></script>\n"
    )
}

/// The bar of a page, to stand before its `</body>`; empty if there is nothing to say.
#[must_use]
pub fn bar(preview: &Preview, page: Option<&Page>, now: &Zoned) -> String {
    let says = banner(&preview.banner, page) + &state(preview, now) + &panel(preview, page);
    if says.is_empty() {
        return says;
    }
    format!(
        "<folkmoot-preview><template shadowrootmode=\"open\">\n\
         <link rel=\"stylesheet\" href=\"/_folkmoot/preview.css\">\n\
         <aside class=\"bar{}\" aria-label=\"Preview\">\n{says}</aside>\n</template></folkmoot-preview>\n",
        if is_stale(preview) { " stale" } else { "" },
    )
}

/// Whether something else is shown than what lies on the disk.
fn is_stale(preview: &Preview) -> bool {
    !matches!(preview.state, BuildState::Fresh | BuildState::Waiting)
}

fn banner(banner: &Banner, page: Option<&Page>) -> String {
    let mut lines = String::new();
    let private = page.and_then(|page| page.origin.private);
    if banner.drafts || private.is_some() {
        let why = private.map_or("This preview shows drafts and what is not public yet.", not_public);
        let _ = writeln!(lines, "<p class=\"ribbon\"><strong>NOT PUBLIC.</strong> {why}</p>");
    }
    if let Some(as_at) = &banner.as_at {
        let as_at = escaped(as_at);
        let _ = writeln!(lines, "<p class=\"ribbon\"><strong>NOT TODAY.</strong> This is the site as at {as_at}.</p>");
    }
    lines
}

fn not_public(why: Why) -> &'static str {
    match why {
        Why::Draft => "This page is a draft.",
        Why::Embargoed => "This page is held back until its day.",
        Why::Doubt => "This page is held back until its mistake is mended.",
        Why::Ended => "This page is public no longer.",
        Why::Unreadable => "The text of this page cannot be read.",
        Why::UnknownKind => "This page lies in a folder that is no kind of document.",
        Why::Translation => "This page is a translation, and those are not published yet.",
        Why::Exempt => "This page is exempt.",
        Why::Passages => "Parts of this page are exempt.",
    }
}

fn heading(preview: &Preview) -> &'static str {
    match &preview.state {
        BuildState::Waiting => "The website is being made",
        BuildState::Fresh if preview.messages.list.is_empty() => "Nothing to mend",
        BuildState::Fresh => "What to mend",
        BuildState::Stopped | BuildState::Failed(_) => "The website cannot be made",
        BuildState::Bug(_) => "Folkmoot itself has failed",
    }
}

/// The sentence on how the last build ended; empty if what is shown is fresh.
fn state(preview: &Preview, now: &Zoned) -> String {
    let why = match &preview.state {
        BuildState::Fresh => return String::new(),
        BuildState::Waiting => {
            return "<p>This page loads again by itself when the website is ready.</p>\n".to_owned();
        }
        BuildState::Stopped if preview.messages.errors == 1 => "1 error stops the website from being made.".to_owned(),
        BuildState::Stopped => {
            format!("{} stop the website from being made.", counted(preview.messages.errors, "error"))
        }
        BuildState::Failed(sentence) => format!("The website cannot be made. {}", marked(sentence)),
        BuildState::Bug(sentence) => format!(
            "Folkmoot itself has failed. This is our mistake, not yours; please report it with these words: \
             <q>{}</q> Until it is mended, undo your last change.",
            marked(sentence)
        ),
    };
    let shown = match &preview.version {
        Some(version) => format!("Showing the version from {}.", clock_time(&version.made_at, now)),
        None => "There is no version to show yet.".to_owned(),
    };
    format!("<p class=\"state\" role=\"alert\"><strong>{shown}</strong> {why}</p>\n")
}

/// The time of `then` in words: `14:02`, with the day if it is not that of `now`.
#[must_use]
pub fn clock_time(then: &Zoned, now: &Zoned) -> String {
    let form = if then.date() == now.date() { "%H:%M" } else { "%H:%M on %-d %B %Y" };
    then.strftime(form).to_string()
}

/// The messages, those about the page's own text first; open if they stop the site from being made.
fn panel(preview: &Preview, page: Option<&Page>) -> String {
    let messages = &preview.messages;
    if messages.errors + messages.warnings == 0 {
        return String::new();
    }
    let source = page.and_then(|page| page.origin.source.as_deref());
    let is_elsewhere = |message: &Message| source.is_none_or(|source| !message.is_about(source));
    let mut list: Vec<&Message> = messages.list.iter().collect();
    list.sort_by_key(|message| (message.severity, is_elsewhere(message)));
    let here = list.iter().filter(|message| !is_elsewhere(message)).count();
    let here = if here == 0 { String::new() } else { format!(", {here} on this page") };
    let hidden = list.len().saturating_sub(IN_BAR) + messages.more;
    list.truncate(IN_BAR);
    let all = if hidden == 0 {
        String::new()
    } else {
        format!("<p><a href=\"/_folkmoot/messages\">{} more</a></p>\n", counted(hidden, "message"))
    };
    format!(
        "<details{}>\n<summary>What to mend: {}{here}</summary>\n\
         <section class=\"panel\" aria-labelledby=\"heading\" tabindex=\"0\">\n\
         <h1 id=\"heading\">What to mend</h1>\n{}{all}</section>\n</details>\n",
        if is_stale(preview) { " open" } else { "" },
        totals(messages),
        articles(list),
    )
}

fn articles<'list>(messages: impl IntoIterator<Item = &'list Message>) -> String {
    let mut html = String::new();
    messages.into_iter().for_each(|message| article(&mut html, message));
    html
}

fn article(html: &mut String, message: &Message) {
    let word = message.severity.word();
    let label = match message.severity {
        Severity::Error => "Error:",
        Severity::Warning => "Warning:",
        Severity::Note => "Note:",
    };
    let _ = writeln!(html, "<article class=\"{word}\">\n<h2>{label} {}</h2>", marked(&message.title));
    for place in &message.places {
        self::place(html, place);
    }
    if message.more > 0 {
        let _ = writeln!(html, "<p class=\"place\">… and {}</p>", counted(message.more, "more place"));
    }
    if !message.why.is_empty() {
        let _ = writeln!(html, "<p>{}</p>", marked(&message.why));
    }
    let (first, paste) = message.fix.split_once('\n').unwrap_or((&message.fix, ""));
    if !first.is_empty() {
        let _ = writeln!(html, "<p><strong>What to do:</strong> {}</p>", marked(first));
    }
    if !paste.is_empty() {
        let _ = writeln!(html, "<pre><code>{}</code></pre>", escaped(paste));
    }
    let _ = writeln!(html, "<p class=\"code\">{}</p>\n</article>", escaped(message.code));
}

fn place(html: &mut String, place: &Location) {
    html.push_str("<p class=\"place\">");
    if let Some(label) = &place.label {
        let _ = write!(html, "{}: ", marked(label));
    }
    if let Some(name) = &place.name {
        let _ = write!(html, "<bdi>{}</bdi>  ", escaped(name));
    }
    let _ = write!(html, "<code>{}</code>", escaped(&place.path));
    let Some(excerpt) = &place.excerpt else {
        html.push_str("</p>\n");
        return;
    };
    let _ = writeln!(html, ", line {}, column {}</p>", excerpt.line, excerpt.column);
    self::excerpt(html, excerpt);
}

fn excerpt(html: &mut String, excerpt: &Excerpt) {
    html.push_str("<pre><code>");
    if let Some(above) = &excerpt.above {
        let number = excerpt.line.saturating_sub(1);
        let _ = writeln!(html, "<span class=\"line\">{number} | </span>{}", escaped(above));
    }
    // A place without characters, between two of them, is shown as wide as one.
    let marked = if excerpt.marked.is_empty() { " " } else { &excerpt.marked };
    let _ = writeln!(
        html,
        "<span class=\"line\">{} | </span>{}<mark>{}</mark>{}</code></pre>",
        excerpt.line,
        escaped(&excerpt.before),
        escaped(marked),
        escaped(&excerpt.after)
    );
}

/// How much is to be mended: `2 errors, 3 warnings and 1 note`.
fn totals(messages: &Messages) -> String {
    let parts = [(messages.errors, "error"), (messages.warnings, "warning"), (messages.notes, "note")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(count, noun));
    list(&parts.collect::<Vec<_>>())
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// `text` escaped; what stands between two backticks is marked as code.
fn marked(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(text);
    }
    let set = |(index, part): (usize, &&str)| match index % 2 {
        0 => escaped(part),
        _ => format!("<code>{}</code>", escaped(part)),
    };
    parts.iter().enumerate().map(set).collect()
}

/// `text` as HTML that stays text: no markup, no invisible character that turns the reading order, no control character.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' | '\t' => html.push(character),
            character if is_deceptive(character) => html.push('\u{FFFD}'),
            character => html.push(character),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::super::message::messages;
    use super::super::preview::{Content, Files, PageOrigin, SiteVersion};
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::model::Names;
    use crate::source::{SourceId, Sources, Span};

    const PATH: &str = "content/minutes/board/2026-03-12.md";

    fn time(hour: i8, minute: i8) -> Zoned {
        date(2026, 3, 12).at(hour, minute, 0, 0).in_tz("Europe/London").expect("a time that exists")
    }

    fn preview(state: BuildState, diagnostics: Diagnostics, text: &str) -> Preview {
        let sources = Sources::in_memory([(PATH.to_owned(), text.as_bytes().to_vec())], []);
        let names = Names::from([(SourceId(0), "<b>Minutes</b>")]);
        let site = Arc::new(Files::new());
        let version = SiteVersion { site, made_from: 0, base_path: String::new(), made_at: time(14, 2) };
        Preview {
            generation: 7,
            version: Some(Arc::new(version)),
            state,
            messages: messages(&diagnostics.sorted(), &sources, &names),
            banner: Banner::default(),
        }
    }

    fn page(private: Option<Why>) -> Page {
        let origin = PageOrigin { source: Some(PATH.into()), private };
        Page { content: Content::Bytes("".into()), origin }
    }

    fn one_error() -> Preview {
        let mut diagnostics = Diagnostics::new();
        diagnostics.add(
            "address-clash",
            Some(Span::new(SourceId(0), 6, 8)),
            "You typed 5, but the number before it is 3",
            "Councillors cite these numbers.",
            "Change `5` to 4, or write:\n{skip=4}",
        );
        preview(BuildState::Stopped, diagnostics, "first\n5. That the Plan\n")
    }

    #[test]
    fn a_fresh_page_without_mistakes_gets_no_bar() {
        let preview = preview(BuildState::Fresh, Diagnostics::new(), "");
        assert_eq!(bar(&preview, Some(&page(None)), &time(14, 5)), "");
    }

    #[test]
    fn a_stale_page_says_so_and_shows_everything_that_is_to_be_mended() {
        let html = bar(&one_error(), Some(&page(None)), &time(14, 5));
        for expected in [
            "<p class=\"state\" role=\"alert\"><strong>Showing the version from 14:02.</strong> 1 error stops",
            "<details open>\n<summary>What to mend: 1 error, 1 on this page</summary>",
            "<h1 id=\"heading\">What to mend</h1>",
            "<h2>Error: You typed 5, but the number before it is 3</h2>",
            "<bdi>&lt;b&gt;Minutes&lt;/b&gt;</bdi>  <code>content/minutes/board/2026-03-12.md</code>, line 2, column 1",
            "<span class=\"line\">1 | </span>first\n<span class=\"line\">2 | </span><mark>5.</mark> That the Plan",
            "<p>Councillors cite these numbers.</p>",
            "<p><strong>What to do:</strong> Change <code>5</code> to 4, or write:</p>\n<pre><code>{skip=4}</code></pre>",
        ] {
            assert!(html.contains(expected), "{expected}\n---\n{html}");
        }
        assert_eq!(html.matches("role=\"alert\"").count(), 1);
    }

    #[test]
    fn another_day_is_named() {
        let yesterday = date(2026, 3, 11).at(17, 30, 0, 0).in_tz("Europe/London").expect("a time that exists");
        assert_eq!(clock_time(&yesterday, &time(9, 0)), "17:30 on 11 March 2026");
        assert_eq!(clock_time(&time(9, 5), &time(9, 6)), "09:05");
    }

    #[test]
    fn warnings_wait_in_a_closed_panel_and_notes_keep_quiet() {
        let with = |code| {
            let mut diagnostics = Diagnostics::new();
            diagnostics.add(code, None, "Seen", "", "");
            bar(&preview(BuildState::Fresh, diagnostics, ""), None, &time(14, 5))
        };
        let html = with("broken-link");
        assert!(html.contains("<details>\n<summary>What to mend: 1 warning</summary>"), "{html}");
        assert!(!html.contains("role=\"alert\""), "{html}");
        assert!(!with("heading-level").contains("<aside"), "{}", with("heading-level"));
    }

    #[test]
    fn what_is_not_public_says_so() {
        let mut preview = preview(BuildState::Fresh, Diagnostics::new(), "");
        preview.banner = Banner { drafts: true, as_at: Some("2026-12-01 <09:00>".into()) };
        let shown = |private| bar(&preview, Some(&page(private)), &time(14, 5));
        assert!(shown(None).contains("<strong>NOT PUBLIC.</strong> This preview shows drafts"));
        assert!(shown(None).contains("This is the site as at 2026-12-01 &lt;09:00&gt;."));
        assert!(shown(Some(Why::Draft)).contains("<strong>NOT PUBLIC.</strong> This page is a draft."));
        assert!(shown(Some(Why::Embargoed)).contains("This page is held back until its day."));
    }

    #[test]
    fn without_a_version_there_is_a_page_of_its_own() {
        let mut preview = one_error();
        preview.version = None;
        let html = whole(&preview, &time(14, 5));
        assert!(html.contains("<h1>The website cannot be made</h1>"), "{html}");
        assert!(html.contains("<strong>There is no version to show yet.</strong> 1 error stops"), "{html}");
        assert!(html.contains("<h2>Error: You typed 5"), "{html}");
        preview.state = BuildState::Bug("`thing` <broke>".into());
        let html = whole(&preview, &time(14, 5));
        assert!(html.contains("our mistake, not yours"), "{html}");
        assert!(html.contains("<q><code>thing</code> &lt;broke&gt;</q>"), "{html}");
        preview.state = BuildState::Waiting;
        preview.messages = Messages::default();
        assert!(whole(&preview, &time(14, 5)).contains("<h1>The website is being made</h1>"));
    }

    #[test]
    fn a_flood_of_messages_is_cut_and_the_pages_own_come_first() {
        let mut diagnostics = Diagnostics::new();
        for number in 0..100 {
            diagnostics.add("broken-link", None, format!("Link {number:03}"), "", "");
        }
        diagnostics.add("wrong-value", Some(Span::new(SourceId(0), 0, 1)), "Mine", "", "");
        let html = bar(&preview(BuildState::Fresh, diagnostics, "x"), Some(&page(None)), &time(14, 5));
        assert_eq!(html.matches("<article").count(), IN_BAR);
        assert!(html.find("Mine") < html.find("Link 000"), "{html}");
        assert!(html.contains("<a href=\"/_folkmoot/messages\">61 messages more</a>"), "{html}");
    }

    #[test]
    fn nothing_of_a_text_can_act() {
        let evil = "</template></aside><script>alert(1)</script><img src=x onerror='a' alt=\"b\">&\u{1b}[31m\u{202E}\0";
        let mut diagnostics = Diagnostics::new();
        let source = SourceId(0);
        diagnostics
            .add("address-clash", Some(Span::new(source, 0, evil.len())), evil, evil, format!("{evil}\n{evil}"))
            .also = vec![(Span::new(source, 0, 3), evil.into())];
        diagnostics.add("address-clash", None, "`a` `b", "", "").place = Some(evil.into());
        let preview = preview(BuildState::Stopped, diagnostics, evil);
        let pages = [(bar(&preview, None, &time(14, 5)), 0), (whole(&preview, &time(14, 5)), 1)];
        for (html, scripts) in pages {
            assert_eq!(html.matches("<script").count(), scripts, "{html}");
            assert!(!html.contains("<img") && !html.contains(['\u{1b}', '\u{202E}', '\0']), "{html}");
            assert!(html.contains("`a` `b"), "an odd backtick stays one: {html}");
        }
        assert_eq!(escaped("<>&\"'\u{1b}\u{2067}x\ny"), "&lt;&gt;&amp;&quot;&#39;\u{FFFD}\u{FFFD}x\ny");
    }
}
