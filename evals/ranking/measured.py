"""What a measured run came to, in one shape for all sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from evals.statistics.intervals import Estimate
from evals.statistics.reliability import Bin
from evals.statistics.shares import Share

Figure = Share | Estimate | None
Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one set. `facts` say what was asked of how much; a figure of nothing is None."""

    name: str
    facts: Mapping[str, int]
    figures: Figures

    def document(self) -> dict[str, Any]:
        """The section as JSON-ready values."""
        return {**self.facts, **{name: _plain(figure) for name, figure in self.figures.items()}}


@dataclass(slots=True)
class Measured:
    """All sections in the order in which they were measured, and what was left out and why."""

    sections: list[Section] = field(default_factory=list)
    reliability: list[Bin] = field(default_factory=list)
    calibration_error: Estimate | None = None
    ablation: dict[str, Figures] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            **{section.name: section.document() for section in self.sections},
            "reliability": {
                "bins": [asdict(one) for one in self.reliability],
                "expected_calibration_error": _plain(self.calibration_error),
            },
            "ablation": {
                variant: {name: _plain(figure) for name, figure in figures.items()}
                for variant, figures in self.ablation.items()
            },
            "skipped": self.skipped,
        }


def _plain(figure: Figure) -> dict[str, Any] | None:
    return None if figure is None else asdict(figure)
