"""Reading files: what cannot be read is named with its address; a swapped file is neither followed nor waited for."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.errors import SourceError
from ingest.sources import FileSource, ListingSource, Unreadable, expand

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "Tariffs on kelp\n\nNorway raised its tariff on kelp."
LIMIT = 1000
NOBODY = 65_534


@pytest.fixture
def closable() -> Iterator[Path]:
    """A folder of a user to whom permissions mean something, whoever runs the tests."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    path = Path(tempfile.mkdtemp()).resolve()
    try:
        yield path
    finally:
        if is_root:
            os.seteuid(0)
        for inner in path.rglob("*"):
            inner.chmod(stat.S_IRWXU)
        shutil.rmtree(path)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with one article, and a file beside it that is none of its business."""
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    (tmp_path / "folder" / "inner" / "a.md").write_text(TEXT, "utf-8")
    return tmp_path / "folder"


def unreadable(*names: Path | str) -> list[Unreadable]:
    found = list(expand([str(name) for name in names]))
    assert all(isinstance(one, Unreadable) for one in found)
    return [one for one in found if isinstance(one, Unreadable)]


def only_file(folder: Path) -> FileSource:
    (one,) = expand([str(folder)])
    assert isinstance(one, FileSource)
    return one


def test_a_folder_that_may_not_be_opened_is_named_with_its_address(closable) -> None:
    (closable / "closed").mkdir(mode=0)
    for name in (closable, closable / "closed"):
        (one,) = unreadable(name)
        assert (one.name, one.holder) == (str(closable / "closed"), (closable / "closed").as_uri())
        assert not one.skipped
        assert "check its permissions" in str(one.error)


def test_a_folder_whose_files_may_not_be_looked_at_names_each(closable) -> None:
    (closable / "sub" / "inner").mkdir(parents=True)
    (closable / "sub" / "a.md").write_text(TEXT, "utf-8")
    (closable / "sub").chmod(0o444)

    holders = [one.holder for one in unreadable(closable)]
    assert holders == [(closable / "sub" / name).as_uri() for name in ("a.md", "inner")]


def test_a_text_that_may_not_be_opened_is_named_with_its_address(closable) -> None:
    path = closable / "a.txt"
    path.write_text(TEXT, "utf-8")
    path.chmod(0)
    for name in (closable, path):
        (one,) = unreadable(name)
        assert (one.holder, one.skipped) == (path.as_uri(), False)


def test_a_name_or_link_into_a_closed_folder_is_named_with_its_address(closable) -> None:
    (closable / "closed").mkdir()
    (closable / "closed" / "a.md").write_text(TEXT, "utf-8")
    (closable / "link.md").symlink_to("closed/a.md")
    (closable / "closed").chmod(0)

    named, inside, link = unreadable(closable / "closed" / "a.md", closable)
    assert named.holder == link.holder == (closable / "closed" / "a.md").as_uri()
    assert inside.holder == (closable / "closed").as_uri()


def test_a_file_that_may_not_be_read_is_one_error(closable) -> None:
    path = closable / "a.md"
    path.write_text(TEXT, "utf-8")
    path.chmod(0)
    one = only_file(closable)
    for read in (lambda: one.read(LIMIT), one.open):
        with pytest.raises(SourceError, match=r"^it cannot be read \(Permission denied\); check its permissions$"):
            read()


def test_what_is_gone_or_left_out_has_no_address(folder) -> None:
    (folder / "b.xyz").write_text(TEXT, "utf-8")
    (folder / "out.md").symlink_to("../secret.md")
    (folder / "broken.md").symlink_to("nothing.md")
    found = [one for one in expand([str(folder), str(folder / "nothing.md")]) if isinstance(one, Unreadable)]
    assert [(one.holder, one.skipped) for one in found] == [(None, True)] * 3 + [(None, False)]


def test_a_named_pipe_is_named_with_its_address(tmp_path) -> None:
    os.mkfifo(tmp_path / "a.md")
    (one,) = unreadable(tmp_path / "a.md")
    assert one.holder == (tmp_path / "a.md").as_uri()


def test_a_file_is_read_up_to_the_limit(tmp_path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * LIMIT)
    for one in (FileSource("a.md", path, "markdown"), ListingSource("a.md", path)):
        assert one.read(LIMIT) == b"x" * LIMIT
        with pytest.raises(SourceError, match=r"^it is too large \(0\.0 MB; the limit is 0\.0 MB\); split it, or "):
            one.read(LIMIT - 1)


def test_a_sparse_file_is_refused_by_its_size_and_a_long_jsonl_is_not(tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    os.truncate(path, 1 << 40)
    (one,) = expand([str(path)])
    assert isinstance(one, FileSource)
    with pytest.raises(SourceError, match=r"^it is too large \(1099511\.6 MB; the limit is 10\.0 MB\); split it, or"):
        one.read(10_000_000)
    with one.open() as file:
        assert file.read(3) == b"\0\0\0"


@pytest.mark.skipif(not Path("/proc/self/mountinfo").exists(), reason="no such files on this system")
def test_a_file_that_does_not_tell_its_size_is_limited_too() -> None:
    path = Path("/proc/self/mountinfo")
    assert path.stat().st_size == 0
    with pytest.raises(SourceError, match=r"^it is too large"):
        FileSource("a.md", path, "markdown").read(10)


def test_a_file_in_a_folder_is_read(folder, tmp_path) -> None:
    (tmp_path / "way").symlink_to("folder")
    (folder / "inner" / "a.md").rename(folder / "b.md")
    (folder / "inner" / "b.md").symlink_to("../b.md")
    for one in expand([str(tmp_path / "way")]):
        assert isinstance(one, FileSource)
        assert one.root == folder
        assert one.read(LIMIT).decode() == TEXT
        with one.open() as file:
            assert file.read().decode() == TEXT


def swap_for_a_link(folder: Path) -> None:
    (folder / "inner" / "a.md").unlink()
    (folder / "inner" / "a.md").symlink_to("../../secret.md")


def swap_the_folder(folder: Path) -> None:
    (folder / "inner").rename(folder / "was")
    (folder.parent / "secret.md").rename(folder.parent / "a.md")
    (folder / "inner").symlink_to("..")


def swap_for_a_hidden_one(folder: Path) -> None:
    (folder / "inner" / "a.md").rename(folder / ".a.md")
    (folder / "inner" / "a.md").symlink_to("../.a.md")


@pytest.mark.parametrize(
    ("swap", "message"),
    [
        (swap_for_a_link, "it is a link that leads out of the folder now; "),
        (swap_the_folder, "it is a link that leads out of the folder now; "),
        (swap_for_a_hidden_one, "it is a link to something hidden now; "),
    ],
)
def test_a_file_that_was_swapped_for_a_link_is_not_followed(folder, swap, message) -> None:
    one = only_file(folder)
    swap(folder)
    for read in (lambda: one.read(LIMIT), one.open):
        with pytest.raises(SourceError, match=f"^{message}"):
            read()


@pytest.mark.parametrize("root", [True, False])
def test_what_took_the_place_of_a_file_is_neither_waited_for_nor_read(folder, root) -> None:
    path = folder / "inner" / "a.md"
    one = FileSource("a.md", path, "markdown", folder if root else None)
    path.unlink()
    with pytest.raises(SourceError, match=r"^it cannot be read \(No such file or directory\); check its name"):
        one.read(LIMIT)
    os.mkfifo(path)
    for read in (lambda: one.read(LIMIT), one.open):
        with pytest.raises(SourceError, match=r"^it is a pipe now, not a file; "):
            read()
    path.unlink()
    path.mkdir()
    with pytest.raises(SourceError, match=r"^it is a folder now, not a file; "):
        one.read(LIMIT)
    path.rmdir()
    path.symlink_to("a.md")
    with pytest.raises(SourceError, match=r"^it cannot be read \(Too many levels of symbolic links\); "):
        one.read(LIMIT)
    assert one.url == path.as_uri()


def test_devices_are_not_read() -> None:
    with pytest.raises(SourceError, match=r"^it is a device now, not a file; "):
        FileSource("a.md", Path("/dev/zero"), "markdown").read(LIMIT)


def test_no_file_stays_open(folder) -> None:
    one = only_file(folder)
    swap_for_a_link(folder)
    before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(5):
        with pytest.raises(SourceError):
            one.read(LIMIT)
        with pytest.raises(SourceError):
            FileSource("a.md", folder, "markdown").read(LIMIT)
    assert len(list(Path("/dev/fd").iterdir())) == before
