"""The learner's app in real Chromium over the wire: bytes, requests, times, each beside its budget.

Bytes and requests are counted at the server: bytes by a proxy in front of it, headers included,
requests by its access log. Times are medians of three. `SCALE` does not change these.
"""

import collections
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import CDPSession, Playwright, expect, sync_playwright

from tests.browser import answering, steps
from tests.support import database
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.server import Server
from tests.support.tablet import Tablet

KB = 1024
SLOW = {"bytes_per_second": 400_000 / 8, "latency": 0.2}
ASKED_AGAIN = ("/learn/api/", "/xapi/", "/editions/index.json", "/sw.js")
results: list[dict[str, object]] = []


def report(name: str, value: float, budget: float, unit: str, peer: str = "") -> None:
    ok = value <= budget
    word = "ok" if ok else "OVER"
    print(f"{name:58} {value:9.1f} {unit:9} budget {budget:g} {word:5} {peer}", flush=True)
    results.append(
        {"bench": name, "value": round(value, 1), "unit": unit, "budget": budget, "ok": ok}
        | ({"peer": peer} if peer else {})
    )


class Site:
    """A server with an access log, a proxy before it, and tablets."""

    def __init__(self, playwright: Playwright, folder: Path, db: database.Database) -> None:
        self.access = folder / "access.log"
        arguments = f"--access-logfile={self.access} --access-logformat=%(m)s|%(U)s|%(q)s|%(s)s"
        self.server = Server(db, env={"GUNICORN_CMD_ARGS": arguments})
        self.proxy = Proxy(self.server.port)
        self.log = Log(db)
        self.playwright = playwright
        self.folder = folder
        self.made = 0

    @contextmanager
    def tablet(self, **options: str) -> Iterator[Tablet]:
        self.made += 1
        folder = self.folder / f"tablet{self.made}"
        with Tablet(self.playwright, folder, self.proxy.url, **options) as tablet:  # type: ignore[arg-type]
            yield tablet

    def forget(self) -> None:
        self.access.write_text("")
        self.proxy.reset_counters()

    def requests(self) -> list[str]:
        lines = [line.split("|") for line in self.access.read_text().splitlines()]
        return [line[1] + line[2] for line in lines if line[1] != "/healthz"]


def slow_cpu(tablet: Tablet) -> CDPSession:
    session = tablet.cdp()
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return session


def settle(tablet: Tablet, proxy: Proxy) -> None:
    """Until nothing more has crossed the wire for a second."""
    last = -1
    while proxy.count.responses != last:
        last = proxy.count.responses
        tablet.page.wait_for_timeout(1000)


def first_load(site: Site) -> None:
    """Cold sign-in page and home, then the whole app as the service worker keeps it.

    The line is slow, so that what was asked for before the home page could be used is told from
    what the service worker fetches afterwards.
    """
    site.forget()
    with site.tablet() as tablet:
        site.proxy.faults.__dict__.update(SLOW)
        page = steps.start_as(tablet, "officer1")
        steps.module_card(page).locator("[data-action=download]").wait_for(timeout=60_000)
        requests, size = site.requests(), site.proxy.count.responses
        report("cold sign-in and home, English, bytes", size / KB, 60, "KB", "Kolibri 3310")
        count = len(requests)
        report("cold sign-in and home, English, requests", count, 15, "requests", "Kolibri 36")
        print("   ", *requests)
        site.proxy.faults.__dict__.update(bytes_per_second=None, latency=0.0)
        steps.ready_for_offline(tablet.page)
        settle(tablet, site.proxy)
        report("the whole app for offline use", site.proxy.count.responses / KB, 200, "KB")
        seen = collections.Counter(
            path for path in site.requests() if not path.startswith(ASKED_AGAIN)
        )
        twice = sorted(path for path, times in seen.items() if times > 1)
        report("files of it fetched twice", len(twice), 0, "files")
        print("    then", *site.requests()[count:])


def scripts(site: Site) -> None:
    for code, name in [("my", "Burmese"), ("km", "Khmer"), ("si", "Sinhala")]:
        site.forget()
        with site.tablet(locale=code) as tablet:
            site.proxy.faults.__dict__.update(SLOW)
            page = steps.start_as(tablet, "officer1")
            expect(page.locator("html")).to_have_attribute("lang", code)
            page.evaluate("() => document.fonts.ready.then(() => true)")
            steps.module_card(page).locator("[data-action=download]").wait_for(timeout=60_000)
            size = site.proxy.count.responses / KB
            site.proxy.faults.__dict__.update(bytes_per_second=None, latency=0.0)
            peer = "Kolibri 3534" if code == "my" else ""
            report(f"cold sign-in and home, {name}, bytes", size, 150, "KB", peer)


def median(measure: Callable[[], float], times: int = 3) -> float:
    return statistics.median(measure() for _time in range(times))


def sign_in_time(site: Site) -> float:
    with site.tablet() as tablet:
        slow_cpu(tablet)
        site.proxy.faults.__dict__.update(SLOW)
        page = tablet.page
        began = page.evaluate("() => performance.timeOrigin + performance.now()")
        page.goto(site.proxy.url + "/learn/", wait_until="commit")
        page.locator("#password").wait_for(timeout=60_000)
        ended = page.evaluate("() => performance.timeOrigin + performance.now()")
        site.proxy.faults.__dict__.update(bytes_per_second=None, latency=0.0)
        return (ended - began) / 1000


def cold_start(site: Site) -> None:
    """Killed, then started with the server dead: to the sign-in page, and on to the home screen."""
    with site.tablet() as tablet:
        page = steps.start_as(tablet, "officer1")
        steps.download(page)
        steps.ready_for_offline(page)
        settle(tablet, site.proxy)
        site.proxy.go_offline()

        def once() -> float:
            tablet.kill()
            tablet.start()
            slow_cpu(tablet)
            page = tablet.page
            page.goto(site.proxy.url + "/learn/", wait_until="commit")
            page.locator("[data-learner=officer1]").wait_for()
            shown = page.evaluate("() => performance.now()")
            page.locator("[data-learner=officer1]").click()
            page.locator("#password").fill(steps.PASSWORD)
            took = page.evaluate(AFTER, ["form button.button-primary", "[data-page=home] h1"])
            return (shown + took) / 1000

        value = median(once)
        report(
            "cold start, server dead, CPU 4x, start and sign-in to home",
            value,
            1.5,
            "s",
            "Kolibri does not start",
        )
        next_page(site, tablet)
        site.proxy.go_online()


# Milliseconds from a tap on the first element until the second is there and has been painted.
AFTER = """([tapped, wanted]) => new Promise((resolve) => {
  const began = performance.now();
  const painted = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
  const watch = new MutationObserver(() => {
    if (!document.querySelector(wanted)) return;
    watch.disconnect();
    painted();
  });
  watch.observe(document.body, {childList: true, subtree: true, characterData: true});
  document.querySelector(tapped).click();
})"""


def next_page(site: Site, tablet: Tablet) -> None:
    page = tablet.page
    steps.open_module(page)
    took = []
    steps.open_lesson(page)
    for lesson, following in zip(steps.LESSONS, steps.LESSONS[1:], strict=False):
        expect(page.locator("h1")).to_have_text(lesson["heading"])
        page.wait_for_timeout(600)
        took.append(page.evaluate(NEXT, following["heading"]))
    report("next page of a downloaded lesson, CPU 4x", statistics.median(took), 100, "ms")


NEXT = """(heading) => new Promise((resolve) => {
  const began = performance.now();
  const there = () => document.querySelector('h1')?.textContent.trim() === heading;
  const watch = new MutationObserver(() => {
    if (!there()) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
  });
  watch.observe(document.body, {childList: true, subtree: true, characterData: true});
  document.querySelector('[data-action=next]').click();
})"""


def cuts(site: Site) -> None:
    """Five answers, the network cut as each is given; how many of the five never arrive."""
    with site.tablet() as tablet:
        page = steps.start_as(tablet, "officer2")
        steps.download(page)
        steps.ready_for_offline(page)
        steps.open_module(page)
        steps.open_lesson(page)
        for number in range(5):
            lesson = steps.LESSONS[number]
            expect(page.locator("h1")).to_have_text(lesson["heading"])
            question = next(b["question"] for b in lesson["body"] if b["type"] == "check")
            box = page.locator("learner-question").first
            answering.choose(box, question)
            box.locator("[data-action=answer]").click()
            site.proxy.go_offline()
            expect(box.locator("[data-mark]")).to_be_visible()
            site.proxy.go_online()
            page.locator("[data-action=next]").click()
        page.goto(site.proxy.url + "/learn/#/tablet")
        page.locator("[data-action=send]").click()
        steps.expect_status(page, "everything is sent")
        lost = 5 - site.log.answers_of("officer2")
        report("answers lost in five network cuts", lost, 0, "answers", "Kolibri 5 of 5")


def main() -> int:
    expect.set_options(timeout=30_000)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        db = database.fresh("sqlite", folder)
        site = Site(playwright, folder, db)
        with site.server, site.proxy:
            first_load(site)
            scripts(site)
            seconds = median(lambda: sign_in_time(site))
            report(
                "usable sign-in, CPU 4x, 400 kbit/s, 400 ms",
                seconds,
                5,
                "s",
                "Kolibri 24.3",
            )
            cold_start(site)
            cuts(site)
    for result in results:
        print(json.dumps(result))
    return 0 if all(result["ok"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
