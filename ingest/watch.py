"""Going on reading: round after round, slower while nothing answers."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from corpus.errors import StoreBusy

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from ingest.report import Report

LONGEST_S = 3_600.0
MOST_DOUBLINGS = 6
JITTER = 0.1  # of the interval, either way: several watchers shall not ask in step


def watch(
    once: Callable[[], Report],
    seconds: float,
    stop: threading.Event,
    tell: Callable[[Report], None],
    busy: Callable[[StoreBusy], None],
) -> None:
    """Run `once` every `seconds` until `stop` is set; `tell` gets each round's report.

    While every source of a round fails, or another process holds the store, the interval doubles each time, up
    to an hour or to `seconds` where that is longer.
    """
    chance = random.Random()  # noqa: S311 - spreads requests, guards nothing
    failures = 0
    while not stop.is_set():
        try:
            report = once()
        except StoreBusy as error:
            failures += 1
            busy(error)
        else:
            tell(report)
            failures = failures + 1 if _nothing_answered(report) else 0
        stop.wait(interval(seconds, failures) * chance.uniform(1 - JITTER, 1 + JITTER))


def interval(seconds: float, failures: int) -> float:
    """Seconds until the next round after so many failed ones."""
    return float(min(seconds * 2 ** min(failures, MOST_DOUBLINGS), max(seconds, LONGEST_S)))


def _nothing_answered(report: Report) -> bool:
    return bool(report.items) and report.count("failed") == len(report.items)
