// Which passages of a segment an answer has, and how well each fits: src/search/FORMAT.md, "Which passages" and "Score".
// Every number is a whole one below 2^31, so that the program and every browser come to the same.

// By the class of a word in a passage, and by what covers the passage.
const DIRECT_WEIGHT = [0, 8, 12, 14, 22, 32, 40];
const COVER_WEIGHT = [0, 2, 4];
const [PAGE_COVERS, HEADING_COVERS] = [1, 2];

// log₂ in sixteenths.
function lg(number) {
    const whole = 31 - Math.clz32(number);
    return 16 * whole + Math.floor(((number - 2 ** whole) * 16) / 2 ** whole);
}

function rarityOf(passages, uses) {
    return Math.max(16, 16 + lg(Math.max(1, passages)) - lg(Math.max(1, uses)));
}

// How each passage of a segment holds the best of several terms, a byte a passage: `direct` (a class) and `cover`.
function spread(core, terms) {
    const direct = new Uint8Array(core.passages);
    const cover = new Uint8Array(core.passages);
    const coverUp = (by, from, to) => {
        for (let at = from; at < to; at += 1) if (cover[at] < by) cover[at] = by;
    };
    const add = (passage, kind, reach) => {
        if (passage >= core.passages) throw new Broken();
        if (kind > direct[passage]) direct[passage] = kind;
        if (kind === HEADING) coverUp(HEADING_COVERS, passage + 1, Math.min(passage + 1 + reach, core.passages));
        if (kind === TITLE || kind === NAME) coverUp(PAGE_COVERS, passage + 1, core.starts[pageOf(core, passage) + 1]);
    };
    for (const { list, pages } of terms) {
        if (list) for (let index = 0; index < list.passages.length; index += 1) add(list.passages[index], list.classes[index], list.reaches[index]);
        // A page of the time that is asked for counts as if its title said so.
        for (const page of pages) add(core.starts[page], TITLE, 0);
    }
    return { direct, cover };
}

// The passages where all words of a phrase stand at their distances to the first: list and places of each word in the
// segment.
function phraseList([first, ...others]) {
    const found = { passages: [], classes: [], reaches: [] };
    const at = others.map(() => 0);
    const stands = (place) => others.every((other, word) => hasPlace(other.places, at[word], place + other.offset));
    for (let index = 0; index < first.list.passages.length; index += 1) {
        const passage = first.list.passages[index];
        const all = others.every(({ list }, word) => {
            while (at[word] < list.passages.length && list.passages[at[word]] < passage) at[word] += 1;
            return list.passages[at[word]] === passage;
        });
        const { starts, values } = first.places;
        if (!all || !values.slice(starts[index], starts[index + 1]).some(stands)) continue;
        found.passages.push(passage);
        found.classes.push(first.list.classes[index]);
        found.reaches.push(first.list.reaches[index]);
    }
    return found;
}

// Whether a place is among those of a posting.
function hasPlace({ starts, values }, posting, place) {
    for (let index = starts[posting]; index < starts[posting + 1]; index += 1) if (values[index] === place) return true;
    return false;
}

// The pages whose dates share a day with a span.
function pagesOf(core, span) {
    const pages = [];
    for (let page = 0; page < core.dated; page += 1) if (fitsDates(core, page, [span])) pages.push(page);
    return pages;
}

function fitsDates(core, page, spans) {
    if (spans.length === 0) return true;
    if (page >= core.dated) return false;
    return spans.every((span) => overlaps({ first: core.firsts[page], last: core.lasts[page] }, span));
}

// The passages of a segment that hit, ascending: { passages, scores, pages }.
function hitsOf(core, atoms, excluded, spans, newest) {
    const hits = { passages: [], scores: [], pages: [] };
    if (atoms.length === 0 && spans.length === 0) return hits;
    for (let page = 0; page < core.pages; page += 1) {
        if (!fitsDates(core, page, spans)) continue;
        // Asked for dates alone, the heads of pages are the answer.
        const last = atoms.length === 0 ? core.starts[page] + 1 : core.starts[page + 1];
        for (let passage = core.starts[page]; passage < last; passage += 1) {
            const score = atoms.length === 0 ? 0 : scoreOf(passage, atoms);
            if (score < 0 || excluded.some((one) => one.direct[passage] > 0 || one.cover[passage] > 0)) continue;
            hits.passages.push(passage);
            hits.pages.push(page);
            hits.scores.push(aged(core.over[passage] ? score - (score >> 2) : score, core, page, newest));
        }
    }
    return hits;
}

// The sum over what is wanted; -1 if the passage does not hit.
function scoreOf(passage, atoms) {
    let score = 0;
    let direct = 0;
    for (let index = 0; index < atoms.length; index += 1) {
        const atom = atoms[index];
        const kind = atom.direct[passage];
        const cover = atom.cover[passage];
        if (kind === 0 && cover === 0) return -1;
        if (kind > 0) direct += 1;
        score += atom.rarity * (DIRECT_WEIGHT[kind] + COVER_WEIGHT[cover]);
    }
    if (direct === 0) return -1;
    return atoms.length > 1 && direct === atoms.length ? score + (score >> 2) : score;
}

// A little more for what is newer.
function aged(score, core, page, newest) {
    const years = page < core.dated ? Math.floor(Math.max(0, newest - core.firsts[page]) / 365) : 2;
    return score + ((score * (32 - Math.min(32, years))) >> 8);
}

// Which pages have a hit that fits what is chosen, and for each value of each facet on how many pages there is a hit that
// has it and fits what is chosen in all other facets. `chosen`: key of a facet → keys of values. Adds to `counts`:
// key of a facet → key of a value → { label, count }; leaves the numbers in `hits` that fit.
function chooseHits(core, facets, hits, chosen, counts) {
    const columns = facetColumns(core, facets, chosen);
    const innermost = innermostDocuments(core, facets);
    // What is chosen is shown even where no page has it.
    for (const { key, labels, wanted } of columns) {
        if (wanted) labels.forEach((label, value) => wanted[value] && addCount(counts, key, label, 0));
    }
    const kept = [];
    let [lastPage, lastDocument, fits] = [-1, -1, false];
    hits.passages.forEach((passage, index) => {
        const page = hits.pages[index];
        const document = innermost[passage];
        // Neighbours are mostly of one document, and what it has is counted once.
        if (page !== lastPage || document !== lastDocument) {
            const misses = columns.filter((column) => column.wanted && !column.has(document, page));
            if (misses.length < 2) countValues(misses.length === 0 ? columns : misses, document, page, counts);
            [lastPage, lastDocument, fits] = [page, document, misses.length === 0];
        }
        if (fits) kept.push(index);
    });
    return kept;
}

// Counts a page for the values that a document in it has, each once.
function countValues(columns, document, page, counts) {
    for (const column of columns) {
        for (const value of column.values(document, page)) {
            if (column.seen[value] === page) continue;
            column.seen[value] = page;
            addCount(counts, column.key, column.labels[value], 1);
        }
    }
}

function addCount(counts, facet, [key, label], more) {
    const values = counts.get(facet);
    if (!values.has(key)) values.set(key, { key, label, count: 0 });
    values.get(key).count += more;
}

// The innermost document that holds each passage; an outer one stands before an inner one.
function innermostDocuments(core, facets) {
    const innermost = new Uint32Array(core.passages);
    facets.firsts.forEach((first, document) => innermost.fill(document, first, first + facets.counts[document]));
    return innermost;
}

// Each facet of a segment: which values a document has, and whether one of them is wanted (if any is).
function facetColumns(core, facets, chosen) {
    const columns = facets.facets.map(({ key, values }, facet) => {
        const { starts, own } = facets.rows[facet];
        return { key, labels: values, values: (document) => own.subarray(starts[document], starts[document + 1]) };
    });
    columns.push(yearColumn(core));
    for (const column of columns) {
        // Of each value, the last page that was counted for it.
        column.seen = new Int32Array(column.labels.length).fill(-1);
        const keys = chosen.get(column.key);
        column.wanted = keys && keys.size > 0 ? column.labels.map(([key]) => keys.has(key)) : null;
        column.has = (document, page) => column.values(document, page).some((value) => column.wanted[value]);
    }
    return columns;
}

// The year of the first day of each page.
function yearColumn(core) {
    const labels = [];
    const values = [];
    let [year, next] = [0, 0];
    for (let page = 0; page < core.dated; page += 1) {
        // Pages go by their first day.
        if (core.firsts[page] >= next) {
            [year] = civil(core.firsts[page]);
            next = dayNumber(year + 1, 1, 1);
            const name = String(year).padStart(4, '0');
            labels.push([name, name]);
        }
        values.push([labels.length - 1]);
    }
    return { key: 'year', labels, values: (document, page) => values[page] || [] };
}
