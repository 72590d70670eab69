//! The statement on accessibility, from the settings.
//!
//! Input: what the settings say. Output: [`StatementPage`]. Not here: its sentences, which are strings of the language.

use super::head;
use crate::model::pages::ACCESSIBILITY;
use crate::model::{Accessibility, Address, Date, Meets, Problem};
use crate::view::{Head, Link, ProblemView, StatementPage, View};

/// The page of the statement.
#[must_use]
pub fn statement(view: &View, of: &Accessibility) -> (Head, StatementPage) {
    let mut head = head::head(view, &Address::page([ACCESSIBILITY]), view.language.say("statement.title", &[]));
    head.description = Some(view.language.say("statement.lead", &[("organisation", &view.config().organisation)]));
    let day = |day: jiff::civil::Date| view.date(Date::Day(day));
    let enforcement = of.enforcement.as_ref().or(of.enforcement_url.as_ref());
    let page = StatementPage {
        meets: match of.meets {
            Meets::Fully => "fully",
            Meets::Partly => "partly",
            Meets::Not => "not",
        },
        standard: of.standard.clone().unwrap_or_else(|| view.language.say("statement.standard", &[])),
        prepared: day(of.prepared),
        reviewed: of.reviewed.map(day),
        tested: of.tested.map(day),
        tested_by: of.tested_by.clone(),
        contact: view.contact(of.contact.as_ref().unwrap_or(&view.config().contact)),
        answer_within: of.answer_within.clone(),
        enforcement: enforcement.map(|title| Link { title: title.clone(), href: of.enforcement_url.clone() }),
        problems: of.problems.iter().map(|problem| shown(view, problem)).collect(),
    };
    (head, page)
}

fn shown(view: &View, problem: &Problem) -> ProblemView {
    ProblemView {
        what: problem.what.clone(),
        instead: problem.instead.clone(),
        rule: problem.rule.clone(),
        until: problem.until.map(|day| view.date(Date::Day(day))),
        exempt: problem.exempt.clone(),
    }
}
