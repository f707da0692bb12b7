"""Reliability: ten bins, the distance from the diagonal, and a picture of both."""

import xml.etree.ElementTree as ET

import pytest

from corpus.answerability import Signals
from evals.ranking.calibration import Example, Judged
from evals.statistics.reliability import BINS, binned, calibration_error
from evals.statistics.reliability_plot import svg

SVG = "{http://www.w3.org/2000/svg}"


def judged(probability: float, *, answerable: bool) -> Judged:
    return Judged(Example("set", "q", answerable, Signals(0, 0, 0, 0, 0)), probability, refused=False)


# .05 with none of two answerable, .85 with three of four, 1 with one of one.
SOME = [
    *[judged(0.05, answerable=False)] * 2,
    *[judged(0.85, answerable=True)] * 3,
    judged(0.85, answerable=False),
    judged(1.0, answerable=True),
]


def test_a_question_is_in_the_bin_of_its_probability() -> None:
    bins = binned(SOME)
    assert [one.counted for one in bins] == [2, 0, 0, 0, 0, 0, 0, 0, 4, 1]
    assert [(one.low, one.high) for one in (bins[0], bins[9])] == [(0.0, 0.1), (0.9, 1.0)]
    assert bins[8].mean_probability == 0.85
    assert (bins[8].answerable.met, bins[8].answerable.share) == (3, 0.75)
    assert (bins[1].mean_probability, bins[1].answerable) == (None, None)
    assert binned([]) == []


def test_the_calibration_error_weighs_the_bins_distances_by_their_counts() -> None:
    found = calibration_error(SOME)
    assert found.value == pytest.approx((2 * 0.05 + 4 * 0.10 + 1 * 0.0) / 7, abs=1e-4)
    assert found.counted == 7
    assert found.low <= found.high
    assert calibration_error([]) is None


def test_the_picture_holds_a_bar_for_each_bin_and_a_point_for_each_that_is_not_empty() -> None:
    root = ET.fromstring(svg(binned(SOME)))  # noqa: S314 - what was just written
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "bar"]
    points = [circle for circle in root.iter(f"{SVG}circle") if circle.get("class") == "point"]
    assert len(bars) == BINS
    assert [float(bar.get("height")) for bar in bars][8:] == [72.0, 18.0]
    assert len(points) == 3
    assert [float(point.get("cy")) for point in points] == sorted((float(p.get("cy")) for p in points), reverse=True)
    assert sum(line.get("class") == "diagonal" for line in root.iter(f"{SVG}line")) == 1


def test_the_picture_needs_nothing_from_elsewhere_and_knows_dark_pages() -> None:
    picture = svg(binned(SOME))
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert "prefers-color-scheme: dark" in picture
