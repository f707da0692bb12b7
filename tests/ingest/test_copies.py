"""One story on several outlets: stored once as a story, cited once, its other outlets named."""

import json

import pytest

STORY = [
    "Norway raised its tariff on kelp to 12 percent on Monday, officials said in Oslo after a meeting that ran late.",
    "The duty had stood at 5 percent since 2019, and importers in Bergen said that they had not been warned of it.",
    "A spokeswoman for the fisheries ministry said the new rate would hold until the end of the year at the least.",
    "Processors along the coast buy about a third of their kelp from Iceland, where it is cheaper to dry and to ship.",
    "Iceland's trade minister called the decision hasty and said that her government would ask for talks this week.",
    "Kelp is used in food, in fodder and in a growing number of plastics, and prices have doubled within five years.",
]
WIRE = {
    "url": "https://wire.example/kelp",
    "title": "Norway lifts kelp duty",
    "outlet": "Wire",
    "published": "2025-07-08",
    "text": "\n\n".join(STORY),
}
COPY = {
    **WIRE,
    "url": "https://post.example/oslo-kelp",
    "title": "Oslo more than doubles kelp tariff",
    "outlet": "Coast Post",
    "published": "2025-07-09",
    "text": "\n\n".join(["By our correspondent in Oslo", *STORY[:5]]),
}
QUESTION = "why did Norway raise its tariff on kelp to 12 percent?"


@pytest.fixture
def ingest(tmp_path, data_dir, accord):
    def run(*rows: dict[str, str], **options: str):
        (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
        return accord("ingest", tmp_path / "rows.jsonl", "--data-dir", data_dir, "--json", *options).json

    return run


def test_copies_are_one_story_whether_they_come_together_or_apart(ingest, data_dir, accord) -> None:
    together = ingest(WIRE, COPY)
    assert [item["outcome"] for item in together["items"]] == ["added", "duplicate"]
    assert "“Norway lifts kelp duty” (Wire)" in together["items"][1]["reason"]
    assert ingest(WIRE, COPY)["unchanged"] == 2
    third = {**COPY, "url": "https://late.example/kelp", "outlet": "Late"}
    assert [item["outcome"] for item in ingest(third)["items"]] == ["duplicate"]
    stories = {row["story"] for row in accord("articles", "--data-dir", data_dir, "--json").json}
    assert len(stories) == 1
    shown = accord("article", WIRE["url"], "--data-dir", data_dir, "--json").json
    assert shown["also_at"] == [COPY["url"], third["url"]]


def test_an_answer_cites_the_story_once_and_names_the_other_outlets(ingest, data_dir, accord) -> None:
    ingest(WIRE, COPY)
    answer = accord("ask", QUESTION, "--data-dir", data_dir, "--json").json
    assert {citation["url"] for citation in answer["citations"]} == {WIRE["url"]}
    assert {hit["url"] for hit in answer["retrieved"]} == {WIRE["url"]}
    notes = [note["text"] for note in answer["notes"] if note["kind"] == "syndicated"]
    assert len(notes) == 1
    assert notes[0].endswith("also ran in Coast Post.")


def test_a_copy_speaks_where_the_original_is_outside_the_limits(ingest, data_dir, accord) -> None:
    ingest(WIRE, COPY)
    hits = accord("search", QUESTION, "--outlet", "Coast Post", "--data-dir", data_dir, "--json").json["hits"]
    assert {hit["url"] for hit in hits} == {COPY["url"]}
    as_of = accord("ask", QUESTION, "--as-of", "2025-07-08", "--data-dir", data_dir, "--json").json
    assert not [note for note in as_of["notes"] if note["kind"] == "syndicated"]


def test_an_article_that_comes_to_tell_another_story_leaves_its_copies(ingest, data_dir, accord) -> None:
    ingest(WIRE, COPY)
    other = "Chile and Peru agreed to drop their duties on anchovy meal over three years, both ministries said."
    ingest({**WIRE, "text": other})
    rows = accord("articles", "--data-dir", data_dir, "--json").json
    assert len({row["story"] for row in rows}) == 2


def test_different_stories_stay_apart(ingest) -> None:
    follow_up = {
        **COPY,
        "text": "\n\n".join(
            [
                "Iceland will take Norway's new kelp duty to the free trade association, its trade minister said.",
                "She told parliament that the tariff broke a promise made when the association was last enlarged.",
                "A panel of three could be named before winter, and a ruling would take a year, officials think.",
                STORY[1],
            ]
        ),
    }
    assert [item["outcome"] for item in ingest(WIRE, follow_up)["items"]] == ["added", "added"]


def test_a_rebuild_finds_the_stories_again(ingest, data_dir, accord) -> None:
    ingest(WIRE, COPY)
    assert accord("rebuild", "--data-dir", data_dir).code == 0
    assert len({row["story"] for row in accord("articles", "--data-dir", data_dir, "--json").json}) == 1
