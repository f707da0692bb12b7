"""What people who look after a server can do, that nobody else can, and that it is known who did what."""

import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from structlog.testing import capture_logs

from accord.settings import load
from bot.opening import open_answerer

ARTICLE = """<html><head><title>Norway's kelp quota</title></head><body><article><h1>Norway's kelp quota</h1>
<p>Norway set its kelp quota at 90 tonnes on Monday, the fisheries ministry said in a statement in Oslo.</p>
<p>The ministry said that the quota follows years of talks with the coastal districts about the kelp forests.</p>
</article></body></html>"""


@pytest.fixture
def page():
    """A web page on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/kelp" else 404)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(ARTICLE.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/kelp"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
async def own(open_desk, answerer, tmp_path, monkeypatch):
    """A bot over a store of its own, in which its records are kept as well."""
    monkeypatch.setenv("ACCORD_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    shutil.copytree(answerer.catalogue.path.parent, tmp_path / "store")
    answerer = open_answerer(load(data_dir=tmp_path / "store"))
    async with open_desk(answerer, answerer.catalogue) as desk:
        yield desk
    answerer.close()


async def admin_of(desk, name="boss"):
    """Somebody with a role that was named for it."""
    role = desk.env.guild.create_role("librarians")
    await desk.client.desk.records.set_server(desk.env.guild.id, "admin_roles", [role.id])
    return desk.env.guild.add_member(desk.env.create_user(name), roles=[role])


@pytest.mark.parametrize(
    ("command", "options"), [("ingest", {"url": "https://x.example"}), ("status", {}), ("runs", {})]
)
async def test_others_are_turned_away(desk, said, command, options):
    result = await desk.asker.slash(desk.channel, command, **options)
    assert "That is for people who manage this server" in said(result.response)
    assert result.response.ephemeral


async def test_ingest_reads_an_address_and_the_next_question_finds_it(own, page, said):
    admin = await admin_of(own)
    with capture_logs() as logs:
        result = await admin.slash(own.channel, "ingest", url=page)
    assert "1 added" in said(result.response)
    assert "Norway's kelp quota" in said(result.response)
    assert result.response.ephemeral
    (line,) = [one for one in logs if one["event"] == "admin_action"]
    assert (line["action"], line["detail"], line["user"]) == ("ingest", page, admin.id)
    found = await own.ask("at how many tonnes did Norway set its kelp quota?")
    assert "90 tonnes" in said(found.response)


@pytest.mark.parametrize(
    "url", ["/etc/passwd", "file:///etc/passwd", "-", "--prune", "https://", "https://a b", "ftp://x.example/a"]
)
async def test_only_web_addresses_are_ingested(desk, said, url):
    admin = await admin_of(desk)
    result = await admin.slash(desk.channel, "ingest", url=url)
    assert "is not the address of a web page" in said(result.response)


async def test_an_address_that_cannot_be_read_says_why(own, page, said):
    admin = await admin_of(own)
    result = await admin.slash(own.channel, "ingest", url=page.replace("kelp", "gone"))
    assert "1 failed" in said(result.response)
    assert "404" in said(result.response)


async def test_runs_lists_what_was_ingested(own, page, said):
    admin = await admin_of(own)
    await admin.slash(own.channel, "ingest", url=page)
    shown = said((await admin.slash(own.channel, "runs")).response)
    assert "`2`" in shown
    assert "1 added" in shown
    assert page.replace("http://", "") in shown.replace("http\\://", "").replace("http://", "")


async def test_status_says_how_much_is_stored_and_who_did_what(desk, said):
    admin = await admin_of(desk)
    shdesk = said((await admin.slash(desk.channel, "status")).response)
    assert "**Stored:** 4 articles" in shdesk
    assert "published 2025-05-09 to 2025-07-08" in shdesk
    assert "**Questions now:** 0 being answered, 0 in line" in shdesk
    assert f"<@{admin.id}> status" in shdesk


async def test_admin_commands_are_for_servers(desk):
    assert not {"ingest", "status", "runs", "settings", "digest"} & set(desk.asker.user.available_commands())


@pytest.fixture
def manager(desk):
    """Somebody who manages the server."""
    role = desk.env.guild.create_role("managers", permissions=discord_permissions())
    return desk.env.guild.add_member(desk.env.create_user("chief"), roles=[role])


def discord_permissions():
    import discord

    return discord.Permissions(manage_guild=True, view_channel=True, send_messages=True, read_message_history=True)


async def test_settings_are_shown_and_changed_by_who_manages_the_server(desk, manager, said):
    trade = desk.env.guild.create_text_channel("trade")
    traders = desk.env.guild.create_role("traders")
    panel = await manager.slash(desk.channel, "settings")
    assert panel.response.ephemeral
    assert "**Answers only in:** every channel" in said(panel.response)
    await desk.env.restart_bot()
    await manager.select(panel.response, [trade], custom_id="accord:set:channels")
    assert f"**Answers only in:** <#{trade.id}>" in said(panel.response)
    await manager.select(panel.response, [traders], custom_id="accord:set:admin_roles")
    settings = await desk.client.desk.records.load_server(desk.env.guild.id)
    assert (settings.channels, settings.admin_roles) == ((trade.id,), (traders.id,))
    actions = await desk.client.desk.records.read(lambda snapshot: snapshot.servers.actions(desk.env.guild.id, 5))
    assert [(one.action, one.user_id) for one in actions] == [("set", manager.id)] * 2 + [("settings", manager.id)]


async def test_settings_are_not_for_others(desk):
    assert "settings" not in desk.asker.available_commands(desk.channel)
    assert "digest" not in desk.asker.available_commands(desk.channel)


async def test_settings_that_name_what_is_not_there_are_named_at_the_start(desk, manager, said):
    await desk.client.desk.records.set_server(desk.env.guild.id, "channels", [desk.channel.id, 4711])
    await desk.client.desk.records.set_server(desk.env.guild.id, "roles", [4712])
    with capture_logs() as logs:
        await desk.env.restart_bot()
    told = [(one["setting"], one["id"]) for one in logs if one["event"] == "setting_names_nothing"]
    assert told == [("channels", 4711), ("roles", 4712)]
    panel = await manager.slash(desk.channel, "settings")
    assert "Answers only in: 4711 is not there any more. Choose anew." in said(panel.response)


async def test_settings_outlive_a_restart(desk, said):
    await desk.client.desk.records.set_server(desk.env.guild.id, "roles", [4712])
    await desk.env.restart_bot()
    result = await desk.ask("why did talks stall on autos?")
    assert "one of these roles" in said(result.response)
