//! `content/site.toml` → [`Config`], with everything that it leaves out filled in.
//!
//! Enters: the text. Leaves: settings that can be used as they are: a `base_url` without a slash at its end and the
//! path in it, a time zone that exists, levels for codes that may have one; and a diagnostic for each that cannot.
//! Deliberately absent: whether the theme is there (`read` knows the folders).

use crate::data::{Node, Pair, Raw, toml_file};
use crate::diagnostic::{CODES, Diagnostics, Severity, code, nearest};
use crate::language::clean_string;
use crate::language::is_tag;
use crate::model::{Config, Contact, Date, MenuEntry, zone_named, zone_names};
use crate::source::SourceId;

use super::front_matter::one_line;

/// Every setting.
const KEYS: &[&str] = &[
    "title",
    "organisation",
    "description",
    "base_url",
    "language",
    "time_zone",
    "theme",
    "licence",
    "licence_url",
    "page_size",
    "security_contact",
    "security_expires",
    "contact",
    "menu",
    "footer",
    "logo",
    "crest",
    "colours",
    "searches",
    "accessibility",
    "check",
];

/// The parts of `[contact]`.
const CONTACT: &[&str] = &["post", "email", "telephone", "address"];

/// The parts of each `[[menu]]`.
const MENU: &[&str] = &["label", "href"];

/// More documents on one page of a list help nobody.
const LARGEST_PAGE: usize = 500;

/// The settings of a site. What is wrong is left as it is where nothing is said.
pub fn config(text: &str, source: SourceId, diagnostics: &mut Diagnostics) -> Config {
    let mut config = Config::default();
    let Some(node) = toml_file(text, source, "broken-config", diagnostics) else { return config };
    for Pair { key, key_span, value } in node.pairs() {
        let mut setting = Setting { key, node: value, diagnostics };
        match key.as_str() {
            "title" => set(&mut config.title, setting.line()),
            "organisation" => set(&mut config.organisation, setting.line()),
            "description" => set(&mut config.description, setting.line().map(Some)),
            "base_url" => {
                if let Some((url, path)) = setting.base_url() {
                    config.base_url = Some(url);
                    config.base_path = path;
                }
            }
            "language" => set(&mut config.language, setting.language()),
            "time_zone" => set(&mut config.zone, setting.zone()),
            "theme" => set(&mut config.theme, setting.theme().map(Some)),
            "licence" => set(&mut config.licence, setting.line().map(Some)),
            "licence_url" => set(&mut config.licence_url, setting.web_address().map(Some)),
            "page_size" => set(&mut config.page_size, setting.page_size()),
            "security_contact" => set(&mut config.security_contact, setting.security_contact().map(Some)),
            "security_expires" => set(&mut config.security_expires, setting.day().map(Some)),
            "contact" => config.contact = setting.contact(),
            "menu" => config.menu = setting.menu(),
            "footer" => config.footer = setting.footer(),
            "logo" => set(&mut config.look.logo, setting.picture().map(Some)),
            "crest" => set(&mut config.look.crest, setting.picture().map(Some)),
            "colours" => setting.colours(&mut config.look),
            "searches" => config.searches = setting.lines(),
            "accessibility" => config.accessibility = setting.accessibility(),
            "check" => setting.check(&mut config),
            _ => diagnostics.unknown_setting(*key_span, key, nearest(key, KEYS.iter().copied()), KEYS),
        }
    }
    if node.get("organisation").is_none() {
        config.organisation.clone_from(&config.title);
    }
    config
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// One setting as typed.
pub(super) struct Setting<'node, 'call> {
    pub(super) key: &'node str,
    pub(super) node: &'node Node,
    pub(super) diagnostics: &'call mut Diagnostics,
}

impl<'node> Setting<'node, '_> {
    pub(super) fn wrong<T>(&mut self, title: &str, fix: &str) -> Option<T> {
        self.diagnostics.wrong_setting(self.node.span, title, fix);
        None
    }

    /// Another setting below this one.
    pub(super) fn part<'part>(&'part mut self, key: &'node str, node: &'node Node) -> Setting<'node, 'part> {
        Setting { key, node, diagnostics: self.diagnostics }
    }

    /// The characters of a text that is not empty.
    pub(super) fn text(&mut self) -> Option<&'node str> {
        let node = self.node;
        match &node.value {
            Raw::Scalar { text, quoted: true } if !text.trim().is_empty() => Some(text.trim()),
            Raw::Scalar { quoted: true, .. } => {
                let title = format!("`{}` is empty", self.key);
                self.wrong(&title, "Fill it in, or delete the line.")
            }
            _ => {
                let title = format!("`{}` should be a text in quotes", self.key);
                let example = format!("Write it like this: `{} = \"…\"`", self.key);
                self.wrong(&title, &example)
            }
        }
    }

    pub(super) fn line(&mut self) -> Option<String> {
        let typed = self.text()?;
        let clean = clean_string(typed);
        if clean.len() < typed.len() {
            self.diagnostics.direction_character(self.node.span);
        }
        Some(one_line(&clean))
    }

    /// A list of texts.
    fn lines(&mut self) -> Vec<String> {
        let node = self.node;
        let key = self.key;
        let Raw::List(items) = &node.value else {
            let title = format!("`{key}` should be a list of texts");
            self.wrong::<()>(&title, &format!("Write it like this: `{key} = [\"street lights\", \"noise\"]`"));
            return Vec::new();
        };
        items.iter().filter_map(|item| self.part(key, item).line()).collect()
    }

    fn base_url(&mut self) -> Option<(String, String)> {
        let typed = self.text()?;
        match split_url(typed) {
            Ok(parts) => Some(parts),
            Err(what) => self.wrong(
                &format!("`{typed}` {what}"),
                "Write the address at which readers find the site: `base_url = \"https://www.example.gov.uk/safer\"`",
            ),
        }
    }

    pub(super) fn web_address(&mut self) -> Option<String> {
        let typed = self.text()?;
        let bare = typed.split(['?', '#']).next().unwrap_or_default();
        if is_clean(typed) && split_url(bare).is_ok() {
            return Some(typed.to_owned());
        }
        let fix = format!("Write the whole address: `{} = \"https://www.example.gov.uk/page\"`", self.key);
        self.wrong(&format!("`{typed}` is not an address on the web"), &fix)
    }

    fn language(&mut self) -> Option<String> {
        let typed = self.text()?;
        if is_tag(typed) {
            return Some(typed.to_owned());
        }
        self.wrong(
            &format!("`{typed}` is not the code of a language"),
            "Write its code: `language = \"en\"`, `\"cy\"` for Welsh.",
        )
    }

    fn zone(&mut self) -> Option<crate::model::Zone> {
        let typed = self.text()?;
        if let Some(zone) = zone_named(typed) {
            return Some(zone);
        }
        let names = zone_names();
        let near = nearest(typed, names.iter().map(String::as_str));
        let fix = format!("Did you mean `time_zone = \"{}\"`?", near.unwrap_or("Europe/London"));
        self.wrong(&format!("`{typed}` is not a time zone"), &fix)
    }

    fn theme(&mut self) -> Option<String> {
        let typed = self.text()?;
        let fits = typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if fits {
            return Some(typed.to_owned());
        }
        self.wrong(
            &format!("`{typed}` cannot be the name of a theme"),
            "Write the name of a folder below `themes`, made of letters, digits and hyphens: `theme = \"county\"`",
        )
    }

    fn page_size(&mut self) -> Option<usize> {
        let size = match &self.node.value {
            Raw::Scalar { text, quoted: false } => text.parse().ok().filter(|size| (1..=LARGEST_PAGE).contains(size)),
            _ => None,
        };
        match size {
            Some(size) => Some(size),
            None => {
                self.wrong("`page_size` should be a number from 1 to 500", "Write it without quotes: `page_size = 50`")
            }
        }
    }

    pub(super) fn contact(&mut self) -> Contact {
        let mut contact = Contact::default();
        let node = self.node;
        if !matches!(node.value, Raw::Map(_)) {
            self.wrong::<()>("`contact` should be a table", "[contact]\nemail = \"clerk@example.gov.uk\"");
        }
        for Pair { key, key_span, value } in node.pairs() {
            let mut part = self.part(key, value);
            match key.as_str() {
                "post" => contact.post = part.line(),
                "email" => contact.email = part.email(),
                "telephone" => contact.telephone = part.line(),
                "address" => contact.address = part.text().map(str::to_owned),
                _ => self.diagnostics.unknown_setting(*key_span, key, nearest(key, CONTACT.iter().copied()), CONTACT),
            }
        }
        contact
    }

    fn email(&mut self) -> Option<String> {
        let typed = self.text()?;
        let parts =
            typed.split_once('@').filter(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
        if parts.is_some() && is_clean(typed) {
            return Some(typed.to_owned());
        }
        self.wrong(
            &format!("`{typed}` is not a mail address"),
            "Write it like this: `email = \"clerk@example.gov.uk\"`",
        )
    }

    /// Where reports of weaknesses go: a mail address, or an address on the web.
    fn security_contact(&mut self) -> Option<String> {
        let typed = self.text()?;
        if typed.contains("://") { self.web_address() } else { self.email().map(|email| format!("mailto:{email}")) }
    }

    pub(super) fn day(&mut self) -> Option<jiff::civil::Date> {
        let typed = self.text()?;
        match Date::parse(typed) {
            Some(Date::Day(day)) => Some(day),
            _ => {
                let example = format!("Write year, month and day: `{} = \"2027-03-31\"`", self.key);
                self.wrong(&format!("`{typed}` is not a day"), &example)
            }
        }
    }

    fn menu(&mut self) -> Vec<MenuEntry> {
        self.entries("the menu", "[[menu]]\nlabel = \"Minutes\"\nhref = \"/minutes/\"")
    }

    /// A list of links, each with its words; `of` is what messages call it.
    pub(super) fn entries(&mut self, of: &str, example: &str) -> Vec<MenuEntry> {
        let (node, key) = (self.node, self.key);
        let Raw::List(items) = &node.value else {
            self.wrong::<()>(&format!("`{key}` should be a list of entries"), example);
            return Vec::new();
        };
        let mut entries = Vec::new();
        for item in items {
            self.known_parts(item, MENU);
            let (Some(label), Some(href)) = (item.get("label"), item.get("href")) else {
                self.part(key, item).wrong::<()>(&format!("An entry of {of} needs `label` and `href`"), example);
                continue;
            };
            let (label, href) = (self.part("label", label).line(), self.part("href", href).href());
            if let (Some(label), Some(href)) = (label, href) {
                entries.push(MenuEntry { label, href });
            }
        }
        entries
    }

    /// Says which parts of a table are none of `known`.
    pub(super) fn known_parts(&mut self, node: &Node, known: &[&str]) {
        for Pair { key, key_span, .. } in node.pairs() {
            if !known.contains(&key.as_str()) {
                self.diagnostics.unknown_setting(*key_span, key, nearest(key, known.iter().copied()), known);
            }
        }
    }

    fn href(&mut self) -> Option<String> {
        let typed = self.text()?;
        let own = typed.starts_with('/') && !typed.starts_with("//") && is_clean(typed);
        if own || typed.starts_with("mailto:") && is_clean(typed) {
            return Some(typed.to_owned());
        }
        if typed.contains("://") {
            return self.web_address();
        }
        self.wrong(
            &format!("`{typed}` is not an address that a link can lead to"),
            "Begin an address of this site with `/`, and any other with `https://`: `href = \"/minutes/\"`",
        )
    }

    /// The levels of `[check]`.
    fn check(&mut self, config: &mut Config) {
        let node = self.node;
        if !matches!(node.value, Raw::Map(_)) {
            self.wrong::<()>("`check` should be a table", "[check]\nheading-level = \"off\"");
        }
        for Pair { key, key_span, value } in node.pairs() {
            match code(key) {
                None => {
                    let near = nearest(key, CODES.iter().map(|code| code.code));
                    self.diagnostics.unknown_code(*key_span, key, near);
                }
                Some(code) if code.guards => self.diagnostics.guarded_code(*key_span, code.code),
                Some(code) => {
                    if let Some(level) = self.part(key, value).level() {
                        config.levels.0.insert(code.code, level);
                    }
                }
            }
        }
    }

    /// A level, `off` (nothing inside), or nothing that can be read.
    fn level(&mut self) -> Option<Option<Severity>> {
        let severities = [Severity::Error, Severity::Warning, Severity::Note];
        match self.text()? {
            "off" => Some(None),
            typed => match severities.into_iter().find(|severity| severity.word() == typed) {
                Some(severity) => Some(Some(severity)),
                None => {
                    let fix = format!("Use one of: error, warning, note, off. `{} = \"warning\"`", self.key);
                    self.wrong(&format!("`{typed}` is not a level"), &fix)
                }
            },
        }
    }
}

/// No space and no invisible character.
fn is_clean(text: &str) -> bool {
    !text.contains(|character: char| character.is_whitespace() || character.is_control())
}

/// `https://host/path/` → the address without a slash at its end, and its path likewise; or what is wrong with it.
fn split_url(typed: &str) -> Result<(String, String), &'static str> {
    let (scheme, rest) = typed.split_once("://").ok_or("does not begin with `https://`")?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "https" && scheme != "http" {
        return Err("does not begin with `https://`");
    }
    if rest.contains(['?', '#']) {
        return Err("has a `?` or a `#` in it");
    }
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let name_fits = name
        .split('.')
        .all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    if !name_fits || port.parse::<u16>().is_err() {
        return Err("has no host name that can be used");
    }
    let path = path.trim_end_matches('/');
    let path_fits = path.split('/').skip(1).all(|name| {
        !matches!(name, "" | "." | "..")
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte))
    });
    if !path_fits {
        return Err("has a path that cannot be used");
    }
    Ok((format!("{scheme}://{}{path}", host.to_ascii_lowercase()), path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Config, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let config = config(text, SourceId(0), &mut diagnostics);
        (config, diagnostics.iter().map(|diagnostic| diagnostic.title.to_string()).collect())
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
