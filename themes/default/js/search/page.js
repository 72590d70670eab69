// The page of the search: what is typed and chosen becomes a question, its answer becomes headings and links. What it
// asks stands in the address, so that it can be sent on and the back button goes back. Texts are only ever put into the
// page as texts.

// So long after the last key the answer is shown, and so long after it is said how much was found.
const PAUSE = 150;
const SETTLED = 700;
// Pages shown at first and with each "more"; values of one facet.
const SHOWN = 10;
// An answer takes so many requests, and 150,000 bytes (the text of a page about 6,500), unless this leaves room for fewer pages than
// are shown at least.
const MOST_REQUESTS = 15;
const SHOWN_AT_LEAST = 3;
const VALUES = 8;

function start() {
    const form = document.getElementById('search-form');
    const words = {};
    for (const word of document.getElementById('search-words').content.children) words[word.dataset.key] = word.textContent;
    new Page(form, words).begin();
}

class Page {
    constructor(form, words) {
        this.form = form;
        this.words = words;
        this.field = document.getElementById('search-field');
        this.answer = document.getElementById('search-answer');
        this.status = document.getElementById('search-status');
        this.notes = document.getElementById('search-notes');
        this.found = document.getElementById('search-found');
        this.lists = document.getElementById('search-lists');
        this.facets = new Facets(document.getElementById('search-facets'), words, () => this.choose());
        this.search = new Search(new Files(fetchFrom(form.dataset.index)));
        // Counts questions, so that an answer that comes late is dropped.
        this.asked = 0;
        // The question whose answer is shown without counts; null if there is none.
        this.uncounted = null;
        // Whether the entry of the history is one that was typed and not yet left.
        this.typing = false;
        this.shown = SHOWN;
        this.title = document.title;
    }

    begin() {
        document.getElementById('search-why').remove();
        const narrow = document.getElementById('search-narrow');
        narrow.open = window.matchMedia('(min-width: 66rem)').matches;
        // What can be chosen is counted where somebody sees it.
        narrow.addEventListener('toggle', () => narrow.open && this.count());
        this.form.addEventListener('submit', (event) => {
            event.preventDefault();
            this.settle();
        });
        this.field.addEventListener('input', (event) => {
            // The words of somebody who writes with a composing keyboard are not words yet.
            if (!event.isComposing) this.type();
        });
        this.field.addEventListener('compositionend', () => this.type());
        this.field.addEventListener('focus', () => this.search.warm(), { once: true });
        window.addEventListener('popstate', () => this.restore());
        this.restore();
    }

    // What the address and the history say.
    restore() {
        clearTimeout(this.pause);
        this.typing = false;
        const state = new URLSearchParams(location.search);
        this.field.value = (state.get('q') || '').slice(0, this.field.maxLength);
        this.facets.read(state);
        this.shown = (history.state && history.state.shown) || SHOWN;
        this.run(0);
    }

    type() {
        clearTimeout(this.pause);
        this.status.textContent = '';
        this.pause = setTimeout(() => {
            this.remember(!this.typing);
            this.typing = true;
            this.run(SETTLED - PAUSE);
        }, PAUSE);
    }

    // Enter, or the button.
    settle() {
        clearTimeout(this.pause);
        this.remember(!this.typing);
        this.typing = false;
        this.run(0);
    }

    // A filter or the order was chosen.
    choose() {
        this.remember(true);
        this.typing = false;
        this.run(0);
    }

    // Writes the question into the address: as a new entry of the history, or in the place of the one that is there.
    remember(anew) {
        this.shown = SHOWN;
        const state = new URLSearchParams();
        const query = this.field.value.trim();
        if (query !== '') state.set('q', query);
        this.facets.write(state);
        const text = state.toString();
        const address = location.pathname + (text === '' ? '' : `?${text}`);
        if (address === location.pathname + location.search) return;
        if (anew) history.pushState({ shown: SHOWN }, '', address);
        else history.replaceState({ shown: SHOWN }, '', address);
    }

    // Asks, and shows the answer if nothing else was asked meanwhile.
    async run(quiet) {
        this.asked += 1;
        const asked = this.asked;
        const query = this.field.value.trim();
        document.title = query === '' ? this.title : `${short(query)} – ${this.title}`;
        clearTimeout(this.saying);
        if (query === '') {
            this.showNothing();
            return;
        }
        const waiting = setTimeout(() => asked === this.asked && this.say(this.words.wait), 1000);
        try {
            const { answer, pages } = await this.answered(query);
            if (asked !== this.asked) return;
            clearTimeout(waiting);
            this.show(query, answer, pages);
            this.count();
            this.saying = setTimeout(() => this.say(this.counted(query, answer)), quiet);
        } catch (error) {
            if (asked !== this.asked) return;
            clearTimeout(waiting);
            this.fail(error);
        }
    }

    // Files may be gone because the site was published anew while the page was open.
    async answered(query, again = true) {
        try {
            // What is found comes first; on a small page nobody may ask for the counts.
            const { count, bytes } = this.search.files;
            const answer = await this.search.ask(query, this.facets.chosen, this.facets.latest, false);
            const { files } = this.search;
            const room = Math.max(SHOWN_AT_LEAST, Math.min(MOST_REQUESTS - files.count + count, ((150000 - files.bytes + bytes) / 6500) | 0));
            return { answer, pages: await this.search.show(answer, 0, this.shown > SHOWN ? this.shown : Math.min(SHOWN, room)) };
        } catch (error) {
            if (again && error instanceof IndexError && error.reached && (await this.search.renewed())) return this.answered(query, false);
            throw error;
        }
    }

    // Counts what the answer that is shown can be narrowed to, if that is seen.
    async count() {
        const { asked, uncounted } = this;
        if (uncounted === null || !this.facets.narrow.open) return;
        this.uncounted = null;
        try {
            const answer = await this.search.ask(uncounted, this.facets.chosen, this.facets.latest);
            if (asked === this.asked) this.facets.show(answer);
        } catch (error) {
            if (asked === this.asked) this.fail(error);
        }
    }

    // Says it once: what stands there already is not said again.
    say(text) {
        if (this.status.textContent !== text) this.status.textContent = text;
    }

    counted(query, answer) {
        const { one, many, none, partly } = this.words;
        const text = answer.total === 0 ? none : answer.partly ? partly : answer.total === 1 ? one : many;
        return fill(text, { total: grouped(answer.total, this.words.thousands), query: short(query) });
    }

    showNothing() {
        this.status.textContent = '';
        this.answer.hidden = true;
        this.lists.hidden = false;
        this.found.textContent = '';
        this.notes.textContent = '';
    }

    fail(error) {
        // A mistake of this script is for its makers; the reader hears that the search cannot be used.
        if (!(error instanceof IndexError)) console.error(error);
        this.answer.hidden = false;
        this.lists.hidden = false;
        this.found.textContent = '';
        this.facets.hide();
        this.notes.textContent = '';
        const reached = !(error instanceof IndexError) || error.reached;
        this.say(reached ? fill(this.words.broken, { file: error.file || '' }).replace(/ {2,}/g, ' ') : this.words.unreachable);
        const again = element('button', { type: 'button', className: 'plain' }, this.words.again);
        again.addEventListener('click', () => {
            this.field.focus();
            this.run(0);
        });
        this.notes.append(again);
    }

    show(query, answer, pages) {
        this.answer.hidden = false;
        this.lists.hidden = answer.total > 0;
        this.notes.textContent = '';
        this.notes.append(...this.notesOf(answer));
        this.uncounted = answer.facets === null && answer.total > 0 ? query : null;
        this.facets.show(answer);
        this.found.textContent = '';
        if (answer.total > 0) this.list(answer, pages);
        this.found.append(...this.alone(answer));
        if (answer.total === 0) this.found.append(document.getElementById('search-tips').content.cloneNode(true));
    }

    notesOf({ notes }) {
        const say = (text, values) => element('p', {}, fill(text, values));
        const comma = this.words.comma;
        const [stop, cut] = [false, true].map((long) => notes.leftOut.filter((one) => Boolean(one.long) === long).map(({ typed }) => short(typed)));
        return [
            ...notes.corrected.map(({ typed, word }) => say(this.words.corrected, { typed, word })),
            ...notes.missing.map((word) => say(this.words.missing, { word })),
            ...notes.concepts.map((name) => say(this.words.concept, { name })),
            ...(notes.also.length > 0 ? [say(this.words.also, { words: notes.also.join(comma) })] : []),
            ...(stop.length > 0 ? [say(this.words.stop, { words: stop.join(comma) })] : []),
            ...(cut.length > 0 ? [say(this.words.cut, { words: cut.join(' ') })] : []),
        ];
    }

    // What each thing finds by itself, where nothing has everything.
    alone({ alone }) {
        if (alone.length === 0) return [];
        const rows = alone.map(({ typed, pages }) => {
            const link = element('a', { href: `${location.pathname}?${new URLSearchParams({ q: typed })}` }, short(typed));
            return element('li', {}, link, ' ', element('span', { className: 'count' }, grouped(pages, this.words.thousands)));
        });
        return [element('h2', {}, this.words.alone), element('ul', {}, ...rows)];
    }

    list(answer, pages) {
        const list = element('ol', { className: 'cards', role: 'list' });
        this.year = '';
        list.append(...this.cards(pages));
        this.found.append(list);
        if (answer.total > pages.length) this.found.append(this.more(answer, list));
    }

    more(answer, list) {
        const button = element('button', { type: 'button', className: 'plain more' }, this.words.more);
        button.addEventListener('click', async () => {
            const asked = this.asked;
            const from = list.children.length;
            try {
                const pages = await this.search.show(answer, from, from + SHOWN);
                if (asked !== this.asked) return;
                list.append(...this.cards(pages));
                this.shown = list.children.length;
                history.replaceState({ shown: this.shown }, '');
                list.children[from].querySelector('a').focus();
                if (this.shown >= answer.total) button.remove();
            } catch (error) {
                if (asked === this.asked) this.fail(error);
            }
        });
        return button;
    }

    // Pages with their places; the latest first, each year begins with its number.
    cards(pages) {
        return pages.map((page) => {
            const [card, year] = [this.card(page), this.facets.latest ? page.iso.slice(0, 4) : ''];
            if (year !== this.year && year !== '') card.prepend(element('p', { className: 'year' }, year));
            this.year = year;
            return card;
        });
    }

    // A page with its places.
    card(page) {
        const card = element('li', { className: 'card found' });
        const address = this.form.dataset.home.replace(/\/$/, '') + page.address.split('/').map(encodeURIComponent).join('/');
        if (page.date !== '') {
            const day = page.iso === '' ? page.date : element('time', { dateTime: page.iso }, page.date);
            card.append(element('p', { className: 'card-day in-margin' }, day));
        }
        const title = element('h2', { className: 'card-title' }, element('a', { href: address }, page.title));
        if (page.status !== '') title.append(' ', element('span', { className: 'status' }, page.status));
        card.append(title);
        const [own, inside] = [page.hits.filter((hit) => hit.anchor === ''), page.hits.filter((hit) => hit.anchor !== '')];
        const facts = [page.kind, ...own.map((hit) => hit.label), page.body].filter(Boolean);
        if (facts.length > 0) {
            card.append(element('p', { className: 'card-facts' }, ...facts.map((fact) => element('span', {}, fact))));
        }
        card.append(...own.filter((hit) => hit.excerpt.length > 0).map(excerpt));
        if (inside.length > 0) {
            const places = inside.map((hit) => this.hit(page, address, hit));
            card.append(element('ul', { className: 'hits bare', role: 'list' }, ...places));
        }
        if (page.lacks.length > 0) card.append(element('p', { className: 'count' }, fill(this.words.lacks, { words: page.lacks.map(short).join(this.words.comma) })));
        if (page.more > 0) {
            const text = page.more === 1 ? this.words.hit : fill(this.words.hits, { total: grouped(page.more, this.words.thousands) });
            card.append(element('p', { className: 'count' }, text));
        }
        return card;
    }

    // A place: its number, the headings above it, what it is, and its words.
    hit(page, address, hit) {
        const link = element('a', { href: `${address}#${encodeURIComponent(hit.anchor)}` });
        const path = [...hit.path, hit.label].filter(Boolean);
        if (hit.heading) link.append(...path.map((part) => part + this.words.above), ...marked(hit.excerpt));
        else if (path.length > 0) link.append(path.join(this.words.above));
        // In a list of links alone, such a name would stand many times.
        else link.append(hit.record || this.words.place, element('span', { className: 'unseen' }, `${this.words.comma}${page.title}`));
        const place = element('h3', {}, link);
        if (hit.record !== '' && path.length > 0) place.append(' ', element('span', { className: 'status' }, hit.record));
        return element('li', {}, place, ...(hit.heading || hit.excerpt.length === 0 ? [] : [excerpt(hit)]));
    }
}

function excerpt(hit) {
    return element('p', { className: 'card-summary' }, ...marked(hit.excerpt));
}

function marked(pieces) {
    return pieces.map((piece) => (piece.marked ? element('mark', {}, piece.text) : piece.text));
}

// The lists of values to choose from, and the order.
class Facets {
    constructor(place, words, chosen) {
        this.place = place;
        this.narrow = document.getElementById('search-narrow');
        this.words = words;
        this.onChoose = chosen;
        // Key of a facet → the keys of its values that were chosen.
        this.chosen = new Map();
        this.latest = false;
        this.fieldsets = new Map();
        this.order = this.orderOf();
        this.clear = element('button', { type: 'button', className: 'plain' }, words.clear);
        this.clear.addEventListener('click', () => {
            this.chosen.clear();
            // The button goes away: what comes next on the page is where the reader goes on.
            this.narrow.querySelector('summary').focus();
            chosen();
        });
        this.place.append(this.order, this.clear);
    }

    orderOf() {
        const fieldset = element('fieldset', { className: 'facet' }, element('legend', {}, this.words.order));
        for (const [value, text] of [['', this.words.best], ['date', this.words.latest]]) {
            const input = element('input', { type: 'radio', name: 'sort', value });
            input.addEventListener('change', () => {
                this.latest = value === 'date';
                this.onChoose();
            });
            fieldset.append(element('label', {}, input, element('span', {}, text)));
        }
        return fieldset;
    }

    read(state) {
        this.latest = state.get('sort') === 'date';
        this.chosen = new Map();
        state.forEach((value, key) => {
            if (key === 'q' || key === 'sort' || value === '') return;
            if (!this.chosen.has(key)) this.chosen.set(key, new Set());
            this.chosen.get(key).add(value);
        });
    }

    write(state) {
        for (const [key, values] of this.chosen) for (const value of values) state.append(key, value);
        if (this.latest) state.set('sort', 'date');
    }

    hide() {
        this.narrow.hidden = true;
    }

    // Changes what stands there, so that somebody who is in it stays where they are.
    show({ facets, total }) {
        const any = facets !== null && facets.some(({ key }) => this.chosen.has(key) && this.chosen.get(key).size > 0);
        this.narrow.hidden = total === 0 && !any;
        for (const input of this.order.querySelectorAll('input')) input.checked = (input.value === 'date') === this.latest;
        this.clear.hidden = !any;
        // Not counted yet: until it is, what stands there stays, so that nobody loses their place.
        if (facets === null) return;
        for (const facet of facets) {
            if (!this.fieldsets.has(facet.key)) {
                this.fieldsets.set(facet.key, new Fieldset(facet, this));
                this.place.append(this.fieldsets.get(facet.key).element);
            }
            this.fieldsets.get(facet.key).show(facet.values, this.chosen.get(facet.key) || new Set());
        }
    }

    toggle(key, value, on) {
        if (!this.chosen.has(key)) this.chosen.set(key, new Set());
        if (on) this.chosen.get(key).add(value);
        else this.chosen.get(key).delete(value);
        this.onChoose();
    }
}

// One facet: a box a value, with how many pages have it.
class Fieldset {
    constructor(facet, facets) {
        this.key = facet.key;
        this.facets = facets;
        this.rows = new Map();
        this.whole = false;
        this.list = element('ul', { className: 'bare', role: 'list' });
        this.all = element('button', { type: 'button', className: 'plain' });
        this.all.addEventListener('click', () => {
            this.whole = !this.whole;
            this.fold();
        });
        this.element = element('fieldset', { className: 'facet' }, element('legend', {}, facet.label), this.list, this.all);
    }

    row({ key, label }) {
        const input = element('input', { type: 'checkbox', name: this.key, value: key });
        const count = element('span', { className: 'count' });
        input.addEventListener('change', () => this.facets.toggle(this.key, key, input.checked));
        const row = element('li', {}, element('label', {}, input, element('span', {}, label, ' ', count)));
        return { row, input, count };
    }

    show(values, chosen) {
        const shown = values.filter((value) => value.count > 0 || chosen.has(value.key));
        this.element.hidden = shown.length === 0;
        const rows = shown.map((value) => {
            if (!this.rows.has(value.key)) this.rows.set(value.key, this.row(value));
            const row = this.rows.get(value.key);
            row.count.textContent = grouped(value.count, this.facets.words.thousands);
            row.input.checked = chosen.has(value.key);
            return row.row;
        });
        // Only what stands elsewhere is moved: moving a box takes the focus away from it.
        for (const row of Array.from(this.list.children)) if (!rows.includes(row)) row.remove();
        rows.forEach((row, index) => {
            if (this.list.children[index] !== row) this.list.insertBefore(row, this.list.children[index] || null);
        });
        this.fold();
    }

    // Long lists show their first values, and those that were chosen.
    fold() {
        const rows = Array.from(this.list.children);
        rows.forEach((row, index) => {
            row.hidden = !this.whole && index >= VALUES && !row.querySelector('input').checked;
        });
        this.all.hidden = rows.length <= VALUES;
        const { all, fewer, thousands } = this.facets.words;
        this.all.textContent = this.whole ? fewer : fill(all, { total: grouped(rows.length, thousands) });
        this.all.setAttribute('aria-expanded', String(this.whole));
    }
}

// An element with properties and children; texts become text.
function element(name, properties, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
        if (key === 'role') made.setAttribute(key, value);
        else made[key] = value;
    }
    made.append(...children);
    return made;
}

// A sentence with its places filled.
function fill(text, values) {
    return text.replace(/\{([a-z]+)\}/g, (place, name) => (name in values ? values[name] : place));
}

// What somebody typed, where it is said again.
function short(query) {
    return query.length > 80 ? `${query.slice(0, 80)}…` : query;
}

function grouped(number, comma) {
    return String(number).replace(/\B(?=(?:[0-9]{3})+$)/g, comma);
}

// Files of the index, below the folder of its manifest. All but this and the buckets of words are named by what is in them, so
// a copy that the browser has is as good as a new one.
function fetchFrom(manifest) {
    const folder = new URL(manifest, location.href);
    return async (name, anew) => {
        const cache = anew ? 'reload' : /^(index|words\/)/.test(name) ? 'no-cache' : 'force-cache';
        try {
            const response = await fetch(new URL(name, folder).href, { cache });
            if (!response.ok) throw new IndexError(name, true);
            return new Uint8Array(await response.arrayBuffer());
        } catch (error) {
            throw error instanceof IndexError ? error : new IndexError(name, false);
        }
    };
}

document.addEventListener('DOMContentLoaded', start);
