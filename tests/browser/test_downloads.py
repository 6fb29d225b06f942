"""A module comes to the tablet over a bad line, whole or not at all, and leaves when it is told to."""

import hashlib
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.support.proxy import Proxy
from tests.support.server import Server
from tests.support.tablet import Tablet

# Every file of the installed edition, hashed anew from what the tablet holds.
HASHES = """async () => {
  const cache = await caches.open('editions');
  const found = {};
  for (const request of await cache.keys()) {
    const bytes = await (await cache.match(request)).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    found[new URL(request.url).pathname] = [...hash].map((b) => b.toString(16).padStart(2, '0')).join('');
  }
  return found;
}"""


def file_of(server: Server, part: dict[str, Any]) -> Path:
    """Where the server keeps a part of the edition: other modules have files there as well."""
    files = (server.database.var / "media" / "editions").rglob("*.json")
    return next(path for path in files if json.loads(path.read_bytes())["id"] == part["id"])


def hashes(page: Page) -> dict[str, str]:
    return page.evaluate(HASHES)


def test_a_download_that_is_cut_again_and_again_goes_on_where_it_was(
    tablet: Tablet, line: Proxy
) -> None:
    page = steps.start_as(tablet, "officer1")
    line.faults.bytes_per_second = 20_000
    steps.module_card(page).locator("[data-action=download]").click()
    for _cut in range(3):
        page.wait_for_timeout(400)
        line.go_offline()
        page.wait_for_timeout(200)
        line.go_online()
    line.faults.bytes_per_second = None
    expect(steps.module_card(page).locator("[data-action=open]")).to_be_visible(timeout=90_000)
    kept = hashes(page)
    assert len(kept) >= 7
    for path, digest in kept.items():
        assert digest in path


def test_a_cut_at_a_byte_in_the_middle_of_a_big_file_fetches_only_the_rest(
    tablet: Tablet, line: Proxy, video_module: int
) -> None:
    page = steps.start_as(tablet, "officer1")
    line.reset_counters()
    line.faults.cut_response_once_after = video_module // 2
    steps.download(page)
    assert line.count.cuts["response"] == 1
    # The video's bytes once, and a margin for the other files, headers and the shell's own traffic.
    assert line.count.responses < video_module * 1.25 + 150_000
    for path, digest in hashes(page).items():
        assert digest in path


def test_pausing_keeps_what_has_arrived_through_a_kill_and_resuming_finishes(
    tablet: Tablet, line: Proxy, video_module: int
) -> None:
    page = steps.start_as(tablet, "officer1")
    line.faults.bytes_per_second = 60_000
    steps.module_card(page).locator("[data-action=download]").click()
    expect(page.locator("[data-download=running] progress")).to_be_visible()
    page.wait_for_timeout(3_000)
    page.locator("[data-action=pause]").click()
    expect(page.locator("[data-download=paused]")).to_be_visible()
    tablet.kill()

    line.faults.bytes_per_second = None
    line.reset_counters()
    tablet.start()
    page = steps.start_as(tablet, "officer1")
    page.locator("[data-action=resume]").click()
    expect(steps.module_card(page).locator("[data-action=open]")).to_be_visible(timeout=60_000)
    for path, digest in hashes(page).items():
        assert digest in path


def test_a_file_that_was_changed_on_the_way_is_never_kept(tablet: Tablet, server: Server) -> None:
    victim = file_of(server, steps.TEST)
    sound = victim.read_bytes()
    victim.write_bytes(sound.replace(b"smuggling", b"smugglinG", 1))
    page = steps.start_as(tablet, "officer1")
    steps.module_card(page).locator("[data-action=download]").click()
    expect(page.locator("[data-download=damaged]")).to_be_visible(timeout=30_000)
    assert hashlib.sha256(victim.read_bytes()).hexdigest() not in " ".join(hashes(page).values())

    victim.write_bytes(sound)
    page.locator("[data-action=resume]").click()
    expect(steps.module_card(page).locator("[data-action=open]")).to_be_visible()


def test_deleting_a_module_frees_its_files_and_keeps_the_answers(
    tablet: Tablet,
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.open_module(page)
    steps.next_part(page)
    steps.answer_checks(page, steps.LESSONS[0])
    page.goto(tablet.url + "/learn/#/tablet")
    page.locator("[data-action=remove]").click()
    page.locator("[data-action=remove]").click()
    expect(page.locator("[data-page=tablet] [data-module]")).to_have_count(0)
    assert hashes(page) == {}
    page.goto(tablet.url + "/learn/#/")
    steps.download(page)
    steps.open_module(page)
    page.locator("[data-part]").first.click()
    expect(page.locator("[data-feedback]")).not_to_have_count(0)


def test_a_changed_sentence_costs_the_changed_file_and_the_manifest(
    tablet: Tablet, line: Proxy, server: Server
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    before = hashes(page)
    changed = server.database.manage("shell", "--no-imports", "-c", CHANGE_ONE_SENTENCE)
    assert "changed" in changed
    page.reload()
    line.reset_counters()
    steps.module_card(page).locator("[data-action=download]").click()
    under_way = steps.module_card(page).locator("[data-action=download], [data-download]")
    expect(under_way).to_have_count(0)
    after = hashes(page)
    assert len(set(after) - set(before)) == 1
    assert len(set(before) - set(after)) == 1
    assert line.count.responses < 16_000


CHANGE_ONE_SENTENCE = """
from modules.models import LessonPage
page = LessonPage.objects.order_by("path").first().get_latest_revision_as_object()
raw = page.body.raw_data
block = next(block for block in raw if block["type"] == "text")
text = block["value"]
text["html"] = text["html"].replace("</p>", " One more sentence.</p>", 1)
page.save_revision().publish()
print("changed")
"""


def test_a_video_can_be_sought_without_a_network(
    tablet: Tablet, line: Proxy, video_module: int
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.ready_for_offline(page)
    line.go_offline()
    steps.open_module(page)
    steps.next_part(page)
    sought = page.evaluate(
        """async () => {
          const video = document.querySelector('video');
          video.preload = 'auto';
          video.load();
          await new Promise((resolve, reject) => {
            video.onloadedmetadata = resolve;
            video.onerror = () => reject(new Error('the video does not load'));
          });
          const target = video.duration * 0.8;
          const done = new Promise((resolve) => (video.onseeked = resolve));
          video.currentTime = target;
          await done;
          return Math.abs(video.currentTime - target) < 1 && video.seekable.end(0) > target;
        }"""
    )
    assert sought
    expect(page.locator("video track[kind=captions]")).to_have_count(1)


def test_a_module_deleted_while_it_comes_does_not_come_back(
    tablet: Tablet, line: Proxy, video_module: int
) -> None:
    page = steps.start_as(tablet, "officer1")
    line.faults.bytes_per_second = 60_000
    steps.module_card(page).locator("[data-action=download]").click()
    expect(page.locator("[data-download=running] progress")).to_be_visible()
    page.wait_for_timeout(1_000)
    page.locator("[data-action=pause]").click()
    page.locator("[data-action=cancel]").click()
    expect(steps.module_card(page).locator("[data-action=download]")).to_be_visible()
    line.faults.bytes_per_second = None
    page.wait_for_timeout(1_500)
    page.reload()
    expect(steps.module_card(page).locator("[data-action=download]")).to_be_visible()
    assert hashes(page) == {}


FILES_ASKED_FOR = """() => performance.getEntriesByType('resource')
  .filter((entry) => entry.name.includes('/editions/files/')).length"""


def test_a_damaged_file_is_not_fetched_again_by_itself(tablet: Tablet, server: Server) -> None:
    victim = file_of(server, steps.TEST)
    victim.write_bytes(victim.read_bytes().replace(b"smuggling", b"smugglinG", 1))
    page = steps.start_as(tablet, "officer1")
    steps.ready_for_offline(page)
    steps.module_card(page).locator("[data-action=download]").click()
    expect(page.locator("[data-download=damaged]")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(500)
    before = page.evaluate(FILES_ASKED_FOR)
    for _event in range(3):
        page.evaluate("() => dispatchEvent(new Event('online'))")
        page.wait_for_timeout(500)
    assert page.evaluate(FILES_ASKED_FOR) == before >= 2
