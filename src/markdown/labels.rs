//! Printed labels: the numbers that an author typed before a heading (content.md §3, "Numbers are evidence").
//!
//! Enters: the words of a heading. Leaves: its label, exactly as typed, without the full stop behind it.
//! Absent: any counting, and the labels of paragraphs and lists, which come with the records that stand in them.

/// The words of a heading behind its label: "Budget" of "7. Budget"; all of them where it has none.
pub(super) fn without_label(words: &str) -> &str {
    match of_heading(words) {
        Some(label) => {
            let behind = label.as_ptr() as usize - words.as_ptr() as usize + label.len();
            words[behind..].trim_start_matches(['.', ')', ':', '–', '—', '-', ' ', '\t', '\u{a0}'])
        }
        None => words,
    }
}

/// The label of a heading: `7` of "7. Budget", `35a` of "35a Budget", `23/143`, `1.1`, and `7` of "Item 7 – Budget".
/// A year or a day of a month is no label: "2021 in figures", "5 July 2021".
pub(super) fn of_heading(words: &str) -> Option<&str> {
    let words = words.trim_start();
    let after_item = ["Item ", "ITEM ", "item "].iter().find_map(|item| words.strip_prefix(item));
    let numbered = after_item.unwrap_or(words).trim_start();
    let end = numbered.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '.' || letter == '/'))?;
    let (typed, rest) = numbered.split_at(end);
    let label = typed.trim_end_matches('.');
    let closed = typed.len() > label.len() || after_item.is_some() || rest.starts_with([')', ':']);
    let apart = rest.starts_with(|next: char| next.is_whitespace() || matches!(next, ')' | ':' | '–' | '—'));
    let is_label = apart && is_number(label) && (closed || !is_date(label, rest)) && !rest.trim().is_empty();
    is_label.then_some(label)
}

/// Digits, in parts between full stops or slashes; without full stops (3.5m is an amount) the last may end in a letter.
fn is_number(label: &str) -> bool {
    let last = label.rsplit(['.', '/']).next().unwrap_or(label);
    let lettered = last.len() > 1 && !label.contains('.') && last.ends_with(|letter: char| letter.is_ascii_lowercase());
    let digits = if lettered { &label[..label.len() - 1] } else { label };
    let is_part = |part: &str| (1..=5).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    digits.split(['.', '/']).all(is_part)
}

/// Whether a number without a full stop behind it is a year or the day of a month.
fn is_date(label: &str, rest: &str) -> bool {
    let year = label.len() == 4 && (label.starts_with("19") || label.starts_with("20"));
    let financial = label.split_once('/').is_some_and(|(year, next)| year.len() == 4 && next.len() == 2);
    let next = rest.split_whitespace().next().unwrap_or_default();
    year || financial || crate::model::Date::parse(&format!("{label} {next} 2000")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_headings_are_labels_and_dates_are_not() {
        for (words, label) in [
            ("7. Budget", Some("7")),
            ("35a Budget", Some("35a")),
            ("23/143 Budget", Some("23/143")),
            ("1.1 Structure", Some("1.1")),
            ("1.1. Structure", Some("1.1")),
            ("Item 7 – Budget", Some("7")),
            ("Item 7: Budget", Some("7")),
            ("1773 (Agenda item 6)", Some("1773")),
            ("2021. Budget", Some("2021")),
            ("2021 in figures", None),
            ("2021/22 budget", None),
            ("5 July 2021", None),
            ("1st meeting", None),
            ("7", None),
            ("7.", None),
            ("Budget 7", None),
            ("3.5m for roads", None),
            ("", None),
        ] {
            assert_eq!(of_heading(words), label, "{words}");
        }
        for (words, rest) in
            [("7. Budget", "Budget"), ("Item 7 – Budget", "Budget"), ("2021 in figures", "2021 in figures")]
        {
            assert_eq!(without_label(words), rest);
        }
    }
}
