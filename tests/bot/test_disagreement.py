"""Sources that differ from each other, and questions that take for granted what the sources contradict."""

import json
from pathlib import Path

import pytest

from accord.settings import load
from bot.answering.checking.days import days
from bot.answering.conflicts import _may_be_of_one_time
from bot.answering.types import Answer, Ask
from bot.opening import open_answerer
from corpus.types import Filters

ARTICLES = [
    (
        "oslo-1",
        "Fjord Post",
        "2025-03-03",
        (
            "Norway set the kelp export quota at 90 tonnes a year, its fisheries ministry said. "
            "The quota covers dried and fresh kelp from every county on the coast."
        ),
    ),
    (
        "oslo-2",
        "Harbour Wire",
        "2025-06-10",
        (
            "Norway raised the kelp export quota to 120 tonnes a year from June, after growers complained. "
            "Officials in Bergen keep the register."
        ),
    ),
    (
        "chile-1",
        "Andes Daily",
        "2025-04-01",
        "Chile will spend $12 billion on the copper relief package, officials in Santiago said.",
    ),
    (
        "chile-2",
        "Copper Times",
        "2025-04-01",
        "The copper relief package will cost Chile $15 billion, the finance ministry in Santiago said.",
    ),
    (
        "peru-1",
        "Lima Herald",
        "2025-05-05",
        "Peru put a tariff of 25 percent on imported anchovy meal on May 5, 2025, its trade minister announced.",
    ),
    (
        "court-1",
        "Fjord Post",
        "2025-02-02",
        "The high court struck down the emergency duties on salted herring, and importers cheered.",
    ),
]


@pytest.fixture(scope="module")
def answer(tmp_path_factory, ingest):
    """Asks over a few invented articles."""
    folder = tmp_path_factory.mktemp("differing")
    rows = [
        {"url": f"https://news.example.org/{name}", "title": text.split(",")[0], "outlet": outlet}
        | {"published": day, "text": text}
        for name, outlet, day, text in ARTICLES
    ]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    ingest(folder / "articles.jsonl", folder / "store")
    opened = open_answerer(load(data_dir=folder / "store", answer={"floor": 0.0}))

    def asked(question: str, as_of: str | None = None) -> Answer:
        return opened.answer(Ask(question, filters=Filters(as_of=as_of)))

    yield asked
    opened.close()


def notes(made: Answer, kind: str) -> list[str]:
    quotes = {citation.n: citation.quote for citation in made.citations}
    found = [note for note in made.notes if note.kind == kind]
    for note in found:
        assert all(n in quotes for n in note.citations)
        assert all(f"[{n}]" in note.text for n in note.citations)
    return [note.text for note in found]


def test_a_later_figure_that_tells_of_a_change_supersedes(answer) -> None:
    (text,) = notes(answer("how many tonnes is Norway's kelp export quota?"), "conflict")
    assert text.startswith("Sources differ: 90 tonnes (Fjord Post, 2025-03-03)")
    assert "120 tonnes (Harbour Wire, 2025-06-10)" in text
    assert text.endswith("The later one tells of a change and supersedes the earlier.")


def test_two_figures_of_one_day_stand_side_by_side(answer) -> None:
    (text,) = notes(answer("how much will Chile spend on the copper relief package?"), "conflict")
    assert "$12 billion (Andes Daily, 2025-04-01)" in text
    assert "$15 billion (Copper Times, 2025-04-01)" in text
    assert text.endswith("Neither is the later one.")


def test_what_came_after_the_day_asked_for_is_no_conflict(answer) -> None:
    assert notes(answer("how many tonnes is Norway's kelp export quota?", "2025-05-01"), "conflict") == []


def test_figures_for_other_things_are_no_conflict(answer) -> None:
    assert notes(answer("what is the tariff on anchovy meal in Peru?"), "conflict") == []


@pytest.mark.parametrize(
    ("question", "asked", "found"),
    [
        ("why did Peru put a tariff of 40 percent on imported anchovy meal?", "40 percent", "25 percent"),
        ("why did Ecuador put a tariff on imported anchovy meal?", "Ecuador", "Peru"),
        ("why did Peru put a tariff on imported anchovy meal on July 9?", "July 9", "May 5, 2025"),
        ("why did the high court uphold the emergency duties on salted herring?", "uphold", "struck"),
    ],
)
def test_a_question_that_says_otherwise_is_told_so(answer, question: str, asked: str, found: str) -> None:
    (text,) = notes(answer(question), "premise")
    assert text.startswith(f"The question says “{asked}”; [")
    assert text.endswith(f"says “{found}”.")


@pytest.mark.parametrize(
    "question",
    [
        "why did Peru put a tariff of 25 percent on imported anchovy meal?",
        "why did Peru put a tariff of a quarter on imported anchovy meal on May 5?",
        "why did the high court strike down the emergency duties on salted herring?",
        "is Peru's tariff on imported anchovy meal higher than 10 percent?",
        "what tariff had Peru put on imported anchovy meal before July 9?",
    ],
)
def test_a_question_that_is_right_is_left_alone(answer, question: str) -> None:
    assert notes(answer(question), "premise") == []


def test_figures_of_two_months_are_no_conflict() -> None:
    assert not _may_be_of_one_time(days("Imports fell 16 percent in April."), days("Imports fell 4 percent in June."))
    assert _may_be_of_one_time(days("Imports fell 16 percent in April."), days("Imports fell 4 percent."))


def test_independent_outlets_are_counted(answer) -> None:
    made = answer("what do Norway and its growers say of the kelp export quota?")
    (note,) = [note for note in made.notes if note.kind == "outlets"]
    assert (
        note.text == "From 2 independent outlets: Fjord Post, Harbour Wire." or "Harbour Wire, Fjord Post" in note.text
    )
    assert len(note.citations) == 2


def test_a_copy_is_not_counted(tmp_path: Path, ingest) -> None:
    text = (
        ARTICLES[0][3]
        + " "
        + "Growers had asked for more since the winter storms, and buyers in Japan had offered to pay. "
    )
    rows = [
        {
            "url": f"https://{name}.example.org/kelp",
            "title": "Kelp quota",
            "outlet": name,
            "published": "2025-03-03",
            "text": text,
        }
        for name in ("fjord", "harbour")
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    ingest(tmp_path / "articles.jsonl", tmp_path / "store")
    opened = open_answerer(load(data_dir=tmp_path / "store", answer={"floor": 0.0}))
    made = opened.answer(Ask("how many tonnes is the kelp quota?"))
    opened.close()
    assert made.sentences
    assert [note.kind for note in made.notes if note.kind == "outlets"] == []
    assert [note.kind for note in made.notes] == ["syndicated"]
