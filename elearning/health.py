"""/healthz: is this server well, and if not, what is wrong."""

from collections.abc import Callable

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, JsonResponse

from assessments.attempts import reader as attempts
from assessments.forwarding import selectors as forwarding
from assessments.progress import PROGRESS


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def shared_cache() -> None:
    cache.set("healthz", "1", 10)
    if cache.get("healthz") != "1":
        raise OSError("the cache forgets what it was given")


def storage() -> None:
    name = default_storage.save("healthz", ContentFile(b"1"))
    default_storage.delete(name)


CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "cache": shared_cache,
    "storage": storage,
    # Before progress, which the marks that it writes are a part of.
    "marking": attempts.catch_up,
    "projector": PROGRESS.catch_up,
}


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every part answers, else 503; each part is "ok" or the kind of its error.

    How far the next server is behind is no error: to be offline is normal.
    """
    report: dict[str, object] = {}
    for name, check in CHECKS.items():
        try:
            check()
            report[name] = "ok"
        except Exception as error:  # noqa: BLE001 - whatever is wrong is the answer
            report[name] = type(error).__name__
    healthy = all(value == "ok" for value in report.values())
    if report["database"] == "ok":
        report |= upstream()
    response = JsonResponse(report, status=200 if healthy else 503)
    response["Cache-Control"] = "no-store"
    return response


def upstream() -> dict[str, object]:
    """Nothing where there is no next server."""
    state = forwarding.state()
    if state is None:
        return {}
    if not state.behind:
        return {"upstream": "ok"}
    waiting = {"behind": state.behind, "since": state.since, "last": state.last}
    return {"upstream": waiting | ({"error": state.error} if state.error else {})}
