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
//! | `css/` | `tokens`, `base`, `layout`, `components`, `print`, in this order, then others: joined to one style sheet; a folder in it is one, too, for templates that ask for it |
//! | `js/` | scripts, one file per behaviour, on every page; a folder in it is one script, for templates that ask for it |
//! | `images/` | `*.svg`; `icon.svg` stands in the browser's tab; style sheets name one as `../images/x.svg` |
//! | `strings/` | `<language>.toml`: texts in the place of those of `language/` |

use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry, include_dir};

use super::colours;
use crate::chart::cover::Cover;
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
        let mut assets = self.assets(&colours);
        assets.push(Asset::new("share.png", AssetKind::Share, self.cover(config, &colours).draw()));
        (language, assets)
    }

    /// What is drawn of a site for a link to it, in the colours of its light pages.
    fn cover<'config>(&self, config: &'config Config, own: &str) -> Cover<'config> {
        let tokens = self.files.get("css/tokens.css").map_or("", |file| file.text);
        let colour = |name: &str| colours::light(own, name).or_else(|| colours::light(tokens, name));
        Cover {
            title: &config.title,
            below: Some(&*config.organisation).filter(|organisation| *organisation != config.title),
            paper: colour("--paper").unwrap_or([255; 3]),
            ink: colour("--ink").unwrap_or_default(),
            band: colour("--band").unwrap_or_default(),
            accent: colour("--accent").unwrap_or_default(),
        }
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
        let mut assets = self.styles(&pictures, colours);
        assets.extend(self.scripts());
        assets.extend(pictures);
        assets.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
        assets
    }

    /// One script per file; the files of a folder are one script, in which they see one another and nobody else sees them.
    /// Its lines that are only remarks stay here, and so do empty ones, what lines are indented by and spaces beside signs, but in a
    /// file with words in several lines: that is a quarter of what somebody would wait for.
    fn scripts(&self) -> Vec<Asset> {
        let mut scripts = Vec::new();
        let mut folders: BTreeMap<&str, String> = BTreeMap::new();
        for (name, file) in self.folder("js") {
            match name.split_once('/') {
                None => scripts.push(Asset::new(name, AssetKind::Script, file.text)),
                Some((folder, _)) => {
                    let text = folders.entry(folder).or_default();
                    let has_long_words = file.text.lines().any(|line| line.matches('`').count() % 2 == 1);
                    let lines = file.text.lines().filter(|line| !line.trim_start().starts_with("//"));
                    let kept =
                        |line: &str| if has_long_words { line.to_owned() } else { without_spaces(line.trim_start()) };
                    for line in lines.map(kept).filter(|line| has_long_words || !line.is_empty()) {
                        text.extend([&*line, "\n"]);
                    }
                }
            }
        }
        let joined = folders.into_iter().map(|(folder, text)| {
            let text = format!("(function () {{\n'use strict';\n{text}}}());\n");
            Asset::new(&format!("{folder}.js"), AssetKind::Asked, text)
        });
        scripts.extend(joined);
        scripts
    }

    /// The style sheets of every page as one, in the order of their roles, and one for each folder: what few pages need is no
    /// weight on the others. The site's colours stand right after the tokens whose place they take, so that what is printed
    /// stays black.
    fn styles(&self, pictures: &[Asset], colours: &str) -> Vec<Asset> {
        let role = |name: &str| STYLES.iter().position(|style| *style == name).unwrap_or(STYLES.len());
        let mut files: Vec<(&str, usize, &str, &str)> = self
            .folder("css")
            .map(|(name, file)| (name.split_once('/').map_or("", |(folder, _)| folder), role(name), name, file.text))
            .collect();
        files.sort_unstable();
        let mut sheets: BTreeMap<&str, String> = BTreeMap::new();
        for (folder, _, name, text) in files {
            let sheet = sheets.entry(folder).or_default();
            sheet.push_str(&without_remarks(text));
            if !text.ends_with('\n') {
                sheet.push('\n');
            }
            if name == STYLES[0] {
                sheet.push_str(colours);
            }
        }
        let asset = |(folder, text): (&str, String)| match folder {
            "" => Asset::new("site.css", AssetKind::Style, with_pictures(text, pictures)),
            folder => Asset::new(&format!("{folder}.css"), AssetKind::Asked, with_pictures(text, pictures)),
        };
        sheets.into_iter().map(asset).collect()
    }
}

/// A line of a script without the spaces beside signs that stand in no text. A line with a slash in no text stays, since that may begin a pattern.
fn without_spaces(line: &str) -> String {
    const SIGNS: [char; 16] = ['=', '(', ')', '{', '}', '[', ']', ',', ';', ':', '?', '&', '|', '<', '>', '*'];
    let (mut kept, mut quote, mut letters) = (String::new(), None, line.chars().peekable());
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (None, '/') => return line.to_owned(),
            (None, ' ') if kept.ends_with(SIGNS) || letters.peek().is_some_and(|next| SIGNS.contains(next)) => continue,
            (None, '\'' | '"' | '`') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
        kept.push(letter);
        kept.extend(letters.next_if(|_| quote.is_some() && letter == '\\'));
    }
    kept
}

/// A style sheet without the remarks that begin a line: they stay here, as those of scripts do.
fn without_remarks(mut css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    while let Some(at) = css.find("/*") {
        let line = css[..at].rsplit('\n').next().unwrap_or_default();
        let (until, next) = if line.trim().is_empty() {
            (at - line.len(), css[at..].find("*/").map_or(css.len(), |end| at + end + 2))
        } else {
            (at + 2, at + 2)
        };
        kept.push_str(&css[..until]);
        css = &css[next..];
    }
    kept + css
}

/// A style sheet that names each picture as it is published.
fn with_pictures(mut style: String, pictures: &[Asset]) -> String {
    for picture in pictures {
        let published = picture.address.as_str().rsplit('/').next().unwrap_or_default();
        style = style.replace(&format!("../images/{}", picture.name), published);
    }
    style
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_that_begin_a_line_are_not_published_and_rules_are() {
        let css = "/* One. */\na {\n  /* Two\n     lines. */ color: red; /* kept */\n}\n  /* Last.";
        assert_eq!(without_remarks(css), "\na {\n color: red; /* kept */\n}\n");
        let published = bundled().filter(|(path, _)| path.starts_with("css/")).map(|(_, css)| without_remarks(css));
        assert!(
            published
                .into_iter()
                .all(|css| css.matches('{').count() == css.matches('}').count() && !css.contains("/*"))
        );
    }
    #[test]
    fn spaces_beside_signs_are_not_published_and_those_of_texts_are() {
        for (line, published) in [
            ("const one = (a, b) => a + b;", "const one=(a,b)=>a + b;"),
            ("say('a\\' = b', \"it's = \", `${a} = ${b} `) ;", "say('a\\' = b',\"it's = \",`${a} = ${b} `);"),
            ("text.split(/ = /) ;", "text.split(/ = /) ;"),
            ("return a - -b < !c + '/ =';", "return a - -b<!c + '/ =';"),
        ] {
            assert_eq!(without_spaces(line), published);
        }
    }
}
