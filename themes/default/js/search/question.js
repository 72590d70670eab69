// What somebody typed becomes a question: clauses that must all hold (each a list of atoms of which one is enough, or
// which must not be there), spans that the date of the page must meet, and what was left out. The rules stand in
// src/search/FORMAT.md ("Queries").
//
// An atom is what was typed and what it means: { choices, folded } (the first choice of which every key occurs), { phrase }
// (keys and distances), { concept } or { dated, span }.

const NO_END = 0xffffffff;
// How the key of a question that fields answer begins.
const ASKED = '~asked.';

function readQuestion(text, words) {
    const question = { clauses: [], spans: [], asked: [], leftOut: [], left: LONGEST_QUERY };
    const pieces = piecesOf(text);
    let [excluded, or] = [false, false];
    const add = (atom) => {
        const last = question.clauses[question.clauses.length - 1];
        if (or && last && !excluded && !last.excluded) last.atoms.push(atom);
        else question.clauses.push({ atoms: [atom], excluded });
        or = false;
    };
    for (let index = 0; index < pieces.length; index += 1) {
        const piece = pieces[index];
        if (piece.not) {
            excluded = true;
            continue;
        }
        if (piece.or) or = true;
        else if (piece.quoted !== undefined) phraseOf(piece.quoted, words, question).forEach(add);
        else {
            let { plain } = piece;
            while (!excluded && index + 1 < pieces.length && pieces[index + 1].plain !== undefined) {
                index += 1;
                plain += ` ${pieces[index].plain}`;
            }
            atomsOf(plain, words, question).forEach(add);
        }
        excluded = false;
    }
    return question;
}

// What is quoted, what is not, and the operators between them: one alternative a group.
const PIECE = /[ \t\n\r\u00a0]+|["“”]([^"“”]*)["“”]+|(["“”])|(-)(?![- \t\n\r\u00a0])|([^ \t\n\r\u00a0"“”]+)/y;

function piecesOf(text) {
    const pieces = [];
    PIECE.lastIndex = 0;
    for (let found = PIECE.exec(text); found; found = PIECE.exec(text)) {
        const [, quoted, , minus, plain] = found;
        if (quoted !== undefined) pieces.push({ quoted });
        else if (minus !== undefined && PIECE.lastIndex < text.length) pieces.push({ not: true });
        else if (plain === 'NOT') pieces.push({ not: true });
        else if (plain === 'OR' || plain === '|') pieces.push({ or: true });
        else if (plain !== undefined && plain !== 'AND') pieces.push({ plain });
    }
    return pieces;
}

// The tokens of a text, as many as may still be read.
function tokensOf(text, words, question) {
    let { tokens } = words.read(text);
    if (tokens.length > question.left) {
        question.leftOut.push({ long: true, typed: text.slice(tokens[question.left].start).trim() });
        tokens = tokens.slice(0, question.left);
    }
    question.left -= tokens.length;
    return tokens;
}

// What stands in quotes: an atom, or none.
function phraseOf(text, words, question) {
    const tokens = tokensOf(text, words, question);
    const typed = text.trim();
    const stand = tokens.map(({ main }, at) => ({ key: main, at })).filter(({ key }) => key !== null);
    if (stand.length === 0) {
        if (typed !== '') question.leftOut.push({ typed });
        return [];
    }
    if (stand.length === 1) return [{ typed, choices: [[stand[0].key]], folded: null }];
    return [{ typed, phrase: stand.map(({ key, at }) => ({ key, offset: at - stand[0].at })) }];
}

// What stands outside quotes and between operators.
function atomsOf(text, words, question) {
    const tokens = tokensOf(text, words, question);
    const atoms = [];
    let end = -1;
    for (let index = 0; index < tokens.length;) {
        const filter = filterAt(text, words, tokens, index);
        if (filter) {
            question.spans.push(filter.span);
            index += filter.length;
            continue;
        }
        const { sense, asked, length } = senseAt(text, words, tokens, index);
        const last = tokens[Math.min(index + length, tokens.length) - 1];
        const typed = text.slice(tokens[index].start, last.end);
        if (sense) {
            // Whether it was typed right after the atom before.
            atoms.push(Object.assign({ typed, adjoins: index === end }, sense));
            end = index + length;
        } else question.leftOut.push({ typed });
        question.asked.push(...(asked || []));
        index += length;
    }
    return atoms;
}

// What the tokens from one on mean, and how many they are; no sense for a stop word.
function senseAt(text, words, tokens, index) {
    const concepts = words.conceptsAt(text, tokens, index, true);
    const [concept] = concepts;
    if (concept && concept.key.startsWith(ASKED)) {
        return { asked: concepts.filter(({ length }) => length === concept.length).map(({ key }) => key), length: concept.length };
    }
    if (concept) return { sense: { concept: concept.key }, length: concept.length };
    const time = timeAt(text, words, tokens, index);
    if (time) return { sense: { dated: time.key, span: time.span }, length: time.length };
    const section = words.sectionAt(text, tokens, index);
    if (section) return { sense: { choices: [[section]], folded: null }, length: 2 };
    const telephone = words.telephoneAt(text, tokens, index);
    if (telephone) {
        const parts = tokens.slice(index, index + telephone.length).map(({ main }) => main);
        return { sense: { choices: [[telephone.number], parts], folded: null }, length: telephone.length };
    }
    return { sense: wordSense(tokens[index]), length: 1 };
}

function wordSense({ unit, main }) {
    const choices = [];
    if (unit.capitals && unit.others.length > 0) choices.push([unit.others[0]]);
    if (main !== null) choices.push([main]);
    if (unit.compound && unit.others.length > 0) choices.push(unit.others.filter((key) => !key.startsWith('=')));
    if (unit.reference && main !== null) {
        for (const separator of ['/', '-', '.']) {
            const other = main.replace(/[/\-.]/g, separator);
            if (!choices.some((choice) => choice[0] === other)) choices.push([other]);
        }
    }
    return choices.length > 0 ? { choices, folded: unit.compound || unit.stop ? null : unit.folded } : null;
}

// A date, a financial year or a year: its key, its days, its tokens.
function timeAt(text, words, tokens, index) {
    if (index >= tokens.length) return null;
    const dated = words.dateAt(text, tokens, index);
    if (dated) return { key: spanKeys(dated.span)[0], span: dated.span, length: dated.length };
    const { unit, main } = tokens[index];
    if (main === null) return null;
    const span = unit.year >= FIRST_YEAR && unit.year <= LAST_YEAR ? yearOf(unit.year) : dateOfFinancialYear(main);
    return span && { key: main, span, length: 1 };
}

// A date with a word before it that makes it a condition on the page, and how many tokens that is.
function filterAt(text, words, tokens, index) {
    const folded = (at) => (tokens[at] ? fold(text.slice(tokens[at].start, tokens[at].end)) : null);
    const time = timeAt(text, words, tokens, index + 1);
    if (!time) return null;
    const { first, last } = time.span;
    const span = (from, to) => ({ span: { first: from, last: to }, length: 1 + time.length });
    const before = folded(index);
    const end = index + 1 + time.length;
    const to = BETWEEN_WORDS.has(before) && TO_WORDS.has(folded(end)) && timeAt(text, words, tokens, end + 1);
    if (to) return { span: { first, last: to.span.last }, length: 2 + time.length + to.length };
    if (SINCE_WORDS.has(before)) return span(first, NO_END);
    if (AFTER_WORDS.has(before)) return span(last + 1, NO_END);
    if (BEFORE_WORDS.has(before)) return span(0, first - 1);
    if (UNTIL_WORDS.has(before)) return span(0, last);
    return WITHIN_WORDS.has(before) ? span(first, last) : null;
}
