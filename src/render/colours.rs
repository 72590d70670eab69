//! Colours that a site chooses in its settings → a block of CSS after the theme's own, in which every one can be read.
//!
//! Input: the theme's style of tokens, a preset of the theme, the site's colours. Output: CSS that names the theme's
//! custom properties, and a warning for each colour that was moved to the nearest shade with contrast. Not here: the look
//! of anything: which property colours what is the theme's.
//!
//! What the settings give for light screens is worked out for dark ones too, where they say nothing of those.

use csscolorparser::Color;

use crate::diagnostic::Diagnostics;
use crate::model::{COLOURS, Colour};

/// Red, green and blue.
type Rgb = [u8; 3];

/// Contrast of words with what they stand on (WCAG 2.2, 1.4.3).
const WORDS: f64 = 4.5;
/// Contrast of lines and marks with what is beside them (1.4.11).
const MARKS: f64 = 3.0;

const WHITE: Rgb = [255; 3];

/// How far from a link's colour the colour of a link under the pointer lies, in lightness from 0 to 1.
const HOVER: f32 = 0.12;

/// The colours of one colour scheme against which others are held.
struct Ground {
    dark: bool,
    /// What words can stand on.
    papers: Vec<Rgb>,
    ink: Rgb,
}

/// The site's colours as CSS; empty where it has none. `tokens` are the theme's.
#[must_use]
pub fn style(colours: &[Colour], tokens: &str, diagnostics: &mut Diagnostics) -> String {
    if colours.is_empty() {
        return String::new();
    }
    let [light, dark] = [false, true].map(|dark| {
        let ground = ground(tokens, dark);
        let chosen = COLOURS.iter().filter_map(|name| chosen(colours, name, &ground, diagnostics));
        chosen.map(|(name, rgb)| properties(name, rgb, &ground)).collect::<String>()
    });
    format!(
        "/* The site's own colours, from its settings. */\n:root {{\n{light}}}\n\
         @media (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n"
    )
}

/// The colour with this name for one scheme: as typed for it, or worked out from the one for light screens.
fn chosen<'name>(
    colours: &[Colour],
    name: &'name str,
    ground: &Ground,
    diagnostics: &mut Diagnostics,
) -> Option<(&'name str, Rgb)> {
    let of = |dark: bool| colours.iter().find(|colour| colour.name == name && colour.dark == dark);
    let own = of(ground.dark);
    let colour = own.or_else(|| of(false))?;
    let Some(ratio) = least(name) else { return Some((name, colour.rgb)) };
    let readable = nearest(colour.rgb, &ground.papers, ratio);
    if own.is_some() && readable != colour.rgb {
        let paper = faintest(colour.rgb, &ground.papers);
        let contrast = contrast(colour.rgb, paper);
        let values = [hex(readable), hex(paper)];
        diagnostics.faint_colour(colour.said.span, (name, &colour.said.text), values, contrast, ratio);
    }
    Some((name, readable))
}

/// The contrast that a colour needs with the page; none where it is itself what words stand on.
fn least(name: &str) -> Option<f64> {
    match name {
        "link" => Some(WORDS),
        "accent" => Some(MARKS),
        _ => None,
    }
}

/// The custom properties that a colour sets: with `band` comes what is written on it, with `link` the link pointed at.
fn properties(name: &str, rgb: Rgb, ground: &Ground) -> String {
    let mut lines = format!("  --{name}: {};\n", hex(rgb));
    if name == "band" {
        let on = [WHITE, ground.ink].into_iter().find(|ink| contrast(*ink, rgb) >= WORDS);
        lines.push_str(&format!("  --on-band: {};\n", hex(on.unwrap_or([0; 3]))));
    }
    if name == "link" {
        let away = if ground.dark { HOVER } else { -HOVER };
        let pointed = nearest(lighter(rgb, away), &ground.papers, WORDS);
        lines.push_str(&format!("  --hover: {};\n", hex(pointed)));
    }
    lines
}

/// The colour of a custom property for light screens, where a style sheet says it.
#[must_use]
pub fn light(css: &str, name: &str) -> Option<Rgb> {
    value(schemes(css).0, name)
}

/// What a style sheet says for light screens, and from there on what it says for dark ones.
fn schemes(css: &str) -> (&str, &str) {
    css.split_at(css.find("prefers-color-scheme: dark").unwrap_or(css.len()))
}

/// Paper and ink of a scheme, as the theme's tokens name them.
fn ground(tokens: &str, dark: bool) -> Ground {
    let (light_part, dark_part) = schemes(tokens);
    let part = if dark { dark_part } else { light_part };
    let token = |name: &str| value(part, name).or_else(|| value(light_part, name));
    let (paper, ink) = if dark { ([0; 3], WHITE) } else { (WHITE, [0; 3]) };
    let papers: Vec<Rgb> = ["--paper", "--panel"].into_iter().filter_map(token).collect();
    Ground { dark, papers: if papers.is_empty() { vec![paper] } else { papers }, ink: token("--ink").unwrap_or(ink) }
}

/// The colour that a custom property has, where it has one.
fn value(css: &str, property: &str) -> Option<Rgb> {
    let mut declarations = css.split([';', '{', '}']).filter_map(|part| part.split_once(':'));
    let (_, typed) = declarations.find(|(name, _)| name.trim().ends_with(property))?;
    let [red, green, blue, _] = csscolorparser::parse(typed.trim()).ok()?.to_rgba8();
    Some([red, green, blue])
}

/// The shade of a colour nearest to it that has a contrast of `ratio` with all of `grounds`: itself if it has.
fn nearest(rgb: Rgb, grounds: &[Rgb], ratio: f64) -> Rgb {
    /// Finer than the eye tells apart.
    const STEPS: u16 = 512;
    let passes = |shade: &Rgb| grounds.iter().all(|ground| contrast(*shade, *ground) >= ratio);
    let shades = (1..=STEPS).map(|step| f32::from(step) / f32::from(STEPS)).flat_map(|away| [away, -away]);
    let shades = std::iter::once(rgb).chain(shades.map(|away| lighter(rgb, away)));
    shades.into_iter().find(passes).unwrap_or_else(|| {
        let far = |ink: Rgb| grounds.iter().map(|ground| contrast(ink, *ground)).fold(f64::INFINITY, f64::min);
        if far(WHITE) > far([0; 3]) { WHITE } else { [0; 3] }
    })
}

/// The same hue, lighter or darker, in OKLCH: what screens cannot show there is taken back in its strength.
fn lighter(rgb: Rgb, by: f32) -> Rgb {
    let [lightness, chroma, hue, _] = Color::from_rgba8(rgb[0], rgb[1], rgb[2], 255).to_oklcha();
    let lightness = (lightness + by).clamp(0.0, 1.0);
    let weaker = (0..=20u8).map(|step| chroma * (1.0 - f32::from(step) / 20.0));
    let shows =
        |colour: &Color| [colour.r, colour.g, colour.b].into_iter().all(|part| (-0.001..=1.001).contains(&part));
    let colours = weaker.map(|chroma| Color::from_oklcha(lightness, chroma, hue, 1.0));
    let [red, green, blue, _] = colours.into_iter().find(shows).unwrap_or_default().to_rgba8();
    [red, green, blue]
}

/// Of these, the one with which a colour has least contrast.
fn faintest(rgb: Rgb, grounds: &[Rgb]) -> Rgb {
    grounds.iter().copied().min_by(|a, b| contrast(rgb, *a).total_cmp(&contrast(rgb, *b))).unwrap_or(WHITE)
}

/// From 1 to 21, as WCAG defines it.
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(rgb: Rgb) -> f64 {
    let light = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * light(rgb[0]) + 0.7152 * light(rgb[1]) + 0.0722 * light(rgb[2])
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Said;
    use crate::render::theme::bundled;
    use crate::source::{SourceId, Span};

    fn tokens() -> &'static str {
        bundled().find(|(path, _)| *path == "css/tokens.css").expect("the theme has tokens").1
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast(WHITE, [0; 3]) - 21.0).abs() < 1e-9);
        // The example of every guide: the palest grey on white that passes.
        assert!(contrast([0x76; 3], WHITE) > WORDS && contrast([0x77; 3], WHITE) < WORDS);
    }

    #[test]
    fn every_colour_becomes_one_that_can_be_read_and_a_readable_one_stays() {
        for dark in [false, true] {
            let ground = ground(tokens(), dark);
            assert_eq!(ground.papers.len(), 2);
            for step in 0..512u32 {
                let rgb = [step.wrapping_mul(37) as u8, step.wrapping_mul(101) as u8, step.wrapping_mul(211) as u8];
                let shade = nearest(rgb, &ground.papers, WORDS);
                let least = |shade| contrast(shade, faintest(shade, &ground.papers));
                assert!(least(shade) >= WORDS, "{} became {}", hex(rgb), hex(shade));
                assert!(least(rgb) < WORDS || shade == rgb, "{} was changed", hex(rgb));
            }
        }
    }

    #[test]
    fn the_theme_and_its_presets_can_be_read() {
        let presets = bundled().filter(|(path, _)| path.starts_with("presets/")).map(|(_, text)| text);
        for css in std::iter::once("").chain(presets) {
            // The later declaration wins, as `value` finds the first.
            let css = format!("{css}\n");
            let parts =
                |text: &str| text.split_once("prefers-color-scheme: dark").map(|(a, b)| (a.to_owned(), b.to_owned()));
            let (own_light, own_dark) = parts(&css).unwrap_or_default();
            let (light, dark) = parts(tokens()).expect("tokens for the dark");
            for (text, dark) in [(own_light + &light, false), (own_dark + &dark, true)] {
                let token = |name: &str| value(&text, name).or_else(|| value(&light, name)).expect(name);
                for paper in ["--paper", "--panel"].map(token) {
                    for name in ["--ink", "--muted", "--link", "--visited", "--hover", "--error"] {
                        assert!(contrast(token(name), paper) >= WORDS, "{name} in {css} (dark: {dark})");
                    }
                    for name in ["--accent", "--control"] {
                        assert!(contrast(token(name), paper) >= MARKS, "{name} in {css} (dark: {dark})");
                    }
                }
                assert!(contrast(token("--on-band"), token("--band")) >= WORDS, "the band in {css} (dark: {dark})");
            }
        }
    }

    #[test]
    fn a_faint_colour_is_replaced_with_a_word_and_a_dark_one_is_worked_out() {
        let span = Span::new(SourceId(0), 0, 1);
        let said = |text: &str| Said { text: text.into(), span };
        let colours = [
            Colour { name: "link", dark: false, rgb: [0x7f, 0xd0, 0xe0], said: said("#7fd0e0") },
            Colour { name: "band", dark: false, rgb: [0xff, 0xe0, 0x00], said: said("#ffe000") },
        ];
        let mut diagnostics = Diagnostics::new();
        let style = style(&colours, tokens(), &mut diagnostics);
        assert_eq!(diagnostics.len(), 1);
        assert!(style.contains("--band: #ffe000") && style.contains("--on-band: #16202a"), "{style}");
        let (light, dark) = style.split_once("prefers-color-scheme: dark").expect("both schemes");
        assert!(!light.contains("#7fd0e0") && dark.contains("--link: #7fd0e0"), "{style}");
    }
}
