//! Two texts → what a person needs to see of how they differ.
//!
//! Enters: an expected text and what came. Leaves: lines with `-`, `+` or a space before them.
//! Absent: anything clever; the texts of tests are short, and so is the longest common sequence of their lines.

/// The lines of both texts, marked; of a long run of equal lines only the ends are shown.
pub fn difference(expected: &str, came: &str) -> String {
    let lines = marked(&expected.lines().collect::<Vec<_>>(), &came.lines().collect::<Vec<_>>());
    let near = |index: usize| {
        let from = index.saturating_sub(CONTEXT);
        let to = (index + CONTEXT + 1).min(lines.len());
        lines[from..to].iter().any(|(mark, _)| *mark != ' ')
    };
    let mut text = String::new();
    let mut skipped = false;
    for (index, (mark, line)) in lines.iter().enumerate() {
        if near(index) {
            text.push_str(&format!("    {mark} {line}\n"));
            skipped = false;
        } else if !skipped {
            text.push_str("      …\n");
            skipped = true;
        }
    }
    text
}

/// Equal lines that are shown around a difference.
const CONTEXT: usize = 2;

fn marked<'text>(old: &[&'text str], new: &[&'text str]) -> Vec<(char, &'text str)> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (same, old, new) = (&old[..head], &old[head..], &new[head..]);
    // `common[i][j]`: how many lines `old[i..]` and `new[j..]` have in common, in order.
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] =
                if old[i] == new[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let mut lines: Vec<_> = same.iter().map(|line| (' ', *line)).collect();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push((' ', old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[i + 1][j] >= common[i][j + 1]) {
            lines.push(('-', old[i]));
            i += 1;
        } else {
            lines.push(('+', new[j]));
            j += 1;
        }
    }
    lines
}

#[test]
fn a_difference_shows_what_changed_and_little_else() {
    let expected = "a\nb\nc\nd\ne\nf\n";
    let came = "a\nb\nc\nd\nE\nf\n";
    assert_eq!(difference(expected, came), "      …\n      c\n      d\n    - e\n    + E\n      f\n");
    assert_eq!(difference("", "new\n"), "    + new\n");
}
