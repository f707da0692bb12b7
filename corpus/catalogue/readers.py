"""Read connections that are kept: a search takes several snapshots, and each new connection reads the file anew."""

from __future__ import annotations

import threading
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

MOST_IDLE = 4

_File = tuple[int, int]  # device and inode
_Idle = list[tuple["_File", "sqlite3.Connection"]]


class Readers:
    """Connections to one file, lent to one thread at a time; none to a file that was since replaced."""

    def __init__(self, path: Path, connect: Callable[[], sqlite3.Connection]) -> None:
        self._path = path
        self._connect = connect
        self._idle: _Idle = []
        self._lock = threading.Lock()
        self._closed = weakref.finalize(self, _close_all, self._idle)

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """A connection; kept for the next one unless something went wrong with it."""
        file = self._file()
        connection = self._kept(file) or self._opened()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        connection.rollback()
        with self._lock:
            if len(self._idle) < MOST_IDLE:
                self._idle.append((file, connection))
                return
        connection.close()

    def close(self) -> None:
        """Close what is idle; the next loan opens another."""
        with self._lock:
            _close_all(self._idle)

    def _file(self) -> _File:
        status = self._path.stat()
        return status.st_dev, status.st_ino

    def _kept(self, file: _File) -> sqlite3.Connection | None:
        with self._lock:
            while self._idle:
                of, connection = self._idle.pop()
                if of == file:
                    return connection
                connection.close()
        return None

    def _opened(self) -> sqlite3.Connection:
        connection = self._connect()
        connection.execute("PRAGMA query_only = ON")
        return connection


def _close_all(idle: _Idle) -> None:
    while idle:
        idle.pop()[1].close()
