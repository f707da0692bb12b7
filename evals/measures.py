"""Every metric of a run, in the order in which they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evals.metrics import (
    average_precision,
    citation_characters,
    citation_passages,
    citation_precision,
    dangling_markers,
    evidence_cited,
    evidence_found,
    hits,
    in_full,
    judged,
    must_include,
    ndcg,
    quotes_verbatim,
    recall,
    reciprocal_rank,
    refusals,
    sentences_cited,
    token_f1,
)

if TYPE_CHECKING:
    from evals.case import Case, Score
    from evals.figure import Figure

METRICS = (
    evidence_found,
    recall,
    hits,
    reciprocal_rank,
    ndcg,
    average_precision,
    evidence_cited,
    citation_precision,
    citation_passages,
    citation_characters,
    must_include,
    token_f1,
    judged,
    in_full,
    quotes_verbatim,
    sentences_cited,
    dangling_markers,
    refusals,
)
FIGURES: dict[str, Figure] = {figure.name: figure for metric in METRICS for figure in metric.FIGURES}
# What a run is told apart by at a glance.
HEADLINES = (
    "evidence_at_4",
    "evidence_at_10",
    "evidence_cited",
    "evidence_any_cited",
    "must_include",
    "cited_passages_precision",
    "refusal_precision",
    "refusal_recall",
    "quotes_verbatim",
    "sentences_cited",
)
DEPTH = max(evidence_found.DEPTHS)  # passages searched for beside each answer


def scored(case: Case) -> dict[str, Score]:
    """The scores of all metrics, by name."""
    scores: dict[str, Score] = {}
    for metric in METRICS:
        scores |= metric.scores(case)
    return scores
