"""`accord eval stories`: how well copies of one story are found, and other stories kept apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.shell import AsJson, print_json
from evals.statistics.shares import OVERALL, Share, share
from evals.story_set import Made, Source, duplicates, load, made_from
from ingest.stories import FEWEST_SHARED, MOST_CANDIDATES, bands, same_story

if TYPE_CHECKING:
    from rich.table import Table

OTHER_ARTICLE = "other_article"
REAL_DUPLICATE = "real_duplicate"


@dataclass(frozen=True, slots=True)
class Pair:
    """A text that comes in, a stored article, and whether they are one story: as labelled and as decided."""

    kind: str
    half: str
    url: str
    stored: str
    same: bool
    joined: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a set. `candidates` counts the stored articles that share a band with each text."""

    sources: Sequence[Source]
    pairs: Sequence[Pair]
    candidates: Sequence[int]
    duplicates: Sequence[tuple[str, ...]]


class Index:
    """The stored articles by band, as the catalogue looks them up."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._stored: dict[int, list[Source]] = defaultdict(list)
        self._all = {source.url: source for source in sources}
        for source in sources:
            for band in bands(source.text):
                self._stored[band].append(source)

    def candidates(self, text: str) -> list[Source]:
        """Stored articles that share enough bands with the text, those that share most first."""
        shared = Counter(source.url for band in bands(text) for source in self._stored.get(band, ()))
        return [self._all[url] for url, count in shared.most_common() if count >= FEWEST_SHARED]


def measure(sources: Sequence[Source]) -> Measured:
    """Every source, copy and look-alike taken in against the stored sources: candidates by band, then the decision."""
    index, known = Index(sources), duplicates(sources)
    pairs: list[Pair] = []
    counts: list[int] = []
    for text in _incoming(sources):
        found = [stored for stored in index.candidates(text.text) if not _itself(text, stored)]
        counts.append(len(found))
        joined = {stored.url for stored in found[:MOST_CANDIDATES] if same_story(text.text, stored.text)}
        pairs += _labelled(text, sources, joined, known)
    return Measured(sources, pairs, counts, sorted(tuple(sorted(pair)) for pair in known))


def _incoming(sources: Sequence[Source]) -> Iterable[Made]:
    yield from (Made(source, REAL_DUPLICATE, source.text, same=True) for source in sources)
    yield from made_from(sources)


def _itself(text: Made, stored: Source) -> bool:
    return text.kind == REAL_DUPLICATE and stored.url == text.source.url


def _labelled(text: Made, sources: Sequence[Source], joined: set[str], known: set[frozenset[str]]) -> Iterable[Pair]:
    for stored in sources:
        twins = frozenset((text.source.url, stored.url)) in known
        if _itself(text, stored) or (twins and text.kind != REAL_DUPLICATE):
            continue  # a part of an article need not be a part of its twin: no label
        own = stored.url == text.source.url or twins
        kind = text.kind if own else OTHER_ARTICLE
        same = own and text.same
        yield Pair(kind, text.source.half, text.source.url, stored.url, same, stored.url in joined)


def precision(pairs: Iterable[Pair]) -> Share | None:
    """The share of joined pairs that are one story."""
    joined = [pair.same for pair in pairs if pair.joined]
    return share(sum(joined), len(joined))


def recall(pairs: Iterable[Pair]) -> Share | None:
    """The share of pairs of one story that were joined."""
    same = [pair.joined for pair in pairs if pair.same]
    return share(sum(same), len(same))


def wrongly_joined(pairs: Iterable[Pair]) -> Share | None:
    """The share of pairs of different stories that were joined."""
    different = [pair.joined for pair in pairs if not pair.same]
    return share(sum(different), len(different))


def document(measured: Measured) -> dict[str, Any]:
    """The figures, JSON-ready: precision and recall overall and by half, recall and wrong joins by kind."""
    halves = {OVERALL: measured.pairs, **_grouped(measured.pairs, "half")}
    kinds = _grouped(measured.pairs, "kind")
    counts = measured.candidates
    return {
        "articles": len(measured.sources),
        "texts": len(counts),
        "precision": {half: _plain(precision(pairs)) for half, pairs in halves.items()},
        "recall": {half: _plain(recall(pairs)) for half, pairs in halves.items()},
        "recall_by_kind": {kind: _plain(recall(of)) for kind, of in kinds.items() if recall(of)},
        "wrongly_joined": {kind: _plain(wrongly_joined(of)) for kind, of in kinds.items() if wrongly_joined(of)},
        "candidates": {"mean": round(sum(counts) / len(counts), 2), "most": max(counts)},
        "real_duplicates": [list(pair) for pair in measured.duplicates],
        "wrong": [asdict(pair) for pair in measured.pairs if pair.same != pair.joined],
    }


def _plain(value: Share | None) -> dict[str, Any] | None:
    return None if value is None else asdict(value)


def _grouped(pairs: Iterable[Pair], field: str) -> dict[str, list[Pair]]:
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[getattr(pair, field)].append(pair)
    return dict(sorted(groups.items()))


def register(evaluation: typer.Typer) -> None:
    """Mount `stories` among the measuring commands."""
    evaluation.command("stories")(stories)


def stories(
    articles: Annotated[
        Path, typer.Argument(metavar="ARTICLES.jsonl", help="Articles, one JSON object a line: url, title, text.")
    ],
    as_json: AsJson = False,
) -> None:
    """Make copies and look-alikes of articles, and measure which are taken for the same story."""
    found = document(measure(load(articles)))
    if as_json:
        print_json(found)
    else:
        _show(found)


def _show(found: Mapping[str, Any]) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    candidates = found["candidates"]
    console.print(
        f"{found['texts']} texts from {found['articles']} articles, "
        f"{candidates['mean']} candidates each, at most {candidates['most']}"
    )
    for name in ("precision", "recall", "recall_by_kind", "wrongly_joined"):
        console.print()
        console.print(_table(name.replace("_", " "), found[name]))


def _table(title: str, shares: Mapping[str, Mapping[str, Any] | None]) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for column in ("of", "share", "count", "95% interval"):
        table.add_column(column, justify="left" if column == "of" else "right", no_wrap=True)
    for name, value in shares.items():
        if value:
            interval = f"{value['low']:.4f} to {value['high']:.4f}"
            table.add_row(name, f"{value['share']:.4f}", f"{value['met']}/{value['counted']}", interval)
    return table
