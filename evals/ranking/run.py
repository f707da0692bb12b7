"""One measured run: each store is filled once, searched, and let go of with the run's folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from evals.ranking import ablation, given, quiz, refusal, stores, trade
from evals.ranking.calibration import cross_fitted, fold_count
from evals.ranking.measured import Figures, Measured, Section
from evals.ranking.searching import part_names, searching
from evals.statistics.reliability import binned, calibration_error

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from evals.ranking.calibration import Example
    from evals.ranking.data import Data, GivenSet, QuizRow, TradeSet
    from evals.settings import EvalSettings

SAMPLE = 400  # quiz questions that are asked again without their evidence, and of each variant
VARIANT_DEPTHS = (1, 4, 10)
TOO_FEW = "refusal: too few questions with and without an answer to fit on some and judge the others"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is measured: so many of the quiz questions (all when None), and whether parts are left out in turn.

    `folds` are weights of rerankers that have not learnt from a year of the quiz; `store` is one to time searches in.
    """

    sample: int | None = None
    ablation: bool = False
    folds: quiz.Folds = field(default_factory=dict)
    store: Path | None = None


def measure(data: Data, settings: EvalSettings, folder: Path, wanted: Wanted) -> Measured:
    """Everything that the sets at hand allow. `folder` is an empty one for the stores."""
    measured = Measured(skipped=[f"{name}: it is not there" for name in data.missing])
    if wanted.store:
        from evals.ranking import latency

        measured.sections.append(latency.section(settings, wanted.store))
    sets = _sets(data, settings, folder, wanted)
    measured.sections += [one.ranking() for one in sets if not isinstance(one, _OnGiven)]
    if wanted.ablation:
        measured.ablation = _ablation([one for one in sets if not isinstance(one, _OnGiven)])
    _add_refusals(measured, [example for one in sets for example in one.examples()])
    return measured


def examples(data: Data, settings: EvalSettings, folder: Path) -> list[Example]:
    """What a calibration is fitted to: the questions of all sets at hand, as a search sees them."""
    return [example for one in _sets(data, settings, folder, Wanted(SAMPLE)) for example in one.examples()]


def _sets(data: Data, settings: EvalSettings, folder: Path, wanted: Wanted) -> list[_OnTrade | _OnQuiz | _OnGiven]:
    sets: list[_OnTrade | _OnQuiz | _OnGiven] = []
    if data.trade:
        sets.append(_OnTrade(data.trade, settings, folder / trade.NAME))
    if data.quiz:
        sets.append(_OnQuiz(data.quiz, settings, folder / quiz.NAME, wanted))
    if data.clapnq:
        sets.append(_OnGiven(data.clapnq, settings, folder / given.NAME))
    return sets


def _add_refusals(measured: Measured, examples: Sequence[Example]) -> None:
    """A section on refusing for each set, each question judged by a fit to others, and the reliability of all."""
    if not (count := fold_count(examples)):
        measured.skipped.append(TOO_FEW)
        return
    judged = cross_fitted(examples)
    for name in dict.fromkeys(one.set for one in examples):
        of = [one for one in judged if one.example.set == name]
        measured.sections.append(refusal.section(name, of, {"folds": count}))
    measured.reliability = binned(judged)
    measured.calibration_error = calibration_error(judged)


class _OnTrade:
    """The news articles and the questions about them."""

    def __init__(self, given: TradeSet, settings: EvalSettings, folder: Path) -> None:
        self._rows = given.rows
        self._store = stores.from_file(settings, folder, given.articles)
        self._texts = trade.texts_of(self._store)

    def ranking(self) -> Section:
        """What is found, and how far up."""
        with searching(self._store) as searcher:
            asked = trade.ask(self._rows, searcher)
        facts = {"questions": len(self._rows), **self._store.size()}
        return Section(trade.NAME, facts, trade.figures(asked, self._texts))

    def examples(self) -> list[Example]:
        """The questions as a search sees them."""
        with searching(self._store) as searcher:
            return trade.examples(self._rows, searcher)

    def figures(self, parts: Collection[str]) -> Figures:
        """The ranking by a variant of search."""
        with searching(self._store, parts) as searcher:
            return trade.figures(trade.ask(self._rows, searcher, VARIANT_DEPTHS), self._texts)


class _OnQuiz:
    """The quiz and the evidence of all of it. What is asked is always the first of one shuffled order."""

    def __init__(self, rows: Sequence[QuizRow], settings: EvalSettings, folder: Path, wanted: Wanted) -> None:
        self._rows = rows
        self._folds = wanted.folds
        self._chosen = quiz.shuffled(rows)[: wanted.sample]
        self._store = stores.from_rows(settings, folder, map(quiz.article, rows))
        self._gold = quiz.gold(rows, self._store.versions())

    @cached_property
    def _asked(self) -> list[quiz.Asked]:
        """The questions with all evidence at hand: asked once, for the ranking and for refusing."""
        return quiz.ask(self._chosen, self._store, self._folds)

    def ranking(self) -> Section:
        """What is found, and how far up."""
        lost = sum(not stories for stories in self._gold.values())
        facts = {"questions": len(self._chosen), "not_stored": lost, **self._store.size()}
        return Section(quiz.NAME, facts, quiz.figures(self._asked, self._gold))

    def figures(self, parts: Collection[str]) -> Figures:
        """The ranking of the small sample by a variant of search."""
        return quiz.figures(quiz.ask(self._chosen[:SAMPLE], self._store, self._folds, parts), self._gold)

    def examples(self) -> list[Example]:
        """Of the small sample, each question as it is asked, and again when the evidence of all of them is withdrawn.

        Those whose evidence could not be stored are left out.
        """
        asked = [one for one in self._asked[:SAMPLE] if self._gold[one.row.id]]
        rows = [one.row for one in asked]
        self._store.keep(map(quiz.article, quiz.without(self._rows, rows, self._gold)))
        again = quiz.ask(rows, self._store, self._folds, doing="quiz without evidence")
        return quiz.examples(asked, answerable=True) + quiz.examples(again, answerable=False)


class _OnGiven:
    """Questions with their passages."""

    def __init__(self, rows: GivenSet, settings: EvalSettings, folder: Path) -> None:
        self._rows = rows
        self._store = stores.from_rows(settings, folder, given.articles(rows))

    def examples(self) -> list[Example]:
        """The questions as a search among their own passages sees them."""
        with searching(self._store) as searcher:
            return given.examples(self._rows, searcher)


def _ablation(sets: Sequence[_OnTrade | _OnQuiz]) -> dict[str, Figures]:
    return {
        name: ablation.joined([one.figures(parts) for one in sets])
        for name, parts in ablation.variants(part_names()).items()
    }
