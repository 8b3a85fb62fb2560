"""The server whose standard streams are closed, full or without a reader."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from webapp import OVER, PATIENCE, Server, tool, wait_for


def listening(process):
    """The port on which a process listens, found among what it has open."""
    try:
        sockets = {os.readlink(link) for link in Path(f"/proc/{process.pid}/fd").iterdir()}
    except OSError:
        return None
    for line in Path(f"/proc/{process.pid}/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
            return int(fields[1].split(":")[1], 16)
    return None


def closing(streams):
    return " ".join(word for place, word in enumerate(("<&-", ">&-", "2>&-")) if streams >> place & 1)


@pytest.mark.parametrize("streams", range(8))
def test_the_server_lives_whichever_streams_are_closed(tmp_path, streams):
    """It lives through what it logs: a text that arrives where a signal is expected would end it."""
    server = Server(tmp_path / "data")
    with server.log.open("ab") as log:
        server.process = subprocess.Popen(
            ["/bin/sh", "-c", f'exec "$0" serve --data "$1" --port 0 {closing(streams)}', tool(), str(server.data)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
    try:
        server.port = wait_for(lambda: listening(server.process), "the server to listen")
        api = server.api()
        screen = api.screen()
        api.upload(screen, "nothing.csv", b"no screen\n")
        # A run that fails is logged.
        run = api.start_run(screen)
        assert api.ended(run)["state"] in OVER
        assert api.get("/screens")["screens"]
        assert server.process.poll() is None
    finally:
        assert server.stop() == 0


def test_a_server_that_cannot_say_where_it_is_serves_and_says_so_among_its_errors(tmp_path):
    server = Server(tmp_path / "data")
    with server.log.open("ab") as log, open("/dev/full", "wb") as full:
        server.process = subprocess.Popen(
            [tool(), "serve", "--data", str(server.data), "--port", "0"], stdin=subprocess.DEVNULL, stdout=full, stderr=log)
    try:
        found = wait_for(lambda: re.search(r"Isobole is at http://[^ ]*:(\d+)/", server.said()), "the address")
        assert "warning: cannot write to standard output (No space left on device)" in server.said()
        server.port = int(found[1])
        assert server.api().get("/screens") == {"screens": []}
        server.process.terminate()
        assert server.process.wait(PATIENCE) == 0
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()
