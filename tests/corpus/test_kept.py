"""What is kept of a store is of one state of it, and bounded."""

from corpus.catalogue import IndexSpec, IndexState
from corpus.catalogue.index_state import VectorSpec
from corpus.kept import Kept

SPEC = IndexSpec(VectorSpec("model", 2, True), "chunker")
FIRST, SECOND = IndexState(1, "c", SPEC), IndexState(2, "c", SPEC)


def test_a_store_that_changed_is_read_anew() -> None:
    kept = Kept[str, int](10)
    kept.put(FIRST, "a", 1)
    assert kept.get(SECOND, "a") is None
    kept.put(SECOND, "b", 2)
    assert kept.get(FIRST, "a") is None
    assert kept.get(SECOND, "b") == 2


def test_what_was_not_used_longest_goes_first() -> None:
    kept = Kept[str, int](10)
    for key in "abc":
        kept.put(FIRST, key, 1, size=4 if key == "a" else 3)
    kept.get(FIRST, "a")
    kept.put(FIRST, "d", 1, size=3)
    assert [key for key in "abcd" if kept.get(FIRST, key)] == ["a", "c", "d"]
    kept.put(FIRST, "d", 2, size=1)  # the same again takes its own place
    kept.put(FIRST, "e", 1, size=2)
    assert [key for key in "abcde" if kept.get(FIRST, key)] == ["a", "c", "d", "e"]
