"""What the server has stored, read from its database without going through the site."""

import json
import sqlite3
from typing import Any

import psycopg

from tests.support.database import Database


class Log:
    """The statement log, progress and contacts of one test's database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        if self.database.vendor == "sqlite":
            path = self.database.url.removeprefix("sqlite:///")
            connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)
            try:
                return connection.execute(query.replace("%s", "?"), values).fetchall()
            finally:
                connection.close()
        with psycopg.connect(self.database.url) as opened:
            return opened.execute(query, values).fetchall()  # type: ignore[call-overload]

    def user_id(self, username: str) -> str:
        """In hyphenated lower case, as a statement names it."""
        ((found,),) = self.rows("SELECT id FROM users_user WHERE username = %s", username)
        text = str(found).replace("-", "")
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def _key(self, username: str) -> str:
        found = self.user_id(username)
        return found.replace("-", "") if self.database.vendor == "sqlite" else found

    def count(self, username: str, verb: str) -> int:
        """Of what the officer's tablets have said; a server's marks are about the officer too."""
        return self._count(username, verb, "NOT LIKE")

    def marks_of(self, username: str, verb: str) -> int:
        """Of what a server has said about the officer."""
        return self._count(username, verb, "LIKE")

    def _count(self, username: str, verb: str, like: str) -> int:
        query = (
            "SELECT count(*) FROM assessments_statement WHERE actor = %s AND verb = %s"
            f" AND payload {like} %s"
        )
        ((found,),) = self.rows(query, self._key(username), verb, '%"name":"server"%')
        return int(found)

    def answers_of(self, username: str) -> int:
        return self.count(username, "answered")

    def contact_of(self, username: str) -> dict[str, Any]:
        query = "SELECT waiting, aside, lost FROM users_contact WHERE user_id = %s"
        rows = self.rows(query, self._key(username))
        assert len(rows) == 1, f"{username}: {rows}"
        waiting, aside, lost = rows[0]
        aside = json.loads(aside) if isinstance(aside, str) else aside
        return {"waiting": waiting, "aside": aside, "lost": lost}
