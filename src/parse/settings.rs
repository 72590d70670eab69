//! Values that several settings share: a line of text, a day, an address, a link, a contact.
//!
//! Input: a [`Value`] of `content/site.toml` or of another file of tables. Output: what it means, or `None` after a
//! diagnostic has said what is wrong with it. Not here: which settings there are.

use crate::data::{Mistake, Value, one_line};
use crate::diagnostic::SETTING;
use crate::language::clean_string;
use crate::model::{Contact, Date, MenuEntry, Said};

/// A text as one line, without characters that nobody can see.
pub(super) fn line(value: Value<'_>) -> Option<String> {
    let typed = value.text()?;
    let clean = clean_string(typed);
    if clean.len() < typed.len() {
        value.say(|diagnostics| diagnostics.direction_character(value.node.span));
    }
    let line = one_line(&clean);
    if line.is_empty() { value.empty() } else { Some(line) }
}

/// A text as one line, with its place.
pub(super) fn said(value: Value<'_>) -> Option<Said> {
    Some(Said { text: line(value)?.into(), span: value.node.span })
}

/// A calendar day: `2027-03-31`.
pub(super) fn day(value: Value<'_>) -> Option<jiff::civil::Date> {
    value.parsed(|typed| match Date::parse(typed) {
        Some(Date::Day(day)) => Ok(day),
        _ => {
            let fix = format!("Write year, month and day: `{} = \"2027-03-31\"`", value.key);
            Err((format!("`{typed}` is not a day"), fix))
        }
    })
}

/// A whole address on the web.
pub(super) fn web_address(value: Value<'_>) -> Option<String> {
    value.parsed(|typed| {
        let bare = typed.split(['?', '#']).next().unwrap_or_default();
        let fix = || format!("Write the whole address: `{} = \"https://www.example.gov.uk/page\"`", value.key);
        let fits = is_clean(typed) && split_url(bare).is_ok();
        fits.then(|| typed.to_owned()).ok_or_else(|| (format!("`{typed}` is not an address on the web"), fix()))
    })
}

/// A mail address.
pub(super) fn email(value: Value<'_>) -> Option<String> {
    value.parsed(|typed| {
        let parts =
            typed.split_once('@').filter(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
        let wrong: Mistake = (
            format!("`{typed}` is not a mail address"),
            "Write it like this: `email = \"clerk@example.gov.uk\"`".into(),
        );
        if parts.is_some() && is_clean(typed) { Ok(typed.to_owned()) } else { Err(wrong) }
    })
}

/// `[contact]`: how to reach somebody.
pub(super) fn contact(value: Value<'_>) -> Option<Contact> {
    value.table("[contact]\nemail = \"clerk@example.gov.uk\"", |table| Contact {
        post: table.get("post", line),
        email: table.get("email", email),
        telephone: table.get("telephone", line),
        address: table.get("address", |value| value.text().map(str::to_owned)),
    })
}

/// A link with its words, in a list that messages call `of`.
pub(super) fn link(value: Value<'_>, of: &str, example: &str) -> Option<MenuEntry> {
    value.keys(&SETTING, |table| {
        let (label, href) = (table.get("label", line), table.get("href", href));
        if !table.has("label") || !table.has("href") {
            return table.wrong(&format!("An entry of {of} needs `label` and `href`"), example);
        }
        Some(MenuEntry { label: label?, href: href? })
    })
}

/// An address of this site, of the web, or of a mailbox.
fn href(value: Value<'_>) -> Option<String> {
    let typed = value.text()?;
    let own = typed.starts_with('/') && !typed.starts_with("//");
    if (own || typed.starts_with("mailto:")) && is_clean(typed) {
        return Some(typed.to_owned());
    }
    if typed.contains("://") {
        return web_address(value);
    }
    value.wrong(
        &format!("`{typed}` is not an address that a link can lead to"),
        "Begin an address of this site with `/`, and any other with `https://`: `href = \"/minutes/\"`",
    )
}

/// Whether a text has no space and no invisible character.
fn is_clean(text: &str) -> bool {
    !text.contains(|character: char| character.is_whitespace() || character.is_control())
}

/// `https://host/path/` → the address without a slash at its end, and its path likewise; or what is wrong with it.
pub(super) fn split_url(typed: &str) -> Result<(String, String), &'static str> {
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
