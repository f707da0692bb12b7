"""The sources of an answer: in lines below it, in full with their quotes, and each passage by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord_app.showing.excerpt import excerpts, whole_passage
from bot.discord_app.showing.message import Card
from bot.discord_app.showing.pages import PAGE, TITLE, pages_of
from bot.discord_app.showing.plain import file_name, inert_line, web_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.types import Citation
    from corpus.types import Passage

PAGES = 3
LEFT_OUT = 900
MOST_PLACES = 3
COLOUR = 0x7A8594
LINES = 3_000  # characters of all lines together


def source_lines(citations: Sequence[Citation]) -> list[str]:
    """One line an article: its numbers, its title as a link to the passage, its outlet and its day."""
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.passage.article_id, []).append(citation)
    groups = list(by_article.values())
    lines = [_line(group) for group in groups]
    shown = len(lines)
    while sum(map(len, lines[:shown])) > LINES:
        shown -= 1
    return lines if shown == len(lines) else [*lines[:shown], _left_out(groups[shown:])]


def source_pages(citations: Sequence[Citation]) -> list[str]:
    """All sources with their quotes on a few pages; those that do not fit are named."""
    groups = _by_article(citations)
    return pages_of([_source(group) for group in groups], PAGES, "\n\n", lambda shown: _left_out(groups[shown:]))


def passage_card(citations: Sequence[Citation], n: int) -> Card:
    """The nth passage that is cited (from 0), whole, with all quotes from it in bold."""
    passages = passages_of(citations)
    group = passages[n]
    passage = group[0].passage
    numbers = "".join(f"[{one.n}]" for one in group)
    head = f"{inert_line(outlet_of(passage), 200)} · {_day(passage)}{_place(group[:MOST_PLACES])}\n\n"
    texts = (head + text for text in (whole_passage(group), excerpts(group), excerpts(group[:1])))
    text = next(text for text in texts if len(text) <= PAGE)
    small = f"-# Passage {n + 1} of {len(passages)}; what the answer quotes is in bold"
    return Card(text, COLOUR, f"{numbers} {inert_line(passage.title, TITLE - 60)}", (small,))


def passages_of(citations: Sequence[Citation]) -> list[list[Citation]]:
    """The citations of each passage together, in the order of their numbers."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.passage.id, []).append(citation)
    return list(groups.values())


def outlet_of(passage: Passage) -> str:
    """Where this copy was read, and where the article first appeared when that is somewhere else."""
    outlet = passage.outlet or "unknown outlet"
    if passage.publisher and passage.publisher != passage.outlet:
        return f"{outlet}, first in {passage.publisher}"
    return outlet


def _line(group: Sequence[Citation]) -> str:
    passage = group[0].passage
    numbers, title = "".join(f"[{one.n}]" for one in group), inert_line(passage.title, 120)
    address = web_link(group[0])
    named = f"[{title}]({address})" if address else title
    return f"{numbers} {named} · {inert_line(outlet_of(passage), 100)} · {_day(passage)}"


def _by_article(citations: Sequence[Citation]) -> list[list[Citation]]:
    """The citations of each article together, as far as they fit on one page."""
    groups: list[list[Citation]] = []
    open_groups: dict[str, list[Citation]] = {}
    for citation in citations:
        group = open_groups.get(citation.passage.article_id)
        if group is not None and len(_source([*group, citation])) <= PAGE:
            group.append(citation)
        else:
            open_groups[citation.passage.article_id] = [citation]
            groups.append(open_groups[citation.passage.article_id])
    return groups


def _source(citations: Sequence[Citation]) -> str:
    passage = citations[0].passage
    origin = f"{inert_line(outlet_of(passage), 200)} · {_day(passage)}"
    return f"**{_name(citations, 300)}**\n{origin}{_place(citations)}\n{excerpts(citations)}"


def _day(passage: Passage) -> str:
    return (passage.published or "no date")[:10]


def _name(citations: Sequence[Citation], limit: int) -> str:
    numbers = "".join(f"[{one.n}]" for one in citations)
    return f"{numbers} {inert_line(citations[0].passage.title, limit)}"


def _place(citations: Sequence[Citation]) -> str:
    links = [(one.n, address) for one in citations if (address := web_link(one))]
    if not links:
        # On a line of its own: a file's name is long.
        return f"\n*{inert_line(file_name(citations[0].passage.url), 150)}*"
    if len(citations) == 1:
        return f" · [open at this passage]({links[0][1]})"
    return " · open at " + " · ".join(f"[passage {n}]({address})" for n, address in links)


def _left_out(groups: Sequence[Sequence[Citation]]) -> str:
    names = [_name(group, 120) for group in groups]
    named = names
    while sum(len(name) + 2 for name in named) > LEFT_OUT:
        named = named[:-1]
    unnamed = f"; and {len(names) - len(named)} more" if len(named) < len(names) else ""
    count = "1 more source" if len(names) == 1 else f"{len(names)} more sources"
    return f"**{count}:** {'; '.join(named)}{unnamed}"
