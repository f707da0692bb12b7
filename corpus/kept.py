"""What was read from the store, kept while the store does not change, the last used longest."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from corpus.catalogue import IndexState

Key = TypeVar("Key")
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Values of one state of the index at a time, of at most `most` size together. Safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._size = 0
        self._state: IndexState | None = None
        self._lock = threading.Lock()

    def get(self, state: IndexState, key: Key) -> Value | None:
        """What is kept of this state, or None."""
        with self._lock:
            found = self._values.get(key) if self._state == state else None
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, state: IndexState, key: Key, value: Value, size: int = 1) -> None:
        """Keep a value of this state; values of another state go, and so does what was not used longest."""
        with self._lock:
            if self._state != state:
                self._values.clear()
                self._state, self._size = state, 0
            self._size += size - self._values.pop(key, (value, 0))[1]
            self._values[key] = (value, size)
            while self._size > self._most:
                self._size -= self._values.popitem(last=False)[1][1]
