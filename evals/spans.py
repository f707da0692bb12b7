"""Where gold quotes lie in the stored articles, and whether spans cover them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.types import Span

if TYPE_CHECKING:
    from bot.answering.types import Answer
    from evals.sets import Evidence


@dataclass(frozen=True, slots=True)
class Located:
    """A slice of a stored article."""

    url: str
    span: Span


class Texts:
    """The stored articles' texts by address; a gold address may also be the file name at an address's end, where only
    one of them ends so."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        named = Counter(url.rpartition("/")[2] for url in texts)
        self._names = {name: url for url in texts if named[name := url.rpartition("/")[2]] == 1}

    def locate(self, evidence: Evidence) -> Located | None:
        """Where a gold quote stands, or None when its article or its words are not in the store.

        White space counts as equal: a quote over two paragraphs is still the article's.
        """
        url = self.address(evidence.url)
        match = url and _pattern(evidence.quote).search(self._texts[url])
        return Located(url, Span(*match.span())) if url and match else None

    def address(self, gold_url: str) -> str | None:
        """The stored address that a gold address means, or None."""
        return gold_url if gold_url in self._texts else self._names.get(gold_url)

    def text(self, gold_url: str) -> str | None:
        """The text of the article that a gold address means, or None."""
        url = self.address(gold_url)
        return None if url is None else self._texts[url]

    def holds(self, gold_url: str, quote: str) -> bool:
        """Whether that article says so, white space aside."""
        text = self.text(gold_url)
        return text is not None and _pattern(quote).search(text) is not None

    @property
    def names(self) -> list[str]:
        """Every address and file name that a gold address may be."""
        return [*self._texts, *self._names]

    def slice(self, url: str, start: int, end: int) -> str | None:
        """That part of an article's text, or None when the article is not in the store."""
        text = self._texts.get(url)
        return None if text is None else text[start:end]


@lru_cache(maxsize=4096)
def _pattern(quote: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in quote.split()))


def covered(target: Located, parts: Iterable[Located]) -> bool:
    """Whether the parts together hold every character of the target that is not between two of them touching."""
    reach = target.span.start
    for part in sorted((part.span for part in parts if part.url == target.url), key=lambda span: span.start):
        if part.start > reach:
            return False
        reach = max(reach, part.end)
        if reach >= target.span.end:
            return True
    return False


def overlaps(target: Located, part: Located, share: float) -> bool:
    """Whether the two have at least `share` of the shorter one's characters in common."""
    if target.url != part.url:
        return False
    one, other = target.span, part.span
    common = min(one.end, other.end) - max(one.start, other.start)
    return common >= share * min(one.end - one.start, other.end - other.start)


def cited_in(answer: Answer) -> list[Located]:
    """Where each citation's quote stands."""
    return [Located(one.passage.url, Span(one.start, one.end)) for one in answer.citations]


def groups(evidence: Sequence[Sequence[Evidence]], texts: Texts) -> list[list[Located]]:
    """Each evidence group's quotes as far as they are in the store."""
    return [[place for gold in group if (place := texts.locate(gold))] for group in evidence]
