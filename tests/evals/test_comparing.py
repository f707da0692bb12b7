"""Two runs side by side, and the intervals and chances that they are told apart by."""

import numpy as np
import pytest

from corpus.errors import UsageError
from evals.comparing import compared
from evals.results import GoldRow, Result
from evals.statistics.bootstrap import shares
from evals.statistics.shares import share
from evals.statistics.significance import differences
from evals.summary import summarised

ANSWER = {"status": "answered", "text": "t", "as_of": None, "sentences": [], "citations": [], "notes": []}


def result(number: int, *, right: bool, type_: str = "why", question: str = "q") -> Result:
    met = int(right)
    return Result(
        id=f"q{number}",
        type=type_,
        answer={**ANSWER, "question": f"{question}{number}", "timings_ms": {"total": number}},
        scores={"must_include": met, "evidence_cited": met, "evidence_any_cited": met},
        counts={"must_include": (met, 1), "evidence_cited": (met, 1), "evidence_any_cited": (met, 1)},
        gold=GoldRow(answerable=True, answer="a", must_include=(), evidence=(), history=()),
    )


def test_a_share_of_nothing_but_right_ones_has_wilsons_interval_and_another_a_drawn_one() -> None:
    met, counted = np.array([[1.0, 1.0], [1.0, 0.0], [1.0, 1.0], [1.0, 0.0]]), np.ones((4, 2))
    whole, half = shares(met, counted)
    assert whole == share(4, 4)
    assert (half.share, half.met) == (0.5, 2)
    assert 0 <= half.low < 0.5 < half.high <= 1


def test_nothing_counted_is_no_share() -> None:
    assert shares(np.zeros((3, 1)), np.zeros((3, 1))) == [None]
    assert differences((np.zeros((3, 1)),) * 2, (np.zeros((3, 1)),) * 2) == [None]


def test_chance_explains_a_small_difference_and_not_a_large_one() -> None:
    counted = np.ones((40, 2))
    first, second = np.zeros((40, 2)), np.zeros((40, 2))
    second[:20, 0], second[0, 1] = 1, 1
    large, small = differences((first, counted), (second, counted))
    assert (large.value, large.p < 0.001) == (0.5, True)
    assert (small.value, small.p) == (0.025, 1.0)


def test_what_got_better_and_what_worse_is_told_by_question() -> None:
    first = [result(number, right=number < 5) for number in range(10)]
    second = [result(number, right=number > 0) for number in range(10)]
    found = compared(first, second)
    assert {flip.id: flip.better for flip in found.flips} == {"q0": False, **{f"q{n}": True for n in range(5, 10)}}
    assert next(one for one in found.moved if one.name == "must_include").better is True
    assert not found.identical


def test_runs_that_differ_in_times_alone_are_identical() -> None:
    first = [result(number, right=True) for number in range(3)]
    second = [one.model_copy(update={"answer": {**one.answer, "timings_ms": {"total": 99}}}) for one in first]
    assert compared(first, second).identical


def test_another_question_under_the_same_id_is_left_out() -> None:
    found = compared(
        [result(1, right=True), result(2, right=True)], [result(1, right=True, question="x"), result(2, right=True)]
    )
    assert (found.altered, found.questions) == (["q1"], 1)
    with pytest.raises(UsageError, match="no question in common"):
        compared([result(1, right=True)], [result(2, right=True)])


def test_shares_are_summed_by_type_and_overall() -> None:
    summary = summarised([result(1, right=True), result(2, right=False, type_="who")])["must_include"]
    assert {group: value.share for group, value in summary.items()} == {"overall": 0.5, "why": 1.0, "who": 0.0}
