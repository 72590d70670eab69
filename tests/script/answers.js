// Whether the search in the browser answers what `folkmoot search` answers, to the last letter: the same pages and
// passages in the same order with the same scores, the same counts, corrections and marks.
//
//   node answers.js <public folder> <program> [<question> …]
//
// Enters: a built site, and the program that built it. Leaves: where the two differ, on the terminal; exit code 1 if they do.

const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { isDeepStrictEqual } = require('node:util');
const { join } = require('node:path');
const { load } = require('./theme.js');

const { Files, Search, Trouble } = load('search', ['Files', 'Search', 'Trouble']);

const [folder, program, ...own] = process.argv.slice(2);

// What residents, councillors and people who mistype ask, and what nobody should.
const QUESTIONS = [
    'asb', 'ASB', 'anti social behaviour', 'anti-social', 'antisocial', 'burglry', 'burglary', 'knife crime', '"knife crime"', '"serious violence"',
    'what was decided about knife crime', 'domestic abuse', 'DA', 'domestc abuse', 'PCC', 'CSP', 'police and crime commissioner', 'case review', '7.3',
    '7.13', '2018-11', '2018/11', '2018.11', '2021/14', 'board-2022-05', 'section 17', 's.17', 's17', 'March 2021', '14 March 2021', '2021', '2021/22',
    '7/9/21', 'since 2024 fraud', 'before 2018', 'fraud since 2019', 'between 2019 and 2021 board', 'in 2020', 'by March 2022 plan', '£61,500', '£61.5k',
    '£1.2 million', 'scams OR fraud', 'fraud -scams', 'NOT fraud hate', '-fraud', '-fraud since 2024', 'scams | xyzzy', 'anti-fraud OR scams', '"the board"',
    '"board of the', '"serious violence duty"', '"duty to co-operate"', 'the', 'the of', 'xyzzy', 'xyzzy fraud', 'fraud xyzzyq', 'Saltmere',
    'Thornmere evenings', 'county council', 'drugs', 'drug', 'strategy', 'minutes', 'decision', 'decisions about fraud', 'action', "children's",
    'childrens', 'café', 'it', 'IT', 'road safety 2023', '<img src=x onerror=alert(1)>', '- " OR |', '', 'modern slavery referrals', 'reoffending',
    're-offending', 'hate-crime', 'hate crime tension', 'polcie', 'chairmn', 'Harlbridge borough', 'a b c d e f g h i j k l m n o p q r s t u v w x y z fraud board',
    'multi agency', 'co-ordinate', 'case reviews by district', 'E05001234', 'appendix A', 'tŷ', '中文', 'ﬁle', 'Straße', '£', '2026', '10 November 2026',
];

// What answers are narrowed to, and their order.
const WAYS = [
    { chosen: [], latest: false },
    { chosen: [], latest: true },
    { chosen: [['kind', 'minutes']], latest: false },
    { chosen: [['kind', 'minutes'], ['kind', 'reports'], ['year', '2022'], ['year', '2023']], latest: false },
];

const fetchFile = async (name, range) => {
    try {
        const bytes = new Uint8Array(readFileSync(join(folder, 'search', name)));
        return range ? { bytes: bytes.subarray(range[0], range[1] + 1), part: true } : { bytes, part: false };
    } catch (error) {
        throw new Trouble(name, true);
    }
};

async function ofScript(search, question, { chosen, latest }) {
    const sets = new Map();
    for (const [key, value] of chosen) sets.set(key, (sets.get(key) || new Set()).add(value));
    const answer = await search.ask(question, sets, latest);
    const pages = await search.show(answer, 0, 10);
    return {
        pages: answer.total,
        passages: answer.groups.places(),
        left_out: answer.notes.leftOut.map(({ typed }) => typed),
        corrected: answer.notes.corrected.map(({ typed, word }) => ({ typed, used: word })),
        not_found: answer.notes.missing,
        concepts: answer.notes.concepts,
        alone: answer.alone,
        results: pages.map(({ address, title, kind, body, date, iso, status, score, hits, more }) => {
            const passages = hits.map((hit) => ({
                anchor: hit.anchor, label: hit.label, record: hit.record, path: hit.path, excerpt: hit.excerpt.map(({ text, marked }) => [text, marked]), score: hit.score,
            }));
            return { address, title, kind, body, date, iso, status, score, passages, more };
        }),
        // What is chosen and on no page is shown in the browser, so that it can be taken back.
        facets: answer.facets.map((facet) => ({ ...facet, values: facet.values.filter(({ count }) => count > 0) })),
    };
}

function ofProgram(question, { chosen, latest }) {
    const narrowed = chosen.flatMap(([key, value]) => ['--facet', `${key}=${value}`]);
    const order = latest ? ['--newest'] : [];
    const told = JSON.parse(execFileSync(program, ['search', '--index', folder, '--json', ...narrowed, ...order, '--', question], { encoding: 'utf8' }));
    delete told.fetched;
    return told;
}

async function main() {
    const search = new Search(new Files(fetchFile));
    let [asked, wrong] = [0, 0];
    const questions = own.length > 0 ? own : QUESTIONS;
    for (const [number, question] of questions.entries()) {
        // Each question is asked, and every fourth in all ways.
        for (const way of number % 4 === 0 ? WAYS : WAYS.slice(0, 1)) {
            const [script, told] = [await ofScript(search, question, way), ofProgram(question, way)];
            asked += 1;
            for (const key of new Set([...Object.keys(told), ...Object.keys(script)])) {
                if (isDeepStrictEqual(script[key], told[key])) continue;
                wrong += 1;
                console.log(`✗ ${question} ${JSON.stringify(way)}: ${key}\n    the script says  ${JSON.stringify(script[key])}\n    the program says ${JSON.stringify(told[key])}`);
            }
        }
    }
    console.log(`${asked} questions, ${wrong} differences`);
    process.exitCode = wrong > 0 ? 1 : 0;
}

main();
