"""Ctrl-C lets the article in hand be finished; a second one ends at once."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ENDED = "accord: Interrupted. What was stored stays; run the same command again to go on from there.\n"
STDERR = 2
HINT = "accord: stopping when the articles in hand are stored; press Ctrl-C again to stop at once.\n"


def _end_at_once() -> NoReturn:
    """Without waiting for pages and processes: a store that is left like this is one that was killed, and as safe."""
    shown_cursor = "\x1b[?25h" if sys.stderr.isatty() else ""  # the progress bar hides it
    _say(shown_cursor + ENDED)
    os._exit(1)


def _say(text: str) -> None:
    """Past Python's buffer, which refuses to be used by a second Ctrl-C while the first is still in it."""
    os.write(STDERR, text.encode())


@contextmanager
def graceful_stop() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C (or SIGTERM) sets."""
    stop = threading.Event()

    def stopping(number: int, _: FrameType | None) -> None:
        if stop.is_set():
            _end_at_once()
        stop.set()
        if number == signal.SIGINT:
            _say(HINT)

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, stopping) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
