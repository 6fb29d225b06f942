"""ClickHouse as a sink, over its HTTP interface; the table is in docs/operations/clickhouse-statements.sql."""

import gzip
import http.client
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _

from assessments.growth.records import as_json
from assessments.models import Statement
from elearning.errors import ServiceError

# What DateTime64 holds. A tablet's clock may say anything; the payload keeps what it said.
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2299, 12, 31, tzinfo=UTC)
TABLE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)?", re.ASCII)
SECONDS = 120


class SinkFailed(ServiceError):
    """`reason` holds nothing of the rows: ClickHouse's own text may quote them, so it is not shown."""

    status = 502

    def __init__(self, reason: str) -> None:
        message = _("ClickHouse did not take the statements (%(reason)s). They will be sent again.")
        super().__init__("sink-failed", message % {"reason": reason})


class ClickHouseSink:
    """One INSERT a batch. The table keeps one row for each id (ReplacingMergeTree)."""

    def __init__(
        self,
        url: str,
        *,
        table: str = "statements",
        user: str = "",
        password: str = "",
        name: str = "clickhouse",
    ) -> None:
        """`url` is like https://host:8443, without user and password. Raises ServiceError."""
        self.address = urlsplit(url)
        if self.address.scheme not in ("http", "https") or not self.address.hostname:
            raise ServiceError("bad-url", _("Give an address like http://127.0.0.1:8123."))
        if "@" in self.address.netloc:
            raise ServiceError("bad-url", _("The user does not belong into the address."))
        if not TABLE.fullmatch(table):
            raise ServiceError("bad-table", _("Give the table as TABLE or DATABASE.TABLE."))
        self.name = name
        # Not async: an answer of 200 means that the rows are kept.
        settings = {"async_insert": 0, "wait_end_of_query": 1}
        query = {"query": f"INSERT INTO {table} FORMAT JSONEachRow", **settings}
        self.target = f"{self.address.path or '/'}?{urlencode(query)}"
        self.headers = {"Content-Encoding": "gzip", "Content-Type": "application/x-ndjson"}
        if user:
            self.headers |= {"X-ClickHouse-User": user, "X-ClickHouse-Key": password}

    def write(self, rows: Sequence[Statement]) -> None:
        body = gzip.compress(b"\n".join(map(_line, rows)), compresslevel=6)
        connection = self._connection()
        try:
            connection.request("POST", self.target, body, self.headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            raise SinkFailed(type(error).__name__) from error
        finally:
            connection.close()
        code = response.headers.get("X-ClickHouse-Exception-Code")
        if response.status != http.HTTPStatus.OK or code:
            raise SinkFailed(f"HTTP {response.status}, code {code or '-'}")

    def _connection(self) -> http.client.HTTPConnection:
        kind = (
            http.client.HTTPSConnection
            if self.address.scheme == "https"
            else http.client.HTTPConnection
        )
        return kind(self.address.hostname or "", self.address.port, timeout=SECONDS)


def _line(row: Statement) -> bytes:
    """The columns of the table; the digest is of use in the log only."""
    columns: dict[str, Any] = as_json(row)
    del columns["digest"]
    columns |= {"stored": _moment(row.stored), "timestamp": _moment(row.timestamp)}
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()


def _moment(moment: datetime) -> str:
    within = min(max(moment, EARLIEST), LATEST).astimezone(UTC)
    return within.strftime("%Y-%m-%d %H:%M:%S.%f")
