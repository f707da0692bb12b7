"""From settings to what a measured run asks: one answerer, and one searcher of the passages as they are stored."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.chain import Answerer
from bot.answering.generating.models import open_chat_model
from corpus.opening import chroma_url, open_embedder
from corpus.reranking.reranker import open_reranker
from corpus.search import Parts, Searcher
from evals.judge import Judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langchain_core.language_models import BaseChatModel

    from corpus.reranking.judgement import Judgement
    from corpus.reranking.reranker import Reranker
    from corpus.types import Passage
    from evals.settings import EvalSettings

NO_DEADLINE_MS = 600_000
# Passages as they are stored: in a search for 50 the fourth may be joined with the fortieth.
AS_STORED = Parts(merge=False)


@dataclass(frozen=True)
class Asked:
    """Who answers, where evidence is looked for beside, and who judges, if anybody does."""

    answerer: Answerer
    searcher: Searcher
    judge: Judge | None

    def close(self) -> None:
        """Let go of the store."""
        self.answerer.close()
        self.searcher.close()


class Remembering:
    """A reranker that judges the same passages for the same question only once, for the search beside the answer."""

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker
        self._known: dict[tuple[str, tuple[str, ...]], list[Judgement]] = {}
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The reranker's."""
        return self._reranker.name

    @property
    def calibrated(self) -> bool:
        """The reranker's."""
        return self._reranker.calibrated

    def judge(self, question: str, passages: Sequence[Passage], deadline: float | None) -> list[Judgement] | None:
        """What the reranker says, or said. A judgement is handed out twice and then forgotten."""
        key = question, tuple(f"{one.id}\n{one.text}" for one in passages)
        with self._lock:
            known = self._known.pop(key, None)
        if known is None:
            known = self._reranker.judge(question, passages, deadline)
            if known is not None:
                with self._lock:
                    self._known[key] = known
        return known

    def forget(self) -> None:
        """Let go of what was judged for a question that is done with."""
        with self._lock:
            self._known.clear()


def open_asked(settings: EvalSettings, chat: BaseChatModel | None = None) -> Asked:
    """What a run of these settings asks; `chat` answers in the place of the settings' chat model.

    Raises UsageError when a model cannot be set up.
    """
    embedder, reranker = open_embedder(settings), open_reranker(settings)
    remembering = Remembering(reranker) if reranker else None
    place = settings.data_dir, chroma_url(settings)
    searchers = [Searcher(*place, embedder, settings.retrieval, remembering, parts) for parts in (None, AS_STORED)]
    model = chat or _counting(open_chat_model(settings))
    return Asked(Answerer(searchers[0], settings.answer, model), searchers[1], Judge.of(settings))


def patient(settings: EvalSettings) -> EvalSettings:
    """The settings without the reranker's deadline: a slow moment of the machine must not change an answer."""
    retrieval = settings.retrieval.model_copy(update={"rerank_deadline_ms": NO_DEADLINE_MS})
    return settings.model_copy(update={"retrieval": retrieval})


def _counting(chat: BaseChatModel | None) -> BaseChatModel | None:
    """The model made to tell what a streamed reply used: servers at an address of their own are not asked to."""
    if chat is not None and hasattr(chat, "stream_usage"):
        chat.stream_usage = True
    return chat
