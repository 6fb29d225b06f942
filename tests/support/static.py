"""The collected static files, made once for each state of their sources."""

import shutil
from pathlib import Path

from tests.support.manage import environment, run
from tests.support.paths import CACHE, digest_of, one_maker

SOURCES = (
    "requirements.txt",
    "elearning/storage.py",
    "elearning/static/**/*",
    "elearning/*/static/**/*",
    "*/static/**/*",
)


def collected() -> Path:
    """The folder to link as STATIC_ROOT: hashed and compressed, as a real server has it."""
    folder = CACHE / f"static-{digest_of(SOURCES)}"
    with one_maker("static"):
        if not folder.exists():
            var = CACHE / "collecting"
            shutil.rmtree(var, ignore_errors=True)
            env = environment(database=f"sqlite:///{var / 'none.sqlite3'}", var=var)
            run("collectstatic", "--no-input", "--verbosity=0", env=env)
            (var / "static").rename(folder)
            shutil.rmtree(var, ignore_errors=True)
            _forget_older(folder)
    return folder


def _forget_older(current: Path, *, keep: int = 3) -> None:
    """A running test may still serve the one before; the rest only takes room."""
    found = sorted(current.parent.glob("static-*"), key=lambda path: path.stat().st_mtime)
    for folder in found[:-keep]:
        shutil.rmtree(folder, ignore_errors=True)
