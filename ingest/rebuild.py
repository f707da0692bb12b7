"""Making the passages and vectors of a store anew from its articles; readers use the old ones until it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.catalogue import IndexSpec
from corpus.catalogue.writer import NewVersion
from corpus.opening import chroma_url, open_embedder
from corpus.store import open_for_rebuild
from corpus.types import story_id
from ingest.chunk import chunk, signature
from ingest.corrections import correction
from ingest.dedupe import StoryFinder
from ingest.stories import bands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.embedding.embedder import Embedder
    from corpus.store import Recut
    from corpus.types import Version
    from ingest.pipeline import Progress
    from ingest.settings import IngestSettings


def rebuild(settings: IngestSettings, progress: Progress) -> dict[str, str | int]:
    """Rebuild the store of the settings' data directory. Returns how much there was and what it is built with.

    Vectors that are in the catalogue already are used again. Raises StoreMissing, StoreBusy.
    """
    embedder = open_embedder(settings)
    spec = IndexSpec(embedder.spec, signature(settings.chunk.max_chars))
    with open_for_rebuild(settings.data_dir, chroma_url(settings), spec) as store:
        with store.catalogue.snapshot() as snapshot:
            # Oldest first, as they would have come in: a story is named after its first article.
            live = sorted(snapshot.by_status("live"), key=lambda version: version.ingested_at)
        progress.found(len(live))
        versions = _recut(live, embedder, settings.chunk.max_chars)
        texts = [new.article.text[span.start : span.end] for new, _ in versions for span in new.spans]
        embedder.embed_into(store.catalogue, texts, progress.embedded)
        store.rebuild(spec, versions)
        progress.done(len(live))
    return {"articles": len(versions), "passages": len(texts), "model": spec.vectors.model}


def _recut(live: Sequence[Version], embedder: Embedder, max_chars: int) -> list[Recut]:
    finder = StoryFinder()
    found: list[Recut] = []
    for version in live:
        article = version.article
        hashes = bands(article.text)
        copied = finder.copied(article, hashes, None)
        story = copied.story if copied else story_id(article.id, version.revision)
        finder.add(article, hashes, story)
        spans = chunk(article.text, max_chars, embedder.max_tokens, embedder.count_tokens)
        found.append((NewVersion(article, spans, story, hashes, correction(article.text)), version.revision))
    return found
