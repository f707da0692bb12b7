"""Links that open an article at the quote (text fragments, https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote as percent
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from bot.answering.types import Citation

WORDS = 5  # at each end of a long quote; shorter ones are given whole
WHOLE = 80
AROUND = 3  # words before and after a quote that is not the only one of its kind


def link(citation: Citation) -> str | None:
    """The article's address with a fragment that browsers scroll to and highlight; None when it has no web address."""
    url, quote = citation.passage.url, citation.quote
    if not is_on_the_web(url):
        return None
    first_line, last_line = quote.split("\n", 1)[0], quote.rsplit("\n", 1)[-1]
    if len(quote) <= WHOLE and first_line == quote:
        wanted = _encoded(quote)
    else:
        wanted = f"{_encoded(_first(first_line))},{_encoded(_last(last_line))}"
    before = f"{_encoded(citation.before)}-," if citation.before else ""
    after = f",-{_encoded(citation.after)}" if citation.after else ""
    return f"{url}{':' if '#' in url else '#:'}~:text={before}{wanted}{after}"


def is_on_the_web(url: str) -> bool:
    """Whether an address is one that a browser opens."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def placed(citation: Citation, text: str) -> Citation:
    """The citation with the words around its quote, when the text has words like its first ones more than once."""
    begins = _first(citation.quote.split("\n", 1)[0]).lower()
    if " ".join(text.lower().split()).count(begins) < 2:  # noqa: PLR2004 - once is the quote itself
        return citation
    # Words of another paragraph do not stand next to the quote for a browser.
    before, after = text[: citation.start].rpartition("\n")[2], text[citation.end :].partition("\n")[0]
    return replace(citation, before=" ".join(before.split()[-AROUND:]), after=" ".join(after.split()[:AROUND]))


def _first(line: str) -> str:
    return " ".join(line.split()[:WORDS])


def _last(line: str) -> str:
    return " ".join(line.split()[-WORDS:])


def _encoded(text: str) -> str:
    # A dash and a comma have a meaning of their own in a text fragment; quote() leaves the dash alone.
    return percent(text, safe="").replace("-", "%2D")
