"""Opening files whose place another program may change between the listing of a folder and the reading."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import SourceError

if TYPE_CHECKING:
    from typing import IO

_SPECIAL = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe must not keep us waiting for its writer
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


def address_of(path: Path) -> str:
    """The file URI of what the path leads to; links that lead nowhere or in circles count as they stand."""
    return Path(os.path.realpath(path)).as_uri()


def special(mode: int) -> str | None:
    """What an entry is that is neither file nor folder nor link, in words."""
    return _SPECIAL.get(stat.S_IFMT(mode))


def unreadable(error: OSError) -> SourceError:
    """What keeps a file from being read, in words."""
    advice = "its permissions" if isinstance(error, PermissionError) else "its name and place"
    return SourceError(f"it cannot be read ({error.strerror or error}); check {advice}")


def astray(target: Path, root: Path) -> str | None:
    """Why a link to the target is not followed from within the folder; both without links."""
    if not target.is_relative_to(root):
        return "it is a link that leads out of the folder"
    if any(part.startswith(".") for part in target.relative_to(root).parts):
        return "it is a link to something hidden"
    return None


def opened(path: Path, root: Path | None) -> IO[bytes]:
    """The regular file, which must lie in the folder `root` (without links) when one is given. Raises SourceError."""
    try:
        descriptor = os.open(path, _FILE) if root is None else _opened_inside(path, root)
    except OSError as error:
        raise unreadable(error) from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise SourceError(f"it is {special(mode) or 'a folder'} now, not a file; put the file back")
    return os.fdopen(descriptor, "rb")


def read(path: Path, root: Path | None, limit: int) -> bytes:
    """All of the file, which is opened as by `opened`. Raises SourceError, when it is larger than `limit` as well."""
    with opened(path, root) as file:
        _check_size(os.fstat(file.fileno()).st_size, limit)
        try:
            data = file.read(limit + 1)  # it may grow meanwhile, and not every file tells its size
        except OSError as error:
            raise unreadable(error) from None
        _check_size(len(data), limit)
        return data


def _opened_inside(path: Path, root: Path) -> int:
    """Every step from the folder down is taken without following links, so none can be slipped in on the way."""
    target = Path(os.path.realpath(path, strict=True))
    if reason := astray(target, root):
        raise SourceError(f"{reason} now; put the file back")
    folder = os.open(root, _FOLDER)
    try:
        for part in target.relative_to(root).parts[:-1]:
            inner = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(target.name, _FILE | os.O_NOFOLLOW, dir_fd=folder)
    finally:
        os.close(folder)


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise SourceError(
            f"it is too large ({size / 1e6:.1f} MB; the limit is {limit / 1e6:.1f} MB); "
            "split it, or raise ACCORD_FETCH__MAX_BYTES"
        )
