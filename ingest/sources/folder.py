"""What lies in a folder, at any depth, without leaving it."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from ingest.sources.files import READABLE, file_source
from ingest.sources.opening import address_of, astray, special, unreadable
from ingest.sources.source import FileSource, ListingSource, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEADS_NOWHERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
_LISTING = "it is a listing, which is read only when it is named by itself; it is left out"


def files_in(name: str, folder: Path) -> Iterator[FileSource | Unreadable]:
    """The files of the folder and its folders by name, hidden ones left out. Links that lead out are refused."""
    root = Path(os.path.realpath(folder))
    found = False
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            if path == folder or (path.is_dir() and not path.is_symlink()):
                waiting.extend(_inside(path))
                continue
            source = _entry(path, root)
        except OSError as error:
            source = Unreadable(str(path), unreadable(error), holder=address_of(path))
        except SourceError as error:
            source = Unreadable(str(path), error, holder=address_of(path))
        if source is not None:
            found = True
            yield source
    if not found:
        yield _skipped(name, "the folder holds no files; put articles into it")


def _inside(folder: Path) -> list[Path]:
    """Last name first: they are taken from the end."""
    return sorted((path for path in folder.iterdir() if not path.name.startswith(".")), reverse=True)


def _entry(path: Path, root: Path) -> FileSource | Unreadable | None:
    name = str(path)
    if path.is_symlink():
        refused = _refused_link(path, root)
        if refused:
            return _skipped(name, f"{refused}; it is left out")
        if path.is_dir():
            return None  # what it leads to is read where it lies
    kind = special(path.stat().st_mode)
    if kind:
        return _skipped(name, f"it is {kind}, not a file; it is left out")
    source = file_source(name, path, root)
    if isinstance(source, ListingSource):
        return _skipped(name, _LISTING)
    return source or _skipped(name, f"it is not an article file ({READABLE}); it is left out")


def _refused_link(path: Path, root: Path) -> str | None:
    try:
        target = Path(os.path.realpath(path, strict=True))
    except OSError as error:
        if error.errno in _LEADS_NOWHERE:
            return "it is a broken link"
        raise
    return astray(target, root)


def _skipped(name: str, reason: str) -> Unreadable:
    return Unreadable(name, SourceError(reason), skipped=True)
