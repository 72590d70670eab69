//! `[accessibility]` of `content/site.toml` → what the statement on accessibility says.
//!
//! Input: a table of TOML. Output: [`Accessibility`], or a diagnostic about each part that cannot stand in a statement
//! that the law asks for: a statement without a date, one that says "partly" and names no problem.
//! Not here: its words (`language/`) and its page (`render/`).
//!
//! Source: the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018,
//! regulation 8 and Schedule.

use super::settings::{contact, day, line, web_address};
use crate::data::Value;
use crate::diagnostic::SETTING;
use crate::model::{Accessibility, Meets, Problem};

const MEETS: [(&str, Meets); 3] = [("fully", Meets::Fully), ("partly", Meets::Partly), ("not", Meets::Not)];

/// One problem, to paste.
const PROBLEM: &str = "[[accessibility.problem]]\nwhat = \"Some reports are only there as PDFs.\"";

/// The statement. `None` if it cannot be made, after a diagnostic has said why.
pub(super) fn accessibility(value: Value<'_>) -> Option<Accessibility> {
    let statement = value.table("[accessibility]\nprepared = \"2026-09-01\"", |table| {
        let problems: Vec<Problem> =
            table.get("problem", |value| value.list("entries", PROBLEM, problem)).unwrap_or_default();
        let unsaid = if problems.is_empty() { Meets::Fully } else { Meets::Partly };
        let said = table.get("meets", |value| meets(value, !problems.is_empty()));
        let meets = if table.has("meets") { said } else { Some(unsaid) };
        let prepared = table.get("prepared", day);
        if !table.has("prepared") {
            let fix = "Write the day on which it was first written: `prepared = \"2026-09-01\"`";
            table.wrong::<()>("The statement on accessibility does not say when it was prepared", fix);
        }
        Some(Accessibility {
            standard: table.get("standard", line),
            reviewed: table.get("reviewed", day),
            tested: table.get("tested", day),
            tested_by: table.get("tested_by", line),
            contact: table.get("contact", contact),
            answer_within: table.get("answer_within", line),
            enforcement: table.get("enforcement", line),
            enforcement_url: table.get("enforcement_url", web_address),
            // Every key is asked for first: one that is not asked for is not known.
            meets: meets?,
            prepared: prepared?,
            problems,
        })
    });
    statement.flatten()
}

/// How much of the standard is met, which has to fit whether `problems` are listed.
fn meets(value: Value<'_>, problems: bool) -> Option<Meets> {
    match value.choice("a word for how much of the standard is met", &MEETS)? {
        Meets::Fully if problems => value.wrong(
            "The statement on accessibility says `fully` and lists what is not good enough",
            "Write `meets = \"partly\"`, or take the problems out once they are mended.",
        ),
        Meets::Partly | Meets::Not if !problems => {
            let typed = value.node.scalar().unwrap_or_default();
            value.wrong(&format!("The statement on accessibility says `{typed}` and lists no problem"), PROBLEM)
        }
        meets => Some(meets),
    }
}

fn problem(value: Value<'_>) -> Option<Problem> {
    value.keys(&SETTING, |table| {
        let what = table.get("what", line);
        if !table.has("what") {
            table.wrong::<()>("A problem in the statement on accessibility does not say what it is", PROBLEM);
        }
        let problem = Problem {
            what: what.clone().unwrap_or_default(),
            instead: table.get("instead", line),
            rule: table.get("rule", line),
            until: table.get("until", day),
            exempt: table.get("exempt", line),
        };
        what.map(|_| problem)
    })
}

#[cfg(test)]
mod tests {
    use crate::model::Meets;
    use crate::parse::config::tests::read;

    #[test]
    fn a_statement_says_what_it_can() {
        let (config, said) =
            read("[accessibility]\nprepared = '2026-09-01'\n[[accessibility.problem]]\nwhat = 'PDFs.'");
        assert_eq!(said, [""; 0]);
        let statement = config.accessibility.expect("a statement");
        assert_eq!((statement.meets, statement.problems.len()), (Meets::Partly, 1));
        let (config, _) = read("[accessibility]\nprepared = '2026-09-01'");
        assert_eq!(config.accessibility.map(|statement| statement.meets), Some(Meets::Fully));
    }

    #[test]
    fn mistakes_in_plain_words() {
        for (text, said) in [
            ("accessibility = 'x'", "`accessibility` should be a table"),
            ("[accessibility]\nmeets = 'fully'", "The statement on accessibility does not say when it was prepared"),
            ("[accessibility]\nprepared = '2026'", "`2026` is not a day"),
            ("[accessibility]\nprepared = '2026-09-01'\nmeet = 'x'", "`meet` is not a setting"),
            (
                "[accessibility]\nprepared = '2026-09-01'\nmeets = 'mostly'",
                "`mostly` is not a word for how much of the standard is met",
            ),
            (
                "[accessibility]\nprepared = '2026-09-01'\nmeets = 'partly'",
                "The statement on accessibility says `partly` and lists no problem",
            ),
            (
                "[accessibility]\nprepared = '2026-09-01'\nmeets = 'fully'\n[[accessibility.problem]]\nwhat = 'x'",
                "The statement on accessibility says `fully` and lists what is not good enough",
            ),
            ("[accessibility]\nprepared = '2026-09-01'\nproblem = 'x'", "`problem` should be a list of entries"),
            (
                "[accessibility]\nprepared = '2026-09-01'\n[[accessibility.problem]]\nrule = '1.1.1'",
                "A problem in the statement on accessibility does not say what it is",
            ),
        ] {
            assert_eq!(read(text).1, [said], "{text}");
        }
    }
}
