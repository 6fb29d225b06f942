"""What is attached to statements: checked against them, kept once, found again."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from assessments.models import Attachment
from assessments.statements import signatures
from assessments.statements.errors import Refused

logger = logging.getLogger("elearning.statements")


def check(statements: Iterable[dict[str, Any]], attached: Mapping[str, bytes]) -> None:
    """Each attachment without a fileUrl came with the request, and nothing else did (1.0.3, part three, 1.5.2).

    Signatures are verified (part two, 2.6). Raises Refused.
    """
    unnamed = set(attached)
    for statement in statements:
        if (
            "attachments" not in statement
            and statement["object"].get("objectType") != "SubStatement"
        ):
            continue
        for attachment in declared(statement):
            sum_ = attachment["sha2"].lower()
            unnamed.discard(sum_)
            if sum_ not in attached and "fileUrl" not in attachment:
                raise Refused(
                    "missing-attachment",
                    _("An attachment has no fileUrl and did not come with the request."),
                    statement=statement.get("id"),
                    path="attachments",
                )
            if attachment["usageType"] == signatures.USAGE:
                signatures.check(statement, attachment, attached.get(sum_))
    if unnamed:
        raise Refused("unknown-attachment", _("No statement names one of the attachments sent."))


def declared(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Of a statement and of the sub-statement in it."""
    yield from statement.get("attachments", [])
    thing = statement["object"]
    if thing.get("objectType") == "SubStatement":
        yield from thing.get("attachments", [])


def keep_bytes(attached: Mapping[str, bytes]) -> None:
    """Before the rows: a row without its bytes is never given out.

    What a refused batch leaves in the storage has the name of its content and does no harm; what
    was cut short by a full disk or a kill is written anew.
    """
    for row in _rows(attached):
        if default_storage.exists(row.path):
            if default_storage.size(row.path) == row.size:
                continue
            default_storage.delete(row.path)
        default_storage.save(row.path, ContentFile(attached[row.sha2]))


def keep_rows(attached: Mapping[str, bytes]) -> None:
    """In one order: two requests with the same attachments can't wait for each other."""
    Attachment.objects.bulk_create(_rows(attached), ignore_conflicts=True)


def _rows(attached: Mapping[str, bytes]) -> list[Attachment]:
    return [Attachment(sha2=name, size=len(attached[name])) for name in sorted(attached)]


def kept(statements: Iterable[dict[str, Any]]) -> list[tuple[str, str, bytes]]:
    """(sum, content type, bytes) of what is here of the attachments of these, each once."""
    types = {
        attachment["sha2"].lower(): attachment["contentType"]
        for statement in statements
        for attachment in declared(statement)
    }
    found = Attachment.objects.filter(sha2__in=types).order_by("sha2")
    return [
        (row.sha2, types[row.sha2], content)
        for row in found
        if (content := _content(row)) is not None
    ]


def _content(row: Attachment) -> bytes | None:
    """None for one that the storage has lost: it must not hold up the statements."""
    try:
        with default_storage.open(row.path) as file:
            return bytes(file.read())
    except FileNotFoundError:
        logger.error("The storage has lost the attachment %s", row.sha2)
        return None
