"""`accord timeline` and `accord changes`: dated sentences in order, each with its source."""

import pytest


@pytest.mark.parametrize("command", ["timeline", "changes"])
def test_entries_are_in_order_verbatim_and_within_the_limits(filled, accord, command: str) -> None:
    done = accord(command, "tariffs on cars", "--since", "2020-01-01", "--data-dir", filled.store, "--json")
    assert done.code == 0, done.err
    days = [entry["date"] for entry in done.json["entries"]]
    assert days == sorted(days)
    assert days[0] >= "2020-01-01"
    for entry in done.json["entries"]:
        cited = entry["citation"]
        stored = accord("article", cited["url"], "--data-dir", filled.store, "--json").json
        assert stored["text"][cited["start"] : cited["end"]] == cited["quote"] == entry["text"]
        assert cited["published"][:10] == entry["date"]


def test_until_ends_it_and_nothing_is_said_plainly(filled, accord) -> None:
    done = accord("timeline", "tariffs", "--until", "2020-12-31", "--data-dir", filled.store, "--json")
    assert {entry["date"] <= "2020-12-31" for entry in done.json["entries"]} == {True}
    done = accord("timeline", "tariffs", "--until", "1999-01-01", "--data-dir", filled.store)
    assert done.code == 0
    assert "No stored article" in done.out


def test_a_screen_shows_day_sentence_and_outlet(filled, accord) -> None:
    done = accord("timeline", "talks on autos", "--data-dir", filled.store)
    first = accord("timeline", "talks on autos", "--data-dir", filled.store, "--json").json["entries"][0]
    assert first["date"] in done.out
    assert first["citation"]["title"] in " ".join(done.out.split())


def test_wrong_limits_are_named(filled, accord) -> None:
    assert accord("timeline", "tariffs", "--since", "2025-02-30", "--data-dir", filled.store).code == 2
    done = accord("timeline", "tariffs", "--since", "2025-02-03", "--until", "2025-01-01", "--data-dir", filled.store)
    assert done.code == 2
    assert "--until 2025-01-01" in done.err
    assert accord("changes", "tariffs", "--data-dir", filled.store).code == 2


@pytest.mark.parametrize("topic", ["how to bake sourdough bread", "asdfgh qwerty"])
def test_what_no_article_is_about_has_no_entries(filled, accord, topic: str) -> None:
    assert accord("timeline", topic, "--data-dir", filled.store, "--json").json["entries"] == []
