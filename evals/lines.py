"""Reading a file of JSON lines whose every line must be right: a measured set is never half a set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from corpus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What pydantic says of a row in words of its own.
SAID = {
    "tuple_type": "it takes a list in brackets; must_include and evidence take a list of lists: [[...], [...]]",
    "missing": "it is missing",
    "string_pattern_mismatch": "it is blank",
    "bool_type": "write true or false, without quotation marks",
    "model_type": "not an object. Write one in braces",
}
DEEPEST = 50  # lists and objects in one another
M = TypeVar("M", bound=BaseModel)


def rows(path: Path, kind: type[M], named: str) -> list[M]:
    """The file's lines as models, blank ones left out; `named` says what file was wanted.

    Raises UsageError that names the line and what is wrong with it.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: it cannot be read ({error}). Name {named}.") from None
    return [_row(path, number, line, kind) for number, line in enumerate(lines, start=1) if line.strip()]


def parsed(text: str) -> Any:
    """The text's JSON. Raises ValueError in a few words when it is none, or holds what no file can: half a character,
    a number that is none, lists without end."""
    try:
        found = json.loads(text, parse_constant=_no_number)
        _check_depth(found, DEEPEST)
        json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg}, column {error.colno})") from None
    except UnicodeEncodeError:
        raise ValueError("it holds half a character (\\ud800 to \\udfff)") from None
    except RecursionError:
        raise ValueError("not JSON that can be read (too deep)") from None
    except ValueError as error:  # digits without end, and what is no number
        raise ValueError(f"not JSON ({str(error).partition(';')[0]})") from None
    return found


def first_fault(error: ValidationError) -> str:
    """The first thing that does not fit, with where it stands."""
    return next(faults(error))


def faults(error: ValidationError) -> Iterator[str]:
    """Each thing that does not fit, with where it stands, in a maintainer's words."""
    for one in error.errors(include_input=False, include_url=False):
        where = ".".join(str(part) for part in one["loc"])
        said = SAID.get(one["type"], one["msg"].removeprefix("Value error, ").removesuffix("."))
        yield f"{where + ': ' if where else ''}{said}"


def _check_depth(found: Any, left: int) -> None:
    """Raises RecursionError when a list or object stands in more than so many others."""
    if left < 0:
        raise RecursionError
    for one in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        _check_depth(one, left - 1)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _row(path: Path, number: int, line: str, kind: type[M]) -> M:
    try:
        return kind.model_validate(parsed(line))
    except ValidationError as error:
        raise UsageError(f"{path}:{number}: {first_fault(error)}. Mend the line, or take it out.") from None
    except ValueError as error:
        raise UsageError(f"{path}:{number}: {error}. Write one object a line.") from None
