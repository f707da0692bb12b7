"""What an address must be to be asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from ingest.extract.normalise import one_line

if TYPE_CHECKING:
    import httpx

_PORTS = range(65_536)
_USER_INFO = re.compile(r"^[a-z][a-z0-9+.-]*:[/\\]*[^/\\?#]*@", re.IGNORECASE)


def parsed(url: str) -> httpx.URL:
    """The http(s) address. Raises SourceError, which never repeats a password."""
    import httpx

    if _USER_INFO.match(url.strip()):
        raise SourceError(
            "holds a user name or password, which is not sent; give the address without, or save the page"
        )
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise _no_address(" ".join(str(error).split())[:120]) from None
    return checked(found)


def joined(base: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads. Raises SourceError."""
    import httpx

    try:
        found = base.join(location)
    except (httpx.InvalidURL, ValueError):
        raise SourceError("redirects to something that is no address; give the address where it ends") from None
    return checked(found)


def checked(url: httpx.URL) -> httpx.URL:
    """The address, when it is http(s) with a host and without a user. Raises SourceError."""
    if url.userinfo:
        raise SourceError("leads to an address with a user name or password, which is not sent; save the page")
    if url.scheme not in {"http", "https"} or not url.host:
        raise _no_address(one_line(str(url))[:200])
    if url.port is not None and url.port not in _PORTS:
        raise _no_address(f"there is no port {url.port}")
    return url


def _no_address(shown: str) -> SourceError:
    return SourceError(f"is not a web address ({shown}); give one with http:// or https://")
