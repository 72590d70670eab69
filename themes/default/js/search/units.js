// A text is cut into chunks (what a reader would call one word, with the hyphens, dots and slashes inside it), and a
// chunk becomes units, each with the keys under which it is found. The rules stand in src/search/FORMAT.md ("Words").

const BRACKET = new RegExp(`^\\([0-9A-Za-z]{1,${LONGEST_BRACKET}}\\)`);

// The next chunk of a text from a place on, { start, end }, or null. A pound sign right before it belongs to it.
function nextChunk(text, from) {
    let start = from;
    for (;;) {
        const code = text.codePointAt(start);
        if (code === undefined) return null;
        if (isWord(code)) break;
        start += code > 0xffff ? 2 : 1;
    }
    let end = runEnd(text, start);
    let digits = /[0-9]/.test(text.slice(start, end));
    for (;;) {
        const bracket = digits && BRACKET.exec(text.slice(end, end + LONGEST_BRACKET + 2));
        if (bracket) {
            end += bracket[0].length;
            continue;
        }
        const next = joined(text, start, end);
        if (next === 0) break;
        end = runEnd(text, next);
        digits = digits || /[0-9]/.test(text.slice(next, end));
    }
    return { start: text[start - 1] === '£' ? start - 1 : start, end };
}

function runEnd(text, start) {
    let at = start;
    for (;;) {
        const code = text.codePointAt(at);
        if (code === undefined || !isWord(code)) return at;
        at += code > 0xffff ? 2 : 1;
    }
}

// Where the run begins that belongs to the chunk although one character stands between; 0 if none does.
function joined(text, start, end) {
    const next = end + 1;
    const first = text.codePointAt(next);
    if (first === undefined || !isWord(first)) return 0;
    const joiner = text[end];
    const last = lastCode(text.slice(start, end));
    let joins = joiner === '.' || joiner === '/' || DASHES.includes(joiner);
    if (joiner === ',') joins = isDigit(last) && /^[0-9]{3}$/.test(text.slice(next, runEnd(text, next)));
    if (APOSTROPHES.includes(joiner)) joins = isWord(last) && !isDigit(last) && !isDigit(first);
    return joins ? next : 0;
}

function lastCode(text) {
    const unit = text.charCodeAt(text.length - 1);
    return unit >= 0xdc00 && unit <= 0xdfff && text.length > 1 ? text.codePointAt(text.length - 2) : unit;
}

// The units of a chunk: { start, end, main (or null), others, folded (or null), parts, and traits }.
function unitsOf(chunk, stems) {
    const parts = partsOf(chunk);
    if (parts.some((part) => /[0-9]/.test(part.text))) return [reference(chunk, parts, stems)];
    const initials =
        parts.length > 1 && parts.every((part, index) => [...part.text].length === 1 && (index === 0 || part.before === '.'));
    if (initials) {
        const letters = parts.map((part) => part.text.toUpperCase()).join('');
        return [wordUnit(letters, parts[0].start, parts[parts.length - 1].end, stems)];
    }
    const units = [];
    for (let first = 0; first < parts.length;) {
        let last = first;
        while (last + 1 < parts.length && parts[last + 1].before === '-') last += 1;
        const group = parts.slice(first, last + 1);
        units.push(first === last ? wordUnit(group[0].text, group[0].start, group[0].end, stems) : compound(group, stems));
        first = last + 1;
    }
    return units;
}

// The parts between dots, slashes and hyphens, each with what stands before it.
function partsOf(chunk) {
    const parts = [];
    let before = ' ';
    for (let at = 0; at < chunk.length;) {
        const letter = String.fromCodePoint(chunk.codePointAt(at));
        const end = at + letter.length;
        at = end;
        if (letter === ',' || (letter === '£' && parts.length === 0)) continue;
        if (APOSTROPHES.includes(letter)) {
            // `s` alone after an apostrophe belongs to no word.
            const after = chunk.codePointAt(end + 1);
            if (/[sS]/.test(chunk[end] || '') && !(after !== undefined && isWord(after))) at = end + 1;
        } else if (letter === '.' || letter === '/') before = letter;
        else if (DASHES.includes(letter)) before = '-';
        else if (before === null) {
            const part = parts[parts.length - 1];
            part.text += letter;
            part.end = end;
        } else {
            parts.push({ text: letter, before, start: end - letter.length, end });
            before = null;
        }
    }
    return parts;
}

// Nothing special: each unit says only what it is besides.
const NO_TRAITS = {
    stop: false, letters: false, prefix: false, section: false, capitals: false, compound: false, reference: false, amount: false, zeros: 0,
    month: 0, day: 0, year: 0, date: null, folded: null, parts: [],
};

function wordUnit(letters, start, end, stems) {
    const folded = fold(letters);
    const capitals = capitalsKey(letters);
    return Object.assign({}, NO_TRAITS, {
        start,
        end,
        main: wordKey(folded, stems),
        others: capitals === null ? [] : [capitals],
        folded,
        stop: STOP_WORDS.has(folded),
        letters: true,
        prefix: PREFIXES.has(folded),
        section: SECTION_WORDS.has(folded),
        capitals: capitals !== null,
        zeros: MULTIPLIERS.get(folded) || 0,
        month: monthNumber(folded),
    });
}

// Words with hyphens: written together and each by itself.
function compound(group, stems) {
    const unit = wordUnit(group.map((part) => part.text).join(''), group[0].start, group[group.length - 1].end, stems);
    return Object.assign({}, NO_TRAITS, {
        start: unit.start,
        end: unit.end,
        main: unit.main,
        others: [].concat(...group.map((part) => partKeys(part.text, stems))),
        folded: unit.folded,
        parts: group.map((part) => fold(part.text)),
        stop: unit.stop,
        letters: true,
        compound: true,
    });
}

// Numbers, labels, references, amounts, dates in digits.
function reference(chunk, parts, stems) {
    let main = '';
    let last = 32;
    for (const part of parts) {
        const folded = fold(part.text);
        const first = folded.codePointAt(0) || 32;
        const changes = (isDigit(last) && isLetter(first)) || (isLetter(last) && isDigit(first));
        if (main !== '' && !((part.before === '-' || part.before === '.') && changes)) main += part.before;
        main += folded;
        last = lastCode(folded || ' ');
    }
    const dotted = parts.every((part, index) => DIGITS.test(part.text) && (index === 0 || part.before === '.'));
    const others = parts.length > 1 && !dotted ? [].concat(...parts.map((part) => partKeys(part.text, stems))) : [];
    if (main.includes('(')) others.push(main.slice(0, main.indexOf('(')));
    const date = dateOfDigits(main);
    if (date) others.push(...spanKeys(date));
    const unit = Object.assign({}, NO_TRAITS, {
        start: parts[0].start,
        end: parts[parts.length - 1].end,
        main: cutKey(main),
        others,
        reference: true,
        date,
    });
    const number = /^([0-9]+)([a-z]*)$/.exec(main);
    if (number && +number[1] <= 32767) {
        const day = number[2] === '' || ORDINALS.has(number[2]);
        unit.day = day && +number[1] <= 31 ? +number[1] : 0;
        unit.year = number[2] === '' && number[1].length === 4 ? +number[1] : 0;
    }
    const amount = chunk[0] === '£' ? amountOf(unit.main) : null;
    if (amount) {
        unit.amount = !amount.multiplied;
        unit.start = 0;
        unit.others.push(unit.main);
        unit.main = amount.key;
    }
    unit.others = unit.others.filter((key, index, keys) => index === 0 || key !== keys[index - 1]);
    return unit;
}

function isLetter(code) {
    return isWord(code) && !isDigit(code);
}

// The keys of one part of a compound or a reference.
function partKeys(text, stems) {
    const folded = fold(text);
    if (/[0-9]/.test(folded)) return [cutKey(folded)];
    return [wordKey(folded, stems), capitalsKey(text)].filter((key) => key !== null);
}

// The key of a folded word of letters; null for a stop word.
function wordKey(folded, stems) {
    if (folded === '' || STOP_WORDS.has(folded)) return null;
    return cutKey(stems && /^[a-z]+$/.test(folded) ? stem(ALIKE.get(folded) || folded) : folded);
}

const CAPITALS = new RegExp(`^([A-Z]{${SHORTEST_CAPITALS},${LONGEST_CAPITALS}})s?$`);

// `=PCC` of PCC and of PCCs, else null.
function capitalsKey(word) {
    const found = CAPITALS.exec(word);
    return found && `=${found[1]}`;
}

// The key of an amount and whether a word has multiplied it: 12345, 1.2m.
function amountOf(typed) {
    const found = /^(.*?)([a-z]*)$/.exec(typed);
    const zeros = found && (found[2] === '' ? 0 : MULTIPLIERS.get(found[2]));
    const key = found && zeros !== undefined ? amountKey(found[1], zeros) : null;
    return key && { key, multiplied: zeros > 0 };
}

const AMOUNT = new RegExp(`^([0-9]{1,${LONGEST_AMOUNT}})(?:\\.([0-9]{0,${LONGEST_AMOUNT}}))?$`);

// `£1200000` of 1.2 and six zeros; null if it is no number, or too long to be an amount.
function amountKey(number, zeros) {
    const found = AMOUNT.exec(number);
    if (!found) return null;
    const point = found[1].length + zeros;
    const digits = (found[1] + (found[2] || '')).padEnd(point, '0');
    const whole = digits.slice(0, point).replace(/^0+/, '') || '0';
    const decimals = digits.slice(point).replace(/0+$/, '');
    return decimals === '' ? `£${whole}` : `£${whole}.${decimals}`;
}

const toUtf8 = new TextEncoder();

// A key is cut at a character to at most LONGEST_KEY bytes.
function cutKey(key) {
    if (key.length * 3 <= LONGEST_KEY || toUtf8.encode(key).length <= LONGEST_KEY) return key;
    let cut = '';
    let bytes = 0;
    for (const letter of key) {
        bytes += toUtf8.encode(letter).length;
        if (bytes > LONGEST_KEY) break;
        cut += letter;
    }
    return cut;
}
