// The stem of an English word of small letters a to z: Snowball's English stemmer (Porter2), https://snowballstem.org.

const STEM_ALONE = pairsOf('skis ski skies sky dying die lying lie tying tie idly idl gently gentl ugly ugli early earli only onli singly singl ' +
    'andes andes atlas atlas bias bias cosmos cosmos howe howe news news sky sky');
const STEM_WHOLE = /^(?:inning|outing|canning|herring|earring|proceed|exceed|succeed)$/;

const STEM_TWO = endings([
    ['ational', 'ate'], ['ization', 'ize'], ['iveness', 'ive'], ['fulness', 'ful'], ['ousness', 'ous'], ['tional', 'tion'], ['biliti', 'ble'],
    ['lessli', 'less'], ['entli', 'ent'], ['ation', 'ate'], ['alism', 'al'], ['aliti', 'al'], ['ousli', 'ous'], ['iviti', 'ive'],
    ['fulli', 'ful'], ['enci', 'ence'], ['anci', 'ance'], ['abli', 'able'], ['izer', 'ize'], ['ator', 'ate'], ['alli', 'al'], ['bli', 'ble'],
    ['ogi', 'og', /l$/], ['li', '', /[cdeghkmnrt]$/],
]);
const STEM_THREE = endings([
    ['ational', 'ate'], ['tional', 'tion'], ['alize', 'al'], ['icate', 'ic'], ['iciti', 'ic'], ['ative', '', null], ['ical', 'ic'], ['ness', ''],
    ['ful', ''],
]);
const STEM_FOUR = endings([
    ...['ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'al', 'er', 'ic'].map((ending) => [ending, '']),
    ['ion', '', /[st]$/],
]);

// [ending, what stands instead, what must stand before] as a table, and the expression that finds the longest.
function endings(list) {
    return { last: new RegExp(`(?:${list.map(([ending]) => ending).join('|')})$`), table: new Map(list.map((row) => [row[0], row])) };
}

function stem(whole) {
    if (whole.length < 3) return whole;
    if (STEM_ALONE.has(whole)) return STEM_ALONE.get(whole);
    // A y that is no vowel is written large.
    let word = whole.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y');
    const r1 = firstRegion(word);
    const r2 = region(word, r1);
    word = plural(word);
    if (STEM_WHOLE.test(word)) return word;
    word = pastAndParticiple(word, r1);
    word = word.replace(/([^aeiouy])[yY]$/, (ending, before, at) => (at > 0 ? before + 'i' : ending));
    word = replaceEnding(word, STEM_TWO, r1, r2);
    word = replaceEnding(word, STEM_THREE, r1, r2);
    word = replaceEnding(word, STEM_FOUR, r2, r2);
    return lastLetter(word, r1, r2).replace(/Y/g, 'y');
}

// Where the first region begins: after the first consonant that follows a vowel.
function firstRegion(word) {
    const special = /^(?:gener|commun|arsen)/.exec(word);
    return special ? special[0].length : region(word, 0);
}

function region(word, from) {
    const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
    return found ? from + found.index + 2 : word.length;
}

function plural(word) {
    if (word.endsWith('sses')) return word.slice(0, -2);
    if (/ie[ds]$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
    if (/[us]s$/.test(word)) return word;
    if (/[aeiouy].+s$/.test(word)) return word.slice(0, -1);
    return word;
}

function pastAndParticiple(word, r1) {
    const found = /(?:eedly|ingly|edly|eed|ing|ed)$/.exec(word);
    if (!found) return word;
    if (found[0].startsWith('eed')) return found.index >= r1 ? word.slice(0, found.index + 2) : word;
    const rest = word.slice(0, found.index);
    if (!/[aeiouy]/.test(rest)) return word;
    if (/(?:at|bl|iz)$/.test(rest)) return rest + 'e';
    if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) return rest.slice(0, -1);
    return rest.length <= r1 && endsShort(rest) ? rest + 'e' : rest;
}

function endsShort(word) {
    return /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word) || /^[aeiouy][^aeiouy]$/.test(word);
}

function replaceEnding(word, { last, table }, r1, r2) {
    const found = last.exec(word);
    if (!found) return word;
    const [, instead, before] = table.get(found[0]);
    const at = found.index;
    // Where nothing is said of what stands before, the first region is enough; null asks for the second.
    const fits = at >= (before === null ? Math.max(r1, r2) : r1) && (!before || before.test(word.slice(0, at)));
    return fits ? word.slice(0, at) + instead : word;
}

function lastLetter(word, r1, r2) {
    const at = word.length - 1;
    const rest = word.slice(0, at);
    if (word.endsWith('e') && (at >= r2 || (at >= r1 && !endsShort(rest)))) return rest;
    if (word.endsWith('ll') && at >= r2) return rest;
    return word;
}
