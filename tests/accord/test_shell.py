"""The command itself: help, versions, exit codes, settings, what it imports, and where imports may point."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.settings import Settings, load, variables
from corpus.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("accord", "bot", "corpus", "evals", "ingest", "training")
MAY_IMPORT = {
    "corpus": {"corpus"},
    "ingest": {"ingest", "corpus"},
    "bot": {"bot", "corpus"},
    # Measuring builds a store of its own, so it ingests as well as answers.
    "evals": {"evals", "bot", "ingest", "corpus"},
    # Training mines with search over a store of its own, and fits on measured questions.
    "training": {"training", "evals", "ingest", "corpus"},
    "accord": set(PACKAGES) - {"training"},
}
HOMES = {
    "discord": "bot/discord_app/",
    "chromadb": "corpus/vectors.py",
    "sentence_transformers": ("corpus/embedding/", "corpus/reranking/cross_encoder.py"),
    "torch": ("corpus/embedding/", "corpus/reranking/cross_encoder.py", "training/"),
    "transformers": ("corpus/embedding/", "training/"),
    "onnxruntime": "corpus/embedding/",
    "openvino": "corpus/embedding/quiet_openvino.py",
    "pebble": "ingest/worker.py",
    "feedparser": "ingest/listing/",
    "lxml": "ingest/",
    "pypdfium2": "ingest/extract/",
    "docx": "ingest/extract/",
    "cssselect2": "ingest/extract/",
    "tinycss2": "ingest/extract/",
    "datasketch": "ingest/stories.py",
    "trafilatura": ("ingest/extract/", "evals/extraction.py"),  # measured beside our own extraction
    "httpx": "ingest/",
    "sqlite3": "corpus/",
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_one_way_and_each_library_has_one_home(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        place = path.relative_to(ROOT).as_posix()
        for name in imports(path):
            assert name not in PACKAGES or name in MAY_IMPORT[package], f"{place} imports {name}"
            assert place.startswith(HOMES.get(name, "")), f"{place} imports {name}"


def test_answering_knows_nothing_of_discord() -> None:
    for path in (ROOT / "bot" / "answering").rglob("*.py"):
        assert "discord" not in path.read_text("utf-8")


def test_help_imports_nothing_slow() -> None:
    code = (
        "import sys; sys.argv = ['accord', '--help']\n"
        "from accord.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "slow = {'torch', 'chromadb', 'discord', 'langchain_core', 'numpy', 'openvino', 'lxml'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "command",
    [
        "ingest",
        "rebuild",
        "runs",
        "search",
        "ask",
        "article",
        "articles",
        "status",
        "bot",
        "eval",
        "eval run",
        "eval extraction",
        "eval chunking",
        "eval stories",
    ],
)
def test_every_command_explains_itself(accord, command: str) -> None:
    done = accord(*command.split(), "--help")
    assert done.code == 0
    assert "Usage" in done.out


def test_completion_lists_the_commands() -> None:
    environment = {"_ACCORD_COMPLETE": "complete_bash", "COMP_WORDS": "accord s", "COMP_CWORD": "1", "PATH": "/usr/bin"}
    command = [str(Path(sys.executable).parent / "accord")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert done.stdout.split() == ["search", "status"]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["ask", "   "], "empty"),
        (["ask", "x" * 5000], "5000 characters"),
        (["ask", "why?", "--as-of", "July"], "--as-of July"),
        (["search", "why?", "--since", "2025-02-30"], "2025-02-30"),
        (["search", "why?", "--since", "20250203"], "20250203"),
        (["ask", "why?", "--since", "2025-02-03", "--as-of", "2025-02-02"], "after"),
        (["ask", "why?", "--outlet", " "], "--outlet"),
        (["ask", "caf\udcff"], "not text"),
        (["article", "caf\udcff"], "not text"),
        (["ask", "why?", "--history", "none.json"], "none.json"),
        (["bot"], "ACCORD_DISCORD_TOKEN"),
        (["eval", "run", "none.jsonl"], "none.jsonl"),
    ],
)
def test_wrong_usage_ends_in_one_line_and_exit_code_2(accord, arguments: list[str], wanted: str) -> None:
    done = accord(*arguments)
    assert done.code == 2
    assert wanted in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_settings_come_from_the_environment_and_the_command_line_wins(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("ACCORD_DATA_DIR", "/somewhere")
    monkeypatch.setenv("ACCORD_ANSWER__FLOOR", "0.4")
    assert load().data_dir == Path("/somewhere")
    assert load(data_dir=tmp_path).data_dir == tmp_path
    assert load().answer.floor == 0.4


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("ACCORD_ANSWER__FLOOR", "7", "less than or equal to 1"),
        ("ACCORD_DATADIR", "x", "Did you mean ACCORD_DATA_DIR?"),
        ("ACCORD_ANSWER", "{", "ACCORD_ANSWER"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch, name: str, value: str, wanted: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=name) as error:
        load()
    assert wanted in str(error.value)


@pytest.mark.parametrize(("line", "wanted"), [(b"ACCORD_LOGLEVEL=debug", "ACCORD_LOG_LEVEL"), (b"\xff\xfe=", ".env")])
def test_the_env_file_is_checked_as_well(tmp_path, line: bytes, wanted: str) -> None:
    (tmp_path / ".env").write_bytes(line)
    with pytest.raises(UsageError, match=wanted):
        load()


def test_output_in_another_encoding_is_still_output(filled) -> None:
    environment = {"PATH": "/usr/bin", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "accord", "articles", "--data-dir", str(filled.store)]
    for extra in ([], ["--json"]):
        done = subprocess.run([*command, *extra], check=False, capture_output=True, env=environment)
        assert done.returncode == 0, done.stderr
        assert "Accord Desk" in done.stdout.decode("utf-8")


def test_secrets_are_never_shown(monkeypatch) -> None:
    monkeypatch.setenv("ACCORD_DISCORD_TOKEN", "very-secret")
    monkeypatch.setenv("CHROMA_URL", "http://user:very-secret@db")
    settings = load()
    assert "very-secret" not in f"{settings!r} {settings} {settings.model_dump()}"
    assert settings.chroma_url is not None
    assert settings.chroma_url.get_secret_value() == "http://user:very-secret@db"


def test_every_setting_has_a_sentence_and_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name, field in variables().items():
        assert field.description, name
        assert f"`{name}`" in readme, f"README.md does not list {name}"
    assert Settings.model_config["frozen"]
