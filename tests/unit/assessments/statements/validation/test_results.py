"""Results and scores (2.4.5; 2.0: 4.2.2)."""

import pytest

from assessments.statements.validation import check
from tests.unit.assessments.statements.validation.examples import changed, refused


@pytest.mark.parametrize(
    "score",
    [{}, {"scaled": -1}, {"scaled": 0.333}, {"scaled": 1.0}, {"raw": -5}, {"min": 3}, {"max": -3},
     {"min": 0, "max": 0.1, "raw": 0.1}, {"min": -2, "raw": -2}, {"max": 2, "raw": 2},
     {"scaled": 1, "raw": 0, "min": 0, "max": 10**30}],
    ids=str,
)  # fmt: skip
def test_a_score_lies_in_its_range(score: dict[str, float], version: str) -> None:
    check(changed(("result/score", score)), version)


@pytest.mark.parametrize(
    ("score", "path"),
    [
        ({"scaled": 1.0001}, ".scaled"),
        ({"scaled": -2}, ".scaled"),
        ({"scaled": float("nan")}, ".scaled"),
        ({"min": 1, "max": 1}, ""),
        ({"min": 2, "max": 1}, ""),
        ({"raw": 0, "min": 1}, ".raw"),
        ({"raw": 2, "max": 1}, ".raw"),
    ],
    ids=str,
)
def test_a_score_out_of_its_range_is_refused(
    score: dict[str, float], path: str, version: str
) -> None:
    refused(changed(("result/score", score)), "out-of-range", f"result.score{path}", version)


@pytest.mark.parametrize("name", ["scaled", "raw", "min", "max"])
@pytest.mark.parametrize("value", ["1", True, None, [1]], ids=str)
def test_a_score_is_a_number(name: str, value: object, version: str) -> None:
    made = changed(("result/score", {name: value}))
    refused(made, "not-a-number", f"result.score.{name}", version)


@pytest.mark.parametrize("name", ["success", "completion"])
@pytest.mark.parametrize("value", ["true", 1, 0, None], ids=repr)
def test_yes_and_no_are_booleans(name: str, value: object, version: str) -> None:
    refused(changed((f"result/{name}", value)), "not-a-boolean", f"result.{name}", version)
