"""Deadlines are seconds of `time.perf_counter`; None is none."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def passed(deadline: float | None) -> bool:
    """Whether the deadline is over."""
    return deadline is not None and time.perf_counter() >= deadline


@contextmanager
def turn(lock: threading.Lock, deadline: float | None) -> Iterator[bool]:
    """A block that holds the lock. False when the deadline passed before the lock was free: then it is not held."""
    left = threading.TIMEOUT_MAX if deadline is None else max(0.0, deadline - time.perf_counter())
    held = lock.acquire(timeout=min(left, threading.TIMEOUT_MAX))
    try:
        yield held and not passed(deadline)
    finally:
        if held:
            lock.release()
