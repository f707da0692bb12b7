"""One writer at a time: a file lock that names who holds it.

The lock is the operating system's, so it is gone with its process, however that ended; the note beside it
is only for the message.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import StoreBusy, UsageError


@contextmanager
def writer_lock(folder: Path, purpose: str) -> Iterator[None]:
    """Hold the writer lock of a data directory. Raises StoreBusy, naming the holder, when it is taken."""
    holder = folder / "writer.holder"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "writer.lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise StoreBusy(f"{folder} is being written by {_name(holder)}. Wait until it is done.") from None
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written ({error.strerror}). Name another --data-dir, or mend its permissions."
        ) from None
    try:
        holder.write_text(f"{purpose} (process {os.getpid()})", "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _name(holder: Path) -> str:
    try:
        text = holder.read_text("utf-8", errors="replace")
    except OSError:
        return "another process"
    return "".join(character for character in text[:100] if character.isprintable()) or "another process"
