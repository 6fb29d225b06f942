"""The interface catalogues: locale/<language>/LC_MESSAGES/django.po and djangojs.po.

    messages.py update    put new strings in, keep every translation, mark what went away as obsolete
    messages.py compile   write the .mo files that Django reads (only where they are older)
    messages.py check     exit 1 with one line for each thing that is wrong
    messages.py report    how much of each language is translated, and how much of that by machine

A translation that nobody has read yet has the translator's comment "machine" (`# machine`) above it.
"""

import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from elearning import languages
from scripts import extraction

DOMAINS = ["django", "djangojs"]
LOCALE = extraction.ROOT / "locale"
TRANSLATIONS = [language for language in languages.ALL if language != languages.SOURCE]
# Headers that change by themselves and would make a difference where there is none.
RESTLESS = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Report-Msgid-Bugs-To",
    "Last-Translator",
    "Language-Team",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def path_of(language: languages.Language, domain: str) -> Path:
    return LOCALE / language.locale / "LC_MESSAGES" / f"{domain}.po"


def read(path: Path, language: languages.Language) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language.locale, abort_invalid=True)


def updated(old: bytes, template: Catalog, language: languages.Language) -> bytes:
    """The catalogue with the template's strings: translations kept, none guessed, the same bytes every time."""
    catalog = read_po(io.BytesIO(old), locale=language.locale, charset="utf-8")
    revive(catalog, template)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalog.header_comment = f"# {language.english} texts of the platform. See docs/translator.md."
    catalog._num_plurals = _count_of(language)
    catalog._plural_expr = language.plural_forms.split("plural=", 1)[1].rstrip(";")
    catalog.fuzzy = False
    catalog.project, catalog.version = "elearning", "1"
    out = io.BytesIO()
    write_po(
        out, catalog, width=120, sort_output=True, include_lineno=False, include_previous=False
    )
    return b"".join(
        line for line in out.getvalue().splitlines(keepends=True) if not _is_restless(line)
    )


def revive(catalog: Catalog, template: Catalog) -> None:
    """A string that comes back to the sources gets its translation back."""
    for message in list(catalog.obsolete.values()):
        live = catalog.get(message.id, message.context)
        if template.get(message.id, message.context) and not (live and any(translations(live))):
            catalog.add(
                message.id,
                message.string,
                user_comments=message.user_comments,
                context=message.context,
            )
            del catalog.obsolete[catalog._key_for(message.id, message.context)]


def _is_restless(line: bytes) -> bool:
    return line.startswith(tuple(f'"{name}:'.encode() for name in RESTLESS))


def _count_of(language: languages.Language) -> int:
    return int(re.match(r"nplurals=(\d)", language.plural_forms)[1])  # type: ignore[index]


def update() -> int:
    for domain in DOMAINS:
        template = extraction.template(domain)
        for language in TRANSLATIONS:
            path = path_of(language, domain)
            old = path.read_bytes() if path.exists() else b""
            new = updated(old, template, language)
            if new != old:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(new)
        print(f"{domain}: {len(template)} strings")
    return 0


def compile_all() -> int:
    for path in LOCALE.rglob("*.po"):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source, target.open("wb") as out:
            write_mo(out, read_po(source))
    return 0


def check() -> int:
    problems = [problem for domain in DOMAINS for problem in problems_of(domain)]
    for problem in problems:
        print(problem)
    print(f"catalogues: {len(problems)} problems")
    return 1 if problems else 0


def problems_of(domain: str) -> Iterator[str]:
    template = extraction.template(domain)
    for language in TRANSLATIONS:
        path = path_of(language, domain)
        name = path.relative_to(LOCALE.parent)
        if not path.exists():
            yield f"{name} is missing: make messages"
            continue
        try:
            catalog = read(path, language)
        except (PoFileError, ValueError) as error:
            yield f"{name} can't be read: {error}"
            continue
        yield from (f"{name}: {problem}" for problem in wrong_headers(path.read_text(), language))
        yield from (f"{name}: {problem}" for problem in wrong_messages(catalog, language))
        if keys(catalog) != keys(template):
            yield f"{name} is not up to date with the sources: make messages"


def keys(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalog if message.id}


def wrong_headers(text: str, language: languages.Language) -> Iterator[str]:
    for header in (f"Plural-Forms: {language.plural_forms}", f"Language: {language.locale}"):
        # A long header goes on over several lines.
        if f"{header}\\n" not in text.replace('"\n"', ""):
            yield f"the header is not {header}"


def wrong_messages(catalog: Catalog, language: languages.Language) -> Iterator[str]:
    for message in catalog:
        texts = translations(message)
        if not message.id or not any(texts):
            continue
        short = source_of(message)[:60]
        if message.fuzzy:
            yield f'"{short}" is marked fuzzy: translate it or empty it'
        if isinstance(message.id, tuple) and (len(texts) != _count_of(language) or not all(texts)):
            yield f'"{short}" needs {_count_of(language)} forms'
        if any(odd_placeholders(message, text) for text in texts if text):
            yield f'"{short}" has other placeholders than its translation'


def source_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def translations(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def odd_placeholders(message: Message, text: str) -> bool:
    """Whether a text has a placeholder that the source lacks, or a singular message lacks one of the source's.

    A form of a plural may leave the number out ("one answer").
    """
    wanted, found = set(PLACEHOLDER.findall(source_of(message))), set(PLACEHOLDER.findall(text))
    return bool(found - wanted) or (isinstance(message.id, str) and found != wanted)


def report() -> int:
    for language in TRANSLATIONS:
        catalogs = [read(path_of(language, domain), language) for domain in DOMAINS]
        messages = [message for catalog in catalogs for message in catalog if message.id]
        done = [message for message in messages if all(translations(message))]
        machine = sum("machine" in message.user_comments for message in done)
        print(
            f"{language.code:8} {len(done):5} of {len(messages)} translated, {machine} of them by machine"
        )
    return 0


COMMANDS: dict[str, Callable[[], int]] = {
    "update": update,
    "compile": compile_all,
    "check": check,
    "report": report,
}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: messages.py {'|'.join(COMMANDS)}")
    sys.exit(COMMANDS[sys.argv[1]]())
