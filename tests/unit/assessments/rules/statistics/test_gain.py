"""What was learned, against published figures."""

import pytest

from assessments.rules.statistics import gain, normalised

# Student (1908), The probable error of a mean, Biometrika 6: hours of sleep gained by ten patients with two
# drugs; the data set `sleep` of R.
FIRST_DRUG = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND_DRUG = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_the_interval_is_that_of_students_sleep_data() -> None:
    """R: t.test(extra ~ group, data = sleep, paired = TRUE) gives -1.58, -2.4598858 to -0.7001142
    (first minus second; here it is second minus first)."""
    found = gain(list(zip(FIRST_DRUG, SECOND_DRUG, strict=True)))
    assert found is not None
    assert found.n == 10
    assert found.mean == pytest.approx(1.58)
    assert (found.low, found.high) == pytest.approx((0.7001142, 2.4598858), abs=1e-7)


def test_the_normalised_gain_is_that_of_a_published_class() -> None:
    """Table 1 of PMC8045292 (pmc.ncbi.nlm.nih.gov/articles/PMC8045292): of 20 points 11.1 were gained, 225.8 % of
    the mean before, which is therefore 4.916; it gives 0.73 as the class average normalised gain."""
    before = 11.1 / 2.258
    found = normalised(before / 20, (before + 11.1) / 20)
    assert found == pytest.approx(0.736, abs=0.001)


def test_the_two_normalised_gains_differ_as_computed_by_hand() -> None:
    """The means 0.5 and 0.8 gain 0.3 of 0.5; the officers gain 0.4 of 0.8 and 0.2 of 0.2."""
    found = gain([(0.2, 0.6), (0.8, 1.0)])
    assert found is not None
    assert found.normalised == pytest.approx(0.6)
    assert found.individual == pytest.approx(0.75)
    assert found.counted == 2


def test_who_knew_everything_before_counts_in_the_means_and_has_no_gain_of_their_own() -> None:
    found = gain([(1.0, 0.9), (0.5, 1.0)])
    assert found is not None
    assert (found.n, found.counted) == (2, 1)
    assert found.individual == pytest.approx(1.0)
    assert found.pre == pytest.approx(0.75)


def test_a_class_that_knew_everything_has_no_normalised_gain() -> None:
    found = gain([(1.0, 1.0), (1.0, 1.0)])
    assert found is not None
    assert found.normalised is None
    assert found.individual is None
    assert found.mean == 0


def test_one_pair_has_no_interval() -> None:
    found = gain([(0.4, 0.7)])
    assert found is not None
    assert (found.n, found.low, found.high) == (1, None, None)


def test_without_a_pair_there_is_nothing_to_say() -> None:
    assert gain([]) is None
