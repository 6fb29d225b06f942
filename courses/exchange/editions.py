"""Editions as they come down: files first, then the rows; the centre's become the current ones."""

import hashlib
import json
import re
import uuid
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from courses.exchange import shape
from courses.exchange.counts import Count
from courses.models import FromCentre, ReplacedEdition
from elearning import languages
from elearning.errors import ServiceError
from modules.editions import canonical
from modules.editions.files import is_here, keep
from modules.models import Edition, ModulePage
from modules.rules import kinds

Fetch = Callable[[str, str], bytes]
COLUMNS = (
    "module", "language", "version", "digest", "manifest", "heading", "summary", "minutes",
    "lessons", "files", "size", "published",
)  # fmt: skip
FILE = re.compile(r"/editions/files/([0-9a-f]{64})\.([a-z0-9]{1,8})")
SMALL, INT, BIG = 2**15 - 1, 2**31 - 1, 2**63 - 1


@dataclass(frozen=True)
class FileRow:
    sha256: str
    extension: str
    size: int


@dataclass(frozen=True)
class EditionRow:
    """An edition whose columns have been found to agree with its manifest."""

    columns: dict[str, Any]
    files: list[FileRow]

    @property
    def key(self) -> tuple[uuid.UUID, str]:
        return self.columns["module"], self.columns["language"]


def newest_format(dumped: list[dict[str, Any]]) -> int:
    """Of the editions of a dump: a server that does not know it must not serve them."""
    return max([1, *(json.loads(each["manifest"]).get("format", 1) for each in dumped)])


def dumped() -> list[dict[str, Any]]:
    """The current editions, the manifest as the very text that is served."""
    editions = Edition.objects.current().order_by("module", "language").values(*COLUMNS)
    return [
        each | {"module": str(each["module"]), "published": each["published"].isoformat()}
        for each in editions
    ]


def read(data: dict[str, Any]) -> list[EditionRow]:
    found = shape.rows(data, "editions", _edition)
    shape.each_once("languages of modules", (each.key for each in found))
    return found


def files(editions: list[EditionRow]) -> list[FileRow]:
    """Each file once, in the order in which the editions name them."""
    return list(dict.fromkeys(file for edition in editions for file in edition.files))


def _edition(entry: dict[str, Any]) -> EditionRow:
    """Raises ValueError unless manifest, digest and columns all say the same; ServiceError `unknown-format`."""
    manifest = json.loads(shape.text(entry["manifest"]))
    shape.check_format(manifest)
    named = [_file(each) for each in manifest["files"]]
    parts = manifest["parts"]
    columns = {
        "module": shape.name(entry["module"]),
        "language": entry["language"],
        "version": shape.number(entry["version"], INT, 1),
        "digest": entry["digest"],
        "manifest": entry["manifest"],
        "heading": shape.text(entry["heading"], 200),
        "summary": shape.text(entry["summary"]),
        "minutes": shape.number(entry["minutes"], SMALL),
        "lessons": shape.number(entry["lessons"], SMALL),
        "files": shape.number(entry["files"], INT),
        "size": shape.number(entry["size"], BIG),
        "published": shape.moment(entry["published"]),
    }
    said = {
        name: manifest[name]
        for name in ("language", "version", "heading", "summary", "minutes", "size")
    } | {
        "module": shape.name(manifest["module"]),
        "digest": _digest(manifest),
        "lessons": sum(part["kind"] == "lesson" for part in parts),
        "files": len(named),
        "published": datetime.fromisoformat(manifest["published"]),
    }
    if said != {key: value for key, value in columns.items() if key != "manifest"}:
        raise ValueError
    if (
        columns["language"] not in languages.BY_CODE
        or sum(each.size for each in named) != columns["size"]
    ):
        raise ValueError
    if not {part["file"] for part in parts} <= {each.sha256 for each in named}:
        raise ValueError
    return EditionRow(columns | {"format": manifest["format"]}, named)


def _digest(manifest: dict[str, Any]) -> str:
    """Of the content without version and time, as modules.editions.building makes it."""
    content = {key: value for key, value in manifest.items() if key not in ("version", "published")}
    return canonical.sha256(canonical.to_bytes(content))


def _file(entry: dict[str, Any]) -> FileRow:
    match = FILE.fullmatch(entry["url"])
    if match is None or match[1] != entry["sha256"] or match[2] not in kinds.KINDS:
        raise ValueError
    return FileRow(match[1], match[2], shape.number(entry["size"], BIG))


def bring(wanted: list[FileRow], fetch: Fetch) -> Count:
    """Fetch what is not here, and keep it once length and SHA-256 are right; each at once.

    So an interrupted run goes on where it was. Raises ServiceError `damaged-file`.
    """
    count = Count()
    for file in wanted:
        if is_here(file.sha256):
            count.unchanged += 1
            continue
        content = fetch(file.sha256, file.extension)
        if len(content) != file.size or hashlib.sha256(content).hexdigest() != file.sha256:
            raise ServiceError(
                "damaged-file",
                _(
                    "The file %(file)s came damaged. No person, assignment or module was changed. "
                    "Try again; if it stays so, the other server's copy is damaged: run "
                    "manage.py build_editions there."
                )
                % {"file": f"{file.sha256}.{file.extension}"},
            )
        keep(file.sha256, file.extension, content)
        count.added += 1
    return count


def apply(editions: list[EditionRow], left: Container[uuid.UUID] = ()) -> Count:
    """Make these the current editions of their modules, but of those that are `left` none; needs a transaction.

    A module is the centre's or the site's as a whole: of a module that came from the centre,
    nothing else is current (docs/decisions/0009-what-comes-down.md).
    """
    count = Count()
    editions = [each for each in editions if each.columns["module"] not in left]
    modules = {module for module, _language in (each.key for each in editions)}
    known_modules = FromCentre.objects.filter(kind=FromCentre.Kind.MODULE)
    before = {each for each in known_modules.values_list("key", flat=True) if each not in left}
    # A build of the same module waits, or has committed and is seen here.
    list(ModulePage.objects.select_for_update().filter(uuid__in=modules).values_list("pk"))
    known = {
        (each.module, each.language, each.version): each
        for each in Edition.objects.filter(module__in=modules)
    }
    offered = [known.get((*each.key, each.columns["version"])) for each in editions]
    ids = [each.pk for each in offered if each]
    others = Edition.objects.current().filter(module__in=modules | before).exclude(pk__in=ids)
    languages_now = {each.key for each in editions}
    count.ended += sum(
        (each.module, each.language) not in languages_now for each in others.defer("manifest")
    )
    others.update(current=False)
    for row, edition in zip(editions, offered, strict=True):
        _offer(row, edition, count)
    _remember(before, modules)
    return count


def _offer(row: EditionRow, edition: Edition | None, count: Count) -> None:
    if edition is None:
        Edition.objects.create(**row.columns, current=True)
        count.added += 1
        return
    same = all(getattr(edition, name) == value for name, value in row.columns.items())
    if same and edition.current:
        count.unchanged += 1
        return
    if edition.digest != row.columns["digest"]:
        kept = {
            name: getattr(edition, name)
            for name in ("module", "language", "version", "digest", "manifest")
        }
        ReplacedEdition.objects.create(**kept)
    Edition.objects.filter(pk=edition.pk).update(**row.columns, current=True)
    count.changed += 1


def _remember(before: set[uuid.UUID], modules: set[uuid.UUID]) -> None:
    kind = FromCentre.Kind.MODULE
    FromCentre.objects.filter(kind=kind, key__in=before - modules).delete()
    FromCentre.objects.bulk_create(FromCentre(kind=kind, key=key) for key in modules - before)


def is_from_centre(module: uuid.UUID) -> bool:
    return FromCentre.objects.filter(kind=FromCentre.Kind.MODULE, key=module).exists()
