// The files of the index as the script of the search reads them, and what holds of the script alone. The examples that it
// shares with the program are in conformance.test.js; that whole answers are the same is asked by ../search.rs.

const { test } = require('node:test');
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { constants, deflateRawSync } = require('node:zlib');
const { load, sources } = require('./theme.js');

const theme = load('search', [
    'BitReader', 'Broken', 'Reader', 'Words', 'civil', 'compareTexts', 'dayNumber', 'decodePostings', 'fnv', 'inflate', 'readQuestion', 'stem', 'unframed',
]);

// Numbers below a limit, the same each time.
function random() {
    let state = 7;
    return (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor(((state >>> 8) / (1 << 24)) * below);
    };
}

test('what was packed comes back, and what is damaged is broken', () => {
    const next = random();
    const texts = [0, 1, 17, 3000, 70000].flatMap((length) => [
        Uint8Array.from({ length }, () => next(256)),
        Uint8Array.from({ length }, (_, at) => 97 + ((at * at) >> 5) % 7 + (at % 90 === 0 ? next(9) : 0)),
    ]);
    for (const text of texts) {
        for (const options of [{ level: 0 }, { level: 1 }, { level: 9 }, { strategy: constants.Z_FIXED }, { strategy: constants.Z_HUFFMAN_ONLY }]) {
            const packed = deflateRawSync(text, options);
            assert.deepEqual(Buffer.from(theme.inflate(packed)), Buffer.from(text));
            for (let damage = 0; damage < 40 && packed.length > 0; damage += 1) {
                const broken = Uint8Array.from(packed).subarray(0, damage < 20 ? packed.length : next(packed.length));
                if (broken.length > 0) broken[next(broken.length)] ^= 1 << next(8);
                try {
                    theme.inflate(broken);
                } catch (error) {
                    assert.ok(error instanceof theme.Broken, String(error));
                }
            }
        }
    }
});

test('a file has its head and its check', () => {
    const payload = Buffer.from('text');
    const check = theme.fnv(payload, 0);
    const file = Buffer.concat([Buffer.from('FMS1'), Buffer.from([check, check >>> 8, check >>> 16, check >>> 24]), payload]);
    assert.deepEqual(Buffer.from(theme.unframed(file)), payload);
    for (let at = 0; at < file.length; at += 1) {
        const other = Uint8Array.from(file);
        other[at] ^= 4;
        assert.throws(() => theme.unframed(other), theme.Broken);
    }
    assert.throws(() => theme.unframed(file.subarray(0, 7)), theme.Broken);
    assert.equal(theme.fnv(Buffer.from('foobar'), 0), 0xbf9cf968);
});

test('ints, texts and columns are read, and never after the end', () => {
    const reader = new theme.Reader(Uint8Array.from([0x05, 0xff, 0xff, 0xff, 0xff, 0x0f, 2, 0xc5, 0xb7, 1, 2]));
    assert.deepEqual([reader.int(), reader.int(), reader.text(), ...reader.column(2)], [5, 0xffffffff, 'ŷ', 1, 2]);
    for (const bytes of [[], [0x80], [0xff, 0xff, 0xff, 0xff, 0x1f], [0x80, 0x80, 0x80, 0x80, 0x80, 0x01]]) {
        assert.throws(() => new theme.Reader(Uint8Array.from(bytes)).int(), theme.Broken);
    }
    assert.throws(() => new theme.Reader(Uint8Array.from([9, 1])).text(), theme.Broken);
    assert.throws(() => new theme.Reader(Uint8Array.from([1, 0xff])).text(), theme.Broken);
    assert.throws(() => new theme.Reader(Uint8Array.from([1])).column(9e9), theme.Broken);
});

// Writes bits as `src/index/bytes.rs` does.
class BitWriter {
    constructor() {
        this.held = '';
    }

    bits(value, count) {
        this.held += count > 0 ? value.toString(2).padStart(count, '0') : '';
    }

    unary(ones) {
        this.held += `${'1'.repeat(ones)}0`;
    }

    golomb(value, k) {
        const digits = (value + 2 ** k).toString(2);
        this.held += '0'.repeat(digits.length - k - 1) + digits;
    }

    bytes() {
        const bytes = this.held.match(/.{1,8}/g) || [];
        return Uint8Array.from(bytes, (byte) => parseInt(byte.padEnd(8, '0'), 2));
    }
}

test('bits come back', () => {
    const next = random();
    const writer = new BitWriter();
    const written = Array.from({ length: 3000 }, () => {
        const [sort, value] = [next(3), next(2) ? next(4000000000) : next(40)];
        if (sort === 0) writer.bits(value, 32);
        if (sort === 1) writer.unary(value % 90);
        if (sort === 2) writer.golomb(value, value % 5);
        return [sort, value];
    });
    const reader = new theme.BitReader(writer.bytes());
    for (const [sort, value] of written) {
        if (sort === 0) assert.equal(reader.bits(32), value);
        if (sort === 1) assert.equal(reader.unary(Infinity), value % 90);
        if (sort === 2) assert.equal(reader.golomb(value % 5), value);
    }
    assert.equal(reader.ranOut(), false);
    reader.bits(32);
    assert.equal(reader.ranOut(), true);
});

test('postings come back, those far apart too, and those of a word that is nowhere but in prose', () => {
    const mixed = [[0, 1, 0], [1, 3, 17], [40, 6, 0], [9000000, 4, 0], [9000001, 5, 0], [9000900, 2, 0], [9000901, 3, 0]];
    for (const [postings, plain] of [[mixed, false], [mixed.map(([passage]) => [passage, 1, 0]), true]]) {
        for (const k of [0, 3, 24]) {
            const writer = new BitWriter();
            writer.bits(plain ? k + 128 : k, 8);
            let next = 0;
            for (const [passage, kind, reach] of postings) {
                const gap = passage - next;
                if (Math.floor(gap / 2 ** k) >= 24) {
                    writer.held += '1'.repeat(24);
                    writer.bits(gap, 32);
                } else {
                    writer.unary(Math.floor(gap / 2 ** k));
                    writer.bits(gap % 2 ** k, k);
                }
                if (!plain) writer.held += ['0', '10', '110', '1110', '11110', '11111'][kind - 1];
                if (kind === 3) writer.golomb(reach, 2);
                next = passage + 1;
            }
            const list = theme.decodePostings(writer.bytes(), postings.length);
            assert.deepEqual(postings.map((_, at) => [list.passages[at], list.classes[at], list.reaches[at]]), postings);
            assert.throws(() => theme.decodePostings(writer.bytes(), 8 * writer.bytes().length + 1), theme.Broken);
        }
    }
});

test('texts stand in the order of their bytes', () => {
    const texts = ['', '7', '7.3', '=IT', '@2021', 'a', 'ab', 'tŷ', '\u{fb01}', '\u{10400}', '~asb'];
    for (const one of texts) {
        for (const other of texts) {
            assert.equal(Math.sign(theme.compareTexts(one, other)), Buffer.compare(Buffer.from(one), Buffer.from(other)), `${one} ${other}`);
        }
    }
});

test('words have the stems of the table that the program is held to', () => {
    const lines = readFileSync(join(__dirname, 'stems.txt'), 'utf8').trim().split('\n');
    assert.ok(lines.length > 2000);
    for (const [word, stem] of lines.map((line) => line.split(' '))) assert.equal(theme.stem(word), stem, word);
});

test('days are numbered as the calendar goes', () => {
    for (let day = 0; day < 40000; day += 1) {
        const date = new Date(Date.UTC(1950, 0, 1 + day));
        const parts = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
        assert.equal(theme.dayNumber(...parts), date / 864e5 + 719163);
        if (day % 13 === 0) assert.deepEqual(theme.civil(theme.dayNumber(...parts)), parts);
    }
});

test('whatever is typed, it ends, and soon', () => {
    const words = new theme.Words(true, []);
    const long = 'anti- "(7.3) £1,000 OR -s.17(1)(a) 14/3/21 '.repeat(2000);
    const began = process.cpuUsage();
    assert.ok(theme.readQuestion(long, words).leftOut.length > 0);
    assert.ok(process.cpuUsage(began).user < 3e6, 'three seconds of work');
});

test('every browser that the theme supports can read the script: nothing of it is newer than 2018', () => {
    const newer = {
        'an optional chain': /\?\.(?![0-9])/,
        'a nullish operator': /\?\?/,
        'a catch without its error': /catch\s*\{/,
        'a private member': /[^'"`&]#[a-z]+\b(?=\s*[(=;])/,
        'a static block': /\bstatic\b/,
        'a number with underscores': /\b\d+_\d/,
        'a method from 2019 on': /\.(?:at|flat|flatMap|fromEntries|trimStart|trimEnd|matchAll|replaceAll|allSettled|any|findLast|toSorted|replaceChildren)\(/,
        'an import at run time': /\bimport\s*[({'"]/,
        'code from text': /\b(?:eval|Function)\s*\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|WebAssembly/,
    };
    for (const [name, text] of sources('search')) {
        for (const [what, pattern] of Object.entries(newer)) assert.doesNotMatch(text, pattern, `${name} has ${what}`);
    }
});
