"""What the reranker is trained on and by. Nothing here trains."""

import gzip
import json
import math
import random
from itertools import islice
from pathlib import Path

import pytest
import torch

from corpus.embedding.location import BUILTIN, locate
from corpus.embedding.tokens import load_tokenizer
from corpus.reranking.builtin import BuiltinReranker
from corpus.reranking.location import RerankerLocation
from corpus.reranking.pairs import heading, pair, plain_ids
from corpus.types import Passage
from ingest.settings import IngestSettings
from training import data, mining
from training.denoise import kept
from training.export import export
from training.lists import ListMaker, TrainingList
from training.loss import list_loss, sentence_loss
from training.recipe import fresh, in_turn

ROWS = [
    {
        "pid": f"p{number}",
        "url": f"https://x/{number // 2}",
        "title": f"Title {number}",
        "published": "2025-05-08",
        "sentences": [f"The {what} deal was signed on Monday.", f"It covers {what} from {number} countries."],
        "questions": [{"q": f"How many countries does the {what} deal cover?", "sents": [1], "answer": str(number)}],
        "near_miss": [f"Who opposed the {what} deal?"],
    }
    for number, what in enumerate(["steel", "car", "sugar", "copper", "timber", "wine"])
]


@pytest.fixture(scope="module")
def tokenizer():
    return load_tokenizer(locate(BUILTIN, allow_download=False).folder)


@pytest.fixture
def material(tmp_path: Path) -> data.Material:
    file = tmp_path / data.NEWS
    file.parent.mkdir()
    file.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in ROWS).encode()))
    return data.news(tmp_path)


@pytest.fixture
def asked(material):
    others = [[key for key in material.sources if key != query.source] for query in material.queries]
    return list(zip(material.queries, others, strict=True))


def test_the_file_becomes_questions_and_near_misses(material) -> None:
    assert len(material.sources) == 6
    assert [query.near_miss for query in material.queries[:2]] == [False, True]
    assert material.sources["p0"].text == "The steel deal was signed on Monday. It covers steel from 0 countries."


def test_an_answerable_question_aims_at_its_own_passage_and_a_near_miss_at_none(material, asked, tokenizer) -> None:
    maker = ListMaker(tokenizer, material.sources, 3)
    for (query, _), made in zip(asked, maker.plain(asked, 1), strict=True):
        assert (made.target, made.has_own, len(made.pairs)) == (None if query.near_miss else 0, True, 3)
        assert (
            made.pairs[0].ids[made.pairs[0].passage_start : -1]
            == plain_ids(tokenizer, [material.sources[query.source].text])[0]
        )


def test_the_spans_are_those_of_the_sentences(material, asked, tokenizer) -> None:
    made = next(ListMaker(tokenizer, material.sources, 1).plain(asked, 1))
    said = [tokenizer.decode(made.pairs[0].ids[start:end]) for start, end, _ in made.sentences]
    assert said == [sentence.lower() for sentence in material.sources["p0"].sentences]
    assert [answers for *_, answers in made.sentences] == [False, True]


def test_of_a_near_miss_no_sentence_answers_and_of_a_list_without_its_passage_none_is_known(
    material, asked, tokenizer
) -> None:
    lists = list(ListMaker(tokenizer, material.sources, 3).epoch(asked * 20, 1))
    assert not any(answers for made in lists if made.has_own and made.target is None for *_, answers in made.sentences)
    without = [made for made in lists if not made.has_own]
    assert without
    assert all(made.target is None and made.sentences == [] for made in without)


def test_a_seed_fixes_the_draw(material, asked, tokenizer) -> None:
    maker = ListMaker(tokenizer, material.sources, 3)
    one, same, other = (list(maker.epoch(asked, seed)) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_a_candidate_that_repeats_the_passage_is_no_negative(tmp_path) -> None:
    texts = {
        "own": "Talks on cars stalled in Tokyo after the minister left without a word to anyone.",
        "copy": "Update: talks on cars stalled in Tokyo after the minister left without a word.",
        "other": "Sugar growers in Brazil asked for a quota that the European Union refused.",
    }
    sources = {key: data.Source(key, key, "T", "2025-05-09", (text,)) for key, text in texts.items()}
    asked = [data.Query("why?", "own", (0,)), data.Query("who?", "other", (0,))]
    (tmp_path / "ranked.json").write_text(json.dumps([["copy", "own", "other"], ["copy", "other"]]), "utf-8")
    ranked = mining.ranked(data.Material(sources, asked), IngestSettings(data_dir=tmp_path), tmp_path)
    assert ranked == [["other"], ["copy"]]


def test_false_negatives_are_dropped_and_the_hardest_kept(material, asked, tokenizer) -> None:
    made = next(ListMaker(tokenizer, material.sources, 5).plain(asked, 1))
    scores = torch.tensor([1.0, 3.0, 0.9, -5.0, 0.5])
    left = kept(made, scores, random.Random(1))  # noqa: S311 - seeded on purpose
    assert left.pairs[0] is made.pairs[0]
    assert [made.pairs.index(one) for one in left.pairs[1:]] == [2, 4, 3]


def test_the_null_option_weighs_as_much_as_a_score_of_nought() -> None:
    assert float(list_loss(torch.zeros(2), None)) == pytest.approx(math.log(3))
    assert float(list_loss(torch.tensor([30.0, 0.0]), 0)) == pytest.approx(0, abs=1e-6)
    assert float(list_loss(torch.tensor([-30.0, -30.0]), None)) == pytest.approx(0, abs=1e-6)


def test_a_sentences_score_is_the_mean_of_its_tokens() -> None:
    tokens = torch.tensor([9.0, 2.0, -2.0, -40.0])
    loss = sentence_loss(tokens, [(1, 3, True), (3, 4, False)])
    assert float(loss) == pytest.approx(math.log(2) / 2)


def test_streams_take_turns() -> None:
    def named(name: str):
        while True:
            yield TrainingList([], None, False, [(ord(name), 0, False)])

    assert [chr(made.sentences[0][0]) for made in islice(in_turn(named("a"), named("b")), 4)] == list("abab")


def test_what_is_exported_is_what_was_trained(tmp_path, tokenizer) -> None:
    model = fresh().eval()
    export(model, tmp_path / "weights.safetensors")
    passage = Passage("a:1:0", "a", 1, 0, 20, "The tariff was ended.", "u", "A title", None, None, "2025-05-08")
    question, about, text = plain_ids(
        tokenizer, ["What was ended?", heading(passage.title, passage.published), passage.text]
    )
    with torch.inference_mode():
        wanted = model([pair(tokenizer, question, about, text)])
    reranker = BuiltinReranker(RerankerLocation(tmp_path / "weights.safetensors", "test"))
    (judged,) = reranker.judge("What was ended?", [passage], None)
    assert judged.score == pytest.approx(float(wanted.scores[0]), abs=0.05)
    assert len(judged.tokens) == len(text)
