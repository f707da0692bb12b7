"""Asking a chat model: once, and once more when nothing of its reply can be used."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answering.checking.checker import Checker
from bot.answering.generating.listening import heard
from bot.answering.generating.prompt import again, fitting, prompt
from bot.answering.generating.reading import Reading
from bot.answering.instructions import blanked
from bot.answering.types import Draft, Note
from corpus.errors import ServiceUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

    from bot.settings import AnswerSettings
    from corpus.embedding.embedder import QueryEmbedder
    from corpus.types import Hit

    Watch = Callable[[Draft], None]

NO_ANSWER = "NO ANSWER"
OWN_WORDS = "these are the passages' own sentences."
NOT_BORNE_OUT = f"The chat model gave no answer that the passages bear out; {OWN_WORDS}"
FOUND_NONE = f"The chat model found no answer in the passages; {OWN_WORDS}"
UNFINISHED = "The chat model did not finish its answer."


class Writer:
    """A chat model with its limits, and the checks of what it writes."""

    def __init__(self, model: BaseChatModel, settings: AnswerSettings, embedder: QueryEmbedder) -> None:
        self._model = model
        self._settings = settings
        self._embedder = embedder

    def draft(self, question: str, hits: Sequence[Hit], watch: Watch) -> Draft:
        """What the model answers, as far as the passages bear it out. Without sentences when nothing of it holds; a
        note then says why. `watch` is told of each sentence as soon as it is whole and holds."""
        passages = fitting([hit.passage for hit in hits], self._settings.chat_prompt_tokens)
        shown = [replace(one, text=blanked(one.text)) for one in passages]
        asked = prompt(question, shown, self._settings.max_sentences)
        until = time.monotonic() + self._settings.chat_timeout_s
        checker = Checker(self._embedder)
        try:
            made, reply = self._read(asked, Reading(passages, self._settings.max_sentences, checker), until, watch)
            if not made.sentences and NO_ANSWER not in reply:
                reading = Reading(passages, self._settings.max_sentences, checker)
                made, reply = self._read(again(asked, reply), reading, until, watch)
        except ServiceUnreachable as error:
            return _nothing(f"{str(error).rstrip('.')}; {OWN_WORDS}")
        if made.sentences:
            return made
        return _nothing(FOUND_NONE if NO_ANSWER in reply else NOT_BORNE_OUT)

    def _read(self, messages: Sequence[BaseMessage], reading: Reading, until: float, watch: Watch) -> tuple[Draft, str]:
        """What of one reply holds, and the reply."""
        reply = ""
        try:
            for piece in heard(self._model, messages, until):
                reply += piece
                if reading.feed(piece):
                    watch(reading.draft)
                if reading.is_full:
                    break
        except ServiceUnreachable:
            if not reading.draft.sentences:
                raise
            return replace(reading.draft, notes=(Note("fallback", UNFINISHED),)), reply
        return reading.finish(), reply


def _nothing(why: str) -> Draft:
    return Draft((), (), (Note("fallback", why),))
