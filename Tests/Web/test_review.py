"""What people said of combinations: it holds when files are added, it can be taken out, and undoing compares with the run."""

import csv
import io
import ssl
import subprocess
import urllib.request

import pytest
from webapp import matrices


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode())))


@pytest.fixture
def screen(api):
    """A screen of two blocks, analysed once."""
    screen = api.screen("November")
    api.upload(screen, "a.csv", matrices(1, 2))
    run = api.start_run(screen, resamples=100)
    api.finished(run)
    return screen, run


def test_a_review_and_a_well_left_out_hold_when_a_second_file_is_added(api, screen):
    screen, run = screen
    api.call("PUT", f"{run}/blocks/1/review", json={"starred": True, "status": "drop"})
    api.post(f"{run}/blocks/1/comments", json={"text": "not again"})
    well = api.get(f"{run}/blocks/1/wells")["wells"][7]
    api.post(f"{run}/blocks/1/left-out", json={"doses": well["doses"], "response": well["response"], "reason": "bubble"})
    name = api.get(f"{run}/blocks/1")["block_id"]
    api.upload(screen, "b.csv", matrices(3, 1))
    again = api.start_run(screen, resamples=100)
    api.finished(again)
    block = next(one for one in api.get(f"{again}/blocks")["blocks"] if one["id"] == f"a:{name}")
    found = api.get(f"{again}/blocks/{block['index']}")
    assert {key: found["review"][key] for key in ("starred", "status", "comments")} == {"starred": True, "status": "drop", "comments": 1}
    answer = api.get(f"{again}/blocks/{block['index']}/left-out")
    assert answer["is_as_run"] and [one["reason"] for one in answer["left_out"]] == ["bubble"]
    assert sum(one.get("left_out") is not None for one in api.get(f"{again}/blocks/{block['index']}/wells")["wells"]) == 1


def test_undoing_in_a_run_without_the_well_shows_the_scores_with_it(api, screen):
    screen, run = screen
    well = api.get(f"{run}/blocks/0/wells")["wells"][-1]
    left = api.post(f"{run}/blocks/0/left-out", json={"doses": well["doses"], "response": well["response"], "reason": "edge"})
    again = api.start_run(screen, resamples=100)
    api.finished(again)
    assert api.get(f"{again}/blocks/0/left-out")["is_as_run"]
    undone = api.call("DELETE", f"{again}/blocks/0/left-out/{left['left_out'][0]['id']}")
    assert not undone["is_as_run"]
    first = {one["model"]: one["before"] for one in left["scores"]}
    assert {one["model"]: one["after"] for one in undone["scores"]} == first
    page = api.send("GET", f"/{again}/blocks/0").text
    assert "unchanged" not in page[page.index("left-out-title"):].split("</table>")[0]


def test_decisions_can_be_taken_out_as_a_table(api, screen):
    screen, run = screen
    api.call("PUT", f"{run}/blocks/0/review", json={"status": "follow_up"})
    api.post(f"{run}/blocks/0/comments", json={"text": "=HYPERLINK(1), more doses"})
    [row] = rows(api.get(f"{run}/decisions.csv"))
    assert row["decision"] == "follow up" and row["decided_by"] and row["starred"] == ""
    assert row["comments"].endswith("=HYPERLINK(1), more doses")


def test_a_screen_in_the_archive_is_not_changed(api, screen):
    screen, run = screen
    number = run.split("/")[2]
    api.patch(f"/screens/{number}", {"archived": True})
    for method, path, body in (
        ("PUT", f"/screens/{number}/files/c.csv", None), ("DELETE", f"/screens/{number}/files/a.csv", None),
        ("POST", f"/screens/{number}/runs", {}), ("PUT", f"{run}/blocks/0/review", {"starred": True}),
        ("POST", f"{run}/blocks/0/comments", {"text": "x"}), ("POST", f"{run}/blocks/0/left-out", {"doses": [0, 0], "reason": "x"}),
    ):
        answer = api.send(method, path, **({"data": b"x"} if body is None else {"json": body}))
        assert answer.status_code == 409, (method, path, answer.text)
    api.patch(f"/screens/{number}", {"archived": False})
    assert api.send("PUT", f"{run}/blocks/0/review", json={"starred": True}).status_code == 200


def test_it_speaks_tls_and_its_cookie_is_secure(make_server, tmp_path):
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "chain.pem", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], capture_output=True)
    assert made.returncode == 0, made.stderr
    server = make_server(
        "--sign-in", "--certificate", tmp_path / "chain.pem", "--key", tmp_path / "key.pem", accounts=[("ada", "admin")])
    trust = ssl.create_default_context(cafile=str(tmp_path / "chain.pem"))
    request = urllib.request.Request(
        f"https://localhost:{server.port}/api/v1/session", data=b'{"name":"ada","password":"ada has a password"}', method="POST")
    with urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)).open(request) as answer:
        assert answer.status == 201
        assert "; Secure" in answer.headers["Set-Cookie"]
        assert answer.headers["Strict-Transport-Security"]
