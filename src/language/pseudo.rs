//! `en-XA`, a language that nobody speaks: English with an accent on every letter, longer by a third and in brackets.
//!
//! Input: English. Output: what a site in this language shows in its place. Whoever builds a site in it sees at once
//! which words of a page are in no file of strings (they have no accents), which text is put together from pieces (it
//! has more than one pair of brackets), and what breaks when words are long. Not here: the words of documents.

/// The tag.
pub const TAG: &str = "en-XA";

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED: &str = "áḃçḋéḟĝĥíĵķļḿñóṗɋŕšţúṽŵẋýžÁḂÇḊÉḞĜĤÍĴĶĻḾÑÓṖɊŔŠŢÚṼŴẊÝŽ";

/// Stands for what other languages need more room for.
const LONGER: &str = "·šáṗóĝíţéŕḋúñ";

/// The text as this language has it. Places in braces stay, and so does what has no letter.
#[must_use]
pub fn pseudo(english: &str) -> String {
    let mut inside = 0u32;
    let (mut text, mut letters) = (String::with_capacity(english.len() * 2), 0);
    for letter in english.chars() {
        match letter {
            '{' => inside += 1,
            '}' => inside = inside.saturating_sub(1),
            _ => {}
        }
        let accented = PLAIN.find(letter).filter(|_| inside == 0).and_then(|at| ACCENTED.chars().nth(at));
        letters += usize::from(accented.is_some());
        text.push(accented.unwrap_or(letter));
    }
    if letters == 0 {
        return text;
    }
    let more: String = LONGER.chars().cycle().take(letters.div_ceil(3)).collect();
    format!("[{text}{more}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_accents_places_stay_and_words_grow() {
        assert_eq!(PLAIN.chars().count(), ACCENTED.chars().count());
        assert!(ACCENTED.chars().all(|letter| letter.is_alphabetic() && !letter.is_ascii()));
        assert_eq!(pseudo("{count} documents"), "[{count} ḋóçúḿéñţš·šá]");
        assert_eq!(pseudo("{day} {month} {year}"), "{day} {month} {year}");
        assert_eq!(pseudo(", "), ", ");
    }
}
