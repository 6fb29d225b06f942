from modules.rules.html import clean


def test_the_tags_of_a_lesson_stay_and_everything_else_goes() -> None:
    dirty = (
        '<h2 class="x" data-block-key="k">A</h2>\n  <p onclick="x()">B <b>c</b><script>1</script></p>'
        '<img src="x" onerror="x()"><iframe src="//evil.example"></iframe>'
    )
    assert clean(dirty) == "<h2>A</h2> <p>B <b>c</b></p>"


def test_a_link_keeps_only_a_safe_address() -> None:
    assert (
        clean('<a href="https://example.org" target="_blank">x</a>')
        == '<a href="https://example.org">x</a>'
    )
    assert clean('<a href="javascript:alert(1)">x</a>') == "<a>x</a>"
