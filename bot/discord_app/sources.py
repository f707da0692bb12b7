"""The sources of an answer, article by article: where it is from, the link to the passage, and the quotes."""

from collections.abc import Sequence

from bot.answering.types import Citation
from bot.discord_app.excerpt import excerpts
from bot.discord_app.pages import PAGE, pages_of
from bot.discord_app.plain import file_name, inert_line, web_link
from corpus.types import Passage

PAGES = 3
LEFT_OUT = 900


def source_pages(citations: Sequence[Citation]) -> list[str]:
    """All sources on a few pages; those that do not fit are named."""
    groups = _by_article(citations)
    return pages_of([_source(group) for group in groups], PAGES, "\n\n", lambda shown: _left_out(groups[shown:]))


def outlet_of(passage: Passage) -> str:
    """Where this copy was read, and where the article first appeared when that is somewhere else."""
    outlet = passage.outlet or "unknown outlet"
    if passage.publisher and passage.publisher != passage.outlet:
        return f"{outlet}, first in {passage.publisher}"
    return outlet


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
    date = (passage.published or "no date")[:10]
    origin = f"{inert_line(outlet_of(passage), 200)} · {date}"
    return f"**{_name(citations, 300)}**\n{origin}{_place(citations)}\n{excerpts(citations)}"


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
