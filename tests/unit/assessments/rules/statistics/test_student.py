"""Against the table of critical values of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2
(https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm), which has three decimals."""

import pytest

from assessments.rules.statistics import t_quantile

NIST_975 = {
    1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228,
    11: 2.201, 15: 2.131, 20: 2.086, 25: 2.060, 30: 2.042, 40: 2.021, 60: 2.000, 100: 1.984,
}  # fmt: skip
NIST_95 = {1: 6.314, 2: 2.920, 5: 2.015, 10: 1.812, 30: 1.697, 100: 1.660}


@pytest.mark.parametrize(("freedom", "value"), NIST_975.items())
def test_the_two_sided_95_percent_quantile_is_that_of_the_table(freedom: int, value: float) -> None:
    assert t_quantile(freedom) == pytest.approx(value, abs=0.0006)


@pytest.mark.parametrize(("freedom", "value"), NIST_95.items())
def test_other_levels_are_those_of_the_table_too(freedom: int, value: float) -> None:
    assert t_quantile(freedom, 0.90) == pytest.approx(value, abs=0.0006)


def test_with_many_officers_it_comes_close_to_the_normal_distribution() -> None:
    assert t_quantile(10_000) == pytest.approx(1.96, abs=0.0003)


def test_without_a_degree_of_freedom_there_is_no_quantile() -> None:
    with pytest.raises(ValueError, match="0"):
        t_quantile(0)
