// The files of the index: fetched when something asks for them, kept while the page is open. What cannot be had is a
// IndexError that names the file; it is never taken for "no results".

class IndexError extends Error {
    constructor(file, reached) {
        super(file);
        this.file = file;
        // Whether the site answered at all.
        this.reached = reached;
    }
}

class Files {
    // `bring(name, anew)` gives the bytes of a file or throws a IndexError; `anew`: whether a copy that a browser keeps may be
    // the damaged one.
    constructor(bring) {
        this.bring = bring;
        this.kept = new Map();
        this.failed = new Set();
        // How many were asked for.
        this.count = 0;
        // How many bytes came.
        this.bytes = 0;
    }

    async fetchFile(name) {
        const anew = this.failed.delete(name);
        this.count += 1;
        try {
            const bytes = await this.bring(name, anew);
            this.bytes += bytes.length;
            return bytes;
        } catch (error) {
            this.failed.add(name);
            throw error;
        }
    }

    // What `make` gives, once a name; a failure is not kept, so that one can try again.
    keep(name, make) {
        if (!this.kept.has(name)) {
            const promise = make().catch((error) => {
                this.kept.delete(name);
                if (error instanceof Broken) this.failed.add(name);
                throw error instanceof Broken ? new IndexError(name, true) : error;
            });
            this.kept.set(name, promise);
        }
        return this.kept.get(name);
    }

    // { manifest, cores }: what every question needs.
    start() {
        return this.file('index.bin', decodeStart);
    }

    file(name, decode) {
        return this.keep(name, async () => decode(await this.fetchFile(name)));
    }

    facets(segment) {
        return this.file(`${segment.name}/facets.bin`, (file) => decodeFacets(file, segment.passages));
    }

    // What is known of the words that begin as a key does. Where it lies is known before the manifest is.
    bucket(key) {
        return this.file(bucketOf(key), decodeBucket);
    }

    // Asks for the buckets of keys together with the manifest.
    ahead(keys) {
        for (const key of keys) if (/^[a-z0-9~@=£]/.test(key)) this.bucket(key).catch(() => {});
    }

    // What is known of the words that begin as a key does: its bucket, and what is new in the latest pages; null if none does.
    async known(manifest, key) {
        const [bucket, { latest }] = await Promise.all([this.recent(manifest, key), this.start()]);
        return latest ? this.keep(`${bucketOf(key)} and the latest`, async () => withLatest(bucket, latest, key)) : bucket;
    }

    // The bucket of a key, if the manifest has it; null if no key begins so.
    async recent({ words }, key) {
        const name = bucketOf(key);
        const check = words[name.slice(6, -4)];
        if (check === undefined) return null;
        const bucket = await this.bucket(key);
        if (bucket.check === check) return bucket;
        // It is of another edition of the site.
        this.kept.delete(name);
        this.failed.add(name);
        throw new IndexError(name, true);
    }

    // The postings of a key in the segment with this number; null if it has none.
    async postings(manifest, number, key) {
        const [, first] = /^(.+) ./.exec(key) || [];
        const [[name, shard, before = 0], of, { cores }] = await Promise.all([
            this.shardOf(manifest, number, key), first && this.postings(manifest, number, first), this.start(),
        ]);
        if (!shard || of === null) return null;
        return this.list(name, number, key, () => meant(key, findPostings(shard, key, number < recentOf(manifest) ? number : 0, before), of, cores[number]));
    }

    // The postings of a key in each segment from one on.
    everywhere(manifest, key, from = 0) {
        return Promise.all(manifest.segments.map((_, number) => (number < from ? null : this.postings(manifest, number, key))));
    }

    // What `make` finds of a key in a segment in a file, once.
    list(name, number, key, make) {
        return this.keep(`${name} ${number} ${key}`, async () => make()).catch((error) => {
            throw error instanceof IndexError ? new IndexError(name, true) : error;
        });
    }

    // The file in which a segment has a key, and its shard there; null if it has none.
    async shardOf(manifest, number, key) {
        const { latest } = await this.start();
        if (latest && number === manifest.segments.length - 1) return ['index.bin', latest.shard];
        if (number === recentOf(manifest)) {
            const bucket = await this.recent(manifest, key);
            return bucket ? [bucketOf(key), bucket.shard, bucket.before] : [];
        }
        const at = lastBefore(manifest.shards.firsts, key);
        const name = `${manifest.shards.name}/${at}.bin`;
        return [name, at < 0 ? null : await this.file(name, unframed)];
    }

    // At which places of its passages a key stands.
    async places(manifest, number, key, postings) {
        const { segments, shards } = manifest;
        const of = number > recentOf(manifest) ? '.bin' : `${bucketOf(key).slice(6, 8)}.bin`;
        const name = number < recentOf(manifest) ? `${shards.name}/p${lastBefore(shards.firsts, key)}.bin` : `${segments[number].name}/p${of}`;
        const table = await this.file(name, unframed);
        return this.list(name, number, key, () => findPlaces(table, postings));
    }

    // The text of a page of the segment with this number.
    async text(core, number, page) {
        const [own, at] = textOf(core, page);
        const name = `text/${number}/${own}.bin`;
        const pages = await this.file(name, decodeTexts);
        if (at >= pages.length) throw new IndexError(name, true);
        return pages[at];
    }
}

// The number of the recent segment, whose lists stand in the buckets.
function recentOf({ segments, latest }) {
    return segments.length - (latest ? 2 : 1);
}

// The file of the words that begin as a key does.
function bucketOf(key) {
    const part = CUT_LETTERS.includes(key[0]) ? [...CUTS].filter((cut) => key[1] >= cut).length : '';
    return `words/${toUtf8.encode(key)[0].toString(16).padStart(2, '0')}${part}.bin`;
}

function decodeStart(file) {
    const reader = new Reader(inflate(unframed(file)));
    const manifest = parsed(reader.text());
    if (!manifest || manifest.format !== FORMAT) throw new Broken();
    const cores = manifest.segments.map((segment) => {
        const core = decodeCore(reader.take(reader.int()));
        if (core.pages !== segment.pages || core.passages !== segment.passages) throw new Broken();
        return core;
    });
    const latest = manifest.latest && cores.length > 0 ? readBucket(reader) : null;
    return { manifest, cores, latest };
}

function parsed(text) {
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new Broken();
    }
}

function decodeCore(bytes) {
    const reader = new Reader(bytes);
    const [pages, dated, passages] = [reader.int(), reader.int(), reader.int()];
    const sizes = reader.column(pages);
    if (dated > pages) throw new Broken();
    const firsts = reader.column(dated);
    const lengths = reader.column(dated);
    const lasts = new Uint32Array(dated);
    for (let page = 0, day = 0; page < dated; page += 1) {
        day += firsts[page];
        firsts[page] = day;
        lasts[page] = day + lengths[page];
    }
    // Where each page begins, and after the last page, where the next would begin.
    const starts = new Uint32Array(pages + 1);
    for (let page = 0; page < pages; page += 1) starts[page + 1] = starts[page] + sizes[page];
    if (starts[pages] !== passages) throw new Broken();
    const over = new Uint8Array(passages);
    for (let runs = reader.int(), next = 0; runs > 0; runs -= 1) {
        const first = next + reader.int();
        next = first + reader.int();
        if (next > passages) throw new Broken();
        over.fill(1, first, next);
    }
    const parts = reader.column(reader.int());
    if (parts.reduce((sum, count) => sum + count, 0) !== pages) throw new Broken();
    const names = Array.from({ length: Math.ceil(parts.length / ONE_NAME) }, () => new DataView(new Uint8Array(reader.take(4)).buffer).getUint32(0));
    return { pages, dated, passages, starts, firsts, lasts, over, parts, names };
}

// The shard that would hold a key, of which these are the first keys; -1 if none.
function lastBefore(firsts, key) {
    let [low, high] = [-1, firsts.length];
    while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (compareTexts(firsts[middle], key) <= 0) low = middle;
        else high = middle;
    }
    return low;
}

// The name of the file with the text of a page, and which of the pages there it is.
function textOf({ parts, names }, page) {
    let left = page;
    for (let part = 0; part < parts.length; part += 1) {
        if (left < parts[part]) return [names[Math.floor(part / ONE_NAME)].toString(16).padStart(8, '0') + (part % ONE_NAME), left];
        left -= parts[part];
    }
    return ['', 0];
}

// What the numbers of postings stand for: those of a pair for postings of its first word, those of pages for their heads.
function meant(key, found, of, { pages, starts }) {
    if (found === null) return null;
    const { passages, classes, count } = found;
    const byPage = key.endsWith(' ');
    if (!of && !byPage && !/^~.*\.pages$/.test(key)) return found;
    if (passages[count - 1] >= (of ? of.count : pages)) throw new Broken();
    const each = (values) => passages.map((number) => values[number]);
    if (of) return Object.assign(found, { passages: each(of.passages), classes: each(of.classes), reaches: each(of.reaches) });
    const reaches = passages.map((page) => starts[page + 1] - starts[page] - 1);
    return Object.assign(found, { passages: each(starts), classes: classes.map((kind) => (!byPage || kind === TITLE ? TITLE : kind === NAME ? NAME : HEADING)), reaches });
}

// { index, count, passages, classes, reaches } of a key in its shard, in the segment with this number there.
function findPostings(shard, key, number, before) {
    const reader = new Reader(shard);
    const wanted = toUtf8.encode(key);
    const keys = reader.int();
    // How many bytes the key before has, and how many of them are those of the wanted one.
    let [length, same, start, index, found] = [0, 0, 0, before, null];
    for (let left = keys; left > 0; left -= 1) {
        const shared = reader.int();
        if (shared > length) throw new Broken();
        const more = reader.int();
        const rest = reader.at - shared;
        reader.skip(more);
        length = shared + more;
        if (shared <= same) {
            same = shared;
            while (same < length && same < wanted.length && shard[rest + same] === wanted[same]) same += 1;
        }
        for (let segments = reader.int(), at = 0; segments > 0; segments >>>= 1, at += 1) {
            if ((segments & 1) === 0) continue;
            const count = reader.int();
            const size = reader.int();
            if (at === number && same === length && same === wanted.length) found = { index, count, start, size };
            start += size;
            index += 1;
        }
    }
    if (!found) return null;
    reader.take(found.start);
    return Object.assign({ index: found.index, count: found.count }, decodePostings(reader.take(found.size), found.count));
}

function decodePostings(data, count) {
    // A posting has a bit at least.
    if (count > data.length * 8) throw new Broken();
    const reader = new BitReader(data);
    const head = reader.bits(8);
    const k = head & ~ALL_PROSE;
    if (k > LONGEST_REST) throw new Broken();
    const passages = new Uint32Array(count);
    const classes = new Uint8Array(count).fill(PROSE);
    const reaches = new Uint32Array(count);
    let next = 0;
    for (let index = 0; index < count; index += 1) {
        const quotient = reader.unary(GAP_ESCAPE);
        passages[index] = next + (quotient === GAP_ESCAPE ? reader.bits(32) : quotient * 2 ** k + reader.bits(k));
        next = passages[index] + 1;
        if (head >= ALL_PROSE || reader.bits(1) === 0) continue;
        classes[index] = RECORD + reader.unary(LABEL - RECORD);
        if (classes[index] === HEADING) reaches[index] = reader.golomb(REACH_BITS);
    }
    if (reader.ranOut()) throw new Broken();
    return { passages, classes, reaches };
}

// The places of all postings of a key one after another, and where those of each begin: { starts, values }.
function findPlaces(shard, { index, count }) {
    const reader = new Reader(shard);
    const sizes = reader.column(reader.int());
    if (index >= sizes.length) throw new Broken();
    for (let before = 0; before < index; before += 1) reader.take(sizes[before]);
    const bits = new BitReader(reader.take(sizes[index]));
    const starts = new Uint32Array(count + 1);
    let values = new Uint32Array(count * 2);
    let length = 0;
    for (let posting = 0; posting < count; posting += 1) {
        let next = 0;
        for (let more = bits.unary(Infinity) + 1; more > 0; more -= 1) {
            const place = next + bits.golomb(POSITION_BITS);
            if (bits.ranOut()) throw new Broken();
            if (length === values.length) values = longer(values);
            values[length] = place;
            length += 1;
            next = place + 1;
        }
        starts[posting + 1] = length;
    }
    return { starts, values };
}

function longer(values) {
    const copy = new Uint32Array(values.length * 2 + 16);
    copy.set(values);
    return copy;
}

// { facets: [{ key, values }], firsts, counts, around, numbers, sayings }: of each document, its passages, the document
// around it (-1 for none) and the number of what it says.
function decodeFacets(file, passages) {
    const reader = new Reader(inflate(unframed(file)));
    const facets = parsed(reader.text()).map(([key, values]) => ({ key, values }));
    const documents = reader.int();
    const firsts = reader.column(documents);
    for (let index = 1; index < documents; index += 1) firsts[index] += firsts[index - 1];
    const counts = reader.column(documents);
    const around = new Int32Array(documents);
    for (let index = 0, outer = -1; index < documents; index += 1) {
        if (firsts[index] + counts[index] > passages) throw new Broken();
        while (outer >= 0 && firsts[outer] + counts[outer] <= firsts[index]) outer = around[outer];
        around[index] = outer;
        outer = index;
    }
    const sayings = decodeSayings(reader, facets);
    const numbers = reader.column(documents);
    for (let index = 0; index < documents; index += 1) if (numbers[index] >= sayings.count) throw new Broken();
    return { facets, firsts, counts, around, numbers, sayings };
}

// What documents say, of one facet after another: whether it is their own, and from where to where it stands in `values`.
function decodeSayings(reader, facets) {
    const count = reader.int();
    const [own, from, to, values] = [[], [], [], []];
    for (let saying = 0; saying < count; saying += 1) {
        for (const facet of facets) {
            const length = reader.int();
            own.push(length);
            from.push(values.length);
            for (let index = 1; index < length; index += 1) {
                const value = reader.int();
                if (value >= facet.values.length) throw new Broken();
                values.push(value);
            }
            to.push(values.length);
        }
    }
    return { count, own, from, to, values: Uint32Array.from(values) };
}

// { check, shard, keys, words, further, near }: keys → how common; [word, how common] of those that begin so, and of those whose
// second letter it is; key → [[word, how near, how common]].
function decodeBucket(file) {
    return Object.assign(readBucket(new Reader(unframed(file))), { check: fixed32(file, 4) });
}

function readBucket(reader) {
    const [words, further, near] = decodeText(inflate(reader.take(reader.int()))).split('\n\n').map((text) => text.split('\n').map((line) => line.split(' ')));
    if (!near) throw new Broken();
    const digit = (cell) => [cell.slice(0, -1), Number(cell.slice(-1))];
    return {
        before: reader.int(),
        shard: reader.bytes.subarray(reader.at),
        keys: new Map(words.map(([key]) => digit(key))),
        words: merged(words.map(([, ...cells]) => cells.map(digit))),
        further: merged(further).filter(Boolean).map(digit),
        near: new Map(near.map(([key, ...cells]) => [key, cells.map((cell) => [cell.slice(0, -2), Number(cell.slice(-2, -1)), Number(cell.slice(-1))])])),
    };
}

// A bucket, or none, with what is new in the latest pages.
function withLatest(bucket, latest, key) {
    const [first] = toUtf8.encode(key);
    const bytes = latest.words.map(([word]) => toUtf8.encode(word));
    const { keys, words, further, near: before } = bucket || { keys: [], words: [], further: [], near: [] };
    const near = new Map(before);
    latest.near.forEach((cells, word) => near.set(word, [...(near.get(word) || []), ...cells]));
    return {
        keys: new Map([...keys, ...latest.keys]),
        words: [...words, ...latest.words.filter((_, at) => bytes[at][0] === first)],
        further: [...further, ...latest.words.filter((_, at) => bytes[at][1] === first && bytes[at][0] !== first && bytes[at].length > 3)],
        near,
    };
}

// Lists as one.
function merged(lists) {
    return [].concat(...lists);
}

// Whether a key is a word of letters, which its bucket names.
function isWordKey(key) {
    return !/^[~@=£]|[0-9 ]/.test(key);
}

// Pages: { address, title, kind, body, date, iso, status, passages: [{ sort, anchor, label, text }] }.
function decodeTexts(file) {
    return decodeText(inflate(unframed(file))).replace(/\n+$/, '').split('\n\n').map((page) => {
        const [head, ...lines] = page.split('\n').map((line) => line.split('\t'));
        if (head.length < 7 || lines.some((line) => line.length < 4)) throw new Broken();
        const [address, title, kind, body, date, iso, status] = head;
        const passages = lines.map(([sort, anchor, label, ...text]) => ({ sort, anchor, label, text: text.join('\t') }));
        return { address, title, kind, body, date, iso, status, passages };
    });
}
