"""What is known about a run, in the file beside its results: what these depend on (`running/manifest.py` makes it)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import UsageError
from evals.files import beside, write_whole
from evals.lines import first_fault, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEPENDS = ("set", "corpus", "models", "settings", "code")


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True)


class _Set(_Strict):
    name: str
    questions: int


class _Corpus(_Strict):
    articles: int


class _Models(_Strict):
    reader: str


class _Written(_Strict):
    """What is read of a manifest by others than people."""

    set: _Set
    corpus: _Corpus
    models: _Models


def path_beside(results: Path) -> Path:
    """Where the manifest of a results file lies: `results.jsonl` has `results.run.json`."""
    return beside(results, ".run.json")


def write(results: Path, document: dict[str, Any]) -> None:
    """Write it beside its results. Raises UsageError."""
    write_whole(path_beside(results), json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def read(results: Path) -> dict[str, Any] | None:
    """The manifest of a results file; None where there is none. Raises UsageError when it is none."""
    path = path_beside(results)
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: it cannot be read ({error}). Run the set again.") from None
    try:
        found = parsed(text)
        _Written.model_validate(found)
    except ValidationError as error:
        raise UsageError(f"{path}: {first_fault(error)}. Run the set again.") from None
    except ValueError as error:
        raise UsageError(f"{path}: {error}. Run the set again.") from None
    return dict(found)


def changes(before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, tuple[Any, Any]]:
    """What decides results and is not the same in two manifests, by dotted name; nothing where one is not there."""
    if before is None or after is None:
        return {}
    one, other = (dict(_flat({name: each.get(name) for name in DEPENDS})) for each in (before, after))
    return {name: (one.get(name), other.get(name)) for name in {**one, **other} if one.get(name) != other.get(name)}


def _flat(tree: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
