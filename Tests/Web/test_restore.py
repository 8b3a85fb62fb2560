"""`isobole restore` puts a backup in place whole, loses nothing of what was there, and cannot be undone by a log that lies about."""

import os
import shutil
import subprocess

import harness_restore
import pytest
from webapp import PATIENCE, check_files, check_store, matrices, sha256, tool


def run(command, *words):
    return subprocess.run([tool(), command, *map(str, words)], capture_output=True, text=True, timeout=PATIENCE)


def backed_up(server, tmp_path, screens=3):
    """A backup of a server with some screens, a file each; answers it and the API."""
    api = server.api()
    for number in range(1, screens + 1):
        api.upload(api.screen(f"screen {number}"), "a.csv", matrices(number))
    done = run("backup", tmp_path / "backup", "--data", server.data)
    assert done.returncode == 0, done.stderr
    return tmp_path / "backup", api


def names(api):
    return sorted(screen["name"] for screen in api.get("/screens")["screens"])


def test_a_restore_is_not_undone_by_the_log_of_a_killed_server(make_server, tmp_path):
    server = make_server()
    backup, api = backed_up(server, tmp_path)
    for number in range(40):
        api.screen(f"later {number}")
    server.kill()
    assert (server.data / "isobole.sqlite-wal").stat().st_size > 0
    done = run("restore", backup, "--data", server.data)
    assert done.returncode == 0, done.stderr
    assert f"{server.data}.replaced-1" in done.stdout
    assert not (server.data / "isobole.sqlite-wal").exists()
    api = server.start().api()
    assert names(api) == ["screen 1", "screen 2", "screen 3"]
    assert check_files(server, api) == ([], 3)
    server.stop()
    assert check_store(server.data) == []
    # What was there before is whole, log and all.
    old = make_server(data=server.data.with_name(server.data.name + ".replaced-1"))
    assert len(names(old.api())) == 43


def test_a_restore_after_the_store_was_lost_keeps_the_newer_uploads_beside(make_server, tmp_path):
    server = make_server()
    backup, api = backed_up(server, tmp_path)
    api.upload("/screens/1", "newer.csv", matrices(9))
    server.stop()
    (server.data / "isobole.sqlite").unlink()
    assert run("restore", backup, "--data", server.data).returncode == 0
    assert names(server.start().api()) == ["screen 1", "screen 2", "screen 3"]
    kept = server.data.with_name(server.data.name + ".replaced-1") / "files" / sha256(matrices(9))[:2] / sha256(matrices(9))
    assert kept.read_bytes() == matrices(9)


def test_nothing_is_restored_while_a_server_runs(make_server, tmp_path):
    server = make_server()
    backup, api = backed_up(server, tmp_path)
    api.screen("later")
    done = run("restore", backup, "--data", server.data)
    assert done.returncode == 4 and "another isobole serve is running" in done.stderr
    assert len(names(api)) == 4
    assert sorted(path.name for path in server.data.parent.iterdir() if path.name.startswith(server.data.name + ".re")) == []


def test_a_second_restore_writes_over_nothing(make_server, tmp_path):
    server = make_server()
    backup, _ = backed_up(server, tmp_path)
    server.stop()
    for number in (1, 2, 3):
        (server.data / "mark").write_text(str(number))
        assert run("restore", backup, "--data", server.data).returncode == 0
        assert server.data.with_name(f"{server.data.name}.replaced-{number}").joinpath("mark").read_text() == str(number)


def test_a_backup_is_restored_to_a_place_where_nothing_was(make_server, tmp_path):
    server = make_server()
    backup, _ = backed_up(server, tmp_path)
    place = tmp_path / "new" / "data"
    done = run("restore", backup, "--data", place)
    assert done.returncode == 0 and "before" not in done.stdout, done.stderr
    assert [path.name for path in place.parent.iterdir()] == ["data"]
    assert names(make_server(data=place).api()) == ["screen 1", "screen 2", "screen 3"]


@pytest.mark.parametrize("damage", ["changed", "missing", "store"])
def test_a_damaged_backup_is_not_restored(make_server, tmp_path, damage):
    server = make_server()
    backup, _ = backed_up(server, tmp_path)
    server.stop()
    before = harness_restore.snapshot(server.data)
    digest = sha256(matrices(2))
    file = backup / "files" / digest[:2] / digest
    if damage == "changed":
        file.write_bytes(b"X" + matrices(2)[1:])
    elif damage == "missing":
        file.unlink()
    else:
        store = backup / "isobole.sqlite"
        bytes_ = bytearray(store.read_bytes())
        bytes_[4096 + 8:4096 * 3] = b"\xa5" * (4096 * 2 - 8)
        store.write_bytes(bytes_)
    done = run("restore", backup, "--data", server.data)
    assert done.returncode == 4, done.stdout
    assert ("isobole.sqlite" if damage == "store" else str(file)) in done.stderr
    assert harness_restore.snapshot(server.data) == before
    assert list(server.data.parent.glob(server.data.name + ".re*")) == []
    if damage != "store":
        done = run("restore", backup, "--data", server.data, "--allow-damaged")
        assert done.returncode == 3 and str(file) in done.stderr


def test_a_backup_is_not_restored_into_itself(make_server, tmp_path):
    copy, _ = backed_up(make_server(), tmp_path)
    names = sorted(path.name for path in copy.iterdir())
    done = run("restore", copy, "--data", copy / "data")
    assert done.returncode == 4 and "lies in the backup" in done.stderr
    assert sorted(path.name for path in copy.iterdir()) == names


def test_a_directory_of_somebodys_own_is_no_data_directory(make_server, tmp_path):
    copy, _ = backed_up(make_server(), tmp_path)
    own = tmp_path / "own"
    own.mkdir()
    (own / "notes.txt").write_text("mine")
    for done in (run("restore", copy, "--data", own), run("serve", "--data", own, "--port", 0)):
        assert done.returncode == 4 and "notes.txt" in done.stderr and "Nothing was written" in done.stderr, done.stderr
        assert [path.name for path in own.iterdir()] == ["notes.txt"] and not list(tmp_path.glob("own.*"))


def test_what_is_no_backup_is_not_restored(make_server, tmp_path):
    server = make_server()
    server.api().screen("there")
    server.stop()
    (tmp_path / "empty").mkdir()
    for backup in (tmp_path / "empty", tmp_path / "nothing", server.data):
        done = run("restore", backup, "--data", server.data)
        assert done.returncode == 4 and "nothing was restored or changed" in done.stderr
    assert names(server.start().api()) == ["there"]


def test_a_restore_leaves_alone_what_others_named_like_its_own(make_server, tmp_path):
    server = make_server()
    backup, _ = backed_up(server, tmp_path)
    server.stop()
    foreign = server.data.with_name(server.data.name + ".restoring")
    foreign.mkdir()
    (foreign / "notes.txt").write_text("somebody's")
    done = run("restore", backup, "--data", server.data)
    assert done.returncode == 4 and str(foreign) in done.stderr
    assert (foreign / "notes.txt").read_text() == "somebody's"


def test_messages_of_a_store_that_does_not_open_name_the_command(make_server):
    server = make_server()
    server.stop()
    for name in ("isobole.sqlite-wal", "isobole.sqlite-shm"):
        (server.data / name).unlink(missing_ok=True)
    (server.data / "isobole.sqlite").write_bytes(b"this is no database, but long enough to be looked at as one")
    done = run("serve", "--data", server.data, "--port", 0)
    assert done.returncode == 4 and f"isobole restore BACKUP --data {server.data}" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
def test_what_is_restored_belongs_to_the_user_of_the_server(make_server, tmp_path):
    server = make_server()
    backup, _ = backed_up(server, tmp_path)
    server.stop()
    for path in [server.data, *server.data.rglob("*")]:
        os.chown(path, 12345, 12345)
    assert run("restore", backup, "--data", server.data).returncode == 0
    assert {path.stat().st_uid for path in [server.data, *server.data.rglob("*")]} == {12345}


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_restore_that_is_killed_at_a_system_call_leaves_the_old_data_or_the_new():
    """The calls that name and remove; the long form takes all that change anything."""
    states, faults = harness_restore.run(harness_restore.DECISIVE)
    assert faults == []
    assert states["killed"] > 10 and states["old"] > 0 and states["mixture"] == 0
