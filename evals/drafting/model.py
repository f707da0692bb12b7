"""Questions that a chat model proposes. It names sentences by number, so that every quote is the article's own.

Of its reply only rows that hold are kept: it is untrusted text, as the article in it is.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from bot.answering.generating.models import open_chat_model
from corpus.errors import ServiceUnreachable, UsageError
from corpus.types import sha256
from evals.drafting.plain import MOST
from evals.drafting.proposal import Proposal, type_of
from evals.lines import parsed
from evals.prompts import prompt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evals.drafting.source import Sentence
    from evals.settings import EvalSettings

TOKENS = 2_500  # a dozen rows
CHARACTERS_A_TOKEN = 4
MOST_SENTENCES = 3  # that one question may need: a row that names them all is no question


class Drafted(BaseModel):
    """A line of the model's reply."""

    model_config = ConfigDict(frozen=True)

    question: str = Field(min_length=8, max_length=300)
    answer: str = Field(min_length=1, max_length=600)
    sentences: tuple[int, ...] = Field(min_length=1, max_length=MOST_SENTENCES)
    must_include: tuple[tuple[str, ...], ...] = Field((), max_length=6)


def proposals(settings: EvalSettings, found: Sequence[Sentence]) -> list[Proposal]:
    """What the settings' chat model proposes. Raises ServiceUnreachable when it does not answer, UsageError when
    nothing that it says can be used."""
    longer = settings.answer.model_copy(update={"chat_tokens": TOKENS})
    model = open_chat_model(settings.model_copy(update={"answer": longer}))
    if model is None:
        return []
    shown = _fitting(found, settings.answer.chat_prompt_tokens * CHARACTERS_A_TOKEN)
    try:
        reply = model.invoke([("system", prompt("draft.txt").format(most=MOST)), ("user", _numbered(shown))])
    except Exception as error:  # every provider raises its own
        raise ServiceUnreachable(f"The chat model did not answer ({type(error).__name__}).") from error
    made = list({one.question.casefold(): one for one in _read(str(reply.text), shown)}.values())[:MOST]
    if not made:
        raise UsageError(
            f"{settings.chat_model}: nothing in its reply is a question with the sentences that answer it. "
            "Try a larger model, or ACCORD_CHAT_MODEL= for questions from headings and figures."
        )
    return made


def _fitting(found: Sequence[Sentence], characters: int) -> list[Sentence]:
    """The first sentences that the model has room for."""
    used = 0

    def fits(sentence: Sentence) -> bool:
        nonlocal used
        used += len(sentence.text) + CHARACTERS_A_TOKEN
        return used <= characters

    return list(takewhile(fits, found))


def _numbered(shown: Sequence[Sentence]) -> str:
    text = "\n".join(f"{number}. {' '.join(one.text.split())}" for number, one in enumerate(shown, 1))
    mark = sha256(text)[:12]
    return f"<article-{mark}>\n{text}\n</article-{mark}>"


def _read(reply: str, shown: Sequence[Sentence]) -> Iterator[Proposal]:
    for line in reply.splitlines():
        try:
            row = Drafted.model_validate(parsed(line.strip().rstrip(",")))
        except ValueError:  # a fence, a remark, half a row at the limit; ValidationError is one
            continue
        numbers = sorted(set(row.sentences))
        if all(1 <= number <= len(shown) for number in numbers):
            yield _proposal(row, tuple(shown[number - 1].text for number in numbers))


def _proposal(row: Drafted, quotes: tuple[str, ...]) -> Proposal:
    """The row with the groups of words that its own gold says."""
    question, answer = (" ".join(text.split()) for text in (row.question, row.answer))
    said = " ".join([answer, *quotes]).casefold()
    groups = (tuple(word for word in group if word.strip()) for group in row.must_include)
    kept = tuple(group for group in groups if any(word.casefold() in said for word in group))
    return Proposal(question, type_of(question), answer, quotes, "chat model", kept)
