"""One writer at a time: a file lock that names who holds it.

The lock is the operating system's, so it is gone with its process, however that ended; the note beside it
is only for the message.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import StoreBusy


@contextmanager
def writer_lock(folder: Path, purpose: str) -> Iterator[None]:
    """Hold the writer lock of a data directory. Raises StoreBusy, naming the holder, when it is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / "writer.holder"
    try:
        with FileLock(folder / "writer.lock", timeout=0):
            holder.write_text(f"{purpose} (process {os.getpid()})", "utf-8")
            yield
    except Timeout:
        name = holder.read_text("utf-8") if holder.is_file() else "another process"
        raise StoreBusy(f"{folder} is being written by {name}. Wait until it is done.") from None
