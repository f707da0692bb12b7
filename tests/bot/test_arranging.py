"""How an answer reads: names for pronouns, sides of a comparison one after the other, changes in the order of time."""

import json

import pytest

from accord.settings import load
from bot.answering.arranging import asks_for_change
from bot.answering.pronouns import is_as_quoted, with_name
from bot.answering.types import Answer, Ask
from bot.opening import open_answerer

MET = "Japan's negotiator, Ryosei Akazawa, said the talks went well."


@pytest.mark.parametrize(
    ("sentence", "before", "named"),
    [
        ("He met Lutnick seven times.", MET, "[Ryosei Akazawa] met Lutnick seven times."),
        ("She left early.", "Officials waited. Ms. Chen signed the paper.", "[Ms. Chen] left early."),
        ("“Cars come first,” he said.", MET, "“Cars come first,” [Ryosei Akazawa] said."),
        ("He then doubled it.", "President Donald Trump set 10 percent.", "[Donald Trump] then doubled it."),
    ],
)
def test_a_pronoun_gets_its_name_in_brackets(sentence: str, before: str, named: str) -> None:
    assert with_name(sentence, before) == named
    assert is_as_quoted(named, sentence)


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("He met Lutnick seven times.", "Ryosei Akazawa told Scott Bessent that talks went well."),  # two persons
        ("He met Lutnick seven times.", "The White House said the talks went well."),  # none
        ("He met Lutnick seven times.", "AutoForecast Solutions said sales fell."),
        ("He met Lutnick seven times.", ""),
        ("He said talks failed.", "Trump praised Akazawa."),
        ("He said talks failed.", "Trump criticized Mr. Akazawa on Monday."),
        ("She said talks failed.", "Mr. Akazawa met the chancellor in Berlin."),
        ("Their talks went on.", MET),
        ("It met twice.", MET),
        ("The ministry said he would go.", MET),  # in the middle: whom it means is not plain
    ],
)
def test_where_it_is_not_plain_nothing_is_put_in(sentence: str, before: str) -> None:
    assert with_name(sentence, before) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "[Trump] signed it and left.",
        "Trump signed it.",
        "[2025-01-01] He signed",
        "[He signed it.] [2025-01-01] He signed it.",
    ],
)
def test_brackets_hide_nothing_else(text: str) -> None:
    assert not is_as_quoted(text, "He signed it.")


def test_a_day_may_stand_before_a_quote() -> None:
    assert is_as_quoted("[2025-01-01] He signed it.", "He signed it.")
    assert is_as_quoted("[2025-01-01] [Trump] signed it.", "He signed it.")
    assert is_as_quoted("[2025-01-01] It [the tariff] works.", "It [the tariff] works.")


@pytest.mark.parametrize(
    "question",
    ["how has the steel tariff moved since 2018?", "what changed for small parcels?", "timeline of the Mexico tariffs"],
)
def test_questions_for_change_are_known(question: str) -> None:
    assert asks_for_change(question)


@pytest.mark.parametrize("question", ["why did talks stall?", "how much is the tariff?", "who moved first?"])
def test_and_others_are_not(question: str) -> None:
    assert not asks_for_change(question)


@pytest.fixture(scope="module")
def answer(tmp_path_factory, ingest):
    """Asks over a few invented articles."""
    folder = tmp_path_factory.mktemp("arranged")
    rows = [
        ("a", "2025-06-01", "The kelp tariff of Norway rose to 30 percent in June, the customs office said."),
        ("b", "2025-01-10", "The kelp tariff of Norway was 10 percent in January, according to growers."),
        ("c", "2025-03-03", "Norway raised the kelp tariff to 20 percent in March after a storm."),
        ("d", "2025-04-04", "Chile promised 9 billion dollars for ports in its deal. It wants ships, too."),
        ("e", "2025-04-05", "Peru promised 4 billion dollars for ports in its deal. It wants cranes, too."),
    ]
    lines = [
        json.dumps({"url": f"https://news.example.org/{name}", "title": name, "published": day, "text": text})
        for name, day, text in rows
    ]
    (folder / "articles.jsonl").write_text("\n".join(lines), "utf-8")
    ingest(folder / "articles.jsonl", folder / "store")
    opened = open_answerer(load(data_dir=folder / "store", answer={"floor": 0.0}))
    yield lambda question: opened.answer(Ask(question))
    opened.close()


def test_what_changed_reads_in_the_order_of_time_with_its_days(answer) -> None:
    made: Answer = answer("how has the kelp tariff of Norway changed?")
    days = [sentence.text[:12] for sentence in made.sentences if sentence.text.startswith("[")]
    assert days == ["[2025-01-10]", "[2025-03-03]", "[2025-06-01]"]
    assert {sentence.support for sentence in made.sentences} == {"verbatim"}
    assert all(sentence.text.endswith(made.citations[sentence.citations[0] - 1].quote) for sentence in made.sentences)


def test_each_side_of_a_comparison_has_its_part(answer) -> None:
    made: Answer = answer("Chile's deal vs Peru's: who promised more for ports?")
    texts = [sentence.text for sentence in made.sentences]
    sides = ["Chile" if "Chile" in text else "Peru" for text in texts if "promised" in text]
    assert sides == ["Chile", "Peru"]
