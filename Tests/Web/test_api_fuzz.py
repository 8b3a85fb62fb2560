"""Whatever is sent to the API, nothing ends in 5xx, and answers are as openapi.json says. The long form is `harness_fuzz.py`."""

import http.client
import json
import re

import pytest
from harness_fuzz import fuzz
from test_people import DOCUMENT, ROUTES
from webapp import PATIENCE, ROOT, matrices

# Cases of each operation and phase: a number and no time, so that a busy machine tries as many.
CASES = 5


@pytest.fixture(scope="module")
def fuzzed():
    return fuzz(1, CASES)


def test_schemathesis_finds_no_server_error_and_no_answer_other_than_documented(fuzzed):
    end = fuzzed.said[fuzzed.said.rfind("FAILURES"):] if "FAILURES" in fuzzed.said else fuzzed.said[-2000:]
    assert fuzzed.status == 0, "\n".join(line[:300] for line in end.splitlines()[:200])
    assert fuzzed.count > 1000


def test_the_server_lives_and_logs_no_error_meanwhile(fuzzed):
    assert fuzzed.alive and fuzzed.log == []


def test_the_document_names_every_route_of_the_server(api):
    """A route that the document forgets would be neither tried above nor asked for rights in test_people.py."""
    served = set()
    for file in (ROOT / "Sources/WebApp/API").glob("*.swift"):
        source = file.read_text()
        for variable, path in re.findall(r'let (\w+) = "(screens/[^"]+)"', source):
            source = re.sub(rf"RouterPath\({variable}\b", f'RouterPath("{path}"', source)
        for method, path, more in re.findall(
                r'group\.(get|put|post|patch|delete)\((?:RouterPath\()?"([^"]+)"(?: \+ "([^"]+)")?', source):
            served.add((method.upper(), "/" + re.sub(r":(\w+)", r"{\1}", path + more)))
    for name in ("ranking.csv", "ranking.json"):
        served.add(("GET", f"/screens/{{screen}}/runs/{{run}}/{name}"))
    served = {route for route in served if "\\(" not in route[1]} | {("GET", "/openapi.json")}
    assert served == set(ROUTES)
    assert api.get("/openapi.json")["paths"].keys() == DOCUMENT["paths"].keys()


ODD_BODIES = [
    b"", b"{", b"null", b"[]", b"1", b'"x"', b"{}" * 2, b"\xff\xfe", b"\0", b'{"name":null}', b'{"name":1}', b'{"name":{}}', b'{"name":"' + b"x" * 300_000 + b'"}',
    b'{"name":"\\ud800"}', b'{"name":"a\\u0000b"}', b"[" * 100_000, b'{"a":' * 20_000, b'{"resamples":1e400}', b'{"resamples":-1}', b'{"resamples":1.5}',
    b'{"seed":18446744073709551616}', b'{"seed":-1}', b'{"threshold":1e-400}', b'{"threshold":"NaN"}', b'{"models":[]}', b'{"models":["zip","zip"]}',
    b'{"models":[null]}', b'{"confidence":1}', b'{"corrections":[{}]}', b'{"corrections":{}}', b'{"corrections":[{"drug":"x"}]}', b'{"corrections":[{"unit":"\\n"}]}',
    b'{"role":"admin"}', b'{"doses":[]}', b'{"doses":[1e999,0],"reason":"x"}', b'{"doses":[null,0],"reason":"x"}', b'{"doses":[0,0],"response":1e308,"reason":"x"}',
    b'{"doses":[0,0],"reason":""}', b'{"doses":[0,0],"reason":"a\\nb"}', b'{"starred":"yes"}', b'{"status":"done"}', b'{"text":""}', b'{"text":"' + b"x" * 20_000 + b'"}',
    b"x" * (1 << 20) + b"y",
]


def test_odd_bodies_are_answered_with_what_was_expected(api):
    """Every unsafe route that takes JSON, with every odd body: 2xx where it is harmless, else 4xx with a code and a sentence."""
    screen = api.screen("odd")
    api.upload(screen, "screen.csv", matrices(1))
    run = api.start_run(screen, resamples=0)
    api.finished(run)
    block = f"{run}/blocks/0"
    for method, path in (
        ("POST", "/screens"), ("PATCH", screen), ("PATCH", f"{screen}/files/screen.csv"), ("PUT", f"{block}/review"), ("POST", f"{block}/comments"),
        ("POST", f"{block}/left-out"), ("POST", "/session"),
    ):
        for body in ODD_BODIES:
            answer = api.send(method, path, data=body)
            assert answer.status_code < 500, (method, path, body[:60], answer.text[:200])
            if answer.status_code >= 400:
                error = answer.json()["error"]
                assert error["code"] and len(error["message"]) > 10, (method, path, body[:60])


def test_options_of_a_run_out_of_their_bounds_are_refused_with_name_and_bounds(api):
    screen = api.screen("options")
    api.upload(screen, "screen.csv", matrices(1))
    for name, value in (("resamples", 50), ("resamples", 100_001), ("threshold", -1), ("threshold", 101), ("confidence", 0.2), ("fdr", 0), ("models", ["magic"]),
                        ("response", "death"), ("zip_baseline", "x"), ("peak_window", 0), ("normalise", "AAA"), ("correct_positions", "AAA")):
        answer = api.send("POST", f"{screen}/runs", json={name: value})
        assert answer.status_code == 400 and answer.json()["error"]["message"].startswith(name), (name, answer.text)
    assert api.get(f"{screen}/runs")["runs"] == []


ODD_PATHS = [
    "/screens/0", "/screens/-1", "/screens/99999999999999999999", "/screens/1.5", "/screens/%00", "/screens/1/runs/0", "/screens/1/runs/-9223372036854775808",
    "/screens/1/runs/1/blocks/9223372036854775807", "/screens/1/runs/1/blocks/-1", "/screens/1/runs/1/outputs/..%2F..%2Finput%2Fscreen.csv",
    "/screens/1/runs/1/outputs/..", "/screens/1/runs/1/outputs/%2e%2e", "/screens/1/runs/1/outputs/%2Fetc%2Fpasswd", "/screens/1/files/..%2F..%2F..%2Fisobole.sqlite", "/../../etc/passwd",
    "//assets/..%2F..%2Fetc%2Fpasswd", "//assets/%2e%2e/%2e%2e/etc/passwd", "//assets/plotly.min.js%00.css", "//screens/1/runs/1?page=9223372036854775807",
    "//screens/1/runs/1?page=-1&sort=none&order=x&call=x&status=x&q=%ff%00", "//screens/1/runs/1/side-by-side?blocks=9223372036854775808,-1,0,0,x",
    "//screens/1/runs/1/side-by-side", "//screens/1/runs/1/against/1", "//?archived=%ff", "//sign-in?next=%ff", "//screens/%E2%80%AE",
]


@pytest.mark.parametrize("place", range(0, len(ODD_PATHS), 13))
def test_odd_addresses_are_answered_without_harm(api, server, place):
    screen = api.screen("odd")
    api.upload(screen, "screen.csv", matrices(1))
    run = api.start_run(screen, resamples=0)
    api.finished(run)
    for path in ODD_PATHS[place:place + 13]:
        link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        address = path[1:] if path.startswith("//") else "/api/v1" + path
        link.putrequest("GET", address)
        link.endheaders()
        answer = link.getresponse()
        text = answer.read()
        link.close()
        assert answer.status < 500, (path, answer.status)
        assert b"root:x:" not in text and b"SQLite format" not in text, path
        if answer.status >= 400 and address.startswith("/api/"):
            assert json.loads(text)["error"]["code"], path


def test_head_is_answered_like_get_without_a_body(api):
    screen = api.screen("head")
    api.upload(screen, "screen.csv", matrices(1))
    for path in ("/screens", screen, f"{screen}/files/screen.csv", "//", "//assets/app.css", f"/{screen}"):
        head, get = api.send("HEAD", path), api.send("GET", path)
        assert head.status_code == get.status_code == 200 and head.content == b"", path
        assert head.headers["Content-Type"] == get.headers["Content-Type"]
