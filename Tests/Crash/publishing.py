"""Kills `isobole analyze` between any two system calls while it puts results in place, and lets calls fail.

    ISOBOLE=…/isobole python3 Tests/Crash/publishing.py          every call that changes something, a few minutes
    ISOBOLE=…/isobole python3 Tests/Crash/publishing.py --all    openat, write and close too

A run is first traced (strace) to count its calls of each kind; then it is run again for every one of them, with a kill or an error
at that call. After each:

- the directory holds the older results or the new ones, whole: every file of the manifest, with its digest, and no other;
  with --into-existing it may also be half, and then `isobole report` refuses it and a search passes over its files;
- other files are as they were;
- a search of the directory around scores nothing of what was left;
- the same run again succeeds, and nothing of Isobole's is left beside the results.

A call that fails with an error leaves the older results, or is none the run needs, and then the new ones are there.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

CHANGING = ("renameat2", "renameat", "rename", "fsync", "unlinkat", "unlink", "mkdirat", "mkdir", "fchmod", "ftruncate", "flock")
ALL = CHANGING + ("openat", "write", "close")
ERRORS = {"renameat2": "EIO", "renameat": "EIO", "rename": "EIO", "fsync": "EIO", "unlinkat": "EIO", "mkdirat": "ENOSPC", "fchmod": "EIO"}
MANIFEST, LIST = "isobole-manifest.json", "isobole-unfinished.json"
OTHERS = {"thesis.txt": "treasure", "figures/mine.svg": "mine"}


def tool():
    return os.environ["ISOBOLE"]


def screen(seed):
    """Two blocks; `seed` decides on the numbers."""
    rows = ["block_id,drug1,drug2,conc1,conc2,inhibition,conc_unit"]
    for block in range(2):
        for first in (0, 10, 30, 100):
            for second in (0, 1, 3, 10):
                one, other = first / (first + 40) * 70, second / (second + 4) * 60
                noise = (first * 7 + second * 13 + seed * 5 + block * 3) % 11 / 4
                rows.append(f"{block},selinexor,drug {block},{first},{second},{one + other - one * other / 100 + noise:.3f},nM")
    return "\n".join(rows) + "\n"


class Place:
    """A directory with a screen, older results if there are to be any, and a run that replaces them."""

    def __init__(self, kind):
        self.kind = kind
        self.into = kind.startswith("into")
        self.folder = Path(tempfile.mkdtemp(prefix="isobole-crash-"))
        (self.folder / "old.csv").write_text(screen(1))
        (self.folder / "new.csv").write_text(screen(2))
        self.out = self.folder / "out"
        self.arguments = ["--formats", "md", "--resamples", "0", "--quiet", "--threads", "1"]
        if self.into:
            self.arguments.append("--into-existing")
            for name, text in OTHERS.items():
                (self.out / name).parent.mkdir(parents=True, exist_ok=True)
                (self.out / name).write_text(text)
        if kind in ("replace", "into"):
            self.analyze("old.csv", "--figures", "svg", "--figure-blocks", "1").check_returncode()
        self.before = self.state()

    def command(self, name, *more):
        return [tool(), "analyze", name, "--out", "out", "--title", name, *self.arguments, *more]

    def analyze(self, name, *more, under=()):
        return subprocess.run([*under, *self.command(name, *more)], cwd=self.folder, capture_output=True, text=True)

    def state(self):
        """What a person finds: nothing, whole results of a title, or half ones; raises when it is a mixture that nobody is told of."""
        if not self.out.exists():
            return "nothing"
        files = {str(path.relative_to(self.out)) for path in self.out.rglob("*") if path.is_file()}
        if self.into:
            for name, text in OTHERS.items():
                assert (self.out / name).read_text() == text, f"{name} was changed"
            files -= set(OTHERS)
        hidden = {name for name in files if name.startswith(".isobole-")}
        assert not hidden or self.into, hidden
        files -= hidden
        if LIST in files:
            assert self.into, "a list of half results without --into-existing"
            opened = subprocess.run(
                [tool(), "report", "out", "--out", "opened"], cwd=self.folder, capture_output=True, text=True)
            assert opened.returncode == 2 and "broke off" in opened.stderr, opened.stderr
            return "half"
        if not files:
            return "nothing"
        assert MANIFEST in files, f"no manifest beside {sorted(files)}"
        listed = {entry["name"]: entry for entry in json.loads((self.out / MANIFEST).read_text())["files"]}
        assert files == set(listed) | {MANIFEST}, f"{files ^ (set(listed) | {MANIFEST})} is of another run"
        for name, entry in listed.items():
            content = (self.out / name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == entry["sha256"], f"{name} is of another run"
        with contextlib.closing(sqlite3.connect(f"file:{self.out / 'results.sqlite'}?mode=ro", uri=True)) as store:
            assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return store.execute("SELECT value FROM run WHERE name = 'title'").fetchone()[0]

    def check_search(self):
        """A search of the folder around scores old.csv and new.csv and nothing else."""
        found = subprocess.run(
            [tool(), "analyze", ".", "--out", "../searched-" + self.folder.name, "--json", "--formats", "md", "--resamples", "0"],
            cwd=self.folder, capture_output=True, text=True)
        shutil.rmtree(self.folder.parent / ("searched-" + self.folder.name), ignore_errors=True)
        assert json.loads(found.stdout)["blocks"] == 4, found.stdout + found.stderr

    def check_again(self):
        again = self.analyze("new.csv")
        assert again.returncode == 0, again.stderr
        assert self.state() == "new.csv"
        left = [path.name for path in [*self.folder.iterdir(), *self.out.iterdir()] if ".isobole-" in path.name]
        assert not left, f"{left} were left"

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def counts(kind, calls):
    """The numbers of a thread's calls of each kind until results are in place; of openat, write and close those after the first fsync
    of a table alone, since all the reading is before it. Numbers are counted for each thread, so low ones also meet the calls by
    which the unfinished files' directory is made."""
    place = Place(kind)
    log = place.folder / "trace"
    place.analyze("new.csv", under=strace(calls, ["-o", str(log)])).check_returncode()
    before, after = defaultdict(Counter), defaultdict(Counter)
    begun = None
    for line in log.read_text().splitlines():
        match = re.match(r"(\d+) +(?:<\.\.\. )?([a-z0-9_]+)\(", line)
        if not match:
            continue
        thread, call = match.groups()
        if call == "fsync" and "cells.csv" in line:
            begun = begun or thread
        (after if begun == thread else before)[thread][call] += 1
    place.remove()
    done = {call: before[begun][call] for call in calls}
    return {
        call: range(done[call] + 1 if call in ("openat", "write", "close") else 1, done[call] + after[begun][call] + 1)
        for call in calls
        if after[begun][call]
    }


def strace(calls, more):
    # -y: with the paths of what is open, by which the beginning is found.
    return ["taskset", "-c", "0", "strace", "-f", "-y", "-qq", "-e", "trace=" + ",".join("?" + call for call in calls), *more]


def trial(kind, call, number, error=None):
    """One run with a kill or an error at a call; answers a fault or what was there afterwards."""
    place = Place(kind)
    inject = f"inject={call}:" + (f"error={error}" if error else "signal=SIGKILL") + f":when={number}"
    try:
        ended = place.analyze("new.csv", under=strace([call], ["-o", "/dev/null", "-e", inject]))
        state = place.state()
        allowed = {place.before, "new.csv"} | ({"half"} if place.into and not error else set())
        assert state in allowed, f"{state} is there"
        if error and ended.returncode != 0:
            assert state == place.before, f"the run failed and left {state}: {ended.stderr}"
            assert ended.returncode in (2, 4) and ended.stderr.startswith("isobole: "), ended.stderr
        if ended.returncode == 0:
            assert state == "new.csv", f"the run succeeded and left {state}"
        place.check_search()
        place.check_again()
        return None, state
    except AssertionError as fault:
        return f"{kind}: {call} {number} {error or 'kill'}: {fault}", None
    finally:
        place.remove()


KINDS = ("replace", "fresh", "into", "into-fresh")


def main():
    calls = ALL if "--all" in sys.argv else CHANGING
    faults, states = [], Counter()
    for kind in KINDS:
        for call, numbers in counts(kind, calls).items():
            for error in (None, ERRORS.get(call)):
                if error is None or call in ERRORS:
                    for number in numbers:
                        fault, state = trial(kind, call, number, error)
                        if fault:
                            faults.append(fault)
                            print(fault, flush=True)
                        states[kind, "error" if error else "kill", state] += 1
    for (kind, what, state), count in sorted(states.items(), key=str):
        print(f"{kind:12} {what:6} {state or 'FAULT':10} {count}")
    print(f"{sum(states.values())} trials, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
