"""What is attached to statements: checked against them, kept once, found again."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from assessments.models import Attachment
from assessments.statements import signatures
from assessments.statements.errors import Refused
from elearning.kept import keep

# So many are asked for at once.
STEP = 100
logger = logging.getLogger("elearning.statements")


def check(statements: Iterable[dict[str, Any]], attached: Mapping[str, bytes]) -> None:
    """Each attachment without a fileUrl came with the request, and nothing else did (1.0.3, part three, 1.5.2).

    Signatures are verified (part two, 2.6). The sum tells whether the bytes are the right ones, the `length`
    does not: ADL's conformance suite itself sends a picture in hexadecimal digits with the length of the file,
    and wants it stored. Raises Refused.
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


def keep_bytes(attached: Mapping[str, bytes]) -> list[Attachment]:
    """Before the rows, which are returned: a row without its bytes is never given out.

    What a refused batch leaves in the storage has the name of its content and does no harm; what
    was cut short by a full disk or a kill is written anew. Each is asked of `attached` once, and
    let go before the next.
    """
    return [_kept_bytes(name, attached[name]) for name in sorted(attached)]


def _kept_bytes(name: str, content: bytes) -> Attachment:
    row = Attachment(sha2=name, size=len(content))
    keep(row.path, row.size, [content])
    return row


def keep_rows(rows: Iterable[Attachment]) -> None:
    """In the order of their names: two requests with the same attachments can't wait for each other."""
    Attachment.objects.bulk_create(rows, ignore_conflicts=True)


def kept(statements: Iterable[dict[str, Any]], most: int) -> list[tuple[str, str, bytes]]:
    """(sum, content type, bytes) of what goes along with these, each once."""
    return [
        (row.sha2, content_type, content)
        for row, content_type in along(statements, most)
        if (content := _content(row)) is not None
    ]


def along(statements: Iterable[dict[str, Any]], most: int) -> Iterator[tuple[Attachment, str]]:
    """What is here of the attachments of these, each once, and its content type.

    All that has no fileUrl: it came in one request. What has one can be had from there, and one
    statement may name any number of those: as many as weigh no more than `most` with the others.
    """
    types: dict[str, str] = {}
    needed: set[str] = set()
    for statement in statements:
        for attachment in declared(statement):
            name = attachment["sha2"].lower()
            types[name] = attachment["contentType"]
            if "fileUrl" not in attachment:
                needed.add(name)
    rows = here(types)
    left = most - sum(row.size for row in rows if row.sha2 in needed)
    for row in rows:
        if row.sha2 not in needed:
            if row.size > left:
                continue
            left -= row.size
        yield row, types[row.sha2]


def here(names: Iterable[str]) -> list[Attachment]:
    """What is kept of these, by sum."""
    ordered = sorted(names)
    found: list[Attachment] = []
    for first in range(0, len(ordered), STEP):
        some = Attachment.objects.filter(sha2__in=ordered[first : first + STEP])
        found += some.order_by("sha2")
    return found


def _content(row: Attachment) -> bytes | None:
    """None for one that the storage has lost, or a part of it: it must not hold up the statements."""
    try:
        with default_storage.open(row.path) as file:
            content = bytes(file.read())
    except FileNotFoundError:
        content = None
    if content is None or len(content) != row.size:
        logger.error("The storage has lost the attachment %s", row.sha2)
        return None
    return content
