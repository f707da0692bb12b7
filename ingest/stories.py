"""Which articles tell one story: the same wire copy on several outlets, trimmed, edited or with lines around it.

`bands` finds candidates through an index, `same_story` decides on a candidate's text. Both read a text as
overlapping runs of words (shingles; Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.story_differences import states_otherwise
from ingest.story_words import word_count

if TYPE_CHECKING:
    import numpy as np
    from datasketch import MinHash
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    # The words around a figure, and the figures that stand between them.
    Figures = Mapping[tuple[str, ...], frozenset[str]]

SHINGLE_WORDS = 5
BANDS = 64
LEAD_WORDS = 120
# More than a book's chapter is read no further, so that no text costs seconds.
MAX_CHARS = 200_000
MAX_FIGURES = 1_000
# Shingles permuted together: little enough memory to stay in the processor's cache.
AT_ONCE = 256
# Of the articles that share a band, those that share most are compared: lines that an outlet puts under every article
# make all of its articles candidates.
MOST_CANDIDATES = 50
# One or two keys in common are chance in long texts; no copy of `accord eval stories` shares fewer than three.
FEWEST_SHARED = 3

# Shares of the shorter text. On the tuning half of `accord eval stories` every copy shares .55 or more of itself,
# every made follow-up .5 or less.
SAME_STORY = 0.54
# Under 150 words the formula alone (a bond issue, a central bank's daily notice) is half of a text and more.
SHORT_WORDS = 150
SAME_SHORT_STORY = 0.7
# Under 200 words a text is about one thing, and what differs in it is that. No article of `accord eval stories` is so
# short; 250 loses a copy of an edited part.
NOTICE_WORDS = 200
# Words before and after the common text that are an outlet's own (byline, credits, newsletter) and do not count.
FRAME_WORDS = 40
FRAME_SHARE = 0.2
# Below this many words a text is hardly more than its formula: only an equal one is a copy, give or take a word of it.
VERY_SHORT_WORDS = 30
PRACTICALLY_EQUAL = 0.9
# One other figure is a correction; a quarter of them or more is next month's notice.
CHANGED_FIGURES = 2
EQUAL_FOR_EACH_CHANGED = 3

MULTIPLIER = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio: the multiplier of Fibonacci hashing
WORD = re.compile(r"\d+(?:[.,]\d+)*|%|[^\W\d_]+(?:['’][^\W\d_]+)*")
# Scripts without spaces between words: every two neighbouring characters count as a word.
UNSPACED = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{2,}")
WRITTEN_OTHERWISE = {
    "%": "percent",
    "pct": "percent",
    "mln": "million",
    "mn": "million",
    "bn": "billion",
    "bln": "billion",
    "tn": "trillion",
    "trn": "trillion",
}
FIGURE = "#"
AROUND = 2


@dataclass(frozen=True, slots=True)
class Shingled:
    """A text as it is compared: how many words, the hash of every run of them, and its figures in context."""

    words: int
    hashes: Hashes
    figures: Figures


def bands(text: str) -> list[int]:
    """Keys for an index of candidates, signed 64-bit: texts of one story share at least one, nearly always.

    MinHash (Broder 1997) with one row a band: the share of equal keys estimates the share of equal shingles. The
    opening has keys of its own, so that a brief meets the long article that it opens. No keys for a text without words.
    """
    hashes = _shingled(text[:MAX_CHARS]).hashes
    if not len(hashes):
        return []
    lead = hashes[:LEAD_WORDS]
    return sorted({*_minima(hashes), *_minima(lead)})


def overlap(one: str, other: str) -> float:
    """The share (0..1) of the shorter text's words that stand in a run of words of the longer one. Symmetric.

    A few words around all that is common (a fifth of the text at most) are left out: byline, credits, newsletter line.
    """
    return _covered(*map(_shingled, _by_length(one, other)))


def same_story(one: str, other: str) -> bool:
    """Whether one text is the other or a part of it, perhaps edited. Symmetric; pass bodies without titles.

    Equal wording with other figures is another story, and so is one that repeats paragraphs of the first. In a short
    text one other figure, day, name, direction or negation makes it another; in a long one that is a correction.
    """
    texts = _by_length(one, other)
    shorter, longer = map(_shingled, texts)
    covered = _covered(shorter, longer)
    if shorter.words < VERY_SHORT_WORDS:
        alike = covered == 1 and shorter.words >= PRACTICALLY_EQUAL * longer.words
    else:
        enough = SAME_SHORT_STORY if shorter.words < SHORT_WORDS else SAME_STORY
        alike = covered >= enough and not _other_figures(shorter.figures, longer.figures)
    return alike and not (_is_notice(texts[0], shorter) and states_otherwise(*texts))


def _is_notice(text: str, shingled: Shingled) -> bool:
    """Whether the text is so short that it is about one thing."""
    return shingled.words < 2 * NOTICE_WORDS and word_count(text) < NOTICE_WORDS


def _by_length(one: str, other: str) -> tuple[str, str]:
    first, second = sorted((one[:MAX_CHARS], other[:MAX_CHARS]), key=lambda text: (_shingled(text).words, text))
    return first, second


def _covered(shorter: Shingled, longer: Shingled) -> float:
    import numpy as np

    if not shorter.words:
        return 0.0
    found = np.isin(shorter.hashes, longer.hashes)
    covered = np.zeros(shorter.words, dtype=bool)
    for place in range(min(SHINGLE_WORDS, shorter.words)):
        covered[place : place + len(found)] |= found
    return float(covered.sum()) / (shorter.words - _frame(covered))


def _frame(covered: NDArray[np.bool_]) -> int:
    """How many words stand before and after all that is covered and need not be."""
    words = len(covered)
    if words < VERY_SHORT_WORDS or not covered.any():
        return 0
    around = int(covered.argmax()) + int(covered[::-1].argmax())
    return min(around, FRAME_WORDS, int(FRAME_SHARE * words))


def _other_figures(shorter: Figures, longer: Figures) -> bool:
    """Whether figures that stand between the same words in both texts differ, and not just one."""
    equal, changed = set[str](), set[str]()
    for around in shorter.keys() & longer.keys():
        equal |= shorter[around] & longer[around]
        changed |= shorter[around] - longer[around]
    changed -= equal
    return len(changed) >= CHANGED_FIGURES and len(changed) * EQUAL_FOR_EACH_CHANGED >= len(equal)


@lru_cache(maxsize=128)
def _shingled(text: str) -> Shingled:
    words = _words(text)
    return Shingled(len(words), _hashes(words), _figures(words))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("per cent", "percent")
    spaced = UNSPACED.sub(_in_pairs, plain)
    found = (word.replace("’", "'").replace(",", "") for word in WORD.findall(spaced))
    return [WRITTEN_OTHERWISE.get(word, word) for word in found]


def _in_pairs(run: re.Match[str]) -> str:
    characters = run.group()
    pairs = (characters[place : place + 2] for place in range(len(characters) - 1))
    return f" {' '.join(pairs)} "


def _hashes(words: Sequence[str]) -> Hashes:
    """One hash a shingle, in order; one of all words when there are fewer than a shingle has."""
    import numpy as np

    each = np.array([_hash(word) for word in words], dtype=np.uint64)
    length = min(SHINGLE_WORDS, len(each))
    count = len(each) - length + 1 if length else 0
    hashes = np.zeros(count, dtype=np.uint64)
    for place in range(length):
        hashes = hashes * np.uint64(MULTIPLIER) + each[place : place + count]
    return hashes


@lru_cache(maxsize=65_536)
def _hash(word: str) -> int:
    """The same number in every process, which Python's own `hash` is not."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _figures(words: Sequence[str]) -> Figures:
    masked = [FIGURE if word[0].isdecimal() else word for word in words]
    places = [place for place, word in enumerate(masked) if word == FIGURE][:MAX_FIGURES]
    found: dict[tuple[str, ...], set[str]] = {}
    for place in places:
        around = (*masked[max(0, place - AROUND) : place], FIGURE, *masked[place + 1 : place + 1 + AROUND])
        found.setdefault(around, set()).add(words[place])
    return {around: frozenset(figures) for around, figures in found.items()}


def _minima(hashes: Hashes) -> list[int]:
    import numpy as np

    sketch = _empty_sketch().copy()
    for start in range(0, len(hashes), AT_ONCE):
        sketch.update_batch(hashes[start : start + AT_ONCE])
    # The band's number goes into the key: equal minima of different permutations mean nothing.
    keys = sketch.hashvalues * np.uint64(MULTIPLIER) + np.arange(BANDS, dtype=np.uint64)
    return [int(key) for key in keys.view(np.int64)]


@lru_cache(maxsize=1)
def _empty_sketch() -> MinHash:
    from datasketch import MinHash

    return MinHash(num_perm=BANDS, seed=1, hashfunc=int, scheme="affine64")
