"""How a question and a passage are put before the model: [CLS] question [SEP] date and title [SEP] passage [SEP].

Training and inference both come here, so that the model is asked in the form that it has learnt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

# Tokens; what is longer is cut off. A passage of 1,000 characters has about 220.
QUESTION_TOKENS = 64
HEADING_TOKENS = 40
PAIR_TOKENS = 320


@dataclass(frozen=True, slots=True)
class Pair:
    """Token ids of one pair; those from `question_end` on are of segment 1, the passage's begin at `passage_start`."""

    ids: list[int]
    question_end: int
    passage_start: int


def heading(title: str, published: str | None) -> str:
    """What is known about a passage's article, in the words of a question: "8 July 2025: Talks stall on autos"."""
    day = _day(published)
    return f"{day.day} {day:%B} {day.year}: {title}" if day else title


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def pair(tokenizer: Tokenizer, question: Sequence[int], about: Sequence[int], passage: Sequence[int]) -> Pair:
    """The pair of a question, a heading and a passage that are token ids already, without special ones."""
    cls, sep = tokenizer.encode("").ids
    first = [cls, *question[:QUESTION_TOKENS], sep]
    start = [*first, *about[:HEADING_TOKENS], sep]
    room = PAIR_TOKENS - len(start) - 1
    return Pair([*start, *passage[:room], sep], len(first), len(start))


def plain_ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Token ids of the texts, without special ones."""
    return [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
