"""The quotes of one article where they stand: in bold, between the sentences around them."""

from collections.abc import Sequence
from itertools import pairwise

from bot.answering.types import Citation
from bot.discord_app.showing.plain import inert, inert_line, shortened
from corpus.sentences import sentences
from corpus.types import Span

QUOTE = 1_800
AROUND = 240  # a longer neighbouring sentence is left out
CUT = "\n*(the quote goes on; it is longer than fits here)*"
WHOLE = 3_000  # characters of a passage that is shown by itself


def excerpts(citations: Sequence[Citation]) -> str:
    """Block quotes of the citations of one article, in the article's order. Close ones share a block."""
    runs: list[list[Citation]] = []
    for citation in sorted(citations, key=lambda one: (one.start, one.n)):
        if runs and _goes_on(runs[-1][-1], citation):
            runs[-1].append(citation)
        else:
            runs.append([citation])
    return "\n\n".join(_excerpt(run, numbered=len(citations) > 1) for run in runs)


def whole_passage(citations: Sequence[Citation]) -> str:
    """The passage that all of these quote, their quotes in bold; what is too long around them is cut off."""
    passage = citations[0].passage
    pieces, reach = [""], 0
    for one in sorted(citations, key=lambda one: one.start):
        start, end = one.start - passage.start, one.end - passage.start
        if start < reach or passage.text[start:end] != one.quote:
            continue
        pieces += [inert(passage.text[reach:start]), _emphasised(one.quote)]
        reach = end
    pieces.append(inert(passage.text[reach:]))
    if sum(map(len, pieces)) <= WHOLE:
        return "".join(pieces)
    return excerpts(citations)


def _emphasised(quote: str) -> str:
    """In bold, line by line: Discord ends it with an empty line."""
    return "\n".join(f"**{inert(line.strip())}**" if line.strip() else "" for line in quote.split("\n"))


def _goes_on(before: Citation, citation: Citation) -> bool:
    gap = citation.start - before.end
    same = before.passage.id == citation.passage.id and 0 <= gap <= AROUND
    return same and not any(map(_stands_alone, (before, citation))) and "\n" not in _between(before, citation)


def _excerpt(run: Sequence[Citation], *, numbered: bool) -> str:
    first, last = run[0], run[-1]
    if _stands_alone(first):
        return _alone(first, numbered=numbered)
    pieces = [_before(first), _bold(first, numbered=numbered)]
    for previous, citation in pairwise(run):
        pieces += [inert(_between(previous, citation).strip()), _bold(citation, numbered=numbered)]
    return "> " + " ".join(piece for piece in [*pieces, _after(last)] if piece)


def _stands_alone(citation: Citation) -> bool:
    """Whether a quote is shown without its neighbours: long, of several lines, or not in its passage."""
    start = citation.start - citation.passage.start
    inside = citation.passage.text[max(start, 0) :].startswith(citation.quote)
    return not inside or "\n" in citation.quote.strip() or len(inert(citation.quote)) > QUOTE


def _alone(citation: Citation, *, numbered: bool) -> str:
    text = shortened(citation.quote.strip(), QUOTE)
    cut = CUT if len(inert(citation.quote.strip())) > QUOTE else ""
    return "> " + text.replace("\n", "\n> ") + (f" [{citation.n}]" if numbered else "") + cut


def _bold(citation: Citation, *, numbered: bool) -> str:
    return f"**{inert(citation.quote.strip())}**" + (f" [{citation.n}]" if numbered else "")


def _between(before: Citation, citation: Citation) -> str:
    offset = citation.passage.start
    return citation.passage.text[before.end - offset : citation.start - offset]


def _before(citation: Citation) -> str:
    text, start = citation.passage.text, citation.start - citation.passage.start
    found = sentences(text, Span(text.rfind("\n", 0, start) + 1, start))
    return _if_short(text, found[-1]) if found else ""


def _after(citation: Citation) -> str:
    text, end = citation.passage.text, citation.end - citation.passage.start
    found = sentences(text, Span(end, f"{text}\n".find("\n", end)))
    return _if_short(text, found[0]) if found else ""


def _if_short(text: str, span: Span) -> str:
    return inert_line(text[span.start : span.end], 2 * AROUND) if span.end - span.start <= AROUND else ""
