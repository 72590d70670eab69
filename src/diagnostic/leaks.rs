//! What the leak gate says to an author.

use super::Diagnostics;
use crate::source::Span;

/// What of something withheld a finished file gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaked {
    /// Words of its text.
    Words,
    /// Its title.
    Title,
    /// Its address.
    Address,
    /// The bytes of a file.
    File,
}

impl Diagnostics {
    /// A finished file says what only something withheld says. `path` is the file's, below the public folder, and `line` a
    /// line of it (`None`: its name, or a file without lines); `more` files give away the same. `lay_there`: the file is of an
    /// earlier build.
    pub fn leak(
        &mut self,
        span: Span,
        leaked: Leaked,
        (path, line): (&str, Option<u32>),
        more: usize,
        lay_there: bool,
    ) {
        let what = match leaked {
            Leaked::Words => "words that stand here",
            Leaked::Title => "a title that stands here",
            Leaked::Address => "the address of this text",
            Leaked::File => "the bytes of a file that belongs to this text",
        };
        let gives = if lay_there { "gives" } else { "would give" };
        let title = format!("The finished file `{path}` {gives} away {what}, and they are withheld");
        let line = line.map_or_else(String::new, |line| format!(" It is in line {line} of the file."));
        let others = match more {
            0 => String::new(),
            1 => " One more file does.".to_owned(),
            more => format!(" {more} more files do."),
        };
        let (why, fix) = if leaked == Leaked::File && !lay_there {
            (
                "Something public uses a file with the same bytes under another name, so nothing is published.",
                "If everybody may have the file, use it in the public text alone. If not, take it out of the public text.",
            )
        } else if lay_there {
            (
                "Whoever reads that file learns what is not public. No public text says the same.",
                "Type  folkmoot build  and put the folder on your web server again; then this file is gone or says it no \
                 more. Copies that others have made of it are not.",
            )
        } else {
            (
                "Whoever reads that file would learn what is not public, so nothing is published. No public text says \
                 the same.",
                "This is a fault of the program: please report it to its makers, without the words. Until it is mended, \
                 take what is withheld out of the folder `content`. If it may be public, take the mark or the field away \
                 that withholds it.",
            )
        };
        self.add("leak", span, title, format!("{why}{line}{others}"), fix);
    }

    /// An attached file says what only something withheld says. `path` is the file's, below the public folder, with the checksum of
    /// its bytes, and the page on which the words stand, if it has pages.
    pub fn leak_of_attached(
        &mut self,
        span: Span,
        (path, hash, page): (&str, u128, Option<u32>),
        more: usize,
        lay_there: bool,
    ) {
        let repeats = if lay_there { "repeats" } else { "would repeat" };
        let title = format!("The attached file `{path}` {repeats} words that stand here, and they are withheld");
        let page = page.map_or_else(String::new, |page| format!(" They stand on page {page} of it."));
        let others = match more {
            0 => String::new(),
            1 => " One more file does.".to_owned(),
            more => format!(" {more} more files do."),
        };
        let (why, fix) = if lay_there {
            (
                "Whoever opens that file learns what is not public. No public text says the same.",
                "Put a file in its place that does not have them, type  folkmoot build , and put the folder on your web server \
                 again. Copies that others have made of it are not changed.",
            )
        } else {
            (
                "Whoever opens that file would learn what is not public, so nothing is published. No public text says the same.",
                "Put a file in its place that does not have them, or take it out of the public text.",
            )
        };
        let fix = super::inspect::accepted(fix, super::Attached { path, hash });
        self.add("leak", span, title, format!("{why}{page}{others}"), fix);
    }
}
