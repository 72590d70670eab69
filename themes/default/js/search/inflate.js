// DEFLATE (RFC 1951) unpacked, in plain JavaScript: the browsers that the theme supports have no common way to do it.
// What is not DEFLATE is Broken.

const [LENGTHS, LENGTH_BITS] = grown(28, 4, 3);
LENGTHS.push(258);
LENGTH_BITS.push(0);
const [DISTANCES, DISTANCE_BITS] = grown(30, 2, 1);
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

// No file holds more, so that a broken one cannot fill the memory.
const LARGEST = 1 << 28;

// What each of so many codes stands for, from the first on, and how many bits behind it are added: none, and one more every so many codes.
function grown(codes, every, first) {
    const bits = Array.from({ length: codes }, (_, code) => Math.max(0, Math.floor(code / every) - 1));
    const values = bits.map((_, code) => bits.slice(0, code).reduce((sum, count) => sum + 2 ** count, first));
    return [values, bits];
}

function inflate(packed) {
    const input = { packed, at: 0, held: 0, count: 0 };
    const output = { bytes: new Uint8Array(Math.max(1024, packed.length * 4)), length: 0 };
    let last = false;
    while (!last) {
        last = bitsOf(input, 1) === 1;
        const type = bitsOf(input, 2);
        if (type === 0) copyStored(input, output);
        else if (type === 1) copyCoded(input, output, FIXED_LENGTHS, FIXED_DISTANCES);
        else if (type === 2) {
            const [lengths, distances] = ownTables(input);
            copyCoded(input, output, lengths, distances);
        } else throw new Broken();
    }
    return output.bytes.subarray(0, output.length);
}

// The next bits, the lowest of a byte first.
function bitsOf(input, count) {
    hold(input, count);
    return taken(input, count, input.held & ((1 << count) - 1));
}

// Holds so many bits, if there are so many.
function hold(input, count) {
    while (input.count < count && input.at < input.packed.length) {
        input.held |= input.packed[input.at] << input.count;
        input.at += 1;
        input.count += 8;
    }
}

// The value of so many bits, which are done with.
function taken(input, count, value) {
    if (count > input.count) throw new Broken();
    input.held >>>= count;
    input.count -= count;
    return value;
}

function room(output, more) {
    const needed = output.length + more;
    if (needed <= output.bytes.length) return;
    if (needed > LARGEST) throw new Broken();
    const bytes = new Uint8Array(Math.max(needed, output.bytes.length * 2));
    bytes.set(output.bytes.subarray(0, output.length));
    output.bytes = bytes;
}

function copyStored(input, output) {
    input.at -= input.count >> 3;
    input.held = 0;
    input.count = 0;
    const { packed, at } = input;
    const length = packed[at] | (packed[at + 1] << 8);
    const from = at + 4;
    if (from + length > packed.length || length !== (~(packed[at + 2] | (packed[at + 3] << 8)) & 0xffff)) throw new Broken();
    room(output, length);
    output.bytes.set(packed.subarray(from, from + length), output.length);
    output.length += length;
    input.at = from + length;
}

// A table from the next bits to (symbol << 4 | length of its code), 0 where there is no code.
function tableOf(sizes) {
    const longest = Math.max(1, ...sizes);
    const counts = new Uint16Array(17);
    for (const size of sizes) if (size > 0) counts[size] += 1;
    const next = new Uint32Array(17);
    for (let size = 1; size <= longest; size += 1) {
        next[size + 1] = (next[size] + counts[size]) << 1;
        if (next[size] + counts[size] > 1 << size) throw new Broken();
    }
    const table = new Uint16Array(1 << longest);
    sizes.forEach((size, symbol) => {
        if (size === 0) return;
        let reversed = 0;
        for (let bit = 0, code = next[size]; bit < size; bit += 1, code >>= 1) reversed = (reversed << 1) | (code & 1);
        next[size] += 1;
        for (let at = reversed; at < table.length; at += 1 << size) table[at] = (symbol << 4) | size;
    });
    return { table, longest };
}

const FIXED_LENGTHS = tableOf(Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)));
const FIXED_DISTANCES = tableOf(new Array(30).fill(5));

function ownTables(input) {
    const [lengths, distances, codes] = [bitsOf(input, 5) + 257, bitsOf(input, 5) + 1, bitsOf(input, 4) + 4];
    const codeSizes = new Array(19).fill(0);
    for (let index = 0; index < codes; index += 1) codeSizes[CODE_ORDER[index]] = bitsOf(input, 3);
    const codeTable = tableOf(codeSizes);
    const sizes = [];
    while (sizes.length < lengths + distances) {
        const symbol = symbolOf(input, codeTable);
        let [size, times] = [symbol, 1];
        if (symbol === 16) [size, times] = [sizes[sizes.length - 1], 3 + bitsOf(input, 2)];
        if (symbol === 17) [size, times] = [0, 3 + bitsOf(input, 3)];
        if (symbol === 18) [size, times] = [0, 11 + bitsOf(input, 7)];
        if (size === undefined) throw new Broken();
        for (; times > 0; times -= 1) sizes.push(size);
    }
    if (sizes.length > lengths + distances) throw new Broken();
    return [tableOf(sizes.slice(0, lengths)), tableOf(sizes.slice(lengths))];
}

function symbolOf(input, { table, longest }) {
    hold(input, longest);
    const entry = table[input.held & ((1 << longest) - 1)];
    if ((entry & 15) === 0) throw new Broken();
    return taken(input, entry & 15, entry >>> 4);
}

function copyCoded(input, output, lengths, distances) {
    for (;;) {
        const symbol = symbolOf(input, lengths);
        if (symbol < 256) {
            if (output.length === output.bytes.length) room(output, 1);
            output.bytes[output.length] = symbol;
            output.length += 1;
            continue;
        }
        if (symbol === 256) return;
        if (symbol > 285) throw new Broken();
        const length = LENGTHS[symbol - 257] + bitsOf(input, LENGTH_BITS[symbol - 257]);
        const code = symbolOf(input, distances);
        if (code > 29) throw new Broken();
        const distance = DISTANCES[code] + bitsOf(input, DISTANCE_BITS[code]);
        if (distance > output.length) throw new Broken();
        room(output, length);
        const { bytes } = output;
        let to = output.length;
        output.length += length;
        for (; to < output.length; to += 1) bytes[to] = bytes[to - distance];
    }
}
