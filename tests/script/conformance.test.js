// The rules of words and questions, by the examples that the program is held to as well: ../search/conformance.json, which
// says how results are written there.

const { test } = require('node:test');
const assert = require('node:assert/strict');
const examples = require('../search/conformance.json');
const { load } = require('./theme.js');

const theme = load('search', [
    'Words', 'civil', 'dateOfDigits', 'dateOfFinancialYear', 'dayNumber', 'excerptOf', 'excerptOfHead', 'fold', 'isWord', 'monthNumber', 'nearest', 'nextChunk',
    'rarityOf', 'readQuestion', 'unitsOf', 'wordKey',
]);

// Compares the result of each input with what is expected: the last of each example; before it stands the input.
function each(list, result) {
    assert.ok(list.length > 0);
    for (const example of list) assert.deepEqual(result(...example.slice(0, -1)), example[example.length - 1], JSON.stringify(example));
}

test('letters are told from others and folded', () => {
    each(examples.folded, theme.fold);
    for (const letter of examples.word_characters) assert.equal(theme.isWord(letter.codePointAt(0)), true, letter);
    for (const letter of examples.other_characters) assert.equal(theme.isWord(letter.codePointAt(0)), false, letter);
});

test('a text is cut into what a reader calls words', () => {
    each(examples.chunks, (text) => {
        const chunks = [];
        for (let chunk = theme.nextChunk(text, 0); chunk; chunk = theme.nextChunk(text, chunk.end)) chunks.push(text.slice(chunk.start, chunk.end));
        return chunks;
    });
});

test('a chunk is found under these keys', () => {
    const shown = ({ main, others }) => (main || '-') + (others.length > 0 ? ` (${others.join(' ')})` : '');
    each(examples.units, (chunk) => theme.unitsOf(chunk, true).map(shown).join(', '));
    each(examples.stems, (word) => theme.wordKey(word, true));
});

function days({ first, last }) {
    const day = (number) => {
        if (number === 0 || number === 0xffffffff) return '';
        const [year, ...others] = theme.civil(number);
        return [String(year).padStart(4, '0'), ...others.map((part) => String(part).padStart(2, '0'))].join('-');
    };
    return `${day(first)}..${day(last)}`;
}

test('dates are days', () => {
    const shown = (span) => span && days(span);
    each(examples.days, (day) => theme.dayNumber(...day.split('-').map(Number)));
    each(examples.dates, (typed) => shown(theme.dateOfDigits(typed)));
    each(examples.financial_years, (typed) => shown(theme.dateOfFinancialYear(typed)));
    each(examples.months, theme.monthNumber);
});

test('what is typed is understood', () => {
    const words = new theme.Words(true, examples.questions.concepts);
    const atom = (one) => {
        if (one.choices) return one.choices.map((keys) => keys.join('+')).join('?');
        if (one.phrase) return `"${one.phrase.map(({ key, offset }) => `${key}@${offset}`).join(' ')}"`;
        return one.concept || `${one.dated}[${days(one.span)}]`;
    };
    each(examples.questions.examples, (text) => {
        const { clauses, spans, leftOut } = theme.readQuestion(text, words);
        const parts = clauses.map(({ atoms, excluded }) => (excluded ? '-' : '') + atoms.map(atom).join('|'));
        parts.push(...spans.map((span) => `[${days(span)}]`));
        if (leftOut.length > 0) parts.push(`without ${leftOut.map(({ typed }) => typed).join(', ')}`);
        return parts.join(' ');
    });
});

test('the likeliest word is meant', () => {
    const { words, examples: typed } = examples.corrections;
    each(typed, (word) => theme.nearest(word, words));
});

test('what is rare counts more', () => {
    each(examples.rarities, theme.rarityOf);
});

test('what was asked for is marked', () => {
    const words = new theme.Words(true, []);
    const wanted = (terms) => terms.map((keys) => ({ terms: [{ keys: keys.map(([key, offset]) => ({ key, offset })), span: null }], excluded: false }));
    const marked = (pieces) => pieces.map(({ text, marked: is }) => (is ? `[${text}]` : text)).join('');
    for (const { text, terms, shown } of examples.excerpts) assert.equal(marked(theme.excerptOf(text, wanted(terms), words)), shown);
    for (const { title, summary, facts, keys, shown } of examples.heads) {
        assert.equal(marked(theme.excerptOfHead(title, `${summary}\t${facts}`, wanted(keys.map((key) => [[key, 0]])), words)), shown);
    }
});
