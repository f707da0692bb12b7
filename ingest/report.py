"""What an ingest run did, as `accord ingest --json` prints it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

OutcomeName = Literal["added", "changed", "unchanged", "duplicate", "withdrawn", "skipped", "failed"]
OUTCOMES: tuple[OutcomeName, ...] = (
    "added",
    "changed",
    "unchanged",
    "duplicate",
    "withdrawn",
    "skipped",
    "failed",
)


@dataclass(slots=True)
class Item:
    """What became of one source. `passages` counts those of its article, `reason` is set when it was not stored."""

    source: str
    outcome: OutcomeName
    url: str | None = None
    article_id: str | None = None
    revision: int | None = None
    title: str | None = None
    published: str | None = None
    passages: int = 0
    reason: str | None = None


@dataclass(slots=True)
class Report:
    """All items of one run, in the order of their sources."""

    items: list[Item] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, outcome: OutcomeName) -> int:
        """How many items ended so."""
        return sum(item.outcome == outcome for item in self.items)

    @property
    def passages(self) -> int:
        """Passages written in this run."""
        return sum(item.passages for item in self.items if item.outcome in {"added", "changed"})

    def document(self) -> dict[str, Any]:
        """The JSON document of `accord ingest --json`."""
        counts = Counter(item.outcome for item in self.items)
        return {
            **{name: counts[name] for name in OUTCOMES},
            "passages": self.passages,
            "seconds": round(self.seconds, 2),
            "items": [asdict(item) for item in self.items],
        }
