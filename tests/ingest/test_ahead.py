"""Reading ahead: order kept, the window kept, and what a source turns out to hold comes next."""

import threading

import pytest

from ingest.ahead import Frontier, ahead


def test_outcomes_come_in_the_order_of_their_sources() -> None:
    first_may_go = threading.Event()

    def work(n: int) -> int:
        if n == 0:
            assert first_may_go.wait(10)
        elif n == 3:
            first_may_go.set()
        return n * n

    assert list(ahead(work, Frontier(range(6)), jobs=4, window=4)) == [0, 1, 4, 9, 16, 25]


def test_no_more_than_the_window_is_read_ahead_of_the_caller() -> None:
    pulled: list[int] = []

    def sources():
        for n in range(1_000):
            pulled.append(n)
            yield n

    outcomes = ahead(lambda n: n, Frontier(sources()), jobs=2, window=8)
    for _ in range(5):
        next(outcomes)
    outcomes.close()
    assert len(pulled) <= 13


def test_what_is_pushed_between_two_results_is_read_even_at_the_end() -> None:
    frontier = Frontier([100])
    found = []
    for outcome in ahead(lambda n: n, frontier, jobs=2, window=4):
        found.append(outcome)
        if outcome == 100:
            frontier.push([1, 2])
    assert found == [100, 1, 2]


def test_an_error_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        list(ahead(lambda n: 1 // n, Frontier([1, 0]), jobs=2, window=4))
