"""`kill -9` of the server at random moments, and what is left.

    ISOBOLE=… python Tests/Web/harness_crash.py [--trials 50] [--seed 1]

Half of the trials kill it while several uploads are on their way, half while several runs are; every third is killed a
second time while it comes back, every tenth four times. After each restart:

- the store is whole (`integrity_check`, `foreign_key_check`, in a copy taken before the restart),
- every upload that was answered with 201 or 200 is listed with these bytes, every file that is listed has its bytes with
  the right SHA-256, and nothing lies in incoming/,
- no `isobole analyze` of the old server lives 5 seconds after its death,
- every run comes to an end: finished, or interrupted when it was begun three times; the results of each finished run open
  with `isobole report`, and ranking.csv, cells.csv, fits.csv and results.sqlite are byte for byte those of the command
  that the run states, run once without any server.
"""

import argparse
import itertools
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import requests

from webapp import OVER, Server, check_files, check_store, matrices, opens, sha256, tool, wait_for

COMPARED = ("ranking.csv", "cells.csv", "fits.csv", "results.sqlite")
ORPHANS_END_WITHIN = 60
UPLOADERS = 4
QUEUED = 3
# What runs are asked for: each has a clean run of its own to compare with.
VARIANTS = [{"seed": seed, "resamples": resamples} for seed in (1, 2) for resamples in (300, 1000)]


@dataclass
class Trial:
    number: int
    kind: str
    seed: int
    delay: float = 0
    kills: int = 1
    under_way: int = 0
    answered: int = 0
    files: int = 0
    finished: int = 0
    interrupted: int = 0
    restart: float = 0
    faults: list = field(default_factory=list)


class CrashTest:
    """A data directory that servers are killed on, one trial after the other."""

    def __init__(self, folder, seed, log=print):
        self.folder, self.seed, self.log = Path(folder), seed, log
        self.server = Server(self.folder / "data", "--threads", "1", "--max-concurrent-runs", "2")
        self.server.expected += [r"notice: run \d+ of screen \d+ was under way when the server ended",
                                 # Uploads that had come whole when it was killed, and whose senders had no answer.
                                 r"notice: .*/files/.* is not named in the store; moved to"]
        self.matrix = matrices(*range(1, 9))
        self.clean, self.opened = {}, set()
        self.answered = {}

    def begin(self):
        api = self.server.start().api()
        self.uploads = api.screen("uploads")
        self.runs = api.screen("runs")
        api.upload(self.runs, "screen.csv", self.matrix)

    def end(self):
        self.server.kill()

    # Uploads

    def upload(self, random, url, csrf, stop, worker, trial):
        """Uploads one file after the other until the server is gone; remembers what was answered."""
        session = requests.Session()
        session.trust_env = False
        for number in itertools.count():
            if stop.is_set():
                return
            name = f"t{trial.number}-{worker}-{number}.csv"
            if number and random.random() < 0.25:
                name = f"t{trial.number}-{worker}-0.csv"  # replaced
            body = self.body(random)
            trial.under_way += 1
            self.answered.setdefault(name, []).append((sha256(body), False))
            try:
                answer = session.put(
                    f"{url}/api/v1{self.uploads}/files/{name}", data=body, timeout=30, headers={"X-Isobole-CSRF": csrf})
            except requests.RequestException:
                return
            if answer.status_code not in (200, 201):
                trial.faults.append(f"PUT {name}: {answer.status_code} {answer.text[:200]}")
                return
            trial.under_way -= 1
            trial.answered += 1
            self.answered[name][-1] = (sha256(body), True)

    def body(self, random):
        """A small table that is read, or some megabytes that are none."""
        if random.random() < 0.5:
            return self.matrix + f"# {random.random()}\n".encode()
        return random.randbytes(random.randint(1, 6 << 20))

    def crash_uploads(self, random, trial):
        api = self.server.api()
        trial.delay = random.uniform(0.02, 1.2)
        stop = threading.Event()
        workers = [
            threading.Thread(target=self.upload, args=(
                Random(f"{trial.seed} {worker}"), self.server.url, api.csrf, stop, worker, trial))
            for worker in range(UPLOADERS)
        ]
        for worker in workers:
            worker.start()
        time.sleep(trial.delay)  # the random moment
        self.server.kill()
        stop.set()
        for worker in workers:
            worker.join(40)

    def check_uploads(self, api, trial):
        listed = {file["name"]: file["sha256"] for file in api.get(f"{self.uploads}/files")["files"]}
        for name, versions in self.answered.items():
            # The newest answered one, or one after it whose answer did not come through.
            last = max((place for place, (_, answered) in enumerate(versions) if answered), default=None)
            allowed = {sha for sha, _ in versions[last or 0:]} | ({None} if last is None else set())
            if listed.get(name) not in allowed:
                trial.faults.append(f"{name} was answered and is {'lost' if name not in listed else 'another'}")
        for name in listed:
            if name not in self.answered:
                trial.faults.append(f"{name} is listed and was never sent")
        faults, trial.files = check_files(self.server, api)
        trial.faults += faults
        left = [path.name for path in (self.server.data / "incoming").iterdir()]
        if left:
            trial.faults.append(f"incoming/ holds {left}")

    # Runs

    def crash_runs(self, random, trial):
        api = self.server.api()
        for _ in range(QUEUED):
            api.start_run(self.runs, **random.choice(VARIANTS))
        trial.delay = random.uniform(0, 3.5)
        time.sleep(trial.delay)  # the random moment
        trial.under_way = sum(run["state"] == "running" for run in api.get(f"{self.runs}/runs")["runs"])
        self.server.kill()

    def check_runs(self, api, trial):
        for listed in api.get(f"{self.runs}/runs")["runs"]:
            run = wait_for(
                lambda: (now := api.get(f"{self.runs}/runs/{listed['number']}"))["state"] in OVER and now,
                f"the end of run {listed['number']}", 120, 0.1)
            if run["state"] == "finished":
                self.check_finished(api, run, trial)
            elif run["state"] == "interrupted":
                trial.interrupted += run["number"] not in self.opened
                self.opened.add(run["number"])
            else:
                trial.faults.append(f"run {run['number']} is {run['state']}: {run.get('message')}")

    def check_finished(self, api, run, trial):
        folder = self.server.data / "runs" / self.runs.split("/")[-1] / str(run["number"])
        results = [path for path in folder.iterdir() if path.name.startswith("results")]
        if len(results) != 1:
            trial.faults.append(f"run {run['number']} has {[path.name for path in folder.iterdir()]}")
            return
        clean = self.clean_run(run)
        for name in COMPARED:
            path = results[0] / name
            if not path.exists() or sha256(path.read_bytes()) != clean[name]:
                trial.faults.append(f"run {run['number']}: {name} differs from a clean run's")
        if run["number"] in self.opened:
            return
        self.opened.add(run["number"])
        trial.finished += 1
        fault = opens(results[0], self.folder / "opened")
        if fault:
            trial.faults.append(fault)
        if sha256(api.output(f"{self.runs}/runs/{run['number']}", "ranking.csv")) != clean["ranking.csv"]:
            trial.faults.append(f"run {run['number']}: the downloaded ranking.csv differs from a clean run's")

    def clean_run(self, run):
        """The digests of the command that a run states, run without a server; once a command."""
        words = shlex.split(run["command"])
        key = tuple(words)
        if key not in self.clean:
            folder = self.folder / f"clean-{len(self.clean)}"
            (folder / "input").mkdir(parents=True)
            (folder / "input" / "screen.csv").write_bytes(self.matrix)
            subprocess.run([tool(), *words[1:]], cwd=folder / "input", check=True, capture_output=True)
            out = next(path for path in folder.iterdir() if path.name != "input")
            self.clean[key] = {name: sha256((out / name).read_bytes()) for name in COMPARED}
        return self.clean[key]

    # A trial

    def trial(self, number, kind):
        trial = Trial(number, kind, self.seed * 1000 + number)
        chance = Random(trial.seed)
        (self.crash_uploads if kind == "uploads" else self.crash_runs)(chance, trial)
        self.look_after_death(trial)
        trial.kills = 4 if number % 10 == 0 else 2 if number % 3 == 0 else 1
        for _ in range(trial.kills - 1):
            self.server.spawn()
            time.sleep(chance.uniform(0, 1.0))  # the random moment
            self.server.kill()
            self.look_after_death(trial)
        begun = time.monotonic()
        try:
            self.server.start()
            trial.restart = time.monotonic() - begun
            api = self.server.api()
            self.check_uploads(api, trial)
            self.check_runs(api, trial)
        except AssertionError as error:
            trial.faults.append(str(error))
        trial.faults += [f"log: {line}" for line in self.server.unexpected()]
        self.server.log.unlink(missing_ok=True)
        return trial

    def look_after_death(self, trial):
        died = time.monotonic()
        try:
            wait_for(lambda: not self.server.runs_alive(), "orphans to end", ORPHANS_END_WITHIN)
        except AssertionError:
            trial.faults.append(f"{self.server.runs_alive()} live {time.monotonic() - died:.0f} s after the server")
        trial.faults += check_store(self.server.data)


def run(trials, seed, log=print):
    """All trials; answers them."""
    folder = tempfile.mkdtemp(prefix="isobole-crash-")
    test, done = CrashTest(folder, seed), []
    heading = "trial kind      seed  killed after  kills under-way answered files finished interrupted restart  faults"
    log(heading)
    try:
        test.begin()
        for number in range(1, trials + 1):
            trial = test.trial(number, "uploads" if number % 2 else "runs")
            done.append(trial)
            log(f"{trial.number:5} {trial.kind:8} {trial.seed:6} {trial.delay:11.3f} s {trial.kills:6} {trial.under_way:9} "
                f"{trial.answered:8} {trial.files:5} {trial.finished:8} {trial.interrupted:11} {trial.restart:6.2f} s  "
                f"{len(trial.faults) or 'none'}")
            for fault in trial.faults[:10]:
                log(f"      {fault}")
            if test.server.process is None:
                log("the server does not start any more")
                break
    finally:
        test.end()
        if any(trial.faults for trial in done):
            log(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return done


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--trials", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    done = run(asked.trials, asked.seed, lambda line: print(line, flush=True))
    faults = sum(len(trial.faults) for trial in done)
    print(
        f"{len(done)} trials, {sum(trial.kills for trial in done)} kills, {sum(trial.answered for trial in done)} uploads answered, "
        f"{sum(trial.finished for trial in done)} runs finished after it, {sum(trial.interrupted for trial in done)} interrupted, "
        f"{faults} faults, {time.monotonic() - begun:.0f} s")
    sys.exit(1 if faults or len(done) < asked.trials else 0)


if __name__ == "__main__":
    main()
