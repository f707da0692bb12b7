"""A whole question: its time, its outlet, and whether it asks how things are now."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.asking.periods import Period
from corpus.asking.reading import Reading, read

NOW = date(2026, 6, 17)
OUTLETS = ("Reuters", "BBC News", "bbc.co.uk")


@pytest.mark.parametrize(
    "question",
    [
        "what is the current rate on steel?",
        "whats the tariff on EU cars?",
        "What's the tariff on EU cars?",
        "what are the duties on steel and aluminum?",
        "how high is the baseline tariff",
        "what total rate are chinese imports facing right now?",
        "what rate applies to Swiss watches?",
        "what tariff does Japan face? which rate is it",
        "Has the Supreme Court ruled yet?",
        "is the 50% on Brazil still in force",
        "is china buying any soybeans?",
        "latest on the talks",
        "where do the talks stand now?",
        "as of today, which countries have a deal",
        "what's today's tariff rate",
    ],
)
def test_a_question_about_now(question: str) -> None:
    assert read(question, NOW, OUTLETS).present


@pytest.mark.parametrize(
    "question",
    [
        "what rate did Indonesia end up with?",
        "which union leader still cheered the duties",
        "latest date the duty could start?",
        "by Friday at the latest",
        "who became the latest to join",
        "how did things stand then and now-defunct pacts",
        "what's the chicken tax?",
        "Is it cheap, yet good",
        "are they doing the same thing? (may 2025)",
        "what was the current rate in 2024",
        "the tariff refund system: what is the tariff refund system",
        "why did talks stall",
        "is anything wrong with beijing",
    ],
)
def test_a_question_not_about_now(question: str) -> None:
    assert not read(question, NOW, OUTLETS).present


def test_all_is_read_together() -> None:
    assert read("according to the BBC, what was agreed in May 2025?", NOW, OUTLETS) == Reading(
        period=Period(date(2025, 5, 1), date(2025, 5, 31)), outlet="BBC News"
    )
    assert read("what rates applied as of 10 April?", NOW, OUTLETS) == Reading(as_of="2026-04-10", present=True)


def test_two_outlets_are_no_preference() -> None:
    assert read("what did Reuters say and what did the BBC say", NOW, OUTLETS).outlet is None


def test_a_question_that_says_nothing_reads_as_nothing() -> None:
    assert read("why did talks on autos stall?", NOW, OUTLETS) == Reading()
    assert read("", None, ()) == Reading()


@given(st.text(max_size=300), st.none() | st.dates(), st.lists(st.text(max_size=20), max_size=4))
def test_it_never_raises(question: str, now: date | None, outlets: list[str]) -> None:
    found = read(question, now, outlets)
    assert found.outlet is None or found.outlet in outlets
    assert found.as_of is None or date.fromisoformat(found.as_of)
