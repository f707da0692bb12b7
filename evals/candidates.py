"""Files of rows that are proposed for a question set: a person works on them there, so that none is written over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from corpus.errors import UsageError
from evals.files import check_writable
from evals.lines import rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Known(BaseModel):
    """What is read of a row that is there; whatever else is in it stays as it is."""

    id: str
    question: str


def add(out: Path, found: Sequence[dict[str, Any]]) -> int:
    """Append the rows whose id the file does not have; how many these are. Raises UsageError."""
    check_writable(out)
    known = {row.id for row in rows(out, Known, "a .jsonl file of candidates")} if out.exists() else set()
    new = [row for row in found if row["id"] not in known]
    try:
        ends_open = out.exists() and not out.read_bytes().endswith(b"\n") and out.stat().st_size > 0
        with out.open("a", encoding="utf-8") as file:
            file.write(("\n" if ends_open else "") + "".join(map(line, new)))
    except OSError as error:
        raise UsageError(f"{out}: it cannot be written ({error.strerror}). Name another file.") from None
    return len(new)


def line(row: dict[str, Any]) -> str:
    """A row as a line of its file."""
    return json.dumps(row, ensure_ascii=False) + "\n"
