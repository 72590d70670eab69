// The preview in a browser: a saved text is seen without anybody's doing, a page that stayed as it was is not loaded again,
// and new styles come without a reload.
//
//   node preview.js <program> <site's folder, which is changed>
//
// Enters: the program, and a folder of its own with a site. Leaves: what is wrong, on the terminal; exit code 1 if anything is.
// Every wait is for something to happen; how long it takes is nobody's fault.

import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { launch, openWindow, watched } from './browser.js';

const [program, folder] = process.argv.slice(2);
const TEXT = 'content/pages/about.md';
const OTHER = 'content/minutes/safer-marlshire-board/2026-09-15.md';
const STYLE = 'themes/mine/css/mine.css';
const SETTINGS = 'content/site.toml';
const PAGE = '/about/';

write(STYLE, 'h1 { letter-spacing: 1px; }\n');
write(SETTINGS, `theme = "mine"\n${readFileSync(join(folder, SETTINGS), 'utf8')}`);
const preview = spawn(program, ['--root', folder, 'serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
const address = await new Promise((found) => {
    let said = '';
    preview.stdout.on('data', (words) => {
        said += words;
        const match = said.match(/http:\/\/localhost:\d+/);
        if (match) found(match[0]);
    });
});
const browser = await launch();
const wrong = await watched('the preview', tried);
for (const line of wrong) console.log(`✗ preview: ${line}`);
if (!wrong.length) console.log('✓ preview: does a saved text come by itself, and does what stayed as it was stay where it is?');
await browser.close();
preview.kill();
process.exitCode = wrong.length ? 1 : 0;

async function tried() {
    const wrong = [];
    const { page, troubles } = await openWindow(browser, { origin: address });
    let loads = 0;
    page.on('load', () => (loads += 1));
    await page.goto(PAGE);
    const told = () => page.waitForResponse((answer) => answer.url().includes('/_folkmoot/change'));

    // Another text: the browser is told, and does nothing.
    let change = told();
    append(OTHER, '\n\nWords that stand on another page.\n');
    const { what } = await (await change).json();
    if (what !== 'same') wrong.push(`after a change of another text the browser is told “${what}”`);
    if (loads !== 1) wrong.push('a page that stayed as it was is loaded again');

    // Its styles.
    await page.evaluate(() => (window.isTheSame = true));
    write(STYLE, 'h1 { letter-spacing: 7px; }\n');
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).letterSpacing === '7px');
    await page.waitForFunction(() => document.querySelectorAll('link[rel=stylesheet]').length === 1);
    if (!(await page.evaluate(() => window.isTheSame))) wrong.push('new styles load the page again');

    // Its own text.
    append(TEXT, '\n\nWords that were saved a moment ago.\n');
    await page.getByText('Words that were saved a moment ago.').waitFor();

    // A mistake in it, and no more.
    const text = readFileSync(join(folder, TEXT), 'utf8');
    write(TEXT, text.replace(/^---\n/, '---\ndate: never\n'));
    await page.locator('folkmoot-preview aside').waitFor();
    write(TEXT, text);
    await page.locator('folkmoot-preview aside').waitFor({ state: 'detached' });
    return [...wrong, ...troubles];
}

function append(path, words) {
    appendFileSync(join(folder, path), words);
}

function write(path, words) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), words);
}
