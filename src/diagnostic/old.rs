//! What is said of the addresses of an older website, in `content/old-addresses.csv`.

use super::{Diagnostics, quoted, state};
use crate::model::Why;
use crate::source::Span;

/// Why a row that leads nowhere matters.
const NOWHERE: &str = "Whoever follows an old link, or types the address from an old letter, finds nothing.";

/// What the second column may hold.
const END: &str = "Write into the second column the path of a file, such as `minutes/board/2026-03-12.md`, or an address of this site, \
                   with `#para-7.13` behind it where a paragraph is meant.";

impl Diagnostics {
    /// The file of old addresses is no text.
    pub fn old_addresses_not_text(&mut self, span: Span) {
        let title = "The list of old addresses is not saved as UTF-8, and is left out";
        let fix = "In a spreadsheet, choose “Save as” and the form “CSV UTF-8”.";
        self.add("unclear-old-address", span, title, NOWHERE, fix);
    }

    /// A row has one cell alone.
    pub fn no_second_column(&mut self, span: Span, typed: &str) {
        let title = format!("The row of `{typed}` has one column");
        let why = format!("The second says where the address leads. {NOWHERE}");
        self.add("unclear-old-address", span, title, why, format!("{END} Put a comma between the two."));
    }

    /// The first cell of a row is no address.
    pub fn no_old_address(&mut self, span: Span, typed: &str) {
        let title = match typed {
            "" => "This row has no old address".to_owned(),
            _ => format!("`{typed}` is no address of a page"),
        };
        let fix = "Copy it from the bar of the browser: `/ieListDocuments.aspx?CId=136&MId=4821`, `https://old.example/page.asp?id=1`, \
                   or short `mgAi=1234`. The front page needs no row.";
        self.add("unclear-old-address", span, title, NOWHERE, fix);
    }

    /// An old address can stand neither as a page nor in the rules of a server.
    pub fn no_rule_for_old_address(&mut self, span: Span, typed: &str) {
        let title = format!("`{typed}` has signs that no rule of a server can hold");
        let fix = "Leave out the part that has them: of a question, the parts that say which page is meant are enough, and others may \
                   stand beside them. Else delete the row.";
        self.add("unclear-old-address", span, title, NOWHERE, fix);
    }

    /// A row and another row, or `aliases` of a document, lead one old address to different pages: `other` is where that is said, and what.
    pub fn old_address_clash(&mut self, span: Span, typed: &str, to: &str, (other, other_to): (Span, &str)) {
        let title = format!("`{typed}` leads to `{to}` here, and to `{other_to}` elsewhere");
        let why = "An old link can lead to one page only, so nothing is published until it is settled to which.";
        let fix = "Delete the row that is wrong, or take the address out of `aliases` of the document that it does not belong to.";
        self.add("address-clash", span, title, why, fix).also.push((other, "the other one".into()));
    }

    /// An old address stands in two rows that lead to the same.
    pub fn repeated_old_address(&mut self, span: Span, typed: &str, other: Span) {
        let title = format!("`{typed}` stands here twice, or in `aliases` of the page to which it leads too");
        let why = "Whoever changes one of the two may not know of the other.";
        let fix = "Delete this row.";
        self.add("repeated-old-address", span, title, why, fix).also.push((other, "the other one".into()));
    }

    /// A row does not say where its address leads.
    pub fn old_address_without_end(&mut self, span: Span, typed: &str) {
        let title = format!("`{typed}` does not lead anywhere yet");
        let fix = format!("{END} If nobody needs it any more, delete the row.");
        self.add("lost-old-address", span, title, NOWHERE, fix);
    }

    /// A row leads to another website.
    pub fn old_address_leads_out(&mut self, span: Span, typed: &str, to: &str) {
        let title = format!("`{typed}` leads to another website, `{to}`, and is left out");
        let why = "This site can promise only for its own pages that they stay.";
        let fix = "Write a page that says where the matter is now, with a link, and let the row lead to that page.";
        self.add("lost-old-address", span, title, why, fix);
    }

    /// A row leads to what is not there.
    pub fn old_address_leads_nowhere(&mut self, span: Span, typed: &str, to: &str, nearest: Option<&str>) {
        let title = format!("`{typed}` leads to `{to}`, and there is no such page or published file");
        let fix = match nearest {
            Some(near) => format!("Is `{near}` meant?"),
            None => format!("{END} A file is published when a page leads to it."),
        };
        self.add("lost-old-address", span, title, NOWHERE, fix);
    }

    /// A row leads to what fits several documents.
    pub fn old_address_of_several(&mut self, span: Span, typed: &str, to: &str, ids: &[&str]) {
        let title = format!("`{typed}` leads to `{to}`, which could be any of {} documents", ids.len().max(2));
        let fix = format!("Write the whole of the one that is meant: {}", quoted(&ids[..ids.len().min(5)]));
        self.add("lost-old-address", span, title, NOWHERE, fix);
    }

    /// A row leads to something that is withheld.
    pub fn old_address_of_withheld(&mut self, span: Span, typed: &str, path: &str, why: Why) {
        let title = format!("`{typed}` leads to `{path}`, which {}, so it leads nowhere yet", state(why));
        let why = "The public learns neither that the page exists nor where it is. Whoever follows the old link finds nothing.";
        let fix = "Nothing, if that is as it should be: it leads there by itself once the page is public. Else let it lead to another one.";
        self.add("lost-old-address", span, title, why, fix);
    }

    /// A row claims the address of something that is published.
    pub fn old_address_is_taken(&mut self, span: Span, typed: &str, address: &str) {
        let title = format!("`{typed}` cannot lead on, because this site has something at {address} now");
        let why = "Whoever follows the old link finds what is there now, and not what this row says.";
        let fix = "If that is right, delete the row. Else give what is there another name.";
        self.add("lost-old-address", span, title, why, fix);
    }

    /// How many rows lead somewhere: those, of how many, and for how many of them a server is needed.
    pub fn old_addresses(&mut self, file: Span, leading: usize, all: usize, by_rules: usize) {
        let title = match (leading, all) {
            (1, 1) => "The one old address leads somewhere".to_owned(),
            (leading, all) if leading == all => format!("All {all} old addresses lead somewhere"),
            _ => format!("{leading} of {all} old addresses lead somewhere"),
        };
        let why = match by_rules {
            _ if leading == 0 => NOWHERE.to_owned(),
            0 => "There is a page at each of these, so that they lead on from any host.".to_owned(),
            _ => format!(
                "{by_rules} of these can lead on only from a server that has the rules of this site, since a page can stand at no \
                 address that has a question or ends as the name of a file does."
            ),
        };
        let fix = if by_rules == 0 {
            "Nothing has to be done."
        } else {
            "`folkmoot help hosting` says how a server gets the rules."
        };
        self.add("old-addresses", file, title, why, fix);
    }
}
