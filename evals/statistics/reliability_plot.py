"""The reliability of probabilities as an SVG picture that needs nothing else, for light and dark pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from evals.statistics.reliability import Bin

WIDTH, HEIGHT = 520, 640
LEFT, SIDE = 64, 420  # the square in which probability meets share answerable
TOP = 56
BARS_TOP, BARS_HEIGHT = TOP + SIDE + 24, 72  # the counts, below it
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
STYLE = """
  svg { --page: #ffffff; --ink: #1f2328; --soft: #59636e; --rule: #d8dee4; --mark: #0b62c4; }
  @media (prefers-color-scheme: dark) {
    svg { --page: #0d1117; --ink: #e6edf3; --soft: #9198a1; --rule: #30363d; --mark: #6cb0ff; }
  }
  .page { fill: var(--page); }
  text { fill: var(--soft); font: 12px system-ui, sans-serif; }
  .title { fill: var(--ink); font-size: 15px; font-weight: 600; }
  .rule { stroke: var(--rule); stroke-width: 1; }
  .diagonal { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 5 4; }
  .interval { stroke: var(--mark); stroke-width: 1.5; }
  .point { fill: var(--mark); stroke: var(--page); stroke-width: 1.5; }
  .bar { fill: var(--mark); fill-opacity: 0.45; }
  .count { font-size: 10.5px; }
"""


def svg(bins: Sequence[Bin]) -> str:
    """The picture: a point for each bin that holds questions with its interval, the diagonal, a bar for each count."""
    total = sum(one.counted for one in bins)
    name = f"Reliability over {total:,} questions"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(name)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="title" x="{LEFT}" y="30">{escape(name)}</text>',
        *_frame(),
        *_points(bins),
        *_bars(bins),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _frame() -> Iterator[str]:
    for tick in TICKS:
        x, y = _x(tick), _y(tick)
        yield f'<line class="rule" x1="{x}" y1="{_y(0)}" x2="{x}" y2="{_y(1)}"/>'
        yield f'<line class="rule" x1="{_x(0)}" y1="{y}" x2="{_x(1)}" y2="{y}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{tick:.1f}</text>'
        yield f'<text x="{x}" y="{BARS_TOP + BARS_HEIGHT + 18}" text-anchor="middle">{tick:.1f}</text>'
    yield f'<line class="diagonal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    middle = _y(0.5)
    yield f'<text x="18" y="{middle}" text-anchor="middle" transform="rotate(-90 18 {middle})">share answerable</text>'
    bars = BARS_TOP + BARS_HEIGHT / 2
    yield f'<text x="18" y="{bars}" text-anchor="middle" transform="rotate(-90 18 {bars})">questions</text>'
    yield f'<text x="{_x(0.5)}" y="{HEIGHT - 14}" text-anchor="middle">probability that the question is answered</text>'


def _points(bins: Sequence[Bin]) -> Iterator[str]:
    for one in bins:
        if one.answerable is None or one.mean_probability is None:
            continue
        share, x = one.answerable, _x(one.mean_probability)
        yield f'<line class="interval" x1="{x}" y1="{_y(share.low)}" x2="{x}" y2="{_y(share.high)}"/>'
        said = f"{share.met} of {share.counted} answerable, mean probability {one.mean_probability:.2f}"
        yield f'<circle class="point" cx="{x}" cy="{_y(share.share)}" r="5"><title>{said}</title></circle>'


def _bars(bins: Sequence[Bin]) -> Iterator[str]:
    most = max(one.counted for one in bins) or 1
    for one in bins:
        height = round(BARS_HEIGHT * one.counted / most, 1)
        left, right, top = _x(one.low) + 2, _x(one.high) - 2, round(BARS_TOP + BARS_HEIGHT - height, 1)
        yield f'<rect class="bar" x="{left:.1f}" y="{top}" width="{right - left:.1f}" height="{height}"/>'
        centre = (left + right) / 2
        yield f'<text class="count" x="{centre:.1f}" y="{top - 4:.1f}" text-anchor="middle">{one.counted}</text>'
    base = BARS_TOP + BARS_HEIGHT
    yield f'<line class="rule" x1="{_x(0)}" y1="{base}" x2="{_x(1)}" y2="{base}"/>'


def _x(value: float) -> float:
    return round(LEFT + value * SIDE, 1)


def _y(value: float) -> float:
    return round(TOP + (1 - value) * SIDE, 1)
