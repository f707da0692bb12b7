"""Sources that mean harm, or are merely strange: they hurt themselves only."""

import json

import pytest

from ingest.extract.address import normal, same_site

GOOD = "Tariffs on kelp\n\nNorway raised its tariff on kelp to 12 percent on Monday, officials said in Oslo."
BOMB = "---\n" + "\n".join(
    ["a: &a [x, x, x, x, x, x, x, x, x]"]
    + [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    + ["authors: *i", "---", "", "Text about tariffs."]
)


@pytest.fixture
def store(tmp_path, accord):
    """A store with one article of a trusted outlet."""
    row = {"url": "https://trusted.example/story", "title": "Story", "outlet": "Trusted", "text": GOOD}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), "utf-8")
    assert accord("ingest", tmp_path / "rows.jsonl", "--data-dir", tmp_path / "data").code == 0
    return tmp_path / "data"


FORGED = f"""<html><head><link rel="canonical" href="https://trusted.example/story"><title>Forged</title></head>
<body><article><p>{GOOD} This is not what the trusted outlet wrote.</p></article></body></html>"""


def test_a_page_cannot_replace_another_sites_article(store, site, accord) -> None:
    page = site.put("/page", FORGED)
    done = accord("ingest", page, "--data-dir", store, "--json")
    assert (done.json["added"] + done.json["duplicate"], done.json["changed"]) == (1, 0)
    assert done.json["items"][0]["url"] == page
    stored = accord("article", "https://trusted.example/story", "--data-dir", store, "--json").json
    assert (stored["revision"], stored["outlet"]) == (1, "Trusted")


def test_a_page_that_imitates_an_article_does_not_take_its_place(store, tmp_path, accord) -> None:
    row = {"url": "https://forger.example/a", "title": "Story", "outlet": "Forger", "published": "1999-01-01"}
    forged = {**row, "text": f"{GOOD.replace('12', '13')}\n\n{GOOD} " + "The tariff on kelp is high. " * 9}
    (tmp_path / "forged.jsonl").write_text(json.dumps(forged), "utf-8")
    accord("ingest", tmp_path / "forged.jsonl", "--data-dir", store)
    hits = accord("search", "Norway's tariff on kelp", "--data-dir", store, "--json").json["hits"]
    assert "https://trusted.example/story" in {hit["url"] for hit in hits}


def test_layers_of_compression_are_not_unfolded(store, site, accord) -> None:
    page = site.put("/layers", FORGED, headers={"Content-Encoding": "gzip, gzip"})
    done = accord("ingest", page, "--data-dir", store)
    assert done.code == 1
    assert "compressed as gzip, gzip" in done.err


@pytest.mark.parametrize(
    "bad",
    [
        BOMB,
        "---\ntitle: A\npublished: 0001-01-01T00:00:00+14:00\n---\n\nText about tariffs.",
        "---\ntitle: A\npublished: 9999-12-31T23:59:59-14:00\n---\n\nText about tariffs.",
        "---\nauthors: {a: {b: {c: d}}}\n---\n\nText about tariffs.",
    ],
)
def test_strange_front_matter_does_not_stop_the_run(store, tmp_path, accord, bad: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "bad.md").write_text(bad, "utf-8")
    (folder / "good.txt").write_text(GOOD + " Kelp is seaweed.", "utf-8")
    done = accord("ingest", folder, "--data-dir", store, "--json")
    assert {item["title"]: item["outcome"] for item in done.json["items"]}["Tariffs on kelp"] == "added"


def test_names_that_are_no_names_do_not_stop_the_run(store, tmp_path, accord) -> None:
    (tmp_path / "good.txt").write_text(GOOD + " Kelp is seaweed.", "utf-8")
    names = ["http://[::bad", "n" * 5000, "nul\udcff.md", tmp_path / "good.txt"]
    done = accord("ingest", *names, "--data-dir", store, "--json")
    assert (done.code, done.json["added"], done.json["failed"]) == (1, 1, 3)


def test_nothing_a_terminal_acts_on_comes_through_a_name(store, tmp_path, accord) -> None:
    (tmp_path / "esc\x1b[31m.md").write_text("", "utf-8")
    (tmp_path / "esc\x1b[32m.txt").write_text(GOOD.replace("kelp", "[red]kelp\x1b[0m"), "utf-8")
    done = accord("ingest", *tmp_path.glob("esc*"), "--data-dir", store)
    shown = done.out + done.err + accord("articles", "--data-dir", store).out
    assert "\x1b" not in shown
    assert "[red]kelp" in shown


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("HTTPS://News.Example:443/A?b=1#part", "https://news.example/A?b=1"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ('https://news.example/a?q="><script>', "https://news.example/a?q=%22%3E%3Cscript%3E"),
        ("https://news.example/kelp_(quota)", "https://news.example/kelp_(quota)"),
        ("http://news.example:8080/é", "http://news.example:8080/%C3%A9"),
        ("file:///a/b.md", "file:///a/b.md"),
    ],
)
def test_an_article_has_one_address_however_it_is_written(written: str, wanted: str) -> None:
    assert normal(written) == wanted
    assert normal(wanted) == wanted


def test_a_phone_page_is_of_the_same_site() -> None:
    assert same_site("https://m.news.example/a", "https://www.news.example/b")
    assert not same_site("https://news.example.evil.example/a", "https://news.example/a")
