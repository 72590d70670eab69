//! Tables, and the cells that CommonMark's grammar would drop.
//!
//! Enters: the events of a table. Leaves: HTML whose head cells say that they head a column; alignment is a class.
//! Absent: a caption, which Markdown's tables cannot have.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::events::run_end;
use super::plan::Setting;
use super::writer::Writer;

impl Writer<'_> {
    /// Writes the table that begins with the event `at`, and returns the index behind it.
    pub(super) fn table(&mut self, at: usize, alignments: &[Alignment]) -> usize {
        let list = self.from.list;
        self.html("<div class=\"table\"><table>\n<thead>\n<tr>\n");
        let mut at = at + 1;
        let mut head = true;
        let mut column = 0;
        while let Some((event, range)) = list.get(at) {
            match event {
                Event::Start(Tag::TableCell) => {
                    let run = at + 1..run_end(list, at + 1);
                    self.cell(run.clone(), head, alignments.get(column));
                    column += 1;
                    at = run.end;
                }
                Event::End(TagEnd::TableHead) => {
                    self.html("</tr>\n</thead>\n");
                    if matches!(list.get(at + 1), Some((Event::Start(Tag::TableRow), _))) {
                        self.html("<tbody>\n");
                    }
                    head = false;
                }
                Event::Start(Tag::TableRow) => {
                    self.html("<tr>\n");
                    column = 0;
                }
                Event::End(TagEnd::TableRow) => {
                    self.excess(range, list[at - 1].1.end);
                    self.html("</tr>\n");
                    if !matches!(list.get(at + 1), Some((Event::Start(Tag::TableRow), _))) {
                        self.html("</tbody>\n");
                    }
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
            at += 1;
        }
        self.html("</table></div>\n");
        at + 1
    }

    fn cell(&mut self, run: Range<usize>, head: bool, alignment: Option<&Alignment>) {
        let plan = self.plan(run.clone(), Setting::Cell);
        self.html(if head { "<th scope=\"col\"" } else { "<td" });
        self.html(match alignment {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::None) | None => ">",
        });
        self.inline(run, &plan, !head);
        self.html(if head { "</th>\n" } else { "</td>\n" });
        self.count();
    }

    /// Cells beyond the columns of the head: CommonMark's tables drop them, and a record may lose no word.
    fn excess(&mut self, row: &Range<usize>, last: usize) {
        let rest = self.from.text[last.clamp(row.start, row.end)..row.end].trim();
        let rest = rest.strip_prefix('|').unwrap_or(rest);
        let rest = rest.strip_suffix('|').unwrap_or(rest);
        if rest.trim().is_empty() {
            return;
        }
        for words in rest.replace("\\|", "\u{1}").split('|') {
            let words = words.replace('\u{1}', "|");
            self.html("<td>");
            self.escaped(words.trim());
            self.html("</td>\n");
            self.plain.push_str(&words);
            self.count();
        }
    }
}
