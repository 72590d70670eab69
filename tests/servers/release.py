#!/usr/bin/env python3
"""Says whether the website in a folder is what its release.txt says: a reader of src/publish/RELEASE.md that is not Folkmoot.

    release.py FOLDER           exit code 0 if it is, else 1 and what differs
    release.py FOLDER BEFORE    also whether BEFORE is the release.txt of the release before it
"""

import datetime
import hashlib
import pathlib
import re
import sys

REMARKS = [
    (r"# Folkmoot release 1", None),
    (r"# number: ([1-9][0-9]*)", "number"),
    (r"# time: ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)", "time"),
    (r"# before: (none|[0-9a-f]{64})", "before"),
]


class Damaged(Exception):
    pass


def read(text):
    """What a release.txt says: its remarks, and the checksum of each file by its path."""
    if not text.endswith("\n"):
        raise Damaged("the last line is not ended")
    lines = text[:-1].split("\n")
    if len(lines) < len(REMARKS):
        raise Damaged("remarks are missing")
    remarks = {}
    for (form, name), line in zip(REMARKS, lines):
        found = re.fullmatch(form, line)
        if not found:
            raise Damaged(f"this is no remark: {line}")
        if name:
            remarks[name] = found.group(1)
    datetime.datetime.strptime(remarks["time"], "%Y-%m-%dT%H:%M:%SZ")
    files, last = {}, b""
    for line in lines[len(REMARKS):]:
        found = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        if not found:
            raise Damaged(f"this is no file: {line}")
        path = found.group(2)
        if path.encode() <= last:
            raise Damaged(f"not sorted: {path}")
        files[path], last = found.group(1), path.encode()
    return remarks, files


def found_in(folder):
    """The checksum of each file below a folder, without those that belong to no release."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in ("release.txt", ".nojekyll") and not name.startswith(".folkmoot"):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def main(arguments):
    folder = pathlib.Path(arguments[0])
    try:
        remarks, files = read((folder / "release.txt").read_bytes().decode())
    except (Damaged, ValueError, OSError) as error:
        print(f"release.txt: {error}")
        return 1
    found, wrong = found_in(folder), []
    wrong += [f"missing: {path}" for path in files if path not in found]
    wrong += [f"in no release: {path}" for path in found if path not in files]
    wrong += [f"changed: {path}" for path in files if path in found and found[path] != files[path]]
    if len(arguments) > 1:
        before = hashlib.sha256(pathlib.Path(arguments[1]).read_bytes()).hexdigest()
        if before != remarks["before"]:
            wrong.append("the release before it is another one")
    for line in wrong:
        print(line)
    print(f"release {remarks['number']}: {len(files)} files, {len(wrong)} of them wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
