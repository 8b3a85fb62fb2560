"""50 clients browse while the reference screen of 466 blocks runs over and over.

    ISOBOLE=… python Tests/Web/harness_load.py [--clients 50] [--seconds 60] [--think 2] [--idle]

Each client is a thread with a connection of its own (kept alive) that asks for a page, reads it to its last byte, thinks (exponentially
distributed, --think seconds on average), and goes on: list of screens, screen, ranked table (pages of 100 rows; sorted,
filtered, searched), combination page, and now and then a star, a comment or a well left out. A time is from sending the request to the last byte of the
answer, in this process, on the same machine as the server: client, server and run share its cores. Run behind it: the reference
screen, 1,000 resamples, all cores, niced by the server, started anew as soon as it ends. --idle: nothing runs.
"""

import argparse
import http.client
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

from webapp import NCATS, OVER, Server, matrices

TARGET = 300  # ms, p99 of page reads


class Client:
    """One person with a browser's one connection."""

    def __init__(self, number, load):
        self.random, self.load, self.link = random.Random(f"client {number}"), load, None

    def ask(self, kind, path, method="GET", body=None):
        if self.link is None:
            self.link = http.client.HTTPConnection("127.0.0.1", self.load.server.port, timeout=60)
        headers = {"X-Isobole-CSRF": self.load.api.csrf, "Content-Type": "application/json"} if body else {}
        begun = time.perf_counter()
        try:
            self.link.request(method, path, json.dumps(body) if body else None, headers)
            answer = self.link.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.link = None
            self.load.note(kind, None, f"{path}: {error!r}")
            return b""
        took = time.perf_counter() - begun
        self.load.note(kind, took, None if answer.status < 300 else f"{path}: {answer.status} {data[:200]!r}", len(data))
        return data

    def browse(self):
        chance, run = self.random, self.load.finished
        time.sleep(chance.uniform(0, self.load.think))
        while time.monotonic() < self.load.end:
            step = chance.random()
            block = chance.randrange(self.load.blocks)
            if step < 0.1:
                self.ask("list of screens", "/")
            elif step < 0.25:
                self.ask("screen", run.split("/runs/")[0])
            elif step < 0.45:
                self.ask("ranked table", f"{run}?page={chance.randint(1, 5)}")
            elif step < 0.6:
                query = chance.choice((
                    "sort=consensus&order=asc", "sort=bliss&order=desc", "call=synergistic", "q=inhibitor&sort=css", "starred=true",
                    "q=bend", "sort=combination&page=3", "call=inconclusive&sort=zip&page=2"))
                self.ask("ranked table, sorted or filtered", f"{run}?{query}")
            elif step < 0.9:
                self.ask("combination", f"{run}/blocks/{block}")
            elif step < 0.94:
                self.ask("API: block", f"/api/v1{run}/blocks/{block}")
            elif step < 0.98:
                self.ask("API: star", f"/api/v1{run}/blocks/{block}/review", "PUT", {"starred": chance.random() < 0.5})
            else:
                self.ask("API: comment", f"/api/v1{run}/blocks/{block}/comments", "POST", {"text": "looked at"})
            time.sleep(chance.expovariate(1 / self.load.think))


class Load:
    def __init__(self, server, api, think):
        self.server, self.api, self.think = server, api, think
        self.times, self.sizes, self.faults = defaultdict(list), defaultdict(int), []
        self.lock = threading.Lock()
        self.runs = 0

    def prepare(self, source, resamples):
        """A screen with a finished run to browse, and one that will run."""
        self.screen = self.api.screen("466 blocks")
        name = "screen.csv"
        self.api.upload(self.screen, name, source)
        if NCATS.exists() and self.api.get(f"{self.screen}/files/{name}/understanding")["kind"] != "matrix":
            self.api.patch(f"{self.screen}/files/{name}", {"role": "matrix"})
        self.options = {"response": "viability", "resamples": resamples} if NCATS.exists() else {"resamples": resamples}
        self.finished = self.api.start_run(self.screen, **self.options)
        run = self.api.finished(self.finished, 600)
        self.blocks = run["blocks"]
        print(f"browsed: a run of {self.blocks} blocks")

    def costs(self):
        """Milliseconds of processor time that the server spends on one page of each kind, asked for one after the other: other programs do not count."""
        client, run = Client(0, self), self.finished
        print("processor time of the server for one page, ms:")
        for kind, path in (
            ("list of screens", "/"), ("screen", run.split("/runs/")[0]), ("ranked table", run), ("ranked table, filtered", f"{run}?q=inhibitor"),
            ("combination", f"{run}/blocks/7"), ("API: block", f"/api/v1{run}/blocks/7"), ("health", "/health")):
            client.ask(kind, path)
            before, count = process_cpu([self.server.process.pid]), 30
            for _ in range(count):
                client.ask(kind, path)
            print(f"    {kind:24} {10 * (process_cpu([self.server.process.pid]) - before) / count:6.1f}")
        self.times.clear()

    def note(self, kind, took, fault, size=0):
        with self.lock:
            if took is not None:
                self.times[kind].append(took * 1000)
                self.sizes[kind] = max(self.sizes[kind], size)
            if fault:
                self.faults.append(fault)

    def keep_running(self, api):
        while time.monotonic() < self.end:
            run = api.start_run(self.screen, **self.options)
            while time.monotonic() < self.end:
                time.sleep(0.25)
                if api.get(run)["state"] in OVER:
                    self.runs += 1
                    break

    def browse(self, clients, seconds, isIdle):
        self.end = time.monotonic() + seconds
        threads = [threading.Thread(target=Client(number, self).browse) for number in range(clients)]
        if not isIdle:
            threads.append(threading.Thread(target=self.keep_running, args=(self.server.api(),)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def quantile(times, share):
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def cpu():
    """Seconds that all cores were busy, and were there, since the start of the machine."""
    fields = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:]]
    return sum(fields) - fields[3] - fields[4], sum(fields)


def process_cpu(pids):
    total = 0
    for pid in pids:
        try:
            words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(int(word) for word in words[11:15])
        except OSError:
            pass
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=2, help="seconds between two pages of a client, on average")
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--idle", action="store_true", help="without a run behind it")
    asked = parser.parse_args()
    source = NCATS.read_bytes() if NCATS.exists() else matrices(*range(1, 25))
    with tempfile.TemporaryDirectory(prefix="isobole-load-") as folder:
        server = Server(Path(folder) / "data").start()
        try:
            load = Load(server, server.api(), asked.think)
            load.prepare(source, asked.resamples)
            load.costs()
            begun, busy = time.monotonic(), (cpu(), process_cpu([server.process.pid, os.getpid()]))
            load.browse(asked.clients, asked.seconds, asked.idle)
            took, now = time.monotonic() - begun, (cpu(), process_cpu([server.process.pid, os.getpid()]))
        finally:
            server.stop()
    # The server's own and its ended children's seconds, and the clients'.
    own, all_busy, all_there = now[1] - busy[1], now[0][0] - busy[0][0], now[0][1] - busy[0][1]
    print(
        f"{asked.clients} clients, thinking {asked.think} s on average, {took:.0f} s, {os.cpu_count()} cores, "
        + ("nothing ran" if asked.idle else f"{load.runs} runs of {load.blocks} blocks × {asked.resamples} resamples finished meanwhile")
        + f"; cores busy {100 * all_busy / all_there:.0f} %, {100 * (all_busy - own) / all_there:.0f} % of them not with server, runs or clients; "
        f"load average {os.getloadavg()[0]:.1f}")
    print(f"{'page':34} {'count':>6} {'p50':>7} {'p95':>7} {'p99':>7} {'max':>7}  ms   largest kB")
    pages = []
    for kind, times in sorted(load.times.items()):
        if not kind.startswith("API"):
            pages += times
        row(kind, times, load.sizes[kind])
    row("all pages", pages, max(load.sizes.values()))
    print(f"mean of all pages {statistics.mean(pages):.1f} ms, {len(pages) / took:.1f} pages a second; {len(load.faults)} faults")
    for fault in load.faults[:10]:
        print("   ", fault)
    good = quantile(pages, 0.99) <= TARGET
    print(f"p99 of page reads {quantile(pages, 0.99):.0f} ms: {'within' if good else 'BEYOND'} {TARGET} ms")
    sys.exit(0 if good and not load.faults else 1)


def row(kind, times, size):
    print(f"{kind:34} {len(times):6} " + " ".join(f"{quantile(times, share):7.1f}" for share in (0.5, 0.95, 0.99)) +
          f" {max(times):7.1f}      {size / 1000:10.0f}")


if __name__ == "__main__":
    main()
