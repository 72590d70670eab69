//! Who was at a meeting: members who came, apologies, others in attendance, the chair.
//!
//! Input: the leaves of a text and the words of its language. Output: people, each once and in one part. Not here: the fields that they
//! fill (`parse::attendance`), and any phrase (`recognise/<language>.presence.toml`).
//!
//! | file | |
//! |---|---|
//! | `presence`, `phrases`, `roll` | who was there: where it is said; labels and sentences; each of those found once, in one part |
//! | `movements` | who came later, left, declared an interest, sat in another's place |
//! | `groups`, `rows` | names in groups and in paragraphs of their own; in tables |
//! | `legend` | a sign beside those of a list of members who were there |
//! | `names`, `pieces`, `words` | a list of names; where it is cut; what each word is |

mod groups;
mod legend;
mod movements;
mod names;
mod phrases;
mod pieces;
mod presence;
mod roll;
mod rows;
mod words;

pub(crate) use movements::{beside, declaration, movements, several};
pub(crate) use presence::{MOST_PEOPLE, people};
