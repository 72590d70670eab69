//! Code in a fence, coloured by class names; the theme has the colours.
//!
//! Enters: code and the language that its fence names. Leaves: HTML, with a `<span class="code-…">` for each part of
//! speech. Absent: a guess at the language; a fence without one, or with one that nobody knows, is plain.
//!
//! The grammars are read when the first fence with a language is met. Most sites never do.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;

use super::words::escape;

/// Longer code is plain: colouring takes time in proportion, and nobody reads it for its colours.
const LONGEST: usize = 64 * 1024;

/// A longer line is plain text to the grammars' patterns, which can be slow on it.
const LONGEST_LINE: usize = 1000;

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Appends `code` to `out`. `spent` counts what a text has coloured so far.
pub(super) fn highlight(code: &str, language: &str, spent: &mut usize, out: &mut String) {
    let small = *spent + code.len() <= LONGEST && code.lines().all(|line| line.len() <= LONGEST_LINE);
    match (!language.is_empty() && small).then(|| coloured(code, language)).flatten() {
        Some(html) => {
            *spent += code.len();
            out.push_str(&html);
        }
        None => escape(code, out),
    }
}

fn coloured(code: &str, language: &str) -> Option<String> {
    let syntax = GRAMMARS.find_syntax_by_token(language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "code-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &GRAMMARS, style);
    for line in code.split_inclusive('\n') {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_coloured_by_class_or_plain() {
        let html = |code, language| {
            let mut out = String::new();
            highlight(code, language, &mut 0, &mut out);
            out
        };
        assert!(html("let x = \"<\";\n", "rust").contains("<span class=\"code-"));
        assert!(!html("let x = \"<\";\n", "rust").contains("\"<\""));
        assert_eq!(html("a < b\n", "nobody-knows"), "a &lt; b\n");
        assert_eq!(html("a < b\n", ""), "a &lt; b\n");
        let long = "x".repeat(LONGEST_LINE + 1);
        assert_eq!(html(&long, "rust"), long);
    }
}
