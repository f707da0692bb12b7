"""Every ingest run, kept."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

RunState = Literal["running", "done", "interrupted", "killed"]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run: when, from what, how it ended. `counts` is by outcome; it is empty for a run that was killed."""

    id: int
    started_at: str
    sources: list[str]
    state: RunState
    seconds: float | None
    counts: dict[str, int]


class Runs:
    """The tables `runs` and `run_items`, inside a snapshot or a transaction (writing needs the latter)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def newest(self, limit: int) -> list[RunRecord]:
        """The latest runs, newest first."""
        return self._records("ORDER BY id DESC LIMIT ?", limit)

    def get(self, run_id: int) -> RunRecord | None:
        """One run, or None."""
        return next(iter(self._records("WHERE id = ?", run_id)), None)

    def items(self, run_id: int) -> list[dict[str, Any]]:
        """What a run did to each source, in order, without those that were unchanged."""
        rows = self._connection.execute("SELECT item FROM run_items WHERE run_id = ? ORDER BY n", (run_id,))
        return [json.loads(item) for (item,) in rows]

    def begin(self, started_at: str, sources: Sequence[str]) -> int:
        """A new run. The writer lock is held, so a run that still counts as running was killed."""
        self._connection.execute("UPDATE runs SET state = 'killed' WHERE state = 'running'")
        cursor = self._connection.execute(
            "INSERT INTO runs (started_at, sources, state) VALUES (?, ?, 'running')",
            (started_at, json.dumps(list(sources))),
        )
        return int(cursor.lastrowid or 0)

    def record(self, run_id: int, items: Mapping[int, Mapping[str, Any]]) -> None:
        """What the run did, by the item's number."""
        # In ASCII: a file name can hold bytes that are no text, which SQLite refuses.
        self._connection.executemany(
            "INSERT OR REPLACE INTO run_items VALUES (?, ?, ?)",
            [(run_id, n, json.dumps(item)) for n, item in items.items()],
        )

    def end(self, run_id: int, state: RunState, seconds: float, counts: Mapping[str, int]) -> None:
        """The run is over."""
        self._connection.execute(
            "UPDATE runs SET state = ?, seconds = ?, counts = ? WHERE id = ?",
            (state, seconds, json.dumps(dict(counts)), run_id),
        )

    def _records(self, which: str, value: int) -> list[RunRecord]:
        rows = self._connection.execute(
            f"SELECT id, started_at, sources, state, seconds, counts FROM runs {which}", (value,)
        )
        return [
            RunRecord(row[0], row[1], json.loads(row[2]), row[3], row[4], json.loads(row[5] or "{}")) for row in rows
        ]
