"""The measured sets: what counts as found, what counts as refused, and which variants of search are compared."""

import gzip
import json
from pathlib import Path

import pytest

from corpus.answerability import Signals
from corpus.errors import UsageError
from corpus.types import Article, Hit, Passage, Span, Version
from evals.ranking import quiz, trade
from evals.ranking.ablation import variants
from evals.ranking.calibration import Example, Judged
from evals.ranking.data import QUIZ, QuizRow, load
from evals.ranking.refusal import precision, recall
from evals.ranking.searching import Found
from evals.sets import Evidence, Row
from evals.spans import Located, Texts

TEXT = "The duty is ten percent. Cars are exempt until May."


def hit(url: str, start: int, end: int, story: str = "") -> Hit:
    return Hit(Passage(f"{url}:{start}", url, 1, start, end, "", url, "t", None, None, None, story), 0.5, 0.4, 0.3)


def searched(row: Row, *hits: Hit) -> trade.Asked:
    return trade.Asked(row, {depth: hits[:depth] for depth in (1, 4, 10)})


def row(number: int, *quotes: str) -> Row:
    evidence = tuple((Evidence(url="a", quote=quote),) for quote in quotes)
    return Row(id=str(number), question="q", type="why", answerable=bool(quotes), evidence=evidence)


def test_all_evidence_may_lie_in_several_passages_but_the_first_hit_lies_in_one() -> None:
    first, second = "The duty is ten percent.", "Cars are exempt until May."
    asked = [
        searched(row(1, first, second), hit("b", 0, 50), hit("a", 0, 24), hit("a", 25, 51)),
        searched(row(2, first), hit("a", 0, 51)),
        searched(row(3, first), hit("a", 0, 10), hit("a", 10, 24), hit("a", 20, 51)),
        searched(row(4), hit("a", 0, 51)),
    ]
    found = trade.figures(asked, Texts({"a": TEXT, "b": "x" * 60}))
    assert [(found[f"evidence_at_{depth}"].met, found[f"evidence_at_{depth}"].counted) for depth in (1, 4, 10)] == [
        (1, 3),
        (3, 3),
        (3, 3),
    ]
    assert (found["first_hit_at_1"].met, found["first_hit_at_1"].counted) == (1, 3)
    assert found["first_hit_reciprocal_rank"].value == pytest.approx((1 / 2 + 1 + 0) / 3, abs=1e-4)


def test_the_first_hit_is_of_any_group() -> None:
    wanted = [[Located("a", Span(0, 24))], [Located("a", Span(25, 51)), Located("b", Span(0, 5))]]
    assert trade.first_rank(wanted, [Located("c", Span(0, 99)), Located("b", Span(0, 9))]) == 2
    assert trade.first_rank(wanted, [Located("a", Span(0, 23))]) is None


def quiz_row(id_: str, text: str, date: str = "2023-01-01") -> QuizRow:
    return QuizRow(id=id_, date=date, question="q?", evidence=text)


def version(row: QuizRow, story: str) -> Version:
    stored = quiz.article(row)
    return Version(Article(stored["url"], "t", row.evidence), 1, "live", "", story, None, 1)


def test_a_copy_of_the_evidence_counts_as_the_evidence() -> None:
    one, other, same, lost = (
        quiz_row(id_, text) for id_, text in (("1", "A."), ("2", "A."), ("3", "A a."), ("4", "B."))
    )
    stories = quiz.gold([one, other, same, lost], [version(one, "x"), version(other, "y"), version(same, "x")])
    assert stories == {
        "1": frozenset("xy"),
        "2": frozenset("xy"),
        "3": frozenset("x"),
        "4": frozenset(),
    }
    assert quiz.rank(stories["3"], [hit("b", 0, 1, "z"), hit("c", 0, 1, "x")]) == 2
    assert quiz.rank(stories["4"], [hit("b", 0, 1, "z")]) is None
    assert quiz.without([one, other, same, lost], [same], stories) == [lost]


def test_hits_are_counted_by_year_and_what_is_not_stored_is_missed() -> None:
    rows = [quiz_row("1", "A."), quiz_row("2", "B.", "2024-02-02"), quiz_row("3", "C.", "2024-03-03")]
    stories = {"1": frozenset("x"), "2": frozenset("y"), "3": frozenset[str]()}
    hits = (hit("u", 0, 1, "x"), hit("u", 0, 1, "y"))
    found = Found(hits, Signals(0, 0, 0, 0, 0))
    figures = quiz.figures([quiz.Asked(row, found) for row in rows], stories)
    assert {name: (figure.met, figure.counted) for name, figure in figures.items()} == {
        "hits_at_1": (1, 3),
        "hits_at_10": (2, 3),
        "hits_at_1_2023": (1, 1),
        "hits_at_10_2023": (1, 1),
        "hits_at_1_2024": (0, 2),
        "hits_at_10_2024": (1, 2),
    }


def test_a_quiz_title_says_only_what_the_evidence_says() -> None:
    stored = quiz.article(quiz_row("A_1", "One two  three four five six seven eight nine ten."))
    assert stored["title"] == "One two three four five six seven eight"
    assert stored["url"] == "https://quiz.example/a_1"


def test_a_smaller_sample_is_part_of_a_larger_one() -> None:
    rows = [quiz_row(str(number), "A.") for number in range(20)]
    order = quiz.shuffled(rows)
    assert order == quiz.shuffled(rows)
    assert order != rows
    assert sorted(row.id for row in order) == sorted(row.id for row in rows)


def judged(*, answerable: bool, refused: bool) -> Judged:
    return Judged(Example("set", "q", answerable, Signals(0, 0, 0, 0, 0)), 0.5, refused)


def test_a_refusal_is_the_positive_class() -> None:
    found = [
        *[judged(answerable=False, refused=True)] * 3,
        judged(answerable=False, refused=False),
        *[judged(answerable=True, refused=True)] * 2,
        *[judged(answerable=True, refused=False)] * 9,
    ]
    assert (precision(found).met, precision(found).counted) == (3, 5)
    assert (recall(found).met, recall(found).counted) == (3, 4)
    assert precision([judged(answerable=True, refused=False)]) is None


def test_each_part_is_left_out_once() -> None:
    found = variants(["dense", "lexical", "rerank"])
    assert list(found) == [
        "everything",
        "without dense",
        "without lexical",
        "without rerank",
        "dense only",
        "BM25 only",
        "dense + BM25",
    ]
    assert found["without lexical"] == {"dense", "rerank"}
    assert found["BM25 only"] == {"lexical"}


def test_a_folder_with_nothing_measured_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none of the measured sets"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"no gzip", "cannot be read"),
        # The time in gzip's header would be in the tests' names, which have to be the same in every worker.
        (gzip.compress(b"\xff", mtime=0), "cannot be read"),
        (gzip.compress(b'{"id": "1"}', mtime=0), r":1: date"),
        (gzip.compress(json.dumps({"id": "a b", "date": "2023-01-01"}).encode(), mtime=0), r":1: id"),
    ],
    ids=["not-gzip", "not-utf-8", "no-date", "no-id"],
)
def test_a_set_that_is_there_has_to_be_right(tmp_path: Path, content: bytes, wanted: str) -> None:
    (tmp_path / QUIZ).write_bytes(content)
    with pytest.raises(UsageError, match=wanted):
        load(tmp_path)
