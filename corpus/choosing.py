"""From ranked passages to those worth reading: the same thing once, all sides of a comparison, neighbours joined."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.reranking.judgement import Judgement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from corpus.catalogue.reader import Snapshot
    from corpus.types import Hit

_Shingles = frozenset[tuple[str, ...]]
WORD = re.compile(r"\w+")
SHINGLE = 4  # words
SAME = 0.8  # share of all shingles of two passages that both have, from which on they say the same
FRONT = 4  # hits among which every side of a comparison has one
GAP = 4  # characters between neighbours, white space all of them
JOINED_CHARS = 2000  # a joined passage is no longer than two


def distinct(hits: Iterable[Hit], most: int) -> list[Hit]:
    """The first `most` hits that do not say just what a better one says.

    Compared by the resemblance of their shingles (Broder, "On the resemblance and containment of documents", SEQUENCES
    1997), not by containment: a page that surrounds another's words with more must not take its place, nor one with
    other figures.
    """
    kept: list[tuple[Hit, _Shingles]] = []
    for hit in hits:
        if len(kept) == most:
            break
        shingles = _shingles(hit.passage.text)
        if not any(_same(shingles, others) for _, others in kept):
            kept.append((hit, shingles))
    return [hit for hit, _ in kept]


def all_heard(hits: Sequence[Hit], sides: Sequence[Collection[str]]) -> list[Hit]:
    """The hits with each side of a comparison, given by its passages' ids, among the first ones.

    What a side lacks there is put at their end, so that the very best stays in front.
    """
    front, rest = list(hits[:FRONT]), list(hits[FRONT:])
    for number, side in enumerate(sides):
        if not any(hit.passage.id in side for hit in front):
            best = next((hit for hit in rest if hit.passage.id in side), None)
            if best is not None:
                rest.remove(best)
                rest.insert(0, front.pop(max(1, len(front) - 1 - number)))
                front.append(best)
    return front + rest


def joined(hits: Sequence[Hit], snapshot: Snapshot) -> list[Hit]:
    """The hits with neighbours in the same article made one, in the better one's place, with the better one's id."""
    made: list[Hit] = []
    for hit in hits:
        for place, other in enumerate(made):
            text = _text_over(hit, other, snapshot)
            if text is not None:
                made[place] = _join(other, hit, text)
                break
        else:
            made.append(hit)
    return made


def _shingles(text: str) -> _Shingles:
    words = WORD.findall(text.lower())
    return frozenset(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))


def _same(one: _Shingles, other: _Shingles) -> bool:
    return len(one & other) >= SAME * len(one | other) and _figures(one) == _figures(other)


def _figures(shingles: _Shingles) -> set[str]:
    return {word for shingle in shingles for word in shingle if not word.isalpha()}


def _text_over(one: Hit, other: Hit, snapshot: Snapshot) -> str | None:
    """What both passages say together, when nothing but white space stands between them."""
    a, b = sorted((one.passage, other.passage), key=lambda passage: passage.start)
    near = (a.article_id, a.revision) == (b.article_id, b.revision) and b.start - a.end <= GAP
    if not near or b.end - a.start > JOINED_CHARS:
        return None
    text = snapshot.text_of(a.article_id, a.revision) or ""
    return None if text[a.end : b.start].strip() else text[a.start : b.end]


def _join(better: Hit, worse: Hit, text: str) -> Hit:
    start = min(better.passage.start, worse.passage.start)
    return replace(
        better,
        passage=replace(better.passage, start=start, end=start + len(text), text=text),
        judgement=_joined_judgement(better, worse, start),
        dense=max(better.dense, worse.dense),
        lexical=max(better.lexical, worse.lexical),
    )


def _joined_judgement(better: Hit, worse: Hit, start: int) -> Judgement | None:
    if better.judgement is None or worse.judgement is None:
        return None
    halves = [(hit.passage.start - start, hit.judgement) for hit in (better, worse) if hit.judgement]
    return Judgement(
        max(judgement.score for _, judgement in halves),
        np.concatenate([judgement.starts + offset for offset, judgement in halves]).astype(np.int32),
        np.concatenate([judgement.tokens for _, judgement in halves]),
    )
