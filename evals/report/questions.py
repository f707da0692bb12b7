"""One question of the report: what was answered beside what gold says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from evals.measures import FIGURES
from evals.outcomes import RANK, outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evals.results import Result


UNKNOWN = 0  # the rank in results that say none


@dataclass(frozen=True, slots=True)
class Quote:
    """A cited quote. `gold` says that it is, or overlaps, gold evidence; `link` leads to it on the web."""

    n: int
    text: str
    where: str
    link: str | None
    gold: bool


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A gold quote, whether the answer cites it, and where it was found: `fate` says so in words."""

    text: str
    where: str
    cited: bool
    fate: str


@dataclass(frozen=True, slots=True)
class Words:
    """The alternatives of a must-include group, and the one that the answer has."""

    choices: tuple[str, ...]
    met: str | None


@dataclass(frozen=True, slots=True)
class Before:
    """The baseline's answer to the same question, where it is another one. `better`: None when neither."""

    text: str
    outcome: str
    better: bool | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the page shows it."""

    result: Result
    outcome: str
    sentences: list[tuple[str, list[int]]]
    quotes: list[Quote]
    gold: list[list[GoldQuote]]
    words: list[Words]
    scores: list[tuple[str, str]]
    before: Before | None


def question(result: Result, before: Result | None) -> Question:
    """What the page shows of a result; `before` is the baseline's."""
    answer = result.answer
    said = " ".join(one["text"] for one in answer["sentences"])
    right = {n for group in result.cited_by for citing in group for n in citing}
    return Question(
        result=result,
        outcome=outcome(result),
        sentences=[(one["text"], list(one["citations"])) for one in answer["sentences"]],
        quotes=[_quote(one, gold=one["n"] in right) for one in answer["citations"]],
        gold=_gold(result),
        words=[_words(group, said) for group in result.gold.must_include],
        scores=_scores(result),
        before=_before(result, before),
    )


def web_link(link: Any) -> str | None:
    """The link when it leads to the web: an article's address is not to be trusted with more."""
    try:
        return str(link) if link and urlsplit(str(link)).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _quote(citation: Mapping[str, Any], *, gold: bool) -> Quote:
    parts = (citation["title"], citation["outlet"], (citation["published"] or "")[:10])
    return Quote(citation["n"], citation["quote"], ", ".join(filter(None, parts)), web_link(citation["link"]), gold)


def _gold(result: Result) -> list[list[GoldQuote]]:
    ranks = result.found_at or [[UNKNOWN] * len(group) for group in result.gold.evidence]
    return [
        [
            GoldQuote(gold.quote, _name(gold.url), bool(citing), _fate(rank, cited=bool(citing)))
            for gold, citing, rank in zip(*group, strict=True)
        ]
        for group in zip(result.gold.evidence, result.cited_by, ranks, strict=True)
    ]


def _fate(rank: int | None, *, cited: bool) -> str:
    """What became of a quote: lost in the search, or in the choice of sentences."""
    found = "not found" if rank is None else f"found at rank {rank}"
    if rank == UNKNOWN:
        return "cited" if cited else "not cited"
    return f"{found}, {'cited' if cited else 'not cited'}"


def _name(url: str) -> str:
    """The last part of an address that has one: it is what a person knows an article by."""
    return url.rstrip("/").rpartition("/")[2]


def _words(group: Sequence[str], said: str) -> Words:
    held = said.casefold()
    return Words(tuple(group), next((choice for choice in group if choice.casefold() in held), None))


def _scores(result: Result) -> list[tuple[str, str]]:
    """Each figure that says something of the question, with its title: 2/3, or a value for a mean."""
    found = []
    for name, (met, counted) in result.counts.items():
        if counted and name in FIGURES:
            value = f"{met / counted:.2f}" if FIGURES[name].mean else f"{met:g}/{counted:g}"
            found.append((FIGURES[name].title, value))
    return found


def _before(result: Result, before: Result | None) -> Before | None:
    if before is None or before.answer["text"] == result.answer["text"]:
        return None
    was, now = outcome(before), outcome(result)
    rise = RANK[now] - RANK[was]
    return Before(str(before.answer["text"]), was, rise > 0 if rise else None)
