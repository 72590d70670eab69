#!/usr/bin/env node
// Measures searching in the browser: what each question takes over the wire, and how long the script works.
//
//   node tests/bench/search.js <public folder> [--pagefind FOLDER] [--rounds N] [--json FILE]
//   node tests/bench/search.js <public folder> --all
//
// With `--all` every question of `tests/search/` and those below are asked, each on a fresh page, and it is said how many keep within
// 150 KB, 15 requests and three round trips, and which do not.
//
// Enters: a built site; for comparison the folder that Pagefind wrote for the same pages. Leaves: two tables in Markdown.
// The scripts are those that browsers get, run by Node with a fetch that reads the disk and counts. So times are those of
// a quick machine without a network; bytes are exact. Each question is asked in a process of its own ("first": a fresh
// page, whose script no engine has made quick yet), facets are counted ("facets"), and the question is asked again, the
// best of N rounds ("again"). Times are CPU time, reading the disk and the engine's own work included: wall time says what
// the neighbours on this machine did. For `first`, Node's start and the reading of the script are not counted.

const { execFileSync } = require('node:child_process');
const { readFileSync, readdirSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { load } = require('../script/theme.js');

const QUESTIONS = [
    ['a rare word', 'naloxone'],
    ['a common word', 'partnership'],
    ['two common words', 'community safety'],
    ['two subjects', 'domestic abuse'],
    ['three words', 'serious violence duty'],
    ['a phrase', '"community safety partnership"'],
    ['a typing mistake', 'burglry'],
    ['a reference', '7.2'],
    ['words and a year', 'knife crime 2021'],
    ['two typing mistakes', 'burglry saltmre'],
    ['words that no page has', 'garbage hooligans'],
    ['a question in other words', 'who do i ring about kids on motor bikes'],
    ['a long question', 'what are they doing about drunk yobs smashing windows at night'],
    ['a number with a part', '£61,500 2021/14'],
];
// As many pages as the page of the search shows at first: 10, or as many as 15 requests and 150 KB allow, but 3 at least.
const shown = ({ count, bytes }) => Math.max(3, Math.min(10, 15 - count, Math.floor((150000 - bytes) / 6500)));

function parse(args) {
    const given = { public: null, pagefind: null, rounds: 5, json: null, only: null, all: false };
    while (args.length > 0) {
        const arg = args.shift();
        if (arg === '--pagefind' || arg === '--json') given[arg.slice(2)] = args.shift();
        else if (arg === '--rounds') given.rounds = Number(args.shift());
        else if (arg === '--only') given.only = args.shift();
        else if (arg === '--all') given.all = true;
        else given.public = arg;
    }
    if (given.public === null || !(given.rounds > 0)) {
        console.error('node tests/bench/search.js <public folder> [--pagefind FOLDER] [--rounds N] [--json FILE] [--all]');
        process.exit(2);
    }
    return given;
}

// Milliseconds of CPU time so far.
function now() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
}

// What was fetched since it was last asked, in sorts: `core`, `words`, `facets`, `text`.
class Wire {
    constructor() {
        this.bytes = {};
        this.requests = 0;
        // Round trips: what is asked for together comes together.
        this.trips = 0;
        this.waiting = null;
    }

    count(sort, bytes) {
        this.bytes[sort] = (this.bytes[sort] || 0) + bytes;
        this.requests += 1;
    }

    trip() {
        this.waiting ??= new Promise((arrive) => {
            this.trips += 1;
            setImmediate(() => {
                this.waiting = null;
                arrive();
            });
        });
        return this.waiting;
    }

    of(...sorts) {
        return sorts.reduce((sum, sort) => sum + (this.bytes[sort] || 0), 0);
    }
}

// ── ours ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const { Files, Search, IndexError } = load('search', ['Files', 'Search', 'IndexError']);

function sortOf(name) {
    if (name === 'index.bin') return 'core';
    if (name.endsWith('/facets.bin')) return 'facets';
    return name.startsWith('text/') ? 'text' : 'words';
}

function ours(folder, wire) {
    return async (name) => {
        let bytes;
        await wire.trip();
        try {
            bytes = new Uint8Array(readFileSync(join(folder, 'search', name)));
        } catch (error) {
            throw new IndexError(name, true);
        }
        wire.count(sortOf(name), bytes.length);
        return bytes;
    };
}

async function askOurs(search, question) {
    const started = now();
    const answer = await search.ask(question, new Map(), false, false);
    await search.show(answer, 0, shown(search.files));
    return { time: now() - started, pages: answer.total };
}

async function measureOurs(given, question) {
    const wire = new Wire();
    const search = new Search(new Files(ours(given.public, wire)));
    const first = await askOurs(search, question);
    const { requests, trips } = wire;
    const counting = now();
    await search.ask(question, new Map(), false, true);
    const counted = now() - counting;
    const row = {
        pages: first.pages,
        first: first.time,
        core: wire.of('core'),
        words: wire.of('words'),
        facets: wire.of('facets'),
        text: wire.of('text'),
        requests,
        trips,
        counted,
        again: Infinity,
    };
    for (let round = 0; round < given.rounds; round += 1) {
        // As if something else had been asked meanwhile.
        search.last = null;
        row.again = Math.min(row.again, (await askOurs(search, question)).time);
    }
    return row;
}

// ── Pagefind ───────────────────────────────────────────────────────────────────────────────────────────────────────

let imports = 0;

// Its own script, in a world that has just enough of a browser. Another number behind its name makes a fresh one.
async function openPagefind(folder, wire) {
    globalThis.window = globalThis;
    globalThis.location = new URL('https://site.invalid/');
    globalThis.document = { querySelector: () => ({ getAttribute: () => 'en' }), documentElement: { lang: 'en' }, currentScript: null };
    globalThis.fetch = async (address) => {
        const path = new URL(address, 'https://site.invalid/pagefind/').pathname.replace(/^.*\/pagefind\//, '');
        const bytes = readFileSync(join(folder, path));
        const sort = { 'pf_fragment': 'text', 'pf_index': 'words', 'pf_filter': 'facets' }[path.split('.').pop()] || 'core';
        wire.count(sort, bytes.length);
        return new Response(bytes);
    };
    imports += 1;
    const pagefind = await import(`${pathToFileURL(join(folder, 'pagefind.js'))}?${imports}`);
    await pagefind.options({ basePath: '/pagefind/', baseUrl: '/' });
    await pagefind.init();
    return pagefind;
}

async function askPagefind(pagefind, question) {
    const started = now();
    const answer = await pagefind.search(question);
    await Promise.all(answer.results.slice(0, 10).map((result) => result.data()));
    return { time: now() - started, pages: answer.results.length };
}

async function measurePagefind(given, question) {
    const wire = new Wire();
    const started = now();
    const pagefind = await openPagefind(given.pagefind, wire);
    const opened = now() - started;
    const first = await askPagefind(pagefind, question);
    const row = {
        pages: first.pages,
        first: opened + first.time,
        core: wire.of('core'),
        words: wire.of('words'),
        facets: wire.of('facets'),
        text: wire.of('text'),
        requests: wire.requests,
        again: Infinity,
    };
    for (let round = 0; round < given.rounds; round += 1) {
        row.again = Math.min(row.again, (await askPagefind(pagefind, question)).time);
    }
    return row;
}

// ── tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const kilo = (bytes) => (bytes / 1000).toFixed(1);
const milli = (time) => time.toFixed(1);

function table(title, rows) {
    console.log(`\n${title}\n`);
    console.log('| question | pages | start KB | words KB | results KB | first query KB | facets KB | requests | trips | first ms | facets ms | again ms |');
    console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|');
    for (const [what, question, row] of rows) {
        const sums = [row.core, row.words, row.text, row.core + row.words + row.text, row.facets].map(kilo);
        console.log(`| ${what}: ${question} | ${row.pages} | ${sums.join(' | ')} | ${row.requests} | ${row.trips ?? '–'} | ${milli(row.first)} | ${row.counted === undefined ? '–' : milli(row.counted)} | ${milli(row.again)} |`);
    }
}

function sizes(folder) {
    const sums = {};
    for (const path of readdirSync(join(folder, 'search'), { recursive: true })) {
        const stat = statSync(join(folder, 'search', path));
        if (!stat.isFile() || path.endsWith('.html')) continue;
        const name = path.split(/[\\/]/).pop();
        const sort = path.startsWith('text') ? 'texts' : path.startsWith('words') ? 'corrections' : name.startsWith('p') ? 'places' : /^\d/.test(name) ? 'postings' : 'start and facets';
        sums[sort] = (sums[sort] || 0) + stat.size;
    }
    return sums;
}

// CPU milliseconds of work that is always the same: what is printed beside the figures says how fast the machine was while
// they were taken.
function yardstick() {
    const started = now();
    let value = 0;
    for (let step = 0; step < 1e8; step += 1) value = (Math.imul(value, 31) + step) | 0;
    return value === 0 ? 0 : now() - started;
}

// What an answer may take, at most.
const LIMITS = { bytes: 150000, requests: 15, trips: 3 };

// Every question of the lists, by the list that it stands in; what is below counts as one.
function lists() {
    const folder = join(__dirname, '../search');
    const lists = new Map([['below', QUESTIONS.map(([, question]) => question)]]);
    for (const name of readdirSync(folder).sort()) {
        const text = readFileSync(join(folder, name), 'utf8');
        if (name.endsWith('.txt')) lists.set(name, text.split('\n').filter(Boolean));
        if (name.endsWith('.toml')) lists.set(name, Array.from(text.matchAll(/^("(?:[^"\\]|\\.)*") = \[/gm), ([, question]) => JSON.parse(question)));
    }
    return lists;
}

// What each question of the lists takes, and how many keep within the limits.
async function measureAll(given) {
    const [rows, over] = [[], []];
    for (const [list, questions] of lists()) {
        for (const question of questions) {
            const wire = new Wire();
            const { pages } = await askOurs(new Search(new Files(ours(given.public, wire))), question);
            const row = { list, question, pages, bytes: wire.of(...Object.keys(wire.bytes)), requests: wire.requests, trips: wire.trips, sorts: wire.bytes };
            rows.push(row);
            if (Object.keys(LIMITS).some((limit) => row[limit] > LIMITS[limit])) over.push(row);
        }
    }
    for (const { list, question, bytes, requests, trips, sorts } of over) {
        console.log(`${list}: ${question}: ${kilo(bytes)} KB (${['core', 'words', 'text'].map((sort) => kilo(sorts[sort] || 0)).join(' + ')}), ${requests} requests, ${trips} trips`);
    }
    console.log('\n| questions | within 150 KB | median, most KB | within 15 requests | most | within 3 trips | most |\n|---|---:|---:|---:|---:|---:|---:|');
    for (const [name, of] of [['in lists with answers', rows.filter(({ list }) => list.endsWith('.toml'))], ['all', rows]]) {
        const within = (limit) => of.filter((row) => row[limit] <= LIMITS[limit]).length;
        const sorted = (limit) => of.map((row) => row[limit]).sort((one, other) => one - other);
        const bytes = sorted('bytes');
        console.log(`| ${of.length} ${name} | ${within('bytes')} | ${kilo(bytes[of.length >> 1])}, ${kilo(bytes.pop())} | ${within('requests')} | ${sorted('requests').pop()} | ${within('trips')} | ${sorted('trips').pop()} |`);
    }
    if (given.json !== null) writeFileSync(given.json, JSON.stringify(rows));
}

// A question asked by another process.
function apart(given, engine, index) {
    const args = [__filename, given.public, '--rounds', String(given.rounds), '--only', `${engine} ${index}`];
    if (given.pagefind !== null) args.push('--pagefind', given.pagefind);
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 }));
}

async function main() {
    const given = parse(process.argv.slice(2));
    if (given.all) {
        await measureAll(given);
        return;
    }
    if (given.only !== null) {
        const [engine, index] = given.only.split(' ');
        const row = await (engine === 'ours' ? measureOurs : measurePagefind)(given, QUESTIONS[index][1]);
        console.log(JSON.stringify(row));
        return;
    }
    const told = { sizes: sizes(given.public), yardstick: yardstick(), ours: [], pagefind: [] };
    QUESTIONS.forEach(([what, question], index) => told.ours.push([what, question, apart(given, 'ours', index)]));
    console.log('\nThe index, in MB: ' + Object.entries(told.sizes).map(([sort, size]) => `${sort} ${(size / 1e6).toFixed(1)}`).join(', '));
    console.log(`The machine: 100 million multiplications took ${milli(told.yardstick)} ms; an idle desktop needs about 100.`);
    table('Folkmoot', told.ours);
    if (given.pagefind !== null) {
        QUESTIONS.forEach(([what, question], index) => told.pagefind.push([what, question, apart(given, 'pagefind', index)]));
        table('Pagefind', told.pagefind);
    }
    if (given.json !== null) writeFileSync(given.json, JSON.stringify(told, null, 2));
}

main();
