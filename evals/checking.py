"""Whether a set is what it should be: every line read, every quote looked up, each fault with its line and a remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from corpus.errors import UsageError
from corpus.sentences import sentences
from evals import hashes
from evals.lines import faults, parsed
from evals.sets import Row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from evals.spans import Texts

NEAR = 0.5  # likeness from which on a sentence or a name may be what was meant
MISSPELT = 0.8
NEAR_TYPE = 0.7
TYPES = (
    "why what who when how number compare change attribution asof followup falsepremise unanswerable offtopic".split()
)
SHOWN = 120  # characters of a quote in a message


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the row on a line, and what to do."""

    line: int
    id: str | None
    message: str


@dataclass(slots=True)
class Checked:
    """A set as it was found. `stale` are the questions whose articles have changed, by id with their addresses."""

    rows: dict[int, Row] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    stale: dict[str, list[str]] = field(default_factory=dict)


def check(path: Path, texts: Texts | None, known: Mapping[str, str]) -> Checked:
    """A set's rows and faults; without texts its quotes are not looked up. Raises UsageError when it is no text file.

    `known` are the hashes of the articles that it was written for.
    """
    found = Checked()
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            _read(number, line, found)
    if not found.rows and not found.faults:
        raise UsageError(f"{path}: it holds no questions.")
    found.faults += _twice(found.rows)
    for number, row in found.rows.items():
        found.faults += [Fault(number, row.id, message) for message in _faults(row, texts)]
    if texts is not None:
        found.stale = _stale(found.rows, known, texts)
    found.faults.sort(key=lambda fault: fault.line)
    return found


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: it cannot be read ({error}). Name a .jsonl question set.") from None


def _read(number: int, line: str, found: Checked) -> None:
    """The row of a line, or what keeps it from being one."""
    try:
        raw = parsed(line)
    except ValueError as error:
        found.faults.append(Fault(number, None, f"{error}. Write one object a line."))
        return
    try:
        row = found.rows[number] = Row.model_validate(raw)
        found.faults += [Fault(number, row.id, message) for message in _misspelt(raw)]
    except ValidationError as error:
        id_ = str(raw["id"]) if isinstance(raw, dict) and "id" in raw else None
        found.faults += [Fault(number, id_, f"{message}.") for message in faults(error)]


def _misspelt(raw: Mapping[str, Any]) -> Iterator[str]:
    """Names that are nearly those of a row; others are left to whoever wrote them."""
    for name in raw.keys() - Row.model_fields.keys():
        near = difflib.get_close_matches(name, Row.model_fields, n=1, cutoff=MISSPELT)
        if near:
            yield f"{name}: there is no such name. Did you mean {near[0]}?"


def _twice(rows: Mapping[int, Row]) -> Iterator[Fault]:
    for name in ("id", "question"):
        seen: dict[str, int] = {}
        for number, row in rows.items():
            value = getattr(row, name) if name == "id" else f"{row.question} {row.history}".casefold()
            first = seen.setdefault(value, number)
            if first != number:
                remedy = "Give each question its own." if name == "id" else "Ask something else, or leave one out."
                yield Fault(number, row.id, f"the {name} is that of line {first} again. {remedy}")


def _faults(row: Row, texts: Texts | None) -> Iterator[str]:
    if row.answerable and not row.answer.strip():
        yield "an answerable question needs an answer: what should be said, in a sentence or two."
    if row.type not in TYPES:
        near = difflib.get_close_matches(row.type, TYPES, n=1, cutoff=NEAR_TYPE)
        if near:
            yield f"type: there is no {row.type}. Did you mean {near[0]}?"
    if row.type == "followup" and not row.history:
        yield "history: a followup needs what was said before it. Write it, or give the question another type."
    if not row.answerable and (row.evidence or row.must_include):
        yield "a question that no article answers has no evidence and no must_include. Leave them empty."
    if texts is None:
        return
    for at, evidence in enumerate(row.evidence):
        for number, gold in enumerate(evidence):
            if fault := _quote_fault(gold.url, gold.quote, texts):
                yield f"evidence.{at}.{number}: {fault}"
    yield from _unsaid(row)


def _unsaid(row: Row) -> Iterator[str]:
    """Groups that an answer in the articles' own words can never meet."""
    said = " ".join([row.answer, *(gold.quote for group in row.evidence for gold in group)]).casefold()
    for number, group in enumerate(row.must_include):
        if not any(choice.casefold() in said for choice in group):
            yield (
                f"must_include.{number}: no gold quote, and not the gold answer, holds any of "
                f"{', '.join(group)}. Add an alternative as it is written there."
            )


def _quote_fault(url: str, quote: str, texts: Texts) -> str | None:
    text = texts.text(url)
    if text is None:
        near = difflib.get_close_matches(url, texts.names, n=1, cutoff=NEAR)
        return f"there is no article {url}." + (f" Did you mean {near[0]}?" if near else " Ingest it, or mend the url.")
    if texts.holds(url, quote):
        return None
    parts = [text[one.start : one.end] for one in sentences(text)]
    near = difflib.get_close_matches(quote, parts, n=1, cutoff=NEAR)
    hint = f" The nearest sentence there is: {near[0]}" if near else " Copy it from the article, to the letter."
    return f"{url} does not say “{_cut(quote)}”.{hint}"


def _cut(quote: str) -> str:
    return quote if len(quote) <= SHOWN else quote[: SHOWN - 1].rstrip() + "…"


def _stale(rows: Mapping[int, Row], known: Mapping[str, str], texts: Texts) -> dict[str, list[str]]:
    changed = hashes.changed(known, hashes.hashes(rows.values(), texts))
    found = {row.id: sorted({gold.url for group in row.evidence for gold in group} & changed) for row in rows.values()}
    return {id_: urls for id_, urls in found.items() if urls}
