// Days as numbers, and dates as they stand in texts and queries. A day is counted from 0001-01-01, which is 1; a span is
// { first, last }, both included, or null where the calendar has no such day.

function dayNumber(year, month, day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return null;
    // A year that begins in March has its leap day at its end.
    const [from, months] = month > 2 ? [year, month - 3] : [year - 1, month + 9];
    const leaps = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400);
    return 365 * from + leaps + Math.floor((153 * months + 2) / 5) + day - 306;
}

function daysOf(year, month) {
    if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
    return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

// [year, month, day] of a number.
function civil(number) {
    let year = Math.floor(number / 366) + 1;
    while (dayNumber(year + 1, 1, 1) !== null && dayNumber(year + 1, 1, 1) <= number) year += 1;
    let month = 12;
    while (month > 1 && dayNumber(year, month, 1) > number) month -= 1;
    return [year, month, number - dayNumber(year, month, 1) + 1];
}

function spanOf(first, last) {
    return first === null || last === null ? null : { first, last };
}

function dayOf(year, month, day) {
    const number = dayNumber(year, month, day);
    return spanOf(number, number);
}

function monthOf(year, month) {
    const first = dayNumber(year, month, 1);
    return first === null ? null : { first, last: first + daysOf(year, month) - 1 };
}

function yearOf(year) {
    return spanOf(dayNumber(year, 1, 1), dayNumber(year, 12, 31));
}

// A financial year, named by the year in whose April it begins.
function financialYear(year) {
    return spanOf(dayNumber(year, 4, 1), dayNumber(year + 1, 3, 31));
}

// 1 to 12 for a month's name or its first three letters; else 0.
function monthNumber(folded) {
    if (folded === 'sept') return 9;
    return 1 + MONTHS.findIndex((month) => month === folded || (folded.length === 3 && month.startsWith(folded)));
}

// The day that a chunk of digits means: 14/3/2021, 14/3/21, 14.3.2021, 2021-03-14.
function dateOfDigits(main) {
    let found = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(main);
    if (found) return dayOf(+found[1], +found[2], +found[3]);
    found = /^([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{4})$/.exec(main);
    if (found) return dayOf(+found[4], +found[3], +found[1]);
    found = /^([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{2})$/.exec(main);
    return found ? dayOf(2000 + +found[3], +found[2], +found[1]) : null;
}

// 2021/22, 2021-22, 2021/2022.
function dateOfFinancialYear(main) {
    const found = /^([0-9]{4})[/-]([0-9]{2}|[0-9]{4})$/.exec(main);
    if (!found) return null;
    const [first, next] = [+found[1], +found[2]];
    const follows = found[2].length === 2 ? (first + 1) % 100 === next : first + 1 === next;
    return follows ? financialYear(first) : null;
}

// The keys under which a mention of it is found; none for longer than a month.
function spanKeys({ first, last }) {
    const [year, month, day] = civil(first);
    const ofMonth = `@${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    if (last === first) return [`${ofMonth}-${String(day).padStart(2, '0')}`, ofMonth];
    return last - first <= 30 ? [ofMonth] : [];
}

function overlaps(one, other) {
    return one.first <= other.last && other.first <= one.last;
}
