"""Fetching for one run: redirects followed, hosts asked politely, faults that pass tried again."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from ingest.fetch.address import joined, parsed
from ingest.fetch.pace import Pace, SystemClock
from ingest.fetch.peers import AllowedHosts
from ingest.fetch.result import Fetched, NotModified, Validators, kind_of
from ingest.fetch.robots import MAX_SIZE, Robots
from ingest.fetch.status import BrokenOff, refusal, retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import httpx

    from ingest.fetch.hop import Answer
    from ingest.fetch.pace import Clock
    from ingest.settings import FetchSettings

MAX_REDIRECTS = 5
MAX_BUSY = 2
BACKOFF_S = 1.0
_OK, _NOT_MODIFIED = 200, 304
_BUSY = {429, 503}
_PASSING = {502, 504}


class Fetcher(AbstractContextManager["Fetcher"]):
    """Fetches pages, feeds and sitemaps; one for a run, for many threads at once, none with an event loop.

    `allow_private_hosts` names what may be read of a private network: host names, addresses, networks.
    """

    def __init__(
        self, settings: FetchSettings, allow_private_hosts: Iterable[str] = (), clock: Clock | None = None
    ) -> None:
        from ingest.fetch.hop import Hops

        self._settings = settings
        self._clock = clock or SystemClock()
        self._hops = Hops(settings, AllowedHosts(allow_private_hosts))
        self._pace = Pace(self._clock, settings.retry_after_s)
        self._robots = Robots(settings.user_agent, self._robots_txt)

    def __exit__(self, *_: object) -> None:
        """Ends the waits of threads that still wait for their turn."""
        self._clock.stop()

    def fetch(self, url: str, validators: Validators | None = None) -> Fetched | NotModified:
        """The page at an http(s) address, following at most 5 redirects; NotModified when it is still the version
        that the validators came with.

        Raises SourceSkipped when it is not to be read (robots.txt, a bot check), Gone when there is none (any more),
        SourceError for every other fault.
        """
        conditions = validators.conditions() if validators else {}
        answer = self._followed(parsed(url), conditions)
        if answer.status == _NOT_MODIFIED and conditions:
            return NotModified(str(answer.url))
        if answer.status != _OK:
            raise refusal(answer.status)
        page = Fetched(
            answer.data, str(answer.url), answer.content_type or None, answer.charset, Validators.of(answer.headers)
        )
        kind_of(page)  # here, so that what is nothing to read ends as every other fault
        return page

    def _followed(self, url: httpx.URL, conditions: Mapping[str, str]) -> Answer:
        budget = _Budget(self._settings.timeout_s)
        for _ in range(MAX_REDIRECTS + 1):
            rules = self._robots.of(url)
            rules.check(str(url))
            delay = max(self._settings.delay_s, rules.delay_s)
            answer = self._patiently(url, delay, partial(budget.spend, partial(self._hops.page, url, conditions)))
            if answer.location is None:
                return answer
            url = joined(url, answer.location)
        raise SourceError(f"redirected more than {MAX_REDIRECTS} times; give the address where it ends")

    def _robots_txt(self, url: httpx.URL) -> Answer | None:
        """None when it redirects without end, which counts as none (RFC 9309, section 2.3.1.2)."""
        budget = _Budget(self._settings.timeout_s)
        for _ in range(MAX_REDIRECTS + 1):
            # It takes its turn, but the page may follow at once: it is small, and asked for the site's own sake.
            answer = self._patiently(url, 0.0, partial(budget.spend, partial(self._hops.start, url, MAX_SIZE)))
            if answer.location is None:
                return answer
            url = joined(url, answer.location)
        return None

    def _patiently(self, url: httpx.URL, delay_s: float, ask: Callable[[], Answer]) -> Answer:
        """Asks in turn; once more when the connection or a gateway failed, twice more when a busy server says when."""
        failed, busy = False, 0
        while True:
            self._pace.turn(url.host, delay_s)
            try:
                answer = ask()
            except BrokenOff:
                if failed:
                    raise
                answer = None
            if answer is None or (answer.status in _PASSING and not failed):
                failed = True
                self._pace.wait(BACKOFF_S)
                continue
            wait = retry_after(answer.headers, self._clock.now()) if answer.status in _BUSY else None
            if wait is None or busy == MAX_BUSY:
                return answer
            busy += 1
            self._pace.hold(url.host, wait)


class _Budget:
    """The time that one page's transfers may take together; waiting for a turn does not count."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    def spend(self, ask: Callable[[float], Answer]) -> Answer:
        """The answer, asked for within what is left."""
        began = time.monotonic()
        try:
            return ask(self._left)
        finally:
            self._left -= time.monotonic() - began
