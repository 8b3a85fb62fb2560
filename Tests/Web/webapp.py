"""What the tests and harnesses of the web app share: real servers on data directories of their own, and calls of their API.

The tool is what the environment variable ISOBOLE names. Everything goes over loopback; nothing is downloaded.
"""

import csv
import hashlib
import io
import json
import os
import re
import selectors
import shutil
import signal
import sqlite3
import subprocess
import time
import urllib.parse
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
PLATES = ROOT / "Plates"
SCREEN = PLATES / "simulated-xpo1-screen.csv"
EXPORTS = PLATES / "simulated-reader-exports"
REFERENCE = Path(os.environ.get("ISOBOLE_REFERENCE") or ROOT.parent / "shared" / "reference")
NCATS = REFERENCE / "screens" / "mathews_griner_ibrutinib_tmd8.csv"
OVER = ("finished", "failed", "cancelled", "interrupted")
# Nothing here takes that long unless it hangs, however busy the machine is.
PATIENCE = 300


def tool():
    return os.environ.get("ISOBOLE") or shutil.which("isobole") or str(ROOT / ".build" / "release" / "isobole")


def wait_for(condition, what, seconds=PATIENCE, pause=0.03):
    """The first true value of a condition."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, f"waited {seconds} s in vain for {what}"
        time.sleep(pause)


class Server:
    """`isobole serve` on a data directory."""

    def __init__(self, data, *options):
        self.data = Path(data)
        self.options = [str(option) for option in options]
        self.process = None
        self.log = self.data.with_name(self.data.name + ".log")
        self.port = None
        # What its log may say, as regular expressions.
        self.expected = [r"error: Waiting on child channel: CancellationError"]

    def start(self, seconds=PATIENCE):
        """Starts it and waits for the line that says where it is."""
        self.spawn()
        self.await_ready(seconds)
        return self

    def spawn(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [tool(), "serve", "--data", str(self.data), "--port", "0", *self.options],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)

    def await_ready(self, seconds=PATIENCE):
        line, end = b"", time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                assert selector.select(max(0, end - time.monotonic())), f"not ready after {seconds} s: {self.said()}"
                more = os.read(self.process.stdout.fileno(), 4096)
                assert more, f"ended before it was ready: {self.said()}"
                line += more
        self.port = int(re.search(rb":(\d+)/", line)[1])

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def api(self, **how):
        return Api(self.url, **how)

    def stop(self, seconds=PATIENCE):
        """Ends it in good order; answers the exit status."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(seconds)
        finally:
            self.kill()
        return status

    def kill(self):
        """kill -9."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.process = None

    def said(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def unexpected(self):
        """Lines of the log that nobody expects."""
        return [line for line in self.said().splitlines() if not any(re.search(one, line) for one in self.expected)]

    def accounts(self, *words, password=None):
        """`isobole accounts …`; answers what it printed."""
        return subprocess.run(
            [tool(), "accounts", *words, "--data", str(self.data)], input=(password or "") + "\n", text=True, check=True,
            capture_output=True).stdout.strip()

    def token(self, name, role="editor", password="a long password"):
        """A new account's token."""
        self.accounts("add", name, "--role", role, password=password)
        return self.accounts("token", name)

    def work(self):
        """Processor time that it has taken so far, in ticks: what other programs do has no part in it."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    def runs_alive(self):
        """Processes of `isobole analyze` that work within the data directory."""
        found, data = [], str(self.data.resolve())
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                if b"analyze" in words and os.readlink(entry / "cwd").startswith(data):
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def readers(self):
        """Its processes that read uploads."""
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if parent == self.process.pid and b"read-upload" in (entry / "cmdline").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def results(self, screen, run):
        """Where a finished run's results lie."""
        folders = sorted((self.data / "runs" / str(screen) / str(run)).glob("results-*"))
        assert len(folders) == 1, f"run {run} of screen {screen} has {folders}"
        return folders[0]


class ApiFault(AssertionError):
    """An answer that was not expected."""

    def __init__(self, method, path, answer):
        super().__init__(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        self.status, self.answer = answer.status_code, answer


class Api:
    """Calls of /api/v1 by one person."""

    def __init__(self, url, token=None, name=None, password=None):
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.csrf = None
        if token:
            self.session.headers["Authorization"] = f"Bearer {token}"
        elif name:
            self.csrf = self.post("/session", json={"name": name, "password": password})["csrf"]
        else:
            self.csrf = self.get("/session")["csrf"]

    def send(self, method, path, **how):
        """Any answer at all. `path` is below /api/v1, or a page's when it begins with //."""
        headers = dict(how.pop("headers", {}))
        if self.csrf and method not in ("GET", "HEAD") and "X-Isobole-CSRF" not in headers:
            headers["X-Isobole-CSRF"] = self.csrf
        address = self.url + (path[1:] if path.startswith("//") else "/api/v1" + path)
        return self.session.request(
            method, address, headers=headers, timeout=how.pop("timeout", PATIENCE), allow_redirects=False, **how)

    def call(self, method, path, **how):
        """The answer's JSON, or its bytes; fails unless it is 2xx."""
        answer = self.send(method, path, **how)
        if not 200 <= answer.status_code < 300:
            raise ApiFault(method, path, answer)
        if answer.headers.get("Content-Type", "").startswith("application/json"):
            return answer.json()
        return answer.content

    def get(self, path, **how):
        return self.call("GET", path, **how)

    def post(self, path, json=None, **how):
        return self.call("POST", path, json={} if json is None else json, **how)

    def patch(self, path, json, **how):
        return self.call("PATCH", path, json=json, **how)

    def put(self, path, data):
        return self.call("PUT", path, data=data)

    def delete(self, path):
        return self.call("DELETE", path)

    def screen(self, name="screen", private=False):
        """A new screen's address below /api/v1."""
        return f"/screens/{self.post('/screens', json={'name': name, 'private': private})['id']}"

    def upload(self, screen, name, data):
        return self.put(f"{screen}/files/{urllib.parse.quote(name, safe='')}", data)

    def upload_files(self, screen, paths):
        return [self.upload(screen, path.name, path.read_bytes()) for path in paths]

    def start_run(self, screen, **options):
        """Starts a run; answers its address."""
        return f"{screen}/runs/{self.post(f'{screen}/runs', json=options)['number']}"

    def ended(self, run, seconds=PATIENCE):
        """The run when it is over."""
        def over():
            now = self.get(run)
            return now if now["state"] in OVER else None
        return wait_for(over, f"the end of {run}", seconds, 0.1)

    def finished(self, run, seconds=PATIENCE):
        """The run when it is finished; nothing else will do."""
        now = self.ended(run, seconds)
        assert now["state"] == "finished", now
        return now

    def output(self, run, name):
        """An output's bytes."""
        answer = self.send("GET", f"{run}/outputs/{name}")
        if answer.status_code != 200:
            raise ApiFault("GET", f"{run}/outputs/{name}", answer)
        return answer.content


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def table(data):
    """The rows of a CSV, by column."""
    return list(csv.DictReader(io.StringIO(data.decode())))


def check_store(data):
    """What is wrong with a store, looked at in a copy, so that nothing is mended on the way."""
    data, faults = Path(data), []
    copy = data.with_name(data.name + ".look")
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    try:
        for name in ("isobole.sqlite", "isobole.sqlite-wal"):
            if (data / name).exists():
                shutil.copyfile(data / name, copy / name)
        with sqlite3.connect(copy / "isobole.sqlite") as store:
            faults += [f"integrity_check: {row[0]}" for row in store.execute("PRAGMA integrity_check") if row[0] != "ok"]
            faults += [f"foreign_key_check: {row}" for row in store.execute("PRAGMA foreign_key_check")]
        store.close()
    finally:
        shutil.rmtree(copy, ignore_errors=True)
    return faults


def check_files(server, api):
    """What is wrong with the files that the server lists: each must be there, byte for byte."""
    faults, count = [], 0
    for screen in api.get("/screens")["screens"]:
        for file in api.get(f"/screens/{screen['id']}/files")["files"]:
            count += 1
            path = server.data / "files" / file["sha256"][:2] / file["sha256"]
            if not path.exists():
                faults.append(f"{file['name']} of screen {screen['id']} has no bytes")
            elif sha256(path.read_bytes()) != file["sha256"]:
                faults.append(f"{file['name']} of screen {screen['id']} has other bytes")
            elif path.stat().st_size != file["bytes"]:
                faults.append(f"{file['name']} of screen {screen['id']} has another size")
    return faults, count


def opens(results, out):
    """Whether `isobole report` reads results; what it said when not."""
    done = subprocess.run(
        [tool(), "report", str(results), "--formats", "md", "--out", str(out), "--quiet"], capture_output=True, text=True)
    return None if done.returncode == 0 else f"{results} does not open ({done.returncode}): {done.stderr.strip()}"


def matrices(*cuts, source=SCREEN):
    """The example screen's blocks of some numbers, as a table of its own."""
    lines = source.read_text().splitlines()
    start = next(place for place, line in enumerate(lines) if not line.startswith("#"))
    chosen = [line for line in lines[start + 1:] if line.split(",")[0].strip('"') in {str(cut) for cut in cuts}]
    assert chosen, f"no block {cuts} in {source}"
    return ("\n".join([lines[start], *chosen]) + "\n").encode()


def dump(value):
    return json.dumps(value, indent=1, ensure_ascii=False)
