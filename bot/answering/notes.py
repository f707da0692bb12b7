"""What a reader should know of the cited articles: where else a story ran, and what was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.answering.types import Note
from corpus.types import day_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.types import Citation
    from corpus.catalogue.reader import Snapshot
    from corpus.catalogue.stories import Copy
    from corpus.types import Filters, Version

MOST_OUTLETS = 5
LEAST_OUTLETS = 2  # that are worth counting


def notes_on(citations: Sequence[Citation], snapshot: Snapshot, filters: Filters) -> tuple[Note, ...]:
    """Notes on the cited articles, those that an as-of date hides left out."""
    cited: dict[str, list[Citation]] = {}
    for citation in citations:
        cited.setdefault(citation.passage.article_id, []).append(citation)
    corrections = snapshot.corrections(cited)
    copies = snapshot.stories.copies(found[0].passage.story for found in cited.values())
    notes: list[Note] = []
    for article_id, found in cited.items():
        numbers = tuple(citation.n for citation in found)
        passage = found[0].passage
        others = [copy for copy in copies[passage.story] if copy.article_id != article_id and _is_within(copy, filters)]
        # An outlet that tells the story in other words did not say what is quoted.
        same = [copy for copy in others if _holds(snapshot.live(copy.article_id), found)]
        outlets = _outlets(same, passage.outlet)
        if outlets:
            notes.append(Note("syndicated", f"{_marked(numbers)} also ran in {outlets}.", numbers))
        if article_id in corrections:
            notes.append(Note("correction", f"{_marked(numbers)} was corrected: “{corrections[article_id]}”", numbers))
    return (*notes, *_independent(citations))


def _independent(citations: Sequence[Citation]) -> tuple[Note, ...]:
    """How many outlets an answer rests on that did not copy from each other; none when there is only one."""
    by_outlet: dict[str, int] = {}
    stories = set[str]()
    for citation in citations:
        passage = citation.passage
        origin = passage.publisher or passage.outlet
        if origin and passage.story not in stories:
            by_outlet.setdefault(origin, citation.n)
        stories.add(passage.story)
    if len(by_outlet) < LEAST_OUTLETS:
        return ()
    names = ", ".join(by_outlet)
    return (Note("outlets", f"From {len(by_outlet)} independent outlets: {names}.", tuple(by_outlet.values())),)


def newest_of(citations: Sequence[Citation]) -> tuple[Note, ...]:
    """How far the cited articles reach, for a reader who asks how things are; none when no day of theirs is known."""
    dated = [(one.passage.published[:10], one.n) for one in citations if one.passage.published]
    if not dated:
        return ()
    newest = max(day for day, _ in dated)
    return (Note("date_range", f"Newest source: {newest}.", tuple(n for day, n in dated if day == newest)),)


def _holds(version: Version | None, citations: Sequence[Citation]) -> bool:
    return version is not None and all(citation.quote in version.article.text for citation in citations)


def _outlets(copies: Sequence[Copy], own: str | None) -> str:
    names = dict.fromkeys(copy.outlet or urlsplit(copy.url).hostname or "another outlet" for copy in copies)
    others = [name for name in names if name != own]
    more = len(others) - MOST_OUTLETS
    listed = others[:MOST_OUTLETS] + ([f"{more} more"] if more > 0 else [])
    return " and ".join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))


def _is_within(copy: Copy, filters: Filters) -> bool:
    return filters.as_of is None or 0 < copy.published_on <= day_number(filters.as_of)


def _marked(numbers: Sequence[int]) -> str:
    return "".join(f"[{n}]" for n in numbers)
