"""Search as LangChain knows it, so that it fits into any LangChain chain."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.search import EVERYTHING, Searcher
from corpus.types import Filters


class PassageRetriever(BaseRetriever):
    """Returns the `k` best passages as documents.

    `page_content` is the passage's text; the metadata holds what a citation needs (`passage_id`, `url`,
    `title`, `outlet`, `published`, `start`, `end`) and `score`, higher is better.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    k: int = 10
    filters: Filters = EVERYTHING

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain passes it
        **_: Any,
    ) -> list[Document]:
        found = self.searcher.search(query, self.k, self.filters)
        return [
            Document(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata={
                    "passage_id": hit.passage.id,
                    "url": hit.passage.url,
                    "title": hit.passage.title,
                    "outlet": hit.passage.outlet,
                    "published": hit.passage.published,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "score": hit.score,
                },
            )
            for hit in found.hits
        ]
