"""So much met of so much counted, with an interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z95 = 1.959964
OVERALL = "overall"  # the group that everything is in


@dataclass(frozen=True, slots=True)
class Share:
    """`met` of `counted`, with the bounds of its 95% interval."""

    met: float
    counted: float
    share: float
    low: float
    high: float


def share(met: float, counted: float) -> Share | None:
    """The share and its Wilson score interval (Wilson, JASA 1927); None when nothing was counted."""
    if counted == 0:
        return None
    p = met / counted
    spread = 1 + Z95**2 / counted
    middle = (p + Z95**2 / (2 * counted)) / spread
    half = Z95 * math.sqrt(p * (1 - p) / counted + Z95**2 / (4 * counted**2)) / spread
    return Share(met, counted, round(p, 4), round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4))
