"""Quantiles of Student's t distribution for whole degrees of freedom.

The distribution function is the finite sum of Abramowitz & Stegun, Handbook of Mathematical
Functions (1964), 26.7.3 for odd and 26.7.4 for even degrees of freedom: exact, without a table.
"""

import functools
import math

# Halving pi / 2 this often leaves nothing that a double could hold.
HALVINGS = 60


def within(theta: float, freedom: int) -> float:
    """The probability of |t| < tan(theta) * sqrt(freedom)."""
    cosine, sine = math.cos(theta), math.sin(theta)
    if freedom == 1:
        return 2 * theta / math.pi
    if freedom % 2 == 0:
        return sine * _series(cosine, range(1, freedom - 2, 2))
    odd = sine * cosine * _series(cosine, range(2, freedom - 2, 2))
    return 2 / math.pi * (theta + odd)


def _series(cosine: float, factors: range) -> float:
    """1 + f/(f+1) cos² + f(f+2)/((f+1)(f+3)) cos⁴ + …"""
    term = total = 1.0
    for factor in factors:
        term *= cosine * cosine * factor / (factor + 1)
        total += term
    return total


@functools.lru_cache(maxsize=1024)
def t_quantile(freedom: int, confidence: float = 0.95) -> float:
    """What |t| stays below with this probability; raises ValueError below one degree of freedom."""
    if freedom < 1:
        raise ValueError(freedom)
    low, high = 0.0, math.pi / 2
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        if within(middle, freedom) < confidence:
            low = middle
        else:
            high = middle
    return math.tan(low) * math.sqrt(freedom)
