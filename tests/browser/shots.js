// Pictures of every shape of page, to be looked at by people: 360 and 1280 px, light and dark, and as printed.
//
//   node shots.js <public folder>             shots/<shape>-<how>.png, and the printed page as PDF; not committed
//   node shots.js <public folder> --readme    the four small ones of the README, pictures/<name>.png
//
// Enters: the folder. Leaves: the pictures.

import { mkdirSync, rmSync } from 'node:fs';
import { launch, openWindow, SCHEMES } from './browser.js';
import { Site } from './site.js';

const FOLDER = new URL('shots/', import.meta.url);
const WIDTHS = { phone: 360, desk: 1280 };

// For those who have not built it: what is shown, on how wide a screen, in which colours.
const PICTURES = new URL('pictures/', import.meta.url);
const README = [
    { name: 'home', path: '/', width: 1100, scheme: 'light' },
    { name: 'minutes', path: '/minutes/safer-marlshire-board/2021-12-14/#para-4.3', width: 1100, scheme: 'light' },
    { name: 'measure', path: '/indicators/asb-incidents/', width: 400, scheme: 'dark' },
    { name: 'search', path: '/search/?q=knife+crime', width: 400, scheme: 'light' },
];

const site = await new Site(process.argv[2]).serve();
const browser = await launch();
if (process.argv[3] === '--readme') {
    for (const picture of README) await small(picture);
    console.log(`${PICTURES.pathname} has the pictures of the README`);
} else {
    await everyShape();
}
await browser.close();
site.close();

// A window of 700 points, at three fifths of its size.
async function small({ name, path, width, scheme }) {
    const window = { viewport: { width, height: 700 }, deviceScaleFactor: 0.6, ...SCHEMES[scheme] };
    const { context, page, settled } = await openWindow(browser, site, window);
    await page.goto(path);
    await settled();
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: new URL(`${name}.png`, PICTURES).pathname });
    await context.close();
}

async function everyShape() {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER);
    const { page } = await openWindow(browser, site);
    for (const { shape, path } of site.shapes()) {
        const file = (how) => new URL(`${shape.replaceAll('…', 'any').match(/\w+/g).join('-')}-${how}`, FOLDER).pathname;
        await page.goto(path);
        for (const [place, width] of Object.entries(WIDTHS)) {
            await page.setViewportSize({ width, height: 800 });
            for (const scheme of ['light', 'dark']) {
                await page.emulateMedia({ media: 'screen', ...SCHEMES[scheme] });
                await page.screenshot({ path: `${file(`${place}-${scheme}`)}.png`, fullPage: true });
            }
        }
        await page.emulateMedia({ media: 'print', colorScheme: null });
        // The width of A4 without its margins, as a browser counts it.
        await page.setViewportSize({ width: 643, height: 972 });
        await page.screenshot({ path: `${file('print')}.png`, fullPage: true });
        await page.pdf({ path: `${file('print')}.pdf`, format: 'A4', preferCSSPageSize: true });
    }
    console.log(`${FOLDER.pathname} has pictures of ${site.shapes().length} shapes of page`);
}
