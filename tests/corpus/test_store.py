"""The store: one writer, versions that replace each other whole, readers that notice, mismatches refused."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, IndexSpec, VectorSpec
from corpus.errors import StoreBusy, StoreMissing
from corpus.lock import writer_lock
from corpus.opening import open_searcher
from corpus.settings import CorpusSettings
from corpus.store import CATALOGUE_FILE, VECTOR_FOLDER
from corpus.types import Filters

HOLDER = """
import sys
from pathlib import Path
from corpus.lock import writer_lock
with writer_lock(Path(sys.argv[1]), "accord ingest"):
    print("held", flush=True)
    sys.stdin.read()
"""


def searcher_of(store: Path):
    return open_searcher(CorpusSettings(data_dir=store))


def test_a_second_writer_is_told_who_holds_the_store(tmp_path, filled, accord) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        done = accord("ingest", filled.articles, "--data-dir", tmp_path)
        assert done.code == 3
        assert f"accord ingest (process {holder.pid})" in done.err
        holder.stdin.close()
    with writer_lock(tmp_path, "a test"), pytest.raises(StoreBusy), writer_lock(tmp_path, "another"):
        pass


def test_a_changed_article_replaces_its_old_version_and_leaves_no_tail(scratch, accord) -> None:
    path = min(scratch.articles.iterdir())
    path.write_text('---\ntitle: "Short"\npublished: 2026-01-02\n---\n\nOnly lobsters remain in this article.', "utf-8")
    report = accord("ingest", scratch.articles, "--data-dir", scratch.store, "--json").json
    assert (report["changed"], report["unchanged"], report["added"]) == (1, 3, 0)
    item = next(item for item in report["items"] if item["outcome"] == "changed")
    assert (item["revision"], item["passages"], item["published"]) == (2, 1, "2026-01-02")
    searcher = searcher_of(scratch.store)
    hits = searcher.search("lobsters", 50).hits
    assert hits[0].passage.text == "Only lobsters remain in this article."
    assert sum(hit.passage.url == item["url"] for hit in hits) == 1
    searcher.close()


def test_a_reader_in_another_process_sees_what_was_ingested_meanwhile(scratch, accord_process) -> None:
    searcher = searcher_of(scratch.store)
    assert "lobster" not in searcher.search("lobster quotas", 1).hits[0].passage.text
    (scratch.articles / "new.md").write_text("# Lobster\n\nCanada raised its lobster quota.", "utf-8")
    assert accord_process("ingest", scratch.articles, "--data-dir", scratch.store).code == 0
    hit = searcher.search("lobster quotas", 1).hits[0]
    assert hit.passage.text == "Canada raised its lobster quota."
    assert hit.dense > 0.5
    searcher.close()


def test_a_withdrawn_hit_is_never_shown_even_when_chroma_still_has_it(scratch) -> None:
    searcher = searcher_of(scratch.store)
    question = "why did talks stall on autos?"
    gone = searcher.search(question, 1).hits[0].passage
    with searcher.catalogue.transaction() as transaction:
        transaction.withdraw(gone.article_id)
    hits = searcher.search(question, 50).hits
    assert hits
    assert all(hit.passage.article_id != gone.article_id for hit in hits)
    searcher.close()


def test_filters_are_hard(filled) -> None:
    searcher = searcher_of(filled.store)
    question = "tariffs on cars"
    days = {hit.passage.published for hit in searcher.search(question, 50, Filters(as_of="2020-01-16")).hits}
    assert days == {"2019-12-11", "2020-01-16"}
    days = {hit.passage.published for hit in searcher.search(question, 50, Filters(since="2025-05-09")).hits}
    assert days == {"2025-05-09", "2025-07-08"}
    assert searcher.search(question, 5, Filters(outlet="accord desk")).hits
    assert not searcher.search(question, 5, Filters(outlet="Reuters")).hits
    searcher.close()


def test_search_scores_are_sorted_and_bounded(filled) -> None:
    searcher = searcher_of(filled.store)
    hits = searcher.search('cars "quota" AND (NOT', 50).hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 and -1 <= hit.dense <= 1 and 0 <= hit.lexical <= 1 for hit in hits)
    searcher.close()


def test_a_store_made_with_another_model_or_chunk_size_is_refused(scratch, accord, monkeypatch) -> None:
    monkeypatch.setenv("ACCORD_CHUNK__MAX_CHARS", "300")
    done = accord("ingest", scratch.articles, "--data-dir", scratch.store)
    assert done.code == 3
    assert "windows-300-v2" in done.err
    assert "accord rebuild" in done.err
    assert accord("rebuild", "--data-dir", scratch.store).code == 0
    assert accord("ingest", scratch.articles, "--data-dir", scratch.store).code == 0
    assert accord("search", "autos", "--data-dir", scratch.store).code == 0
    with Catalogue(scratch.store / CATALOGUE_FILE).transaction() as transaction:
        transaction.replace_index("passages-2", IndexSpec(VectorSpec("other@1", 384, True), "windows-300-v2"), [])
    done = accord("search", "autos", "--data-dir", scratch.store)
    assert done.code == 3
    assert "other@1" in done.err


def test_lost_vectors_are_rebuilt_from_the_catalogue(scratch, accord) -> None:
    before = accord("search", "autos", "--data-dir", scratch.store, "--json").json["hits"]
    shutil.rmtree(scratch.store / VECTOR_FOLDER)
    done = accord("search", "autos", "--data-dir", scratch.store)
    assert done.code == 3
    assert "accord rebuild" in done.err
    assert accord("rebuild", "--data-dir", scratch.store).code == 0
    assert accord("search", "autos", "--data-dir", scratch.store, "--json").json["hits"] == before


def test_a_damaged_or_missing_catalogue_is_named(tmp_path, accord) -> None:
    done = accord("search", "autos", "--data-dir", tmp_path)
    assert done.code == 3
    assert str(tmp_path) in done.err
    (tmp_path / CATALOGUE_FILE).write_bytes(b"not a database" * 100)
    done = accord("articles", "--data-dir", tmp_path)
    assert done.code == 3
    assert "damaged" in done.err
    with pytest.raises(StoreMissing), Catalogue(tmp_path / "none").snapshot():
        pass


def test_a_failed_transaction_leaves_no_trace(scratch) -> None:
    catalogue = Catalogue(scratch.store / CATALOGUE_FILE)

    def fail() -> None:
        with catalogue.transaction() as transaction:
            transaction.withdraw("anything")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with catalogue.snapshot() as snapshot:
        assert snapshot.index_state().generation == 1
