"""Web pages: the article without the page, found by trafilatura in a process that can be stopped."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TYPE_CHECKING, Self

from corpus.errors import SourceError
from corpus.types import Article
from ingest.extract.address import is_web_address, same_site
from ingest.extract.decode import declared_in_html, decode
from ingest.extract.html_worker import Page, read_page, warm_up

if TYPE_CHECKING:
    from pebble import ProcessPool

    from ingest.document import Document

_BROKEN = "the page could not be read: {}; save its article as a text file"


class HtmlExtractor:
    """Finds articles in web pages, each in at most `timeout_s` seconds.

    trafilatura has no time limit of its own and lxml can end the process on a hostile page, so both run in a
    child process. It starts with the first page and ends with `close()`.
    """

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the child process. A later `extract` starts another."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call] # pebble leaves it unannotated
            self._pool.join()
            self._pool = None

    def extract(self, document: Document) -> Article:
        """The article in the page, its text empty when there is none. Raises SourceError."""
        charset = document.charset or declared_in_html(document.data)
        page = self._read(decode(document.data, charset), document)
        return Article(
            url=_address(page, document),
            title=page.title or "",
            text=page.text,
            outlet=page.outlet,
            authors=page.authors,
            published=page.published,
            language=page.language,
        )

    def _read(self, html: str, document: Document) -> Page:
        from pebble import ProcessExpired

        work = self._started().schedule(
            read_page, args=(html, document.url, document.now.date().isoformat()), timeout=self._timeout_s
        )
        try:
            return work.result()
        except FutureTimeoutError:
            raise SourceError(
                f"finding the article took longer than {self._timeout_s:g} s; save its article as a text file"
            ) from None
        except ProcessExpired as error:
            raise SourceError(_BROKEN.format("it ended the process that read it")) from error
        except Exception as error:  # whatever a hostile page makes of two parsers is its own fault
            raise SourceError(_BROKEN.format(type(error).__name__)) from error

    def _started(self) -> ProcessPool:
        if self._pool is None:
            from pebble import ProcessPool

            # spawn: a forked child would inherit the locks of threads that it does not have.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPool(max_workers=1, context=context, initializer=warm_up)
        return self._pool


def _address(page: Page, document: Document) -> str:
    """The page's own canonical address, if it may speak for it: a page must not pass for one of another site."""
    fetched = is_web_address(document.url)
    if page.url and (not fetched or same_site(page.url, document.url)):
        return page.url
    return document.url
