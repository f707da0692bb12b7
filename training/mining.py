"""Hard negatives: what the project's own search finds for a question beside the passage that answers it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from corpus.opening import open_searcher
from ingest.commands import ingest_into

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ingest.settings import IngestSettings
    from training.data import Material, Source

DEPTH = 60
SHINGLE = 4
ADDRESS = "https://training.invalid/"
WORD = re.compile(r"\w+")


def ranked(material: Material, settings: IngestSettings, work: Path) -> list[list[str]]:
    """For each question the ids of the passages that search finds, best first, its own left out.

    Kept in `work`, since it takes minutes. A passage that says much the same as the question's own is left out: it
    may well answer too.
    """
    kept = work / "ranked.json"
    if not kept.exists():
        _fill(material, settings, work)
        kept.write_text(json.dumps(_search(material, settings)), "utf-8")
    found: list[list[str]] = json.loads(kept.read_text("utf-8"))
    shingles = {key: _shingles(source.text) for key, source in material.sources.items()}
    return [
        [id_ for id_ in ids if id_ != query.source and not _same(shingles, id_, query.source)]
        for query, ids in zip(material.queries, found, strict=True)
    ]


def _fill(material: Material, settings: IngestSettings, work: Path) -> None:
    rows = work / "passages.jsonl"
    rows.write_text("".join(_row(source) for source in material.sources.values()), "utf-8")
    ingest_into(settings, [str(rows)], show_progress=False)


def _row(source: Source) -> str:
    return (
        json.dumps(
            {
                "url": ADDRESS + source.id,
                "title": source.title or source.sentences[0][:80],
                "outlet": "training",
                "published": source.published,
                "text": source.text,
            },
            ensure_ascii=False,
        )
        + "\n"
    )


def _search(material: Material, settings: IngestSettings) -> list[list[str]]:
    searcher = open_searcher(settings)
    try:
        found = (searcher.search(query.text, DEPTH).hits for query in material.queries)
        return [list(dict.fromkeys(hit.passage.url.removeprefix(ADDRESS) for hit in hits)) for hits in found]
    finally:
        searcher.close()


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return frozenset(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def _same(shingles: Mapping[str, frozenset[tuple[str, ...]]], one: str, other: str) -> bool:
    common = len(shingles[one] & shingles[other])
    return common > 0.2 * max(1, min(len(shingles[one]), len(shingles[other])))
