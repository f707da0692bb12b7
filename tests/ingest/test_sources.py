"""What there is to read: names, folders and piped bytes, with nothing read that nobody named."""

import gzip
import os
import socket
import zipfile
from io import BytesIO
from itertools import islice

import pytest

from ingest.sources import FileSource, ListingSource, StdinSource, Unreadable, UrlSource, expand, sniffed

TEXT = "Tariffs on kelp\n\nNorway raised its tariff on kelp."


@pytest.fixture
def folder(tmp_path):
    """An empty folder, with a file beside it that is none of its business."""
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder"


def read(folder) -> list[str]:
    """The names of the files that would be read, relative to the folder."""
    found = list(expand([str(folder)]))
    return [os.path.relpath(one.name, folder) for one in found if not isinstance(one, Unreadable)]


def skipped(folder) -> dict[str, str]:
    """Why the others would not."""
    found = list(expand([str(folder)]))
    assert all(one.skipped for one in found if isinstance(one, Unreadable))
    return {os.path.relpath(one.name, folder): str(one.error) for one in found if isinstance(one, Unreadable)}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.md", "markdown"),
        ("a.txt", "text"),
        ("a.HTML", "html"),
        ("a.htm", "html"),
        ("a.pdf", "pdf"),
        ("a.docx", "docx"),
        ("a.eml", "mail"),
        ("a.mhtml", "mail"),
        ("a.mht", "mail"),
        ("a.jsonl", "jsonl"),
    ],
)
def test_a_files_kind_follows_its_name(tmp_path, name, kind) -> None:
    path = tmp_path / name
    path.write_text(TEXT, "utf-8")

    assert list(expand([str(path)])) == [FileSource(str(path), path, kind)]
    assert FileSource(str(path), path, kind).url == path.as_uri()


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a.atom", "a.json", "a.xml.gz", "a.txt"])
def test_listings_are_read_when_they_are_named_only(folder, name) -> None:
    path = folder / name
    path.write_bytes(b"\xef\xbb\xbf# Trade\r\n\r\nhttps://a.example/1\r\n")

    assert list(expand([str(path)])) == [ListingSource(str(path), path)]
    assert "named by itself" in skipped(folder)[name]


@pytest.mark.parametrize(
    "text", [TEXT, "See https://a.example/1\nhttps://a.example/2", "# only this", "", "x" * 100_000]
)
def test_a_text_that_is_no_list_of_addresses_is_an_article(tmp_path, text) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")

    assert list(expand([str(path)])) == [FileSource(str(path), path, "text")]


def test_a_folder_is_read_to_the_bottom_in_order_without_what_is_hidden(folder) -> None:
    for name in ["b/2.md", "b/1.md", "a.md", "b/c/d/3.pdf", ".hidden.md", ".git/config.md", "b/.cache/x.md", "z.xyz"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT, "utf-8")

    assert read(folder) == ["a.md", "b/1.md", "b/2.md", "b/c/d/3.pdf"]
    assert list(skipped(folder)) == ["z.xyz"]


def test_a_hidden_folder_that_is_named_is_read(tmp_path) -> None:
    (tmp_path / ".notes").mkdir()
    (tmp_path / ".notes" / "a.md").write_text(TEXT, "utf-8")

    assert read(tmp_path / ".notes") == ["a.md"]


def test_links_do_not_lead_out_of_the_folder(folder) -> None:
    (folder / "a.md").write_text(TEXT, "utf-8")
    (folder / ".hidden.md").write_text(TEXT, "utf-8")
    (folder / "out.txt").symlink_to("../secret.txt")
    (folder / "up").symlink_to("..")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "broken.md").symlink_to("nothing.md")
    (folder / "peek.md").symlink_to(".hidden.md")

    assert read(folder) == ["a.md"]
    reasons = skipped(folder)
    assert {name for name, reason in reasons.items() if "leads out of the folder" in reason} == {
        "out.txt",
        "passwd.txt",
        "up",
    }
    assert "broken link" in reasons["broken.md"]
    assert "hidden" in reasons["peek.md"]


def test_links_within_the_folder_are_read_once_and_loops_end(folder) -> None:
    (folder / "real").mkdir()
    (folder / "real" / "a.md").write_text(TEXT, "utf-8")
    (folder / "real" / "again").symlink_to("..")
    (folder / "also").symlink_to("real")
    (folder / "alias.md").symlink_to("real/a.md")
    (folder / "self").symlink_to("self")

    assert read(folder) == ["alias.md"]
    assert list(skipped(folder)) == ["self"]


def test_a_link_that_is_named_is_read(tmp_path, folder) -> None:
    (tmp_path / "named.md").symlink_to("secret.txt")
    (tmp_path / "way").symlink_to("folder")
    (folder / "a.md").write_text(TEXT, "utf-8")

    found = list(expand([str(tmp_path / "named.md"), str(tmp_path / "way")]))
    assert [os.path.relpath(one.name, tmp_path) for one in found] == ["named.md", "way/a.md"]


def test_pipes_sockets_and_devices_are_not_opened(folder, monkeypatch) -> None:
    os.mkfifo(folder / "pipe.md")
    os.mkfifo(folder / "pipe.txt")
    monkeypatch.chdir(folder)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")
        assert skipped(folder) == {
            "pipe.md": "it is a pipe, not a file; it is left out",
            "pipe.txt": "it is a pipe, not a file; it is left out",
            "socket.md": "it is a socket, not a file; it is left out",
        }
    (folder / "link.txt").symlink_to("pipe.txt")
    for name in ["pipe.txt", "link.txt", "/dev/zero", "/dev/null"]:
        (one,) = expand([name])
        assert isinstance(one, Unreadable)
        assert not one.skipped
        assert "name a file or a folder" in str(one.error)


def test_an_empty_folder_says_so(folder) -> None:
    (one,) = expand([str(folder)])
    assert isinstance(one, Unreadable)
    assert "holds no files" in str(one.error)


def test_a_large_folder_is_not_walked_before_it_is_asked_for(folder) -> None:
    for n in range(20):
        (folder / f"{n:02}").mkdir()
        (folder / f"{n:02}" / "a.md").write_text(TEXT, "utf-8")
    sources = expand([str(folder)])
    first = next(sources)
    (folder / "05" / "late.md").write_text(TEXT, "utf-8")

    assert first.name.endswith("00/a.md")
    assert [one.name[-10:] for one in islice(sources, 6)][-1] == "05/late.md"


@pytest.mark.parametrize("name", ["nothing.md", "n" * 300, "n" * 5000, "n/" * 3000, "nul\0.md", "nul\udcff.md"])
def test_what_is_not_there_is_one_error(name, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = list(expand([name]))
    assert [type(one) for one in found] == [Unreadable]
    assert not found[0].skipped


def test_everything_is_read_once(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(TEXT, "utf-8")
    names = ["a.md", "./a.md", ".", "-", "-", "https://A.example/x#top", "https://a.example/x", "https://a.example/y"]
    found = list(expand(names))

    assert [one.name for one in found if not isinstance(one, Unreadable)] == [
        "a.md",
        "-",
        "https://A.example/x#top",
        "https://a.example/y",
    ]
    assert [str(one.error) for one in found if isinstance(one, Unreadable)] == [
        "it is given twice; it is read once"
    ] * 3


def test_standard_input_and_addresses() -> None:
    assert list(expand(["-", "https://a.example/"])) == [StdinSource(), UrlSource("https://a.example/")]


def docx() -> bytes:
    """The least that is one."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<document/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"url": "https://a.example/1", "title": "A"}\n{"url": "https://a.example/2"}\n', "jsonl"),
        (b"\xef\xbb\xbf\n" + b'{"text": "\\"version\\": \\"https://jsonfeed.org/version/1\\""}', "jsonl"),
        (b"<!doctype html><p>Talks", "html"),
        (b"\n <html><head>", "html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "html"),
        ("\ufeff<html>".encode("utf-16-le"), "html"),
        (b"%PDF-1.7\n...", "pdf"),
        (docx(), "docx"),
        (b"From: a@a.example\r\nSubject: Kelp\r\n\r\nText", "mail"),
        (b"Received: from a\r\n by b\r\nFrom: a\r\nDate: now\r\n\r\nText", "mail"),
        (
            b"From: <Saved>\r\nSnapshot-Content-Location: https://a.example/\r\nMIME-Version: 1.0\r\n\r\n",
            "mail",
        ),
        (b"<rss version='2.0'/>", "listing"),
        (b"<?xml version='1.0'?><!-- hi --><feed xmlns='http://www.w3.org/2005/Atom'/>", "listing"),
        (b"<urlset/>", "listing"),
        (gzip.compress(b"<sitemapindex/>", mtime=0), "listing"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "listing"),
        (b"https://a.example/1\n# more\nhttps://a.example/2", "listing"),
        (b"---\ntitle: Kelp\n---\nText", "markdown"),
        (b"---\r\n# A comment\r\ntitle: Kelp\r\n---\r\n", "markdown"),
        (TEXT.encode(), "text"),
        (b"---\n\nA rule opens this text.", "text"),
        (b"From: the desk\nwith love\n\nText", "text"),
        (b"Date: today\nTo: whom it may concern\n\nText", "text"),
        (b'{"not": closed', "text"),
        (b"{" * 100_000, "text"),
        (b"See https://a.example/1", "text"),
        (b"", "text"),
        (b"\x00\xff" * 50, "text"),
    ],
)
def test_what_is_piped_in_is_recognised(data, kind) -> None:
    assert sniffed(data) == kind
