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
    """What became of one source.

    `passages` counts those of its article; `reason` says why it was not stored, or whose copy it is; `changes`
    what a new version changed; `correction` is the article's notice of one.
    """

    source: str
    outcome: OutcomeName
    url: str | None = None
    article_id: str | None = None
    revision: int | None = None
    title: str | None = None
    published: str | None = None
    passages: int = 0
    reason: str | None = None
    changes: dict[str, Any] | None = None
    correction: str | None = None


@dataclass(slots=True)
class Report:
    """All items of one run, in the order of their sources."""

    items: list[Item] = field(default_factory=list)
    passages: int = 0  # written in this run
    seconds: float = 0.0
    interrupted: bool = False
    dry_run: bool = False

    def count(self, outcome: OutcomeName) -> int:
        """How many items ended so."""
        return self.counts()[outcome]

    def counts(self) -> dict[str, int]:
        """How many items ended how."""
        counted = Counter(item.outcome for item in self.items)
        return {name: counted[name] for name in OUTCOMES}

    def document(self) -> dict[str, Any]:
        """The JSON document of `accord ingest --json`."""
        return {
            **self.counts(),
            "passages": self.passages,
            "seconds": round(self.seconds, 2),
            "interrupted": self.interrupted,
            "dry_run": self.dry_run,
            "items": [asdict(item) for item in self.items],
        }
