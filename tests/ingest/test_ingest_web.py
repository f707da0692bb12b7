"""Feeds, sitemaps and pages over time: asked politely, followed once, withdrawn only when they are surely gone."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

PARAGRAPHS = (
    "Norway raised its tariff on kelp to 12 percent on Monday, officials said in Oslo after a long meeting.",
    "The duty had stood at 5 percent since 2019, and importers in Bergen said that they had not been warned of it.",
    "A spokeswoman for the fisheries ministry said the new rate would hold until the end of the year at least.",
)
OTHER = (
    "Chile and Peru agreed on Tuesday to drop their duties on anchovy meal over three years, both ministries said.",
    "Exporters in Lima expect sales worth 40 million dollars a year once the last of the duties has gone.",
    "The agreement must still pass both parliaments, where fishing districts have many seats and loud voices.",
)


def urls(accord, data_dir) -> list[str]:
    return sorted(row["url"] for row in accord("articles", "--data-dir", data_dir, "--json").json)


def outcomes(done) -> dict[str, str]:
    return {item["source"].rpartition("/")[2]: item["outcome"] for item in done.json["items"]}


@pytest.fixture
def feed(site) -> str:
    links = [site.article("/kelp", "Kelp", *PARAGRAPHS, etag='"k1"'), site.article("/anchovy", "Anchovy", *OTHER)]
    return site.feed("/feed.xml", links, etag='"f1"')


def test_a_feed_brings_its_articles_and_the_next_run_asks_only_whether_it_changed(site, feed, data_dir, accord) -> None:
    first = accord("ingest", feed, "--data-dir", data_dir, "--json")
    assert (first.code, first.json["added"]) == (0, 2)
    assert urls(accord, data_dir) == [f"{site.url}/anchovy", f"{site.url}/kelp"]
    site.asked.clear()
    second = accord("ingest", feed, "--data-dir", data_dir, "--json")
    assert (second.code, second.json["unchanged"], second.json["added"]) == (0, 1, 0)
    assert [path for path in site.asked if path != "/robots.txt"] == ["/feed.xml"]


def test_a_feeds_date_is_used_where_the_page_has_none(feed, data_dir, accord) -> None:
    items = accord("ingest", feed, "--data-dir", data_dir, "--json").json["items"]
    assert {item["published"] for item in items} == {"2025-07-08T09:30:00+00:00"}


def test_a_feed_is_read_again_until_all_that_it_lists_was_read(site, feed, data_dir, accord) -> None:
    kelp = site.pages.pop("/kelp")
    first = accord("ingest", feed, "--data-dir", data_dir, "--json")
    assert (first.code, outcomes(first)) == (1, {"kelp": "failed", "anchovy": "added"})
    site.pages["/kelp"] = kelp
    second = accord("ingest", feed, "--data-dir", data_dir, "--json")
    assert outcomes(second) == {"kelp": "added", "anchovy": "unchanged"}


def test_a_feed_read_in_part_is_not_taken_for_read_in_full(feed, data_dir, accord) -> None:
    first = accord("ingest", feed, "--limit", "1", "--data-dir", data_dir, "--json")
    assert first.json["added"] == 1
    second = accord("ingest", feed, "--data-dir", data_dir, "--json")
    assert (second.json["added"], second.json["unchanged"]) == (1, 1)


def test_since_leaves_out_what_is_older(site, data_dir, accord) -> None:
    links = [site.article("/kelp", "Kelp", *PARAGRAPHS), site.article("/anchovy", "Anchovy", *OTHER)]
    dates = ["Tue, 08 Jul 2025 09:30:00 GMT", "Tue, 01 Jul 2025 09:30:00 GMT"]
    feed = site.feed("/feed.xml", links, dates=dates)
    done = accord("ingest", feed, "--since", "2025-07-05", "--data-dir", data_dir, "--json")
    assert outcomes(done) == {"kelp": "added"}
    none = accord("ingest", feed, "--since", "2025-08-01", "--data-dir", data_dir, "--json")
    assert (none.code, none.json["skipped"]) == (0, 1)
    assert "lists no articles within --since" in none.json["items"][0]["reason"]


def test_a_feeds_entries_that_lead_elsewhere_are_refused_and_named(site, data_dir, accord) -> None:
    links = [site.article("/kelp", "Kelp", *PARAGRAPHS), "file:///etc/passwd", "javascript:alert(1)"]
    done = accord("ingest", site.feed("/feed.xml", links), "--data-dir", data_dir, "--json")
    assert (done.code, done.json["added"], done.json["skipped"]) == (0, 1, 2)
    reasons = [item["reason"] for item in done.json["items"] if item["reason"]]
    assert any("/etc/passwd" in reason for reason in reasons)


def test_a_page_that_says_not_modified_stays_as_it_is(site, feed, data_dir, accord) -> None:
    page = f"{site.url}/kelp"
    assert accord("ingest", page, "--data-dir", data_dir, "--json").json["added"] == 1
    site.pages["/kelp"].body = b"not looked at: the tag is the same"
    assert accord("ingest", page, "--data-dir", data_dir, "--json").json["unchanged"] == 1
    site.article("/kelp", "Kelp", *PARAGRAPHS[:2], "The rate ends in May.", etag='"k2"')
    assert accord("ingest", page, "--data-dir", data_dir, "--json").json["changed"] == 1


def test_what_a_page_said_of_itself_is_kept_only_once_it_was_understood(site, data_dir, accord) -> None:
    page = site.article("/kelp", "Kelp", etag='"k1"')
    assert accord("ingest", page, "--data-dir", data_dir, "--json").json["added"] == 0
    site.article("/kelp", "Kelp", *PARAGRAPHS, etag='"k1"')
    assert accord("ingest", page, "--data-dir", data_dir, "--json").json["added"] == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_withdrawn_when_it_is_missed_twice_and_its_text_is_kept(
    site, feed, data_dir, accord, status: int
) -> None:
    page = f"{site.url}/kelp"
    accord("ingest", page, "--data-dir", data_dir)
    kelp = site.pages["/kelp"]
    site.put("/kelp", status=status)
    first = accord("ingest", page, "--data-dir", data_dir, "--json")
    assert (first.code, first.json["failed"], urls(accord, data_dir)) == (1, 1, [page])
    assert "stays until it is missed again" in first.json["items"][0]["reason"]
    second = accord("ingest", page, "--data-dir", data_dir, "--json")
    assert (second.code, second.json["withdrawn"], urls(accord, data_dir)) == (0, 1, [])
    kept = accord("article", page, "--data-dir", data_dir, "--json")
    assert (kept.code, kept.json["status"]) == (0, "withdrawn")
    assert PARAGRAPHS[0] in kept.json["text"]
    site.pages["/kelp"] = kelp
    assert accord("ingest", page, "--data-dir", data_dir, "--json").json["added"] == 1


def test_a_page_missed_once_and_then_back_starts_again(site, feed, data_dir, accord) -> None:
    page = f"{site.url}/kelp"
    accord("ingest", page, "--data-dir", data_dir)
    kelp = site.pages["/kelp"]
    for there in (False, True, False):
        if there:
            site.pages["/kelp"] = kelp
        else:
            site.pages.pop("/kelp", None)
        accord("ingest", page, "--data-dir", data_dir)
    assert urls(accord, data_dir) == [page]


def test_a_sitemap_index_leads_to_its_pages_and_the_limit_counts_for_all_of_it(site, data_dir, accord) -> None:
    pages = [
        site.article(f"/{n}", f"Story {n}", *PARAGRAPHS[:1], f"This was meeting number {n} of the council in Oslo.")
        for n in range(4)
    ]
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    for name, part in (("a", pages[:2]), ("b", pages[2:])):
        entries = "".join(f"<url><loc>{page}</loc></url>" for page in part)
        site.put(f"/{name}.xml", f"<urlset {space}>{entries}</urlset>", content_type="application/xml")
    maps = "".join(f"<sitemap><loc>{site.url}/{name}.xml</loc></sitemap>" for name in "ab")
    index = site.put("/index.xml", f"<sitemapindex {space}>{maps}</sitemapindex>", content_type="application/xml")
    done = accord("ingest", index, "--limit", "3", "--data-dir", data_dir, "--json")
    assert len(done.json["items"]) == 3
    rest = accord("ingest", index, "--data-dir", data_dir, "--json")
    assert len(urls(accord, data_dir)) == 4
    assert rest.json["unchanged"] == 3


def test_a_list_of_addresses_is_read_from_a_file_and_from_stdin(site, data_dir, tmp_path, accord_process) -> None:
    kelp = site.article("/kelp", "Kelp", *PARAGRAPHS)
    anchovy = site.article("/anchovy", "Anchovy", *OTHER)
    (tmp_path / "pages.txt").write_text(f"# to read\n{kelp}\n\n{anchovy}\n", "utf-8")
    done = accord_process("ingest", tmp_path / "pages.txt", "--data-dir", data_dir, "--json")
    assert (done.code, outcomes(done)) == (0, {"kelp": "added", "anchovy": "added"})
    command = [sys.executable, "-m", "accord", "ingest", "-", "--data-dir", str(data_dir), "--json"]
    again = subprocess.run(command, input=f"{kelp}\n{anchovy}\n", capture_output=True, text=True, check=True)
    assert json.loads(again.stdout)["unchanged"] == 2


def test_watching_goes_on_until_it_is_interrupted_and_ends_well(site, feed, data_dir) -> None:
    command = [sys.executable, "-m", "accord", "ingest", feed, "--watch", "1", "--data-dir", str(data_dir), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())
    site.article("/new", "New", *PARAGRAPHS[1:], "Something new was said about kelp in Oslo today.")
    site.feed("/feed.xml", [f"{site.url}/kelp", f"{site.url}/anchovy", f"{site.url}/new"], etag='"f2"')
    second = json.loads(process.stdout.readline())
    while not any(item["source"].endswith("/new") for item in second["items"]):
        second = json.loads(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert first["added"] == 2
    assert process.returncode == 0
    assert "Traceback" not in errors


def test_ctrl_c_finishes_what_is_in_hand_and_says_how_to_go_on(site, data_dir, accord) -> None:
    pages = [
        site.article(f"/{n}", f"Story {n}", *PARAGRAPHS, f"This was meeting number {n} of the council in Oslo.")
        for n in range(3)
    ]
    asked, may_go = [], os.pipe()

    class Slow(dict):
        def get(self, path, default):
            asked.append(path)
            if path == "/1":
                process.send_signal(signal.SIGINT)
                os.read(may_go[0], 1)
            return super().get(path, default)

    site.pages = Slow(site.pages)
    command = [sys.executable, "-m", "accord", "ingest", *pages, "--jobs", "1", "--data-dir", str(data_dir), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert "press Ctrl-C again" in process.stderr.readline()
    os.write(may_go[1], b"x")
    out, _ = process.communicate(timeout=60)
    report = json.loads(out)
    assert (process.returncode, report["interrupted"]) == (1, True)
    assert 1 <= report["added"] < 3
    assert len(urls(accord, data_dir)) == report["added"]
    assert accord("runs", "--data-dir", data_dir, "--json").json[0]["state"] == "interrupted"


def test_a_second_ctrl_c_ends_at_once_and_says_what_stays(site, data_dir) -> None:
    site.put("/slow", wait=site.released)
    command = [sys.executable, "-m", "accord", "ingest", f"{site.url}/slow", "--data-dir", str(data_dir)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        while "/slow" not in site.asked:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert "press Ctrl-C again" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 1
        assert "Interrupted. What was stored stays" in process.stderr.read()


SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(site, path: str, *pages: str, etag: str | None = None) -> str:
    entries = "".join(f"<url><loc>{page}</loc></url>" for page in pages)
    return site.put(path, f"<urlset {SPACE}>{entries}</urlset>", content_type="application/xml", etag=etag)


def index(site, path: str, *sitemaps: str, etag: str | None = None) -> str:
    entries = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in sitemaps)
    return site.put(path, f"<sitemapindex {SPACE}>{entries}</sitemapindex>", content_type="application/xml", etag=etag)


def test_what_is_new_below_an_unchanged_index_is_found(site, data_dir, accord) -> None:
    kelp = site.article("/kelp", "Kelp", *PARAGRAPHS)
    whole = index(site, "/index.xml", sitemap(site, "/a.xml", kelp, etag='"a1"'), etag='"i1"')
    accord("ingest", whole, "--data-dir", data_dir)
    sitemap(site, "/a.xml", kelp, site.article("/anchovy", "Anchovy", *OTHER), etag='"a2"')
    accord("ingest", whole, "--data-dir", data_dir)
    assert urls(accord, data_dir) == [f"{site.url}/anchovy", kelp]


def test_an_index_inside_an_index_is_not_followed(site, data_dir, accord) -> None:
    inner = index(site, "/inner.xml", f"{site.url}/inner.xml")
    done = accord("ingest", index(site, "/index.xml", inner), "--data-dir", data_dir, "--json")
    assert (done.code, done.json["failed"]) == (1, 1)
    assert "inside another one" in done.json["items"][0]["reason"]


def test_a_page_that_is_skipped_today_is_looked_at_again(site, data_dir, accord) -> None:
    site.put(
        "/kelp", "<html><title>Just a moment...</title><body>Checking your browser before you go on.</body></html>"
    )
    feed = site.feed("/feed.xml", [f"{site.url}/kelp"], etag='"f1"')
    assert accord("ingest", feed, "--data-dir", data_dir, "--json").json["skipped"] == 1
    site.article("/kelp", "Kelp", *PARAGRAPHS)
    assert accord("ingest", feed, "--data-dir", data_dir, "--json").json["added"] == 1


def test_a_saved_page_does_not_replace_what_was_fetched_from_its_address(site, data_dir, tmp_path, accord) -> None:
    page = site.article("/kelp", "Kelp", *PARAGRAPHS)
    accord("ingest", page, "--data-dir", data_dir)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in OTHER)
    head = f'<link rel="canonical" href="{page}"><title>Forged</title>'
    (tmp_path / "forged.html").write_text(f"<html><head>{head}</head><body><article>{body}</article></body></html>")
    done = accord("ingest", tmp_path / "forged.html", "--data-dir", data_dir, "--json")
    assert (done.json["changed"], done.json["skipped"]) == (0, 1)
    assert PARAGRAPHS[0] in accord("article", page, "--data-dir", data_dir, "--json").json["text"]


def test_a_password_in_an_address_is_shown_and_kept_nowhere(data_dir, accord) -> None:
    done = accord("ingest", "https://reader:hunter22@news.example/a", "--data-dir", data_dir, "--json")
    shown = accord("runs", "--data-dir", data_dir)
    stored = b"".join(path.read_bytes() for path in data_dir.glob("catalogue*"))
    assert done.code == 1
    assert "hunter22" not in done.out + done.err + shown.out + shown.err
    assert b"hunter22" not in stored
    assert "news.example" in shown.out
