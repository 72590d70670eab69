//! Words of a text that lead to what explains them: the site's glossary, and Acts of Parliament.
//!
//! Input: what the site explains, and the lines of a text. Output: which words lead where. Not here: how an explained word
//! is printed.

mod forms;
pub(crate) mod glossary;
pub(crate) mod marks;
mod statutes;

pub use glossary::{Glossary, fold, same_word};
pub use statutes::Statutes;
