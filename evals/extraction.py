"""`accord eval extraction`: how much of an article comes out of its web page, and how much of the page with it.

The score is that of Zyte's article extraction benchmark: a page's text and the true article body are compared as
multisets of 4-grams of words; true positives, false positives and false negatives are normalised by their sum, so
that a long page counts no more than a short one; precision and recall are means over the pages and F1 is taken
over these means (https://github.com/scrapinghub/article-extraction-benchmark, evaluate.py).
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from typing import Annotated, Any

import typer

from corpus.errors import UsageError
from corpus.shell import AsJson, print_json

WORDS_TOGETHER = 4
TRUTH_FILE = "ground-truth.json"
_WORD = re.compile(r"\w+")
_RESAMPLED = 1_000
_SEED = 20_250_708
_DAY = "2100-01-01"  # dates are not scored, so none is in the future
_MIDDLE_95 = (0.025, 0.975)

Extractor = Callable[[str, str], str]
"""(HTML, address) to the text of the article."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A page's 4-grams found, added and missed, as shares of their sum."""

    found: float
    added: float
    missed: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over pages, each 0..1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a set with the article that it holds."""

    name: str
    html: str
    url: str
    body: str


def overlap(true: str, found: str) -> Overlap:
    """How the text that was found covers the true one."""
    wanted, got = _shingles(true), _shingles(found)
    parts = ((wanted & got).total(), (got - wanted).total(), (wanted - got).total())
    total = sum(parts) or 1
    return Overlap(*(part / total for part in parts))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    """A text of fewer words is one shorter 4-gram, an empty one has none."""
    words = _WORD.findall(text)
    starts = range(max(1, len(words) - WORDS_TOGETHER + 1))
    return Counter(shingle for i in starts if (shingle := tuple(words[i : i + WORDS_TOGETHER])))


def quality(pages: Sequence[Overlap]) -> Quality:
    """Precision over the pages that gave text, recall over those that have some, and F1 of the two means."""
    gave = [page.found / (page.found + page.added) for page in pages if page.found + page.added]
    have = [page.found / (page.found + page.missed) for page in pages if page.found + page.missed]
    precision, recall = mean(gave) if gave else 0.0, mean(have) if have else 0.0
    both = precision + recall
    return Quality(precision, recall, 2 * precision * recall / both if both else 0.0)


def interval(pages: Sequence[Overlap], resampled: int = _RESAMPLED) -> dict[str, tuple[float, float]]:
    """The 95% interval of each figure: pages drawn again with replacement, from a fixed seed."""
    if not pages:
        return {}
    draw = random.Random(_SEED)  # noqa: S311 - a bootstrap has to be repeatable, not secret
    drawn = [asdict(quality(draw.choices(pages, k=len(pages)))) for _ in range(resampled)]
    return {name: _middle(sorted(figures[name] for figures in drawn)) for name in asdict(quality(pages))}


def _middle(values: Sequence[float]) -> tuple[float, float]:
    low, high = (round(share * (len(values) - 1)) for share in _MIDDLE_95)
    return values[low], values[high]


def load(folder: Path) -> Iterator[Page]:
    """The pages of a set: `NAME.html.gz` files and ground-truth.json, which maps NAME to `articleBody` and `url`."""
    try:
        truth = json.loads((folder / TRUTH_FILE).read_text("utf-8"))
        for name, row in sorted(truth.items()):
            html = gzip.decompress((folder / f"{name}.html.gz").read_bytes()).decode("utf-8", errors="replace")
            yield Page(name, html, _text(row.get("url")), _text(row.get("articleBody")))
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror or error}; give a folder with {TRUTH_FILE} and pages") from None
    except (ValueError, AttributeError, TypeError) as error:
        raise UsageError(f"{folder}: {TRUTH_FILE} or a page is damaged ({error}); get the set again") from None


def _text(value: object) -> str:
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value or ""


def by_accord(html: str, url: str) -> str:
    """What Accord reads in the page; whether it would take it for an article is counted apart (`skipped`)."""
    from ingest.extract.html_worker import text_in

    return text_in(html, url)


def by_trafilatura(html: str, url: str) -> str:
    """What trafilatura takes from the page as it comes, without comments."""
    from trafilatura import extract

    return extract(html, url=url, include_comments=False) or ""


EXTRACTORS: dict[str, Extractor] = {"accord": by_accord, "trafilatura": by_trafilatura}


def measured(folder: Path) -> dict[str, Any]:
    """Each extractor's figures with their intervals, and the pages that Accord would not take for articles."""
    pages = list(load(folder))
    scored = {
        name: [overlap(page.body, extractor(page.html, page.url)) for page in pages]
        for name, extractor in EXTRACTORS.items()
    }
    return {
        "pages": len(pages),
        "extractors": {name: _figures(overlaps) for name, overlaps in scored.items()},
        "skipped": list(_skipped(pages)),
    }


def _skipped(pages: Iterable[Page]) -> Iterator[dict[str, str]]:
    """The pages that Accord would leave out as no article, and why."""
    from corpus.errors import SourceSkipped
    from ingest.extract.html_worker import read_page

    for page in pages:
        try:
            read_page(page.html, page.url, _DAY)
        except SourceSkipped as error:
            yield {"page": page.name, "url": page.url, "reason": str(error)}


def _figures(overlaps: Sequence[Overlap]) -> dict[str, Any]:
    bounds = interval(overlaps)
    named = {
        name: {"value": round(value, 4), "low": round(bounds[name][0], 4), "high": round(bounds[name][1], 4)}
        for name, value in asdict(quality(overlaps)).items()
    }
    return {**named, "without_text": sum(not page.found + page.added for page in overlaps)}


def register(evaluation: typer.Typer) -> None:
    """Mount the command."""
    evaluation.command("extraction")(extraction)


def extraction(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=f"Pages (NAME.html.gz) and {TRUTH_FILE}.")],
    as_json: AsJson = False,
) -> None:
    """Score the article text taken from web pages against the true one, beside plain trafilatura."""
    document = measured(folder)
    if as_json:
        print_json(document)
    else:
        _show(document)


def _show(document: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(
        title=f"Article text from {document['pages']} pages",
        title_justify="left",
        box=None,
        header_style="bold",
        pad_edge=False,
    )
    for heading in ("extractor", "figure", "value", "95% interval", "without text"):
        table.add_column(heading)
    for name, figures in document["extractors"].items():
        for figure in ("precision", "recall", "f1"):
            one = figures[figure]
            bounds = f"{one['low']:.3f} to {one['high']:.3f}"
            table.add_row(name, figure, f"{one['value']:.3f}", bounds, str(figures["without_text"]))
    console = Console()
    console.print(table)
    for page in document["skipped"]:
        console.print(f"skipped: {page['url'] or page['page']}: {page['reason']}", markup=False, soft_wrap=True)
