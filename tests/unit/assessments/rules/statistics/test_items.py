"""Item analysis against worked figures."""

import itertools

import pytest

from assessments.rules.statistics import Taken, analyse
from assessments.rules.statistics.items import groups

# Five items of the Law School Admission Test, section 6, taken by 1,000: Bock, R. D. & Lieberman, M. (1970), Fitting
# a response model for n dichotomously scored items, Psychometrika 35, 179-197; how often each of the 32 patterns
# 00000, 00001, … 11111 came. The data set LSAT of the R package ltm.
LSAT6 = [
    3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15,
    10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298,
]  # fmt: skip
# "Proportions for each level of response" and "Point Biserial correlation with Total Score: Excluded", as descript(LSAT)
# of ltm prints them: Rizopoulos, D. (2006), ltm, Journal of Statistical Software 17(5). It divides by n - 1 under one
# root and by n under the other, so its last digit may be one lower.
PROPORTION = [0.924, 0.709, 0.553, 0.763, 0.870]
POINT_BISERIAL = [0.1128, 0.1531, 0.1728, 0.1444, 0.1215]

# The "Item Analysis Worksheet" with its answers, https://scribd.com/document/509719271/ItemAnaEx-Ans: ten students,
# from the highest to the lowest total, and ten questions; upper and lower half.
WORKSHEET = [
    "1111111111", "1111111101", "1101111100", "0111110101", "1110111001",
    "1110110100", "0110110101", "0111001010", "1110000011", "0100010010",
]  # fmt: skip
WORKSHEET_D = [0.4, 0, 0, 0.6, 0.6, 0.4, 0.6, 0.4, -0.4, 0.4]


def scored(patterns: list[str], item: int) -> list[Taken]:
    return [Taken(share=int(row[item]), total=row.count("1"), asked=len(row)) for row in patterns]


def lsat6() -> list[str]:
    patterns = map("".join, itertools.product("01", repeat=5))
    return [row for row, times in zip(patterns, LSAT6, strict=True) for _ in range(times)]


@pytest.mark.parametrize("item", range(5))
def test_facility_and_corrected_point_biserial_are_those_published_of_the_lsat(item: int) -> None:
    found = analyse(scored(lsat6(), item))
    assert found is not None
    assert found.n == 1000
    assert found.facility == pytest.approx(PROPORTION[item])
    assert found.correlation == pytest.approx(POINT_BISERIAL[item], abs=0.00015)


@pytest.mark.parametrize("item", range(10))
def test_the_index_of_upper_and_lower_half_is_that_of_the_worksheet(item: int) -> None:
    found = analyse(scored(WORKSHEET, item), part=0.5)
    assert found is not None
    assert found.index == pytest.approx(WORKSHEET_D[item])


@pytest.mark.parametrize(("n", "size"), [(40, 11), (100, 27), (10, 3), (4, 1), (2, 1), (1, 0)])
def test_a_group_is_27_percent_and_nobody_is_in_both(n: int, size: int) -> None:
    """Computed by hand: 0.27 of n, rounded half up, and at most half of all."""
    upper, lower = groups([Taken(0, total, 100) for total in range(n)])
    assert len(upper) == len(lower) == size
    assert not {each.total for each in upper} & {each.total for each in lower}


def test_a_choice_is_counted_among_all_the_upper_and_the_lower() -> None:
    """Computed by hand: ten officers, groups of three."""
    took = "aaabababbb"
    taken = [
        Taken(share=choice == "a", total=10 - place, asked=10, chosen=(choice,))
        for place, choice in enumerate(took)
    ]
    found = analyse(taken, choices=["a", "b", "c"])
    assert found is not None
    counts = {each.choice: (each.all, each.upper, each.lower) for each in found.choices}
    assert counts == {"a": (5, 3, 0), "b": (5, 0, 3), "c": (0, 0, 0)}
    assert found.index == 1


def test_times_are_quartiles_of_those_that_are_known() -> None:
    taken = [Taken(1, 1, 1, spent=spent) for spent in (1000, 2000, 3000, 4000, 5000, None)]
    found = analyse(taken)
    assert found is not None
    assert found.times is not None
    assert (found.times.n, found.times.lower, found.times.median, found.times.upper) == (
        5, 2000, 3000, 4000,
    )  # fmt: skip


def test_sureness_stands_beside_what_was_right() -> None:
    taken = [Taken(share, 1, 2, confidence=sure) for share, sure in [(1, 3), (0, 3), (1, 1)]]
    found = analyse(taken)
    assert found is not None
    assert [(each.level, each.n, each.share) for each in found.sureness] == [(1, 1, 1), (3, 2, 0.5)]


def test_of_one_officer_there_is_a_facility_and_no_discrimination() -> None:
    found = analyse([Taken(1, 3, 4)])
    assert found is not None
    assert (found.n, found.facility, found.correlation, found.index) == (1, 1, None, None)


def test_where_all_are_equal_no_correlation_is_made_up() -> None:
    found = analyse([Taken(1, 3, 4)] * 5)
    assert found is not None
    assert found.correlation is None


def test_of_nobody_there_is_nothing() -> None:
    assert analyse([]) is None
