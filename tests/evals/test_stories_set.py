"""The set for near-duplicates: what it is made of, that errors count, and how well the shipped articles do."""

import json
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

import pytest
import typer
from typer.testing import CliRunner

from corpus.errors import UsageError
from evals import story_edits as edits
from evals.stories import Pair, document, measure, precision, recall, register, wrongly_joined
from evals.story_set import COPIES, FOLLOW_UP, OTHER_NOTICES, TEMPLATE, Source, duplicates, load, made_from

SHIPPED = Path(__file__).resolve().parents[2] / "corpus" / "articles"


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    texts = {path.stem: path.read_text("utf-8").split("---", 2)[2].strip() for path in sorted(SHIPPED.glob("*.md"))}
    return [Source(url=f"https://desk.example/{name}", text=text) for name, text in texts.items()]


@pytest.fixture(scope="module")
def rows(sources: list[Source], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stories") / "articles.jsonl"
    path.write_text("".join(source.model_dump_json() + "\n" for source in sources), "utf-8")
    return path


def test_the_shipped_articles_reach_the_targets(sources: list[Source]) -> None:
    found = document(measure(sources))
    assert found["precision"]["overall"]["share"] >= 0.98
    assert found["recall"]["overall"]["share"] >= 0.95
    assert found["recall"]["overall"]["counted"] == len(COPIES) * len(sources)
    assert min(kind["share"] for kind in found["recall_by_kind"].values()) >= 0.8
    assert found["wrongly_joined"]["follow_up"]["met"] == 0
    assert found["wrongly_joined"]["other_article"]["counted"] > 10_000
    for kind in OTHER_NOTICES:
        assert found["wrongly_joined"][kind]["counted"] >= 5
        assert found["wrongly_joined"][kind]["share"] <= 0.05
    assert found["candidates"]["mean"] < 3


@pytest.mark.slow
@pytest.mark.shared
def test_the_measuring_articles_reach_the_targets(shared: Path) -> None:
    found = document(measure(load(shared / "trade_dev" / "articles.jsonl")))
    assert found["articles"] == 107
    for half in ("overall", "tuning", "held_out"):
        assert found["precision"][half]["low"] >= 0.98
        assert found["recall"][half]["low"] >= 0.95
    assert len(found["real_duplicates"]) == 3
    for kind in OTHER_NOTICES:
        assert found["wrongly_joined"][kind]["share"] <= 0.02
    assert found["recall_by_kind"]["real_duplicate"]["share"] == 1


def test_the_command_prints_the_figures(rows: Path) -> None:
    evaluation = typer.Typer()
    evaluation.callback()(lambda: None)
    register(evaluation)
    plain = CliRunner().invoke(evaluation, ["stories", str(rows)])
    assert plain.exit_code == 0
    assert "recall by kind" in plain.stdout
    assert "cut_and_edited" in plain.stdout
    printed = json.loads(CliRunner().invoke(evaluation, ["stories", str(rows), "--json"]).stdout)
    assert set(printed) >= {"precision", "recall", "recall_by_kind", "wrongly_joined", "candidates", "wrong"}


def test_errors_count_against_precision_and_recall() -> None:
    def pair(*, same: bool, joined: bool) -> Pair:
        return Pair("exact", "tuning", "a", "b", same=same, joined=joined)

    pairs = [
        *[pair(same=True, joined=True)] * 6,
        *[pair(same=True, joined=False)] * 2,
        *[pair(same=False, joined=True)] * 3,
        *[pair(same=False, joined=False)] * 9,
    ]
    assert [(one.met, one.counted) for one in (precision(pairs), recall(pairs), wrongly_joined(pairs)) if one] == [
        (6, 9),
        (6, 8),
        (3, 12),
    ]


def test_the_set_is_the_same_every_time_and_holds_every_kind(sources: list[Source]) -> None:
    made = list(made_from(sources))
    assert made == list(made_from(sources))
    assert {one.kind for one in made if one.same} == set(COPIES)
    assert {one.kind for one in made if not one.same} == {FOLLOW_UP, TEMPLATE, *OTHER_NOTICES}
    assert {source.half for source in sources} == {"tuning", "held_out"}


def test_copies_differ_from_their_sources(sources: list[Source]) -> None:
    same = {one.kind for one in made_from(sources) if one.text == one.source.text}
    # Some articles have no word that is spelled otherwise in Britain, and no percent sign.
    assert same == {"exact", "respelled"}


def test_light_edits_change_about_every_eighth_word(sources: list[Source]) -> None:
    for one in made_from(sources):
        if one.kind == "light_edits":
            old, new = one.source.text.split(), one.text.split()
            kept = sum(block.size for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
            assert 0.85 <= kept / len(old) <= 0.92


def test_a_look_alike_has_other_figures_between_the_same_words(sources: list[Source]) -> None:
    one = next(one for one in made_from(sources) if one.kind == TEMPLATE)
    old, new = edits.FIGURE.findall(one.source.text), edits.FIGURE.findall(one.text)
    assert len(old) == len(new) >= 5
    assert all(before != after for before, after in zip(old, new, strict=True))
    assert edits.FIGURE.sub("#", one.source.text) == edits.FIGURE.sub("#", one.text)


def test_another_notice_is_the_lead_with_one_change(sources: list[Source]) -> None:
    unused = Random(0)  # noqa: S311 - nothing is drawn from it
    for one in made_from(sources):
        if one.kind in OTHER_NOTICES:
            old, new = edits.lead(one.source.text, unused).split(), one.text.split()
            changed = [op for op in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if op[0] != "equal"]
            assert len(old) < 120
            assert len(changed) == 1
            assert changed[0][2] - changed[0][1] <= 1


def test_a_follow_up_repeats_a_third_of_its_source(sources: list[Source]) -> None:
    for one in made_from(sources):
        if one.kind == FOLLOW_UP:
            parts = one.text.split("\n\n")
            repeated = sum(len(part.split()) for part in parts if part in one.source.text)
            assert 0.25 < repeated / len(one.text.split()) < 0.45


def test_real_duplicates_are_told_by_their_sentences(sources: list[Source]) -> None:
    assert duplicates(sources) == set()
    twin = Source(url="https://twin.example/", text=sources[0].text[: len(sources[0].text) // 2])
    assert duplicates([*sources, twin]) == {frozenset((sources[0].url, twin.url))}


@pytest.mark.parametrize(("line", "wanted"), [("{", "not JSON"), ('{"url": "a"}', "text"), ("7", "not an object")])
def test_a_wrong_line_is_named(rows: Path, tmp_path: Path, line: str, wanted: str) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text(f"{rows.read_text('utf-8')}{line}\n", "utf-8")
    with pytest.raises(UsageError, match=rf"{path}:34: .*{wanted}"):
        load(path)


def test_too_few_articles_one_twice_and_no_file_are_named(rows: Path, tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("".join(rows.read_text("utf-8").splitlines(keepends=True)[:6]), "utf-8")
    with pytest.raises(UsageError, match="it holds 6 articles; the set needs at least 7"):
        load(few)
    few.write_text(rows.read_text("utf-8") * 2, "utf-8")
    with pytest.raises(UsageError, match="occurs twice"):
        load(few)
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path / "none.jsonl")
