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
        this.files.start().catch(() => {});
    }

    async start() {
        const { manifest, cores } = await this.files.start();
        if (!this.words || this.words.of !== manifest) {
            this.words = new Words(manifest.stem === 'english', manifest.concepts);
            this.words.of = manifest;
        }
        return { manifest, words: this.words, cores };
    }

    // Whether the site was published anew since the files of the index were first asked for; then they are asked for anew.
    async renewed() {
        const files = new Files(this.files.bring);
        const [before, now] = await Promise.all([this.files.start(), files.start()]).catch(() => [null, null]);
        if (before === null || JSON.stringify(before.manifest) === JSON.stringify(now.manifest)) return false;
        this.files = files;
        return true;
    }

    // `chosen`: key of a facet → set of keys of values; `counted`: whether facets are counted, which takes files of their
    // own. Gives { total, groups, facets, notes }; `groups` are the pages, and `facets` is null if they were not counted.
    async ask(text, chosen, latest, counted = true) {
        // What is known of each word is asked for with the manifest: its concepts come later.
        this.files.ahead(keysOf(readQuestion(text, new Words(true, []))));
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
        // What numbers and mistyped words mean takes a while: all else is asked for meanwhile.
        this.understood(text, manifest, words, true).then((guess) => this.near(manifest, guess)).catch(() => {});
        const meant = await this.understood(text, manifest, words);
        const { wanted, notes, pairs, spans, asked } = meant;
        const near = await this.near(manifest, meant);
        const seen = await this.seen(manifest, cores, wanted, { pairs, spans, asked });
        let found = seen.map(hitsOf);
        const partly = asksForMore(wanted, found);
        if (partly) found = await this.wide(manifest, wanted, near, seen, notes);
        this.last = { text, manifest, wanted, notes, found, partly };
        return this.last;
    }

    // What a text asks for. Where words of it were mistyped, the text with the right ones is read: they may be the name of
    // something together.
    async understood(text, manifest, words, guess = false) {
        const read = async (typed) => {
            const question = readQuestion(typed, words);
            const resolver = new Resolver(this.files, manifest, guess);
            const wanted = await resolver.wanted(question);
            const { spans, asked } = question;
            const pairs = fewFiles(manifest, [...keysIn(wanted), ...pagesKeys(wanted, asked)], resolver.pairs.map((key) => ({ key })), MOST_WORD_FILES);
            return { wanted, notes: resolver.notes, pairs: pairs.map(({ key }) => key), spans, asked };
        };
        const first = await read(text);
        const { corrected } = first.notes;
        const right = corrected.length > 0 ? mended(text, corrected) : null;
        if (right === null) return first;
        const again = await read(right);
        return Object.assign(again, { notes: Object.assign(again.notes, { corrected }) });
    }

    // The neighbours of what is asked for. What may be needed of these is asked for together with that.
    async near(manifest, { wanted, pairs, asked }) {
        const further = [...pagesKeys(wanted, asked), ...pairs];
        const near = await this.chosenNear(manifest, wanted, further);
        const more = (await this.mayFindLittle(manifest, wanted)) ? merged(near).map(({ key }) => key) : [];
        [...keysIn(wanted.filter(({ terms }) => terms.every(({ keys }) => keys.length === 1))), ...further.filter((key) => !isByPage(wanted, key)), ...more].forEach((key) => this.files.everywhere(manifest, key).catch(() => {}));
        return near;
    }

    // On how many pages each thing that was asked for is by itself, where nothing has everything: [{ typed, pages }].
    async alone(manifest, cores, wanted) {
        const all = [];
        for (const one of wanted.filter(({ excluded }) => !excluded)) {
            const pages = allPages((await this.seen(manifest, cores, [one], { pairs: [], spans: [], asked: [] })).map(hitsOf));
            if (pages > 0 && !all.some(({ typed }) => typed === one.typed)) all.push({ typed: one.typed, pages });
        }
        return all;
    }

    // Each segment as a question sees it.
    async seen(manifest, cores, wanted, { pairs, spans, asked }) {
        const { files } = this;
        const named = pagesKeys(wanted, []);
        // A pair is counted out of the list of its first word.
        const before = (pair) => (isByPage(wanted, pair) ? recentOf(manifest) : 0);
        const [loaded, together, kinds, answers] = await Promise.all([
            Promise.all(cores.map((core, at) => Promise.all(wanted.map(({ terms, byPage }) => Promise.all(terms.map((term) => loadTerm(files, manifest, at, core, term, byPage))))))),
            Promise.all(pairs.map((pair) => this.files.everywhere(manifest, pair, before(pair)))),
            Promise.all(named.map((key) => this.files.everywhere(manifest, key))),
            Promise.all(pagesKeys([], asked).map((key) => this.files.everywhere(manifest, key))),
        ]);
        const counts = wanted.map(({ terms }, at) => terms.map((_, term) => loaded.reduce((total, segment) => total + segment[at][term].count, 0)));
        const rarities = counts.map((uses) => Math.min(...uses.map((count) => rarityOf(manifest.passages, count))));
        const lifted = cores.map((core, segment) => liftedIn(core, kinds.map((lists) => lists[segment])));
        const answering = cores.map((core, segment) => liftedIn(core, answers.map((lists) => lists[segment])));
        const namesKind = lifted.some((pages) => pages.includes(1));
        return cores.map((core, segment) => {
            const held = wanted.map(({ excluded }, at) => {
                const occurs = counts[at].some((count) => count > 0);
                return Object.assign(spread(core, loaded[segment][at]), { excluded, rarity: rarities[at], occurs });
            });
            const near = togetherIn(core, together.map((lists) => lists[segment]).filter((list) => list !== null));
            const [atoms, excluded] = [false, true].map((is) => held.filter((one) => one.excluded === is));
            return { core, atoms, excluded, spans, newest: manifest.newest, together: near, lifted: lifted[segment], answering: answering[segment], namesKind };
        });
    }

    // What is found where exact words find too little. Adds to `wanted` and `notes` what was looked for as well.
    async wide(manifest, wanted, chosen, seen, notes) {
        const positive = wanted.filter(({ excluded }) => !excluded);
        if (positive.length > MOST_PARTS) return seen.map(({ core }) => noHits(core));
        const near = await Promise.all(chosen.map((all) => this.listed(manifest, all)));
        near.forEach((all, at) => {
            positive[at].also = all.map(({ key }) => key);
            all.forEach(({ word }) => notes.also.includes(word) || notes.also.push(word));
        });
        return seen.map((segment, number) => {
            const listed = (at) => near[at].map(({ level, rarity, lists }) => ({ level, rarity, list: lists[number] }));
            return wideHits(Object.assign({}, segment, { atoms: segment.atoms.map((atom, at) => Object.assign({ near: listed(at) }, atom)) }));
        });
    }

    // Neighbours with where they stand, but for those that stand nowhere.
    async listed(manifest, all) {
        const listed = await Promise.all(all.map(async (one) => {
            const lists = await this.files.everywhere(manifest, one.key);
            const uses = lists.reduce((sum, list) => sum + (list ? list.count : 0), 0);
            return Object.assign({ uses, lists, rarity: rarityOf(manifest.passages, uses) }, one);
        }));
        return listed.filter(({ uses }) => uses > 0);
    }

    // The neighbours of each word that must be there, but for what is asked for anyway: the nearest first, as many as few files hold.
    async chosenNear(manifest, wanted, further) {
        const positive = wanted.filter(({ excluded }) => !excluded);
        const buckets = await Promise.all(positive.map(({ word }) => word && this.files.known(manifest, word)));
        const named = ({ word, joined }, bucket) => [...joined.map((one) => [one, NEAREST_LEVEL, 0]), ...((bucket && bucket.near.get(word)) || [])];
        const near = merged(positive.map((one, number) => named(one, buckets[number])
            .map(([name, level, common], order) => Object.assign(nearbyOf(manifest, name), { level, common, number, order }))
            .filter(({ key, common }) => key !== null && common < MOST_COMMON_NEAR && !one.terms.some((term) => wordOf(term) === key))));
        near.sort((one, other) => other.level - one.level || one.number - other.number || one.order - other.order);
        const kept = fewFiles(manifest, [...keysIn(wanted), ...further], near, MOST_FILES);
        return positive.map((_, at) => kept.filter(({ number }) => number === at).sort((one, other) => one.order - other.order));
    }

    // Whether a page that has all words by chance is so rare that neighbours may be needed.
    async mayFindLittle(manifest, wanted) {
        let pages = manifest.passages;
        for (const { word, excluded, byPage } of wanted) {
            if (excluded || byPage) continue;
            const bucket = word && (await this.files.known(manifest, word));
            const common = bucket ? bucket.keys.get(word) : undefined;
            pages *= word === null ? SOME : common === undefined ? 0 : (2 * 4 ** common) / manifest.passages;
        }
        return pages < LITTLE;
    }

    // The pages of an answer from one to another, with their texts.
    show(answer, from, to) {
        return Promise.all(answer.groups.slice(from, to).map((group) => this.page(answer, group)));
    }

    async page({ manifest, words, wanted }, group) {
        const { core } = group;
        const text = await this.files.text(core, group.segment, group.page);
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

// The key and the name of a neighbour: of a word, or of the concept that this is.
function nearbyOf(manifest, word) {
    const concept = manifest.concepts.find(([key]) => key === word);
    return concept ? { key: word, word: concept[1] } : { key: calledIn(manifest, wordKey(word, manifest.stem === 'english')), word };
}

// The keys of the pages of the kinds that are named, and of those that answer questions.
function pagesKeys(wanted, asked) {
    const concepts = wanted.filter(({ excluded, terms }) => !excluded && terms.length === 1).map(({ terms }) => wordOf(terms[0]));
    return [...concepts.filter((key) => key !== null && key.startsWith('~')), ...asked].map((key) => `${key}.pages`);
}

// The keys that are looked up.
function keysIn(wanted) {
    return merged(wanted.map(({ terms, byPage }) => merged(terms.map(({ keys }) => keys)).map(({ key }) => (byPage ? `${key} ` : key))));
}

// Those of several keys that stand in few files together with what is asked for anyway.
function fewFiles({ shards }, asked, all, most) {
    const filesOf = (key) => [bucketOf(key), lastBefore(shards.firsts, key)].filter((file) => file !== -1);
    const files = new Set(merged(asked.map(filesOf)));
    return all.filter(({ key }) => {
        const more = filesOf(key).filter((file) => !files.has(file));
        if (more.length > 0 && files.size + more.length > most) return false;
        more.forEach((file) => files.add(file));
        return true;
    });
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
        path.unshift([passages[at].label, passages[at].text].filter(Boolean).join(' '));
    }
    return path;
}

// Where fewer passages than this have all words by chance, neighbours are asked for before it is known that they are needed.
const LITTLE = 64;
// A concept or a time has such a share of them.
const SOME = 1 / 16;

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
            const { segment, core: its, found, kept, ...own } = this.segments.find(({ before, core }) => place < before + core.pages);
            const page = place - own.before;
            const group = { segment, core: its, page, found, kept, from: own.from[page], to: own.to[page] };
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

function wordOf({ keys, span }) {
    return keys.length === 1 && span === null ? keys[0].key : null;
}

// Whether the first word of a pair is asked for by page.
function isByPage(wanted, pair) {
    return wanted.some(({ byPage, terms }) => byPage && pair.startsWith(`${wordOf(terms[0])} `));
}

function pairKey(one, other) {
    return `${one} ${other}`;
}

// A term in a segment: its postings, the pages of its time, and how many these are.
async function loadTerm(files, manifest, number, core, { keys, span }, byPage) {
    const [{ key }] = keys;
    const closed = byPage && number < recentOf(manifest);
    const list = await (keys.length === 1 ? files.postings(manifest, number, closed ? `${key} ` : key) : loadPhrase(files, manifest, number, keys));
    const pages = span ? pagesOf(core, span) : [];
    // How many passages have a word that is asked for by page is known of all segments of the shards together.
    const count = closed ? (number === 0 ? manifest.shards.long[key][1] : 0) : list ? list.count : 0;
    return { list, pages, count: count + pages.length };
}

// The passages where a phrase stands: its pairs of common words, and each word that is in none of them, in place.
async function loadPhrase(files, manifest, number, keys) {
    const pairs = keys.slice(1).map(({ key, offset }, at) => (offset === keys[at].offset + 1 ? pairKey(keys[at].key, key) : null));
    const lists = await Promise.all(pairs.map((pair) => pair && files.postings(manifest, number, pair)));
    const parts = [];
    keys.forEach(({ key, offset }, at) => {
        if (lists[at]) parts.push({ key: pairs[at], offset });
        else if (!lists[at - 1]) parts.push({ key, offset });
    });
    const found = await Promise.all(parts.map(({ key }) => files.postings(manifest, number, key)));
    if (found.includes(null)) return null;
    if (parts.length === 1) return found[0];
    const places = await Promise.all(parts.map(({ key }, at) => files.places(manifest, number, key, found[at])));
    return phraseList(parts.map(({ offset }, at) => ({ list: found[at], places: places[at], offset })));
}
