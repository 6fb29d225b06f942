"""Style sheets that mirror by themselves."""

import pytest

from scripts.check_css import physical


@pytest.mark.parametrize(
    "line",
    [
        "margin-left: 1px",
        "left:0",
        "text-align: right",
        "border-top-left-radius: 2px",
        "float:left",
    ],
)
def test_a_property_with_a_side_is_found(line: str) -> None:
    assert [number for number, _text in physical(f"/* a\n b */\np {{ {line} }}")] == [3]


@pytest.mark.parametrize(
    "line",
    ["margin-inline-start: 1px", "inset-inline-start: 0", "text-align: start", "--left: 1px"],
)
def test_a_logical_property_is_not(line: str) -> None:
    assert list(physical(f"p {{ {line} }} /* left: 0 */")) == []
