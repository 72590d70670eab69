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
        if ((partly || answer.total === 0) && wanted.length > 1) answer.alone = await this.alone(manifest, cores, wanted);
        if (needed) answer.facets = manifest.facets.map(([key, label]) => ({ key, label, values: sortedValues(key, counts.get(key)) }));
        return answer;
    }

    // What a question finds before it is narrowed; the last is kept.
    async foundFor(text, manifest, words, cores) {
        if (this.last && this.last.text === text && this.last.manifest === manifest) return this.last;
        const { wanted, notes, pairs, spans } = await this.understood(text, manifest, words);
        const seen = await this.seen(manifest, cores, wanted, pairs, spans);
        let found = seen.map(hitsOf);
        const partly = asksForMore(wanted, found);
        if (partly) found = await this.wide(manifest, wanted, seen, notes);
        this.last = { text, manifest, wanted, notes, found, partly };
        return this.last;
    }

    // What a text asks for. Where words of it were mistyped, the text with the right ones is read: they may be the name of
    // something together.
    async understood(text, manifest, words) {
        const read = async (typed) => {
            const question = readQuestion(typed, words);
            const resolver = new Resolver(this.files, manifest);
            const wanted = await resolver.wanted(question);
            return { wanted, notes: resolver.notes, pairs: resolver.pairs, spans: question.spans };
        };
        const first = await read(text);
        const { corrected } = first.notes;
        const right = corrected.length > 0 ? mended(text, corrected) : null;
        if (right === null) return first;
        const again = await read(right);
        return Object.assign(again, { notes: Object.assign(again.notes, { corrected }) });
    }

    // On how many pages each thing that was asked for is by itself, where nothing has everything: [{ typed, pages }].
    async alone(manifest, cores, wanted) {
        const all = [];
        for (const one of wanted.filter(({ excluded }) => !excluded)) {
            const pages = allPages((await this.seen(manifest, cores, [one], [], [])).map(hitsOf));
            if (pages > 0 && !all.some(({ typed }) => typed === one.typed)) all.push({ typed: one.typed, pages });
        }
        return all;
    }

    // Each segment as a question sees it.
    async seen(manifest, cores, wanted, pairs, spans) {
        const loaded = await Promise.all(
            manifest.segments.map((segment, at) =>
                Promise.all(wanted.map(({ terms }) => Promise.all(terms.map((term) => loadTerm(this.files, segment, cores[at], term))))),
            ),
        );
        const together = await Promise.all(
            manifest.segments.map((segment) => Promise.all(pairs.map((pair) => this.files.postings(segment, pair)))),
        );
        const concepts = wanted.filter(({ excluded, terms }) => !excluded && terms.length === 1).map(({ terms }) => wordOf(terms[0]));
        const named = concepts.filter((key) => key !== null && key.startsWith('~')).map((key) => `${key}.pages`);
        const kinds = await Promise.all(
            manifest.segments.map((segment) => Promise.all(named.map((key) => this.files.postings(segment, key)))),
        );
        const counts = wanted.map(({ terms }, at) => terms.map((_, term) => loaded.reduce((total, segment) => total + segment[at][term].count, 0)));
        const rarities = counts.map((uses) => Math.min(...uses.map((count) => rarityOf(manifest.passages, count))));
        return cores.map((core, segment) => {
            const held = wanted.map(({ excluded, light }, at) => {
                const occurs = counts[at].some((count) => count > 0);
                return Object.assign(spread(core, loaded[segment][at]), { excluded, light, rarity: rarities[at], occurs });
            });
            const near = togetherIn(core, together[segment].filter((list) => list !== null));
            const [atoms, excluded] = [false, true].map((is) => held.filter((one) => one.excluded === is));
            return { core, atoms, excluded, spans, newest: manifest.newest, together: near, lifted: liftedIn(core, kinds[segment]) };
        });
    }

    // What is found where exact words find too little. Adds to `wanted` and `notes` what was looked for as well.
    async wide(manifest, wanted, seen, notes) {
        const positive = wanted.filter(({ excluded }) => !excluded);
        if (positive.length > MOST_PARTS) return seen.map(({ core }) => noHits(core));
        const near = await Promise.all(positive.map((one) => this.neighbours(manifest, one)));
        near.forEach((all, at) => {
            positive[at].also = all.map(({ key }) => key);
            all.forEach(({ word }) => notes.also.includes(word) || notes.also.push(word));
        });
        return seen.map((segment, number) => {
            const listed = (at) => near[at].map(({ level, rarity, lists }) => ({ level, rarity, list: lists[number] }));
            return wideHits(Object.assign({}, segment, { atoms: segment.atoms.map((atom, at) => Object.assign({ near: listed(at) }, atom)) }));
        });
    }

    // The neighbours of a word that occur, but for what is asked for anyway.
    async neighbours(manifest, { word, terms }) {
        const near = word === null ? null : await this.files.near(manifest, word);
        const all = (near || []).map(async ([name, level]) => {
            const key = calledIn(manifest, wordKey(name, manifest.stem === 'english'));
            if (key === null || terms.some((term) => wordOf(term) === key)) return null;
            const lists = await Promise.all(manifest.segments.map((segment) => this.files.postings(segment, key)));
            const uses = lists.reduce((sum, list) => sum + (list ? list.count : 0), 0);
            return uses > 0 ? { word: name, key, level, lists, rarity: rarityOf(manifest.passages, uses) } : null;
        });
        return (await Promise.all(all)).filter((one) => one !== null);
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

// A text with the words put right that were mistyped, one after another; null if one of them does not stand in it.
function mended(text, corrected) {
    let [right, rest] = ['', text];
    for (const { typed, word } of corrected) {
        const ends = (letter) => letter === undefined || !isWord(letter.codePointAt(0));
        let at = rest.indexOf(typed);
        while (at >= 0 && !(ends(Array.from(rest.slice(0, at)).pop()) && ends(Array.from(rest.slice(at + typed.length))[0]))) at = rest.indexOf(typed, at + typed.length);
        if (at < 0) return null;
        right += rest.slice(0, at) + word;
        rest = rest.slice(at + typed.length);
    }
    return right + rest;
}

// The key of the concept of which a key alone is a form; else the key.
function calledIn({ concepts }, key) {
    const concept = concepts.find(([, , forms]) => forms.some((form) => form.length === 1 && form[0] === key));
    return concept ? concept[0] : key;
}

function allPages(found) {
    return found.reduce((sum, hits) => sum + pagesAmong(hits), 0);
}

// Whether exact words find too little: nothing, or, where nothing but words and dates that must be there was typed, few pages.
function asksForMore(wanted, found) {
    const plain = wanted.every(({ excluded, terms }) => !excluded && terms.length === 1 && terms[0].keys.length === 1);
    return wanted.some(({ excluded }) => !excluded) && allPages(found) < (plain ? FEW_PAGES : 1);
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
        this.notes = { corrected: [], missing: [], concepts: [], leftOut: [], also: [] };
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
            const folded = excluded || atoms.length > 1 ? null : question.clauses[index].atoms[0].folded || null;
            const add = (terms) => {
                const light = LIGHT_WORDS.has(folded);
                const word = !light && folded !== null && terms.length === 1 ? wordOf(terms[0]) : null;
                wanted.push({ terms, excluded, typed, light, word });
            };
            if (found.length > 0) add(found.map(({ terms }) => terms[0]));
            // A word that stands for several, where it is no alternative: all of them.
            if (atoms.length === 1) atoms[0].terms.slice(1).forEach((term) => add([term]));
        });
        return this.weighed(wanted, question.spans);
    }

    // Light words are asked for like any other if there is nothing else; but a time alone is a question too.
    weighed(wanted, spans) {
        if (wanted.some(({ excluded, light }) => !excluded && !light)) return wanted;
        if (spans.length === 0) return wanted.map((one) => Object.assign(one, { light: false }));
        this.notes.leftOut.push(...wanted.filter(({ light }) => light));
        return wanted.filter(({ light }) => !light);
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
        const missing = { terms: [], note: 'missing', value: atom.typed };
        if (atom.folded === null) return missing;
        const own = this.keyOf(atom.folded);
        const near = own === null ? null : await this.files.near(this.manifest, own);
        // A word that the site does not have, and no mistyped one.
        if (near !== null) return near.length > 0 ? { terms: [term(own)] } : missing;
        const words = (await this.parted(atom.folded)) || [await this.correct(atom.folded)];
        if (words[0] === null) return missing;
        return { terms: words.map((word) => term(this.keyOf(word) || '')), note: 'corrected', value: { typed: atom.typed, word: words.join(' ') } };
    }

    keyOf(word) {
        return wordKey(word, this.manifest.stem === 'english');
    }

    // The two words that somebody typed as one: the first two that both occur; null if there are none.
    async parted(folded) {
        const letters = Array.from(folded);
        for (let at = BEGINNING_LETTERS; at <= letters.length - BEGINNING_LETTERS && this.manifest.stem === 'english'; at += 1) {
            const words = [letters.slice(0, at).join(''), letters.slice(at).join('')];
            const keys = words.map((word) => this.keyOf(word));
            if (!keys.includes(null) && (await this.occur([keys[0]])) && (await this.occur([keys[1]]))) return words;
        }
        return null;
    }

    // Whether each of the keys occurs in a segment.
    async occur(keys) {
        const { segments } = this.manifest;
        const lists = await Promise.all(keys.map((key) => Promise.all(segments.map((segment) => this.files.postings(segment, key)))));
        return lists.every((list) => list.some((postings) => postings !== null));
    }

    // The word that was meant; null if none is near.
    async correct(folded) {
        const { words, passages } = this.manifest;
        const [letter, second] = Array.from(folded);
        const near = words[letter] ? nearest(folded, [await this.files.words(words[letter])]) : null;
        // The first letter may be the wrong one; on a large site only the second is tried in its place.
        const firsts = Object.keys(words).filter((first) => passages <= FEW_PASSAGES || first === second);
        return near || nearest(folded, await Promise.all(firsts.map((first) => this.files.words(words[first]))));
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
