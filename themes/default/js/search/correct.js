// A mistyped word becomes one that occurs: src/search/FORMAT.md, "Queries".

// How many letters two words differ by; swapped neighbours are one difference. More than `most` is all the same.
function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let row = 1; row <= one.length; row += 1) {
        const next = [row];
        let least = row;
        for (let column = 1; column <= other.length; column += 1) {
            const change = one[row - 1] === other[column - 1] ? 0 : 1;
            let value = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + change);
            if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
                value = Math.min(value, before[column - 2] + 1);
            }
            next.push(value);
            least = Math.min(least, value);
        }
        if (least > most) return most + 1;
        [before, last] = [last, next];
    }
    return last[other.length];
}

// Within one difference; else, unless it must be `close`, the most common word that begins with it; else within two. The most common, then the first.
function nearest(folded, words, close) {
    const letters = Array.from(folded);
    const within = (most) => ([word]) => distance(letters, Array.from(word), most) <= most;
    const tries = [
        letters.length >= NEAR_LETTERS && within(1),
        letters.length >= BEGINNING_LETTERS && (([word]) => word.startsWith(folded)),
        letters.length >= FAR_LETTERS && within(2),
    ];
    for (const fits of tries.slice(0, close ? 1 : 3).filter(Boolean)) {
        let best = null;
        for (const entry of words) if ((!best || entry[1] > best[1] || (entry[1] === best[1] && compareTexts(entry[0], best[0]) < 0)) && fits(entry)) best = entry;
        if (best) return best[0];
    }
    return null;
}
