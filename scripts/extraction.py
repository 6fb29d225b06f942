"""Finds every string that a person sees, without GNU gettext: Python, Django templates, the app's JavaScript."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ["elearning", "courses", "assessments", "modules"]
NOT_OURS = {"migrations", "vendor", "node_modules", "content"}
PYTHON_CALLS: dict[str, tuple | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
JAVASCRIPT_CALL = re.compile(r"(?<![\w.$])(\w+)\(\s*")
# A helper of the file's own around ngettext: its callers give the texts.
HELPER = re.compile(r"(?:const|function) (\w+)(?: = )?\(singular, plural\b")
FROM_A_HELPER = re.compile(r"singular, plural\b")
DEFINITION = re.compile(r"(?:function|const)\s+$")
STRING = re.compile(r"'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\$]|\\.)*)`")
BETWEEN = re.compile(r"\s*,\s*")
ARGUMENTS = {"gettext": 1, "ngettext": 2, "pgettext": 2}
ESCAPES = {"n": "\n", "t": "\t"}

Found = tuple[
    str | tuple[str, str], str | None, list[str]
]  # msgid or (one, many), context, comments


class NotLiteral(ValueError):
    """A string that is put together at run time can't be found, so nobody can translate it."""


def python_strings(source: str) -> Iterator[Found]:
    file = io.BytesIO(source.encode())
    options = {"encoding": "utf-8"}
    for _line, message, comments, context in extract(
        "python", file, PYTHON_CALLS, ["Translators:"], options
    ):
        yield message, context, comments


def template_strings(source: str) -> Iterator[Found]:
    # Configured here, because templatize() reads the settings and scripts run without them.
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    # Python-like text whose indentation means nothing; a tokenizer would trip over it.
    yield from python_strings(re.sub(r"^[ \t]+", "", templatize(source), flags=re.MULTILINE))


def javascript_strings(source: str) -> Iterator[Found]:
    """By expression and not by Babel's lexer, which can't read a template inside a template (lit-html)."""
    known = ARGUMENTS | {found[1]: 2 for found in HELPER.finditer(source)}
    for call in JAVASCRIPT_CALL.finditer(source):
        name = call[1]
        defined = DEFINITION.search(source, max(call.start() - 20, 0), call.start())
        if name not in known or defined or FROM_A_HELPER.match(source, call.end()):
            continue
        texts = _literals(source, call.end(), known[name])
        if name == "gettext":
            yield texts[0], None, []
        elif name == "pgettext":
            yield texts[1], texts[0], []
        else:
            yield (texts[0], texts[1]), None, []


def _literals(source: str, at: int, count: int) -> list[str]:
    texts: list[str] = []
    for number in range(count):
        if number:
            comma = BETWEEN.match(source, at)
            at = comma.end() if comma else at
        literal = STRING.match(source, at)
        if not literal:
            raise NotLiteral(source[max(at - 40, 0) : at + 40].replace("\n", " "))
        texts.append(_unescape(next(group for group in literal.groups() if group is not None)))
        at = literal.end()
    return texts


def _unescape(text: str) -> str:
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), text)


def sources(domain: str) -> Iterator[tuple[Path, Iterator[Found]]]:
    """Every source file of a domain (django or djangojs) with the strings in it."""
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*")):
        if NOT_OURS & set(path.relative_to(ROOT).parts):
            continue
        if domain == "djangojs" and path.suffix == ".js":
            yield path, javascript_strings(path.read_text())
        elif domain == "django" and path.suffix == ".py":
            yield path, python_strings(path.read_text())
        elif domain == "django" and path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield path, template_strings(path.read_text())


def template(domain: str) -> Catalog:
    """A catalogue of all the strings of a domain, untranslated, each with the files it stands in."""
    catalog = Catalog(charset="utf-8")
    for path, found in sources(domain):
        name = path.relative_to(ROOT).as_posix()
        for msgid, context, comments in found:
            catalog.add(msgid, context=context, locations=[(name, 0)], auto_comments=comments)
    return catalog
