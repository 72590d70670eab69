//! Words put into texts: `«…»` in a template, a value in a head.
//!
//! Input: texts. Output: texts. Not here: which words.

/// Stands for the number of an item.
pub(super) const NUMBER: &str = "«number»";

/// `text` with the words of `known` in the place of `«name»`, and `«number»` counted from 1. A paragraph that asks for a name without words
/// is left out, with the empty line after it.
pub(super) fn filled(text: &str, known: &[(&str, &str)]) -> String {
    let mut paragraphs = Vec::new();
    let mut count = 0;
    for paragraph in text.trim_matches('\n').split("\n\n") {
        let mut paragraph = paragraph.to_owned();
        for (name, words) in known.iter().filter(|(_, words)| !words.is_empty()) {
            paragraph = paragraph.replace(&format!("«{name}»"), words);
        }
        if paragraph.replace(NUMBER, "").contains('«') {
            continue;
        }
        while paragraph.contains(NUMBER) {
            count += 1;
            paragraph = paragraph.replacen(NUMBER, &count.to_string(), 1);
        }
        paragraphs.push(paragraph);
    }
    paragraphs.join("\n\n")
}

/// A text as a value of YAML: as it is where that cannot be read as anything else, and in quotes otherwise.
pub(super) fn yaml(text: &str) -> String {
    let letters = |letter: char| letter.is_alphanumeric() || " ,.;()'’–-/&£%?!".contains(letter);
    let plain = text.chars().all(letters)
        && text.starts_with(char::is_alphanumeric)
        && !text.ends_with(' ')
        && crate::data::boolean(text).is_none()
        && !["null", "on", "off"].contains(&text.to_lowercase().as_str());
    if plain { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes, as YAML, TOML and JSON read it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}

/// A text in lines of comment, each at most `width` characters long.
pub(super) fn comment(text: &str, width: usize) -> String {
    let mut lines = String::new();
    let mut line = String::from("#");
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > width && line.len() > 1 {
            lines.push_str(&line);
            lines.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    lines + &line + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_without_its_words_is_left_out() {
        let text = "\n## A\n\n«list»\n\n## B «day»\n";
        assert_eq!(filled(text, &[("list", ""), ("day", "Monday")]), "## A\n\n## B Monday");
        assert_eq!(filled("a\nb\n\nc", &[]), "a\nb\n\nc");
        let numbered = "## «number». A\n\n## «number». «day»\n\n«list»\n\n## «number». B";
        assert_eq!(
            filled(numbered, &[("list", "## «number». C\n\n## «number». D")]),
            "## 1. A\n\n## 2. C\n\n## 3. D\n\n## 4. B"
        );
    }

    #[test]
    fn values_stay_what_was_typed() {
        for plain in ["Safer Marlshire", "Anti-social behaviour (2026/27)", "Jo's group", "2024-04", "bodies/board"] {
            assert_eq!(yaml(plain), plain);
        }
        for (typed, written) in [
            ("Plan: the first", "\"Plan: the first\""),
            ("no", "\"no\""),
            ("#1", "\"#1\""),
            ("a \"b\"", "\"a \\\"b\\\"\""),
            ("[x]", "\"[x]\""),
        ] {
            assert_eq!(yaml(typed), written);
        }
    }

    #[test]
    fn comments_keep_to_their_width() {
        assert_eq!(comment("one two three", 10), "# one two\n# three\n");
        assert_eq!(comment("", 10), "#\n");
    }
}
