"""What a new version of an article changed, in sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.types import Article

MOST_SHOWN = 5
LONGEST_SHOWN = 240
FIELDS = ("title", "outlet", "publisher", "authors", "published", "language", "topics")


@dataclass(frozen=True, slots=True)
class Changes:
    """Sentences that went and came (the first few; `more` counts the rest), and fields as (before, after)."""

    removed: tuple[str, ...]
    added: tuple[str, ...]
    more: int
    fields: dict[str, tuple[str | None, str | None]]


def changes(before: Article, after: Article) -> Changes:
    """What became of an article. A sentence that only moved is no change."""
    old, new = _sentences(before.text), _sentences(after.text)
    removed, added = _without(old, new), _without(new, old)
    more = max(len(removed) - MOST_SHOWN, 0) + max(len(added) - MOST_SHOWN, 0)
    fields = {
        name: (_shown(getattr(before, name)), _shown(getattr(after, name)))
        for name in FIELDS
        if getattr(before, name) != getattr(after, name)
    }
    return Changes(_short(removed), _short(added), more, fields)


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def _without(these: Sequence[str], those: Sequence[str]) -> list[str]:
    """Multiset difference in order: linear, where an edit distance is not."""
    left = Counter(these) - Counter(those)
    kept = []
    for sentence in these:
        if left[sentence] > 0:
            left[sentence] -= 1
            kept.append(sentence)
    return kept


def _short(found: Sequence[str]) -> tuple[str, ...]:
    return tuple(one if len(one) <= LONGEST_SHOWN else one[: LONGEST_SHOWN - 1] + "…" for one in found[:MOST_SHOWN])


def _shown(value: object) -> str | None:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else None if value is None else str(value)
