"""From settings to a working embedder and searcher: the one place that puts them together."""

from urllib.parse import urlsplit

from corpus.embedding.embedder import Embedder
from corpus.embedding.location import locate
from corpus.errors import UsageError
from corpus.reranking.reranker import open_reranker
from corpus.search import Parts, Searcher
from corpus.settings import CorpusSettings


def chroma_url(settings: CorpusSettings) -> str | None:
    """The Chroma server's address, or None when the vectors live in the data folder. Raises UsageError."""
    if settings.chroma_url is None:
        return None
    url = settings.chroma_url.get_secret_value()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1) > 0
    except ValueError:
        usable = None
    if not usable:
        raise UsageError("CHROMA_URL: it is no web address. Write it as http://host:8000.")
    return url


def open_embedder(settings: CorpusSettings) -> Embedder:
    """The embedder that the settings name; its model is loaded when it is first needed."""
    return Embedder(locate(settings.embedder, allow_download=settings.allow_download))


def open_searcher(settings: CorpusSettings, parts: Parts | None = None) -> Searcher:
    """Search in the store of the settings' data directory; nothing is opened before the first question.

    `parts` leaves out parts of search, to measure what they bring.
    """
    return Searcher(
        settings.data_dir,
        chroma_url(settings),
        open_embedder(settings),
        settings.retrieval,
        open_reranker(settings),
        parts,
    )
