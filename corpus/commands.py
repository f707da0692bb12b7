"""`accord search`, `article`, `articles` and `status`: looking at what the store holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.settings import CorpusSettings
from corpus.shell import (
    AsJson,
    AsOf,
    DataDir,
    Outlet,
    Question,
    Since,
    checked_filters,
    checked_question,
    checked_text,
    print_json,
    settings_of,
)

if TYPE_CHECKING:
    from corpus.search import SearchResult
    from corpus.types import Version


def register(app: typer.Typer) -> None:
    """Mount this package's commands."""
    for command in (search, article, articles, status):
        app.command(command.__name__)(command)


def search(
    context: typer.Context,
    question: Question,
    k: Annotated[int, typer.Option("--k", min=1, max=200, metavar="N", help="How many passages.")] = 10,
    as_of: AsOf = None,
    since: Since = None,
    outlet: Outlet = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Show the passages that fit a question best, without answering it."""
    from corpus.opening import open_searcher

    text = checked_question(question)
    filters = checked_filters(as_of, since, outlet)
    searcher = open_searcher(settings_of(context, CorpusSettings, data_dir))
    try:
        result = searcher.search(text, k, filters)
    finally:
        searcher.close()
    if as_json:
        print_json(search_document(text, result))
    else:
        _print_hits(result)


def search_document(question: str, result: SearchResult) -> dict[str, Any]:
    """The JSON document of `accord search --json`."""
    hits = [
        {
            "rank": rank,
            "score": round(hit.score, 4),
            "passage_id": hit.passage.id,
            "url": hit.passage.url,
            "title": hit.passage.title,
            "outlet": hit.passage.outlet,
            "published": hit.passage.published,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "text": hit.passage.text,
        }
        for rank, hit in enumerate(result.hits, start=1)
    ]
    return {"question": question, "hits": hits, "timings_ms": result.timings_ms}


def article(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="URL|ID", help="The article's address, id or file name.")],
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Show one stored article: its text, and what is known about it."""
    from corpus.errors import UsageError
    from corpus.store import catalogue_at

    wanted = checked_text(name, "The name")
    settings = settings_of(context, CorpusSettings, data_dir)
    with catalogue_at(settings.data_dir).snapshot() as snapshot:
        found = snapshot.find(wanted)
        copies = snapshot.stories.copies(version.story for version in found)
    if not found:
        raise UsageError(f"{name}: no such article in {settings.data_dir}. `accord articles` lists them.")
    if len(found) > 1:
        urls = ", ".join(version.article.url for version in found)
        raise UsageError(f"{name}: that is the name of several articles ({urls}). Give the whole address.")
    version = found[0]
    described = _described(version)
    described["also_at"] = [copy.url for copy in copies[version.story] if copy.url != version.article.url]
    if as_json:
        print_json({**described, "text": version.article.text})
    else:
        _print_article(version, described)


def articles(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the stored articles, newest first."""
    from corpus.store import catalogue_at

    with catalogue_at(settings_of(context, CorpusSettings, data_dir).data_dir).snapshot() as snapshot:
        found = list(snapshot.by_status("live"))
    if as_json:
        print_json([_described(version) for version in found])
    else:
        _print_articles(found)


def status(context: typer.Context, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """Show how much the store holds and what it was built with."""
    from dataclasses import asdict

    from corpus.errors import StoreMissing
    from corpus.store import catalogue_at

    settings = settings_of(context, CorpusSettings, data_dir)
    with catalogue_at(settings.data_dir).snapshot() as snapshot:
        state, counts = snapshot.index_state(), snapshot.counts()
    if state is None:
        raise StoreMissing(f"The store in {settings.data_dir} is empty. Run `accord ingest` first.")
    document = {
        "data_dir": str(settings.data_dir.resolve()),
        **asdict(counts),
        "generation": state.generation,
        "collection": state.collection,
        **asdict(state.spec.vectors),
        "chunker": state.spec.chunker,
    }
    if as_json:
        print_json(document)
    else:
        _print_table([(key.replace("_", " "), value) for key, value in document.items()])


def _described(version: Version) -> dict[str, Any]:
    article = version.article
    return {
        "article_id": article.id,
        "revision": version.revision,
        "status": version.status,
        "url": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": article.published,
        "language": article.language,
        "topics": list(article.topics),
        "ingested_at": version.ingested_at,
        "story": version.story,
        "correction": version.correction,
        "passages": version.passages,
        "characters": len(article.text),
    }


def _print_hits(result: SearchResult) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    for rank, hit in enumerate(result.hits, start=1):
        passage = hit.passage
        where = " · ".join(part for part in (passage.outlet, passage.published) if part)
        head = Text.assemble((f"{rank:>2}. ", "bold"), (passage.title, "bold"), (f"  {where}  {hit.score:.2f}", "dim"))
        console.print(head)
        console.print(Padding(Text(passage.text), (0, 0, 1, 4)))
    if not result.hits:
        console.print("No passage fits these limits.")


def _print_article(version: Version, described: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    known = {key: value for key, value in described.items() if value and key != "title"}
    console.print(Text(version.article.title, style="bold"))
    for key, value in known.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        console.print(Text(f"{key.replace('_', ' ')}: {shown}", style="dim"), soft_wrap=True)
    console.print()
    console.print(Text(version.article.text))


def _print_articles(found: list[Version]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("published", "outlet", "title", "passages", "id"):
        table.add_column(column, overflow="fold", no_wrap=column in {"published", "id"})
    for version in found:
        article = version.article
        day = (article.published or "no date")[:10]
        table.add_row(day, Text(article.outlet or ""), Text(article.title), str(version.passages), article.id)
    Console(highlight=False).print(table)


def _print_table(rows: list[tuple[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for key, value in rows:
        table.add_row(key, str(value))
    Console(highlight=False).print(table)
