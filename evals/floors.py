"""Floors: the least that each figure of a set has to reach, with the history of each.

`floors.toml` has a table a set and a list a figure, newest last:

    [desk]
    must_include = [
        { floor = 0.78 },
        { floor = 0.75, reason = "five questions on refunds came in that no article answers" },
    ]

A floor that is lower than the one before it needs a reason. What stands there once stays: `accord eval gate` compares
the file with what git knows of it. For a figure of which less is better the floor is the most that
it may be.
"""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.errors import UsageError
from evals.git import git
from evals.lines import first_fault
from evals.measures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from evals.statistics.shares import Share

COMMITS = 200  # of a file of floors that are looked back to


class Entry(BaseModel):
    """One floor, 0..1, and why it was lowered."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    floor: float = Field(ge=0, le=1, strict=True)
    reason: str = ""


Floors = dict[str, dict[str, list[Entry]]]
_FLOORS: TypeAdapter[Floors] = TypeAdapter(Floors)


@dataclass(frozen=True, slots=True)
class Held:
    """A floor beside what was measured; None when nothing was."""

    name: str
    floor: float
    value: Share | None

    @property
    def met(self) -> bool:
        """Whether the figure reaches its floor; one that was not measured does not."""
        if self.value is None:
            return False
        exact = self.value.met / self.value.counted
        return exact <= self.floor if FIGURES[self.name].falling else exact >= self.floor


def read(path: Path) -> Floors:
    """The floors of a file. Raises UsageError for what is wrong in it, or lowered without a reason."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: it cannot be read ({error}). Name a file of floors.") from None
    found = _parsed(path, text)
    for set_name, figures in found.items():
        if not figures:
            raise UsageError(f"{path}: {set_name}: it has no floors, so that any run would hold them. Write one.")
        for name, entries in figures.items():
            _check(f"{path}: {set_name}.{name}", name, entries)
    _check_history(path, found)
    return found


def held(floors: Mapping[str, Sequence[Entry]], measured: Mapping[str, Share | None]) -> list[Held]:
    """Each floor of a set beside its figure."""
    return [Held(name, entries[-1].floor, measured.get(name)) for name, entries in floors.items()]


def _parsed(path: Path, text: str) -> Floors:
    try:
        return _FLOORS.validate_python(tomllib.loads(text))
    except ValidationError as error:
        raise UsageError(f"{path}: {first_fault(error)}. Write a floor as {{ floor = 0.75 }}.") from None
    except (ValueError, RecursionError) as error:  # what is no TOML, or has no end
        raise UsageError(f"{path}: not TOML ({error}).") from None


def _check(where: str, name: str, entries: Sequence[Entry]) -> None:
    if name not in FIGURES:
        raise UsageError(f"{where}: there is no such figure. `accord eval run --json` lists them under metrics.")
    if not entries:
        raise UsageError(f"{where}: it has no floor. Write one, or take the line out.")
    for before, after in pairwise(entries):
        lowered = after.floor > before.floor if FIGURES[name].falling else after.floor < before.floor
        if lowered and not after.reason.strip():
            raise UsageError(
                f"{where}: lowered from {before.floor:g} to {after.floor:g} without a reason. Add one: "
                f'{{ floor = {after.floor:g}, reason = "..." }}.'
            )


def _check_history(path: Path, found: Floors) -> None:
    """A floor is lowered by adding to its list; taking entries out or writing over them would hide it.

    Of figures that the code has no more nothing is asked.
    """
    for committed in _committed(path):
        for set_name, figures in committed.items():
            for name in FIGURES.keys() & figures.keys():
                now = iter(found.get(set_name, {}).get(name, []))
                # In their order, though not side by side: two branches may each have added one.
                if not all(entry in now for entry in figures[name]):
                    raise UsageError(
                        f"{path}: {set_name}.{name}: what was committed has been changed or taken out. "
                        "Put it back, and add a new floor behind it."
                    )


def _committed(path: Path) -> Iterator[Floors]:
    """The file as each commit left it that the clone knows, newest first; none outside a repository."""
    path = path.resolve()  # git knows where a link leads, not what stands there
    folder = path.parent
    for commit in (
        git(folder, "log", "--full-history", f"--max-count={COMMITS}", "--format=%H", "--", path.name) or ""
    ).split():
        text = git(folder, "show", f"{commit}:./{path.name}")
        with suppress(UsageError):  # a commit that broke the file, or took it out
            yield _parsed(path, text or "")
