"""The time of a question: what is read as a date, what is left alone, and that nothing breaks it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.asking.dates import MOST_CHARACTERS, dates
from corpus.asking.periods import EARLIEST, LATEST, Period

NOW = date(2026, 6, 17)  # a Wednesday

READ = [
    # a day
    ("what was signed on May 8 2025", "2025-05-08", "2025-05-08"),
    ("8 May 2025?", "2025-05-08", "2025-05-08"),
    ("in the Feb 1 2025 orders", "2025-02-01", "2025-02-01"),
    ("2025-05-08 deal", "2025-05-08", "2025-05-08"),
    ("on the 8th of May", "2026-05-08", "2026-05-08"),
    ("what happened May 8?", "2026-05-08", "2026-05-08"),
    ("on may 8 what did they sign", "2026-05-08", "2026-05-08"),
    ("Sept. 3rd, 2024", "2024-09-03", "2024-09-03"),
    ("on 3 december", "2025-12-03", "2025-12-03"),
    ("FEB 29", "2024-02-29", "2024-02-29"),
    ("april 2-9 2025", "2025-04-02", "2025-04-09"),
    ("seen both 2 and 3 april", "2026-04-02", "2026-04-03"),
    ("from 30 May to 2 June 2025", "2025-05-30", "2025-06-02"),
    ("feb\u00a01\u00a02025", "2025-02-01", "2025-02-01"),
    # a month
    ("in May 2025", "2025-05-01", "2025-05-31"),
    ("in may", "2026-05-01", "2026-05-31"),
    ("why did talks stall in July?", "2025-07-01", "2025-07-31"),
    ("(jan 2026)", "2026-01-01", "2026-01-31"),
    ("the rate in feb '26", "2026-02-01", "2026-02-28"),
    ("2025-05", "2025-05-01", "2025-05-31"),
    ("the may truce", "2026-05-01", "2026-05-31"),
    ("in july 25 percent duties began", "2025-07-01", "2025-07-31"),
    ("in april 10% duties began", "2026-04-01", "2026-04-30"),
    ("last may", "2026-05-01", "2026-05-31"),
    ("last June", "2025-06-01", "2025-06-30"),
    ("this june", "2026-06-01", "2026-06-30"),
    # parts
    ("early June", "2026-06-01", "2026-06-10"),
    ("mid-June", "2026-06-11", "2026-06-20"),
    ("late June", "2025-06-21", "2025-06-30"),
    ("by the end of June", "2025-06-21", "2025-06-30"),
    ("the first week of April 2025", "2025-04-01", "2025-04-10"),
    ("late 2024", "2024-09-01", "2024-12-31"),
    ("the early-2025 duties", "2025-01-01", "2025-04-30"),
    ("in the second half of 2025", "2025-07-01", "2025-12-31"),
    # quarters, halves, seasons, years
    ("Q2 2025", "2025-04-01", "2025-06-30"),
    ("in Q3", "2025-07-01", "2025-09-30"),
    ("a strong first quarter in 2025", "2025-01-01", "2025-03-31"),
    ("H1 2025", "2025-01-01", "2025-06-30"),
    ("summer 2025", "2025-06-01", "2025-08-31"),
    ("last summer", "2025-06-01", "2025-08-31"),
    ("in the fall of 2025", "2025-09-01", "2025-11-30"),
    ("winter 2024", "2024-12-01", "2025-02-28"),
    ("in 2024", "2024-01-01", "2024-12-31"),
    ("give me 2024 farm exports", "2024-01-01", "2024-12-31"),
    ("the 2018-19 trade war", "2018-01-01", "2019-12-31"),
    ("in the 1990s", "1990-01-01", "1999-12-31"),
    ("in 2000", "2000-01-01", "2000-12-31"),
    # counted from now
    ("yesterday", "2026-06-16", "2026-06-16"),
    ("what happened today?", "2026-06-17", "2026-06-17"),
    ("last week", "2026-06-08", "2026-06-14"),
    ("this week", "2026-06-15", "2026-06-21"),
    ("last month", "2026-05-01", "2026-05-31"),
    ("last year", "2025-01-01", "2025-12-31"),
    ("last quarter", "2026-01-01", "2026-03-31"),
    ("last weekend", "2026-06-13", "2026-06-14"),
    ("over the last month", "2026-05-17", "2026-06-17"),
    ("the past two weeks", "2026-06-03", "2026-06-17"),
    ("in the last 12 months", "2025-06-17", "2026-06-17"),
    ("two weeks ago", "2026-06-01", "2026-06-07"),
    ("a year ago", "2025-01-01", "2025-12-31"),
    ("on Wednesday", "2026-06-17", "2026-06-17"),
    ("last Wednesday", "2026-06-10", "2026-06-10"),
    ("on Thursday", "2026-06-11", "2026-06-11"),
    # tied and joined
    ("since April", "2026-04-01", "2026-06-17"),
    ("since the summer of 2025", "2025-06-01", "2026-06-17"),
    ("after June 2025", "2025-07-01", "2026-06-17"),
    ("before June 2025", "1900-01-01", "2025-05-31"),
    ("until June 2025", "1900-01-01", "2025-06-30"),
    ("between April and June", "2026-04-01", "2026-06-30"),
    ("from March until May 2025", "2025-03-01", "2025-05-31"),
    ("since February and until May 2025", "2025-02-01", "2025-05-31"),
    ("after April 2 but before June 2025", "2025-04-03", "2025-05-31"),
    ("November to February 2025", "2024-11-01", "2025-02-28"),
    ("from feb 2025 up to the may truce", "2025-02-01", "2025-05-31"),
    ("from the feb 1 order to march 6 2025", "2025-02-01", "2025-03-06"),
    ("since the May deal", "2026-05-01", "2026-05-31"),
    ("before April's vote", "2026-04-01", "2026-04-30"),
    ("what happened this week, 50 years after 2016", "2026-06-15", "2026-06-21"),
]

LEFT_ALONE = """
before the Supreme Court ruling
after the talks
may the US impose duties?
what may 8 countries do
could the rate may 10% higher
the other 27 may impose duties
duties may rise 10% or more
how does this may affect them
march on washington
the march for trade
did thousands march?
what did Theresa May say in Brussels, and why did May resign?
why did the May government fall
a second fall in prices
did tariffs fall 2025 style
spring a surprise
he took the second
Feb 30
Feb 30 2025
2025-02-30
2025-13-01
July 4, 1776
in 2028
by 2030
this fall
next month
the Trade Act of 1974
the 2015 Trade Preferences Act
the Tariff Act of 1930
2000 jobs
$2024
2,024 cars
a 35-year low
highest since 2008
the first time since April 2020
four score and seven years ago
today's inflation
on Black Friday
April Fool's jokes
in the fall of prices
who is Jan Smith
why
""".strip().splitlines()


@pytest.mark.parametrize(("question", "first", "last"), READ)
def test_a_time_is_read(question: str, first: str, last: str) -> None:
    found = dates(question, NOW)
    assert found.period == Period(date.fromisoformat(first), date.fromisoformat(last))
    assert found.as_of is None


@pytest.mark.parametrize("question", LEFT_ALONE)
def test_what_is_no_date_is_left_alone(question: str) -> None:
    assert dates(question, NOW).period is None


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("rates as of 10 April", "2026-04-10"),
        ("as at 2025-04-10, what applied?", "2025-04-10"),
        ("as of the 10th of April 2025", "2025-04-10"),
        ("as of april 2025", "2025-04-30"),
        ("as of autumn 2025", "2025-11-30"),
        ("as of the end of June 2025", "2025-06-30"),
        ("AS OF 2024", "2024-12-31"),
    ],
)
def test_only_an_explicit_as_of_is_a_limit(question: str, day: str) -> None:
    found = dates(question, NOW)
    assert found.as_of == date.fromisoformat(day)
    assert found.period is None


@pytest.mark.parametrize("question", ["as of today", "as of this week", "as of now", "as of the ruling"])
def test_as_of_now_or_an_event_is_no_limit(question: str) -> None:
    assert dates(question, NOW).as_of is None
    assert dates(question, NOW).period is None


def test_without_now_only_a_named_year_is_read() -> None:
    assert dates("in May", None).period is None
    assert dates("last week", None).period is None
    assert dates("in May 2025", None).period == Period(date(2025, 5, 1), date(2025, 5, 31))
    assert dates("since May 2025", None).period == Period(date(2025, 5, 1), LATEST)


def test_a_guessed_year_leaves_the_one_before_open() -> None:
    assert dates("on april 2", NOW).earlier == Period(date(2025, 4, 2), date(2025, 4, 2))
    assert dates("since april", NOW).earlier == Period(date(2025, 4, 1), NOW)
    for sure in ("on april 2 2025", "yesterday", "last May", "april and june 2025", "why"):
        assert dates(sure, NOW).earlier is None


FRAGMENTS = (
    "may march april 2 and 3 june 2025 2026 1900 2100 1999-2000 since before until as of after the last past this few "
    "weeks years ago 99 31st of feb q2 h1 summer fall first quarter half monday - / , . ? 's % to between "
    "\u017feptember 00 0 19 2025-02-30 last\u00a0week"
).split(" ")
questions = st.text(max_size=300) | st.lists(st.sampled_from(FRAGMENTS), max_size=60).map(" ".join)
nows = st.none() | st.dates()


@given(questions, nows)
def test_it_never_raises_and_stays_in_bounds(question: str, now: date | None) -> None:
    found = dates(question, now)
    for period in (found.period, found.earlier):
        assert period is None or EARLIEST <= period.first <= period.last <= LATEST
    assert found == dates(question, now)


@pytest.mark.parametrize("piece", ["may ", "2025-", "a ", " ", "last ", "the end of ", "first 2 to 3 may ", "as of 1 "])
def test_of_a_long_question_only_the_beginning_is_read(piece: str) -> None:
    assert dates(piece * 100_000, NOW) == dates((piece * 100_000)[:MOST_CHARACTERS], NOW)


def test_a_now_beyond_the_calendar_is_none() -> None:
    assert dates("past quarter", date(2101, 1, 1)) == dates("past quarter", None)
