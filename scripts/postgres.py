"""Exit 0 when the PostgreSQL of TEST_POSTGRES_URL answers, else 1 with one line. The password is never printed."""

import os
import sys
from urllib.parse import urlsplit

import psycopg

url = os.environ["TEST_POSTGRES_URL"]
try:
    psycopg.connect(url, connect_timeout=2).close()
except psycopg.OperationalError:
    where = urlsplit(url)
    sys.exit(
        f"PostgreSQL not reachable at {where.hostname}:{where.port or 5432}: skipped (TEST_POSTGRES_URL)"
    )
