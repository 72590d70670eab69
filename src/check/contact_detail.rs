//! `contact-detail`: a telephone number or a mail address that no link can use, and a contact that is a person.
//!
//! Input: one parsed file and its kind. Output: a message for each. Not here: how numbers are dialled (`language/telephone.rs`), and
//! which names are those of persons (`recognise/en.ask.toml`).

use super::lint::Lint;
use crate::diagnostic::Diagnostics;
use crate::kind::{Field, Kinds, Need, Role};
use crate::language::dialled;
use crate::lexicon::Lexicon;
use crate::model::{Entry, Fields, Parsed, Value};
use crate::source::Span;

/// Numbers that ring, addresses that receive.
pub const LINT: Lint = Lint { code: "contact-detail", manual: MANUAL };

const MANUAL: &str = "\
What it looks for
  A telephone number with words in it or with several numbers, and a mail
  address that is none. And a contact that is called like a person: “Mrs Jane
  Doe”, “Cllr A Low”.

Why it matters
  A number is a link: on a phone it rings when it is touched. One with words
  in it is printed, and cannot ring. A contact is a post, a team or a service:
  a person leaves, and a private person has no page here.

Example
  telephone: 01632 960123 or 960124 (Jane)

Instead
  telephone: 01632 960123
  deals_with: Noise. Out of hours ring 01632 960124

  A number with an extension is written so:  telephone: 01632 960123 ext. 12
";

pub(super) fn check(parsed: &Parsed, kinds: &Kinds, diagnostics: &mut Diagnostics) {
    let kind = kinds.get(parsed.kind);
    details(&kind.fields, &parsed.fields, diagnostics);
    let is_for_contacts =
        kind.fields.iter().any(|field| field.role == Some(Role::DealsWith) && field.need == Need::Expected);
    if is_for_contacts && Lexicon::english().fits("name-of-person", &parsed.title) {
        let title = format!("“{}” is a person, and a contact is a post or a service", parsed.title);
        let why = "A person leaves, and the number stays on the website. A private person has no page here.";
        let fix = "Call it by what it does, and write so in its head: title: Noise and nuisance line";
        let span = Some(parsed.title_span).filter(|span| span.start < span.end).unwrap_or(Span::whole(parsed.source));
        diagnostics.add(LINT.code, Some(span), title, why, fix);
    }
}

/// Looks at the fields of a document, and at the parts of its groups.
fn details(schema: &[Field], fields: &Fields, diagnostics: &mut Diagnostics) {
    for field in schema {
        let Some(Entry { value, span, .. }) = fields.entry(&field.name) else { continue };
        match (field.role, value) {
            (Some(Role::Telephone), Value::Text(text)) if dialled(text, None).is_none() => {
                let title = format!("`{text}` is not a number that can be rung");
                let why = "It is printed as it is, and does not ring when somebody touches it.";
                diagnostics.add(
                    LINT.code,
                    Some(*span),
                    title,
                    why,
                    format!("Write one number, and nothing else: {}", field.line()),
                );
            }
            (Some(Role::Email), Value::Text(text)) if !is_mail(text) => {
                let title = format!("`{text}` is not a mail address");
                let why = "The link that opens a letter to it would lead nowhere.";
                diagnostics.add(
                    LINT.code,
                    Some(*span),
                    title,
                    why,
                    format!("Write one address, and nothing else: {}", field.line()),
                );
            }
            (_, value) => value.groups().into_iter().for_each(|group| details(field.parts(), group, diagnostics)),
        }
    }
}

/// `clerk@example.gov.uk`, and nothing beside it.
fn is_mail(text: &str) -> bool {
    let is_odd = |sign: char| sign.is_whitespace() || sign.is_control() || "<>\",;".contains(sign);
    let host = text.split_once('@').filter(|(name, _)| !name.is_empty()).map(|(_, host)| host);
    !text.contains(is_odd) && host.is_some_and(|host| host.contains('.') && !host.contains('@'))
}
