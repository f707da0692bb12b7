"""`make try`: the bot in a browser, without a Discord account."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_is_served_at_the_address_it_prints_until_ctrl_c(tmp_path):
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot.discord_app.trying"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            address = next(found[0] for line in process.stdout if (found := re.search(r"http://127\S+", line)))
            with urllib.request.urlopen(address.partition("#")[0], timeout=30) as page:  # noqa: S310 - of this machine
                assert "SimCord" in page.read().decode()
            process.send_signal(signal.SIGINT)
            rest, _ = process.communicate(timeout=60)
            assert process.returncode == 0, rest
            assert "Traceback" not in rest
        finally:
            process.kill()
    assert [one for one in tmp_path.iterdir() if one.name.startswith("accord-try-")] == []
