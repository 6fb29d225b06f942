"""Cleaning an author's SVG by an allow-list: what is not named here does not reach a tablet.

No style, script, event, animation, foreign object or reference outside the drawing survives.
"""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, tostring  # only to build and write

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

MAX_BYTES = 200_000
MAX_ELEMENTS = 5_000
MAX_DEPTH = 50
NAMESPACE = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"

TEXTUAL = {"text", "tspan", "title", "desc"}
ELEMENTS = TEXTUAL | {
    *("svg", "g", "rect", "circle", "ellipse", "line", "polyline", "polygon", "path"),
    *("defs", "marker", "use"),
}
# The colours of the theme (light, dark, print); other names could borrow the look of the app.
CLASSES = {"ink", "soft", "line", "brand", "on-brand", "accent"}
PAINTS = {"fill", "stroke"}
MARKERS = {"marker-start", "marker-mid", "marker-end"}
PLAIN = {
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "rotate"),
    *("width", "height", "d", "points", "pathLength", "textLength", "lengthAdjust"),
    *("viewBox", "preserveAspectRatio", "refX", "refY", "orient"),
    *("markerWidth", "markerHeight", "markerUnits"),
    *("opacity", "fill-opacity", "fill-rule", "stroke-opacity", "stroke-width"),
    *("stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
    *("stroke-dasharray", "stroke-dashoffset"),
    *("font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline"),
}
_PLAIN_VALUE = re.compile(r"[\w\s.,%+-]*", re.ASCII)
_TRANSFORM = re.compile(
    r"(?:\s*(?:matrix|translate|scale|rotate|skewX|skewY)\([\d\s.,eE+-]*\)[\s,]*)+"
)
_PAINT = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]+|rgb\([\d\s.,%]+\)")
_ID = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_LOCAL_URL = re.compile(r"url\(#([A-Za-z][\w.-]*)\)", re.ASCII)


class NotADrawing(ValueError):
    """The file cannot be shown; the message says why, in English, to follow a colon."""


@dataclass(frozen=True)
class Drawing:
    markup: str
    width: int
    height: int


def clean(data: bytes, *, prefix: str = "") -> Drawing:
    """The drawing without anything that is not allowed; ids and their uses get `prefix`.

    Raises NotADrawing when it is too large, is not SVG or has no viewBox to be scaled by.
    """
    root = _parse(data)
    if root.tag not in ("svg", f"{{{NAMESPACE}}}svg"):
        raise NotADrawing("its first element is not svg")
    cleaned = _element(root, prefix, 0)
    _drop_copies_of_copies(cleaned)
    width, height = _size(root)
    for name in ("width", "height"):
        cleaned.attrib.pop(name, None)
    cleaned.attrib = {"xmlns": NAMESPACE, "viewBox": root.get("viewBox", "").strip()} | {
        name: value for name, value in cleaned.attrib.items() if name != "viewBox"
    }
    return Drawing(tostring(cleaned, encoding="unicode"), width, height)


def _parse(data: bytes) -> Element:
    if len(data) > MAX_BYTES:
        raise NotADrawing(f"it is larger than {MAX_BYTES // 1000} KB")
    try:
        root = defusedxml.ElementTree.fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NotADrawing("it is not well-formed XML without a document type") from error
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise NotADrawing(f"it has more than {MAX_ELEMENTS} elements")
    return root


def _size(root: Element) -> tuple[int, int]:
    try:
        _x, _y, width, height = (
            float(n) for n in re.split(r"[\s,]+", root.get("viewBox", "").strip())
        )
        size = round(width), round(height)
    except (ValueError, OverflowError) as error:
        raise NotADrawing("it has no viewBox with four numbers") from error
    if min(size) < 1 or max(size) > 100_000:
        raise NotADrawing("its viewBox is empty or too large")
    return size


def _element(source: Element, prefix: str, depth: int) -> Element:
    """A clean copy; a child that is not allowed is left out with all that it holds."""
    if depth > MAX_DEPTH:
        raise NotADrawing(f"its elements are nested more than {MAX_DEPTH} deep")
    name = _local(source.tag)
    copy = Element(name)
    for key, value in source.attrib.items():
        if (kept := _attribute("href" if key == XLINK_HREF else key, value, prefix)) is not None:
            copy.set(*kept)
    copy.text = _text(source.text, name)
    for child in source:
        if _local(child.tag) in ELEMENTS - {"svg"}:
            clean_child = _element(child, prefix, depth + 1)
            clean_child.tail = _text(child.tail, name)
            copy.append(clean_child)
        elif len(copy):
            copy[-1].tail = (copy[-1].tail or "") + (_text(child.tail, name) or "") or None
        else:
            copy.text = (copy.text or "") + (_text(child.tail, name) or "") or None
    return copy


def _local(tag: object) -> str:
    """The element's name; empty for comments, instructions and elements of other namespaces."""
    if not isinstance(tag, str):
        return ""
    if tag.startswith("{"):
        namespace, _, name = tag[1:].partition("}")
        return name if namespace == NAMESPACE else ""
    return tag


def _text(text: str | None, parent: str) -> str | None:
    return text if text and parent in TEXTUAL else None


def _attribute(name: str, value: str, prefix: str) -> tuple[str, str] | None:
    value = value.strip()
    if name in PLAIN:
        return (name, value) if _PLAIN_VALUE.fullmatch(value) else None
    if name == "transform":
        return (name, value) if _TRANSFORM.fullmatch(value) else None
    if name == "class":
        kept = " ".join(word for word in value.split() if word in CLASSES)
        return (name, kept) if kept else None
    if name == "id":
        return (name, prefix + value) if _ID.fullmatch(value) else None
    if name == "href":
        local = value[:1] == "#" and _ID.fullmatch(value[1:])
        return (name, f"#{prefix}{value[1:]}") if local else None
    return _paint(name, value, prefix)


def _paint(name: str, value: str, prefix: str) -> tuple[str, str] | None:
    if name not in PAINTS | MARKERS:
        return None
    if match := _LOCAL_URL.fullmatch(value):
        return name, f"url(#{prefix}{match[1]})"
    return (name, value) if _PAINT.fullmatch(value) else None


def _drop_copies_of_copies(root: Element) -> None:
    """A `use` of something that holds a `use`, or a marker on a marker, can grow without end."""
    ids = {f"#{element.get('id')}" for element in root.iter() if element.get("id")}
    holders = {f"#{element.get('id')}" for element in root.iter() if _holds(element, "use")}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "use" and child.get("href") not in ids - holders:
                parent.remove(child)
    for marker in root.iter("marker"):
        for element in marker.iter():
            for name in MARKERS & element.attrib.keys():
                del element.attrib[name]


def _holds(element: Element, tag: str) -> bool:
    return any(inner.tag == tag for inner in element.iter())
