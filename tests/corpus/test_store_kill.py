"""kill -9 at any point of an ingest: the next run finishes it, every article is there once and whole.

The vectors of all texts are in the store already, so that these runs spend their time in the store protocol
and not in loading a model.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue
from corpus.opening import open_searcher
from corpus.settings import CorpusSettings
from corpus.store import CATALOGUE_FILE, VECTOR_FOLDER
from corpus.vectors import OWN_WRITES, Place, VectorIndex

# A real `accord ingest` whose process is killed right before or after one step of the protocol.
KILLED_AT = """
import os, signal, sys
from corpus.catalogue.writer import Transaction
from corpus.vectors import VectorIndex
owner = {"VectorIndex": VectorIndex, "Transaction": Transaction}[sys.argv[1]]
name, when = sys.argv[2], sys.argv[3]
step = getattr(owner, name)
def killed(self, *arguments):
    if when == "after":
        step(self, *arguments)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, name, killed)
sys.argv = ["accord", "ingest", *sys.argv[4:]]
from accord.__main__ import main
main()
"""
STEPS = [
    ("Transaction", "stage", "after"),
    ("VectorIndex", "upsert", "before"),
    ("VectorIndex", "upsert", "after"),
    ("Transaction", "flip", "before"),
    ("Transaction", "flip", "after"),
    ("VectorIndex", "delete", "before"),
    ("VectorIndex", "delete", "after"),
    ("Transaction", "swept", "after"),
]


@pytest.fixture
def changed(scratch):
    """All articles get another title, and one of them a copy: new versions whose texts are embedded already."""
    for path in sorted(scratch.articles.iterdir()):
        path.write_text(path.read_text("utf-8").replace('title: "', 'title: "Again: '), "utf-8")
    copied = path.read_text("utf-8").replace('title: "Again: ', 'title: "Copy: ')
    (scratch.articles / "copy.md").write_text(copied, "utf-8")
    return scratch


def whole(store: Path) -> dict[str, str]:
    """Titles by address of the live articles, after checking that each is searchable, whole and there once."""
    catalogue = Catalogue(store / CATALOGUE_FILE)
    with catalogue.snapshot() as snapshot:
        live = list(snapshot.by_status("live"))
        state = snapshot.index_state()
        passages = [passage for passage, _ in snapshot.passages_of("live")]
        assert snapshot.counts().passages == len(passages)
    assert len({version.article.url for version in live}) == len(live)
    assert sum(version.passages for version in live) == len(passages)
    index = VectorIndex(Place(store / VECTOR_FOLDER))
    index.open(state.collection, OWN_WRITES, state.spec)
    assert index.holds([passage.id for passage in passages]) == {passage.id for passage in passages}
    index.close()
    return {version.article.url: version.article.title for version in live}


def nothing_left_over(store: Path) -> None:
    with Catalogue(store / CATALOGUE_FILE).snapshot() as snapshot:
        assert snapshot.counts().pending == 0
        assert snapshot.garbage() == []
        old = [passage.id for passage, _ in snapshot.passages_of("superseded")]
        state = snapshot.index_state()
    index = VectorIndex(Place(store / VECTOR_FOLDER))
    index.open(state.collection, OWN_WRITES, state.spec)
    assert index.holds(old) == set()
    index.close()


@pytest.mark.parametrize(("owner", "step", "when"), STEPS)
def test_a_kill_at_any_step_of_the_protocol_is_finished_by_the_next_run(
    changed, accord_process, owner: str, step: str, when: str
) -> None:
    before = whole(changed.store)
    command = [sys.executable, "-c", KILLED_AT, owner, step, when, changed.articles, "--data-dir", changed.store]
    assert subprocess.run(command, check=False, capture_output=True, timeout=60).returncode == -signal.SIGKILL
    between = whole(changed.store)
    assert between == before or all(title.startswith(("Again: ", "Copy: ")) for title in between.values())
    assert accord_process("ingest", changed.articles, "--data-dir", changed.store).code == 0
    after = whole(changed.store)
    assert sorted(title.split(":")[0] for title in after.values()) == ["Again"] * 4 + ["Copy"]
    nothing_left_over(changed.store)


def test_kills_at_random_moments_lose_nothing(changed, accord_process) -> None:
    moments = random.Random(20)  # noqa: S311 - the same moments every time
    command = [sys.executable, "-m", "accord", "ingest", str(changed.articles), "--data-dir", str(changed.store)]
    for _ in range(6):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.2, 1.6))  # the moment of the kill is what is being varied
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        whole(changed.store)
    assert accord_process("ingest", changed.articles, "--data-dir", changed.store).code == 0
    assert len(whole(changed.store)) == 5
    nothing_left_over(changed.store)


def test_every_passage_is_found_by_its_own_text(filled) -> None:
    searcher = open_searcher(CorpusSettings(data_dir=filled.store))
    with searcher.catalogue.snapshot() as snapshot:
        passages = [passage for passage, _ in snapshot.passages_of("live")]
    for passage in passages:
        assert passage.id == searcher.search(passage.text, 1).hits[0].passage.id
    searcher.close()
