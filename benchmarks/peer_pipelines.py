"""The pipelines that `peers.py` compares: three libraries as their own tutorials set them up, and Accord.

All embed with the same all-MiniLM-L6-v2 weights and keep their vectors in a Chroma folder. Peers are given an article
as the pages and files of their tutorials come: the title, an empty line, the text.

  LangChain   "Build a RAG agent with LangChain" (docs.langchain.com): RecursiveCharacterTextSplitter of 1,000
              characters with 200 shared and start indexes, `similarity_search`; the store of its page on Chroma.
  LlamaIndex  "Starter Tutorial (Using Local LLMs)" and "Chroma Vector Store" (developers.llamaindex.ai):
              `VectorStoreIndex.from_documents` with all its defaults, so SentenceSplitter of 1,024 tokens with 200
              shared, of which these weights read the first 256; `as_retriever`.
  Haystack    "Tutorial: Preprocessing Different File Types" (haystack.deepset.ai): DocumentSplitter of 150 words with
              50 shared, SentenceTransformers embedders; the store of its page "ChromaEmbeddingRetriever". Without the
              tutorial's DocumentCleaner: the texts are clean, and it would move every offset.

Nothing is fetched: LlamaIndex brings its sentence and token tables in its package, the weights are a folder, and
`keep_quiet` stops what the libraries would send. Every side has a `name` and `search`, which gives the k best chunks,
best first; peers have `build`, which makes articles searchable below a folder. Models are loaded and warm once a peer
is made.
"""

import logging
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.settings import CorpusSettings
from corpus.types import Article, Filters, Span
from evals.spans import Located

MODULES = (
    "langchain_chroma",
    "langchain_huggingface",
    "langchain_text_splitters",
    "llama_index.embeddings.huggingface",
    "llama_index.vector_stores.chroma",
    "haystack",
    "haystack_integrations.components.embedders.sentence_transformers",
    "haystack_integrations.document_stores.chroma",
)
SILENT = {
    "ANONYMIZED_TELEMETRY": "False",  # Chroma's, whichever library opens it
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
# LlamaIndex looks there before it looks into its own package, and fetches what is not there.
ELSEWHERE = ("NLTK_DATA", "TIKTOKEN_CACHE_DIR")
WARM_UP = "Why did the talks stall?"


class UnlocatedError(Exception):
    """A chunk that is no slice of its article: what was measured would be wrong."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A found piece of an article and where the library says that it begins, the title before the text included."""

    url: str
    text: str
    start: int


def keep_quiet() -> None:
    """Before any of the libraries is imported: nothing is sent, fetched or chatted about."""
    os.environ.update(SILENT)
    for name in ELSEWHERE:
        os.environ.pop(name, None)
    warnings.simplefilter("ignore")  # what the libraries say of each other's and their own next versions
    # One line a chunk: that Chroma cannot keep a list of overlaps as metadata.
    logging.getLogger("haystack_integrations").setLevel(logging.ERROR)
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()


def heading(title: str) -> str:
    """What stands before an article's text."""
    return f"{title}\n\n" if title else ""


def located(chunk: Chunk, article: Article) -> Located:
    """The slice of the article's text that a chunk is; empty where it is all title. Raises UnlocatedError."""
    before = heading(article.title)
    whole = before + article.text
    start = chunk.start if whole.startswith(chunk.text, chunk.start) else whole.find(chunk.text)
    if start < 0:
        raise UnlocatedError(f"{chunk.url}: no such words in the article: {chunk.text[:80]!r}")
    first = start - len(before)
    return Located(chunk.url, Span(max(0, first), max(0, first + len(chunk.text))))


class LangChain:
    """The tutorial's pipeline; see the head of this file."""

    name = "LangChain"

    def __init__(self, weights: Path) -> None:
        from langchain_huggingface import HuggingFaceEmbeddings

        self._embeddings = HuggingFaceEmbeddings(model_name=str(weights))
        self._embeddings.embed_query(WARM_UP)

    def build(self, articles: Sequence[Article], folder: Path) -> None:
        """Cut, embed and store."""
        from langchain_chroma import Chroma
        from langchain_core.documents import Document
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
        documents = [Document(heading(one.title) + one.text, metadata={"source": one.url}) for one in articles]
        self._store = Chroma(embedding_function=self._embeddings, persist_directory=str(folder))
        self._store.add_documents(splitter.split_documents(documents))

    def search(self, question: str, k: int, filters: Filters) -> list[Chunk]:  # noqa: ARG002 - it has no dates
        """Nearest chunks."""
        found = self._store.similarity_search(question, k=k)
        return [Chunk(one.metadata["source"], one.page_content, one.metadata["start_index"]) for one in found]


class LlamaIndex:
    """The tutorial's pipeline; see the head of this file."""

    name = "LlamaIndex"

    def __init__(self, weights: Path) -> None:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        self._model = HuggingFaceEmbedding(model_name=str(weights))
        self._model.get_query_embedding(WARM_UP)

    def build(self, articles: Sequence[Article], folder: Path) -> None:
        """Cut, embed and store."""
        import chromadb
        from llama_index.core import Document, StorageContext, VectorStoreIndex
        from llama_index.vector_stores.chroma import ChromaVectorStore

        collection = chromadb.PersistentClient(str(folder)).get_or_create_collection("quickstart")
        context = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
        documents = [Document(text=heading(one.title) + one.text, id_=one.url) for one in articles]
        self._index = VectorStoreIndex.from_documents(documents, storage_context=context, embed_model=self._model)

    def search(self, question: str, k: int, filters: Filters) -> list[Chunk]:  # noqa: ARG002 - it has no dates
        """Nearest nodes."""
        found = [one.node for one in self._index.as_retriever(similarity_top_k=k).retrieve(question)]
        return [Chunk(node.ref_doc_id, node.get_content(), node.start_char_idx) for node in found]


class Haystack:
    """The tutorial's two pipelines; see the head of this file."""

    name = "Haystack"

    def __init__(self, weights: Path) -> None:
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
            SentenceTransformersTextEmbedder,
        )

        self._of_documents = SentenceTransformersDocumentEmbedder(model=str(weights), progress_bar=False)
        self._of_questions = SentenceTransformersTextEmbedder(model=str(weights), progress_bar=False)
        for embedder in (self._of_documents, self._of_questions):
            embedder.warm_up()
        self._of_questions.run(WARM_UP)

    def build(self, articles: Sequence[Article], folder: Path) -> None:
        """Cut, embed and store, and join what searches."""
        from haystack import Document, Pipeline
        from haystack.components.preprocessors import DocumentSplitter
        from haystack.components.writers import DocumentWriter
        from haystack_integrations.components.retrievers.chroma import ChromaEmbeddingRetriever
        from haystack_integrations.document_stores.chroma import ChromaDocumentStore

        store, indexing, self._query = ChromaDocumentStore(persist_path=str(folder)), Pipeline(), Pipeline()
        indexing.add_component("splitter", DocumentSplitter(split_by="word", split_length=150, split_overlap=50))
        indexing.add_component("embedder", self._of_documents)
        indexing.add_component("writer", DocumentWriter(store))
        indexing.connect("splitter", "embedder")
        indexing.connect("embedder", "writer")
        self._query.add_component("embedder", self._of_questions)
        self._query.add_component("retriever", ChromaEmbeddingRetriever(document_store=store))
        self._query.connect("embedder.embedding", "retriever.query_embedding")
        documents = [Document(content=heading(one.title) + one.text, meta={"url": one.url}) for one in articles]
        indexing.run({"splitter": {"documents": documents}})

    def search(self, question: str, k: int, filters: Filters) -> list[Chunk]:  # noqa: ARG002 - it has no dates
        """Nearest documents."""
        found = self._query.run({"embedder": {"text": question}, "retriever": {"top_k": k}})["retriever"]["documents"]
        return [Chunk(one.meta["url"], one.content, one.meta["split_idx_start"]) for one in found]


class Accord:
    """Search in a store that `accord ingest` has filled, as `accord eval run` does: passages as they are stored."""

    def __init__(self, name: str, settings: CorpusSettings) -> None:
        from corpus.opening import open_searcher
        from corpus.search import Parts

        self.name = name
        self.searcher = open_searcher(settings, Parts(merge=False))

    def search(self, question: str, k: int, filters: Filters) -> list[Chunk]:
        """Best passages."""
        found = [hit.passage for hit in self.searcher.search(question, k, filters).hits]
        return [Chunk(one.url, one.text, len(heading(one.title)) + one.start) for one in found]


Peer = LangChain | LlamaIndex | Haystack
Side = Accord | Peer
