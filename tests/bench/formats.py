"""How one document is written for Folkmoot, for Zola, for Hugo, or as plain Markdown.

Enters: a `Doc` (what a page says, made by `corpus.py`). Leaves: the file's path below the site folder and its text,
and beside the documents what a site needs to build (configuration, templates, section pages).

The four formats carry the same words. What only Folkmoot has (records, spans, references by id) becomes the text that
it prints, and an ordinary link. The peers' links are written root-relative, so that they need not resolve anything:
where a comparison cannot be exact, it leans to the peer's side.
"""

import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
BASE_URL = "https://aldermere.example"
SITE_TITLE = "Safer Aldermere"
# What a page of the peers shows of the front matter; relations between documents they do not have.
SHOWN = "status chair venue time owner present apologies in_attendance type purpose unit".split()


@dataclass
class Doc:
    """One document. `id` is its path below `content/` without `.md`; `head` holds the front matter in order."""

    id: str
    title: str
    head: dict
    text: str
    files: dict = field(default_factory=dict)  # attachments: name beside the document → text

    @property
    def folder(self):
        return self.id.rpartition("/")[0]


class Folkmoot:
    """The dialect of `content.md`, as staff write it."""

    def link(self, source, target, text, anchor=""):
        """A relative link; `anchor` is the full name (`item-4`)."""
        up = "../" * source.count("/")
        same_folder = source.rpartition("/")[0] == target.rpartition("/")[0]
        path = target.rpartition("/")[2] if same_folder else up + target
        return f"[{text}]({path}.md{'#' + anchor if anchor else ''})"

    def reference(self, target, title, label="", text=""):
        """`[[…]]`; `label` is as printed (`5.1`), and without a text Folkmoot prints the target's title."""
        return f"[[{target}{'#' + label if label else ''}{'|' + text if text else ''}]]"

    def attributes(self, attributes):
        """What stands at the end of a block that is a record."""
        return f" {{{attributes}}}"

    def span(self, text, attributes):
        """Words marked as a record without adding any."""
        return f"[{text}]{{{attributes}}}"

    def file(self, doc):
        head = {"title": doc.title, **doc.head}
        return f"content/{doc.id}.md", f"---\n{yaml(head)}---\n\n{doc.text}"

    def attachments(self, doc):
        return [(f"content/{doc.folder}/{name}", text) for name, text in doc.files.items()]

    def section(self, folder, title, below):
        """Folkmoot lists a folder without being told."""
        return []

    def site(self, out):
        write(out / "content/site.toml", f'title = "{SITE_TITLE}"\nbase_url = "{BASE_URL}"\n')


class Plain:
    """Markdown alone: a heading and the text."""

    def link(self, source, target, text, anchor=""):
        return f"[{text}](/{target}/)"

    def reference(self, target, title, label="", text=""):
        return f"[{text or title}](/{target}/)"

    def attributes(self, attributes):
        return ""

    def span(self, text, attributes):
        return text

    def file(self, doc):
        return f"{doc.id}.md", f"# {doc.title}\n\n{doc.text}"

    def attachments(self, doc):
        return []

    def section(self, folder, title, below):
        return []

    def site(self, out):
        pass


class Peer(Plain):
    """What Zola and Hugo share: TOML front matter, `_index.md` for a list, a folder of templates beside this file."""

    name = params = ""
    section_head = ""

    def file(self, doc):
        return f"content/{doc.id}.md", f"+++\n{self.head(doc)}+++\n\n{doc.text}"

    def head(self, doc):
        lines = [f"title = {toml(doc.title)}"]
        if "date" in doc.head:
            lines.append(f"date = {doc.head['date']}")
        lines += [f"description = {toml(doc.head['summary'])}", f"[{self.params}]"]
        lines += [f"{key} = {toml(doc.head[key])}" for key in SHOWN if key in doc.head]
        return "\n".join(lines) + "\n"

    def section(self, folder, title, below):
        """The list of a folder. The folders below it are its text: templates ask for them in too many ways."""
        path = f"content/{folder}/_index.md".replace("//", "/")
        links = "".join(f"- [{name}](/{address}/)\n" for address, name in below.items())
        return [(path, f"+++\ntitle = {toml(title)}\n{self.section_head}+++\n{links}")]

    def site(self, out):
        shutil.copytree(HERE / "peers" / self.name, out, dirs_exist_ok=True)


class Zola(Peer):
    name, params = "zola", "extra"
    # Only documents with a date can be sorted by it and stand in a feed; `corpus.py` dates nothing but minutes.
    section_head = 'sort_by = "title"\npaginate_by = 20\ntemplate = "list.html"\n'

    def section(self, folder, title, below):
        [(path, text)] = super().section(folder, title, below)
        if folder == "":
            text = text.replace(self.section_head, "")
        elif folder.startswith("minutes/"):
            text = text.replace('sort_by = "title"\n', 'sort_by = "date"\ngenerate_feeds = true\n')
        return [(path, text)]


class Hugo(Peer):
    name, params = "hugo", "params"


FORMATS = {"folkmoot": Folkmoot(), "zola": Zola(), "hugo": Hugo(), "plain": Plain()}


def write(path, text):
    """One file, UTF-8 with line feeds on every machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def toml(value):
    """A string or a list of strings; JSON's are TOML's."""
    return json.dumps(value, ensure_ascii=False)


def yaml(mapping, indent=""):
    """Block style with plain scalars, as a person types it."""
    lines = []
    for key, value in mapping.items():
        if isinstance(value, dict):
            lines.append(f"{indent}{key}:\n{yaml(value, indent + '  ')}")
        elif isinstance(value, list):
            lines.append(f"{indent}{key}:\n" + "".join(yaml_item(entry, indent + "  ") for entry in value))
        else:
            lines.append(f"{indent}{key}: {yaml_scalar(value)}\n")
    return "".join(lines)


def yaml_item(entry, indent):
    """One entry of a list; of a mapping, the first key stands beside the dash."""
    if isinstance(entry, dict):
        return f"{indent}- {yaml(entry, indent + '  ').lstrip()}"
    return f"{indent}- {yaml_scalar(entry)}\n"


def yaml_scalar(value):
    """Quoted only where YAML itself would read the plain text as something else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if re.search(r": | #|:$", text) or text[:1] in "[]{}&*!|>'\"%@`#-?,":
        return json.dumps(text, ensure_ascii=False)
    return text
