"""Orders of candidates: by what was fused, and by what the reranker says of the best of them."""

import pytest

from corpus.candidates import Candidates
from corpus.ranking import SIDE_DEPTH, Weights, by_fusion, by_judgement, pooled
from corpus.reranking.judgement import Judgement
from corpus.types import Passage

WEIGHTS = Weights(dense=0.5, timely_fused=0.2, fused=1.0, timely=1.0)


def passage(id_: str) -> Passage:
    return Passage(id_, id_, 1, 0, 4, "text", f"https://x/{id_}", "T", None, None, "2025-05-01")


def candidates(dense: dict[str, float], lexical: dict[str, float]) -> Candidates:
    return Candidates({key: passage(key) for key in dense}, dense, lexical)


def ids(hits) -> list[str]:
    return [hit.passage.id for hit in hits]


def test_fused_scores_order_the_candidates_and_lie_between_0_and_1() -> None:
    hits = by_fusion(candidates({"a": 0.9, "b": 0.5, "c": 0.1}, {"b": 3.0, "c": 6.0}), WEIGHTS, lambda _: 0.0)
    assert ids(hits) == ["a", "b", "c"]
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert [hit.lexical for hit in hits] == [0.0, 0.5, 1.0]


def test_a_suiting_day_lifts_a_passage_over_one_that_is_a_little_better() -> None:
    found = candidates({"a": 0.90, "b": 0.88, "c": 0.1}, {})
    assert ids(by_fusion(found, WEIGHTS, lambda one: float(one.id == "b"))) == ["b", "a", "c"]
    assert ids(by_fusion(found, WEIGHTS, lambda _: 1.0)) == ["a", "b", "c"]


def test_the_judged_come_first_in_the_judges_order_and_the_others_after_them() -> None:
    fused = by_fusion(candidates({"a": 0.9, "b": 0.8, "c": 0.7, "d": 0.6}, {}), WEIGHTS, lambda _: 0.0)
    hits = by_judgement(pooled([fused], 2), [Judgement(-6.0), Judgement(4.0)], WEIGHTS)
    assert ids(hits) == ["b", "a", "c", "d"]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert [hit.judgement is not None for hit in hits] == [True, True, False, False]


def test_what_was_fused_settles_what_the_judge_leaves_open() -> None:
    fused = by_fusion(candidates({"a": 0.9, "b": 0.1}, {}), WEIGHTS, lambda _: 0.0)
    assert ids(by_judgement(pooled([fused], 2), [Judgement(1.0), Judgement(1.2)], WEIGHTS)) == ["a", "b"]
    assert ids(by_judgement(pooled([fused], 2), [Judgement(1.0), Judgement(2.5)], WEIGHTS)) == ["b", "a"]


def test_wild_logits_overflow_nothing() -> None:
    fused = by_fusion(candidates({"a": 0.9, "b": 0.1}, {}), WEIGHTS, lambda _: 0.0)
    hits = by_judgement(pooled([fused], 2), [Judgement(-1e6), Judgement(1e6)], WEIGHTS)
    assert [hit.score for hit in hits] == pytest.approx([1.0, 0.0], abs=1e-9)


def test_the_best_of_each_side_join_the_questions_own_and_none_twice() -> None:
    scores = {f"p{number:02}": 1 - number / 100 for number in range(30)}
    own = by_fusion(candidates(scores, {}), WEIGHTS, lambda _: 0.0)
    side = by_fusion(candidates({key: 1 - score for key, score in scores.items()}, {}), WEIGHTS, lambda _: 0.0)
    pool = pooled([own, side], 5)
    assert ids(pool.best) == [*ids(own[:5]), *ids(side[:SIDE_DEPTH])]
    assert pool.sides == [frozenset(ids(side[:SIDE_DEPTH]))]
    assert sorted(ids([*pool.best, *pool.others])) == sorted(scores)
