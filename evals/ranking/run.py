"""One measured run: each store is filled once, searched, and let go of with the run's folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from evals.ranking import ablation, given, quiz, refusal, stores, trade
from evals.ranking.calibration import Judged, cross_fitted, fold_count
from evals.ranking.measured import Figures, Measured, Section
from evals.ranking.reliability import binned, calibration_error
from evals.ranking.searching import part_names, searching

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from evals.ranking.data import Data, GivenSet, QuizRow, TradeSet
    from evals.ranking.stores import Store
    from evals.settings import EvalSettings

SAMPLE = 400  # quiz questions that are asked again without their evidence, and of each variant
VARIANT_DEPTHS = (1, 4, 10)
TOO_FEW = "trade_dev, refusal: too few questions with and without an answer to fit on some and judge the others"


def measure(data: Data, settings: EvalSettings, folder: Path, sample: int | None, *, with_ablation: bool) -> Measured:
    """Everything that the sets at hand allow. `folder` is an empty one for the stores, `sample` limits the quiz."""
    run = _Run(Measured(skipped=[f"{name}: it is not there" for name in data.missing]))
    on_trade = _OnTrade(data.trade, settings, folder / "trade") if data.trade else None
    on_quiz = _OnQuiz(data.quiz, settings, folder / "quiz", sample) if data.quiz else None
    if on_trade:
        on_trade.add_to(run)
    if on_quiz:
        on_quiz.add_to(run)
    if with_ablation:
        run.measured.ablation = _ablation(on_trade, on_quiz)
    if data.clapnq:
        _add_clapnq(run, data.clapnq, stores.from_rows(settings, folder / "clapnq", given.articles(data.clapnq)))
    if on_quiz:
        on_quiz.add_refusal(run)  # the last: it takes articles out of the store
    return run.finished()


class _Run:
    """What has been measured so far."""

    def __init__(self, measured: Measured) -> None:
        self.measured = measured
        self._judged: list[Judged] = []

    def add(self, section: Section) -> None:
        """A section on ranking."""
        self.measured.sections.append(section)

    def add_refusal(self, name: str, judged: Sequence[Judged], **facts: int) -> None:
        """A section on refusal, whose questions count for the reliability, too."""
        self._judged += judged
        self.add(refusal.section(name, judged, facts))

    def finished(self) -> Measured:
        """Everything, with the reliability of all probabilities."""
        self.measured.reliability = binned(self._judged)
        self.measured.calibration_error = calibration_error(self._judged)
        return self.measured


class _OnTrade:
    """The news articles and the questions about them."""

    def __init__(self, given: TradeSet, settings: EvalSettings, folder: Path) -> None:
        self._rows = given.rows
        self._store = stores.from_file(settings, folder, given.articles)
        self._texts = trade.texts_of(self._store)

    def add_to(self, run: _Run) -> None:
        """The sections on ranking and on refusal, the latter by fits to other questions."""
        with searching(self._store) as searcher:
            asked = trade.ask(self._rows, searcher)
            examples = trade.examples(self._rows, searcher)
        facts = {"questions": len(self._rows), **self._store.size()}
        run.add(Section("trade", facts, trade.figures(asked, self._texts)))
        if folds := fold_count(examples):
            run.add_refusal("trade", cross_fitted(examples), folds=folds)
        else:
            run.measured.skipped.append(TOO_FEW)

    def figures(self, parts: Collection[str]) -> Figures:
        """The ranking by a variant of search."""
        with searching(self._store, parts) as searcher:
            return trade.figures(trade.ask(self._rows, searcher, VARIANT_DEPTHS), self._texts)


class _OnQuiz:
    """The quiz and the evidence of all of it. What is asked is always the first of one shuffled order."""

    def __init__(self, rows: Sequence[QuizRow], settings: EvalSettings, folder: Path, sample: int | None) -> None:
        self._rows = rows
        self._chosen = quiz.shuffled(rows)[:sample]
        self._store = stores.from_rows(settings, folder, map(quiz.article, rows))
        self._gold = quiz.gold(rows, self._store.versions())
        self._asked: list[quiz.Asked] = []

    def add_to(self, run: _Run) -> None:
        """The section on ranking."""
        with searching(self._store) as searcher:
            self._asked = quiz.ask(self._chosen, searcher)
        lost = sum(not stories for stories in self._gold.values())
        facts = {"questions": len(self._chosen), "not_stored": lost, **self._store.size()}
        run.add(Section("quiz", facts, quiz.figures(self._asked, self._gold)))

    def figures(self, parts: Collection[str]) -> Figures:
        """The ranking of the small sample by a variant of search."""
        with searching(self._store, parts) as searcher:
            return quiz.figures(quiz.ask(self._chosen[:SAMPLE], searcher), self._gold)

    def add_refusal(self, run: _Run) -> None:
        """The section on the small sample: each question as it was asked, and again when the evidence of all of them
        is withdrawn. Those whose evidence could not be stored are left out."""
        asked = [one for one in self._asked[:SAMPLE] if self._gold[one.row.id]]
        before = self._store.size()["articles"]
        again = self._asked_without_evidence([one.row for one in asked])
        withdrawn = before - self._store.size()["articles"]
        judged = quiz.judged(asked, answerable=True) + quiz.judged(again, answerable=False)
        run.add_refusal("quiz", judged, withdrawn=withdrawn)

    def _asked_without_evidence(self, rows: Sequence[QuizRow]) -> list[quiz.Asked]:
        self._store.keep(map(quiz.article, quiz.without(self._rows, rows, self._gold)))
        with searching(self._store) as searcher:
            return quiz.ask(rows, searcher, "quiz without evidence")


def _add_clapnq(run: _Run, rows: GivenSet, store: Store) -> None:
    with searching(store) as searcher:
        judged = given.judged(rows, searcher)
    run.add_refusal("clapnq", judged, not_stored=given.count(rows) - len(judged))


def _ablation(on_trade: _OnTrade | None, on_quiz: _OnQuiz | None) -> dict[str, Figures]:
    return {
        name: ablation.joined(on_trade.figures(parts) if on_trade else {}, on_quiz.figures(parts) if on_quiz else {})
        for name, parts in ablation.variants(part_names()).items()
    }
