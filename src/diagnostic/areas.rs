//! What is said of areas that documents and tables name, and of the table of postcodes, `content/postcodes.csv`.

use super::{Diagnostics, quoted, state};
use crate::model::Why;
use crate::source::Span;

/// Why a row of the table that cannot be used matters.
const NOT_FOUND: &str = "Whoever types this postcode finds no area.";

/// How the table is written.
const FORM: &str = "The first line names the columns, `postcode,area`; below it each line has one postcode and one area: `ZM1 1AA,Saltmere`.";

impl Diagnostics {
    /// Words where an area is named lead to none: they stand in `count` documents. `begin` is the file that would be its page.
    pub fn area_without_page(&mut self, span: Span, words: &str, count: usize, near: Option<&str>, begin: &str) {
        let title = format!("No area is called “{words}”");
        let all = if count == 1 { String::new() } else { format!("{count} documents name it. ") };
        let why = format!(
            "{all}It is printed as it is, and whoever looks for what concerns their area does not find it there."
        );
        self.add("area-without-page", span, title, why, area_to_type(words, near, begin));
    }

    /// Cells of a column of areas, in a file of figures, lead to no area.
    pub fn figures_without_area(&mut self, path: &str, words: &str, near: Option<&str>, begin: &str) {
        let title = format!("“{words}” in the column of areas is no area of this site");
        let why = "Its figures are in the table, and on the page of no area.";
        let fix = area_to_type(words, near, begin);
        self.add("area-without-page", None, title, why, fix).place = Some(path.into());
    }

    /// An area lies in itself.
    pub fn area_in_itself(&mut self, span: Span, title: &str) {
        let title = format!("“{title}” is a part of itself");
        let why = "It lies in an area that lies in it, so which of them is the whole cannot be said. Both are shown as if neither lay in the other.";
        let fix = "Take one of the two lines `part_of` out: the smaller area names the larger.";
        self.add("area-circle", span, title, why, fix);
    }

    /// The table of postcodes is no text.
    pub fn postcodes_not_text(&mut self, span: Span) {
        let title = "The table of postcodes is not saved as UTF-8, and is left out";
        let why = "Nobody finds their area by postcode; the list of areas is there.";
        self.add("unclear-postcode", span, title, why, "In a spreadsheet, choose “Save as” and the form “CSV UTF-8”.");
    }

    /// The first line names no column of postcodes, or none of areas.
    pub fn postcodes_without_columns(&mut self, span: Span) {
        let title = "The first line does not say which column holds the postcode and which the area";
        let why = "The table is left out. Nobody finds their area by postcode; the list of areas is there.";
        self.add("unclear-postcode", span, title, why, FORM);
    }

    /// A row has no postcode, or what stands there is none.
    pub fn no_postcode(&mut self, span: Span, typed: &str) {
        let title = match typed {
            "" => "This row has no postcode".to_owned(),
            _ => format!("`{typed}` is no postcode of this country"),
        };
        let fix =
            "Write the whole postcode, or delete the row. Which country it is says `country` in content/site.toml.";
        self.add("unclear-postcode", span, title, "The row is left out.", fix);
    }

    /// A row names no area.
    pub fn postcode_without_area(&mut self, span: Span, typed: &str) {
        let title = format!("The row of `{typed}` names no area");
        self.add("unclear-postcode", span, title, NOT_FOUND, FORM);
    }

    /// A postcode stands twice with the same area.
    pub fn postcode_twice(&mut self, span: Span, typed: &str, area: &str, other: Span) {
        let title = format!("`{typed}` stands in `{area}` twice");
        let why = "Whoever changes one of the two may not know of the other.";
        let fix = "Delete this row. A postcode that lies in two areas has two rows, each with another area.";
        self.add("unclear-postcode", span, title, why, fix).also.push((other, "the other one".into()));
    }

    /// An area that `count` rows name is not there.
    pub fn postcodes_of_no_area(&mut self, span: Span, area: &str, count: usize, near: Option<&str>, begin: &str) {
        let title = format!("`{area}` is no area of this site");
        let why = match count {
            1 => NOT_FOUND.to_owned(),
            _ => format!("{count} rows name it, and whoever types one of their postcodes finds no area."),
        };
        self.add("unclear-postcode", span, title, why, area_to_type(area, near, begin));
    }

    /// A name in the table fits several areas.
    pub fn postcodes_of_several(&mut self, span: Span, area: &str, ids: &[&str]) {
        let title = format!("`{area}` could be any of {} areas", ids.len());
        let fix = format!("Write the path of the one that is meant: {}", quoted(&ids[..ids.len().min(5)]));
        self.add("unclear-postcode", span, title, NOT_FOUND, fix);
    }

    /// An area that the table names is withheld.
    pub fn postcodes_of_withheld(&mut self, span: Span, area: &str, path: &str, why: Why) {
        let title = format!("`{area}` is `{path}`, which {}, so its postcodes lead nowhere yet", state(why));
        let why = "The public learns neither that the page exists nor which postcodes lie in it.";
        let fix = "Nothing, if that is as it should be: they lead there by themselves once the page is public.";
        self.add("unclear-postcode", span, title, why, fix);
    }
}

/// What to type where no area has a name.
fn area_to_type(words: &str, near: Option<&str>, begin: &str) -> String {
    let new = format!("`folkmoot new area \"{words}\"` begins its page, `{begin}`");
    match near {
        Some(near) => format!(
            "If “{near}” is meant, write that. If it is another name of an area, write it there under `known_as`. Else {new}."
        ),
        None => format!("If it is another name of an area, write it there under `known_as`. Else {new}."),
    }
}
