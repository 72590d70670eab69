//! A file of settings in which every setting is explained, and those are set that somebody gave.
//!
//! Input: a [`SettingFile`], and answers, by the names under which settings ask for them. Output: TOML. Not here: which settings there are.

use super::words::comment;
use crate::model::{Holds, List, Setting, SettingFile};

/// How long a line of comment is.
const WIDTH: usize = 100;

/// The file, as TOML. A setting without a value is a line of comment, to be used by taking its `#` away.
pub(super) fn explained(file: &SettingFile, given: &[(&str, String)]) -> String {
    let (tables, plain): (Vec<&Setting>, Vec<&Setting>) = file.keys.iter().partition(|key| is_table(key));
    let mut text = String::new();
    for key in plain {
        text.push('\n');
        text.push_str(&line(key, given));
    }
    for key in tables {
        table(key, "", false, given, &mut text);
    }
    text
}

fn is_table(key: &Setting) -> bool {
    matches!(key.holds, Holds::Table | Holds::Tables | Holds::Levels)
}

/// A setting with a value: what it is for, and the value or an example.
fn line(key: &Setting, given: &[(&str, String)]) -> String {
    let value = given.iter().find(|(name, _)| key.answer.as_deref() == Some(*name)).map(|(_, value)| value);
    let default = key.default.as_ref().filter(|_| value.is_none());
    let default = default.map(|default| format!(" If nothing is said: {default}.")).unwrap_or_default();
    let choices = if key.choices.is_empty() { String::new() } else { format!(" One of: {}.", key.choices.join(", ")) };
    let words = comment(&format!("{}{choices}{default}", key.help), WIDTH);
    match value {
        Some(value) => format!("{words}{} = {value}\n", key.name),
        None => format!("{words}# {} = {}\n", key.name, key.example),
    }
}

/// A table: its head, and its keys. One that means nothing without some of its keys is a comment as a whole; `inside` says that
/// the table around it is one.
fn table(key: &Setting, before: &str, inside: bool, given: &[(&str, String)], text: &mut String) {
    let name = key.name_of_table.as_ref().map(|name| format!(".{name}")).unwrap_or_default();
    let dotted = format!("{before}{}{name}", key.name);
    let head = if key.list == List::Yes { format!("[[{dotted}]]") } else { format!("[{dotted}]") };
    let asleep = inside || key.list == List::Yes || key.holds == Holds::Tables || key.keys.iter().any(|key| key.needed);
    let use_it = if asleep { " To use it, take the # away from the line in brackets too." } else { "" };
    let default = key.default.as_ref().map(|default| format!(" If nothing is said: {default}.")).unwrap_or_default();
    text.push('\n');
    text.push_str(&comment(&format!("{}{default}{use_it}", key.help), WIDTH));
    text.push_str(if asleep { "# " } else { "" });
    text.push_str(&format!("{head}\n"));
    if key.holds == Holds::Levels {
        text.push_str(&format!("# {}\n", key.example));
    }
    let inner = format!("{dotted}.");
    for key in key.keys.iter().filter(|key| !is_table(key)) {
        text.push_str(&line(key, given));
    }
    for key in key.keys.iter().filter(|key| is_table(key)) {
        table(key, &inner, asleep, given, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::setting_files;

    /// What is left when every line that can be used is used.
    fn used(text: &str) -> String {
        let is_setting =
            |line: &str| line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
        let lines = text.lines().map(|line| line.strip_prefix("# ").unwrap_or(line)).filter(|line| is_setting(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_setting_is_there_and_its_example_can_be_used() {
        let files = setting_files();
        let text = explained(&files[0], &[("name", "\"Safer\"".to_owned())]);
        assert!(text.contains("\ntitle = \"Safer\"\n") && text.contains("\n# theme = "), "{text}");
        assert!(text.contains("\n[contact]\n") && text.contains("\n# [[menu]]\n"), "{text}");
        let mut diagnostics = crate::diagnostic::Diagnostics::new();
        let node = crate::data::toml_file(&used(&text), crate::source::SourceId(0), "broken-config", &mut diagnostics);
        assert!(diagnostics.iter().next().is_none(), "{}", used(&text));
        let node = node.expect("it is TOML");
        for key in &files[0].keys {
            assert!(node.get(&key.name).is_some(), "{} is missing", key.name);
        }
    }
}
