"""Questions whose answers are known excerpts of a corpus, and how much of them retrieved passages hold.

The measures of Smith and Troynikov, "Evaluating Chunking Strategies for Retrieval" (Chroma Technical Report,
2024), as their code counts them: in characters; what is found of the excerpts counts once, a retrieved passage
each time, so that overlap and repetition cost precision.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.errors import UsageError
from corpus.types import Span

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = "questions_df.csv"


class _Reference(BaseModel):
    model_config = ConfigDict(frozen=True)

    content: str
    start_index: int
    end_index: int


_REFERENCES = TypeAdapter(list[_Reference])


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the excerpts of its corpus that answer it."""

    text: str
    corpus: str
    excerpts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands."""

    corpus: str
    span: Span


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one question, 0..1. `precision_omega` is the precision of all passages that touch an excerpt."""

    recall: float
    precision: float
    precision_omega: float
    iou: float


@dataclass(frozen=True, slots=True)
class Excerpts:
    """The questions and the corpora by name."""

    questions: tuple[Question, ...]
    corpora: Mapping[str, str]

    def place(self, corpus: str, passage: str) -> Place:
        """Where a passage counts as standing: as in the published code, at the first place that reads like it,
        without its last full stop. (One corpus repeats whole pages.)"""
        words = passage.removesuffix(".")
        start = self.corpora[corpus].index(words)
        return Place(corpus, Span(start, start + len(words)))


def load(folder: Path) -> Excerpts:
    """The evaluation in a folder: questions_df.csv and corpora/NAME.md. Raises UsageError for what is wrong in it."""
    rows = list(csv.DictReader(io.StringIO(_text(folder / QUESTIONS))))
    questions = tuple(_question(row, number) for number, row in enumerate(rows, start=1))
    if not questions:
        raise UsageError(f"{folder / QUESTIONS}: it holds no questions.")
    names = dict.fromkeys(question.corpus for question in questions)
    corpora = {name: _text(folder / "corpora" / f"{name}.md") for name in names}
    for number, (row, question) in enumerate(zip(rows, questions, strict=True), start=1):
        for excerpt, gold in zip(question.excerpts, _REFERENCES.validate_json(row["references"]), strict=True):
            if corpora[question.corpus][excerpt.start : excerpt.end] != gold.content:
                raise UsageError(f"{folder / QUESTIONS}: question {number}: an excerpt is not in its corpus.")
    return Excerpts(questions, corpora)


def scores(question: Question, retrieved: Sequence[Place], passages: Iterable[Place]) -> Scores:
    """The scores of the passages retrieved for a question, of all `passages` that there are."""
    wanted = sum(map(_length, question.excerpts))
    found = _found(question, retrieved)
    read = sum(_length(place.span) for place in retrieved)
    touching = [place for place in passages if _touches(question, place)]
    best = _found(question, touching)
    spent = _covered(place.span for place in touching)
    return Scores(
        recall=found / wanted,
        precision=found / read if read else 0.0,
        precision_omega=best / (spent + wanted - best) if best else 0.0,
        iou=found / (read + wanted - found),
    )


def _found(question: Question, places: Iterable[Place]) -> int:
    return _covered(
        Span(max(excerpt.start, place.span.start), min(excerpt.end, place.span.end))
        for place in places
        if place.corpus == question.corpus
        for excerpt in question.excerpts
    )


def _touches(question: Question, place: Place) -> bool:
    # Touching is enough, as in the published code.
    return place.corpus == question.corpus and any(
        max(excerpt.start, place.span.start) <= min(excerpt.end, place.span.end) for excerpt in question.excerpts
    )


def _covered(spans: Iterable[Span]) -> int:
    """How many characters lie in at least one of the spans."""
    total = reach = 0
    for span in sorted(spans, key=lambda span: span.start):
        total += max(0, span.end - max(span.start, reach))
        reach = max(reach, span.end)
    return total


def _length(span: Span) -> int:
    return span.end - span.start


def _question(row: Mapping[str, str | None], number: int) -> Question:
    try:
        gold = _REFERENCES.validate_json(row.get("references") or "")
    except ValidationError as error:
        raise UsageError(f"{QUESTIONS}: question {number}: {error.errors()[0]['msg']}.") from None
    text, corpus = row.get("question"), row.get("corpus_id")
    if not text or not corpus or not corpus.replace("_", "").isalnum() or not gold:
        raise UsageError(f"{QUESTIONS}: question {number}: it needs a question, a corpus_id and references.")
    return Question(text, corpus, tuple(Span(one.start_index, one.end_index) for one in gold))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: it cannot be read ({error}). Name the folder of the evaluation.") from None
