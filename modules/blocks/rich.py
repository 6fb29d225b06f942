"""The short formatted text inside other blocks."""

from typing import Any

from wagtail import blocks
from wagtail.rich_text import expand_db_html

from modules.rules import html

FEATURES = ["h2", "h3", "bold", "italic", "ul", "ol", "link"]
INLINE_FEATURES = ["bold", "italic", "ul", "ol", "link"]


def RichText(*, headings: bool = False, **options: Any) -> blocks.RichTextBlock:  # noqa: N802
    """A rich text block that offers just what html.clean() keeps."""
    return blocks.RichTextBlock(features=FEATURES if headings else INLINE_FEATURES, **options)


def html_of(value: Any) -> str:
    """Cleaned HTML of a rich text value; links to pages become ordinary links."""
    return html.clean(expand_db_html(value.source)) if value else ""
