//! Dates, periods and times of day as a language writes them: "12 March 2026", "September 2021", "2015/16",
//! "6.30pm". Input: what the record knows. Output: exactly that, never a day that nobody wrote.

use jiff::civil;

use super::Language;
use crate::model::Date;

impl Language {
    /// "12 March 2026", "September 2021", "2021", "2015/16", "not recorded".
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        match date {
            Date::Day(day) => self.day(day),
            Date::Month(year, month) => {
                self.say("date.month", &[("month", self.month(month)), ("year", &year.to_string())])
            }
            Date::Year(year) => year.to_string(),
            Date::FinancialYear(year) if year % 100 == 99 => format!("{year}/{}", year + 1),
            Date::FinancialYear(year) => format!("{year}/{:02}", (year + 1) % 100),
            Date::Unknown => self.say("not-recorded", &[]),
        }
    }

    /// "12 March 2026".
    #[must_use]
    pub fn day(&self, day: civil::Date) -> String {
        let (number, year) = (day.day().to_string(), day.year().to_string());
        self.say("date.day", &[("day", &number), ("month", self.month(day.month())), ("year", &year)])
    }

    /// "2021 to 2024", "from 12 March 2026", "until 2024"; `None` if neither end is known.
    #[must_use]
    pub fn period(&self, from: Option<Date>, to: Option<Date>) -> Option<String> {
        let known = |date: Option<Date>| date.filter(|date| *date != Date::Unknown).map(|date| self.date(date));
        match (known(from), known(to)) {
            (Some(from), Some(to)) if from == to => Some(from),
            (Some(from), Some(to)) => Some(self.say("date.period", &[("from", &from), ("to", &to)])),
            (Some(from), None) => Some(self.say("date.from", &[("from", &from)])),
            (None, Some(to)) => Some(self.say("date.until", &[("to", &to)])),
            (None, None) => None,
        }
    }

    /// "6.30pm" from `18:30`, `6:30 pm`, `6.30pm`, `1830`; what cannot be read as a time stays as it was typed.
    #[must_use]
    pub fn time(&self, typed: &str) -> String {
        match read_time(typed) {
            Some((12, 0)) => self.say("time.midday", &[]),
            Some((0, 0)) => self.say("time.midnight", &[]),
            Some((hour, minute)) => {
                let key = match (minute, hour < 12) {
                    (0, true) => "time.morning-hour",
                    (0, false) => "time.afternoon-hour",
                    (_, true) => "time.morning",
                    (_, false) => "time.afternoon",
                };
                let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
                self.say(key, &[("hour", &hour.to_string()), ("minute", &format!("{minute:02}"))])
            }
            None => typed.trim().to_owned(),
        }
    }

    /// The time of day that staff typed: `18:30`, `6.30pm`, `1830`. `None` if it is no time.
    #[must_use]
    pub fn read_time(&self, typed: &str) -> Option<civil::Time> {
        let (hour, minute) = read_time(typed)?;
        civil::Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
    }

    /// "Sep".
    #[must_use]
    pub fn month_short(&self, month: i8) -> String {
        self.say(&format!("month-short.{month}"), &[])
    }

    fn month(&self, month: i8) -> &str {
        // A month of a date is 1 to 12: nothing else can be read as one.
        &self.months[usize::try_from(month - 1).unwrap_or_default().min(11)]
    }
}

/// Hours 0 to 23 and minutes of a time as staff type it.
fn read_time(typed: &str) -> Option<(u8, u8)> {
    let text: String = typed.chars().filter(|character| !character.is_whitespace()).collect::<String>().to_lowercase();
    let (digits, afternoon) = match text.strip_suffix("pm").or_else(|| text.strip_suffix("p.m.")) {
        Some(digits) => (digits, Some(true)),
        None => match text.strip_suffix("am").or_else(|| text.strip_suffix("a.m.")) {
            Some(digits) => (digits, Some(false)),
            None => (text.as_str(), None),
        },
    };
    let (hour, minute) = match digits.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        None if afternoon.is_some() => (digits, "00"),
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        _ => return None,
    };
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u8>().ok())?;
    let (hour, minute) = (number(hour)?, number(minute)?);
    let hour = match afternoon {
        Some(_) if hour == 0 || hour > 12 => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    (hour < 24 && minute < 60).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_say_what_is_known() {
        let language = Language::of("en");
        for (typed, shown) in [
            ("2026-03-12", "12 March 2026"),
            ("2021-09", "September 2021"),
            ("2021", "2021"),
            ("2015/16", "2015/16"),
            ("1999/2000", "1999/2000"),
            ("unknown", "not recorded"),
        ] {
            assert_eq!(language.date(Date::parse(typed).expect("a date")), shown);
        }
    }

    #[test]
    fn periods_have_one_end_or_two() {
        let language = Language::of("en");
        let date = |typed: &str| Date::parse(typed);
        assert_eq!(language.period(date("2021"), date("2024")).as_deref(), Some("2021 to 2024"));
        assert_eq!(language.period(date("2021"), date("2021")).as_deref(), Some("2021"));
        assert_eq!(language.period(date("2021-09"), None).as_deref(), Some("from September 2021"));
        assert_eq!(language.period(date("unknown"), date("2024")).as_deref(), Some("until 2024"));
        assert_eq!(language.period(None, date("unknown")), None);
    }

    #[test]
    fn times_as_staff_type_them() {
        let language = Language::of("en");
        for (typed, shown) in [
            ("14:30", "2.30pm"),
            ("6.30pm", "6.30pm"),
            ("6:30 PM", "6.30pm"),
            ("18:00", "6pm"),
            ("09:05", "9.05am"),
            ("10am", "10am"),
            ("12.15 a.m.", "12.15am"),
            ("12:15", "12.15pm"),
            ("1830", "6.30pm"),
            ("12:00", "midday"),
            ("00:00", "midnight"),
            ("25:00", "25:00"),
            ("13pm", "13pm"),
            ("after lunch", "after lunch"),
            ("６:30", "６:30"),
            ("", ""),
        ] {
            assert_eq!(language.time(typed), shown, "{typed}");
        }
    }
}
