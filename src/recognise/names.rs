//! Names in a list of names: "Ann and Bo", "AB/CD, EF".
//!
//! Input: words that name people. Output: each name with its place. Not here: who they are (`doers.rs`), and those who were there
//! (`attendance`).

/// The names in a list of names, with the places where they begin.
pub(crate) fn parted(names: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for piece in names.split_inclusive([',', '/', '&', '+', ';']) {
        let mut from = at;
        for name in piece.split(" and ") {
            pieces.push((from, name));
            from += name.len() + " and ".len();
        }
        at += piece.len();
    }
    pieces.into_iter().filter_map(|(at, piece)| {
        let name = piece.trim_start();
        let name = name.strip_prefix("and ").unwrap_or(name);
        let start = at + (piece.len() - name.len());
        let name = name.trim_end_matches([',', '/', '&', '+', ';']).trim();
        (!name.is_empty()).then_some((start, name))
    })
}
