"""Draw the pictures of the evals' report in docs/pictures.

    pip install 'accord[pictures]' and a Chromium (Debian: apt-get install chromium), then
    make gate
    python docs/make_report_pictures.py .evals/desk.html [FOLDER]

FOLDER is docs/pictures unless given.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PICTURES = Path(__file__).resolve().parent / "pictures"
DESK, PHONE = (1080, 760), (390, 760)
QUESTION = "details.question[data-outcome=partly]"
# name, window, colours, what is at the top of it
PICTURES_OF = (
    ("summary", DESK, "light", "body"),
    ("plots", DESK, "dark", "#plots"),
    ("question", DESK, "light", QUESTION),
    ("phone", PHONE, "light", "#plots"),
)


def main(report: Path, folder: Path) -> None:
    """Draw each picture of a report."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"])
        for name, window, scheme, top in PICTURES_OF:
            _draw(browser, report, folder / f"report-{name}.png", window, scheme, top)
        browser.close()


def _draw(browser: Browser, report: Path, out: Path, window: tuple[int, int], scheme: str, top: str) -> None:
    width, height = window
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type] # one of two words
    page.goto(report.resolve().as_uri())
    if top == QUESTION:
        page.select_option("select[name=outcome]", "partly")
        page.locator(QUESTION).first.locator("summary").first.click()
        top = "#questions"
    page.locator(top).first.evaluate("element => element.scrollIntoView()")
    page.screenshot(path=str(out))
    page.close()


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("There is no Chromium on this machine. Install one (Debian: apt-get install chromium).")
    return found


if __name__ == "__main__":
    if not sys.argv[1:]:
        raise SystemExit(__doc__)
    report, folder, *_ = (*map(Path, sys.argv[1:]), PICTURES)
    main(report, folder)
