"""Where the tests keep what is dear to make: .cache/tests, one maker at a time."""

import contextlib
import fcntl
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "tests"


@contextlib.contextmanager
def one_maker(name: str) -> Iterator[None]:
    """Two test runs at once must not make the same thing twice, nor read it half made."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest_of(patterns: Iterable[str]) -> str:
    """12 hex digits of the names and bytes of every file of the repo that a glob names."""
    digest = hashlib.sha256()
    files = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
