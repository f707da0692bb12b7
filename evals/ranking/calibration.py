"""Fitting the probability that a question is answered, and the floor below which it is refused.

Logistic regression over the signals of a search (Platt, "Probabilistic Outputs for Support Vector Machines", 1999). It
is fitted to several sets, in which different shares have an answer: every set counts the same, and in it those with an
answer as much as those without, so that a probability says what the signals say and not how a set was made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.answerability import Calibration, Signals
from corpus.types import sha256

FOLDS = 5
FEWEST = 2  # of each class, so that one can be held out
DEVELOPMENT = "trade"  # the set that the floor is chosen on, where it is there: its questions are such as are asked

Key = tuple[str, str]  # set and id of a question


@dataclass(frozen=True, slots=True)
class Example:
    """What a search said about a question of a set, and whether there was an answer to find."""

    set: str
    id: str
    answerable: bool
    signals: Signals


@dataclass(frozen=True, slots=True)
class Judged:
    """An example with the probability that it got, and whether that was below the floor."""

    example: Example
    probability: float
    refused: bool

    @property
    def answerable(self) -> bool:
        """Whether there was an answer to find."""
        return self.example.answerable


def judge(example: Example, calibration: Calibration) -> Judged:
    """The example as a calibration judges it."""
    probability = calibration.probability(example.signals)
    return Judged(example, probability, probability < calibration.floor)


def fit(examples: Sequence[Example]) -> Calibration:
    """The calibration of labelled examples of both classes, with the floor that refuses best among them.

    The L2 penalty sees the signals in units of their standard deviation; the weights returned are for raw signals.
    """
    from sklearn.linear_model import (  # type: ignore[import-untyped]  # scikit-learn carries no types
        LogisticRegression,
    )

    raw = np.array([example.signals.vector() for example in examples], np.float64)
    middle, spread = raw.mean(axis=0), raw.std(axis=0)
    spread[spread == 0] = 1.0  # a signal that is always the same tells nothing
    labels = [example.answerable for example in examples]
    model = LogisticRegression(max_iter=1_000).fit((raw - middle) / spread, labels, _shares(examples))
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ middle)
    free = Calibration(tuple(float(weight) for weight in weights), bias, 0.0)
    deciding = [example for example in examples if example.set == DEVELOPMENT] or examples
    probabilities = [free.probability(example.signals) for example in deciding]
    return Calibration(free.weights, free.bias, best_floor(probabilities, [one.answerable for one in deciding]))


def _shares(examples: Sequence[Example]) -> list[float]:
    """What each example counts: as many as there are altogether, each class of each set the same."""
    sizes = Counter((example.set, example.answerable) for example in examples)
    return [len(examples) / len(sizes) / sizes[example.set, example.answerable] for example in examples]


def best_floor(probabilities: Sequence[float], answerable: Sequence[bool]) -> float:
    """The floor with the best F1 of refusing what is not answerable.

    It lies in the middle between two neighbouring probabilities; of floors that are as good, between those
    farthest apart.
    """
    marks = np.unique([0.0, *probabilities, 1.0])
    floors, gaps = (marks[:-1] + marks[1:]) / 2, np.diff(marks)
    scored = [_f1(probabilities, answerable, floor) for floor in floors]
    return float(floors[max(range(len(floors)), key=lambda number: (scored[number], gaps[number]))])


def _f1(probabilities: Sequence[float], answerable: Sequence[bool], floor: float) -> float:
    refused = [probability < floor for probability in probabilities]
    right = sum(not there for there, gone in zip(answerable, refused, strict=True) if gone)
    return 2 * right / (sum(refused) + sum(not there for there in answerable))


def fold_count(examples: Sequence[Example]) -> int:
    """How many folds leave both classes to fit on: 5, fewer when a class has fewer, 0 when there is no fitting."""
    answerable = sum(example.answerable for example in examples)
    smaller = min(answerable, len(examples) - answerable)
    return min(FOLDS, smaller) if smaller >= FEWEST else 0


def cross_fitted(examples: Sequence[Example]) -> list[Judged]:
    """Every example as a calibration judges it that was fitted without its fold; none when a class is too small."""
    count = fold_count(examples)
    if not count:
        return []
    placed = folds(examples, count)
    fitted = [fit([one for one in examples if placed[_key(one)] != fold]) for fold in range(count)]
    return [judge(one, fitted[placed[_key(one)]]) for one in examples]


def folds(examples: Iterable[Example], count: int) -> dict[Key, int]:
    """The fold of each question, with like shares of sets and labels in all, in an order that only the ids decide.

    A question that was asked twice, with its evidence and without, is in one fold.
    """
    labels: dict[Key, list[bool]] = {}
    for one in examples:
        labels.setdefault(_key(one), []).append(one.answerable)
    ordered = sorted(labels, key=lambda key: (key[0], labels[key], sha256(key[1])))
    return {key: place % count for place, key in enumerate(ordered)}


def _key(example: Example) -> Key:
    return example.set, example.id
