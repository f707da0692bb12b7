"""Any CrossEncoder of sentence-transformers by folder: logits, deadlines, no network, no pickles, no foreign code."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.embedding.location import BUILTIN, model_folder
from corpus.embedding.location import locate as locate_embedder
from corpus.errors import UsageError
from corpus.reranking.builtin import BuiltinReranker
from corpus.reranking.cross_encoder import BATCH_PAIRS, CrossEncoderReranker
from corpus.reranking.location import BUILTIN_WEIGHTS, locate
from corpus.reranking.reranker import open_reranker
from corpus.settings import CorpusSettings

ROOT = Path(__file__).resolve().parents[3]
QUESTION = "Why did the talks stall on cars?"


def write(folder: Path, labels: int = 1) -> Path:
    """A small BERT of random weights, as a user would have it."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    torch.manual_seed(3)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64}
    model = BertForSequenceClassification(BertConfig(num_labels=labels, **sizes))
    with torch.no_grad():
        model.classifier.weight.normal_(0, 0.5)
        model.classifier.bias.fill_(6)  # a sigmoid would show
    model.save_pretrained(folder)
    packaged = locate_embedder(BUILTIN, allow_download=False).folder
    BertTokenizer.from_pretrained(str(packaged), local_files_only=True).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def reranker(folder: Path) -> CrossEncoderReranker:
    return CrossEncoderReranker(locate(str(folder), allow_download=False))


def test_scores_are_the_logits_of_the_model_in_the_order_of_the_passages(reranker, folder, passages) -> None:
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    many = passages[: BATCH_PAIRS + 2]
    judged = reranker.judge(QUESTION, many, None)
    plain = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    dates = {None: "", "2024-02-29": "29 February 2024: "}
    pairs = [(QUESTION, f"{dates[each.published]}{each.title}\n{each.text}") for each in many]
    expected = plain.predict(pairs, activation_fn=Identity(), show_progress_bar=False)
    assert [judgement.score for judgement in judged] == pytest.approx(list(expected), abs=0.1)
    assert min(judgement.score for judgement in judged) > 1.5
    assert len({judgement.score for judgement in judged}) > 1
    assert judged[0].of(0, 10) is None
    assert reranker.name.startswith("tiny@")


def test_deadlines_odd_passages_and_none_at_all(reranker, folder, passages, passage) -> None:
    fresh = CrossEncoderReranker(locate(str(folder), allow_download=False))
    assert fresh.judge(QUESTION, passages, time.perf_counter()) is None
    assert "_model" not in vars(fresh)
    assert len(reranker.judge(QUESTION, passages, time.perf_counter() + 600)) == len(passages)
    assert reranker.judge(QUESTION, passages * 200, time.perf_counter() + 0.2) is None
    odd = [passage(text, title=text, published="soon") for text in ("", "\udcff", "x" * 50_000, "\x00")]
    assert len(reranker.judge("\ud800", odd, None)) == len(odd)
    assert reranker.judge(QUESTION, [], None) == []


def test_a_model_of_several_scores_is_refused(tmp_path, passages) -> None:
    three = CrossEncoderReranker(locate(str(write(tmp_path / "three", labels=3)), allow_download=False))
    with pytest.raises(UsageError, match=r"ACCORD_RERANKER: .*3 scores a pair"):
        three.judge(QUESTION, passages[:1], None)


def test_a_folder_that_holds_no_model_ends_in_one_line(tmp_path, passages) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"")
    (tmp_path / "config.json").write_text("{", "utf-8")
    with pytest.raises(UsageError, match=r"ACCORD_RERANKER: .*cannot be loaded"):
        CrossEncoderReranker(locate(str(tmp_path), allow_download=False)).judge(QUESTION, passages[:1], None)


@pytest.mark.parametrize("setting", ["ACCORD_RERANKER", "ACCORD_EMBEDDER"])
def test_pickled_weights_are_refused(tmp_path, setting: str) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(UsageError, match=rf"^{setting}: .*has no model\.safetensors.*\.$"):
        model_folder(setting, str(tmp_path), allow_download=False)
    (tmp_path / "model.safetensors").write_bytes(b"")
    (tmp_path / "2_Dense").mkdir()
    assert model_folder(setting, str(tmp_path), allow_download=False) == tmp_path
    (tmp_path / "2_Dense" / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(UsageError, match=rf"^{setting}: .*2_Dense.*is no safetensors file"):
        model_folder(setting, str(tmp_path), allow_download=False)


@pytest.mark.parametrize("name", ["some-organisation/some-model", "no folder at all", "../x/y/z"])
@pytest.mark.parametrize("setting", ["ACCORD_RERANKER", "ACCORD_EMBEDDER"])
def test_a_name_is_not_fetched_unless_it_may_be(setting: str, name: str) -> None:
    with pytest.raises(UsageError, match=rf"^{setting}: .*Set ACCORD_ALLOW_DOWNLOAD=1"):
        model_folder(setting, name, allow_download=False)


FOREIGN = """
import sys
asked = []
sys.addaudithook(lambda event, _: asked.append(event) if event.startswith("socket.") else None)
from corpus.embedding.embedder import Embedder
from corpus.embedding.location import locate
from corpus.errors import UsageError
from corpus.reranking.reranker import open_reranker
from corpus.settings import CorpusSettings
from corpus.types import Passage
try:
    locate("some-organisation/some-model", allow_download=False)
except UsageError:
    print("not fetched", "huggingface_hub" in sys.modules)
passage = Passage("p", "a", 1, 0, 6, "tariff", "https://a.example", "title", None, None, None)
for kind in sys.argv[2:]:
    try:
        if kind == "reranker":
            open_reranker(CorpusSettings(reranker=sys.argv[1])).judge("why?", [passage], None)
        else:
            Embedder(locate(sys.argv[1], allow_download=False)).vectors(["tariff"])
        print("loaded")
    except UsageError as error:
        print("refused", str(error).partition(":")[0])
print(asked)
"""


def run(folder: Path, home: Path, *kinds: str) -> list[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HF_HOME": str(home)}
    environment.pop("HF_HUB_OFFLINE", None)
    command = [sys.executable, "-c", FOREIGN, str(folder), *kinds]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=home, env=environment)
    return done.stdout.splitlines()


def test_a_folder_is_loaded_without_asking_the_network(folder, tmp_path) -> None:
    assert run(folder, tmp_path, "reranker", "embedder") == ["not fetched True", "loaded", "loaded", "[]"]


def test_code_in_a_folder_is_never_run(folder, tmp_path) -> None:
    hostile = tmp_path / "hostile"
    shutil.copytree(folder, hostile)
    config = json.loads((hostile / "config.json").read_text("utf-8"))
    names = ("AutoConfig", "AutoModel", "AutoModelForSequenceClassification")
    config |= {"model_type": "hostile", "auto_map": {name: f"code.Hostile{name}" for name in names}}
    (hostile / "config.json").write_text(json.dumps(config), "utf-8")
    (hostile / "code.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n", "utf-8")
    said = run(hostile, tmp_path, "reranker", "embedder")
    assert said[1:] == ["refused ACCORD_RERANKER", "refused ACCORD_EMBEDDER", "[]"]
    assert not (tmp_path / "ran").exists()


def test_the_settings_name_the_reranker(folder, tmp_path) -> None:
    assert open_reranker(CorpusSettings(reranker="none")) is None
    assert isinstance(open_reranker(CorpusSettings(reranker=str(folder))), CrossEncoderReranker)
    with pytest.raises(UsageError, match=r"^ACCORD_RERANKER: "):
        open_reranker(CorpusSettings(reranker=str(tmp_path)))


def test_the_builtin_reranker_is_there_or_said_to_be_missing(monkeypatch, tmp_path) -> None:
    locate.cache_clear()
    if BUILTIN_WEIGHTS.is_file():
        assert isinstance(open_reranker(CorpusSettings()), BuiltinReranker)
    locate.cache_clear()
    monkeypatch.setattr("corpus.reranking.location.BUILTIN_WEIGHTS", tmp_path / "reranker.safetensors")
    with pytest.raises(UsageError, match="weights are missing"):
        open_reranker(CorpusSettings())
    locate.cache_clear()
