"""Unit and integration tests. Browser and load tests run real servers with the demo settings."""

import os
import zlib
from pathlib import Path

# Before base reads it. Not var/: the tests must not touch what `make run` serves.
os.environ.setdefault("ELEARNING_VAR", str(Path(__file__).parents[2] / ".cache" / "pytest"))

from .base import *

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if "postgresql" in DATABASES["default"]["ENGINE"]:
    # Two clones on one machine must not drop each other's test database.
    DATABASES["default"]["TEST"] = {
        "NAME": f"elearning_unit_{zlib.crc32(str(BASE_DIR).encode()):08x}"
    }
SECRET_KEY = "test"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
AXES_ENABLED = True
