// The distribution's Chromium, and a page of a site opened in it as one reader would open it.
//
// Enters: a site, a path, a reader's settings. Leaves: a page, and what went wrong on it that no reader asked for:
// messages in the console, breaches of the page's own security policy, requests to anywhere else.

import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const FLAGS = [
    '--no-sandbox',
    '--headless=new',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--font-render-hinting=none',
];

export const chromiumPath = process.env.CHROMIUM ?? PLACES.find(existsSync);

// No answer is waited for longer than this: it ends a run that hangs, and no check depends on it.
const HANGS = 2 * 60 * 1000;

// No look at one page takes longer, nor one of the whole site: what a page itself is asked has no limit in Playwright, and
// a browser that has stopped answering would be waited for for ever. `LIMIT=1` (in seconds) tries it out.
const LIMIT = Number(process.env.LIMIT ?? 5 * 60) * 1000;

// Ends with `close`; the profile is new and gone afterwards.
export function launch() {
    return chromium.launch({ executablePath: chromiumPath, args: FLAGS, timeout: HANGS });
}

// Does one piece of work, which `what` names: the check and its page. If that does not end within `LIMIT`, says so and ends
// this program with 1; Playwright kills its browser when the program ends.
export async function watched(what, work) {
    const watchdog = setTimeout(() => {
        console.error(`✗ ${what}: no end after ${LIMIT / 1000} seconds. The browser was killed, and the run is given up`);
        process.exit(1);
    }, LIMIT);
    try {
        return await work();
    } finally {
        clearTimeout(watchdog);
    }
}

export const NARROW = { width: 320, height: 640 };
export const WIDE = { width: 1280, height: 800 };

// How somebody reads: settings of the browser, none of the page.
export const SCHEMES = {
    light: { colorScheme: 'light', forcedColors: 'none' },
    dark: { colorScheme: 'dark', forcedColors: 'none' },
    'forced colours': { colorScheme: 'dark', forcedColors: 'active' },
};

// A window of its own for one reader: `{ context, page, troubles, settled }`. `troubles` grows while the page is used;
// `settled` waits until nothing is on its way any more and what came is shown.
export async function openWindow(browser, site, options = {}) {
    const context = await browser.newContext({ baseURL: site.origin, viewport: WIDE, locale: 'en-GB', ...options });
    context.setDefaultTimeout(HANGS);
    const troubles = [];
    await context.exposeFunction('folkmootTrouble', (what) => troubles.push(what));
    await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
            window.folkmootTrouble(`the policy forbids ${event.violatedDirective}: ${event.blockedURI || event.sourceFile}`);
        });
    });
    const page = await context.newPage();
    page.on('console', (message) => troubles.push(`the console says: ${message.text()}`));
    page.on('pageerror', (error) => troubles.push(`a script failed: ${error.message}`));
    page.on('requestfailed', (request) => {
        // What was still on its way when the reader went on is nobody's fault.
        if (request.failure()?.errorText !== 'net::ERR_ABORTED') troubles.push(`not loaded: ${request.url()}`);
    });
    const onTheirWay = new Set();
    page.on('request', (request) => {
        onTheirWay.add(request);
        const url = new URL(request.url());
        if (url.protocol !== 'data:' && url.origin !== site.origin) troubles.push(`asked ${url.origin} for something`);
    });
    for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => onTheirWay.delete(request));
    const settled = async () => {
        do await page.evaluate(frames); while (onTheirWay.size);
    };
    return { context, page, troubles, settled };
}

// Runs in the page: ends when what the page is now has been shown.
export function frames() {
    return new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
}

// What axe-core finds with its usual rules, or with those of some tags: `{ violations, incomplete }`. Our pages have no
// frames, so that axe needs no more than to be there.
export async function runAxe(page, tags) {
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
    const options = { resultTypes: ['violations', 'incomplete'], ...(tags && { runOnly: tags }) };
    return page.evaluate(async (options) => {
        const { violations, incomplete } = await window.axe.run(options);
        return { violations, incomplete };
    }, options);
}

// Puts on the style that a reader brings along, in place of the last one. The policy of the site does not bind it.
export function wear(page, css) {
    return page.evaluate((css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet];
    }, css);
}

// The same look for several readers in turn; what several of them would see is said once, with who they are.
// `readers` is an object: a name, and what `look` is given.
export async function forEach(readers, look) {
    const seen = new Map();
    for (const [name, reader] of Object.entries(readers)) {
        for (const what of new Set(await look(reader))) seen.set(what, [...(seen.get(what) ?? []), name]);
    }
    const all = Object.keys(readers).length;
    return [...seen].map(([what, names]) => (names.length === all ? what : `${what} [${names.join('; ')}]`));
}
