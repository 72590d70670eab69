// What somebody hears who walks through a page by landmarks and headings (A9.11): the same as yesterday, or the change
// was meant. One file a shape in outlines/; UPDATE=1 writes them, and the diff is the review.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const FOLDER = new URL('../outlines/', import.meta.url);

export default {
    name: 'outline',
    asks: 'landmarks and headings are those in outlines/ (UPDATE=1 writes them)',
    reads: true,
    async look(page, { shape }) {
        const outline = await page.evaluate(read);
        const file = new URL(`${nameOf(shape.shape)}.txt`, FOLDER);
        if (process.env.UPDATE) {
            mkdirSync(FOLDER, { recursive: true });
            writeFileSync(file, `${outline.join('\n')}\n`);
            return [];
        }
        const known = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
        const came = outline.filter((line) => !known.includes(line)).map((line) => `new: ${line.trim()}`);
        const went = known.filter((line) => !outline.includes(line)).map((line) => `gone: ${line.trim()}`);
        const moved = !came.length && !went.length && known.join() !== outline.join() ? ['the same in another order'] : [];
        return [...came, ...went, ...moved];
    },
};

// `minutes, Agreed` → `minutes-agreed`; `/…/year/#/` → `any-year-number`.
function nameOf(shape) {
    const words = shape.replaceAll('…', 'any').replaceAll('#', 'number').match(/[A-Za-z0-9]+/g);
    return words.join('-').toLowerCase();
}

// Runs in the page: `main: heading 2 Decisions`, one line a landmark or heading, indented as they lie in one another.
// The words of the page itself, its title and the headings of its text, are the author's and are left out.
function read() {
    const LANDMARKS = { HEADER: 'banner', NAV: 'navigation', MAIN: 'main', ASIDE: 'complementary', FOOTER: 'contentinfo', SECTION: 'region', FORM: 'form', SEARCH: 'search' };
    const name = (element) => {
        const ids = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
        const words = ids.map((id) => document.getElementById(id)?.textContent.trim()).join(' ');
        return element.getAttribute('aria-label') ?? words;
    };
    const lines = [];
    const walk = (element, depth) => {
        const heading = /^H([1-6])$/.exec(element.tagName);
        if (heading) {
            const words = heading[1] === '1' ? '(the title)' : element.textContent.replace(/\s+/g, ' ').trim();
            lines.push(`${'  '.repeat(depth)}heading ${heading[1]}: ${words}`);
            return;
        }
        if (element.matches('.prose')) return;
        const landmark = LANDMARKS[element.tagName];
        // A section or form without a name is no landmark.
        const is = landmark && !(['region', 'form'].includes(landmark) && !name(element));
        if (is) lines.push(`${'  '.repeat(depth)}${landmark}${name(element) ? `: ${name(element)}` : ''}`);
        for (const child of element.children) walk(child, is ? depth + 1 : depth);
    };
    walk(document.body, 0);
    return lines;
}
