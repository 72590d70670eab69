//! Draws the picture that is shown of a link to the site elsewhere: its name on paper, behind the line of the margin.
//!
//! Input: words and colours. Output: a PNG of 1200 by 630 pixels, the same bytes for the same input. Not here: which colours a
//! theme has, and where the picture is named.
//!
//! The letters are those of `serif-bold.ttf` (its licence stands beside it). A name with letters that it does not have is
//! left out, and the picture has its colours alone.

use std::io::Write as _;

use ab_glyph::{Font as _, FontRef, PxScale, ScaleFont as _, point};
use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// What the picture shows.
#[derive(Debug, Clone, Copy)]
pub struct Cover<'text> {
    /// The name of the site.
    pub title: &'text str,
    /// A line below it, in smaller letters.
    pub below: Option<&'text str>,
    /// What everything stands on.
    pub paper: Rgb,
    /// Words.
    pub ink: Rgb,
    /// The spine at the top.
    pub band: Rgb,
    /// The line of the margin.
    pub accent: Rgb,
}

/// The width of the picture, in pixels.
pub const WIDTH: usize = 1200;
/// The height of the picture, in pixels.
pub const HEIGHT: usize = 630;

const SERIF: &[u8] = include_bytes!("serif-bold.ttf");

/// The height of the spine.
const BAND: usize = 72;
/// Where the line of the margin stands, and where words begin.
const MARGIN: (usize, usize) = (132, 180);
/// The widest line of words.
const MEASURE: f32 = 940.0;
/// Sizes of the name in pixels of an em, the largest first: the first in which it takes few enough lines.
const SIZES: [(f32, usize); 4] = [(112.0, 2), (88.0, 3), (64.0, 4), (48.0, 5)];
/// The size of the line below the name.
const SMALL: f32 = 44.0;

/// Shades between paper and ink, for the edges of letters.
const SHADES: u8 = 16;
/// The place of the spine's colour in the palette; the line of the margin has the next one.
const BAND_COLOUR: u8 = SHADES;
const ACCENT_COLOUR: u8 = SHADES + 1;

impl Cover<'_> {
    /// The picture as a PNG file.
    #[must_use]
    pub fn draw(&self) -> Vec<u8> {
        let mut canvas = Canvas(vec![0; WIDTH * HEIGHT]);
        canvas.fill(0..WIDTH, 0..BAND, BAND_COLOUR);
        for left in [MARGIN.0, MARGIN.0 + 8] {
            canvas.fill(left..left + 3, BAND..HEIGHT, ACCENT_COLOUR);
        }
        if let Ok(font) = FontRef::try_from_slice(SERIF) {
            self.write(&font, &mut canvas);
        }
        self.png(&canvas)
    }

    /// Writes the words, in the middle of the height below the spine.
    fn write(&self, font: &FontRef<'_>, canvas: &mut Canvas) {
        let can_be_written = |words: &&str| words.chars().all(|letter| letter == ' ' || font.glyph_id(letter).0 != 0);
        let Some(title) = Some(self.title).filter(can_be_written) else { return };
        let fits = |(size, most): &(f32, usize)| {
            let lines = lines(font, title, *size);
            (lines.len() <= *most && lines.iter().all(|line| width(font, line, *size) <= MEASURE))
                .then_some((lines, *size))
        };
        let Some((lines, size)) = SIZES.iter().find_map(fits) else { return };
        let below = self.below.filter(can_be_written).filter(|below| width(font, below, SMALL) <= MEASURE);
        let leading = size * 1.2;
        let height = leading * lines.len() as f32 + below.map_or(0.0, |_| SMALL * 1.6);
        let mut baseline = BAND as f32 + ((HEIGHT - BAND) as f32 - height) / 2.0 + size * 0.9;
        for line in &lines {
            canvas.write(font, line, size, baseline);
            baseline += leading;
        }
        if let Some(below) = below {
            canvas.write(font, below, SMALL, baseline - leading + SMALL * 1.6 + size * 0.2);
        }
    }

    /// Paper, the shades from it to ink, the spine and the line of the margin.
    fn palette(&self) -> Vec<u8> {
        let between = |paper: u8, ink: u8, shade: u8| {
            let part = u32::from(shade) * 255 / u32::from(SHADES - 1);
            ((u32::from(paper) * (255 - part) + u32::from(ink) * part + 127) / 255) as u8
        };
        let shade = |shade: u8| [0, 1, 2].map(|part| between(self.paper[part], self.ink[part], shade));
        (0..SHADES).map(shade).chain([self.band, self.accent]).flatten().collect()
    }

    /// The picture as PNG (RFC 2083): a header, the palette, and lines without a filter.
    fn png(&self, canvas: &Canvas) -> Vec<u8> {
        let mut rows = ZlibEncoder::new(Vec::new(), Compression::best());
        // Writing into memory does not fail; if it did, the file would be cut short, and no page needs it.
        for row in canvas.0.chunks(WIDTH) {
            let _ = rows.write_all(&[0]).and_then(|()| rows.write_all(row));
        }
        let mut header = [WIDTH as u32, HEIGHT as u32].map(u32::to_be_bytes).concat();
        header.extend([8, 3, 0, 0, 0]);
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        chunk(b"IHDR", &header, &mut png);
        chunk(b"PLTE", &self.palette(), &mut png);
        chunk(b"IDAT", &rows.finish().unwrap_or_default(), &mut png);
        chunk(b"IEND", &[], &mut png);
        png
    }
}

/// Appends a piece of a PNG file: its length, its name, what is in it, and a checksum of both.
fn chunk(name: &[u8; 4], bytes: &[u8], png: &mut Vec<u8>) {
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(bytes);
    png.extend((bytes.len() as u32).to_be_bytes());
    png.extend(name);
    png.extend(bytes);
    png.extend(sum.sum().to_be_bytes());
}

/// Words in lines that are no wider than the measure; a word that is wider alone has a line of its own.
fn lines(font: &FontRef<'_>, words: &str, size: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(font, &format!("{line} {word}"), size) <= MEASURE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The scale at which an em is `size` pixels; the crate counts from the highest to the lowest that a letter can reach.
fn scale(font: &FontRef<'_>, size: f32) -> PxScale {
    PxScale::from(font.units_per_em().map_or(size, |em| size * font.height_unscaled() / em))
}

/// How wide words are, in pixels.
fn width(font: &FontRef<'_>, words: &str, size: f32) -> f32 {
    let font = font.as_scaled(scale(font, size));
    words.chars().map(|letter| font.h_advance(font.glyph_id(letter))).sum()
}

/// The place of a colour in the palette for each pixel, line by line.
struct Canvas(Vec<u8>);

impl Canvas {
    fn fill(&mut self, across: std::ops::Range<usize>, down: std::ops::Range<usize>, colour: u8) {
        for row in down {
            self.0[row * WIDTH..][across.clone()].fill(colour);
        }
    }

    /// Writes a line of words that stand on `baseline`.
    fn write(&mut self, font: &FontRef<'_>, words: &str, size: f32, baseline: f32) {
        let scale = scale(font, size);
        let scaled = font.as_scaled(scale);
        let mut x = MARGIN.1 as f32;
        for letter in words.chars() {
            let id = font.glyph_id(letter);
            if let Some(outline) = font.outline_glyph(id.with_scale_and_position(scale, point(x, baseline))) {
                let corner = outline.px_bounds().min;
                outline.draw(|right, down, cover| self.shade(corner.x + right as f32, corner.y + down as f32, cover));
            }
            x += scaled.h_advance(id);
        }
    }

    /// Darkens a pixel of the paper; nothing outside the picture.
    fn shade(&mut self, x: f32, y: f32, cover: f32) {
        if x < 0.0 || y < 0.0 || x >= WIDTH as f32 || y >= HEIGHT as f32 {
            return;
        }
        let pixel = &mut self.0[y as usize * WIDTH + x as usize];
        let shade = (cover.clamp(0.0, 1.0) * f32::from(SHADES - 1)).round() as u8;
        *pixel = (*pixel).max(shade);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cover<'text>(title: &'text str, below: Option<&'text str>) -> Cover<'text> {
        Cover { title, below, paper: [255; 3], ink: [0; 3], band: [0, 64, 128], accent: [128, 64, 0] }
    }

    #[test]
    fn a_picture_can_be_read_and_is_the_same_each_time() {
        let picture = cover("Safer Marlshire", Some("Safer Marlshire Partnership")).draw();
        let size = imagesize::blob_size(&picture).expect("a PNG");
        assert_eq!((size.width, size.height), (WIDTH, HEIGHT));
        assert_eq!(picture, cover("Safer Marlshire", Some("Safer Marlshire Partnership")).draw());
        assert!(picture.len() < 40_000, "{}", picture.len());
    }

    #[test]
    fn names_stay_inside_whatever_their_length_and_letters() {
        let bare = cover("", None).draw();
        for title in ["Y", &"Partneriaeth Diogelwch Cymunedol ".repeat(4), "Bwrdd Iechyd Prifysgol Hywel Dda – ŵŷ"]
        {
            assert_ne!(cover(title, None).draw(), bare, "{title}");
        }
        // Letters that the font does not have, and a name that no size has room for.
        for title in ["安全", &"long ".repeat(200)] {
            assert_eq!(cover(title, None).draw(), bare, "{title}");
        }
    }
}
