"""Connections are kept between snapshots, and never show a file that is no longer the store."""

import gc
import shutil
import threading
from pathlib import Path

import pytest

from corpus.errors import StoreDamaged, StoreMissing
from corpus.store import CATALOGUE_FILE, catalogue_at


def open_files(store) -> int:
    """How often this process has the catalogue open."""
    return sum(descriptor.resolve() == store / CATALOGUE_FILE for descriptor in Path("/proc/self/fd").iterdir())


@pytest.fixture
def catalogue(scratch):
    opened = catalogue_at(scratch.store)
    yield opened
    opened.close()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are listed on Linux only")
def test_snapshots_one_after_the_other_share_a_connection(scratch, catalogue) -> None:
    seen = set()
    for _ in range(5):
        with catalogue.snapshot() as snapshot:
            seen.add(id(snapshot._connection))
    assert (len(seen), open_files(scratch.store)) == (1, 1)
    catalogue.close()
    assert open_files(scratch.store) == 0


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are listed on Linux only")
def test_a_catalogue_that_is_let_go_of_leaves_no_file_open(scratch) -> None:
    catalogue = catalogue_at(scratch.store)
    with catalogue.snapshot() as snapshot:
        snapshot.counts()
    del catalogue, snapshot
    gc.collect()
    assert open_files(scratch.store) == 0


def test_each_snapshot_is_of_its_own_moment(scratch, catalogue) -> None:
    with catalogue.snapshot() as before:
        held = before.counts().articles
        with catalogue.transaction() as transaction:
            transaction.withdraw(next(before.by_status("live")).article.id)
        assert before.counts().articles == held
        with catalogue.snapshot() as after:
            assert after.counts().articles == held - 1
    with catalogue.snapshot() as later:
        assert later.counts().articles == held - 1


def test_a_store_that_was_replaced_is_read_anew(scratch, catalogue, tmp_path) -> None:
    copy = tmp_path / "copy.sqlite3"
    with catalogue.snapshot() as snapshot:
        held = snapshot.counts().articles
    shutil.copy(catalogue.path, copy)
    with catalogue.transaction() as transaction, catalogue.snapshot() as snapshot:
        transaction.withdraw(next(snapshot.by_status("live")).article.id)
    catalogue.close()
    with catalogue.snapshot() as snapshot:
        assert snapshot.counts().articles == held - 1
    for name in ("", "-wal", "-shm"):
        catalogue.path.with_name(CATALOGUE_FILE + name).unlink(missing_ok=True)
    copy.rename(catalogue.path)
    with catalogue.snapshot() as snapshot:
        assert snapshot.counts().articles == held


def test_a_store_that_went_away_is_missed(catalogue) -> None:
    with catalogue.snapshot() as snapshot:
        snapshot.counts()
    catalogue.path.unlink()
    with pytest.raises(StoreMissing), catalogue.snapshot():
        pass


def test_a_connection_that_failed_is_not_lent_again(catalogue) -> None:
    failed = []

    def write() -> None:
        with catalogue.snapshot() as snapshot:
            failed.append(snapshot._connection)
            snapshot._connection.execute("DELETE FROM versions")  # a snapshot only reads

    with pytest.raises(StoreDamaged):
        write()
    with catalogue.snapshot() as snapshot:
        assert snapshot._connection not in failed


def test_threads_at_once_have_a_connection_each(catalogue) -> None:
    barrier, seen = threading.Barrier(6), list[int]()

    def read() -> None:
        with catalogue.snapshot() as snapshot:
            barrier.wait(10)
            seen.append(id(snapshot._connection))
            assert snapshot.counts().articles > 0

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 6
