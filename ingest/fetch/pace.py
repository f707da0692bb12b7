"""When a web host may be asked again."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol

from corpus.errors import SourceError

_ROUNDING_S = 0.01


class Clock(Protocol):
    """Where time comes from, and how it is waited for."""

    def seconds(self) -> float:
        """Seconds since some moment, never going back."""

    def now(self) -> datetime:
        """The moment, with its zone."""

    def wait(self, seconds: float) -> bool:
        """Returns after so long; True when the waiting was ended for good."""

    def stop(self) -> None:
        """Ends every wait, now and later."""


class SystemClock:
    """The machine's clock. Its waits end at `stop`, for Ctrl-C reaches the main thread only."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def seconds(self) -> float:
        return time.monotonic()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wait(self, seconds: float) -> bool:
        return self._stopped.wait(seconds)

    def stop(self) -> None:
        self._stopped.set()


class Pace:
    """Spaces the requests to each host, over all threads; one host does not wait for another."""

    def __init__(self, clock: Clock, longest_hold_s: float) -> None:
        self._clock = clock
        self._longest_hold_s = longest_hold_s
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}
        self._held_until: dict[str, float] = {}

    def turn(self, host: str, delay_s: float) -> float:
        """Waits until the host may be asked and keeps it for `delay_s` seconds. Returns the moment of the start.

        Raises SourceError when the host asked to be left alone for longer than is waited, or the run ends.
        """
        while True:
            with self._lock:
                now = self._clock.seconds()
                self._refuse_long_hold(self._held_until.get(host, now) - now)
                free_at = max(self._free_at.get(host, now), self._held_until.get(host, now))
                if free_at <= now:
                    self._free_at[host] = now + delay_s
                    return now
            self.wait(free_at - now)

    def hold(self, host: str, seconds: float) -> None:
        """Leaves the host alone for so long, because it asked for that."""
        with self._lock:
            until = self._clock.seconds() + seconds
            self._held_until[host] = max(until, self._held_until.get(host, until))

    def wait(self, seconds: float) -> None:
        """Waits. Raises SourceError when the run ends meanwhile."""
        if self._clock.wait(seconds):
            raise SourceError("the run ended before it was read; run it again")

    def _refuse_long_hold(self, seconds: float) -> None:
        if seconds > self._longest_hold_s + _ROUNDING_S:
            asked = f"for {seconds:,.0f} s" if seconds != float("inf") else "without end"
            raise SourceError(
                f"its server is busy and asks to be left alone {asked}, longer than the {self._longest_hold_s:g} s "
                "that are waited; try again later or raise ACCORD_FETCH__RETRY_AFTER_S"
            )
