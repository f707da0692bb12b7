"""Corrupting right sentences, and counting what the checks find."""

import json
import random

import pytest

from evals.claims.corruptions import KINDS, Others, corrupted

SENTENCE = (
    "On May 8, 2025, Mr. Howard Lutnick said that Japan may lower its duty on cars to 25% and that it was not a "
    "gift worth $1.2 billion."
)
OTHERS = Others(["Scott Bessent"], ["growers of apples were glad of the rain"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_changes_one_place_the_same_way_every_time(kind: str) -> None:
    drawn = [corrupted(kind, SENTENCE, OTHERS, random.Random(seed)) for seed in (1, 1, 2)]  # noqa: S311 - seeded draws are wanted
    assert drawn[0] == drawn[1]
    assert all(text and text != SENTENCE for text in drawn)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "invention"])
def test_what_has_nothing_to_corrupt_is_left_alone(kind: str) -> None:
    draw = random.Random(1)  # noqa: S311 - a seeded draw is what is wanted
    assert corrupted(kind, "Nobody came.", OTHERS, draw) is None


def test_right_sentences_and_their_corruptions_are_counted(tmp_path, accord) -> None:
    folder = tmp_path / "trade_dev"
    folder.mkdir()
    texts = {
        "cars": "Japan lowered its duty on cars to 25% on May 8, 2025, said Mr. Howard Lutnick of the ministry.",
        "apples": "Growers of apples in the valley sold a fifth more abroad this season, by rail and by road.",
    }
    articles = [
        {"url": f"https://a.example/{name}", "title": name, "outlet": "Paper", "published": "2025-05-09", "text": text}
        for name, text in texts.items()
    ]
    rows = [
        {
            "id": name,
            "question": f"What of {name}?",
            "type": "what",
            "answerable": True,
            "answer": text,
            "evidence": [[{"url": f"https://a.example/{name}", "quote": text}]],
        }
        for name, text in texts.items()
    ]
    for name, lines in (("articles", articles), ("questions", rows)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    done = accord("eval", "claims", tmp_path, "--json")
    assert done.code == 0, done.err
    assert (done.json["right"]["met"], done.json["right"]["counted"]) == (0, 2)
    assert (done.json["number"]["met"], done.json["moved"]["met"]) == (done.json["number"]["counted"], 2)
    assert done.json["number"]["checks"]["number"] == done.json["number"]["counted"]
    table = accord("eval", "claims", tmp_path).out
    assert "corrupted, all" in table
    assert accord("eval", "claims", folder).code == 2
    silent = [{**row, "answer": ""} for row in rows]
    (folder / "questions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in silent), "utf-8")
    done = accord("eval", "claims", tmp_path)
    assert done.code == 2
    assert "no question there has an answer" in done.err
