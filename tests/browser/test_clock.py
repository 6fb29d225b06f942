"""A tablet that is set to 1970 or to 2099."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import NewTablet
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.tablet import Tablet


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_clock_wrong_by_decades_is_shown_loses_nothing_and_disturbs_no_report(
    tablet: Tablet, new_tablet: NewTablet, line: Proxy, log: Log, year: int
) -> None:
    now = dt.datetime.now(dt.UTC)
    set_to = dt.datetime(year, 1, 2, tzinfo=dt.UTC)
    tablet.page.clock.install(time=set_to)
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
    ((skew,),) = log.rows("SELECT skew FROM users_contact")
    assert abs(skew - (now - set_to).total_seconds()) < 600
    desk = new_tablet("coordinator")
    steps.staff_sign_in(desk.page, desk.url, "coordinator1")
    desk.page.goto(f"{desk.url}/training/record/")
    said = "behind" if year == 1970 else "ahead"
    expect(desk.page.locator("[data-table=clocks] .badge")).to_have_text(
        re.compile(rf"^\d\d years {said}$")
    )
