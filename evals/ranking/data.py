"""The measured sets in one folder. A set that is not there is left out; one that is there has to be right."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import UsageError
from evals import lines, sets
from evals.sets import Row

TRADE = "trade_dev"
QUIZ = "realtimeqa_2022_2024.jsonl.gz"
CLAPNQ = "clapnq"


class QuizRow(BaseModel):
    """A question about the news of a day, with the passage that answers it."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(pattern=r"^[A-Za-z0-9_-]+$")
    date: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    question: str = Field(min_length=1)
    evidence: str = Field(min_length=1)


class GivenPassage(BaseModel):
    """A passage that is given with a question."""

    model_config = ConfigDict(frozen=True)

    title: str = Field(min_length=1)
    text: str = Field(min_length=1)


class GivenRow(BaseModel):
    """A question with the passages that answer it, or do not."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(pattern=r"^[A-Za-z0-9_-]+$")
    input: str = Field(min_length=1)
    passages: tuple[GivenPassage, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class TradeSet:
    """Questions about news articles, and the file of the articles."""

    rows: list[Row]
    articles: Path


@dataclass(frozen=True, slots=True)
class GivenSet:
    """Questions that their passages answer, and questions that theirs do not."""

    answerable: list[GivenRow]
    unanswerable: list[GivenRow]


@dataclass(frozen=True, slots=True)
class Data:
    """The sets that are there, and the names of what is missing for the others."""

    trade: TradeSet | None
    quiz: list[QuizRow] | None
    clapnq: GivenSet | None
    missing: tuple[str, ...]


def load(folder: Path) -> Data:
    """The sets of a folder. Raises UsageError when it has none of them, or for what is wrong in one."""
    trade = [folder / TRADE / name for name in ("questions.jsonl", "articles.jsonl")]
    clapnq = [folder / CLAPNQ / name for name in ("answerable.jsonl", "unanswerable.jsonl")]
    quiz = [folder / QUIZ]
    missing = [str(path.relative_to(folder)) for path in (*trade, *quiz, *clapnq) if not path.is_file()]
    data = Data(
        TradeSet(sets.load(trade[0]), trade[1]) if _are_there(trade) else None,
        _unpacked(quiz[0]) if _are_there(quiz) else None,
        GivenSet(*(lines.rows(path, GivenRow, "a file of the set") for path in clapnq)) if _are_there(clapnq) else None,
        tuple(missing),
    )
    if not (data.trade or data.quiz or data.clapnq):
        raise UsageError(f"{folder}: it holds none of the measured sets ({TRADE}/, {QUIZ}, {CLAPNQ}/).")
    return data


def _are_there(paths: list[Path]) -> bool:
    return all(path.is_file() for path in paths)


def _unpacked(path: Path) -> list[QuizRow]:
    try:
        texts = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: it cannot be read ({error}). Fetch it again.") from None
    return [_quiz_row(path, number, line) for number, line in enumerate(texts, start=1) if line.strip()]


def _quiz_row(path: Path, number: int, line: str) -> QuizRow:
    try:
        return QuizRow.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}:{number}: {where + ': ' if where else ''}{first['msg']}.") from None
