// The way out of a sensitive page: a link that works without scripts; with them Shift three times, or the link, covers the page at
// once and puts another one in its place, so that the way back leads past it. Nothing is asked of the real address.

import { openWindow } from '../browser.js';

export default {
    name: 'leave',
    asks: 'is there a way out of every sensitive page, without scripts too, that the history does not lead back through?',
    async all(site, browser) {
        const sensitive = site.pages().filter(({ html }) => html.includes('class="leave"'));
        if (!sensitive.length) return ['the site has no sensitive page to look at'];
        const wrong = [];
        for (const { path, html } of sensitive) {
            if (html.includes('og:image')) wrong.push(`${path}: a link to it shows a picture`);
            for (const [name, options, leave, way] of WAYS) {
                const said = await tried(site, browser, { path, options, leave, way });
                wrong.push(...said.map((what) => `${path} (${name}): ${what}`));
            }
        }
        return wrong;
    },
};

const shift = (times) => async (page) => {
    for (let time = 0; time < times; time += 1) await page.keyboard.press('Shift');
};

// What a reader does, and whether that leaves the page and takes it out of the history.
const WAYS = [
    ['without scripts', { javaScriptEnabled: false }, { leaves: true }, (page) => page.click('.leave a')],
    ['by the link', {}, { leaves: true, forgets: true }, (page) => page.click('.leave a')],
    ['by the keys, after the way past the menu', {}, { leaves: true, forgets: true }, async (page) => {
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
    }],
    ['Shift three times', {}, { leaves: true, forgets: true }, shift(3)],
    ['Shift twice', {}, { says: 'one' }, shift(2)],
    ['Shift once', {}, { says: 'two' }, shift(1)],
    ['capital letters', {}, { says: '' }, async (page) => {
        for (const letter of ['A', 'B', 'C']) await page.keyboard.press(`Shift+${letter}`);
    }],
    ['Shift too slowly', {}, { says: 'expired' }, async (page) => {
        await shift(2)(page);
        await page.clock.runFor(6000);
    }],
];

async function tried(site, browser, { path, options, leave, way }) {
    const { context, page } = await openWindow(browser, site, options);
    const wrong = [];
    try {
        let answer;
        await context.route((url) => url.origin !== site.origin, (route) => {
            answer = () => route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title>' });
        });
        let seen;
        await page.exposeFunction('folkmootCovered', (what) => (seen = what));
        await page.addInitScript(watch);
        if (leave.says) await page.clock.install();
        await page.goto('/');
        await page.goto(path);
        const heading = await page.locator('h1').innerText();
        if ((await page.title()).includes(heading)) wrong.push(`the history would have “${heading}”`);
        // A click ends when the other page is there, which it is when it was answered.
        const done = way(page);
        if (!leave.leaves) {
            await done;
            const { said, expected } = await page.evaluate((says) => {
                const box = document.querySelector('.leave');
                return { said: box.querySelector('[role="status"]').textContent, expected: says && box.dataset[says] };
            }, leave.says);
            if (said !== expected) wrong.push(`it says “${said}” and not “${expected}”`);
            if (answer) wrong.push('it left the page');
            return wrong;
        }
        await wait(() => answer);
        if (options.javaScriptEnabled !== false) {
            await wait(() => seen);
            if (seen.words.includes(heading)) wrong.push('the page is still seen while the other one comes');
            if (seen.role !== 'alert') wrong.push('a screen reader is not told that the page is left');
        }
        await Promise.all([answer(), done]);
        await page.waitForURL((url) => url.origin !== site.origin);
        if (leave.forgets) {
            await page.goBack();
            if (new URL(page.url()).pathname === path) wrong.push('the way back leads to the page');
        }
    } finally {
        await context.close();
    }
    return wrong;
}

// Runs in the page, since it answers nobody while another page is on its way: tells what is seen when it is covered.
function watch() {
    new MutationObserver(() => {
        const cover = document.querySelector('.leave-cover');
        if (cover) window.folkmootCovered({ words: document.body.innerText, role: cover.getAttribute('role') });
    }).observe(document, { childList: true, subtree: true });
}

// The run has a watchdog, which ends what never comes.
async function wait(condition) {
    while (!condition()) await new Promise((later) => setTimeout(later, 20));
}
