//! Code in a fence, coloured by class names; the theme has the colours.
//!
//! Input: code and the language that its fence names. Output: the words of the code, with an element for each part of
//! speech. Not here: a guess at the language; a fence without one, or with one that nobody knows, is plain.
//!
//! The grammars are read when the first fence with a language is met. Most sites never do.

use std::sync::LazyLock;

use syntect::parsing::{BasicScopeStackOp, ParseState, Scope, ScopeStack, ScopeStackOp, SyntaxSet};

use super::builder::Builder;
use crate::model::{Element, NodeId};

/// Longer code is plain: colouring takes time in proportion, and nobody reads it for its colours.
const LONGEST: usize = 64 * 1024;

/// A longer line is plain text to the grammars' patterns, which can be slow on it.
const LONGEST_LINE: usize = 1000;

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Says `code`. `spent` counts the bytes that a text has coloured so far.
pub(super) fn highlight(code: &str, language: &str, spent: &mut usize, out: &mut Builder) {
    let small = *spent + code.len() <= LONGEST && code.lines().all(|line| line.len() <= LONGEST_LINE);
    match (!language.is_empty() && small).then(|| parts(code, language)).flatten() {
        Some(lines) => {
            *spent += code.len();
            colour(&lines, out);
        }
        None => out.say(code),
    }
}

/// A line of code, and where in it its grammar begins and ends parts of speech.
type Line<'code> = (&'code str, Vec<(usize, ScopeStackOp)>);

/// The lines of the code; `None` if nobody knows the language or its grammar fails.
fn parts<'code>(code: &'code str, language: &str) -> Option<Vec<Line<'code>>> {
    let mut state = ParseState::new(GRAMMARS.find_syntax_by_token(language)?);
    code.split_inclusive('\n').map(|line| Some((line, state.parse_line(line, &GRAMMARS).ok()?))).collect()
}

fn colour(lines: &[Line<'_>], out: &mut Builder) {
    let mut stack = ScopeStack::new();
    let mut open: Vec<NodeId> = Vec::new();
    for (line, parts) in lines {
        let mut at = 0;
        for (next, part) in parts {
            out.say(&line[at..*next]);
            at = *next;
            let applied = stack.apply_with_hook(part, |step, _| match step {
                BasicScopeStackOp::Push(scope) => {
                    let name = out.name(&classes(scope));
                    open.push(out.open(Element::CodeColour(name)));
                }
                BasicScopeStackOp::Pop => {
                    if let Some(node) = open.pop() {
                        out.close_if_used(node);
                    }
                }
            });
            // A grammar that ends what it never began colours nothing from there on.
            if applied.is_err() {
                break;
            }
        }
        out.say(&line[at..]);
    }
    while let Some(node) = open.pop() {
        out.close_if_used(node);
    }
}

/// `code-string code-quoted` for the scope `string.quoted`.
fn classes(scope: Scope) -> String {
    let classes: Vec<String> = scope.build_string().split('.').map(|name| format!("code-{name}")).collect();
    classes.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn highlighted(code: &str, language: &str) -> (String, bool) {
        let mut out = Builder::default();
        highlight(code, language, &mut 0, &mut out);
        (out.text.words, !out.text.nodes.is_empty())
    }

    #[test]
    fn code_is_coloured_by_class_or_plain() {
        for (code, language, coloured) in [
            ("let x = \"<\";\n", "rust", true),
            ("a < b\n", "nobody-knows", false),
            ("a < b\n", "", false),
            (&*"x".repeat(LONGEST_LINE + 1), "rust", false),
        ] {
            assert_eq!(highlighted(code, language), (code.to_owned(), coloured), "{language}");
        }
    }
}
