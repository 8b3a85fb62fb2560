"""What the server takes on a connection: TLS 1.2 and 1.3 with forward secrecy, one Host header, and what plotly's frame may do."""

import html
import json
import re
import socket
import subprocess
import threading

import pytest
import requests
from webapp import PATIENCE, SCREEN, matrices, tool


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A certificate and its key."""
    folder = tmp_path_factory.mktemp("pair")
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "key.pem", "-out", folder / "chain.pem", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], capture_output=True)
    assert made.returncode == 0, made.stderr
    return folder / "chain.pem", folder / "key.pem"


@pytest.fixture
def secure(make_server, pair):
    return make_server("--sign-in", "--certificate", pair[0], "--key", pair[1], accounts=[("ada", "admin")])


def handshake(server, *options):
    """What `openssl s_client` says of a handshake, and whether a request was answered."""
    done = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{server.port}", "-servername", "localhost", "-ign_eof", *options],
        input=b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", capture_output=True, timeout=PATIENCE)
    said = (done.stdout + done.stderr).decode(errors="replace")
    return said, "HTTP/1.1 200" in said


@pytest.mark.parametrize("options", [
    ("-tls1", "-cipher", "ALL:@SECLEVEL=0"), ("-tls1_1", "-cipher", "ALL:@SECLEVEL=0"), ("-tls1_2", "-cipher", "AES128-SHA:@SECLEVEL=0"),
    ("-tls1_2", "-cipher", "AES128-GCM-SHA256:@SECLEVEL=0"), ("-tls1_2", "-cipher", "ECDHE-RSA-AES128-SHA:@SECLEVEL=0"),
    ("-tls1_2", "-cipher", "ECDHE-RSA-AES256-SHA384:@SECLEVEL=0"),
], ids=lambda options: "-".join(options[:1] + options[2:]).strip("-"))
def test_old_versions_and_suites_without_forward_secrecy_or_with_cbc_are_not_taken(secure, options):
    said, answered = handshake(secure, *options)
    assert not answered and "Cipher is (NONE)" in said, said[-2000:]
    assert "alert" in said


@pytest.mark.parametrize("options, suite", [
    (("-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"), "ECDHE-RSA-AES128-GCM-SHA256"),
    (("-tls1_2", "-cipher", "ECDHE-RSA-AES256-GCM-SHA384"), "ECDHE-RSA-AES256-GCM-SHA384"),
    (("-tls1_2", "-cipher", "ECDHE-RSA-CHACHA20-POLY1305"), "ECDHE-RSA-CHACHA20-POLY1305"),
    (("-tls1_3",), "TLS_"),
])
def test_today_s_versions_and_suites_are_taken(secure, options, suite):
    said, answered = handshake(secure, *options)
    assert answered and f"Cipher is {suite}" in said, said[-2000:]


def exchange(server, text):
    """The status of the answer to a request's very bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as link:
        link.sendall(text)
        answer = b""
        while more := link.recv(65536):
            answer += more
    return int(answer.split(b" ", 2)[1]), answer


@pytest.mark.parametrize("hosts", [
    [], [""], ["127.0.0.1", "127.0.0.1"], ["127.0.0.1", "evil.example"], ["evil.example", "127.0.0.1"], ["127.0.0.1, evil.example"],
], ids=str)
@pytest.mark.parametrize("options", [(), ("--sign-in",)], ids=["local", "sign-in"])
def test_a_request_without_one_host_is_refused(make_server, hosts, options):
    server = make_server(*options, accounts=[("ada", "admin")] if options else ())
    for path in ("/", "/api/v1/session", "/health", "/assets/app.css"):
        lines = "".join(f"Host: {host}\r\n" for host in hosts)
        status, answer = exchange(server, f"GET {path} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n".encode())
        # Of names that are not the server's, the first may already be what it does not answer to.
        assert status == 400 or status == 421 and "evil.example" in hosts[0], answer[:300]
    status, _ = exchange(server, b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    assert status == 200


def test_plotly_runs_only_in_a_frame_without_origin_and_without_network(make_server):
    """plotly.js of Debian 12 is older than the mend of CVE-2023-46308; whatever it were made to do, the frame has nothing to take."""
    server = make_server()
    api = server.api()
    screen = api.screen("surface")
    api.upload(screen, "a.csv", matrices(1))
    run = api.start_run(screen, resamples=0)
    api.finished(run)
    surface = api.send("GET", f"/{run}/blocks/0/surface")
    policy = {one.split()[0]: one.split()[1:] for one in surface.headers["Content-Security-Policy"].split(";")}
    assert policy["sandbox"] == ["allow-scripts"]
    assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == policy["base-uri"] == ["'none'"]
    assert policy["script-src"] == ["'self'"] and policy["frame-ancestors"] == ["'self'"]
    for path in ("//", f"/{screen}", f"/{run}", f"/{run}/blocks/0", f"/{screen}/files/a.csv"):
        assert "plotly" not in api.send("GET", path).text, path
    assert 'sandbox: "allow-scripts"' in api.send("GET", "//assets/views.js").text


def test_a_server_that_is_stopped_while_it_computes_and_takes_connections_ends_well(make_server):
    """Two faults ended it by a signal: libraries taken apart beside threads that used them, and connections cancelled half taken."""
    server = make_server()
    api = server.api()
    screen = api.screen("busy")
    api.upload_files(screen, [SCREEN])
    run = api.start_run(screen, resamples=0)
    api.finished(run)

    def ask(block):
        try:
            server.api().send("GET", f"/{run}/blocks/{block}/surface")
        except requests.exceptions.RequestException:
            pass  # the server is gone

    for _ in range(8):
        asking = [threading.Thread(target=ask, args=(block,)) for block in range(8)]
        for thread in asking:
            thread.start()
        assert server.stop() == 0
        for thread in asking:
            thread.join()
        server.start()


def test_no_name_that_people_give_is_a_path_in_what_plotly_gets(make_server):
    """The names of drugs reach plotly as texts of titles alone, never as keys."""
    server = make_server()
    api = server.api()
    screen = api.screen("names")
    table = matrices(1).decode()
    drug = "__proto__.polluted"
    lines = table.splitlines()
    column = next(place for place, name in enumerate(lines[0].split(",")) if name.strip('"').lower() in ("drug1", "drug_row", "drug_1"))
    for place in range(1, len(lines)):
        cells = lines[place].split(",")
        cells[column] = drug
        lines[place] = ",".join(cells)
    api.upload(screen, "a.csv", ("\n".join(lines) + "\n").encode())
    run = api.start_run(screen, resamples=0)
    api.finished(run)
    text = api.send("GET", f"/{run}/blocks/0/surface").text
    surface = json.loads(html.unescape(re.search(r'data-surface="([^"]*)"', text)[1]))
    assert drug in surface["xTitle"] + surface["yTitle"]
    assert surface.keys() == {"xTitle", "yTitle", "x", "y", "models"}
    assert all(model.keys() == {"name", "z"} for model in surface["models"])


def test_an_address_of_a_proxy_that_is_none_is_told(tmp_path):
    done = subprocess.run(
        [tool(), "serve", "--data", str(tmp_path / "data"), "--trusted-proxy", "proxy.example"], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 2 and "--trusted-proxy proxy.example: expected an IPv4 or IPv6 address" in done.stderr
