"""Uploads: many at once, twice the same, broken off, too large, with hostile names or contents. Nothing is lost and nothing is left over."""

import gzip
import http.client
import io
import os
import random
import re
import socket
import threading
import unicodedata
import urllib.parse
import zipfile

import pytest
from conftest import ended
from playwright.sync_api import expect
from pages import DROP, as_file, create, row
from webapp import EXPORTS, PATIENCE, REFERENCE, SCREEN, Server, check_files, matrices, sha256, wait_for

MEGABYTE = 1 << 20


def put_raw(server, api, path, body, length=None, method="PUT"):
    """A request with a path as it stands: nothing is tidied on the way. The status and the answer."""
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        link.putrequest(method, path, skip_accept_encoding=True)
        link.putheader("X-Isobole-CSRF", api.csrf)
        link.putheader("Content-Length", str(len(body) if length is None else length))
        link.endheaders(body)
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


def nothing_left(server):
    """No unfinished upload lies about."""
    return wait_for(lambda: not list((server.data / "incoming").iterdir()), "unfinished uploads to go")


def stored(server):
    """The digests of all contents on the disk."""
    return {path.name for path in (server.data / "files").rglob("*") if path.is_file()}


# Many at once


def test_two_hundred_files_at_once_with_a_reload_in_the_middle_and_nothing_is_lost(server, visit):
    visitor = visit(server)
    page = visitor.open()
    page.on("dialog", lambda dialog: dialog.accept())  # “leave the page?”
    create(page, "two hundred")
    api = server.api()
    files = {f"plate {number:03}.csv": matrices(1 + number % 24) + f"# {number}\n".encode() for number in range(200)}
    chosen = [as_file(name, data) for name, data in files.items()]
    listed = lambda: {file["name"]: file["sha256"] for file in api.get("/screens/1/files")["files"]}
    page.set_input_files('[data-part="files"]', chosen)
    wait_for(lambda: len(listed()) >= 40, "a part of the files")
    before = listed()
    page.reload()
    visitor.ready(page)
    # What had arrived is there, whole; what had not is sent again with all the others.
    shown, after = page.locator("table.files tbody tr").count(), listed()
    assert len(before) <= shown <= len(after) < 200
    assert before.items() <= after.items()
    assert all(after[name] == sha256(files[name]) for name in after)
    page.set_input_files('[data-part="files"]', chosen)
    expect(page.locator("section.queue [role=status]")).to_have_text(re.compile("^200 of 200 files arrived"))
    assert listed() == {name: sha256(data) for name, data in files.items()}
    expect(page.locator("table.files tbody tr")).to_have_count(200)
    expect(page.locator("#file-count")).to_contain_text("200")
    assert check_files(server, api) == ([], 200)
    nothing_left(server)


def test_a_closed_tab_loses_nothing_that_had_arrived_and_its_run_goes_on(server, visit):
    visitor = visit(server)
    page = visitor.open()
    create(page, "closed")
    page.set_input_files('[data-part="files"]', [as_file("screen.csv", SCREEN.read_bytes())])
    expect(row(page, "screen.csv")).to_be_visible()
    page.get_by_role("button", name="Analyse 1 file").click()
    page.wait_for_url(re.compile("/runs/1$"))
    page.close()
    api = server.api()
    assert api.finished("/screens/1/runs/1")["blocks"] == 24
    page = visitor.open("/screens/1/runs/1")
    expect(page.locator("table.rank tbody tr")).to_have_count(24)


def on_disk(folder, bodies):
    """Files to choose; what is handed over as bytes takes its time."""
    paths = []
    for name, body in bodies.items():
        paths.append(folder / name)
        paths[-1].write_bytes(body)
    return paths


def test_a_tab_that_is_closed_while_it_uploads_leaves_whole_files_only(server, visit, tmp_path):
    visitor = visit(server)
    page = visitor.open()
    create(page, "closed early")
    data = [random.Random(number).randbytes(4 * MEGABYTE) for number in range(8)]
    page.set_input_files('[data-part="files"]', on_disk(tmp_path, {f"{number}.bin": body for number, body in enumerate(data)}))
    api = server.api()
    wait_for(lambda: api.get("/screens/1/files")["files"], "the first file")
    page.close()
    nothing_left(server)
    for file in api.get("/screens/1/files")["files"]:
        assert file["sha256"] == sha256(data[int(file["name"][0])])
    assert check_files(server, api)[0] == []


def test_an_upload_is_cancelled_and_can_be_sent_again(server, visit, tmp_path):
    visitor = visit(server)
    page = visitor.open()
    create(page, "cancel")
    # Slow the line, so that there is something to cancel.
    line = visitor.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
    line.send("Network.emulateNetworkConditions", slow)
    body = random.Random(1).randbytes(6 * MEGABYTE)
    page.set_input_files('[data-part="files"]', on_disk(tmp_path, {"big.bin": body, "small.csv": matrices(1)}))
    page.get_by_role("button", name="Cancel big.bin").click()
    expect(page.locator("section.queue li", has_text="big.bin")).to_contain_text("cancelled")
    expect(row(page, "small.csv")).to_be_visible()
    nothing_left(server)
    api = server.api()
    assert [file["name"] for file in api.get("/screens/1/files")["files"]] == ["small.csv"]
    assert sha256(body) not in stored(server)
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    page.get_by_role("button", name="Send big.bin again").click()
    expect(row(page, "big.bin")).to_be_visible()
    assert {file["sha256"] for file in api.get("/screens/1/files")["files"]} == {sha256(body), sha256(matrices(1))}


def test_all_uploads_are_cancelled_at_once(server, visit, tmp_path):
    visitor = visit(server)
    page = visitor.open()
    create(page, "cancel all")
    line = visitor.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000})
    page.set_input_files('[data-part="files"]', on_disk(tmp_path, {f"{number}.bin": os.urandom(3 * MEGABYTE) for number in range(6)}))
    page.get_by_role("button", name="Cancel all").click()
    expect(page.locator("section.queue [role=status]")).to_have_text("0 of 6 files arrived, 6 cancelled")
    nothing_left(server)
    assert server.api().get("/screens/1/files")["files"] == []


def test_files_that_a_system_leaves_about_are_not_uploaded(server, visit):
    page = visit(server).open()
    create(page, "tidy")
    page.locator("form.drop").evaluate(DROP, [{"name": name, "text": "a,b\n"} for name in (".DS_Store", "Thumbs.db", "~$book.xlsx", "desktop.ini")]
                                       + [{"name": "screen.csv", "text": matrices(1).decode()}])
    expect(page.locator("table.files tbody tr")).to_have_count(1)
    assert [file["name"] for file in server.api().get("/screens/1/files")["files"]] == ["screen.csv"]


# The same again


def test_the_same_file_again_is_recognised(server, visit):
    page = visit(server).open()
    create(page, "again")
    for _ in range(2):
        page.set_input_files('[data-part="files"]', [as_file("screen.csv", matrices(1))])
        expect(page.locator("section.queue [role=status]")).to_have_text(re.compile(r"^(1 of 1 file|2 of 2 files) arrived"))
        expect(row(page, "screen.csv")).to_be_visible()
    expect(page.locator("section.queue li")).to_contain_text("was here already")
    assert [entry["action"] for entry in server.api().get("/screens/1/history")["history"]].count("file uploaded") == 1


def test_the_same_bytes_under_another_name_are_recognised_and_kept_once(server, api):
    screen, other = api.screen("one"), api.screen("other")
    assert api.upload(screen, "a.csv", matrices(1))["same_as"] == []
    assert api.upload(screen, "b.csv", matrices(1))["same_as"] == ["a.csv"]
    assert sorted(api.upload(other, "c.csv", matrices(1))["same_as"]) == ["a.csv (screen “one”)", "b.csv (screen “one”)"]
    assert stored(server) == {sha256(matrices(1))}


def test_a_name_with_other_bytes_is_replaced_and_the_history_says_so(api):
    screen = api.screen()
    first, second = (api.send("PUT", f"{screen}/files/a.csv", data=data) for data in (matrices(1), matrices(2)))
    again = api.send("PUT", f"{screen}/files/a.csv", data=matrices(2))
    assert (first.status_code, second.status_code, again.status_code) == (201, 200, 200)
    assert api.get(f"{screen}/files/a.csv") == matrices(2)
    actions = [entry["action"] for entry in api.get(f"{screen}/history")["history"]]
    assert actions == ["file replaced", "file uploaded", "screen created"]


def test_a_finished_run_keeps_what_it_read_when_a_file_is_replaced_or_removed(api):
    screen = api.screen()
    api.upload(screen, "a.csv", matrices(1))
    run = api.start_run(screen, resamples=0)
    before = api.finished(run)
    ranking = api.get(f"{run}/ranking.csv")
    api.upload(screen, "a.csv", matrices(2))
    api.delete(f"{screen}/files/a.csv")
    after = api.get(run)
    assert after["files"] == before["files"] == [{"name": "a.csv", "role": "matrix", "sha256": sha256(matrices(1))}]
    assert api.get(f"{run}/ranking.csv") == ranking
    assert api.send("GET", "//screens/1/runs/1/blocks/0").status_code == 200


def test_two_uploads_of_one_name_at_once_leave_one_of_them_whole(server, api):
    screen = api.screen()
    bodies = [random.Random(number).randbytes(2 * MEGABYTE) for number in range(6)]
    statuses = []

    def send(body):
        statuses.append(server.api().send("PUT", f"{screen}/files/a.bin", data=body).status_code)

    threads = [threading.Thread(target=send, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {200, 201} and len(statuses) == 6
    files = api.get(f"{screen}/files")["files"]
    assert len(files) == 1 and files[0]["sha256"] in {sha256(body) for body in bodies}
    assert check_files(server, api) == ([], 1)


# Hostile names


BAD_NAMES = {
    "up": "..%2F..%2Fetc%2Fpasswd", "up with backslashes": "..%5C..%5Cx.csv", "a slash": "a%2Fb.csv", "absolute": "%2Fetc%2Fpasswd",
    "two points": "%2e%2e", "one point": "%2e", "hidden": ".htaccess", "a zero byte": "a%00.csv", "a line's end": "a%0Ab.csv",
    "a tab": "a%09b.csv", "delete": "a%7Fb.csv", "an escape": "a%1B%5B31mred.csv", "right to left": "%E2%80%AEvsc.exe",
    "an isolate": "%E2%81%A6a.csv", "no width": "a%E2%80%8Bb.csv", "300 bytes": "a" * 296 + ".csv", "300 bytes of umlauts": "%C3%A4" * 150,
    "no UTF-8": "a%FF.csv", "half an escape": "a%2.csv", "a lone surrogate": "a%ED%A0%80.csv", "a dash": "-",
    "the store": "..%2F..%2Fisobole.sqlite",
}


@pytest.fixture(scope="module")
def open_house(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("names") / "data").start()
    yield server
    assert ended(server) == []


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_hostile_name_is_refused(open_house, name):
    api = open_house.api()
    screen = api.screen(name)
    status, said = put_raw(open_house, api, f"/api/v1{screen}/files/{BAD_NAMES[name]}", matrices(1))
    assert status in (400, 404), said
    assert api.get(f"{screen}/files")["files"] == []
    for method in ("GET", "DELETE", "PATCH"):
        assert put_raw(open_house, api, f"/api/v1{screen}/files/{BAD_NAMES[name]}", b"{}", method=method)[0] in (400, 404)
    nothing_left(open_house)
    outside = [path for path in open_house.data.parent.iterdir() if path.name not in ("data", "data.log")]
    assert outside == []


GOOD_NAMES = [
    "plate 1.csv", "a+b.csv", "a%41.csv", "100%.csv", "a=b,c;d.csv", "quote's \"x\".csv", "--help", "--out=x.csv", "a?b#c&d.csv", "Übersicht Ωμέγα 実験.csv",
    "e\u0301t\u00e9.csv", "x" * 196 + ".csv", "$(touch x).csv", "`id`.csv", "a\u00a0b.csv", "C:plate.csv", "nul", "results", "corrections.csv", "left-out.csv",
]


def test_odd_but_honest_names_are_kept_analysed_and_downloaded(server, api):
    screen = api.screen()
    for number, name in enumerate(GOOD_NAMES):
        file = api.upload(screen, name, matrices(1 + number))
        assert file["name"] == unicodedata.normalize("NFC", name)
    assert {file["name"] for file in api.get(f"{screen}/files")["files"]} == {unicodedata.normalize("NFC", name) for name in GOOD_NAMES}
    for number, name in enumerate(GOOD_NAMES):
        path = f"{screen}/files/{urllib.parse.quote(name, safe='')}"
        assert api.get(path) == matrices(1 + number), name
        assert api.send("GET", f"/{path}").status_code == 200, name
        api.patch(path, {"corrections": [{"sample": f"sample {number}"}]})
    run = api.start_run(screen, resamples=0)
    now = api.finished(run)
    assert now["blocks"] == len(GOOD_NAMES) and now["errors"] == 0 and now["warnings"] == 0
    ranking = api.get(f"{run}/ranking.csv").decode()
    for number in range(len(GOOD_NAMES)):
        assert f"sample {number}," in ranking


@pytest.mark.parametrize("name", ["-5 degrees", "--help", "=cmd()", "'; rm -rf /", "\"quoted\" & <b>", "\u202dx", "   padded   "])
def test_an_odd_name_of_a_screen_stands_in_no_runs_way(open_house, name):
    api = open_house.api()
    answer = api.send("POST", "/screens", json={"name": name})
    if name.startswith("\u202d"):
        assert answer.status_code == 400
        return
    screen = f"/screens/{answer.json()['id']}"
    api.upload(screen, "screen.csv", matrices(1))
    assert api.finished(api.start_run(screen, resamples=0))["blocks"] == 1


# Sizes


def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(make_server):
    server = make_server("--max-file-size", 2)
    api = server.api()
    screen = api.screen()
    status, said = put_raw(server, api, f"/api/v1{screen}/files/exact.bin", b"x" * 2 * MEGABYTE)
    assert status == 201, said
    answer = api.send("PUT", f"{screen}/files/large.bin", data=b"x" * (2 * MEGABYTE + 1))
    assert answer.status_code == 413 and "2 MB" in answer.json()["error"]["message"]
    assert [file["name"] for file in api.get(f"{screen}/files")["files"]] == ["exact.bin"]
    nothing_left(server)


def test_a_file_that_says_it_is_too_large_is_refused_before_it_is_sent(make_server):
    """A body of 4 GB is announced and never comes: the answer does not wait for it."""
    server = make_server("--max-file-size", 2)
    api = server.api()
    screen = api.screen()
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as line:
        line.sendall(
            f"PUT /api/v1{screen}/files/a.bin HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nX-Isobole-CSRF: {api.csrf}\r\n"
            f"Content-Length: {4 << 30}\r\n\r\n".encode())
        line.settimeout(PATIENCE)
        assert b" 413 " in line.recv(4096).split(b"\r\n")[0]
    nothing_left(server)


def test_too_large_a_file_is_told_on_the_page_before_it_is_sent(make_server, visit):
    server = make_server("--max-file-size", 1)
    page = visit(server).open()
    create(page, "large")
    page.set_input_files('[data-part="files"]', [as_file("large.bin", b"x" * (MEGABYTE + 1)), as_file("small.csv", matrices(1))])
    expect(page.locator("section.queue li", has_text="large.bin")).to_contain_text("the server takes files up to")
    expect(row(page, "small.csv")).to_be_visible()
    assert len(server.api().get("/screens/1/files")["files"]) == 1


def test_a_screen_that_is_full_takes_no_more(make_server):
    server = make_server("--max-file-size", 2, "--max-screen-size", 3)
    api = server.api()
    screen = api.screen()
    api.upload(screen, "a.bin", os.urandom(2 * MEGABYTE))
    answer = api.send("PUT", f"{screen}/files/b.bin", data=os.urandom(2 * MEGABYTE))
    assert answer.status_code == 413 and answer.json()["error"]["code"] == "no_room"
    nothing_left(server)
    # Another screen has room of its own, and room that is freed is room.
    api.upload(api.screen("other"), "b.bin", os.urandom(2 * MEGABYTE))
    api.delete(f"{screen}/files/a.bin")
    api.upload(screen, "b.bin", os.urandom(2 * MEGABYTE))


def test_a_file_in_a_full_screen_can_be_replaced_by_one_that_fits(make_server):
    """What is replaced makes room."""
    server = make_server("--max-file-size", 2, "--max-screen-size", 2)
    api = server.api()
    screen = api.screen()
    api.upload(screen, "a.bin", os.urandom(2 * MEGABYTE))
    assert api.send("PUT", f"{screen}/files/a.bin", data=os.urandom(MEGABYTE)).status_code == 200


def test_many_uploads_at_once_do_not_pass_the_bound_of_a_screen(make_server):
    server = make_server("--max-file-size", 2, "--max-screen-size", 4)
    api = server.api()
    screen = api.screen()

    def send(number):
        server.api().send("PUT", f"{screen}/files/{number}.bin", data=os.urandom(2 * MEGABYTE - 1))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(file["bytes"] for file in api.get(f"{screen}/files")["files"]) <= 4 * MEGABYTE


# Broken off, and odd contents


@pytest.mark.parametrize("way", ["goes away", "resets"])
def test_a_body_that_breaks_off_half_way_leaves_nothing(server, api, way):
    screen = api.screen()
    for sent in (0, 1, 70_000, MEGABYTE):
        line = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
        line.sendall(
            f"PUT /api/v1{screen}/files/half.csv HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nX-Isobole-CSRF: {api.csrf}\r\n"
            f"Content-Length: {2 * MEGABYTE}\r\n\r\n".encode() + b"x" * sent)
        if sent:
            wait_for(lambda: list((server.data / "incoming").iterdir()), "the upload to begin")
        if way == "resets":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        line.close()
        nothing_left(server)
    assert api.get(f"{screen}/files")["files"] == [] and stored(server) == set()


def test_a_body_in_chunks_arrives_whole(server, api):
    screen = api.screen()
    data = matrices(1)
    pieces = (data[place:place + 100] for place in range(0, len(data), 100))
    answer = api.send("PUT", f"{screen}/files/a.csv", data=pieces)
    assert answer.status_code == 201 and answer.json()["sha256"] == sha256(data)


def bomb():
    """An .xlsx of which one sheet unpacks to 300 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>')
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for _ in range(300):
                sheet.write(b"<row><c><v>1</v></c></row>" * 40_000)
            sheet.write(b"</sheetData></worksheet>")
    return file.getvalue()


CONTENTS = {
    "nothing": lambda: b"", "a line's end": lambda: b"\n", "zero bytes": lambda: b"\0" * 100_000, "garbage": lambda: random.Random(1).randbytes(300_000),
    "garbage of letters": lambda: bytes(random.Random(2).choices(b"abc,;\t\n\"0123456789.-", k=40_000)), "one long line": lambda: b"1," * 60_000,
    "many short lines": lambda: b"1\n" * 60_000, "quotes that do not end": lambda: b'"' + b"a,b\n" * 8_000, "a BOM alone": lambda: b"\xff\xfe",
    "a zip": lambda: b"PK\x03\x04" + random.Random(3).randbytes(10_000), "a zip that unpacks to 300 MB": bomb,
    "a gzip": lambda: gzip.compress(b"a" * 10_000_000), "a picture": lambda: b"\x89PNG\r\n\x1a\n" + random.Random(4).randbytes(10_000),
    "a PDF": lambda: b"%PDF-1.7\n" + random.Random(5).randbytes(10_000), "HTML": lambda: b"<!DOCTYPE html><script>alert(1)</script>",
    "a huge number of drugs": lambda: b"block_id,drug1,drug2,cell_line,conc1,conc2,response\n" + b"".join(
        f"{n},a{n},b{n},c,0,1,{n}\n".encode() for n in range(5_000)),
    "a huge dose": lambda: b"block_id,drug1,drug2,cell_line,conc1,conc2,response\n1,a,b,c,1e308,1e308,1e308\n1,a,b,c,nan,inf,-inf\n",
    "a half file": lambda: SCREEN.read_bytes()[:40_001], "Latin-1": lambda: matrices(1).replace(b"selinexor", b"s\xe9linexor"),
}


@pytest.mark.parametrize("content", CONTENTS)
def test_whatever_a_file_holds_it_is_kept_shown_and_analysed_or_refused(open_house, content):
    """The server lives, the bytes come back, the page says what is wrong, and a run ends."""
    server, api = open_house, open_house.api()
    screen, data = api.screen(content), CONTENTS[content]()
    file = api.upload(screen, "odd.csv", data)
    assert file["bytes"] == len(data)
    assert api.get(f"{screen}/files/odd.csv") == data
    assert api.send("GET", f"/{screen}/files/odd.csv").status_code == 200
    assert api.send("GET", f"/{screen}").status_code == 200
    for role in ("matrix", "export", "layout", "mask", "samples"):
        api.patch(f"{screen}/files/odd.csv", {"role": role}, headers={"If-Match": "*"})
        assert api.send("GET", f"/{screen}/files/odd.csv").status_code == 200, role
    api.patch(f"{screen}/files/odd.csv", {"role": "auto"}, headers={"If-Match": "*"})
    answer = api.send("POST", f"{screen}/runs", json={"resamples": 0})
    if answer.status_code == 202:
        now = api.ended(f"{screen}/runs/1", 90)
        assert now["state"] in ("finished", "failed") and (now["state"] == "finished" or now["message"])
        server.expected.append(r"run 1 of screen \d+ failed")
    else:
        assert answer.status_code == 409
    assert api.get("/screens")["screens"]
    memory = int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{server.process.pid}/status").read())[1]) // 1024
    assert memory < 1500, f"the server holds {memory} MB"


def test_half_of_every_example_file_is_read_without_harm(server, api):
    screen = api.screen("halves")
    server.expected.append("failed")
    paths = [SCREEN, *EXPORTS.iterdir(), *(path for path in (REFERENCE / "screens").glob("synergyfinder*"))]
    for path in paths:
        data = path.read_bytes()
        for part in (3, 2):
            name = f"{part}-{path.name}"
            assert api.upload(screen, name, data[:len(data) // part])["bytes"] == len(data) // part
            assert api.send("GET", f"/{screen}/files/{urllib.parse.quote(name)}").status_code == 200
    assert api.send("GET", f"/{screen}").status_code == 200


def test_a_workbook_is_understood_like_the_table_in_it(api):
    book = REFERENCE / "screens" / "synergyfinder_ONEILTable.xlsx"
    if not book.exists():
        pytest.skip(f"the reference data are not there: {book}")
    screen = api.screen()
    one = api.upload(screen, book.name, book.read_bytes())
    other = api.upload(screen, "table.csv", book.with_suffix(".csv").read_bytes())
    assert (one["role"], one["summary"]) == (other["role"], other["summary"])
    api.patch(f"{screen}/files/table.csv", {"role": "ignored"})
    run = api.start_run(screen, resamples=0)
    assert api.finished(run)["blocks"] > 0


def test_columns_are_chosen_and_a_drug_is_renamed_on_a_files_page(server, visit, api):
    """A table whose columns are called otherwise: each column has a menu; what is chosen is what a run takes."""
    rows = ["agent,other,a,b,rel,donor"]
    for drug in ("selinexor", "Selinexer"):
        rows += [f"{drug},bortezomib,{a},{b},{100 - 20 * a - 10 * b},{drug[-2:]}" for a in (0, 1, 2) for b in (0, 1, 2)]
    screen = api.screen("columns")
    assert api.upload(screen, "t.csv", ("\n".join(rows) + "\n").encode())["role"] == "unknown"
    page = visit(server).open(f"/{screen}/files/t.csv")
    expect(page.get_by_text("Not understood.")).to_be_visible()
    expect(page.locator("select[data-column]")).to_have_count(6)
    expect(page.locator(".columns tbody tr").first).to_contain_text("bortezomib")
    for column, role in [("agent", "drug1"), ("other", "drug2"), ("a", "conc1"), ("b", "conc2"), ("rel", "response"), ("donor", "replicate")]:
        page.locator(f"select[data-column={column}]").select_option(role)
    page.locator("form[data-use=file] select[name=response]").select_option("viability")
    page.get_by_role("button", name="Save and read again").click()
    expect(page.locator("p.say")).to_contain_text("Read as")
    expect(page.locator("#problems")).to_contain_text("“Selinexer” may be selinexor")
    expect(page.locator("article.block")).to_have_count(2)
    expect(page.locator("select[data-column=rel]")).to_have_value("response")
    page.locator("input[data-named=Selinexer]").fill("selinexor")
    page.get_by_role("button", name="Save and read again").click()
    expect(page.locator("article.block")).to_have_count(1)
    expect(page.locator("#problems")).not_to_contain_text("may be selinexor")
    file = api.get(f"{screen}/files")["files"][0]
    assert {"drug": "Selinexer", "name": "selinexor"} in file["corrections"]
    assert any(one.get("columns") == "drug1=agent,drug2=other,conc1=a,conc2=b,response=rel,replicate=donor" for one in file["corrections"])
    run = api.finished(api.start_run(screen, resamples=0))
    assert run["blocks"] == 1
