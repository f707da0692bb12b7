"""Embedding: both engines make the same vectors, a text has one vector, nothing leaves the machine or stays on it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.catalogue import Catalogue
from corpus.embedding.embedder import COMMIT_TEXTS, Embedder
from corpus.embedding.engine import has_gpu_driver, is_plain_bert, load_engine
from corpus.embedding.location import BUILTIN, WEIGHTS, ModelLocation, locate
from corpus.embedding.openvino_engine import OpenVinoEngine
from corpus.embedding.sentence_transformers_engine import SentenceTransformersEngine
from corpus.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "corpus" / "articles"
ODD = ("", " ", "tariff", "naïve café — «quotas»", "関税の交渉", "🙂" * 40, "\x00\u200b", "steel quota " * 400)
no_gpu = pytest.mark.skipif(has_gpu_driver(), reason="on a GPU sentence-transformers runs every model")


def passages() -> list[str]:
    articles = [path.read_text("utf-8") for path in sorted(SHIPPED.glob("*.md"))[:6]]
    return [
        article[start : start + length] for article in articles for start, length in ((0, 900), (300, 250), (90, 40))
    ]


@pytest.fixture(scope="module")
def location() -> ModelLocation:
    return locate(BUILTIN, allow_download=False)


@pytest.fixture(scope="module")
def engine(location: ModelLocation) -> OpenVinoEngine:
    return OpenVinoEngine(location)


@pytest.fixture
def copy(location: ModelLocation, tmp_path: Path) -> Path:
    """A folder with the built-in model's files, to change; its weights are a link."""
    folder = tmp_path / "model"
    shutil.copytree(location.folder, folder, ignore=shutil.ignore_patterns(WEIGHTS))
    (folder / WEIGHTS).symlink_to(location.folder / WEIGHTS)
    return folder


def change(folder: Path, name: str, **values: object) -> None:
    path = folder / name
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), "utf-8")


def opened(folder: Path) -> ModelLocation:
    locate.cache_clear()
    return locate(str(folder), allow_download=False)


def test_every_engine_makes_the_vectors_of_the_plain_model(location: ModelLocation, engine: OpenVinoEngine) -> None:
    from sentence_transformers import SentenceTransformer

    texts = [*passages(), *ODD]
    plain = SentenceTransformer(str(location.folder), device="cpu")
    reference = plain.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    for each, least in (
        (OpenVinoEngine(location, "f32"), 0.99999),
        (engine, 0.9999),
        (SentenceTransformersEngine(location), 0.9999),
    ):
        assert (each.encode(texts) * reference).sum(1).min() > least


def test_vectors_are_unit_vectors_in_the_order_of_their_texts(engine: OpenVinoEngine) -> None:
    texts = passages()
    vectors = engine.encode(texts)
    assert vectors.shape == (len(texts), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(engine.encode(texts[::-1]), vectors[::-1], atol=1e-6)
    assert engine.encode([]).shape == (0, 384)


def test_a_text_has_one_vector_whatever_it_is_embedded_with(engine: OpenVinoEngine) -> None:
    texts = [*passages(), *ODD]
    together = engine.encode(texts)
    for text, vector in zip(texts, together, strict=True):
        # Another padded width would move a bfloat16 vector by up to .0006.
        np.testing.assert_allclose(engine.encode([text])[0], vector, atol=1e-6)


def test_what_is_cut_off_does_not_count(location: ModelLocation, engine: OpenVinoEngine) -> None:
    fits, longer = (" ".join(["tariff"] * count) for count in (location.max_tokens - 2, location.max_tokens + 50))
    one_less = " ".join(["tariff"] * (location.max_tokens - 3))
    assert Embedder(location).count_tokens([fits]) == [Embedder(location).max_tokens]
    np.testing.assert_array_equal(engine.encode([fits]), engine.encode([longer]))
    assert not np.array_equal(engine.encode([fits]), engine.encode([one_less]))


@no_gpu
def test_the_builtin_model_runs_on_openvino(location: ModelLocation) -> None:
    assert isinstance(load_engine(location), OpenVinoEngine)


def test_a_copy_of_the_builtin_model_is_plain_bert(copy: Path) -> None:
    assert is_plain_bert(opened(copy))


CLS = {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
DENSE = {"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"}


def add_dense(folder: Path) -> None:
    modules = json.loads((folder / "modules.json").read_text("utf-8"))
    (folder / "modules.json").write_text(json.dumps([*modules[:2], DENSE]), "utf-8")


def half_weights(folder: Path) -> None:
    from safetensors.numpy import load_file, save_file

    halves = {name: values.astype(np.float16) for name, values in load_file(folder / WEIGHTS).items()}
    (folder / WEIGHTS).unlink()
    save_file(halves, folder / WEIGHTS)


@pytest.mark.parametrize(
    "alter",
    [
        pytest.param(lambda folder: change(folder, "1_Pooling/config.json", **CLS), id="pooling of the first token"),
        pytest.param(lambda folder: change(folder, "1_Pooling/config.json", pooling_mode_max_tokens=True), id="two"),
        pytest.param(add_dense, id="a dense layer"),
        pytest.param(half_weights, id="other weights"),
        pytest.param(lambda folder: change(folder, "config.json", model_type="roberta"), id="another architecture"),
        pytest.param(lambda folder: change(folder, "config.json", hidden_act="relu"), id="another activation"),
        pytest.param(
            lambda folder: change(folder, "config.json", position_embedding_type="relative_key"), id="other positions"
        ),
        pytest.param(lambda folder: change(folder, "config.json", max_position_embeddings=128), id="too few positions"),
        pytest.param(lambda folder: change(folder, "sentence_bert_config.json", do_lower_case=True), id="lowered"),
        pytest.param(lambda folder: change(folder, "tokenizer_config.json", do_lower_case=False), id="contradiction"),
        pytest.param(
            lambda folder: change(folder, "config_sentence_transformers.json", default_prompt_name="query"), id="prompt"
        ),
        pytest.param(lambda folder: (folder / "tokenizer.json").unlink(), id="no tokenizer.json"),
        pytest.param(lambda folder: (folder / "tokenizer.json").write_text("[]", "utf-8"), id="no JSON object"),
    ],
)
def test_any_other_model_is_left_to_sentence_transformers(copy: Path, alter: Callable[[Path], Any]) -> None:
    alter(copy)
    assert not is_plain_bert(opened(copy))


def test_another_model_is_run_by_sentence_transformers(copy: Path, engine: OpenVinoEngine) -> None:
    change(copy, "1_Pooling/config.json", **CLS)
    other = Embedder(opened(copy))
    vectors = other.vectors(passages())
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert (vectors * engine.encode(passages())).sum(1).max() < 0.99
    assert other.fingerprint != locate(BUILTIN, allow_download=False).fingerprint


def test_cut_weights_end_in_one_line(copy: Path, location: ModelLocation) -> None:
    (copy / WEIGHTS).unlink()
    (copy / WEIGHTS).write_bytes((location.folder / WEIGHTS).read_bytes()[:1_000_000])
    with pytest.raises(UsageError, match="cannot be loaded"):
        Embedder(opened(copy)).vectors(["tariff"])


def test_weights_of_another_shape_end_in_one_line(copy: Path) -> None:
    change(copy, "config.json", num_hidden_layers=9)
    with pytest.raises(UsageError, match="cannot be loaded"):
        OpenVinoEngine(opened(copy))


WATCHED = """
import sys
asked = []
sys.addaudithook(lambda event, _: asked.append(event) if event.startswith("socket.") else None)
from corpus.embedding.embedder import Embedder
from corpus.embedding.location import locate
from corpus.embedding.openvino_engine import OpenVinoEngine
location = locate("builtin", allow_download=False)
OpenVinoEngine(location).encode(["tariff"])
Embedder(location).count_tokens(["tariff"])
print(asked, "torch" in sys.modules, "transformers" in sys.modules, "openvino_telemetry.main" in sys.modules)
"""


@pytest.mark.parametrize("home", ["empty", "missing", "unset"])
def test_the_builtin_model_needs_no_network_no_home_and_no_torch(tmp_path: Path, home: str) -> None:
    (tmp_path / "empty").mkdir()
    # CI is left out because OpenVINO's telemetry keeps still where it is set.
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "HOME"}}
    environment["PYTHONPATH"] = str(ROOT)
    if home != "unset":
        environment["HOME"] = str(tmp_path / home)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], check=True, capture_output=True, text=True, cwd=tmp_path, env=environment
    )
    assert done.stdout.strip() == "[] False False False"
    assert done.stderr == ""
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]


def test_openvino_is_imported_in_the_one_place_that_silences_it() -> None:
    direct = re.compile(r"^\s*(import openvino|from openvino)\b", re.MULTILINE)
    importers = {path.name for path in (ROOT / "corpus").rglob("*.py") if direct.search(path.read_text("utf-8"))}
    assert importers == {"quiet_openvino.py"}


def test_vectors_are_kept_as_they_are_made_and_not_made_again(tmp_path: Path, location: ModelLocation) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.db")
    catalogue.create()
    texts = [f"tariff line {number}" for number in range(COMMIT_TEXTS + 7)]
    texts.append(texts[0])
    told: list[int] = []

    def killed(count: int) -> None:
        told.append(count)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Embedder(location).embed_into(catalogue, texts, killed)
    assert told == [1, COMMIT_TEXTS]
    again: list[int] = []
    Embedder(location).embed_into(catalogue, texts, again.append)
    assert again == [COMMIT_TEXTS + 1, 7]
    again.clear()
    Embedder(location).embed_into(catalogue, texts, again.append)
    assert again == [len(texts)]
