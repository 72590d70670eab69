//! A word that occurs nowhere is taken for one that does.
//!
//! Enters: a mistyped word, and words of the site with how common each is. Leaves: the word that was most likely meant.
//! Absent: words with digits: a number is never guessed.

/// How near two words are; 3 stands for anything farther than 2.
const FAR: usize = 3;

/// The likeliest of `words` for `typed`: (word, how common).
pub fn best<'words>(typed: &str, words: &'words [(String, u32)]) -> Option<&'words str> {
    let letters: Vec<char> = typed.chars().collect();
    let mut best: Option<(u32, std::cmp::Reverse<u32>, &str)> = None;
    for (word, common) in words {
        let Some(rank) = rank(&letters, word) else { continue };
        let candidate = (rank, std::cmp::Reverse(*common), word.as_str());
        if best.is_none_or(|best| candidate < best) {
            best = Some(candidate);
        }
    }
    best.map(|(_, _, word)| word)
}

/// 1 for a word at distance 1, 2 for one that begins with what was typed, 3 for one at distance 2.
fn rank(typed: &[char], word: &str) -> Option<u32> {
    let letters: Vec<char> = word.chars().collect();
    let near = if typed.len().abs_diff(letters.len()) <= 2 { distance(typed, &letters) } else { FAR };
    match near {
        0 | 1 if typed.len() >= 4 => Some(1),
        _ if typed.len() >= 3 && letters.starts_with(typed) => Some(2),
        2 if typed.len() >= 7 => Some(3),
        _ => None,
    }
}

/// Insertions, deletions, changes and swaps of neighbours (optimal string alignment); 3 if there are more than 2.
fn distance(one: &[char], other: &[char]) -> usize {
    let width = other.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut here = vec![row + 1; width];
        for column in 1..width {
            let same = *letter == other[column - 1];
            here[column] = (last[column - 1] + usize::from(!same)).min(last[column] + 1).min(here[column - 1] + 1);
            let swapped = row > 0 && column > 1 && *letter == other[column - 2] && one[row - 1] == other[column - 1];
            if swapped {
                here[column] = here[column].min(before[column - 2] + 1);
            }
        }
        if here.iter().all(|distance| *distance >= FAR) {
            return FAR;
        }
        before = std::mem::replace(&mut last, here);
    }
    last[width - 1].min(FAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(typed: &str) -> Option<String> {
        let words = [
            ("burglar", 2),
            ("burglaries", 3),
            ("burglary", 4),
            ("knife", 3),
            ("knives", 2),
            ("police", 6),
            ("polite", 1),
        ];
        let words: Vec<(String, u32)> = words.map(|(word, common)| (word.to_owned(), common)).into();
        best(typed, &words).map(str::to_owned)
    }

    #[test]
    fn the_likeliest_word_is_meant() {
        for (typed, word) in [
            ("burglry", Some("burglary")),
            ("bulgrary", Some("burglary")),
            ("burgalry", Some("burglary")),
            ("bergulary", Some("burglary")),
            ("polcie", Some("police")),
            ("burgl", Some("burglary")),
            ("poli", Some("police")),
            ("kniff", Some("knife")),
            ("nife", Some("knife")),
            ("kn", None),
            ("xyzzy", None),
        ] {
            assert_eq!(meant(typed).as_deref(), word, "{typed}");
        }
    }
}
