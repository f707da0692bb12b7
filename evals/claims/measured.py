"""What the checks find wrong, of right sentences and of each way of corrupting them."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bot.answering.checking.checker import Checker
from corpus.errors import UsageError
from corpus.opening import open_embedder
from corpus.store import catalogue_at
from evals.claims.cases import by_url, right, wrong
from evals.ranking import stores
from evals.statistics.shares import Share, share

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from evals.claims.cases import Claim
    from evals.ranking.data import TradeSet
    from evals.settings import EvalSettings

RIGHT, ALL = "right", "corrupted, all"


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of some sentences that were found wrong, and how many by each check."""

    found: Share | None
    checks: dict[str, int]

    def document(self) -> dict[str, Any]:
        """The rate as JSON-ready values."""
        return {**(asdict(self.found) if self.found else {}), "checks": self.checks}


def measure(trade: TradeSet, settings: EvalSettings, folder: Path) -> dict[str, Rate]:
    """Rates by kind: the right sentences first, then each corruption, then all of these together."""
    store = stores.from_file(settings, folder / "store", trade.articles)
    with catalogue_at(store.settings.data_dir).snapshot() as snapshot:
        passages = by_url(passage for passage, _ in snapshot.passages_of("live"))
    claims = right(trade.rows, passages, store.versions())
    if not claims:
        raise UsageError(f"{trade.articles.parent}: no question there has an answer with evidence in an article.")
    corrupted = wrong(claims)
    checker = Checker(open_embedder(settings))
    kinds = dict.fromkeys(claim.kind for claim in corrupted)
    return {
        RIGHT: _rate(claims, checker),
        **{kind: _rate([claim for claim in corrupted if claim.kind == kind], checker) for kind in kinds},
        ALL: _rate(corrupted, checker),
    }


def _rate(claims: Sequence[Claim], checker: Checker) -> Rate:
    found = [{problem.kind for problem in checker.problems(claim.text, claim.passages)} for claim in claims]
    counts = Counter(kind for kinds in found for kind in kinds)
    return Rate(share(sum(map(bool, found)), len(found)), dict(counts.most_common()))
