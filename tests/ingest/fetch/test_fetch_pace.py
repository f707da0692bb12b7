"""Politeness: hosts are left in peace between requests, and busy ones for as long as they ask."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import format_datetime, formatdate
from itertools import pairwise

import pytest

from corpus.errors import SourceError
from ingest.fetch import Fetcher
from ingest.fetch.pace import Pace
from ingest.fetch.status import retry_after
from ingest.settings import FetchSettings

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_requests_to_one_host_are_spaced_over_all_threads(clock) -> None:
    pace = Pace(clock, 60)
    with ThreadPoolExecutor(8) as threads:
        starts = sorted(threads.map(lambda _: pace.turn("a.example", 2.0), range(24)))

    assert min(later - earlier for earlier, later in pairwise(starts)) >= 2.0


def test_one_host_does_not_wait_for_another(clock) -> None:
    pace = Pace(clock, 60)
    for host in ("a.example", "b.example", "c.example"):
        pace.turn(host, 30)

    assert clock.waits == []


def test_the_delay_is_between_pages_and_on_redirects(server, other, fetcher, clock) -> None:
    server.page("/b")
    with fetcher(delay_s=1.5) as one:
        one.fetch(server.redirect("/a", "/b"))  # robots.txt, /a, then /b after the delay
        one.fetch(other.page("/c"))
        assert clock.waits == [1.5]
        one.fetch(server.url + "/b")
    assert clock.waits == [1.5, 1.5]


def test_the_delay_is_real(server) -> None:
    settings = FetchSettings(delay_s=0.2)
    urls = [server.page(f"/{n}") for n in range(4)]
    began = time.monotonic()
    with Fetcher(settings, ["127.0.0.1"]) as one, ThreadPoolExecutor(4) as threads:
        assert sorted(page.url for page in threads.map(one.fetch, urls)) == sorted(urls)

    assert time.monotonic() - began >= 0.6


def test_waits_end_with_the_run(server) -> None:
    errors = []

    def second() -> None:
        try:
            one.fetch(server.url + "/a")
        except SourceError as error:
            errors.append(str(error))

    with Fetcher(FetchSettings(delay_s=60), ["127.0.0.1"]) as one:
        one.fetch(server.page("/a"))
        thread = threading.Thread(target=second)
        thread.start()
    thread.join(10)

    assert errors == ["the run ended before it was read; run it again"]
    assert server.asked == ["/a"]


@pytest.mark.parametrize("code", [429, 503])
def test_a_busy_server_is_asked_again_when_it_says(server, fetch, clock, code) -> None:
    busy = server.answer_status(code, Retry_After="5")
    url = server.on("/a", busy, busy, server.answer_page())

    assert fetch(url).data == server.HTML
    assert (clock.waits, len(server.asked)) == ([5, 5], 3)


def test_a_busy_server_may_name_a_moment(server, fetch, clock) -> None:
    busy = server.answer_status(429, Retry_After=formatdate(time.time() + 30, usegmt=True))

    assert fetch(server.on("/a", busy, server.answer_page())).data == server.HTML
    assert [20 < wait < 40 for wait in clock.waits] == [True]


def test_a_server_that_stays_busy_is_given_up(server, fetch) -> None:
    with pytest.raises(SourceError, match=r"^answered 503 \(server error\); try again later$"):
        fetch(server.status("/a", 503, Retry_After="1"))
    assert len(server.asked) == 3


def test_a_long_wait_is_not_waited_for_and_the_host_is_left_alone(server, fetcher, clock) -> None:
    server.page("/b")
    with fetcher(retry_after_s=60) as one:
        with pytest.raises(SourceError, match=r"asks to be left alone for 3,600 s, longer than the 60 s"):
            one.fetch(server.status("/a", 429, Retry_After="3600"))
        with pytest.raises(SourceError, match=r"asks to be left alone for 3,600 s"):
            one.fetch(server.url + "/b")
    assert (server.asked, clock.waits) == (["/a"], [])


def test_the_longest_wait_is_a_setting(server, fetch, clock) -> None:
    busy = server.answer_status(503, Retry_After="60")

    assert fetch(server.on("/a", busy, server.answer_page()), retry_after_s=60).data == server.HTML
    assert clock.waits == [60]


@pytest.mark.parametrize("failure", ["broken", 502, 504])
def test_a_passing_failure_is_tried_once_more(server, fetch, clock, failure) -> None:
    first = server.answer_broken if failure == "broken" else server.answer_status(failure)

    assert fetch(server.on("/a", first, server.answer_page())).data == server.HTML
    assert (len(server.asked), clock.waits) == (2, [1])


@pytest.mark.parametrize(("failure", "message"), [("broken", "^broke off"), (502, "^answered 502"), (504, "504")])
def test_a_failure_that_stays_is_an_error(server, fetch, failure, message) -> None:
    answer = server.answer_broken if failure == "broken" else server.answer_status(failure)

    with pytest.raises(SourceError, match=message):
        fetch(server.on("/a", answer))
    assert len(server.asked) == 2


@pytest.mark.parametrize("code", [403, 404, 500, 429, 503])
def test_other_failures_are_not_tried_again(server, fetch, code) -> None:
    with pytest.raises(SourceError, match=str(code)):
        fetch(server.status("/a", code))
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("header", "date", "seconds"),
    [
        ("7", None, 7),
        ("0", None, 0),
        ("9" * 400, None, float("inf")),
        (format_datetime(NOW.replace(minute=1)), None, 60),
        (format_datetime(NOW.replace(minute=1)), format_datetime(NOW.replace(second=50)), 10),
        (format_datetime(NOW.replace(hour=1)), None, 0),
        ("-5", None, None),
        ("1.5", None, None),
        ("\u0665", None, None),
        ("soon", None, None),
        ("Thu, 99 Foo 99999 99:99:99 GMT", None, None),
        ("", None, None),
    ],
)
def test_how_long_a_server_asks_for(header, date, seconds) -> None:
    headers = {"retry-after": header} | ({"date": date} if date else {})
    assert retry_after(headers, NOW) == seconds
