// The words of a hit as a result shows them: the whole text if it is short, else a stretch of it, the words that were
// asked for marked.

const LONGEST_WHOLE = 40;
const STRETCH = 32;
const BEFORE_MARK = 6;

// [{ text, marked }]. `atoms`: what was asked for, as `Search` resolved it.
function excerptOf(text, atoms, words) {
    const reading = words.read(text);
    const marks = marksOf(reading, atoms, words);
    const { first, last } = stretchOf(reading.places.length, marks);
    return piecesOfText(text, reading.places, marks, first, last);
}

// For each place, the numbers of the atoms that it is a word of.
function marksOf(reading, atoms, words) {
    const marks = reading.places.map(() => []);
    const mark = (atom, from, length) => {
        for (let at = from; at < from + length; at += 1) if (marks[at] && !marks[at].includes(atom)) marks[at].push(atom);
    };
    reading.places.forEach((place, index) => {
        atoms.forEach((atom, number) => {
            for (const key of atom.keys) {
                if (place.main === key || place.unit.others.includes(key)) mark(number, index, 1);
                if (reading.rows[index].includes(key)) mark(number, index, rowLength(reading, index, key, words));
            }
            for (const phrase of atom.phrases) {
                const stands = phrase.every(({ key, offset }) => hasKey(reading, index + offset, key));
                if (stands) phrase.forEach(({ offset }) => mark(number, index + offset, 1));
            }
        });
    });
    return marks;
}

function hasKey(reading, index, key) {
    const place = reading.places[index];
    return place !== undefined && (place.main === key || place.unit.others.includes(key) || reading.rows[index].includes(key));
}

// How many places the row is that has a key: a concept, a date, a section.
function rowLength(reading, index, key, words) {
    const concept = words.conceptsAt(reading.text, reading.places, index, false).find((found) => found.key === key);
    if (concept) return concept.length;
    if (key.startsWith('@')) return words.dateAt(reading.text, reading.places, index).length;
    return 2;
}

// All of a short text; else from a little before the first mark whose stretch has marks of the most different atoms.
function stretchOf(length, marks) {
    if (length <= LONGEST_WHOLE) return { first: 0, last: length };
    let best = { first: 0, last: STRETCH, atoms: -1 };
    marks.forEach((own, index) => {
        if (own.length === 0) return;
        const first = Math.max(0, Math.min(index - BEFORE_MARK, length - STRETCH));
        const atoms = new Set([].concat(...marks.slice(first, first + STRETCH))).size;
        if (atoms > best.atoms) best = { first, last: first + STRETCH, atoms };
    });
    return best;
}

function piecesOfText(text, places, marks, first, last) {
    const pieces = [];
    const add = (piece, marked) => {
        const end = pieces[pieces.length - 1];
        if (piece === '') return;
        if (end && end.marked === marked) end.text += piece;
        else pieces.push({ text: piece, marked });
    };
    let at = first === 0 ? 0 : places[first].start;
    if (first > 0) add('…', false);
    for (let index = first; index < last; index += 1) {
        add(text.slice(at, places[index].start), false);
        add(text.slice(places[index].start, places[index].end), marks[index].length > 0);
        at = places[index].end;
    }
    add(last === places.length ? text.slice(at) : '…', false);
    return pieces;
}
