"""What `peers.py` prints: two Markdown tables and what is to be known about them."""

from collections.abc import Mapping
from typing import Any

from evals.statistics.shares import Share

LITTLE = 0.001  # the least p that is written out


def show(printed: Mapping[str, Any]) -> None:
    """Print the document that `--json` would print."""
    print("| | top 1 | top 4 | top 10 | words in the top 4 | characters | build | search |\n|" + "---|" * 8)
    for name, row in printed["sides"].items():
        print("|", " | ".join([name, *(cell(value) for value in row.values())]), "|")
    print("\n| only Accord finds / only the peer, p | top 1 | top 4 | top 10 |\n|" + "---|" * 4)
    for name, pairs in printed["against_accord"].items():
        cells = [f"{one.only_accord} / {one.only_side}, {chance(one.p)}" for one in pairs.values()]
        print("|", " | ".join([name, *cells]), "|")
    print(
        f"\n{printed['questions']} questions with evidence. {printed['follow_ups']} follow-ups, put to every side as "
        f"Accord makes them stand alone. {printed['with_as_of']} with a day, which only Accord keeps to."
    )
    typed = [f"{name} {one.met}/{one.counted}" for name, one in printed["follow_ups_as_typed_at_4"].items() if one]
    if typed:
        print(f"Follow-ups as typed, evidence in the top 4: {'; '.join(typed)}.")
    print(", ".join(f"{package} {number}" for package, number in printed["versions"].items()))


def cell(value: Share | float | None) -> str:
    """A share with counts and its 95% interval, or a plain figure."""
    if isinstance(value, Share):
        return f"{bare(value.share)} ({value.met}/{value.counted}; {bare(value.low)} to {bare(value.high)})"
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:.2f}"


def chance(p: float) -> str:
    """A p-value as it is written."""
    return f"p < {bare(LITTLE)}" if p < LITTLE else f"p = {bare(p)}"


def bare(value: float) -> str:
    """Three decimals, without the zero before them."""
    return f"{value:.3f}".removeprefix("0")
