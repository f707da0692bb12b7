"""Writing a file whole, and saying beforehand that it cannot be."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

READABLE = 0o666  # less what the umask takes away


def write_whole(path: Path, text: str) -> None:
    """All of it at once: a reader, or whoever pulls the plug, finds the old file or the new one.

    A link stays one, what it leads to is written. Raises UsageError.
    """
    check_writable(path)
    whole = resolved(path)
    try:
        data = text.encode()
        # Not deleted on closing: it is renamed, and taken away below where that failed.
        file = tempfile.NamedTemporaryFile(prefix=".accord-", dir=whole.parent, delete=False)  # noqa: SIM115 - closed below
    except UnicodeEncodeError:
        raise UsageError(f"{path}: what belongs into it holds half a character. Mend the text that has it.") from None
    except OSError as error:
        raise _cannot(path, error) from None
    new = Path(file.name)
    try:
        with file:
            file.write(data)
            os.fsync(file.fileno())
        new.chmod(whole.stat().st_mode & READABLE if whole.exists() else READABLE & ~_umask())
        new.replace(whole)
    except OSError as error:
        raise _cannot(path, error) from None
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Said before minutes of answering, not after. Raises UsageError for what is no file, or in no folder."""
    whole = resolved(path)
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path}: it is no file that could be written. Name a file.")
        if not whole.parent.is_dir():
            raise UsageError(f"{path}: there is no folder {whole.parent}. Make it, or name another file.")
    except OSError as error:  # a name that is too long
        raise _cannot(path, error) from None
    if not os.access(whole.parent, os.W_OK):
        raise UsageError(f"{path}: the folder cannot be written to. Name a file elsewhere.")


def resolved(path: Path) -> Path:
    """Where the path leads. Raises UsageError for links in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        raise UsageError(f"{path}: its links lead in a circle. Name another file.") from None


def check_ends(path: Path, suffix: str) -> None:
    """What is written by a command is known by its ending, so that nothing else is written over. Raises UsageError."""
    if path.suffix != suffix:
        raise UsageError(f"{str(path) or 'an empty name'}: name a file that ends in {suffix}.")


def beside(path: Path, suffix: str) -> Path:
    """The file that belongs to a .jsonl: `desk.jsonl` has `desk.articles.json`. Raises UsageError for another."""
    check_ends(path, ".jsonl")
    return path.with_name(path.name.removesuffix(".jsonl") + suffix)


def check_apart(read: Mapping[str, Path | None], written: Mapping[str, Path | None]) -> None:
    """Raises UsageError when a file that is written is one that is read, or is written twice."""
    known = {resolved(path): name for name, path in read.items() if path is not None}
    for name, path in written.items():
        if path is not None:
            there = resolved(path)
            if there in known:
                raise UsageError(f"{path}: {name} would be written over {known[there]}. Name another file.")
            known[there] = name


def _cannot(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path}: it cannot be written ({error.strerror}). Name another file.")


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
