"""Answers: every sentence cited, every quote verbatim, and no answer without evidence."""

import json

import pytest

from bot.answering.types import Ask, Citation, Draft, Sentence
from bot.answering.verify import verified
from bot.opening import open_answerer
from bot.settings import BotSettings
from corpus.opening import open_searcher
from corpus.types import Filters

QUESTIONS = (
    "why did talks stall on autos?",
    "how many british cars get the lower rate?",
    "Why did the WTO appeals court stop working?",
    "how much did china promise to buy?",
)


@pytest.fixture(scope="module")
def answerer(_filled):
    """Answering from the four shipped articles."""
    opened = open_answerer(BotSettings(data_dir=_filled / "store"))
    yield opened
    opened.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_sentence_is_cited_and_every_quote_is_the_articles(answerer, filled, accord, question: str) -> None:
    answer = accord("ask", question, "--data-dir", filled.store, "--json").json
    assert answer["status"] == "answered"
    assert answer["sentences"]
    numbers = [citation["n"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    for sentence in answer["sentences"]:
        assert sentence["citations"]
        assert set(sentence["citations"]) <= set(numbers)
    for citation in answer["citations"]:
        stored = accord("article", citation["url"], "--data-dir", filled.store, "--json").json
        assert stored["text"][citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.parametrize(
    "settings",
    [{"reranker": "none"}, {"retrieval": {"rerank_deadline_ms": 10}}],
    ids=["without a reranker", "with one that is always late"],
)
def test_sentences_are_weighed_without_the_rerankers_word_too(filled, settings) -> None:
    opened = open_answerer(BotSettings(data_dir=filled.store, **settings))
    made = opened.answer(Ask("why did talks stall on autos?"))
    opened.close()
    assert any("would give way on cars" in sentence.text for sentence in made.sentences)


def test_an_answer_draws_on_as_many_passages_as_were_asked_for(filled, accord) -> None:
    ask = ("ask", "why did talks stall on autos?", "--data-dir", filled.store, "--json")
    assert len(accord(*ask).json["retrieved"]) > 2
    assert len(accord(*ask, "--k", "2").json["retrieved"]) <= 2  # neighbours are joined


def test_the_answer_names_the_reason(answerer) -> None:
    answer = answerer.answer(Ask("why did talks stall on autos?"))
    assert "because neither government would give way on cars" in answer.text
    assert answer.text.endswith("]")


@pytest.mark.parametrize("question", ["what is the capital of France?", "can you give me a banana bread recipe"])
def test_what_the_articles_are_not_about_is_refused_with_what_they_cover(answerer, question: str) -> None:
    answer = answerer.answer(Ask(question))
    assert answer.status == "refused"
    assert answer.refusal.reason == "off_topic"
    assert (answer.sentences, answer.citations) == ((), ())
    assert answer.coverage.articles == 4
    assert answer.coverage.newest == "2025-07-08"
    assert "4 articles" in answer.text


def test_limits_on_dates_are_kept_and_named(answerer) -> None:
    question = "why did talks stall on autos?"
    early = answerer.answer(Ask(question, filters=Filters(as_of="2020-12-31")))
    assert all(hit.passage.published <= "2020-12-31" for hit in early.retrieved)
    none = answerer.answer(Ask(question, filters=Filters(as_of="1999-01-01")))
    assert none.refusal.reason == "outside_dates"


def test_a_store_without_articles_says_so(tmp_path, scratch, accord) -> None:
    with open_searcher(BotSettings(data_dir=scratch.store)).catalogue.transaction() as transaction:
        for row in accord("articles", "--data-dir", scratch.store, "--json").json:
            transaction.withdraw(row["article_id"])
    answer = accord("ask", "why?", "--data-dir", scratch.store, "--json").json
    assert answer["refusal"]["reason"] == "empty_corpus"
    assert accord("ask", "why?", "--data-dir", tmp_path / "none").code == 3


def test_a_follow_up_is_understood_with_the_question_before_it(tmp_path, filled, accord) -> None:
    history = [{"question": "what did China promise in Phase One?", "answer": "To buy more."}]
    (tmp_path / "history.json").write_text(json.dumps(history), "utf-8")
    done = accord("ask", "and how much?", "--history", tmp_path / "history.json", "--data-dir", filled.store, "--json")
    assert done.json["standalone_question"] == "and how much? (China promise in Phase One)"
    assert "$200 billion" in done.json["text"]
    (tmp_path / "history.json").write_text('{"question": 1}', "utf-8")
    assert accord("ask", "and?", "--history", tmp_path / "history.json").code == 2


def test_the_verifier_removes_what_is_not_in_the_store(answerer) -> None:
    real = answerer.answer(Ask("why did talks stall on autos?"))
    one = real.citations[0]
    forged = Citation(2, "Japan gave in.", one.start, one.end, one.passage)
    shifted = Citation(3, one.quote, one.start + 1, one.end + 1, one.passage)
    draft = Draft(
        (
            Sentence("Uncited.", (), "verified"),
            Sentence("Forged.", (2,), "verified"),
            Sentence("Shifted.", (3,), "verified"),
            Sentence("Never numbered.", (9,), "verified"),
            Sentence("Not what it quotes.", (1,), "verbatim"),
            Sentence("Half right.", (2, 1), "verified"),
        ),
        (one, forged, shifted),
    )
    kept = verified(draft, answerer._searcher.catalogue)
    assert [(sentence.text, sentence.citations) for sentence in kept.sentences] == [("Half right.", (1,))]
    assert [(citation.n, citation.quote) for citation in kept.citations] == [(1, one.quote)]


def test_a_sentence_that_leans_on_another_stands_after_it(answerer) -> None:
    answer = answerer.answer(Ask("how many british cars get the lower rate?"))
    assert answer.sentences[1].text.startswith("Cars above that number")
    assert answer.text.startswith("The United States will let in 100,000 British-built cars")
