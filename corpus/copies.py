"""One story counts once: of the copies that a search finds, the one stored first speaks for all.

The first one, not the longest or the one that bears the earliest date: a page that imitates a stored article must not
take its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.catalogue.reader import Snapshot
    from corpus.types import Passage

SHORTEST = 25  # characters: shorter sentences stand in any article


def repeated(passages: Iterable[Passage], snapshot: Snapshot) -> set[str]:
    """Ids of those passages of copies that say what the story's first article says."""
    by_story: dict[str, dict[str, list[Passage]]] = {}
    for passage in passages:
        by_story.setdefault(passage.story, {}).setdefault(passage.article_id, []).append(passage)
    several = {story: articles for story, articles in by_story.items() if len(articles) > 1}
    found: list[tuple[str, Passage]] = []
    for story, copies in snapshot.stories.copies(several).items():
        first = next(copy.article_id for copy in copies if copy.article_id in several[story])
        others = (its_passages for article_id, its_passages in several[story].items() if article_id != first)
        found += [(first, passage) for its_passages in others for passage in its_passages]
    texts = snapshot.live_texts(first for first, _ in found)
    return {passage.id for first, passage in found if _is_in(texts[first], passage.text)}


def _is_in(text: str, passage: str) -> bool:
    """Whether a whole sentence of the passage stands in the text."""
    parts = (passage[span.start : span.end] for span in sentences(passage))
    return any(part in text for part in parts if len(part) >= SHORTEST)
