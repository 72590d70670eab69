// The form that finds an area by postcode: with scripts it says where each postcode lies and asks for nothing but the list of those that
// begin alike; without scripts there is no form, and the list of areas is there.

import assert from 'node:assert/strict';
import { openWindow } from '../browser.js';

const FORM = '.find-area';

export default {
    name: 'areas',
    asks: 'does the form find the area of a postcode, tell nobody which one it was, and leave the list of areas to whoever has no scripts?',
    async all(site, browser) {
        const pages = site.pages().filter(({ html }) => html.includes('class="find-area'));
        const shard = site.files.find((name) => name.startsWith('postcodes/'));
        if (!pages.length || !shard) return ['the site has no form that finds an area'];
        const [area] = JSON.parse(site.text(shard));
        const first = shard.slice('postcodes/'.length, -'.json'.length);
        const known = first + area.rest.split(' ')[0].toLowerCase();
        const wrong = [];
        for (const { path } of pages) {
            for (const [what, run] of Object.entries(tries({ known, shard, area }))) {
                await run(site, browser, path).catch((error) => wrong.push(`${path}, ${what}: ${error.message}`));
            }
        }
        return wrong;
    },
};

const tries = ({ known, shard, area }) => ({
    async 'a postcode that is known'(site, browser, path) {
        await typed(site, browser, { path, text: ` ${known} ` }, async ({ page, asked }) => {
            await page.waitForSelector(`${FORM} [role="status"] a`);
            const links = await page.locator(`${FORM} [role="status"] a`).evaluateAll((all) => all.map((link) => link.getAttribute('href')));
            assert.ok(links.includes(area.href), links.join());
            assert.deepEqual(asked, [`/${shard}`]);
        });
    },
    async 'a postcode that no area has'(site, browser, path) {
        await typed(site, browser, { path, text: 'zz9 9zz' }, async ({ page, asked, words }) => {
            assert.equal(await said(page), words.unknown.replace('{}', 'ZZ9 9ZZ'));
            assert.deepEqual(asked, []);
        });
    },
    async 'no postcode'(site, browser, path) {
        await typed(site, browser, { path, text: '<b>x' }, async ({ page, asked, words }) => {
            assert.equal(await said(page), words.wrong.replace('{}', '<b>x'));
            assert.equal(await page.locator(`${FORM} input`).getAttribute('aria-invalid'), 'true');
            assert.equal(await page.evaluate(() => document.activeElement.name), 'postcode');
            assert.deepEqual(asked, []);
        });
    },
    async 'nothing typed'(site, browser, path) {
        await typed(site, browser, { path, text: '' }, async ({ page, words }) => assert.equal(await said(page), words.empty));
    },
    async 'without scripts'(site, browser, path) {
        const { context, page } = await openWindow(browser, site, { javaScriptEnabled: false });
        await page.goto(path);
        assert.equal(await page.locator(FORM).isVisible(), false);
        assert.ok((await page.locator('main a[href*="/areas/"]').count()) > 0);
        await context.close();
    },
});

const said = (page) => page.locator(`${FORM} [role="status"]`).innerText();

// Types into the form and sends it; `asked` is what the page fetches from then on.
async function typed(site, browser, { path, text }, look) {
    const { context, page } = await openWindow(browser, site, {});
    try {
        await page.goto(path);
        const asked = [];
        page.on('request', (request) => request.resourceType() === 'fetch' && asked.push(new URL(request.url()).pathname));
        await page.fill(`${FORM} input`, text);
        await page.press(`${FORM} input`, 'Enter');
        const words = await page.locator(FORM).evaluate((form) => ({ ...form.dataset }));
        await look({ page, asked, words });
    } finally {
        await context.close();
    }
}
