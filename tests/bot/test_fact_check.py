"""Statements beside the articles: what is said to be supported is so, and a true one that is told is found."""

import pytest

from bot.answering.fact_check import check, claims_of

FALSE = (
    "The WTO Appellate Body can still hear new cases.",
    "The Phase One deal ended the 25 percent tariff on $250 billion of Chinese imports.",
    "Britain scrapped its digital services tax for the United States.",
    "British cars above the quota will pay 10 percent.",
    "The United States will let in 200,000 British-built cars a year at a tariff of 10 percent.",
    "Japan agreed to sign an agreement that left the 25 percent U.S. auto tariff in place.",
    "Seven rounds of negotiation ended with a deal.",
    "Trump then sent Seoul a letter on Monday, July 7, 2025, setting a 35 percent tariff on Japanese goods.",
    "Talks between the United States and Japan never stalled.",
    "Talks between the United States and Japan may have stalled because neither government would give way on rice.",
)
TRUE = (
    "Talks between the US and Japan stalled because neither government would give way on cars.",
    "Seven rounds of negotiation ended without a deal.",
    "The United States will let in 100,000 British-built cars a year at a tariff of 10 percent.",
    "Trump sent Tokyo a letter on July 7 setting a 25 percent tariff on Japanese goods.",
)


@pytest.mark.parametrize("claim", FALSE)
def test_a_false_statement_is_never_supported(searcher, claim):
    (found,) = check([claim], searcher)
    assert found.verdict != "supported"


@pytest.mark.parametrize("claim", TRUE)
def test_what_an_article_says_in_these_words_is_supported(searcher, claim):
    (found,) = check([claim], searcher)
    assert found.verdict == "supported"
    article = found.citation.passage
    assert found.citation.quote in article.text


def test_another_figure_is_a_contradiction_that_names_both(searcher):
    (found,) = check(["Trump's letter of July 7 set a 35 percent tariff on Japanese goods from August 1."], searcher)
    assert (found.verdict, found.says) == ("contradicted", ("35 percent", "25 percent"))


def test_what_is_not_told_shows_the_nearest_sentence_or_nothing(searcher):
    near, far = check(
        [
            "Britain scrapped its digital services tax for the United States.",
            "Denmark bought seven trawlers in Esbjerg.",
        ],
        searcher,
    )
    assert (near.verdict, far.verdict) == ("not_found", "not_found")
    assert "digital services tax" in near.citation.quote
    assert far.citation is None


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Is it 25 percent? Japan refused to sign any deal.", ["Japan refused to sign any deal."]),
        ("ok\nlol\nhttps://x.example", []),
        ("> *Japan* refused to sign `any` deal. <@12>", ["Japan refused to sign any deal."]),
        ("Japan refused to sign. Japan refused to sign.", ["Japan refused to sign."]),
    ],
)
def test_claims_are_the_statements_of_a_text(text, claims):
    assert claims_of(text) == claims
