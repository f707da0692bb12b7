"""Runs over time: what changed, what went, what a dry run would do, and that every run is kept."""

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest

FIRST = (
    "Norway raised its tariff on kelp to 12 percent on Monday, officials said in Oslo.",
    "The duty had stood at 5 percent since 2019, and importers in Bergen had not been warned.",
    "A spokeswoman for the fisheries ministry said the new rate would hold for a year.",
)


def text(*sentences: str) -> str:
    return "Tariffs on kelp\n\n" + "\n\n".join(sentences)


@pytest.fixture
def folder(tmp_path, data_dir, accord):
    """A folder of two articles that are stored."""
    home = tmp_path / "articles"
    home.mkdir()
    (home / "kelp.txt").write_text(text(*FIRST), "utf-8")
    (home / "fish.txt").write_text(
        "Anchovies\n\nChile and Peru dropped their duties on anchovy meal, both ministries said.", "utf-8"
    )
    assert accord("ingest", home, "--data-dir", data_dir).code == 0
    return home


def titles(accord, data_dir) -> set[str]:
    return {row["title"] for row in accord("articles", "--data-dir", data_dir, "--json").json}


def test_the_report_says_which_sentences_changed(folder, data_dir, accord) -> None:
    (folder / "kelp.txt").write_text(text(FIRST[0], FIRST[1].replace("2019", "2018"), FIRST[2]), "utf-8")
    done = accord("ingest", folder, "--data-dir", data_dir, "--json")
    item = next(item for item in done.json["items"] if item["outcome"] == "changed")
    assert item["revision"] == 2
    assert item["changes"]["removed"] == [FIRST[1]]
    assert item["changes"]["added"] == [FIRST[1].replace("2019", "2018")]
    shown = accord("runs", 2, "--data-dir", data_dir)
    assert f"- {FIRST[1]}" in shown.out
    assert f"+ {FIRST[1].replace('2019', '2018')}" in shown.out


def test_a_shrunk_article_leaves_no_tail(folder, data_dir, accord) -> None:
    long = [f"Paragraph {n} tells of kelp and of the duty on it, {'at length ' * 20}in Oslo." for n in range(20)]
    (folder / "kelp.txt").write_text(text(*long), "utf-8")
    accord("ingest", folder, "--data-dir", data_dir)
    (folder / "kelp.txt").write_text(text(long[0]), "utf-8")
    assert accord("ingest", folder, "--data-dir", data_dir, "--json").json["changed"] == 1
    hits = accord("search", "paragraph 19 of kelp", "--k", "50", "--data-dir", data_dir, "--json").json["hits"]
    assert not [hit for hit in hits if "Paragraph 19" in hit["text"]]


@pytest.mark.parametrize("left", ["", "   \n\n"])
def test_an_emptied_article_is_withdrawn_and_its_text_kept(folder, data_dir, accord, left: str) -> None:
    (folder / "kelp.txt").write_text(left, "utf-8")
    done = accord("ingest", folder, "--data-dir", data_dir, "--json")
    assert (done.code, done.json["withdrawn"], titles(accord, data_dir)) == (0, 1, {"Anchovies"})
    hits = accord("search", "tariff on kelp", "--data-dir", data_dir, "--json").json["hits"]
    assert {hit["title"] for hit in hits} == {"Anchovies"}
    again = accord("ingest", folder, "--data-dir", data_dir, "--json")
    assert (again.code, again.json["failed"]) == (1, 1)
    (folder / "kelp.txt").write_text(text(*FIRST), "utf-8")
    assert accord("ingest", folder, "--data-dir", data_dir, "--json").json["added"] == 1


def test_a_row_whose_text_is_emptied_is_withdrawn(tmp_path, data_dir, accord) -> None:
    rows = [{"url": f"https://news.example/{n}", "title": f"Story {n}", "text": FIRST[n]} for n in range(2)]
    source = tmp_path / "rows.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    accord("ingest", source, "--data-dir", data_dir)
    rows[0]["text"] = ""
    source.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert accord("ingest", source, "--data-dir", data_dir, "--json").json["withdrawn"] == 1
    assert titles(accord, data_dir) == {"Story 1"}


def test_a_correction_notice_is_recorded(folder, data_dir, accord) -> None:
    notice = "Correction: An earlier version of this article gave the wrong rate."
    (folder / "kelp.txt").write_text(text(*FIRST, notice), "utf-8")
    done = accord("ingest", folder, "--data-dir", data_dir, "--json")
    item = next(item for item in done.json["items"] if item["outcome"] == "changed")
    assert item["correction"] == notice
    stored = accord("article", item["article_id"], "--data-dir", data_dir, "--json").json
    assert stored["correction"] == notice
    answer = accord("ask", "how high is Norway's tariff on kelp?", "--data-dir", data_dir, "--json").json
    assert [note["text"] for note in answer["notes"] if note["kind"] == "correction"]


def test_a_dry_run_tells_the_same_and_writes_nothing(folder, data_dir, accord) -> None:
    (folder / "kelp.txt").write_text(text(FIRST[0], FIRST[2]), "utf-8")
    (folder / "new.txt").write_text("Squid\n\nJapan set a quota of 40,000 tonnes of squid for the year.", "utf-8")
    (folder / "fish.txt").unlink()
    before = {path.name: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}
    dry = accord("ingest", folder, "--prune", "--dry-run", "--data-dir", data_dir, "--json")
    after = {path.name: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}
    assert before == after
    wet = accord("ingest", folder, "--prune", "--data-dir", data_dir, "--json")
    told = [{**done.json, "seconds": 0, "dry_run": None} for done in (dry, wet)]
    assert told[0] == told[1]
    assert (wet.json["added"], wet.json["changed"], wet.json["withdrawn"]) == (1, 1, 1)


def test_a_dry_run_makes_no_store(folder, tmp_path, accord) -> None:
    done = accord("ingest", folder, "--dry-run", "--data-dir", tmp_path / "none", "--json")
    assert (done.code, done.json["added"], done.json["dry_run"]) == (0, 2, True)
    assert not (tmp_path / "none").exists()


def test_prune_withdraws_what_the_folder_no_longer_holds(folder, data_dir, accord) -> None:
    (folder / "fish.txt").unlink()
    assert accord("ingest", folder, "--data-dir", data_dir, "--json").json["withdrawn"] == 0
    assert titles(accord, data_dir) == {"Tariffs on kelp", "Anchovies"}
    done = accord("ingest", folder, "--prune", "--data-dir", data_dir, "--json")
    assert (done.code, done.json["withdrawn"], titles(accord, data_dir)) == (0, 1, {"Tariffs on kelp"})
    assert accord("ingest", folder, "--prune", "--data-dir", data_dir, "--json").json["withdrawn"] == 0


def test_prune_withdraws_rows_that_are_gone_from_their_file(tmp_path, data_dir, accord) -> None:
    lines = [
        json.dumps({"url": f"https://news.example/{n}", "title": f"Story {n}", "text": FIRST[n]}) for n in range(3)
    ]
    source = tmp_path / "rows.jsonl"
    source.write_text("\n".join(lines), "utf-8")
    accord("ingest", source, "--data-dir", data_dir)
    source.write_text(lines[1], "utf-8")
    assert accord("ingest", source, "--prune", "--data-dir", data_dir, "--json").json["withdrawn"] == 2
    assert titles(accord, data_dir) == {"Story 1"}


def test_prune_keeps_what_could_not_be_read_and_what_is_held_elsewhere(folder, tmp_path, data_dir, accord) -> None:
    (folder / "kelp.txt").write_bytes(bytes(range(256)) * 40)
    done = accord("ingest", folder, "--prune", "--data-dir", data_dir, "--json")
    assert (done.json["failed"], done.json["withdrawn"]) == (1, 0)
    page = "---\nurl: https://news.example/squid\ntitle: Squid\n---\n\nJapan set a quota for squid, its ministry said."
    (folder / "squid.md").write_text(page, "utf-8")
    (tmp_path / "copy.md").write_text(page, "utf-8")
    accord("ingest", folder, "--data-dir", data_dir)
    accord("ingest", tmp_path / "copy.md", "--data-dir", data_dir)
    (folder / "squid.md").unlink()
    assert accord("ingest", folder, "--prune", "--data-dir", data_dir, "--json").json["withdrawn"] == 0
    assert "Squid" in titles(accord, data_dir)


def test_prune_never_empties_the_store_for_a_folder_that_shows_nothing(folder, data_dir, accord) -> None:
    for path in folder.iterdir():
        path.rename(path.with_name(f".{path.name}"))
    done = accord("ingest", folder, "--prune", "--data-dir", data_dir, "--json")
    assert done.json["withdrawn"] == 0
    assert len(titles(accord, data_dir)) == 2


def test_prune_without_a_folder_is_wrong_usage(data_dir, accord) -> None:
    done = accord("ingest", "https://news.example/a", "--prune", "--data-dir", data_dir)
    assert done.code == 2
    assert "--prune" in done.err


def test_every_run_is_kept(folder, data_dir, accord) -> None:
    accord("ingest", folder, "--data-dir", data_dir)
    (folder / "bad.md").write_bytes(b"")
    accord("ingest", folder, "--data-dir", data_dir)
    runs = accord("runs", "--data-dir", data_dir, "--json").json
    assert [run["run"] for run in runs] == [3, 2, 1]
    assert [run["state"] for run in runs] == ["done"] * 3
    assert [run["counts"]["added"] for run in runs] == [0, 0, 2]
    assert runs[0]["sources"] == [str(folder)]
    one = accord("runs", 3, "--data-dir", data_dir, "--json").json
    assert [item["outcome"] for item in one["items"]] == ["failed"]
    first = accord("runs", 1, "--data-dir", data_dir)
    assert "added  Tariffs on kelp" in first.out
    missing = accord("runs", 9, "--data-dir", data_dir)
    assert (missing.code, "no such run" in missing.err) == (2, True)


def test_a_run_that_was_killed_is_kept_as_killed(folder, data_dir, accord) -> None:
    killed_when_it_embeds = """
import os, signal, sys
from corpus.embedding.embedder import Embedder
Embedder.embed_into = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
sys.argv = ["accord", "ingest", *sys.argv[1:]]
from accord.__main__ import main
main()
"""
    (folder / "new.txt").write_text("Squid\n\nJapan set a quota of 40,000 tonnes of squid for the year.", "utf-8")
    command = [sys.executable, "-c", killed_when_it_embeds, folder, "--data-dir", data_dir]
    assert subprocess.run(command, check=False, env=os.environ).returncode == -signal.SIGKILL
    accord("ingest", folder, "--data-dir", data_dir)
    runs = accord("runs", "--data-dir", data_dir, "--json").json
    assert [run["state"] for run in runs] == ["done", "killed", "done"]


def test_a_bad_limit_or_date_is_wrong_usage(data_dir, accord) -> None:
    for option, value in (("--since", "yesterday"), ("--limit", "0"), ("--jobs", "0"), ("--watch", "0")):
        done = accord("ingest", "x.txt", option, value, "--data-dir", data_dir)
        assert done.code == 2, option
        assert option in done.err


def at_one_address(path, text: str, url: str = "https://news.example/kelp") -> None:
    path.write_text(f"---\ntitle: {path.stem}\nurl: {url}\n---\n\n{text}", "utf-8")


def stored_text(accord, data_dir, name: str = "https://news.example/kelp") -> str:
    return accord("article", name, "--data-dir", data_dir, "--json").json["text"]


def test_the_second_file_of_an_address_takes_over_when_the_first_is_gone(tmp_path, data_dir, accord) -> None:
    home = tmp_path / "two"
    home.mkdir()
    at_one_address(home / "a.md", FIRST[0])
    at_one_address(home / "b.md", FIRST[1])
    for _ in range(2):
        done = accord("ingest", home, "--data-dir", data_dir, "--json").json
        assert done["duplicate"] == 1
        assert stored_text(accord, data_dir) == FIRST[0]
    (home / "a.md").unlink()
    assert accord("ingest", home, "--prune", "--data-dir", data_dir, "--json").json["changed"] == 1
    assert stored_text(accord, data_dir) == FIRST[1]


def test_a_file_is_read_again_when_another_one_replaced_what_it_holds(tmp_path, data_dir, accord) -> None:
    at_one_address(tmp_path / "a.md", FIRST[0])
    at_one_address(tmp_path / "b.md", FIRST[1])
    for name, text in (("a.md", FIRST[0]), ("b.md", FIRST[1]), ("a.md", FIRST[0])):
        accord("ingest", tmp_path / name, "--data-dir", data_dir)
        assert stored_text(accord, data_dir) == text


def test_rows_are_read_from_stdin(data_dir, tmp_path) -> None:
    lines = [
        json.dumps({"url": f"https://news.example/{n}", "title": f"Story {n}", "text": FIRST[n]}) for n in range(3)
    ]
    command = [sys.executable, "-m", "accord", "ingest", "-", "--data-dir", str(data_dir), "--json"]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["added"] == 3


def test_stdin_that_is_closed_or_asked_for_again_and_again_is_named(data_dir, accord) -> None:
    command = f"{sys.executable} -m accord ingest - --data-dir {data_dir} <&-"
    closed = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert closed.returncode == 1
    assert "stdin" in closed.stderr
    assert "report" not in closed.stderr
    watched = accord("ingest", "-", "--watch", "5", "--data-dir", data_dir)
    assert (watched.code, "only once" in watched.err) == (2, True)


def test_prune_keeps_what_lies_in_a_folder_that_cannot_be_read(folder, data_dir, accord, monkeypatch) -> None:
    below = folder / "below"
    below.mkdir()
    (below / "squid.txt").write_text("Squid\n\nJapan set a quota of 40,000 tonnes of squid for the year.", "utf-8")
    accord("ingest", folder, "--data-dir", data_dir)
    command = ["setpriv", "--inh-caps=-dac_override,-dac_read_search", "--bounding-set=-dac_override,-dac_read_search"]
    below.chmod(0)
    try:
        arguments = ["ingest", str(folder), "--prune", "--data-dir", str(data_dir), "--json"]
        prefix = command if os.geteuid() == 0 else []  # root reads everything unless that right is taken away
        if prefix and shutil.which("setpriv") is None:
            pytest.skip("root reads everything here, and there is no setpriv to take that right away")
        done = subprocess.run([*prefix, sys.executable, "-m", "accord", *arguments], capture_output=True, check=False)
    finally:
        below.chmod(0o755)
    report = json.loads(done.stdout)
    assert (report["failed"], report["withdrawn"]) == (1, 0)
    assert "Squid" in titles(accord, data_dir)
