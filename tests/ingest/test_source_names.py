"""Names as they were typed: none is taken for the working directory, and no password is shown or stored."""

import time

import pytest

from ingest.sources import Unreadable, UrlSource, expand, shown_name

TEXT = "Tariffs on kelp\n\nNorway raised its tariff on kelp."


@pytest.mark.parametrize("name", ["", " ", "\t\n"])
def test_no_name_is_not_the_working_directory(name, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(TEXT, "utf-8")
    (one,) = expand([name])
    assert isinstance(one, Unreadable)
    assert not one.skipped
    assert str(one.error).startswith("the name is empty; ")


@pytest.mark.parametrize(
    "name",
    [
        "https://desk:hunter2@a.example/x",
        "HTTP://hunter2@a.example",
        "http:\\\\desk:hunter2@a.example",
        "http:desk:hunter2@a",
        "ftp://desk:hunter2@a.example/x",
        " https://desk:hunter2@a.example/x",
        "ht\ttp://desk:hunter2@a.example/",
        "ht\ttp:desk:hunter2@a.example/",
        "http:\t//desk:hunter2@a.example/",
        "http://desk:x/hunter2?#@a.example/",
        "//desk:hunter2@a.example/x",
        "nothing there: ftp://desk:hunter2@a.example/x",
        "https://desk:hunter2@a.example/\0",
        "ftp://desk:hunter2@a.example/\0",
        "ftp://desk:hunter2@a.example/" + "x" * 5000,
    ],
)
def test_a_password_goes_no_further(name) -> None:
    for one in expand([name, name]):
        assert isinstance(one, Unreadable)
        assert "hunter2" not in f"{one.name} {one.error}"
    assert "hunter2" not in shown_name(name)
    assert "a" in shown_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "https://a.example/@desk/kelp?mail=a@b.example",
        "http://a.example/a-x:y@z",
        "http://a.example/a-s?q=a:b@c",
        "http://a.example:80/x@y",
        "http://a.example#a:b@c",
        "http://[::1]/a@b",
        "https://a.example/go?to=https://u:p@b.example/",
    ],
)
def test_an_at_sign_in_a_path_is_no_password(name) -> None:
    assert list(expand([name])) == [UrlSource(name)]
    assert shown_name(name) == name


@pytest.mark.parametrize("name", ["a@b.md", "notes: a@b.md", "dir//a@b.md", "./c:d@e.md", "-", ""])
def test_a_path_is_shown_as_it_is(name) -> None:
    assert shown_name(name) == name


def test_names_of_any_length_are_shown_at_once() -> None:
    began = time.process_time()
    for part in ("http:" + " " * 50_000, "http://" + ":" * 50_000, "://" * 50_000, ": " * 50_000, "//" * 50_000):
        shown_name(part)
    assert time.process_time() - began < 2


def test_addresses_that_differ_in_their_password_are_each_refused() -> None:
    found = list(expand(["http://a:hunter2@a.example/x", "http://b:hunter3@a.example/x", "http://a.example/x"]))
    assert [type(one) for one in found] == [Unreadable, Unreadable, UrlSource]
