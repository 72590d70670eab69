//! Lines of colons that open and close a block of another program.
//!
//! Input: a text and where such a line begins. Output: where its block ends. Not here: what is exempt (`exemption.rs`).

/// What opens and closes a block of another program.
pub(super) const FENCE: &str = ":::";

/// Where the block ends whose opening line of colons begins at `start`: after its closing line; where there is none, with the
/// text.
pub(super) fn fence_end(text: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        at += line.len();
        let typed = line.trim_matches([' ', '\t', '>', '\n']);
        match typed.strip_prefix(FENCE).map(|rest| rest.trim_matches(':')) {
            Some("") => depth = depth.saturating_sub(1),
            Some(_) => depth += 1,
            None => continue,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}
