"""Question sets: one JSON object a line, checked when they are read."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, field_validator, model_validator

from corpus.errors import UsageError
from evals import lines


def _is_name(value: str) -> str:
    if not value.isprintable() or value.strip() != value:
        raise ValueError("it begins or ends with a space, or holds what is not to be seen")
    return value


Words = Annotated[str, Field(min_length=1, pattern=r"\S")]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_is_name)]


class Evidence(BaseModel):
    """A gold quote. `url` is the article's address, or the file name of one that has no other address."""

    model_config = ConfigDict(frozen=True)

    url: Words
    quote: Words


class PastTurn(BaseModel):
    """An earlier question and answer of the same conversation."""

    model_config = ConfigDict(frozen=True)

    question: str
    answer: str


class Row(BaseModel):
    """One question with its gold. One alternative of each group counts: of `must_include` in the answer's text,
    of `evidence` among what is found or cited. `in_full` is a follow-up as it reads without its `history`."""

    model_config = ConfigDict(frozen=True)

    id: Name
    question: Words
    type: Name
    history: tuple[PastTurn, ...] = ()
    in_full: str | None = None
    as_of: str | None = None
    answerable: StrictBool
    answer: str = ""
    must_include: tuple[Annotated[tuple[Words, ...], Field(min_length=1)], ...] = ()
    evidence: tuple[Annotated[tuple[Evidence, ...], Field(min_length=1)], ...] = ()

    @field_validator("as_of")
    @classmethod
    def _is_day(cls, value: str | None) -> str | None:
        with suppress(ValueError):
            if value is None or date.fromisoformat(value).isoformat() == value:
                return value
        raise ValueError("not a day. Write it as 2025-07-08")

    @model_validator(mode="after")
    def _has_gold(self) -> Self:
        if self.answerable and not self.evidence:
            raise ValueError("an answerable question needs evidence")
        return self


def load(path: Path) -> list[Row]:
    """The rows of a set. Raises UsageError that names the line and what is wrong with it."""
    rows = lines.rows(path, Row, "a .jsonl question set")
    if not rows:
        raise UsageError(f"{path}: it holds no questions.")
    twice = next((id_ for id_, times in Counter(row.id for row in rows).items() if times > 1), None)
    if twice is not None:
        raise UsageError(f"{path}: the id {twice} occurs twice. Give each question its own.")
    return rows
