"""One web page's bytes, limited in size, time and where they may come from."""

from __future__ import annotations

import asyncio
import ipaddress
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from corpus.errors import SourceError
from ingest.extract.normalise import one_line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from ingest.document import Kind
    from ingest.settings import FetchSettings

MAX_REDIRECTS = 5
_ACCEPT = "text/html, text/*;q=0.9, */*;q=0.1"
_ENCODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}

_REDIRECTS = {301, 302, 303, 307, 308}
_KINDS: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
}
_ADVICE = {
    401: "401 (login required); save the page and give its file",
    402: "402 (payment required); save the page and give its file",
    403: "403 (forbidden); save the page in a browser and give its file",
    404: "404 (not found); check the address",
    410: "410 (gone); check the address",
    429: "429 (too many requests); try again later",
    451: "451 (not available for legal reasons); save the page and give its file",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: the body, the address after redirects, the media type in lower case and its charset."""

    data: bytes
    url: str
    content_type: str | None
    charset: str | None

    @property
    def kind(self) -> Kind:
        """What to read it as. Markdown mostly comes as plain text, and some servers name no type."""
        if self.content_type == "text/plain" and PurePosixPath(urlsplit(self.url).path).suffix == ".md":
            return "markdown"
        if self.content_type is not None:
            return _KINDS[self.content_type]
        return "html" if self.data.lstrip()[:1] == b"<" else "text"


def is_private(address: str) -> bool:
    """Whether an IP address is loopback, link-local, private or otherwise not of the public internet."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return not ip.is_global or ip.is_multicast


def fetch(url: str, settings: FetchSettings, *, private: Callable[[str], bool] = is_private) -> Fetched:
    """The page at an http(s) address, following at most 5 redirects. Raises SourceError.

    The first address may be private, because a person named it; a public page may not lead to a private one.
    `private` decides which is which. Not for threads that run an event loop.
    """
    try:
        return asyncio.run(_within_time(url, settings, private))
    except TimeoutError:
        raise _too_slow(settings) from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
        raise _explained(error, settings) from error


async def _within_time(url: str, settings: FetchSettings, private: Callable[[str], bool]) -> Fetched:
    # httpx's own limits are per read: a server that sends a byte now and then would never meet them.
    async with asyncio.timeout(settings.timeout_s):
        return await _followed(httpx.URL(url), settings, _Gate(private))


async def _followed(url: httpx.URL, settings: FetchSettings, gate: _Gate) -> Fetched:
    for _ in range(MAX_REDIRECTS + 1):
        if url.scheme not in {"http", "https"} or not url.host:
            raise SourceError(f"{str(url)[:200]} is not a web address; give one with http:// or https://")
        async with _answer(url, settings, gate) as response:
            if response.status_code not in _REDIRECTS or "location" not in response.headers:
                return await _read(response, settings)
            url = url.join(response.headers["location"])
    raise SourceError(f"redirected more than {MAX_REDIRECTS} times; give the address where it ends")


@asynccontextmanager
async def _answer(url: httpx.URL, settings: FetchSettings, gate: _Gate) -> AsyncIterator[httpx.Response]:
    # A client a hop, so that every hop connects and is checked. trust_env=False: behind a proxy the connected
    # peer would be the proxy, whatever it then fetches, and ~/.netrc would send its passwords to the page.
    async with (
        httpx.AsyncClient(trust_env=False, timeout=settings.timeout_s) as client,
        client.stream(
            "GET",
            url,
            headers={"user-agent": settings.user_agent, "accept": _ACCEPT, "accept-encoding": "gzip, deflate"},
            extensions={"trace": gate.trace},
        ) as response,
    ):
        gate.check(response.extensions["network_stream"])
        yield response


class _Gate:
    """Lets no hop reach a private peer once one was public.

    The peer is checked when it is connected, before it gets the request: a name can resolve to one address
    when it is looked up and to another when it is used.
    """

    def __init__(self, private: Callable[[str], bool]) -> None:
        self._private = private
        self._been_public = False

    async def trace(self, event: str, info: dict[str, Any]) -> None:
        """httpcore's progress hook."""
        if event != "connection.connect_tcp.complete":
            return
        stream = info["return_value"]
        try:
            self.check(stream)
        except SourceError:
            await stream.aclose()  # httpcore does not know the connection yet
            raise

    def check(self, stream: Any) -> None:
        """Raises SourceError when the connected peer may not be read."""
        peer = stream.get_extra_info("server_addr")
        if peer is None:
            raise SourceError("the connected server cannot be told; try again later")
        if not self._private(str(peer[0])):
            self._been_public = True
        elif self._been_public:
            raise SourceError("redirects to a private network address; give the address of the article itself")


async def _read(response: httpx.Response, settings: FetchSettings) -> Fetched:
    if response.status_code != httpx.codes.OK:
        raise SourceError(_refused(response.status_code))
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type and media_type not in _KINDS:
        raise SourceError(f"is {one_line(media_type)[:80]}, not a web page or text; give the address of an article")
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in _ENCODINGS:
        # Layers of compression multiply: a page of a few kilobytes could unfold to gigabytes in one step.
        raise SourceError(
            f"is compressed as {one_line(encoding)[:40]}, which is not read; save the page and give its file"
        )
    if _stated_length(response) > settings.max_bytes:
        raise _too_large(settings)
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > settings.max_bytes:
            raise _too_large(settings)
    return Fetched(bytes(data), str(response.url), media_type or None, response.charset_encoding)


def _stated_length(response: httpx.Response) -> int:
    length = response.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _refused(status: int) -> str:
    if status in _ADVICE:
        return f"answered {_ADVICE[status]}"
    if httpx.codes.is_server_error(status):
        return f"answered {status} (server error); try again later"
    if httpx.codes.is_success(status):
        return f"answered {status}, which brings no article; open the page in a browser and give its file"
    return f"answered {status}; check the address"


def _too_large(settings: FetchSettings) -> SourceError:
    return SourceError(f"is larger than {settings.max_bytes:,} bytes; raise ACCORD_FETCH__MAX_BYTES to read it")


def _too_slow(settings: FetchSettings) -> SourceError:
    return SourceError(
        f"did not answer within {settings.timeout_s:g} s; try again later or raise ACCORD_FETCH__TIMEOUT_S"
    )


def _explained(error: Exception, settings: FetchSettings) -> SourceError:
    """The one place where httpx's errors become words."""
    if isinstance(error, httpx.TimeoutException):
        return _too_slow(settings)
    if isinstance(error, httpx.ConnectError | OSError):
        return SourceError(f"cannot be reached ({_reason(error)}); check the address and the network")
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | ValueError):
        return SourceError(f"is not a web address ({_reason(error)}); give one with http:// or https://")
    if isinstance(error, httpx.DecodingError):
        return SourceError("sent damaged compressed data; try again later")
    return SourceError(f"broke off the transfer ({_reason(error)}); try again later")


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
