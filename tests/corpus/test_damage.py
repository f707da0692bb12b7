"""Damage and misuse of the data directory: named in one line, and `accord rebuild` really is the remedy."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from corpus.store import VECTOR_FOLDER


def truncate_sqlite(vectors: Path) -> None:
    os.truncate(vectors / "chroma.sqlite3", 30_000)


def replace_by_file(vectors: Path) -> None:
    shutil.rmtree(vectors)
    vectors.write_text("not a folder", "utf-8")


@pytest.mark.parametrize("damage", [truncate_sqlite, replace_by_file, shutil.rmtree])
def test_ingest_notices_lost_vectors_and_rebuild_brings_them_back(scratch, accord, accord_process, damage) -> None:
    before = accord("search", "autos", "--data-dir", scratch.store, "--json").json["hits"]
    damage(scratch.store / VECTOR_FOLDER)
    done = accord_process("ingest", scratch.articles, "--data-dir", scratch.store)
    assert done.code == 3
    assert len(done.err.strip().splitlines()) == 1
    assert "accord rebuild" in done.err
    assert accord_process("rebuild", "--data-dir", scratch.store).code == 0
    assert accord("search", "autos", "--data-dir", scratch.store, "--json").json["hits"] == before


def test_a_data_directory_that_cannot_be_written_is_named(tmp_path, filled, accord) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        done = accord("ingest", filled.articles, "--data-dir", place)
        assert done.code == 2
        assert str(place) in done.err
        assert len(done.err.strip().splitlines()) == 1


def test_an_embedder_that_is_none_is_named(tmp_path, accord, monkeypatch, filled) -> None:
    (tmp_path / "model").mkdir()
    monkeypatch.setenv("ACCORD_EMBEDDER", str(tmp_path / "model"))
    assert accord("search", "autos", "--data-dir", filled.store).code == 2
    (tmp_path / "model" / "model.safetensors").write_bytes(b"")
    (tmp_path / "model" / "config.json").write_text("{", "utf-8")
    done = accord("search", "autos", "--data-dir", filled.store)
    assert done.code == 2
    assert "ACCORD_EMBEDDER" in done.err
    monkeypatch.setenv("ACCORD_EMBEDDER", "some-organisation/some-model")
    done = accord("search", "autos", "--data-dir", filled.store)
    assert done.code == 2
    assert "ACCORD_ALLOW_DOWNLOAD" in done.err


@pytest.fixture
def chroma_server(tmp_path):
    """Address of a real Chroma server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).parent / "chroma", "run", "--path", tmp_path / "server", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        url = f"http://127.0.0.1:{port}"
        while server.poll() is None:
            try:
                if httpx.get(f"{url}/api/v2/heartbeat", timeout=1).is_success:
                    break
            except httpx.TransportError:
                continue
        yield url
        server.kill()


def test_two_stores_share_a_chroma_server_without_harm(scratch, tmp_path, chroma_server, accord_process) -> None:
    def accord(*arguments: object):
        return accord_process(*arguments, CHROMA_URL=chroma_server)

    first, second = tmp_path / "first", tmp_path / "second"
    articles = sorted(scratch.articles.iterdir())
    assert accord("ingest", articles[0], "--data-dir", first).code == 0
    assert accord("ingest", articles[1], "--data-dir", second).code == 0
    assert accord("rebuild", "--data-dir", second).code == 0
    for store, article in ((first, articles[0]), (second, articles[1])):
        assert accord("ingest", article, "--data-dir", store, "--json").json["unchanged"] == 1


@pytest.mark.parametrize(("url", "code"), [("http://127.0.0.1:9", 4), ("not-an-address", 2), ("http://a:port", 2)])
def test_a_chroma_server_that_is_not_there_is_named(filled, accord, monkeypatch, url: str, code: int) -> None:
    monkeypatch.setenv("CHROMA_URL", url)
    done = accord("search", "autos", "--data-dir", filled.store)
    assert done.code == code
    assert "CHROMA_URL" in done.err
