"""A tablet whose clock is wrong by ten years, either way."""

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.tablet import Tablet


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_wrong_by_ten_years_loses_nothing_and_disturbs_no_report(
    tablet: Tablet, line: Proxy, log: Log, years: int, tmp_path: Path
) -> None:
    now = dt.datetime.now(dt.UTC)
    tablet.page.clock.install(time=now + dt.timedelta(days=365 * years))
    page = steps.offline_in_the_first_lesson(tablet, line)
    given = steps.answer_checks(page, steps.LESSONS[0])
    line.go_online()
    page.goto(tablet.url + "/learn/#/tablet")
    page.locator("[data-action=send]").click()
    steps.expect_status(page, "everything is sent")
    assert log.answers_of("officer1") == given
    for (timestamp,) in log.rows("SELECT timestamp FROM assessments_statement"):
        stated = dt.datetime.fromisoformat(str(timestamp))
        stated = stated if stated.tzinfo else stated.replace(tzinfo=dt.UTC)
        assert abs(stated - now) < dt.timedelta(minutes=10)
    log.database.manage("rebuild_progress")
    ((last_seen,),) = log.rows("SELECT last_seen FROM assessments_progress")
    stated = dt.datetime.fromisoformat(str(last_seen))
    stated = stated if stated.tzinfo else stated.replace(tzinfo=dt.UTC)
    assert abs(stated - now) < dt.timedelta(minutes=10)
    expect(page.locator("[data-page=tablet]")).to_be_visible()
