// Where exact words find too little: the pages that have most of what was asked for, be it in words that are near to it.
// The rules stand in src/search/FORMAT.md ("Where exact words find too little").

// The passages of a segment. Each of its atoms has `near` too: the neighbours of its word, each with its level, its rarity
// and its postings in the segment.
function wideHits(segment) {
    const { core, spans } = segment;
    const hits = noHits(core);
    const atoms = segment.atoms.map((atom) => nearOf(core, atom));
    for (let page = 0; page < core.pages; page += 1) {
        if (!fitsDates(core, page, spans)) continue;
        const held = heldOn(page, segment, atoms);
        if (held.any) addBest(hits, page, segment, atoms, held);
    }
    return hits;
}

// An atom with what each passage scores by a neighbour, and the most that a neighbour is worth on each page.
function nearOf(core, { direct, cover, rarity, occurs, near }) {
    const atom = { direct, cover, rarity, scores: new Uint32Array(core.passages), worths: new Uint32Array(core.pages) };
    if (!occurs) atom.rarity = near.length > 0 ? Math.min(...near.map((one) => one.rarity)) : 0;
    for (const one of near) {
        const own = occurs ? Math.min(one.rarity, rarity) : one.rarity;
        // Never as much as the word itself in prose, if that occurs.
        const worth = (weight) => own * Math.min((weight * one.level) >> NEAR_SHIFT, occurs ? NEAR_WEIGHT : weight);
        if (one.list) spreadNear(core, one.list, own * one.level, worth, atom);
    }
    return atom;
}

function spreadNear({ passages, starts }, list, most, worth, { scores, worths }) {
    const raise = (from, to, score) => {
        for (let at = from; at < to; at += 1) if (scores[at] < score) scores[at] = score;
    };
    for (let index = 0, page = 0; index < list.passages.length; index += 1) {
        const passage = list.passages[index];
        const kind = list.classes[index];
        if (passage >= passages) throw new Broken();
        while (starts[page + 1] <= passage) page += 1;
        if (worths[page] < most) worths[page] = most;
        raise(passage, passage + 1, worth(DIRECT_WEIGHTS[kind]));
        if (kind === HEADING) raise(passage + 1, Math.min(passage + 1 + list.reaches[index], passages), worth(COVER_WEIGHTS[HEADING_COVERS]));
        else if (kind === TITLE || kind === NAME) raise(passage + 1, starts[page + 1], worth(COVER_WEIGHTS[TITLE_COVERS]));
    }
}

// How much a page has of what was asked for, what it lacks, as bits, and whether it has anything.
function heldOn(page, { core, excluded }, atoms) {
    const held = { worth: 0, lacks: 0, any: false };
    let all = true;
    atoms.forEach((atom, bit) => {
        let itself = false;
        for (let passage = core.starts[page]; passage < core.starts[page + 1] && !itself; passage += 1) {
            itself = weightOf(atom, passage) > 0 && !isExcluded(passage, excluded);
        }
        held.worth += itself ? atom.rarity * HELD_ITSELF : atom.worths[page];
        all = all && itself;
        if (itself || atom.worths[page] > 0) held.any = true;
        else held.lacks |= 1 << bit;
    });
    // What has all the words themselves, be it far apart, comes before what has others in their place.
    if (all) held.worth += held.worth >> ALL_SHIFT;
    return held;
}

// Adds the best passages of a page.
function addBest(hits, page, segment, atoms, { worth, lacks }) {
    const { core, excluded } = segment;
    const [first, last] = [core.starts[page], core.starts[page + 1]];
    const scores = new Int32Array(last - first).fill(-1);
    let best = 0;
    for (let passage = first; passage < last; passage += 1) {
        if (isExcluded(passage, excluded)) continue;
        scores[passage - first] = atoms.reduce((sum, atom) => sum + wideScore(atom, passage), 0);
        best = Math.max(best, scores[passage - first]);
    }
    for (let passage = first; passage < last && best > 0; passage += 1) {
        const score = scores[passage - first];
        if (score < 0 || score * 2 < best) continue;
        addHit(hits, passage, page, liftedScore(worth << HELD_SHIFT, segment, page) + settled(score, segment, passage, page), lacks);
    }
}

function wideScore(atom, passage) {
    const exact = weightOf(atom, passage);
    return exact > 0 ? atom.rarity * exact : atom.scores[passage];
}
