"""manage.py feed_sink: hands what is new in the statement log to another store."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.growth.clickhouse import ClickHouseSink
from assessments.growth.sinks import JsonLinesSink, StatementSink, feed, forget
from elearning.errors import ServiceError

# What a cursor has room for.
LONGEST_NAME = 35


class Command(BaseCommand):
    help = (
        "Hands what is new in the statement log to ClickHouse, or to the standard output as lines of"
        " JSON. CLICKHOUSE_USER and CLICKHOUSE_PASSWORD are read from the environment."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sink", choices=["clickhouse", "lines"])
        parser.add_argument("--url", help="of ClickHouse, like https://host:8443")
        parser.add_argument("--table", default="statements", help="TABLE or DATABASE.TABLE")
        parser.add_argument("--name", help="of the cursor, when there is more than one such sink")
        parser.add_argument(
            "--again",
            action="store_true",
            help="from the beginning of the log, not from where it was",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            sink = _sink(options)
            if options["again"]:
                forget(sink)
            self.stderr.write(f"{sink.name}: {feed(sink)} statements handed over")
        except ServiceError as error:
            raise CommandError(error.message) from error


def _sink(options: dict[str, Any]) -> StatementSink:
    name = options["name"] or options["sink"]
    if len(name) > LONGEST_NAME:
        raise CommandError(f"Give a name of at most {LONGEST_NAME} characters.")
    if options["sink"] == "lines":
        return JsonLinesSink(sys.stdout.buffer, name)
    if not options["url"]:
        raise CommandError("Give --url, the address of ClickHouse, like https://host:8443.")
    return ClickHouseSink(
        options["url"],
        table=options["table"],
        user=os.environ.get("CLICKHOUSE_USER", ""),
        password=os.environ.get("CLICKHOUSE_PASSWORD", ""),
        name=name,
    )
