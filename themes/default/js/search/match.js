// Which passages of a segment an answer has, and how well each fits: src/search/FORMAT.md, "Which passages" and "Score".
// Every number is a whole one below 2^31, so that the program and every browser come to the same.

// log₂ in sixteenths.
function lg(number) {
    const whole = 31 - Math.clz32(number);
    return 16 * whole + Math.floor(((number - 2 ** whole) * 16) / 2 ** whole);
}

function rarityOf(passages, uses) {
    return LEAST_RARITY + Math.max(0, lg(Math.max(1, passages)) - lg(Math.max(1, uses)));
}

// How each passage of a segment holds the best of several terms, one byte for each passage: `direct` (a class) and `cover`.
function spread(core, terms) {
    const { passages, starts } = core;
    const held = { direct: new Uint8Array(passages), cover: new Uint8Array(passages) };
    for (const { list, pages } of terms) {
        if (list) spreadList(core, list, held);
        // A page of the time that is asked for counts a little less than if its title said so.
        for (const page of pages) {
            if (held.direct[starts[page]] < HEADING) held.direct[starts[page]] = HEADING;
            coverUp(held.cover, TITLE_COVERS, starts[page] + 1, starts[page + 1]);
        }
    }
    return held;
}

function spreadList({ passages, starts }, list, { direct, cover }) {
    const { classes, reaches } = list;
    const count = list.passages.length;
    if (count > 0 && list.passages[count - 1] >= passages) throw new Broken();
    let page = 0;
    for (let index = 0; index < count; index += 1) {
        const passage = list.passages[index];
        const kind = classes[index];
        if (kind > direct[passage]) direct[passage] = kind;
        if (kind === HEADING) coverUp(cover, HEADING_COVERS, passage + 1, Math.min(passage + 1 + reaches[index], passages));
        else if (kind === TITLE || kind === NAME) {
            while (starts[page + 1] <= passage) page += 1;
            coverUp(cover, TITLE_COVERS, passage + 1, starts[page + 1]);
        }
    }
}

function coverUp(cover, by, from, to) {
    for (let at = from; at < to; at += 1) if (cover[at] < by) cover[at] = by;
}

// How many of the pairs stand in each passage of a segment; null where none does.
function togetherIn(core, lists) {
    if (lists.length === 0) return null;
    const together = new Uint8Array(core.passages);
    for (const { passages } of lists) {
        for (let index = 0; index < passages.length; index += 1) {
            if (passages[index] >= core.passages) throw new Broken();
            if (together[passages[index]] < MOST_TOGETHER) together[passages[index]] += 1;
        }
    }
    return together;
}

// The passages where all words of a phrase stand at their distances to the first: list and places of each word, or of
// two together, in the segment.
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
        if (!all || !values.subarray(starts[index], starts[index + 1]).some(stands)) continue;
        found.passages.push(passage);
        found.classes.push(first.list.classes[index]);
        found.reaches.push(first.list.reaches[index]);
    }
    found.count = found.passages.length;
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

// A segment as a question sees it: the atoms that must be there, those that must not, the spans of time, the last day of the site,
// and how many pairs of words stand in each passage.

// The passages of a segment that hit, ascending: { count, passages, scores, pages, lacks }.
function hitsOf(segment) {
    const { core, atoms, excluded, spans } = segment;
    const hits = noHits(core);
    if (atoms.length === 0 && spans.length === 0) return hits;
    // What is rare is looked at first: it is missing most often.
    const ordered = atoms.slice().sort((one, other) => other.rarity - one.rarity);
    for (let page = 0; page < core.pages; page += 1) {
        if (!fitsDates(core, page, spans)) continue;
        // Asked for dates alone, the heads of pages are the answer.
        const last = atoms.length === 0 ? core.starts[page] + 1 : core.starts[page + 1];
        for (let passage = core.starts[page]; passage < last; passage += 1) {
            const score = atoms.length === 0 ? 0 : scoreOf(passage, ordered);
            if (score < 0 || isExcluded(passage, excluded)) continue;
            addHit(hits, passage, page, settled(score, segment, passage, page), 0);
        }
    }
    return hits;
}

function noHits(core) {
    const [passages, scores, pages, lacks] = [0, 0, 0, 0].map(() => new Uint32Array(core.passages));
    return { count: 0, passages, scores, pages, lacks };
}

function addHit(hits, passage, page, score, lacks) {
    hits.passages[hits.count] = passage;
    hits.pages[hits.count] = page;
    hits.scores[hits.count] = score;
    hits.lacks[hits.count] = lacks;
    hits.count += 1;
}

function isExcluded(passage, excluded) {
    for (let index = 0; index < excluded.length; index += 1) {
        if (excluded[index].direct[passage] > 0 || excluded[index].cover[passage] > 0) return true;
    }
    return false;
}

// The score of a passage by its words alone; -1 if it does not hit.
function scoreOf(passage, atoms) {
    let direct = 0;
    for (let index = 0; index < atoms.length; index += 1) {
        const kind = atoms[index].direct[passage];
        if (kind === 0 && atoms[index].cover[passage] === 0) return -1;
        if (kind > 0) direct += 1;
    }
    if (direct === 0) return -1;
    const score = sumOf(passage, atoms);
    return atoms.length > 1 && direct === atoms.length ? score + (score >> DIRECT_SHIFT) : score;
}

// The weights of all that is wanted in a passage, each times its rarity.
function sumOf(passage, atoms) {
    let score = 0;
    for (let index = 0; index < atoms.length; index += 1) score += atoms[index].rarity * weightOf(atoms[index], passage);
    return score;
}

function weightOf({ direct, cover }, passage) {
    return DIRECT_WEIGHTS[direct[passage]] + COVER_WEIGHTS[cover[passage]];
}

// With what words add that stand side by side, and what the age of the page changes, whether its document is over, and
// whether it is of a kind that is named.
function settled(score, segment, passage, page) {
    const { core, newest, together } = segment;
    let settled = score;
    if (together !== null) settled += (settled * together[passage]) >> TOGETHER_SHIFT;
    if (core.over[passage] > 0) settled -= settled >> OVER_SHIFT;
    // A little more for what is newer.
    const years = page < core.dated ? Math.floor(Math.max(0, newest - core.firsts[page]) / 365) : UNDATED_YEARS;
    settled += (settled * (OLD_YEARS - Math.min(OLD_YEARS, years))) >> AGE_SHIFT;
    return liftedScore(settled, segment, page);
}

// On a page of a kind that is named, or where none is named on one without a date, which says what is.
function liftedScore(score, { core, lifted, answering, namesKind }, page) {
    const standing = !namesKind && page >= core.dated ? score + (score >> STANDING_SHIFT) : score;
    const named = lifted[page] > 0 ? standing + (standing >> LIFT_SHIFT) : standing;
    return answering[page] > 0 ? named + (named >> ANSWER_SHIFT) : named;
}

// Which pages of a segment are of a kind that is named.
function liftedIn(core, lists) {
    const lifted = new Uint8Array(core.pages);
    for (const list of lists) {
        for (let index = 0, page = 0; list !== null && index < list.passages.length; index += 1) {
            if (list.passages[index] >= core.passages) throw new Broken();
            while (core.starts[page + 1] <= list.passages[index]) page += 1;
            lifted[page] = 1;
        }
    }
    return lifted;
}

// The numbers of the `hits` that fit what is `chosen` (key of a facet → keys of values). Adds to `counts` (key of a
// facet → key of a value → { key, label, count }) on how many pages a hit has the value and fits all other facets.
function chooseHits(core, facets, hits, chosen, counts) {
    const columns = facetColumns(core, facets, chosen);
    const choices = columns.filter((column) => column.wanted !== null);
    const innermost = innermostDocuments(core, facets);
    const kept = new Uint32Array(hits.count);
    let length = 0;
    let lastPage = -1;
    let lastDocument = -1;
    let fits = false;
    for (let index = 0; index < hits.count; index += 1) {
        const page = hits.pages[index];
        const document = innermost[hits.passages[index]];
        // Neighbours are mostly of one document.
        if (page !== lastPage || document !== lastDocument) {
            const misses = choices.length === 0 ? choices : choices.filter((column) => !hasWanted(column, document, page));
            fits = misses.length === 0;
            const counted = fits ? columns : misses;
            for (let column = 0; column < counted.length && misses.length < 2; column += 1) countValues(counted[column], document, page);
            lastPage = page;
            lastDocument = document;
        }
        if (fits) {
            kept[length] = index;
            length += 1;
        }
    }
    columns.forEach((column) => addCounts(column, counts.get(column.key)));
    return kept.subarray(0, length);
}

// The same where nothing is chosen or counted.
function allHits({ count }) {
    const kept = new Uint32Array(count);
    for (let index = 0; index < count; index += 1) kept[index] = index;
    return kept;
}

// On how many pages hits are.
function pagesAmong({ count, pages }) {
    let sum = 0;
    for (let index = 0; index < count; index += 1) if (index === 0 || pages[index] !== pages[index - 1]) sum += 1;
    return sum;
}

// Where the values of a document stand: what it says itself, or else what the documents around it say.
function rowOf({ facet, facets, sayings }, document, page) {
    if (facet < 0) return page;
    const { around, numbers } = facets;
    let row = numbers[document] * facets.facets.length + facet;
    for (let outer = around[document]; outer >= 0 && sayings.own[row] === 0; outer = around[outer]) row = numbers[outer] * facets.facets.length + facet;
    return row;
}

// Whether a document has a value that is wanted.
function hasWanted(column, document, page) {
    const { from, to, own, wanted } = column;
    const row = rowOf(column, document, page);
    for (let at = from[row]; at < to[row]; at += 1) if (wanted[own[at]]) return true;
    return false;
}

// Counts a page for the values that a document in it has, each once.
function countValues(column, document, page) {
    const { from, to, own, seen, totals } = column;
    const row = rowOf(column, document, page);
    for (let at = from[row]; at < to[row]; at += 1) {
        const value = own[at];
        if (seen[value] !== page) totals[value] += 1;
        seen[value] = page;
    }
}

// What is chosen is shown even where no page has it.
function addCounts({ labels, totals, wanted }, values) {
    labels.forEach(([key, label], value) => {
        if (totals[value] === 0 && !(wanted !== null && wanted[value])) return;
        if (!values.has(key)) values.set(key, { key, label, count: 0 });
        values.get(key).count += totals[value];
    });
}

// The innermost document that holds each passage; an outer one stands before an inner one.
function innermostDocuments(core, { firsts, counts }) {
    const innermost = new Uint32Array(core.passages);
    for (let document = 0; document < firsts.length; document += 1) {
        innermost.fill(document, firsts[document], firsts[document] + counts[document]);
    }
    return innermost;
}

// Each facet of a segment: which values a document has, which of them are wanted (null if it is all one), and how many
// pages have them.
function facetColumns(core, facets, chosen) {
    const { sayings } = facets;
    const { from, to, values: own } = sayings;
    const columns = facets.facets.map(({ key, values }, facet) => ({ key, labels: values, facet, facets, sayings, from, to, own }));
    columns.push(yearColumn(core));
    for (const column of columns) {
        // Of each value, the last page that was counted for it.
        column.seen = new Int32Array(column.labels.length).fill(-1);
        column.totals = new Uint32Array(column.labels.length);
        const keys = chosen.get(column.key);
        column.wanted = keys && keys.size > 0 ? column.labels.map(([key]) => keys.has(key)) : null;
    }
    return columns;
}

// The year of the first day of each page.
function yearColumn(core) {
    const labels = [];
    const from = new Uint32Array(core.pages);
    const to = new Uint32Array(core.pages);
    const own = new Uint32Array(core.dated);
    let next = 0;
    for (let page = 0; page < core.dated; page += 1) {
        // Pages go by their first day.
        if (core.firsts[page] >= next) {
            const [year] = civil(core.firsts[page]);
            next = dayNumber(year + 1, 1, 1);
            const name = String(year).padStart(4, '0');
            labels.push([name, name]);
        }
        own[page] = labels.length - 1;
        from[page] = page;
        to[page] = page + 1;
    }
    return { key: 'year', labels, facet: -1, from, to, own };
}
