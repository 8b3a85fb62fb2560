"""A server that is killed, and a disk that is full, leave a store that opens and whole runs.

The long form of the first is `harness_crash.py`.
"""

import os
import subprocess
import threading

import harness_crash
import pytest
import requests
from webapp import PATIENCE, SCREEN, check_files, check_store, matrices, opens, tool, wait_for

MEGABYTE = 1 << 20


def test_after_kill_nine_at_random_moments_everything_is_whole():
    """Two trials with uploads and two with runs on their way; one of them is killed again while it comes back."""
    trials = harness_crash.run(4, seed=20, log=print)
    assert len(trials) == 4
    assert [(trial.number, fault) for trial in trials for fault in trial.faults] == []
    assert sum(trial.answered for trial in trials) > 0 and sum(trial.finished for trial in trials) == 6


def test_a_run_that_takes_its_server_along_three_times_is_marked_interrupted(make_server):
    server = make_server(start=False)
    server.expected.append("was under way when the server ended")
    api = server.start().api()
    screen = api.screen()
    # Enough work that the run is still under way when the kill comes, however late this process gets its turn.
    api.upload(screen, "screen.csv", SCREEN.read_bytes())
    run = api.start_run(screen, resamples=100_000)
    for _ in range(3):
        wait_for(lambda: api.get(run)["state"] == "running", "the run to begin")
        server.kill()
        api = server.start().api()
    now = api.get(run)
    assert now["state"] == "interrupted" and "3 times" in now["message"]
    assert api.send("GET", f"{run}/ranking.csv").status_code == 409
    assert list((server.data / "runs").rglob("results*")) == []


def test_a_run_goes_on_after_an_end_in_good_order(make_server):
    """However often the server is restarted on purpose, a run that it ended begins again."""
    server = make_server(start=False)
    server.expected.append("was under way when the server ended")
    api = server.start().api()
    screen = api.screen()
    api.upload(screen, "screen.csv", matrices(*range(1, 9)))
    run = api.start_run(screen, resamples=50_000)
    for _ in range(4):
        assert wait_for(lambda: (now := api.get(run)["state"]) != "queued" and now, "the run to begin") == "running"
        assert server.stop() == 0
        assert server.runs_alive() == []
        api = server.start().api()
    api.finished(run)
    assert opens(server.results(1, 1), server.data.with_name("opened")) is None


def test_a_second_server_on_the_same_directory_does_not_start(server):
    done = subprocess.run(
        [tool(), "serve", "--data", str(server.data), "--port", "0"], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 4 and "another isobole serve" in done.stderr
    assert server.api().get("/screens") == {"screens": []}


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 48 MB, mounted."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place)], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"a small file system cannot be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place, leave=0):
    """Fills a file system but for some bytes; answers the file that does."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        piece = MEGABYTE
        while piece >= 4096:
            try:
                free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize - leave
                if free < piece:
                    piece //= 2
                    continue
                file.write(b"\0" * piece)
            except OSError:
                piece //= 2
    return ballast


def test_on_a_full_disk_uploads_and_runs_fail_with_a_message_and_later_work_again(make_server, small_disk):
    server = make_server(data=small_disk / "data", start=False)
    server.log = small_disk.with_name("full.log")
    server.expected += ["was under way when the server ended", "No space left", "(?i)disk (is )?full", "SQLITE_FULL|database or disk is full",
                        "run .* failed"]
    api = server.start().api()
    screen = api.screen("on a small disk")
    matrix = matrices(1, 2)
    api.upload(screen, "screen.csv", matrix)
    before = api.start_run(screen, resamples=0)
    api.finished(before)

    ballast = fill(small_disk)
    answer = api.send("PUT", f"{screen}/files/big.csv", data=os.urandom(MEGABYTE))
    assert answer.status_code == 507, answer.text
    assert answer.json()["error"]["code"] == "storage" and "space" in answer.json()["error"]["message"]
    assert list((server.data / "incoming").iterdir()) == []
    assert [file["name"] for file in api.get(f"{screen}/files")["files"]] == ["screen.csv"]
    assert api.send("GET", "//screens/1/runs/1").status_code == 200
    assert api.output(before, "ranking.csv")

    # A little room: the store can note a run, and the run cannot write its results.
    ballast.unlink()
    ballast = fill(small_disk, leave=256 << 10)
    answer = api.send("POST", f"{screen}/runs", json={"resamples": 0})
    assert answer.status_code in (202, 507), answer.text
    if answer.status_code == 202:
        now = api.ended(f"{screen}/runs/{answer.json()['number']}")
        assert now["state"] == "failed" and now["message"], now

    # The server ends and comes again on the full disk.
    server.stop()
    assert check_store(server.data) == []
    ballast.unlink()
    api = server.start().api()
    again = api.start_run(screen, resamples=0)
    api.finished(again)
    assert api.output(again, "ranking.csv") == api.output(before, "ranking.csv")
    api.upload(screen, "big.csv", os.urandom(MEGABYTE))
    assert check_files(server, api)[0] == []


def test_a_server_that_starts_on_a_full_disk_shows_what_is_there_or_says_what_is_missing(make_server, small_disk):
    """Where not even 32 kB are left for SQLite's shared index, it cannot show anything; it must say so and lose nothing."""
    server = make_server(data=small_disk / "data", start=False)
    server.log = small_disk.with_name("full.log")
    server.expected += ["(?i)disk (is )?full", "No space left", "store could not be opened .* free space"]
    api = server.start().api()
    screen = api.screen("before")
    api.upload(screen, "screen.csv", matrices(1))
    server.stop()
    for leave in (0, 256 << 10):
        ballast = fill(small_disk, leave)
        server.spawn()
        try:
            server.await_ready()
        except AssertionError as error:
            assert leave == 0 and "free space" in str(error)
            server.kill()
        else:
            api = server.api()
            assert [one["name"] for one in api.get("/screens")["screens"]] == ["before"]
            assert api.send("GET", f"{screen}/files/screen.csv").content == matrices(1)
            server.stop()
        ballast.unlink()
        assert check_store(server.data) == []
    assert [one["name"] for one in server.start().api().get("/screens")["screens"]] == ["before"]


def test_an_upload_that_meets_the_end_of_the_disk_half_way_leaves_nothing(make_server, small_disk):
    server = make_server(data=small_disk / "data", start=False)
    server.log = small_disk.with_name("full.log")
    api = server.start().api()
    screen = api.screen()
    statuses = []

    def send(number):
        try:
            answer = server.api().send("PUT", f"{screen}/files/{number}.bin", data=os.urandom(20 * MEGABYTE))
            statuses.append(answer.status_code)
        except requests.RequestException as error:
            # The server may answer before it has read everything, and close.
            statuses.append(type(error).__name__)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    listed = api.get(f"{screen}/files")["files"]
    assert len(listed) == sum(status == 201 for status in statuses) < 4
    wait_for(lambda: not list((server.data / "incoming").iterdir()), "unfinished uploads to go")
    assert check_files(server, api)[0] == []


def test_a_run_of_long_blocks_ends_with_its_killed_server(make_server):
    """All cores compute one block each for many seconds: the run's end must not wait for them."""
    server = make_server(start=False)
    server.expected.append("was under way when the server ended")
    api = server.start().api()
    screen = api.screen()
    api.upload(screen, "screen.csv", SCREEN.read_bytes())
    run = api.start_run(screen, resamples=100_000)
    wait_for(lambda: server.runs_alive() and api.get(run)["state"] == "running", "the run to begin")
    server.kill()
    wait_for(lambda: not server.runs_alive(), "the run to end")
    # It ended because the server did, not because it was done.
    assert not list(server.data.glob("runs/1/1/results-*/ranking.csv"))
    api = server.start().api()
    api.post(f"{run}/cancel")
    assert wait_for(lambda: (now := api.get(run)["state"]) != "running" and now, "the end of the run") == "cancelled"
