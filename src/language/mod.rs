//! Dates, lists, plurals, sorting.
