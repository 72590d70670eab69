// What a page weighs over the wire, its styles and scripts included: within the budget (A8). The script of the search has
// a budget of its own, since only the page of the search asks for it; it grew from 29 KB by words that are near to those
// that were typed and by questions of which no page has all words.

import { gzipSync } from 'node:zlib';

const BUDGET = { page: 30_000, style: 10_000, script: 4_000, search: 31_500 };

export default {
    name: 'weight',
    asks: `every page with its style and script is at most ${BUDGET.page / 1000} KB gzipped`,
    all(site) {
        const sizes = new Map();
        const size = (name) => {
            if (!sizes.has(name)) sizes.set(name, gzipSync(site.bytes(name), { level: 6 }).length);
            return sizes.get(name);
        };
        const lines = new Set();
        let heaviest = { total: 0 };
        for (const page of site.pages()) {
            const styles = names(page.html, /<link rel="stylesheet" href="\/([^"]+)"/g);
            const all = names(page.html, /<script[^>]* src="\/([^"]+)"/g);
            const [search, scripts] = [true, false].map((wanted) => all.filter((name) => name.includes('assets/search.') === wanted));
            const sum = (files) => files.reduce((total, file) => total + size(file), 0);
            const total = size(page.file) + sum(styles) + sum(scripts);
            if (total > heaviest.total) heaviest = { total, page };
            if (sum(styles) > BUDGET.style) lines.add(`the style weighs ${sum(styles)} bytes`);
            if (sum(scripts) > BUDGET.script) lines.add(`the scripts weigh ${sum(scripts)} bytes`);
            if (sum(search) > BUDGET.search) lines.add(`the script of the search weighs ${sum(search)} bytes`);
            if (total > BUDGET.page) lines.add(`${page.path} weighs ${total} bytes`);
        }
        console.log(`    the heaviest is ${heaviest.page.path} with ${heaviest.total} bytes`);
        return [...lines];
    },
};

function names(html, pattern) {
    return [...html.matchAll(pattern)].map(([, name]) => name);
}
