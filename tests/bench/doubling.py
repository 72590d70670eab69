#!/usr/bin/env python3
"""Does twice the text take twice the work? Families of text that made other programs slow, at n and at 2n bytes.

The families of clerks (`MEETINGS`) are minutes, in which decisions, actions, people and items are looked for.

Enters: a program (`--folkmoot`), a size, a number of rounds. Leaves: a Markdown table on stdout, one row a family: CPU
time at n and at 2n, less that of a site with one short page, and their ratio. What grows with the length of its text
has a ratio near 2, what grows with its square one near 4; the limit is 3. The exit code is 1 above it.

Nothing here is part of `cargo test`: seconds say nothing about a program on a machine that others use. A ratio of two
runs beside each other does, of CPU time and not of wall time, the best of the rounds.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from run import BuildFailed, measure

LIMIT = 3.0
# Below so many seconds a ratio is the noise of the machine.
LEAST = 0.05

# Where a text lies.
PAGE = "pages/a.md"
MINUTES = "minutes/board/2024-01-02.md"

# A unit that is repeated, with what stands before it.
FAMILIES = {
    "open brackets over line ends": ("", "[^\n"),
    "open brackets of notes": ("", "[^a"),
    "open tags with a backtick": ("", "<a [^`"),
    "declarations that do not end": ("", "!-- <"),
    "CDATA": ("", "a <![CDATA["),
    "instructions": ("", "a <?"),
    "declarations": ("", "a <!A"),
    "addresses in angles": ("", "[a](<b"),
    "links without words": ("", "[]("),
    "links that close first": ("", "](["),
    "brackets": ("", "["),
    "stars": ("", "*a **a "),
    "backticks": ("", "`a``"),
    "quotations": ("", ">"),
    "lists": ("a\n\n", "- a\n\n"),
    "lists in lists": ("x", "\n- a\n  - b\n    - c\n"),
    "dollars and braces": ("", "$a {"),
    "braces that exempt": ("", "{.exempt "),
    "definitions of notes": ("", "[^a]: b\n\n"),
    "definitions of links": ("", "[a]: b.md\n"),
    "rows of a table": ("| a | b |\n|---|---|\n", "| 1 | b |\n"),
    "captions": ("", "Table: a\n\n| a |\n|---|\n| b |\n\n"),
    "references": ("", "[[a|b]] "),
    "embeds": ("", "![[a]]\n\n"),
    "numbered paragraphs": ("## 1. A\n\n", "1.1 The budget.\n\n"),
    "headings": ("", "## Budget\n\n"),
    "words of the glossary": ("", "Case review panels, case reviews. "),
    "sections that lead nowhere": ("", "section 1, 2 and 3 of Part 4 of "),
    "sections of an Act": ("", "section 1 of the Crime Act 1998 and "),
    "one long line of words": ("", "word "),
}

# The same for minutes. What makes a record, or nearly does, in each form that is read.
MEETINGS = {
    "decisions, a paragraph each": ("# Board\n\n", "It was resolved that the fence be mended.\n\n"),
    "decisions on one line": ("# Board\n\n", "It was resolved that the fence be mended. "),
    "decisions in lines": ("# Board\n\n", "RESOLVED that the fence be mended.\n"),
    "openers of decisions": ("# Board\n\n", "RESOLVED: That the fence be mended.\n\n"),
    "decisions with blanks": ("# Board\n\n", "RESOLVED: That ________ be approved.\n\n"),
    "decisions in a list": ("## Decisions\n\n", "- The fence is mended.\n"),
    "motions without a result": ("# Board\n\n", "Cllr Reed proposed that the fence be mended.\n\n"),
    "motions on one line": ("# Board\n\n", "Cllr Reed proposed that the fence be mended. "),
    "results of nothing": ("# Board\n\n", "Carried.\n\n"),
    "results on one line": ("# Board\n\n", "Carried. "),
    "motions in a table": ("| Motion | Moved | Result |\n|---|---|---|\n", "| Mend the fence | Reed | Passed |\n"),
    "votes": ("# Board\n\n", "Ayes: Ann, Bo. "),
    "actions, a paragraph each": ("# Board\n\n", "ACTION: Clerk to write to the club.\n\n"),
    "actions in lines": ("# Board\n\n", "ACTION: Clerk to write to the club.\n"),
    "undertakings on one line": ("# Board\n\n", "The Clerk will write to the club. "),
    "actions in a list": ("## Actions\n\n", "- Ann: mend the fence\n"),
    "actions in a table": ("| Action | Owner | Due |\n|---|---|---|\n", "| Mend the fence | Reed | May |\n"),
    "marks without words": ("# Board\n\nWords.\n\n", "ACTION\n\n"),
    "names": ("# Board\n\nPresent: ", "Ann Reed, "),
    "names without blanks": ("# Board\n\nPresent: ", "Ann,"),
    "commas": ("# Board\n\nPresent: ", ","),
    "people in a table": ("| Name | Role |\n|---|---|\n", "| Ann Reed | Chair |\n"),
    "labels of presence": ("# Board\n\n", "Present: Ann Reed\n\n"),
    "labels in labels": ("# Board\n\n", "(a) "),
    "dotted labels": ("# Board\n\n", "1."),
    "labels of items": ("# Board\n\n", "Item 1: "),
    "items in bold": ("# Board\n\n", "**7. Fence**\n\n"),
    "full stops without blanks": ("# Board\n\n", "a."),
}

EXPLAINED = {
    "glossary.toml": "".join(
        f'[[term]]\nterm = "case review {word}"\nmeaning = "A."\n' for word in ["body", "board", "group", "team"]
    ),
    "statutes.toml": '[[act]]\ntitle = "Crime Act 1998"\nurl = "https://www.legislation.gov.uk/ukpga/1998/37"\n',
}


def main():
    arguments = parse_arguments()
    program = str(Path(arguments.folkmoot).resolve())
    families = [(name, unit, PAGE) for name, unit in FAMILIES.items()]
    families += [(name, unit, MINUTES) for name, unit in MEETINGS.items()]
    chosen = [family for family in families if arguments.family in family[0]]
    empty = cost(program, "Text.\n", PAGE, arguments.rounds)
    print(f"\n{arguments.bytes:,} bytes and twice as many; the site alone takes {empty:.3f} s of CPU\n")
    print("| family | s at n | s at 2n | ratio |\n|---|---:|---:|---:|")
    slow = []
    for name, (before, unit), path in chosen:
        texts = [before + unit * (size // len(unit)) for size in (arguments.bytes, 2 * arguments.bytes)]
        once, twice = (max(cost(program, text, path, arguments.rounds) - empty, 0.0) for text in texts)
        measurable = twice >= LEAST
        ratio = f"{twice / max(once, LEAST / 2):.2f}" if measurable else "–"
        print(f"| {name} | {once:.3f} | {twice:.3f} | {ratio} |", flush=True)
        if measurable and twice / max(once, LEAST / 2) >= LIMIT:
            slow.append(name)
    if slow:
        print(f"\n{LIMIT:.0f} or more: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


def cost(program, text, path, rounds):
    """The least CPU time of a site whose one document is this text, at this path below `content`."""
    return min(built(program, text, path) for _ in range(rounds))


def built(program, text, path):
    with tempfile.TemporaryDirectory() as folder:
        site, home = Path(folder) / "site", Path(folder) / "home"
        document = site / "content" / path
        document.parent.mkdir(parents=True)
        home.mkdir()
        document.write_text(text)
        for name, explained in EXPLAINED.items():
            (site / "content" / name).write_text(explained)
        try:
            return measure([program, "build"], site, home).cpu
        except BuildFailed as failure:
            # Braces that exempt hold the page back with an error, which ends the build with 1 after all the work.
            if "ended with 1" in str(failure):
                return failed_cost(program, site, home)
            raise


def failed_cost(program, site, home):
    """The same for a build that ends with an error, by way of a shell that takes the error away."""
    return measure(["sh", "-c", f"'{program}' build || true"], site, home).cpu


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folkmoot", default="target/release/folkmoot", metavar="PATH")
    parser.add_argument("--bytes", type=int, default=950_000, help="n; a text may have 2,000,000 bytes")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--family", default="", help="only those with this in their name")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
