"""BM25 by parts: the scores of the whole question, filtered, of one generation, in bounded memory."""

import re
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, IndexSpec, VectorSpec
from corpus.catalogue.reader import Snapshot
from corpus.catalogue.writer import NewVersion
from corpus.term_scores import ENTRY, TermScores
from corpus.types import Article, Filters, Span

SHIPPED = Path(__file__).resolve().parents[2] / "corpus" / "articles"
NOW = "2026-01-01T00:00:00+00:00"
PARTS = ['"talks"', '"tariffs"', '"section 232"', '"quota"', '"lobsters"', '"the"']
EVERYTHING = Filters()


def version(path: Path) -> NewVersion:
    """A shipped article, each of its paragraphs a passage."""
    body = path.read_text("utf-8").split("---", 2)[-1].strip()
    article = Article(f"https://a.example/{path.name}", path.stem[11:], body, "Desk", published=path.name[:10])
    return NewVersion(article, [Span(*match.span()) for match in re.finditer(r".+", body)])


@pytest.fixture
def catalogue(tmp_path) -> Catalogue:
    """The shipped articles, live."""
    catalogue = Catalogue(tmp_path / "catalogue.sqlite3")
    catalogue.create()
    with catalogue.transaction() as transaction:
        transaction.create_index("passages-1", IndexSpec(VectorSpec("none", 2, True), "paragraphs"))
        for path in sorted(SHIPPED.glob("*.md")):
            transaction.stage(version(path), NOW)
        transaction.flip()
    return catalogue


def best(terms: TermScores, catalogue: Catalogue, parts: list[str], limit: int = 10, filters: Filters = EVERYTHING):
    with catalogue.snapshot() as snapshot:
        return terms.best(snapshot, snapshot.index_state(), parts, filters, limit, 2.0)


def whole(snapshot: Snapshot, match: str, limit: int) -> list[tuple[str, float]]:
    """What FTS5 itself makes of the whole expression."""
    return snapshot._connection.execute(
        """SELECT p.id, -bm25(passages_fts, 2.0, 1.0) AS score FROM passages_fts
             JOIN passages p ON p.rowid = passages_fts.rowid
            WHERE passages_fts MATCH ? ORDER BY score DESC, p.rowid LIMIT ?""",
        (match, limit),
    ).fetchall()


@pytest.mark.parametrize("limit", [1, 5, 500])
def test_the_parts_add_up_to_the_scores_of_the_whole_question(catalogue, limit) -> None:
    terms = TermScores()
    with catalogue.snapshot() as snapshot:
        wanted = whole(snapshot, " OR ".join(PARTS), limit)
        for _ in range(2):  # asked of FTS5, and remembered
            found = terms.best(snapshot, snapshot.index_state(), PARTS, EVERYTHING, limit, 2.0)
            assert list(found) == [id_ for id_, _ in wanted]
            assert list(found.values()) == pytest.approx([score for _, score in wanted])


def test_a_part_is_asked_for_once_in_a_generation(catalogue) -> None:
    terms, asked = TermScores(), []
    with catalogue.snapshot() as snapshot:
        state = snapshot.index_state()
        snapshot._connection.set_trace_callback(asked.append)
        terms.best(snapshot, state, PARTS, EVERYTHING, 5, 2.0)
        terms.best(snapshot, state, PARTS, EVERYTHING, 5, 2.0)
    assert sum("AS score" not in sql and "bm25" in sql for sql in asked) == len(PARTS)


def test_nothing_is_found_for_no_parts_or_unknown_words(catalogue) -> None:
    assert best(TermScores(), catalogue, []) == {}
    assert best(TermScores(), catalogue, ['"lobsters"']) == {}


def test_what_a_writer_changed_is_seen(catalogue) -> None:
    terms = TermScores()
    before = best(terms, catalogue, PARTS, 500)
    with catalogue.snapshot() as snapshot:
        gone = snapshot.live_passages(before)[next(iter(before))][0].article_id
    with catalogue.transaction() as transaction:
        transaction.withdraw(gone)
    after = best(terms, catalogue, PARTS, 500)
    assert after
    assert not any(id_.startswith(gone) for id_ in after)
    assert after == best(TermScores(), catalogue, PARTS, 500)


def test_an_old_snapshot_reads_its_own_generation_beside_a_newer_one(catalogue) -> None:
    terms = TermScores()
    with catalogue.snapshot() as old:
        state = old.index_state()
        before = terms.best(old, state, PARTS, EVERYTHING, 500, 2.0)
        with catalogue.transaction() as transaction:
            transaction.withdraw(next(iter(before)).partition(":")[0])
        after = best(terms, catalogue, PARTS, 500)
        assert terms.best(old, state, PARTS, EVERYTHING, 500, 2.0) == before
        assert best(terms, catalogue, PARTS, 500) == after != before


def test_filters_let_through_what_stands_far_below_the_best(catalogue) -> None:
    filters = Filters(as_of="2020-01-16")
    with catalogue.snapshot() as snapshot:
        everything = whole(snapshot, " OR ".join(PARTS), 500)
        dated = {id_: found.published for id_, (found, _) in snapshot.live_passages(i for i, _ in everything).items()}
    wanted = [id_ for id_, _ in everything if dated[id_] <= "2020-01-16"]
    assert 1 < len(wanted) < len(everything)
    assert list(best(TermScores(), catalogue, PARTS, 1, filters)) == wanted[:1]
    assert list(best(TermScores(), catalogue, PARTS, 500, filters)) == wanted
    assert best(TermScores(), catalogue, PARTS, 5, Filters(outlet="nobody")) == {}


@pytest.mark.parametrize("most", [0, ENTRY, 3 * ENTRY])
def test_little_memory_changes_no_score(catalogue, most) -> None:
    terms = TermScores(most)
    for _ in range(2):
        assert best(terms, catalogue, PARTS) == best(TermScores(), catalogue, PARTS)
        assert terms._kept._size == sum(ENTRY + len(scores) for scores, _ in terms._kept._values.values()) <= most


def test_passages_and_texts_are_looked_up_by_their_ids_however_many_articles_are_live(catalogue) -> None:
    asked: list[str] = []
    with catalogue.snapshot() as snapshot:
        passages = {passage.id: passage for passage, _ in snapshot.passages_of("live")}
        articles = {passage.article_id for passage in passages.values()}
        snapshot._connection.set_trace_callback(asked.append)
        assert set(snapshot.live_passages(passages)) == set(passages)
        texts = snapshot.live_texts(articles)
        snapshot._connection.set_trace_callback(None)
        plans = [snapshot._connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in asked]
    assert texts.keys() == articles
    assert all(passage.text in texts[passage.article_id] for passage in passages.values())
    assert plans[0][0][3].startswith("SEARCH p USING INDEX sqlite_autoindex_passages_1 (id=?)")
    assert plans[-1][0][3].startswith("SEARCH versions USING INDEX one_live_version (article_id=?)")


def test_counts_are_those_of_what_is_live(catalogue) -> None:
    with catalogue.transaction() as transaction:
        article = Article("https://a.example/undated", "Undated", "No day is known.")
        transaction.stage(NewVersion(article, [Span(0, len(article.text))]), NOW)
        transaction.flip()
    with catalogue.snapshot() as snapshot:
        passages = [passage for passage, _ in snapshot.passages_of("live")]
        days = sorted(passage.published for passage in passages if passage.published)
        counts = snapshot.counts()
        assert not snapshot.is_empty()
    assert counts.passages == len(passages)
    assert (counts.oldest, counts.newest) == (days[0], days[-1])
    with catalogue.transaction() as transaction:
        for article_id in {passage.article_id for passage in passages}:
            transaction.withdraw(article_id)
    with catalogue.snapshot() as snapshot:
        assert snapshot.is_empty()
        assert (snapshot.counts().passages, snapshot.counts().newest) == (0, None)
