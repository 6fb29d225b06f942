"""What was learned between a pre-test and a post-test of the same officers.

Hake, R. R. (1998). Interactive-engagement versus traditional methods. American Journal of Physics
66(1), 64–74: the normalised gain <g> = (post − pre) / (100 − pre) of the class means.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from assessments.rules.statistics.student import t_quantile

Pair = tuple[float, float]


@dataclass(frozen=True)
class Gain:
    """Of `n` officers with both tests; every score is a share from 0 to 1.

    `low` and `high` bound the mean gain with 95 % confidence; None below two pairs. `individual`
    is the mean of each officer's own normalised gain. Who had everything right before cannot gain
    and has none (the divisor is 0), so it is the mean of `counted` officers, n or fewer.
    """

    n: int
    pre: float
    post: float
    mean: float
    low: float | None
    high: float | None
    normalised: float | None
    individual: float | None
    counted: int


def gain(pairs: Sequence[Pair]) -> Gain | None:
    """Of (pre, post) shares, one pair an officer; None where there is no pair."""
    if not pairs:
        return None
    pre, post = fmean(one for one, _ in pairs), fmean(other for _, other in pairs)
    mean = post - pre
    half = _half_width([after - before for before, after in pairs])
    own = [each for pair in pairs if (each := normalised(*pair)) is not None]
    return Gain(
        n=len(pairs),
        pre=pre,
        post=post,
        mean=mean,
        low=None if half is None else mean - half,
        high=None if half is None else mean + half,
        normalised=normalised(pre, post),
        individual=fmean(own) if own else None,
        counted=len(own),
    )


def normalised(pre: float, post: float) -> float | None:
    """The part of the possible gain that was gained; below 0 after a loss, None where pre is full."""
    return None if pre >= 1 else (post - pre) / (1 - pre)


def _half_width(differences: Sequence[float]) -> float | None:
    """Half of the 95 % confidence interval of a paired mean difference."""
    n = len(differences)
    if n < 2:
        return None
    return t_quantile(n - 1) * stdev(differences) / math.sqrt(n)
