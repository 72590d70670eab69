// Words need room (A9.3 to A9.5): on 320 px, which is also 1280 px at 400 %; with the reader's own size of type at
// 200 %; with the spacing that WCAG 1.4.12 grants. Nothing scrolls sideways but what may, nothing is cut off, and no
// two texts lie on one another.

import { forEach, wear } from '../browser.js';

const SPACING = `
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
`;
const LARGE = 'html { font-size: 200% !important; }';

const READERS = {
    '320 px': { width: 320, height: 256 },
    '320 px, wide spacing': { width: 320, height: 256, style: SPACING },
    '640 px, text at 200 %': { width: 640, height: 800, style: LARGE },
    '768 px': { width: 768, height: 1024 },
    '1280 px': { width: 1280, height: 800 },
    '1280 px, wide spacing': { width: 1280, height: 800, style: SPACING },
    '1280 px, text at 200 %': { width: 1280, height: 800, style: LARGE },
};

export default {
    name: 'room',
    asks: 'no sideways scrolling, nothing cut off, nothing on another: narrow, 400 %, text at 200 %, wide spacing',
    async look(page) {
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
        return forEach(READERS, async ({ width, height, style }) => {
            await page.setViewportSize({ width, height });
            await wear(page, style ?? '');
            return page.evaluate(measure);
        });
    },
};

// Runs in the page.
function measure() {
    const wrong = [];
    const root = document.documentElement;
    const show = (element) => element.outerHTML.slice(0, 90).replace(/\s+/g, ' ');
    const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    const unseen = (element) => element.closest('.unseen, .skip') || !element.checkVisibility();
    if (root.scrollWidth > root.clientWidth) {
        const widest = [...document.body.querySelectorAll('*')].filter((element) => {
            for (let place = element; place; place = place.parentElement) if (scrolls(place)) return false;
            return element.getBoundingClientRect().right > root.clientWidth + 1;
        });
        wrong.push(`the page scrolls sideways, for ${widest.length ? show(widest.at(-1)) : 'no element that can be seen'}`);
    }
    for (const element of document.body.querySelectorAll('*')) {
        const style = getComputedStyle(element);
        if (unseen(element) || style.display === 'inline' || element instanceof SVGElement) continue;
        const cutWide = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
        const cutHigh = /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
        if (cutWide || cutHigh) wrong.push(`${show(element)} is cut off`);
    }
    // Lines of text, each as its box: no two of different elements may share more than a hair.
    const lines = [];
    // What a box that scrolls does not show at the moment lies on nothing.
    const shown = (box, element) => {
        for (let place = element; place; place = place.parentElement) {
            if (!/auto|scroll/.test(getComputedStyle(place).overflowY)) continue;
            const around = place.getBoundingClientRect();
            if (box.top >= around.bottom || box.bottom <= around.top) return false;
        }
        return true;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        if (!text.data.trim() || unseen(text.parentElement) || text.parentElement.closest('script, style, [hidden]')) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        const half = parseFloat(getComputedStyle(text.parentElement).fontSize) / 2;
        for (const box of range.getClientRects()) {
            // The letters, not the line: what stands above and below them may touch.
            const middle = (box.top + box.bottom) / 2;
            if (box.width > 2 && shown(box, text.parentElement)) lines.push({ text, left: box.left, right: box.right, top: middle - half / 2, bottom: middle + half / 2 });
        }
    }
    lines.sort((one, other) => one.top - other.top);
    for (let at = 0; at < lines.length; at += 1) {
        for (let next = at + 1; next < lines.length && lines[next].top < lines[at].bottom - 2; next += 1) {
            const [one, other] = [lines[at], lines[next]];
            const shared = Math.min(one.right, other.right) - Math.max(one.left, other.left);
            if (shared > 2 && one.text !== other.text) wrong.push(`“${one.text.data.trim().slice(0, 40)}” and “${other.text.data.trim().slice(0, 40)}” lie on one another`);
        }
    }
    return [...new Set(wrong)].slice(0, 5);
}
