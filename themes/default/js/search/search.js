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
        const files = new Files(this.files.fetchFile);
        const [before, now] = await Promise.all([this.files.manifest(), files.manifest()]).catch(() => [null, null]);
        if (before === null || JSON.stringify(before) === JSON.stringify(now)) return false;
        this.files = files;
        return true;
    }

    // `chosen`: key of a facet → set of keys of values. Leaves { total, groups, facets, notes }.
    async ask(text, chosen, latest) {
        const { manifest, words, cores } = await this.start();
        const question = readQuestion(text, words);
        const resolver = new Resolver(this.files, manifest, cores);
        const { atoms, excluded, notes } = await resolver.clauses(question);
        const answer = { manifest, words, atoms, notes, total: 0, groups: [], facets: [] };
        if (atoms.length === 0 && (question.spans.length === 0 || question.clauses.some((clause) => !clause.excluded))) return answer;
        const columns = await Promise.all(manifest.segments.map((segment) => this.files.facets(segment)));
        const counts = new Map(manifest.facets.map(([key]) => [key, new Map()]));
        cores.forEach((core, segment) => {
            const standings = (list) => list.map((atom) => Object.assign(standing(core, atom.lists[segment]), { rarity: atom.rarity }));
            const hits = hitsOf(core, standings(atoms), standings(excluded), question.spans, manifest.newest);
            const kept = chooseHits(core, columns[segment], hits, chosen, counts);
            answer.groups.push(...groupsOf(segment, hits, kept));
        });
        answer.groups.sort(latest ? byDate(cores) : byScore);
        answer.total = answer.groups.length;
        answer.facets = manifest.facets.map(([key, label]) => ({ key, label, values: sortedValues(key, counts.get(key), chosen.get(key)) }));
        return answer;
    }

    // The pages of an answer from one to another, with their texts.
    show(answer, from, to) {
        return Promise.all(answer.groups.slice(from, to).map((group) => this.page(answer, group)));
    }

    async page({ manifest, words, atoms }, group) {
        const segment = manifest.segments[group.segment];
        const core = await this.files.core(segment);
        const text = await this.files.text(segment, group.page);
        const shown = group.hits.slice(0, HITS_SHOWN);
        const hits = shown.map((passage) => hitOf(text, passage - core.starts[group.page], atoms, words));
        return Object.assign({}, text, { hits, more: group.hits.length - shown.length });
    }
}

// Places of one page that a result shows.
const HITS_SHOWN = 3;

function hitOf(text, index, atoms, words) {
    const passage = text.passages[index];
    if (!passage) throw new Trouble('text', true);
    const kind = passage.sort.startsWith('r') ? passage.sort.slice(1) : '';
    return { anchor: passage.anchor, label: passage.label, kind, path: pathOf(text.passages, index), excerpt: excerptOf(passage.text, atoms, words) };
}

// The nearest heading of each smaller level above a place; a heading is the end of its own path.
function pathOf(passages, index) {
    const path = [];
    let level = 7;
    for (let at = index; at > 0; at -= 1) {
        const own = /^[1-6]$/.test(passages[at].sort) ? Number(passages[at].sort) : 7;
        if (own < level) {
            level = own;
            path.unshift([passages[at].label, passages[at].text].filter((part) => part !== '').join(' '));
        }
    }
    return path;
}

// The hits of each page, the best first.
function groupsOf(segment, hits, kept) {
    const groups = [];
    let group = null;
    for (const index of kept) {
        const [page, passage, score] = [hits.pages[index], hits.passages[index], hits.scores[index]];
        if (!group || group.page !== page) {
            group = { segment, page, score, scored: [] };
            groups.push(group);
        }
        group.scored.push({ passage, score });
        if (score > group.score) group.score = score;
    }
    for (const one of groups) {
        one.scored.sort((a, b) => b.score - a.score || a.passage - b.passage);
        one.hits = one.scored.map(({ passage }) => passage);
    }
    return groups;
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

function sortedValues(facet, counts, chosen) {
    const values = Array.from(counts.values()).filter((value) => value.count > 0 || (chosen && chosen.has(value.key)));
    if (facet === 'year') return values.sort((one, other) => compareTexts(other.key, one.key));
    return values.sort((one, other) => other.count - one.count || compareTexts(one.label, other.label));
}

// Finds out which of the meanings of each atom occur.
class Resolver {
    constructor(files, manifest, cores) {
        this.files = files;
        this.manifest = manifest;
        this.cores = cores;
    }

    async clauses(question) {
        const notes = { corrected: [], missing: [], concepts: [], stop: [], cut: [] };
        for (const { typed, long } of question.leftOut) (long ? notes.cut : notes.stop).push(typed);
        const resolved = await Promise.all(
            question.clauses.map(async ({ atoms, excluded }) => ({ excluded, atoms: await Promise.all(atoms.map((atom) => this.atom(atom, excluded))) })),
        );
        const [atoms, without] = [[], []];
        for (const { excluded, atoms: of } of resolved) {
            for (const { note } of of) if (note) notes[note.sort].push(note.value);
            const found = of.filter(({ lists }) => lists !== null);
            if (found.length > 0) (excluded ? without : atoms).push(this.together(found));
        }
        return { atoms, excluded: without, notes };
    }

    together(atoms) {
        const uses = atoms.reduce((sum, atom) => sum + atom.uses, 0);
        return {
            lists: this.cores.map((_, segment) => [].concat(...atoms.map((atom) => atom.lists[segment]))),
            rarity: atoms.length === 1 && atoms[0].rarity ? atoms[0].rarity : rarityOf(this.manifest.passages, uses),
            keys: [].concat(...atoms.map((atom) => atom.keys)),
            phrases: [].concat(...atoms.map((atom) => atom.phrases)),
        };
    }

    async atom(atom, excluded) {
        const none = { lists: null, keys: [], phrases: [], note: null };
        if (atom.concept) {
            const [, name] = this.manifest.concepts.find(([key]) => key === atom.concept);
            return Object.assign(await this.word([atom.concept]), { note: { sort: 'concepts', value: name } });
        }
        if (atom.dated) return this.dated(atom);
        if (atom.phrase) return this.phrase(atom.phrase);
        for (const choice of atom.choices) {
            const found = await this.word(choice);
            if (found) return found;
        }
        if (excluded || atom.folded === null) return excluded ? none : Object.assign(none, { note: { sort: 'missing', value: atom.typed } });
        const word = await this.correct(atom.folded);
        const found = word && (await this.word([wordKey(word, this.manifest.stem === 'english')]));
        if (found) return Object.assign(found, { note: { sort: 'corrected', value: { typed: atom.typed, word } } });
        return Object.assign(none, { note: { sort: 'missing', value: atom.typed } });
    }

    async word(keys) {
        const found = await Promise.all(keys.map((key) => this.key(key)));
        if (found.some(({ uses }) => uses === 0)) return null;
        return { lists: found[0].lists.map((list) => (list ? [list] : [])), uses: found[0].uses, keys, phrases: [], note: null };
    }

    async dated({ dated, span }) {
        const { lists, uses } = await this.key(dated);
        const pages = this.cores.map((core) => dateList(core, span));
        const all = lists.map((list, segment) => (list ? [list, pages[segment]] : [pages[segment]]));
        const sum = uses + pages.reduce((total, list) => total + list.passages.length, 0);
        return { lists: all, uses: sum, keys: [dated], phrases: [], note: null };
    }

    async phrase(phrase) {
        const found = await Promise.all(phrase.map(({ key }) => this.key(key)));
        const lists = await Promise.all(
            this.manifest.segments.map(async (segment, index) => {
                const own = found.map(({ lists: all }) => all[index]);
                if (own.includes(null)) return [];
                const places = await Promise.all(phrase.map(({ key }, at) => this.files.places(segment, key, own[at])));
                return [phraseList(phrase.map(({ offset }, at) => ({ list: own[at], places: places[at], offset })))];
            }),
        );
        const rarity = found.reduce((sum, { uses }) => sum + rarityOf(this.manifest.passages, uses), 0);
        const uses = lists.reduce((sum, list) => sum + (list[0] ? list[0].passages.length : 0), 0);
        return { lists, uses, rarity, keys: [], phrases: [phrase], note: null };
    }

    // The word that was meant; null if none is near.
    async correct(folded) {
        const first = this.manifest.words[String.fromCodePoint(folded.codePointAt(0))];
        const near = first && nearest(folded, [await this.files.words(first)]);
        if (near) return near;
        return nearest(folded, await Promise.all(Object.values(this.manifest.words).map((name) => this.files.words(name))));
    }

    // The postings of a key in every segment, and how many they are.
    async key(key) {
        const lists = await Promise.all(this.manifest.segments.map((segment) => this.files.postings(segment, key)));
        return { key, lists, uses: lists.reduce((sum, list) => sum + (list ? list.count : 0), 0) };
    }
}
