"""Questions are altered so that their passage no longer answers them, and stay questions."""

import random

import pytest

from training.altered import ENOUGH, Alterer
from training.data import Source


def source(number: int, *sentences: str, published: str = "2025-03-04") -> Source:
    return Source(f"s{number}", f"g{number}", "", published, sentences)


def draw(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a seeded draw is what is wanted


PLACES = "Ohio Peru Kenya Norway Oregon Chile Nepal Malta Tonga Qatar Texas Idaho Italy Spain Egypt".split()


@pytest.fixture
def alterer() -> Alterer:
    """Names that stand after "in" often enough to be taken for places, and one person."""
    many = [source(number, f"The mills in {PLACES[number % len(PLACES)]} closed.") for number in range(ENOUGH)]
    return Alterer([*many, source(99, "It was said that Mr. Weber in Malta would sue.")])


def test_a_place_becomes_another_place(alterer) -> None:
    told = source(0, "The mills in Ohio closed.")
    for seed in range(20):
        altered = alterer.altered("why did the mills in ohio close?", told, draw(seed))
        assert altered is not None
        name = altered.removeprefix("why did the mills in ").removesuffix(" close?")
        assert name != "ohio"
        assert name.title() in PLACES


def test_a_name_that_the_passage_does_not_hold_stays(alterer) -> None:
    assert alterer.altered("why did the mills in Peru close?", source(0, "Nothing of it."), draw(1)) is None


def test_what_the_passage_says_as_well_is_never_put_in(alterer) -> None:
    told = source(0, "The mills in Ohio closed, and those in " + ", ".join(PLACES[1:-1]) + ".")
    found = {alterer.altered("what closed in Ohio?", told, draw(seed)) for seed in range(60)}
    assert found <= {None, f"what closed in {PLACES[-1]}?"}
    assert len(found) == 2


@pytest.mark.parametrize(
    ("question", "kept"),
    [("what did mills sell in April?", "what did mills sell in "), ("who won in 2019?", "who won in ")],
)
def test_without_a_name_the_date_is_altered(alterer, question: str, kept: str) -> None:
    altered = alterer.altered(question, source(0, "They sold steel in April 2019."), draw(3))
    assert altered is not None
    assert altered.startswith(kept)
    assert altered != question


def test_part_of_a_longer_name_is_not_altered(alterer) -> None:
    told = source(0, "The mills in Ohio closed, said the Ohio Valley Trust.")
    assert alterer.altered("what did the Ohio Valley Trust say?", told, draw(1)) is None


def test_the_same_seed_alters_the_same(alterer) -> None:
    told = source(0, "The mills in Ohio closed.")
    one, other = (alterer.altered("what closed in Ohio?", told, draw(5)) for _ in range(2))
    assert one == other
