#!/usr/bin/env python3
"""Makes the corpus that the benchmarks run on: the site of an invented county's community safety partnership.

Enters: `--pages N --seed S --format folkmoot|zola|hugo|plain --out DIR`; DIR must be new or empty.
Leaves: DIR, a site folder with N minutes and the documents that they speak of (20 bodies and more, 12 priorities with
their indicators, 6 strategies, 12 organisations). The same arguments give the same bytes on every machine, and the four
formats carry the same words.

A set of minutes has about 860 words, 8 items, 16 numbered paragraphs, 4 records, 1 table and 4 cross references
(`design/targets.md`). For Folkmoot it keeps to `design/content.md` with every expected field filled, so that no warning
is raised: a benchmark that prints ten thousand warnings measures the printing of warnings.
"""

import argparse
import random
import re
import sys
from bisect import bisect
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

sys.dont_write_bytecode = True  # a benchmark leaves nothing behind in the source tree
import words  # noqa: E402
from formats import FORMATS, SITE_TITLE, Doc, write  # noqa: E402

FIRST_DAY = date(2000, 1, 3)  # a Monday: meetings are counted in working days
LAST_DAY = date(2026, 9, 30)
WORKING_DAYS = (LAST_DAY - FIRST_DAY).days // 7 * 5
MOST_MEETINGS = 5000  # of one body; beyond it the corpus has more bodies instead
MONTHS = words.words(words.MONTHS)
VENUES = ("Council Chamber", "Committee Room 2", "Town Hall", "Village Hall")
DECK = 8192


# ── prose ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def deck(ranked):
    """A list to draw from evenly that holds each word as often as Zipf's law says, the rarest at least now and then.

    Drawing is then one multiplication and one look-up; the corpus is some four million draws for 10,000 pages.
    """
    bounds = list(accumulate(1 / (rank + 3) for rank in range(len(ranked))))
    return [ranked[bisect(bounds, (i + 0.5) / DECK * bounds[-1])] for i in range(DECK)]


def patterns(text):
    """Sentences with slots → pairs of a `%` pattern and its slots, the cheapest thing to fill."""
    found = []
    for line in text.strip().splitlines():
        found.append((re.sub(r"\{\w+\}", "%s", line), re.findall(r"\{(\w+)\}", line)))
    return found


class Lexicon:
    """All words and patterns, prepared once."""

    def __init__(self):
        common = {slot: deck(list(ranked)) for slot, ranked in words.slot_lists().items()}
        terms = words.topics()
        self.topics = list(terms)
        self.topic_deck = deck(self.topics)
        self.decks = {}
        for name, of_it in terms.items():
            self.decks[name] = common | {"topic": [name], "Topic": [capital(name)], "term": deck(of_it)}
        self.discussion = patterns(words.DISCUSSION)
        self.short = patterns(words.SHORT)
        self.welcome = patterns(words.WELCOME)
        self.interests = patterns(words.INTERESTS)
        self.closing = patterns(words.CLOSING)
        self.limbs = patterns(words.LIMBS)
        self.undertakings = patterns(words.UNDERTAKINGS)
        self.spans = patterns(words.SPANS)
        self.headings = patterns("\n".join(words.phrases(words.HEADINGS)))
        self.outcomes = [(outcome, patterns(says)[0]) for outcome, says in words.rows(words.OUTCOMES)]


class Teller:
    """One document's voice: a stream of choices that depends on nothing but its key."""

    def __init__(self, lexicon, key):
        self.lexicon = lexicon
        self.random = random.Random(key).random
        self.topic = self.pick(lexicon.topic_deck)

    def pick(self, options):
        return options[int(self.random() * len(options))]

    def number(self, low, high):
        return low + int(self.random() * (high - low + 1))

    def sample(self, options, count):
        """`count` different ones, in an order of chance."""
        return sorted(options, key=lambda _: self.random())[:count]

    def fill(self, pattern):
        text, slots = pattern
        decks = self.lexicon.decks[self.topic]
        chance = self.random
        return text % tuple([decks[slot][int(chance() * len(decks[slot]))] for slot in slots])

    def word(self, slot):
        return self.pick(self.lexicon.decks[self.topic][slot])

    def sentence(self, pool):
        return capital(self.fill(self.pick(pool)))

    def say(self, length, pool=None):
        """Sentences of together about `length` words."""
        said, count = [], 0
        while count < length - 10:
            sentence = self.sentence(pool or self.lexicon.discussion)
            said.append(sentence)
            count += sentence.count(" ") + 1
        return " ".join(said)


def capital(text):
    return text[0].upper() + text[1:]


def spoken(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


# ── the county ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Body:
    """A committee, board, partnership or network, with the days on which it met."""

    def __init__(self, key, short, name, type, purpose, days):
        self.key, self.short, self.name, self.type, self.purpose = key, short, name, type, purpose
        self.days = days
        self.id = f"bodies/{key}"
        self.called = "The " + name.split()[-1]

    def minutes(self, index):
        return f"minutes/{self.key}/{self.days[index]}"

    def title(self, index):
        return f"{self.name}, {spoken(self.days[index])}"


class County:
    """What exists: known before the first page is written, so that every reference lands."""

    def __init__(self, pages, seed):
        self.seed = seed
        self.lexicon = Lexicon()
        self.organisations = words.rows(words.ORGANISATIONS)
        self.priorities = words.rows(words.PRIORITIES)
        self.strategies = words.rows(words.STRATEGIES)
        self.bodies = self.make_bodies(pages)
        self.that_met = [body for body in self.bodies if body.days]
        self.members_of = {}

    def make_bodies(self, pages):
        named = words.rows(words.BODIES)
        more = -(-pages // MOST_MEETINGS) - len(named)
        for number, place in enumerate(words.places()[: max(more, 0)], 1):
            purpose = "It hears what residents of the area need."
            named.append([f"{place.lower()}-area-panel", f"area{number}", f"{place} Area Panel", "network", purpose])
        shares = [pages // len(named) + (i < pages % len(named)) for i in range(len(named))]
        return [Body(*row, days=self.calendar(row[0], share)) for row, share in zip(named, shares)]

    def calendar(self, key, count):
        """`count` different working days, spread over all years."""
        step = WORKING_DAYS / max(count, 1)
        if step < 1:
            sys.exit(f"{count} meetings of one body do not fit on {WORKING_DAYS} working days")
        loose = 0.5 if step >= 2 else 0  # with half a step of play, two meetings stay on two days only from there on
        chance = random.Random(f"{self.seed}/calendar/{key}").random
        return [working_day(int((i + loose * chance()) * step)) for i in range(count)]

    def teller(self, key):
        return Teller(self.lexicon, f"{self.seed}/{key}")

    def members(self, body, day):
        """Who sits on a body; it changes every four years. The first is the chair."""
        term = (body.key, day.year // 4)
        if term not in self.members_of:
            teller = self.teller(f"members/{body.key}/{term[1]}")
            names = teller.sample(words.surnames(), 14)
            self.members_of[term] = [f"Councillor {teller.pick('ABCDEFGHJKLMNPRST')}. {name}" for name in names]
        return self.members_of[term]


def working_day(number):
    return FIRST_DAY + timedelta(days=number // 5 * 7 + number % 5)


# ── minutes ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Minutes:
    """Writes the minutes of one meeting. The order of the drawings is the same in every format."""

    def __init__(self, county, form, body, index, number):
        self.county, self.form, self.body, self.index = county, form, body, index
        self.day = body.days[index]
        self.id = body.minutes(index)
        self.record = f"{body.short}-{self.day.year}-{number}"  # as in "resolution 14 of 2021"
        self.teller = county.teller(self.id)
        self.lexicon = county.lexicon
        self.strategy = self.teller.pick(county.strategies)

    def doc(self):
        topics = self.topics()
        return Doc(self.id, f"Minutes of the {self.body.title(self.index)}", self.head(topics), self.text(topics))

    def topics(self):
        """Four different subjects, the common ones oftener."""
        found = {}
        while len(found) < 4:
            found[self.teller.pick(self.lexicon.topic_deck)] = True
        return list(found)

    def head(self, topics):
        teller, body = self.teller, self.body
        members = self.county.members(body, self.day)
        last = self.index == len(body.days) - 1
        head = {
            "date": self.day.isoformat(),
            "status": "unconfirmed" if last else teller.pick(("agreed", "agreed", "signed")),
            "summary": f"{body.called} discussed {', '.join(topics)}, and made two resolutions.",
            "owner": "Democratic Services",
            "venue": f"{teller.pick(VENUES)}, {teller.word('place')}",
            "time": teller.pick(("10.00 am", "10.30 am", "2.00 pm", "6.30 pm")),
            "chair": members[0],
            "present": [f"{members[0]} (Chair)", *teller.sample(members[1:11], 6)],
            "apologies": teller.sample(members[11:], 2),
            "in_attendance": [teller.word("officer").removeprefix("the ") for _ in range(2)],
        }
        if not last:
            head["agreed_at"] = body.minutes(self.index + 1)
        return head

    def text(self, topics):
        lexicon, teller = self.lexicon, self.teller
        say = teller.sentence
        blocks = [
            *self.item(1, "Welcome and apologies", say(lexicon.welcome[:2]), say(lexicon.welcome[2:])),
            *self.item(2, "Declarations of interest", say(lexicon.interests), say(lexicon.short)),
            *self.item(3, "Minutes of the last meeting", self.last_meeting(), say(lexicon.short)),
        ]
        records = teller.sample(("limbs", "marked", "action", "span"), 4)
        extras = teller.sample(("strategy", "body", "meeting", "table"), 4)
        for number, (topic, record, extra) in enumerate(zip(topics, records, extras), 4):
            teller.topic = topic
            blocks += self.subject(number, record, extra)
        blocks += self.item(8, "Work programme and next meeting", say(lexicon.closing), say(lexicon.closing))
        return "\n\n".join(blocks) + "\n"

    def item(self, number, title, first, second):
        return [f"## {number}. {title}", f"{number}.1 {first}", f"{number}.2 {second}"]

    def subject(self, number, record, extra):
        """An item with something to discuss: one record, and a cross reference or the table."""
        teller = self.teller
        title = teller.fill(teller.pick(self.lexicon.headings))
        first = teller.say(66)
        second = "" if record == "marked" else teller.say(66)
        if extra != "table":
            first += " " + getattr(self, f"refer_to_{extra}")()
        heading, first, second = self.item(number, capital(title), first, second)
        table = [self.table()] if extra == "table" else []
        if record == "limbs":
            return [heading, first, *table, second, *self.limbs()]
        return [heading, first, *table, second + getattr(self, record)()]

    # ── records ──

    def limbs(self):
        """A resolution by its words: RESOLVED, and a numbered list."""
        teller = self.teller
        opening = teller.pick(("**RESOLVED**", "**RESOLVED**", "RESOLVED", "**RECOMMENDED**", "**AGREED**"))
        limbs = [teller.fill(pattern) for pattern in teller.sample(self.lexicon.limbs, teller.number(2, 3))]
        return [opening, "\n".join(f"{number}. {limb}" for number, limb in enumerate(limbs, 1))]

    def marked(self):
        """A resolution by attributes, with a number of its own; the whole paragraph is the record."""
        teller = self.teller
        outcome, pattern = teller.pick(self.lexicon.outcomes)
        text = f"{self.body.called} {teller.fill(pattern)}."
        # Nothing follows the record in its paragraph, so what was said stands before it.
        attributes = f".resolution #{self.record} outcome={outcome} about=strategies/{self.strategy[0]}"
        return f"{teller.say(48)} {text}" + self.form.attributes(attributes)

    def action(self):
        """An action in a sentence."""
        teller = self.teller
        who = teller.word("officer").removeprefix("the ")
        due = self.day + timedelta(days=teller.number(20, 120))
        return f" {teller.sentence(self.lexicon.undertakings)} (Action: {who}, by {spoken(due)})"

    def span(self):
        """An action that is part of a sentence."""
        teller = self.teller
        key = teller.pick(self.county.organisations)[0]
        promise = teller.fill(teller.pick(self.lexicon.spans))
        return f" It was agreed that {self.form.span(promise, f'.action by=organisations/{key}')}."

    # ── cross references ──

    def last_meeting(self):
        """A link to the meeting before; the first meeting of a body points at the next one, a lone one at itself."""
        index = self.index - 1 if self.index else min(1, len(self.body.days) - 1)
        text = f"meeting on {spoken(self.body.days[index])}"
        link = self.form.link(self.id, self.body.minutes(index), text, "item-4")
        changes = f"{self.teller.word('adj')} changes to the list of {self.teller.word('noun')}"
        return f"The minutes of the {link} were agreed as a correct record, with {changes}."

    def refer_to_strategy(self):
        key, title, _ = self.strategy
        reference = self.form.reference(f"strategies/{key}", title)
        return f"Members tested the proposals against the {reference} and its aims on {self.teller.word('term')}."

    def refer_to_body(self):
        body = self.teller.pick(self.county.bodies)
        link = self.form.link(self.id, body.id, body.name)
        return f"The same {self.teller.word('noun')} had been before the {link} earlier in the year."

    def refer_to_meeting(self):
        """Paragraph 5.1 of an earlier meeting of any body: each set of minutes has one."""
        body = self.teller.pick(self.county.that_met)
        index = max(0, self.index * len(body.days) // len(self.body.days) - self.teller.number(1, 6))
        text = f"paragraph 5.1 of the minutes of {spoken(body.days[index])}"
        reference = self.form.reference(body.minutes(index), body.title(index), "5.1", text)
        who, what, done = (self.teller.word(slot) for slot in ("person", "noun", "verbed"))
        return f"{who} recalled {reference}, where {what} had been {done}."

    # ── the table ──

    def table(self):
        teller = self.teller
        rows = ["| Area | Last quarter | This quarter | Change |", "|---|---:|---:|---:|"]
        for place in dict.fromkeys(teller.word("place") for _ in range(5)):
            before, now = teller.number(8, 400), teller.number(8, 400)
            rows.append(f"| {place} | {before} | {now} | {now - before:+} |")
        return "\n".join(rows)


def all_minutes(county, form):
    for body in county.bodies:
        numbers = {}
        for index, day in enumerate(body.days):
            numbers[day.year] = numbers.get(day.year, 0) + 1
            yield Minutes(county, form, body, index, numbers[day.year]).doc()


# ── what the minutes speak of ──────────────────────────────────────────────────────────────────────────────────────


def organisations(county):
    for key, name, what in county.organisations:
        head = {"summary": f"{name} is {what}.", "owner": "Community Safety Team"}
        yield Doc(f"organisations/{key}", name, head, paragraphs(county.teller(key), 2))


def bodies(county):
    for body in county.bodies:
        teller = county.teller(body.id)
        head = {
            "type": body.type,
            "summary": body.purpose,
            "purpose": body.purpose,
            "owner": "Democratic Services",
            "from": "2000",
            "members": [
                {"organisation": f"organisations/{key}", "role": "member", "voting": teller.random() < 0.8}
                for key, _, _ in teller.sample(county.organisations, 5)
            ],
        }
        yield Doc(body.id, body.name, head, paragraphs(teller, 3))


def priorities(county):
    for key, title, topic, _, _ in county.priorities:
        teller = county.teller(f"priorities/{key}")
        teller.topic = topic
        strategy = next((key for key, _, about in county.strategies if about == topic), county.strategies[0][0])
        before = {"from": "2021-04", "to": "2024-03", "name": "Plan of 2021", "status": "new"}
        now = {"from": "2024-04", "to": "2029-03", "name": "Plan of 2024", "status": "continuing"}
        head = {
            "summary": f"What the partnership does about {topic}.",
            "owner": "Community Safety Team",
            "lead": teller.pick(county.bodies[:12]).id,
            "cycles": [before, now | {"strategy": f"strategies/{strategy}"}],
            "indicators": [f"indicators/{key}"],
        }
        titles = ("Why it matters", "What we do", "What has changed")
        yield Doc(f"priorities/{key}", title, head, sections(teller, titles))


def indicators(county):
    for key, _, topic, title, unit in county.priorities:
        teller = county.teller(f"indicators/{key}")
        teller.topic = topic
        figures = "".join(f"{year}/{(year + 1) % 100:02},{teller.number(40, 900)},\n" for year in range(2015, 2026))
        head = {
            "summary": f"One measure of the work on {topic}.",
            "owner": "Performance Team",
            "unit": unit,
            "measured_by": teller.pick(county.organisations)[1],
            "data": f"{key}.csv",
        }
        data = {f"{key}.csv": "period,value,note\n" + figures}
        yield Doc(f"indicators/{key}", title, head, paragraphs(teller, 2), data)


def strategies(county):
    for key, title, topic in county.strategies:
        teller = county.teller(f"strategies/{key}")
        teller.topic = topic
        served = [p for p, _, about, _, _ in county.priorities if about == topic] or [county.priorities[-1][0]]
        head = {
            "status": "published",
            "summary": f"How the partners will work together on {topic} until 2029.",
            "owner": "Community Safety Team",
            "from": "2024-04",
            "to": "2029-03",
            "lead": teller.pick(county.bodies[:12]).id,
            "priorities": [f"priorities/{name}" for name in served],
        }
        titles = ("Why we need this strategy", "What the evidence says", "What we will do", "How we will know")
        yield Doc(f"strategies/{key}", title, head, numbered_sections(teller, titles))


def paragraphs(teller, count):
    return "\n\n".join(teller.say(60) for _ in range(count)) + "\n"


def sections(teller, titles):
    return "\n".join(f"## {title}\n\n{paragraphs(teller, 2)}" for title in titles)


def numbered_sections(teller, titles):
    made = []
    for number, title in enumerate(titles, 1):
        made.append(f"## {number}. {title}")
        made += [f"{number}.{part} {teller.say(55)}" for part in range(1, 4)]
    return "\n\n".join(made) + "\n"


# ── the site ───────────────────────────────────────────────────────────────────────────────────────────────────────


def all_docs(county, form):
    yield from organisations(county)
    yield from bodies(county)
    yield from priorities(county)
    yield from indicators(county)
    yield from strategies(county)
    yield from all_minutes(county, form)


def all_sections(county):
    """Folder → title of its list."""
    kinds = ("organisations", "bodies", "priorities", "indicators", "strategies", "minutes")
    lists = {kind: kind.capitalize() for kind in kinds}
    return {"": SITE_TITLE} | lists | {f"minutes/{body.key}": body.name for body in county.that_met}


def make(pages, seed, form, out):
    """Writes the site folder; returns the number of documents."""
    county = County(pages, seed)
    form.site(out)
    sections = all_sections(county)
    for folder, title in sections.items():
        below = {name: sections[name] for name in sections if folder and name.startswith(f"{folder}/")}
        for path, text in form.section(folder, title, below):
            write(out / path, text)
    count = 0
    for count, doc in enumerate(all_docs(county, form), 1):
        for path, text in [form.file(doc), *form.attachments(doc)]:
            write(out / path, text)
    return count


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000, metavar="N", help="sets of minutes (default 1000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=FORMATS, default="folkmoot")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder that is new or empty")
    return parser.parse_args()


def main():
    given = arguments()
    if given.pages < 1:
        sys.exit("--pages: at least 1")
    if given.out.exists() and any(given.out.iterdir()):
        sys.exit(f"{given.out} is not empty: a corpus is made in a folder of its own")
    count = make(given.pages, given.seed, FORMATS[given.format], given.out)
    print(f"{given.pages} minutes and {count - given.pages} other documents as {given.format}, seed {given.seed}")


if __name__ == "__main__":
    main()
