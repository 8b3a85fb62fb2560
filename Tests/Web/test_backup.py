"""`isobole backup`: a copy of a server's data while uploads and runs go on is whole and serves."""

import subprocess
import threading

import pytest
from webapp import PATIENCE, check_files, check_store, matrices, opens, sha256, tool, wait_for


def back_up(server, target, *options):
    return subprocess.run([tool(), "backup", str(target), "--data", str(server.data), *options], capture_output=True, text=True, timeout=PATIENCE)


def test_a_copy_made_while_uploads_and_runs_go_on_is_whole_and_serves(make_server, tmp_path):
    server = make_server("--threads", 1)
    api = server.api()
    screen = api.screen("busy")
    api.upload(screen, "screen.csv", matrices(*range(1, 7)))
    done = api.start_run(screen, resamples=200)
    api.finished(done)
    well = api.get(f"{done}/blocks/0/wells")["wells"][5]
    api.post(f"{done}/blocks/0/left-out", {**well, "reason": "bubble"})
    stop, sent = threading.Event(), []

    def upload():
        own, number = server.api(), 0
        while not stop.is_set():
            own.upload(screen, f"{number}.csv", matrices(1 + number % 24) + f"# {number}\n".encode())
            sent.append(number)
            number += 1

    thread = threading.Thread(target=upload)
    thread.start()
    try:
        runs = [api.start_run(screen, seed=seed, resamples=2000) for seed in range(3)]
        copies = []
        for number in range(4):
            wait_for(lambda: len(sent) > 3 * number, "some uploads")
            target = tmp_path / f"copy-{number}"
            written = back_up(server, target)
            assert written.returncode == 0, written.stderr
            copies.append(target)
    finally:
        stop.set()
        thread.join()
    for run in runs:
        api.send("POST", f"{run}/cancel")
    for copy in copies:
        assert check_store(copy) == []
    counts = []
    for copy in (copies[0], copies[-1]):
        other = make_server(data=copy, start=False)
        other.expected.append("was under way when the server ended")
        there = other.start().api()
        faults, count = check_files(other, there)
        counts.append(count)
        assert faults == []
        # What was finished is there to the byte; what ran begins again.
        assert there.output(done, "ranking.csv") == api.output(done, "ranking.csv")
        assert opens(other.results(1, 1), tmp_path / f"opened-{copy.name}") is None
        assert [one["reason"] for one in there.get(f"{done}/blocks/0/left-out")["left_out"]] == ["bubble"]
        assert there.send("GET", f"/{done}/blocks/0").status_code == 200
        for run in there.get(f"{screen}/runs")["runs"]:
            if run["state"] in ("queued", "running"):
                there.finished(f"{screen}/runs/{run['number']}")
    assert counts[0] < counts[1]


def test_a_copy_is_never_written_over(server, tmp_path):
    (tmp_path / "there").mkdir()
    done = back_up(server, tmp_path / "there")
    assert done.returncode != 0 and "there already" in done.stderr
    assert list((tmp_path / "there").iterdir()) == []


def test_a_copy_does_not_lie_in_what_it_is_a_copy_of(server):
    done = back_up(server, server.data / "runs" / "copy")
    assert done.returncode == 4 and "name a place outside" in done.stderr
    assert not (server.data / "runs" / "copy").exists()


def test_what_is_no_data_directory_is_not_copied(tmp_path):
    done = subprocess.run(
        [tool(), "backup", str(tmp_path / "copy"), "--data", str(tmp_path / "nothing")], capture_output=True, text=True)
    assert done.returncode != 0 and "not a data directory" in done.stderr
    assert not (tmp_path / "copy").exists() and not (tmp_path / "nothing").exists()


def test_changes_of_the_original_do_not_reach_the_copy(server, make_server, tmp_path):
    api = server.api()
    screen = api.screen("original")
    api.upload(screen, "a.csv", matrices(1))
    run = api.start_run(screen, resamples=0)
    api.finished(run)
    ranking = api.output(run, "ranking.csv")
    copy = tmp_path / "copy"
    assert back_up(server, copy).returncode == 0
    # In place, as a faulty tool or a bad block would.
    for path in [*(server.data / "files").rglob("*"), *(server.data / "runs").rglob("*.csv")]:
        if path.is_file():
            with path.open("r+b") as file:
                file.write(b"X")
    assert {path.stat().st_nlink for path in copy.rglob("*") if path.is_file()} == {1}
    api.delete(f"{screen}/files/a.csv")
    api.patch(screen, {"name": "changed"})
    other = make_server(data=copy).api()
    assert other.get("/screens/1")["name"] == "original"
    assert other.get(f"{screen}/files/a.csv") == matrices(1)
    assert other.output(run, "ranking.csv") == ranking


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_an_upload_that_is_damaged_is_named_and_not_backed_up_as_if_it_were_whole(server, tmp_path, damage):
    api = server.api()
    screen = api.screen("damaged")
    for number in (1, 2):
        api.upload(screen, f"{number}.csv", matrices(number))
    digest = sha256(matrices(1))
    file = server.data / "files" / digest[:2] / digest
    if damage == "changed":
        file.write_bytes(b"X" + matrices(1)[1:])
    else:
        file.unlink()
    copy = tmp_path / "copy"
    done = back_up(server, copy)
    assert done.returncode == 4 and str(file) in done.stderr and "--allow-damaged" in done.stderr
    assert list(tmp_path.glob("copy*")) == []
    done = back_up(server, copy, "--allow-damaged")
    assert done.returncode == 3 and str(file) in done.stderr
    assert [path.name for path in (copy / "files").rglob("*") if path.is_file()] == [sha256(matrices(2))]


def test_a_backup_leaves_alone_what_others_named_like_an_unfinished_one(server, tmp_path):
    foreign = tmp_path / "copy.unfinished"
    foreign.mkdir()
    (foreign / "notes.txt").write_text("somebody's")
    assert back_up(server, tmp_path / "copy").returncode == 0
    assert (foreign / "notes.txt").read_text() == "somebody's"
