"""From a view to one HTML file: style, script and pictures are in it, and nothing is fetched."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from evals.files import write_whole
from evals.measures import FIGURES
from evals.outcomes import ORDER
from evals.report.view import view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Template

    from evals.results import Result

LEAST_P = 0.001
FOLDER = Path(__file__).parent
SLUGS = dict(zip(ORDER, ("right", "refused-right", "partly", "refused-wrong", "wrong", "answered-wrong"), strict=True))


def write_page(
    path: Path,
    results: Sequence[Result],
    about: Mapping[str, Any],
    baseline: Sequence[Result],
    labels: Mapping[str, str] | None = None,
) -> None:
    """Write the report; `labels` are people's verdicts by question. Raises UsageError."""
    write_whole(path, page(results, about, baseline, labels))


def page(
    results: Sequence[Result],
    about: Mapping[str, Any],
    baseline: Sequence[Result] = (),
    labels: Mapping[str, str] | None = None,
) -> str:
    """The report as HTML."""
    return _template().render(
        view=view(results, about, baseline),
        style=(FOLDER / "style.css").read_text("utf-8"),
        script=(FOLDER / "filter.js").read_text("utf-8"),
        slugs=SLUGS,
        labels=labels or {},
        titles={name: figure.title for name, figure in FIGURES.items()},
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,  # questions, answers and articles are other people's words
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = lambda share: f"{100 * share:.1f}%"
    environment.filters["chance"] = lambda p: f"{p:.3f}" if p >= LEAST_P else f"below {LEAST_P}"
    environment.filters["share"] = lambda share: f"{share:.3f}"
    environment.filters["picture"] = lambda svg: "data:image/svg+xml," + quote(svg)
    return environment.get_template("page.html.j2")
