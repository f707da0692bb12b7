"""Publication dates: what is certain becomes ISO, everything else is unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.dates import iso, parse, published_in, stamp


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_way_of_writing_a_day_is_the_same_day(day: date) -> None:
    written = [
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%b}. {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%A}, {day:%B} {day.day}, {day.year}",
        f"{day:%a}, {day:%d %b %Y}",
        f"{day.year}/{day:%m/%d}",
        f"{day.day}.{day.month}.{day.year}",
    ]

    assert {parse(text) for text in written} == {day.isoformat()}


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1), max_value=datetime(2099, 1, 1)))  # noqa: DTZ001 - hypothesis adds it
def test_iso_times_keep_their_moment(moment: datetime) -> None:
    found = iso(moment.isoformat())

    assert found is not None
    assert datetime.fromisoformat(found) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-07-08T09:30:00-04:00", "2025-07-08T09:30:00-04:00"),
        ("2025-07-08T09:30:00Z", "2025-07-08T09:30:00+00:00"),
        ("2025-07-08 09:30", "2025-07-08T09:30:00"),
        ("Tue, 08 Jul 2025 09:30:00 +0900", "2025-07-08T09:30:00+09:00"),
        ("July 8th, 2025 at 9:30 p.m. EDT", "2025-07-08T21:30:00-04:00"),
        ("July 8, 2025, 12:05 AM GMT", "2025-07-08T00:05:00+00:00"),
        ("July 8, 2025 9:30 AM ET", "2025-07-08"),
        ("9:30 am, 8 July 2025", "2025-07-08T09:30:00"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("07/08/2025", None),
        ("2025-13-40", None),
        ("31 Feb 2025", None),
        ("July 8, 2025 25:61", None),
        ("July 2025", None),
        ("2025", None),
        ("yesterday", None),
        ("2 hours ago", None),
        ("", None),
    ],
)
def test_parse(text: str, day: str | None) -> None:
    assert parse(text) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 2025-07-08", "2025-07-08"),
        ("Posted on Tuesday, September 3, 2024 at 6:15 PM GMT", "2024-09-03T18:15:00+00:00"),
        ("PUBLISHED THU, FEB 6 2025 7:40 AM EST", "2025-02-06T07:40:00-05:00"),
        ("By Ann Lee | 14 March 2024", "2024-03-14"),
        ("By ANN LEE March 14, 2024", "2024-03-14"),
        ("March 14, 2024 by Ann Lee", "2024-03-14"),
        ("July 8, 2025 · 4 min read", "2025-07-08"),
        ("July 8, 2025 Updated July 9, 2025", "2025-07-08"),
        ("Updated July 9, 2025", None),
        ("Last modified: 2025-07-09", None),
        ("Copyright 2019", None),
        ("© 2025-07-08 A Company", None),
        ("Copyright July 8, 2025", None),
        ("The talks began on July 8, 2025 and failed.", None),
        ("x" * 500, None),
    ],
)
def test_only_a_line_about_publication_dates_an_article(line: str, day: str | None) -> None:
    assert published_in(line) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("8. Juli 2025", "2025-07-08"),
        ("8 juillet 2025", "2025-07-08"),
        ("1er août 2025", "2025-08-01"),
        ("8 de julio de 2025", "2025-07-08"),
        ("8 luglio 2025, 9:30", "2025-07-08T09:30:00"),
        ("8 maart 2025", "2025-03-08"),
        ("2025年7月8日", "2025-07-08"),
        ("2025年7月8日 09:30", "2025-07-08T09:30:00"),
        ("2025년 7월 8일", "2025-07-08"),
        ("2025年13月8日", None),
        ("31. Februar 2025", None),
    ],
)
def test_days_in_other_languages(text: str, day: str | None) -> None:
    assert parse(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20250708", "2025-07-08"),
        ("2025-07-08 3:15:00 -0800", "2025-07-08T03:15:00-08:00"),
        ("Tue Jul 08 09:30:00 EDT 2025", "2025-07-08T09:30:00-04:00"),
        ("2025-07-08T09:30:00.123Z", "2025-07-08T09:30:00+00:00"),
        ("July 8, 2025", "2025-07-08"),
        ("0001-01-01T00:00:00Z", None),
        ("1970-01-01T00:00:00Z", None),
        ("20259999", None),
        ("1751967000", None),
        ("07/08/2025", None),
        ("", None),
    ],
)
def test_what_machines_write_into_a_date_field(text: str, day: str | None) -> None:
    assert stamp(text) == day
