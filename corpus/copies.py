"""One story counts once: of the copies that a search finds, one speaks for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.catalogue.reader import Snapshot
    from corpus.catalogue.stories import Copy
    from corpus.types import Passage

WHOLE = 0.9  # of the longest copy's length: a shorter one was trimmed


def other_copies(passages: Iterable[Passage], snapshot: Snapshot) -> set[str]:
    """Ids of the articles among these passages' that only repeat another one among them."""
    telling: dict[str, set[str]] = {}
    for passage in passages:
        telling.setdefault(passage.story, set()).add(passage.article_id)
    several = [story for story, articles in telling.items() if len(articles) > 1]
    others: set[str] = set()
    for story, copies in snapshot.stories.copies(several).items():
        found = [copy for copy in copies if copy.article_id in telling[story]]
        others |= telling[story] - {_spokesman(found).article_id}
    return others


def _spokesman(copies: Sequence[Copy]) -> Copy:
    """The earliest copy that was not trimmed."""
    longest = max(copy.length for copy in copies)
    return next(copy for copy in copies if copy.length >= WHOLE * longest)
