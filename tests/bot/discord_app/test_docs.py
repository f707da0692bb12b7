"""What the documents say of Discord is so."""

import re
from pathlib import Path

import discord

from bot.discord_app.client import build_client
from bot.settings import DiscordSettings

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_invitation_asks_for_exactly_the_permissions_that_it_lists():
    text = (DOCS / "discord-setup.md").read_text("utf-8")
    asked = discord.Permissions(int(re.search(r"permissions=(\d+)", text)[1]))
    listed = re.findall(r"(?m)^\| ([A-Z][\w ]+) \|", text)
    named = {name.lower().replace(" ", "_").replace("view_channels", "read_messages") for name in listed}
    assert {name for name, allowed in asked if allowed} == named


def test_every_command_is_in_the_guide(answerer, tmp_path):
    text = (DOCS / "discord.md").read_text("utf-8")
    commands = build_client(answerer, DiscordSettings(), tmp_path).tree.get_commands()
    assert [one.name for one in commands if one.name not in text] == []


def test_every_picture_that_is_shown_is_there():
    for page in (DOCS / "discord.md", DOCS.parent / "README.md"):
        for name in re.findall(r"\]\(([\w/.-]+\.png)\)", page.read_text("utf-8")):
            assert (page.parent / name).is_file(), name
