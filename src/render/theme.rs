//! A theme: templates, styles, scripts, pictures and strings. The default theme travels inside the program; a site's
//! own theme, `themes/<name>/`, takes its place file by file.
//!
//! Input: the site's theme files. Output: templates for `templates.rs`, [`Asset`]s, a [`Language`].
//! Not here: the disk; and anything that a theme could run while the site is built.
//!
//! | folder | what lies in it |
//! |---|---|
//! | `templates/` | `*.html`; the name of a template is its path in there |
//! | `presets/` | sets of colours, of which a site's settings can choose one: they stand after `tokens` |
//! | `css/` | `tokens`, `base`, `layout`, `components`, `print`, in this order, then others: joined to one style sheet |
//! | `js/` | scripts, one file per behaviour, on every page; a folder in it is one script, for templates that ask for it |
//! | `images/` | `*.svg`; `icon.svg` stands in the browser's tab; style sheets name one as `../images/x.svg` |
//! | `strings/` | `<language>.toml`: texts in the place of those of `language/` |

use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry, include_dir};

use super::colours;
use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::model::{Branding, Config};
use crate::source::{SourceId, Span};
use crate::view::{Asset, AssetKind};

/// The theme inside the program.
static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The order of style sheets: later ones win.
const STYLES: [&str; 5] = ["tokens.css", "base.css", "layout.css", "components.css", "print.css"];

/// One text of a site's own theme.
#[derive(Debug, Clone, Copy)]
pub struct ThemeFile<'text> {
    /// Which source it is, so that a message can show its lines.
    pub source: SourceId,
    /// From the site's root: `themes/ours/templates/minutes.html`.
    pub path: &'text str,
    /// Its text, decoded.
    pub text: &'text str,
}

/// The files of a theme by their path below its folder, each from the site or from the program.
#[derive(Debug)]
pub struct Theme<'text> {
    /// The folder's name, for messages.
    pub name: String,
    /// Path → file. Sorted, so that every list made from it is.
    pub files: BTreeMap<&'text str, File<'text>>,
}

/// One file of a theme.
#[derive(Debug, Clone, Copy)]
pub struct File<'text> {
    /// Its text.
    pub text: &'text str,
    /// Its source; `None` for a file inside the program.
    pub source: Option<SourceId>,
}

impl<'text> Theme<'text> {
    /// Lays the site's own files over those inside the program. A site that asks for a theme that is not there gets a
    /// message, and the default theme.
    #[must_use]
    pub fn new(config: &Config, own: &[ThemeFile<'text>], diagnostics: &mut Diagnostics) -> Self {
        let name = config.theme.clone().unwrap_or_else(|| "default".to_owned());
        let mut files: BTreeMap<&str, File<'_>> =
            bundled().map(|(path, text)| (path, File { text, source: None })).collect();
        let folder = format!("themes/{name}/");
        let mut found = false;
        for file in own {
            if let Some(path) = file.path.strip_prefix(&folder) {
                found = true;
                files.insert(path, File { text: file.text, source: Some(file.source) });
            }
        }
        if !found && name != "default" {
            diagnostics.no_theme(&name);
        }
        Self { name, files }
    }

    /// Its words and its files for browsers, as a site with these settings has them.
    #[must_use]
    pub fn bind(&self, config: &Config, diagnostics: &mut Diagnostics) -> (Language, Vec<Asset>) {
        let language = self.language(&config.language, diagnostics);
        let colours = self.colours(&config.branding, diagnostics);
        (language, self.assets(&colours))
    }

    /// The files of a folder, by their path in it.
    pub fn folder<'theme>(
        &'theme self,
        folder: &'theme str,
    ) -> impl Iterator<Item = (&'text str, &'theme File<'text>)> {
        self.files.iter().filter_map(move |(path, file)| Some((path.strip_prefix(folder)?.strip_prefix('/')?, file)))
    }

    /// The strings of a language, with those that the theme puts in their place.
    fn language(&self, tag: &str, diagnostics: &mut Diagnostics) -> Language {
        let mut language = Language::of(tag);
        for (name, file) in self.folder("strings") {
            let of = name.strip_suffix(".toml").unwrap_or(name);
            if tag == of || tag.split('-').next() == Some(of) {
                for misfit in language.replace(file.text) {
                    let range = misfit.range.unwrap_or(0..0);
                    let span = file.source.map(|source| Span::new(source, range.start, range.end));
                    diagnostics.theme_string(span, &format!("themes/{}/strings/{name}", self.name), &misfit.what);
                }
            }
        }
        language
    }

    /// The colours that a site chose: a preset of the theme, then its own.
    fn colours(&self, branding: &Branding, diagnostics: &mut Diagnostics) -> String {
        let preset = branding.preset.as_ref().and_then(|chosen| {
            let names: Vec<&str> = self.folder("presets").filter_map(|(name, _)| name.strip_suffix(".css")).collect();
            let found = self.files.get(format!("presets/{}.css", chosen.text).as_str());
            if found.is_none() {
                diagnostics.no_preset(chosen.span, &chosen.text, &names);
            }
            found
        });
        let preset = preset.map_or("", |file| file.text);
        let tokens = self.files.get("css/tokens.css").map_or("", |file| file.text);
        format!("{preset}{}", colours::style(&branding.colours, tokens, diagnostics))
    }

    /// The files for browsers, sorted by what they are for and then by their name; `colours` are those of [`Self::colours`].
    fn assets(&self, colours: &str) -> Vec<Asset> {
        let pictures: Vec<Asset> = self
            .folder("images")
            .map(|(name, file)| {
                Asset::new(name, if name == "icon.svg" { AssetKind::Icon } else { AssetKind::Picture }, file.text)
            })
            .collect();
        let mut assets = vec![Asset::new("site.css", AssetKind::Style, &self.style(&pictures, colours))];
        assets.extend(self.scripts());
        assets.extend(pictures);
        assets.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
        assets
    }

    /// One script per file; the files of a folder are one script, in which they see one another and nobody else sees them.
    /// Its lines that are only remarks stay here: they are a fifth of what somebody would wait for.
    fn scripts(&self) -> Vec<Asset> {
        let mut scripts = Vec::new();
        let mut folders: BTreeMap<&str, String> = BTreeMap::new();
        for (name, file) in self.folder("js") {
            match name.split_once('/') {
                None => scripts.push(Asset::new(name, AssetKind::Script, file.text)),
                Some((folder, _)) => {
                    let text = folders.entry(folder).or_default();
                    for line in file.text.lines().filter(|line| !line.trim_start().starts_with("//")) {
                        text.push_str(line);
                        text.push('\n');
                    }
                }
            }
        }
        let joined = folders.into_iter().map(|(folder, text)| {
            let text = format!("(function () {{\n'use strict';\n{text}}}());\n");
            Asset::new(&format!("{folder}.js"), AssetKind::Asked, &text)
        });
        scripts.extend(joined);
        scripts
    }

    /// All style sheets as one, in the order of their roles, each picture by the name under which it is published.
    /// The site's colours stand right after the tokens whose place they take, so that what is printed stays black.
    fn style(&self, pictures: &[Asset], colours: &str) -> String {
        let mut sheets: Vec<(usize, &str, &str)> = self
            .folder("css")
            .map(|(name, file)| {
                let role = STYLES.iter().position(|style| *style == name).unwrap_or(STYLES.len());
                (role, name, file.text)
            })
            .collect();
        sheets.sort_unstable();
        let mut style = String::new();
        for (.., name, text) in sheets {
            style.push_str(text);
            if !text.ends_with('\n') {
                style.push('\n');
            }
            if name == STYLES[0] {
                style.push_str(colours);
            }
        }
        for picture in pictures {
            let published = picture.address.as_str().rsplit('/').next().unwrap_or_default();
            style = style.replace(&format!("../images/{}", picture.name), published);
        }
        style
    }
}

/// The files inside the program by their path below `themes/default/`.
pub fn bundled() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut files = Vec::new();
    gather(&DEFAULT, &mut files);
    files.into_iter()
}

fn gather(folder: &'static Dir<'static>, files: &mut Vec<(&'static str, &'static str)>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => gather(inner, files),
            DirEntry::File(file) => {
                let path = file.path().to_str();
                files.extend(path.and_then(|path| Some((path, file.contents_utf8()?))));
            }
        }
    }
}
