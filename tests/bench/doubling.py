#!/usr/bin/env python3
"""Does twice the text take twice the work? Families of text that made other programs slow, at n and at 2n bytes.

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

EXPLAINED = {
    "glossary.toml": "".join(
        f'[[term]]\nterm = "case review {word}"\nmeaning = "A."\n' for word in ["body", "board", "group", "team"]
    ),
    "statutes.toml": '[[act]]\ntitle = "Crime Act 1998"\nurl = "https://www.legislation.gov.uk/ukpga/1998/37"\n',
}


def main():
    arguments = parse_arguments()
    program = str(Path(arguments.folkmoot).resolve())
    chosen = {name: unit for name, unit in FAMILIES.items() if arguments.family in name}
    empty = cost(program, "Text.\n", arguments.rounds)
    print(f"\n{arguments.bytes:,} bytes and twice as many; the site alone takes {empty:.3f} s of CPU\n")
    print("| family | s at n | s at 2n | ratio |\n|---|---:|---:|---:|")
    slow = []
    for name, (before, unit) in chosen.items():
        texts = [before + unit * (size // len(unit)) for size in (arguments.bytes, 2 * arguments.bytes)]
        once, twice = (max(cost(program, text, arguments.rounds) - empty, 0.0) for text in texts)
        measurable = twice >= LEAST
        ratio = f"{twice / max(once, LEAST / 2):.2f}" if measurable else "–"
        print(f"| {name} | {once:.3f} | {twice:.3f} | {ratio} |", flush=True)
        if measurable and twice / max(once, LEAST / 2) >= LIMIT:
            slow.append(name)
    if slow:
        print(f"\n{LIMIT:.0f} or more: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


def cost(program, text, rounds):
    """The least CPU time of a site whose one page is this text."""
    return min(built(program, text) for _ in range(rounds))


def built(program, text):
    with tempfile.TemporaryDirectory() as folder:
        site, home = Path(folder) / "site", Path(folder) / "home"
        (site / "content/pages").mkdir(parents=True)
        home.mkdir()
        (site / "content/pages/a.md").write_text(text)
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
