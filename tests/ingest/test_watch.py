"""Watching: slower while nothing answers, at once ready to stop, and never ended by a store that is busy."""

import threading

import pytest

from corpus.errors import StoreBusy
from ingest.report import Item, Report
from ingest.watch import LONGEST_S, interval, watch


def test_the_pause_doubles_up_to_an_hour_and_never_shrinks() -> None:
    assert [interval(60, failures) for failures in range(4)] == [60, 120, 240, 480]
    assert interval(60, 1_000) == LONGEST_S
    assert interval(7_200, 5) == 7_200


def test_rounds_go_on_over_a_busy_store_until_stopped() -> None:
    stop, told, refused = threading.Event(), [], []
    results = iter([StoreBusy("busy"), Report([Item("a", "failed")]), Report([Item("a", "unchanged")])])

    def once() -> Report:
        result = next(results)
        if isinstance(result, StoreBusy):
            raise result
        return result

    def tell(report: Report) -> None:
        told.append(report)
        if report.count("unchanged"):
            stop.set()

    watch(once, 0.001, stop, tell, refused.append)
    assert [report.items[0].outcome for report in told] == ["failed", "unchanged"]
    assert len(refused) == 1


def test_any_other_error_ends_it() -> None:
    def once() -> Report:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        watch(once, 0.001, threading.Event(), print, print)
