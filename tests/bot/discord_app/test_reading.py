"""Timelines, changes, the list of sources, an article, help, and checking a message against the sources."""


async def test_timeline_tells_a_topic_in_the_order_of_time(desk, said, articles):
    result = await desk.asker.slash(desk.channel, "timeline", topic="car tariffs of Britain and Japan")
    shown = said(result.response)
    days = [line[2:12] for line in shown.splitlines() if line.startswith("**20")]
    assert days == sorted(days)
    assert {"2025-05-09", "2025-07-08"} <= set(days)
    assert "Accord Desk · 2025-05-09" in shown
    text = "".join(path.read_text("utf-8") for path in articles.glob("*.md"))
    entries = [line.split(" — ", 1)[1].rsplit(" [", 1)[0] for line in shown.splitlines() if line.startswith("**20")]
    assert all(entry in text for entry in entries)


async def test_timeline_keeps_its_limits(desk, said):
    result = await desk.asker.slash(desk.channel, "timeline", topic="car tariffs", until="2025-05-31")
    assert "2025-07-08" not in said(result.response)
    result = await desk.asker.slash(desk.channel, "timeline", topic="sourdough bread")
    assert "No stored article tells of that" in said(result.response)


async def test_changes_says_since_when(desk, said):
    result = await desk.asker.slash(desk.channel, "changes", topic="car tariffs", since="2025-06-01")
    assert "### What changed since 2025-06-01: car tariffs" in said(result.response)
    assert "2025-05-09" not in said(result.response)
    result = await desk.asker.slash(desk.channel, "changes", topic="car tariffs", since="June")
    assert "since: “June” is not a date" in said(result.response)


async def test_sources_lists_what_is_stored_newest_first(desk, said):
    result = await desk.asker.slash(desk.channel, "sources")
    assert result.response.ephemeral
    shown = said(result.response)
    days = [line[:10] for line in shown.splitlines() if line.startswith("20")]
    assert days == ["2025-07-08", "2025-06-02", "2025-06-01", "2025-05-09"]
    assert "4 articles, published 2025-05-09 to 2025-07-08 · page 1 of 1" in shown


async def test_many_sources_are_leafed_through(open_desk, answerer, said, ingest, tmp_path):
    from accord.settings import load
    from bot.opening import open_answerer

    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(12):
        text = f"---\ntitle: Brief {n:02}\npublished: 2025-01-{n + 1:02}\n---\n\nNorway sold {n} tonnes of kelp.\n"
        (folder / f"{n}.md").write_text(text)
    ingest(folder, tmp_path / "store")
    opened = open_answerer(load(data_dir=tmp_path / "store"))
    try:
        async with open_desk(opened) as desk:
            result = await desk.asker.slash(desk.channel, "sources")
            assert "Brief 11" in said(result.response)
            assert "Brief 01" not in said(result.response)
            await desk.env.restart_bot()
            await desk.asker.click(result.response, label="Next")
            assert "Brief 01" in said(result.response)
            assert "page 2 of 2" in said(result.response)
    finally:
        opened.close()


async def test_an_article_is_found_by_typing_a_part_of_its_title_and_read(desk, said):
    found = await desk.asker.autocomplete(desk.channel, "article", "title", "u.s.-japan")
    assert [one["name"] for one in found] == ["2025-07-08 Why the U.S.-Japan tariff talks stalled"]
    result = await desk.asker.slash(desk.channel, "article", title=found[0]["value"])
    shown = said(result.response)
    assert result.response.ephemeral
    assert shown.startswith("### Why the U.S.-Japan tariff talks stalled\nAccord Desk · 2025-07-08")
    assert "Seven rounds of negotiation" in shown
    assert "2025-07-08-why-us-japan-talks-stalled.md" in shown
    result = await desk.asker.slash(desk.channel, "article", title="japan tariff talks")
    assert "Why the U.S.-Japan" in said(result.response)


async def test_a_long_article_is_read_page_by_page_and_nothing_is_left_out(desk, said, articles):
    result = await desk.asker.slash(desk.channel, "article", title="british")  # nothing of that name
    assert "I have no article of that name" in said(result.response)
    result = await desk.asker.slash(desk.channel, "article", title="Britain wins")
    pages = [said(result.response)]
    while not next_of(result.response)["disabled"]:
        await desk.asker.click(result.response, label="Next")
        pages.append(said(result.response))
    text = (articles / "2025-05-09-uk-deal-car-quota.md").read_text("utf-8").split("---\n", 2)[2]
    whole = "\n".join(pages)
    assert len(pages) > 1
    assert [paragraph for paragraph in text.split("\n") if paragraph.lstrip("# ") not in whole] == []


async def test_help_says_how_to_ask(desk, said):
    result = await desk.asker.slash(desk.channel, "help")
    shown = said(result.response)
    assert result.response.ephemeral
    for command in desk.client.tree.get_commands():
        if command.name not in {"ingest", "status", "runs", "settings", "digest", "help"}:
            assert command.name in shown
    assert "for 24 hours" in shown


def next_of(message):
    """The button to the next page."""
    row = message.components[0]["components"][-1]["components"]
    return next(one for one in row if one["label"] == "Next")


MESSAGE = """**Talks stalled because neither government would give way on cars.** See https://x.example/a
Trump's letter set a 35 percent tariff on Japanese goods from August 1. Did you see that?
The Danish fishing fleet bought seven new trawlers in Esbjerg. ok"""


async def test_a_message_is_checked_claim_by_claim(desk, said):
    message = await desk.asker.send(desk.channel, MESSAGE)
    other = desk.env.guild.add_member(desk.env.create_user("ann"))
    result = await other.context_menu(desk.channel, "Check against sources", message)
    shown = said(result.response)
    assert result.response.ephemeral
    blocks = shown.split("\n\n")
    assert "✅ Supported:** Talks stalled because neither government would give way on cars." in blocks[0]
    assert "> Talks between the United States and Japan stalled because neither government would give way" in blocks[0]
    assert "❌ Contradicted:** Trump's letter set a 35 percent tariff" in blocks[1]
    assert "It says “25 percent”, not “35 percent”." in blocks[1]
    assert "❔ Not found:** The Danish fishing fleet" in blocks[2]
    assert "Why the U.S.-Japan tariff talks stalled · Accord Desk · 2025-07-08" in shown
    assert "Did you see that" not in shown


async def test_a_message_that_states_nothing_is_told_so(desk, said):
    message = await desk.asker.send(desk.channel, "lol, really?")
    result = await desk.asker.context_menu(desk.channel, "Check against sources", message)
    assert "states nothing that could be looked up" in said(result.response)
