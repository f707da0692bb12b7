"""What every text goes through, however it came in: `tidy` for bodies, `one_line` for titles and names.

Passages and quotes are slices of the tidied text, so it holds nothing that a reader cannot see: invisible
characters can carry instructions that only a model reads (Unicode tag characters, zero-width runs).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ingest.extract import language
from ingest.extract.address import normal
from ingest.extract.dates import is_unset

if TYPE_CHECKING:
    from corpus.types import Article

# The clock on the easternmost islands: a page may bear tomorrow's date while it is still today in UTC.
EARLIEST_CLOCK = timedelta(hours=14)

_LONGEST_TITLE = 300
_LONGEST_NAME = 120
_MOST_NAMES = 50
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\ud800-\udfff"  # controls, soft hyphens, lone surrogates
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero-width, direction overrides
    "\U000e0000-\U000e0fff]"  # tag characters and the selectors that can smuggle bytes
    "|[\ufe00-\ufe0f]{2,}"
)
# Joiners are spelling in Persian, Hindi and emoji; next to Latin letters or each other they only hide.
_PLAIN = "\x00-\u02ff\u200c\u200d"
_HIDING_JOINERS = re.compile(f"(?<![^{_PLAIN}])[\u200c\u200d]+|[\u200c\u200d]+(?![^{_PLAIN}])|[\u200c\u200d]{{2,}}")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BLANK_LINES = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """The text in NFC with LF line ends, nothing invisible and no two blank lines in a row. Idempotent."""
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _HIDING_JOINERS.sub("", text)
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()


def one_line(text: str) -> str:
    """The tidied text on one line, with single spaces."""
    return " ".join(tidy(text).split())


def finished(article: Article, now: datetime) -> Article:
    """The article with every field tidied and none too long, empty fields as None, and its language told.

    A date after `now`, before there were articles, or of a field that nobody filled is unknown.
    """
    text = tidy(article.text)
    return replace(
        article,
        url=normal(article.url),
        title=_cut(one_line(article.title), _LONGEST_TITLE),
        text=text,
        outlet=_name(article.outlet),
        publisher=_name(article.publisher),
        authors=_names(article.authors),
        published=article.published if _is_believed(article.published, now) else None,
        language=language.stated(article.language) or language.detected(text),
        topics=_names(article.topics),
    )


def _name(value: str | None) -> str | None:
    return _cut(one_line(value), _LONGEST_NAME) or None if value else None


def _names(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for value in values if (name := _name(value))))[:_MOST_NAMES]


def _cut(text: str, longest: int) -> str:
    """The text, at a space and with an ellipsis when it is longer."""
    if len(text) <= longest:
        return text
    whole_words = text[:longest].rpartition(" ")[0]
    # Where words are as long as that, or not parted by spaces, it is cut within one.
    kept = whole_words if len(whole_words) > longest // 2 else text[: longest - 1]
    return f"{kept.rstrip(' ,;:–—-')}…"


def _is_believed(published: str | None, now: datetime) -> bool:
    return published is not None and not is_unset(published) and not _is_future(published, now)


def _is_future(published: str, now: datetime) -> bool:
    moment = datetime.fromisoformat(published)
    # Compared by day first: near the calendar's ends a change of zone overflows.
    if abs(moment.year - now.year) > 1:
        return moment.year > now.year
    if moment.tzinfo is None:
        moment -= EARLIEST_CLOCK
    return _in_utc(moment) > _in_utc(now)


def _in_utc(moment: datetime) -> datetime:
    """A time without a zone is read as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
