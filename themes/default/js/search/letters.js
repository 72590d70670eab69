// Letters: what belongs to a word, and the form under which two writings of one word are the same.

function isWord(code) {
    if (code < 0x80) return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    if (code < 0xc0) return code === 0xad;
    if (code < 0x2000) return code !== 0xd7 && code !== 0xf7;
    if (code <= 0x2bff) return (code >= 0x200b && code <= 0x200d) || code === 0x2060;
    return !(
        (code >= 0x3000 && code <= 0x303f) ||
        (code >= 0xe000 && code <= 0xf8ff) ||
        (code >= 0xfe00 && code <= 0xfe6f) ||
        (code >= 0xff00 && code <= 0xff0f) ||
        (code >= 0xfff0 && code <= 0xffff) ||
        (code >= 0x1f000 && code <= 0x1faff)
    );
}

function isDigit(code) {
    return code >= 48 && code <= 57;
}

// Whether a text begins with a word character that is no digit.
function beginsWithLetter(text) {
    const code = text.codePointAt(0);
    return code !== undefined && isWord(code) && !isDigit(code);
}

const DIGITS = /^[0-9]+$/;

// Small letters without accents.
function fold(word) {
    if (/^[\0-\x7f]*$/.test(word)) return word.toLowerCase();
    return word.toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f\u00ad\u200b-\u200d\u2060]/g, '');
}
