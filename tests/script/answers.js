// Whether the search in the browser answers what the program answered: the same pages and passages in the same order with
// the same scores, the same counts, corrections and marks.
//
//   node answers.js <folder>
//
// Input: a folder with `asked.jsonl`, which tests/answers.rs wrote, a question and the program's answer on each line, and
// the index of each site that was asked, `<site>/search/`. Output: where the two differ, on the terminal, and exit code 1.

const { readFileSync } = require('node:fs');
const { isDeepStrictEqual } = require('node:util');
const { join } = require('node:path');
const { load } = require('./theme.js');

const { Files, Search, IndexError } = load('search', ['Files', 'Search', 'IndexError']);

const MOST_SHOWN = 10;

function searchOf(folder) {
    const bring = async (name) => {
        try {
            return new Uint8Array(readFileSync(join(folder, 'search', name)));
        } catch (error) {
            throw new IndexError(name, true);
        }
    };
    return new Search(new Files(bring));
}

async function answerOf(search, { text, facets, newest }) {
    const sets = new Map();
    for (const [key, value] of facets) sets.set(key, (sets.get(key) || new Set()).add(value));
    const answer = await search.ask(text, sets, newest);
    const pages = await search.show(answer, 0, MOST_SHOWN);
    return {
        pages: answer.total,
        passages: answer.groups.places(),
        left_out: answer.notes.leftOut.map(({ typed }) => typed),
        corrected: answer.notes.corrected.map(({ typed, word }) => ({ typed, used: word })),
        not_found: answer.notes.missing,
        concepts: answer.notes.concepts,
        also: answer.notes.also,
        partly: answer.partly,
        alone: answer.alone,
        results: pages.map(({ address, title, kind, body, date, iso, status, lacks, score, hits, more }) => {
            const passages = hits.map((hit) => ({
                anchor: hit.anchor, label: hit.label, record: hit.record, path: hit.path, excerpt: hit.excerpt.map(({ text: piece, marked }) => [piece, marked]), score: hit.score,
            }));
            return { address, title, kind, body, date, iso, status, lacks, score, passages, more };
        }),
        // What is chosen and on no page is shown in the browser, so that it can be taken back.
        facets: answer.facets.map((facet) => ({ ...facet, values: facet.values.filter(({ count }) => count > 0) })),
    };
}

async function main() {
    const folder = process.argv[2];
    const searches = new Map();
    let [asked, wrong] = [0, 0];
    for (const line of readFileSync(join(folder, 'asked.jsonl'), 'utf8').trim().split('\n')) {
        const { site, answer: program, ...question } = JSON.parse(line);
        if (!searches.has(site)) searches.set(site, searchOf(join(folder, site)));
        const script = await answerOf(searches.get(site), question);
        // The two fetch in different ways.
        delete program.fetched;
        asked += 1;
        for (const key of new Set([...Object.keys(program), ...Object.keys(script)])) {
            if (isDeepStrictEqual(script[key], program[key])) continue;
            wrong += 1;
            const [says, should] = [JSON.stringify(script[key]), JSON.stringify(program[key])];
            console.log(`✗ ${site}: ${JSON.stringify(question)}: ${key}\n    the script says  ${says}\n    the program says ${should}`);
        }
    }
    console.log(`${asked} questions, ${wrong} differences`);
    process.exitCode = asked > 0 && wrong === 0 ? 0 : 1;
}

main();
