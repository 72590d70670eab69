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

// Where an atom stands in a segment, a byte a passage: `direct` (a class) and `cover`.
function standing(core, lists) {
    const direct = new Uint8Array(core.passages);
    const cover = new Uint8Array(core.passages);
    for (const { passages, classes, reaches } of lists) {
        for (let index = 0; index < passages.length; index += 1) {
            const [passage, kind] = [passages[index], classes[index]];
            if (passage >= core.passages) throw new Broken();
            if (kind > direct[passage]) direct[passage] = kind;
            if (kind === HEADING) cover.fill(HEADING_COVERS, passage + 1, Math.min(passage + 1 + reaches[index], core.passages));
            if (kind === TITLE || kind === NAME) {
                const page = pageOf(core, passage);
                for (let at = core.starts[page]; at < core.starts[page + 1]; at += 1) if (cover[at] === 0) cover[at] = PAGE_COVERS;
            }
        }
    }
    return { direct, cover };
}

// The passages where all words of a phrase stand at their distances: lists and places of each word in the segment.
function phraseList(words) {
    const [first, ...others] = words;
    const ends = others.map(() => 0);
    const found = { passages: [], classes: [], reaches: [] };
    first.list.passages.forEach((passage, index) => {
        const all = others.map(({ list }, other) => {
            while (ends[other] < list.passages.length && list.passages[ends[other]] < passage) ends[other] += 1;
            return list.passages[ends[other]] === passage ? ends[other] : -1;
        });
        if (all.includes(-1)) return;
        const stands = first.places[index].some((place) =>
            others.every(({ places, offset }, other) => places[all[other]].includes(place + offset - first.offset)),
        );
        if (!stands) return;
        found.passages.push(passage);
        found.classes.push(first.list.classes[index]);
        found.reaches.push(first.list.reaches[index]);
    });
    return found;
}

// The heads of the pages whose dates share a day with a span, as if its words were their titles.
function dateList(core, span) {
    const found = { passages: [], classes: [], reaches: [] };
    for (let page = 0; page < core.dated; page += 1) {
        if (!fitsDates(core, page, [span])) continue;
        found.passages.push(core.starts[page]);
        found.classes.push(TITLE);
        found.reaches.push(0);
    }
    return found;
}

function fitsDates(core, page, spans) {
    if (spans.length === 0) return true;
    if (page >= core.dated) return false;
    return spans.every((span) => overlaps({ first: core.firsts[page], last: core.lasts[page] }, span));
}

// The passages of a segment that hit, ascending: { passages, scores }.
function hitsOf(core, atoms, excluded, spans, newest) {
    const [passages, scores] = [[], []];
    for (let page = 0; page < core.pages; page += 1) {
        if (!fitsDates(core, page, spans)) continue;
        const last = core.starts[page + 1];
        if (atoms.length === 0) {
            passages.push(core.starts[page]);
            scores.push(0);
            continue;
        }
        for (let passage = core.starts[page]; passage < last; passage += 1) {
            const score = scoreOf(passage, atoms);
            if (score < 0 || excluded.some((one) => one.direct[passage] > 0 || one.cover[passage] > 0)) continue;
            passages.push(passage);
            scores.push(aged(core.over[passage] ? score - (score >> 2) : score, core, page, newest));
        }
    }
    return { passages, scores };
}

// The sum over the atoms; -1 if the passage does not hit.
function scoreOf(passage, atoms) {
    let [score, direct] = [0, 0];
    for (const atom of atoms) {
        const [kind, cover] = [atom.direct[passage], atom.cover[passage]];
        if (kind === 0 && cover === 0) return -1;
        if (kind > 0) direct += 1;
        score += atom.rarity * (DIRECT_WEIGHT[kind] + COVER_WEIGHT[cover]);
    }
    if (direct === 0) return -1;
    return atoms.length > 1 && direct === atoms.length ? score + (score >> 2) : score;
}

// A little more for what is newer.
function aged(score, core, page, newest) {
    const years = page < core.dated ? Math.floor((newest - core.firsts[page]) / 365) : 2;
    return score + ((score * (32 - Math.min(32, years))) >> 8);
}

// The values of each facet that a passage has, by the innermost document that holds it: -1 where there is none.
function documentsOf(core, facets) {
    const innermost = new Int32Array(core.passages).fill(-1);
    facets.firsts.forEach((first, document) => innermost.fill(document, first, first + facets.counts[document]));
    return innermost;
}

// For each page that has a hit: which of its hits fit what is chosen, and for each facet the values that a hit has which
// fits what is chosen in all other facets.
function choose(core, facets, hits, chosen) {
    const innermost = facets && documentsOf(core, facets);
    return { innermost, facets, hits, chosen };
}
