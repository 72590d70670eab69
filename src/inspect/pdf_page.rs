//! Reads what a page of a PDF paints, in its order: letters, and boxes that could cover them.
//!
//! Input: a page. Output: its letters and boxes on the page, and its words ([`Canvas`]). Not here: which letters are covered (`cover.rs`), pictures,
//! shadings, and areas that are no rectangles, which hide nothing that this program could be sure of.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Rect, Stream};
use hayro_syntax::page::Resources;

use super::cover::{Cover, Letter, MOST, Shade};
use super::geometry::{Area, Matrix, Point};
use super::pdf_font::Font;
use super::pdf_stream::{Budget, unpacked};
use super::pdf_words::PageWords;

/// How deep drawings may stand in drawings.
const DEEPEST: usize = 12;
/// How many corners a line may have before it is no rectangle for certain.
const MOST_CORNERS: usize = 5;
/// How many parts a painted area may have of which each is looked at.
const MOST_PARTS: usize = 500;
/// How thick a line is that covers words, in points.
const THICK: f64 = 5.0;
/// How much of what lies below a box may shine through.
const NEARLY_OPAQUE: f32 = 0.9;

/// The fonts of a file that were read.
pub type Fonts = BTreeMap<(u32, i32), Rc<Font>>;

/// What a page paints.
pub struct Canvas {
    pub letters: Vec<Letter>,
    pub covers: Vec<Cover>,
    pub words: PageWords,
    pub fonts: Fonts,
    turn: usize,
}

/// What holds until the next `Q`.
#[derive(Clone)]
struct State {
    plane: Matrix,
    /// Outside of it nothing is painted; none if there is no edge.
    clip: Option<Area>,
    fill: Shade,
    stroke: Shade,
    fill_space: Space,
    stroke_space: Space,
    /// Whether what lies below shows: by how thin the colour is, how it blends, or a mask.
    shines_through: [bool; 3],
    line_width: f64,
    font: Option<Rc<Font>>,
    size: f64,
    letter_gap: f64,
    word_gap: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// What the numbers of a colour mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    /// More is lighter: grey, or red, green and blue; four are inks.
    Light,
    /// The one number is how much black ink there is.
    Ink,
    /// Something else.
    Other,
}

/// A line that is being drawn.
#[derive(Default)]
struct Path {
    parts: Vec<Vec<Point>>,
    is_curved: Vec<bool>,
    is_too_long: bool,
}

impl Canvas {
    /// With nothing on it yet; `is_heard`: the words of the page are wanted.
    pub fn new(fonts: Fonts, is_heard: bool) -> Self {
        Self { letters: Vec::new(), covers: Vec::new(), words: PageWords::new(is_heard), fonts, turn: 0 }
    }

    /// Paints a stream on a plane. The next that is painted lies above it.
    pub fn paint(&mut self, content: &[u8], resources: &Resources<'_>, plane: Matrix, budget: &mut Budget) {
        self.run(content, resources, State::new(plane), budget, 0);
    }

    fn run(&mut self, content: &[u8], resources: &Resources<'_>, state: State, budget: &mut Budget, depth: usize) {
        let mut painter = Painter {
            saved: Vec::new(),
            state,
            path: Path::default(),
            clips: false,
            text: Matrix::SAME,
            line: Matrix::SAME,
            resources,
            depth,
        };
        let mut steps = TypedIter::new(content);
        while let Some(step) = steps.next() {
            let Some(left) = budget.steps.checked_sub(1) else { return };
            budget.steps = left;
            self.turn += 1;
            painter.step(&step, self, budget);
        }
    }

    fn font(&mut self, font: &Dict<'_>, budget: &mut Budget) -> Rc<Font> {
        let has_letters = self.words.are_wanted();
        let mut read = || Rc::new(Font::read(font, has_letters, budget));
        let Some(id) = font.obj_id() else { return read() };
        Rc::clone(self.fonts.entry((id.obj_number, id.gen_number)).or_insert_with(read))
    }
}

impl State {
    fn new(plane: Matrix) -> Self {
        Self {
            plane,
            clip: None,
            fill: Shade::Dark,
            stroke: Shade::Dark,
            fill_space: Space::Light,
            stroke_space: Space::Light,
            shines_through: [false; 3],
            line_width: 1.0,
            font: None,
            size: 1.0,
            letter_gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// Goes through one stream.
struct Painter<'a, 'pdf> {
    saved: Vec<State>,
    state: State,
    path: Path,
    /// Whether the path is to be an edge once it was painted.
    clips: bool,
    text: Matrix,
    line: Matrix,
    resources: &'a Resources<'pdf>,
    depth: usize,
}

impl Painter<'_, '_> {
    fn step(&mut self, step: &Op<'_, '_>, canvas: &mut Canvas, budget: &mut Budget) {
        match step {
            Op::SaveState(_) if self.saved.len() < 1000 => self.saved.push(self.state.clone()),
            Op::RestoreState(_) => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            Op::Transform(of) => {
                self.state.plane = matrix([of.0, of.1, of.2, of.3, of.4, of.5]).then(self.state.plane);
            }
            Op::SetGraphicsState(of) => self.graphics(of.0),
            Op::LineWidth(of) => self.state.line_width = of.0.as_f64(),
            Op::XObject(of) => self.drawing(of.0, canvas, budget),
            _ if self.path_step(step) || self.colour_step(step) || self.text_step(step, canvas, budget) => {}
            _ => self.paint_step(step, canvas),
        }
    }

    fn path_step(&mut self, step: &Op<'_, '_>) -> bool {
        let plane = self.state.plane;
        let point = |x: &Number, y: &Number| plane.place((x.as_f64(), y.as_f64()));
        match step {
            Op::MoveTo(to) => self.path.begin(point(&to.0, &to.1)),
            Op::LineTo(to) => self.path.go(point(&to.0, &to.1), false),
            Op::CubicTo(to) => self.path.go(point(&to.4, &to.5), true),
            Op::CubicStartTo(to) => self.path.go(point(&to.2, &to.3), true),
            Op::CubicEndTo(to) => self.path.go(point(&to.2, &to.3), true),
            Op::ClosePath(_) => {}
            Op::RectPath(of) => {
                let (x, y, width, height) = (of.0.as_f64(), of.1.as_f64(), of.2.as_f64(), of.3.as_f64());
                for (index, corner) in
                    [(x, y), (x + width, y), (x + width, y + height), (x, y + height)].into_iter().enumerate()
                {
                    let corner = plane.place(corner);
                    if index == 0 { self.path.begin(corner) } else { self.path.go(corner, false) }
                }
            }
            _ => return false,
        }
        true
    }

    fn paint_step(&mut self, step: &Op<'_, '_>, canvas: &mut Canvas) {
        match step {
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => return self.clips = true,
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => self.fill(canvas),
            Op::FillAndStrokeNonZero(_)
            | Op::FillAndStrokeEvenOdd(_)
            | Op::CloseFillAndStrokeNonZero(_)
            | Op::CloseFillAndStrokeEvenOdd(_) => self.fill(canvas),
            Op::StrokePath(_) | Op::CloseAndStrokePath(_) => self.stroke(canvas),
            Op::EndPath(_) => {}
            _ => return,
        }
        if std::mem::take(&mut self.clips) {
            let own = self.path.only_rectangle().unwrap_or(Area::NOTHING);
            self.state.clip = Some(self.state.clip.map_or(own, |clip| clip.and(own)));
        }
        self.path = Path::default();
    }

    fn fill(&mut self, canvas: &mut Canvas) {
        let areas = self.path.rectangles();
        for area in &areas {
            // A frame is painted as one rectangle without another.
            if !areas.iter().any(|other| area.surrounds(other) || other.surrounds(area)) {
                self.cover(*area, self.state.fill, canvas);
            }
        }
    }

    /// A thick straight line covers what lies below as a box does.
    fn stroke(&mut self, canvas: &mut Canvas) {
        let width = self.state.line_width * self.state.plane.scale();
        if width < THICK {
            return;
        }
        for part in self.path.parts.iter().filter(|part| part.len() == 2).take(MOST_PARTS) {
            let area = Area::around(part);
            let (half, (long, high)) = (width / 2.0, area.size());
            let area = match (long < 0.5, high < 0.5) {
                (false, true) => Area { bottom: area.bottom - half, top: area.top + half, ..area },
                (true, false) => Area { left: area.left - half, right: area.right + half, ..area },
                _ => continue,
            };
            self.cover(area, self.state.stroke, canvas);
        }
    }

    fn cover(&self, area: Area, shade: Shade, canvas: &mut Canvas) {
        let area = self.state.clip.map_or(area, |clip| clip.and(area));
        let (width, height) = area.size();
        let is_one =
            !self.state.shines_through.contains(&true) && shade != Shade::Other && width >= 3.0 && height >= 3.0;
        if is_one && canvas.covers.len() < MOST {
            canvas.covers.push(Cover { area, shade, turn: canvas.turn });
        }
    }

    fn graphics(&mut self, name: &Name<'_>) {
        let Some(of) = self.resources.get_ext_g_state(name) else { return };
        let said = [
            of.get::<f32>("ca").map(|alpha| alpha < NEARLY_OPAQUE),
            of.get::<Name<'_>>("BM").map(|mode| !matches!(mode.as_str(), "Normal" | "Compatible")),
            of.get::<Object<'_>>("SMask").map(|mask| matches!(mask, Object::Dict(_))),
        ];
        for (held, said) in self.state.shines_through.iter_mut().zip(said) {
            *held = said.unwrap_or(*held);
        }
    }

    fn colour_step(&mut self, step: &Op<'_, '_>) -> bool {
        let state = &mut self.state;
        let light = |numbers: &[Number]| shade(Space::Light, numbers);
        match step {
            Op::NonStrokeColorDeviceGray(of) => (state.fill, state.fill_space) = (light(&[of.0]), Space::Light),
            Op::NonStrokeColorDeviceRgb(of) => {
                (state.fill, state.fill_space) = (light(&[of.0, of.1, of.2]), Space::Light);
            }
            Op::NonStrokeColorCmyk(of) => {
                (state.fill, state.fill_space) = (light(&[of.0, of.1, of.2, of.3]), Space::Light);
            }
            Op::StrokeColorDeviceGray(of) => (state.stroke, state.stroke_space) = (light(&[of.0]), Space::Light),
            Op::StrokeColorDeviceRgb(of) => {
                (state.stroke, state.stroke_space) = (light(&[of.0, of.1, of.2]), Space::Light);
            }
            Op::StrokeColorCmyk(of) => {
                (state.stroke, state.stroke_space) = (light(&[of.0, of.1, of.2, of.3]), Space::Light);
            }
            Op::ColorSpaceNonStroke(of) => {
                state.fill_space = space(of.0, self.resources);
                state.fill = first_shade(state.fill_space);
            }
            Op::ColorSpaceStroke(of) => {
                state.stroke_space = space(of.0, self.resources);
                state.stroke = first_shade(state.stroke_space);
            }
            Op::NonStrokeColor(of) => state.fill = shade(state.fill_space, &of.0),
            Op::StrokeColor(of) => state.stroke = shade(state.stroke_space, &of.0),
            Op::NonStrokeColorNamed(of) if of.1.is_none() => state.fill = shade(state.fill_space, &of.0),
            Op::StrokeColorNamed(of) if of.1.is_none() => state.stroke = shade(state.stroke_space, &of.0),
            Op::NonStrokeColorNamed(_) => state.fill = Shade::Other,
            Op::StrokeColorNamed(_) => state.stroke = Shade::Other,
            _ => return false,
        }
        true
    }

    fn text_step(&mut self, step: &Op<'_, '_>, canvas: &mut Canvas, budget: &mut Budget) -> bool {
        match step {
            Op::BeginText(_) => (self.text, self.line) = (Matrix::SAME, Matrix::SAME),
            Op::TextFont(of) => {
                self.state.font = self.resources.get_font(of.0).map(|font| canvas.font(&font, budget));
                self.state.size = of.1.as_f64();
            }
            Op::CharacterSpacing(of) => self.state.letter_gap = of.0.as_f64(),
            Op::WordSpacing(of) => self.state.word_gap = of.0.as_f64(),
            Op::HorizontalScaling(of) => self.state.stretch = of.0.as_f64() / 100.0,
            Op::TextLeading(of) => self.state.leading = of.0.as_f64(),
            Op::TextRise(of) => self.state.rise = of.0.as_f64(),
            Op::NextLine(of) => self.next_line(of.0.as_f64(), of.1.as_f64()),
            Op::NextLineAndSetLeading(of) => {
                self.state.leading = -of.1.as_f64();
                self.next_line(of.0.as_f64(), of.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::SetTextMatrix(of) => {
                self.line = matrix([of.0, of.1, of.2, of.3, of.4, of.5]);
                self.text = self.line;
            }
            Op::ShowText(of) => self.show(of.0.as_bytes(), canvas),
            Op::NextLineAndShowText(of) => {
                self.next_line(0.0, -self.state.leading);
                self.show(of.0.as_bytes(), canvas);
            }
            Op::ShowTextWithParameters(of) => {
                self.state.word_gap = of.0.as_f64();
                self.state.letter_gap = of.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(of.2.as_bytes(), canvas);
            }
            Op::ShowTexts(of) => self.show_all(of.0, canvas),
            _ => return false,
        }
        true
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.text = self.line;
    }

    fn show_all(&mut self, texts: &Array<'_>, canvas: &mut Canvas) {
        for part in texts.iter::<Object<'_>>() {
            match part {
                Object::String(text) => self.show(text.as_bytes(), canvas),
                Object::Number(back) => self.advance(-back.as_f64() / 1000.0 * self.state.size * self.state.stretch),
                _ => {}
            }
        }
    }

    fn show(&mut self, text: &[u8], canvas: &mut Canvas) {
        let Some(font) = self.state.font.clone() else { return };
        for code in font.codes(text) {
            let (size, stretch) = (self.state.size, self.state.stretch);
            let width = font.width(code) * size * stretch;
            let plane = self.text.then(self.state.plane);
            let at = |height: f64| plane.place((width / 2.0, self.state.rise + height * size));
            let is_seen = font.is_wide || !b" _.-\xA0".iter().any(|blank| u16::from(*blank) == code);
            if is_seen && canvas.letters.len() < MOST {
                let (low, high) = (at(0.1), at(0.5));
                let size = (size * plane.scale()).abs();
                canvas.letters.push(Letter { low, high, size, code, turn: canvas.turn });
            }
            let is_blank = code == 32 && !font.is_wide;
            let gap = self.state.letter_gap + if is_blank { self.state.word_gap } else { 0.0 };
            if canvas.words.are_wanted() {
                let base = |x: f64| plane.place((x, self.state.rise));
                let end = base(width + gap * stretch);
                canvas.words.add(&font.letters, code, (base(0.0), end), (size * plane.scale()).abs());
            }
            self.advance(width + gap * stretch);
        }
    }

    fn advance(&mut self, by: f64) {
        self.text = Matrix::moved(by, 0.0).then(self.text);
    }

    /// A drawing that is used by its name.
    fn drawing(&mut self, name: &Name<'_>, canvas: &mut Canvas, budget: &mut Budget) {
        let Some(stream) = self.resources.get_x_object(name) else { return };
        let is_drawing = stream.dict().get::<Name<'_>>("Subtype").is_some_and(|name| name.as_str() == "Form");
        if !is_drawing || self.depth >= DEEPEST {
            return;
        }
        let Some(content) = unpacked(&stream, budget) else { return };
        let mut state = self.state.clone();
        state.plane = form_matrix(&stream).then(state.plane);
        if let Some(edge) = stream.dict().get::<Rect>("BBox") {
            let own = area(&edge).on(state.plane).unwrap_or(Area::NOTHING);
            state.clip = Some(state.clip.map_or(own, |clip| clip.and(own)));
        }
        match stream.dict().get::<Dict<'_>>("Resources") {
            Some(own) => canvas.run(&content, &Resources::new(own), state, budget, self.depth + 1),
            None => canvas.run(&content, self.resources, state, budget, self.depth + 1),
        }
    }
}

impl Path {
    fn begin(&mut self, at: Point) {
        if self.parts.len() >= MOST_PARTS {
            self.is_too_long = true;
            return;
        }
        self.parts.push(vec![at]);
        self.is_curved.push(false);
    }

    fn go(&mut self, to: Point, is_curved: bool) {
        if let (Some(part), Some(curved)) = (self.parts.last_mut(), self.is_curved.last_mut()) {
            *curved |= is_curved || part.len() > MOST_CORNERS;
            if part.len() <= MOST_CORNERS {
                part.push(to);
            }
        }
    }

    fn rectangles(&self) -> Vec<Area> {
        if self.is_too_long {
            return Vec::new();
        }
        let straight = self.parts.iter().zip(&self.is_curved).filter(|(_, curved)| !**curved);
        straight.filter_map(|(part, _)| Area::of_corners(part)).collect()
    }

    /// The path, if it is one rectangle and nothing else.
    fn only_rectangle(&self) -> Option<Area> {
        let rectangles = self.rectangles();
        (self.parts.len() == 1 && rectangles.len() == 1).then(|| rectangles[0])
    }
}

/// How a drawing lies on what it is drawn on.
pub fn form_matrix(stream: &Stream<'_>) -> Matrix {
    stream.dict().get::<[f64; 6]>("Matrix").map_or(Matrix::SAME, Matrix)
}

/// A rectangle with its corners in order.
pub fn area(of: &Rect) -> Area {
    Area::around(&[(of.x0, of.y0), (of.x1, of.y1)])
}

fn matrix(numbers: [Number; 6]) -> Matrix {
    Matrix(numbers.map(|number| number.as_f64()))
}

fn space(name: &Name<'_>, resources: &Resources<'_>) -> Space {
    match name.as_str() {
        "DeviceGray" | "DeviceRGB" | "DeviceCMYK" | "G" | "RGB" | "CMYK" => return Space::Light,
        "Pattern" => return Space::Other,
        _ => {}
    }
    let list = match resources.get_color_space(name) {
        Some(Object::Array(list)) => list,
        Some(Object::Name(name)) if name.as_str().starts_with("Device") => return Space::Light,
        _ => return Space::Other,
    };
    let mut parts = list.iter::<Object<'_>>();
    let sort = parts.next().and_then(Object::into_name);
    match sort.as_ref().map(|sort| sort.as_str()) {
        Some("ICCBased" | "CalGray" | "CalRGB" | "DeviceGray" | "DeviceRGB" | "DeviceCMYK") => Space::Light,
        Some("Separation") => match parts.next().and_then(Object::into_name) {
            Some(ink) if ["Black", "All"].contains(&ink.as_str()) => Space::Ink,
            _ => Space::Other,
        },
        _ => Space::Other,
    }
}

/// The shade with which a space of colours begins.
fn first_shade(space: Space) -> Shade {
    if space == Space::Other { Shade::Other } else { Shade::Dark }
}

fn shade(space: Space, numbers: &[Number]) -> Shade {
    let numbers: Vec<f64> = numbers.iter().map(|number| number.as_f64()).collect();
    let all = |test: fn(f64) -> bool| numbers.iter().all(|number| test(*number));
    match (space, &numbers[..]) {
        (Space::Other, _) | (_, []) => Shade::Other,
        (Space::Ink, [ink]) if *ink > 0.75 => Shade::Dark,
        (Space::Ink, [ink]) if *ink < 0.05 => Shade::Light,
        (Space::Ink, _) => Shade::Other,
        (Space::Light, [_, _, _, black]) if *black > 0.75 => Shade::Dark,
        (Space::Light, [cyan, magenta, yellow, _]) if cyan.min(*magenta).min(*yellow) > 0.75 => Shade::Dark,
        (Space::Light, [_, _, _, _]) if all(|ink| ink < 0.05) => Shade::Light,
        (Space::Light, [_, _, _, _]) => Shade::Other,
        (Space::Light, _) if all(|light| light < 0.25) => Shade::Dark,
        (Space::Light, _) if all(|light| light > 0.95) => Shade::Light,
        (Space::Light, _) => Shade::Other,
    }
}
