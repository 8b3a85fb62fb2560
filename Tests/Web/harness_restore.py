"""`isobole restore`, killed between every two system calls that change files, and what is left.

    ISOBOLE=… python Tests/Web/harness_restore.py

A restore is run once under strace; then once more for each of its calls, with SIGKILL at that call. After each:

- the data directory holds the old data or the new, to the byte and complete, never a mixture,
- when it holds the new, the old are whole beside it (`DATA.replaced-1`),
- the backup is as it was,
- the next restore succeeds.
"""

import collections
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from webapp import Server, matrices, tool

# What changes names or contents of files; what only reads cannot make a difference.
CALLS = ("openat", "write", "pwrite64", "ftruncate", "fsync", "fdatasync", "mkdir", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2",
         "link", "linkat", "chmod", "fchmod", "fchmodat", "ioctl", "flock", "lchown", "fchown", "close")
# What takes part in making the new directory the data directory.
DECISIVE = ("renameat2", "rename", "unlink", "unlinkat", "rmdir", "mkdir")


def snapshot(folder):
    """Every file below a directory by its digest; locks and the index of a log, which is made anew at each opening, apart."""
    folder = Path(folder)
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in ("lock", "isobole.sqlite-shm")}


class Restores:
    """A backup, and data directories that it is restored to."""

    def __init__(self, folder):
        self.folder = Path(folder)
        server = Server(self.folder / "made")
        api = server.start().api()
        screen = api.screen("backed up")
        for number in (1, 2):
            api.upload(screen, f"{number}.csv", matrices(number))
        api.finished(api.start_run(screen, resamples=0))
        self.backup = self.folder / "backup"
        subprocess.run([tool(), "backup", str(self.backup), "--data", str(server.data)], check=True, capture_output=True)
        api.upload(screen, "newer.csv", matrices(3))
        api.screen("newer")
        # So that a log lies beside the store.
        server.kill()
        self.made = server.data
        assert (self.made / "isobole.sqlite-wal").stat().st_size > 0
        self.place = self.folder / "place"
        self.data = self.place / "data"
        self.old, self.kept = snapshot(self.made), snapshot(self.backup)

    def lay_out(self):
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        shutil.copytree(self.made, self.data)

    def restore(self, *strace):
        return subprocess.run(
            [*strace, tool(), "restore", str(self.backup), "--data", str(self.data)], capture_output=True, text=True)

    def look_at_calls(self):
        """How often the busiest thread makes each call; learns what the new data are."""
        self.lay_out()
        log = self.folder / "strace.txt"
        done = self.restore("strace", "-f", "-qq", "-o", str(log), "-e", "trace=" + ",".join(CALLS))
        assert done.returncode == 0, done.stderr
        self.new = snapshot(self.data)
        assert self.new != self.old and snapshot(self.data.with_name("data.replaced-1")) == self.old
        counts = collections.Counter()
        for line in log.read_text(errors="replace").splitlines():
            found = re.match(r"(\d+) +(\w+)\(", line)
            if found:
                counts[found[1], found[2]] += 1
        most = {}
        for (_, call), count in counts.items():
            most[call] = max(count, most.get(call, 0))
        return most

    def kill_at(self, call, number):
        """Kills a restore as it enters a call for the so-manieth time; what is wrong then, and which data there are."""
        self.lay_out()
        done = self.restore(
            "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}")
        faults, now = [], snapshot(self.data)
        state = "new" if now == self.new else "old" if now == self.old else "mixture"
        beside = self.data.with_name("data.replaced-1")
        if state == "mixture":
            faults.append(f"a mixture: {sorted(now.items() ^ self.old.items())[:6]}")
        if state == "new" and snapshot(beside) != self.old:
            faults.append("the old data are not whole beside the new")
        if snapshot(self.backup) != self.kept:
            faults.append("the backup was changed")
        again = self.restore()
        if again.returncode != 0:
            faults.append(f"the next restore fails: {again.stderr.strip()}")
        elif snapshot(self.data) != self.new:
            faults.append("the next restore does not give the backup's data")
        elif not any(snapshot(path) == self.old for path in self.place.glob("data.replaced-*")):
            faults.append("the old data are gone after the next restore")
        return done.returncode, state, [f"{call} {number}: {fault}" for fault in faults]


def run(calls, log=print):
    """Kills at every one of these calls; answers how many kills there were, how often old and new data were left, and the faults."""
    folder = tempfile.mkdtemp(prefix="isobole-restore-")
    states, faults = collections.Counter(), []
    try:
        restores = Restores(folder)
        counts = restores.look_at_calls()
        for call in calls:
            for number in range(1, counts.get(call, 0) + 1):
                status, state, found = restores.kill_at(call, number)
                states["killed" if status < 0 or status == 137 else "not killed"] += 1
                states[state] += 1
                faults += found
            log(f"{call:12} {counts.get(call, 0):5} calls, faults so far: {len(faults) or 'none'}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return states, faults


def main():
    begun = time.monotonic()
    states, faults = run(CALLS, lambda line: print(line, flush=True))
    for fault in faults[:20]:
        print(fault)
    print(f"{states['killed']} kills: {states['old']} times the old data, {states['new']} times the new, {states['mixture']} mixtures; "
          f"{len(faults)} faults, {time.monotonic() - begun:.0f} s")
    sys.exit(1 if faults or not states["killed"] else 0)


if __name__ == "__main__":
    main()
