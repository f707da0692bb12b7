"""The answerer with a chat model: any that LangChain's `init_chat_model` knows by name.

The model sees numbered passages and writes sentences with markers. What it writes is not trusted: a sentence
stays only if its markers name passages that it was given and these bear it out (`checking`); the quote that a reader
sees is cut from the passage, never taken from the model.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

from langchain_core.messages import HumanMessage, SystemMessage

from bot.answering.checking.claims import problems
from bot.answering.types import Citation, Draft, Sentence
from corpus.errors import ServiceUnreachable, UsageError
from corpus.lexical import terms
from corpus.sentences import sentences
from corpus.term_index import matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langchain_core.language_models import BaseChatModel

    from bot.settings import BotSettings
    from corpus.types import Hit, Passage, Span

NO_ANSWER = "NO ANSWER"
MARKED = re.compile(r"([^\[\]]++)((?:\[\d+\]\s*)+)")
MARKER = re.compile(r"\[(\d+)\]")
MOST_CHARACTERS = 4_000
LONGEST_SENTENCE = 600  # characters
MOST_MARKERS = 6  # behind one sentence


def open_chat_model(settings: BotSettings) -> BaseChatModel | None:
    """The chat model that the settings name, or None. Raises UsageError when it cannot be set up."""
    if settings.chat_model is None:
        return None
    from langchain.chat_models import init_chat_model

    try:
        return init_chat_model(
            settings.chat_model, temperature=0, timeout=settings.answer.chat_timeout_s, max_retries=1
        )
    except ImportError as error:
        raise UsageError(f"ACCORD_CHAT_MODEL: {settings.chat_model} needs a package: {error}") from error
    except ValueError as error:
        raise UsageError(f"ACCORD_CHAT_MODEL: {error}. Write it as provider:model.") from error


def draft(model: BaseChatModel, question: str, hits: Sequence[Hit], max_sentences: int) -> Draft:
    """What the model answers, as far as the passages bear it out; no sentences when nothing of it holds.

    Raises ServiceUnreachable when the model does not answer.
    """
    passages = [hit.passage for hit in hits]
    return parse(_reply(model, question, passages, max_sentences), passages, max_sentences)


def parse(reply: str, passages: Sequence[Passage], max_sentences: int) -> Draft:
    """The supported sentences of a reply, each marker turned into a citation of the best sentence it names."""
    citations: dict[tuple[str, Span], Citation] = {}
    kept: list[Sentence] = []
    for found in MARKED.finditer(reply[:MOST_CHARACTERS]):
        statement = " ".join(found[1].split()).lstrip(".,;:-• ")
        named = [int(number) for number in dict.fromkeys(MARKER.findall(found[2]))][:MOST_MARKERS]
        known = [passages[number - 1] for number in named if 1 <= number <= len(passages)]
        readable = 0 < len(statement) <= LONGEST_SENTENCE and len(known) == len(named)
        if readable and not problems(statement, known):
            numbers = tuple(_cite(statement, passage, citations) for passage in known)
            kept.append(Sentence(statement, tuple(dict.fromkeys(numbers)), "verified"))
        if len(kept) == max_sentences:
            break
    return _only_cited(kept, list(citations.values()))


def _reply(model: BaseChatModel, question: str, passages: Sequence[Passage], max_sentences: int) -> str:
    prompt = resources.files("bot.answering").joinpath("prompts/answer.txt").read_text("utf-8")
    shown = "\n".join(
        f'<passage number="{n}">\n{_defused(passage.text)}\n</passage>' for n, passage in enumerate(passages, 1)
    )
    messages = [
        SystemMessage(prompt.format(max_sentences=max_sentences)),
        HumanMessage(f"{shown}\n\nQuestion: {question}"),
    ]
    try:
        return str(model.invoke(messages).text)
    except Exception as error:  # every provider raises its own
        raise ServiceUnreachable(f"The chat model did not answer ({type(error).__name__}).") from error


def _defused(text: str) -> str:
    """A passage that cannot pretend to end here, or to begin another."""
    return re.sub(r"<(/?)passage", r"‹\1passage", text, flags=re.IGNORECASE)


def _cite(statement: str, passage: Passage, citations: dict[tuple[str, Span], Citation]) -> int:
    """The number of the citation of the passage's sentence that shares most words with the statement."""
    spans = sentences(passage.text)
    shared = matches([passage.text[span.start : span.end] for span in spans], terms(statement))
    best = spans[max(range(len(spans)), key=lambda index: (len(shared[index]), -index))]
    start, end = passage.start + best.start, passage.start + best.end
    quote = passage.text[best.start : best.end]
    key = (passage.article_id, type(best)(start, end))
    return citations.setdefault(key, Citation(len(citations) + 1, quote, start, end, passage)).n


def _only_cited(kept: Sequence[Sentence], citations: Sequence[Citation]) -> Draft:
    used = {n for sentence in kept for n in sentence.citations}
    return Draft(tuple(kept), tuple(citation for citation in citations if citation.n in used))
