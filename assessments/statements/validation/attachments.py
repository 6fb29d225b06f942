"""What a statement says about its attachments (xAPI 1.0.3, part two, 2.4.11).

Whether the data itself came along, and is what it is said to be, is for the reader of the request.
"""

import re
from typing import Any

from assessments.statements.validation.errors import Invalid, gettext_noop
from assessments.statements.validation.formats import iri
from assessments.statements.validation.values import each, fields, language_map

# RFC 2046: two names and whatever parameters follow, but nothing that a header can't hold.
MEDIA_TYPE = re.compile(r"[\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+ *(?:;[\t\x20-\x7e]*)?", re.ASCII)
# SHA-224, 256, 384 or 512, hexadecimal.
SHA2 = re.compile(r"(?:[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})")


def media_type(value: Any) -> None:
    if type(value) is not str or not MEDIA_TYPE.fullmatch(value):
        raise Invalid(
            "not-a-media-type", gettext_noop("This must be a media type, such as text/plain.")
        )


def length(value: Any) -> None:
    if type(value) is not int or value < 0:
        raise Invalid("not-a-length", gettext_noop("This must be a whole number of bytes."))


def sha2(value: Any) -> None:
    if type(value) is not str or not SHA2.fullmatch(value):
        raise Invalid("not-a-sha2", gettext_noop("This must be a SHA-2 sum in hexadecimal digits."))


ATTACHMENT = {
    "usageType": iri,
    "display": language_map,
    "description": language_map,
    "contentType": media_type,
    "length": length,
    "sha2": sha2,
    "fileUrl": iri,
}
REQUIRED = ("usageType", "display", "contentType", "length", "sha2")


def attachment(value: Any) -> None:
    fields(value, ATTACHMENT, REQUIRED)


attachments = each(attachment)
