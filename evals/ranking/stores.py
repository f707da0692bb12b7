"""Stores of a measured run: made from articles in a temporary folder, searched with the settings' models."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UsageError

if TYPE_CHECKING:
    from corpus.types import Version
    from evals.settings import EvalSettings
    from ingest.report import Report

NO_DEADLINE_MS = 3_600_000
Articles = Iterable[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Store:
    """A filled store: the settings that lead to it, and the .jsonl file that it was made from."""

    settings: EvalSettings
    articles: Path

    def versions(self) -> list[Version]:
        """Every live article."""
        from corpus.store import catalogue_at

        with catalogue_at(self.settings.data_dir).snapshot() as snapshot:
            return list(snapshot.by_status("live"))

    def size(self) -> dict[str, int]:
        """How many articles and passages it holds."""
        from corpus.store import catalogue_at

        with catalogue_at(self.settings.data_dir).snapshot() as snapshot:
            counts = snapshot.counts()
        return {"articles": counts.articles, "passages": counts.passages}

    def keep(self, rows: Articles) -> None:
        """Withdraw every article but those of the rows."""
        _write(self.articles, rows)
        _ingested(self.settings, self.articles, prune=True)


def from_file(settings: EvalSettings, folder: Path, articles: Path) -> Store:
    """A store of a file of articles, in a new folder. Raises UsageError when one of them cannot be stored."""
    store = Store(_in(folder, settings), articles)
    bad = next((item for item in _ingested(store.settings, articles).items if item.outcome == "failed"), None)
    if bad:
        raise UsageError(f"{bad.source}: {bad.reason}")
    return store


def from_rows(settings: EvalSettings, folder: Path, rows: Articles) -> Store:
    """A store of articles given as JSONL rows, in a new folder; it lacks those that cannot be stored."""
    folder.mkdir()
    store = Store(_in(folder / "store", settings), folder / "articles.jsonl")
    _write(store.articles, rows)
    _ingested(store.settings, store.articles)
    return store


def _in(folder: Path, settings: EvalSettings) -> EvalSettings:
    # A Chroma server would mix the sets, and keep them; with a deadline the figures would be the machine's.
    retrieval = settings.retrieval.model_copy(update={"rerank_deadline_ms": NO_DEADLINE_MS})
    return settings.model_copy(update={"data_dir": folder, "chroma_url": None, "retrieval": retrieval})


def _write(path: Path, rows: Articles) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def _ingested(settings: EvalSettings, articles: Path, *, prune: bool = False) -> Report:
    from ingest.commands import ingest_into
    from ingest.options import RunOptions

    return ingest_into(settings, [str(articles)], RunOptions(prune=prune), show_progress=sys.stderr.isatty())
