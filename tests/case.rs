//! A test as one text file: prose, then sections.
//!
//! Enters: the text of a file below `tests/sites/`. Leaves: a [`Case`], and the same text again with other
//! expectations. Absent: building anything, and any opinion on what the right output is.
//!
//! ```text
//! What the test shows, in a sentence or two.
//! -- content/pages/about.md --
//! Hello.
//! -- public/about/index.html --
//! <p>Hello.</p>
//! ```

/// One test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What it shows, for people.
    pub prose: String,
    /// In the order of the file.
    pub sections: Vec<Section>,
}

/// What stands below one `-- name --`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The line between the dashes: `content/pages/about.md (escaped)`.
    pub heading: String,
    /// What the heading says.
    pub role: Role,
    /// The lines below it, each with its end.
    pub body: String,
}

/// What a section is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// A file of the input.
    Input {
        /// Below the site's root.
        path: String,
        /// Whether `\xNN` stands for a byte, and a `\` at the end of a line for no line end.
        escaped: bool,
    },
    /// `key = value` lines: `as_at`, `base_url`, `audience`.
    Options,
    /// What an output should be.
    Output {
        /// Below the public folder.
        path: String,
        /// Whether the output only has to contain these lines, in this order.
        contains: bool,
    },
    /// What the build should say.
    Diagnostics(Shown),
    /// Words that may stand in no byte of any output and in no name of one.
    Absent {
        /// Whether files of data may have them: a table holds the words of the record as they are.
        pages: bool,
    },
}

/// Which diagnostics a section lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// All but those that nearly every small site earns.
    Usual,
    /// All.
    All,
    /// Those with one of these codes.
    Codes(Vec<String>),
}

impl Case {
    /// Reads a file.
    ///
    /// # Errors
    /// A heading that means nothing, or a file without prose or without sections.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut prose = String::new();
        let mut sections: Vec<Section> = Vec::new();
        for line in text.split_inclusive('\n') {
            if let Some(heading) = heading_of(line) {
                sections.push(Section { heading: heading.into(), role: Role::read(heading)?, body: String::new() });
            } else if let Some(section) = sections.last_mut() {
                section.body.push_str(line);
            } else {
                prose.push_str(line);
            }
        }
        if prose.trim().is_empty() {
            return Err("the first lines must say in prose what the test shows".into());
        }
        if sections.is_empty() {
            return Err("there is no section".into());
        }
        Ok(Self { prose, sections })
    }

    /// The file again.
    pub fn text(&self) -> String {
        let mut text = self.prose.clone();
        for section in &self.sections {
            text.push_str(&format!("-- {} --\n{}", section.heading, section.body));
        }
        text
    }

    /// The files of the input, as bytes.
    pub fn inputs(&self) -> impl Iterator<Item = (&str, Vec<u8>)> {
        self.sections.iter().filter_map(|section| match &section.role {
            Role::Input { path, escaped: false } => Some((path.as_str(), section.body.clone().into_bytes())),
            Role::Input { path, escaped: true } => Some((path.as_str(), unescape(&section.body))),
            _ => None,
        })
    }

    /// The value of an option, as typed.
    pub fn option(&self, key: &str) -> Option<&str> {
        self.sections
            .iter()
            .filter(|section| section.role == Role::Options)
            .flat_map(|section| section.body.lines())
            .filter_map(|line| line.split_once('='))
            .find(|(name, _)| name.trim() == key)
            .map(|(_, value)| value.trim())
    }
}

impl Role {
    fn read(heading: &str) -> Result<Self, String> {
        let noted = ["escaped", "contains"].into_iter().find_map(|note| {
            let name = heading.strip_suffix(')')?.strip_suffix(note)?.strip_suffix(" (")?;
            Some((name, Some(note)))
        });
        let (name, note) = noted.unwrap_or((heading, None));
        let role = match (name, note) {
            ("options", None) => Self::Options,
            ("absent", None) => Self::Absent { pages: false },
            ("absent: pages", None) => Self::Absent { pages: true },
            ("diagnostics", None) => Self::Diagnostics(Shown::Usual),
            ("diagnostics: all", None) => Self::Diagnostics(Shown::All),
            (name, None | Some("escaped")) if is_input(name) => {
                Self::Input { path: name.into(), escaped: note.is_some() }
            }
            (name, None | Some("contains")) => {
                if let Some(path) = name.strip_prefix("public/") {
                    Self::Output { path: path.into(), contains: note.is_some() }
                } else if let Some(codes) = name.strip_prefix("diagnostics: ") {
                    Self::Diagnostics(Shown::Codes(codes.split(", ").map(str::to_owned).collect()))
                } else {
                    return Err(format!("`-- {heading} --` means nothing here; tests/README.md lists what does"));
                }
            }
            _ => return Err(format!("`-- {heading} --` means nothing here; tests/README.md lists what does")),
        };
        Ok(role)
    }
}

fn is_input(name: &str) -> bool {
    name.starts_with("content/") || name.starts_with("themes/")
}

fn heading_of(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix("-- ")?.strip_suffix(" --")
}

/// `\xNN` → that byte, `\\` → a backslash, a backslash at the end of a line → nothing. Anything else stays.
fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let escape = &rest[at + 1..];
        let hexadecimal = escape.strip_prefix('x').and_then(|digits| digits.get(..2));
        if let Some(byte) = hexadecimal.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = &escape[3..];
        } else if let Some(after) = escape.strip_prefix('\\') {
            bytes.push(b'\\');
            rest = after;
        } else if let Some(after) = escape.strip_prefix('\n') {
            rest = after;
        } else {
            bytes.push(b'\\');
            rest = escape;
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

#[test]
fn a_case_is_written_as_it_was_read() {
    let text = "Shows.\n-- content/a.md (escaped) --\n\\xff\\\\\\\n.\n-- public/a/index.html --\n-- diagnostics --\n";
    let case = Case::read(text).expect("the text is a case");
    assert_eq!(case.text(), text);
    assert_eq!(case.inputs().collect::<Vec<_>>(), [("content/a.md", b"\xff\\.\n".to_vec())]);
}

#[test]
fn a_heading_that_means_nothing_is_refused() {
    for text in ["Shows.\n-- contents/a.md --\n", "Shows.\n-- public/a (escaped) --\n", "-- absent --\n", "Shows.\n"] {
        assert!(Case::read(text).is_err(), "{text}");
    }
}
