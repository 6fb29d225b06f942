"""A tablet: real Chromium with a storage of its own that survives being killed."""

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright

CHROMIUM = os.environ.get("CHROMIUM", shutil.which("chromium") or "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
TABLET = {"width": 800, "height": 1280}
PHONE = {"width": 360, "height": 740}
# Chromium itself writes these when a server is gone or says no, whatever the page does about it.
NETWORK_NOISE = ("net::ERR_", "Failed to load resource", "when fetching the script")


class Tablet:
    """One browser profile in `folder`; `start` it cold, `kill` it, look at its `page`.

    Whatever the console says is kept in `problems`: errors, CSP reports, uncaught exceptions.
    """

    def __init__(
        self,
        playwright: Playwright,
        folder: Path,
        url: str,
        *,
        size: dict[str, int] | None = None,
        locale: str = "en-GB",
    ) -> None:
        self.playwright = playwright
        self.folder = folder
        self.url = url
        self.size = size or TABLET
        self.locale = locale
        self.problems: list[str] = []
        self._context: BrowserContext | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def context(self) -> BrowserContext:
        assert self._context is not None, "the tablet is off"
        return self._context

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def start(self) -> Self:
        self._context = self.playwright.chromium.launch_persistent_context(
            str(self.folder),
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            viewport=self.size,
            locale=self.locale,
            has_touch=True,
            # Kept out of the profile's defaults so that a kill leaves no crash bubble.
            handle_sigint=False,
        )
        self._context.set_default_timeout(30_000)
        self.watch(self._context.pages[0])
        self._context.on("page", self.watch)
        return self

    def watch(self, page: Page) -> None:
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self._heard("error", str(error)))

    def _heard(self, kind: str, text: str) -> None:
        serious = kind == "error" or "Content Security Policy" in text
        if serious and not any(noise in text for noise in NETWORK_NOISE):
            self.problems.append(f"{kind}: {text}")

    def open(self, path: str = "/learn/") -> Page:
        self.page.goto(self.url + path)
        return self.page

    def cdp(self, page: Page | None = None) -> CDPSession:
        return self.context.new_cdp_session(page or self.page)

    def storage(self, method: str, **arguments: Any) -> None:
        """A DevTools Storage call for this origin: clearDataForOrigin, overrideQuotaForOrigin."""
        self.cdp().send(f"Storage.{method}", {"origin": self.url, **arguments})

    def close(self) -> None:
        context, self._context = self._context, None
        if context is not None:
            context.close()

    def kill(self) -> None:
        """SIGKILL to every process of this browser, as when the battery is pulled."""
        context, self._context = self._context, None
        for pid in self._processes():
            os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while self._processes() and time.monotonic() < deadline:
            time.sleep(0.05)
        if context is not None:
            # It is dead, as it should be.
            with contextlib.suppress(Exception):
                context.close()
        for lock in self.folder.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def _processes(self) -> list[int]:
        needle = f"--user-data-dir={self.folder}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                zombie = b") Z" in (entry / "stat").read_bytes()
            except OSError:
                continue
            if needle in words and not zombie:
                found.append(int(entry.name))
        return found
