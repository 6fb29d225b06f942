"""Tablets whose clock is wrong, by what they last reported."""

from django.db.models import Exists, OuterRef, Q

from elearning.users.models import CLOCK_TOLERANCE, Contact


def wrong_clocks() -> list[Contact]:
    """One contact for each tablet whose latest report had a wrong clock, the one heard of last first.

    A tablet that several officers share reports for each of them; the latest report counts.
    """
    seconds = int(CLOCK_TOLERANCE.total_seconds())
    later = Contact.objects.filter(
        Q(last__gt=OuterRef("last")) | Q(last=OuterRef("last"), pk__gt=OuterRef("pk")),
        device=OuterRef("device"),
        skew__isnull=False,
    )
    wrong = Contact.objects.filter(Q(skew__gt=seconds) | Q(skew__lt=-seconds), ~Exists(later))
    return list(wrong.order_by("-last"))
