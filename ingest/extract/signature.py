"""What documents of print say about themselves: the lines next to the title, and the title in their properties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.extract.dates import published_in
from ingest.extract.lines import authors_in
from ingest.extract.normalise import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_ABOVE, _BELOW = 4, 8
# What programs put there themselves, and names of files.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b|word document$|document\d*$|untitled|\(?(?:anonymous|unspecified)\)?$"
    r"|https?:|[^.]{1,200}\.(?:docx?|pdf|html?|indd|odt|rtf|tex|txt|qxp|pages|md)$|\W*$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signature:
    """The authors and the date next to a title; `lines` are the paragraphs that say nothing else."""

    authors: tuple[str, ...] = ()
    published: str | None = None
    lines: frozenset[int] = frozenset()


def signature(paragraphs: Sequence[str], title: Collection[int]) -> Signature:
    """Who signed the text and when, read in the few paragraphs around those of the title."""
    authors: tuple[str, ...] = ()
    published = None
    about = set()
    first = max(min(title, default=0) - _ABOVE, 0)
    for i in range(first, min(max(title, default=-1) + _BELOW + 1, len(paragraphs))):
        text = one_line(paragraphs[i])
        names, day = authors_in(text), published_in(text)
        if i not in title and (names or day):
            authors, published = authors or names, published or day
            about.add(i)
    return Signature(authors, published, frozenset(about))


def stated_title(title: str | None) -> str:
    """The title that a document's properties state, empty when a program put it there or it is a file's name."""
    title = one_line(title or "")
    return "" if _NO_TITLE.match(title) else title
