"""How long each stage of a search takes, and when it has to be done."""

from __future__ import annotations

import time


class Stages:
    """A clock that is stopped at the end of each stage."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._timings = {"embed": 0, "candidates": 0, "rerank": 0}

    def stop(self, stage: str) -> None:
        """The stage ends here."""
        now = time.perf_counter()
        self._timings[stage] = _ms(now - self._last)
        self._last = now

    def deadline(self, ms: int) -> float:
        """The moment (of `time.perf_counter`) that lies so many milliseconds after the last stage."""
        return self._last + ms / 1000

    def missed(self, ms: int) -> None:
        """Note that a stage was given up after so many milliseconds."""
        self._timings["deadline"] = ms

    def timings_ms(self) -> dict[str, int]:
        """Milliseconds of each stage, and of all together."""
        return {**self._timings, "total": _ms(time.perf_counter() - self._started)}


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
