"""What is to be done about each article that was read: nothing, or a new version with its story and changes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from corpus.catalogue.writer import NewVersion
from corpus.types import story_id
from ingest.changes import changes
from ingest.chunk import chunk
from ingest.corrections import correction
from ingest.dedupe import StoryFinder
from ingest.report import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.catalogue import Catalogue
    from corpus.catalogue.reader import Snapshot
    from corpus.catalogue.stories import StoryCandidate
    from corpus.embedding.embedder import Embedder
    from corpus.types import Article, Span, Version
    from ingest.outcome import Read, Untouched

FETCHED = (
    "the article of the address that this saved page names was fetched from there; a saved page does not replace it"
)
TWICE = "another article with this address came earlier in this run; that one was kept"


@dataclass(frozen=True, slots=True)
class Planned:
    """What one article comes to: its item, and the version to store, if any."""

    item: Item
    new: NewVersion | None = None


class Planner:
    """Plans one run; sees each address once."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder, max_chars: int) -> None:
        self._catalogue = catalogue
        self._embedder = embedder
        self._max_chars = max_chars
        self._seen: set[str] = set()
        self.stories = StoryFinder()

    def untouched(self, outcome: Untouched) -> Planned:
        """A source that was not opened again."""
        self._seen.add(outcome.article_id)
        with self._catalogue.snapshot() as snapshot:
            return Planned(_unchanged(outcome.source, outcome.article_id, snapshot.live(outcome.article_id)))

    def read(self, outcome: Read) -> Planned:
        """An article that was read."""
        article = outcome.article
        if article.id in self._seen:
            return Planned(
                Item(outcome.source, "duplicate", article.url, article.id, title=article.title, reason=TWICE)
            )
        self._seen.add(article.id)
        with self._catalogue.snapshot() as snapshot:
            live = snapshot.live(article.id)
            same = live is not None and live.article.content_hash == article.content_hash
            if outcome.bands is None or same:
                return Planned(_unchanged(outcome.source, article.id, live))
            if outcome.says_so_itself and live and snapshot.documents.was_fetched(article.id):
                item = Item(outcome.source, "skipped", article.url, article.id, title=article.title, reason=FETCHED)
                return Planned(item)
            return self._new(outcome.source, article, outcome.bands, live, snapshot)

    def _new(
        self, source: str, article: Article, bands: Sequence[int], live: Version | None, snapshot: Snapshot
    ) -> Planned:
        copied = self.stories.copied(article, bands, snapshot)
        revision = snapshot.next_revision(article.id)
        story = copied.story if copied else story_id(article.id, revision)
        self.stories.add(article, bands, story)
        new = NewVersion(article, self._cut(article), story, bands, correction(article.text))
        item = Item(
            source,
            "changed" if live else "duplicate" if copied else "added",
            article.url,
            article.id,
            revision,
            article.title,
            article.published,
            len(new.spans),
            f"tells the same story as {_named(copied)}" if copied else None,
            asdict(changes(live.article, article)) if live else None,
            new.correction,
        )
        return Planned(item, new)

    def _cut(self, article: Article) -> Sequence[Span]:
        embedder = self._embedder
        return chunk(article.text, self._max_chars, embedder.max_tokens, embedder.count_tokens)


def _unchanged(source: str, article_id: str, live: Version | None) -> Item:
    item = Item(source, "unchanged", article_id=article_id)
    if live is not None:
        article = live.article
        item.url, item.title, item.published = article.url, article.title, article.published
        item.revision, item.passages = live.revision, live.passages
    return item


def _named(copied: StoryCandidate) -> str:
    return f"“{copied.title}”" + (f" ({copied.outlet})" if copied.outlet else "")
