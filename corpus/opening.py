"""From settings to a working embedder and searcher: the one place that puts them together."""

from corpus.embedding.embedder import Embedder
from corpus.embedding.location import locate
from corpus.search import Searcher
from corpus.settings import CorpusSettings


def chroma_url(settings: CorpusSettings) -> str | None:
    """The Chroma server's address, or None when the vectors live in the data folder."""
    return settings.chroma_url.get_secret_value() if settings.chroma_url else None


def open_embedder(settings: CorpusSettings) -> Embedder:
    """The embedder that the settings name; its model is loaded when it is first needed."""
    return Embedder(locate(settings.embedder, allow_download=settings.allow_download))


def open_searcher(settings: CorpusSettings) -> Searcher:
    """Search in the store of the settings' data directory; nothing is opened before the first question."""
    return Searcher(settings.data_dir, chroma_url(settings), open_embedder(settings), settings.retrieval)
