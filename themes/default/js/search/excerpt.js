// The words of a hit as a result shows them: the whole text if it is short, else a stretch of it, the words that were
// asked for marked.

// Of the head of a page: its summary, unless only its facts, after a tab, say what neither that nor the title says.
function excerptOfHead(title, text, wanted, words) {
    const tab = text.indexOf('\t');
    const [summary, facts] = tab < 0 ? [text, ''] : [text.slice(0, tab), text.slice(tab + 1)];
    const marked = (part) => marksOf(words.read(part), wanted, words).filter((mark) => mark >= 0);
    const said = new Set([...marked(title), ...marked(summary)]);
    return excerptOf(marked(facts).some((mark) => !said.has(mark)) ? facts : summary, wanted, words);
}

// [{ text, marked }]. `wanted`: what was asked for, as the Resolver leaves it.
function excerptOf(text, wanted, words) {
    const reading = words.read(text);
    const marks = marksOf(reading, wanted, words);
    const { first, end } = stretchOf(marks);
    return pieces(text, reading.tokens, marks, first, end);
}

// For each token, the number of the first thing wanted that it is a word of; -1 for none.
function marksOf(reading, wanted, words) {
    const marks = reading.tokens.map(() => -1);
    const one = (key) => ({ keys: [{ key, offset: 0 }] });
    const marked = wanted.map(({ terms, excluded }, number) => ({ terms: excluded ? [] : terms, number }));
    wanted.forEach(({ also }, number) => marked.push({ terms: (also || []).map(one), number }));
    marked.forEach(({ terms, number }) => {
        for (const { keys } of terms) {
            for (let first = 0; first < marks.length; first += 1) {
                const lengths = keys.map(({ key, offset }) => lengthAt(reading, first + offset, key, words));
                if (lengths.includes(0)) continue;
                keys.forEach(({ offset }, key) => {
                    const end = Math.min(first + offset + lengths[key], marks.length);
                    for (let at = first + offset; at < end; at += 1) if (marks[at] < 0) marks[at] = number;
                });
            }
        }
    });
    return marks;
}

// How many tokens from one on say a key; 0 if they do not.
function lengthAt(reading, at, key, words) {
    const token = reading.tokens[at];
    if (!token) return 0;
    if (token.main === key || token.unit.others.includes(key)) return 1;
    if (!reading.rows[at].includes(key)) return 0;
    const concept = words.conceptsAt(reading.text, reading.tokens, at, false).find((found) => found.key === key);
    if (concept) return concept.length;
    const dated = words.dateAt(reading.text, reading.tokens, at);
    return dated ? dated.length : 2;
}

// All of a short text; else from a little before the first mark whose stretch has marks of the most that was wanted.
function stretchOf(marks) {
    if (marks.length <= LONGEST_WHOLE) return { first: 0, end: marks.length };
    let [most, best] = [0, 0];
    marks.forEach((mark, index) => {
        if (mark < 0) return;
        const first = Math.min(Math.max(0, index - UNITS_BEFORE_MARK), marks.length - EXCERPT_UNITS);
        const seen = new Set(marks.slice(first, first + EXCERPT_UNITS).filter((one) => one >= 0)).size;
        if (seen > most) [most, best] = [seen, first];
    });
    return { first: best, end: best + EXCERPT_UNITS };
}

function pieces(text, tokens, marks, first, end) {
    const made = [];
    let plain = first > 0 ? '… ' : '';
    let at = first > 0 ? tokens[first].start : 0;
    for (let index = first; index < end; index += 1) {
        if (marks[index] < 0) continue;
        const token = tokens[index];
        plain += text.slice(at, token.start);
        if (plain !== '') made.push({ text: plain, marked: false });
        made.push({ text: text.slice(token.start, token.end), marked: true });
        plain = '';
        at = token.end;
    }
    plain += end === tokens.length ? text.slice(at) : `${text.slice(at, tokens[end - 1].end)} …`;
    if (plain !== '') made.push({ text: plain, marked: false });
    return made;
}
