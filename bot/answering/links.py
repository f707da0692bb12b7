"""Links that open an article at the quote (text fragments, https://wicg.github.io/scroll-to-text-fragment/)."""

from urllib.parse import quote as percent

WORDS = 5  # at each end of a long quote; shorter ones are given whole
WHOLE = 80


def link(url: str, quote: str) -> str:
    """The article's address with a fragment that browsers scroll to and highlight."""
    first_line, last_line = quote.split("\n", 1)[0], quote.rsplit("\n", 1)[-1]
    if len(quote) <= WHOLE and first_line == quote:
        wanted = _encoded(quote)
    else:
        wanted = f"{_encoded(_first(first_line))},{_encoded(_last(last_line))}"
    return f"{url}{':' if '#' in url else '#:'}~:text={wanted}"


def _first(line: str) -> str:
    return " ".join(line.split()[:WORDS])


def _last(line: str) -> str:
    return " ".join(line.split()[-WORDS:])


def _encoded(text: str) -> str:
    # A dash and a comma have a meaning of their own in a text fragment; quote() leaves the dash alone.
    return percent(text, safe="").replace("-", "%2D")
