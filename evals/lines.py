"""Reading a file of JSON lines whose every line must be right: a measured set is never half a set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from corpus.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

M = TypeVar("M", bound=BaseModel)


def rows(path: Path, kind: type[M], named: str) -> list[M]:
    """The file's lines as models, blank ones left out; `named` says what file was wanted.

    Raises UsageError that names the line and what is wrong with it.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: it cannot be read ({error}). Name {named}.") from None
    return [_row(path, number, line, kind) for number, line in enumerate(lines, start=1) if line.strip()]


def _row(path: Path, number: int, line: str, kind: type[M]) -> M:
    try:
        return kind.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise UsageError(f"{path}:{number}: not JSON ({error.msg}).") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}:{number}: {where + ': ' if where else ''}{first['msg']}.") from None
