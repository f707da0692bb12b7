"""Fitting when to refuse: what can be told apart is, nothing judges what it was fitted on, the floor is the best."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.answerability import Signals
from evals.ranking.calibration import Example, best_floor, cross_fitted, fit, fold_count, folds, judge


def example(number: int, *, answerable: bool, best: float) -> Example:
    return Example("set", f"q{number}", answerable, Signals(best, best + 1, 0.5, 0.1 * (number % 3), best / 2))


def separable() -> list[Example]:
    there = [example(number, answerable=True, best=2 + number / 10) for number in range(40)]
    return there + [example(number, answerable=False, best=-2 - number / 10) for number in range(40, 52)]


def test_what_a_signal_separates_is_told_apart() -> None:
    examples = separable()
    calibration = fit(examples)
    found = [judge(one, calibration) for one in examples]
    assert [one.refused for one in found] == [not one.answerable for one in examples]
    assert max(one.probability for one in found if one.refused) < 0.5
    assert min(one.probability for one in found if not one.refused) > 0.5


def test_the_weights_are_for_raw_signals() -> None:
    """A signal in other units gets a weight in other units, and the same probabilities come out."""
    examples = separable()
    rescaled = [
        Example(one.set, one.id, one.answerable, Signals(one.signals.best * 1000 + 7, *one.signals.vector()[1:]))
        for one in examples
    ]
    plain, scaled = fit(examples), fit(rescaled)
    assert scaled.weights[0] == pytest.approx(plain.weights[0] / 1000, rel=1e-3)
    for one, other in zip(examples, rescaled, strict=True):
        assert scaled.probability(other.signals) == pytest.approx(plain.probability(one.signals), abs=1e-3)


def test_a_signal_that_is_always_the_same_changes_nothing() -> None:
    calibration = fit(separable())
    assert calibration.weights[2] == 0.0


@pytest.mark.parametrize(
    ("probabilities", "answerable", "floor"),
    [
        ([0.1, 0.2, 0.6, 0.9], [False, False, True, True], 0.4),  # the middle of the gap
        ([0.1, 0.5, 0.6, 0.9], [False, True, False, True], 0.75),  # F1 .8 there, .67 below .5
        ([0.3, 0.3, 0.8], [False, False, False], 0.9),  # all are refused, by a floor above them
    ],
)
def test_the_floor_refuses_best(probabilities, answerable, floor: float) -> None:
    assert best_floor(probabilities, answerable) == pytest.approx(floor)


def test_of_floors_as_good_the_one_in_the_widest_gap_is_taken() -> None:
    # Refusing one of the two that have no answer, or both of them and two others: F1 is 2/3 either way.
    assert best_floor([0.1, 0.2, 0.5, 0.6, 0.65], [False, True, True, False, True]) == pytest.approx(0.15)
    assert best_floor([0.1, 0.12, 0.5, 0.6, 0.8], [False, True, True, False, True]) == pytest.approx(0.7)


def test_no_question_is_judged_by_a_fit_that_has_seen_it() -> None:
    """A question labelled against its signals is judged by the others, so its own label cannot help it."""
    examples = separable()
    turned = [*examples[1:], Example("set", "q0", False, examples[0].signals)]
    own = next(one for one in cross_fitted(turned) if one.example.id == "q0")
    seen = fit(turned).probability(own.example.signals)
    assert own.probability > seen
    assert not own.refused


def test_every_question_is_judged_once_in_its_place() -> None:
    examples = separable()
    assert [one.example.id for one in cross_fitted(examples)] == [one.id for one in examples]


def test_too_few_of_a_class_are_not_fitted() -> None:
    examples = separable()
    assert fold_count(examples) == 5
    assert fold_count(examples[:43]) == 3
    assert fold_count(examples[:41]) == 0
    assert cross_fitted(examples[:41]) == []


def test_every_set_and_both_of_its_classes_count_the_same() -> None:
    """A large set that has no say in a signal does not drown the small one that has."""
    small = [*separable()[:10], *separable()[40:50]]
    other = [Example("other", one.id, not one.answerable, one.signals) for one in separable() * 20]
    assert fit(small).weights[0] > 0
    both = fit([*small, *small, *other]).weights
    assert both[0] == pytest.approx(fit([*small, *other]).weights[0], rel=0.15)
    assert abs(both[0]) < fit(small).weights[0] / 4


def test_the_floor_is_chosen_where_questions_are_such_as_are_asked() -> None:
    trade = [Example("trade", one.id, one.answerable, one.signals) for one in separable()]
    odd = [Example("odd", f"{n}", n % 2 == 0, example(n, answerable=True, best=n - 12).signals) for n in range(20)]
    calibration = fit([*trade, *odd])
    refused = {one.example.id for one in (judge(one, calibration) for one in trade) if one.refused}
    assert refused == {one.id for one in trade if not one.answerable}


labelled = st.dictionaries(
    st.tuples(st.sampled_from(["trade", "quiz"]), st.text(max_size=8)), st.booleans(), min_size=10, max_size=60
)


@settings(max_examples=50, deadline=None)
@given(labelled)
def test_folds_cover_everything_and_share_sets_and_labels(labels) -> None:
    examples = [Example(*key, answerable, Signals(0, 0, 0, 0, 0)) for key, answerable in labels.items()]
    placed = folds(examples, 5)
    assert set(placed) == set(labels)
    for group in {(key[0], answerable) for key, answerable in labels.items()}:
        sizes = Counter(placed[key] for key, answerable in labels.items() if (key[0], answerable) == group)
        assert max(sizes.values()) - min(sizes[fold] for fold in range(5)) <= 1
    assert folds(reversed(examples), 5) == placed


def test_a_question_asked_with_and_without_its_evidence_is_in_one_fold() -> None:
    twice = [
        Example("quiz", f"{n}", answerable, Signals(0, 0, 0, 0, 0)) for n in range(20) for answerable in (True, False)
    ]
    assert len(folds(twice, 5)) == 20
