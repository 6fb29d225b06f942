"""Which files the learner's app is made of, under which hashed URLs, and the version they add up to."""

import functools
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static

from elearning import catalogues, languages

HERE = Path(__file__).parent
VENDOR = ["vendor/lit-html.js", "vendor/idb.js"]
STYLES = ["css/site.css"]
NOT_IN_THE_APP = {"offline/preview.js"}


@functools.cache
def files() -> list[str]:
    """The hashed URLs that the service worker keeps: every module and style sheet of the app."""
    own = sorted(
        path.relative_to(HERE / "static").as_posix()
        for path in (HERE / "static" / "offline").rglob("*")
        if path.suffix in {".js", ".css"}
    )
    return [static(name) for name in [*own, *VENDOR, *STYLES] if name not in NOT_IN_THE_APP]


@functools.cache
def font_files(code: str) -> list[str]:
    """The style sheet of one language's fonts and the fonts it names; none for most languages."""
    found = finders.find(f"vendor/fonts/{code}.css")
    if not found:
        return []
    names = re.findall(r"url\([\"']?([^)\"']+)", Path(found).read_text())
    return [static(f"vendor/fonts/{code}.css"), *[static(f"vendor/fonts/{name}") for name in names]]


def catalogue_url(code: str) -> str:
    return f"/learn/i18n/{code}.json?v={catalogues.catalogue_version(code)}"


@functools.cache
def packs() -> dict[str, list[str]]:
    """What each language adds to the app: its catalogue (none for the source) and its fonts."""
    return {
        language.code: [
            *([catalogue_url(language.code)] if language != languages.SOURCE else []),
            *font_files(language.code),
        ]
        for language in languages.ALL
    }


def language_list() -> list[dict[str, Any]]:
    return [
        {
            "code": language.code,
            "name": language.name,
            "english": language.english,
            "direction": language.direction,
            "catalogue": catalogue_url(language.code) if language != languages.SOURCE else None,
            "fonts": next(iter(font_files(language.code)), None),
        }
        for language in languages.ALL
    ]


def _page(version: str) -> str:
    context = {
        "version": version,
        "demo": settings.DEMO,
        "languages_meta": language_list(),
        "xapi_home_page": settings.XAPI_HOME_PAGE,
    }
    return render_to_string("offline/shell.html", context)


@functools.cache
def version() -> str:
    """Changes whenever a byte of the app, its page or a catalogue does."""
    everything = json.dumps([files(), packs(), _page(""), worker_source()])
    return hashlib.sha256(everything.encode()).hexdigest()[:12]


@functools.cache
def page() -> str:
    """The page of the app: the same bytes for everybody, whatever language and whoever is signed in."""
    return _page(version())


def worker_source() -> str:
    return (HERE / "sw.js").read_text()


@functools.cache
def worker() -> str:
    """sw.js with the lists that it needs in front."""
    lists = {"VERSION": version(), "FILES": files(), "PACKS": packs()}
    head = "\n".join(f"const {name} = {json.dumps(value)};" for name, value in lists.items())
    return f"{head}\n{worker_source()}"
