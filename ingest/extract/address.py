"""Web addresses in one form, so that an article has one address however it was linked to.

Taken away is what says how a reader came (campaigns, clicks, sharing, sessions) or on what device (AMP, phone hosts);
whatever could name another article stays: an unknown parameter, the order of parameters, `www.`, a slash at the end,
a route within a page (#!).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 2_000
# Everything that may stand in an address as it is; the rest (quotes, angle brackets, letters beyond ASCII) is encoded.
_SAFE = "%/:?#[]@!$&'()*+,;=-._~|"
_PORTS = {"http": 80, "https": 443}
_DEVICES = {"m", "amp", "mobile"}
# Endings under which names are registered one level deeper ("m.co.uk" is no phone version of "co.uk").
_SECOND_LEVEL = {"co", "com", "org", "net", "gov", "gob", "edu", "ac", "or", "ne", "go"}
_PARTS_OF_A_SITE = 2
_COUNTRY_CODE = 2

# Only names that mean nothing else anywhere: "cid", "ref", "source" and "pk_id" name articles on some sites.
_TRACKING = re.compile(
    r"utm_[\w.-]*|(?:mtm|pk|piwik|matomo)_(?:campaign|kwd|keyword|source|medium|content|cid|group|placement|cpn)"
    r"|itm_(?:source|medium|campaign|content|term|channel|audience)|vero_(?:id|conv)|oly_(?:anon|enc)_id"
    r"|hsa_(?:acc|ad|cam|grp|kw|la|mt|net|ol|src|tgt|ver)|gad_(?:source|campaignid)|mibextid"
    r"|(?:fbc|gc|dc|twc|yc|ysc|msc|ttc)lid|gclsrc|[gw]braid|msclkid|srsltid|_g[al]|_hs(?:enc|mi)|__twitter_impression"
    r"|mc_[ce]id|igsh(?:id)?|fb_(?:action_ids|action_types|source|ref)|at_(?:medium|campaign|custom\d|link_\w{2,12}|bbc_team)"
    r"|ns_(?:campaign|mchannel|source|linkname|fee)|wt[._](?:mc|zmc|mc_id|nav)|s_cid|sc_(?:cid|channel|campaign)"
    r"|ref_?src|ref_url|referrer|smtyp|sr_share|xtor|tpcc|guccounter|guce_referrer(?:_sig)?|recirc|_openstat"
    r"|soc_(?:src|trk)|mkt_tok|amp_(?:js_v|gsa)|usqp",
    re.IGNORECASE,
)
# Names that might mean something else, with values that do not.
_SHARING = re.compile(r"cmp=(?:share|twt|fb)_\w+|smid=(?:[a-z]+-){1,3}(?:share|nytimes)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_AMP_PARAMETER = re.compile(r"(?:amp|_amp|isamp)(?:=(?:1|true|yes)?)?|(?:output(?:type)?|view)=amp", re.IGNORECASE)
_AMP_AT_END = re.compile(r"(?<=[^/])/amp/?\Z|[./]amp(?=\.html?\Z)|\.amp\Z", re.IGNORECASE)
_AMP_AT_START = re.compile(r"\A/amp(?=/)", re.IGNORECASE)
# Of a path with these, a word that "amp" stands beside names an article, not a section or a glossary.
_NAMES_AN_ARTICLE = re.compile(r"\d{3}|[^/-]-[^/-]+-[^/-]")
_NAMES_ONE = re.compile(r"(?:^|&)(?:\w{0,20}id|p|article|story|item|no|idx)=[^&]", re.IGNORECASE)
_VIEWER = re.compile(r"\A(?:www\.)?google\.[a-z.]{2,6}\Z")
_VIEWED = re.compile(r"\A/amp/(?P<secure>s/)?(?P<rest>[^/]+\.[^/]+/.*)\Z")
_CACHE = re.compile(r"(?:\A|\.)(?:cdn\.ampproject\.org|bing-amp\.com)\Z")
_CACHED = re.compile(r"\A/[a-z]/(?P<secure>s/)?(?P<rest>[^/]+\.[^/]+/.*)\Z")
_MOST_WRAPPINGS = 5
_ESCAPED = re.compile(r"%([0-9a-f]{2})", re.IGNORECASE)
_STRAY_PERCENT = re.compile(r"%(?![0-9a-f]{2})", re.IGNORECASE)
_UNRESERVED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def is_web_address(value: str) -> bool:
    """Whether the value is an absolute http or https address of bearable length without spaces or controls."""
    if not value.isprintable() or " " in value or len(value) > LONGEST:
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in _PORTS and bool(_host(value)) and (parts.port or 1) > 0
    except ValueError:
        return False


def normal(url: str) -> str:
    """A web address without password, default port, fragment, tracking and device; encoded as RFC 3986 has it.

    A fragment that opens with ! stays: pages made by scripts are told apart by it.

    Other addresses (files') come back as they are, and so does one that would become too long. Idempotent.
    """
    if not is_web_address(url):
        return url
    found = _unwrapped(url)
    parts = urlsplit(found)
    port = f":{parts.port}" if parts.port and parts.port != _PORTS[parts.scheme] else ""
    query = "&".join(part for part in parts.query.split("&") if part and not _is_tracking(part))
    host = _without_device(_host(found))
    host = f"[{host}]" if ":" in host else host
    path, route = _path(_encoded(parts.path)), _encoded(_route(parts.fragment))
    found = urlunsplit((parts.scheme, f"{host}{port}", path, _encoded(query), route))
    return found if is_web_address(found) else url


def canonical(stated: Iterable[str], fetched: str) -> str | None:
    """The first of the addresses that a page states for itself that it may be known by, else None.

    A page must not pass for one of another site, nor an article for its site's front page. A page that was not
    fetched from the web (a saved file) is believed.
    """
    for address in stated:
        if not is_web_address(address):
            continue
        if not is_web_address(fetched) or (same_site(address, fetched) and _is_as_deep(address, fetched)):
            return address
    return None


def _is_as_deep(address: str, fetched: str) -> bool:
    """Whether the address still names the one article that was fetched, not the front page or a page for all."""
    stated, known = urlsplit(normal(address)), urlsplit(normal(fetched))
    if known.fragment and not stated.fragment:
        return False
    if stated.path == "/" and not stated.query:
        return known.path == "/" and not known.query
    return bool(stated.query) or stated.path != known.path or not _NAMES_ONE.search(known.query)


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host, its versions for phones and with `www.` counted as the same."""
    return _site(one) == _site(other)


def _site(url: str) -> str:
    return _without_device(_host(_unwrapped(url))).removeprefix("www.")


def _host(url: str) -> str:
    """The host in lower case and ASCII, without a dot at the end. Raises ValueError when it has no such form."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    return host if host.isascii() else host.encode("idna").decode().rstrip(".")


def _without_device(host: str) -> str:
    """The host without a part that names phones or AMP, as in m.example.com or en.m.example.org."""
    labels = host.split(".")
    ending = 1 + (len(labels[-1]) == _COUNTRY_CODE and len(labels) > 1 and labels[-2] in _SECOND_LEVEL)
    free = len(labels) - ending - 1
    return ".".join(label for i, label in enumerate(labels) if i >= free or label not in _DEVICES)


def _unwrapped(url: str) -> str:
    """The address inside those of AMP viewers and caches."""
    for _ in range(_MOST_WRAPPINGS):
        host, path = _host(url), urlsplit(url).path
        found = _VIEWED.match(path) if _VIEWER.match(host) else _CACHED.match(path) if _CACHE.search(host) else None
        if found is None:
            return url
        query = urlsplit(url).query
        inner = f"http{'s' if found['secure'] else ''}://{found['rest']}{'?' if query else ''}{query}"
        if not is_web_address(inner):
            return url
        url = inner
    return url


def _is_tracking(part: str) -> bool:
    by_value = _AMP_PARAMETER.fullmatch(part) or _SHARING.fullmatch(part)
    return bool(by_value or _TRACKING.fullmatch(part.partition("=")[0]))


def _route(fragment: str) -> str:
    return fragment if fragment.startswith("!") and len(fragment) > 1 else ""


def _path(path: str) -> str:
    path = _SESSION.sub("", path) or "/"
    for amp in (_AMP_AT_END, _AMP_AT_START):
        bare = amp.sub("", path)
        while bare != path and _NAMES_AN_ARTICLE.search(bare):
            path, bare = bare, amp.sub("", bare)
    return path


def _encoded(text: str) -> str:
    """Percent-encoded one way: in upper case, and only where it has to be (RFC 3986, 6.2.2)."""
    return _ESCAPED.sub(_escaped, quote(_STRAY_PERCENT.sub("%25", text), _SAFE))


def _escaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter in _UNRESERVED else f"%{found[1].upper()}"
