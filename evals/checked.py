"""Answers that a person has checked: for each quote under them, whether it answers the question or a part of it.

`sets/checked.jsonl` has a row an answer: the question's id, and the quotes by the first digits of their SHA-256, so
that answers over articles that are not part of the project can be kept as well.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.types import sha256
from evals import lines

PATH = Path(__file__).parent / "sets" / "checked.jsonl"
DIGITS = 12


class Checked(BaseModel):
    """One answer: the quotes that bear on its question, and those beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    bears: frozenset[str]
    beside: frozenset[str]


def key(quote: str) -> str:
    """What stands for a quote."""
    return sha256(quote)[:DIGITS]


def verdict(question_id: str, quote: str | None = None) -> bool | None:
    """Whether a quote bears on its question; None where nobody has said. Without a quote: True for a checked answer."""
    found = _checked().get(question_id)
    if found is None:
        return None
    if quote is None:
        return True
    return True if key(quote) in found.bears else False if key(quote) in found.beside else None


@cache
def _checked() -> dict[str, Checked]:
    return {row.id: row for row in lines.rows(PATH, Checked, "the checked answers")}
