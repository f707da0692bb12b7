"""A results file: one line a question with its answer, its scores and its gold, readable without anything else.

Two runs of the same code over the same articles write the same lines, but for `timings_ms`.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from corpus.errors import UsageError
from corpus.shell import printable
from evals import lines
from evals.files import check_writable, write_whole
from evals.sets import Evidence, Name, PastTurn

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DAY_MS = 86_400_000
NAMED = "a results file that `accord eval run --out` wrote"


class GoldRow(BaseModel):
    """What the question's row says of a right answer."""

    model_config = ConfigDict(frozen=True)

    answerable: bool
    answer: str
    must_include: tuple[tuple[str, ...], ...]
    evidence: tuple[tuple[Evidence, ...], ...]
    history: tuple[PastTurn, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True)


class _Sentence(_Strict):
    text: str
    citations: list[int]


class _Citation(_Strict):
    n: int
    quote: str
    title: str
    outlet: str | None
    published: str | None
    link: str | None


class _Note(_Strict):
    text: str


class _Answer(_Strict):
    """What is read of an answer; the rest of what `accord ask --json` prints is kept with it."""

    question: str
    as_of: str | None
    status: Literal["answered", "partial", "refused"]
    text: str
    sentences: list[_Sentence]
    citations: list[_Citation]
    notes: list[_Note]
    probability: float | None = Field(None, ge=0, le=1)
    timings_ms: dict[str, Annotated[float, Field(ge=0, lt=DAY_MS)]]


class Usage(BaseModel):
    """Tokens that a chat model read and wrote."""

    model_config = ConfigDict(frozen=True)

    input_tokens: int = 0
    output_tokens: int = 0


class Result(BaseModel):
    """One question. `scores` are shares, `counts` what they are made of: (met, counted) by figure.

    `answer` is what `accord ask --json` prints. `cited_by` are, for each gold quote of each evidence group, the numbers
    of the citations that have it, or half of it, in common; `found_at` are the ranks of the first passage that holds
    it, None where none of the best 50 does. `outlets` and `years` are those of the gold articles;
    `stale` says that one of these is not the one that the question was written for.
    """

    model_config = ConfigDict(frozen=True)

    id: Name
    type: Name
    answer: dict[str, Any]
    scores: dict[str, float | None]
    counts: dict[str, tuple[float, float]]
    gold: GoldRow
    cited_by: tuple[tuple[tuple[int, ...], ...], ...] = ()
    found_at: tuple[tuple[int | None, ...], ...] = ()
    outlets: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    stale: bool = False
    usage: Usage | None = None

    @field_validator("answer")
    @classmethod
    def _is_an_answer(cls, value: dict[str, Any]) -> dict[str, Any]:
        _Answer.model_validate(value)
        return value

    @field_validator("counts")
    @classmethod
    def _are_counts(cls, value: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
        for name, (met, counted) in value.items():
            if not 0 <= met <= counted < math.inf:
                raise ValueError(f"{name}: {met:g} of {counted:g} is no count")
        return value

    @model_validator(mode="after")
    def _fits_its_gold(self) -> Self:
        wanted = [len(group) for group in self.gold.evidence]
        for name, groups in {"cited_by": self.cited_by, "found_at": self.found_at}.items():
            # Results of before there were ranks have none.
            if [len(group) for group in groups] != wanted and (groups or name == "cited_by"):
                raise ValueError(f"{name} is not of the gold evidence beside it")
        return self

    @property
    def question(self) -> str:
        """As it was asked."""
        return str(self.answer["question"])

    @property
    def refused(self) -> bool:
        """Whether there was no answer."""
        return bool(self.answer["status"] == "refused")

    @property
    def probability(self) -> float | None:
        """How likely, says Accord, what was found answers the question; None where nothing was looked for."""
        return self.answer.get("probability")

    @property
    def answerable(self) -> bool:
        """Whether there was an answer to find."""
        return self.gold.answerable

    def line(self) -> str:
        """The result as a line of the file."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False) + "\n"


def untimed(result: Result) -> Result:
    """The result without its times: what two runs have in common."""
    return result.model_copy(update={"answer": {**result.answer, "timings_ms": {}}})


def read(path: Path) -> list[Result]:
    """The results of a file, in its order. Raises UsageError that names the line and what is wrong with it."""
    found = lines.rows(path, Result, NAMED)
    if not found:
        raise UsageError(f"{path}: it holds no results. Name {NAMED}.")
    twice = next((id_ for id_, times in Counter(result.id for result in found).items() if times > 1), None)
    if twice is not None:
        raise UsageError(f"{path}: the question {printable(twice)} occurs twice. Name {NAMED}.")
    return found


def check_replaceable(path: Path) -> None:
    """Raises UsageError when a file is there that holds something other than results."""
    check_writable(path)
    if path.exists() and path.stat().st_size:
        try:
            read(path)
        except UsageError:
            raise UsageError(f"{path}: it is there and holds no results. Name another file, or take it away.") from None


def write(path: Path, results: Iterable[Result]) -> None:
    """All results at once. Raises UsageError."""
    write_whole(path, "".join(result.line() for result in results))
