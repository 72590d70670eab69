// A question is answered from the files of the index, as `folkmoot search` answers it: the same pages in the same order,
// the same counts, the same words. What depends on the page in the browser is in page.js.

class Search {
    constructor(files) {
        this.files = files;
        this.words = null;
        this.last = null;
    }

    // Fetches what every question needs; whether that works is said when one is asked.
    warm() {
        this.start().catch(() => {});
    }

    async start() {
        const manifest = await this.files.manifest();
        if (!this.words || this.words.of !== manifest) {
            this.words = new Words(manifest.stem === 'english', manifest.concepts);
            this.words.of = manifest;
        }
        const cores = await Promise.all(manifest.segments.map((segment) => this.files.core(segment)));
        return { manifest, words: this.words, cores };
    }

    // Whether the site was published anew since the files of the index were first asked for; then they are asked for anew.
    async renewed() {
        const files = new Files(this.files.bring);
        const [before, now] = await Promise.all([this.files.manifest(), files.manifest()]).catch(() => [null, null]);
        if (before === null || JSON.stringify(before) === JSON.stringify(now)) return false;
        this.files = files;
        return true;
    }

    // `chosen`: key of a facet → set of keys of values; `counted`: whether facets are counted, which takes files of their
    // own. Gives { total, groups, facets, notes }; `groups` are the pages, and `facets` is null if they were not counted.
    async ask(text, chosen, latest, counted = true) {
        const { manifest, words, cores } = await this.start();
        const { wanted, notes, found, partly } = await this.foundFor(text, manifest, words, cores);
        const answer = { manifest, words, wanted, notes, total: 0, partly: false, groups: new Groups(), facets: null, alone: [] };
        const counts = new Map(manifest.facets.map(([key]) => [key, new Map()]));
        const needed = counted || Array.from(chosen.values()).some((keys) => keys.size > 0);
        const columns = await Promise.all(manifest.segments.map((segment, at) => needed && found[at].count > 0 && this.files.facets(segment)));
        cores.forEach((core, segment) => {
            if (found[segment].count === 0) return;
            const kept = needed ? chooseHits(core, columns[segment], found[segment], chosen, counts) : allHits(found[segment]);
            answer.groups.add(segment, core, found[segment], kept);
        });
        answer.groups.sort(latest);
        answer.total = answer.groups.length;
        answer.partly = partly && answer.total > 0;
        if (partly || answer.total === 0) answer.alone = await this.alone(manifest, cores, wanted);
        if (needed) answer.facets = manifest.facets.map(([key, label]) => ({ key, label, values: sortedValues(key, counts.get(key)) }));
        return answer;
    }

    // What a question finds before it is narrowed; the last is kept.
    async foundFor(text, manifest, words, cores) {
        if (this.last && this.last.text === text && this.last.manifest === manifest) return this.last;
        const question = readQuestion(text, words);
        const resolver = new Resolver(this.files, manifest);
        const wanted = await resolver.wanted(question);
        const found = await this.find(manifest, cores, wanted, resolver.pairs, question.spans);
        this.last = Object.assign({ text, manifest, wanted, notes: resolver.notes }, found);
        return this.last;
    }

    // On how many pages each thing that was asked for is by itself, where nothing has everything: [{ typed, pages }].
    async alone(manifest, cores, wanted) {
        const all = [];
        for (const one of wanted.filter(({ excluded }) => !excluded)) {
            const { found } = await this.find(manifest, cores, [one], [], []);
            const pages = found.reduce((sum, hits) => sum + pagesAmong(hits), 0);
            if (pages > 0 && !all.some(({ typed }) => typed === one.typed)) all.push({ typed: one.typed, pages });
        }
        return all;
    }

    // The hits of each segment, and whether these have only most of what is wanted, because nothing has everything: { found, partly }.
    async find(manifest, cores, wanted, pairs, spans) {
        const loaded = await Promise.all(
            manifest.segments.map((segment, at) =>
                Promise.all(wanted.map(({ terms }) => Promise.all(terms.map((term) => loadTerm(this.files, segment, cores[at], term))))),
            ),
        );
        const together = await Promise.all(
            manifest.segments.map((segment) => Promise.all(pairs.map((pair) => this.files.postings(segment, pair)))),
        );
        const rarities = wanted.map(({ terms }, at) => {
            const uses = (term) => loaded.reduce((total, segment) => total + segment[at][term].count, 0);
            return Math.min(...terms.map((_, term) => rarityOf(manifest.passages, uses(term))));
        });
        const all = cores.map((core, segment) => {
            const held = wanted.map(({ excluded }, at) => Object.assign(spread(core, loaded[segment][at]), { excluded, rarity: rarities[at] }));
            const near = togetherIn(core, together[segment].filter((list) => list !== null));
            const [atoms, excluded] = [false, true].map((is) => held.filter((one) => one.excluded === is));
            return { core, atoms, excluded, spans, newest: manifest.newest, together: near };
        });
        const found = all.map(hitsOf);
        const count = wanted.filter(({ excluded }) => !excluded).length;
        const partly = count > 1 && count <= MOST_PARTS && found.every((hits) => hits.count === 0);
        return { found: partly ? mostHits(all, count) : found, partly };
    }

    // The pages of an answer from one to another, with their texts.
    show(answer, from, to) {
        return Promise.all(answer.groups.slice(from, to).map((group) => this.page(answer, group)));
    }

    async page({ manifest, words, wanted }, group) {
        const segment = manifest.segments[group.segment];
        const core = await this.files.core(segment);
        const text = await this.files.text(segment, group.page);
        const all = hitsInGroup(group);
        const shown = all.slice(0, PASSAGES_SHOWN);
        const hits = shown.map(({ passage, score }) => Object.assign(hitOf(text, passage - core.starts[group.page], wanted, words), { score }));
        return Object.assign({}, text, { lacks: lacking(wanted, all[0].lacks), score: all[0].score, hits, more: all.length - shown.length });
    }
}

// What is lacking, as it was typed, each once.
function lacking(wanted, lacks) {
    const typed = wanted.filter(({ excluded }) => !excluded).filter((_, at) => at < MOST_PARTS && (lacks >> at) & 1).map((one) => one.typed);
    return typed.filter((one, at) => one !== typed[at - 1]);
}

function hitOf(text, index, wanted, words) {
    const passage = text.passages[index];
    if (!passage) throw new IndexError('text', true);
    const record = passage.sort.startsWith('r') ? passage.sort.slice(1) : '';
    const { anchor, label } = passage;
    const excerpt = index === 0 ? excerptOfHead(text.title, passage.text, wanted, words) : excerptOf(wordsOf(text.passages, index), wanted, words);
    return { anchor, label, record, heading: levelOf(passage) > 0, path: pathOf(text.passages, index), excerpt };
}

// What is shown of a place: of a record that begins with a word alone, such as RESOLVED, what follows it too.
function wordsOf(passages, index) {
    const passage = passages[index];
    const next = passages[index + 1];
    if (!passage.sort.startsWith('r') || !next || next.sort !== passage.sort || passage.text.includes(' ')) return passage.text;
    return [passage.text, next.label, next.text].filter((part, at) => part !== '' || at !== 1).join(' ');
}

// 1 to 6 for a heading, else 0.
function levelOf({ sort }) {
    return /^[1-6]$/.test(sort) ? Number(sort) : 0;
}

// The nearest heading of each smaller level above a place, the highest first, each with its label.
function pathOf(passages, index) {
    const path = [];
    let below = levelOf(passages[index]) || 7;
    for (let at = index - 1; at >= 0; at -= 1) {
        const level = levelOf(passages[at]);
        if (level === 0 || level >= below) continue;
        below = level;
        path.unshift([passages[at].label, passages[at].text].filter((part) => part !== '').join(' '));
    }
    return path;
}

// There are never so many pages.
const MOST_PAGES = 2 ** 22;

// The pages of hits that were kept, which lie between two places of `kept`. A page is a number, in which the score of its
// best hit stands before its place in time: sorting numbers is quick.
class Groups {
    constructor() {
        this.segments = [];
        this.order = [];
        this.length = 0;
        this.before = 0;
    }

    add(segment, core, found, kept) {
        // For each page, where in `kept` its first hit stands, and where its hits end.
        const [from, to] = [new Uint32Array(core.pages), new Uint32Array(core.pages)];
        const order = new Float64Array(kept.length);
        let [count, last] = [0, -1];
        for (let at = 0; at < kept.length; at += 1) {
            const page = found.pages[kept[at]];
            if (page !== last) {
                from[page] = at;
                count += 1;
                last = page;
            }
            to[page] = at + 1;
            const rank = found.scores[kept[at]] * MOST_PAGES + this.before + page;
            if (rank > order[count - 1]) order[count - 1] = rank;
        }
        this.segments.push({ segment, core, found, kept, from, to, before: this.before });
        this.order.push(order.subarray(0, count));
        this.length += count;
        this.before += core.pages;
    }

    // The best first, or the latest; those without a date last.
    sort(latest) {
        const order = new Float64Array(this.length);
        let at = 0;
        for (const [number, of] of this.order.entries()) {
            const { before, core } = this.segments[number];
            for (let index = 0; index < of.length; index += 1) {
                const place = of[index] % MOST_PAGES;
                order[at] = !latest ? of[index] : place - before < core.dated ? MOST_PAGES + place : place;
                at += 1;
            }
        }
        this.order = order.sort();
    }

    // Those from one place to another, the first being 0.
    slice(from, to) {
        const groups = [];
        for (let index = from; index < Math.min(to, this.length); index += 1) {
            const place = this.order[this.length - 1 - index] % MOST_PAGES;
            const { segment, found, kept, ...own } = this.segments.find(({ before, core }) => place < before + core.pages);
            const page = place - own.before;
            const group = { segment, page, found, kept, from: own.from[page], to: own.to[page] };
            groups.push(group);
        }
        return groups;
    }

    // In how many places there is something.
    places() {
        return this.segments.reduce((sum, { kept }) => sum + kept.length, 0);
    }
}

// The hits of a page, the best first.
function hitsInGroup({ found, kept, from, to }) {
    const hits = Array.from(kept.subarray(from, to), (index) => ({ passage: found.passages[index], score: found.scores[index], lacks: found.lacks[index] }));
    return hits.sort((one, other) => other.score - one.score || one.passage - other.passage);
}

function sortedValues(facet, counts) {
    const values = Array.from(counts.values());
    if (facet === 'year') return values.sort((one, other) => compareTexts(other.key, one.key));
    return values.sort((one, other) => other.count - one.count || compareTexts(one.label, other.label) || compareTexts(one.key, other.key));
}

// Finds out which of the meanings of each word occur, and gives what is wanted: { terms, excluded }, one of the terms or
// none of them. A term is a row of keys, each with its distance to the first; one with a span is found on pages of that
// time too.
class Resolver {
    constructor(files, manifest) {
        this.files = files;
        this.manifest = manifest;
        this.notes = { corrected: [], missing: [], concepts: [], leftOut: [] };
        // Words that were typed side by side, as keys of pairs.
        this.pairs = [];
    }

    async wanted(question) {
        this.notes.leftOut.push(...question.leftOut);
        const clauses = question.clauses.map(({ atoms, excluded }) => Promise.all(atoms.map((atom) => this.atom(atom, excluded))));
        const wanted = [];
        let before = null;
        (await Promise.all(clauses)).forEach((atoms, index) => {
            const { excluded } = question.clauses[index];
            const word = excluded || atoms.length > 1 || atoms[0].terms.length !== 1 ? null : wordOf(atoms[0].terms[0]);
            if (before !== null && word !== null && question.clauses[index].atoms[0].adjoins) this.pairs.push(pairKey(before, word));
            before = word;
            atoms.forEach(({ note, value }) => note && this.notes[note].push(value));
            const found = atoms.filter(({ terms }) => terms.length > 0);
            const typed = question.clauses[index].atoms.map((atom) => (atom.phrase ? `"${atom.typed}"` : atom.typed)).join(' OR ');
            if (found.length > 0) wanted.push({ terms: found.map(({ terms }) => terms[0]), excluded, typed });
            // A word that stands for several, where it is no alternative: all of them.
            if (atoms.length === 1) wanted.push(...atoms[0].terms.slice(1).map((term) => ({ terms: [term], excluded, typed })));
        });
        return wanted;
    }

    // The terms of an atom, all of which are meant, and what is to be said of it.
    async atom(atom, excluded) {
        const term = (key) => ({ keys: [{ key, offset: 0 }], span: null });
        if (atom.phrase) return { terms: [{ keys: atom.phrase, span: null }] };
        if (atom.dated) return { terms: [Object.assign(term(atom.dated), { span: atom.span })] };
        if (atom.concept) {
            const concept = this.manifest.concepts.find(([key]) => key === atom.concept);
            return { terms: [term(atom.concept)], note: excluded ? null : 'concepts', value: concept[1] };
        }
        for (const choice of atom.choices) {
            if (choice.length > 0 && (await this.occur(choice))) return { terms: choice.map(term) };
        }
        if (excluded) return { terms: [] };
        const word = atom.folded === null ? null : await this.correct(atom.folded);
        if (word === null) return { terms: [], note: 'missing', value: atom.typed };
        const key = wordKey(word, this.manifest.stem === 'english') || '';
        return { terms: [term(key)], note: 'corrected', value: { typed: atom.typed, word } };
    }

    // Whether each of the keys occurs in a segment.
    async occur(keys) {
        const { segments } = this.manifest;
        const lists = await Promise.all(keys.map((key) => Promise.all(segments.map((segment) => this.files.postings(segment, key)))));
        return lists.every((list) => list.some((postings) => postings !== null));
    }

    // The word that was meant; null if none is near.
    async correct(folded) {
        const first = this.manifest.words[String.fromCodePoint(folded.codePointAt(0))];
        const near = first ? nearest(folded, [await this.files.words(first)]) : null;
        return near || nearest(folded, await Promise.all(Object.values(this.manifest.words).map((name) => this.files.words(name))));
    }
}

function wordOf({ keys, span }) {
    return keys.length === 1 && span === null ? keys[0].key : null;
}

function pairKey(one, other) {
    return `${one} ${other}`;
}

// A term in a segment: its postings, the pages of its time, and how many these are.
async function loadTerm(files, segment, core, { keys, span }) {
    const list = await (keys.length === 1 ? files.postings(segment, keys[0].key) : loadPhrase(files, segment, keys));
    const pages = span ? pagesOf(core, span) : [];
    return { list, pages, count: (list ? list.count : 0) + pages.length };
}

// The passages where a phrase stands: its pairs of common words, and each word that is in none of them, in place.
async function loadPhrase(files, segment, keys) {
    const pairs = keys.slice(1).map(({ key, offset }, at) => (offset === keys[at].offset + 1 ? pairKey(keys[at].key, key) : null));
    const lists = await Promise.all(pairs.map((pair) => pair && files.postings(segment, pair)));
    const parts = [];
    keys.forEach(({ key, offset }, at) => {
        if (lists[at]) parts.push({ key: pairs[at], offset });
        else if (!lists[at - 1]) parts.push({ key, offset });
    });
    const found = await Promise.all(parts.map(({ key }) => files.postings(segment, key)));
    if (found.includes(null)) return null;
    if (parts.length === 1) return found[0];
    const places = await Promise.all(parts.map(({ key }, at) => files.places(segment, key, found[at])));
    return phraseList(parts.map(({ offset }, at) => ({ list: found[at], places: places[at], offset })));
}
