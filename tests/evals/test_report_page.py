"""The report in a real browser: it opens from disk, asks nobody for anything, filters, and fits a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLLOWUPS = ROOT / "evals" / "sets" / "followups.jsonl"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright to drive a browser")
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def report(tmp_path: Path, filled, accord) -> Path:
    """A report over follow-ups, most of whose gold the store lacks, with a baseline that said something else."""
    lines = FOLLOWUPS.read_text("utf-8").splitlines()[:6]
    (tmp_path / "set.jsonl").write_text("\n".join(lines), "utf-8")
    out, before, page = tmp_path / "out.jsonl", tmp_path / "before.jsonl", tmp_path / "page.html"
    run = ("eval", "run", tmp_path / "set.jsonl", "--data-dir", filled.store, "--out", out)
    assert accord(*run).code == 0
    before.write_text(out.read_text("utf-8").replace('"text": "', '"text": "Otherwise: ', 1), "utf-8")
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    out.write_text(out.read_text("utf-8").replace('"question": "', f'"question": "{hostile} ', 1), "utf-8")
    assert accord("eval", "report", out, page, "--baseline", before).code == 0
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1200, "height": 900}, PHONE], ids=["desk", "phone"])
def test_it_opens_from_disk_and_asks_nobody(browser, report: Path, scheme: str, size: dict[str, int]) -> None:
    page = browser.new_page(viewport=size, color_scheme=scheme)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on("request", lambda one: None if one.url.startswith(("file:", "data:")) else wrong.append(one.url))
    page.goto(report.as_uri())
    assert page.inner_text("#shown") == "6 of 6 questions"
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    back, front = (page.evaluate(f"getComputedStyle(document.body).{name}") for name in ("backgroundColor", "color"))
    dark = sum(map(int, back[4:-1].split(","))) < sum(map(int, front[4:-1].split(",")))
    assert dark == (scheme == "dark")
    assert not wrong
    page.close()


def test_questions_are_filtered_by_type_outcome_words_and_change(browser, report: Path) -> None:
    page = browser.new_page()
    page.goto(report.as_uri())
    page.fill("input[name=words]", "no such word anywhere")
    assert page.inner_text("#shown") == "0 of 6 questions"
    assert page.is_visible("#none")
    page.click("button[type=reset]")
    page.wait_for_function("document.querySelector('#shown').textContent.startsWith('6 of 6')")
    page.select_option("select[name=changed]", "yes")
    assert page.inner_text("#shown") == "1 of 6 questions"
    page.click("button[type=reset]")
    page.select_option("select[name=outcome]", index=1)
    shown = page.locator("details.question:visible")
    assert 0 < shown.count() <= 6
    shown.first.locator("summary").first.click()
    assert "Gold" in shown.first.inner_text()
    page.close()
