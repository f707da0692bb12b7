"""What there is to read: the names a person gave, opened out into single files and addresses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SourceError
from ingest.document import Kind

KINDS: dict[str, Kind] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
}
READABLE = ", ".join(sorted(KINDS))


@dataclass(frozen=True, slots=True)
class FileSource:
    """One file, as the person named it or as it was found in a folder."""

    name: str
    path: Path
    kind: Kind

    @property
    def url(self) -> str:
        """The article's address when the file names none: the file's own."""
        return self.path.resolve().as_uri()


@dataclass(frozen=True, slots=True)
class UrlSource:
    """One web address."""

    name: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A name that leads to nothing readable. `skipped` when that is no fault of the source."""

    name: str
    error: SourceError
    skipped: bool = False


Source = FileSource | UrlSource | Unreadable


def expand(names: Sequence[str]) -> Iterator[Source]:
    """Every single source behind the names, in order, each once."""
    seen: set[str] = set()
    for name in names:
        given = _identity(name)
        if given in seen:
            yield Unreadable(name, SourceError("it is given twice; it is read once"), skipped=True)
            continue
        seen.add(given)
        for source in _open_out(name):
            key = str(source.path.resolve()) if isinstance(source, FileSource) else source.name
            if key not in seen or key == given:
                seen.add(key)
                yield source


def _identity(name: str) -> str:
    """The same for two names of one file or folder."""
    try:
        return str(Path(name).resolve()) if Path(name).exists() else name
    except (OSError, ValueError):  # too long, or with characters that no file name has
        return name


def _open_out(name: str) -> Iterator[Source]:
    if re.match(r"https?://", name, re.IGNORECASE):
        yield UrlSource(name)
        return
    path = Path(name)
    try:
        if path.is_dir():
            yield from _folder(name, path)
        elif path.is_file():
            yield _file(name, path)
        elif path.exists():
            yield Unreadable(name, SourceError("it is neither a file nor a folder; name one of these"))
        else:
            yield Unreadable(name, SourceError("there is no such file or folder; check the name"))
    except OSError as error:
        yield Unreadable(name, _unreadable(error))
    except ValueError:
        yield Unreadable(name, SourceError("it is no file name; check the name"))


def _folder(name: str, folder: Path) -> Iterator[Source]:
    inside = [path for path in sorted(folder.rglob("*")) if not path.is_dir() and not _hidden(path, folder)]
    for path in inside:
        if not path.is_file():
            yield Unreadable(str(path), SourceError("it is a broken link or no file; it is left out"), skipped=True)
        elif path.suffix.lower() in KINDS:
            yield _file(str(path), path)
        else:
            yield Unreadable(
                str(path),
                SourceError(f"it is not an article file ({READABLE}); it is left out"),
                skipped=True,
            )
    if not inside:
        yield Unreadable(name, SourceError("the folder holds no files; put articles into it"), skipped=True)


def _file(name: str, path: Path) -> Source:
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        return Unreadable(
            name,
            SourceError(f"{path.suffix or 'its kind of file'} cannot be read; save it as one of {READABLE}"),
        )
    return FileSource(name, path, kind)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _unreadable(error: OSError) -> SourceError:
    return SourceError(f"it cannot be read ({error.strerror or error}); check its permissions")
