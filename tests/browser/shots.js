// Pictures of every shape of page, to be looked at by people: 360 and 1280 px, light and dark, and as printed.
//
//   node shots.js <public folder>
//
// Enters: the folder. Leaves: shots/<shape>-<how>.png, and the printed page as PDF; the folder is not committed.

import { mkdirSync, rmSync } from 'node:fs';
import { launch, openWindow, SCHEMES } from './browser.js';
import { Site } from './site.js';

const FOLDER = new URL('shots/', import.meta.url);
const WIDTHS = { phone: 360, desk: 1280 };

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
const site = await new Site(process.argv[2]).serve();
const browser = await launch();
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
await browser.close();
site.close();
console.log(`${FOLDER.pathname} has pictures of ${site.shapes().length} shapes of page`);
