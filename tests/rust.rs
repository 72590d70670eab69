//! What `tidy` needs to see of a Rust file, without a parser.
//!
//! Enters: the text of a file that rustfmt has formatted. Leaves: its code without comments and the insides of
//! strings, what it names, its strings and its functions, each with a line from 1. Absent: macros, types, meaning.

/// A Rust file, looked at.
pub struct Rust {
    /// The text with comments, strings and characters blanked out, line for line.
    pub code: String,
    /// Every string with the line in which it begins, escapes as typed.
    pub strings: Vec<(usize, String)>,
}

/// A function and how many lines it takes, from its `fn` to its last brace.
pub struct Function {
    /// Where it begins.
    pub line: usize,
    /// Its name.
    pub name: String,
    /// Its lines.
    pub length: usize,
}

impl Rust {
    /// Looks at a text, but not at its test modules: tests may name what they like.
    pub fn read(text: &str) -> Self {
        let text = without_tests(text);
        let characters: Vec<char> = text.chars().collect();
        let mut rust = Self { code: String::with_capacity(text.len()), strings: Vec::new() };
        let mut at = 0;
        while at < characters.len() {
            let end = token_end(&characters, at);
            let token: String = characters[at..end].iter().collect();
            match inside_of_string(&token) {
                Some(inside) => {
                    let line = rust.code.matches('\n').count() + 1;
                    rust.strings.push((line, inside.to_owned()));
                    rust.blank(&token);
                }
                None if token.starts_with('/') && token.len() > 1 => rust.blank(&token),
                None if token.starts_with('\'') && token.ends_with('\'') => rust.blank(&token),
                None => rust.code.push_str(&token),
            }
            at = end;
        }
        rust
    }

    fn blank(&mut self, token: &str) {
        self.code.extend(token.chars().map(|character| if character == '\n' { '\n' } else { ' ' }));
    }

    /// What is named below `root::`: `use crate::{model::Date, pages}` names `model::` and `pages`.
    /// A name that goes on keeps its `::`.
    pub fn named_below(&self, root: &str) -> Vec<(usize, String)> {
        let mut named = Vec::new();
        for (at, _) in self.code.match_indices(root) {
            let word_before = self.code[..at].chars().next_back().is_some_and(is_word);
            let Some(rest) = self.code[at + root.len()..].strip_prefix("::").filter(|_| !word_before) else { continue };
            let line = self.code[..at].matches('\n').count() + 1;
            named.extend(first_names(rest).into_iter().map(|name| (line, name)));
        }
        named
    }

    /// The lines in which a crate stands at the head of a path.
    pub fn lines_naming(&self, krate: &str) -> Vec<usize> {
        let path = format!("{krate}::");
        let statement = format!("use {krate};");
        let names = |line: &str| {
            line.trim() == statement
                || line.match_indices(&path).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    !before.is_some_and(|character| is_word(character) || character == ':')
                })
        };
        (1..).zip(self.code.lines()).filter(|(_, line)| names(line)).map(|(number, _)| number).collect()
    }

    /// Every function with a body.
    pub fn functions(&self) -> Vec<Function> {
        let lines: Vec<&str> = self.code.lines().collect();
        let mut functions = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let Some(name) = function_name(line) else { continue };
            let indent = line.len() - line.trim_start().len();
            let end = lines[index..].iter().position(|line| {
                let is_last = line.trim_end().ends_with([';', '}']);
                is_last && line.len() - line.trim_start().len() == indent
            });
            if let Some(end) = end {
                functions.push(Function { line: index + 1, name: name.to_owned(), length: end + 1 });
            }
        }
        functions
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The text up to its test module, which stands last.
fn without_tests(text: &str) -> &str {
    let end = text.find("\n#[cfg(test)]\nmod ").unwrap_or(text.len());
    &text[..end]
}

/// Where the comment, string, character or single other character that begins at `at` ends.
fn token_end(text: &[char], at: usize) -> usize {
    let starts = |pattern: &str| text[at..].iter().copied().take(pattern.len()).eq(pattern.chars());
    let after_word = at > 0 && is_word(text[at - 1]);
    if starts("//") {
        return find(text, at, "\n");
    }
    if starts("/*") {
        return find(text, at + 2, "*/") + 2;
    }
    if !after_word && (starts("r\"") || starts("r#")) {
        let hashes = text[at + 1..].iter().take_while(|character| **character == '#').count();
        if text.get(at + 1 + hashes) == Some(&'"') {
            let close = format!("\"{}", "#".repeat(hashes));
            return (find(text, at + 2 + hashes, &close) + close.len()).min(text.len());
        }
    }
    match text[at] {
        '"' => quoted_end(text, at, '"'),
        '\'' if text.get(at + 1) == Some(&'\\') || text.get(at + 2) == Some(&'\'') => quoted_end(text, at, '\''),
        _ => at + 1,
    }
}

fn quoted_end(text: &[char], at: usize, quote: char) -> usize {
    let mut end = at + 1;
    while end < text.len() && text[end] != quote {
        end += if text[end] == '\\' { 2 } else { 1 };
    }
    (end + 1).min(text.len())
}

fn find(text: &[char], from: usize, pattern: &str) -> usize {
    let pattern: Vec<char> = pattern.chars().collect();
    (from..text.len()).find(|at| text[*at..].starts_with(&pattern)).unwrap_or(text.len())
}

/// What stands between the quotes of a token that is a string.
fn inside_of_string(token: &str) -> Option<&str> {
    let bare = token.strip_prefix('r').unwrap_or(token).trim_matches('#');
    bare.strip_prefix('"')?.strip_suffix('"')
}

/// `a::b, …` → `a::`; `{a::b, c, d as e}` → `a::`, `c`, `d`.
fn first_names(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else {
        let name: String = rest.chars().take_while(|character| is_word(*character)).collect();
        let goes_on = rest[name.len()..].starts_with("::");
        return vec![if goes_on { name + "::" } else { name }];
    };
    let (mut depth, mut names, mut start) = (0_usize, Vec::new(), 0);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' | ',' if depth == 0 => {
                let name = group[start..at].trim();
                if !name.is_empty() {
                    names.extend(first_names(name));
                }
                start = at + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

fn function_name(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    for word in ["pub(crate) ", "pub(super) ", "pub ", "const ", "async "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let rest = rest.strip_prefix("fn ")?;
    rest.split(|character| !is_word(character)).next()
}

#[test]
fn a_file_is_looked_at_without_a_parser() {
    let text = "//! crate::render::no\nuse crate::{model::{Date, Day}, pages};\nfn a(x: &'static str) -> char {\n    \
                let _ = \"crate::cli::no\";\n    b::c();\n    '\"'\n}\n\n#[cfg(test)]\nmod tests {\n    use crate::write::x;\n}\n";
    let rust = Rust::read(text);
    assert_eq!(rust.named_below("crate"), [(2, "model::".to_owned()), (2, "pages".to_owned())]);
    assert_eq!(rust.strings, [(4, "crate::cli::no".to_owned())]);
    assert_eq!(rust.lines_naming("b"), [5]);
    let functions = rust.functions();
    assert_eq!((functions.len(), functions[0].length, functions[0].name.as_str()), (1, 5, "a"));
}

#[test]
fn raw_strings_and_comments_are_no_code() {
    let rust = Rust::read("let a = r#\"x\" y\"#; /* crate::no */ let b = b\"z\"; // \"no\"\n");
    assert_eq!(rust.strings, [(1, "x\" y".to_owned()), (1, "z".to_owned())]);
    assert!(rust.named_below("crate").is_empty());
}
