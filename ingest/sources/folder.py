"""What lies in a folder, at any depth, without leaving it."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from ingest.sources.files import READABLE, file_source
from ingest.sources.source import FileSource, ListingSource, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SPECIAL = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_LISTING = "it is a listing, which is read only when it is named by itself; it is left out"


def files_in(name: str, folder: Path) -> Iterator[FileSource | Unreadable]:
    """The files of the folder and its folders by name, hidden ones left out. Links that lead out are refused."""
    root = folder.resolve()
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
            source = Unreadable(str(path), unreadable(error))
        if source is not None:
            found = True
            yield source
    if not found:
        yield _skipped(name, "the folder holds no files; put articles into it")


def unreadable(error: OSError) -> SourceError:
    """What keeps a file from being read, in words."""
    return SourceError(f"it cannot be read ({error.strerror or error}); check its permissions")


def special(mode: int) -> str | None:
    """What an entry is that is neither file nor folder nor link, in words."""
    return _SPECIAL.get(stat.S_IFMT(mode))


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
    source = file_source(name, path)
    if isinstance(source, ListingSource):
        return _skipped(name, _LISTING)
    return source or _skipped(name, f"it is not an article file ({READABLE}); it is left out")


def _refused_link(path: Path, root: Path) -> str | None:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # Python tells a loop of links by RuntimeError
        return "it is a broken link"
    if not target.is_relative_to(root):
        return "it is a link that leads out of the folder"
    if any(part.startswith(".") for part in target.relative_to(root).parts):
        return "it is a link to something hidden"
    return None


def _skipped(name: str, reason: str) -> Unreadable:
    return Unreadable(name, SourceError(reason), skipped=True)
