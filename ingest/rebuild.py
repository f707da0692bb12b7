"""Making the passages and vectors of a store anew from its articles; readers use the old ones until it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.catalogue import IndexSpec
from corpus.opening import chroma_url, open_embedder
from corpus.store import Recut, open_for_rebuild
from ingest.chunk import chunk, signature

if TYPE_CHECKING:
    from corpus.store import Store
    from ingest.pipeline import Progress
    from ingest.settings import IngestSettings


def rebuild(settings: IngestSettings, progress: Progress) -> dict[str, str | int]:
    """Rebuild the store of the settings' data directory. Returns how much there was and what it is built with.

    Vectors that are in the catalogue already are used again. Raises StoreMissing, StoreBusy.
    """
    embedder = open_embedder(settings)
    spec = IndexSpec(embedder.spec, signature(settings.chunk.max_chars))

    def cut_again(store: Store) -> list[Recut]:
        with store.catalogue.snapshot() as snapshot:
            return [
                (
                    version.article,
                    version.revision,
                    chunk(version.article.text, settings.chunk.max_chars, embedder.max_tokens, embedder.count_tokens),
                )
                for version in snapshot.by_status("live")
            ]

    with open_for_rebuild(settings.data_dir, chroma_url(settings), spec) as store:
        versions = cut_again(store)
        texts = [article.text[span.start : span.end] for article, _, spans in versions for span in spans]
        done = 0

        def embedded(count: int) -> None:
            nonlocal done
            done += count
            progress.embedding(done, len(texts))

        embedder.embed_into(store.catalogue, texts, embedded)
        store.rebuild(spec, versions)
    return {"articles": len(versions), "passages": len(texts), "model": spec.vectors.model}
