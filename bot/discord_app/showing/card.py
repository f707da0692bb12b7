"""An answer as Discord messages, within every limit and with nothing live: sentences, notes, sources, time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord_app.showing.message import Message, cards
from bot.discord_app.showing.pages import TITLE
from bot.discord_app.showing.plain import inert_line
from bot.discord_app.showing.sources import source_lines
from bot.discord_app.wording import NOTHING_INGESTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.types import Answer, Note, Refusal, Sentence
    from corpus.catalogue.cited import Gone, LostQuote
    from corpus.types import Filters

ANSWER_PAGES = 3
SENTENCE = 3_400  # characters of one, with its markers
ANSWERED, PARTIAL, REFUSED, CORRECTED = 0x2D7D6F, 0xC98A1B, 0xA65E2E, 0xB3261E
NOTE_LABELS = {
    "conflict": "Sources disagree",
    "correction": "Corrected",
    "syndicated": "Published more than once",
    "date_range": "Dates",
}
GONE = {
    "changed": "“{title}” was changed and no longer says what {markers} quote{s}.",
    "withdrawn": "“{title}”, which {markers} quote{s}, was withdrawn.",
}
WORKING = "*… still checking the rest*"


def messages(answer: Answer, *, with_question: bool, lost: Sequence[LostQuote] = ()) -> list[Message]:
    """The messages that show an answer. `with_question` where the person's question is not on the screen; `lost` are
    quotes that their articles no longer hold."""
    if answer.refusal and answer.refusal.reason == "empty_corpus":
        return [Message(NOTHING_INGESTED)]
    blocks = _blocks(answer, lost)
    return cards(
        blocks,
        CORRECTED if lost else _colour(answer),
        title=inert_line(answer.ask.question, TITLE) if with_question else None,
        small=[*source_lines(answer.citations), _footer(answer)],
        most=ANSWER_PAGES,
        rest=lambda shown: _more(len(blocks) - shown),
    )


def draft_message(sentences: Sequence[Sentence]) -> Message:
    """The sentences of an answer that is not done yet."""
    blocks = [*map(_sentence, sentences), WORKING]
    return cards(blocks, ANSWERED, most=1, rest=lambda _: WORKING)[0]


def _blocks(answer: Answer, lost: Sequence[LostQuote]) -> list[str]:
    blocks = [_loss(lost)] if lost else []
    if limits := _limits(answer.ask.filters):
        blocks.append(f"*{limits}*")
    if answer.standalone_question != answer.ask.question:
        blocks.append(f"*Understood as: {inert_line(answer.standalone_question, TITLE)}*")
    blocks += _refusal(answer.refusal, answer) if answer.refusal else [_sentence(one) for one in answer.sentences]
    return blocks + [_note(note) for note in answer.notes]


def _limits(filters: Filters) -> str:
    parts = [
        f"since {filters.since}" if filters.since else "",
        f"until {filters.as_of}" if filters.as_of else "",
        f"of {inert_line(filters.outlet, 100)}" if filters.outlet else "",
    ]
    return "Only articles " + " ".join(filter(None, parts)) if any(parts) else ""


def _loss(lost: Sequence[LostQuote]) -> str:
    by_article: dict[tuple[Gone, str], list[int]] = {}
    for one in lost:
        by_article.setdefault((one.gone, one.title), []).append(one.n)
    said = (
        GONE[gone].format(
            title=inert_line(title, 150),
            markers="".join(f"[{n}]" for n in sorted(numbers)),
            s="s" if len(numbers) == 1 else "",
        )
        for (gone, title), numbers in by_article.items()
    )
    return "**Corrected since:** " + " ".join(said)


def _sentence(sentence: Sentence) -> str:
    markers = " " + "".join(f"[{n}]" for n in sentence.citations)
    whole = inert_line(sentence.text, SENTENCE - len(markers))
    if sentence.highlight is None:
        return whole + markers
    start, end = sentence.highlight
    parts = [
        inert_line(part, SENTENCE) for part in (sentence.text[:start], sentence.text[start:end], sentence.text[end:])
    ]
    gaps = [" " if part != part.strip() else "" for part in (sentence.text[:start], sentence.text[end:])]
    bold = f"{parts[0]}{gaps[0]}**{parts[1]}**{gaps[1]}{parts[2]}"
    return (bold if len(bold) + len(markers) <= SENTENCE else whole) + markers


def _note(note: Note) -> str:
    markers = "".join(f"[{n}]" for n in note.citations)
    return f"**{NOTE_LABELS.get(note.kind, 'Note')}:** {inert_line(note.text, 800)} {markers}".rstrip()


def _refusal(refusal: Refusal, answer: Answer) -> list[str]:
    # The refusal's own text goes on with the coverage, which reads better here as a list.
    blocks = [f"**{inert_line(refusal.lead, 1_000)}**"]
    if answer.coverage.nearest:
        titles = "\n".join(f"- {inert_line(title, 300)}" for title in answer.coverage.nearest)
        blocks.append(f"Nearest to your question:\n{titles}")
    return blocks


def _more(count: int) -> str:
    return f"… and {count} more that do not fit here. Ask about one part of it to read them."


def _colour(answer: Answer) -> int:
    return {"answered": ANSWERED, "partial": PARTIAL, "refused": REFUSED}[answer.status]


def _footer(answer: Answer) -> str:
    coverage = answer.coverage
    articles = "1 article" if coverage.articles == 1 else f"{coverage.articles} articles"
    newest = f", newest {coverage.newest[:10]}" if coverage.newest else ""
    return f"Searched {articles}{newest} · {answer.timings_ms.get('total', 0) / 1000:.1f} s"
