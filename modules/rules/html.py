"""The little HTML that lessons may hold (docs/formats.md)."""

import re

import nh3

TAGS = {"h2", "h3", "p", "ul", "ol", "li", "b", "i", "strong", "em", "br", "a"}
SCHEMES = {"http", "https", "mailto", "tel"}
_SPACE = re.compile(r"\s+")


def clean(html: str) -> str:
    """Only the allowed tags and links; runs of white space become one, so equal text is equal bytes."""
    cleaned = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None
    )
    return _SPACE.sub(" ", cleaned).strip()
