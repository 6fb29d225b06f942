"""Building the editions of a module from its live pages."""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from elearning import languages
from modules.editions import canonical, origin, secrets, stamps
from modules.editions.files import EditionFiles
from modules.models import Edition, EditionFile, ModulePage
from modules.texts import text_in

logger = logging.getLogger("elearning.editions")
# The newest that this server knows. The app has the same number in elearning/offline/static/offline/api.js.
FORMAT = 2


def build_module(uuid: UUID) -> list[Edition]:
    """Build every offered language of a module, and withdraw what is not offered any more.

    A module that was unpublished or deleted, or that has no published part, offers nothing;
    its old editions and their files stay servable for the tablets that hold them. A module whose
    editions another server hands down keeps those (docs/decisions/0009-what-comes-down.md).

    Reading a long video takes seconds, so it happens before the transaction: a site server has one
    writer at a time, and officers' answers wait for it. Should the pages change meanwhile, the
    reading starts again, so that an older state is never published after a newer one.
    """
    while True:
        if origin.is_elsewhere(uuid):
            logger.info("Module %s comes from the centre: no edition is built of its pages.", uuid)
            return list(Edition.objects.current().filter(module=uuid).order_by("language"))
        before = _state(uuid)
        contents = _contents(uuid)
        with transaction.atomic():
            ModulePage.objects.select_for_update().filter(uuid=uuid).first()
            if _state(uuid) != before or origin.is_elsewhere(uuid):
                continue
            editions = [_offer(content) for content in contents]
            offered = [content["language"] for content in contents]
            withdrawn = Edition.objects.current().filter(module=uuid).exclude(language__in=offered)
            withdrawn.update(current=False)
            return editions


def build(module: ModulePage, language: str) -> Edition:
    """The edition of the module as it is now; a new version only if the content changed."""
    content = _content(module, language, EditionFiles())
    with transaction.atomic():
        return _offer(content)


def _state(uuid: UUID) -> list[tuple[Any, ...]]:
    """Changes whenever a page of the module is published, unpublished, moved or deleted, or what it shows is."""
    module = ModulePage.objects.filter(uuid=uuid).first()
    pages = Page.objects.descendant_of(module, inclusive=True) if module else Page.objects.none()
    fields = ("path", "live", "live_revision_id", "last_published_at")
    return [*pages.order_by("path").values_list(*fields), stamps.now()]


def _contents(uuid: UUID) -> list[dict[str, Any]]:
    module = ModulePage.objects.filter(uuid=uuid, live=True).first()
    if module is None or not module.live_parts():
        return []
    known: dict[str, EditionFile] = {}
    contents = [
        _content(module, language, EditionFiles(known))
        for language in sorted(module.offered_languages)
    ]
    secrets.check_elsewhere(module.live_parts())
    return contents


def _offer(content: dict[str, Any]) -> Edition:
    """Make this content the current edition of its module and language; needs a transaction."""
    digest = canonical.sha256(canonical.to_bytes(content))
    editions = Edition.objects.filter(module=content["module"], language=content["language"])
    latest = editions.order_by("version").last()
    if latest is None or latest.digest != digest:
        editions.current().update(current=False)
        return _publish(content, digest, latest.version + 1 if latest else 1)
    if not latest.current:
        latest.current = True
        latest.save(update_fields=["current"])
    return latest


def _content(module: ModulePage, language: str, files: EditionFiles) -> dict[str, Any]:
    """The manifest without version and time; raises secrets.KeyGivenAway."""
    live = module.live_parts()
    documents = [part.part_document(language, files) for part in live]
    secrets.check(documents)
    parts = [
        part.part_summary(language)
        | {"id": str(part.uuid), "kind": part.part_kind, "file": files.part(document)}
        for part, document in zip(live, documents, strict=True)
    ]
    return {
        "format": max(map(_format, documents)),
        "module": str(module.uuid),
        "language": language,
        "direction": languages.BY_CODE[language].direction,
        "heading": text_in(module, "heading", language),
        "summary": text_in(module, "summary", language),
        "minutes": module.minutes,
        "objectives": [{"id": str(child.id), "text": child.value} for child in module.objectives],
        "parts": parts,
        "files": [_file(file) for file in files.used.values()],
        "size": sum(file.size for file in files.used.values()),
    }


def _format(document: dict[str, Any]) -> int:
    """2 where an app that knows only the older item could not read it."""
    questions = [block.get("question", {}) for block in document.get("blocks", [])]
    return max([document.get("format", 1), *(2 for each in questions if "key" in each)])


def _file(file: EditionFile) -> dict[str, Any]:
    return {"sha256": file.sha256, "url": file.url, "size": file.size, "type": file.mime}


def _publish(content: dict[str, Any], digest: str, version: int) -> Edition:
    now = timezone.now()
    manifest = content | {"version": version, "published": now.isoformat()}
    return Edition.objects.create(
        module=content["module"],
        language=content["language"],
        version=version,
        format=content["format"],
        digest=digest,
        manifest=canonical.to_bytes(manifest).decode(),
        heading=content["heading"],
        summary=content["summary"],
        minutes=content["minutes"],
        lessons=sum(part["kind"] == "lesson" for part in content["parts"]),
        files=len(content["files"]),
        size=content["size"],
        published=now,
    )
