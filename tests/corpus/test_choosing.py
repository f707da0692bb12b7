"""What of a ranking is worth reading: nothing twice, every side of a comparison, neighbours in one piece."""

import numpy as np
import pytest

from corpus.choosing import JOINED_CHARS, all_heard, distinct, joined
from corpus.reranking.judgement import Judgement
from corpus.types import Hit, Passage

WORDS = "the minister said on tuesday that the quota for cars would be doubled before the end of the year".split()


def hit(id_: str, text: str, score: float = 0.5, start: int = 0, article: str = "a", judgement=None) -> Hit:
    passage = Passage(id_, article, 1, start, start + len(text), text, f"https://x/{article}", "T", None, None, None)
    return Hit(passage, score, 0.4, 0.3, judgement=judgement)


class Stored:
    """The one thing that joining asks a snapshot for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def text_of(self, article_id: str, revision: int) -> str | None:
        return self._text if (article_id, revision) == ("a", 1) else None


def test_a_passage_that_says_what_a_better_one_says_is_left_out() -> None:
    same = " ".join(["Update:", *WORDS])
    other = " ".join(reversed(WORDS))
    hits = [hit("1", " ".join(WORDS)), hit("2", same, article="b"), hit("3", other, article="c")]
    assert [one.passage.id for one in distinct(hits, 10)] == ["1", "3"]


def test_a_page_that_surrounds_anothers_words_or_changes_its_figures_does_not_take_its_place() -> None:
    honest = " ".join([*WORDS, "to 12 percent"])
    stuffed = " ".join([honest, *(f"more{number}" for number in range(9))])
    forged = honest.replace("12", "13")
    hits = [hit("1", stuffed, article="x"), hit("2", forged, article="y"), hit("3", honest)]
    assert distinct(hits, 10) == hits


def test_of_the_distinct_ones_only_as_many_as_are_wanted_are_looked_at() -> None:
    asked = []

    def ranking():
        for number in range(50):
            asked.append(number)
            yield hit(str(number), f"number {number} " * 5)

    assert len(distinct(ranking(), 3)) == 3
    assert len(asked) <= 4


def test_two_short_passages_that_differ_stay_two() -> None:
    assert len(distinct([hit("1", "Tariffs rise."), hit("2", "Tariffs fall.")], 10)) == 2


def test_a_side_that_the_best_leave_out_comes_in_at_their_end() -> None:
    hits = [hit(str(number), f"text {number}") for number in range(8)]
    heard = all_heard(hits, [{"0", "5"}, {"6", "7"}])
    assert [one.passage.id for one in heard] == ["0", "1", "3", "6", "2", "4", "5", "7"]
    assert all_heard(hits, [{"0"}, {"3"}]) == hits
    assert all_heard(hits, [{"gone"}]) == hits


def test_several_sides_that_are_left_out_all_come_in_and_the_best_stays_first() -> None:
    hits = [hit(str(number), f"text {number}") for number in range(8)]
    heard = [one.passage.id for one in all_heard(hits, [{"4"}, {"5"}, {"6"}])]
    assert heard[0] == "0"
    assert set(heard[:4]) == {"0", "4", "5", "6"}
    assert sorted(heard) == sorted(one.passage.id for one in hits)
    assert [one.passage.id for one in all_heard(hits[:1], [{"4"}])] == ["0"]


def test_neighbours_become_one_passage_that_is_a_slice_of_the_article() -> None:
    text = "First part here.\n\nSecond part here.\n\nThird part."
    second, first = hit("a:1:1", text[18:35], 0.9, 18), hit("a:1:0", text[:16], 0.2, 0)
    (made,) = joined([second, first], Stored(text))
    assert (made.passage.id, made.score) == ("a:1:1", 0.9)
    assert made.passage.text == text[made.passage.start : made.passage.end] == text[:35]


def test_what_is_between_two_passages_keeps_them_apart() -> None:
    text = "First part.\nXY\nThird part."
    hits = [hit("a:1:0", text[:11], start=0), hit("a:1:2", text[15:], start=15)]
    assert joined(hits, Stored(text)) == hits


@pytest.mark.parametrize("length", [JOINED_CHARS // 2, JOINED_CHARS // 2 + 1])
def test_a_joined_passage_is_no_longer_than_two(length: int) -> None:
    text = "a" * length * 2
    hits = [hit("a:1:0", text[:length]), hit("a:1:1", text[length:], start=length)]
    assert len(joined(hits, Stored(text))) == (1 if length * 2 <= JOINED_CHARS else 2)


def test_a_joined_passage_keeps_what_was_judged_of_each_half_in_its_place() -> None:
    text = "abcde\nfghij"

    def judged(score: float, token: float) -> Judgement:
        return Judgement(score, np.array([0], np.int32), np.array([token], np.float32))

    later = hit("a:1:1", text[6:], start=6, judgement=judged(2.0, 0.7))
    earlier = hit("a:1:0", text[:5], start=0, judgement=judged(-1.0, -0.3))
    (made,) = joined([later, earlier], Stored(text))
    assert made.judgement.score == 2.0
    assert made.judgement.of(6, 11) == pytest.approx(0.7)
    assert made.judgement.of(0, 5) == pytest.approx(-0.3)
