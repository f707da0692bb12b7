"""Each metric on one question made by hand, whose values can be worked out on paper."""

from dataclasses import replace
from math import log2
from typing import Any

import pytest

from bot.answering.types import Answer, Ask, Citation, Coverage, Models, Refusal, Sentence
from corpus.types import Hit, Passage, Span
from evals.case import Case
from evals.gold import Gold
from evals.measures import FIGURES, scored
from evals.sets import Evidence, Row
from evals.spans import Located, Texts, groups

TEXTS = {
    "https://a.example/1": "Cars were first. Steel came later.",
    "https://a.example/2": "Rice was last. Nobody asked.",
}
ONE, TWO = TEXTS
# One passage a sentence: p1 and p2 of the first article, p3 and p4 of the second.
SENTENCES = {"p1": (ONE, 0, 16), "p2": (ONE, 17, 34), "p3": (TWO, 0, 14), "p4": (TWO, 15, 28)}
GOLD = ("Cars were first.", "Rice was last.")  # p1 and p3, a group each


def passage(id_: str) -> Passage:
    url, start, end = SENTENCES[id_]
    return Passage(
        id_, url[-1], 1, start, end, TEXTS[url][start:end], url, "T", "Desk", None, "2025-07-08", f"s{url[-1]}"
    )


def hits(*ids: str) -> tuple[Hit, ...]:
    return tuple(Hit(passage(id_), 1 - place / 10, 0.5, 0.5) for place, id_ in enumerate(ids))


def cite(n: int, id_: str, length: int | None = None) -> Citation:
    one = passage(id_)
    end = one.start + (length or len(one.text))
    return Citation(n, TEXTS[one.url][one.start : end], one.start, end, one)


def case(**changes: Any) -> Case:
    """The question whose search found p2, p1, p4, p3 and whose answer cites p1 and p2."""
    evidence = (
        (Evidence(url=ONE, quote=GOLD[0]), Evidence(url=TWO, quote="not there")),
        (Evidence(url=TWO, quote=GOLD[1]),),
    )
    row = Row(
        id="q",
        question="what was first and last?",
        type="what",
        answerable=True,
        answer="The cars were first, rice the last.",
        must_include=(("cars", "autos"), ("rice",)),
        evidence=evidence,
    )
    found = tuple(tuple(group) for group in groups(evidence, Texts(TEXTS)))
    gold = Gold(found, frozenset({"p1", "p3"}), frozenset({"s1", "s2"}))
    said = (Sentence("Cars were first.", (1,), "verbatim"), Sentence("Steel came later.", (2,), "verbatim"))
    answer = Answer(
        Ask(row.question), row.question, "answered", said, (cite(1, "p1"), cite(2, "p2")), (),
        Coverage((), None, 2), None, (), Models("m"), {"total": 1}, 0.7,
    )  # fmt: skip
    made = Case(row, gold, answer, hits("p2", "p1", "p4", "p3"), Texts(TEXTS))
    return replace(made, **changes)


def value(case: Case, name: str) -> float | None:
    met, counted = scored(case)[name]
    return met / counted if counted else None


def test_every_figure_has_a_value_or_none_for_a_question() -> None:
    assert set(scored(case())) == set(FIGURES)


@pytest.mark.parametrize(
    ("figure", "wanted"),
    [
        ("passage_recall_at_1", 0),
        ("passage_recall_at_4", 1),
        ("passage_hit_at_1", 0),
        ("passage_hit_at_4", 1),
        ("passage_mrr_at_10", 1 / 2),
        ("passage_map_at_10", (1 / 2 + 2 / 4) / 2),
        ("passage_ndcg_at_4", (1 / log2(3) + 1 / log2(5)) / (1 / log2(2) + 1 / log2(3))),
        ("story_recall_at_1", 1 / 2),
        ("story_hit_at_1", 1),
        ("story_mrr_at_10", 1),
        ("story_ndcg_at_4", 1),
        ("evidence_at_1", 0),
        ("evidence_at_4", 1),
        ("evidence_cited", 0),
        ("evidence_any_cited", 1),
        ("evidence_groups_cited", 1 / 2),
        ("cited_passages_precision", 1 / 2),
        ("cited_passages_recall", 1 / 2),
        ("cited_passages_f1", 1 / 2),
        ("cited_characters_precision", 16 / (16 + 17)),
        ("cited_characters_recall", (1 + 0) / 2),
        ("must_include", 0),
        # said: cars were first steel came later; gold: cars were first rice last: 3 of 6 and of 5
        ("token_f1", 2 * (3 / 6) * (3 / 5) / (3 / 6 + 3 / 5)),
        ("quotes_verbatim", 1),
        ("sentences_cited", 1),
        ("sentences_uncited", 0),
        ("dangling_markers", 0),
        ("refusal_precision", None),
        ("refusal_recall", None),
    ],
)
def test_a_figure_is_what_its_formula_says(figure: str, wanted: float | None) -> None:
    assert value(case(), figure) == (None if wanted is None else pytest.approx(wanted))


def test_half_of_the_evidence_among_the_best_is_not_all_of_it() -> None:
    assert value(case(hits=hits("p1", "p2", "p4")), "evidence_at_4") == 0
    assert value(case(hits=()), "passage_ndcg_at_10") == 0


def test_a_citation_of_half_the_gold_quote_counts_and_one_of_less_does_not() -> None:
    for length, counted in ((8, 1), (7, 1)):  # the shorter of the two is the citation: all of it is gold
        cited = replace(case().answer, citations=(cite(1, "p1", length),))
        assert value(case(answer=cited), "evidence_any_cited") == counted
    # One that has the last 7 of the quote's 16 characters and more of its own than these.
    beside = replace(cite(1, "p1"), start=9, end=34)
    assert value(case(answer=replace(case().answer, citations=(beside,))), "evidence_any_cited") == 0


def test_markers_without_a_source_and_sentences_without_a_marker_are_counted() -> None:
    said = (Sentence("Cars were first.", (1, 7), "verified"), Sentence("So it was.", (), "verified"))
    made = case(answer=replace(case().answer, sentences=said))
    assert scored(made)["dangling_markers"] == (1, 2)
    assert scored(made)["sentences_cited"] == (0, 2)
    assert scored(made)["sentences_uncited"] == (2, 2)


def test_a_quote_that_is_not_the_articles_slice_is_counted_against() -> None:
    wrong = replace(cite(2, "p2"), quote="Steel came first.")
    made = case(answer=replace(case().answer, citations=(cite(1, "p1"), wrong)))
    assert scored(made)["quotes_verbatim"] == (1, 2)


def test_a_refusal_counts_where_there_was_an_answer_and_where_there_was_none() -> None:
    refused = replace(
        case().answer, status="refused", sentences=(), citations=(), refusal=Refusal("no_evidence", "No.", "No.")
    )
    wrongly = case(answer=refused)
    assert scored(wrongly)["refusal_precision"] == (0, 1)
    assert scored(wrongly)["refusal_f1"] == (0, 1)
    assert value(wrongly, "evidence_cited") == 0
    row = Row(id="q", question="?", type="unanswerable", answerable=False)
    rightly = case(answer=refused, row=row, gold=Gold())
    assert scored(rightly)["refusal_precision"] == scored(rightly)["refusal_recall"] == (1, 1)
    assert scored(rightly)["refusal_f1"] == (2, 2)
    assert value(rightly, "evidence_cited") is None


def test_what_was_judged_counts_and_nothing_where_nobody_judged() -> None:
    assert scored(case(judged=0.5))["judged_right"] == (0.5, 1)
    assert value(case(), "judged_right") is None


def test_a_quote_over_two_paragraphs_is_found_whatever_the_white_space() -> None:
    text = "One.\n\nTwo  three. Four."
    found = Texts({"https://a.example/x.md": text}).locate(Evidence(url="x.md", quote="One. Two three."))
    assert found == Located("https://a.example/x.md", Span(0, text.index(" Four")))
