"""`make run`: one machine, http on 127.0.0.1, demo people. Never for real officers."""

from .base import *

DEMO = True
SECRET_KEY = "demo-only-this-key-is-public-and-signs-nothing-that-matters"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
