//! Formulas of a Word file, written in a line: a fraction gets its stroke, a root its sign, brackets that are only drawn stand there.
//!
//! Input: an element of a formula. Output: the steps in which it is read: words to be added, and elements whose words follow. Not here:
//! the words themselves (`import/word_runs.rs`).

use crate::archive::tree::Tree;

/// A step.
#[derive(Debug, PartialEq, Eq)]
pub enum Step<'tree> {
    /// Words that no element holds.
    Words(String),
    /// What is in an element follows; above the line, or below it.
    Inside(&'tree Tree, Option<&'static str>),
}

/// How an element is read; none if it is no formula of its own and all that is in it follows.
#[must_use]
pub fn steps(tree: &Tree) -> Option<Vec<Step<'_>>> {
    let part = |name: &str| tree.child(name).map(|part| Step::Inside(part, None));
    let raised = |name: &str, tag| tree.child(name).map(|part| Step::Inside(part, Some(tag)));
    let words = |words: &str| Some(Step::Words(words.to_owned()));
    let property = |name: &str| tree.trees().find_map(|properties| properties.child(name)).and_then(Tree::val);
    let steps = match &*tree.name {
        "f" => vec![
            opened(tree.child("num")),
            part("num"),
            closed(tree.child("num")),
            words("/"),
            opened(tree.child("den")),
            part("den"),
            closed(tree.child("den")),
        ],
        "sSup" => vec![part("e"), raised("sup", "sup")],
        "sSub" => vec![part("e"), raised("sub", "sub")],
        "sSubSup" => vec![part("e"), raised("sub", "sub"), raised("sup", "sup")],
        "rad" => vec![raised("deg", "sup"), words("√("), part("e"), words(")")],
        "nary" => vec![words(property("chr").unwrap_or("∫")), raised("sub", "sub"), raised("sup", "sup"), part("e")],
        "d" => {
            let mut steps = vec![words(property("begChr").unwrap_or("("))];
            for (number, part) in tree.trees().filter(|part| &*part.name == "e").enumerate() {
                steps.extend((number > 0).then(|| words(property("sepChr").unwrap_or("|"))));
                steps.push(Some(Step::Inside(part, None)));
            }
            steps.push(words(property("endChr").unwrap_or(")")));
            steps
        }
        // Rows and cells of a matrix, and lines of an array.
        "mr" | "eqArr" => tree.trees().flat_map(|part| [Some(Step::Inside(part, None)), words(" ")]).collect(),
        _ => return None,
    };
    Some(steps.into_iter().flatten().collect())
}

/// A bracket before a part of a fraction that is more than a number or a letter.
fn opened(part: Option<&Tree>) -> Option<Step<'_>> {
    is_compound(part?).then(|| Step::Words("(".to_owned()))
}

fn closed(part: Option<&Tree>) -> Option<Step<'_>> {
    is_compound(part?).then(|| Step::Words(")".to_owned()))
}

fn is_compound(part: &Tree) -> bool {
    !part.words().trim().chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | ','))
}
