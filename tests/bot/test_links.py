"""Links open an article at its quote; a browser finds it there."""

import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.links import link, placed
from bot.answering.types import Citation
from corpus.types import Passage

TWICE = "The minister called it a mistake, twice - at 25-percent, no less."
TEXT = f"Cars were first. {TWICE} Nobody was surprised.\n\nSteel came later. {TWICE} Everybody was surprised."
LONG = (
    "Growers of apples in the valley, who had asked for a delay, sold a fifth more abroad (by rail) this season & last."
)


def cite(quote: str, text: str, start: int, url: str = "https://a.example/x") -> Citation:
    passage = Passage("a:1:0", "a", 1, 0, len(text), text, url, "Title", None, None, "2025-05-08", "a:1")
    return placed(Citation(1, quote, start, start + len(quote), passage), text)


@given(st.text(min_size=1, max_size=300), st.sampled_from(["https://a.example/x", "https://a.example/x#part"]))
def test_links_are_one_word_of_plain_ascii(quote: str, url: str) -> None:
    made = link(cite(quote, f"{quote} {quote}", 0, url))
    assert made is not None
    assert made.startswith(url)
    assert made.isascii()
    assert not any(character.isspace() for character in made)


def test_a_link_marks_the_quote() -> None:
    quote = "Cars, at 25-percent"
    assert link(cite(quote, quote, 0)) == "https://a.example/x#:~:text=Cars%2C%20at%2025%2Dpercent"
    long = "One two three four five six seven. " * 5 + "End of the very long quote"
    ends = "text=One%20two%20three%20four%20five,of%20the%20very%20long%20quote"
    made = link(cite(long, long, 0))
    assert made is not None
    assert made.endswith(ends)


def test_a_quote_that_is_there_twice_is_told_apart_by_its_neighbours() -> None:
    second = cite(TWICE, TEXT, TEXT.rindex(TWICE))
    assert (second.before, second.after) == ("Steel came later.", "Everybody was surprised.")
    assert cite(LONG, LONG, 0).before == ""


def test_a_long_quote_that_begins_like_another_is_told_apart_and_words_of_other_paragraphs_are_left_out() -> None:
    start = "President Donald Trump said Tuesday that"
    text = f"{start} it would end.\n{start} duties of 25% would follow in August, as planned long before."
    quote = text.rpartition("\n")[2]
    assert cite(quote, text, text.index(quote)).before == ""
    text = text.replace("\n", " So it went. ")
    assert cite(quote, text, text.index(quote)).before == "So it went."


@pytest.mark.parametrize("url", ["notes.md", "file:///etc/passwd", "javascript:alert(1)", ""])
def test_an_article_without_a_web_address_has_no_link(url: str) -> None:
    assert link(cite("Cars", "Cars", 0, url)) is None


@pytest.fixture
def page():
    """A page on loopback on which every paragraph is a screen away from the next, and its address."""
    gap = "<div style='height: 3000px'></div>"
    parts = [f"<p id=p{n}>{text.replace('&', '&amp;')}</p>{gap}" for n, text in enumerate([*TEXT.split("\n\n"), LONG])]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!doctype html><meta charset=utf-8>{gap}{''.join(parts)}".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/article"
    server.shutdown()
    server.server_close()
    thread.join()


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium to open links in")
def test_a_browser_finds_the_quote(page: str) -> None:
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright to drive a browser")
    text = f"{TEXT}\n\n{LONG}"
    wanted = [(TWICE, text.index(TWICE), "p0"), (TWICE, text.rindex(TWICE), "p1"), (LONG, text.index(LONG), "p2")]
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for quote, start, paragraph in wanted:
            shown = browser.new_page()
            shown.goto(str(link(cite(quote, text, start, page))))
            script = f"(() => {{ const r = document.getElementById('{paragraph}').getBoundingClientRect();"
            shown.wait_for_function(f"{script} return r.top >= 0 && r.bottom <= innerHeight; }})()", timeout=10_000)
            shown.close()
        browser.close()
