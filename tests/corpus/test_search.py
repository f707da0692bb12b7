"""Search as a whole, with the models that ship."""

import pytest

from corpus.opening import open_searcher
from corpus.search import Parts
from corpus.settings import CorpusSettings, RetrievalSettings
from corpus.types import Filters

QUESTION = "why did talks stall on autos?"


@pytest.fixture
def searching(filled):
    """Searchers of the filled store, closed afterwards."""
    opened = []

    def opened_with(parts: Parts | None = None, **settings):
        opened.append(open_searcher(CorpusSettings(data_dir=filled.store, **settings), parts))
        return opened[-1]

    yield opened_with
    for searcher in opened:
        searcher.close()


def test_the_reranker_reads_the_best_and_its_order_stands(searching) -> None:
    result = searching().search(QUESTION, 50)
    assert result.reranked
    judged = [hit for hit in result.hits if hit.judgement]
    assert judged
    assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)
    assert judged[0].judgement.tokens.size


def test_without_a_reranker_the_fused_order_stands(searching) -> None:
    result = searching(reranker="none").search(QUESTION, 50)
    assert not result.reranked
    assert result.hits
    assert not any(hit.judgement for hit in result.hits)
    assert (result.timings_ms["rerank"], "deadline" in result.timings_ms) == (0, False)


def test_when_the_deadline_passes_the_fused_order_stands_and_the_timing_says_so(searching) -> None:
    hurried = searching(retrieval=RetrievalSettings(rerank_deadline_ms=10))
    result = hurried.search(QUESTION, 50)
    assert (result.reranked, result.timings_ms["deadline"]) == (False, 10)
    fused = searching(reranker="none").search(QUESTION, 50)
    assert [hit.passage for hit in result.hits] == [hit.passage for hit in fused.hits]


def test_what_a_question_asks_as_of_a_day_nothing_later_answers(searching) -> None:
    result = searching().search("as of 31 January 2020, which cars may the British sell?", 50)
    assert result.filters.as_of == "2020-01-31"
    assert {hit.passage.published for hit in result.hits} == {"2019-12-11", "2020-01-16"}


def test_of_two_limits_the_earlier_holds(searching) -> None:
    result = searching().search("what was known as of May 2025?", 50, Filters(as_of="2020-01-01"))
    assert result.filters.as_of == "2020-01-01"
    assert {hit.passage.published for hit in result.hits} == {"2019-12-11"}


def test_a_day_in_the_question_lifts_what_was_published_around_it_and_hides_nothing(searching) -> None:
    question = "what happened to trade in January 2020?"
    dated, undated = (searching(parts, reranker="none") for parts in (Parts(), Parts(dates=False)))
    hits = dated.search(question, 50).hits
    assert hits[0].passage.published == "2020-01-16"
    assert {hit.timely for hit in undated.search(question, 50).hits} == {0.0}
    assert len({hit.passage.published for hit in hits}) == 4


def test_a_comparison_hears_both_sides_early(searching) -> None:
    hits = searching().search("Japan vs Britain: how do their car deals differ?", 4).hits
    assert {"2025-07-08", "2025-05-09"} <= {hit.passage.published for hit in hits}


def test_a_passage_is_a_slice_of_its_article_also_where_neighbours_were_joined(searching) -> None:
    searcher = searching()
    hits = searcher.search(QUESTION, 50).hits
    with searcher.catalogue.snapshot() as snapshot:
        for hit in hits:
            passage = hit.passage
            text = snapshot.text_of(passage.article_id, passage.revision)
            assert text[passage.start : passage.end] == passage.text


def test_an_answered_question_is_likelier_answered_than_one_that_is_not(searching) -> None:
    searcher = searching()

    def probability(question: str) -> float:
        hits = searcher.search(question, 10).hits
        return searcher.calibration(hits).probability(searcher.signals(question, hits))

    assert probability("how many British cars get the lower rate?") > probability("who won the tennis final?")


def test_what_is_not_reranked_has_a_calibration_of_its_own(searching) -> None:
    one, other = searching(), searching(reranker="none")
    assert one.calibration(one.search(QUESTION, 5).hits) != other.calibration(other.search(QUESTION, 5).hits)
