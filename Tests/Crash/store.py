"""Kills `isobole analyze` at random moments and looks at the store that it leaves.

    ISOBOLE=…/isobole python3 Tests/Crash/store.py [--kills 100] [--seed 1]

After each kill the store, if there is one, opens; SQLite finds no fault in it; every block in it is whole: its drugs, a score for
each model, arrays as long as its grid says; blocks are a whole number of groups, or all; and it says that it is finished only where
all are there with their ranking. `isobole report` refuses a store that is not finished.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from pathlib import Path

BLOCKS = 1200
GROUP = 256


def tool():
    return os.environ.get("ISOBOLE") or str(Path(__file__).resolve().parents[2] / ".build" / "release" / "isobole")


def screen(folder):
    """A screen of many small blocks, and its file."""
    subprocess.run([tool(), "simulate", "--blocks", str(BLOCKS), "--grid", "5x5", "--out", folder / "in"], check=True, stdout=subprocess.DEVNULL)
    return folder / "in" / "screen.csv"


def look(path):
    """What a store holds: how many whole blocks, and whether it is finished. Opened as any program would, which rolls back."""
    with contextlib.closing(sqlite3.connect(path)) as store:
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not store.execute("SELECT 1 FROM sqlite_master WHERE name = 'ranking'").fetchall():
            return 0, False
        count = store.execute("SELECT count(*) FROM blocks").fetchone()[0]
        assert [number for (number,) in store.execute("SELECT number FROM blocks ORDER BY number")] == list(range(count))
        for table, rows in (("drugs", 2), ("scores", 4), ("arrays", 1)):
            found = store.execute(f"SELECT block, count(*) FROM {table} GROUP BY block").fetchall()
            assert found == [(number, rows) for number in range(count)], f"{table} of {count} blocks"
        wells = "SELECT count(*) FROM arrays WHERE length(wells) != 100 OR length(responses) != 200 OR length(bliss_reference) != 200"
        assert store.execute(wells).fetchone() == (0,)
        ranked = store.execute("SELECT count(*) FROM ranking").fetchone()[0]
        finished = store.execute("SELECT count(*) FROM run WHERE name = 'state' AND value = 'finished'").fetchone() == (1,)
        assert ranked == (count if finished else 0)
        return count, finished


def kills(count, seed):
    """Kills as many runs; answers how many blocks each left, None where there was no store yet."""
    chance = random.Random(seed)
    left = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = screen(folder)
        for number in range(count):
            out = folder / f"out{number}"
            run = subprocess.Popen([tool(), "analyze", file, "--out", out, "--resamples", "0", "--baseline", "as-read", "--formats", "md", "--quiet"],
                                   stdin=subprocess.DEVNULL)
            # Until the store is there, then a part of what is left to write: the moment is one of the run, not of the clock alone.
            wanted = chance.randrange(0, 4_400_000)
            while run.poll() is None:
                stores = list(folder.glob(f".{out.name}.isobole-*/results.sqlite"))
                # The results may be put in place between the search and the look.
                with contextlib.suppress(FileNotFoundError):
                    if stores and stores[0].stat().st_size >= wanted:
                        break
            run.send_signal(signal.SIGKILL)
            run.wait()
            stores = list(folder.glob(f".{out.name}.isobole-*/results.sqlite")) + list(out.glob("results.sqlite"))
            assert len(stores) <= 1, stores
            if not stores:
                left.append(None)
                continue
            blocks, finished = look(stores[0])
            assert blocks % GROUP == 0 or blocks == BLOCKS, blocks
            if not finished:
                refused = subprocess.run([tool(), "report", stores[0], "--out", folder / "report"], capture_output=True, text=True)
                assert refused.returncode in (2, 4) and "not" in refused.stderr, refused.stderr
            left.append(blocks)
            for place in [out, *folder.glob(f".{out.name}.*")]:
                shutil.rmtree(place, ignore_errors=True) if place.is_dir() else place.unlink(missing_ok=True)
    return left


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--kills", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    left = kills(given.kills, given.seed)
    print(f"{len(left)} kills; blocks of {BLOCKS} in the store after each: {sorted(-1 if blocks is None else blocks for blocks in left)} (-1: no store yet)")
