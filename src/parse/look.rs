//! How a site looks and what its foot says, in `content/site.toml`: `logo`, `crest`, `[colours]`, `[footer]`.
//!
//! Enters: settings as typed. Leaves: [`Look`] and [`Footer`], and a message for what is no colour, no picture, no link.
//! Absent: whether a picture is there (`assemble`), and whether a colour can be read on a page (`render`).

use super::config::Setting;
use crate::data::{Pair, Raw};
use crate::model::{COLOURS, Colour, Footer, Look, Said};

/// The parts of `[colours]` beside the colours themselves.
const PRESET: &str = "preset";
const DARK: &str = "dark";

/// The parts of `[footer]`.
const FOOTER: &[&str] = &["text", "links"];

/// The ends of names of pictures that every browser shows.
const PICTURES: [&str; 6] = ["svg", "png", "jpg", "jpeg", "webp", "gif"];

impl<'node> Setting<'node, '_> {
    /// `[colours]`: the name of a set, colours of the site's own, and others for dark screens in `[colours.dark]`.
    pub(super) fn colours(&mut self, look: &mut Look) {
        let node = self.node;
        if !matches!(node.value, Raw::Map(_)) {
            self.wrong::<()>("`colours` should be a table", "[colours]\nlink = \"#0b5260\"");
            return;
        }
        self.known_parts(node, &[&[PRESET], &COLOURS[..], &[DARK]].concat());
        for Pair { key, value, .. } in node.pairs() {
            let mut part = self.part(key, value);
            match key.as_str() {
                PRESET => look.preset = part.said(),
                DARK if !matches!(value.value, Raw::Map(_)) => {
                    part.wrong::<()>("`dark` should be a table", "[colours.dark]\nlink = \"#8fd3e0\"");
                }
                DARK => {
                    self.known_parts(value, &COLOURS);
                    for Pair { key, value, .. } in value.pairs() {
                        look.colours.extend(self.part(key, value).colour(true));
                    }
                }
                _ => look.colours.extend(part.colour(false)),
            }
        }
    }

    /// A colour of one of the names; nothing for another name, of which something was said already.
    fn colour(&mut self, dark: bool) -> Option<Colour> {
        let name = COLOURS.into_iter().find(|name| *name == self.key)?;
        let said = self.said()?;
        let example = format!("Write red, green and blue as a web designer would: `{name} = \"#0b5260\"`");
        match csscolorparser::parse(&said.text) {
            Ok(colour) if colour.a < 1.0 => {
                self.wrong(&format!("The colour `{}` lets through what lies behind it", said.text), &example)
            }
            Ok(colour) => {
                let [red, green, blue, _] = colour.to_rgba8();
                Some(Colour { name, dark, rgb: [red, green, blue], said })
            }
            Err(_) => self.wrong(&format!("`{}` is not a colour", said.text), &example),
        }
    }

    /// The path of a picture below `content/`.
    pub(super) fn picture(&mut self) -> Option<Said> {
        let mut said = self.said()?;
        let example = format!("Put the picture into `content/` and write its name: `{} = \"logo.svg\"`", self.key);
        let path = said.text.trim_start_matches("./").trim_start_matches('/');
        let path = path.strip_prefix("content/").unwrap_or(path);
        if said.text.contains("://") {
            let title = format!("`{}` is a picture on another site", said.text);
            return self.wrong(&title, &format!("Pages load nothing from elsewhere. {example}"));
        }
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        if !ending.is_some_and(|ending| PICTURES.contains(&ending.as_str())) {
            let title = format!("`{}` is not the name of a picture", said.text);
            return self.wrong(&title, &format!("Use a picture whose name ends in {}. {example}", PICTURES.join(", ")));
        }
        said.text = path.into();
        Some(said)
    }

    /// `[footer]`: a sentence, and links.
    pub(super) fn footer(&mut self) -> Footer {
        const EXAMPLE: &str = "[[footer.links]]\nlabel = \"Privacy\"\nhref = \"/privacy/\"";
        let node = self.node;
        if !matches!(node.value, Raw::Map(_)) {
            self.wrong::<()>("`footer` should be a table", &format!("[footer]\ntext = \"…\"\n{EXAMPLE}"));
            return Footer::default();
        }
        self.known_parts(node, FOOTER);
        Footer {
            text: node.get("text").and_then(|text| self.part("text", text).line()),
            links: node
                .get("links")
                .map(|links| self.part("links", links).entries("the foot", EXAMPLE))
                .unwrap_or_default(),
        }
    }

    /// A text with its place.
    fn said(&mut self) -> Option<Said> {
        let span = self.node.span;
        Some(Said { text: self.line()?.into(), span })
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::source::SourceId;

    fn read(text: &str) -> (crate::model::Config, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let config = crate::parse::config::config(text, SourceId(0), &mut diagnostics);
        (config, diagnostics.sorted().into_iter().map(|one| one.title.into()).collect())
    }

    #[test]
    fn a_look_is_ready_for_use() {
        let (config, said) = read(
            "logo = '/content/pictures/logo.svg'\n[colours]\npreset = 'moss'\nlink = 'rebeccapurple'\nband = '#123'\n\
             [colours.dark]\nlink = 'rgb(200 200 255)'\n[footer]\ntext = 'A partnership.'\n\
             [[footer.links]]\nlabel = 'Privacy'\nhref = '/privacy/'",
        );
        assert_eq!(said, [""; 0]);
        assert_eq!(config.look.logo.map(|logo| logo.text).as_deref(), Some("pictures/logo.svg"));
        let colours: Vec<_> = config.look.colours.iter().map(|one| (one.name, one.dark, one.rgb)).collect();
        let expected =
            [("link", false, [0x66, 0x33, 0x99]), ("band", false, [0x11, 0x22, 0x33]), ("link", true, [200, 200, 255])];
        assert_eq!(colours, expected);
        assert_eq!((config.footer.text.as_deref(), config.footer.links.len()), (Some("A partnership."), 1));
    }

    #[test]
    fn mistakes_in_plain_words() {
        for (text, said) in [
            ("colours = 'green'", "`colours` should be a table"),
            ("[colours]\nlinks = '#123456'", "`links` is not a setting"),
            ("[colours]\nlink = 'greenish'", "`greenish` is not a colour"),
            ("[colours]\nlink = '#12345'", "`#12345` is not a colour"),
            ("[colours]\nlink = '#12345680'", "The colour `#12345680` lets through what lies behind it"),
            ("[colours]\nlink = 5", "`link` should be a text in quotes"),
            ("[colours]\ndark = '#fff'", "`dark` should be a table"),
            ("[colours.dark]\npaper = '#fff'", "`paper` is not a setting"),
            ("logo = 'https://example.org/a.svg'", "`https://example.org/a.svg` is a picture on another site"),
            ("crest = 'crest.pdf'", "`crest.pdf` is not the name of a picture"),
            ("footer = 'x'", "`footer` should be a table"),
            ("[footer]\nlinks = 'x'", "`links` should be a list of entries"),
            ("[[footer.links]]\nlabel = 'x'", "An entry of the foot needs `label` and `href`"),
        ] {
            assert_eq!(read(text).1, [said], "{text}");
        }
    }
}
