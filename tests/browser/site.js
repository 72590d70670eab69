// A built site, served on this machine alone as a host would serve it that knows nothing of the site: without a header of
// its own, so that what protects readers is what the pages say themselves. Or, if `headers` is said, with those of its
// `_headers` file. And its pages: one of each kind and state, found from what the build itself publishes.
//
// Enters: a public folder. Leaves: an address to open, and a list of pages. Absent: any page's name.

import { createServer } from 'node:http';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, extname, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
    '.html': 'text/html; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.svg': 'image/svg+xml',
    '.json': 'application/json',
    '.xml': 'application/xml',
    '.txt': 'text/plain; charset=utf-8',
    '.pdf': 'application/pdf',
    '.png': 'image/png',
    '.jpg': 'image/jpeg',
    '.webp': 'image/webp',
};

export class Site {
    constructor(folder, { headers = false } = {}) {
        this.folder = folder;
        this.files = readdirSync(folder, { recursive: true })
            .map((name) => name.split(sep).join('/'))
            .filter((name) => statSync(join(folder, name)).isFile())
            .sort();
        this.rules = headers ? readRules(this.text('_headers')) : [];
        this.held = new Map();
    }

    text(name) {
        return readFileSync(join(this.folder, name), 'utf8');
    }

    bytes(name) {
        return readFileSync(join(this.folder, name));
    }

    // Listens on a free port of this machine; `close` ends it.
    async serve() {
        this.server = createServer((request, response) => this.answer(request, response));
        await new Promise((ready) => this.server.listen(0, '127.0.0.1', ready));
        this.origin = `http://127.0.0.1:${this.server.address().port}`;
        return this;
    }

    close() {
        this.server.closeAllConnections();
        this.server.close();
    }

    answer(request, response) {
        const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
        const name = path.endsWith('/') ? `${path}index.html` : path;
        const found = this.files.includes(name.slice(1));
        const file = found ? name.slice(1) : '404.html';
        response.statusCode = found ? 200 : 404;
        response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
        for (const [header, value] of headersOf(this.rules, path)) {
            response.setHeader(header, value);
        }
        const pieces = this.held.get(path);
        if (pieces) {
            this.held.delete(path);
            pieces.response = response;
            pieces.next();
            return;
        }
        const bytes = this.bytes(file);
        if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && /^(text|application|image\/svg)/.test(response.getHeader('Content-Type'))) {
            response.setHeader('Content-Encoding', 'gzip');
            response.end(gzipSync(bytes));
        } else {
            response.end(bytes);
        }
    }

    // Makes the next answer to a page come as over a slow line: its beginning, then a piece at each call of `next`. `left`
    // says how many are still to come.
    hold({ path, html }, count) {
        const cuts = cutsOf(html, count);
        const pieces = [0, ...cuts].map((cut, index) => html.slice(cut, cuts[index]));
        const held = {
            left: pieces.length,
            next() {
                held.left -= 1;
                held.response.write(pieces.shift());
                if (!pieces.length) held.response.end();
            },
        };
        this.held.set(path, held);
        return held;
    }

    // Every page for people: `{ path, file, html }`. A page that only leads on is none.
    pages() {
        this.all ??= this.files
            .filter((file) => file.endsWith('.html'))
            .map((file) => ({ file, path: `/${file}`.replace(/index\.html$/, ''), html: this.text(file) }))
            .filter((page) => !/<meta http-equiv="refresh"|\/leads-on\./.test(page.html));
        return this.all;
    }

    // What each document's address is: `kind`, or `kind, state`, from the open data of its kind.
    documents() {
        const known = new Map();
        for (const file of this.files.filter((file) => /^data\/[^/.]+\.json$/.test(file))) {
            const data = JSON.parse(this.text(file));
            // Of people there are tables of what they did, too.
            for (const document of data.documents ?? []) {
                const status = document.fields?.status;
                const words = [data.kind, document.state, typeof status === 'string' ? status : status?.text];
                const shape = words.filter((word) => word && word !== 'public').join(', ');
                const address = document.address && new URL(document.address);
                // A record that stands in another document's text has an address there, and no page.
                if (address && !address.hash) known.set(address.pathname, shape);
            }
        }
        return known;
    }

    // What is worth finding: every page that the sitemap names.
    listed() {
        const addresses = this.text('sitemap.xml').matchAll(/<loc>([^<]*)<\/loc>/g);
        return new Set([...addresses].map(([, address]) => new URL(address).pathname));
    }

    // One page of each shape, the longest, since it has most that can go wrong: `{ path, shape, … }`.
    shapes() {
        const [documents, listed] = [this.documents(), this.listed()];
        const kinds = new Set(this.files.map((file) => /^data\/([^/.]+)\.json$/.exec(file)?.[1]).filter(Boolean));
        const longest = new Map();
        for (const page of this.pages()) {
            const shape = shapeOf(page.path, documents, listed, kinds) + (page.html.includes('class="leave"') ? ', sensitive' : '');
            const other = longest.get(shape);
            if (!other || page.html.length > other.html.length) longest.set(shape, { ...page, shape });
        }
        return [...longest.values()].sort((a, b) => (a.shape < b.shape ? -1 : 1));
    }
}

// The home page, a kind and its state, a document that is gone, or the pattern of a list: `/…/year/#/`.
function shapeOf(path, documents, listed, kinds) {
    if (path === '/') return 'home';
    if (documents.has(path)) return documents.get(path);
    if (path.endsWith('.html')) return path;
    // What only leads on, and the search, is not worth finding; what else the sitemap does not name is gone.
    if (path === '/search/' || path.startsWith('/ref/')) return `/${path.split('/')[1]}/`;
    if (!listed.has(path)) return 'gone';
    const [first, ...rest] = path.split('/').slice(1, -1);
    const head = kinds.has(first) ? '…' : first;
    const tail = rest.map((part) => (/^\d+$/.test(part) ? '#' : /^(year|letter|page|month)$/.test(part) ? part : '…'));
    return `/${[head, ...tail].join('/')}/`;
}

// Where a page may be cut so that each piece has about as many bytes and begins with an element: what has come is seen
// by counting elements.
function cutsOf(html, count) {
    const [cuts, length] = [[], html.length / count];
    for (const { index } of html.matchAll(/<(?:article|aside|details|div|dl|footer|form|h[1-6]|li|main|nav|ol|p|section|table|tr|ul)\b/g)) {
        if (index > html.indexOf('<body') && index - (cuts.at(-1) ?? 0) >= length) cuts.push(index);
    }
    return cuts;
}

// `_headers`: a line with a path, then indented headers; `! Name` takes an earlier one away.
function readRules(text) {
    const rules = [];
    for (const line of text.split('\n')) {
        if (line.startsWith('#') || !line.trim()) continue;
        if (!/^\s/.test(line)) {
            const pattern = line.trim().split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
            rules.push({ path: new RegExp(`^${pattern}$`), headers: [] });
        } else {
            const [, taken, name, value] = /^\s*(?:! (\S+)|([^:]+): (.*))$/.exec(line);
            rules.at(-1).headers.push(taken ? [taken, null] : [name, value]);
        }
    }
    return rules;
}

function headersOf(rules, path) {
    const headers = new Map();
    for (const rule of rules.filter((rule) => rule.path.test(path))) {
        for (const [name, value] of rule.headers) {
            if (value === null) headers.delete(name);
            else headers.set(name, value);
        }
    }
    return headers;
}
