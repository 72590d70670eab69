//! How wide the letters of a PDF's font are.
//!
//! Input: the description of a font. Output: widths by code. Not here: the font itself, and what a code means (`pdf_letters.rs`).

use std::collections::BTreeMap;

use hayro_syntax::object::{Array, Dict, Name, Number, Object};

use super::pdf_letters::Letters;
use super::pdf_stream::Budget;

/// How wide a letter is of which nothing is said.
const USUAL: f64 = 0.5;
/// How many widths of a font are read.
const MOST: usize = 70_000;

/// The widths of a font's letters, as parts of the height of its writing.
#[derive(Debug, Default)]
pub struct Font {
    /// Whether a code has two bytes.
    pub is_wide: bool,
    /// What its codes mean, if that is wanted.
    pub letters: Letters,
    widths: BTreeMap<u16, f64>,
    usual: f64,
}

impl Font {
    /// Reads what is said of a font; `has_letters`: what its codes mean too.
    pub fn read(font: &Dict<'_>, has_letters: bool, budget: &mut Budget) -> Self {
        let is_wide = font.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_str() == "Type0");
        let letters = if has_letters { Letters::read(font, is_wide, budget) } else { Letters::default() };
        let mut read = Self { is_wide, letters, usual: USUAL, ..Self::default() };
        if is_wide {
            let below = font.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
            if let Some(below) = below {
                read.usual = below.get::<f64>("DW").unwrap_or(1000.0) / 1000.0;
                read.take_lists(&below);
            }
            return read;
        }
        let first = font.get::<u16>("FirstChar").unwrap_or_default();
        let widths = font.get::<Array<'_>>("Widths");
        let widths = widths.iter().flat_map(|widths| widths.iter::<f64>()).take(256);
        read.widths = (first..).zip(widths.map(|width| width / 1000.0)).collect();
        read
    }

    /// `W`: `[1 [500 600] 7 9 700]`: 1 and 2 one by one, 7 to 9 alike.
    fn take_lists(&mut self, font: &Dict<'_>) {
        let Some(list) = font.get::<Array<'_>>("W") else { return };
        let mut numbers: Vec<f64> = Vec::new();
        for object in list.iter::<Object<'_>>() {
            if self.widths.len() > MOST {
                return;
            }
            match object {
                Object::Number(number) => numbers.push(number.as_f64()),
                Object::Array(widths) => {
                    let first = numbers.last().copied().unwrap_or_default() as u16;
                    let widths = widths.iter::<Number>().map(|width| width.as_f64() / 1000.0);
                    self.widths.extend((first..).zip(widths));
                    numbers.clear();
                }
                _ => return,
            }
            if let [first, last, width] = numbers[..] {
                self.widths.extend((first as u16..=last as u16).map(|code| (code, width / 1000.0)));
                numbers.clear();
            }
        }
    }

    /// The codes of a text.
    pub fn codes(&self, text: &[u8]) -> Vec<u16> {
        if self.is_wide {
            text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
        } else {
            text.iter().map(|byte| u16::from(*byte)).collect()
        }
    }

    /// How wide the letter with this code is.
    pub fn width(&self, code: u16) -> f64 {
        self.widths.get(&code).copied().filter(|width| *width > 0.0).unwrap_or(self.usual)
    }
}
