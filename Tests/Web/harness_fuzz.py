"""schemathesis against the served OpenAPI document, on a server with data in it.

    ISOBOLE=… python Tests/Web/harness_fuzz.py [--seconds 600] [--seed 1]

Signed in by an editor's token, so that nothing is refused for want of rights or of a CSRF value. Checked: no answer is 5xx (507, a full disk, would
be allowed; there is none here), answers have the documented types and are as the document's schemas say, and documented statuses only. The
server must live, and its log hold no error.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from webapp import EXPORTS, PATIENCE, Server, matrices

HERE = Path(__file__).parent
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


@dataclass
class Fuzzed:
    said: str
    status: int
    log: list = field(default_factory=list)
    alive: bool = True

    @property
    def count(self):
        found = re.search(r"(\d[\d,]*) generated", self.said) or re.search(r"Test cases:\s*\n\s*([\d,]+)", self.said)
        return int(found[1].replace(",", "")) if found else 0


def filled(folder):
    """A server with a screen of matrices and its run, one of plates, and one of odd files."""
    server = Server(Path(folder) / "data", "--sign-in", "--threads", "1")
    token = server.token("fuzz", "editor")
    api = server.start().api(token=token)
    screen = api.screen("matrices")
    api.upload(screen, "screen.csv", matrices(1, 2))
    run = api.start_run(screen, resamples=100)
    api.finished(run)
    wells = api.get(f"{run}/blocks/0/wells")["wells"]
    for well in wells[3:5]:
        api.post(f"{run}/blocks/0/left-out", {**well, "reason": "bubble"})
    api.finished(api.start_run(screen, resamples=0))
    plates = api.screen("plates")
    api.upload_files(plates, EXPORTS.iterdir())
    api.finished(api.start_run(plates, resamples=0))
    odd = api.screen("odd")
    api.upload(odd, "odd name & more.txt", b"\0\1\2")
    return server, token


def fuzz(seed, examples, seconds=None, phases="coverage,fuzzing,stateful"):
    """Lets schemathesis at a server: so many cases of each operation and phase, or as many as the seconds allow."""
    with tempfile.TemporaryDirectory(prefix="isobole-fuzz-") as folder:
        server, token = filled(folder)
        try:
            arguments = [
                sys.executable, "-m", "schemathesis.cli", "run", f"{server.url}/api/v1/openapi.json", "--checks", CHECKS, "--seed", str(seed),
                "--header", f"Authorization: Bearer {token}", "--phases", phases, "--max-examples", str(examples), "--request-timeout", str(PATIENCE),
                "--continue-on-failure", "--suppress-health-check", "all", "--no-color", "--warnings", "off",
                # One worker: with two, hypothesis at times ends in CPython 3.11's "AST constructor recursion depth mismatch".
                "--workers", "1",
            ]
            if seconds:
                arguments += ["--max-time", str(seconds)]
            environment = {**os.environ, "SCHEMATHESIS_HOOKS": "fuzz_hooks", "PYTHONPATH": str(HERE), "NO_PROXY": "*"}
            done = subprocess.run(
                arguments, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds and seconds + 180)
            alive = server.process.poll() is None
            # A run that fails for what it was asked is no fault of the server.
            server.expected.append(r"error: run \d+ of screen \d+ failed")
            return Fuzzed(done.stdout + done.stderr, done.returncode, server.unexpected(), alive)
        finally:
            server.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, help="the most cases of one operation and phase")
    asked = parser.parse_args()
    begun = time.monotonic()
    fuzzed = fuzz(asked.seed, asked.examples or 100_000, asked.seconds)
    print(fuzzed.said)
    print(f"seed {asked.seed}, {time.monotonic() - begun:.0f} s; server {'lives' if fuzzed.alive else 'DIED'}; log: {fuzzed.log or 'nothing unexpected'}")
    sys.exit(0 if fuzzed.status == 0 and fuzzed.alive and not fuzzed.log else 1)


if __name__ == "__main__":
    main()
