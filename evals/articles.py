"""The articles that a source holds, read and extracted as an ingest does it, and stored nowhere."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from corpus.types import Article
    from ingest.settings import IngestSettings


def articles_of(source: str, settings: IngestSettings, now: datetime) -> list[Article]:
    """All articles of a file, folder, address or .jsonl. Raises UsageError when one cannot be read."""
    from corpus.store import catalogue_at
    from ingest.memory import Memory
    from ingest.options import RunOptions
    from ingest.outcome import Failed, Read
    from ingest.reader import Reader
    from ingest.sources import expand

    found: list[Article] = []
    with tempfile.TemporaryDirectory(prefix="accord-eval-") as folder:
        catalogue = catalogue_at(Path(folder))
        catalogue.create()
        with Reader(settings, RunOptions(), Memory(catalogue), now) as reader:
            for outcome in reader.outcomes(expand([source])):
                if isinstance(outcome, Failed) and not outcome.skipped:
                    raise UsageError(f"{outcome.source}: {outcome.error}")
                if isinstance(outcome, Read):
                    found.append(outcome.article)
    return found
