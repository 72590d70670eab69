// Looks at the pages of a built site with every check, in one browser, two pages at a time.
//
//   node look.js <public folder> [--check <name>] [--shape <words>]
//
// Input: the folder. Output: what is wrong, by check and page, on the terminal; exit code 1 if anything is.
// To add a check: a file in checks/, and its line in CHECKS. What it may say of itself:
//
//   name, asks    for the terminal
//   all           a function of the whole site and the browser, or
//   look          a function of one page, which was just loaded, and is as no check has changed it
//   media         the reader's settings, where they are not those of most people
//   scripts       false if the browser runs none
//   reads         that it leaves the page as it was, so that the next check looks at it without loading it again
//
// A window is opened once for each of the two pages at a time, not for each page: most of what looking at a page costs
// is the window. A look that never ends is ended by a watchdog, which names the check and the page (browser.js).

import { launch, openWindow, watched, WIDE } from './browser.js';
import { Site } from './site.js';
import accessible from './checks/accessible.js';
import areas from './checks/areas.js';
import clean from './checks/clean.js';
import forced from './checks/forced.js';
import keyboard from './checks/keyboard.js';
import leave from './checks/leave.js';
import outline from './checks/outline.js';
import places from './checks/places.js';
import policy from './checks/policy.js';
import print from './checks/print.js';
import quotes from './checks/quotes.js';
import room from './checks/room.js';
import unscripted from './checks/unscripted.js';
import unstyled from './checks/unstyled.js';
import validity from './checks/validity.js';
import weight from './checks/weight.js';

// Those that only read stand together.
const CHECKS = [validity, quotes, weight, policy, clean, outline, forced, unstyled, places, accessible, keyboard, room, print, unscripted, leave, areas];

// A machine of two cores is busy with two; more of them would only wait for each other.
const AT_ONCE = 2;

const MOST_PEOPLE = { media: 'screen', colorScheme: 'light', forcedColors: 'none', reducedMotion: 'no-preference' };

// A page in a window that stays open from one check and from one shape to the next.
class Reader {
    constructor(browser, site, options) {
        Object.assign(this, { browser, site, options });
    }

    // Loads a page for a check, unless it is there, and as it was loaded.
    async open(shape, check) {
        this.window ??= await openWindow(this.browser, this.site, this.options);
        const { page, troubles } = this.window;
        await page.emulateMedia({ ...MOST_PEOPLE, ...check.media });
        if (this.untouched !== shape.path) {
            troubles.splice(0);
            await page.setViewportSize(WIDE);
            await (check.load ?? load)(page, shape, this);
        }
        this.untouched = check.reads ? shape.path : null;
        return page;
    }
}

async function load(page, { path }) {
    await page.goto(path, { waitUntil: 'load' });
}

const [folder, ...rest] = process.argv.slice(2);
const asked = Object.fromEntries(rest.join(' ').split('--').filter(Boolean).map((one) => {
    const [name, ...words] = one.trim().split(' ');
    return [name, words.join(' ')];
}));

const site = await new Site(folder).serve();
const browser = await launch();
const shapes = site.shapes().filter(({ shape }) => shape.includes(asked.shape ?? ''));
const checks = CHECKS.filter((check) => !asked.check || check.name === asked.check);
console.log(`${shapes.length} shapes of page among ${site.pages().length}, in Chromium ${browser.version()}`);

// What was found by each check, and how long it took, which is for whoever wants to make it quicker.
const results = new Map(checks.map((check) => [check, { lines: [], time: 0 }]));
for (const check of checks.filter((check) => check.all)) await measured(check, 'the whole site', () => check.all(site, browser));
const waiting = [...shapes];
await Promise.all(Array.from({ length: AT_ONCE }, readAll));
for (const [check, { lines, time }] of results) {
    console.log(`${lines.length ? '✗' : '✓'} ${check.name}: ${check.asks} (${(time / 1000).toFixed(1)} s)`);
    for (const line of lines.sort()) console.log(`    ${line}`);
}
await browser.close();
site.close();
process.exitCode = [...results.values()].some(({ lines }) => lines.length) ? 1 : 0;

// One of those who look: takes the next shape as long as there is one.
async function readAll() {
    const scripted = new Reader(browser, site);
    const unscripted = new Reader(browser, site, { javaScriptEnabled: false });
    for (let shape = waiting.shift(); shape; shape = waiting.shift()) {
        for (const check of checks.filter((check) => check.look)) {
            const reader = check.scripts === false ? unscripted : scripted;
            await measured(check, shape.path, async () => {
                const wrong = await look(check, shape, reader, scripted).catch((error) => {
                    reader.untouched = null;
                    return [`the check itself failed: ${error.message}`];
                });
                return wrong.map((what) => `${shape.path} (${shape.shape}): ${what}`);
            });
        }
    }
}

// What is wrong with a page, as lines.
async function look(check, shape, reader, scripted) {
    const page = await reader.open(shape, check);
    return check.look(page, { shape, site, ...reader.window, scripted: () => scripted.open(shape, {}) });
}

// Keeps what a check finds, and for how long it looked.
async function measured(check, where, find) {
    const began = Date.now();
    const result = results.get(check);
    result.lines.push(...(await watched(`${check.name} on ${where}`, find)));
    result.time += Date.now() - began;
}
