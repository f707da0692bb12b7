"""Labels beside their results: `desk.jsonl` has them in `desk.labels.jsonl`, one line an answer that was judged.

A label is of an answer, not of a question: a later run that answers otherwise asks for it anew, and one that answers
the same needs only the file beside it.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict

from corpus.errors import StoreBusy, UsageError
from corpus.types import ID_LENGTH, sha256
from evals import lines
from evals.files import beside, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from evals.results import Result

Verdict = Literal["right", "partly", "wrong"]
VERDICTS: tuple[Verdict, ...] = ("right", "partly", "wrong")


class Label(BaseModel):
    """A verdict on one answer. `answer` is the hash of what was judged."""

    model_config = ConfigDict(frozen=True)

    id: str
    answer: str
    verdict: Verdict


def path_of(results: Path) -> Path:
    """The file with the labels of a results file."""
    return beside(results, ".labels.jsonl")


def label(result: Result, verdict: Verdict) -> Label:
    """The verdict on a result's answer."""
    return Label(id=result.id, answer=_hash(result), verdict=verdict)


def read(path: Path) -> dict[tuple[str, str], Label]:
    """The labels by question and answer, those of earlier answers too; none where there is no file yet.

    Raises UsageError that names the line and what is wrong with it.
    """
    found = lines.rows(path, Label, "a .labels.jsonl that `accord eval label` wrote") if path.exists() else []
    return {(one.id, one.answer): one for one in found}


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Nobody else labels meanwhile. Raises StoreBusy when somebody does, UsageError when nothing can be written."""
    lock = FileLock(path.with_name(path.name + ".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreBusy(f"{path}: somebody else is labelling these results. Wait, or label a copy of them.") from None
    except OSError as error:
        raise UsageError(f"{path}: it cannot be written ({error.strerror}). Make its folder writable.") from None
    try:
        yield
    finally:
        Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()


def of(results: Sequence[Result], known: Mapping[tuple[str, str], Label]) -> dict[str, Verdict]:
    """The verdicts on these very answers, by question."""
    found = {result.id: known.get((result.id, _hash(result))) for result in results}
    return {id_: one.verdict for id_, one in found.items() if one}


def write(path: Path, known: Mapping[tuple[str, str], Label]) -> None:
    """All labels at once. Raises UsageError."""
    write_whole(path, "".join(json.dumps(one.model_dump(), ensure_ascii=False) + "\n" for one in known.values()))


def _hash(result: Result) -> str:
    quotes = [one["quote"] for one in result.answer["citations"]]
    judged = [result.question, result.answer["as_of"], result.answer["text"], quotes, result.gold.answer]
    return sha256(json.dumps(judged, ensure_ascii=False))[:ID_LENGTH]
