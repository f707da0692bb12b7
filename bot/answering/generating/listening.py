"""Hearing a chat model out, for so long and so much only."""

from __future__ import annotations

import queue
import threading
import time
from contextvars import copy_context
from typing import TYPE_CHECKING

from corpus.errors import ServiceUnreachable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

MOST_CHARACTERS = 6_000  # of one reply, whatever the provider makes of its token limit
LATE = "The chat model did not answer in time."

_Heard = str | Exception | None  # None: the model has ended


def heard(model: BaseChatModel, messages: Sequence[BaseMessage], until: float) -> Iterator[str]:
    """The pieces of the model's reply as they come. `until` is a moment of `time.monotonic`.

    The model is listened to in a thread of its own, since not every provider keeps a time limit before its first
    piece. Raises ServiceUnreachable when it fails, or is not done in time.
    """
    pieces: queue.SimpleQueue[_Heard] = queue.SimpleQueue()
    stopped = threading.Event()
    context = copy_context()  # so that LangChain's callbacks, tracing among them, know where this belongs
    threading.Thread(
        target=context.run, args=(_listen, model, messages, pieces, stopped), name="chat", daemon=True
    ).start()
    left = MOST_CHARACTERS
    try:
        while left > 0:
            piece = _next(pieces, until)
            if piece is None:
                return
            if time.monotonic() > until:
                raise ServiceUnreachable(LATE)
            yield piece[:left]
            left -= len(piece)
    finally:
        stopped.set()


def _next(pieces: queue.SimpleQueue[_Heard], until: float) -> str | None:
    try:
        piece = pieces.get(timeout=max(0.0, until - time.monotonic()))
    except queue.Empty:
        raise ServiceUnreachable(LATE) from None
    if isinstance(piece, Exception):
        raise ServiceUnreachable(f"The chat model did not answer ({type(piece).__name__}).") from piece
    return piece


def _listen(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    pieces: queue.SimpleQueue[_Heard],
    stopped: threading.Event,
) -> None:
    try:
        for chunk in model.stream(list(messages)):
            if stopped.is_set():
                return
            if text := str(chunk.text):  # some send empty pieces while they think
                pieces.put(text)
        pieces.put(None)
    except Exception as error:  # noqa: BLE001 - every provider raises its own; the listener says what it was
        pieces.put(error)
