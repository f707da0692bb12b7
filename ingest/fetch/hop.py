"""One request and its answer, redirects not followed."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import httpx

from corpus.errors import SourceError
from ingest.extract.normalise import one_line
from ingest.fetch.peers import Gate
from ingest.fetch.result import is_readable, no_page
from ingest.fetch.status import BrokenOff

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Coroutine, Mapping

    from ingest.fetch.peers import AllowedHosts
    from ingest.settings import FetchSettings

ACCEPT = (
    "text/html, application/xhtml+xml, text/*;q=0.9, application/rss+xml;q=0.9, application/atom+xml;q=0.9, "
    "application/feed+json;q=0.9, application/xml;q=0.9, application/pdf;q=0.8, */*;q=0.1"
)
_ENCODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
_REDIRECTS = {301, 302, 303, 307, 308}
_LONGEST_NUMBER = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request brought. `data` is the body of a 200, `location` where a redirect leads."""

    status: int
    url: httpx.URL
    headers: Mapping[str, str]
    charset: str | None = None
    data: bytes = b""

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as it is written."""
        return self.headers.get("location") if self.status in _REDIRECTS else None

    @property
    def content_type(self) -> str:
        """The media type in lower case, empty when none is named."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Hops:
    """Makes requests within the limits of the settings; for many threads, none of which runs an event loop."""

    def __init__(self, settings: FetchSettings, allowed: AllowedHosts) -> None:
        self._settings = settings
        self._allowed = allowed
        self._tls: ssl.SSLContext = httpx.create_ssl_context(trust_env=False)  # slow to make, so there is one

    def page(self, url: httpx.URL, headers: Mapping[str, str], seconds: float) -> Answer:
        """An answer whose body is refused when it is too large or of no kind that is read. Raises SourceError."""
        return self._run(self._page(url, {"accept": ACCEPT, **headers}), seconds)

    def start(self, url: httpx.URL, size: int, seconds: float) -> Answer:
        """An answer with at most the first `size` bytes of its body. Raises SourceError."""
        return self._run(self._start(url, size), seconds)

    def _run(self, answer: Coroutine[Any, Any, Answer], seconds: float) -> Answer:
        try:
            return asyncio.run(_within(answer, seconds))
        except TimeoutError:
            raise self._too_slow() from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            raise self._explained(error) from error

    async def _page(self, url: httpx.URL, headers: Mapping[str, str]) -> Answer:
        async with self._answer(url, headers) as response:
            answer = _without_body(response)
            if answer.status != httpx.codes.OK:
                return answer
            if answer.content_type and not is_readable(answer.content_type):
                raise no_page(answer.content_type)
            if _stated_length(response) > self._settings.max_bytes:
                raise self._too_large()
            data = await _first(response, self._settings.max_bytes + 1)
            if len(data) > self._settings.max_bytes:
                raise self._too_large()
            return replace(answer, data=data)

    async def _start(self, url: httpx.URL, size: int) -> Answer:
        async with self._answer(url, {"accept": "text/plain, */*;q=0.1"}) as response:
            answer = _without_body(response)
            return replace(answer, data=await _first(response, size)) if answer.status == httpx.codes.OK else answer

    @asynccontextmanager
    async def _answer(self, url: httpx.URL, headers: Mapping[str, str]) -> AsyncIterator[httpx.Response]:
        # A transport a hop, so that every hop connects and is checked, and no client that adds credentials, cookies or
        # redirects of its own. trust_env=False: behind a proxy the connected peer would be the proxy, whatever it
        # then fetches.
        gate = Gate(self._allowed, url.host)
        own = {"user-agent": self._settings.user_agent, "accept-encoding": "gzip, deflate", "connection": "close"}
        request = httpx.Request("GET", url, headers={**own, **headers}, extensions={"trace": gate.trace})
        async with httpx.AsyncHTTPTransport(verify=self._tls, trust_env=False) as transport:
            response = await transport.handle_async_request(request)
            response.request = request
            try:
                gate.check(response.extensions["network_stream"])
                yield response
            finally:
                await response.aclose()

    def _too_large(self) -> SourceError:
        return SourceError(
            f"is larger than {self._settings.max_bytes:,} bytes; raise ACCORD_FETCH__MAX_BYTES to read it"
        )

    def _too_slow(self) -> SourceError:
        return SourceError(
            f"did not answer within {self._settings.timeout_s:g} s; try again later or raise ACCORD_FETCH__TIMEOUT_S"
        )

    def _explained(self, error: Exception) -> SourceError:
        """The one place where httpx's errors become words."""
        if isinstance(error, httpx.TimeoutException):
            return self._too_slow()
        if isinstance(error, httpx.ConnectError | OSError):
            return SourceError(f"cannot be reached ({_reason(error)}); check the address and the network")
        if isinstance(error, httpx.DecodingError):
            return SourceError("sent damaged compressed data; try again later")
        if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | ValueError):
            return SourceError(f"is not a web address ({_reason(error)}); give one with http:// or https://")
        return BrokenOff(f"broke off the transfer ({_reason(error)}); try again later")


async def _within(answer: Coroutine[Any, Any, Answer], seconds: float) -> Answer:
    # httpx's own limits are per read: a server that sends a byte now and then would never meet them.
    async with asyncio.timeout(seconds):
        return await answer


def _without_body(response: httpx.Response) -> Answer:
    return Answer(response.status_code, response.url, response.headers, response.charset_encoding)


async def _first(response: httpx.Response, size: int) -> bytes:
    """The unpacked body up to about that size."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in _ENCODINGS:
        # Layers of compression multiply: a page of a few kilobytes could unfold to gigabytes in one step.
        raise SourceError(
            f"is compressed as {one_line(encoding)[:40]}, which is not read; save the page and give its file"
        )
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) >= size:
            break
    return bytes(data[:size])


def _stated_length(response: httpx.Response) -> int:
    length = response.headers.get("content-length", "")
    return int(length[:_LONGEST_NUMBER]) if length.isascii() and length.isdigit() else 0


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
