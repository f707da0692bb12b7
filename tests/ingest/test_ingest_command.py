"""`accord ingest`: good articles get in, bad ones end in one clear line, and nothing half-written stays."""

import json
import os
import sqlite3
from contextlib import closing

from corpus.store import CATALOGUE_FILE

KEPT = {"runs", "sqlite_sequence"}  # that there was a run is all that a run leaves behind
GOOD = "Tariffs on kelp\n\nNorway raised its tariff on kelp to 12 percent on Monday, officials said in Oslo."


def reasons(done) -> dict[str, str]:
    """Reason by the source's last part, of everything that was not stored."""
    return {item["source"].rpartition("/")[2]: item["reason"] for item in done.json["items"] if item["reason"]}


def test_ingesting_twice_changes_nothing(scratch, accord) -> None:
    def tables() -> dict[str, list[object]]:
        with closing(sqlite3.connect(scratch.store / CATALOGUE_FILE)) as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names if name not in KEPT}

    before, status = tables(), accord("status", "--data-dir", scratch.store, "--json").json
    report = accord("ingest", scratch.articles, "--data-dir", scratch.store, "--json").json
    assert (report["unchanged"], report["added"], report["changed"], report["passages"]) == (4, 0, 0, 0)
    assert accord("status", "--data-dir", scratch.store, "--json").json == status
    assert tables() == before


def test_bad_files_are_named_and_the_good_ones_stored(tmp_path, data_dir, accord) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, "utf-8")
    (folder / "empty.md").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "huge.txt").write_bytes(b"tariff " * 3_000_000)
    (folder / "date.md").write_text("---\ntitle: A\npublished: 2025-13-40\n---\n\nText about trade.", "utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    done = accord("ingest", folder, "--data-dir", data_dir, "--json")
    assert done.code == 1
    assert (done.json["added"], done.json["failed"], done.json["skipped"]) == (1, 4, 1)
    why = reasons(done)
    assert "empty" in why["empty.md"]
    assert "binary" in why["binary.txt"]
    assert "21.0 MB" in why["huge.txt"]
    assert "ACCORD_FETCH__MAX_BYTES" in why["huge.txt"]
    assert "2025-13-40" in why["date.md"]
    assert [row["title"] for row in accord("articles", "--data-dir", data_dir, "--json").json] == ["Tariffs on kelp"]


def test_each_failure_is_one_line_for_a_person(tmp_path, data_dir, accord) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    done = accord("ingest", tmp_path / "empty.md", tmp_path / "missing.txt", "--data-dir", data_dir)
    assert done.code == 1
    lines = done.err.strip().splitlines()
    assert len(lines) == 2
    assert "empty.md: it is empty" in lines[0]
    assert "missing.txt: there is no such file" in lines[1]


def test_one_bad_line_of_jsonl_does_not_stop_the_others(tmp_path, data_dir, accord) -> None:
    rows = [{"url": f"https://news.example/{n}", "title": f"Story {n}", "text": f"{GOOD} {n}."} for n in range(3)]
    lines = [json.dumps(row) for row in rows]
    lines[1] = lines[1][:-1]
    (tmp_path / "rows.jsonl").write_text("\n".join(lines), "utf-8")
    done = accord("ingest", tmp_path / "rows.jsonl", "--data-dir", data_dir, "--json")
    assert (done.code, done.json["added"], done.json["failed"]) == (1, 2, 1)
    assert list(reasons(done)) == ["rows.jsonl:2"]


def test_a_folder_given_twice_is_read_once(filled, scratch, accord) -> None:
    done = accord("ingest", scratch.articles, scratch.articles, "--data-dir", scratch.store, "--json")
    assert (done.code, done.json["unchanged"], done.json["skipped"]) == (0, 4, 1)
    assert "twice" in reasons(done)["articles"]


def test_the_same_address_twice_in_one_run_keeps_the_first(tmp_path, data_dir, accord) -> None:
    row = {"url": "https://news.example/a", "title": "Story", "text": GOOD}
    rows = [row, {**row, "text": f"{GOOD} It was changed."}]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    for expected in ("added", "unchanged"):
        done = accord("ingest", tmp_path / "rows.jsonl", "--data-dir", data_dir, "--json")
        assert done.json["items"][0]["outcome"] == expected
    stored = accord("article", "https://news.example/a", "--data-dir", data_dir, "--json").json
    assert stored["text"].endswith("Oslo.")


def test_what_cannot_be_read_is_named(tmp_path, data_dir, accord) -> None:
    (tmp_path / "unreadable.txt").symlink_to("/proc/self/mem")  # refuses even root
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    names = [tmp_path / name for name in ("unreadable.txt", "pipe.txt", "good.txt")]
    done = accord("ingest", *names, "--data-dir", data_dir, "--json")
    assert (done.code, done.json["added"], done.json["failed"]) == (1, 1, 2)
    why = reasons(done)
    assert "cannot be read" in why["unreadable.txt"]
    assert "it is a pipe; name a file or a folder" in why["pipe.txt"]


def test_web_pages_that_fail_are_named_and_the_good_one_stored(site, data_dir, accord, monkeypatch) -> None:
    monkeypatch.setenv("ACCORD_FETCH__TIMEOUT_S", "2")
    site.article("/good", "Kelp", GOOD.partition("\n\n")[2], "Importers in Bergen said they had not been warned of it.")
    site.put("/500", status=500)
    site.put("/slow", wait=site.released)
    pages = [f"{site.url}/{name}" for name in ("good", "404", "500", "slow")]
    done = accord("ingest", *pages, "--data-dir", data_dir, "--json")
    assert (done.code, done.json["added"], done.json["failed"]) == (1, 1, 3)
    why = reasons(done)
    assert "404" in why["404"]
    assert "500" in why["500"]
    assert "did not answer within 2 s" in why["slow"]
    again = accord("ingest", f"{site.url}/good", "--data-dir", data_dir, "--json").json
    assert again["unchanged"] == 1


def test_a_page_dump_becomes_its_article(shared, data_dir, accord) -> None:
    item = accord("ingest", shared / "raw_pages", "--data-dir", data_dir, "--json").json["items"][0]
    stored = accord("article", item["article_id"], "--data-dir", data_dir, "--json").json
    assert stored["title"] == "7 Rounds of Talks and No Deal: Japan Girds for New Era of U.S. Relations"
    assert (stored["published"], stored["outlet"], stored["publisher"]) == ("2025-07-08", "DNYUZ", "New York Times")
    assert stored["text"].startswith("Earlier this year, Japan")
    assert stored["text"].endswith("protect what should be protected.”")
    for menu in ("Lifestyle", "SHARES", "Share on", "Read more", "Copyright", "appeared first", "Mamdani"):
        assert menu not in stored["text"]
    for question, wanted in {
        "why did talks stall on autos?": "unwilling to accept a deal that kept in place tariffs",
        "Who is Japan's chief negotiator?": "Ryosei Akazawa",
        "how much did exports to the US fall in may?": "declined 11 percent",
    }.items():
        answer = accord("ask", question, "--data-dir", data_dir, "--json").json
        assert answer["status"] == "answered"
        assert any(wanted in citation["quote"] for citation in answer["citations"])
        assert all(stored["text"][c["start"] : c["end"]] == c["quote"] for c in answer["citations"])
    assert accord("ask", "what is the capital of France?", "--data-dir", data_dir, "--json").json["status"] == "refused"
