"""The answer and its parts; what the terminal, the JSON and Discord show is made from these."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from corpus.types import Filters, Hit, Passage

Status = Literal["answered", "partial", "refused"]
Support = Literal["verbatim", "verified"]
RefusalReason = Literal["no_evidence", "off_topic", "outside_dates", "empty_corpus"]
NoteKind = Literal["conflict", "correction", "syndicated", "date_range", "fallback", "premise", "outlets"]


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person asks, with the conversation so far and hard limits on the articles."""

    question: str
    history: tuple[Turn, ...] = ()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Citation:
    """Source `n` of an answer. `quote` is `article_text[start:end]`, and lies inside `passage`.

    `before` and `after` are the words around it where the article has the same words more than once, else empty.
    """

    n: int
    quote: str
    start: int
    end: int
    passage: Passage
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer and the numbers of the citations it rests on.

    `highlight` are the [start, end) of the words in `text` that the question asks for: a figure, a date, a name.
    """

    text: str
    citations: tuple[int, ...]
    support: Support
    highlight: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader should know beside the answer."""

    kind: NoteKind
    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the store covers: the titles nearest to the question, its newest and oldest day, how many articles."""

    nearest: tuple[str, ...]
    newest: str | None
    articles: int
    oldest: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in a form for programs and in one for people; `lead` is its first sentence."""

    reason: RefusalReason
    text: str
    lead: str


@dataclass(frozen=True, slots=True)
class Models:
    """Which models had a part in the answer."""

    embedder: str
    reranker: str | None = None
    chat: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What an answerer proposes; the verifier decides what of it stays."""

    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every sentence is cited, or a refusal.

    `probability` is how likely what was found answers the question; None where nothing was looked for.
    """

    ask: Ask
    standalone_question: str
    status: Status
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    notes: tuple[Note, ...]
    coverage: Coverage
    refusal: Refusal | None
    retrieved: tuple[Hit, ...]
    models: Models
    timings_ms: dict[str, int]
    probability: float | None = None

    @property
    def text(self) -> str:
        """The answer as prose with its `[n]` markers, or the refusal's text."""
        if self.refusal:
            return self.refusal.text
        return " ".join(marked(sentence) for sentence in self.sentences)


def marked(sentence: Sentence) -> str:
    """A sentence followed by its markers: `Talks stalled. [1][2]`."""
    return f"{sentence.text} {''.join(f'[{n}]' for n in sentence.citations)}"
