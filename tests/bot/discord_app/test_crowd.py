"""Fifty people ask at once, by mention and by command, over the real chain; for times: benchmarks/discord_load.py."""

ASKERS = 50
WHAT = ("talks stall on autos", "Trump write to Japan", "Britain get a lower rate", "Norway raise its kelp quota")


def question(n):
    """One of fifty that are all different."""
    return f"why did {WHAT[n % len(WHAT)]} {n}?"


async def test_fifty_at_once_are_all_answered_and_who_waits_knows_the_place(open_desk, answerer, said, until):
    async with open_desk(answerer, concurrency=2) as desk:
        people = [desk.env.guild.add_member(desk.env.create_user(f"asker{n}")) for n in range(ASKERS)]
        commands = []
        for n, person in enumerate(people):
            if n % 2:
                commands.append(desk.use_ask(question(n), person))
            else:
                desk.post(question(n), person)
        answers = desk.client.desk.answers
        await until(lambda: answers.waiting >= ASKERS // 2)
        await until(lambda: sum("in line" in said(one) for one in shown_by(desk)) > ASKERS // 4)
        await desk.env.settle(timeout=120)
        texts = [said(one) for one in shown_by(desk)]
        assert len(texts) == ASKERS
        assert sum("Searched 4 articles" in text for text in texts) == ASKERS
        assert all(one.responded and one.message_id for one in commands)
        assert not [one for one in desk.client.desk.metrics.errors.collect()[0].samples if one.value]


def shown_by(desk):
    """The bot's messages."""
    return [one for one in desk.channel.history() if one.author.id == desk.client.user.id]
