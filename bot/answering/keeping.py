"""Questions and answers as JSON text, to be kept and read again in full."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from bot.answering.types import Answer, Ask

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def kept(answer: Answer) -> str:
    """An answer as JSON, without what it only looked at: passages not cited, and what others asked before."""
    return _answers().dump_json(replace(answer, retrieved=(), ask=replace(answer.ask, history=()))).decode()


def answer_of(json_text: str) -> Answer:
    """The answer that `kept` made JSON of. Raises ValueError when it is of another Accord."""
    return _answers().validate_json(json_text)


def kept_ask(ask: Ask) -> str:
    """A question as JSON."""
    return _asks().dump_json(ask).decode()


def ask_of(json_text: str) -> Ask:
    """The question that `kept_ask` made JSON of. Raises ValueError when it is of another Accord."""
    return _asks().validate_json(json_text)


@cache
def _answers() -> TypeAdapter[Answer]:
    from pydantic import TypeAdapter

    adapter = TypeAdapter(Answer)
    # What a hit was judged: named for the type checker only, and no hit is kept.
    adapter.rebuild(_types_namespace={"Judgement": object})
    return adapter


@cache
def _asks() -> TypeAdapter[Ask]:
    from pydantic import TypeAdapter

    return TypeAdapter(Ask)
