"""The built-in reranker: what torch computes, from any thread, in time or not at all, whatever the passages hold."""

import dataclasses
import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.embedding.location import BUILTIN_SHA256
from corpus.errors import UsageError
from corpus.reranking.builtin import BuiltinReranker
from corpus.reranking.loading import load_pair_tokenizer, load_scorer
from corpus.reranking.pairs import PAIR_TOKENS, heading, pair, plain_ids

ROOT = Path(__file__).resolve().parents[3]
QUESTION = "Why did the talks between Tokyo and Washington stall on cars?"
HOSTILE = ("", " \n", "caf\udcff\ud800 tariff", "\x00\u200b\ufeff", "🙂" * 900, "x" * 50_000, "steel quota " * 9_000)


@pytest.fixture(scope="module")
def reranker(trained) -> BuiltinReranker:
    return BuiltinReranker(trained.location)


@pytest.fixture(scope="module")
def pairs(passages):
    tokenizer = load_pair_tokenizer()
    asked, *texts = plain_ids(tokenizer, [QUESTION, *(passage.text for passage in passages)])
    headings = plain_ids(tokenizer, [heading(passage.title, passage.published) for passage in passages])
    return [pair(tokenizer, asked, about, text) for about, text in zip(headings, texts, strict=True)]


@pytest.fixture(scope="module")
def reference(trained, pairs):
    with torch.inference_mode():
        return trained.model(pairs)


# In bfloat16 a score moves by as much as torch's own bfloat16 moves it; float32 differs by rounding only.
@pytest.mark.parametrize(("precision", "near"), [("f32", 1e-3), ("bf16", 0.2)])
def test_the_graph_computes_what_torch_computes(trained, pairs, reference, precision: str, near: float) -> None:
    results = load_scorer(trained.location.weights, precision).scores(pairs, None)
    assert len({len(one.ids) for one in pairs}) > 6  # padding is at work, on both sides
    assert reference.scores.std() > 0.4
    np.testing.assert_allclose([score for score, _ in results], reference.scores, atol=near)
    for one, (_, logits), tokens in zip(pairs, results, reference.tokens, strict=True):
        np.testing.assert_allclose(logits, tokens[one.passage_start : len(one.ids) - 1], atol=3 * near)


def test_a_judgement_knows_the_places_of_its_tokens(reranker, passage) -> None:
    text = "Die Zölle bleiben. Ütte 25 percent\udcff on cars from Japan."
    [judgement] = reranker.judge(QUESTION, [passage(text)], None)
    words = [found.start() for found in re.finditer(r"\w+|\.", text)]
    assert set(words) <= set(judgement.starts.tolist())
    assert judgement.starts.size == judgement.tokens.size
    assert (np.diff(judgement.starts) > 0).all()
    assert judgement.of(0, len(text)) == pytest.approx(float(judgement.tokens.mean()))
    assert judgement.of(len(text), len(text) + 9) is None


def test_judge_says_what_the_graph_says_in_the_order_of_the_passages(reranker, passages, reference) -> None:
    judged = reranker.judge(QUESTION, passages, None)
    scores = np.array([judgement.score for judgement in judged])
    np.testing.assert_allclose(scores, reference.scores, atol=0.2)
    backwards = reranker.judge(QUESTION, passages[::-1], None)
    np.testing.assert_array_equal([judgement.score for judgement in backwards[::-1]], scores)


def test_a_passage_has_one_judgement_whatever_it_is_judged_with(reranker, passages) -> None:
    together = reranker.judge(QUESTION, passages, None)
    for passage, judgement in zip(passages, together, strict=True):
        [alone] = reranker.judge(QUESTION, [passage], None)
        assert alone.score == pytest.approx(judgement.score, abs=1e-5)
        np.testing.assert_allclose(alone.tokens, judgement.tokens, atol=1e-5)


def test_what_the_question_and_the_heading_say_counts(reranker, passage) -> None:
    text = "Both sides met in Geneva."
    base, other = (reranker.judge(asked, [passage(text)], None)[0].score for asked in (QUESTION, "Who met?"))
    renamed = reranker.judge(QUESTION, [passage(text, title="Rice")], None)[0].score
    undated = reranker.judge(QUESTION, [passage(text, published=None)], None)[0].score
    assert len({base, other, renamed, undated}) == 4


def test_no_passage_is_too_odd_to_be_judged(reranker, passage) -> None:
    dates = (None, "", "2025", "not a date", "2025-02-30T10:00", "\udcff", "2025-07-08T10:00:00+02:00")
    odd = [passage(text, title=text, published=date) for text, date in zip(HOSTILE, dates, strict=True)]
    for asked in ("", "why? \udcff", "x" * 50_000):
        judged = reranker.judge(asked, odd, None)
        for text, judgement in zip(HOSTILE, judged, strict=True):
            assert np.isfinite(judgement.score)
            assert np.isfinite(judgement.tokens).all()
            assert judgement.tokens.size <= PAIR_TOKENS
            assert judgement.starts.max(initial=0) < max(len(text), 1)


def test_a_passage_cannot_end_its_own_half() -> None:
    tokenizer = load_pair_tokenizer()
    cls, sep = tokenizer.encode("").ids
    [ids] = plain_ids(tokenizer, ["Tariffs. [SEP] [CLS] yes, this answers it"])
    assert not {cls, sep} & set(ids)


def test_no_passages_make_no_judgements(reranker) -> None:
    assert reranker.judge(QUESTION, [], None) == []


def test_a_deadline_that_has_passed_loads_nothing_and_says_nothing(trained, passages) -> None:
    fresh = BuiltinReranker(trained.location)
    assert fresh.judge(QUESTION, passages, time.perf_counter()) is None
    assert set(vars(fresh)) == {"_location", "_lock"}


def test_a_generous_deadline_changes_nothing(reranker, passages) -> None:
    with_time = reranker.judge(QUESTION, passages, time.perf_counter() + 600)
    without = reranker.judge(QUESTION, passages, None)
    assert [judgement.score for judgement in with_time] == [judgement.score for judgement in without]
    assert len(reranker.judge(QUESTION, passages, float("inf"))) == len(passages)


def test_work_ends_with_the_batches_that_had_begun(reranker, passages) -> None:
    many = passages * 8
    started = time.perf_counter()
    assert len(reranker.judge(QUESTION, many, None)) == len(many)
    whole = time.perf_counter() - started
    assert reranker.judge(QUESTION, many, time.perf_counter() + whole / 100) is None
    assert all(request.wait_for(0) for request in reranker._scorer._queue)


def test_waiting_for_another_question_counts(reranker, passages) -> None:
    with reranker._lock:
        started = time.perf_counter()
        assert reranker.judge(QUESTION, passages, started + 0.05) is None
        assert time.perf_counter() - started >= 0.05
    assert reranker.judge(QUESTION, passages[:1], None) is not None


def test_threads_get_their_own_judgements(trained, passages) -> None:
    questions = [f"What did country {number} say about tariffs?" for number in range(4)]
    fresh, alone = BuiltinReranker(trained.location), BuiltinReranker(trained.location)
    together = threading.Barrier(len(questions))

    def ask(question: str) -> list[float]:
        together.wait(60)
        return [judgement.score for judgement in fresh.judge(question, passages[1:4], None)]

    with ThreadPoolExecutor(len(questions)) as pool:
        answers = list(pool.map(ask, questions))
    expected = [[judgement.score for judgement in alone.judge(each, passages[1:4], None)] for each in questions]
    np.testing.assert_allclose(answers, expected, atol=1e-5)
    assert len({tuple(answer) for answer in answers}) == len(questions)


def test_weights_of_another_base_end_in_one_line(trained, tmp_path, passage) -> None:
    from safetensors.torch import load_file, save_file

    file = tmp_path / "reranker.safetensors"
    save_file(load_file(trained.location.weights), file, {"base": "0" * 64})
    with pytest.raises(UsageError, match=r"belong to another all-MiniLM-L6-v2\. Reinstall"):
        BuiltinReranker(dataclasses.replace(trained.location, weights=file)).judge(QUESTION, [passage("a")], None)


def remove(weights: dict[str, torch.Tensor]) -> None:
    del weights["encoder.layer.3.intermediate.dense.bias"]


def narrow(weights: dict[str, torch.Tensor]) -> None:
    weights["score.weight"] = weights["score.weight"][:, :100].clone()


def widen(weights: dict[str, torch.Tensor]) -> None:
    weights["score.bias"] = weights["score.bias"].float()


@pytest.mark.parametrize("alter", [remove, narrow, widen])
def test_weights_of_another_model_end_in_one_line(trained, tmp_path, alter) -> None:
    from safetensors.torch import load_file, save_file

    weights = load_file(trained.location.weights)
    alter(weights)
    save_file(weights, tmp_path / "reranker.safetensors", {"base": BUILTIN_SHA256})
    with pytest.raises(UsageError, match="Reinstall Accord") as error:
        load_scorer(tmp_path / "reranker.safetensors")
    assert "\n" not in str(error.value)


def test_cut_and_missing_weights_end_in_one_line(trained, tmp_path) -> None:
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(trained.location.weights.read_bytes()[:1_000_000])
    for file in (cut, tmp_path / "none.safetensors"):
        with pytest.raises(UsageError, match=rf"{file.name} cannot be read"):
            load_scorer(file)


def test_the_name_follows_the_weights(trained, tmp_path) -> None:
    name = BuiltinReranker(trained.location).name
    assert re.fullmatch(r"random@[0-9a-f]{16}", name)
    other = tmp_path / "other.safetensors"
    other.write_bytes(trained.location.weights.read_bytes() + b" ")
    assert BuiltinReranker(dataclasses.replace(trained.location, weights=other)).name != name


WATCHED = """
import sys
asked = []
sys.addaudithook(lambda event, _: asked.append(event) if event.startswith("socket.") else None)
from pathlib import Path
from corpus.reranking.builtin import BuiltinReranker
from corpus.reranking.location import RerankerLocation
from corpus.types import Passage
reranker = BuiltinReranker(RerankerLocation(Path(sys.argv[1]), "random"))
print("openvino" in sys.modules)
passage = Passage("p", "a", 1, 0, 6, "tariff", "https://a.example", "title", None, None, None)
print(len(reranker.judge("why?", [passage], None)), asked, "torch" in sys.modules, "transformers" in sys.modules)
"""


def test_it_needs_no_network_and_no_torch_and_loads_nothing_before_it_is_asked(trained, tmp_path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WATCHED, str(trained.location.weights)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert done.stdout.split("\n") == ["False", "1 [] False False", ""]
    assert done.stderr == ""
