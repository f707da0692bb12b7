"""Answers as Discord messages: every limit kept, nothing cut in the middle, nothing lost without a word."""

import re

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.types import Answer, Ask, Citation, Coverage, Models, Note, Sentence
from bot.discord_app.showing.card import messages
from bot.discord_app.showing.message import Message, drawn
from bot.discord_app.showing.plain import file_name, inert, shortened, web_link
from bot.discord_app.showing.sources import passage_card, passages_of, source_pages
from corpus.types import Passage

ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")


def citation(n, quote="A quote.", article=None, text=None, **passage):
    text = text or quote
    key = article or f"a{n}"
    values = {"url": f"https://news.example/{key}", "title": f"Title {key}", "outlet": "Desk", "publisher": None}
    values |= passage
    start = text.index(quote)
    where = Passage(f"{key}:1:0", key, 1, 0, len(text), text, published="2025-07-08", **values)
    return Citation(n, quote, start, start + len(quote), where)


def answer(citations, sentences=None, notes=(), question="why?", standalone=None):
    said = sentences or [Sentence(one.quote, (one.n,), "verbatim") for one in citations]
    return Answer(
        Ask(question), standalone or question, "answered", tuple(said), tuple(citations), tuple(notes),
        Coverage((), "2025-07-08", 214), None, (), Models("e"), {"total": 1234},
    )  # fmt: skip


def texts(shown):
    """The texts of each message, as they are sent."""
    return [
        [one.content for one in drawn(message).walk_children() if isinstance(one, ui.TextDisplay)] for message in shown
    ]


def check_limits(shown):
    for message, parts in zip(shown, texts(shown), strict=True):
        assert 0 < sum(map(len, parts)) <= 4_000
        assert sum(1 for _ in drawn(message).walk_children()) <= 40


def text_of(shown):
    return "\n".join(part for parts in texts(shown) for part in parts)


def test_an_answer_fits_one_message_with_its_sources_after_it():
    shown = messages(answer([citation(1), citation(2)]), with_question=True)
    first = "[1] [Title a1](https://news.example/a1#:~:text=A%20quote.) · Desk · 2025-07-08"
    second = "[2] [Title a2](https://news.example/a2#:~:text=A%20quote.) · Desk · 2025-07-08"
    assert texts(shown) == [
        [
            "### why?",
            "A quote. [1]\n\nA quote. [2]",
            f"-# {first}\n-# {second}\n-# Searched 214 articles, newest 2025-07-08 · 1.2 s",
        ]
    ]


def test_quotes_of_one_article_stand_together_where_they_are():
    text = "Before it. The first thing. Some words. The second thing. After it."
    both = [citation(1, "The first thing.", "a", text), citation(2, "The second thing.", "a", text)]
    (shown,) = source_pages(both)
    assert "**[1][2] Title a**" in shown
    assert "> Before it. **The first thing.** [1] Some words. **The second thing.** [2] After it." in shown


def test_a_syndicated_article_names_where_it_was_first():
    one = citation(1, outlet="DNYUZ", publisher="New York Times")
    assert "DNYUZ, first in New York Times · 2025-07-08" in text_of(messages(answer([one]), with_question=False))


def test_notes_and_the_understood_question_are_shown():
    note = Note("conflict", "AP says 24 percent, Reuters 25.", (1,))
    shown = text_of(messages(answer([citation(1)], notes=[note], standalone="why autos?"), with_question=False))
    assert shown.startswith("*Understood as: why autos?*")
    assert "**Sources disagree:** AP says 24 percent, Reuters 25. [1]" in shown


def test_sources_that_do_not_fit_are_named():
    many = [citation(n, f"{n} " + "word " * 120) for n in range(1, 61)]
    shown = messages(answer(many, [Sentence("Said.", tuple(range(1, 61)), "verified")]), with_question=True)
    check_limits(shown)
    for text, named in ((text_of(shown), "· Desk ·"), ("\n".join(source_pages(many)), "open at this passage")):
        left = int(re.search(r"\*\*(\d+) more sources:\*\*", text)[1])
        assert text.count(named) == 60 - left
        assert f"[{60 - left + 1}] Title a{60 - left + 1}" in text.split("more sources")[1]


def test_thirty_short_sources_are_all_shown():
    many = [citation(n, f"Quote number {n}.") for n in range(1, 31)]
    pages = source_pages(many)
    assert all(len(page) <= 3_900 for page in pages)
    assert all(f"**Quote number {n}.**" in "\n".join(pages) for n in range(1, 31))


def test_a_long_answer_goes_on_in_further_messages_sentence_by_sentence():
    long = [citation(n, f"Sentence {n} " + "and more " * 150 + "ends.") for n in range(1, 7)]
    shown = messages(answer(long), with_question=True)
    check_limits(shown)
    assert len(shown) > 1
    assert all(f"{one.quote} [{one.n}]" in text_of(shown) for one in long)


def test_what_is_too_long_for_any_place_ends_in_an_ellipsis_and_keeps_its_marker():
    endless = citation(1, "word_ " * 3_000)
    shown = messages(answer([endless]), with_question=True)
    check_limits(shown)
    assert shown[0].card.body.endswith(" … [1]")
    assert "the quote goes on" in source_pages([endless])[0]
    check_limits([Message(card=passage_card([endless], 0))])


LONG_AND_NASTY = st.text(alphabet="ab c[](){}<>@#*_~|`\\:/.!-1\n\U0001f600", max_size=3_000)


@given(st.lists(st.tuples(LONG_AND_NASTY.filter(str.strip), LONG_AND_NASTY), min_size=1, max_size=12))
def test_no_text_breaks_a_limit(texts):
    cited = [
        citation(
            n, quote, f"a{n % 3}", f"{around}{quote}", title=around or "x", outlet=around, url=f"https://x.y/{around}"
        )
        for n, (quote, around) in enumerate(texts, start=1)
    ]
    shown = messages(answer(cited, question=texts[0][0]), with_question=True)
    check_limits(shown)
    text = text_of(shown)
    assert all(f"[{n}]" in text for n in range(1, len(cited) + 1))
    assert all(len(page) <= 3_900 for page in source_pages(cited))
    check_limits([Message(card=passage_card(cited, n)) for n in range(len(passages_of(cited)))])


@given(LONG_AND_NASTY, st.integers(10, 400))
def test_shortened_text_is_a_beginning_of_the_text(text, limit):
    short = shortened(text, limit)
    assert len(short) <= limit
    said = ESCAPED.sub(lambda found: found[0][1:], short).replace("\u200b", "")
    assert text.startswith(said.removesuffix("…").rstrip())


@pytest.mark.parametrize(
    "text",
    ["[x](http://evil)", "<@1>", "<@&1>", "<#1>", "<t:0:R>", "<:a:1>", "https://evil.example", "**b**", "||s||",
     "# head", "- item", "> quote", "1. first", "-# small", "`code`", ":smile:", "_i_", "~~s~~", "[x]: http://evil"],
)  # fmt: skip
def test_markup_is_escaped(text):
    escaped = inert(text)
    assert escaped != text
    assert ESCAPED.sub(lambda found: found[0][1:], escaped) == text
    assert not re.search(r"(?<!\\)[<\[*_~|`]|^[#>-]|^\d+\.|(?<!\\)://", escaped)


@pytest.mark.parametrize("text", ["@everyone", "@here", "<@123456789012345678>"])
def test_mentions_are_broken(text):
    assert text not in inert(text)


@pytest.mark.parametrize(
    "url",
    ["file:///home/me/a.md", "javascript:alert(1)", "a.md", "http://", "https://[bad", "data:text/html,x", ""],
)
def test_only_web_addresses_are_links(url):
    assert web_link(citation(1, url=url)) is None


def test_an_address_cannot_end_its_link():
    link = web_link(citation(1, url="https://x.y/a) [b](http://evil.example/ <c>"))
    assert not re.search(r"[()\[\]<>\s]", link)


def test_an_endless_address_is_no_link():
    assert web_link(citation(1, url="https://x.y/" + "a" * 3_000)) is None


@pytest.mark.parametrize("url", ["file:///home/me/trade%20news.md", "C:\\me\\trade news.md", "/me/trade news.md"])
def test_a_file_is_shown_by_its_name(url):
    assert file_name(url) == "trade news.md"
