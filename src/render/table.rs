//! A file of figures as a table, with the file itself linked below it.
//!
//! Input: a published file of which the site has a table. Output: HTML. Not here: reading the file (`assemble`).

use crate::data::table::{Table, are_figures, is_missing, is_year, name_rows};
use crate::html::{escape, escaped};
use crate::language::Language;
use crate::view::View;

/// Appends the figures of `file`, with a caption; `source` is the page that they are taken from, if it is another.
pub fn figures(view: &View, file: u32, caption: &str, source: Option<(&str, &str)>, out: &mut String) {
    let Some(table) = view.table(file) else { return };
    let caption = escaped(caption);
    // Only a wide table scrolls, and then it must be reached without a mouse.
    let wide = table.head.len() > 2;
    let reached = if wide { format!(" role=\"group\" tabindex=\"0\" aria-label=\"{caption}\"") } else { String::new() };
    out.push_str(&format!(
        "<figure class=\"data\">\n<div class=\"scroll\"{reached}><table>\n<caption>{caption}</caption>\n"
    ));
    rows(&view.language, table, out);
    let source = source.map(|(href, title)| link(href, title) + " · ").unwrap_or_default();
    let (name, href, note) = view.file(file);
    let file = link(&href, &view.language.say("attachment.name", &[("title", name), ("note", &note)]));
    let left_out = || escaped(&view.language.count("figures.left-out", table.left_out as u64, &[]));
    let left_out = if table.left_out > 0 { format!(" {}", left_out()) } else { String::new() };
    out.push_str(&format!("</table></div>\n<figcaption>{source}{file}{left_out}</figcaption>\n</figure>\n"));
}

fn rows(language: &Language, table: &Table, out: &mut String) {
    let names = table.head.len() > 1 && name_rows(table.column(0));
    let number: Vec<bool> =
        (0..table.head.len()).map(|column| !(names && column == 0) && are_figures(table.column(column))).collect();
    let grouped: Vec<bool> = (0..table.head.len())
        .map(|column| number[column] && !table.column(column).all(|cell| is_missing(cell) || is_year(cell)))
        .collect();
    let class = |column: usize| if number[column] { " class=\"number\"" } else { "" };
    out.push_str("<thead>\n<tr>\n");
    for (column, cell) in table.head.iter().enumerate() {
        // A heading without words heads nothing.
        match cell.is_empty() {
            true => self::cell("td", class(column), cell, out),
            false => self::cell("th", &format!(" scope=\"col\"{}", class(column)), cell, out),
        }
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>\n");
        for (column, cell) in row.iter().enumerate() {
            match names && column == 0 {
                true => self::cell("th", " scope=\"row\"", cell, out),
                false if grouped[column] => self::cell("td", class(column), &language.figure(cell), out),
                false => self::cell("td", class(column), cell, out),
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n");
}

fn cell(tag: &str, attributes: &str, words: &str, out: &mut String) {
    out.push('<');
    out.push_str(tag);
    out.push_str(attributes);
    out.push('>');
    escape(words, out);
    out.push_str("</");
    out.push_str(tag);
    out.push_str(">\n");
}

fn link(href: &str, words: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escaped(href), escaped(words))
}
