//! Columns of tables that say of each row who may see it.
//!
//! Input: the name of a column, and a cell of it. Output: whether its row is for everybody. Not here: the names (`words.toml`), and cells
//! that say so under any name (`spoken.rs`).

use super::words::{FILES, Value, is_closed_word, is_yes};
use crate::language::letters;

/// What a column says of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// A yes withholds the row.
    Withholds,
    /// A no withholds it.
    Shows,
    /// Words that say so without any doubt withhold it.
    State,
    /// A word that says so withholds it.
    Marking,
}

impl Column {
    /// Whether a cell says that its row is not for everybody.
    pub(crate) fn withholds(self, cell: &str) -> bool {
        match self {
            Self::Withholds => is_yes(Value::Words(cell)),
            Self::Shows => crate::data::boolean(cell) == Some(false),
            Self::State => false,
            Self::Marking => is_closed_word(cell),
        }
    }
}

/// What a column of this name says of its rows, if it is about who may see them.
pub(crate) fn column(name: &str) -> Option<Column> {
    let name = letters::name(name);
    let columns = &FILES.columns;
    let lists = [
        (&columns.withholds, Column::Withholds),
        (&columns.shows, Column::Shows),
        (&columns.state, Column::State),
        (&columns.marking, Column::Marking),
    ];
    lists
        .into_iter()
        .find(|(names, _)| names.iter().any(|known| letters::name(known) == name))
        .map(|(_, column)| column)
}
