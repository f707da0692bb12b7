"""From the names a person gave to single files and addresses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from ingest.extract.address import normal
from ingest.sources.files import READABLE, file_source
from ingest.sources.folder import files_in, special, unreadable
from ingest.sources.source import FileSource, ListingSource, Source, StdinSource, Unreadable, UrlSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STDIN = "-"
_WEB = re.compile(r"https?:", re.IGNORECASE)
_USER_INFO = re.compile(r"(?<=:)([/\\]*)[^/\\?#]*@")


def expand(names: Sequence[str]) -> Iterator[Source]:
    """Every single source behind the names, in order, each once."""
    seen: set[str] = set()
    for name in names:
        given = _identity(name)
        if given in seen:
            shown = _without_password(name)
            yield Unreadable(shown, SourceError("it is given twice; it is read once"), skipped=True)
            continue
        seen.add(given)
        for source in _open_out(name):
            key = _key(source)
            if key not in seen or key == given:
                seen.add(key)
                yield source


def _key(source: Source) -> str:
    return str(source.path.resolve()) if isinstance(source, FileSource | ListingSource) else _identity(source.name)


def _identity(name: str) -> str:
    """The same for two names of one file, folder or web page."""
    try:
        if _WEB.match(name):
            return normal(name)
        return str(Path(name).resolve()) if name != STDIN and Path(name).exists() else name
    except (OSError, ValueError, RuntimeError):  # too long, with characters that no name has, or a loop of links
        return name


def _open_out(name: str) -> Iterator[Source]:
    if name == STDIN:
        yield StdinSource()
    elif _WEB.match(name):
        yield _address(name)
    else:
        try:
            yield from _path(name, Path(name))
        except OSError as error:
            yield Unreadable(name, unreadable(error))
        except ValueError:
            yield Unreadable(name, SourceError("it is no file name; check the name"))


def _address(name: str) -> Source:
    # Names are printed and stored, so one with a password does not go on from here.
    shown = _without_password(name)
    if shown != name:
        reason = "it holds a user name or password, which is not sent; give the address without, or save the page"
        return Unreadable(shown, SourceError(reason))
    return UrlSource(name)


def _without_password(name: str) -> str:
    return _USER_INFO.sub(r"\1", name, count=1) if _WEB.match(name) else name


def _path(name: str, path: Path) -> Iterator[Source]:
    if path.is_dir():
        yield from files_in(name, path)
    elif path.is_file():
        source = file_source(name, path)
        reason = f"{path.suffix or 'its kind of file'} cannot be read; save it as one of {READABLE}"
        yield source or Unreadable(name, SourceError(reason))
    elif path.exists():
        kind = special(path.stat().st_mode) or "neither a file nor a folder"
        yield Unreadable(name, SourceError(f"it is {kind}; name a file or a folder"))
    else:
        yield Unreadable(name, SourceError("there is no such file or folder; check the name"))
