// Which of the meanings of each word occur, and what a mistyped word was meant to be: src/search/FORMAT.md, "Queries".

// Finds out which of the meanings of each word occur, and gives what is wanted: { terms, excluded }, one of the terms or
// none of them. A term is a row of keys, each with its distance to the first; one with a span is found on pages of that
// time too.
class Resolver {
    // `guess`: nothing is waited for but what is known of words; what is mistyped means nothing then.
    constructor(files, manifest, guess) {
        this.files = files;
        this.guess = guess;
        this.unknown = false;
        this.manifest = manifest;
        this.notes = { corrected: [], missing: [], concepts: [], leftOut: [], also: [] };
        // Words that were typed side by side, as keys of pairs.
        this.pairs = [];
    }

    async wanted(question) {
        this.notes.leftOut.push(...question.leftOut);
        // Light words are asked for if there is nothing else; but a time alone is a question too.
        const asks = question.spans.length > 0 || question.asked.length > 0 || question.clauses.some((clause) => !clause.excluded && !isLight(clause));
        const isLeft = (clause) => asks && isLight(clause);
        const clauses = question.clauses.map((clause) => (isLeft(clause) ? null : Promise.all(clause.atoms.map((atom) => this.atom(atom, clause.excluded)))));
        const wanted = [];
        let before = null;
        (await Promise.all(clauses)).forEach((atoms, index) => {
            if (atoms === null) {
                this.notes.leftOut.push({ typed: question.clauses[index].atoms[0].typed });
                before = null;
                return;
            }
            const { excluded } = question.clauses[index];
            const folded = excluded || atoms.length > 1 ? null : question.clauses[index].atoms[0].folded || null;
            const word = excluded || atoms.length > 1 || atoms[0].terms.length !== 1 ? null : wordOf(atoms[0].terms[0]);
            if (before !== null && word !== null && question.clauses[index].atoms[0].adjoins) this.pairs.push(pairKey(before, word));
            before = word;
            atoms.forEach(({ note, value }) => note && this.notes[note].push(value));
            const found = atoms.filter(({ terms }) => terms.length > 0);
            const typed = question.clauses[index].atoms.map((atom) => (atom.phrase ? `"${atom.typed}"` : atom.typed)).join(' OR ');
            const add = (terms) => {
                const own = folded !== null && terms.length === 1 ? wordOf(terms[0]) : null;
                wanted.push({ terms, excluded, typed, word: own, folded, adjoins: atoms.length === 1 && question.clauses[index].atoms[0].adjoins, joined: [] });
            };
            if (found.length > 0) add(found.map(({ terms }) => terms[0]));
            // A word that stands for several, where it is no alternative: all of them.
            if (atoms.length === 1) atoms[0].terms.slice(1).forEach((term) => add([term]));
        });
        // Where nothing else is asked for, whatever answers such a question does.
        if (wanted.length === 0 && question.spans.length === 0 && question.asked.length > 0) {
            const terms = question.asked.map((key) => ({ keys: [{ key: `${key}.pages`, offset: 0 }], span: null }));
            wanted.push({ terms, excluded: false, typed: '', word: null, joined: [] });
        }
        await Promise.all([...wanted.map((one, at) => this.join(wanted[at - 1], one)), this.choosePages(wanted.filter((one) => !one.excluded))]);
        return wanted;
    }

    // Which words are asked for by page: those with the longest lists, if all are longer than a question may ask for.
    async choosePages(wanted) {
        const { long, whole } = this.manifest.shards;
        const sizes = new Map(Object.entries(long));
        const keyOf = ({ terms }) => (terms.length === 1 ? wordOf(terms[0]) : null);
        const sizeOf = (one) => sizes.get(keyOf(one));
        const isThere = (one) => keyOf(one) === null || !isWordKey(keyOf(one)) || this.occur([keyOf(one)]);
        let any = this.unknown || (await Promise.all(wanted.filter((one) => !sizeOf(one)).map(isThere))).includes(true);
        let room = whole;
        for (const one of wanted.filter(sizeOf).sort((a, b) => sizeOf(a)[1] - sizeOf(b)[1])) {
            const [bytes] = sizeOf(one);
            one.byPage = any && bytes > room;
            if (!one.byPage) room = Math.max(0, room - bytes);
            any = true;
        }
    }

    // Two words side by side that the site writes as one: it is near to both.
    async join(before, one) {
        if (!before || !one.adjoins || before.word === null || one.word === null) return;
        const word = before.folded + one.folded;
        const key = this.keyOf(word);
        if (key !== null && (await this.occur([key]))) [before, one].forEach(({ joined }) => joined.push(word));
    }

    // The terms of an atom, all of which are meant, and what is to be said of it.
    async atom(atom, excluded) {
        const term = (key) => ({ keys: [{ key, offset: 0 }], span: null });
        if (atom.phrase) return { terms: [{ keys: atom.phrase, span: null }] };
        if (atom.dated) return { terms: [Object.assign(term(atom.dated), { span: atom.span })] };
        if (atom.concept) {
            const concept = this.manifest.concepts.find(([key]) => key === atom.concept);
            return { terms: [term(atom.concept)], note: excluded ? null : 'concepts', value: concept[1] };
        }
        for (const choice of atom.choices) {
            if (choice.length > 0 && (await this.occur(choice))) return { terms: choice.map(term) };
        }
        if (excluded) return { terms: [] };
        const missing = { terms: [], note: 'missing', value: atom.typed };
        if (atom.folded === null) return missing;
        const own = this.keyOf(atom.folded);
        const bucket = own === null ? null : await this.files.known(this.manifest, own);
        const near = bucket && bucket.near.get(own);
        // A word that the site does not have, and no mistyped one.
        if (near) return near.length > 0 ? { terms: [term(own)] } : missing;
        if (this.guess) {
            this.unknown = true;
            return { terms: [] };
        }
        const [close, correct] = await this.correct(atom.folded);
        if (correct) this.ask(this.keyOf(correct));
        const words = close ? [close] : (await this.parted(atom.folded)) || [correct];
        if (words[0] === null) return missing;
        return { terms: words.map((word) => term(this.keyOf(word) || '')), note: 'corrected', value: { typed: atom.typed, word: words.join(' ') } };
    }

    keyOf(word) {
        return wordKey(word, this.manifest.stem === 'english');
    }

    // The two words that somebody typed as one: the first two that both occur; null if there are none.
    async parted(folded) {
        if (this.manifest.stem !== 'english') return null;
        const letters = Array.from(folded);
        const cuts = letters.map((_, at) => [letters.slice(0, at), letters.slice(at)].map((part) => part.join('')));
        const tried = await Promise.all(cuts.slice(BEGINNING_LETTERS, 1 - BEGINNING_LETTERS).map(async (words) => {
            const keys = words.map((word) => this.keyOf(word));
            if (keys.includes(null) || !(await this.occur([keys[0]]))) return null;
            // Where they stand is asked for together with whether they do.
            [...keys, pairKey(...keys)].forEach((key) => this.ask(key));
            return (await this.occur([keys[1]])) ? words : null;
        }));
        return tried.find(Boolean) || null;
    }

    // Whether each of the keys occurs.
    async occur(keys) {
        const occurs = async (key) => {
            if (isWordKey(key)) {
                const bucket = await this.files.known(this.manifest, key);
                return bucket !== null && bucket.keys.has(key);
            }
            return this.guess || (await this.files.everywhere(this.manifest, key)).some((postings) => postings !== null);
        };
        return (await Promise.all(keys.map(occurs))).every(Boolean);
    }

    // The word that was meant if it differs in one letter, and in any case; null if none is near. The first letter may be the wrong one: then those are tried of which its
    // own is the second.
    async correct(folded) {
        const { words, further } = (await this.files.known(this.manifest, folded)) || { words: [], further: [] };
        return [nearest(folded, words, true), nearest(folded, words) || nearest(folded, further)];
    }

    // Asks for what will be needed soon.
    ask(key) {
        this.files.everywhere(this.manifest, key).catch(() => {});
    }
}

// Whether a clause is a word that says how somebody asks more than what for.
function isLight({ atoms, excluded }) {
    return !excluded && atoms.length === 1 && LIGHT_WORDS.has(atoms[0].folded);
}

// The keys of words, as far as they are known without the manifest.
function keysOf({ clauses }) {
    const asks = clauses.filter((clause) => !isLight(clause));
    const atoms = merged((asks.length > 0 ? asks : clauses).map((clause) => clause.atoms));
    return merged(atoms.map(({ choices, phrase, dated }) => [...merged((choices || []).filter((choice) => choice.length === 1)), ...(phrase || []).map(({ key }) => key), ...(dated ? [dated] : [])]));
}
