"""An answer as Discord messages: the answer, then its sources, within every limit and with nothing live."""

from dataclasses import dataclass

from discord import Embed

from bot.answering.types import Answer, Note, Refusal, Sentence
from bot.discord_app.pages import PAGE, TITLE, in_messages, pages_of
from bot.discord_app.plain import inert_line
from bot.discord_app.sources import source_pages

ANSWER_PAGES = 3
ANSWERED, PARTIAL, REFUSED, SOURCES = 0x2D7D6F, 0xC98A1B, 0xA65E2E, 0x7A8594
NOTHING_INGESTED = (
    "Nothing has been ingested yet, so there is nothing to answer from. "
    "A maintainer can put articles in with `accord ingest FOLDER`; I see them at once."
)
NOTE_LABELS = {
    "conflict": "Sources disagree",
    "correction": "Corrected",
    "syndicated": "Published more than once",
    "date_range": "Dates",
}


@dataclass(frozen=True, slots=True)
class Message:
    """One message to send: text, or embeds."""

    content: str | None = None
    embeds: tuple[Embed, ...] = ()


def messages(answer: Answer, *, with_question: bool) -> list[Message]:
    """The messages that show an answer. `with_question` where the person's question is not on the screen."""
    if answer.refusal and answer.refusal.reason == "empty_corpus":
        return [Message(NOTHING_INGESTED)]
    embeds = _answer(answer)
    if with_question:
        embeds[0].title = inert_line(answer.ask.question, TITLE)
    embeds += _sources(answer)
    embeds[-1].set_footer(text=_footer(answer))
    return [Message(embeds=tuple(group)) for group in in_messages(embeds)]


def _answer(answer: Answer) -> list[Embed]:
    blocks = _refusal(answer.refusal, answer) if answer.refusal else [_sentence(one) for one in answer.sentences]
    blocks += [_note(note) for note in answer.notes]
    if answer.standalone_question != answer.ask.question:
        blocks.insert(0, f"*Understood as: {inert_line(answer.standalone_question, TITLE)}*")
    pages = pages_of(blocks, ANSWER_PAGES, "\n\n", lambda shown: _more(len(blocks) - shown))
    return [Embed(description=page, colour=_colour(answer)) for page in pages or [""]]


def _sentence(sentence: Sentence) -> str:
    markers = " " + "".join(f"[{n}]" for n in sentence.citations)
    whole = inert_line(sentence.text, PAGE - len(markers))
    if sentence.highlight is None:
        return whole + markers
    start, end = sentence.highlight
    parts = [inert_line(part, PAGE) for part in (sentence.text[:start], sentence.text[start:end], sentence.text[end:])]
    gaps = [" " if part != part.strip() else "" for part in (sentence.text[:start], sentence.text[end:])]
    bold = f"{parts[0]}{gaps[0]}**{parts[1]}**{gaps[1]}{parts[2]}"
    return (bold if len(bold) + len(markers) <= PAGE else whole) + markers


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


def _sources(answer: Answer) -> list[Embed]:
    embeds = [Embed(description=page, colour=SOURCES) for page in source_pages(answer.citations)]
    if embeds:
        embeds[0].title = "Sources" if len(answer.citations) > 1 else "Source"
    return embeds


def _colour(answer: Answer) -> int:
    return {"answered": ANSWERED, "partial": PARTIAL, "refused": REFUSED}[answer.status]


def _footer(answer: Answer) -> str:
    coverage = answer.coverage
    articles = "1 article" if coverage.articles == 1 else f"{coverage.articles} articles"
    newest = f", newest {coverage.newest[:10]}" if coverage.newest else ""
    return f"Searched {articles}{newest} · {answer.timings_ms.get('total', 0) / 1000:.1f} s"
