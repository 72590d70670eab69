// Looks at the pages of a built site with every check, in one browser, two windows at a time.
//
//   node look.js <public folder> [--check <name>] [--shape <words>]
//
// Enters: the folder. Leaves: what is wrong, by check and page, on the terminal; exit code 1 if anything is.
// To add a check: a file in checks/, and its line in CHECKS.

import { launch, openWindow } from './browser.js';
import { Site } from './site.js';
import accessible from './checks/accessible.js';
import clean from './checks/clean.js';
import forced from './checks/forced.js';
import keyboard from './checks/keyboard.js';
import outline from './checks/outline.js';
import places from './checks/places.js';
import print from './checks/print.js';
import room from './checks/room.js';
import unscripted from './checks/unscripted.js';
import unstyled from './checks/unstyled.js';
import validity from './checks/validity.js';
import weight from './checks/weight.js';

const CHECKS = [validity, weight, clean, outline, accessible, keyboard, room, forced, unscripted, unstyled, places, print];

const WINDOWS = 2;

const [folder, ...rest] = process.argv.slice(2);
const asked = Object.fromEntries(rest.join(' ').split('--').filter(Boolean).map((one) => {
    const [name, ...words] = one.trim().split(' ');
    return [name, words.join(' ')];
}));

const site = await new Site(folder).serve();
const browser = await launch();
const shapes = site.shapes().filter(({ shape }) => shape.includes(asked.shape ?? ''));
console.log(`${shapes.length} shapes of page among ${site.pages().length}, in Chromium ${browser.version()}`);
let failed = 0;
for (const check of CHECKS.filter((check) => !asked.check || check.name === asked.check)) {
    const began = Date.now();
    const found = check.all ? await check.all(site) : await everyShape(check);
    failed += found.length;
    console.log(`${found.length ? '✗' : '✓'} ${check.name}: ${check.asks} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    for (const line of found) console.log(`    ${line}`);
}
await browser.close();
site.close();
process.exitCode = failed ? 1 : 0;

// A check on each shape of page: what is wrong, as lines.
async function everyShape(check) {
    const waiting = [...shapes];
    const lines = [];
    const work = async () => {
        for (let shape = waiting.shift(); shape; shape = waiting.shift()) {
            const wrong = await inWindow(shape, check).catch((error) => [`the check itself failed: ${error.message}`]);
            lines.push(...wrong.map((what) => `${shape.path} (${shape.shape}): ${what}`));
        }
    };
    await Promise.all(Array.from({ length: WINDOWS }, work));
    return lines.sort();
}

async function inWindow(shape, check) {
    const { context, page, troubles } = await openWindow(browser, site, check.window);
    try {
        await page.goto(shape.path, { waitUntil: 'load' });
        return await check.look(page, { shape, troubles, site });
    } finally {
        await context.close();
    }
}
