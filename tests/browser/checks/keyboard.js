// The Tab key through the whole page (A9.2): the way past the menu comes first and leads into the main part; every
// stop is in view, uncovered, has a name and shows that it has the focus; the order is that of the page, and back
// again the same; nothing holds the reader fast.

import { forEach, NARROW, SCHEMES, WIDE } from '../browser.js';

// The way past the menu, the name of the site, two of the search, eleven of the sample's menu, four of the longest trail.
const MOST_BEFORE_MAIN = 19;

// The way back is that of the elements, which no width or colour changes: it is gone once.
const READERS = {
    'light, 1280 px': { media: SCHEMES.light, viewport: WIDE, back: true },
    'forced colours, 320 px': { media: SCHEMES['forced colours'], viewport: NARROW },
};

export default {
    name: 'keyboard',
    asks: 'every stop of the Tab key is named, in view and marked, in the order of the page',
    async look(page, { shape, site }) {
        const session = await page.context().newCDPSession(page);
        const keys = new Keys(page, session);
        const wrong = [...(await skips(page)), ...(await nameless(session))];
        wrong.push(...(await forEach(READERS, async (reader) => {
            await page.emulateMedia(reader.media);
            await page.setViewportSize(reader.viewport);
            await page.goto(shape.path);
            return rounds(page, keys, reader, marks(site, reader));
        })));
        await session.detach();
        return wrong;
    },
};

// The sorts of stops of a site whose mark one of the readers has looked at: the same part of the same template looks
// the same on every page.
const looked = new WeakMap();
function marks(site, reader) {
    if (!looked.has(site)) looked.set(site, new Map());
    const sorts = looked.get(site);
    return sorts.get(reader) ?? sorts.set(reader, new Set()).get(reader);
}

// There, and back again.
async function rounds(page, keys, { back: goesBack }, known) {
    const wrong = [];
    const stops = await walk(keys, 'forwards', wrong);
    const before = stops.findIndex((stop) => stop.inMain);
    if (before > MOST_BEFORE_MAIN) wrong.push(`${before} stops before the main part`);
    const order = stops.map((stop) => stop.place);
    if (order.some((place, index) => index && place < order[index - 1])) wrong.push('the order of stops is not that of the page');
    if (goesBack) {
        await page.evaluate((place) => document.querySelectorAll('*')[place].focus(), order.at(-1));
        const back = (await walk(keys, 'backwards', [], order.at(-1))).map((stop) => stop.place).reverse();
        if (back.join() !== order.slice(0, -1).join()) wrong.push('the way back has other stops than the way there');
    }
    const sorts = new Map(stops.filter(({ sort }) => !known.has(sort)).map((stop) => [stop.sort, stop]));
    for (const sort of sorts.keys()) known.add(sort);
    return wrong.concat(await unmarked(page, [...sorts.values()]));
}

// What can have the focus and has no name, as a screen reader would say it.
async function nameless(session) {
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const can = (node) => node.properties?.some(({ name, value }) => name === 'focusable' && value.value);
    const silent = nodes.filter((node) => !node.ignored && can(node) && !node.name?.value?.trim());
    // The document itself and the main part can have it too; they are read, not called.
    const read = ['RootWebArea', 'main'];
    return silent.filter((node) => !read.includes(node.role.value)).map((node) => `a ${node.role.value} has no name`);
}

// The first stop leads past the menu.
async function skips(page) {
    await page.keyboard.press('Tab');
    const first = await page.evaluate(() => document.activeElement.getAttribute('href'));
    if (!first?.startsWith('#')) return [`the first stop is no way past the menu but ${first}`];
    await page.keyboard.press('Enter');
    const landed = await page.evaluate(() => document.activeElement.tagName);
    if (landed !== 'MAIN') return [`the way past the menu leads to ${landed}`];
    await page.keyboard.press('Tab');
    const next = await page.evaluate(() => {
        const [next, main] = [document.activeElement, document.querySelector('main')];
        return next === document.body || main.contains(next) || !!(main.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING);
    });
    return next ? [] : ['the stop after the way past the menu lies before the main part'];
}

// Presses the key until the focus leaves the page, or is where it began: without a window around the page, Chromium
// sometimes goes round once. What is wrong with a stop goes to `wrong`.
async function walk(keys, way, wrong, from) {
    const stops = [];
    await keys.listen();
    while (stops.length < 2000) {
        const next = await keys.press(way);
        if (!next.length) return stops;
        for (const stop of next) {
            if (!stop || stop.place === (from ?? stops[0]?.place)) return stops;
            stops.push(stop);
            if (!stop.inView) wrong.push(`${stop.what} has the focus and is out of view`);
            else if (stop.covered) wrong.push(`${stop.what} has the focus and is covered by ${stop.covered}`);
        }
    }
    wrong.push('the Tab key never leaves the page');
    return stops;
}

// The Tab key, pressed many times in a row without waiting for an answer each time, which costs more than the key.
// What the page looks like is looked at when the key goes up: the focus has moved then, and the page has scrolled to it.
class Keys {
    constructor(page, session) {
        Object.assign(this, { page, session });
    }

    listen() {
        return this.page.evaluate(`window.stops = []; window.onkeyup = () => window.stops.push((${look})());`);
    }

    // The stops of the next 20 times. A key that goes to the browser's own window has none.
    async press(way) {
        const key = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9, modifiers: way === 'backwards' ? 8 : 0 };
        const send = (type) => this.session.send('Input.dispatchKeyEvent', { type, ...key });
        await Promise.all(Array.from({ length: 20 }, () => [send('rawKeyDown'), send('keyUp')]).flat());
        return this.page.evaluate(() => window.stops.splice(0));
    }
}

// What has the focus; nothing if it left the page. Runs in the page.
function look() {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const all = [...document.querySelectorAll('*')];
    // A link over two lines is where its first line is.
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    // What is taller than the window is looked at where it can be seen.
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const [x, y] = [box.left + Math.min(box.width / 2, 8), top < bottom ? (top + bottom) / 2 : box.top];
    const inView = box.width > 0 && x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
    const above = inView ? document.elementFromPoint(x, y) : null;
    const covered = above && !element.contains(above) && !above.contains(element) ? above.outerHTML.slice(0, 60) : null;
    const path = [];
    for (let place = element; place; place = place.parentElement) path.push(`${place.tagName}.${place.className}`);
    return {
        place: all.indexOf(element),
        what: element.outerHTML.slice(0, 90),
        sort: path.join(' < '),
        inMain: !!element.closest('main'),
        inView,
        covered,
    };
}

// Of each stop the picture with the focus differs from the one without, by more than a hair line.
async function unmarked(page, stops) {
    const wrong = [];
    for (const stop of stops) {
        const element = (await page.evaluateHandle((place) => document.querySelectorAll('*')[place], stop.place)).asElement();
        const shown = async (focus) => {
            const box = await element.evaluate((element, focus) => {
                // What is hidden until it has the focus is seen where it is then.
                element.focus({ focusVisible: true });
                const { left, top, width, height } = element.getClientRects()[0] ?? element.getBoundingClientRect();
                if (!focus) element.blur();
                return { x: Math.max(0, left - 8), y: Math.max(0, top - 8), width: width + 16, height: height + 16 };
            }, focus);
            return page.screenshot({ clip: box, animations: 'disabled' });
        };
        const [focused, plain] = [await shown(true), await shown(false)];
        const changed = await differs(page, focused, plain);
        if (changed < 100) wrong.push(`${stop.what} hardly shows that it has the focus (${changed} points)`);
    }
    return wrong;
}

// How many points of two pictures differ so that an eye sees it. The browser reads its own pictures.
function differs(page, one, other) {
    return page.evaluate(async (pictures) => {
        const points = await Promise.all(pictures.map(async (bytes) => {
            const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], { type: 'image/png' }));
            const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
            canvas.drawImage(bitmap, 0, 0);
            return canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
        }));
        let changed = 0;
        for (let at = 0; at < points[0].length; at += 4) {
            const distance = [0, 1, 2].reduce((sum, part) => sum + Math.abs(points[0][at + part] - points[1][at + part]), 0);
            if (distance > 120) changed += 1;
        }
        return changed;
    }, [one.toString('base64'), other.toString('base64')]);
}
