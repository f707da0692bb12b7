"""Web addresses in one form, so that an article has one address however it was written."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

LONGEST = 2_000
# Everything that may stand in an address as it is; the rest (quotes, angle brackets, letters beyond ASCII) is encoded.
_SAFE = "%/:?#[]@!$&'()*+,;=-._~|"
_DEVICE_HOSTS = ("www.", "m.", "amp.", "mobile.")
_PORTS = {"http": 80, "https": 443}


def is_web_address(value: str) -> bool:
    """Whether the value is an absolute http or https address of bearable length without spaces or controls."""
    if not value.isprintable() or " " in value or len(value) > LONGEST:
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in _PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def normal(url: str) -> str:
    """A web address with its host in lower case, encoded, and without password, default port and fragment.

    Other addresses (files') come back as they are.
    """
    if not is_web_address(url):
        return url
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode() if not (parts.hostname or "").isascii() else parts.hostname
    host = f"[{host}]" if ":" in (host or "") else host
    port = f":{parts.port}" if parts.port and parts.port != _PORTS[parts.scheme] else ""
    return urlunsplit((parts.scheme, f"{host}{port}", quote(parts.path, _SAFE), quote(parts.query, _SAFE), ""))


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host, its versions for phones counted as the same."""
    return _site(one) == _site(other)


def _site(url: str) -> str:
    host = (urlsplit(url).hostname or "").lower()
    for prefix in _DEVICE_HOSTS:
        host = host.removeprefix(prefix)
    return host
