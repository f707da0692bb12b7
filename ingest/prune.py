"""What a folder, or a file of many articles, no longer holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpus.catalogue.reader import Snapshot


@dataclass(frozen=True, slots=True)
class Gone:
    """(source, article id) pairs that hold no more, and the ids of articles that nothing else holds."""

    pairs: tuple[tuple[str, str], ...]
    article_ids: tuple[str, ...]


def prunable(names: Sequence[str]) -> list[str]:
    """Addresses of the folders and files to prune. Raises UsageError when none of the names is one."""
    found = [path.resolve().as_uri() for path in map(Path, filter(str.strip, names)) if _holds_many(path)]
    if not found:
        raise UsageError("--prune: no folder (or .jsonl file) is named whose articles could be gone. Name one.")
    return found


def _holds_many(path: Path) -> bool:
    try:
        return path.is_dir() or (path.is_file() and path.suffix.lower() == ".jsonl")
    except (OSError, ValueError):  # no name of a file at all; reading it will say so
        return False


def gone(
    roots: Sequence[str], opened: Iterable[str], held: Mapping[str, set[str]], unsure: set[str], snapshot: Snapshot
) -> Gone:
    """What was read from below these roots before and is not there any more.

    `opened` are the files that are there now, `held` what each of them holds, `unsure` the files and folders that
    could not be read in full: what they held stays.
    """
    there = set(opened)
    pairs = [
        (source, article_id)
        for root in roots
        if any(_is_at_or_below(holder, {root}) for holder in there)
        for source, article_id in snapshot.documents.inside(root)
        if not _is_at_or_below(source, unsure) and article_id not in held.get(source, set())
    ]
    sources: dict[str, set[str]] = {}
    for source, article_id in pairs:
        sources.setdefault(article_id, set()).add(source)
    lost = [article_id for article_id, from_ in sources.items() if not snapshot.documents.elsewhere(article_id, from_)]
    return Gone(tuple(pairs), tuple(article_id for article_id in lost if snapshot.live(article_id)))


def _is_at_or_below(source: str, places: set[str]) -> bool:
    return source in places or any(source.startswith(place.rstrip("/") + "/") for place in places)
