//! What the parts of a Word file mean (ECMA-376, Part 1): its styles, the numbers that it counts, its fields, formulas and signs.
//!
//! Input: parts as trees (`archive/tree.rs`). Output: looks, numbers as Word shows them, what a field prints. Not here: the text itself,
//! which `import` reads with these.
//!
//! | file | takes → gives |
//! |---|---|
//! | `styles.rs` | `styles.xml` → what paragraphs and stretches are, through the styles on which theirs are based |
//! | `numbers.rs` | `numbering.xml`, paragraphs of lists in their order → the number before each |
//! | `number_forms.rs`, `number_forms.toml` | a number, a form → as Word writes it |
//! | `fields.rs` | the order of a field → what it shows where the file holds no result |
//! | `math.rs` | an element of a formula → how it is read in a line |
//! | `signs.rs`, `signs.toml` | a letter of a type with pictures → a sign that every type has |

pub mod fields;
pub mod math;
pub mod number_forms;
pub mod numbers;
pub mod signs;
pub mod styles;
