//! What a site changes of its theme without a theme of its own → [`Branding`] and [`Footer`].
//!
//! Input: the settings `logo`, `crest`, `[colours]` and `[footer]`. Output: their meaning, and a diagnostic for what is
//! no colour, no picture, no link.
//! Not here: whether a picture exists (`assemble`), and whether a colour can be read on a page (`render`).

use super::settings::{line, link, said};
use crate::data::Value;
use crate::model::{Branding, COLOURS, Colour, Footer, Said};

/// The ends of names of pictures that every browser shows.
const PICTURES: [&str; 6] = ["svg", "png", "jpg", "jpeg", "webp", "gif"];

/// `[colours]`: the name of a set, colours of the site's own, and others for dark screens in `[colours.dark]`.
pub(super) fn colours(value: Value<'_>, branding: &mut Branding) -> Option<()> {
    value.table("[colours]\nlink = \"#0b5260\"", |table| {
        table.set("preset", &mut branding.preset, said);
        for name in COLOURS {
            branding.colours.extend(table.get(name, |value| colour(value, name, false)));
        }
        table.get("dark", |value| {
            value.table("[colours.dark]\nlink = \"#8fd3e0\"", |table| {
                for name in COLOURS {
                    branding.colours.extend(table.get(name, |value| colour(value, name, true)));
                }
            })
        });
        // In the order of the file, which is the order of the style sheet.
        branding.colours.sort_by_key(|colour| colour.said.span.start);
    })
}

/// A colour in any notation of CSS that hides what lies under it.
fn colour(value: Value<'_>, name: &'static str, dark: bool) -> Option<Colour> {
    let said = said(value)?;
    let example = format!("Write red, green and blue as a web designer would: `{name} = \"#0b5260\"`");
    match csscolorparser::parse(&said.text) {
        Ok(colour) if colour.a < 1.0 => {
            value.wrong(&format!("The colour `{}` lets through what lies behind it", said.text), &example)
        }
        Ok(colour) => {
            let [red, green, blue, _] = colour.to_rgba8();
            Some(Colour { name, dark, rgb: [red, green, blue], said })
        }
        Err(_) => value.wrong(&format!("`{}` is not a colour", said.text), &example),
    }
}

/// The path of a picture below `content/`.
pub(super) fn picture(value: Value<'_>) -> Option<Said> {
    let said = said(value)?;
    let example = format!("Put the picture into `content/` and write its name: `{} = \"logo.svg\"`", value.key);
    let path = said.text.trim_start_matches("./").trim_start_matches('/');
    let path = path.strip_prefix("content/").unwrap_or(path);
    if said.text.contains("://") {
        let title = format!("`{}` is a picture on another site", said.text);
        return value.wrong(&title, &format!("Pages load nothing from elsewhere. {example}"));
    }
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    if !ending.is_some_and(|ending| PICTURES.contains(&ending.as_str())) {
        let title = format!("`{}` is not the name of a picture", said.text);
        return value.wrong(&title, &format!("Use a picture whose name ends in {}. {example}", PICTURES.join(", ")));
    }
    Some(Said { text: path.into(), ..said })
}

/// `[footer]`: a sentence, and links.
pub(super) fn footer(value: Value<'_>) -> Option<Footer> {
    const LINK: &str = "[[footer.links]]\nlabel = \"Privacy\"\nhref = \"/privacy/\"";
    value.table(&format!("[footer]\ntext = \"…\"\n{LINK}"), |table| Footer {
        text: table.get("text", line),
        links: table
            .get("links", |links| links.list("entries", LINK, |entry| link(entry, "the foot", LINK)))
            .unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use crate::parse::config::tests::read;

    #[test]
    fn branding_is_ready_for_use() {
        let (config, said) = read(
            "logo = '/content/pictures/logo.svg'\n[colours]\npreset = 'moss'\nlink = 'rebeccapurple'\nband = '#123'\n\
             [colours.dark]\nlink = 'rgb(200 200 255)'\n[footer]\ntext = 'A partnership.'\n\
             [[footer.links]]\nlabel = 'Privacy'\nhref = '/privacy/'",
        );
        assert_eq!(said, [""; 0]);
        assert_eq!(config.branding.logo.map(|logo| logo.text).as_deref(), Some("pictures/logo.svg"));
        let colours: Vec<_> = config.branding.colours.iter().map(|one| (one.name, one.dark, one.rgb)).collect();
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
