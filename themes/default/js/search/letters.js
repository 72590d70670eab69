// Letters: what belongs to a word, and the form under which two writings of one word are the same.

function isWord(code) {
    if (code < 0x80) return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    return isIn(DROPPED, code) || !isIn(NOT_WORD, code);
}

function isIn(ranges, code) {
    return ranges.some(([first, last]) => code >= first && code <= last);
}

function isDigit(code) {
    return code >= 48 && code <= 57;
}

const DIGITS = /^[0-9]+$/;

// Small letters without accents.
function fold(word) {
    if (/^[\0-\x7f]*$/.test(word)) return word.toLowerCase();
    const letters = Array.from(word.toLowerCase().normalize('NFKD'));
    return letters.filter((letter) => !isIn(ACCENTS, letter.codePointAt(0)) && !isIn(DROPPED, letter.codePointAt(0))).join('');
}
