"""A question's gold as it stands in the store: where its quotes lie, in which passages, stories and outlets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.types import Span
from evals.spans import Located, Texts, groups, overlaps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.catalogue.reader import Snapshot
    from corpus.types import Article, Passage
    from evals.sets import Row

SHARE = 0.5  # of the shorter of the two that a passage or a citation has in common with a gold quote


@dataclass(frozen=True, slots=True)
class Gold:
    """The evidence groups as far as the store has their quotes; `lost` when it has none of a group's.

    `passages` and `stories` are the ids of those in which a gold quote stands, `outlets` and `years` those of the
    articles that it stands in.
    """

    groups: tuple[tuple[Located, ...], ...] = ()
    passages: frozenset[str] = frozenset()
    stories: frozenset[str] = frozenset()
    outlets: tuple[str, ...] = ()
    years: tuple[str, ...] = ()

    @property
    def quotes(self) -> list[Located]:
        """The quotes of all groups."""
        return [quote for group in self.groups for quote in group]

    @property
    def lost(self) -> bool:
        """Whether no quote of some group is in the store."""
        return not all(self.groups)


@dataclass
class Library:
    """The live articles with what gold is looked up by."""

    texts: Texts
    articles: dict[str, Article]
    stories: dict[str, str]
    passages: dict[str, list[Passage]] = field(default_factory=lambda: defaultdict(list))

    def gold(self, row: Row) -> Gold:
        """Where a row's gold stands."""
        found = tuple(tuple(group) for group in groups(row.evidence, self.texts))
        quotes = [quote for group in found for quote in group]
        articles = [self.articles[url] for url in dict.fromkeys(quote.url for quote in quotes)]
        return Gold(
            found,
            frozenset(one.id for quote in quotes for one in self.passages[quote.url] if holds(one, quote)),
            frozenset(self.stories[quote.url] for quote in quotes),
            tuple(sorted({one.outlet or "unknown" for one in articles})),
            tuple(sorted({(one.published or "unknown")[:4] for one in articles})),
        )


def texts_of(snapshot: Snapshot) -> Texts:
    """The texts of a store's live articles."""
    return Texts({one.article.url: one.article.text for one in snapshot.by_status("live")})


def library(snapshot: Snapshot) -> Library:
    """The live articles of a store, and their passages."""
    versions = list(snapshot.by_status("live"))
    made = Library(
        Texts({one.article.url: one.article.text for one in versions}),
        {one.article.url: one.article for one in versions},
        {one.article.url: one.story for one in versions},
    )
    for passage, _ in snapshot.passages_of("live"):
        made.passages[passage.url].append(passage)
    return made


def holds(passage: Passage, quote: Located) -> bool:
    """Whether a passage holds a gold quote, or at least half of what either is long."""
    return overlaps(quote, place_of(passage), SHARE)


def place_of(passage: Passage) -> Located:
    """Where a passage stands."""
    return Located(passage.url, Span(passage.start, passage.end))


def stories_of(passages: Iterable[Passage]) -> list[str]:
    """The stories of ranked passages, each once, where its first passage stands."""
    return list(dict.fromkeys(passage.story for passage in passages))
