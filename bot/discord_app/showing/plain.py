"""Text from articles and people, made so that Discord shows it as it is.

discord.py's `escape_markdown` leaves `[text](address)` alive and its `escape_mentions` leaves `<@&role>` and
`<#channel>`, so the characters that start any of these are escaped here.
"""

import re
from urllib.parse import quote, unquote

from discord.utils import escape_mentions

from bot.answering.links import is_on_the_web, link
from bot.answering.types import Citation

ELLIPSIS = " …"
LINK_LIMIT = 500

# `<` starts mentions, timestamps, custom emoji and <links>; `[` a masked link; the rest is formatting.
ANYWHERE = re.compile(r"[\\*_~|`<\[\]]")
# A bare address becomes a link by its `://`, and :name: an emoji.
COLON = re.compile(r":(?=//)|(?<!\S):(?=\w+:)")
# Headings, quotes, lists and small print exist at the start of a line only.
LINE_START = re.compile(r"^(\s*)(?:([#>+-])|(\d+)([.)]))", re.MULTILINE)
NOT_IN_AN_ADDRESS = re.compile(r"[^!#$%&'*+,\-./0-9:;=?@A-Z_a-z~]")


def inert(text: str) -> str:
    """The text with everything escaped that Discord would make a link, a mention or formatting of."""
    text = ANYWHERE.sub(lambda found: f"\\{found[0]}", text)
    text = COLON.sub(r"\\:", text)
    text = LINE_START.sub(lambda found: _escaped_start(*found.groups()), text)
    return escape_mentions(text)


def inert_line(text: str, limit: int) -> str:
    """`inert` on one line and in at most `limit` characters; what is cut off ends in an ellipsis."""
    return shortened(" ".join(text.split()), limit)


def shortened(text: str, limit: int) -> str:
    """`inert` in at most `limit` characters, cut between words if there are any, never inside an escape."""
    if len(inert(text)) <= limit:
        return inert(text)
    kept = text[: limit - len(ELLIPSIS)]
    while (over := len(inert(kept)) + len(ELLIPSIS) - limit) > 0:
        kept = kept[: -((over + 1) // 2)]
    head = kept.rsplit(None, 1)[0] if re.search(r"\S\s+\S", kept) else kept
    return inert(head.rstrip()) + ELLIPSIS


def web_link(citation: Citation) -> str | None:
    """The address that opens the article at the quote, or None when it is not on the web."""
    marked = link(citation)
    if marked is None:
        return None
    safe = (_safe(address) for address in (marked, citation.passage.url))
    return next((address for address in safe if len(address) <= LINK_LIMIT), None)


def page_link(url: str, limit: int = LINK_LIMIT) -> str | None:
    """An address as it may stand in a link, or None when it is not on the web or too long."""
    return _safe(url) if is_on_the_web(url) and len(_safe(url)) <= limit else None


def file_name(url: str) -> str:
    """What is shown of an address that is not on the web: its last part, never the folders of a machine."""
    path = unquote(url.split("#", 1)[0].split("?", 1)[0])
    return re.split(r"[/\\]", path.rstrip("/\\"))[-1]


def _safe(address: str) -> str:
    """A bracket or a space in an address would end the link in the middle of it."""
    return NOT_IN_AN_ADDRESS.sub(lambda found: quote(found[0], safe=""), address)


def _escaped_start(space: str, mark: str | None, number: str | None, dot: str | None) -> str:
    return f"{space}{number or ''}\\{mark or dot}"
