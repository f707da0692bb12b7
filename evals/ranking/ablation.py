"""Search with parts left out: which variants are measured, and what of each is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from evals.ranking.measured import Figures

EVERYTHING = "everything"
# The figures of a variant, by the set that they are of.
TRADE = ("evidence_at_1", "evidence_at_4", "evidence_at_10", "first_hit_at_1")
QUIZ = ("hits_at_1", "hits_at_10")


def variants(parts: Sequence[str]) -> dict[str, frozenset[str]]:
    """The parts that are on, by variant: all, all but one, and the candidates' searches by themselves."""
    whole = frozenset(parts)
    return {
        EVERYTHING: whole,
        **{f"without {part}": whole - {part} for part in parts},
        "dense only": frozenset({"dense"}),
        "BM25 only": frozenset({"lexical"}),
        "dense + BM25": frozenset({"dense", "lexical"}),
    }


def joined(sets: Iterable[Figures]) -> Figures:
    """A variant's row: the figures of the sets that are compared."""
    return {name: figures[name] for figures in sets for name in (*TRADE, *QUIZ) if name in figures}


def columns(rows: Mapping[str, Figures]) -> list[str]:
    """The figures that any row has, in their order."""
    return [name for name in (*TRADE, *QUIZ) if any(name in figures for figures in rows.values())]
