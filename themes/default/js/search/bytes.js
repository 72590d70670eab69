// The codec: numbers, bits and texts of the files of the index, as src/search/FORMAT.md says. Whatever a file holds,
// nothing here runs without end: what cannot be read is Broken.

class Broken extends Error {}

// What follows the head of a file.
function unframed(file) {
    const whole = String.fromCharCode(...file.subarray(0, 4)) === MAGIC && file.length >= 8 && fixed32(file, 4) === fnv(file, 8);
    if (!whole) throw new Broken();
    return file.subarray(8);
}

function fixed32(bytes, at) {
    return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

// FNV-1a in 32 bits.
function fnv(bytes, from) {
    let hash = 0x811c9dc5;
    for (let at = from; at < bytes.length; at += 1) hash = Math.imul(hash ^ bytes[at], 0x01000193);
    return hash >>> 0;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeText(bytes) {
    try {
        return utf8.decode(bytes);
    } catch (error) {
        throw new Broken();
    }
}

// Reads ints, texts and columns one after another.
class Reader {
    constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
    }

    int() {
        let value = 0;
        for (let shift = 1; shift <= 0x10000000; shift *= 128) {
            const byte = this.bytes[this.at];
            this.at += 1;
            if (byte === undefined) break;
            value += (byte & 127) * shift;
            if (byte < 128) {
                if (value > 0xffffffff) break;
                return value;
            }
        }
        throw new Broken();
    }

    take(length) {
        this.skip(length);
        return this.bytes.subarray(this.at - length, this.at);
    }

    skip(length) {
        if (length > this.bytes.length - this.at) throw new Broken();
        this.at += length;
    }

    text() {
        return decodeText(this.take(this.int()));
    }

    column(length) {
        // An int has a byte at least.
        if (length > this.bytes.length - this.at) throw new Broken();
        return new Uint32Array(length).map(() => this.int());
    }
}

// Reads bits, the highest of a byte first. After the end there are zeros.
class BitReader {
    constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
    }

    // The next 25 bits or more, at the upper end of a word.
    window() {
        const { bytes, at } = this;
        const byte = at >>> 3;
        // What is behind the end counts as zero.
        return ((bytes[byte] << 24) | (bytes[byte + 1] << 16) | (bytes[byte + 2] << 8) | bytes[byte + 3]) << (at & 7);
    }

    // The next `count` bits, at most 32.
    bits(count) {
        if (count === 0) return 0;
        if (count > 25) {
            const high = this.bits(count - 16);
            return high * 65536 + this.bits(16);
        }
        const value = this.window() >>> (32 - count);
        this.at += count;
        return value;
    }

    // Ones up to a zero, or zeros up to a one; at most `limit`, and then what ends them is not read.
    unary(limit, ones = -1) {
        let count = 0;
        for (;;) {
            const more = Math.min(Math.clz32(this.window() ^ ones), 25, limit - count);
            count += more;
            this.at += more;
            if (count >= limit) return count;
            if (more < 25) {
                this.at += 1;
                return count;
            }
        }
    }

    // Exponential Golomb.
    golomb(k) {
        const length = this.unary(33, 0) + k;
        const value = length > 32 ? 0 : 2 ** length + this.bits(length) - 2 ** k;
        return value > 0xffffffff ? 0 : value;
    }

    ranOut() {
        return this.at > this.bytes.length * 8;
    }
}

// Texts in the order of their bytes in UTF-8, which is the order of their characters.
function compareTexts(one, other) {
    if (one === other) return 0;
    const length = Math.min(one.length, other.length);
    for (let at = 0; at < length; at += 1) {
        if (one.charCodeAt(at) !== other.charCodeAt(at)) {
            // Halves of a pair stand after all other characters.
            const rank = (unit) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
            return rank(one.charCodeAt(at)) < rank(other.charCodeAt(at)) ? -1 : 1;
        }
    }
    return one.length < other.length ? -1 : 1;
}
