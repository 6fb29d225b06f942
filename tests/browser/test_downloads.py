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


def test_a_download_that_is_tapped_before_the_app_is_whole_waits_for_the_line(
    tablet: Tablet, line: Proxy
) -> None:
    # What fetches a download is itself not on the tablet yet.
    tablet.context.route("**/editions.*.js", lambda route: route.abort())
    page = steps.start_as(tablet, "officer1")
    steps.module_card(page).locator("[data-action=download]").click()
    expect(page.locator("[data-download=offline]")).to_be_visible()
    tablet.context.unroute("**/editions.*.js")
    expect(steps.module_card(page).locator("[data-action=open]")).to_be_visible(timeout=30_000)


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
    steps.open_lesson(page)
    steps.answer_checks(page, steps.LESSONS[0])
    page.goto(tablet.url + "/learn/#/tablet")
    page.locator("[data-action=remove]").click()
    page.locator("[data-action=remove]").click()
    expect(page.locator("[data-page=tablet] [data-module]")).to_have_count(0)
    assert hashes(page) == {}
    page.goto(tablet.url + "/learn/#/")
    steps.download(page)
    steps.open_module(page)
    steps.open_lesson(page)
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
    steps.open_lesson(page)
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


NEWER_APP = """
import json
from modules.models import Edition
edition = Edition.objects.current().get(module="{module}", language="en")
manifest = json.loads(edition.manifest) | {{"format": {format}, "version": edition.version + 1}}
edition.current = False
edition.save()
edition.pk, edition.current, edition.format = None, True, {told}
edition.version, edition.manifest = manifest["version"], json.dumps(manifest)
edition.save()
"""


def offer(server: Server, *, real: int, told: int) -> None:
    """A newer edition; its entry says that it is of the format `told`."""
    script = NEWER_APP.format(module=steps.MODULE["id"], format=real, told=told)
    server.database.manage("shell", "--no-imports", "-c", script)


def test_an_edition_that_only_a_newer_app_can_read_leaves_the_one_that_is_here(
    tablet: Tablet, server: Server
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    before = hashes(page)
    offer(server, real=99, told=99)
    page.reload()
    card = steps.module_card(page)
    expect(card.locator("[data-newer-app]")).to_contain_text("needs a newer version of this app")
    expect(card.locator("[data-action=download]")).to_have_count(0)
    assert hashes(page) == before
    steps.open_module(page)
    steps.open_lesson(page)
    steps.answer_checks(page, steps.LESSONS[0])


def test_what_only_a_newer_app_can_read_is_not_offered_for_download(
    tablet: Tablet, server: Server
) -> None:
    offer(server, real=99, told=99)
    page = steps.start_as(tablet, "officer1")
    card = steps.module_card(page)
    expect(card.locator("[data-newer-app]")).to_be_visible()
    expect(card.locator("[data-action]")).to_have_count(0)
    page.goto(f"{tablet.url}/learn/#/module/{steps.MODULE['id']}")
    expect(page.locator("[data-page=offer] [data-newer-app]")).to_be_visible()


def test_a_manifest_of_a_format_that_the_app_does_not_know_is_not_installed(
    tablet: Tablet, server: Server
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    before = hashes(page)
    offer(server, real=99, told=1)
    page.reload()
    card = steps.module_card(page)
    card.locator("[data-action=download]").click()
    expect(card.locator("[data-download=newer-app]")).to_contain_text("needs a newer version")
    assert hashes(page) == before
    page.reload()
    steps.open_module(page)


INSTALLED_99 = """async () => {
  const open = indexedDB.open('elearning-device');
  const db = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
  const store = db.transaction('editions', 'readwrite').objectStore('editions');
  const all = await new Promise((resolve) => (store.getAll().onsuccess = (e) => resolve(e.target.result)));
  for (const row of all) store.put({...row, manifest: {...row.manifest, format: 99}});
  await new Promise((resolve) => (store.transaction.oncomplete = resolve));
}"""


def test_an_edition_that_a_newer_app_has_left_here_is_not_half_shown(tablet: Tablet) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    page.evaluate(INSTALLED_99)
    page.reload()
    card = steps.module_card(page)
    expect(card.locator("[data-newer-app]")).to_be_visible()
    expect(card.locator("[data-action=open], [data-action=continue]")).to_have_count(0)
    page.goto(f"{tablet.url}/learn/#/module/{steps.MODULE['id']}")
    expect(page.locator("[data-page=offer] [data-newer-app]")).to_be_visible()
    # The server has one that this app can read.
    page.goto(f"{tablet.url}/learn/#/")
    steps.download(page)
    expect(page.locator("[data-newer-app]")).to_have_count(0)
