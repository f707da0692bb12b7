"""The article's text in a page: two readings by trafilatura, one of them chosen, without what frames it.

Trafilatura's strict reading leaves out teasers and links that its balanced one keeps, but now and then takes most
of an article for such; where the two are far apart, the balanced one is right more often. Its fallbacks
(readability, jusText) are not used: where they differed, they brought in more of the page than of the article.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ingest.extract.lines import Kind, ends_sentence, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ITEM = re.compile(r"- |\|")
_STRICT_ENOUGH = 0.6
_HEAD_LINES = 6
_CUT_TITLE = 15
_WORD = re.compile(r"\w+")
_FRAME = {Kind.PROMPT, Kind.RELATED, Kind.COMMENTS, Kind.LEGAL, Kind.CREDIT}
_FRAME_AT_END = _FRAME | {Kind.ORIGIN, Kind.DATED, Kind.COUNT, Kind.MENU}


def article_lines(tree: Any, url: str) -> list[str]:
    """The lines of the article in the tree, as found: paragraphs, list items ("- "), table rows ("|")."""
    strict, balanced = _read(tree, url, strict=True), _read(tree, url, strict=False)
    chosen = strict if len(strict) >= _STRICT_ENOUGH * len(balanced) else balanced
    return [line for line in chosen.split("\n") if line.strip()]


def _read(tree: Any, url: str, *, strict: bool) -> str:
    from copy import deepcopy

    from trafilatura import bare_extraction

    found = bare_extraction(
        deepcopy(tree), url=url, fast=True, favor_precision=strict, include_comments=False, include_tables=True
    )
    # The types allow a dict, which only as_dict=True gives.
    return str(getattr(found, "text", None) or "")


def without_frame(lines: Sequence[str], titles: Iterable[str]) -> list[str]:
    """The lines without the headline and dateline over them, and without prompts, links and rights around them."""
    kept = [line for line in _without_head(lines, {_bare(title) for title in titles}) if not _is_frame(line, _FRAME)]
    while kept and _is_frame(kept[-1], _FRAME_AT_END):
        kept.pop()
    return kept


def _without_head(lines: Sequence[str], titles: set[str]) -> list[str]:
    """Headline and date are fields of the article; they are repeated over its first sentence."""
    first = next((i for i, line in enumerate(lines) if ends_sentence(line) and not _is_title(line, titles)), len(lines))
    head = min(first, _HEAD_LINES)
    kept = [line for line in lines[:head] if not _is_title(line, titles) and kind_of(line) is not Kind.DATED]
    return [*kept, *lines[head:]]


def _is_title(line: str, titles: set[str]) -> bool:
    bare = _bare(line)
    return bool(bare) and any(
        bare == title or (len(bare) >= _CUT_TITLE and title.startswith(f"{bare} ")) for title in titles
    )


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _is_frame(line: str, kinds: set[Kind]) -> bool:
    if line.startswith("|"):
        return False
    text = line.removeprefix("- ").strip("[] ")
    kind = kind_of(text)
    # A counter without a letter is the article's own rule or figure ("___", "1.").
    return kind in kinds or (kind is Kind.COUNT and any(letter.isalpha() for letter in text))


def joined(lines: Sequence[str]) -> str:
    """The lines as text: blank lines between paragraphs, none inside a list or a table."""
    parts = list(lines[:1])
    for before, line in pairwise(lines):
        together = _ITEM.match(before) and _ITEM.match(line)
        parts.append(("\n" if together else "\n\n") + line)
    return "".join(parts)
