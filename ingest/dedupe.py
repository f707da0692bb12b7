"""Which story an article tells: that of a stored near-duplicate, or one of its own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from corpus.catalogue.stories import StoryCandidate
from ingest.stories import FEWEST_SHARED, MOST_CANDIDATES, overlap, same_story

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.catalogue.reader import Snapshot
    from corpus.types import Article


class StoryFinder:
    """Looks for copies among the stored articles and those of the batch that is not stored yet."""

    def __init__(self) -> None:
        self._waiting: list[StoryCandidate] = []
        self._by_band: dict[int, list[int]] = {}

    def copied(self, article: Article, bands: Sequence[int], snapshot: Snapshot | None) -> StoryCandidate | None:
        """The article that tells the same story and overlaps most, or None. No snapshot: among those added only."""
        shared = Counter(n for band in bands for n in self._by_band.get(band, ()))
        waiting = [n for n, count in shared.most_common(MOST_CANDIDATES) if count >= FEWEST_SHARED]
        find = snapshot.stories.candidates if snapshot else None
        stored = find(bands, article.id, FEWEST_SHARED, MOST_CANDIDATES) if find else []
        # What waits replaces what is stored of the same article.
        newer = {self._waiting[n].article_id: self._waiting[n] for n in waiting}
        candidates = [one for one in stored if one.article_id not in newer] + list(newer.values())
        same = [one for one in candidates if same_story(article.text, one.text)]
        return max(same, key=lambda one: overlap(article.text, one.text), default=None)

    def add(self, article: Article, bands: Sequence[int], story: str) -> None:
        """An article that is about to be stored."""
        for band in bands:
            self._by_band.setdefault(band, []).append(len(self._waiting))
        self._waiting.append(StoryCandidate(article.id, story, article.title, article.outlet, article.text))

    def stored(self) -> None:
        """All that were added are in the catalogue now."""
        self._waiting.clear()
        self._by_band.clear()
