"""How well an article suits what the question says of time and outlet."""

import json
from datetime import date, timedelta
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.asking.periods import EARLIEST, LATEST, Period
from corpus.asking.reading import Reading, read
from corpus.asking.timeliness import (
    EARLIER_YEAR,
    FULL_DAYS_AFTER,
    HALF_LIFE_AFTER,
    HALF_LIFE_BEFORE,
    HALF_LIFE_PRESENT,
    UNDATED,
    day_of,
    fit,
    of_outlet,
    of_period,
    of_present,
)

MAY = Period(date(2025, 5, 1), date(2025, 5, 31))
NOW = date(2026, 6, 17)


def test_the_period_and_the_days_after_it_count_fully() -> None:
    assert of_period(MAY, "2025-05-01") == of_period(MAY, "2025-05-31T23:00:00+02:00") == 1
    assert of_period(MAY, (MAY.last + timedelta(days=FULL_DAYS_AFTER)).isoformat()) == 1


def test_it_falls_off_by_half_lives_on_both_sides() -> None:
    before, after = (
        MAY.first - timedelta(days=HALF_LIFE_BEFORE),
        MAY.last + timedelta(FULL_DAYS_AFTER + HALF_LIFE_AFTER),
    )
    assert of_period(MAY, before.isoformat()) == of_period(MAY, after.isoformat()) == 0.5
    assert of_period(MAY, "2019-05-15") < 0.001


def test_newer_is_gently_better_for_the_present() -> None:
    assert of_present(NOW, NOW.isoformat()) == of_present(NOW, "2027-01-01") == 1
    assert of_present(NOW, (NOW - timedelta(days=HALF_LIFE_PRESENT)).isoformat()) == 0.5


def test_the_outlet_is_the_same_under_another_name() -> None:
    assert of_outlet("BBC News", "bbc.co.uk") == 1
    assert of_outlet("BBC News", "Reuters") == of_outlet("BBC News", None) == 0


@pytest.mark.parametrize("published", [None, "", "soon", "2025-02-30"])
def test_an_unknown_day_is_neither_good_nor_bad(published: str | None) -> None:
    assert of_period(MAY, published) == of_present(NOW, published) == UNDATED


def test_nothing_said_is_nothing_added() -> None:
    assert fit(Reading(), "2025-05-01", "Reuters", NOW) == 0


def test_the_parts_that_are_spoken_of_are_averaged() -> None:
    wanted = Reading(period=MAY, outlet="Reuters")
    assert fit(wanted, "2025-05-08", "Reuters", NOW) == 1
    assert fit(wanted, "2025-05-08", "CNN", NOW) == 0.5


def test_the_year_before_counts_less_when_the_year_is_open() -> None:
    open_year = Reading(period=Period(date(2026, 5, 1), date(2026, 5, 31)), earlier=MAY)
    assert fit(open_year, "2025-05-08", None, NOW) == EARLIER_YEAR
    assert fit(open_year, "2026-05-08", None, NOW) == 1


def test_as_of_is_the_now_of_its_question() -> None:
    then = Reading(as_of="2025-04-10", present=True)
    assert fit(then, "2025-04-10", None, NOW) == 1
    assert fit(Reading(present=True), "2025-04-10", None, NOW) < 0.5
    assert fit(Reading(present=True), "2025-04-10", None, None) == UNDATED


@given(
    st.builds(
        Reading,
        st.none()
        | st.tuples(st.dates(EARLIEST, LATEST), st.dates(EARLIEST, LATEST)).map(lambda d: Period(min(d), max(d))),
        st.none() | st.dates().map(date.isoformat) | st.text(max_size=12),
        st.none() | st.text(max_size=12),
        st.booleans(),
    ),
    st.none() | st.dates().map(date.isoformat) | st.text(max_size=12),
    st.none() | st.text(max_size=12),
    st.none() | st.dates(),
)
def test_a_fit_is_a_share(reading: Reading, published: str | None, outlet: str | None, newest: date | None) -> None:
    assert 0 <= fit(reading, published, outlet, newest) <= 1


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().split("\n") if line]


@pytest.mark.shared
def test_the_articles_that_answer_fit_better_than_others(shared: Path) -> None:
    articles = {row["url"]: row for row in rows(shared / "trade_dev" / "articles.jsonl")}
    days = [day for row in articles.values() if (day := day_of(row["published"]))]
    better = []
    for row in rows(shared / "trade_dev" / "questions.jsonl"):
        now = day_of(row["as_of"]) or max(days)
        reading = read(row["question"], now, {article["outlet"] for article in articles.values()})
        fits = {
            url: fit(reading, article["published"], article["outlet"], now)
            for url, article in articles.items()
            if article["published"] <= now.isoformat()
        }
        gold = [fits[place["url"]] for group in row["evidence"] for place in group if place["url"] in fits]
        if gold and reading != Reading():
            better.append(mean(gold) > mean(fits.values()))
    assert len(better) >= 30
    assert mean(better) >= 0.9
