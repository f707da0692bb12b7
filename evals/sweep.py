"""`accord eval sweep`: which of several settings is best, and whether it still is on questions held out."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import UsageError
from corpus.shell import AsJson, DataDir, print_json, settings_of
from evals.running.command import Articles, QuestionSet
from evals.running.session import asker_for, progress, store_of
from evals.settings import EvalSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from evals.results import Result
    from evals.sets import Row
    from evals.sweeping import Setup, Swept, Tried

# With column heads that let the table fit a terminal of 80 columns.
JUDGED = "judged_right"
COLUMNS = {"evidence_at_4": "@4", "evidence_cited": "cited", "must_include": "must", "refusal_f1": "ref F1"}


def register(evaluation: typer.Typer) -> None:
    """Mount `accord eval sweep`."""
    evaluation.command("sweep")(command)


def command(
    context: typer.Context,
    question_set: QuestionSet,
    values: Annotated[
        list[str],
        typer.Option("--set", metavar="NAME=A,B", help="A setting and its values: retrieval.top_k=4,8. Repeatable."),
    ],
    articles: Articles = None,
    by: Annotated[str, typer.Option("--by", metavar="FIGURE", help="What the best is the best in.")] = "must_include",
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Try every combination of settings on four fifths of a set, and the best of them on the fifth held out."""
    from evals.sets import load
    from evals.sweeping import distinct, grid, makes_store, swept

    rows, setups = load(question_set), grid(values)
    settings = settings_of(context, EvalSettings, data_dir)
    if by == JUDGED and settings.eval.judge_model is None:
        raise UsageError(f"--by {by}: no judge is named. Set ACCORD_EVAL__JUDGE_MODEL, or name another figure.")
    # Said before minutes of answering, not after.
    if articles is None and any(makes_store(setup) for setup in setups):
        raise UsageError("--set: passages or vectors would have to be made anew. Name the articles with --articles.")
    setups = distinct(settings, setups)
    with ExitStack() as stores:
        found = swept(rows, setups, by, _Asking(settings, question_set, articles, stores).answered)
    if as_json:
        print_json(_document(found))
    else:
        _show(found)


class _Asking:
    """Asks questions under one combination of settings, in a store that is made once for all that can share it."""

    def __init__(self, settings: EvalSettings, question_set: Path, articles: Path | None, stores: ExitStack) -> None:
        self._settings = settings
        self._set = question_set
        self._articles = articles
        self._stores = stores
        self._made: dict[str, EvalSettings] = {}

    def answered(self, setup: Setup, rows: Sequence[Row]) -> list[Result]:
        """The results of these questions."""
        from contextlib import closing

        from evals.running.opening import open_asked, patient
        from evals.running.run import jobs_for, run

        settings = patient(self._stored(setup))
        if sys.stderr.isatty():
            sys.stderr.write(f"{named(setup)}\n")
        with closing(open_asked(settings)) as asked, progress(len(rows)) as tell:
            return run(rows, asker_for(asked, self._set, rows), jobs_for(settings), tell)

    def _stored(self, setup: Setup) -> EvalSettings:
        """The settings of a combination, with the store that it is answered from."""
        from evals.sweeping import applied

        settings = applied(self._settings, setup)
        key = f"{settings.chunk} {settings.embedder}"
        if key not in self._made:
            self._made[key] = self._stores.enter_context(store_of(settings, self._articles))
        store = self._made[key]
        return settings.model_copy(update={"data_dir": store.data_dir, "chroma_url": store.chroma_url})


def named(setup: Setup) -> str:
    """A combination in words."""
    return ", ".join(f"{name}={value}" for name, value in setup.items()) or "the settings as they are"


def _document(found: Swept) -> dict[str, Any]:
    return {
        "by": found.by,
        "chosen_on": found.chosen_on,
        "tried": [_plain(one) for one in found.tried],
        "best": found.best.setup,
        "held_out": {
            "questions": found.held_out_questions,
            "comparison": found.held_out and found.held_out.document(),
        },
    }


def _plain(one: Tried) -> dict[str, Any]:
    figures = {name: value and asdict(value) for name, value in one.figures.items()}
    return {"settings": one.setup, "metrics": figures, "median_ms": one.median_ms}


def _show(found: Swept) -> None:
    from rich.console import Console

    from evals.table import new_table

    columns = list(dict.fromkeys((found.by, *COLUMNS)))
    console = Console(highlight=False, markup=False)
    title = f"{found.chosen_on} questions to choose on, best by {found.by}"
    swept = list(found.tried[-1].setup)
    heads = [*(name.rpartition(".")[2] for name in swept), *(COLUMNS.get(name, name) for name in columns)]
    table = new_table(title, *heads, "median", "")
    for one in found.tried:
        shares = [f"{value.share:.3f}" if (value := one.figures[name]) else "-" for name in columns]
        taken = "-" if one.median_ms is None else f"{one.median_ms:.0f} ms"
        values = one.setup.values() or ["as it is"] * len(swept)
        table.add_row(*values, *shares, taken, "<- best" if one is found.best else "")
    console.print(table)
    console.print()
    _show_held_out(found, columns, console)


def _show_held_out(found: Swept, columns: Sequence[str], console: Console) -> None:
    from evals.table import new_table

    if found.held_out is None:
        console.print("The settings as they are do best.")
        return
    title = f"{found.held_out_questions} questions held out; best: {named(found.best.setup)}"
    table = new_table(title, "figure", "as they are", "best", "difference", "95% interval", "p")
    for one in found.held_out.moved:
        if one.name in columns:
            by = one.difference
            shares = f"{one.first.share:.3f}", f"{one.second.share:.3f}"
            table.add_row(one.name, *shares, f"{by.value:+.3f}", f"{by.low:+.3f} to {by.high:+.3f}", f"{by.p:.3f}")
    console.print(table)
    console.print(f"\n{_said(found)}", soft_wrap=True)


def _said(found: Swept) -> str:
    """What the questions held out say of the best."""
    one = next((one for one in found.held_out.moved if one.name == found.by), None) if found.held_out else None
    if one is None or not one.significant:
        return f"Held out, chance may explain what difference there is in {found.by}: no reason to change a setting."
    return f"Held out, it is {'better' if one.better else 'worse'} in {found.by} by more than chance."
