//! Points, rectangles and how one plane lies in another.
//!
//! Input: numbers as they stand in a PDF. Output: the same on the page. Not here: what is drawn.

/// A point.
pub type Point = (f64, f64);

/// How a plane lies in another: `[a b c d e f]`, as PDF has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    /// Each point lies where it lies.
    pub const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Moved by so much.
    pub fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this, then `outer`.
    pub fn then(self, outer: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, outer.0);
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    /// Where a point lies.
    pub fn place(self, (x, y): Point) -> Point {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// How long something of length 1 becomes, about.
    pub fn scale(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }
}

/// A rectangle whose sides run along those of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub left: f64,
    pub bottom: f64,
    pub right: f64,
    pub top: f64,
}

impl Area {
    /// Nothing lies in it.
    pub const NOTHING: Self = Self { left: 0.0, bottom: 0.0, right: 0.0, top: 0.0 };

    /// The smallest that holds these points; nothing if there are none.
    pub fn around(points: &[Point]) -> Self {
        let Some((first, rest)) = points.split_first() else { return Self::NOTHING };
        let start = Self { left: first.0, bottom: first.1, right: first.0, top: first.1 };
        rest.iter().fold(start, |area, (x, y)| Self {
            left: area.left.min(*x),
            bottom: area.bottom.min(*y),
            right: area.right.max(*x),
            top: area.top.max(*y),
        })
    }

    /// The rectangle that these corners are, in their order; `None` if they are none, or stand askew.
    pub fn of_corners(points: &[Point]) -> Option<Self> {
        const CLOSE: f64 = 0.5;
        let corners = match points {
            [first, .., last] if points.len() == 5 && near(first.0, last.0, CLOSE) && near(first.1, last.1, CLOSE) => {
                &points[..4]
            }
            _ if points.len() == 4 => points,
            _ => return None,
        };
        let area = Self::around(corners);
        let turns = (0..4).all(|at| {
            let (one, other) = (corners[at], corners[(at + 1) % 4]);
            near(one.0, other.0, CLOSE) != near(one.1, other.1, CLOSE)
        });
        turns.then_some(area)
    }

    /// What lies in both.
    pub fn and(self, other: Self) -> Self {
        let (left, bottom) = (self.left.max(other.left), self.bottom.max(other.bottom));
        let (right, top) = (self.right.min(other.right), self.top.min(other.top));
        if left < right && bottom < top { Self { left, bottom, right, top } } else { Self::NOTHING }
    }

    /// Whether a point lies in it.
    pub fn has(&self, (x, y): Point) -> bool {
        self.left <= x && x <= self.right && self.bottom <= y && y <= self.top
    }

    /// Whether all of another lies in it, and more.
    pub fn surrounds(&self, other: &Self) -> bool {
        self != other && self.has((other.left, other.bottom)) && self.has((other.right, other.top))
    }

    /// How wide and how high it is.
    pub fn size(&self) -> (f64, f64) {
        (self.right - self.left, self.top - self.bottom)
    }

    /// Its four corners.
    pub fn corners(&self) -> [Point; 4] {
        [(self.left, self.bottom), (self.right, self.bottom), (self.right, self.top), (self.left, self.top)]
    }

    /// The same on a plane that lies in another; `None` if it stands askew there.
    pub fn on(&self, plane: Matrix) -> Option<Self> {
        Self::of_corners(&self.corners().map(|corner| plane.place(corner)))
    }
}

fn near(one: f64, other: f64, close: f64) -> bool {
    (one - other).abs() < close
}
