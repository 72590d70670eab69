//! Looks for what readers of a PDF were not meant to see. The file itself is never changed: it may be signed.
//!
//! Input: bytes. Output: diagnostics: words below boxes, marks for redaction that were not carried out, comments, files inside, hidden
//! layers, the author; the words of each page for who listens. Not here: what a page paints (`pdf_page.rs`), and which letters are covered (`cover.rs`).

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream, String as Text};
use hayro_syntax::page::{Page, Resources};
use hayro_syntax::{LoadPdfError, Pdf};

use super::cover::{Cover, Shade, covered_words, words_in};
use super::geometry::{Area, Matrix};
use super::pdf_page::{Canvas, Fonts, area, form_matrix};
use super::pdf_stream::{Budget, unpacked};
use super::pdf_weight::weigh;
use super::spoken::Spoken;
use crate::archive::xml::{Step, walk};
use crate::diagnostic::{Attached, Covered, Diagnostics, Hidden, Places, Unread};
use crate::source::decode;

/// How many pages are looked at.
const MOST_PAGES: usize = 5_000;
/// How many comments, files and layers are counted.
const MOST: usize = 10_000;
/// How many steps of painting are read of one file, and how many bytes of it are unpacked.
const BUDGET: Budget = Budget { steps: 30_000_000, bytes: 512_000_000 };
/// A white box of this part of a page is the paper, and covers nothing.
const PAPER: f64 = 0.8;

/// What was found on the pages, by their numbers.
#[derive(Default)]
struct Found {
    /// The fonts that were read so far.
    fonts: Fonts,
    covered: Vec<usize>,
    covered_words: usize,
    planned: Vec<usize>,
    planned_words: usize,
    comments: Vec<usize>,
    files: usize,
    is_cut_short: bool,
}

/// Looks into a file.
pub fn look(bytes: Vec<u8>, file: Attached<'_>, spoken: &mut Spoken<'_>, diagnostics: &mut Diagnostics) {
    // The reader is not ours, and files come from anywhere: a fault of it must not stop a site.
    let looked = catch_unwind(AssertUnwindSafe(|| {
        let mut said = Diagnostics::new();
        into(bytes, file, spoken, &mut said).map(|()| said)
    }));
    match looked {
        Ok(Ok(said)) => diagnostics.append(said),
        Ok(Err(unread)) => diagnostics.unread_file(file, &unread),
        Err(_) => diagnostics.unread_file(file, &Unread::Damaged),
    }
}

fn into(
    bytes: Vec<u8>,
    file: Attached<'_>,
    spoken: &mut Spoken<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(), Unread> {
    weigh(&bytes)?;
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Unread::Encrypted,
        LoadPdfError::Invalid => Unread::Damaged,
    })?;
    let mut budget = BUDGET;
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let mut found = Found { files: embedded_files(&catalog), ..Found::default() };
    for (number, page) in (1..).zip(pdf.pages().iter().take(MOST_PAGES)) {
        let words = look_at_page(page, number, spoken.is_heard(), &mut found, &mut budget);
        found.is_cut_short |= spoken.say(&words, u32::try_from(number).ok()).is_err();
    }
    found.is_cut_short |= pdf.pages().len() > MOST_PAGES || budget.steps == 0;
    found.report(file, diagnostics);
    let layers = hidden_layers(&catalog);
    if layers > 0 {
        diagnostics.hidden_in_file(file, Hidden::Layers, &Places::Whole(layers));
    }
    let author = pdf.metadata().author.as_deref().unwrap_or_default();
    if is_written(author) || described_author(&catalog, &mut budget) {
        diagnostics.author_in_file(file);
    }
    Ok(())
}

impl Found {
    fn report(&self, file: Attached<'_>, diagnostics: &mut Diagnostics) {
        if !self.covered.is_empty() {
            diagnostics.covered_words(file, Covered::Box, self.covered_words, &Places::Pages(&self.covered));
        }
        if !self.planned.is_empty() {
            diagnostics.covered_words(file, Covered::Planned, self.planned_words, &Places::Pages(&self.planned));
        }
        if !self.comments.is_empty() {
            diagnostics.hidden_in_file(file, Hidden::Comments, &Places::Pages(&self.comments));
        }
        if self.files > 0 {
            diagnostics.hidden_in_file(file, Hidden::Files, &Places::Whole(self.files));
        }
        if self.is_cut_short {
            diagnostics.unread_file(file, &Unread::TooMuch);
        }
    }
}

/// Looks at a page; gives its words if they are heard.
fn look_at_page(page: &Page<'_>, number: usize, is_heard: bool, found: &mut Found, budget: &mut Budget) -> String {
    let mut canvas = Canvas::new(std::mem::take(&mut found.fonts), is_heard);
    match content(page, budget) {
        Some(content) => canvas.paint(&content, page.resources(), Matrix::SAME, budget),
        None => found.is_cut_short = true,
    }
    let mut planned = Vec::new();
    let notes = page.raw().get::<Array<'_>>("Annots");
    let mut has_comment = false;
    for note in notes.iter().flat_map(|notes| notes.iter::<Dict<'_>>()).take(MOST) {
        let sort = note.get::<Name<'_>>("Subtype");
        match sort.as_ref().map_or("", |sort| sort.as_str()) {
            // What is typed into a field of a form is words; it hides nothing.
            "Widget" if is_heard => {
                let mut aside = Canvas::new(std::mem::take(&mut canvas.fonts), is_heard);
                paint_note(&note, "Widget", &mut aside, budget);
                canvas.words.add_text(&aside.words.take());
                canvas.fonts = aside.fonts;
            }
            // A link, a field of a form and the window of another note say nothing by themselves.
            "" | "Link" | "Widget" | "Popup" | "PrinterMark" | "TrapNet" | "Watermark" => continue,
            "FileAttachment" => found.files += 1,
            "Redact" => planned.extend(areas_of(&note)),
            sort => {
                has_comment |= ["Contents", "RC"].iter().any(|key| says_something(&note, key));
                if is_heard && let Some(words) = note.get::<Text<'_>>("Contents") {
                    canvas.words.add_text(&decoded(words.as_bytes()));
                }
                paint_note(&note, sort, &mut canvas, budget);
            }
        }
    }
    if has_comment {
        found.comments.push(number);
    }
    let (width, height) = area(&page.crop_box()).size();
    canvas.covers.retain(|cover| {
        let (own_width, own_height) = cover.area.size();
        cover.shade == Shade::Dark || own_width * own_height < PAPER * width * height
    });
    let words = covered_words(&canvas.letters, &canvas.covers);
    if words > 0 {
        found.covered.push(number);
        found.covered_words += words;
    }
    if !planned.is_empty() {
        found.planned.push(number);
        found.planned_words += words_in(&canvas.letters, &planned);
    }
    found.fonts = canvas.fonts;
    canvas.words.take()
}

/// A text of a PDF that is not painted: UTF-16 or UTF-8 if it says so, else a byte for each letter.
fn decoded(text: &[u8]) -> String {
    match text {
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0xEF, 0xBB, 0xBF, ..] => decode(text.to_vec()).unwrap_or_default(),
        _ => text.iter().copied().map(char::from).collect(),
    }
}

/// Paints what a note paints, above all that the page does.
fn paint_note(note: &Dict<'_>, sort: &str, canvas: &mut Canvas, budget: &mut Budget) {
    let Some(place) = note.get::<Rect>("Rect").map(|place| area(&place)) else { return };
    let look = note.get::<Dict<'_>>("AP").and_then(|look| look.get::<Stream<'_>>("N"));
    if let Some(stream) = look {
        let Some(content) = unpacked(&stream, budget) else { return };
        let own = form_matrix(&stream);
        let edge = stream.dict().get::<Rect>("BBox").map_or(place, |edge| area(&edge));
        let edge = Area::around(&edge.corners().map(|corner| own.place(corner)));
        let ((width, height), (to_width, to_height)) = (edge.size(), place.size());
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let (x, y) = (to_width / width, to_height / height);
        let fit = Matrix([x, 0.0, 0.0, y, place.left - edge.left * x, place.bottom - edge.bottom * y]);
        let resources = Resources::new(stream.dict().get::<Dict<'_>>("Resources").unwrap_or_default());
        canvas.paint(&content, &resources, own.then(fit), budget);
        return;
    }
    let colour = if sort == "Highlight" { "C" } else { "IC" };
    let colour: Vec<f64> =
        note.get::<Array<'_>>(colour).iter().flat_map(|colour| colour.iter::<f64>()).take(4).collect();
    let is_black = matches!(colour.len(), 1 | 3) && colour.iter().all(|part| *part < 0.25);
    if is_black && matches!(sort, "Square" | "Highlight") {
        let areas = if sort == "Square" { vec![place] } else { areas_of(note) };
        let covers = areas.into_iter().map(|area| Cover { area, shade: Shade::Dark, turn: usize::MAX });
        canvas.covers.extend(covers);
    }
}

/// The places that a note marks: by its corners, four at a time, or as a whole.
fn areas_of(note: &Dict<'_>) -> Vec<Area> {
    let corners = note.get::<Array<'_>>("QuadPoints");
    let corners: Vec<f64> = corners.iter().flat_map(|corners| corners.iter::<f64>()).take(8 * MOST).collect();
    let areas: Vec<Area> = corners
        .chunks_exact(8)
        .map(|four| Area::around(&four.chunks_exact(2).map(|point| (point[0], point[1])).collect::<Vec<_>>()))
        .collect();
    if areas.is_empty() { note.get::<Rect>("Rect").iter().map(area).collect() } else { areas }
}

fn says_something(note: &Dict<'_>, key: &str) -> bool {
    note.get::<Text<'_>>(key).is_some_and(|words| is_written(words.as_bytes()))
}

/// Whether there are words, and not a byte-order mark and blanks alone.
fn is_written(words: &[u8]) -> bool {
    words.iter().any(|byte| byte.is_ascii_alphanumeric() || (0x80..0xFE).contains(byte))
}

/// What a page paints, unpacked; `None` if it is too much.
fn content(page: &Page<'_>, budget: &mut Budget) -> Option<Vec<u8>> {
    let streams: Vec<Stream<'_>> = match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(streams)) => streams.iter::<Stream<'_>>().take(MOST).collect(),
        _ => Vec::new(),
    };
    let mut whole = Vec::new();
    for stream in streams {
        whole.extend_from_slice(&unpacked(&stream, budget)?);
        whole.push(b'\n');
    }
    Some(whole)
}

/// How many files lie in the file: the leaves of a tree of names.
fn embedded_files(catalog: &Dict<'_>) -> usize {
    let tree = catalog.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles"));
    let mut left: Vec<Dict<'_>> = tree.into_iter().collect();
    let (mut count, mut steps) = (0, 0);
    while let Some(node) = left.pop() {
        steps += 1;
        count += node.get::<Array<'_>>("Names").map_or(0, |names| names.raw_iter().take(MOST).count() / 2);
        if steps < MOST {
            left.extend(
                node.get::<Array<'_>>("Kids").iter().flat_map(|kids| kids.iter::<Dict<'_>>()).take(MOST - steps),
            );
        }
    }
    count
}

/// How many layers do not show when the file is opened.
fn hidden_layers(catalog: &Dict<'_>) -> usize {
    let Some(layers) = catalog.get::<Dict<'_>>("OCProperties") else { return 0 };
    let count = |of: Option<Array<'_>>| of.map_or(0, |list| list.raw_iter().take(MOST).count());
    let Some(start) = layers.get::<Dict<'_>>("D") else { return 0 };
    if start.get::<Name<'_>>("BaseState").is_some_and(|state| state.as_str() == "OFF") {
        return count(layers.get("OCGs")).saturating_sub(count(start.get("ON")));
    }
    count(start.get("OFF"))
}

/// Whether the description of the file (XMP) names who made it.
fn described_author(catalog: &Dict<'_>, budget: &mut Budget) -> bool {
    let Some(xmp) = catalog.get::<Stream<'_>>("Metadata").and_then(|stream| unpacked(&stream, budget)) else {
        return false;
    };
    let (mut inside, mut is_named) = (false, false);
    // A description that is no XML says nothing to anybody else either.
    let _ = walk(&xmp, |step| match step {
        Step::Open(element) if element.name() == "creator" => inside = true,
        Step::Close("creator") => inside = false,
        Step::Text(words) => is_named |= inside && !words.trim().is_empty(),
        _ => {}
    });
    is_named
}
