"""From the names a person gave to single files and addresses."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from ingest.extract.address import normal
from ingest.sources.files import READABLE, file_source
from ingest.sources.folder import files_in
from ingest.sources.names import shown_name
from ingest.sources.opening import address_of, special, unreadable
from ingest.sources.source import FileSource, ListingSource, Source, StdinSource, Unreadable, UrlSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STDIN = "-"
_WEB = re.compile(r"https?:", re.IGNORECASE)


def expand(names: Sequence[str]) -> Iterator[Source]:
    """Every single source behind the names, in order, each once."""
    seen: set[str] = set()
    for name in names:
        given = _identity(name)
        if given in seen:
            yield Unreadable(shown_name(name), SourceError("it is given twice; it is read once"), skipped=True)
            continue
        seen.add(given)
        for source in _open_out(name):
            key = given if source.name == shown_name(name) else _key(source)
            if key not in seen or key == given:
                seen.add(key)
                yield source


def _key(source: Source) -> str:
    return os.path.realpath(source.path) if isinstance(source, FileSource | ListingSource) else _identity(source.name)


def _identity(name: str) -> str:
    """The same for two names of one file, folder or web page."""
    try:
        if _WEB.match(name):
            return normal(name) if shown_name(name) == name else name  # one with a password is none to read
        is_path = name != STDIN and name.strip() and Path(name).exists()
        return os.path.realpath(name) if is_path else name
    except (OSError, ValueError):  # too long, or with characters that no name has
        return name


def _open_out(name: str) -> Iterator[Source]:
    if name == STDIN:
        yield StdinSource()
    elif _WEB.match(name):
        yield _address(name)
    elif not name.strip():
        yield Unreadable(name, SourceError("the name is empty; name a file, a folder or a web address"))
    else:
        yield from _named(name, Path(name))


def _address(name: str) -> Source:
    # Names are printed and stored, so one with a password does not go on from here.
    shown = shown_name(name)
    if shown != name:
        reason = "it holds a user name or password, which is not sent; give the address without, or save the page"
        return Unreadable(shown, SourceError(reason))
    return UrlSource(name)


def _named(name: str, path: Path) -> Iterator[Source]:
    try:
        yield from _path(name, path)
    except OSError as error:
        yield _failed(name, path, unreadable(error))
    except SourceError as error:
        yield _failed(name, path, error)
    except ValueError:
        yield Unreadable(shown_name(name), SourceError("it is no file name; check the name"))


def _path(name: str, path: Path) -> Iterator[Source]:
    if path.is_dir():
        yield from files_in(name, path)
    elif path.is_file():
        source = file_source(name, path)
        reason = f"{path.suffix or 'its kind of file'} cannot be read; save it as one of {READABLE}"
        yield source or _failed(name, path, SourceError(reason))
    elif path.exists():
        kind = special(path.stat().st_mode) or "neither a file nor a folder"
        yield _failed(name, path, SourceError(f"it is {kind}; name a file or a folder"))
    else:
        yield Unreadable(shown_name(name), SourceError("there is no such file or folder; check the name"))


def _failed(name: str, path: Path, error: SourceError) -> Unreadable:
    return Unreadable(shown_name(name), error, holder=address_of(path))
