"""The read path as one LangChain runnable: ask -> standalone question -> passages -> draft -> verified answer."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from langchain_core.callbacks import BaseCallbackHandler, dispatch_custom_event
from langchain_core.runnables import Runnable, RunnableLambda

from bot.answering import extractive
from bot.answering.conflicts import with_conflicts
from bot.answering.evidence import Evidence, weigh
from bot.answering.fact_check import check
from bot.answering.generating.models import name_of
from bot.answering.generating.rewriting import rewritten
from bot.answering.generating.writer import Writer
from bot.answering.notes import newest_of, notes_on
from bot.answering.premises import premise_notes
from bot.answering.question import standalone
from bot.answering.refusing import Asked, coverage_of, friendly, refusal_for, strength_of
from bot.answering.small_talk import reply_to
from bot.answering.timeline import timeline
from bot.answering.types import Answer, Ask, Coverage, Draft, Models, Refusal
from bot.answering.verify import verified
from corpus.search import SearchResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from langchain_core.language_models import BaseChatModel

    from bot.answering.fact_check import Checked
    from bot.answering.timeline import Entry
    from bot.answering.types import Sentence
    from bot.settings import AnswerSettings
    from corpus.catalogue import Catalogue
    from corpus.search import Searcher
    from corpus.types import Filters, Hit

    Watch = Callable[[tuple[Sentence, ...]], None]

NOTHING = Draft((), ())
SO_FAR = "sentences"  # the custom event of LangChain's that tells of them


@dataclass(frozen=True, slots=True)
class _Found:
    ask: Ask
    question: str
    result: SearchResult
    started: float
    probability: float | None = None

    @property
    def hits(self) -> tuple[Hit, ...]:
        return tuple(self.result.hits)


class Answerer:
    """Answers questions from one store. Safe to use from several threads."""

    def __init__(self, searcher: Searcher, settings: AnswerSettings, chat: BaseChatModel | None = None) -> None:
        self._searcher = searcher
        self._settings = settings
        self._chat = chat
        self.chain: Runnable[Ask, Answer] = RunnableLambda(self._retrieve) | RunnableLambda(self._answer)

    def answer(self, ask: Ask, watch: Watch | None = None) -> Answer:
        """The answer to a question; `watch` is told of a chat model's sentences as they come, each time of all so far.

        Raises StoreError when the store cannot be searched.
        """
        return self.chain.invoke(ask, {"callbacks": [_Watching(watch)]} if watch else None)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the store that is answered from."""
        return self._searcher.catalogue

    def timeline(self, topic: str, filters: Filters, *, changes: bool = False) -> list[Entry]:
        """What the articles say of a topic in the order of time. Raises StoreError."""
        return timeline(topic, filters, self._searcher, self._settings.off_topic_floor, changes=changes)

    def check(self, claims: Iterable[str]) -> list[Checked]:
        """What the articles say to somebody's statements. Raises StoreError."""
        return check(claims, self._searcher)

    def close(self) -> None:
        """Let go of the store."""
        self._searcher.close()

    def _retrieve(self, ask: Ask) -> _Found:
        started = time.perf_counter()
        if reply_to(ask.question):
            return _Found(ask, ask.question, SearchResult([], {}, False, ask.filters), started)
        question = self._standalone(ask).encode("utf-8", "replace").decode()
        result = self._searcher.search(question, filters=ask.filters)
        return _Found(replace(ask, filters=result.filters), question, result, started)

    def _standalone(self, ask: Ask) -> str:
        if self._chat is None:
            return standalone(ask.question, ask.history)
        return rewritten(self._chat, ask.question, ask.history, self._settings.chat_timeout_s)

    def _answer(self, found: _Found) -> Answer:
        coverage = coverage_of(self._searcher, found.hits)
        if reply := reply_to(found.ask.question):
            return self._assembled(found, NOTHING, coverage, friendly(reply))
        evidence = weigh(found.question, found.hits, self._searcher)
        strength = strength_of(found.question, found.hits, self._searcher)
        asked = Asked(found.question, found.ask.filters, found.result.reading.period)
        refusal = refusal_for(strength, evidence, coverage, asked, self._settings)
        if refusal and refusal.reason == "off_topic":
            coverage = replace(coverage, nearest=())  # near to something else than what was asked for
        found = replace(found, probability=strength.probability)
        if refusal:
            return self._assembled(found, NOTHING, coverage, refusal)
        draft = verified(with_conflicts(self._draft(found, evidence), evidence), self._searcher.catalogue)
        notes = (*draft.notes, *premise_notes(found.question, draft.citations, found.hits))
        with self._searcher.catalogue.snapshot() as snapshot:
            notes += notes_on(draft.citations, snapshot, found.ask.filters)
        if found.result.reading.present or found.ask.filters.as_of:
            notes += newest_of(draft.citations)
        return self._assembled(found, replace(draft, notes=notes), coverage, None)

    def _draft(self, found: _Found, evidence: Evidence) -> Draft:
        limit = self._settings.max_sentences
        if self._chat is None:
            return extractive.draft(evidence, limit)
        writer = Writer(self._chat, self._settings, self._searcher.embedder)
        written = writer.draft(found.question, found.hits, self._tell)
        if written.sentences:
            return written
        return replace(extractive.draft(evidence, limit), notes=written.notes)

    def _tell(self, so_far: Draft) -> None:
        """Let whoever listens know of the sentences that hold so far, numbered as they will be in the answer."""
        dispatch_custom_event(SO_FAR, verified(so_far, self._searcher.catalogue).sentences)

    def _assembled(self, found: _Found, draft: Draft, coverage: Coverage, refusal: Refusal | None) -> Answer:
        elapsed = round((time.perf_counter() - found.started) * 1000)
        searched = found.result.timings_ms
        return Answer(
            ask=found.ask,
            standalone_question=found.question,
            status="refused" if refusal else "answered",
            sentences=draft.sentences,
            citations=draft.citations,
            notes=draft.notes,
            coverage=coverage,
            refusal=refusal,
            retrieved=found.hits,
            models=self._models(found),
            timings_ms={**searched, "answer": max(0, elapsed - searched.get("total", 0)), "total": elapsed},
            probability=found.probability,
        )

    def _models(self, found: _Found) -> Models:
        reranker = self._searcher.reranker if found.result.reranked else None
        return Models(self._searcher.embedder.spec.model, reranker.name if reranker else None, name_of(self._chat))


class _Watching(BaseCallbackHandler):
    """Hands the sentences so far to one listener."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def on_custom_event(self, name: str, data: tuple[Sentence, ...], **_: object) -> None:
        if name == SO_FAR:
            self._watch(data)
