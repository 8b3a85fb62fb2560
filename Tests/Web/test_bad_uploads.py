"""Files that no reader bears: they are read in a process of their own, so the server lives and the other uploads go on.

Readers are stopped (SIGSTOP) as soon as they are there, so that a test waits for what it wants to see and for no time.
"""

import io
import os
import re
import signal
import socket
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from webapp import PATIENCE, EXPORTS, REFERENCE, check_files, matrices, wait_for

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KILLERS = sorted((REFERENCE.parent / "faults" / "xlsx-xml-error-kills").rglob("*.xlsx"))


def workbook(sheet):
    """An .xlsx whose only sheet has this XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", f'<workbook xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="s" Target="worksheets/sheet1.xml"/></Relationships>')
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return file.getvalue()


def attributes(count, start=0):
    """A workbook with one cell of so many attributes."""
    text = "".join(f' a{number}=""' for number in range(start, start + count))
    return workbook(f'<worksheet><sheetData><row r="1"><c r="A1"{text}><v>1</v></c></row></sheetData></worksheet>')


NOT_UTF8 = workbook(b'<worksheet><sheetData><row r="1"><c r="A1"><v\xc1>1</v\xc1></c></row></sheetData></worksheet>')


@pytest.fixture
def pool():
    with ThreadPoolExecutor(8) as pool:
        yield pool


def stopped_reader(server, known=()):
    """The next process that reads an upload for the server, stopped before it is done."""
    found = wait_for(lambda: [one for one in server.readers() if one not in known], "a reader", pause=0.001)
    os.kill(found[0], signal.SIGSTOP)
    return found[0]


def is_gone(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    # A child whose parent is dead may wait for whoever inherited it to look after it.
    try:
        return open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def problems(api, screen, name):
    return api.get(f"{screen}/files/{name}/understanding")["problems"]


# What a workbook may not do


@pytest.mark.parametrize("content, says", [(NOT_UTF8, "byte 0xC1"), (attributes(100_000), "an element with 100001 attributes")], ids=["no UTF-8", "attributes"])
def test_a_hostile_workbook_is_refused_in_words_and_the_server_lives(server, api, content, says):
    screen = api.screen()
    file = api.upload(screen, "bad.xlsx", content)
    assert (file["role"], file["errors"]) == ("unknown", 1)
    said = problems(api, screen, "bad.xlsx")[0]["message"]
    assert says in said and "sheet1.xml" in said and "line 1" in said and "save the workbook again" in said
    page = api.send("GET", f"/{screen}/files/bad.xlsx")
    assert page.status_code == 200 and says in page.text
    assert api.upload(screen, "good.csv", matrices(1))["errors"] == 0
    assert api.finished(api.start_run(screen, resamples=0))["errors"] == 1
    assert server.process.poll() is None


@pytest.mark.skipif(not KILLERS, reason="no workbooks at faults/xlsx-xml-error-kills beside the reference data")
def test_workbooks_that_ended_an_earlier_server_are_kept_and_shown(server, api):
    screen = api.screen()
    for path in KILLERS:
        assert api.upload(screen, path.name, path.read_bytes())["bytes"] == path.stat().st_size
        assert api.send("GET", f"/{screen}/files/{path.name}").status_code == 200
    assert check_files(server, api) == ([], len(KILLERS))


def test_two_workbooks_of_many_attributes_keep_nobody_waiting(server, api, pool):
    screen = api.screen()
    large = [pool.submit(server.api().upload, screen, f"{number}.xlsx", attributes(250_000, number)) for number in range(2)]
    small = pool.submit(server.api().upload, screen, "small.csv", b"a,b\n1,2\n")
    assert small.result()["bytes"] == 8
    assert [one.result()["errors"] for one in large] == [1, 1]


# A reader that does not come to an end


def test_a_reader_that_is_killed_is_a_refusal_of_its_file_and_the_file_can_be_sent_again(server, api, pool):
    server.expected.append("file a.csv: the reader ended unexpectedly \\(signal 9\\)")
    screen = api.screen()
    upload = pool.submit(server.api().upload, screen, "a.csv", matrices(1))
    reader = stopped_reader(server)
    assert api.upload(screen, "b.csv", matrices(2))["errors"] == 0
    os.kill(reader, signal.SIGKILL)
    file = upload.result()
    assert (file["role"], file["errors"]) == ("unknown", 1)
    said = problems(api, screen, "a.csv")[0]["message"]
    assert "ended unexpectedly" in said and "nothing else is affected" in said
    page = api.send("GET", f"/{screen}/files/a.csv")
    assert page.status_code == 200 and "ended unexpectedly" in page.text
    assert api.get(f"{screen}/files/a.csv") == matrices(1)
    again = api.upload(screen, "a.csv", matrices(1))
    assert (again["role"], again["errors"]) == ("matrix", 0)
    assert server.process.poll() is None


def test_a_reader_that_takes_too_long_is_ended_and_the_message_says_how_long(make_server, pool):
    server = make_server("--max-read-seconds", 1)
    server.expected.append("file a.csv: not read within 1 s")
    api = server.api()
    screen = api.screen()
    upload = pool.submit(server.api().upload, screen, "a.csv", matrices(1))
    reader = stopped_reader(server)
    assert upload.result()["errors"] == 1
    assert "could not be read within 1 s" in problems(api, screen, "a.csv")[0]["message"]
    assert is_gone(reader)


def test_a_reader_has_bounds_on_time_and_memory(make_server, pool):
    server = make_server("--max-read-seconds", 70, "--max-read-memory", 3)
    screen = server.api().screen()
    upload = pool.submit(server.api().upload, screen, "large.csv", b"1,2,3,4\n" * 2_000_000)

    def limits():
        for reader in server.readers():
            try:
                text = open(f"/proc/{reader}/limits").read()
            except OSError:
                continue
            memory = re.search(r"Max address space\s+(\d+)", text)
            time = re.search(r"Max cpu time\s+(\d+)", text)
            if memory and time:
                return int(memory[1]), int(time[1])
    assert wait_for(limits, "the reader's bounds", pause=0.001) == (3 << 30, 71)
    assert upload.result()["bytes"] == 16_000_000


def half_an_upload(server, api, screen, name, data):
    """A client that sends a file and does not wait for the answer yet."""
    line = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
    line.sendall(
        f"PUT /api/v1{screen}/files/{name} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nX-Isobole-CSRF: {api.csrf}\r\n"
        f"Content-Length: {len(data)}\r\n\r\n".encode() + data)
    return line


@pytest.mark.parametrize("way", ["goes away", "resets"])
def test_a_client_that_leaves_frees_its_place(make_server, pool, way):
    server = make_server("--max-read-seconds", 600)
    api = server.api()
    screen = api.screen()
    lines, readers = [], []
    for number in range(2):
        lines.append(half_an_upload(server, api, screen, f"{number}.csv", matrices(number + 1)))
        readers.append(stopped_reader(server, readers))
    # Both places are taken by readers that never end; one more client waits and leaves, another waits and stays.
    lines.append(half_an_upload(server, api, screen, "waits.csv", matrices(3)))
    upload = pool.submit(server.api().upload, screen, "stays.csv", b"a,b\n1,2\n")
    wait_for(lambda: sum(path.is_file() for path in (server.data / "files").rglob("*")) == 4, "all four contents")
    for line in lines:
        if way == "resets":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        line.close()
    assert upload.result()["bytes"] == 8
    wait_for(lambda: all(is_gone(reader) for reader in readers), "the readers to be ended")
    assert [file["name"] for file in api.get(f"{screen}/files")["files"]] == ["stays.csv"]


def test_readers_end_with_the_server(make_server, pool):
    server = make_server("--max-read-seconds", 600)
    api = server.api()
    screen = api.screen()
    line = half_an_upload(server, api, screen, "a.csv", matrices(1))
    reader = stopped_reader(server)
    server.kill()
    os.kill(reader, signal.SIGCONT)
    wait_for(lambda: is_gone(reader), "the reader to end")
    line.close()


# Plates


def plate_screen(api):
    screen = api.screen("plates")
    api.upload_files(screen, sorted(path for path in EXPORTS.iterdir() if path.is_file()))
    return screen


def test_a_survey_that_does_not_end_is_a_refusal_on_its_page(make_server, pool):
    server = make_server("--max-survey-seconds", 1)
    server.expected.append("plates of plates: not read within 1 s")
    api = server.api()
    screen = plate_screen(api)
    survey = pool.submit(server.api().get, f"{screen}/plates")
    stopped_reader(server)
    answer = survey.result()
    assert answer["plates"] == [] and [one["severity"] for one in answer["problems"]] == ["error"]
    assert "within 1 s" in answer["problems"][0]["message"]
    pages = [api.send("GET", f"/{path}") for path in (f"{screen}/plates", screen)]
    assert [(page.status_code, "within 1 s" in page.text) for page in pages] == [(200, True), (200, True)]


@pytest.mark.parametrize("people", [1, 2])
def test_a_survey_ends_when_nobody_waits_for_it_any_more(make_server, people):
    server = make_server("--max-survey-seconds", 600)
    api = server.api()
    screen = plate_screen(api)
    lines = [socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) for _ in range(people)]
    for line in lines:
        line.sendall(f"GET /api/v1{screen}/plates HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
    reader = stopped_reader(server)
    for line in lines:
        line.close()
    wait_for(lambda: is_gone(reader), "the survey to be ended")
    # Who comes now begins anew, even where the old work has not quite ended.
    assert api.get(f"{screen}/plates")["plates"] != []
