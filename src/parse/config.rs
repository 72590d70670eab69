//! `content/site.toml` → [`Config`], with everything that it leaves out filled in.
//!
//! Input: the text of the file. Output: settings that can be used as they are (a `base_url` without a slash at its end
//! and the path in it, a time zone that exists, levels for codes that may have one), and a diagnostic for each setting
//! that cannot be used; such a setting keeps its default.
//! Not here: whether the theme exists (`read` knows the folders).

use super::accessibility::accessibility;
use super::branding::{colours, footer, picture};
use super::settings::{contact, day, email, line, link, said, split_url, web_address};
use super::targets::targets;
use crate::data::{Mistake, Table, Value, toml_file};
use crate::diagnostic::{CODES, Diagnostics, Levels, SETTING, Severity, code, nearest};
use crate::disclosure::drop_private_settings;
use crate::language::{countries, is_tag};
use crate::model::{Config, Passes, Said, Sensitive, Zone, zone_named, zone_names};
use crate::source::SourceId;

/// A list with more documents on one page than this helps nobody.
const LARGEST_PAGE: usize = 500;

/// What `[check]` may say of a code.
const LEVELS: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
    ("off", None),
];

/// The settings of a site.
pub fn config(text: &str, source: SourceId, diagnostics: &mut Diagnostics) -> Config {
    let mut config = Config::default();
    if let Some(mut node) = toml_file(text, source, "broken-config", diagnostics) {
        drop_private_settings(&mut node, diagnostics);
        Table::read(&node, &SETTING, diagnostics, |table| fill(&mut config, table));
    }
    config
}

/// Takes over every setting of the file. The order is the one in which a message lists them.
fn fill(config: &mut Config, table: &mut Table<'_>) {
    table.set("title", &mut config.title, line);
    config.organisation.clone_from(&config.title);
    table.set("organisation", &mut config.organisation, line);
    table.set("description", &mut config.description, line);
    if let Some((url, path)) = table.get("base_url", |value| value.parsed(base_url)) {
        config.base_url = Some(url);
        config.base_path = path;
    }
    table.set("language", &mut config.language, |value| value.parsed(language));
    table.set("time_zone", &mut config.zone, |value| value.parsed(zone));
    config.country = region(&config.language);
    if let Some(country) = table.get("country", country) {
        config.country = country;
    }
    table.set("theme", &mut config.theme, |value| value.parsed(theme));
    table.set("licence", &mut config.licence, line);
    table.set("licence_url", &mut config.licence_url, web_address);
    table.set("page_size", &mut config.page_size, page_size);
    table.set("security_contact", &mut config.security_contact, security_contact);
    table.set("security_expires", &mut config.security_expires, day);
    table.set("contact", &mut config.contact, contact);
    table.set("ask", &mut config.ask, asked);
    table.set("sensitive", &mut config.sensitive, sensitive);
    table.set("menu", &mut config.menu, |value| {
        const EXAMPLE: &str = "[[menu]]\nlabel = \"Minutes\"\nhref = \"/minutes/\"";
        value.list("entries", EXAMPLE, |entry| link(entry, "the menu", EXAMPLE))
    });
    table.set("footer", &mut config.footer, footer);
    table.set("logo", &mut config.branding.logo, picture);
    table.set("crest", &mut config.branding.crest, picture);
    table.set("share_picture", &mut config.branding.share, picture);
    table.get("colours", |value| colours(value, &mut config.branding));
    table.set("searches", &mut config.searches, |value| {
        value.list("texts", "Write it like this: `searches = [\"street lights\", \"noise\"]`", line)
    });
    table.set("accessibility", &mut config.accessibility, accessibility);
    table.set("check", &mut config.levels, check);
    table.set("recognise", &mut config.passes, passes);
    table.set("publish", &mut config.targets, targets);
}

/// `https://host/path` without a slash at its end, and its path likewise.
fn base_url(typed: &str) -> Result<(String, String), Mistake> {
    let fix = "Write the address at which readers find the site: `base_url = \"https://www.example.gov.uk/safer\"`";
    split_url(typed).map_err(|what| (format!("`{typed}` {what}"), fix.into()))
}

fn language(typed: &str) -> Result<String, Mistake> {
    let fix = "Write its code: `language = \"en\"`, `\"cy\"` for Welsh.";
    let wrong = || (format!("`{typed}` is not the code of a language"), fix.into());
    is_tag(typed).then(|| typed.to_owned()).ok_or_else(wrong)
}

fn zone(typed: &str) -> Result<Zone, Mistake> {
    zone_named(typed).ok_or_else(|| {
        let names = zone_names();
        let near = nearest(typed, names.iter().map(String::as_str)).unwrap_or("Europe/London");
        (format!("`{typed}` is not a time zone"), format!("Did you mean `time_zone = \"{near}\"`?"))
    })
}

/// A country by its two letters. One whose numbers are not known is none: links dial the digits as they are written.
fn country(value: Value<'_>) -> Option<Option<String>> {
    let code = value.text()?.to_ascii_uppercase();
    let known = countries().any(|known| known == code);
    if !known {
        value.say(|diagnostics| {
            let title = format!("How telephone numbers are written in `{code}` is not known");
            let why = "Links dial the digits as they are written, which ring inside the country alone.";
            let fix =
                "Write its two letters, `country = \"GB\"`, or each number with its country's code: `+44 1632 960123`";
            diagnostics.add("contact-detail", Some(value.node.span), title, why, fix);
        });
    }
    Some(known.then_some(code))
}

/// The country of a language: `GB` of `en-GB`.
fn region(language: &str) -> Option<String> {
    let region = language.split('-').skip(1).find(|part| part.len() == 2)?.to_ascii_uppercase();
    countries().any(|known| known == region).then_some(region)
}

fn theme(typed: &str) -> Result<String, Mistake> {
    let fix = "Write the name of a folder below `themes`, made of letters, digits and hyphens: `theme = \"county\"`";
    let fits = typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    fits.then(|| typed.to_owned()).ok_or_else(|| (format!("`{typed}` cannot be the name of a theme"), fix.into()))
}

fn page_size(value: Value<'_>) -> Option<usize> {
    let size = value.unquoted().and_then(|typed| typed.parse().ok()).filter(|size| (1..=LARGEST_PAGE).contains(size));
    size.or_else(|| {
        value.wrong("`page_size` should be a number from 1 to 500", "Write it without quotes: `page_size = 50`")
    })
}

/// Where reports of weaknesses go: a mail address, or an address on the web.
fn security_contact(value: Value<'_>) -> Option<String> {
    let typed = value.text()?;
    if typed.contains("://") { web_address(value) } else { email(value).map(|email| format!("mailto:{email}")) }
}

/// Whom people ask, by the ids of their pages.
fn asked(value: Value<'_>) -> Option<Vec<Said>> {
    value.list("ids of pages", "Write it like this: `ask = [\"contacts/police\", \"contacts/noise\"]`", said)
}

/// `[sensitive]`: what stands on pages that somebody may have to leave in a hurry.
fn sensitive(value: Value<'_>) -> Option<Sensitive> {
    value.table("[sensitive]\nhelp = \"If you are in danger now, call 999.\"", |table| {
        let topics =
            |value: Value<'_>| value.list("topics", "Write it like this: `topics = [\"domestic abuse\"]`", line);
        Sensitive {
            topics: table.get("topics", topics).unwrap_or_default(),
            help: table.get("help", line),
            ask: table.get("ask", asked).unwrap_or_default(),
            leave: table.get("leave", web_address),
            title: table.get("title", line),
        }
    })
}

/// What is looked for in minutes.
fn passes(value: Value<'_>) -> Option<Passes> {
    let mut passes = Passes::default();
    value.table("[recognise]\nactions = false", |table| {
        table.set("decisions", &mut passes.decisions, Value::boolean);
        table.set("actions", &mut passes.actions, Value::boolean);
        table.set("items", &mut passes.items, Value::boolean);
        table.set("presence", &mut passes.presence, Value::boolean);
        table.set("facts", &mut passes.facts, Value::boolean);
        table.set("notes", &mut passes.notes, Value::boolean);
    })?;
    Some(passes)
}

/// The levels that a site gives to codes. A code that guards what is withheld keeps its own.
fn check(value: Value<'_>) -> Option<Levels> {
    let mut levels = Levels::default();
    for (pair, level) in value.pairs("a table", "[check]\nheading-level = \"off\"") {
        match code(&pair.key) {
            None => {
                let near = nearest(&pair.key, CODES.iter().map(|code| code.code));
                value.say(|diagnostics| diagnostics.unknown_code(pair.key_span, &pair.key, near));
            }
            Some(code) if code.guards => {
                value.say(|diagnostics| diagnostics.guarded_code(pair.key_span, code.code));
            }
            Some(code) => {
                levels.0.extend(level.choice("a level", &LEVELS).map(|level| (code.code, level)));
            }
        }
    }
    Some(levels)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The settings in `text`, and the titles of what is said of them, by their places.
    pub(in crate::parse) fn read(text: &str) -> (Config, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let config = config(text, SourceId(0), &mut diagnostics);
        (config, diagnostics.sorted().into_iter().map(|one| one.title.into()).collect())
    }

    #[test]
    fn settings_are_ready_for_use() {
        let (config, said) = read(
            "title = \"Safer\\nMarlshire\"\nbase_url = 'https://WWW.example.gov.uk/safer/'\ntime_zone = 'Europe/Dublin'\n\
             page_size = 20\nlicence_url = 'https://www.example.org/l?v=3#a'\n[contact]\nemail = 'a@example.gov.uk'\n\
             [[menu]]\nlabel = 'Minutes'\nhref = '/minutes/'\n[check]\nheading-level = 'off'\nbroken-link = 'error'",
        );
        assert_eq!(said, [""; 0]);
        assert_eq!((config.title.as_str(), config.organisation.as_str()), ("Safer Marlshire", "Safer Marlshire"));
        assert_eq!(config.base_url.as_deref(), Some("https://www.example.gov.uk/safer"));
        assert_eq!((config.base_path.as_str(), config.page_size, config.menu.len()), ("/safer", 20, 1));
        assert_eq!(config.levels.get("heading-level"), Some(None));
        assert_eq!(config.levels.get("broken-link"), Some(Some(Severity::Error)));
        assert_eq!(read("base_url = 'https://x.example/'").0.base_path, "");
        let (config, said) = read("security_contact = 'security@x.example'\nsecurity_expires = '2027-03-31'");
        assert_eq!(said, [""; 0]);
        assert_eq!(config.security_contact.as_deref(), Some("mailto:security@x.example"));
        assert_eq!(config.security_expires, Some(jiff::civil::date(2027, 3, 31)));
    }

    #[test]
    fn mistakes_in_plain_words() {
        for (text, said) in [
            ("titel = 'x'", "`titel` is not a setting"),
            ("title = 5", "`title` should be a text in quotes"),
            ("title = ''", "`title` is empty"),
            ("title = “x”", "The text on this line needs straight quotes round it"),
            ("base_url = 'www.example.org'", "`www.example.org` does not begin with `https://`"),
            ("base_url = 'ftp://example.org'", "`ftp://example.org` does not begin with `https://`"),
            ("base_url = 'https://'", "`https://` has no host name that can be used"),
            ("base_url = 'https://a@b.example'", "`https://a@b.example` has no host name that can be used"),
            ("base_url = 'https://a.example/?q'", "`https://a.example/?q` has a `?` or a `#` in it"),
            ("base_url = 'https://a.example/x//y'", "`https://a.example/x//y` has a path that cannot be used"),
            ("base_url = 'https://a.example/../y'", "`https://a.example/../y` has a path that cannot be used"),
            ("time_zone = 'Europe/Londn'", "`Europe/Londn` is not a time zone"),
            ("language = 'english'", "`english` is not the code of a language"),
            ("theme = '../evil'", "`../evil` cannot be the name of a theme"),
            ("page_size = 0", "`page_size` should be a number from 1 to 500"),
            ("page_size = '50'", "`page_size` should be a number from 1 to 500"),
            ("licence_url = 'javascript:alert(1)'", "`javascript:alert(1)` is not an address on the web"),
            ("security_contact = 'x y'", "`x y` is not a mail address"),
            ("security_contact = 'ftp://x.example'", "`ftp://x.example` is not an address on the web"),
            ("security_expires = '2027'", "`2027` is not a day"),
            ("contact = 'x'", "`contact` should be a table"),
            ("[contact]\nmail = 'x'", "`mail` is not a setting"),
            ("[contact]\nemail = 'x'", "`x` is not a mail address"),
            ("menu = 'x'", "`menu` should be a list of entries"),
            ("searches = 'x'", "`searches` should be a list of texts"),
            ("[[menu]]\nlabel = 'x'", "An entry of the menu needs `label` and `href`"),
            (
                "[[menu]]\nlabel = 'x'\nhref = 'javascript:alert(1)'",
                "`javascript:alert(1)` is not an address that a link can lead to",
            ),
            ("check = 'x'", "`check` should be a table"),
            ("[check]\nbroken-lnk = 'error'", "No message has the code `broken-lnk`"),
            ("[check]\nbroken-link = 'fatal'", "`fatal` is not a level"),
            ("[check]\nunclear-visibility = 'off'", "The level of `unclear-visibility` cannot be changed"),
            ("title = 'a'\ntitle = 'b'", "This name stands twice"),
        ] {
            assert_eq!(read(text).1, [said], "{text}");
        }
    }
}
