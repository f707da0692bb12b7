"""Progress on a terminal: sources dealt with, passages a second, time left, peak memory."""

import resource
import sys
import time
from contextlib import AbstractContextManager
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


def peak_memory_mb() -> int:
    """Most memory that this process and the largest of its ended children held at a time, in megabytes."""
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, others kilobytes
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(who).ru_maxrss for who in whose) * unit // 1_000_000


class Bar(AbstractContextManager["Bar"]):
    """One bar on stderr, gone when the run is done."""

    def __init__(self, *, show: bool) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[speed]}"),
            console=Console(stderr=True),
            transient=True,
            disable=not show,
        )
        self._task = self._progress.add_task("sources", total=0, speed="")
        self._started = time.perf_counter()
        self._passages = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def found(self, sources: int) -> None:
        """So many more sources are there to read."""
        total = self._progress.tasks[self._task].total or 0
        self._progress.update(self._task, total=total + sources)

    def done(self, sources: int) -> None:
        """So many more sources are dealt with."""
        self._progress.advance(self._task, sources)

    def embedded(self, passages: int) -> None:
        """So many more passages have their vectors."""
        self._passages += passages
        rate = self._passages / max(time.perf_counter() - self._started, 0.001)
        speed = f"{self._passages} passages, {rate:.0f}/s, peak {peak_memory_mb()} MB"
        self._progress.update(self._task, speed=speed)
