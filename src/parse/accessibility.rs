//! `[accessibility]` of `content/site.toml` → what the statement on accessibility says.
//!
//! Enters: a table of TOML. Leaves: [`Accessibility`], or a message about each part that cannot stand in a statement that
//! the law asks for: a statement without a date, one that says "partly" and names no problem. Absent: its words
//! (`language/`) and its page (`render/`).

use super::config::Setting;
use crate::data::Raw;
use crate::model::{Accessibility, Meets, Problem};

/// The parts of `[accessibility]`.
const PARTS: &[&str] = &[
    "meets",
    "standard",
    "prepared",
    "reviewed",
    "tested",
    "tested_by",
    "contact",
    "answer_within",
    "enforcement",
    "enforcement_url",
    "problem",
];

/// The parts of each `[[accessibility.problem]]`.
const PROBLEM: &[&str] = &["what", "instead", "rule", "until", "exempt"];

const MEETS: [(&str, Meets); 3] = [("fully", Meets::Fully), ("partly", Meets::Partly), ("not", Meets::Not)];

impl<'node> Setting<'node, '_> {
    /// The statement; nothing where it cannot be made.
    pub(super) fn accessibility(&mut self) -> Option<Accessibility> {
        let node = self.node;
        if !matches!(node.value, Raw::Map(_)) {
            return self.wrong("`accessibility` should be a table", "[accessibility]\nprepared = \"2026-09-01\"");
        }
        self.known_parts(node, PARTS);
        let problems = match node.get("problem") {
            Some(problems) => self.part("problem", problems).problems(),
            None => Vec::new(),
        };
        let meets = self.meets(!problems.is_empty());
        let Some(prepared) = node.get("prepared") else {
            let fix = "Write the day on which it was first written: `prepared = \"2026-09-01\"`";
            return self.wrong("The statement on accessibility does not say when it was prepared", fix);
        };
        Some(Accessibility {
            meets: meets?,
            standard: self.read("standard", Setting::line),
            prepared: self.part("prepared", prepared).day()?,
            reviewed: self.read("reviewed", Setting::day),
            tested: self.read("tested", Setting::day),
            tested_by: self.read("tested_by", Setting::line),
            contact: node.get("contact").map(|contact| self.part("contact", contact).contact()),
            answer_within: self.read("answer_within", Setting::line),
            enforcement: self.read("enforcement", Setting::line),
            enforcement_url: self.read("enforcement_url", Setting::web_address),
            problems,
        })
    }

    /// How much of the standard is met, which has to fit whether problems are listed.
    fn meets(&mut self, problems: bool) -> Option<Meets> {
        let Some(node) = self.node.get("meets") else {
            return Some(if problems { Meets::Partly } else { Meets::Fully });
        };
        let mut part = self.part("meets", node);
        let typed = part.text()?;
        match MEETS.iter().find(|(word, _)| *word == typed) {
            Some((_, Meets::Fully)) if problems => part.wrong(
                "The statement on accessibility says `fully` and lists what is not good enough",
                "Write `meets = \"partly\"`, or take the problems out once they are mended.",
            ),
            Some((_, Meets::Partly | Meets::Not)) if !problems => part.wrong(
                &format!("The statement on accessibility says `{typed}` and lists no problem"),
                "[[accessibility.problem]]\nwhat = \"Some reports are only there as PDFs.\"",
            ),
            Some((_, meets)) => Some(*meets),
            None => part.wrong(
                &format!("`{typed}` does not say how much of the standard is met"),
                "Use one of: fully, partly, not. `meets = \"partly\"`",
            ),
        }
    }

    fn problems(&mut self) -> Vec<Problem> {
        let node = self.node;
        let Raw::List(items) = &node.value else {
            self.wrong::<()>(
                "`problem` should be a list of entries",
                "[[accessibility.problem]]\nwhat = \"Some reports are only there as PDFs.\"",
            );
            return Vec::new();
        };
        items.iter().filter_map(|item| self.part("problem", item).problem()).collect()
    }

    fn problem(&mut self) -> Option<Problem> {
        let node = self.node;
        self.known_parts(node, PROBLEM);
        let Some(what) = node.get("what") else {
            let fix = "[[accessibility.problem]]\nwhat = \"Some reports are only there as PDFs.\"";
            return self.wrong("A problem in the statement on accessibility does not say what it is", fix);
        };
        Some(Problem {
            what: self.part("what", what).line()?,
            instead: self.read("instead", Setting::line),
            rule: self.read("rule", Setting::line),
            until: self.read("until", Setting::day),
            exempt: self.read("exempt", Setting::line),
        })
    }

    /// A part that may be left out.
    fn read<'part, T>(
        &'part mut self,
        key: &'node str,
        read: impl FnOnce(&mut Setting<'node, 'part>) -> Option<T>,
    ) -> Option<T> {
        let node = self.node.get(key)?;
        read(&mut self.part(key, node))
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostics;
    use crate::model::Meets;
    use crate::source::SourceId;

    fn read(text: &str) -> (crate::model::Config, Vec<String>) {
        let mut diagnostics = Diagnostics::new();
        let config = crate::parse::config::config(text, SourceId(0), &mut diagnostics);
        (config, diagnostics.sorted().into_iter().map(|one| one.title.into()).collect())
    }

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
                "`mostly` does not say how much of the standard is met",
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
