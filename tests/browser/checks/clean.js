// Nothing from any other origin, nothing that the page's own policy forbids, nothing in the console, nothing moving
// for somebody who asked for rest, and nothing that jumps while the page loads (A9.7, A9.10).
//
// How much jumps depends on what is shown before all has come. On a quick machine that is nothing, and on a busy one
// chance decides. So the page comes in pieces here, and the next piece only when the last one is shown: it is what
// somebody sees on a slow line, and the same on every machine.

import { frames } from '../browser.js';

const PIECES = 8;

// The sum of all shifts of a page, as web.dev/cls counts them: how much of the window moves, times how far. Up to 0.1 is
// "good" there. This is a tenth of it: a quarter of the window that moves by one line of text. Not zero, since in lists
// and tables that are not there as a whole a word may move by some points when the next one comes beside it.
const MOST = 0.01;

export default {
    name: 'clean',
    asks: 'no other origin, no console message, no breach of the policy, no shift, no motion that was declined',
    media: { reducedMotion: 'reduce' },
    reads: true,
    async load(page, shape, { site, window }) {
        const held = site.hold(shape, PIECES);
        await page.goto(shape.path, { waitUntil: 'commit' });
        for (let seen = await shown(page, 0); held.left; seen = await shown(page, seen)) held.next();
        await page.waitForLoadState('load');
        await window.settled();
    },
    async look(page, { troubles }) {
        const { moving, shifts } = await page.evaluate(read);
        const wrong = [...troubles];
        if (moving) wrong.push(`${moving} things move`);
        const sum = shifts.reduce((sum, { value }) => sum + value, 0);
        if (sum > MOST) wrong.push(`things jump while the page loads (${sum.toFixed(3)}): ${shifts.flatMap(({ what }) => what).slice(0, 3).join('; ')}`);
        return wrong;
    },
};

// Waits until more than `before` elements are there and shown, or all of the page is; returns how many there are.
async function shown(page, before) {
    await page.waitForFunction((before) => document.all.length > before || document.readyState !== 'loading', before);
    await page.evaluate(frames);
    return page.evaluate(() => document.all.length);
}

// Runs in the page.
function read() {
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: 'layout-shift', buffered: true });
    const show = ({ node, previousRect: from, currentRect: to }) => {
        const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        const name = element?.outerHTML.slice(0, 70).replace(/\s+/g, ' ') ?? 'something that is gone';
        return `${name} from ${from.x},${from.y} (${from.width} × ${from.height}) to ${to.x},${to.y} (${to.width} × ${to.height})`;
    };
    const shifts = observer.takeRecords().map((entry) => ({ value: entry.value, what: entry.sources.map(show) }));
    return { moving: document.getAnimations().length, shifts };
}
