"""Whatever becomes of the store, a server that starts deletes nothing: it says what is wrong, or moves what it does not know aside."""

import shutil
import subprocess

import pytest
from playwright.sync_api import expect
from webapp import PATIENCE, matrices, sha256, tool


def uploads(data):
    """The bytes of every file in a data directory that was uploaded, wherever it lies now."""
    return sorted(path.read_bytes() for folder in ("files", "orphaned") for path in (data / folder).rglob("*") if path.is_file())


def remove_store(data):
    for name in ("isobole.sqlite", "isobole.sqlite-wal", "isobole.sqlite-shm"):
        (data / name).unlink(missing_ok=True)


def refusal(data, *options):
    """What a server that does not start says."""
    done = subprocess.run(
        [tool(), "serve", "--data", str(data), "--port", "0", *options], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 4, (done.returncode, done.stderr)
    assert done.stdout == ""
    return done.stderr


@pytest.fixture
def filled(make_server):
    """A server's data directory with five uploads and a finished run; the server has ended."""
    server = make_server()
    api = server.api()
    screen = api.screen("before")
    for number in range(1, 6):
        api.upload(screen, f"{number}.csv", matrices(number))
    api.finished(api.start_run(screen, resamples=0))
    server.stop()
    return server


@pytest.mark.parametrize("loss", ["missing", "empty"])
def test_a_server_does_not_start_beside_uploads_whose_store_is_lost(filled, loss):
    before = uploads(filled.data)
    assert len(before) == 5
    remove_store(filled.data)
    if loss == "empty":
        (filled.data / "isobole.sqlite").touch()
    said = refusal(filled.data)
    assert "missing or empty" in said and f"isobole restore BACKUP --data {filled.data}" in said and "--data" in said
    assert uploads(filled.data) == before
    assert (filled.data / "runs/1/1/results-1/ranking.csv").exists()


def test_no_account_makes_a_new_store_beside_uploads_whose_store_is_lost(filled):
    before = uploads(filled.data)
    remove_store(filled.data)
    done = subprocess.run(
        [tool(), "accounts", "add", "ada", "--data", str(filled.data)], input="ada has a password\n", text=True, capture_output=True)
    assert done.returncode != 0 and "isobole restore" in done.stderr
    assert not (filled.data / "isobole.sqlite").exists() and uploads(filled.data) == before


def test_a_store_of_other_files_is_not_taken_for_theirs(filled, make_server):
    """Somebody made a store anew elsewhere and put it there."""
    other = make_server()
    other.api().screen("another server's")
    other.stop()
    before = uploads(filled.data)
    remove_store(filled.data)
    shutil.copyfile(other.data / "isobole.sqlite", filled.data / "isobole.sqlite")
    said = refusal(filled.data)
    assert "not the one of the 6 uploads and runs" in said and "isobole restore BACKUP" in said
    assert uploads(filled.data) == before


def test_uploads_and_runs_newer_than_a_store_put_in_place_are_moved_aside_and_shown(make_server, visit):
    server = make_server()
    api = server.api()
    screen = api.screen("before")
    api.upload(screen, "old.csv", matrices(1))
    copy = server.data.with_name("copy")
    subprocess.run([tool(), "backup", str(copy), "--data", str(server.data)], check=True, capture_output=True)
    older = (copy / "isobole.sqlite").read_bytes()
    api.upload(screen, "new.csv", matrices(2))
    run = api.start_run(screen, resamples=0)
    api.finished(run)
    ranking = api.output(run, "ranking.csv")
    server.stop()
    remove_store(server.data)
    (server.data / "isobole.sqlite").write_bytes(older)

    server.expected.append("is not named in the store; moved to .*orphaned")
    api = server.start().api()
    assert [file["name"] for file in api.get(f"{screen}/files")["files"]] == ["old.csv"]
    aside = server.data / "orphaned" / sha256(matrices(2))
    assert aside.read_bytes() == matrices(2)
    assert (server.data / "orphaned/run-1-1-results-1/ranking.csv").read_bytes() == ranking
    # A new run of the same number does not touch it.
    again = api.start_run(screen, resamples=0)
    assert again == run
    api.finished(again)
    assert (server.data / "orphaned/run-1-1-results-1/ranking.csv").read_bytes() == ranking
    page = visit(server).open("/")
    expect(page.get_by_role("complementary", name="Notice")).to_contain_text(f"2 items in {server.data}/orphaned")
    # Nothing is moved twice, and nothing deleted later.
    server.stop()
    server.start()
    assert aside.exists() and len(list((server.data / "orphaned").iterdir())) == 2


def test_uploads_that_the_store_names_and_the_disk_lacks_are_told(make_server, visit):
    server = make_server()
    api = server.api()
    screen = api.screen("before")
    for number in (1, 2, 3):
        api.upload(screen, f"{number}.csv", matrices(number))
    server.stop()
    files = server.data / "files"
    (files / sha256(matrices(1))[:2] / sha256(matrices(1))).unlink()
    damaged = files / sha256(matrices(2))[:2] / sha256(matrices(2))
    damaged.write_bytes(matrices(2)[:-10])
    server.expected.append("an upload that the store names, (is missing|has [0-9]+ bytes instead of)")
    server.start()
    assert server.said().count("an upload that the store names") == 2
    page = visit(server).open("/")
    expect(page.get_by_role("complementary", name="Notice")).to_contain_text("2 uploads")
    assert damaged.exists()


def test_only_administrators_read_of_what_was_moved_aside(make_server):
    server = make_server("--sign-in", start=False, accounts=[("ada", "admin"), ("ed", "editor")])
    server.expected.append("is not named in the store; moved to .*orphaned")
    stray = b"came whole and was not taken"
    server.start().stop()
    place = server.data / "files" / sha256(stray)[:2] / sha256(stray)
    place.parent.mkdir()
    place.write_bytes(stray)
    server.start()
    assert (server.data / "orphaned" / sha256(stray)).read_bytes() == stray
    for name, sees in (("ada", True), ("ed", False)):
        page = server.api(name=name, password=f"{name} has a password").send("GET", "//").text
        assert ("/orphaned" in page) == sees


def test_of_incoming_only_this_programs_own_unfinished_uploads_are_removed(make_server):
    server = make_server()
    server.stop()
    own = server.data / "incoming/0F3B6B57-2D2C-4B0E-9C7D-2B0B7C0A0F11"
    foreign = server.data / "incoming/notes.txt"
    own.write_bytes(b"half of")
    foreign.write_bytes(b"somebody's")
    (server.data / "files/notes.txt").write_bytes(b"somebody's too")
    server.start()
    assert not own.exists()
    assert foreign.read_bytes() == b"somebody's" and (server.data / "files/notes.txt").exists()
