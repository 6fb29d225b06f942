"""What a hand-over did, counted."""

from dataclasses import dataclass


@dataclass
class Count:
    """Of one kind; `ended` is what the centre has withdrawn since the last time."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0

    def as_text(self) -> str:
        shown = {"added": self.added, "changed": self.changed, "ended": self.ended}
        said = [f"{number} {what}" for what, number in shown.items() if number]
        return ", ".join([*said, f"{self.unchanged} unchanged"])
