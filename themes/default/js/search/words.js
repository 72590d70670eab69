// Texts and questions become tokens, each with the keys under which it is found: { start, end, unit, main }. Beside them
// stand rows: the keys of several tokens together (section 17, 14 March 2021, a concept), by their first token.

class Words {
    // `concepts`: [key, name, forms], as the manifest has them.
    constructor(stems, concepts) {
        this.stems = stems;
        this.known = new Map();
        this.concepts = concepts.map(([key, name]) => ({ key, name }));
        this.forms = formsOf(concepts);
    }

    units(chunk) {
        let units = this.known.get(chunk);
        if (!units) {
            units = unitsOf(chunk, this.stems);
            this.known.set(chunk, units);
        }
        return units;
    }

    read(text) {
        const tokens = [];
        for (let chunk = nextChunk(text, 0); chunk; chunk = nextChunk(text, chunk.end)) {
            const units = this.units(text.slice(chunk.start, chunk.end));
            if (units.length === 1 && this.join(text, chunk, units[0], tokens)) continue;
            for (const unit of units) {
                tokens.push({ start: chunk.start + unit.start, end: chunk.start + unit.end, unit, main: unit.main });
            }
        }
        return { text, tokens, rows: this.rows(text, tokens) };
    }

    // Whether the new chunk has become a part of the token before it: `anti social`, `£1.2 million`.
    join(text, chunk, unit, tokens) {
        const last = tokens[tokens.length - 1];
        if (!last) return false;
        const between = text.slice(last.end, chunk.start);
        if (last.unit.amount && last.main === last.unit.main && unit.zeros > 0 && /^[ \u00a0]?$/.test(between)) {
            const key = amountKey(last.main.slice(1), unit.zeros);
            if (key === null) return false;
            Object.assign(last, { end: chunk.end, main: key });
            return true;
        }
        if (!(last.unit.prefix && unit.letters && /^[ \u00a0]$/.test(between))) return false;
        const [together] = this.units(`${text.slice(last.start, last.end)}-${text.slice(chunk.start, chunk.end)}`);
        Object.assign(last, { end: chunk.end, unit: together, main: together.main });
        return true;
    }

    rows(text, tokens) {
        const rows = tokens.map(() => []);
        tokens.forEach(({ unit }, index) => {
            const section = unit.section && this.sectionAt(text, tokens, index);
            if (section) {
                rows[index].push(section);
                if (section.includes('(')) rows[index].push(section.slice(0, section.indexOf('(')));
            }
            const dated = (unit.day > 0 || unit.month > 0) && this.dateAt(text, tokens, index);
            if (dated && dated.length > 1) {
                const before = index > 0 && this.dateAt(text, tokens, index - 1);
                if (!(before && before.length > 2)) rows[index].push(...spanKeys(dated.span));
            }
            rows[index].push(...this.conceptsAt(text, tokens, index, false).map((found) => found.key));
            const telephone = this.telephoneAt(text, tokens, index);
            if (telephone) rows[index].push(telephone.number);
        });
        return rows;
    }

    // `s17` of section 17.
    sectionAt(text, tokens, index) {
        const [here, next] = [tokens[index], tokens[index + 1]];
        const isSection = next && here.unit.section && next.unit.main !== null && /^[0-9]/.test(next.unit.main);
        return isSection && adjoin(text, here, next) ? `s${next.unit.main}` : null;
    }

    // The telephone number in several parts that begins at this token, written together: { number, length }.
    telephoneAt(text, tokens, index) {
        if (!/^0[0-9]*$/.test(tokens[index].main || '')) return null;
        let [number, end] = [tokens[index].main, index + 1];
        while (end < tokens.length && /^[0-9]+$/.test(tokens[end].main || '') && /^[ \u00a0]$/.test(text.slice(tokens[end - 1].end, tokens[end].start))) {
            number += tokens[end].main;
            end += 1;
        }
        const fits = end - index > 1 && number.length >= SHORTEST_TELEPHONE && number.length <= LONGEST_TELEPHONE;
        return fits ? { number, length: end - index } : null;
    }

    // The date that begins at this token, { span, length }: 14 March 2021, March 2021, 14/3/21.
    dateAt(text, tokens, index) {
        const here = tokens[index].unit;
        if (here.date) return { span: here.date, length: 1 };
        const following = (at) => {
            const next = tokens[at + 1];
            return next && adjoin(text, tokens[at], next) ? next.unit : null;
        };
        const next = following(index);
        if (!next) return null;
        if (here.month > 0 && next.year > 0) {
            const span = monthOf(next.year, here.month);
            return span && { span, length: 2 };
        }
        if (here.day > 0 && next.month > 0) {
            const last = following(index + 1);
            const span = last && dayOf(last.year, next.month, here.day);
            return span && { span, length: 3 };
        }
        return null;
    }

    // The concepts with a form that begins at this token, the longest form first: { key, length }. In a query (`small`)
    // a word typed in small letters fits one in capitals.
    conceptsAt(text, tokens, index, small) {
        const found = [];
        const fits = (element, at) => {
            const token = tokens[at];
            if (!token || (at > index && !adjoin(text, tokens[at - 1], token))) return false;
            const { unit } = token;
            const plain = unit.main === null && unit.folded !== null ? unit.folded : unit.main;
            if (plain === element || unit.others.includes(element)) return true;
            return small && !unit.stop && unit.folded !== null && element.startsWith('=') && element.slice(1).toLowerCase() === unit.folded;
        };
        for (const { first, list } of this.forms) {
            if (!fits(first, index)) continue;
            for (const { concept, key, elements } of list) {
                if (found.some((other) => other.key === key)) continue;
                if (elements.every((element, at) => fits(element, index + at))) found.push({ concept, key, length: elements.length });
            }
        }
        return found.sort((one, other) => other.length - one.length || one.concept - other.concept);
    }
}

// The forms of all concepts by their first element, in the order in which their elements first stand in the manifest.
function formsOf(concepts) {
    const numbers = new Map();
    const number = (name) => {
        if (!numbers.has(name)) numbers.set(name, numbers.size);
        return numbers.get(name);
    };
    const lists = new Map();
    for (const [key, , forms] of concepts) {
        const concept = number(key);
        for (const elements of forms) {
            elements.forEach(number);
            if (!lists.has(elements[0])) lists.set(elements[0], []);
            lists.get(elements[0]).push({ concept, key, elements });
        }
    }
    const forms = Array.from(lists, ([first, list]) => ({ first, list }));
    forms.sort((one, other) => number(one.first) - number(other.first));
    for (const { list } of forms) list.sort((one, other) => other.elements.length - one.elements.length);
    return forms;
}

// Whether nothing but spaces and commas stands between two tokens.
function adjoin(text, one, two) {
    return /^[, \t\n\u00a0]+$/.test(text.slice(one.end, two.start));
}
