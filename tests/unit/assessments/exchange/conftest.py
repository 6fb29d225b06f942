"""Two servers that know each other, and files between them."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from assessments.exchange import sealed
from assessments.exchange.keys import Identity


@dataclass(frozen=True)
class Post:
    """Seals for the centre, opens at the centre, under one name in a folder of the test."""

    path: Path
    site: Identity
    centre: Identity

    def seal(self, content: bytes, kind: str = "log") -> bytes:
        with sealed.sealed_file(
            self.path, kind=kind, sender=self.site, receiver=self.centre.public
        ) as target:
            target.write(content)
        return self.path.read_bytes()

    def open(self, data: bytes | None = None, *, kind: str = "log") -> bytes:
        """What is inside of the file, or of `data` in its place."""
        if data is not None:
            self.path.write_bytes(data)
        known = {self.site.public.id: self.site.public}
        with sealed.opened_file(
            self.path, kind=kind, receiver=self.centre, sender=known.get
        ) as opened:
            return opened.content.read()


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return Post(tmp_path / "file", Identity.generate(), Identity.generate())
