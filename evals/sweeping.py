"""A grid of settings measured on one part of a set, its best held against the settings as they are on the other part.

The best of many is partly luck. So the questions are parted in two, stratified by type, in an order that only their ids
decide: four of five to choose on, and a fifth that nothing was chosen on, which only the best one and the settings as
they are answer.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from corpus.errors import UsageError
from corpus.types import sha256
from evals.measures import FIGURES
from evals.statistics.shares import OVERALL, Share
from evals.summary import summarised, times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from evals.comparing import Comparison
    from evals.results import Result
    from evals.sets import Row

    Answered = Callable[["Setup", Sequence[Row]], list[Result]]

M = TypeVar("M", bound=BaseModel)
PARTS = 5  # one of which is held out
MOST = 200  # combinations
SWEPT = ("retrieval.", "answer.", "chunk.", "embedder", "reranker", "chat_model")
FIXED = {"retrieval.rerank_deadline_ms"}  # a run has no deadline
STORED = ("chunk.", "embedder")  # settings by which the store is made


Setup = dict[str, str]


@dataclass(frozen=True, slots=True)
class Tried:
    """A combination of settings with its figures on the questions that are chosen on, and its median time in ms."""

    setup: Setup
    figures: dict[str, Share | None]
    median_ms: float | None


@dataclass(frozen=True, slots=True)
class Swept:
    """All combinations, `best` among them; and the best beside the settings as they are, on the held-out questions.

    `held_out` is None when the best is what the settings are.
    """

    by: str
    chosen_on: int
    held_out_questions: int
    tried: list[Tried]
    best: Tried
    held_out: Comparison | None


def grid(options: Sequence[str]) -> list[Setup]:
    """Every combination of `name=value,value` options. Raises UsageError."""
    named: dict[str, list[str]] = {}
    for option in options:
        name, equals, values = option.partition("=")
        found = list(dict.fromkeys(value.strip() for value in values.split(",") if value.strip()))
        if not equals or not found:
            raise UsageError(f"--set {option}: write it as retrieval.top_k=4,8.")
        if name in named:
            raise UsageError(f"--set {name}: it is there twice. Give all its values at once.")
        named[name] = found
    combinations = [dict(zip(named, values, strict=True)) for values in itertools.product(*named.values())]
    if len(combinations) > MOST:
        raise UsageError(f"--set: {len(combinations)} combinations; at most {MOST} are tried. Leave some values out.")
    return combinations


def applied(settings: M, setup: Mapping[str, str]) -> M:
    """The settings with those of a combination. Raises UsageError that names the one that is not right."""
    tree = settings.model_dump()
    for name, value in setup.items():
        _put(tree, name, value)
        if not name.startswith(SWEPT) or name in FIXED:
            raise UsageError(f"--set {name}: it changes no answer of a run. What does begins with {', '.join(SWEPT)}.")
    try:
        return type(settings).model_validate(tree)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"--set {name}={setup.get(name, '')}: {first['msg']}.") from None


def distinct(settings: BaseModel, setups: Iterable[Setup]) -> list[Setup]:
    """The settings as they are, then every combination that makes others. Raises UsageError."""
    known: list[BaseModel] = [settings]
    found: list[Setup] = [{}]
    for setup in setups:
        made = applied(settings, setup)
        if made not in known:
            known.append(made)
            found.append(dict(setup))
    return found


def makes_store(setup: Mapping[str, str]) -> bool:
    """Whether a combination needs a store of its own."""
    return any(name.startswith(STORED) for name in setup)


def parted(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The questions to choose on and those held out, of each type about a fifth."""
    by_type: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: sha256(row.id)):
        by_type[row.type].append(row)
    ordered = [row for type_ in sorted(by_type) for row in by_type[type_]]
    held = {row.id for place, row in enumerate(ordered) if place % PARTS == PARTS - 1}
    return [row for row in ordered if row.id not in held], [row for row in ordered if row.id in held]


def swept(rows: Sequence[Row], setups: Sequence[Setup], by: str, answered: Answered) -> Swept:
    """Every combination measured; `answered` asks questions under one. Raises UsageError for too small a set."""
    from evals.comparing import compared

    if by not in FIGURES:
        raise UsageError(f"--by {by}: there is no such figure. `accord eval run --json` lists them under metrics.")
    choosing, held_out = parted(rows)
    if not held_out:
        raise UsageError(f"The set has {len(rows)} questions: too few to hold some out. It takes at least {PARTS}.")
    tried = [_tried(setup, answered(setup, choosing)) for setup in setups]
    best = best_of(tried, by)
    beside = compared(answered({}, held_out), answered(best.setup, held_out)) if best.setup else None
    return Swept(by, len(choosing), len(held_out), tried, best, beside)


def best_of(tried: Sequence[Tried], by: str) -> Tried:
    """The one with the best figure, of equals the first. Raises UsageError when the figure says nothing of the set."""
    known = [one for one in tried if one.figures[by]]
    if not known:
        raise UsageError(f"--by {by}: it says nothing about these questions. Name another figure.")
    sign = -1 if FIGURES[by].falling else 1
    return max(known, key=lambda one: sign * _exact(one.figures[by]))


def _exact(value: Share | None) -> float:
    return value.met / value.counted if value else 0.0


def _tried(setup: Setup, results: Sequence[Result]) -> Tried:
    figures = {name: groups[OVERALL] for name, groups in summarised(results, lambda _: ()).items()}
    taken = times(results)
    return Tried(setup, figures, taken["p50"] if taken else None)


def _put(tree: dict[str, Any], name: str, value: str) -> None:
    *groups, last = name.split(".")
    for group in groups:
        tree = tree.get(group) if isinstance(tree.get(group), dict) else {}  # type: ignore[assignment] # {} has no last
    if last not in tree or isinstance(tree[last], dict):
        raise UsageError(f"--set {name}: there is no such setting. Write it as retrieval.top_k or answer.floor.")
    tree[last] = None if value == "none" and tree[last] is None else value
