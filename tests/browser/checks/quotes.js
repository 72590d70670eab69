// Words that are copied as a quotation stand so in the source: nothing is between the quotation marks that nobody wrote.
// Every place of every text of the sample is looked at: it is led to, its button is pressed, and what would have been
// copied is looked for in the author's file, word by word.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openWindow } from '../browser.js';

const CONTENT = join(dirname(fileURLToPath(import.meta.url)), '../../../content');

// Fewer would mean that the check looks at nothing.
const FEWEST = 500;

export default {
    name: 'quotes',
    asks: 'are the words that a reader copies from a place the words of its author?',
    async all(site, browser) {
        const wrong = [];
        let seen = 0;
        const { page, context } = await openWindow(browser, site);
        for (const { path } of site.pages()) {
            const source = sourceOf(path);
            if (!source) continue;
            await page.goto(path, { waitUntil: 'load' });
            for (const { id, quotation } of await page.evaluate(quotations)) {
                seen += 1;
                if (!quotation) wrong.push(`${path}#${id}: nothing would be copied`);
                else if (!holds(source, quotation)) wrong.push(`${path}#${id}: nobody wrote “${quotation.slice(0, 200)}”`);
            }
        }
        await context.close();
        if (seen < FEWEST) wrong.push(`only ${seen} places were looked at`);
        return wrong;
    },
};

// Runs in the page: each place of the text, with what its third button would copy, without the citation.
function quotations() {
    const copied = [];
    Object.defineProperty(navigator, 'clipboard', {
        configurable: true,
        value: { writeText: (text) => (copied.push(text), Promise.resolve()) },
    });
    // Tables have their captions elsewhere, what is shown in place is somebody else's, and nobody cites what this program says of an edition.
    const places = [...document.querySelectorAll('main .prose [id]')].filter((place) =>
        !place.matches('span, sup *, [id^="page-"], .since') && !place.closest('.record-file, figure, .footnotes') && !place.querySelector('table, figure, .record-file'));
    return places.map(({ id }) => {
        location.replace(`#${encodeURIComponent(id)}`);
        dispatchEvent(new HashChangeEvent('hashchange'));
        const buttons = document.querySelectorAll('.cite-tools button');
        copied.length = 0;
        buttons[2]?.click();
        const [, quotation] = /^“([\s\S]*)” \(/.exec(copied[0] ?? '') ?? [];
        return { id, quotation };
    });
}

// The words of the file that a page is made of; nothing for a page that is made of several.
function sourceOf(path) {
    const name = decodeURIComponent(path).replace(/^\/|\/$/g, '');
    const file = [`${name}.md`, `pages/${name}.md`].map((file) => join(CONTENT, file)).find(existsSync);
    if (!file) return null;
    const text = readFileSync(file, 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '').replace(/<!--[\s\S]*?-->/g, '');
    return words(unmarked(text));
}

// Markdown without its marks. A reference without words of its own has the title of its target, which is not here.
function unmarked(text) {
    return text
        .replace(/!\[\[[^\]]*\]\]|!\[[^\]]*\]\([^)]*\)/g, ' ')
        .replace(/\[\[[^\]|]*\|([^\]]*)\]\]/g, '$1')
        .replace(/\[\[[^\]]*\]\]/g, ' \uE000 ')
        .replace(/\[\^[^\]]*\]/g, '')
        .replace(/\]\([^)]*\)/g, ']')
        .replace(/\[!\w+\]/g, ' ')
        .replace(/\{[.#a-z][^{}]*\}/g, '')
        .replace(/[*_`~\\]/g, '');
}

function words(text) {
    return text.match(/[\p{L}\p{N}]+|\uE000/gu) ?? [];
}

// Whether these words stand side by side in the source; the title of a target may have any words.
function holds(source, quotation) {
    const wanted = words(quotation);
    const follows = (at, next) => {
        while (next < wanted.length) {
            if (source[at] === '\uE000') {
                const rest = [];
                for (let after = next; after <= Math.min(next + 20, wanted.length); after += 1) rest.push(after);
                return rest.some((after) => follows(at + 1, after));
            }
            if (source[at] !== wanted[next]) return false;
            at += 1;
            next += 1;
        }
        return true;
    };
    return source.some((_, at) => follows(at, 0));
}
