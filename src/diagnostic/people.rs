//! What is said of the table of people in public office, `content/people.csv`, and of their names in minutes.

use super::markdown::quoted;
use super::{Diagnostics, Severity};
use crate::source::Span;

/// Why a row that cannot be used matters.
const LEFT_OUT: &str = "The person has no page by it, and what the minutes say of them is shown nowhere together.";

/// What the table has.
const COLUMNS: &str =
    "The first row names the columns, and each row below it is one term of one person: `name,body,role,seat,from,to`.";

impl Diagnostics {
    /// The table is no text.
    pub fn people_not_text(&mut self, span: Span) {
        let title = "The table of people is not saved as UTF-8, and is left out";
        let fix = "In the spreadsheet, choose “Save as” and the form “CSV UTF-8”.";
        self.add("people-table", span, title, LEFT_OUT, fix);
    }

    /// No column has the names.
    pub fn people_without_names(&mut self, span: Span) {
        let title = "The table of people has no column `name`, and is left out";
        let fix = format!("Write `name` above the column of the names. {COLUMNS}");
        self.add("people-table", span, title, LEFT_OUT, fix);
    }

    /// A column has a name that means nothing; `near` is the one that may be meant.
    pub fn unknown_people_column(&mut self, span: Span, typed: &str, near: Option<&str>, parts: &[&str]) {
        let title = format!("{} is no column of the table of people, and what stands in it is left out", quoted(typed));
        let why = "Only columns that are known are published, so that nobody's notes or telephone numbers are.";
        let parts: Vec<String> = parts.iter().map(|part| format!("`{part}`")).collect();
        let all = format!("Of a person: `name`, `page`, `known_as`, `summary`; of each term: {}.", parts.join(", "));
        let fix = match near {
            Some(near) => format!("If it is `{near}`, write that into the first row. {all}"),
            None => format!("Delete the column, or give it one of these names. {all}"),
        };
        self.add("people-table", span, title, why, fix);
    }

    /// Two columns mean the same.
    pub fn people_column_twice(&mut self, span: Span, typed: &str, meant: &str) {
        let title = format!("{} is the second column for `{meant}`, and what stands in it is left out", quoted(typed));
        let why = "Nobody can say which of two columns holds.";
        self.add("people-table", span, title, why, "Delete the one that is not needed, or give it its own name.");
    }

    /// A row names nobody.
    pub fn person_without_name(&mut self, span: Span) {
        let title = "This row of the table of people has no name, and is left out";
        let fix = "Write the name into the column `name`, in each row: a person with three terms has three rows.";
        self.add("people-table", span, title, LEFT_OUT, fix);
    }

    /// A name has no letter of which an address could be made.
    pub fn person_without_address(&mut self, span: Span, name: &str) {
        let title = format!("No address can be made of {}, and the row is left out", quoted(name));
        let fix = "Write the name with letters, or the end of the address into a column `page`: `a-low`.";
        self.add("people-table", span, title, LEFT_OUT, fix);
    }

    /// A person who has a file stands in the table too.
    pub fn person_has_file(&mut self, span: Span, name: &str, path: &str) {
        let title = format!("{} has a file of their own, and this row is left out", quoted(name));
        let why =
            "What holds of a person stands in one place, so that nobody changes one of two and forgets the other.";
        let fix = format!("Write the term into `content/{path}` and delete the row; or delete the file.");
        self.add("people-table", span, title, why, fix);
    }

    /// Two names lead to one page: `first` is where the other stands, and how it reads.
    pub fn people_of_one_name(&mut self, span: Span, name: &str, first: (Span, &str), page: &str) {
        let title = format!("{} and {} would have one page, and this row is left out", quoted(first.1), quoted(name));
        let why = format!(
            "The page would be `/people/{page}/`. If they are two people, neither may have what the other did."
        );
        let fix = format!(
            "Add a column `page`. If they are two people, write `{page}` for one and `{page}-2` for the other; if they are one person \
             whose name has changed, write `{page}` into both rows."
        );
        self.add("people-table", span, title, why, fix).also.push((first.0, "the other one".into()));
    }

    /// Two rows say different things of one person.
    pub fn person_told_twice(&mut self, span: Span, column: &str, value: &str, first: (Span, &str)) {
        let title =
            format!("`{column}` is {} in one row of this person and {} in another", quoted(first.1), quoted(value));
        let why = "It is said of the person, and not of the term, so it can be said once; the first row holds.";
        let fix = "Write the same into both rows, or leave all but the first empty.";
        self.add("people-table", span, title, why, fix).also.push((first.0, "the first".into()));
    }

    /// A term ends before it begins.
    pub fn term_ends_before_it_begins(&mut self, span: Span) {
        let title = "This term ends before it begins";
        let why = "Nothing that the person did then can be found: no day lies within it.";
        self.add(
            "people-table",
            span,
            title,
            why,
            "Look at the columns `from` and `to`: they may have changed places.",
        );
    }

    /// A row has a word about who may see it, under `column`.
    pub fn person_is_private(&mut self, span: Span, name: &str, column: &str, path: &str) {
        let title =
            format!("All rows of {} are held back: the column `{column}` speaks of who may see one", quoted(name));
        let why = "A table cannot say who may see what, and in doubt nothing is published.";
        let fix = format!(
            "If everybody may see it, empty the cell. If nobody may yet, delete the rows and write a file `content/{path}` whose head \
             says so: `draft: true`, or `publish_at: 2027-05-07`."
        );
        self.add("unclear-visibility", span, title, why, fix).severity = Severity::Warning;
    }

    /// A term names a body that has no page.
    pub fn body_of_term_without_page(&mut self, span: Span, words: &str, near: Option<&str>) {
        let title = format!("No body is called {}, so this term is in no body's list", quoted(words));
        let why = "Attendance is worked out by the body, and a body without a page has no list of its people.";
        let fix = match near {
            Some(near) => format!("If it is `{near}`, write that."),
            None => {
                "Write the title of the body as its page has it, or the name of its file: `bodies/scrutiny`.".to_owned()
            }
        };
        let said = self.add("people-table", span, title, why, fix);
        // A body elsewhere has no page, and its name is enough.
        if near.is_none() {
            said.severity = Severity::Note;
        }
    }

    /// Names in minutes that fit several people: the first of them, how many there are, and whom it fits.
    pub fn name_of_several(&mut self, span: Span, name: &str, fits: &[&str], others: usize) {
        let more = if others == 0 { String::new() } else { format!(" ({others} more like this)") };
        let fits: Vec<String> = fits.iter().map(|name| quoted(name)).collect();
        let title = format!("{} could be {}, and stays words{more}", quoted(name), super::list(&fits));
        let why = "What one person did must never stand on the page of another.";
        let fix = "Write the first name where the minutes have initials, or give the terms of these people in `people.csv` with `from` and `to`.";
        self.add("name-of-several", span, title, why, fix);
    }
}
