"""Which version of the standard a request speaks (xAPI 1.0.3, part three, 3.3; 2.0, 4.1.5)."""

import re

HEADER = "X-Experience-API-Version"
V1 = "1.0.3"
V2 = "2.0.0"
ALL = (V1, V2)
_FORMS = ((re.compile(r"1\.0(\.\d+)?"), V1), (re.compile(r"2\.0(\.\d+)?"), V2))


def spoken(header: str) -> str | None:
    """The version that answers a request with this header; None for one that we don't speak."""
    return next((version for form, version in _FORMS if form.fullmatch(header)), None)
