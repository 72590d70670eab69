//! `src/search/tables.toml` against what is made from it: the tables of the program, of the script and of FORMAT.md.
//!
//! Input: the tables, and the three files. Output: the files as they should be; `UPDATE=1` writes them, otherwise a
//! difference is a failure. Not here: what the tables are for; each says so itself.

use std::fmt::Write as _;
use std::fs;

use folkmoot::model::MONTHS;
use toml::{Table, Value};

use crate::difference::difference;

const TABLES: &str = "src/search/tables.toml";
const RUST: &str = "src/search/tables.rs";
const SCRIPT: &str = "themes/default/js/search/tables.js";
const FORMAT: &str = "src/search/FORMAT.md";

/// Before and after the tables in FORMAT.md.
const BEGIN: &str = "<!-- tables -->\n";
const END: &str = "<!-- /tables -->\n";

#[test]
fn the_tables_are_the_same_in_program_script_and_format() {
    let tables = tables();
    let format = text(FORMAT);
    let (before, rest) = format.split_once(BEGIN).expect("FORMAT.md says where its tables begin");
    let (_, after) = rest.split_once(END).expect("FORMAT.md says where its tables end");
    let files = [
        (RUST, rust(&tables)),
        (SCRIPT, script(&tables)),
        (FORMAT, format!("{before}{BEGIN}{}{END}{after}", markdown(&tables))),
    ];
    for (path, expected) in files {
        if std::env::var_os("UPDATE").is_some() {
            fs::write(path, expected).unwrap_or_else(|error| panic!("{path}: {error}"));
            continue;
        }
        let is = fs::read_to_string(path).unwrap_or_default();
        let differ = "is not made from src/search/tables.toml. UPDATE=1 cargo test the_tables, then read the diff";
        assert!(is == expected, "{path} {differ}:\n{}", difference(&is, &expected));
    }
}

fn text(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// One table of the file.
struct Named {
    name: String,
    is: String,
    form: Form,
    /// The type of its numbers in Rust.
    rust: String,
    /// Whether the script has it.
    script: bool,
}

/// The value of a table.
enum Form {
    Number(i64),
    Text(String),
    Numbers(Vec<i64>),
    /// In order.
    Words(Vec<String>),
    Characters(Vec<char>),
    /// The first and the last character of each.
    Ranges(Vec<(u32, u32)>),
    /// In the order of the numbers.
    Values(Vec<(String, i64)>),
    /// Words and what they are asked for as, in the order of the alphabet.
    Alike(Vec<(String, String)>),
    /// In the order of the numbers.
    Constants(Vec<(String, i64)>),
}

fn tables() -> Vec<Named> {
    let file: Table = text(TABLES).parse().unwrap_or_else(|error| panic!("{TABLES}: {error}"));
    let tables = file["table"].as_array().expect("a list of tables");
    tables.iter().filter_map(Value::as_table).map(named).collect()
}

fn named(table: &Table) -> Named {
    let name = table["name"].as_str().expect("a name").to_owned();
    let known = ["name", "is", "rust", "script"];
    let mut values = table.iter().filter(|(key, _)| !known.contains(&key.as_str()));
    let (key, value) = values.next().unwrap_or_else(|| panic!("{TABLES}: {name} has no value"));
    assert!(values.next().is_none(), "{TABLES}: {name} has two values");
    Named {
        is: table["is"].as_str().expect("a sentence").to_owned(),
        form: form(key, value).unwrap_or_else(|| panic!("{TABLES}: {name} has a value of no known form")),
        rust: table.get("rust").and_then(Value::as_str).unwrap_or("u32").to_owned(),
        script: table.get("script").and_then(Value::as_bool).unwrap_or(true),
        name,
    }
}

fn form(key: &str, value: &Value) -> Option<Form> {
    Some(match key {
        "number" => Form::Number(value.as_integer()?),
        "text" => Form::Text(value.as_str()?.to_owned()),
        "numbers" => Form::Numbers(value.as_array()?.iter().filter_map(Value::as_integer).collect()),
        "words" => {
            let mut words: Vec<String> = value.as_str()?.split_whitespace().map(str::to_owned).collect();
            words.sort();
            Form::Words(words)
        }
        "characters" => Form::Characters(value.as_str()?.chars().collect()),
        "ranges" => {
            Form::Ranges(value.as_array()?.iter().map(|range| range_of(range.as_str()?)).collect::<Option<_>>()?)
        }
        "alike" => {
            let mut pairs: Vec<(String, String)> = Vec::new();
            for (word, others) in value.as_table()? {
                pairs.extend(others.as_str()?.split_whitespace().map(|other| (other.to_owned(), word.clone())));
            }
            pairs.sort();
            Form::Alike(pairs)
        }
        "values" => Form::Values(by_number(value.as_table()?)),
        "constants" => Form::Constants(by_number(value.as_table()?)),
        _ => return None,
    })
}

fn range_of(typed: &str) -> Option<(u32, u32)> {
    let (first, last) = typed.split_once('-').unwrap_or((typed, typed));
    Some((u32::from_str_radix(first, 16).ok()?, u32::from_str_radix(last, 16).ok()?))
}

fn by_number(table: &Table) -> Vec<(String, i64)> {
    let mut values: Vec<(String, i64)> =
        table.iter().filter_map(|(name, number)| Some((name.clone(), number.as_integer()?))).collect();
    values.sort_by(|(one, first), (other, second)| (first, one).cmp(&(second, other)));
    values
}

/// The module of the program. rustfmt leaves it alone.
fn rust(tables: &[Named]) -> String {
    let mut out = String::from(
        "//! The numbers and lists of words that the program, the script of the search and FORMAT.md have alike.\n//!\n\
         //! Input: `tables.toml`, from which `UPDATE=1 cargo test the_tables` writes this file. Output: constants.\n\
         //! Not here: anything that is typed by hand.\n",
    );
    for Named { name, is, form, rust, .. } in tables {
        let name = name.to_uppercase();
        let mut constant = |name: &str, kind: &str, value: &str| {
            let _ = write!(out, "\n/// {is}.\npub const {name}: {kind} = {value};\n");
        };
        match form {
            Form::Number(number) => constant(&name, rust, &number.to_string()),
            Form::Text(text) => constant(&name, "&str", &format!("{text:?}")),
            Form::Numbers(list) => constant(&name, &format!("[{rust}; {}]", list.len()), &format!("{list:?}")),
            Form::Words(list) => constant(&name, &format!("[&str; {}]", list.len()), &format!("{list:?}")),
            Form::Characters(list) => {
                let list: Vec<String> =
                    list.iter().map(|letter| format!("'\\u{{{:X}}}'", u32::from(*letter))).collect();
                constant(&name, &format!("[char; {}]", list.len()), &format!("[{}]", list.join(", ")));
            }
            Form::Ranges(list) => {
                let ranges: Vec<String> =
                    list.iter().map(|(first, last)| format!("(0x{first:X}, 0x{last:X})")).collect();
                constant(&name, &format!("[(u32, u32); {}]", list.len()), &format!("[{}]", ranges.join(", ")));
            }
            Form::Values(list) => {
                constant(&name, &format!("[(&str, {rust}); {}]", list.len()), &format!("{list:?}"));
            }
            Form::Alike(list) => constant(&name, &format!("[(&str, &str); {}]", list.len()), &format!("{list:?}")),
            Form::Constants(list) => {
                for (own, number) in list {
                    constant(&own.to_uppercase(), rust, &number.to_string());
                }
            }
        }
    }
    out
}

/// The file of the script.
fn script(tables: &[Named]) -> String {
    let mut constants: Vec<String> = Vec::new();
    for Named { name, form, .. } in tables.iter().filter(|table| table.script) {
        let name = name.to_uppercase();
        match form {
            Form::Number(number) => constants.push(format!("{name} = {number}")),
            Form::Text(text) => constants.push(format!("{name} = '{text}'")),
            Form::Numbers(list) => constants.push(format!("{name} = {list:?}")),
            Form::Words(list) => constants.push(format!("{name} = setOf({})", quoted(list))),
            Form::Characters(list) => {
                let list: String = list.iter().map(|letter| format!("\\u{:04x}", u32::from(*letter))).collect();
                constants.push(format!("{name} = '{list}'"));
            }
            Form::Ranges(list) => {
                let list: Vec<String> =
                    list.iter().map(|(first, last)| format!("[0x{first:x}, 0x{last:x}],")).collect();
                constants.push(format!("{name} = [{}\n    ]", wrapped(&list, "\n        ")));
            }
            Form::Values(list) => {
                let list: Vec<String> = list.iter().map(|(word, number)| format!("['{word}', {number}]")).collect();
                constants.push(format!("{name} = new Map([{}])", list.join(", ")));
            }
            Form::Alike(list) => {
                let list: Vec<String> = list.iter().map(|(word, other)| format!("{word} {other}")).collect();
                constants.push(format!("{name} = pairsOf({})", quoted(&list)));
            }
            Form::Constants(list) => {
                constants.extend(list.iter().map(|(own, number)| format!("{} = {number}", own.to_uppercase())));
            }
        }
    }
    constants.push(format!("MONTHS = [...setOf({})]", quoted(&MONTHS.map(str::to_owned))));
    format!(
        "// The numbers and lists of words that the program has too. This file is made from src/search/tables.toml, which also\n\
         // says what each is, by  UPDATE=1 cargo test the_tables.\n\n\
         function setOf(words) {{\n    return new Set(words.split(' '));\n}}\n\n\
         function pairsOf(words) {{\n    return new Map(words.match(/\\S+ \\S+/g).map((pair) => pair.split(' ')));\n}}\n\nconst\n    {};\n",
        constants.join(",\n    ")
    )
}

/// Words as one text of JavaScript.
fn quoted(words: &[String]) -> String {
    let between = " ' +\n        '";
    format!("'{}'", wrapped(words, between).trim_start_matches(between))
}

/// Pieces in lines of about 100 characters, with a space between two of them and `before` before each line.
fn wrapped(pieces: &[String], before: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(piece),
            Some(line) if line.chars().count() + piece.chars().count() < 104 => {
                line.push(' ');
                line.push_str(piece);
            }
            _ => lines.push(piece.clone()),
        }
    }
    lines.iter().map(|line| format!("{before}{line}")).collect()
}

/// The table of FORMAT.md.
fn markdown(tables: &[Named]) -> String {
    let mut out = String::from("| name | value | what it is |\n|---|---|---|\n");
    for Named { name, is, form, .. } in tables {
        let code = |text: &str| format!("`{}`", text.replace('|', "\\|"));
        let pairs = |list: &[(String, i64)]| {
            list.iter().map(|(name, number)| format!("`{name}` {number}")).collect::<Vec<_>>().join(", ")
        };
        let value = match form {
            Form::Number(number) => number.to_string(),
            Form::Text(text) => code(text),
            Form::Numbers(list) => code(&format!("{list:?}")),
            Form::Words(list) => code(&list.join(" ")),
            Form::Characters(list) => {
                let list: Vec<String> = list.iter().map(|letter| format!("U+{:04X}", u32::from(*letter))).collect();
                list.join(", ")
            }
            Form::Ranges(list) => {
                let range = |(first, last): &(u32, u32)| match first == last {
                    true => format!("U+{first:04X}"),
                    false => format!("U+{first:04X}–{last:04X}"),
                };
                list.iter().map(range).collect::<Vec<_>>().join(", ")
            }
            Form::Alike(list) => {
                list.iter().map(|(word, other)| format!("`{word}` {other}")).collect::<Vec<_>>().join(", ")
            }
            Form::Values(list) | Form::Constants(list) => pairs(list),
        };
        let _ = writeln!(out, "| `{name}` | {value} | {is} |");
    }
    out
}
