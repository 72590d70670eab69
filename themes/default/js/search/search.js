// A question is answered from the files of the index, as `folkmoot search` answers it: the same pages in the same order,
// the same counts, the same words. What depends on the page in the browser is in page.js.

class Search {
    constructor(files) {
        this.files = files;
        this.words = null;
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

    // `chosen`: key of a facet → set of keys of values. Leaves { total, groups, facets, notes }.
    async ask(text, chosen, latest) {
        const { manifest, words, cores } = await this.start();
        const question = readQuestion(text, words);
        const resolver = new Resolver(this.files, manifest);
        const wanted = await resolver.wanted(question);
        const answer = { manifest, words, wanted, notes: resolver.notes, total: 0, groups: [], facets: [] };
        const found = await this.find(manifest, cores, wanted, question.spans);
        const counts = new Map(manifest.facets.map(([key]) => [key, new Map()]));
        const columns = await Promise.all(manifest.segments.map((segment, at) => found[at].passages.length > 0 && this.files.facets(segment)));
        cores.forEach((core, segment) => {
            if (!columns[segment]) return;
            const kept = chooseHits(core, columns[segment], found[segment], chosen, counts);
            for (const group of groupsOf(segment, found[segment], kept)) answer.groups.push(group);
        });
        answer.groups.sort(latest ? byDate(cores) : byScore);
        answer.total = answer.groups.length;
        answer.facets = manifest.facets.map(([key, label]) => ({ key, label, values: sortedValues(key, counts.get(key)) }));
        return answer;
    }

    // The hits of each segment.
    async find(manifest, cores, wanted, spans) {
        const loaded = await Promise.all(
            manifest.segments.map((segment, at) =>
                Promise.all(wanted.map(({ terms }) => Promise.all(terms.map((term) => loadTerm(this.files, segment, cores[at], term))))),
            ),
        );
        const rarities = wanted.map(({ terms }, at) => {
            const sum = (term, key) => loaded.reduce((total, segment) => total + segment[at][term].counts[key], 0);
            const rarity = ({ keys }, term) => keys.reduce((total, _, key) => total + rarityOf(manifest.passages, sum(term, key)), 0);
            return Math.min(...terms.map(rarity));
        });
        return cores.map((core, segment) => {
            const held = wanted.map(({ excluded }, at) => Object.assign(spread(core, loaded[segment][at]), { excluded, rarity: rarities[at] }));
            return hitsOf(core, held.filter((one) => !one.excluded), held.filter((one) => one.excluded), spans, manifest.newest);
        });
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
        const shown = all.slice(0, HITS_SHOWN);
        const hits = shown.map(({ passage, score }) => Object.assign(hitOf(text, passage - core.starts[group.page], wanted, words), { score }));
        return Object.assign({}, text, { score: group.score, hits, more: all.length - shown.length });
    }
}

// Places of one page that a result shows.
const HITS_SHOWN = 3;

function hitOf(text, index, wanted, words) {
    const passage = text.passages[index];
    if (!passage) throw new Trouble('text', true);
    const record = passage.sort.startsWith('r') ? passage.sort.slice(1) : '';
    const { anchor, label } = passage;
    return { anchor, label, record, heading: levelOf(passage) > 0, path: pathOf(text.passages, index), excerpt: excerptOf(passage.text, wanted, words) };
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

// The pages that have hits which were kept, each with the score of its best one. Its hits lie between two places of
// `kept`; they are put in order when the page is shown, which few are.
function groupsOf(segment, found, kept) {
    const groups = [];
    let group = null;
    for (let at = 0; at < kept.length; at += 1) {
        const page = found.pages[kept[at]];
        const score = found.scores[kept[at]];
        if (group === null || group.page !== page) {
            group = { segment, page, score, found, kept, from: at, to: at };
            groups.push(group);
        }
        group.to = at + 1;
        if (score > group.score) group.score = score;
    }
    return groups;
}

// The hits of a page, the best first.
function hitsInGroup({ found, kept, from, to }) {
    const hits = kept.slice(from, to).map((index) => ({ passage: found.passages[index], score: found.scores[index] }));
    return hits.sort((one, other) => other.score - one.score || one.passage - other.passage);
}

function byScore(one, other) {
    return other.score - one.score || later(one, other);
}

function later(one, other) {
    return other.segment - one.segment || other.page - one.page;
}

// Those without a date last.
function byDate(cores) {
    const undated = ({ segment, page }) => (page < cores[segment].dated ? 0 : 1);
    return (one, other) => undated(one) - undated(other) || later(one, other);
}

function sortedValues(facet, counts) {
    const values = Array.from(counts.values());
    if (facet === 'year') return values.sort((one, other) => compareTexts(other.key, one.key));
    return values.sort((one, other) => other.count - one.count || compareTexts(one.label, other.label) || compareTexts(one.key, other.key));
}

// Finds out which of the meanings of each word occur, and leaves what is wanted: { terms, excluded }, one of the terms or
// none of them. A term is a row of keys, each with its distance to the first; one with a span is found on pages of that
// time too.
class Resolver {
    constructor(files, manifest) {
        this.files = files;
        this.manifest = manifest;
        this.notes = { corrected: [], missing: [], concepts: [], leftOut: [] };
    }

    async wanted(question) {
        this.notes.leftOut.push(...question.leftOut);
        const clauses = question.clauses.map(({ atoms, excluded }) => Promise.all(atoms.map((atom) => this.atom(atom, excluded))));
        const wanted = [];
        (await Promise.all(clauses)).forEach((atoms, index) => {
            const { excluded } = question.clauses[index];
            atoms.forEach(({ note, value }) => note && this.notes[note].push(value));
            const found = atoms.filter(({ terms }) => terms.length > 0);
            if (found.length > 0) wanted.push({ terms: found.map(({ terms }) => terms[0]), excluded });
            // A word that stands for several, where it is no alternative: all of them.
            if (atoms.length === 1) wanted.push(...atoms[0].terms.slice(1).map((term) => ({ terms: [term], excluded })));
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

// A term in a segment: its postings, the pages of its time, and in how many passages each of its keys is.
async function loadTerm(files, segment, core, { keys, span }) {
    const lists = await Promise.all(keys.map(({ key }) => files.postings(segment, key)));
    const counts = lists.map((list) => (list ? list.count : 0));
    if (span) {
        const pages = pagesOf(core, span);
        return { list: lists[0], pages, counts: [counts[0] + pages.length] };
    }
    if (keys.length === 1 || lists.includes(null)) return { list: keys.length === 1 ? lists[0] : null, pages: [], counts };
    const places = await Promise.all(keys.map(({ key }, at) => files.places(segment, key, lists[at])));
    return { list: phraseList(keys.map(({ offset }, at) => ({ list: lists[at], places: places[at], offset }))), pages: [], counts };
}
