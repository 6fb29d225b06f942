"""Points in time and durations (4.5 and 4.6; 2.0: 4.2.7)."""

import pytest

from assessments.statements.validation import Invalid, check, timestamp
from tests.unit.assessments.statements.validation.examples import changed, refused

RFC_3339 = [
    "2026-11-22T10:00:00Z",
    "2026-11-22T10:00:00.1Z",
    "2026-11-22T10:00:00.123456789+00:00",
    "2026-11-22T10:00:00-11:30",
    "2028-02-29T23:59:59+14:00",
]
ISO_8601_ONLY = [
    "2026-11-22T10:00Z",
    "2026-11-22T10:00:00,5Z",
    "2026-11-22T10:00:00+05",
    "2026-11-22T10:00:00+0530",
    "20261122T100000Z",
    "20261122T1000+05",
    "20261122T100000.25+0530",
]
NEVER = [
    "2026-11-22",
    "2026-11-22T10:00:00",
    "2026-11-22 10:00:00Z",
    "2026-11-22T10Z",
    "22/11/2026T10:00:00Z",
    "2026-11-22T10:00:00-00",
    "2026-11-22T10:00:00-0000",
    "2026-11-22T10:00:00-00:00",
    "2026-02-29T10:00:00Z",
    "2026-13-01T10:00:00Z",
    "2026-11-22T10:60:00Z",
    "2026-11-22T10:00:60Z",
    "2026-11-22T10:00:00+25:00",
    "0001-01-01T00:00:00+10:00",
    "2026-1122T10:00:00Z",
    "2026-11-22T100000Z",
    "2026-11-22T10:00:00Z\n",
    "٢٠٢٦-11-22T10:00:00Z",
    "",
]


@pytest.mark.parametrize("text", RFC_3339)
def test_a_time_by_rfc_3339_is_right_everywhere(text: str, version: str) -> None:
    check(changed(("timestamp", text), ("stored", text)), version)


@pytest.mark.parametrize("text", ISO_8601_ONLY)
def test_other_forms_of_iso_8601_are_right_in_1_0_3_only(text: str) -> None:
    check(changed(("timestamp", text)), "1.0.3")
    refused(changed(("timestamp", text)), "not-a-timestamp", "timestamp", "2.0.0")


@pytest.mark.parametrize("text", NEVER)
def test_what_names_no_moment_is_never_right(text: str, version: str) -> None:
    refused(changed(("timestamp", text)), "not-a-timestamp", "timestamp", version)
    with pytest.raises(Invalid):
        timestamp(text)


@pytest.mark.parametrize(
    "text",
    ["PT0S", "PT1H0M0.1S", "P1Y2M3DT4H5M6S", "P1Y", "P1M", "PT1M", "P4W", "P0.5D", "P1,5W",
     "PT1.5H", "P1DT0.25S", "PT16559.14S"],
)  # fmt: skip
def test_a_duration_has_designators(text: str, version: str) -> None:
    """Only its last part may have a fraction (ISO 8601:2004, 4.4.3.2)."""
    check(changed(("result/duration", text)), version)


@pytest.mark.parametrize(
    "text",
    ["P", "PT", "P1DT", "T1H", "1H", "PT1", "P1S", "PT1D", "P4W1D", "P1D2Y", "PT1.5H30M", "P.5D",
     "PT1.S", "-PT1H", "P-1D", "PA1H", "pt1h", "P0001-01-01T00:00:00", "PT1H ", "PT1H\n", "P١D"],
)  # fmt: skip
def test_what_only_looks_like_a_duration_is_refused(text: str, version: str) -> None:
    refused(changed(("result/duration", text)), "not-a-duration", "result.duration", version)
