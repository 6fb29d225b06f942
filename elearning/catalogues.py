"""The interface texts of the learner's app, read from the catalogues that translators edit."""

import functools
import hashlib
import json
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

from elearning import languages

JAVASCRIPT = "djangojs"
SEPARATOR = "\x04"


def path_of(code: str, domain: str) -> Path:
    """Where the catalogue of one language lies: locale/zh_Hans/LC_MESSAGES/djangojs.po."""
    folder = languages.BY_CODE[code].locale
    return Path(settings.LOCALE_PATHS[0]) / folder / "LC_MESSAGES" / f"{domain}.po"


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


@functools.lru_cache(maxsize=len(languages.ALL))
def javascript_catalogue(code: str) -> dict[str, str | list[str]]:
    """Texts by msgid (context joined with U+0004); plurals as a list, one text a form.

    Empty for English and for whatever nobody has translated yet: the app then shows English.
    The names of the languages come from CLDR, under their English names.
    """
    path = path_of(code, JAVASCRIPT)
    if not path.exists():
        return {}
    names = languages.names_in(code)
    return {languages.BY_CODE[other].english: name for other, name in names.items()} | {
        _key(message): _texts(message) for message in read(path) if _is_translated(message)
    }


@functools.lru_cache(maxsize=len(languages.ALL))
def catalogue_version(code: str) -> str:
    """12 hex digits that change whenever a text of the catalogue does."""
    texts = json.dumps(javascript_catalogue(code), sort_keys=True)
    return hashlib.sha256(texts.encode()).hexdigest()[:12]


def _key(message: Message) -> str:
    msgid = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}{SEPARATOR}{msgid}" if message.context else str(msgid)


def _texts(message: Message) -> str | list[str]:
    return message.string if isinstance(message.string, str) else list(message.string or [])


def _is_translated(message: Message) -> bool:
    """A guess that a tool marked fuzzy is no translation, nor is a plural with a form missing."""
    if not message.id or message.fuzzy:
        return False
    texts = _texts(message)
    return bool(texts) and (isinstance(texts, str) or all(texts))
