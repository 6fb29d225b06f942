import pytest
from django.conf import settings

from modules.rules import svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10"'


def clean(inner: str, attributes: str = "", prefix: str = "") -> str:
    return svg.clean(f"{HEAD} {attributes}>{inner}</svg>".encode(), prefix=prefix).markup


@pytest.mark.parametrize(
    "name", sorted(path.name for path in settings.ILLUSTRATIONS_DIR.glob("*.svg"))
)
def test_a_shipped_drawing_loses_nothing(name: str) -> None:
    data = (settings.ILLUSTRATIONS_DIR / name).read_bytes()
    markup = svg.clean(data).markup
    assert markup.count("<") == data.decode().count("<")
    assert markup.count('="') == data.decode().count('="')


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<g><script href='https://evil.example/x.js'/></g>",
        "<style>rect{fill:url(https://evil.example)}</style>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>1</script></body></foreignObject>",
        "<image href='https://evil.example/x.png'/>",
        "<a href='javascript:alert(1)'><text>evil.example</text></a>",
        "<animate attributeName='href' values='javascript:alert(1)'/>",
        "<set attributeName='onload' to='alert(1)'/>",
        "<use href='https://evil.example/#a'/>",
        "<use xlink:href='data:image/svg+xml,evil.example'/>",
        "<rect onload='alert(1)' onclick='alert(1)'/>",
        "<rect style='background:url(https://evil.example)'/>",
        "<rect fill='url(https://evil.example#a)'/>",
        "<rect fill='u\\72l(https://evil.example)'/>",
        "<rect fill='url(#a) url(https://evil.example)'/>",
        "<path d='M0 0' marker-end=\"url('https://evil.example#m')\"/>",
        "<rect xmlns:x='http://www.w3.org/1999/xhtml' x:onload='alert(1)'/>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
        "<rect transform='url(javascript:alert(1))'/>",
        "<rect class='button-primary evil.example'/>",
        "<!-- evil.example --><?xml-stylesheet href='https://evil.example'?>",
        "<text><![CDATA[<script>alert(1)</script>]]></text>",
    ],
)
def test_nothing_hostile_is_left(hostile: str) -> None:
    markup = clean(hostile).lower()
    for sign in (
        "<script",
        "javascript",
        "evil.example",
        " on",
        "<style",
        "style=",
        "data:",
        "<set",
        "<animate",
    ):
        assert sign not in markup


def test_text_after_a_dropped_element_stays() -> None:
    assert "<text>before after</text>" in clean("<text>before <a href='#x'>link</a>after</text>")


def test_ids_and_their_uses_get_the_prefix_of_their_figure() -> None:
    markup = clean(
        '<defs><marker id="tip"><path d="M0 0"/></marker></defs>'
        '<rect id="box"/><use xlink:href="#box"/><line marker-end="url(#tip)"/>',
        prefix="f1-",
    )
    for kept in ('id="f1-tip"', 'id="f1-box"', 'href="#f1-box"', 'marker-end="url(#f1-tip)"'):
        assert kept in markup


def test_copies_of_copies_are_dropped_because_they_grow_without_end() -> None:
    markup = clean(
        '<rect id="a"/><g id="b"><use href="#a"/><use href="#a"/></g><g id="c"><use href="#b"/></g>'
        '<use id="self" href="#self"/>'
    )
    assert markup.count("<use") == 2


def test_the_size_comes_from_the_view_box_and_fixed_sizes_go() -> None:
    drawing = svg.clean(
        f'{HEAD} width="9999" height="1"><rect width="3" height="4"/></svg>'.encode()
    )
    assert (drawing.width, drawing.height) == (20, 10)
    assert "9999" not in drawing.markup
    assert 'width="3"' in drawing.markup


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not xml",
        b"<html></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 0'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 nan 5'/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg viewBox="0 0 1 1"/>',
        HEAD.encode() + b">" + b"<g>" * 400 + b"</g>" * 400 + b"</svg>",
        HEAD.encode() + b">" + b"<g/>" * 6000 + b"</svg>",
        HEAD.encode() + b">" + b" " * svg.MAX_BYTES + b"</svg>",
    ],
)
def test_what_cannot_be_shown_is_refused(data: bytes) -> None:
    with pytest.raises(svg.NotADrawing):
        svg.clean(data)
