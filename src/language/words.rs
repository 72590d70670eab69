//! Lists, numbers and sizes in words. Input: plain values. Output: texts for people, never for machines.

use super::Language;

impl Language {
    /// "a, b and c".
    #[must_use]
    pub fn list<Item: AsRef<str>>(&self, items: &[Item]) -> String {
        match items {
            [] => String::new(),
            [only] => only.as_ref().to_owned(),
            [first @ .., last] => {
                let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
                let first = first.join(&self.say("list.comma", &[]));
                self.say("list.and", &[("first", &first), ("last", last.as_ref())])
            }
        }
    }

    /// "12,345". For what the program counted: a number that an author typed is printed as typed.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        grouped(number, &self.say("number.comma", &[]))
    }

    /// "18,412", "−1,204.5": a figure of a file, which is typed for programs. What is no plain number is printed as typed.
    #[must_use]
    pub fn figure(&self, typed: &str) -> String {
        let typed = typed.trim();
        let unsigned = typed.trim_start_matches(['-', '−']);
        let (whole, rest) = unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
        let is_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_plain = (whole == "0" || !whole.starts_with('0')) && is_digits(whole) && rest.is_none_or(is_digits);
        let Some(number) = whole.parse().ok().filter(|_| is_plain) else { return typed.to_owned() };
        let sign = if unsigned.len() < typed.len() { "−" } else { "" };
        let rest = rest.map(|rest| self.say("number.point", &[]) + rest).unwrap_or_default();
        format!("{sign}{}{rest}", self.number(number))
    }

    /// "1.2 MB", "340 KB", "12 bytes". A thousand bytes make a kilobyte, as file managers show it.
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        const UNITS: [(u64, &str); 3] =
            [(1_000_000_000, "size.gigabytes"), (1_000_000, "size.megabytes"), (1_000, "size.kilobytes")];
        // From 999,500 bytes on, "1 MB" is nearer than "1000 KB".
        match UNITS.iter().find(|(unit, _)| bytes >= unit - unit / 2_000) {
            Some((unit, key)) => self.say(key, &[("number", &self.tenths(bytes, *unit))]),
            None => self.count("size.bytes", bytes, &[]),
        }
    }

    /// `bytes / unit` with one decimal below ten, rounded.
    fn tenths(&self, bytes: u64, unit: u64) -> String {
        let tenths = (bytes.saturating_mul(10) + unit / 2) / unit;
        if tenths >= 100 || tenths.is_multiple_of(10) {
            return self.number((bytes + unit / 2) / unit);
        }
        format!("{}{}{}", tenths / 10, self.say("number.point", &[]), tenths % 10)
    }
}

/// A number with `comma` before each group of three digits: `12,345`.
#[must_use]
pub fn grouped(number: u64, comma: &str) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push_str(comma);
        }
        shown.push(digit);
    }
    shown
}

/// `text` with a capital at its beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_end_with_and() {
        let language = Language::of("en");
        assert_eq!(language.list::<&str>(&[]), "");
        assert_eq!(language.list(&["a"]), "a");
        assert_eq!(language.list(&["a", "b"]), "a and b");
        assert_eq!(language.list(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn figures_of_files_are_printed_as_the_language_prints_numbers() {
        let language = Language::of("en");
        let figures = [
            ("18412", "18,412"),
            ("-1204.50", "−1,204.50"),
            ("7", "7"),
            ("0.25", "0.25"),
            ("1,204", "1,204"),
            ("007", "007"),
            ("<5", "<5"),
            ("£900", "£900"),
            ("2016/17", "2016/17"),
            ("", ""),
            ("-", "-"),
            ("12.", "12."),
        ];
        for (typed, shown) in figures {
            assert_eq!(language.figure(typed), shown);
        }
    }

    #[test]
    fn numbers_have_commas() {
        let language = Language::of("en");
        for (number, shown) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(language.number(number), shown);
        }
    }

    #[test]
    fn sizes_have_one_decimal_below_ten() {
        let language = Language::of("en");
        for (bytes, shown) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_000, "1 KB"),
            (1_249, "1.2 KB"),
            (1_250, "1.3 KB"),
            (12_345, "12 KB"),
            (340_000, "340 KB"),
            (999_499, "999 KB"),
            (999_600, "1 MB"),
            (1_234_567, "1.2 MB"),
            (9_960_000, "10 MB"),
            (104_857_600, "105 MB"),
            (2_500_000_000, "2.5 GB"),
        ] {
            assert_eq!(language.size(bytes), shown, "{bytes}");
        }
    }
}
