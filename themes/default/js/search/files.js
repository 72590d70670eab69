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
    // `bring(name, range, anew)` gives { bytes, part } or throws a IndexError; `part`: whether the range alone was sent;
    // `anew`: whether a copy that a browser keeps may be the damaged one.
    constructor(bring) {
        this.bring = bring;
        this.kept = new Map();
        this.failed = new Set();
    }

    async fetchFile(name, range) {
        const anew = this.failed.delete(name);
        try {
            return await this.bring(name, range, anew);
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

    manifest() {
        return this.keep('index.json', async () => {
            const { bytes } = await this.fetchFile('index.json');
            let manifest;
            try {
                manifest = JSON.parse(decodeText(bytes));
            } catch (error) {
                throw new Broken();
            }
            if (!manifest || manifest.format !== FORMAT) throw new Broken();
            return manifest;
        });
    }

    file(name, decode) {
        return this.keep(name, async () => decode((await this.fetchFile(name)).bytes));
    }

    core(segment) {
        return this.file(`${segment.name}/core.bin`, (file) => {
            const core = decodeCore(file);
            if (core.pages !== segment.pages || core.passages !== segment.passages) throw new Broken();
            return core;
        });
    }

    facets(segment) {
        return this.file(`${segment.name}/facets.bin`, (file) => decodeFacets(file, segment.passages));
    }

    words(name) {
        return this.file(`words/${name}.bin`, decodeWords);
    }

    // The words of the site that are near to the one with a key: [[word, level]]; null if it is the key of no word that is known.
    async near({ near: { name, firsts } }, key) {
        const shard = lastBefore(firsts, key);
        return shard < 0 ? null : (await this.file(`near/${name}/${shard}.bin`, decodeNear)).get(key) || null;
    }

    // The postings of a key in a segment; null if it has none.
    async postings(segment, key) {
        const core = await this.core(segment);
        const shard = lastBefore(core.shards, key);
        if (shard < 0) return null;
        const table = await this.file(`${segment.name}/${shard}.bin`, (file) => ({ file: unframed(file) }));
        return this.keep(`${segment.name}/${shard}.bin ${key}`, async () => findPostings(table.file, key)).catch((error) => {
            throw error instanceof IndexError ? new IndexError(`${segment.name}/${shard}.bin`, true) : error;
        });
    }

    // At which places of its passages a key stands.
    async places(segment, key, postings) {
        const shard = lastBefore((await this.core(segment)).shards, key);
        const name = `${segment.name}/p${shard}.bin`;
        const table = await this.file(name, (file) => ({ file: unframed(file) }));
        return this.keep(`${name} ${key}`, async () => findPlaces(table.file, postings)).catch((error) => {
            throw error instanceof IndexError ? new IndexError(name, true) : error;
        });
    }

    // The text of a page: its block of a file of texts, or the whole file where a server knows no ranges.
    async text(segment, page) {
        const core = await this.core(segment);
        const { hash, start, length } = textOf(core, page);
        const name = `text/${hash}.bin`;
        return this.keep(`${name} ${start}`, async () => {
            if (!this.kept.has(name)) {
                const { bytes, part } = await this.fetchFile(name, [start, start + length - 1]);
                const block = part && intactBlock(bytes, core.sample);
                if (block) return block;
                // No ranges, or a wrong one.
                await this.keep(name, async () => (part ? (await this.fetchFile(name)).bytes : bytes));
            }
            const block = intactBlock((await this.kept.get(name)).subarray(start, start + length), core.sample);
            if (block) return block;
            this.kept.delete(name);
            this.failed.add(name);
            throw new Broken();
        }).catch((error) => {
            throw error instanceof IndexError ? new IndexError(name, error.reached) : error;
        });
    }
}

function decodeCore(file) {
    const reader = new Reader(inflate(unframed(file)));
    const [pages, dated, passages] = [reader.int(), reader.int(), reader.int()];
    const sizes = reader.column(pages);
    const blocks = reader.column(pages);
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
    const parts = [];
    for (let count = reader.int(); count > 0; count -= 1) {
        const inPart = reader.int();
        const hash = Array.from(reader.take(8), (byte) => byte.toString(16).padStart(2, '0')).join('');
        parts.push({ pages: inPart, hash });
    }
    const sample = reader.take(reader.int());
    const shards = [];
    for (let count = reader.int(); count > 0; count -= 1) shards.push(reader.text());
    return { pages, dated, passages, starts, blocks, firsts, lasts, over, parts, sample, shards };
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

function textOf(core, page) {
    let first = 0;
    for (const part of core.parts) {
        if (page < first + part.pages) {
            let start = 0;
            for (let before = first; before < page; before += 1) start += core.blocks[before] * BLOCK;
            return { hash: part.hash, start, length: core.blocks[page] * BLOCK };
        }
        first += part.pages;
    }
    throw new Broken();
}

// { index, count, passages, classes, reaches } of a key in its shard.
function findPostings(shard, key) {
    const reader = new Reader(shard);
    const wanted = toUtf8.encode(key);
    const keys = reader.int();
    // How many bytes the key before has, and how many of them are those of the wanted one.
    let [length, same, before, found] = [0, 0, 0, null];
    for (let index = 0; index < keys; index += 1) {
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
        const count = reader.int();
        const size = reader.int();
        if (same === length && same === wanted.length) found = { index, count, start: before, size };
        before += size;
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
        // Nearly all gaps are short: the ones, the zero and the rest lie in one window.
        const window = reader.window();
        const ones = Math.clz32(~window);
        let gap;
        if (ones + 1 + k <= 25 && ones < GAP_ESCAPE) {
            reader.at += ones + 1 + k;
            gap = (ones << k) | (k === 0 ? 0 : (window << (ones + 1)) >>> (32 - k));
        } else {
            const quotient = reader.unary(GAP_ESCAPE);
            gap = quotient === GAP_ESCAPE ? reader.bits(32) : quotient * 2 ** k + reader.bits(k);
        }
        passages[index] = next + gap;
        next += gap + 1;
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
    let facets;
    try {
        facets = JSON.parse(reader.text()).map(([key, values]) => ({ key, values }));
    } catch (error) {
        throw new Broken();
    }
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

// [word, how common] in order.
function decodeWords(file) {
    const lines = decodeText(inflate(unframed(file))).split('\n').filter((line) => line !== '');
    return lines.map((line) => [line.slice(0, -1), Number(line.slice(-1))]);
}

// Key → [[word, level]].
function decodeNear(file) {
    const cells = decodeText(inflate(unframed(file))).split('\n').map((line) => line.split(' '));
    return new Map(cells.map(([key, ...near]) => [key, near.map((cell) => [cell.slice(0, -1), Number(cell.slice(-1))])]));
}

// The page of a block; null if it is damaged.
function intactBlock(block, sample) {
    try {
        return decodeBlock(block, sample);
    } catch (error) {
        if (error instanceof Broken) return null;
        throw error;
    }
}

// A page: { address, title, kind, body, date, iso, status, passages: [{ sort, anchor, label, text }] }.
// `sample` stands before what was packed.
function decodeBlock(block, sample) {
    const reader = new Reader(block);
    const length = reader.int();
    const check = fixed32(reader.take(4), 0);
    const packed = reader.take(length);
    if (check !== fnv(packed, 0)) throw new Broken();
    const [head, ...lines] = decodeText(inflate(packed, sample)).split('\n').filter((line) => line !== '').map((line) => line.split('\t'));
    if (!head || head.length < 7 || lines.some((line) => line.length < 4)) throw new Broken();
    const [address, title, kind, body, date, iso, status] = head;
    const passages = lines.map(([sort, anchor, label, ...text]) => ({ sort, anchor, label, text: text.join('\t') }));
    return { address, title, kind, body, date, iso, status, passages };
}
